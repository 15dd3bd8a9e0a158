"""The store answers what the ledger in memory answers, at every entry of an eventful register (I9), and gives the state."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path

import pytest

from fakes.refusals import refused
from fakes.registers import LINE, WORDS, Delegations, Story, eventful
from merestone.register import canonical, schema
from merestone.register import store as store_module
from merestone.register.head import Head
from merestone.register.keys import Slot
from merestone.register.ledger import Accepted, Ledger, MemoryLedger
from merestone.register.objects import Blob, KeyChangeKind, Reference, Status
from merestone.register.refusal import RefusedError, Rule
from merestone.register.rules import accept
from merestone.register.state import state, state_digest
from merestone.register.store import Held, Store

SECTIONS = ("S1", "S2", "S3", "S4", "S5")
OTHER = LINE.replace(b"1}", b"2}")


@pytest.fixture(scope="module")
def story() -> Story:
    """Everything has happened."""
    return eventful()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An empty store with the blobs."""
    with Store.create(tmp_path / "s.register") as made:
        with made.writing():
            for data in (LINE, WORDS, OTHER):
                made.hold_blob(data)
        yield made


def filled(store: Store, story: Story) -> None:
    """All entries into the store."""
    with store.writing():
        for data in story.entries:
            store.add(accept(store, data, story.people.scheme))


def answers(ledger: Ledger, accepted: list[Accepted]) -> list[object]:
    """Everything that the rules may ask."""
    references = [Reference(index, number) for index in range(len(accepted) + 1) for number in range(3)]
    halves = [half for entry in accepted for half in entry.halves]
    digests = [entry.digest for entry in accepted] + [entry.withdraws[0] for entry in accepted if entry.withdraws]
    return [
        ledger.size,
        ledger.register,
        ledger.key_changes,
        [ledger.key_changes_in(slot, frozenset({kind})) for slot in Slot for kind in KeyChangeKind],
        [ledger.root(size) for size in range(1, ledger.size + 1)],
        [ledger.holder(slot) for slot in Slot],
        [ledger.knows_half(half) for half in (*halves, b"x")],
        [(ledger.has_payload(digest), ledger.withdrawn_by(digest)) for digest in (*digests, "x")],
        [ledger.last_declared(section) for section in SECTIONS],
        [ledger.last_claimed(section, slot) for section in SECTIONS for slot in Slot],
        [ledger.claim(section, slot) for section in SECTIONS for slot in Slot],
        [ledger.segments(section) for section in SECTIONS],
        [ledger.standing(reference) for reference in references],
        [ledger.has_blob(Blob.of(data, "x")) for data in (LINE, WORDS, OTHER, b"")],
    ]


def test_both_ledgers_answer_alike_after_every_entry(story: Story, store: Store) -> None:
    """Every question of the rules, and what an entry adds."""
    memory = MemoryLedger((LINE, WORDS, OTHER))
    for data, entry in zip(story.entries, story.ledger.accepted, strict=True):
        with store.writing():
            made = accept(store, data, story.people.scheme)
            store.add(made)
        assert made == accept(memory, data, story.people.scheme) == replace(entry, data=data)
        memory.add(made)
        assert answers(store, memory.accepted) == answers(memory, memory.accepted)


def test_a_ledger_as_it_was(story: Story) -> None:
    """After any number of its entries it answers as it did then, blobs apart."""
    memory = MemoryLedger()
    for size in range(22):
        assert answers(story.ledger.at(size), memory.accepted)[:-1] == answers(memory, memory.accepted)[:-1]
        if size < 21:
            memory.add(replace(story.ledger.accepted[size], data=story.entries[size]))


