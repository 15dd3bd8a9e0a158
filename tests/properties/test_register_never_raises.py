"""Whatever comes from outside is taken or refused with a rule: no other exception leaves the register's readers."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from contextlib import suppress
from functools import cache

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from fakes.registers import CheapScheme, Story, cheap_keys, eventful
from merestone.register import canonical
from merestone.register.bundle import Contents, read_bundle, written
from merestone.register.envelope import Envelope, read_envelope
from merestone.register.evidence import Evidence, Leaf, read_evidence
from merestone.register.head import Head, read_head
from merestone.register.keys import Slot
from merestone.register.merkle import Tree, inclusion_proof, leaf_hash
from merestone.register.objects import FORMS, read_content
from merestone.register.refusal import RefusedError
from merestone.register.rules import accept

KEY = cheap_keys("a")["a"]
TYPES = [form.payload_type for form in FORMS.values()]


@cache
def story() -> Story:
    """A register in which everything has happened."""
    return eventful()


@cache
def valid() -> dict[str, bytes]:
    """One valid input of each kind."""
    trees = [Tree([leaf_hash(b"0"), leaf_hash(which)]) for which in (b"x", b"y")]
    heads = [Head("0" * 64, 2, tree.root(), {}).signed(Slot.A, KEY, 5) for tree in trees]
    leaves = [Leaf(tree.subtree(0, 1), inclusion_proof(1, 2, tree.subtree)) for tree in trees]
    evidence = Evidence(Slot.A, (KEY.public, KEY.public), (heads[0], heads[1]), 1, (leaves[0], leaves[1]))
    entries = story().entries
    bundle = written(Contents("0" * 64, [], 0, entries[:2], [(2, heads[0].note())], []))
    return {
        "envelope": entries[9],
        "content": read_envelope(entries[9]).payload,
        "head": heads[0].note(),
        "evidence": evidence.document(),
        "bundle": b"".join(bundle),
    }


def _as_content(data: bytes) -> object:
    for payload_type in TYPES:
        try:
            return read_content(Envelope(payload_type, data, {}))
        except RefusedError as refusal:
            last = refusal
    raise last


def _as_bundle(data: bytes) -> object:
    for item in read_bundle(io.BytesIO(data)):
        if item.kind.value == "entry":
            read_content(read_envelope(item.data))
        if item.kind.value == "head":
            read_head(item.data)
    return None


def _as_evidence(data: bytes) -> None:
    read_evidence(data).check(CheapScheme())


READERS: dict[str, Callable[[bytes], object]] = {
    "envelope": lambda data: accept(story().ledger, data, CheapScheme()),
    "content": _as_content,
    "head": read_head,
    "evidence": _as_evidence,
    "bundle": _as_bundle,
}

EDITS = st.lists(
    st.tuples(
        st.floats(0, 1, exclude_max=True),
        st.integers(0, 40),
        st.binary(max_size=8)
        | st.sampled_from([b'"', b"{}", b"[", b"\\", b"null", b"-1", b"9" * 20, b"\xff", b"\\ud800", b"\n"]),
    ),
    min_size=1,
    max_size=3,
)


def edited(data: bytes, edits: list[tuple[float, int, bytes]]) -> bytes:
    """Some bytes taken out at a place, others put in."""
    for at, length, put_in in edits:
        begin = int(at * len(data))
        data = data[:begin] + put_in + data[begin + length :]
    return data


def taken_or_refused(kind: str, data: bytes) -> None:
    """Fails if anything but a refusal comes out."""
    refusal = ""
    try:
        READERS[kind](data)
    except RefusedError as refused:
        refusal = str(refused)
    assert refusal.isprintable(), "a refusal shows what it was given without harm"


@pytest.mark.parametrize("kind", READERS)
@given(edits=EDITS)
@example(edits=[(0.0, 40, b"")])
def test_a_valid_input_with_some_bytes_others(kind: str, edits: list[tuple[float, int, bytes]]) -> None:
    """Bytes taken out, put in, exchanged, at any place."""
    taken_or_refused(kind, edited(valid()[kind], edits))


@pytest.mark.parametrize("kind", READERS)
@given(data=st.binary(max_size=200) | st.text(max_size=100).map(str.encode))
def test_any_bytes(kind: str, data: bytes) -> None:
    """Of no form at all."""
    taken_or_refused(kind, data)


JSON = st.recursive(
    st.text(max_size=6) | st.integers(-5, 2**60) | st.booleans() | st.none() | st.floats(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=6,
)


@pytest.mark.parametrize("kind", ["envelope", "content", "evidence"])
@given(value=JSON, member=st.integers(0, 15))
def test_an_object_with_any_json_as_a_member(kind: str, value: object, member: int) -> None:
    """Whatever stands where something else should, written as JSON or as canonically as it can be."""
    document = json.loads(valid()[kind])
    names = sorted(document)
    document[names[member % len(names)]] = value
    for data in (json.dumps(document).encode(), json.dumps(document, separators=(",", ":"), sort_keys=True).encode()):
        taken_or_refused(kind, data)
    with suppress(ValueError):  # no canonical form: not a number, half a surrogate pair
        taken_or_refused(kind, canonical.write(document))


def test_what_was_edited_was_valid() -> None:
    """The inputs of these tests are taken as they are."""
    for kind in ("content", "head", "evidence", "bundle"):
        READERS[kind](valid()[kind])
    read_envelope(valid()["envelope"])
