"""What one run keeps for the next: points given by coordinates and plain geodesic legs whose words are unchanged.

The parser gives back the very same tree for a statement that was not edited, so `is` tells what is unchanged. What is
kept depends on nothing but that tree, the two ends of a leg, and the basis; with another basis everything is forgotten.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from merestone.delimit.boundary_line import CompiledLeg
from merestone.delimit.fix import Fix
from merestone.description.resolved import ResolvedLeg
from merestone.description.tree import AtCoordinates, Geographic, Leg, LegChain, Name, Numbers, Point
from merestone.geodesy.frame import Frame

Basis = tuple[Frame, Frame, Numbers]
"""The frame of the description, that of its legs, and how its numbers are to be taken."""


@dataclass(frozen=True, slots=True)
class _KeptLeg:
    """A leg that was compiled, and what it was compiled from."""

    node: Leg | LegChain
    start_name: Name | None
    start: Fix
    end: Fix
    leg: CompiledLeg


@dataclass(slots=True)
class Memory:
    """Points and legs of the run before, and those of the run under way; older ones are forgotten."""

    _basis: Basis | None = None
    _points_before: dict[int, tuple[Point, Fix]] = field(default_factory=dict)
    _points: dict[int, tuple[Point, Fix]] = field(default_factory=dict)
    _legs_before: dict[tuple[str, str], _KeptLeg] = field(default_factory=dict)
    _legs: dict[tuple[str, str], _KeptLeg] = field(default_factory=dict)

    def begin(self, basis: Basis) -> None:
        """Begin a run."""
        same = basis == self._basis
        self._basis = basis
        self._points_before, self._points = (self._points if same else {}), {}
        self._legs_before, self._legs = (self._legs if same else {}), {}

    def fix(self, point: Point) -> Fix | None:
        """The fix of a point whose statement is unchanged."""
        known = self._points_before.get(id(point))
        if known is None or known[0] is not point:
            return None
        self._points[id(point)] = known
        return known[1]

    def keep_fix(self, point: Point, fix: Fix) -> None:
        """Keep the fix of a point, where it rests on printed coordinates alone."""
        if _by_coordinates_alone(point):
            self._points[id(point)] = point, fix

    def leg(self, leg: ResolvedLeg, start: Fix, end: Fix) -> CompiledLeg | None:
        """The compiled leg whose statement and ends are unchanged."""
        key = leg.section.name.text, leg.name
        known = self._legs_before.get(key)
        if known is None or known.node is not leg.node or known.start is not start or known.end is not end:
            return None
        if known.start_name != leg.start:
            return None
        self._legs[key] = known
        return known.leg

    def keep_leg(self, leg: ResolvedLeg, start: Fix, end: Fix, compiled: CompiledLeg) -> None:
        """Keep a leg that is plainly a geodesic from one fix to another."""
        self._legs[leg.section.name.text, leg.name] = _KeptLeg(leg.node, leg.start, start, end, compiled)


def _by_coordinates_alone(point: Point) -> bool:
    match point.definitions:
        case (AtCoordinates(coordinates=Geographic(), frame=None),):
            return True
        case _:
            return False
