"""One small case for each thing that the rules refuse, with the rule that must say so; and what they must let pass."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

from fakes.registers import LINE, Story, cheap_keys
from merestone.register.envelope import Envelope, read_envelope
from merestone.register.keys import PublicKey, Slot
from merestone.register.ledger import Accepted
from merestone.register.objects import Base, Content, KeyChangeKind, Kind, Reference, Status, unsigned
from merestone.register.refusal import RefusedError
from merestone.register.rules import accept
from merestone.register.signing import Signer
from merestone.register.store import Store
from simulation.stores import sqlite_store

Act: TypeAlias = Callable[[Story], object]
S = Status
NEW, OTHER = cheap_keys("new", "other").values()
D = ("2030-01-01", "2030-01-10", "2030-01-20", "2030-01-30")


def step(*changes: Callable[[Story], Any], **changed: Any) -> Act:
    """A step by both parties, of changes that the story gives."""
    return lambda story: story.step(*(change(story) for change in changes), **changed)


def change(status: Status, *days: str, **changed: Any) -> Callable[[Story], Any]:
    """A change."""
    return lambda story: story.people.change(status, *days, **changed)


def claim(by: Slot, signer: str, **changed: Any) -> Act:
    """A claim on S1 by a party, signed by someone."""
    return lambda story: story.put(
        story.people.claim(story.ledger, by, story.people.change(S.CLAIMED, **changed)), signer
    )


def keys(
    kind: KeyChangeKind, slot: Slot, *names: str, key: PublicKey = NEW.public, new: Signer = NEW, **changed: Any
) -> Act:
    """A change of keys, signed by names."""
    return lambda story: story.put(
        story.people.key_change(story.ledger, kind, slot, key, **changed), *names, keys={"new": new}
    )


def at(index: int, number: int = 0) -> Reference:
    """A reference."""
    return Reference(index, number)


def signed_by(*names: str, **others: str) -> Act:
    """A first step, signed by names; `others` sign in the place of names."""

    def act(story: Story) -> object:
        people = story.people
        envelope = unsigned(people.act(story.ledger, people.change(S.SIGNED)))
        data = people.signed(envelope, *names, keys={name: people.keys[other] for name, other in others.items()})
        return story.put_bytes(data)

    return act


class DoubleStory(Story):
    """A story that is told to a store on SQLite as well, which must take and refuse the same."""

    def put_bytes(self, data: bytes) -> Accepted:
        """The bytes as the next entry of both."""
        store: Store | None = self.__dict__.get("store")
        if store is None:
            store = self.__dict__["store"] = sqlite_store()
            for blob in self.people.blobs:
                store.hold_blob(blob)
        found = ""
        try:
            store.add(accept(store, data, self.people.scheme))
        except RefusedError as refusal:
            found = str(refusal)
        try:
            accepted = super().put_bytes(data)
        except RefusedError as refusal:
            if str(refusal) != found:
                raise AssertionError(f"SQLite says {found or 'nothing'}, memory {refusal}") from refusal
            raise
        if found:
            raise AssertionError(f"SQLite refuses what memory takes: {found}")
        return accepted


def begun() -> Story:
    """Entries 0 charter, 1 S1 signed, 2 S1 in force from D0 to D2, 3 S2 signed, 4 claim of a on S1."""
    story = DoubleStory()
    people = story.people
    story.step(people.change(S.SIGNED))
    story.step(people.change(S.IN_FORCE, D[0], D[2], carries=at(1)))
    story.step(people.change(S.SIGNED, section="S2"))
    claim(Slot.A, "a")(story)
    return story


def again(index: int) -> Act:
    """An entry once more."""
    return lambda story: story.put_bytes(story.entries[index])


def other_text(**changed: Any) -> Callable[[Story], Any]:
    """S2 carried to in force with a text that is not what was signed."""
    return lambda story: story.people.change(
        S.IN_FORCE, D[0], carries=at(3), section="S2", text=story.people.text(**changed)
    )


def other_line(story: Story) -> object:
    """S2 carried to in force with another line, which is held, and all else as it was signed."""
    line = LINE.replace(b"1}", b"2}")
    story.ledger.hold_blob(line)
    store: Store = story.__dict__["store"]
    store.hold_blob(line)
    return story.step(other_text(line=line)(story))


def corrected(*days: str, supersedes: tuple[Reference, ...], status: Status = S.IN_FORCE, **changed: Any) -> Act:
    """A correction of S1 in force."""
    return lambda story: story.step(
        story.people.change(status, *days, carries=at(2), supersedes=supersedes, text=story.people.text(**changed)),
        kind=Kind.CORRECTION,
    )


def crossed(story: Story) -> object:
    """An act whose base is from before the last change of its section."""
    return story.step(story.people.change(S.SIGNED, section="S2"), base=story.people.base(story.ledger, 3))


def crossed_claim(story: Story) -> object:
    """A claim whose base is from before the last one."""
    made = story.people.change(S.CLAIMED, supersedes=(at(4),))
    return story.put(story.people.claim(story.ledger, Slot.A, made, base=story.people.base(story.ledger, 4)), "a")


def withdrawn(story: Story) -> object:
    """An act that a party has withdrawn."""
    people = story.people
    envelope = unsigned(people.act(story.ledger, people.change(S.SIGNED)))
    story.put(people.withdrawal(story.ledger, envelope.digest, Slot.B), "b")
    return story.put_bytes(people.signed(envelope, "a", "b"))


def withdrawn_keys(story: Story) -> object:
    """A change of keys that the other party has withdrawn."""
    people = story.people
    envelope = unsigned(people.key_change(story.ledger, KeyChangeKind.APPOINT, Slot.MEDIATOR, NEW.public))
    story.put(people.withdrawal(story.ledger, envelope.digest, Slot.B), "b")
    return story.put_bytes(people.signed(envelope, "a", "b", "new", keys={"new": NEW}))


def withdrawal(digest: str | int, signer: str = "a", times: int = 1) -> Act:
    """A withdrawal of a payload, or of an entry."""

    def act(story: Story) -> object:
        named = story.ledger.accepted[digest].digest if isinstance(digest, int) else digest
        for _ in range(times):
            story.put(story.people.withdrawal(story.ledger, named, Slot.A), signer)
        return None

    return act


def _correct_s2(story: Story) -> None:
    text = story.people.text(tolerance_um=2)
    story.step(story.people.change(S.SIGNED, carries=at(3), section="S2", text=text), kind=Kind.CORRECTION)


def carried_after_correction(story: Story) -> object:
    """What was signed by error comes into force all the same."""
    _correct_s2(story)
    return story.step(story.people.change(S.IN_FORCE, D[0], carries=at(3), section="S2"))


def corrected_after_carried(story: Story) -> object:
    """What was signed is corrected when it is in force already."""
    story.step(story.people.change(S.IN_FORCE, D[0], carries=at(3), section="S2"))
    _correct_s2(story)
    return None


def corrected_twice(story: Story) -> object:
    """Two corrections of one change."""
    _correct_s2(story)
    _correct_s2(story)
    return None


def exchange_apart(story: Story) -> object:
    """Two sections come into force in one act, on two days."""
    people = story.people
    signed = story.step(people.change(S.SIGNED))
    return story.step(
        people.change(S.IN_FORCE, D[2], carries=signed),
        people.change(S.IN_FORCE, D[3], carries=at(3), section="S2"),
        kind=Kind.EXCHANGE,
    )


def ratified_twice(story: Story) -> object:
    """S2 ratified, in force from the signature directly, and ratified once more."""
    carried: dict[str, Any] = {"carries": at(3), "section": "S2"}
    story.step(story.people.change(S.RATIFIED, **carried))
    story.step(story.people.change(S.IN_FORCE, D[0], **carried))
    return story.step(story.people.change(S.RATIFIED, **carried))


def correction_of_two(story: Story) -> object:
    """A correction of one line that takes the place of its successor as well."""
    signed = story.step(story.people.change(S.SIGNED))
    later = story.step(story.people.change(S.IN_FORCE, D[2], D[3], carries=signed))
    return corrected(D[0], D[3], supersedes=(at(2), later), tolerance_um=2)(story)


def correction_names_two(story: Story) -> object:
    """A correction that names a line beside the one it corrects."""
    signed = story.step(story.people.change(S.SIGNED))
    later = story.step(story.people.change(S.IN_FORCE, D[2], D[3], carries=signed))
    return corrected(D[0], D[2], supersedes=(at(2), later), tolerance_um=2)(story)


def correction_of_what_is_gone(story: Story) -> object:
    """A correction of a line of which a later one has left nothing."""
    signed = story.step(story.people.change(S.SIGNED))
    story.step(story.people.change(S.IN_FORCE, D[0], D[3], carries=signed, supersedes=(at(2),)))
    return corrected(D[0], D[2], supersedes=(at(2),), tolerance_um=2)(story)


def corrected_in_two_pieces(story: Story) -> object:
    """S1, suspended for some of its days and so in two pieces, is corrected."""
    story.step(story.people.change(S.IN_FORCE, D[0], "", carries=at(3), section="S2"))
    held = story.ledger.size - 1
    story.step(story.people.change(S.SUSPENDED, D[1], D[2], carries=at(held), supersedes=(at(held),), section="S2"))
    text = story.people.text(tolerance_um=2)
    made = story.people.change(S.IN_FORCE, D[0], "", carries=at(held), supersedes=(at(held),), section="S2", text=text)
    story.step(made, kind=Kind.CORRECTION)
    pieces = [(each.begin, each.end, each.change.index) for each in story.ledger.segments("S2")]
    last = story.ledger.size - 1
    assert pieces == [(D[0], D[1], last), (D[1], D[2], held + 1), (D[2], "", last)], "the pieces of a correction"
    return None


def drawn(kind: KeyChangeKind, slot: Slot, key: PublicKey = NEW.public) -> Callable[[Story], Content]:
    """A change of keys on the state in which it is drawn up."""
    return lambda story: story.people.key_change(story.ledger, kind, slot, key)


RECOVERY = drawn(KeyChangeKind.RECOVER, Slot.A)
APPOINTMENT = drawn(KeyChangeKind.APPOINT, Slot.MEDIATOR)


def late(make: Callable[[Story], Content], names: tuple[str, ...], *between: Callable[[Story, str], object]) -> Act:
    """An object that is entered after other things, each of which may know its digest."""

    def act(story: Story) -> object:
        envelope = unsigned(make(story))
        for each in between:
            each(story, envelope.digest)
        return story.put_bytes(story.people.signed(envelope, *names, keys={"new": NEW}))

    return act


def taken_back(by: Slot) -> Callable[[Story, str], object]:
    """A party withdraws what has a digest."""
    return lambda story, digest: story.put(story.people.withdrawal(story.ledger, digest, by), by.value)


def rekeyed(kind: KeyChangeKind, slot: Slot, *names: str) -> Callable[[Story, str], object]:
    """Another change of keys."""
    return lambda story, _: keys(kind, slot, *names, key=OTHER.public, new=OTHER)(story)


def old_key_set(story: Story) -> object:
    """An act from before a change of keys."""
    people = story.people
    envelope = unsigned(people.act(story.ledger, people.change(S.SIGNED)))
    story.put(
        people.key_change(story.ledger, KeyChangeKind.ROTATE, Slot.OPERATOR, NEW.public),
        "operator",
        "new",
        keys={"new": NEW},
    )
    return story.put_bytes(people.signed(envelope, "a", "b"))


def other_type(story: Story) -> object:
    """A withdrawal's bytes under the type of an act, signatures and all."""
    made = unsigned(story.people.withdrawal(story.ledger, "ab" * 32, Slot.A))
    data = story.people.signed(Envelope("application/vnd.merestone.act+json;v=1", made.payload, {}), "a")
    return story.put_bytes(data)


