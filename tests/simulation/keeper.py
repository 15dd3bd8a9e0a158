"""Whoever keeps a copy of the log in a simulation, and what must hold of it after each step.

Whatever a replica is asked to do, the naive reading says beforehand whether it may; then both must agree, and where it was
refused nothing may have changed.
"""

from __future__ import annotations

from base64 import b64decode
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from random import Random
from typing import cast

from merestone.register.audit import audit
from merestone.register.envelope import Envelope
from merestone.register.evidence import read_evidence
from merestone.register.head import Cosignature, Head, read_head
from merestone.register.keys import Slot
from merestone.register.ledger import MemoryLedger
from merestone.register.refusal import RefusedError, Rule
from merestone.register.replica import ForkError, Replica
from merestone.register.rules import accept, check_offer
from merestone.register.state import state, state_digest
from merestone.register.store import Store
from simulation import naive
from simulation.cheap import CheapScheme, WatchedKey
from simulation.naive import DAYS, Log
from simulation.stores import copied, fake, head_count

SCHEME = CheapScheme()


def signed_by(head: Head, slot: Slot, log: Log) -> bool:
    """Whether a slot's cosignature is by the key that it has in a log, in the naive reading."""
    key = log.key(slot.value)
    made = head.cosignatures[slot]
    return key is not None and _signed_by(
        head.register, head.size, head.root, slot, made, key["ed25519"], key["ml_dsa_65"]
    )


@lru_cache(4096)
def _signed_by(  # one answer for one cosignature and key, however many keepers it reaches
    register: str, size: int, root: bytes, slot: Slot, made: Cosignature, ed25519: str, ml_dsa_65: str
) -> bool:
    note = Head(register, size, root, {slot: made}).note()
    try:
        naive.note_signers(note, lambda _: {"ed25519": ed25519, "ml_dsa_65": ml_dsa_65})
    except AssertionError:
        return False
    return True


def is_by(head: Head, slot: Slot, key: naive.Json) -> bool:
    """Whether a slot's cosignature is by a key."""
    made = head.cosignatures[slot]
    return _signed_by(head.register, head.size, head.root, slot, made, key["ed25519"], key["ml_dsa_65"])


def discounted(head: Head, slot: Slot, logs: Sequence[Log]) -> bool:
    """Whether a cosignature counts for nothing: by a key that was declared lost or stolen, and of no entries of this log from
    before that."""
    if head.register != logs[-1].register:
        return False
    for of, base, index in logs[-1].stops:
        keys = [logs[size].key(of) for size in range(base, index + 1)] if of == slot.value else []
        of_this_log = head.size <= index and logs[min(head.size, index)].root == head.root
        if not of_this_log and any(is_by(head, slot, key) for key in keys if key):
            return True
    return False


class Crash(BaseException):
    """The machine stops."""


@dataclass(frozen=True)
class Expected:
    """What should come of taking something in: the rules that it breaks (none: it is taken), at which entry, and the logs
    after it, one for each size."""

    rules: frozenset[str]
    index: int | None
    logs: tuple[Log, ...]


