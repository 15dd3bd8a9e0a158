"""The envelope: exact bytes, their type, and signatures by name of signer. DSSE with two algorithms for each signer.

What is signed is DSSE's pre-authentication encoding, so that the type is signed with the bytes and neither can be read
as the other.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from merestone.register.canonical import read, write
from merestone.register.fields import Fields, decoded_base64, increasing, refuse
from merestone.register.keys import PublicKey
from merestone.register.refusal import RefusedError, Rule
from merestone.register.signing import Scheme, Signature, Signer, WrongSignatureError

MOST_BYTES = 65_535
MOST_SIGNATURES = 16
ED25519 = "ed25519"
ML_DSA_65 = "ml-dsa-65"
_LENGTHS = {ED25519: 64, ML_DSA_65: 3_309}


@dataclass(frozen=True, slots=True)
class Envelope:
    """The payload's bytes and type, and the signatures by signer (`a`, `a.root`, `new`, ...)."""

    payload_type: str
    payload: bytes
    signatures: Mapping[str, Signature]

    @property
    def digest(self) -> str:
        """The SHA-256 of the payload, in hexadecimal: what an act is called by before it has an index."""
        return sha256(self.payload).hexdigest()

    def signed(self, register: str, name: str, signer: Signer) -> Envelope:
        """The envelope with one more signature, in place of an earlier one by the same name."""
        made = signer.sign(pae(self.payload_type, self.payload), entry_context(register, name))
        return Envelope(self.payload_type, self.payload, {**self.signatures, name: made})

    def joined(self, other: Envelope) -> Envelope:
        """The envelope with the other's signatures besides; both hold the same payload."""
        if (self.payload_type, self.payload) != (other.payload_type, other.payload):
            raise RefusedError(Rule.FORM, "the signatures are over different bytes and cannot be joined")
        return Envelope(self.payload_type, self.payload, {**other.signatures, **self.signatures})

    def document(self) -> bytes:
        """The envelope's canonical bytes: what a leaf of the log is made of."""
        halves = {
            keyid: {"keyid": keyid, "sig": b64encode(half).decode()}
            for name, signature in self.signatures.items()
            for keyid, half in ((f"{name}/{ED25519}", signature.ed25519), (f"{name}/{ML_DSA_65}", signature.ml_dsa_65))
        }
        return write(
            {
                "payload": b64encode(self.payload).decode(),
                "payloadType": self.payload_type,
                "signatures": [half for _, half in sorted(halves.items())],
            }
        )

    def check_room(self, names: Iterable[str]) -> None:
        """Raises `RefusedError` (E1) where it would be too long for an entry once these have signed too."""
        stand_in = Signature(bytes(_LENGTHS[ED25519]), bytes(_LENGTHS[ML_DSA_65]))
        full = Envelope(self.payload_type, self.payload, {**dict.fromkeys(names, stand_in), **self.signatures})
        length = len(full.document())
        if length > MOST_BYTES:
            raise RefusedError(
                Rule.FORM,
                f"with every signature it would have {length:,} bytes, and an entry may have at most {MOST_BYTES:,}: "
                "shorten it or divide it, and put long texts into files that it refers to",
            )

    def check(self, register: str, name: str, key: PublicKey, scheme: Scheme) -> None:
        """Raises `RefusedError` (E7) unless the signature under this name is the key's."""
        context = entry_context(register, name)
        try:
            scheme.check(key, pae(self.payload_type, self.payload), context, self.signatures[name])
        except WrongSignatureError:
            raise RefusedError(Rule.SIGNERS, f"the signature of {name} was not made with its key") from None


def pae(payload_type: str, payload: bytes) -> bytes:
    """DSSE's pre-authentication encoding (DSSE 1.0, protocol.md)."""
    kind = payload_type.encode()
    return b"DSSEv1 %d %b %d %b" % (len(kind), kind, len(payload), payload)


def entry_context(register: str, name: str) -> bytes:
    """The context of ML-DSA's signatures on entries."""
    return f"merestone/1 entry {register} {name}".encode()


def read_envelope(data: bytes) -> Envelope:
    """The envelope that bytes hold. Raises `RefusedError` (E1)."""
    fields = Fields(read(data, MOST_BYTES), "", "payload", "payloadType", "signatures")
    halves = fields.items("signatures", 0, MOST_SIGNATURES, _half)
    increasing([keyid for keyid, _ in halves], "/signatures", "signatures")
    return Envelope(
        fields.string("payloadType"),
        decoded_base64(fields.string("payload"), "/payload"),
        _paired(dict(halves)),
    )


def _half(value: Any, where: str) -> tuple[str, bytes]:
    fields = Fields(value, where, "keyid", "sig")
    keyid = fields.text("keyid")
    sig = decoded_base64(fields.string("sig"), fields.path("sig"))
    algorithm = keyid.rpartition("/")[2]
    if algorithm not in _LENGTHS:
        refuse(fields.path("keyid"), "the algorithm is unknown")
    if len(sig) != _LENGTHS[algorithm]:
        refuse(
            fields.path("sig"), f"a signature of {algorithm} has {_LENGTHS[algorithm]} bytes; this one has {len(sig)}"
        )
    return keyid, sig


def _paired(halves: Mapping[str, bytes]) -> dict[str, Signature]:
    """The signatures by signer; refuses a half without the other."""
    names = sorted({keyid.rpartition("/")[0] for keyid in halves})
    found = {}
    for name in names:
        one, other = halves.get(f"{name}/{ED25519}"), halves.get(f"{name}/{ML_DSA_65}")
        if one is None or other is None:
            raise RefusedError(Rule.SIGNERS, f"one half of the signature of {name} is missing")
        found[name] = Signature(one, other)
    return found
