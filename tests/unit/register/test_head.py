"""Heads are read in their one form, joined, and checked by slot."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import replace

import pytest

from fakes.refusals import refused
from fakes.registers import CheapScheme, cheap_keys
from merestone.register.head import MOST_SECONDS, Head, read_head
from merestone.register.keys import Slot
from merestone.register.refusal import Rule

KEYS = cheap_keys("a", "b", "operator")
REGISTER = "0f" * 32
BARE = Head(REGISTER, 17, bytes(range(32)), {})
HEAD = BARE.signed(Slot.A, KEYS["a"], 0).signed(Slot.OPERATOR, KEYS["operator"], MOST_SECONDS)
NOTE = HEAD.note()
LINES = NOTE.split(b"\n")


def test_a_note_reads_back() -> None:
    """Signed by two, by one, by nobody; of the largest size and time."""
    for head in (HEAD, BARE, HEAD.only(Slot.A), replace(BARE, size=2**53 - 1)):
        assert read_head(head.note()) == head
    assert NOTE.startswith(f"merestone.register/{REGISTER}\n17\n".encode())
    assert [line.count(b"\xe2\x80\x94 ") for line in LINES] == [0, 0, 0, 0, 1, 1, 1, 1, 0]


def swapped(one: int, other: int) -> bytes:
    """The note with two of its lines in each other's place."""
    lines = list(LINES)
    lines[one], lines[other] = lines[other], lines[one]
    return b"\n".join(lines)


def with_half(line: int, data: bytes) -> bytes:
    """The note with other bytes in one signature line."""
    lines = list(LINES)
    lines[line] = lines[line].rpartition(b" ")[0] + b" " + b64encode(data)
    return b"\n".join(lines)


@pytest.mark.parametrize(
    ("note", "why"),
    [
        (b"\xff", "not UTF-8"),
        (b"", "three lines"),
        (NOTE.replace(b"\n\n", b"\nmore\n\n", 1), "three lines"),
        (NOTE.replace(b"merestone", b"Merestone", 1), "the head does not name a register and a size"),
        (NOTE.replace(b"0f0f\n", b"0f\n", 1), "the head does not name a register and a size"),
        (NOTE.replace(b"\n17\n", b"\n017\n"), "the head does not name a register and a size"),
        (NOTE.replace(b"\n17\n", b"\n0\n"), "the head does not name a register and a size"),
        (NOTE.replace(b"\n17\n", b"\n-1\n"), "the head does not name a register and a size"),
        (NOTE.replace(b"\n17\n", b"\n12345678901234567\n"), "the head does not name a register and a size"),
        (NOTE.replace(b"\n17\n", b"\n9007199254740992\n"), "the head does not name a register and a size"),
        (NOTE.replace(LINES[2], b"AAAA"), "the root of a head must have 32 bytes"),
        (NOTE.replace(LINES[2], b"AAA"), "not base64"),
        (b"\n".join(LINES[:5]) + b"\n", "in pairs, at most 8 pairs"),
        (b"\n".join([*LINES[:4], *LINES[4:6] * 9, b""]), "in pairs, at most 8 pairs"),
        (b"\n".join([*LINES[:6], *LINES[4:6], b""]), "one pair for each slot"),
        (swapped(5, 6), "one pair for each slot"),
        (swapped(4, 5), "wrong length"),
        (NOTE.replace(b"/a ", b"/c "), "does not name a slot of this register"),
        (NOTE.replace(b"\xe2\x80\x94 ", b"- ", 1), "does not name a slot of this register"),
        (NOTE.replace(b"/a ", b"/a  ", 1), "not in the one form allowed"),
        (NOTE.replace(b"/a ", b"/a x ", 1), "not in the one form allowed"),
        (NOTE + b"x", "not in the one form allowed"),
        (NOTE[:-1], "in pairs"),
        (NOTE.replace(b"\n\n", b"\n", 1), "three lines"),
        (b"\n".join([*LINES[:4], *LINES[6:8], *LINES[4:6], b""]), "not in the one form allowed"),
        (with_half(4, bytes(75)), "wrong length"),
        (with_half(4, bytes(77)), "wrong length"),
        (with_half(5, bytes(3_320)), "wrong length"),
        (with_half(5, bytes(4) + b"\x00" * 7 + b"\x01" + bytes(3_309)), "state different times"),
    ],
)
def test_any_other_form_is_refused(note: bytes, why: str) -> None:
    """Each line, and each part of a line."""
    with refused(Rule.HEAD, why=why):
        read_head(note)


def test_a_time_past_the_largest_is_refused() -> None:
    """The top bit of the eight bytes is never set."""
    late = b"\x80" + bytes(7)
    lines = list(LINES[:6])
    for at, length in ((4, 64), (5, 3_309)):
        lines[at] = lines[at].rpartition(b" ")[0] + b" " + b64encode(bytes(4) + late + bytes(length))
    with refused(Rule.HEAD, why="state different times"):
        read_head(b"\n".join([*lines, b""]))


@pytest.mark.parametrize("seconds", [-1, -86_400 * 365, MOST_SECONDS + 1])
def test_a_clock_that_no_head_can_state_signs_nothing(seconds: int) -> None:
    """A machine whose battery is empty may believe that it is 1969: that is said, and nothing is signed."""
    with refused(Rule.HEAD, why="set the clock"):
        BARE.signed(Slot.A, KEYS["a"], seconds)


def test_a_note_has_a_bound() -> None:
    """65,535 bytes are looked at, one more is not."""
    with refused(Rule.HEAD, why="the head has 65,536 bytes; at most 65,535 are allowed"):
        read_head(b"x" * 65_536)
    with refused(Rule.HEAD, why="three lines"):
        read_head(b"x" * 65_535)


def test_cosignatures_are_joined_on_one_head_only() -> None:
    """Each side's are kept; where both have one of a slot, the first's own."""
    one, other = BARE.signed(Slot.A, KEYS["a"], 1), BARE.signed(Slot.A, KEYS["a"], 2).signed(Slot.B, KEYS["b"], 3)
    joined = one.joined(other)
    assert joined.cosignatures == {Slot.A: one.cosignatures[Slot.A], Slot.B: other.cosignatures[Slot.B]}
    for strange in (replace(BARE, size=18), replace(BARE, root=bytes(32)), replace(BARE, register="0" * 64)):
        with refused(Rule.HEAD, why="the signatures are on different heads and cannot be joined"):
            one.joined(strange)


def test_a_slot_is_checked_with_its_key() -> None:
    """Not signed, another key, one half's key, a spoiled half."""
    scheme = CheapScheme()
    HEAD.check(Slot.A, KEYS["a"].public, scheme)
    with refused(Rule.HEAD, why="b has not signed this head"):
        HEAD.check(Slot.B, KEYS["b"].public, scheme)
    for key in (KEYS["b"].public, replace(KEYS["a"].public, ml_dsa_65=KEYS["b"].public.ml_dsa_65)):
        with refused(Rule.HEAD, why="the signature of a names another key"):
            HEAD.check(Slot.A, key, scheme)
    made = HEAD.cosignatures[Slot.A]
    spoiled = replace(HEAD, cosignatures={Slot.A: replace(made, signature=replace(made.signature, ml_dsa_65=b""))})
    with refused(Rule.HEAD, why="the signature of a on the head of size 17 was not made with its key"):
        spoiled.check(Slot.A, KEYS["a"].public, scheme)
