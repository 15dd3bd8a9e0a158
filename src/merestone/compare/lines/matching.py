"""Which stretch of one line answers to which of the other.

Two places answer to one another where each is the nearest of its line to the other, give or take their distance: such
pairs (*anchors*) hardly depend on how densely the lines are drawn, on their direction, or on parts that one line lacks.
Of the anchors between two strands the heaviest set is kept in which both chainages increase, in whichever of the two
directions weighs more (`increasing`): a bend that only one line has, or a neighbouring valley that happens to lie
nearer, cannot pull the matching back. Between anchors the matching is linear.

Where the ends differ, the longer line is cut at the place nearest to the end of the other. What is left over answers
to nothing, and is said. A ring that answers to a part of an open line gives way to an open line that does: an exclave
that becomes a peninsula does not take the partner of the main line.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from merestone.compare.comparison import Pair, Settings, Spacing
from merestone.compare.lines.increasing import heaviest_increasing
from merestone.compare.lines.track import Track, Tracks
from merestone.geodesy.blocks import blocks
from merestone.geodesy.line import Flags, Floats, Indices

_LEAST_SHARE = 0.05
_LEAST_SHARE_OF_RING = 0.5
"""How much of the shorter of two strands must be anchored for them to answer to one another."""

_LOST_BY_CUT = 0.05
_ALONG_ONE_ALONE = 4.0
_NEAR_M = 500.0
_NEAR_SHARE = 0.25
"""A strand answers to nothing further away than this share of its own length, but for 500 m: what is small is not a
version of what is far."""

_AT_ONCE = 1 << 18
_MOST_KNOTS = 50_000
_ONE_PLACE_M = 1.0
_SAME_M = 1e-6
_SHORTEST_M = 1e-3
"""A stretch shorter than this on either line is a place where they meet."""


@dataclass(frozen=True, slots=True, eq=False)
class Answer:
    """A stretch of the first line and that of the second which answers to it.

    Both tracks run the same way and, where both are rings, start at answering places; `from_m`, `to_m` on either;
    `knots_m` (k, 2) answering chainages, from the start of the stretch to its end.
    """

    first: Track
    second: Track
    from_m: tuple[float, float]
    to_m: tuple[float, float]
    knots_m: Floats

    @property
    def ring(self) -> bool:
        """Whether both are closed, and answer to one another all round."""
        return self.first.ring and self.second.ring

    def track(self, line: int) -> Track:
        """The track of the first (0) or second (1) line."""
        return self.second if line else self.first

    def span(self, line: int, shown: Track) -> Pair:
        """From where to where it lies on a strand, in the direction in which the strand is shown."""
        track, from_m, to_m = self.track(line), self.from_m[line], self.to_m[line]
        if np.array_equal(track.lonlat[0], shown.lonlat[0]):
            return from_m, to_m
        return track.length_m - to_m, track.length_m - from_m

    def swapped(self) -> Answer:
        """The same, seen from the second line."""
        return Answer(self.second, self.first, self.from_m[::-1], self.to_m[::-1], self.knots_m[:, ::-1])

    def reversed(self) -> Answer:
        """The same, both run the other way."""
        whole = np.array([self.first.length_m, self.second.length_m])
        from_m, to_m = whole - self.to_m, whole - self.from_m
        return Answer(
            self.first.reversed(),
            self.second.reversed(),
            (float(from_m[0]), float(from_m[1])),
            (float(to_m[0]), float(to_m[1])),
            whole - self.knots_m[::-1],
        )


@dataclass(frozen=True, slots=True, eq=False)
class Anchors:
    """Pairs of answering places: strand and chainage on either line, how far apart, and the length each speaks for."""

    first: Indices
    first_m: Floats
    second: Indices
    second_m: Floats
    apart_m: Floats
    weight_m: Floats

    def where(self, chosen: Flags) -> Anchors:
        """Those chosen."""
        if chosen.all():
            return self
        return Anchors(*(getattr(self, name)[chosen] for name in self.__slots__))


def matching(firsts: Tracks, seconds: Tracks, settings: Settings, *, sides_known: bool = False) -> tuple[Answer, ...]:
    """The answering stretches of two lines, the longest first; none where no two strands come within reach.

    `sides_known`: the named sides are those of polygons and so beyond doubt, where a file of lines may err.
    """
    anchors = _anchors(firsts, seconds, settings)
    strands = np.unique(anchors.first * len(seconds.tracks) + anchors.second)
    found: list[tuple[float, Answer]] = []
    for one, other in (divmod(pair, len(seconds.tracks)) for pair in strands.tolist()):
        chosen = anchors.where((anchors.first == one) & (anchors.second == other))
        answer = _answer(firsts, seconds, (one, other), chosen, sides_known=sides_known)
        if answer is not None:
            found.append(answer)
    found.sort(key=lambda each: (each[1].first.ring != each[1].second.ring, -each[0]))
    kept: list[Answer] = []
    for _, rival in found:
        if not any(_rivals(rival, other) for other in kept):
            kept.append(rival)
    return tuple(kept)


def _rivals(answer: Answer, heavier: Answer) -> bool:
    """Whether a stretch claims a part of a strand of which more than half already answers to something else."""
    for line in (0, 1):
        mine, theirs = answer.track(line), heavier.track(line)
        # Chainages of an outline that is matched in parts are counted from different places.
        if mine.name == theirs.name and (answer.ring or not mine.ring):
            (from_m, to_m), (low_m, high_m) = answer.span(line, mine), heavier.span(line, mine)
            if min(to_m, high_m) - max(from_m, low_m) > 0.5 * (to_m - from_m):
                return True
    return False


def stations(track: Track, spacing: Spacing) -> Floats:
    """Chainages along a track: its vertices, and more where they are far apart: (n,)."""
    apart_m = spacing.of(track.length_m)
    if not spacing.vertices:
        return np.linspace(0.0, track.length_m, math.ceil(track.length_m / apart_m) + 1)
    pieces = np.maximum(1, np.ceil(np.diff(track.along_m) / apart_m)).astype(np.intp)
    piece = np.repeat(np.arange(len(pieces)), pieces)
    rank = np.arange(len(piece)) - np.repeat(np.cumsum(pieces) - pieces, pieces)
    inside = track.along_m[piece] + np.diff(track.along_m)[piece] * rank / pieces[piece]
    return np.concatenate([inside, track.along_m[-1:]])


def _anchors(firsts: Tracks, seconds: Tracks, settings: Settings) -> Anchors:
    """The pairs of places each of which is nearest to the other, sought from both lines."""
    there, back = _one_way(firsts, seconds, settings), _one_way(seconds, firsts, settings)
    back = Anchors(back.second, back.second_m, back.first, back.first_m, back.apart_m, back.weight_m)
    both = [np.concatenate([getattr(there, name), getattr(back, name)]) for name in Anchors.__slots__]
    return Anchors(*both)


def _one_way(of: Tracks, to: Tracks, settings: Settings) -> Anchors:
    along_m = [stations(track, settings.anchors) for track in of.tracks]
    strand = np.repeat(np.arange(len(along_m)), [len(each) for each in along_m])
    spacing_m = np.concatenate([np.gradient(each) for each in along_m])
    here_m = np.concatenate(along_m)
    places = np.concatenate([track.position(each) for track, each in zip(of.tracks, along_m, strict=True)])
    del along_m
    found = [
        _mutual(of, to, settings, (strand[part], here_m[part], spacing_m[part]), places[part])
        for part in blocks(len(places), _AT_ONCE)
    ]
    return Anchors(*(np.concatenate([getattr(each, name) for each in found]) for name in Anchors.__slots__))


def _mutual(
    of: Tracks, to: Tracks, settings: Settings, stations: tuple[Indices, Floats, Floats], places: Floats
) -> Anchors:
    """Of stations (strand, chainage, spacing) at places (n, 2) those whose foot has its own foot beside them."""
    strand, here_m, spacing_m = stations
    feet, there_m = to.nearest(places)
    back, back_m = of.nearest(feet.lonlat)
    off_m = np.abs(back_m - here_m)
    whole_m = np.array([track.length_m if track.ring else np.inf for track in of.tracks])[strand]
    off_m = np.minimum(off_m, np.abs(whole_m - off_m))
    mutual = (
        (back.chain == strand) & (off_m <= 2.0 * feet.distance_m + spacing_m) & (feet.distance_m <= settings.reach_m)
    )
    # Whatever lies beyond the end of a line has that end for its foot; it does not answer to it.
    ends_m = np.array([(np.inf, np.inf) if track.ring else (0.0, track.length_m) for track in to.tracks])[feet.chain]
    mutual &= (np.abs(there_m[:, None] - ends_m) > 1e-6).all(axis=1) | (feet.distance_m <= _ONE_PLACE_M)
    return Anchors(strand, here_m, feet.chain, there_m, feet.distance_m, spacing_m).where(mutual)


def _answer(
    firsts: Tracks, seconds: Tracks, pair: tuple[int, int], anchors: Anchors, *, sides_known: bool
) -> tuple[float, Answer] | None:
    """The answering stretch of two strands with its weight, None where too little of either answers to the other.

    Rings never answer with the parties on the other sides, and no strands do where the sides are known: one goes
    round land of one party, the other round land of the other.
    """
    first, second = firsts.tracks[pair[0]], seconds.tracks[pair[1]]
    sides_known = sides_known or (first.ring and second.ring)
    # Of a ring and an open line the latter counts: it may answer to a part of an outline.
    open_ = [each.length_m for each in (first, second) if not each.ring]
    shorter_m = min(open_ or (first.length_m, second.length_m))
    anchors = anchors.where(anchors.apart_m <= max(_NEAR_M, _NEAR_SHARE * shorter_m))
    if not len(anchors.apart_m):
        return None
    candidates = []
    if not (sides_known and _opposed(first, second)):
        candidates.append(_in_order(first, second, anchors))
    if not (sides_known and _opposed(first, second.reversed())):
        candidates.append(_in_order(first, second.reversed(), _backwards(anchors, second)))
    weight, track, other, chosen = max(candidates, key=lambda each: each[0])
    # Both lines' stations speak for the same length.
    if weight < 2.0 * shorter_m * (_LEAST_SHARE if len(open_) == 2 else _LEAST_SHARE_OF_RING):
        return None
    knots = _knots(chosen)
    if track.ring and other.ring:
        ends = np.array([[0.0, 0.0], [track.length_m, other.length_m]])
    else:
        ends = _both_ends(track, other, knots, float(chosen.apart_m.max()))
        whole = np.array([[0.0, 0.0], [track.length_m, other.length_m]])
        ends = np.where(np.abs(ends - whole) < _SAME_M, whole, ends)
    if (ends[1] - ends[0]).min() < _SHORTEST_M:
        return None
    inner = knots[(knots > ends[0]).all(axis=1) & (knots < ends[1]).all(axis=1)]
    inner = inner[:: max(1, len(inner) // _MOST_KNOTS)]
    knots = np.concatenate([ends[:1], inner, ends[1:]])
    (from_one, from_other), (to_one, to_other) = ends.tolist()
    return weight, Answer(track, other, (from_one, from_other), (to_one, to_other), knots)


def _opposed(first: Track, second: Track) -> bool:
    """Whether two tracks, run as they are, have the same two parties on opposite sides."""
    return first.left is not None and first.left == second.right and first.right == second.left


def _backwards(anchors: Anchors, second: Track) -> Anchors:
    """The anchors with the second strand run the other way."""
    there_m = second.length_m - anchors.second_m
    return Anchors(anchors.first, anchors.first_m, anchors.second, there_m, anchors.apart_m, anchors.weight_m)


def _in_order(first: Track, second: Track, anchors: Anchors) -> tuple[float, Track, Track, Anchors]:
    """The weight of the heaviest increasing set, both tracks (rings started anew), and the anchors of the set."""
    rolled = (_started(first, second, anchors, *origins) for origins in _origins(first, second, anchors))
    return max((_heaviest(*each) for each in rolled), key=lambda each: each[0])


def _origins(first: Track, second: Track, anchors: Anchors) -> list[tuple[float, float]]:
    """Where rings may be started anew on either track: two rings at the places nearest to one another; a ring beside an
    open line in the middle of its longest part without an anchor, or at the anchor furthest off, where such a line
    leaves it."""
    if first.ring and second.ring:
        nearest = _western_of_nearest(first, second, anchors)
        return [(float(anchors.first_m[nearest]), float(anchors.second_m[nearest]))]
    furthest = int(np.argmax(anchors.apart_m))
    if first.ring:
        return [(_widest_gap_m(first, anchors.first_m), 0.0), (float(anchors.first_m[furthest]), 0.0)]
    if second.ring:
        return [(0.0, _widest_gap_m(second, anchors.second_m)), (0.0, float(anchors.second_m[furthest]))]
    return [(0.0, 0.0)]


def _started(
    first: Track, second: Track, anchors: Anchors, first_m: float, second_m: float
) -> tuple[Track, Track, Anchors]:
    """Both tracks and the anchors with rings started anew at chainages."""
    first, one_m = _rolled(first, anchors.first_m, first_m)
    second, other_m = _rolled(second, anchors.second_m, second_m)
    return first, second, Anchors(anchors.first, one_m, anchors.second, other_m, anchors.apart_m, anchors.weight_m)


def _heaviest(first: Track, second: Track, anchors: Anchors) -> tuple[float, Track, Track, Anchors]:
    """The weight of the heaviest set of anchors in which both chainages increase, both tracks, and the set."""
    kept, weight = heaviest_increasing(anchors.first_m, anchors.second_m, anchors.weight_m)
    chosen = np.zeros(len(anchors.first_m), dtype=np.bool_)
    chosen[kept] = True
    return weight, first, second, anchors.where(chosen)


def _western_of_nearest(first: Track, second: Track, anchors: Anchors) -> int:
    """The anchor whose places are nearest to one another, to a millimetre; of several the westernmost, whichever way
    either line runs."""
    apart_m = np.round(anchors.apart_m, 3)
    tied = np.nonzero(apart_m == apart_m.min())[0]
    lonlat = np.round(first.position(anchors.first_m[tied]) + second.position(anchors.second_m[tied]), 8)
    return int(tied[np.lexsort((lonlat[:, 1], lonlat[:, 0]))[0]])


def _widest_gap_m(track: Track, along_m: Floats) -> float:
    """The chainage in the middle of the longest part of a ring without an anchor."""
    order = np.sort(along_m)
    gaps = np.diff(np.concatenate([order, order[:1] + track.length_m]))
    widest = int(np.argmax(gaps))
    return float((order[widest] + gaps[widest] / 2.0) % track.length_m)


def _rolled(track: Track, along_m: Floats, origin_m: float) -> tuple[Track, Floats]:
    """A ring started at a chainage, and chainages counted from there; an open track as it is."""
    if not track.ring or not 0.0 < origin_m < track.length_m:
        return track, along_m
    return track.started_at(origin_m), np.mod(along_m - origin_m, track.length_m)


def _knots(anchors: Anchors) -> Floats:
    """The anchors as knots (k, 2) in order."""
    order = np.lexsort((anchors.second_m, anchors.first_m))
    return np.column_stack([anchors.first_m[order], anchors.second_m[order]])


def _both_ends(first: Track, second: Track, knots: Floats, widest_m: float) -> Floats:
    """Where the stretch starts and ends on both tracks (2, 2): at that end of one of them, and at the place of the other
    nearest to it; at the first or last knot where neither runs along the other as far as that."""
    feet = second.feet(first.lonlat[[0, -1]]), first.feet(second.lonlat[[0, -1]])
    found = []
    for end in (0, -1):
        candidates = []
        for column, (along_m, apart_m) in enumerate(feet):
            at = np.empty(2)
            at[column], at[1 - column] = (first, second)[column].along_m[end], along_m[end]
            if _may_end(at, knots, end, widest_m):
                candidates.append((float(apart_m[end]), at))
        found.append(min(candidates, key=lambda each: each[0])[1] if candidates else knots[end])
    return np.array(found)


def _may_end(at: Floats, knots: Floats, end: int, widest_m: float) -> bool:
    """Whether a stretch may start (`end` 0) or end (-1) at chainages (2,): not where that would cut off much of the
    matching, nor where it goes on along one track alone, much further than the tracks lie apart anywhere (`widest_m`)."""
    lost = (knots > at) if end else (knots < at)
    beyond_m = np.abs(at - knots[end])
    goes_on = beyond_m.max() <= _ALONG_ONE_ALONE * beyond_m.min() + 2.0 * widest_m
    return bool(np.mean(lost.any(axis=1)) <= _LOST_BY_CUT and goes_on)
