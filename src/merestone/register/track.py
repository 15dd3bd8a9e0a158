"""The track of force of one section: which change holds on which dates. Segments never overlap; a later change takes its
dates from those there are."""

from __future__ import annotations

from dataclasses import dataclass, replace

from merestone.register.objects import Reference

NO_END = "~"
"""Greater than any date, as strings compare: an open end."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A change that holds on the dates from `begin` up to `end`, that day not included; an empty end is open."""

    begin: str
    end: str
    change: Reference

    def holds(self, day: str) -> bool:
        """Whether it holds on a day."""
        return self.begin <= day < (self.end or NO_END)


def placed(segments: tuple[Segment, ...], new: Segment) -> tuple[tuple[Segment, ...], frozenset[Reference]]:
    """The track with one more segment, and the changes that had to give dates up for it."""
    begin, end = new.begin, new.end or NO_END
    kept = [new]
    displaced = set()
    for each in segments:
        its_end = each.end or NO_END
        if its_end <= begin or end <= each.begin:
            kept.append(each)
            continue
        displaced.add(each.change)
        if each.begin < begin:
            kept.append(Segment(each.begin, begin, each.change))
        if end < its_end:
            kept.append(Segment(new.end, each.end, each.change))
    return tuple(sorted(kept, key=lambda each: each.begin)), frozenset(displaced)


def corrected(segments: tuple[Segment, ...], wrong: Reference, right: Reference) -> tuple[Segment, ...]:
    """The track in which every segment of one change has become one of another, with the same dates."""
    return tuple(replace(each, change=right) if each.change == wrong else each for each in segments)


def exchanged(
    before: tuple[Segment, ...], after: tuple[Segment, ...]
) -> tuple[tuple[Segment, ...], tuple[Segment, ...]]:
    """The segments of a track that are no longer in it, and those that are new in it."""
    old, new = frozenset(before), frozenset(after)
    return tuple(each for each in before if each not in new), tuple(each for each in after if each not in old)
