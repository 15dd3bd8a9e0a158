"""Public keys: a pair of Ed25519 and ML-DSA-65, well formed or refused, and who holds which."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from typing import Any

from merestone.register.canonical import write
from merestone.register.fields import Fields, decoded_base64, refuse

ED25519_BYTES = 32
ML_DSA_65_BYTES = 1_952

FIELD_PRIME = 2**255 - 19
SMALL_ORDER_Y = frozenset(
    {
        0,
        1,
        FIELD_PRIME - 1,
        int.from_bytes(bytes.fromhex("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a"), "little"),
        int.from_bytes(bytes.fromhex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"), "little"),
    }
)
"""The y coordinates of the eight points of small order of edwards25519: orders 4, 1, 2, 8 and 8."""


class Slot(StrEnum):
    """A role in the register; the order of the members is the order of slots."""

    A = "a"
    B = "b"
    DEPOSITARY = "depositary"
    MEDIATOR = "mediator"
    OPERATOR = "operator"


PARTIES = (Slot.A, Slot.B)
NEEDED = (Slot.A, Slot.B, Slot.OPERATOR)


@dataclass(frozen=True, slots=True)
class PublicKey:
    """Both halves of a key, each in the raw encoding of its standard."""

    ed25519: bytes
    ml_dsa_65: bytes

    def document(self) -> dict[str, str]:
        """The key as it stands in JSON."""
        return {"ed25519": b64encode(self.ed25519).decode(), "ml_dsa_65": b64encode(self.ml_dsa_65).decode()}

    @property
    def fingerprint(self) -> str:
        """The SHA-256 of the key's canonical JSON, in hexadecimal."""
        return sha256(write(self.document())).hexdigest()

    @property
    def halves(self) -> tuple[bytes, bytes]:
        """Both halves, neither of which may be anybody else's."""
        return self.ed25519, self.ml_dsa_65


@dataclass(frozen=True, slots=True)
class Holder:
    """Who stands in a slot: identity and title, signing key, and for a party its root key."""

    identity: str
    title: str
    key: PublicKey
    root: PublicKey | None = None


def read_key(value: Any, where: str) -> PublicKey:
    """A key out of a file; refuses what is no canonical point, or a point of small order, for whom anybody can sign."""
    fields = Fields(value, where, "ed25519", "ml_dsa_65")
    ed25519 = _half(fields, "ed25519", ED25519_BYTES)
    if _y(ed25519) >= FIELD_PRIME:
        refuse(fields.path("ed25519"), "the Ed25519 key is not in its canonical form")
    if is_of_small_order(ed25519):
        refuse(
            fields.path("ed25519"), "the Ed25519 key is a point of small order: its holder could deny every signature"
        )
    return PublicKey(ed25519, _half(fields, "ml_dsa_65", ML_DSA_65_BYTES))


def is_of_small_order(point: bytes) -> bool:
    """Whether an encoded point is one of the eight of small order."""
    return _y(point) in SMALL_ORDER_Y


def _y(point: bytes) -> int:
    return int.from_bytes(point, "little") & (2**255 - 1)


def _half(fields: Fields, name: str, length: int) -> bytes:
    data = decoded_base64(fields.string(name), fields.path(name))
    if len(data) != length:
        refuse(fields.path(name), f"this half of a key must have {length:,} bytes; it has {len(data):,}")
    return data


def read_slot(fields: Fields, name: str = "slot") -> Slot:
    """A slot out of an object."""
    return Slot(fields.choice(name, [slot.value for slot in Slot]))


def grouped(fingerprint: str) -> str:
    """A fingerprint as people read it to one another: eight groups of eight digits."""
    return " ".join(fingerprint[at : at + 8] for at in range(0, 64, 8))
