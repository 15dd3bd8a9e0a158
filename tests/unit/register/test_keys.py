"""Keys, their fingerprints and how people read them."""

from __future__ import annotations

from hashlib import sha256

from fakes.refusals import refused
from fakes.registers import CheapKey
from merestone.register.canonical import write
from merestone.register.fields import Fields
from merestone.register.keys import Slot, grouped, read_key, read_slot
from merestone.register.refusal import Rule

KEY = CheapKey(b"key").public


def test_a_fingerprint_is_of_the_canonical_json() -> None:
    """SHA-256, in eight groups of eight digits for people."""
    assert KEY.fingerprint == sha256(write(KEY.document())).hexdigest()
    groups = grouped(KEY.fingerprint).split(" ")
    assert [len(group) for group in groups] == [8] * 8
    assert "".join(groups) == KEY.fingerprint


def test_slots_are_five_in_their_order() -> None:
    """And nothing else is one."""
    assert [slot.value for slot in Slot] == sorted(slot.value for slot in Slot)
    assert read_slot(Fields({"slot": "mediator"}, "", "slot")) is Slot.MEDIATOR
    with refused(Rule.FORM, why="/slot: 'c' is not one of a, b, depositary, mediator, operator"):
        read_slot(Fields({"slot": "c"}, "", "slot"))


def test_a_key_says_which_half_is_wrong() -> None:
    """Its path, and how many bytes."""
    for name, length in (("ed25519", 32), ("ml_dsa_65", 1_952)):
        with refused(Rule.FORM, why=f"/key/{name}: this half of a key must have {length:,} bytes; it has 3"):
            read_key({**KEY.document(), name: "AAAA"}, "/key")
