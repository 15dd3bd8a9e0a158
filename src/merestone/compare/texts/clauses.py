"""Two versions of a description, clause by clause: what came, what went, what says something else.

Things are known by their names: a point is the same point wherever it stands, a leg the same leg after another was
put in before it. Only what a text says counts; how it is laid out does not.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from merestone.compare.texts.answering import Pair, answering, longest_rising
from merestone.compare.texts.changed_words import Run, changed_words
from merestone.compare.texts.sayings import Saying, Topic, sayings
from merestone.description.printer import Printer
from merestone.description.tree import Description, LegChain, Section
from merestone.diagnostics import Span

LegName = tuple[str, str]
"""The section of a leg and its name there."""


class ChangeKind(StrEnum):
    """What happened to something that a description says."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    RENAMED = "renamed"
    """The same words under another name or number."""
    MOVED = "moved"
    """The same thing at another place in the order."""


@dataclass(frozen=True, slots=True)
class ClauseChange:
    """One change between two versions of a description.

    `subject` as the new text calls it (the old one where it went): `leg 7 of Main`, `point B`, `frame`; `aspect` what
    of it changed (`words in fr`, `sides`, `now after leg 3`), "" where it is the thing itself; `old` and `new` its
    canonical words, `old_span` and `new_span` its places in the two texts, None where it is not there.
    """

    kind: ChangeKind
    subject: str
    aspect: str
    old: str | None
    new: str | None
    old_span: Span | None
    new_span: Span | None

    @property
    def words(self) -> tuple[Run, ...]:
        """Its words: what stayed, what went, what came."""
        return changed_words(self.old or "", self.new or "")


def clause_differences(old: Description, new: Description, printer: Printer | None = None) -> tuple[ClauseChange, ...]:
    """Every change from one description to the other, in the order of the new text; none where both say the same.

    `printer` prints kinds of leg that the language does not come with.
    """
    order_counts = _points_in_order(old) or _points_in_order(new)
    return tuple(_changes(sayings(old, printer), sayings(new, printer), points_in_order=order_counts))


def legs_that_answer(
    old: Description, new: Description, printer: Printer | None = None
) -> tuple[tuple[LegName, LegName], ...]:
    """The legs that both descriptions have, as named in the old and in the new, in the order of the new text."""
    found: list[tuple[LegName, LegName]] = []
    for one, other in answering(sayings(old, printer), sayings(new, printer)):
        if one is None or other is None or one.topic is not Topic.SECTION:
            continue
        found += [
            ((one.label, leg.label), (other.label, there.label))
            for leg, there in answering(one.parts, other.parts)
            if leg is not None and there is not None and leg.topic is Topic.LEG
        ]
    return tuple(found)


def _points_in_order(description: Description) -> bool:
    """Whether the order of points means something: some chain runs through all points from one to another."""
    return any(
        isinstance(part, LegChain) and part.up_to is not None
        for section in description.statements
        if isinstance(section, Section)
        for part in section.body
    )


def _changes(old: Sequence[Saying], new: Sequence[Saying], *, points_in_order: bool) -> Iterator[ClauseChange]:
    pairs = answering(old, new)
    ordered = {Topic.LEG, Topic.ROW, Topic.SECTION} | ({Topic.POINT} if points_in_order else set())
    moved = _moved(pairs, old, ordered)
    before: dict[Topic, Saying] = {}
    for pair in pairs:
        one, other = pair
        said = other if other is not None else one
        if said is None:
            continue
        yield from _of_pair(pair)
        if other is not None and one is not None and id(other) in moved:
            yield _move(one, other, before.get(other.topic))
        if other is not None:
            before[other.topic] = other
        yield from _changes(
            one.parts if one is not None else (), other.parts if other is not None else (), points_in_order=False
        )


def _of_pair(pair: Pair) -> Iterator[ClauseChange]:
    """The change of the thing itself, if there is one."""
    match pair:
        case (None, Saying() as new):
            yield ClauseChange(ChangeKind.ADDED, new.subject, new.aspect, None, new.text, None, new.span)
        case (Saying() as old, None):
            yield ClauseChange(ChangeKind.REMOVED, old.subject, old.aspect, old.text, None, old.span, None)
        case (Saying() as old, Saying() as new) if old.body != new.body:
            yield ClauseChange(ChangeKind.CHANGED, new.subject, new.aspect, old.text, new.text, old.span, new.span)
        case (Saying() as old, Saying() as new) if old.name != new.name and old.name and new.name:
            yield ClauseChange(ChangeKind.RENAMED, old.subject, "", old.text, new.text, old.span, new.span)


def _move(old: Saying, new: Saying, before: Saying | None) -> ClauseChange:
    where = "now the first" if before is None else f"now after {before.subject}"
    return ClauseChange(ChangeKind.MOVED, new.subject, where, old.text, new.text, old.span, new.span)


def _moved(pairs: Sequence[Pair], old: Sequence[Saying], ordered: set[Topic]) -> set[int]:
    """The new sayings (by `id`) that did not keep their place among those of their topic."""
    place = {id(each): index for index, each in enumerate(old)}
    found = set[int]()
    for topic in ordered:
        both = [(one, other) for one, other in pairs if one is not None and other is not None and other.topic is topic]
        stays = set(longest_rising([place[id(one)] for one, _ in both]))
        found |= {id(other) for one, other in both if place[id(one)] not in stays}
    return found