def moved_signature(story: Story) -> object:
    """What a signed as an act, as a claim's type would have it: the first half moves, the second does not."""
    people = story.people
    envelope = unsigned(people.act(story.ledger, people.change(S.SIGNED)))
    made = read_envelope(people.signed(envelope, "a", "b"))
    return story.put_bytes(
        Envelope(made.payload_type, made.payload, {"a": made.signatures["b"], "b": made.signatures["a"]}).document()
    )


REFUSED: dict[str, tuple[str, Act]] = {
    "a second charter": ("E2", again(0)),
    "another register": ("E3", step(change(S.SIGNED), register="ab" * 32)),
    "an act twice": ("E4", again(3)),
    "a claim twice": ("E4", again(4)),
    "no base": ("E5", step(change(S.SIGNED), base=Base("ab" * 32, 0))),
    "a base to come": ("E5", step(change(S.SIGNED), base=Base("ab" * 32, 6))),
    "a base of another log": ("E5", step(change(S.SIGNED), base=Base("ab" * 32, 2))),
    "an older key set": ("E6", old_key_set),
    "a later key set": ("E6", step(change(S.SIGNED), keys=2)),
    "a alone": ("E7", signed_by("a")),
    "b alone": ("E7", signed_by("b")),
    "nobody": ("E7", signed_by()),
    "the operator besides": ("E7", signed_by("a", "b", "operator")),
    "a root key besides": ("E7", signed_by("a", "a.root", "b")),
    "a in both slots": ("E7", signed_by("a", "b", b="a")),
    "b in both slots": ("E7", signed_by("a", "b", a="b")),
    "a root key in its slot": ("E7", signed_by("a", "b", a="a.root")),
    "signatures swapped": ("E7", moved_signature),
    "a claim by the other": ("E7", claim(Slot.B, "a")),
    "a withdrawal by the other": ("E7", withdrawal("ab" * 32, "b")),
    "a rotation without the new key": ("E7", keys(KeyChangeKind.ROTATE, Slot.A, "a")),
    "a rotation without the old key": ("E7", keys(KeyChangeKind.ROTATE, Slot.A, "new")),
    "a rotation by the root key": ("E7", keys(KeyChangeKind.ROTATE, Slot.A, "a.root", "new")),
    "a recovery by the signing key": ("E7", keys(KeyChangeKind.RECOVER, Slot.A, "a", "new")),
    "a root key by the signing key": ("E7", keys(KeyChangeKind.ROTATE_ROOT, Slot.A, "a", "new")),
    "an operator by one party": ("E7", keys(KeyChangeKind.APPOINT, Slot.OPERATOR, "a", "new")),
    "a party appointed": ("E8", keys(KeyChangeKind.APPOINT, Slot.A, "a", "b", "new")),
    "a root key for the operator": ("E8", keys(KeyChangeKind.ROTATE_ROOT, Slot.OPERATOR, "new")),
    "a recovery of the operator": ("E8", keys(KeyChangeKind.RECOVER, Slot.OPERATOR, "new")),
    "a rotation of nobody": ("E8", keys(KeyChangeKind.ROTATE, Slot.MEDIATOR, "new")),
    "the other's key": ("E8", keys(KeyChangeKind.ROTATE, Slot.A, "a", "new", key=cheap_keys("b")["b"].public)),
    "half of the other's key": (
        "E8",
        keys(
            KeyChangeKind.ROTATE,
            Slot.A,
            "a",
            "new",
            key=PublicKey(NEW.public.ed25519, cheap_keys("b")["b"].public.ml_dsa_65),
        ),
    ),
    "too late": ("E9", step(change(S.SIGNED), last_index=4)),
    "keys too late": ("E9", keys(KeyChangeKind.ROTATE, Slot.A, "a", "new", last_index=4)),
    "withdrawn": ("E10", withdrawn),
    "keys withdrawn": ("E10", withdrawn_keys),
    "an entry withdrawn": ("E10", withdrawal(3)),
    "a withdrawal twice": ("E10", withdrawal("ab" * 32, times=2)),
    "crossed": ("E11", crossed),
    "crossed claims": ("E11", crossed_claim),
    "words that nobody has": ("E12", lambda s: s.step(s.people.change(S.SIGNED, text=s.people.text(words=b"?")))),
    "a source that nobody has": (
        "E12",
        lambda s: s.step(s.people.change(S.SIGNED, text=s.people.text(sources=(_source(),)))),
    ),
    "a claim in a step": ("E13", step(change(S.CLAIMED))),
    "a claim of force": ("E13", lambda s: s.put(s.people.claim(s.ledger, Slot.B, s.people.change(S.SIGNED)), "b")),
    "a claim that carries": ("E13", claim(Slot.B, "b", carries=at(1))),
    "a claim unnamed": ("E13", claim(Slot.A, "a")),
    "the other's claim": ("E13", claim(Slot.B, "b", supersedes=(at(4),))),
    "an exchange of one": ("E13", step(change(S.SIGNED), kind=Kind.EXCHANGE)),
    "an exchange of two days": ("E13", exchange_apart),
    "force from nothing": ("E13", step(change(S.IN_FORCE, D[0], section="S3"))),
    "another section's signature": ("E13", step(change(S.IN_FORCE, D[2], carries=at(3)))),
    "a claim carried": ("E13", step(change(S.SIGNED, carries=at(4)))),
    "an entry to come carried": ("E13", step(change(S.IN_FORCE, D[2], carries=at(9)))),
    "force twice": ("E13", step(change(S.IN_FORCE, D[2], carries=at(1)))),
    "another line": ("E13", other_line),
    "another tolerance": ("E13", step(other_text(tolerance_um=2))),
    "without a line": ("E13", step(other_text(line=None))),
    "a correction of nothing": ("E13", corrected(D[0], D[2], supersedes=(at(2),))),
    "a correction of another status": (
        "E13",
        corrected(D[0], D[2], supersedes=(at(2),), status=S.SUSPENDED, tolerance_um=2),
    ),
    "what was corrected carried on": ("E13", carried_after_correction),
    "what was corrected corrected": ("E13", corrected_twice),
    "what was carried on corrected": ("E13", corrected_after_carried),
    "a rotation with a name": ("E1", keys(KeyChangeKind.ROTATE, Slot.A, "a", "new", identity="NEW")),
    "a rotation with a title": ("E1", keys(KeyChangeKind.ROTATE, Slot.A, "a", "new", title="New")),
    "nobody appointed": ("E1", keys(KeyChangeKind.APPOINT, Slot.MEDIATOR, "a", "b", "new", identity="")),
    "ratified twice": ("E13", ratified_twice),
    "a correction of two": ("E14", correction_of_two),
    "a correction that names two": ("E14", correction_names_two),
    "a correction of what is gone": ("E14", correction_of_what_is_gone),
    "an older recovery": (
        "E6",
        late(RECOVERY, ("a.root", "new"), rekeyed(KeyChangeKind.RECOVER, Slot.A, "a.root", "new")),
    ),
    "no first day": ("E14", step(change(S.IN_FORCE, carries=at(3), section="S2"))),
    "no day at all": ("E14", step(change(S.IN_FORCE, D[1], D[1], carries=at(3), section="S2"))),
    "a signature with dates": ("E14", step(change(S.SIGNED, D[0], section="S3"))),
    "a signature that displaces": ("E14", step(change(S.SIGNED, supersedes=(at(2),)))),
    "a second line in force": ("E14", step(change(S.SUSPENDED, D[1], carries=at(2)))),
    "displacing what is not there": (
        "E14",
        step(change(S.IN_FORCE, D[0], carries=at(3), section="S2", supersedes=(at(2),))),
    ),
    "ending what does not hold": ("E14", step(change(S.ENDED, D[2], carries=at(2)))),
    "a correction for some of the days": ("E14", corrected(D[0], D[1], supersedes=(at(2),), tolerance_um=2)),
    "a correction unnamed": ("E14", corrected(D[0], D[2], supersedes=(), tolerance_um=2)),
}


