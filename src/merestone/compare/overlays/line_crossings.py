"""Roads, railways and waters across a line: each crossing with its place, and what runs along the line instead.

An overlay that stays within the tolerance of the line for ten times the tolerance runs along it, and is told once
with its length and how often it crosses; a crossing at more than some 11 degrees never does. Ways that were cut at the
line (as OpenStreetMap cuts them where an attribute changes) and meet on it from both sides make one crossing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from merestone.compare.claim import Claim
from merestone.compare.overlays.edge_meetings import Edges, Meetings, meetings
from merestone.compare.overlays.edges_beside import Beside, beside
from merestone.compare.overlays.laid_edges import candidates, near_lines, strand_edges, way_edges
from merestone.compare.overlays.overlay import Overlay
from merestone.geodesy.line import Indices, Place

ALONG_TIMES = 10.0
"""How many times the tolerance an overlay stays within it to be said to run along."""


@dataclass(frozen=True, slots=True)
class Crossing:
    """A place where a way crosses a line or ends on it.

    `of_second`: which line; `strand` and `along_m`: where on it; `angle_deg` between the two, 0 to 90; `layer`,
    `what` ("road"), `kind` ("primary"), `name` and `feature` (its index in the layer) of the way; `passes`: it goes
    on to the other side (else it touches the line, or ends on it); `zones`: the numbers of the zones there.
    """

    of_second: bool
    strand: str
    along_m: float
    place: Place
    angle_deg: float
    layer: str
    what: str
    kind: str
    name: str
    feature: int
    passes: bool
    zones: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class RunsAlong:
    """A way that runs along a line within the tolerance: from where to where on the line (chainages in metres), for
    how long on the way itself, how often it crosses meanwhile; `place` where it begins to; the rest as `Crossing`."""

    of_second: bool
    strand: str
    from_m: float
    to_m: float
    length_m: float
    crossings: int
    place: Place
    layer: str
    what: str
    kind: str
    name: str
    feature: int


def line_crossings(
    claim: Claim, over: Overlay, tolerance_m: float, *, of_second: bool
) -> tuple[tuple[Crossing, ...], tuple[RunsAlong, ...]]:
    """The crossings of a claim's strands by the lines of an overlay, and what runs along, by strand and chainage."""
    ellipsoid = claim.frame.ellipsoid
    line = strand_edges(claim)
    near = near_lines(ellipsoid, line, over, tolerance_m)
    ways = way_edges(ellipsoid, over, near)
    pairs = candidates(ellipsoid, line, ways, tolerance_m)
    met = meetings(ellipsoid, line, ways, pairs)
    stretches = beside(ellipsoid, line, ways, pairs, tolerance_m)
    long = np.nonzero(stretches.to_m - stretches.from_m >= ALONG_TIMES * tolerance_m)[0]
    swallowed, counts = _swallowed(met, line, ways, stretches, long)
    told = _Teller(claim, over, line, ways, of_second=of_second)
    crossings = sorted(told.crossings(met, swallowed), key=lambda one: (one.strand, one.along_m, one.feature))
    along = sorted(
        (told.runs_along(stretches, int(index), counts[int(index)]) for index in long),
        key=lambda one: (one.strand, one.from_m, one.feature),
    )
    return tuple(crossings), tuple(along)


def _swallowed(
    met: Meetings, line: Edges, ways: Edges, stretches: Beside, long: Indices
) -> tuple[set[int], dict[int, int]]:
    """The meetings that lie on a stretch that runs along, and how many crossings each such stretch has."""
    by_chains: dict[tuple[int, int], list[int]] = {}
    for index in long.tolist():
        by_chains.setdefault((int(stretches.other[index]), int(stretches.chain[index])), []).append(index)
    gone: set[int] = set()
    counts = dict.fromkeys(long.tolist(), 0)
    for at in range(len(met.edge)):
        for index in by_chains.get((int(ways.chain[met.other[at]]), int(line.chain[met.edge[at]])), ()):
            if stretches.from_m[index] - 1e-3 <= met.other_m[at] <= stretches.to_m[index] + 1e-3:
                gone.add(at)
                counts[index] += int(met.before[at] * met.behind[at] < 0)
                break
    return gone, counts


@dataclass(frozen=True, slots=True)
class _Teller:
    """Makes the values that are given back, from indices of edges."""

    claim: Claim
    over: Overlay
    line: Edges
    ways: Edges
    of_second: bool

    def crossings(self, met: Meetings, swallowed: set[int]) -> Iterator[Crossing]:
        """The meetings that are not swallowed; ways that end at one place on both sides make one crossing."""
        ends: dict[tuple[int, float, float], list[int]] = {}
        for at in range(len(met.edge)):
            if at in swallowed:
                continue
            if met.before[at] and met.behind[at]:
                yield self._crossing(met, at, passes=bool(met.before[at] != met.behind[at]))
            else:
                lon, lat = met.lonlat[at].tolist()
                ends.setdefault((int(self.line.chain[met.edge[at]]), lon, lat), []).append(at)
        for together in ends.values():
            sides = {int(met.before[at] + met.behind[at]) for at in together}
            if {1, -1} <= sides:
                yield self._crossing(met, together[0], passes=True)
            else:
                yield from (self._crossing(met, at, passes=False) for at in together)

    def _crossing(self, met: Meetings, at: int, *, passes: bool) -> Crossing:
        lon, lat = met.lonlat[at].tolist()
        strand = self.claim.strands[int(self.line.chain[met.edge[at]])]
        feature, what, kind, name = self._way(int(self.ways.chain[met.other[at]]))
        return Crossing(
            of_second=self.of_second,
            strand=strand.name,
            along_m=float(met.along_m[at]),
            place=(lon, lat),
            angle_deg=float(met.angle_deg[at]),
            layer=self.over.layer,
            what=what,
            kind=kind,
            name=name,
            feature=feature,
            passes=passes,
        )

    def runs_along(self, stretches: Beside, index: int, crossings: int) -> RunsAlong:
        """A stretch that runs along."""
        feature, what, kind, name = self._way(int(stretches.other[index]))
        edge = int(stretches.first_edge[index])
        share = (stretches.from_m[index] - self.ways.along_m[edge]) / self.ways.length_m[edge]
        lon, lat = (self.ways.starts[edge] + share * (self.ways.ends[edge] - self.ways.starts[edge])).tolist()
        return RunsAlong(
            of_second=self.of_second,
            strand=self.claim.strands[int(stretches.chain[index])].name,
            from_m=float(stretches.least_m[index]),
            to_m=float(stretches.greatest_m[index]),
            length_m=float(stretches.to_m[index] - stretches.from_m[index]),
            crossings=crossings,
            place=(lon, lat),
            layer=self.over.layer,
            what=what,
            kind=kind,
            name=name,
            feature=feature,
        )

    def _way(self, line: int) -> tuple[int, str, str, str]:
        """The feature of a line of the overlay: its index, what it is, its class and name."""
        feature = int(self.over.lines_of[line])
        described = self.over.features[feature]
        return feature, described.what or "line", described.kind, described.name