def test_the_state_is_as_the_format_says(story: Story) -> None:
    """Written out by hand for this history."""
    document = state(story.ledger)
    keys = {name: signer.public.fingerprint for name, signer in story.people.keys.items()}
    assert document["register"] == story.ledger.register
    assert document["size"] == 21
    assert document["keys"] == [
        {"slot": slot.value, "key": keys[slot.value], "root": keys.get(f"{slot.value}.root", "")} for slot in Slot
    ]

    def segment(begin: str, end: str, status: str, index: int) -> dict[str, object]:
        return {"from": begin, "to": end, "status": status, "index": index, "change": 0}

    one, two, three, four = document["sections"]
    assert one == {
        "section": "S1",
        "segments": [
            segment("2026-01-01", "2027-01-01", "provisionally applied", 7),
            segment("2027-01-01", "2030-01-01", "in force", 10),
            segment("2030-01-01", "2030-06-01", "suspended", 11),
            segment("2030-06-01", "", "ended", 12),
        ],
        "pending": [],
        "claims": [{"by": "a", "index": 2, "change": 0}, {"by": "b", "index": 3, "change": 0}],
    }
    pending = [{"status": "signed", "index": 13, "change": 0}]
    assert two == {"section": "S2", "segments": [], "pending": pending, "claims": []}
    assert three == {"section": "S3", "segments": [], "pending": [{**pending[0], "change": 1}], "claims": []}
    assert four["pending"] == [{"status": "initialled", "index": 20, "change": 0}]
    assert state_digest(document) == sha256(canonical.write(document)).hexdigest()


def test_pending_is_what_waits() -> None:
    """Carried or corrected it waits no more; what is in force does not wait."""
    from merestone.register.objects import Kind

    story = Story()
    story.ledger.hold_blob(OTHER)
    change = story.people.change
    signed = story.step(change(Status.SIGNED))
    assert [each["index"] for each in state(story.ledger)["sections"][0]["pending"]] == [1]
    corrected = story.step(change(Status.SIGNED, carries=signed, text=story.people.text(OTHER)), kind=Kind.CORRECTION)
    assert [each["index"] for each in state(story.ledger)["sections"][0]["pending"]] == [2]
    story.step(change(Status.RATIFIED, carries=corrected, text=story.people.text(OTHER)))
    assert [each["index"] for each in state(story.ledger)["sections"][0]["pending"]] == [3]


def test_the_memory_ledger_lists_what_it_has(story: Story) -> None:
    """Sections in order, changes in order, claims."""
    ledger = story.ledger
    assert ledger.sections == ("S1", "S2", "S3", "S4")
    assert [reference.index for reference, _ in ledger.changes("S1")] == [1, 2, 3, 5, 6, 7, 8, 9, 10, 11, 12]
    assert dict(ledger.claims("S1")) == {Slot.A: Reference(2, 0), Slot.B: Reference(3, 0)}
    corrected = ledger.standing(Reference(9, 0))
    assert corrected is not None
    assert corrected.corrected
    assert [entry.changes_keys for entry in ledger.accepted] == [True] + [False] * 13 + [True] * 6 + [False]


def test_the_store_answers_by_date_and_size(story: Story, store: Store) -> None:
    """What holds on a day as known at a size, what has become of a change, what a section has been through."""
    filled(store, story)
    assert store.sections(21) == ("S1", "S2", "S3", "S4")
    assert store.sections(14) == ("S1", "S2", "S3")
    assert store.sections(1) == ()
    for day, size, expected in (
        ("2025-12-31", 21, None),
        ("2026-01-01", 21, (Status.APPLIED, 7)),
        ("2026-01-01", 7, None),
        ("2026-12-31", 21, (Status.APPLIED, 7)),
        ("2027-01-01", 8, (Status.APPLIED, 7)),
        ("2027-12-31", 9, (Status.APPLIED, 7)),
        ("2028-01-01", 9, None),
        ("2027-01-01", 10, (Status.IN_FORCE, 9)),
        ("2027-01-01", 11, (Status.IN_FORCE, 10)),
        ("2030-05-31", 21, (Status.SUSPENDED, 11)),
        ("2030-06-01", 21, (Status.ENDED, 12)),
        ("2030-06-01", 12, (Status.SUSPENDED, 11)),
        ("9999-12-31", 12, (Status.IN_FORCE, 10)),
    ):
        found = store.in_force(day, size).get("S1")
        assert (found and (found.status, found.reference)) == (expected and (expected[0], Reference(expected[1], 0)))
    assert store.history("S3", 21) == ((Reference(13, 1), None, Status.SIGNED, "", ""),)
    history = store.history("S1", 21)
    assert [row[0].index for row in history] == [1, 2, 3, 5, 6, 7, 8, 9, 10, 11, 12]
    assert history[0][1:] == (Slot.A, Status.CLAIMED, "1990-01-01", "1999-01-01")
    assert history[3][1:] == (None, Status.INITIALLED, "", "")
    assert [row[0].index for row in store.history("S1", 3)] == [1, 2]
    assert store.closed_by(Reference(6, 0), 21) == (7, 8)
    assert store.closed_by(Reference(6, 0), 8) == (7,)
    assert store.closed_by(Reference(9, 0), 21) == (10,)
    assert store.closed_by(Reference(12, 0), 21) == ()