def _source() -> Any:
    from merestone.register.objects import Blob, SourceUsed

    return SourceUsed(Blob.of(b"a map that nobody has", "image/png"), "Map")


ALLOWED: dict[str, tuple[Act, ...]] = {
    "on an older base": (
        lambda s: s.step(s.people.change(S.INITIALLED, section="S3"), base=s.people.base(s.ledger, 2)),
    ),
    "at its last index": (step(change(S.SIGNED), last_index=5),),
    "side by side": (step(change(S.SIGNED)), step(change(S.IN_FORCE, D[2], carries=at(5)))),
    "initialled and signed": (
        step(change(S.INITIALLED, section="S3")),
        step(change(S.SIGNED, carries=at(5), section="S3")),
    ),
    "ended at last, then suspended before": (
        step(change(S.ENDED, D[1], D[2], carries=at(2), supersedes=(at(2),))),
        step(change(S.SUSPENDED, D[0], D[1], carries=at(2), supersedes=(at(2),))),
    ),
    "suspended for some days": (step(change(S.SUSPENDED, D[0], D[1], carries=at(2), supersedes=(at(2),))),),
    "a second claim": (claim(Slot.A, "a", supersedes=(at(4),)), claim(Slot.B, "b")),
    "corrected": (corrected(D[0], D[2], supersedes=(at(2),), tolerance_um=2),),
    "corrected in two pieces": (corrected_in_two_pieces,),
    "recovered though withdrawn by both": (late(RECOVERY, ("a.root", "new"), taken_back(Slot.A), taken_back(Slot.B)),),
    "recovered after rotations": (
        late(
            RECOVERY,
            ("a.root", "new"),
            rekeyed(KeyChangeKind.ROTATE, Slot.A, "a", "new"),
        ),
    ),
    "appointed after a rotation": (
        late(APPOINTMENT, ("a", "b", "new"), rekeyed(KeyChangeKind.ROTATE, Slot.OPERATOR, "operator", "new")),
    ),
    "withdrawn after another's rotation": (
        late(
            lambda story: story.people.withdrawal(story.ledger, "ab" * 32, Slot.A),
            ("a",),
            rekeyed(KeyChangeKind.ROTATE, Slot.B, "b", "new"),
        ),
    ),
    "rotated, then signed by the new key": (
        keys(KeyChangeKind.ROTATE, Slot.A, "a", "new"),
        lambda s: s.put(s.people.act(s.ledger, s.people.change(S.SIGNED)), "a", "b", keys={"a": NEW}),
    ),
    "a new root key leaves the signing key": (
        keys(KeyChangeKind.ROTATE_ROOT, Slot.A, "a.root", "new"),
        step(change(S.SIGNED)),
    ),
}


