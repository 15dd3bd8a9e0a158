"""Roads, railways and waters across a line: each crossing with its place, and what runs along the line instead.

An overlay that stays within the tolerance of the line for ten times the tolerance runs along it, and is told once
with its length and how often it crosses; a crossing at more than some 11 degrees never does. Ways that were cut at the
line (as OpenStreetMap cuts them where an attribute changes) and meet on it from both sides make one crossing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from merestone.compare.claim import Claim
from merestone.compare.edge_meetings import Edges, Meetings, meetings, metres_per_degree
from merestone.compare.edges_beside import Beside, beside
from merestone.compare.overlay import Overlay
from merestone.geodesy.ellipsoid import Ellipsoid
from merestone.geodesy.line import Floats, Indices, Place
from merestone.geodesy.lonlat_length import edge_lengths_m
from merestone.geodesy.many_geodesics import densify_geodesics
from merestone.geodesy.turning import Chord

ALONG_TIMES = 10.0
"""How many times the tolerance an overlay stays within it to be said to run along."""
_GEODESIC_ERROR_M = 0.01


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
    near = _near(ellipsoid, line, over, tolerance_m)
    ways = way_edges(ellipsoid, over, near)
    pairs = _candidates(ellipsoid, line, ways, tolerance_m)
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


def strand_edges(claim: Claim) -> Edges:
    """The edges of a claim's strands, straight in lon/lat; geodesic ones followed within a centimetre."""
    return _edges(claim.frame.ellipsoid, [straight_chain(claim, index) for index in range(len(claim.strands))])


def straight_chain(claim: Claim, index: int) -> Floats:
    """A strand as places (n, 2) joined straight in lon/lat; geodesic edges are followed within a centimetre."""
    lonlat = claim.strands[index].lonlat
    if claim.edges is Chord.LONLAT:
        return lonlat
    apart = np.concatenate([[True], np.any(np.diff(lonlat, axis=0) != 0.0, axis=1)])
    places = lonlat[apart]
    chains = densify_geodesics(claim.frame.ellipsoid, places[:-1], places[1:], _GEODESIC_ERROR_M)
    last_of_each = np.zeros(len(chains.lonlat), dtype=bool)
    last_of_each[chains.offsets[1:-1] - 1] = True
    return np.asarray(chains.lonlat[~last_of_each])


def way_edges(ellipsoid: Ellipsoid, over: Overlay, ways: Indices) -> Edges:
    """The edges of chosen lines of an overlay; `chain` is the index of the line in the overlay."""
    import shapely

    flat, of_way = shapely.get_coordinates(over.lines[ways], return_index=True)
    offsets = np.searchsorted(of_way, np.arange(len(ways) + 1))
    chains = [flat[start:end] for start, end in pairwise(offsets)]
    return _edges(ellipsoid, chains, ways)


def _edges(ellipsoid: Ellipsoid, chains: Sequence[Floats], names: Indices | None = None) -> Edges:
    """The edges of chains, those of no length left out."""
    numbers = np.arange(len(chains)) if names is None else names
    if not len(chains):
        none = np.empty((0, 2))
        return Edges(none, none, np.empty(0, dtype=np.intp), np.empty(0), np.empty(0))
    starts, ends = np.vstack([each[:-1] for each in chains]), np.vstack([each[1:] for each in chains])
    counts = np.array([len(each) - 1 for each in chains])
    chain = np.repeat(numbers, counts)
    kept = np.any(starts != ends, axis=1)
    starts, ends, chain = starts[kept], ends[kept], chain[kept].astype(np.intp)
    length_m = edge_lengths_m(ellipsoid, starts, ends)
    upto = np.concatenate([[0.0], np.cumsum(length_m)])
    first = np.searchsorted(chain, chain, "left") if len(chain) else chain
    return Edges(starts, ends, chain, upto[:-1] - upto[first], length_m)


def _boxes(ellipsoid: Ellipsoid, edges: Edges, margin_m: float) -> object:
    """The boxes of edges, widened by a margin: shapely's geometries (n,)."""
    import shapely

    margin = (
        1.01 * margin_m / metres_per_degree(ellipsoid, np.maximum(np.abs(edges.starts[:, 1]), np.abs(edges.ends[:, 1])))
    )
    low, high = np.minimum(edges.starts, edges.ends) - margin, np.maximum(edges.starts, edges.ends) + margin
    return shapely.box(low[:, 0], low[:, 1], high[:, 0], high[:, 1])


def _near(ellipsoid: Ellipsoid, line: Edges, over: Overlay, margin_m: float) -> Indices:
    """The lines of an overlay whose box comes near an edge of the line, in order."""
    import shapely

    found = shapely.STRtree(over.lines).query(_boxes(ellipsoid, line, margin_m))
    return np.unique(found[1]).astype(np.intp)


def _candidates(ellipsoid: Ellipsoid, line: Edges, ways: Edges, margin_m: float) -> tuple[Indices, Indices]:
    """Pairs of edges whose boxes come near one another, in order of the line."""
    import shapely

    tree = shapely.STRtree(_boxes(ellipsoid, ways, 0.0))
    i, j = tree.query(_boxes(ellipsoid, line, margin_m))
    order = np.lexsort((j, i))
    return i[order].astype(np.intp), j[order].astype(np.intp)


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
