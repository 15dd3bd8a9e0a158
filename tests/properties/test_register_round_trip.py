"""What is written is read back as it was, and an entry with one bit flipped is another or refused, never the same act."""

from __future__ import annotations

import io
from functools import cache
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fakes.registers import CheapKey, CheapScheme, Delegations, Story
from merestone.register.bundle import Contents, read_bundle, written
from merestone.register.canonical import GREATEST_INTEGER
from merestone.register.envelope import read_envelope
from merestone.register.evidence import Evidence, Leaf, read_evidence
from merestone.register.head import MOST_SECONDS, Head, read_head
from merestone.register.keys import PARTIES, Slot
from merestone.register.merkle import Tree, inclusion_proof, leaf_hash
from merestone.register.objects import (
    MOST_BLOB_BYTES,
    Act,
    Base,
    Blob,
    Change,
    Charter,
    Content,
    Description,
    Instrument,
    KeyChange,
    KeyChangeKind,
    Kind,
    Prevails,
    Reference,
    SourceUsed,
    Statement,
    Status,
    Text,
    Withdrawal,
    read_content,
    unsigned,
)
from merestone.register.refusal import RefusedError
from merestone.register.rules import accept

HEX = "0123456789abcdef"
INTEGERS = st.integers(0, GREATEST_INTEGER)
DIGESTS = st.text(HEX, min_size=64, max_size=64)
NONCES = st.text(HEX, min_size=32, max_size=32)
TEXTS = st.text(
    st.characters(exclude_categories=["Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"], exclude_characters="\ufe00\ufe0f"),
    max_size=20,
).filter(lambda text: not any("\ufe00" <= each <= "\ufe0f" or each >= "\U000e0000" for each in text))
NAMES = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}", fullmatch=True)
DAYS = st.dates().map(str)
OPEN_DAYS = st.just("") | DAYS
KEYS = st.integers(0, 5).map(lambda number: CheapKey(b"%d" % number).public)
BASES = st.builds(Base, DIGESTS, INTEGERS)
REFERENCES = st.builds(Reference, INTEGERS, INTEGERS)
BLOBS = st.builds(
    Blob,
    st.integers(0, MOST_BLOB_BYTES),
    st.from_regex(r"[a-z0-9.+-]{1,40}/[a-z0-9.+-]{1,80}(;charset=utf-8)?", fullmatch=True),
    DIGESTS,
    DIGESTS,
)
LANGUAGES = st.from_regex(r"[a-z]{2,3}(-[A-Za-z0-9]{1,8}){0,2}", fullmatch=True)


def tuples(items: st.SearchStrategy[Any], least: int, most: int, **options: Any) -> st.SearchStrategy[tuple[Any, ...]]:
    """Tuples of items."""
    return st.lists(items, min_size=least, max_size=most, **options).map(tuple)


DESCRIPTIONS = tuples(st.builds(Description, BLOBS, LANGUAGES), 1, 3, unique_by=lambda each: each.language).map(
    lambda found: tuple(sorted(found, key=lambda each: each.language))
)
ALL_TEXTS = st.builds(
    Text,
    DESCRIPTIONS,
    tuples(st.builds(Instrument, TEXTS, st.none() | BLOBS, OPEN_DAYS, TEXTS), 0, 2),
    st.none() | BLOBS,
    st.sampled_from(Prevails),
    tuples(st.builds(SourceUsed, BLOBS, TEXTS), 0, 2),
    INTEGERS,
)
CHANGES = st.builds(
    Change,
    NAMES,
    st.sampled_from(Status),
    OPEN_DAYS,
    OPEN_DAYS,
    st.none() | REFERENCES,
    tuples(REFERENCES, 0, 3, unique=True).map(lambda found: tuple(sorted(found))),
    ALL_TEXTS,
)
STATEMENTS = tuples(st.builds(Statement, TEXTS, TEXTS), 0, 2)


@st.composite
def acts(draw: st.DrawFn) -> Act:
    """Acts that are well formed, whatever the rules would say of them."""
    by = draw(st.none() | st.sampled_from(PARTIES))
    kind = Kind.CLAIM if by else draw(st.sampled_from([kind for kind in Kind if kind is not Kind.CLAIM]))
    changes = draw(tuples(CHANGES, 1, 2, unique_by=lambda each: each.section))
    ordered = tuple(sorted(changes, key=lambda each: each.section))
    register, base, keys, nonce = draw(st.tuples(DIGESTS, BASES, INTEGERS, NONCES))
    title, last_index, answer_by = draw(st.tuples(TEXTS, INTEGERS, OPEN_DAYS))
    statements = draw(STATEMENTS), draw(STATEMENTS)
    return Act(register, base, keys, nonce, kind, by, title, last_index, answer_by, ordered, *statements)


@st.composite
def key_changes(draw: st.DrawFn) -> KeyChange:
    """Changes of keys that are well formed."""
    kind = draw(st.sampled_from(KeyChangeKind))
    named = (draw(NAMES), draw(TEXTS)) if kind is KeyChangeKind.APPOINT else ("", "")
    register, base, keys, nonce = draw(st.tuples(DIGESTS, BASES, INTEGERS, NONCES))
    slot, key, last_index = draw(st.tuples(st.sampled_from(Slot), KEYS, INTEGERS))
    return KeyChange(register, base, keys, nonce, kind, slot, key, last_index, *named, draw(TEXTS))


