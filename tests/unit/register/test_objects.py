"""What an entry may hold is read strictly, member by member, and written back as it was."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import Any

import pytest

from fakes.refusals import refused, with_member
from fakes.registers import LINE, CheapKey, Delegations, Story, eventful
from merestone.register.canonical import read, write
from merestone.register.envelope import Envelope, read_envelope
from merestone.register.keys import Slot
from merestone.register.objects import (
    FORMS,
    Base,
    Blob,
    Content,
    Description,
    Instrument,
    KeyChangeKind,
    Kind,
    Reference,
    SourceUsed,
    Statement,
    Status,
    read_content,
    read_text,
    text_document,
    unsigned,
)
from merestone.register.refusal import RefusedError, Rule
from merestone.register.signing import Signature

STORY = eventful()
PEOPLE = STORY.people
BLOB = Blob.of(LINE, "application/json")
TEXT = PEOPLE.text(
    descriptions=tuple(Description(BLOB, language) for language in ("ar", "en-GB", "fra")),
    instruments=(Instrument("1", BLOB, "", "x"), Instrument("", None, "2026-01-01", "")),
    sources=(SourceUsed(BLOB, "map"),),
)
ACT = PEOPLE.act(
    STORY.ledger,
    PEOPLE.change(Status.IN_FORCE, "2026-01-01", "2027-01-01", carries=Reference(3, 1), supersedes=(Reference(3, 1),)),
    PEOPLE.change(Status.SIGNED, section="S2", text=TEXT),
    figures=(Statement("length", "1 m"),),
    toolchain=(Statement("a", "b"), Statement("c", "d")),
)
KEYS = PEOPLE.key_change(STORY.ledger, KeyChangeKind.ROTATE, Slot.A, CheapKey(b"k").public)
APPOINT = PEOPLE.key_change(STORY.ledger, KeyChangeKind.APPOINT, Slot.MEDIATOR, CheapKey(b"k").public, title="M")
WITHDRAWAL = PEOPLE.withdrawal(STORY.ledger, "1" * 64, Slot.B)
CHARTER_AT_ONE = PEOPLE.charter(succeeds=("2" * 64, Base("3" * 64, 1)))
CHARTER = Delegations.cheap("mediator").charter(succeeds=("2" * 64, Base("3" * 64, 9)))


@pytest.mark.parametrize("content", [ACT, KEYS, APPOINT, WITHDRAWAL, CHARTER, CHARTER_AT_ONE, PEOPLE.charter()])
def test_what_is_written_reads_back(content: Content) -> None:
    """With everything optional in it, and with nothing."""
    envelope = unsigned(content)
    assert read_content(envelope) == content
    assert envelope.payload_type == FORMS[type(content)].payload_type
    assert read(envelope.payload, 99_999)["format"] == FORMS[type(content)].tag


def test_every_entry_of_an_eventful_register_reads_back() -> None:
    """Envelope and content."""
    for data in STORY.entries:
        envelope = read_envelope(data)
        assert envelope.document() == data
        assert unsigned(read_content(envelope)).payload == envelope.payload


def test_a_text_reads_back() -> None:
    """Alone, as it stands in JSON."""
    assert read_text(text_document(TEXT)) == TEXT
    with refused(Rule.FORM, why="/x: an object is expected here"):
        read_text(1, "/x")


def other(content: Content, path: str, value: Any) -> Envelope:
    """The object with one member another."""
    envelope = unsigned(content)
    return replace(envelope, payload=write(with_member(read(envelope.payload, 99_999), path, value)))


MEMBERS = [
    *((content, "format", "merestone-acts") for content in (ACT, KEYS, WITHDRAWAL, CHARTER)),
    *((content, "version", version) for content in (ACT, KEYS, WITHDRAWAL, CHARTER) for version in (0, 2, "1")),
    (ACT, "register", "1"),
    (ACT, "base", []),
    (ACT, "base/root", "x"),
    (ACT, "base/size", "1"),
    (ACT, "keys", "1"),
    (ACT, "nonce", ""),
    (ACT, "kind", "treaty"),
    (ACT, "by", "a"),
    (ACT, "by", "operator"),
    (ACT, "title", 1),
    (ACT, "last_index", ""),
    (ACT, "answer_by", "soon"),
    (ACT, "changes", []),
    (ACT, "figures", {}),
    (ACT, "figures/0", {"name": "x"}),
    (ACT, "figures/0/name", 1),
    (ACT, "figures/0/value", 1),
    (ACT, "toolchain/1/value", "\n"),
    (ACT, "changes/0/section", "S2"),
    (ACT, "changes/0/section", "S3"),
    (ACT, "changes/0/section", "S 1"),
    (ACT, "changes/0/status", "in effect"),
    (ACT, "changes/0/valid_from", "2026"),
    (ACT, "changes/0/valid_to", "2026-02-30"),
    (ACT, "changes/0/carries", [{"change": 0, "index": 1}, {"change": 0, "index": 2}]),
    (ACT, "changes/0/carries/0", {"change": 0}),
    (ACT, "changes/0/carries/0/index", "1"),
    (ACT, "changes/0/carries/0/change", "1"),
    (ACT, "changes/0/supersedes", [{"change": 0, "index": 1}, {"change": 0, "index": 1}]),
    (ACT, "changes/0/supersedes", [{"change": 1, "index": 1}, {"change": 0, "index": 1}]),
    (ACT, "changes/1/text", 1),
    (ACT, "changes/1/text/descriptions", []),
    (ACT, "changes/1/text/descriptions/0/language", "EN"),
    (ACT, "changes/1/text/descriptions/0/language", "english"),
    (ACT, "changes/1/text/descriptions/0/language", "zz"),
    (ACT, "changes/1/text/descriptions/0/language", "en_GB"),
    (ACT, "changes/1/text/descriptions/0/blob", []),
    (ACT, "changes/1/text/descriptions/0/blob/length", "1"),
    (ACT, "changes/1/text/descriptions/0/blob/length", 67_108_865),
    (ACT, "changes/1/text/descriptions/0/blob/media_type", "json"),
    (ACT, "changes/1/text/descriptions/0/blob/media_type", "Text/plain"),
    (ACT, "changes/1/text/descriptions/0/blob/media_type", "text/plain; charset=utf-8"),
    (ACT, "changes/1/text/descriptions/0/blob/media_type", "text/plain;charset=utf-16"),
    (ACT, "changes/1/text/descriptions/0/blob/media_type", "t" * 41 + "/plain"),
    (ACT, "changes/1/text/descriptions/0/blob/media_type", "text/" + "p" * 81),
    (ACT, "changes/1/text/descriptions/0/blob/sha256", "0"),
    (ACT, "changes/1/text/descriptions/0/blob/sha3_256", "0"),
    (ACT, "changes/1/text/instruments/0/article", 1),
    (ACT, "changes/1/text/instruments/0/date", "x"),
    (ACT, "changes/1/text/instruments/0/title", "\x00"),
    (ACT, "changes/1/text/instruments/0/blob", {}),
    (ACT, "changes/1/text/instruments/0/blob/0", 1),
    (ACT, "changes/1/text/line", {}),
    (ACT, "changes/1/text/line/0", 1),
    (ACT, "changes/1/text/prevails", "both"),
    (ACT, "changes/1/text/sources/0/title", 1),
    (ACT, "changes/1/text/sources/0/blob", 1),
    (ACT, "changes/1/text/tolerance_um", "1"),
    (KEYS, "change", "replace"),
    (KEYS, "slot", "c"),
    (KEYS, "key", []),
    (KEYS, "reason", 1),
    (KEYS, "register", 1),
    (KEYS, "base", 1),
    (KEYS, "keys", []),
    (KEYS, "nonce", 1),
    (KEYS, "last_index", "1"),
    (KEYS, "identity", "AAA"),
    (KEYS, "title", 1),
    (APPOINT, "identity", ""),
    (APPOINT, "identity", "A A"),
    (APPOINT, "title", "\u200b"),
    (WITHDRAWAL, "act", "1"),
    (WITHDRAWAL, "by", ""),
    (WITHDRAWAL, "by", "operator"),
    (WITHDRAWAL, "reason", 1),
    (WITHDRAWAL, "register", 1),
    (WITHDRAWAL, "base", 1),
    (WITHDRAWAL, "keys", []),
    (WITHDRAWAL, "nonce", 1),
    (CHARTER, "name", 1),
    (CHARTER, "nonce", 1),
    (CHARTER, "roles", []),
    (CHARTER, "roles/0", []),
    (CHARTER, "roles/0/slot", "b"),
    (CHARTER, "roles/0/slot", "c"),
    (CHARTER, "roles/0/identity", "A A"),
    (CHARTER, "roles/0/identity", "BBB"),
    (CHARTER, "roles/0/identity", "CCC"),
    (CHARTER, "roles/0/title", 1),
    (CHARTER, "roles/0/key", 1),
    (CHARTER, "roles/0/root", []),
    (CHARTER, "roles/2/root", [KEYS.key.document()]),
    (CHARTER, "succeeds/0/register", "1"),
    (CHARTER, "succeeds/0/root", "1"),
    (CHARTER, "succeeds/0/size", "1"),
    (CHARTER, "succeeds/0/size", 0),
    (CHARTER, "succeeds", [1, 2]),
]


@pytest.mark.parametrize(("content", "path", "value"), MEMBERS, ids=[f"{m[1]}={str(m[2])[:30]}" for m in MEMBERS])
def test_each_member_is_of_its_form(content: Content, path: str, value: Any) -> None:
    """With one member another, the object is refused, and the sentence says where."""
    with refused(Rule.FORM) as caught:
        read_content(other(content, path, value))
    where = caught.value.why.split(":")[0].split("/")
    assert (
        path.split("/")[: len(where) - 1] == where[1:] or where == ["", "sections"] or path.startswith(tuple(where[1:]))
    )


@pytest.mark.parametrize("content", [ACT, KEYS, WITHDRAWAL, CHARTER])
def test_no_member_is_missing_and_none_is_new(content: Content) -> None:
    """Each left out in turn, and one more."""
    envelope = unsigned(content)
    document = read(envelope.payload, 99_999)
    for name in document:
        less = {key: value for key, value in document.items() if key != name}
        with refused(Rule.FORM, why=f"missing or unknown: '{name}'"):
            read_content(replace(envelope, payload=write(less)))
    with refused(Rule.FORM, why="missing or unknown: 'zz'"):
        read_content(replace(envelope, payload=write({**document, "zz": 1})))


@pytest.mark.parametrize(
    ("path", "item", "most"),
    [
        ("changes/1/text/instruments", 0, 32),
        ("changes/1/text/sources", 0, 32),
        ("figures", 0, 32),
        ("toolchain", 0, 64),
    ],
)
def test_lists_have_their_bounds(path: str, item: int, most: int) -> None:
    """As many as may be are read, one more is not."""
    document: Any = read(unsigned(ACT).payload, 99_999)
    for step in path.split("/"):
        document = document[int(step) if isinstance(document, list) else step]
    read_content(other(ACT, path, [document[item]] * most))
    with refused(Rule.FORM, why=f"the array has {most + 1} items; 0 to {most} are allowed"):
        read_content(other(ACT, path, [document[item]] * (most + 1)))


def test_changes_descriptions_and_references_have_their_bounds() -> None:
    """Sixteen sections, sixteen languages, sixty-four references."""
    change = read(unsigned(ACT).payload, 99_999)["changes"][0]
    sections = [{**change, "section": f"S{number:02}"} for number in range(17)]
    languages = [{**text_document(TEXT)["descriptions"][0], "language": f"a{chr(97 + number)}"} for number in range(17)]
    references = [{"change": 0, "index": number} for number in range(65)]
    for path, items, why in (
        ("changes", sections, "17 items; 1 to 16 are allowed"),
        ("changes/1/text/descriptions", languages, "17 items; 1 to 16 are allowed"),
        ("changes/0/supersedes", references, "65 items; 0 to 64 are allowed"),
    ):
        read_content(other(ACT, path, items[:-1]))
        with refused(Rule.FORM, why=why):
            read_content(other(ACT, path, items))


def test_a_charter_has_its_slots() -> None:
    """The parties and the operator; not more than there are, none twice, in order."""
    document = read(unsigned(CHARTER).payload, 99_999)
    roles = document["roles"]
    assert [role["slot"] for role in roles] == ["a", "b", "mediator", "operator"]
    with refused(Rule.FORM, why="nobody holds the slot operator"):
        read_content(other(CHARTER, "roles", roles[:3]))
    with refused(Rule.FORM, why="slots are not in order"):
        read_content(other(CHARTER, "roles", [roles[1], roles[0], *roles[2:]]))
    with refused(Rule.FORM, why="the array has 6 items; 3 to 5 are allowed"):
        read_content(other(CHARTER, "roles", [*roles, *roles[:2]]))
    with refused(Rule.FORM, why="the array has 2 items; 3 to 5 are allowed"):
        read_content(other(CHARTER, "roles", roles[:2]))


def test_an_act_refers_to_all_its_blobs() -> None:
    """Descriptions, instruments that have one, line, sources, of every change."""
    assert len(ACT.blobs()) == 2 + 6
    assert {blob.sha256 for blob in TEXT.blobs()} == {BLOB.sha256}
    assert TEXT.agreed == (TEXT.line, TEXT.descriptions, TEXT.prevails, TEXT.tolerance_um)


def test_a_malformed_object_is_not_written() -> None:
    """What would not be read is not given out to be signed."""
    for content in (
        replace(ACT, title="\u202e"),
        replace(ACT, kind=Kind.CLAIM),
        replace(WITHDRAWAL, act="x"),
        replace(CHARTER, roles=()),
    ):
        with refused(Rule.FORM):
            unsigned(content)


def test_a_strange_type_is_refused() -> None:
    """By its name."""
    with refused(Rule.FORM, why="/payloadType: a register does not have objects of this type"):
        read_content(Envelope("text/plain", b"{}", {}))


def test_envelopes_are_joined_over_the_same_bytes_only() -> None:
    """Each side's signatures are kept; the first's own where both have one."""
    story = Story()
    people = story.people
    envelope = unsigned(people.act(story.ledger, people.change(Status.SIGNED)))
    a = envelope.signed(people.register, "a", people.keys["a"])
    b = envelope.signed(people.register, "b", people.keys["b"]).signed(people.register, "a", people.keys["b"])
    assert a.joined(b).signatures == {"a": a.signatures["a"], "b": b.signatures["b"]}
    for strange in (replace(b, payload=b""), replace(b, payload_type="")):
        with refused(Rule.FORM, why="the signatures are over different bytes and cannot be joined"):
            a.joined(strange)


def test_a_blob_may_have_sixty_four_mebibytes() -> None:
    """67,108,864 bytes, in figures; one more is refused."""
    path = "changes/1/text/descriptions/0/blob/length"
    read_content(other(ACT, path, 67_108_864))
    with refused(Rule.FORM, why="67108865 is more than 67108864"):
        read_content(other(ACT, path, 67_108_865))


@pytest.mark.parametrize("names", [("a",), ("a", "b"), ("a", "a.root", "b", "b.root", "operator")])
def test_an_envelope_has_room_for_its_signatures(names: tuple[str, ...]) -> None:
    """The longest payload that is let through has at most 65,535 bytes once all have signed it; one step longer is refused."""

    def fits(length: int) -> bool:
        with suppress(RefusedError):
            Envelope("kind", b"x" * length, {}).check_room(names)
            return True
        return False

    low, high = 1, 65_535
    assert fits(low)
    assert not fits(high)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if fits(middle) else (low, middle)
    signed = Envelope("kind", b"x" * low, dict.fromkeys(names, Signature(b"e" * 64, b"m" * 3_309)))
    assert 65_535 - 4 < len(signed.document()) <= 65_535
    assert read_envelope(signed.document()) == signed
    signed.check_room(names)
    with refused(Rule.FORM, why="with every signature it would have"):
        Envelope("kind", b"x" * high, {}).check_room(names)
    kind = "kind" + "s" * (65_535 - len(signed.document()))
    Envelope(kind, b"x" * low, {}).check_room(names)
    with refused(Rule.FORM, why="with every signature it would have 65,536 bytes"):
        Envelope(f"{kind}s", b"x" * low, {}).check_room(names)