WAYS: dict[Status, tuple[Status, ...]] = {
    S.INITIALLED: (S.INITIALLED,),
    S.SIGNED: (S.SIGNED,),
    S.RATIFIED: (S.SIGNED, S.RATIFIED),
    S.APPLIED: (S.SIGNED, S.APPLIED),
    S.IN_FORCE: (S.SIGNED, S.IN_FORCE),
    S.SUSPENDED: (S.SIGNED, S.IN_FORCE, S.SUSPENDED),
    S.ENDED: (S.SIGNED, S.IN_FORCE, S.ENDED),
}
"""How to come to each status."""

FORCE = {S.APPLIED, S.IN_FORCE, S.SUSPENDED, S.ENDED}


def carried_on(story: Story, status: Status, before: Reference | None, standing: Status | None) -> Reference:
    """S1 takes one step, with the dates and names that go with it."""
    taken = (before,) if before is not None and status in FORCE and standing in FORCE else ()
    days = (D[0],) if status in FORCE else ()
    return story.step(story.people.change(status, *days, carries=before, supersedes=taken))


def sequel(before: Status | None, status: Status) -> Act:
    """S1 is brought to one status and then to another."""

    def act(story: Story) -> object:
        reference, standing = None, None
        for each in (*(WAYS[before] if before else ()), status):
            reference, standing = carried_on(story, each, reference, standing), each
        return reference

    return act