class Keeper:
    """A replica with its naive shadow: `logs[n]` is the log after n entries."""

    def __init__(self, store: Store, tally: Counter[str]) -> None:
        self.store = store
        self.replica = Replica(store, SCHEME)
        self.tally = tally
        self.logs: list[Log] = [Log()]
        self.held: dict[str, tuple[int, str]] = {}
        self.known_heads: dict[str, set[int]] = {"a": set(), "b": set(), "operator": set()}

    def copy(self, tally: Counter[str]) -> Keeper:
        """Another keeper of the same things."""
        other = type(self).__new__(type(self))
        other.__dict__.update(self.__dict__)
        other.tally = tally
        other.put_store(copied(self.store))
        other.logs, other.held = list(self.logs), dict(self.held)
        other.known_heads = {slot: set(sizes) for slot, sizes in self.known_heads.items()}
        return other

    def put_store(self, store: Store) -> None:
        """Another store in place of this one."""
        self.store = store
        self.replica = Replica(store, SCHEME)

    @property
    def log(self) -> Log:
        """The log as it is."""
        return self.logs[-1]

    # ---- taking in ----------------------------------------------------------------------------------------------

    def expected(self, entries: Sequence[bytes], blobs: Iterable[bytes], heads: Sequence[Head]) -> Expected:
        """What the naive reading says of entries and heads."""
        held = {**self.held, **naive.held(tuple(blobs))}
        logs = list(self.logs)
        for data in entries:
            if rules := naive.broken(logs[-1], data, held):
                return Expected(frozenset(rules), logs[-1].size, tuple(self.logs))
            logs.append(logs[-1].after(data))
        size = logs[-1].size
        if entries and not any(head.size == size and Slot.OPERATOR in head.cosignatures for head in heads):
            return Expected(frozenset({"log"}), None, tuple(self.logs))
        rules = {rule for head in heads for rule in self._head_rules(head, logs)}
        return Expected(frozenset(rules), None, tuple(self.logs if rules else logs))

    def _head_rules(self, head: Head, logs: Sequence[Log]) -> set[str]:
        counted = [slot for slot in head.cosignatures if not discounted(head, slot, logs)]
        if head.cosignatures and not counted:
            return set()
        if head.register != logs[-1].register or head.size >= len(logs):
            return {"head"}
        found = set() if head.cosignatures else {"head"}
        for slot in counted:
            if not signed_by(head, slot, logs[head.size]):
                found.add("head")
            elif head.root != logs[head.size].root:
                found.add("fork")
        return found

    def take(
        self, entries: Sequence[bytes], blobs: Sequence[bytes], heads: Sequence[Head], crash_after: int = 0
    ) -> str:
        """Takes in what came, or refuses it, as the naive reading says it must; gives back what came of it."""
        expected = self.expected(entries, blobs, heads)
        before = self.print()

        def each(count: int) -> None:
            if count == crash_after:
                raise Crash

        try:
            if len(heads) == 1 and not entries and not blobs:
                self.replica.receive(heads[0])
            else:
                self.replica.take(entries, blobs, heads, each=each)
        except Crash:
            outcome = "crash"
        except ForkError as fork:
            outcome = "fork"
            self.check_fork(fork, expected)
        except RefusedError as refusal:
            outcome = str(refusal.rule.value)
            self._check_refusal(refusal, expected)
        else:
            outcome = "taken"
            assert not expected.rules, f"taken in, though it breaks {sorted(expected.rules)}"
            self._adopt(expected, blobs, heads)
        if outcome != "taken":
            assert self.print() == before, f"I7: something changed though it was refused ({outcome})"
        self.tally[f"take {outcome}"] += 1
        return outcome

    def append(self, data: bytes, blobs: Sequence[bytes], signer: WatchedKey, seconds: int) -> str:
        """The operator's next entry."""
        held = {**self.held, **naive.held(tuple(blobs))}
        rules = naive.broken(self.log, data, held)
        expected = Expected(frozenset(rules), self.log.size, tuple(self.logs))
        before = self.print()
        try:
            head = self.replica.append(data, blobs, signer, seconds)
        except RefusedError as refusal:
            if not rules and refusal.rule is Rule.COSIGNING:
                return "lost key"
            self._check_refusal(refusal, expected)
            assert self.print() == before, "I7: something changed though it was refused"
            self.tally[f"refused {refusal.rule.value}"] += 1
            return str(refusal.rule.value)
        assert not rules, f"appended, though it breaks {sorted(rules)}"
        self._adopt(Expected(frozenset(), None, (*self.logs, self.log.after(data))), blobs, [head])
        self._count(data)
        return "taken"

    def _count(self, data: bytes) -> None:
        read = naive.entry(data)
        assert read is not None
        body = read.body
        self.tally[f"accepted {body.get('kind') or body.get('change') or read.kind}"] += 1
        for change in body.get("changes", []):
            self.tally[f"status {change['status']}"] += 1
            self.tally["displacing"] += bool(change["supersedes"] and change["status"] in naive.FORCE)

    def _check_refusal(self, refusal: RefusedError, expected: Expected) -> None:
        rule = str(refusal.rule.value)
        known = expected.rules | (
            {"E1"} if expected.rules else set()
        )  # a flipped bit breaks forms that it does not know
        assert rule in known, f"refused by {rule} ({refusal}), and the naive reading says {sorted(expected.rules)}"
        if expected.index is not None:
            assert refusal.index == expected.index, f"refused at {refusal.index}, not at {expected.index}"

    def _adopt(self, expected: Expected, blobs: Iterable[bytes], heads: Sequence[Head]) -> None:
        first = len(self.logs)
        self.logs = list(expected.logs)
        self.held.update(naive.held(tuple(blobs)))
        for head in heads:
            for slot in head.cosignatures:
                if not discounted(head, slot, self.logs):
                    self.known_heads.setdefault(slot.value, set()).add(head.size)
        self.check(first)

    def print(self) -> tuple[object, ...]:
        """What must stay the same when something is refused."""
        store = self.store
        size = store.size
        return size, store.root(size) if size else b"", store.blobs(), head_count(store)

    # ---- what must hold -----------------------------------------------------------------------------------------

    @property
    def agreed(self) -> int:
        """The agreed size, as the naive reading has it."""
        return min(max(self.known_heads[slot], default=0) for slot in ("a", "b"))

    def check(self, first: int) -> None:
        """I4, I8, I9 and the agreed size, after entries from `first` - 1 on were taken in."""
        store, log = self.store, self.log
        assert store.size == log.size, "I4: the size"
        for index in {0, log.size // 2, *range(first - 1, log.size)}:
            assert store.entry(index) == log.data[index], f"I4: entry {index}"
        for size in {1, (log.size + 1) // 2, log.size}:
            assert store.root(size) == self.logs[size].root, f"I4: the root of {size}"
        assert store.agreed_size == self.agreed, "the agreed size"
        holders = {slot: store.holder(Slot(slot)) for slot in log.names}
        assert {slot: (each.identity, each.title) for slot, each in holders.items() if each} == log.names, "I4: names"
        if (memory := fake(store)) is not None:
            if first < len(self.logs):
                assert state(memory) == log.state, "I9: the state"
            return
        for section in log.state["sections"]:
            found = [
                (each.begin, each.end, (each.change.index, each.change.change))
                for each in store.segments(section["section"])
            ]
            assert found == naive.runs(log.table.get(section["section"], {})), "I9: the segments"
        self._check_answers(log)

    def _check_answers(self, log: Log) -> None:
        """I9: the store's answers on every day now, and on some days as known earlier."""
        for size, days in ((log.size, DAYS), (log.size * 2 // 3, DAYS[log.size % 3 :: 3])):
            for day in days:
                self._check_answer(self.logs[size], day)

    def _check_answer(self, past: Log, day: str) -> None:
        rows = past.table.items()
        expected = {name: (past.changes[row[day]][0]["status"], row[day]) for name, row in rows if day in row}
        found = {
            name: (held.status.value, (held.reference.index, held.reference.change))
            for name, held in self.store.in_force(day, past.size).items()
        }
        assert found == expected, f"I9: in force on {day} at {past.size}"

    def check_replay(self) -> None:
        """I11, I15: from nothing, by the public keys in it, the log reaches the same state; so does the naive one."""
        ledger = MemoryLedger(self.store.blob(digest) for digest in self.store.blobs())
        for data in self.store.entries():
            ledger.add(accept(ledger, data, SCHEME))
            expected = sha256(naive.canonical(self.logs[ledger.size].state)).hexdigest()
            assert state_digest(state(ledger)) == expected, f"I11: the state at {ledger.size}"
        before = (ledger.size + 1) // 2
        assert state(ledger.at(before)) == self.logs[before].state, f"I11: the state at {before}, looked back at"
        if fake(self.store) is None:
            audit(self.store, SCHEME)

    def check_offer(self, envelope: Envelope) -> str:
        """Whether an offer may be signed here: nothing, or the rule that forbids it."""
        rules = naive.broken(self.log, envelope.document(), self.held, offer=True)
        found = ""
        try:
            check_offer(self.store, envelope, SCHEME, self.store.has_blob)
        except RefusedError as refusal:
            found = str(refusal.rule.value)
        if found:
            assert found in rules | ({"E1"} if rules else set()), f"offer refused by {found}, not by {sorted(rules)}"
        else:
            assert not rules, f"an offer would be signed that breaks {sorted(rules)}"
        return found

    # ---- forks --------------------------------------------------------------------------------------------------

    def check_fork(self, fork: ForkError, expected: Expected) -> None:
        """I10: the head is signed, and no head of this log; the evidence, if there is some, holds by itself."""
        assert "fork" in expected.rules, f"I10: a fork was cried where there is none: {fork}"
        theirs, slot = fork.theirs, fork.slot.value
        self.tally["forks seen"] += 1
        if fork.evidence is None:
            assert theirs.size not in self.known_heads.get(slot, set()), "I10: evidence could have been made"
            return
        assert fork.evidence.document() in self.store.evidence(), "I10: the evidence was not kept"
        self.check_evidence(fork.evidence.document(), slot)

    def check_evidence(self, document: bytes, slot: str) -> None:
        """I10: what bytes alone show against a slot, by public keys alone, in both readings."""
        evidence = read_evidence(document)
        evidence.check(SCHEME)
        self.tally["evidence"] += 1
        assert evidence.slot.value == slot, "I10: the slot"
        one, other = evidence.heads
        for head, public in zip(evidence.heads, evidence.keys, strict=True):
            key = naive.key_document(*public.halves)
            assert key in [log.key(slot) for log in self.logs], "I10: the key is not the slot's"
            signers = naive.note_signers(head.only(evidence.slot).note(), lambda _, key=key: key)
            assert signers == {slot}, "I10: a head is not signed"
        if evidence.leaves is None:
            assert one.size == other.size, "I10: two sizes"
            assert one.root != other.root, "I10: one root"
            return
        assert evidence.leaves[0].hashed != evidence.leaves[1].hashed, "I10: one leaf"

    def prove_fork(self, fork_head: Head, slot: Slot, theirs: Sequence[bytes]) -> None:
        """I10: with the other history in hand, evidence is made whenever the slot signed a head here that parts from theirs,
        and signed theirs with a key that it has had here."""
        pairs = zip(theirs[: fork_head.size], self.log.data, strict=False)
        shared = next((index for index, (one, other) in enumerate(pairs) if one != other), None)
        last = max(self.known_heads.get(slot.value, ()), default=0)
        provable = shared is not None and last > shared and not self._excused(fork_head, slot, last, theirs)
        known = any(signed_by(fork_head, slot, log) for log in self.logs)
        try:
            made = self.replica.evidence_of_fork(ForkError(slot, fork_head, None), theirs)
        except RefusedError as refusal:
            self._check_unproven(refusal, provable=provable, known=known)
            return
        assert (made is not None) == provable, "I10: evidence, or none, against reason"
        assert known or not provable, "I10: evidence by a key that nobody knows"
        if made is not None:
            assert made.document() in self.store.evidence(), "I10: the evidence was not kept"
            self.check_evidence(made.document(), slot.value)

    def _excused(self, theirs: Head, slot: Slot, last: int, entries: Sequence[bytes]) -> bool:
        """Whether one of two heads of a slot is by a key that is declared lost or stolen, here or in the other history."""
        stops = {(base, index) for of, base, index in self.log.stops if of == slot.value}
        for read in filter(None, map(naive.entry, entries)):
            if read.kind == "keys" and read.body["change"] == "recover" and read.body["slot"] == slot.value:
                stops.add((read.body["base"]["size"], self.log.size))
        keys = [
            self.logs[size].key(slot.value)
            for base, index in stops
            for size in range(base, min(index, self.log.size) + 1)
        ]
        return self.logs[last].key(slot.value) in keys or any(is_by(theirs, slot, key) for key in keys if key)

    def _check_unproven(self, refusal: RefusedError, *, provable: bool, known: bool) -> None:
        assert refusal.rule is Rule.EVIDENCE, f"evidence refused by {refusal}"
        assert provable, f"I10: there was nothing to be proven: {refusal}"
        assert not known, f"I10: a head by a key known here convicts nobody: {refusal}"
        self.tally["forks under an unknown key"] += 1


class Party(Keeper):
    """A party: a keeper that cosigns, remembers the last head it signed outside of its store, and has backups."""

    slot: Slot
    signed: list[tuple[int, str]]
    floor: Head | None
    backup: Keeper | None
    forgetful: bool

    @staticmethod
    def new(slot: Slot, store: Store, tally: Counter[str]) -> Party:
        """A party with nothing yet."""
        made = Party(store, tally)
        made.slot, made.signed, made.floor, made.backup, made.forgetful = slot, [], None, None, False
        return made

    def copy(self, tally: Counter[str]) -> Party:
        """Another party with the same past."""
        other = cast("Party", super().copy(tally))
        other.signed = list(self.signed)
        return other

    def cosign(self, key: WatchedKey, seconds: int) -> Head | None:
        """The party's signature on its state, or None where it must not sign."""
        size, floor = self.log.size, self.floor
        own = max(self.known_heads[self.slot.value], default=0)
        may = floor is None or (floor.size <= size and self.logs[floor.size].root == floor.root)
        may = may and naive.key_document(*key.public.halves) == self.log.key(self.slot.value) and own <= size
        key.heads = self.signed
        before = len(self.signed)
        try:
            head = self.replica.cosign(self.slot, key, seconds, floor)
        except RefusedError as refusal:
            self._check_not_signed(refusal, before, may=may)
            return None
        assert may, "I5: cosigned what contradicts an earlier signature"
        assert signed_by(head, self.slot, self.log), "the head is not signed"
        assert head.root == self.log.root, "the head is of another log"
        assert head.size == size, "the head is of another size"
        assert (len(self.signed) == before) == (own == size), "a size was signed twice, or not at all"
        self.floor = head
        self.known_heads[self.slot.value].add(size)
        self.check_signed()
        assert self.store.agreed_size == self.agreed, "the agreed size"
        self.tally["cosigned"] += 1
        return head

    def _check_not_signed(self, refusal: RefusedError, before: int, *, may: bool) -> None:
        assert refusal.rule is Rule.COSIGNING, f"cosigning refused by {refusal}"
        assert not may, f"I5: cosigning was refused for no reason: {refusal}"
        assert len(self.signed) == before, "I5: signed, and refused afterwards"
        self.tally["cosigning refused"] += 1

    def check_signed(self) -> None:
        """I5: sizes never fall, and no size has two roots, in all that the keys of this party have ever signed."""
        if self.forgetful:
            return
        roots: dict[int, str] = {}
        last = 0
        for size, root in self.signed:
            assert size >= last, f"I5: signed {size} after {last}"
            assert roots.setdefault(size, root) == root, f"I5: two roots for {size}"
            last = size

    def effect(self) -> dict[int, bytes]:
        """I1: roots by agreed size, each under signatures that both parties have really made; here only this one's."""
        agreed = self.agreed
        if agreed and not self.forgetful:
            own = dict(self.signed)
            assert any(
                size >= agreed and size < len(self.logs) and b64decode(root) == self.logs[size].root
                for size, root in own.items()
            ), "I1: effect without a signature of one's own"
        return {agreed: self.logs[agreed].root} if agreed else {}

    def keep_backup(self) -> None:
        """A copy of the store, to be restored some day."""
        self.backup = Keeper.copy(self, self.tally)

    def restore(self, rng: Random) -> None:
        """The store of long ago is put back; the key's own memory stays, or is lost as well."""
        if self.backup is None:
            return
        past = self.backup
        self.put_store(copied(past.store))
        self.logs, self.held = list(past.logs), dict(past.held)
        self.known_heads = {slot: set(sizes) for slot, sizes in past.known_heads.items()}
        self.tally["restored"] += 1
        if rng.random() < 0.3:
            self.floor, self.forgetful = None, True
            self.tally["restored without the floor"] += 1


def reread(heads: Iterable[Head]) -> tuple[Head, ...]:
    """The heads as they come out of bytes."""
    return tuple(read_head(head.note()) for head in heads)