def test_the_store_answers_for_every_size_what_a_replay_to_it_says(story: Story, store: Store) -> None:
    """On the first and the last day of every segment there ever was, and on the days beside them."""
    filled(store, story)
    days = sorted({day for row in store.rows("segment") for end in row[1:3] if end for day in (end, _day_before(end))})
    assert len(days) > 8
    for size in range(22):
        past = story.ledger.at(size)
        assert store.sections(size) == past.sections
        for day in days:
            held = {section: _held(past, section, day) for section in past.sections}
            assert store.in_force(day, size) == {section: each for section, each in held.items() if each is not None}


def _day_before(day: str) -> str:
    return (date.fromisoformat(day) - timedelta(days=1)).isoformat()


def _held(ledger: MemoryLedger, section: str, day: str) -> Held | None:
    for segment in ledger.segments(section):
        standing = ledger.standing(segment.change)
        if segment.holds(day) and standing is not None:
            line = standing.change.text.line
            return Held(standing.change.status, segment.change, line.sha256 if line else "")
    return None


def test_a_track_is_written_where_it_changes(story: Story, store: Store) -> None:
    """A segment that an act leaves as it is keeps its row: the table has no two rows that differ only in when they were known."""
    filled(store, story)
    rows = [row[:5] for row in store.rows("segment")]
    assert len(rows) == len(set(rows))
    assert [row[6] for row in store.rows("segment")].count(None) == sum(len(store.segments(each)) for each in SECTIONS)


def test_entries_blobs_and_holders_are_given_back(story: Story, store: Store) -> None:
    """As they were put in, at every size."""
    filled(store, story)
    assert list(store.entries()) == story.entries
    assert list(store.entries(19)) == story.entries[19:]
    assert list(store.entries(1, 3)) == story.entries[1:3]
    assert [store.content(index) for index in range(21)] == [entry.content for entry in story.ledger.accepted]
    assert store.blobs() == tuple(sorted(sha256(data).hexdigest() for data in (LINE, WORDS, OTHER)))
    assert store.blob(sha256(WORDS).hexdigest()) == WORDS
    with refused(Rule.BLOBS, why="are missing"):
        store.blob("0" * 64)
    with refused(Rule.LOG, why="there is no entry 21"):
        store.entry(21)
    old, new = store.holder_at(Slot.A, 15), store.holder_at(Slot.A, 16)
    assert old is not None
    assert new is not None
    assert new == store.holder(Slot.A) != old
    assert (old.root, old.identity, old.title) == (new.root, new.identity, new.title)
    assert store.holder_at(Slot.MEDIATOR, 18) is None
    assert store.holder_at(Slot.A, 0) is None
    with store.reading():
        assert store.size == 21
        assert store._db.in_transaction
    assert not store._db.in_transaction


