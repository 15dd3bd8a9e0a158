"""Heads of the log: a C2SP checkpoint with cosignatures by slot, each in two halves; read strictly, verified, joined.

The time in a signature is what its signer claims; nothing here looks at a clock.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import NoReturn

from merestone.register.fields import decoded_base64
from merestone.register.keys import PublicKey, Slot
from merestone.register.refusal import RefusedError, Rule
from merestone.register.signing import Scheme, Signature, Signer, WrongSignatureError

ORIGIN = "merestone.register/"
MOST_BYTES = 65_535
MOST_LINES = 16
MOST_SECONDS = 2**63 - 1
MOST_ENTRIES = 2**53 - 1
_SIZE = re.compile(r"[1-9][0-9]{0,15}")
_ORIGIN = re.compile(re.escape(ORIGIN) + r"([0-9a-f]{64})")
_ED25519_TYPE = b"\x04"
_ML_DSA_TYPE = b"\xffmerestone/1 ml-dsa-65"
_ED25519_BYTES = 4 + 8 + 64
_ML_DSA_BYTES = 4 + 8 + 3_309


@dataclass(frozen=True, slots=True)
class Cosignature:
    """A slot's signature on a head, with the hashes of its keys and the time it claims, in seconds since 1970."""

    seconds: int
    key_hashes: tuple[bytes, bytes]
    signature: Signature


@dataclass(frozen=True, slots=True)
class Head:
    """A state of the log that slots have signed."""

    register: str
    size: int
    root: bytes
    cosignatures: Mapping[Slot, Cosignature]

    @property
    def body(self) -> bytes:
        """The three lines that are signed."""
        return f"{ORIGIN}{self.register}\n{self.size}\n{b64encode(self.root).decode()}\n".encode()

    def note(self) -> bytes:
        """The signed note, in its one form."""
        lines = [line for slot in sorted(self.cosignatures) for line in self._lines(slot)]
        return self.body + b"\n" + "".join(lines).encode()

    def _lines(self, slot: Slot) -> tuple[str, str]:
        made = self.cosignatures[slot]
        halves = (made.signature.ed25519, made.signature.ml_dsa_65)
        one, other = (
            b64encode(key_hash + made.seconds.to_bytes(8, "big") + half).decode()
            for key_hash, half in zip(made.key_hashes, halves, strict=True)
        )
        name = signer_name(self.register, slot)
        return f"\u2014 {name} {one}\n", f"\u2014 {name} {other}\n"

    def signed(self, slot: Slot, signer: Signer, seconds: int) -> Head:
        """The head with one more cosignature. Raises `RefusedError` where no head can state the time."""
        if not 0 <= seconds <= MOST_SECONDS:
            _refuse(
                "the clock of this machine is before 1970 or far in the future; a head cannot state that time: set the clock"
            )
        signature = signer.sign(self._message(seconds), head_context(self.register, slot))
        made = Cosignature(seconds, key_hashes(self.register, slot, signer.public), signature)
        return Head(self.register, self.size, self.root, {**self.cosignatures, slot: made})

    def joined(self, other: Head) -> Head:
        """The head with the other's cosignatures besides; where both have one of a slot, its own."""
        if self.body != other.body:
            _refuse("the signatures are on different heads and cannot be joined")
        return Head(self.register, self.size, self.root, {**other.cosignatures, **self.cosignatures})

    def only(self, *slots: Slot) -> Head:
        """The head with the cosignatures of some slots alone."""
        return Head(self.register, self.size, self.root, {s: c for s, c in self.cosignatures.items() if s in slots})

    def check(self, slot: Slot, key: PublicKey, scheme: Scheme) -> None:
        """Raises `RefusedError` unless the slot's cosignature is the key's."""
        made = self.cosignatures.get(slot)
        if made is None:
            _refuse(f"{slot} has not signed this head")
        if made.key_hashes != key_hashes(self.register, slot, key):
            _refuse(f"the signature of {slot} names another key")
        try:
            scheme.check(key, self._message(made.seconds), head_context(self.register, slot), made.signature)
        except WrongSignatureError:
            _refuse(f"the signature of {slot} on the head of size {self.size} was not made with its key")

    def _message(self, seconds: int) -> bytes:
        return b"cosignature/v1\ntime %d\n" % seconds + self.body