WITHDRAWALS = st.builds(Withdrawal, DIGESTS, BASES, INTEGERS, NONCES, DIGESTS, st.sampled_from(PARTIES), TEXTS)


@st.composite
def charters(draw: st.DrawFn) -> Charter:
    """Charters of the fakes with other names."""
    people = Delegations.cheap(*draw(st.lists(st.sampled_from(["mediator", "depositary"]), unique=True)))
    base = Base(draw(DIGESTS), draw(st.integers(1, GREATEST_INTEGER)))
    succeeds = draw(st.none() | st.just((draw(DIGESTS), base)))
    return people.charter(name=draw(TEXTS), nonce=draw(NONCES), succeeds=succeeds)


@given(content=acts() | key_changes() | WITHDRAWALS | charters())
def test_every_object_reads_back(content: Content) -> None:
    """Whatever may stand in it."""
    assert read_content(unsigned(content)) == content


@given(
    register=DIGESTS,
    size=st.integers(1, 2**53 - 1),
    root=st.binary(min_size=32, max_size=32),
    signed=st.dictionaries(st.sampled_from(Slot), st.integers(0, MOST_SECONDS)),
)
def test_every_head_reads_back(register: str, size: int, root: bytes, signed: dict[Slot, int]) -> None:
    """Signed by any slots at any times."""
    head = Head(register, size, root, {})
    for slot, seconds in signed.items():
        head = head.signed(slot, CheapKey(slot.value.encode()), seconds)
    assert read_head(head.note()) == head


@given(shared=st.integers(0, 6), one=st.integers(1, 6), other=st.integers(1, 6))
def test_every_fork_makes_evidence_that_reads_back_and_holds(shared: int, one: int, other: int) -> None:
    """Two histories that part anywhere: the leaf where they do convicts, after writing and reading too."""
    key = CheapKey(b"k")
    trees = [
        Tree(leaf_hash(b"%d" % at if at < shared else b"%d%s" % (at, which)) for at in range(shared + more))
        for which, more in ((b"x", one), (b"y", other))
    ]
    heads = [Head("0" * 64, tree.size, tree.root(), {}).signed(Slot.B, key, 1) for tree in trees]
    leaves = [Leaf(tree.subtree(0, shared), inclusion_proof(shared, tree.size, tree.subtree)) for tree in trees]
    made = Evidence(Slot.B, (key.public, key.public), (heads[0], heads[1]), shared, (leaves[0], leaves[1]))
    again = read_evidence(made.document())
    assert again == made
    again.check(CheapScheme())


@given(
    register=DIGESTS,
    blobs=st.lists(st.binary(max_size=50), unique=True, max_size=4),
    first=st.integers(0, 10**6),
    entries=st.lists(st.binary(max_size=50), max_size=4),
    heads=st.lists(
        st.builds(
            lambda size, rest: (size, b"origin\n%d\n" % size + rest), st.integers(1, 10**6), st.binary(max_size=20)
        ),
        unique=True,
        max_size=4,
    ),
    offers=st.dictionaries(DIGESTS, st.binary(max_size=20), max_size=3),
)
def test_every_bundle_reads_back(
    register: str,
    blobs: list[bytes],
    first: int,
    entries: list[bytes],
    heads: list[tuple[int, bytes]],
    offers: dict[str, bytes],
) -> None:
    """Whatever bytes its records have."""
    from hashlib import sha256

    named = sorted((sha256(data).hexdigest(), data) for data in blobs)
    made = written(Contents(register, named, first, entries, sorted(heads), sorted(offers.items())))
    items = [(item.kind.value, item.name, item.data) for item in read_bundle(io.BytesIO(b"".join(made)))]
    assert items == [
        ("register", register, b""),
        *(("blob", name, data) for name, data in named),
        *(("entry", str(first + at), data) for at, data in enumerate(entries)),
        *(("head", str(size), data) for size, data in sorted(heads)),
        *(("offer", name, data) for name, data in sorted(offers.items())),
    ]


@cache
def offered(real: bool) -> tuple[Story, bytes]:
    """A register, and an act that would be its next entry."""
    story = Story(Delegations.real() if real else Delegations.cheap())
    people = story.people
    return story, people.signed(unsigned(people.act(story.ledger, people.change(Status.SIGNED))), "a", "b")


@pytest.mark.parametrize("real", [False, True], ids=["cheap", "real"])
@given(at=st.floats(0, 1, exclude_max=True), bit=st.integers(0, 7))
def test_one_flipped_bit_is_refused(real: bool, at: float, bit: int) -> None:
    """Anywhere in an entry: no bit of it is without effect (I3)."""
    story, data = offered(real)
    place = int(at * len(data))
    flipped = data[:place] + bytes([data[place] ^ 1 << bit]) + data[place + 1 :]
    with pytest.raises(RefusedError):
        accept(story.ledger, flipped, story.people.scheme)


def test_the_entry_itself_is_accepted() -> None:
    """With no bit flipped."""
    for real in (False, True):
        story, data = offered(real)
        assert accept(story.ledger, data, story.people.scheme).index == 1
        assert read_envelope(data).document() == data
