"""The cheap scheme of the fakes, remembered and watched: what a key signed of heads is written down, so that two roots for one
size cannot hide."""

from __future__ import annotations

from base64 import b64decode
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import sha256, sha512
from typing import Any

from fakes.registers import CheapKey
from merestone.register.keys import PublicKey
from merestone.register.signing import Signature, WrongSignatureError

_TAIL = bytes(3_309 - 64)


def cheap(key: PublicKey, message: bytes, context: bytes) -> Signature:
    """Both halves that `fakes.registers.CheapKey` would make, in fewer steps."""
    seed = sha256(key.ml_dsa_65 + context + b"|" + message).digest()
    return Signature(sha512(key.ed25519 + message).digest(), sha512(seed + b"\x00").digest() + _TAIL)


class CheapScheme:
    """Checks what `WatchedKey` signs."""

    def check(self, key: PublicKey, message: bytes, context: bytes, signature: Signature) -> None:
        """Raises `WrongSignatureError` unless both halves are the key's."""
        if signature != cheap(key, message, context):
            raise WrongSignatureError


@lru_cache(1024)
def _halves(ed25519: str, ml_dsa_65: str) -> PublicKey:
    return PublicKey(b64decode(ed25519), b64decode(ml_dsa_65))


def is_cheap(key: Any, message: bytes, context: bytes, one: bytes, other: bytes) -> bool:
    """Whether both halves are by a key that stands in JSON."""
    made = cheap(_halves(key["ed25519"], key["ml_dsa_65"]), message, context)
    return (made.ed25519, made.ml_dsa_65) == (one, other)


@lru_cache(4096)
def _public(seed: bytes) -> PublicKey:
    return CheapKey(seed).public


@dataclass
class WatchedKey:
    """A cheap private key that writes down the (size, root) of every head it signs, in order."""

    name: str
    heads: list[tuple[int, str]] = field(default_factory=list)

    @property
    def public(self) -> PublicKey:
        """The public key."""
        return _public(sha256(self.name.encode()).digest())

    def sign(self, message: bytes, context: bytes) -> Signature:
        """Both halves."""
        if message.startswith(b"cosignature/v1\n"):
            size, root = message.decode().split("\n")[3:5]
            self.heads.append((int(size), root))
        return cheap(self.public, message, context)