def signer_name(register: str, slot: Slot) -> str:
    """What a slot is called in a note."""
    return f"{ORIGIN}{register}/{slot.value}"


def head_context(register: str, slot: Slot) -> bytes:
    """The context of ML-DSA's signatures on heads."""
    return f"merestone/1 head {register} {slot.value}".encode()


def key_hashes(register: str, slot: Slot, key: PublicKey) -> tuple[bytes, bytes]:
    """The four bytes that name each half of a key in a note (C2SP signed-note, key ID)."""
    name = signer_name(register, slot).encode() + b"\n"
    return (
        sha256(name + _ED25519_TYPE + key.ed25519).digest()[:4],
        sha256(name + _ML_DSA_TYPE + key.ml_dsa_65).digest()[:4],
    )


def read_head(data: bytes) -> Head:
    """The head that a note holds. Raises `RefusedError` for anything that is not exactly such a note; verifies nothing."""
    if len(data) > MOST_BYTES:
        _refuse(f"the head has {len(data):,} bytes; at most {MOST_BYTES:,} are allowed")
    try:
        body, _, signatures = data.decode("utf-8").partition("\n\n")
    except UnicodeDecodeError:
        _refuse("the head is not UTF-8")
    origin, size, root = _three(body)
    head = Head(origin, size, root, _cosignatures(origin, signatures))
    if head.note() != data:
        _refuse("the head is not in the one form allowed")
    return head


def _three(body: str) -> tuple[str, int, bytes]:
    lines = body.split("\n")
    if len(lines) != 3:
        _refuse("a head must have three lines before its signatures")
    origin, size = _ORIGIN.fullmatch(lines[0]), _SIZE.fullmatch(lines[1])
    if origin is None or size is None or int(size[0]) > MOST_ENTRIES:
        _refuse("the head does not name a register and a size")
    root = _decoded(lines[2])
    if len(root) != 32:
        _refuse("the root of a head must have 32 bytes")
    return origin[1], int(size[0]), root


def _cosignatures(register: str, text: str) -> dict[Slot, Cosignature]:
    lines = text.split("\n")[:-1]
    if len(lines) > MOST_LINES or len(lines) % 2:
        _refuse(f"the signature lines of a head must come in pairs, at most {MOST_LINES // 2} pairs")
    found: dict[Slot, Cosignature] = {}
    for one, other in zip(lines[::2], lines[1::2], strict=True):
        slot = _slot_of(register, one)
        if _slot_of(register, other) is not slot or slot in found:
            _refuse("the signature lines of a head must come in pairs, one pair for each slot")
        found[slot] = _cosignature(one, other)
    return found


def _slot_of(register: str, line: str) -> Slot:
    named = [slot for slot in Slot if line.startswith(f"\u2014 {signer_name(register, slot)} ")]
    if not named:
        _refuse("a signature line of the head does not name a slot of this register")
    return named[0]


def _cosignature(one: str, other: str) -> Cosignature:
    ed25519, ml_dsa = (_decoded(line.rpartition(" ")[2]) for line in (one, other))
    if len(ed25519) != _ED25519_BYTES or len(ml_dsa) != _ML_DSA_BYTES:
        _refuse("a signature of the head has the wrong length")
    seconds = int.from_bytes(ed25519[4:12], "big")
    if ml_dsa[4:12] != ed25519[4:12] or seconds > MOST_SECONDS:
        _refuse("the two halves of a signature state different times, or a time that is too late")
    return Cosignature(seconds, (ed25519[:4], ml_dsa[:4]), Signature(ed25519[12:], ml_dsa[12:]))


def _decoded(text: str) -> bytes:
    try:
        return decoded_base64(text, "")
    except RefusedError:
        _refuse("a line of the head is not base64 in its canonical form")


def _refuse(why: str) -> NoReturn:
    raise RefusedError(Rule.HEAD, why)
