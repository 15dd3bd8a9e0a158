"""Two compiled versions of a boundary, leg by leg: how far each leg moved, over what length, and whose land that is.

A leg is laid against the leg that answers to it, and a section against its section as a whole. Parties stand as the
two descriptions name them on either side: land between the lines was held by whoever the old one has on that side,
and is held by whoever the new one has on the other. Nothing here prefers a side, nor the old line to the new.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from merestone.compare.texts.displacement import CLOSED_M, Displacement, displacement
from merestone.compare.texts.trace import edges_of
from merestone.compare.texts.vertex_changes import VertexChange, Vertices, vertex_changes
from merestone.delimit.boundary_line import BoundaryLine, CompiledLeg, CompiledSection
from merestone.errors import GeometryError
from merestone.geodesy.area import ring_area
from merestone.geodesy.elementary import inverse
from merestone.geodesy.line import Line

LegName = tuple[str, str]
"""The section of a leg and its name there."""

DEFAULT_TOLERANCE_M = 0.001
"""What moved less than a millimetre did not move: a unit of a defining vertex is 0.11 mm."""

LEAST_LAND_M2 = 0.5
"""Less land than this between two lines is rounding and is given to nobody."""

Sides = tuple[str | None, str | None]
"""Who lies to the left and to the right of a line, None where nothing is said."""


@dataclass(frozen=True, slots=True)
class Land:
    """Land between two lines in m²: whose it was by the old one, and whose it is by the new one (None: not said)."""

    area_m2: float
    held_in_old: str | None
    held_in_new: str | None


@dataclass(frozen=True, slots=True)
class Shift:
    """How a line moved: its displacement, the land between by party, its length before and after in metres."""

    displacement: Displacement
    land: tuple[Land, ...]
    lengths_m: tuple[float, float]


@dataclass(frozen=True, slots=True)
class LegShift:
    """A leg that is not as it was: as named in the old and the new description, its kind in both, how it moved (None
    where its two versions are counted in different frames) and its vertices, integer for integer."""

    old: LegName
    new: LegName
    kinds: tuple[str, str]
    shift: Shift | None
    vertices: tuple[VertexChange, ...]


@dataclass(frozen=True, slots=True)
class SectionShift:
    """A section laid against its older version as a whole, by its names in both."""

    old: str
    new: str
    shift: Shift


@dataclass(frozen=True, slots=True)
class LegShifts:
    """All that moved: legs, whole sections, and legs that only one version has (or could compute)."""

    legs: tuple[LegShift, ...]
    sections: tuple[SectionShift, ...]
    only_old: tuple[LegName, ...]
    only_new: tuple[LegName, ...]
    tolerance_m: float


def leg_shifts(
    old: BoundaryLine,
    new: BoundaryLine,
    answers: Sequence[tuple[LegName, LegName]] | None = None,
    tolerance_m: float = DEFAULT_TOLERANCE_M,
) -> LegShifts:
    """What moved from one line to the other; both counted in one frame, to which the caller carries one of them.

    `answers`: which leg answers to which (`clauses.legs_that_answer`), by section and name where it is not given.
    """
    before = {(leg.section, leg.name): leg for leg in old.legs}
    after = {(leg.section, leg.name): leg for leg in new.legs}
    pairs = [(name, name) for name in after if name in before] if answers is None else answers
    pairs = [(one, other) for one, other in pairs if one in before and other in after]
    sections = _sections(old, new, pairs)
    sides = {(one.name, other.name): (_sides(one), _sides(other)) for one, other in sections}
    legs = [
        _leg(before[one], after[other], sides.get((one[0], other[0]), ((None, None), (None, None))), tolerance_m)
        for one, other in pairs
    ]
    matched, matched_there = {one for one, _ in pairs}, {other for _, other in pairs}
    whole = (_section(one, other, tolerance_m) for one, other in sections)
    return LegShifts(
        tuple(leg for leg in legs if leg is not None),
        tuple(section for section in whole if section is not None),
        tuple(name for name in before if name not in matched),
        tuple(name for name in after if name not in matched_there),
        tolerance_m,
    )


def _sections(
    old: BoundaryLine, new: BoundaryLine, pairs: Sequence[tuple[LegName, LegName]]
) -> list[tuple[CompiledSection, CompiledSection]]:
    """Sections whose legs answer to one another, else of one name; in the order of the new line."""
    before = {section.name: section for section in old.sections}
    answer = {other[0]: one[0] for one, other in reversed(pairs)}
    return [
        (before[answer.get(section.name, section.name)], section)
        for section in new.sections
        if answer.get(section.name, section.name) in before
    ]


# ---- one leg ----------------------------------------------------------------------------------------------------


def _leg(old: CompiledLeg, new: CompiledLeg, sides: tuple[Sides, Sides], tolerance_m: float) -> LegShift | None:
    """How a leg changed, None where it did not."""
    names = (old.section, old.name), (new.section, new.name)
    kinds = _kind(old), _kind(new)
    if old.frame != new.frame:
        return LegShift(*names, kinds, None, ())
    shift = _shift(_edges(old), _edges(new), sides, tolerance_m)
    turned = shift.displacement.turned
    vertices = vertex_changes(_vertices(old), _vertices(new, turned=turned), new.frame.ellipsoid)
    moved = shift.displacement.greatest_m > tolerance_m
    same = not (moved or turned or vertices) and kinds[0] == kinds[1]
    return None if same else LegShift(*names, kinds, shift, vertices)


def _edges(leg: CompiledLeg) -> tuple[Line, ...]:
    return edges_of(leg.line, len(leg.vertices) - 1)


def _kind(leg: CompiledLeg) -> str:
    """The kind of a leg; of an open word the reading that it was compiled with."""
    return leg.kind if leg.reading is None else f"straight, read as {leg.reading.name}"


def _vertices(leg: CompiledLeg, *, turned: bool = False) -> Vertices:
    step = -1 if turned else 1
    return Vertices(leg.vertices[::step], leg.vertex_names[::step])


def _shift(old: Sequence[Line], new: Sequence[Line], sides: tuple[Sides, Sides], tolerance_m: float) -> Shift:
    found = displacement(old, new, tolerance_m)
    (left, right), (new_left, new_right) = sides
    if found.turned:
        new_left, new_right = new_right, new_left
    land = (Land(found.left_m2, left, new_right), Land(found.right_m2, right, new_left))
    lengths_m = sum(edge.length_m for edge in old), sum(edge.length_m for edge in new)
    return Shift(found, tuple(each for each in land if each.area_m2 >= LEAST_LAND_M2), lengths_m)


# ---- a whole section --------------------------------------------------------------------------------------------


def _section(old: CompiledSection, new: CompiledSection, tolerance_m: float) -> SectionShift | None:
    """How a section moved as a whole; None where it did not, or where either has gaps or two frames."""
    frames = {leg.frame for section in (old, new) for leg in section.legs}
    if len(frames) != 1 or not (_is_whole(old) and _is_whole(new)):
        return None
    edges = [[edge for leg in section.legs for edge in _edges(leg)] for section in (old, new)]
    shift = _shift(edges[0], edges[1], (_sides(old), _sides(new)), tolerance_m)
    return SectionShift(old.name, new.name, shift) if shift.displacement.greatest_m > tolerance_m else None


def _is_whole(section: CompiledSection) -> bool:
    """Whether the legs of a section run on, one from the end of the other, without a gap."""
    legs = section.legs
    if not legs or len(legs) != len(section.parts):
        return False
    ends = np.array([leg.line.ends[1] for leg in legs[:-1]]).reshape(-1, 2)
    starts = np.array([leg.line.ends[0] for leg in legs[1:]]).reshape(-1, 2)
    return bool((inverse(legs[0].line.ellipsoid, ends, starts)[2] < CLOSED_M).all())


def _sides(section: CompiledSection) -> Sides:
    """Who lies to the left and to the right of a section; of a ring, which runs around its inside."""
    if not section.ring:
        return section.left, section.right
    try:
        area_m2 = ring_area([leg.line for leg in section.legs]).area_m2
    except GeometryError:
        return None, None
    return (section.right, section.left) if area_m2 > 0.0 else (section.left, section.right)


def land_by_party(land: Sequence[Land]) -> Mapping[tuple[str | None, str | None], float]:
    """The land in m², summed by whose it was and whose it is."""
    found: dict[tuple[str | None, str | None], float] = {}
    for each in land:
        key = each.held_in_old, each.held_in_new
        found[key] = found.get(key, 0.0) + each.area_m2
    return found
