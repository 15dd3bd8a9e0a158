"""Where edges of an overlay meet edges of a line: every meeting once, with the sides it comes from and goes to.

Edges are straight in lon/lat. Edge a + t d of the line and edge p + u e of the overlay meet where t and u, from the
cross products of d, e and p - a, both lie in [0, 1]; values within a hundredth of a millimetre of an end are that
end, so that what passes through a vertex is seen there by all four edges, and then joined to one meeting. Which side a
direction points to is decided at the place itself, between the edges of the line before and behind it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from merestone.geodesy.elementary import radii_m
from merestone.geodesy.ellipsoid import Ellipsoid
from merestone.geodesy.line import Flags, Floats, Indices

_SAME_M = 1e-5
_PARALLEL_DEG = 1e-9


@dataclass(frozen=True, slots=True, eq=False)
class Edges:
    """Edges of many chains: `starts`, `ends` (n, 2) degrees, `chain` (n,) whose they are, `along_m` (n,) where on
    their chain they start and `length_m` (n,). Edges of one chain stand together, in order."""

    starts: Floats
    ends: Floats
    chain: Indices
    along_m: Floats
    length_m: Floats

    def neighbour(self, edge: Indices, step: int) -> tuple[Indices, Flags]:
        """The edges before (-1) or behind (1), and whether there are such in the same chain; of a ring, round it."""
        other = np.clip(edge + step, 0, len(self.chain) - 1)
        there = (self.chain[other] == self.chain[edge]) & (other != edge)
        first = np.searchsorted(self.chain, self.chain[edge], "left")
        last = np.searchsorted(self.chain, self.chain[edge], "right") - 1
        around = (last if step < 0 else first).astype(np.intp)
        closed = ~there & np.all(self.starts[first] == self.ends[last], axis=1)
        return np.where(closed, around, other), there | closed


@dataclass(frozen=True, slots=True, eq=False)
class Meetings:
    """Meetings, (n,) each: the edge of the line and the edge of the overlay, chainages on both chains in metres, the
    place, the sides (1 left of the line, -1 right, 0 neither) that the overlay comes from and goes to, the angle."""

    edge: Indices
    other: Indices
    along_m: Floats
    other_m: Floats
    lonlat: Floats
    before: Indices
    behind: Indices
    angle_deg: Floats


def meetings(ellipsoid: Ellipsoid, line: Edges, overlay: Edges, pairs: tuple[Indices, Indices]) -> Meetings:
    """All meetings of candidate pairs of edges, each place on each overlay chain once, in their order along it.

    Edges that lie on one another make no meeting of their own: their neighbours do.
    """
    i, j = pairs
    a, d = line.starts[i], line.ends[i] - line.starts[i]
    p, e = overlay.starts[j], overlay.ends[j] - overlay.starts[j]
    scale = metres_per_degree(ellipsoid, a[:, 1])
    with np.errstate(divide="ignore", invalid="ignore"):
        turn = _turn(d, e)
        turn[turn == 0.0] = np.nan
        t, u = _cross(p - a, e) / turn, _cross(p - a, d) / turn
    t = _snapped(t, np.linalg.norm(d * scale, axis=1))
    u = _snapped(u, np.linalg.norm(e * scale, axis=1))
    met = (t >= 0.0) & (t <= 1.0) & (u >= 0.0) & (u <= 1.0)  # what is parallel is not a number, and not met
    i, j, t, u, scale = i[met], j[met], t[met], u[met], scale[met]
    j, u = _round_the_start(overlay, j, u)
    other_m = overlay.along_m[j] + u * overlay.length_m[j]
    order = np.lexsort((t, i, u, j, other_m, line.chain[i], overlay.chain[j]))
    i, j, t, u, scale, other_m = i[order], j[order], t[order], u[order], scale[order], other_m[order]
    lonlat = np.where(
        (u == 1.0)[:, None], overlay.ends[j], overlay.starts[j] + u[:, None] * (overlay.ends[j] - overlay.starts[j])
    )
    going = _direction(overlay, j, u, 1)
    toward = _sides(line, i, t, going)
    first, last = _joined(line.chain[i], overlay.chain[j], other_m, (toward == 0) & np.any(going != 0.0, axis=1))
    before = _sides(line, i[first], t[first], -_direction(overlay, j[first], u[first], -1))
    chainage = line.along_m[i] + t * line.length_m[i]
    angle = _angles(*(((of.ends - of.starts)[at[first]] * scale[first]) for of, at in ((line, i), (overlay, j))))
    return Meetings(i[first], j[first], chainage[first], other_m[first], lonlat[first], before, toward[last], angle)


def _round_the_start(overlay: Edges, j: Indices, u: Floats) -> tuple[Indices, Floats]:
    """Edges and shares of them, the end of a closed overlay being its start, so that it is met there once."""
    behind, there = overlay.neighbour(j, 1)
    closing = (u == 1.0) & there & (behind <= j)
    return np.where(closing, behind, j), np.where(closing, 0.0, u)


def _joined(chain: Indices, other: Indices, other_m: Floats, along: Flags) -> tuple[Indices, Indices]:
    """The first and the last of each group of meetings that are one: at one place, or `along` the line to the next."""
    if not len(chain):
        return np.empty(0, dtype=np.intp), np.empty(0, dtype=np.intp)
    same_chains = (other[1:] == other[:-1]) & (chain[1:] == chain[:-1])
    joined = same_chains & ((np.diff(other_m) <= _SAME_M) | along[:-1])
    first = np.nonzero(np.concatenate([[True], ~joined]))[0]
    return first, np.concatenate([first[1:] - 1, [len(chain) - 1]])


def _direction(overlay: Edges, edge: Indices, u: Floats, step: int) -> Floats:
    """In which direction an overlay arrives (step -1) at its meetings or goes on from them (1), nought at its ends."""
    at_end = u == (0.0 if step < 0 else 1.0)
    other, there = overlay.neighbour(edge, step)
    chosen = np.where(at_end, other, edge)
    direction = overlay.ends[chosen] - overlay.starts[chosen]
    direction[at_end & ~there] = 0.0
    return direction


def _sides(line: Edges, edge: Indices, t: Floats, direction: Floats) -> Indices:
    """On which side of the line directions (n, 2) point from places on it: 1 left, -1 right, 0 along it or nowhere."""
    before, there = line.neighbour(edge, -1)
    behind, more = line.neighbour(edge, 1)
    at_start, at_end = (t == 0.0) & there, (t == 1.0) & more
    arriving, leaving = np.where(at_start, before, edge), np.where(at_end, behind, edge)
    one, two = (line.ends[each] - line.starts[each] for each in (arriving, leaving))
    left_of_one, left_of_two = np.sign(_turn(one, direction)), np.sign(_turn(two, direction))
    # Between two edges that turn left, left is what is left of both; that turn right, what is left of either.
    turn = _turn(one, two)
    side = np.where(turn >= 0.0, np.minimum(left_of_one, left_of_two), np.maximum(left_of_one, left_of_two))
    forth = (left_of_two == 0.0) & (np.sum(two * direction, axis=1) > 0.0)
    back = (left_of_one == 0.0) & (np.sum(one * direction, axis=1) < 0.0)
    nowhere = ~np.any(direction != 0.0, axis=1)
    return np.asarray(np.where(forth | back | nowhere, 0, side), dtype=np.intp)


def _angles(d: Floats, e: Floats) -> Floats:
    """The angles between directions in metres, in [0, 90] degrees."""
    return np.asarray(np.degrees(np.arctan2(np.abs(_cross(d, e)), np.abs(np.sum(d * e, axis=1)))))


def metres_per_degree(ellipsoid: Ellipsoid, lat_deg: Floats) -> Floats:
    """Metres to a degree of longitude and of latitude: (n,) -> (n, 2)."""
    meridian_m, vertical_m = radii_m(ellipsoid, lat_deg)
    return np.asarray(np.radians(np.column_stack([vertical_m * np.cos(np.radians(lat_deg)), meridian_m])))


def _snapped(share: Floats, length_m: Floats) -> Floats:
    """Shares of edges (n,), those within a hundredth of a millimetre of an end at that end."""
    with np.errstate(invalid="ignore"):
        share = np.where(np.abs(share) * length_m < _SAME_M, 0.0, share)
        return np.where(np.abs(share - 1.0) * length_m < _SAME_M, 1.0, share)


def _turn(one: Floats, two: Floats) -> Floats:
    """The cross products of edges, nought where one departs from the other's line by less than a tenth of a mm."""
    cross = _cross(one, two)
    longer = np.maximum(np.linalg.norm(one, axis=1), np.linalg.norm(two, axis=1))
    return np.where(np.abs(cross) < _PARALLEL_DEG * longer, 0.0, cross)


def _cross(one: Floats, two: Floats) -> Floats:
    return np.asarray(one[:, 0] * two[:, 1] - one[:, 1] * two[:, 0])
