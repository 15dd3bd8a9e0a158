"""Which of many lines run together at places of one of them, the reference.

At a place of the reference each other line has its nearest place on the stretch that answers to the reference there;
without such a stretch it is absent. Two lines run together where the place of each is within the tolerance of the
other line: not of the other's place, for where the reference is far away and bends, the nearest places of two lines that
coincide may lie on two different bends. Lines that run together with a third run together.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from merestone.compare.claim import Claim
from merestone.compare.comparison import Settings
from merestone.compare.lines.matching import Answer, matching
from merestone.compare.lines.profile import Ground
from merestone.compare.lines.track import Track, Tracks, tracks_of
from merestone.geodesy.line import Flags, Floats, Indices

ABSENT = -1
_SAME_M = 1e-6
"""Lines this near are on one another, whatever the tolerance."""


@dataclass(frozen=True, slots=True, eq=False)
class Beside:
    """A stretch of another line beside the reference: on which strand of it (index) and from which to which chainage in
    metres, both in the direction the match was made, which starts at `start_m` of the strand; and the stretch itself."""

    strand: int
    start_m: float
    from_m: float
    to_m: float
    stretch: Tracks

    @classmethod
    def of(cls, answer: Answer, tracks: tuple[Track, ...]) -> Beside:
        """The stretch of the second line of an answer, as it lies on the strands of the first."""
        strand = next(number for number, track in enumerate(tracks) if track.name == answer.first.name)
        track = tracks[strand]
        start_m = float(track.feet(answer.first.lonlat[:1])[0][0]) if track.ring else 0.0
        return cls(strand, start_m, answer.from_m[0], answer.to_m[0], Ground.of(answer).parts[1])

    def holds(self, strand: int, along_m: Floats, length_m: float) -> Flags:
        """Whether chainages (n,) of a strand lie on the stretch: (n,)."""
        there_m = np.mod(along_m - self.start_m, length_m) if self.start_m else along_m
        within = (there_m >= self.from_m - _SAME_M) & (there_m <= self.to_m + _SAME_M)
        return np.asarray(within & (self.strand == strand))


@dataclass(frozen=True, slots=True, eq=False)
class Together:
    """Who runs together at n places: `group` (n, lines) the first line of the group in the order of the inputs, -1 where
    a line is absent; `apart_m` (n, lines, lines) how far any two are apart, infinite where one is absent."""

    group: Indices
    apart_m: Floats


@dataclass(frozen=True, slots=True, eq=False)
class SideBySide:
    """Many lines made ready to be looked at along one of them: its strands, and of every line the stretches beside it
    (of the reference itself none)."""

    reference: int
    tracks: tuple[Track, ...]
    beside: tuple[tuple[Beside, ...], ...]

    @classmethod
    def of(cls, claims: tuple[Claim, ...], reference: int, settings: Settings) -> SideBySide:
        """All lines along a reference, matched with it as in a comparison of two."""
        tracks = tracks_of(claims[reference])
        mine = Tracks.of(tracks)
        found: list[tuple[Beside, ...]] = []
        for line, claim in enumerate(claims):
            answers = () if line == reference else matching(mine, Tracks.of(tracks_of(claim)), settings)
            found.append(tuple(Beside.of(answer, tracks) for answer in answers))
        return cls(reference, tracks, tuple(found))

    def together(self, strand: int, along_m: Floats, tolerance_m: float) -> Together:
        """Who runs together at chainages (n,) of a strand of the reference."""
        here = self.tracks[strand].position(along_m)
        count, lines = len(along_m), len(self.beside)
        places = np.full((lines, count, 2), np.nan)
        on = np.full((lines, count), ABSENT)
        apart_m = np.full((count, lines, lines), np.inf)
        for line in range(lines):
            if line == self.reference:
                places[line], on[line] = here, 0
            else:
                self._nearest(line, strand, along_m, (here, places[line], on[line], apart_m[:, self.reference, line]))
        apart_m[:, :, self.reference] = apart_m[:, self.reference, :]
        others = [line for line in range(lines) if line != self.reference]
        for rank, one in enumerate(others):
            for other in others[rank + 1 :]:
                there_m = self._from_places(places[one], on[one], other, on[other])
                back_m = self._from_places(places[other], on[other], one, on[one])
                apart_m[:, one, other] = apart_m[:, other, one] = np.maximum(there_m, back_m)
        for line in range(lines):
            apart_m[:, line, line] = np.where(on[line] == ABSENT, np.inf, 0.0)
        return Together(_components(apart_m <= tolerance_m + _SAME_M), apart_m)

    def _nearest(self, line: int, strand: int, along_m: Floats, into: tuple[Floats, Floats, Indices, Floats]) -> None:
        """Sets the nearest places of a line, on which of its stretches they lie, and how far away."""
        here, places, on, away_m = into
        for number, one in enumerate(self.beside[line]):
            at = np.flatnonzero(one.holds(strand, along_m, self.tracks[strand].length_m))
            if not len(at):
                continue
            feet = one.stretch.nearest(here[at])[0]
            nearer = feet.distance_m < away_m[at]
            at = at[nearer]
            places[at], on[at], away_m[at] = feet.lonlat[nearer], number, feet.distance_m[nearer]

    def _from_places(self, places: Floats, on: Indices, other: int, other_on: Indices) -> Floats:
        """How far places (n, 2) of one line are from the stretches of another that answer there: (n,), infinite where
        either is absent."""
        apart_m = np.full(len(places), np.inf)
        for number, stretch in enumerate(self.beside[other]):
            at = np.flatnonzero((on != ABSENT) & (other_on == number))
            if len(at):
                apart_m[at] = stretch.stretch.nearest(places[at])[0].distance_m
        return apart_m


def _components(near: Flags) -> Indices:
    """The connected components of n graphs (n, lines, lines): (n, lines), each by its first member; -1 for a line that
    is not even near itself."""
    lines = near.shape[1]
    group = np.where(np.diagonal(near, axis1=1, axis2=2), np.arange(lines), lines)
    while True:
        reached = np.where(near, group[:, None, :], lines).min(axis=2)
        if np.array_equal(reached, group):
            return np.where(group == lines, ABSENT, group)
        group = reached