def test_heads_are_kept_by_slot_and_size(story: Story, store: Store) -> None:
    """The first of a slot and size stays; all of a size come together."""
    filled(store, story)
    keys = story.people.keys
    bare = [Head(store.register, size, store.root(size), {}) for size in (3, 5)]
    with store.writing():
        store.put_head(Slot.B, bare[1].signed(Slot.B, keys["b"], 1))
        store.put_head(Slot.A, bare[1].signed(Slot.A, keys["a"], 2).signed(Slot.B, keys["b"], 3))
        store.put_head(Slot.A, bare[0].signed(Slot.A, keys["a"], 4))
        store.put_head(Slot.A, bare[0].signed(Slot.A, keys["a"], 5))
    assert [(head.size, sorted(head.cosignatures)) for head in store.heads()] == [(3, ["a"]), (5, ["a", "b"])]
    assert [head.size for head in store.heads(4)] == [5]
    assert [head.size for head in store.heads(3)] == [3, 5]
    assert [(head.size, sorted(head.cosignatures)) for head in store.heads(6)] == [(5, ["a", "b"])]
    three, five = store.head(Slot.A, 3), store.head(Slot.A)
    assert three is not None
    assert five is not None
    assert (three.cosignatures[Slot.A].seconds, five.size, sorted(five.cosignatures)) == (4, 5, ["a"])
    assert store.head(Slot.OPERATOR) is None
    assert store.head(Slot.B, 3) is None
    assert store.agreed_size == 5
    with store.writing():
        store.put_evidence("b", b"2")
        store.put_evidence("a", b"1")
        store.put_evidence("a", b"other")
    assert store.evidence() == (b"1", b"2")


def test_agreed_is_the_smaller_of_both(story: Story, store: Store) -> None:
    """Nothing until both have signed something; then what both have."""
    filled(store, story)
    keys = story.people.keys
    for slot, size, agreed in ((Slot.A, 4, 0), (Slot.OPERATOR, 21, 0), (Slot.B, 9, 4), (Slot.A, 7, 7), (Slot.A, 12, 9)):
        with store.writing():
            head = Head(store.register, size, store.root(size), {}).signed(slot, keys[slot.value], 1)
            store.put_head(slot, head)
        assert store.agreed_size == agreed


def interrupted(store: Store, story: Story) -> None:
    """The charter is written, and somebody interrupts before the end."""
    with store.writing():
        store.add(accept(store, story.entries[0], story.people.scheme))
        raise KeyboardInterrupt


def test_what_is_half_written_is_not_there(story: Story, store: Store) -> None:
    """Whatever interrupts it, also a second time."""
    for _ in range(2):
        with pytest.raises(KeyboardInterrupt):
            interrupted(store, story)
        assert (store.size, store.register, store.key_changes) == (0, "", 0)
    filled(store, story)
    assert store.size == 21


def test_a_store_is_opened_as_what_it_is(tmp_path: Path, store: Store) -> None:
    """Nothing there, something there already, another file, another version, rubbish."""
    with refused(Rule.LOG, why="there is no register here"):
        Store.open(tmp_path / "none")
    with refused(Rule.LOG, why="a register or another database is already here"):
        Store.create(store.path)
    (tmp_path / "rubbish").write_bytes(b"x" * 5_000)
    with refused(Rule.LOG, why="damaged"):
        Store.open(tmp_path / "rubbish")
    for pragma, why in (
        ("application_id", "this is not the store of a register"),
        ("user_version", "make a new store from a bundle"),
    ):
        path = tmp_path / pragma
        Store.create(path).close()
        with sqlite3.connect(path) as db:
            db.execute(f"PRAGMA {pragma} = 1")
        db.close()
        with refused(Rule.LOG, why=why):
            Store.open(path)
    with Store.open(store.path) as again:
        assert again.blobs() == store.blobs()
    assert (int.from_bytes(b"MREG", "big"), 3) == (schema.APPLICATION_ID, schema.VERSION)


def test_settings_make_a_commit_durable(store: Store) -> None:
    """Write-ahead log, synchronous EXTRA (3), no trust in the schema, cells checked: when made, and when opened again."""
    with Store.open(store.path) as again:
        for each in (store, again):
            found = [
                each._one(f"PRAGMA {name}")
                for name in ("journal_mode", "synchronous", "trusted_schema", "cell_size_check")
            ]
            assert found == ["wal", 3, 0, 1]
    with refused(Rule.LOG, why="closed"):
        assert again.size


