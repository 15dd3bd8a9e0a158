"""What the print leaves open of a figure, at its worst: each print by half a unit, those that move two places at once
only by what that changes between them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from merestone.delimit.bearing_and_length import azimuths, corners, turned
from merestone.delimit.boundary_line import UNITS_PER_DEGREE, CompiledLeg, CompiledSection
from merestone.delimit.drawn import Drawn
from merestone.delimit.left_open import LeftOpen, Shifts
from merestone.delimit.printed import on_ground
from merestone.description.legs.traverse import TraverseLeg
from merestone.description.tree import LegChain
from merestone.geodesy.elementary import inverse
from merestone.geodesy.ellipsoid import Ellipsoid
from merestone.geodesy.line import Floats, Place
from merestone.geodesy.projection import Projection

BENDS_FROM_DEG = 0.01
"""A leg that leaves its start by more beside the geodesic to its end bends."""

Weights = tuple[float, float]
"""How a figure changes for a metre eastward and a metre northward of one place."""


@dataclass(frozen=True, slots=True)
class FiguresLeftOpen:
    """The openness of figures of a compiled description."""

    places: LeftOpen

    def of_leg(self, leg: CompiledLeg) -> list[Shifts]:
        """The shifts of the vertices of a leg, in order."""
        resolved = self.places.computation.resolved.legs[leg.section, leg.name]
        arising = [] if all(leg.vertex_names[1:]) else self.places.of_vertices(resolved)
        found = [self.places.of_point(leg.vertex_names[0]) if leg.vertex_names[0] else self.places.of_start(resolved)]
        for place, name in enumerate(leg.vertex_names[1:]):
            inside = arising[place] if place < len(arising) else {}
            found.append(self.places.of_point(name) if name else inside)
        return found

    def length_m(self, legs: Iterable[CompiledLeg]) -> float:
        """Of the length of legs in metres.

        Moving a vertex by (e, n) changes the length by e (sin a - sin b) + n (cos a - cos b), with a the azimuth at
        which the line arrives and b the one at which it leaves. That holds for what is as short as can be; the length
        of a leg that bends (an arc, a parallel) is computed again with each print moved.
        """
        changes: dict[str, float] = {}
        for leg in legs:
            if self._bends(leg):
                for key, change in self._recomputed(leg, lambda drawn: drawn.line.length_m).items():
                    changes[key] = changes.get(key, 0.0) + change
                continue
            arrive = np.concatenate([[np.nan], np.radians(leg.azimuths_end_deg)])
            leave = np.concatenate([np.radians(leg.azimuths_start_deg), [np.nan]])
            east = np.nan_to_num(np.sin(arrive)) - np.nan_to_num(np.sin(leave))
            north = np.nan_to_num(np.cos(arrive)) - np.nan_to_num(np.cos(leave))
            _add(changes, self.of_leg(leg), list(zip(east.tolist(), north.tolist(), strict=True)))
        return _worst(changes)

    def _bends(self, leg: CompiledLeg) -> bool:
        """Whether a leg of one statement is anything else than geodesics between its vertices."""
        node = self.places.computation.resolved.legs[leg.section, leg.name].node
        if isinstance(node, LegChain) or isinstance(node.kind, TraverseLeg):
            return False
        places = leg.vertices / UNITS_PER_DEGREE
        straight_deg = azimuths(leg.kind, leg.frame.ellipsoid, places[:-1], places[1:])
        return bool(np.any(np.abs(turned(straight_deg - leg.azimuths_start_deg)) > BENDS_FROM_DEG))

    def _recomputed(self, leg: CompiledLeg, figure: Callable[[Drawn], float]) -> dict[str, float]:
        """What half a unit of each print changes of a figure of a leg that is drawn again."""
        resolved = self.places.computation.resolved.legs[leg.section, leg.name]
        return self.places.of_figure(resolved, lambda computation, moved: figure(computation.redrawn(moved)))

    def own_azimuth_deg(self, leg: CompiledLeg, *, at_end: bool) -> float | None:
        """Of the azimuth at the start, or at the end, of a leg that bends, in degrees; None for any other."""
        if not self._bends(leg):
            return None
        place = leg.line.length_m if at_end else 0.0
        before_deg = float(leg.line.azimuth(np.array([place]))[0])

        def azimuth(drawn: Drawn) -> float:
            line = drawn.line
            return float(turned(line.azimuth(np.array([line.length_m if at_end else 0.0])) - before_deg)[0])

        return min(_worst(self._recomputed(leg, azimuth)), 180.0)

    def area_m2(self, section: CompiledSection) -> float:
        """Of the area of a ring in m².

        In an equal-area plane about the ring, moving a vertex by (x, y) changes the area by half of
        x (Y_after - Y_before) - y (X_after - X_before).
        """
        ellipsoid = section.legs[0].frame.ellipsoid
        places = np.concatenate([leg.vertices[:-1] for leg in section.legs]) / UNITS_PER_DEGREE
        shifts = [each for leg in section.legs for each in self.of_leg(leg)[:-1]]
        plane = Projection(f"+proj=laea +lat_0={places[0, 1]} +lon_0={places[0, 0]} +type=crs", ellipsoid)
        corners_m = plane.forward(places)
        across_m = 0.5 * (np.roll(corners_m, -1, axis=0) - np.roll(corners_m, 1, axis=0))
        weights = [_change(each, across_m) for each in _metre_steps(plane, ellipsoid, places, corners_m)]
        changes: dict[str, float] = {}
        _add(changes, shifts, list(zip(weights[0].tolist(), weights[1].tolist(), strict=True)))
        return _worst(changes)

    def distance_m(self, ellipsoid: Ellipsoid, places: tuple[Place, Place], shifts: tuple[Shifts, Shifts]) -> float:
        """Of the geodesic distance between two places in metres."""
        leaves, arrives, _ = inverse(ellipsoid, np.array([places[0]]), np.array([places[1]]))
        one, other = np.radians(float(leaves[0])), np.radians(float(arrives[0]))
        changes: dict[str, float] = {}
        _add(changes, list(shifts), [(-np.sin(one), -np.cos(one)), (np.sin(other), np.cos(other))])
        return _worst(changes)

    def place_m(self, shifts: Shifts) -> float:
        """Of a place in metres: the diagonal of what is open eastward and northward."""
        east = sum(abs(each) for each, _ in shifts.values())
        north = sum(abs(each) for _, each in shifts.values())
        return float(np.hypot(east, north))

    def azimuth_deg(
        self,
        kind: str,
        ellipsoid: Ellipsoid,
        places: tuple[Place, Place],
        shifts: tuple[Shifts, Shifts],
        *,
        at_end: bool,
    ) -> float:
        """Of the azimuth between two places in degrees, 180 where their prints overlap.

        Two places that share no print are tried at all corners of what they stand for; else print by print.
        """
        if not shifts[0].keys() & shifts[1].keys():
            return _at_corners(kind, ellipsoid, places, shifts, at_end=at_end)
        changes: dict[str, float] = {}
        _add(changes, list(shifts), [_turning(kind, ellipsoid, places, which, at_end=at_end) for which in (0, 1)])
        return min(_worst(changes), 180.0)


def _add(changes: dict[str, float], shifts: Sequence[Shifts], weights: Sequence[Weights]) -> None:
    """Add what every print changes of a figure through places of these weights."""
    for moved, (east, north) in zip(shifts, weights, strict=True):
        for key, (east_m, north_m) in moved.items():
            changes[key] = changes.get(key, 0.0) + east * east_m + north * north_m


def _metre_steps(plane: Projection, ellipsoid: Ellipsoid, places: Floats, corners_m: Floats) -> tuple[Floats, Floats]:
    """What a metre eastward, and a metre northward, of each place is in a plane: (n, 2) metres each."""
    per_degree = np.array([on_ground((1.0, 1.0), ellipsoid, float(lat)) for lat in places[:, 1]])
    east, north = places.copy(), places.copy()
    east[:, 0] += 1.0 / per_degree[:, 0]
    north[:, 1] += 1.0 / per_degree[:, 1]
    return plane.forward(east) - corners_m, plane.forward(north) - corners_m


def _change(steps_m: Floats, across_m: Floats) -> Floats:
    """The change of an area when each of its corners is moved by a step: (n,) m², each corner by itself."""
    return np.asarray(steps_m[:, 0] * across_m[:, 1] - steps_m[:, 1] * across_m[:, 0])


def _worst(changes: dict[str, float]) -> float:
    return float(sum(abs(each) for each in changes.values()))


def _degrees(ellipsoid: Ellipsoid, place: Place, shifts: Shifts) -> tuple[float, float]:
    """The half sides of the rectangle that a place stands for, in degrees of longitude and latitude."""
    east_m, north_m = (sum(abs(each[axis]) for each in shifts.values()) for axis in (0, 1))
    per_degree = on_ground((1.0, 1.0), ellipsoid, place[1])
    return east_m / per_degree[0], north_m / per_degree[1]


def _at_corners(
    kind: str, ellipsoid: Ellipsoid, places: tuple[Place, Place], shifts: tuple[Shifts, Shifts], *, at_end: bool
) -> float:
    one, other = (
        corners(place, _degrees(ellipsoid, place, moved)) for place, moved in zip(places, shifts, strict=True)
    )
    moved = azimuths(kind, ellipsoid, np.repeat(one, 4, axis=0), np.tile(other, (4, 1)), at_end=at_end)
    return float(np.max(np.abs(turned(moved - _azimuth(kind, ellipsoid, places, at_end=at_end)))))


def _azimuth(kind: str, ellipsoid: Ellipsoid, places: tuple[Place, Place], *, at_end: bool) -> Floats:
    return azimuths(kind, ellipsoid, np.array([places[0]]), np.array([places[1]]), at_end=at_end)


def _turning(kind: str, ellipsoid: Ellipsoid, places: tuple[Place, Place], which: int, *, at_end: bool) -> Weights:
    """How far the azimuth turns, in degrees, for a metre eastward and northward of one of its two places."""
    length_m = float(inverse(ellipsoid, np.array([places[0]]), np.array([places[1]]))[2][0])
    step_m = max(length_m * 1e-4, 1e-3)
    per_degree = on_ground((1.0, 1.0), ellipsoid, places[which][1])
    before = _azimuth(kind, ellipsoid, places, at_end=at_end)
    found = []
    for axis in (0, 1):
        moved = [list(place) for place in places]
        moved[which][axis] += step_m / per_degree[axis]
        pair = (moved[0][0], moved[0][1]), (moved[1][0], moved[1][1])
        found.append(float(turned(_azimuth(kind, ellipsoid, pair, at_end=at_end) - before)[0]) / step_m)
    return found[0], found[1]
