"""What a desk does for the party that sits at it: it shows what it cosigns, and it neither enters nor cosigns against a withdrawal
that lies on it. The invariants are in `docs/formats/register/consent.md`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from merestone.casefile.register.desk import Desk, called
from merestone.register.declared import declared
from merestone.register.envelope import read_envelope
from merestone.register.head import Head, key_hashes
from merestone.register.keys import PublicKey, Slot
from merestone.register.objects import Act, KeyChange, Withdrawal, read_content
from merestone.register.refusal import RefusedError, Rule
from merestone.register.rules import NEW

BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Row:
    """An entry that a cosignature would cover: what it is, what it is called, and who signed it."""

    index: int
    what: str
    title: str
    signers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Listing:
    """What one cosignature would newly cover, for whoever is to give it: the entries from `since` up to `size`, under `root`, and
    what in them asks for a person."""

    slot: Slot
    since: int
    size: int
    root: bytes
    rows: tuple[Row, ...]
    marks: tuple[str, ...]

    def check(self, head: Head) -> None:
        """Raises `RefusedError` for a head of other entries than those that were shown."""
        if (head.size, head.root) != (self.size, self.root):
            raise RefusedError(Rule.COSIGNING, "entries came in after these were shown; look at them again")


def listing(desk: Desk, slot: Slot, key: PublicKey, floor: Head | None, seconds: int) -> Listing:
    """What a cosignature of a slot would newly cover. `floor` is the last head that the key remembers: what was cosigned beyond
    it, or with a key that was declared lost or stolen, its holder has not seen."""
    store = desk.store
    known = store.head(slot)
    since = _vouched_for(desk, slot)
    marks = []
    if floor is not None and floor.size < since:
        since = floor.size
        if known is not None and known.cosignatures[slot].key_hashes == key_hashes(store.register, slot, key):
            marks.append(
                f"this key has signed a head of size {known.size}, and its file of heads ends at size {floor.size}: "
                "if none of you signed it on another computer, somebody else has the key"
            )
    rows = tuple(_row(index, store.entry(index)) for index in range(since, store.size))
    marks += [each for row in rows if (each := _late(row.index, store.entry(row.index), seconds))]
    return Listing(slot, since, store.size, store.root(store.size), rows, tuple(marks))


def _vouched_for(desk: Desk, slot: Slot) -> int:
    """The size of the last head of a slot by a key that was not declared lost or stolen."""
    store, stopped = desk.store, declared(desk.store, slot)
    sizes = [head.size for head in store.heads() if slot in head.cosignatures]
    kept = [size for size in sizes if (holder := store.holder_at(slot, size)) and holder.key not in stopped]
    return max(kept, default=0)


def _row(index: int, data: bytes) -> Row:
    envelope = read_envelope(data)
    content = read_content(envelope)
    what = {Act: "act", KeyChange: "change of keys", Withdrawal: "withdrawal"}.get(type(content), "charter")
    sections = (
        f"{', '.join(f'{each.section} {each.status}' for each in content.changes)}: "
        if isinstance(content, Act)
        else ""
    )
    signers = tuple(sorted(each for each in envelope.signatures if each != NEW))
    return Row(index, what, f"{sections}{called(content)}", signers)


def _late(index: int, data: bytes, seconds: int) -> str:
    """A sentence where an act was to be answered by a day that has passed."""
    content = read_content(read_envelope(data))
    if isinstance(content, Act) and lapsed(content, seconds):
        return f"entry {index} was to be answered by {content.answer_by}, and today is {day(seconds)}"
    return ""


def day(seconds: int) -> date:
    """The date of a time in seconds since 1970, in UTC."""
    return (BEGINNING + timedelta(seconds=seconds)).date()


def lapsed(content: Act, seconds: int) -> bool:
    """Whether the day by which an act was to be answered has passed."""
    return bool(content.answer_by) and day(seconds).isoformat() > content.answer_by


def overtaken(desk: Desk, slot: Slot, since: int) -> tuple[int, ...]:
    """The entries from one on that are what a slot takes back by a withdrawal on this desk."""
    own = {act for act, by in desk.taken_back().items() if slot in by}
    entries = desk.store.entries(since, desk.store.size)
    return tuple(index for index, data in enumerate(entries, since) if own and read_envelope(data).digest in own)


def check_not_taken_back(desk: Desk, shown: Listing) -> None:
    """Raises `RefusedError` where an entry that would be cosigned is one that the slot takes back on this desk."""
    for index in overtaken(desk, shown.slot, shown.since):
        raise RefusedError(
            Rule.COSIGNING,
            f"the withdrawal on this desk takes back the signature of {shown.slot} on entry {index}: this desk does not cosign that entry, "
            "and without the cosignature the entry has no effect. Talk to the other parties. If the entry is to stand, discard the "
            "withdrawal",
        )
