"""Which saying of one text answers to which of another: by identity, by equal words, by place between neighbours."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from difflib import SequenceMatcher
from itertools import pairwise

from merestone.compare.texts.sayings import Saying, Topic

Pair = tuple[Saying | None, Saying | None]
"""What one text says and what answers to it in the other; None where nothing does."""

RENAMED = frozenset({Topic.POINT, Topic.ROW, Topic.SECTION, Topic.LEG, Topic.TABLE})
"""Topics whose things can keep their words under another name."""
ALIKE = 0.5
"""Legs without identifiers in one gap answer to one another from this ratio of `difflib` on."""
MOST_TRIED = 10_000
"""In a gap with more pairs than this, what has no identifier is taken as gone and come."""


def answering(old: Sequence[Saying], new: Sequence[Saying]) -> tuple[Pair, ...]:
    """Every saying of both texts once, in the order of the new text; what went stands where it stood.

    In this order: the same name and words; the same words under another name (renamed); the same name with other
    words; between two that answer to one another, those without names that are alike.
    """
    answers: dict[int, int] = {}
    for topic in Topic:
        ones = [index for index, each in enumerate(old) if each.topic is topic]
        others = [index for index, each in enumerate(new) if each.topic is topic]
        if ones and others:
            _match(old, new, ones, others, answers)
    return tuple(_in_order(old, new, answers))


def _match(
    old: Sequence[Saying], new: Sequence[Saying], ones: list[int], others: list[int], answers: dict[int, int]
) -> None:
    """Adds the answers among sayings of one topic: index in the old text to index in the new one."""
    topic = old[ones[0]].topic
    _by_key(old, new, ones, others, answers, lambda each: (each.name, each.body) if each.name else None)
    if topic in RENAMED:
        _by_words(old, new, ones, others, answers)
    _by_key(old, new, ones, others, answers, lambda each: each.name or None)
    if topic in (Topic.LEG, Topic.ROW):
        _by_place(old, new, ones, others, answers)


def _free(ones: list[int], others: list[int], answers: dict[int, int]) -> tuple[list[int], list[int]]:
    """Those without an answer yet."""
    taken = set(answers.values())
    return [index for index in ones if index not in answers], [index for index in others if index not in taken]


def _by_key(
    old: Sequence[Saying],
    new: Sequence[Saying],
    ones: list[int],
    others: list[int],
    answers: dict[int, int],
    key: Callable[[Saying], object],
) -> None:
    """Pairs those with equal keys, first with first; those without a key are left."""
    free, free_others = _free(ones, others, answers)
    waiting: dict[object, list[int]] = defaultdict(list)
    for index in reversed(free_others):
        waiting[key(new[index])].append(index)
    for index in free:
        found = key(old[index])
        if found is not None and waiting[found]:
            answers[index] = waiting[found].pop()


def _by_words(
    old: Sequence[Saying], new: Sequence[Saying], ones: list[int], others: list[int], answers: dict[int, int]
) -> None:
    """Pairs equal words in sequence, whatever their names."""
    free, free_others = _free(ones, others, answers)
    if not free or not free_others:
        return
    one, other = [old[index].body for index in free], [new[index].body for index in free_others]
    for i, j, size in SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks():
        for step in range(size):
            answers[free[i + step]] = free_others[j + step]


def _by_place(
    old: Sequence[Saying], new: Sequence[Saying], ones: list[int], others: list[int], answers: dict[int, int]
) -> None:
    """Pairs those that stand between the same two neighbours and are alike, where either has no name of its own."""
    for gap, there in _gaps(ones, others, answers):
        if len(gap) * len(there) > MOST_TRIED:
            continue
        start = 0
        for index in gap:
            alike = (at for at in range(start, len(there)) if _may_answer(old[index], new[there[at]]))
            found = next(alike, None)
            if found is not None:
                answers[index] = there[found]
                start = found + 1


def _gaps(ones: list[int], others: list[int], answers: dict[int, int]) -> list[tuple[list[int], list[int]]]:
    """What has no answer, run by run between neighbours that have one and kept their order."""
    stays = set(longest_rising([answers[index] for index in ones if index in answers]))
    walls = [(index, answers[index]) for index in ones if answers.get(index) in stays]
    free, free_others = _free(ones, others, answers)
    bounds = [(-1, -1), *walls, (ones[-1] + 1, others[-1] + 1)]
    return [
        (
            free[bisect_left(free, low) : bisect_left(free, high)],
            free_others[bisect_left(free_others, low_there) : bisect_left(free_others, high_there)],
        )
        for (low, low_there), (high, high_there) in pairwise(bounds)
    ]


def _may_answer(one: Saying, other: Saying) -> bool:
    return not (one.name and other.name) and _likeness(one.body, other.body) >= ALIKE


def _likeness(one: str, other: str) -> float:
    return SequenceMatcher(None, one.split(), other.split(), autojunk=False).ratio()


def _in_order(old: Sequence[Saying], new: Sequence[Saying], answers: dict[int, int]) -> Iterator[Pair]:
    """The pairs in the order of the new text, what went before the next old thing that stayed."""
    answered = {there: here for here, there in answers.items()}
    stays = set(longest_rising([answers[index] for index in sorted(answers)]))
    told = 0
    for at, saying in enumerate(new):
        here = answered.get(at)
        if here is not None and at in stays:
            yield from ((old[index], None) for index in range(told, here) if index not in answers)
            told = here + 1
        yield (None if here is None else old[here], saying)
    yield from ((old[index], None) for index in range(told, len(old)) if index not in answers)


def longest_rising(numbers: Sequence[int]) -> list[int]:
    """A longest run of rising numbers that can be picked in order: what kept its place when others were moved.

    C. Schensted, Longest increasing and decreasing subsequences, Canadian J. Math. 13 (1961).
    """
    tails: list[int] = []
    at: list[int] = []
    before: list[int] = []
    for index, number in enumerate(numbers):
        place = bisect_left(tails, number)
        before.append(at[place - 1] if place else -1)
        if place == len(tails):
            tails.append(number)
            at.append(index)
        else:
            tails[place], at[place] = number, index
    found, index = [], at[-1] if at else -1
    while index >= 0:
        found.append(numbers[index])
        index = before[index]
    return found[::-1]