@pytest.mark.parametrize("statement", ["CREATE TABLE t (a)", "PRAGMA user_version = 1", "PRAGMA application_id = 7"])
def test_another_database_is_left_as_it_is(tmp_path: Path, statement: str) -> None:
    """With tables or marks of its own: no store is made of it, and its journal is not touched."""
    path = tmp_path / "other"
    with sqlite3.connect(path) as db:
        db.execute(statement)
    db.close()
    before = path.read_bytes()
    with refused(Rule.LOG, why="a register or another database is already here"):
        Store.create(path)
    assert path.read_bytes() == before


def test_a_store_that_another_process_makes_meanwhile_is_not_made_twice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between the first look and the lock, somebody else was there."""
    plain = store_module._configure

    def meanwhile(path: Path, db: sqlite3.Connection, settings: tuple[tuple[str, str | None], ...]) -> None:
        monkeypatch.setattr(store_module, "_configure", plain)
        Store.create(path).close()
        plain(path, db, settings)

    monkeypatch.setattr(store_module, "_configure", meanwhile)
    with refused(Rule.LOG, why="a register or another database is already here"):
        Store.create(tmp_path / "s")


def test_a_store_that_is_locked_says_what_to_do(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is damaged, nothing was acknowledged."""
    monkeypatch.setattr(store_module, "PATIENCE_S", 0.0)
    told = refused(Rule.LOG, why="nothing was acknowledged: remove the cause, then run the command again")
    with Store.open(store.path) as other, store.writing(), told, other.writing():
        pass


def spoiled(store: Store, statement: str) -> None:
    """Another program writes into the file."""
    with sqlite3.connect(store.path) as db:
        db.execute(statement)
    db.close()


@pytest.mark.parametrize(
    ("statement", "question"),
    [
        ("UPDATE entry SET data = x'00' WHERE idx = 5", lambda store: store.entry(5)),
        ("DELETE FROM subtree WHERE level = 0 AND position = 5", lambda store: store.entry(5)),
        ("DELETE FROM subtree WHERE level = 4 AND position = 0", lambda store: store.root(21)),
        ("UPDATE change SET idx = 4 WHERE idx = 5", lambda store: store.standing(Reference(4, 0))),
        ("UPDATE change SET number = 9 WHERE idx = 5", lambda store: store.standing(Reference(5, 9))),
        ("UPDATE change SET by = 'x' WHERE idx = 5", lambda store: store.standing(Reference(5, 0))),
        ("UPDATE carried SET to_status = 'x'", lambda store: store.standing(Reference(5, 0))),
        ("UPDATE holder SET key = '{'", lambda store: store.holder(Slot.A)),
        ("UPDATE holder SET key = '{}'", lambda store: store.holder(Slot.A)),
        ("UPDATE holder SET root = 'x'", lambda store: store.holder(Slot.A)),
        ("UPDATE change SET status = 'x'", lambda store: store.in_force("2026-01-01", 21)),
        ("UPDATE change SET status = 'x'", lambda store: store.history("S1", 21)),
        ("UPDATE change SET by = 'x'", lambda store: store.history("S1", 21)),
        ("DROP TABLE blob", lambda store: store.blobs()),
    ],
)
def test_a_damaged_store_says_so(story: Story, store: Store, statement: str, question: object) -> None:
    """It refuses, and no other exception comes out."""
    filled(store, story)
    spoiled(store, statement)
    with pytest.raises(RefusedError):
        question(store)  # type: ignore[operator]


def test_writing_what_is_there_already_is_damage(story: Story, store: Store) -> None:
    """An entry that the rules would not have accepted does not come in twice: the tables refuse it, and all of it."""
    filled(store, story)
    before = answers(store, story.ledger.accepted)
    with refused(Rule.LOG, why="damaged"), store.writing():
        store.add(replace(story.ledger.accepted[3], data=story.entries[3]))
    assert answers(store, story.ledger.accepted) == before


def test_delegations_may_be_real(tmp_path: Path) -> None:
    """A store with real keys gives them back."""
    people = Delegations.real()
    made = Story(people)
    with Store.create(tmp_path / "real") as store:
        filled(store, made)
        holder = store.holder(Slot.B)
        assert holder is not None
        assert (holder.key, holder.root) == (people.keys["b"].public, people.keys["b.root"].public)
