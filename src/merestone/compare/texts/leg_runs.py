"""Which legs of two versions of a section stand in each other's place: by where they end, whatever their numbers.

Places where legs end are common to both versions if they coincide, bear the same name, or are each other's nearest. The
heaviest chain of such pairs that keeps the order cuts both sections into runs: one leg against one, or several against
several where a point was put in or taken out. A section may run the other way, and a ring may begin elsewhere.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from merestone.compare.texts.displacement import CLOSED_M, runs_opposite
from merestone.compare.texts.trace import edges_of
from merestone.delimit.boundary_line import CompiledLeg
from merestone.geodesy.elementary import cartesian
from merestone.geodesy.line import Floats, Line

Legs = tuple[CompiledLeg, ...]
Common = tuple[int, int, float]
"""An end in the old version, one in the new, and how surely they are the same."""

_COINCIDE, _NAMED, _NEAREST = 4.0, 2.0, 1.0


@dataclass(frozen=True, slots=True)
class LegRun:
    """Legs of the old version and those in their place in the new one, both in the order of their texts. One side is
    empty where nothing stands in the place of the other."""

    old: Legs
    new: Legs


@dataclass(frozen=True, slots=True, eq=False)
class _Ends:
    """The places where the legs of a section end: `xyz` (n, 3) metres, names, and for each leg the indices of its ends."""

    xyz: Floats
    names: tuple[str, ...]
    of_leg: tuple[tuple[int, int], ...]


def leg_runs(old: Legs, new: Legs) -> tuple[LegRun, ...]:
    """The runs of two sections, in the order of the new text; what is only in the old one stands where it stood.

    All legs lie on one ellipsoid; either side may be empty.
    """
    if not old or not new:
        return tuple(LegRun((leg,), ()) for leg in old) + tuple(LegRun((), (leg,)) for leg in new)
    turned = runs_opposite(_edges(old), _edges(new))
    there = new[::-1] if turned else new
    here = old
    if _is_ring(old) and _is_ring(new):
        here, there = _from_the_nearest(old, there, turned=turned)
    runs = [each for group in _groups(here, there, turned=turned) for each in _paired(*group)]
    place = {id(leg): index for legs in (old, new) for index, leg in enumerate(legs)}
    runs = [LegRun(_as_written(run.old, place), _as_written(run.new, place)) for run in runs]
    return tuple(
        sorted(runs, key=lambda run: min((place[id(leg)] for leg in run.new), default=_before(run, runs, place)))
    )


def _before(lone: LegRun, runs: Sequence[LegRun], place: dict[int, int]) -> float:
    """Where to tell of legs that went: after the run that stood before them."""
    at = next(index for index, run in enumerate(runs) if run is lone)
    found = [place[id(leg)] for run in runs[:at] for leg in run.new]
    return found[-1] + 0.5 if found else -1.0


def _as_written(legs: Legs, place: dict[int, int]) -> Legs:
    """Legs in the order of their text, a run over the start of a ring as it runs."""
    at = [place[id(leg)] for leg in legs]
    falls = any(one - other == 1 for one, other in pairwise(at))
    return legs[::-1] if falls else legs


def _edges(legs: Legs) -> list[Line]:
    return [edge for leg in legs for edge in edges_of(leg.line, len(leg.vertices) - 1)]


def _is_ring(legs: Legs) -> bool:
    return bool(np.linalg.norm(_xyz(legs[0])[0] - _xyz(legs[-1])[1]) < CLOSED_M)


def _xyz(leg: CompiledLeg) -> Floats:
    return cartesian(leg.frame.ellipsoid, np.asarray(leg.line.ends, dtype=np.float64))


def _from_the_nearest(old: Legs, new: Legs, *, turned: bool) -> tuple[Legs, Legs]:
    """Two rings begun at the two corners that lie nearest to one another."""
    here, there = _ends(old, turned=False).xyz[: len(old)], _ends(new, turned=turned).xyz[: len(new)]
    near_m, at = _nearest(there, here)
    first = int(near_m.argmin())
    start = int(at[first])
    return (*old[first:], *old[:first]), (*new[start:], *new[:start])


# ---- ends in common ---------------------------------------------------------------------------------------------


def _ends(legs: Legs, *, turned: bool) -> _Ends:
    places: list[Floats] = []
    names: list[str] = []
    of_leg: list[tuple[int, int]] = []
    for leg in legs:
        xyz, named = _xyz(leg), (leg.vertex_names[0], leg.vertex_names[-1])
        if turned:
            xyz, named = xyz[::-1], named[::-1]
        if not places or np.linalg.norm(places[-1] - xyz[0]) > CLOSED_M:
            places.append(xyz[0])
            names.append(named[0])
        places.append(xyz[1])
        names.append(named[1])
        of_leg.append((len(places) - 2, len(places) - 1))
    return _Ends(np.array(places), tuple(names), tuple(of_leg))


def _common(old: _Ends, new: _Ends) -> list[tuple[int, int]]:
    """The ends that both have, as the heaviest chain of pairs that rises in both."""
    last = len(old.names) - 1, len(new.names) - 1
    found = {*_coinciding(old, new), *_named_alike(old, new), *_each_others_nearest(old, new)}
    pairs = sorted(pair for pair in found if pair[:2] not in {(0, last[1]), (last[0], 0)})
    if not pairs:
        return []
    one, other, weight = (np.array(each) for each in zip(*pairs, strict=True))
    best, before = np.zeros(len(pairs)), np.full(len(pairs), -1)
    for index in range(len(pairs)):
        may = np.flatnonzero((one[:index] < one[index]) & (other[:index] < other[index]))
        if len(may):
            before[index] = may[best[may].argmax()]
        best[index] = weight[index] + (best[before[index]] if before[index] >= 0 else 0.0)
    chain, at = [], int(best.argmax())
    while at >= 0:
        chain.append((int(one[at]), int(other[at])))
        at = int(before[at])
    return chain[::-1]


def _coinciding(old: _Ends, new: _Ends) -> Iterator[Common]:
    from scipy.spatial import cKDTree

    near = cKDTree(new.xyz).query_ball_point(old.xyz, CLOSED_M)
    return ((index, int(there), _COINCIDE) for index, found in enumerate(near) for there in found)


def _named_alike(old: _Ends, new: _Ends) -> Iterator[Common]:
    """Ends of one name that stands once in each; a number is no name, since it counts the points of one text."""
    here, there = Counter(old.names), Counter(new.names)
    for index, name in enumerate(old.names):
        if name and not name.isdigit() and here[name] == there[name] == 1:
            yield index, new.names.index(name), _NAMED


def _each_others_nearest(old: _Ends, new: _Ends) -> Iterator[Common]:
    there, here = _nearest(new.xyz, old.xyz)[1], _nearest(old.xyz, new.xyz)[1]
    return ((index, int(at), _NEAREST) for index, at in enumerate(there) if here[at] == index)


def _nearest(among: Floats, asked: Floats) -> tuple[Floats, Floats]:
    from scipy.spatial import cKDTree

    found: tuple[Floats, Floats] = cKDTree(among).query(asked)
    return found


# ---- runs -------------------------------------------------------------------------------------------------------


def _groups(old: Legs, new: Legs, *, turned: bool) -> Iterator[tuple[Legs, Legs]]:
    """The legs of both between one common end and the next, in the order of the old section."""
    here, there = _ends(old, turned=False), _ends(new, turned=turned)
    common = [(0, 0), *_common(here, there), (len(here.names) - 1, len(there.names) - 1)]
    for (low, low_there), (high, high_there) in pairwise(common):
        yield _between(old, here, low, high), _between(new, there, low_there, high_there)


def _between(legs: Legs, ends: _Ends, low: int, high: int) -> Legs:
    return tuple(leg for leg, (start, end) in zip(legs, ends.of_leg, strict=True) if low <= start and end <= high)


def _paired(old: Legs, new: Legs) -> Iterator[LegRun]:
    """A group leg by leg where both have as many, or where one of them is broken by a gap; whole otherwise."""
    if len(old) == len(new):
        yield from (LegRun((one,), (other,)) for one, other in zip(old, new, strict=True))
    elif old and new and _runs_on(old) and _runs_on(new):
        yield LegRun(old, new)
    else:
        yield from _by_name(old, new)


def _runs_on(legs: Legs) -> bool:
    """Whether each leg has an end where the next one has one, and all are in one frame."""
    near = all(
        min(np.linalg.norm(one - other) for one in _xyz(leg) for other in _xyz(after)) < CLOSED_M
        for leg, after in pairwise(legs)
    )
    return near and len({leg.frame for leg in legs}) == 1


def _by_name(old: Legs, new: Legs) -> Iterator[LegRun]:
    names = {leg.name: leg for leg in new}
    for leg in old:
        answer = names.pop(leg.name, None)
        yield LegRun((leg,), () if answer is None else (answer,))
    yield from (LegRun((), (leg,)) for leg in names.values())
