"""Bundles are read record by record, in their one order."""

from __future__ import annotations

import io
from hashlib import sha256

import pytest

from fakes.bundles import records
from fakes.refusals import refused
from merestone.register.bundle import MAGIC, Contents, Item, Record, read_bundle, written
from merestone.register.refusal import Rule

REGISTER = "ab" * 32
BLOBS = sorted((sha256(data).hexdigest(), data) for data in (b"", b"one\n", b"two"))
CONTENTS = Contents(
    REGISTER,
    BLOBS,
    3,
    [b"e3", b"e4"],
    [(4, b"h\n4\n"), (5, b"h\n5\n"), (5, b"i\n5\n")],
    [("0" * 64, b"o"), ("1" * 64, b"p")],
)
WHOLE = b"".join(written(CONTENTS))
PARTS = records(WHOLE)


def read(data: bytes) -> list[Item]:
    """All records."""
    return list(read_bundle(io.BytesIO(data)))


def remade(parts: list[bytes], count: int | None = None) -> bytes:
    """Pieces with an end that fits them."""
    body = b"".join(parts)
    return body + b"end %d 64\n%s\n" % (len(parts) - 1 if count is None else count, sha256(body).hexdigest().encode())


def test_what_was_written_is_read() -> None:
    """Every record with its name and bytes."""
    assert b"".join(written(CONTENTS)) == WHOLE
    assert [(item.kind, item.name, item.data) for item in read(WHOLE)] == [
        (Record.REGISTER, REGISTER, b""),
        *((Record.BLOB, name, data) for name, data in BLOBS),
        (Record.ENTRY, "3", b"e3"),
        (Record.ENTRY, "4", b"e4"),
        (Record.HEAD, "4", b"h\n4\n"),
        (Record.HEAD, "5", b"h\n5\n"),
        (Record.HEAD, "5", b"i\n5\n"),
        (Record.OFFER, "0" * 64, b"o"),
        (Record.OFFER, "1" * 64, b"p"),
    ]
    assert remade(PARTS[:-1]) == WHOLE
    assert [item.name for item in read(b"".join(written(Contents(REGISTER))))] == [REGISTER]


@pytest.mark.parametrize(("one", "other"), [(at, at + 1) for at in range(1, len(PARTS) - 2)])
def test_no_other_order_is_read(one: int, other: int) -> None:
    """Two neighbours swapped, or one of them doubled, with an end that fits."""
    kinds = [part.split(b" ")[0] for part in PARTS]
    swapped = list(PARTS[:-1])
    swapped[one], swapped[other] = swapped[other], swapped[one]
    assert kinds[one]
    with refused(Rule.BUNDLE):
        read(remade(swapped))
    with refused(Rule.BUNDLE):
        read(remade([*PARTS[: one + 1], PARTS[one], *PARTS[one + 1 : -1]]))


@pytest.mark.parametrize(
    ("record", "why"),
    [
        (b"register " + b"ab" * 32 + b" 0\n\n", "the identity of the register must come first, and only once"),
        (b"register 7 0\n\n", "the identity of the register must come first, and only once"),
        (b"blob 7 1\nx\n", "a record of kind blob cannot have the name 7"),
        (b"blob " + b"0" * 64 + b" 1\nx\n", "have another SHA-256"),
        (b"entry " + b"0" * 64 + b" 1\nx\n", "a record of kind entry cannot have the name 0000"),
        (b"entry 6 1\nx\n", "out of order"),
        (b"head " + b"0" * 64 + b" 1\nx\n", "a record of kind head cannot have the name 0000"),
        (b"offer 7 1\nx\n", "a record of kind offer cannot have the name 7"),
        (b"entry 01 1\nx\n", "no header"),
        (b"entry 1 01\nx\n", "no header"),
        (b"entry 1 1 \nx\n", "no header"),
        (b"Entry 1 1\nx\n", "no header"),
        (b"strange 1 1\nx\n", "no header"),
        (b"entry 1 1\r\nx\n", "no header"),
        (b"entry 5 1\nx\n\n", "no header"),
        (b"entry 5 1\nxx", "longer than its header says"),
        (b"entry 5 9999\nx\n", "cut short"),
        (b"entry 1 65536\nx\n", "has 65,536 bytes; at most 65,535 are allowed"),
        (b"end 1 64\n" + b"0" * 64 + b"\n", "not whole"),
        (b"x" * 200, "no header"),
        (b"", "cut short"),
    ],
)
def test_a_strange_record_is_refused(record: bytes, why: str) -> None:
    """After the register's identity and one entry."""
    body = MAGIC + PARTS[1] + (b"" if record.startswith((b"end", b"blob")) else b"entry 4 0\n\n")
    if record.startswith(b"end"):
        with refused(Rule.BUNDLE, why=why):
            read(body + record)
        return
    made = body + record
    with refused(Rule.BUNDLE, why=why):
        read(made + (b"end 3 64\n" + sha256(made).hexdigest().encode() + b"\n" if record else b""))


def test_the_identity_stands_first() -> None:
    """No other record before it, and it is a digest."""
    for first in (b"entry 0 1\nx\n", b"register 7 0\n\n", b"blob " + BLOBS[0][0].encode() + b" 0\n\n"):
        with refused(Rule.BUNDLE, why="must come first, and only once"):
            read(remade([MAGIC, first]))
    with refused(Rule.BUNDLE, why="not whole"):
        read(remade([MAGIC]))


def test_the_first_line_says_which_version() -> None:
    """Another version, another thing, nothing."""
    for data in (WHOLE.replace(b"/1", b"/2", 1), b"PK" + WHOLE):
        with refused(Rule.BUNDLE, why="not a bundle of version 1"):
            read(data)
    with refused(Rule.BUNDLE, why="cut short"):
        read(b"merestone")


def test_the_end_counts_and_hashes() -> None:
    """One record more or less, another digest, something after it."""
    for count in (len(PARTS) - 3, len(PARTS) - 1):
        with refused(Rule.BUNDLE, why="not whole"):
            read(remade(PARTS[:-1], count))
    with refused(Rule.BUNDLE, why="not whole"):
        read(WHOLE[:-3] + (b"00" if WHOLE[-3:-1] != b"00" else b"11") + b"\n")
    with refused(Rule.BUNDLE, why="something follows the end"):
        read(WHOLE + b"\n")


def test_records_may_be_as_large_as_their_kind() -> None:
    """Exactly the bound is read."""
    made = b"".join(written(Contents(REGISTER, entries=[b"x" * 65_535], heads=[(1, b"y\n1\n" + b"y" * 65_531)])))
    assert [len(item.data) for item in read(made)] == [0, 65_535, 65_535]
    for kind in ("head", "offer"):
        name = "1" if kind == "head" else "0" * 64
        with refused(Rule.BUNDLE, why=f"kind {kind} has 65,536 bytes"):
            read(MAGIC + PARTS[1] + f"{kind} {name} 65536\n".encode() + b"x" * 65_536)


def test_a_head_is_named_by_its_size() -> None:
    """A head under the name of another size is refused."""
    made = b"".join(written(Contents(REGISTER, heads=[(2, b"h\n1\n")])))
    with refused(Rule.BUNDLE, why="the head under the name 2 has another size"):
        read(made)
