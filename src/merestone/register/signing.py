"""Signatures by a hybrid key: Ed25519 (RFC 8032) and ML-DSA-65 (FIPS 204) over the same bytes, and both must verify.

`Scheme` is all that the rest of the register knows of cryptography. `HybridScheme` is the real one; a simulation of ten
thousand histories brings a cheaper one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from merestone.register.keys import PublicKey, is_of_small_order


class WrongSignatureError(Exception):
    """A half of a signature does not verify; caught where it is known whose it should have been."""


@dataclass(frozen=True, slots=True)
class Signature:
    """Both halves of a signature."""

    ed25519: bytes
    ml_dsa_65: bytes


class Scheme(Protocol):
    """How signatures are verified."""

    def check(self, key: PublicKey, message: bytes, context: bytes, signature: Signature) -> None:
        """Raises `WrongSignatureError` unless both halves are the key's over the message, the second in the context."""


class Signer(Protocol):
    """Whoever holds a private key."""

    @property
    def public(self) -> PublicKey:
        """The public key."""

    def sign(self, message: bytes, context: bytes) -> Signature:
        """Both halves of a signature over the message, the second in the context."""


class HybridScheme:
    """Ed25519 and ML-DSA-65 as `cryptography` has them."""

    def check(self, key: PublicKey, message: bytes, context: bytes, signature: Signature) -> None:
        """As `Scheme` says. A malformed key is a wrong signature too: nothing verifies under it. So is an Ed25519 signature whose
        point R is of small order: its own signer alone can make one, some libraries take it and others do not."""
        from cryptography.exceptions import InvalidSignature
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
        from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA65PublicKey

        if is_of_small_order(signature.ed25519[:32]):
            raise WrongSignatureError
        try:
            Ed25519PublicKey.from_public_bytes(key.ed25519).verify(signature.ed25519, message)
            MLDSA65PublicKey.from_public_bytes(key.ml_dsa_65).verify(signature.ml_dsa_65, message, context)
        except (InvalidSignature, ValueError) as trouble:
            raise WrongSignatureError from trouble


@dataclass(frozen=True, slots=True, repr=False)
class PrivateKey:
    """Both halves of a private key as seeds of 32 bytes each; never printed."""

    ed25519_seed: bytes
    ml_dsa_65_seed: bytes

    @staticmethod
    def generate() -> PrivateKey:
        """A new key from the system's source of chance."""
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
        from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA65PrivateKey

        return PrivateKey(
            Ed25519PrivateKey.generate().private_bytes_raw(), MLDSA65PrivateKey.generate().private_bytes_raw()
        )

    @property
    def public(self) -> PublicKey:
        """The public key."""
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
        from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA65PrivateKey

        return PublicKey(
            Ed25519PrivateKey.from_private_bytes(self.ed25519_seed).public_key().public_bytes_raw(),
            MLDSA65PrivateKey.from_seed_bytes(self.ml_dsa_65_seed).public_key().public_bytes_raw(),
        )

    def sign(self, message: bytes, context: bytes) -> Signature:
        """Both halves of a signature; ML-DSA's is randomised, so that two signatures of one message differ."""
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
        from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA65PrivateKey

        return Signature(
            Ed25519PrivateKey.from_private_bytes(self.ed25519_seed).sign(message),
            MLDSA65PrivateKey.from_seed_bytes(self.ml_dsa_65_seed).sign(message, context),
        )
