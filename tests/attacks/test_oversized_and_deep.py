"""The cheat: something so large or so deep that whoever reads it falls over."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest

from fakes.refusals import refused
from fakes.registers import Delegations, Story
from merestone.register import envelope
from merestone.register.bundle import MAGIC, read_bundle
from merestone.register.canonical import GREATEST_INTEGER, MOST_DEPTH, read
from merestone.register.envelope import Envelope, read_envelope
from merestone.register.evidence import read_evidence
from merestone.register.head import read_head
from merestone.register.objects import MOST_BLOB_BYTES, Blob, Statement, Status, unsigned
from merestone.register.refusal import Rule

DEEP = 100_000


@pytest.mark.parametrize(
    "data",
    [b"[" * DEEP, b'{"a":' * DEEP, b"[" * DEEP + b"]" * DEEP, b'["\\"",' + b"[" * DEEP, b'["\\\\",' + b"[" * DEEP],
    ids=["open", "objects", "closed", "after an escaped quote", "after an escaped backslash"],
)
def test_no_depth_reaches_the_parser(data: bytes) -> None:
    """A hundred thousand brackets are refused before anything recurses into them."""
    with refused(Rule.FORM, why="nested deeper"):
        read(data, len(data))


def test_brackets_in_texts_are_no_depth() -> None:
    """What stands in a string may hold any number of brackets."""
    for text in (b'"[[[[[[[[[[[[[[[["', b'"\\"[[[[[[[[[[[[[[["', b'"\\\\"', b'["[[[[[[[[[[[","{{{{{{{{{{{"]'):
        read(text, 100)


def test_the_depth_that_is_allowed() -> None:
    """Ten levels are read, eleven are not."""
    assert read(b"[" * MOST_DEPTH + b"]" * MOST_DEPTH, 100) == eval("[" * MOST_DEPTH + "]" * MOST_DEPTH)  # noqa: S307
    with refused(Rule.FORM, why="nested deeper than 10"):
        read(b"[" * (MOST_DEPTH + 1) + b"]" * (MOST_DEPTH + 1), 100)


def test_no_number_is_too_long_for_its_reader() -> None:
    """A million digits are refused by their number, not converted."""
    for digits in (b"1" * 1_000_000, b"-" + b"1" * 1_000_000, b"%d" % (GREATEST_INTEGER + 1), b"-1", b"-0"):
        with refused(Rule.FORM, why="between 0 and 2^53 - 1"):
            read(digits, 2_000_000)
    assert read(b"%d" % GREATEST_INTEGER, 20) == GREATEST_INTEGER


def test_an_entry_is_never_larger_than_its_bound() -> None:
    """One byte more than 65,535 is refused unread, whatever it holds."""
    for size in (envelope.MOST_BYTES + 1, 10_000_000):
        with refused(Rule.FORM, why="at most 65,535 are allowed"):
            read_envelope(b"x" * size)
    with refused(Rule.FORM, why="not JSON"):
        read_envelope(b"x" * envelope.MOST_BYTES)


def test_an_act_that_large_is_refused_with_both_signatures() -> None:
    """With forty-five thousand letters of notes it is none; with thirty thousand it is an entry."""
    story = Story()
    people = story.people

    def entry(padding: int) -> bytes:
        texts = ["x" * min(1000, padding - done) for done in range(0, padding, 1000)]
        statements = tuple(Statement("x", text) for text in texts)
        return people.signed(
            unsigned(people.act(story.ledger, people.change(Status.SIGNED), toolchain=statements)), "a", "b"
        )

    with refused(Rule.FORM, 1, "at most 65,535 are allowed"):
        story.put_bytes(entry(45_000))
    story.put_bytes(entry(30_000))


def test_too_many_signatures_are_refused_before_any_is_verified() -> None:
    """Seventeen signatures, of strangers."""
    story = Story()
    people = story.people
    data = people.signed(unsigned(people.act(story.ledger, people.change(Status.SIGNED))), "a", "b")
    signature = read_envelope(data).signatures["a"]
    empty = replace(signature, ed25519=bytes(64), ml_dsa_65=b"")
    many = Envelope("t", b"", {f"s{number:02}": empty for number in range(9)}).document()
    with refused(Rule.FORM, why="the array has 18 items; 0 to 16 are allowed"):
        read_envelope(many)


def test_no_blob_is_larger_than_its_bound() -> None:
    """An act may refer to 64 MiB, and to no byte more."""
    story = Story()
    people = story.people
    blob = Blob.of(b"x", "text/plain")
    for length, allowed in ((MOST_BLOB_BYTES, True), (MOST_BLOB_BYTES + 1, False)):
        text = replace(people.text(), line=replace(blob, length=length))
        act = people.act(story.ledger, people.change(Status.SIGNED, text=text))
        if allowed:
            unsigned(act)
            continue
        with refused(Rule.FORM, why="is more than"):
            unsigned(act)


@pytest.mark.parametrize(
    "header",
    [b"blob " + b"0" * 64 + b" 67108865\n", b"entry 1 65536\n", b"head 1 65536\n", b"end 1 65\n", b"x" * 1_000_000],
)
def test_a_bundle_does_not_make_its_reader_ask_for_memory(header: bytes) -> None:
    """A record that says it is larger than its kind may be is refused before its bytes are read."""
    register = b"register " + b"0" * 64 + b" 0\n\n"
    with refused(Rule.BUNDLE):
        list(read_bundle(io.BytesIO(MAGIC + register + header)))


def test_heads_and_evidence_have_their_bounds() -> None:
    """Too many bytes are refused before they are decoded."""
    with refused(Rule.HEAD, why="at most 65,535 are allowed"):
        read_head(b"x" * 65_536)
    with refused(Rule.FORM, why="at most 262,140 are allowed"):
        read_evidence(b"x" * 262_141)


def test_the_largest_charter_fits() -> None:
    """A charter with a holder in every slot is an entry."""
    Story(Delegations.cheap("mediator", "depositary"))
