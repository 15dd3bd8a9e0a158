"""The defining vertices of a leg in two versions, integer for integer: which came, went, or stand elsewhere."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from merestone.delimit.boundary_line import UNITS_PER_DEGREE, Units
from merestone.geodesy.elementary import solver
from merestone.geodesy.ellipsoid import Ellipsoid
from merestone.geodesy.line import Place
from merestone.geodesy.winds import wind_of_azimuth


class VertexFate(StrEnum):
    """What became of a vertex."""

    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"


Integers2 = tuple[int, int]
"""Longitude and latitude in units of 1e-9 degree."""


@dataclass(frozen=True, slots=True)
class VertexChange:
    """A vertex that is not as it was: its name ("" for one without), its place in units of 1e-9 degree before and
    after, None where it was not there; for one that moved how far in metres, and in which of sixteen directions."""

    fate: VertexFate
    name: str
    old: Integers2 | None
    new: Integers2 | None
    distance_m: float | None = None
    wind: str | None = None


@dataclass(frozen=True, slots=True)
class Vertices:
    """The vertices of a leg: units (n, 2) and names."""

    units: Units
    names: Sequence[str]

    def listed(self) -> list[tuple[str, Integers2]]:
        """Each vertex as its name and its units."""
        return [(name, (int(lon), int(lat))) for name, (lon, lat) in zip(self.names, self.units, strict=True)]


def vertex_changes(old: Vertices, new: Vertices, ellipsoid: Ellipsoid) -> tuple[VertexChange, ...]:
    """The changes from the old vertices to the new ones, both in the same direction, in their order.

    Vertices are known by their names, those without by their integers; where as many stand in the place of others,
    each has moved.
    """
    before, after = old.listed(), new.listed()
    keys = [[name or units for name, units in each] for each in (before, after)]
    matcher: SequenceMatcher[str | Integers2] = SequenceMatcher(None, keys[0], keys[1], autojunk=False)
    changes: list[VertexChange] = []
    for tag, i, j, k, m in matcher.get_opcodes():
        if tag == "equal" or j - i == m - k:
            changes += _moved(before[i:j], after[k:m], ellipsoid)
        else:
            changes += _replaced(before[i:j], after[k:m])
    return tuple(changes)


def _moved(
    old: list[tuple[str, Integers2]], new: list[tuple[str, Integers2]], ellipsoid: Ellipsoid
) -> Iterator[VertexChange]:
    for (_, units), (name, there) in zip(old, new, strict=True):
        if units != there:
            azimuth_deg, _, distance_m = solver(ellipsoid).inv(*_degrees(units), *_degrees(there))
            wind = wind_of_azimuth(float(azimuth_deg) % 360.0)
            yield VertexChange(VertexFate.MOVED, name, units, there, float(distance_m), wind)


def _replaced(old: list[tuple[str, Integers2]], new: list[tuple[str, Integers2]]) -> Iterator[VertexChange]:
    """What went and what came; a vertex at the same integers under another name is neither."""
    kept = {units for _, units in old} & {units for _, units in new}
    yield from (VertexChange(VertexFate.REMOVED, name, units, None) for name, units in old if units not in kept)
    yield from (VertexChange(VertexFate.ADDED, name, None, units) for name, units in new if units not in kept)


def _degrees(units: Integers2) -> Place:
    return units[0] / UNITS_PER_DEGREE, units[1] / UNITS_PER_DEGREE
