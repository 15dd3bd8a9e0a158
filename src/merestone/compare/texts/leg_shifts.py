"""Two compiled versions of a boundary, leg by leg: how far each leg moved, over what length, and whose land that is.

Legs are laid against the legs that stand in their place (`leg_runs`), and a section against its section as a whole. Parties stand as the
two descriptions name them on either side: land between the lines was held by whoever the old one has on that side,
and is held by whoever the new one has on the other. Nothing here prefers a side, nor the old line to the new.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from merestone.compare.texts.displacement import CLOSED_M, Displacement, displacement
from merestone.compare.texts.leg_runs import LegRun, leg_runs
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
    where its two versions are counted in different frames) and its vertices, integer for integer.

    `old_legs` and `new_legs` are the legs that it stands for: several where a point was put in or taken out."""

    old: LegName
    new: LegName
    kinds: tuple[str, str]
    shift: Shift | None
    vertices: tuple[VertexChange, ...]
    old_legs: tuple[LegName, ...] = ()
    new_legs: tuple[LegName, ...] = ()


@dataclass(frozen=True, slots=True)
class SectionShift:
    """A section laid against its older version as a whole, by its names in both; whether its parties exchanged sides on
    the ground: their words did, or the direction of the line and not their words."""

    old: str
    new: str
    shift: Shift
    exchanged: bool = False


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

    `answers`: which leg answers to which in the texts (`clauses.legs_that_answer`), by section and name where it is not
    given. It decides which sections belong together; which legs do is a matter of where they lie.
    """
    before = {(leg.section, leg.name): leg for leg in old.legs}
    after = {(leg.section, leg.name): leg for leg in new.legs}
    pairs = [(name, name) for name in after if name in before] if answers is None else answers
    pairs = [(one, other) for one, other in pairs if one in before and other in after]
    sections = _sections(old, new, pairs)
    whole = [_section(one, other, tolerance_m) for one, other in sections]
    runs = [
        (run, (_sides(one), _sides(other)), found is not None and found.shift.displacement.turned)
        for (one, other), found in zip(sections, whole, strict=True)
        for run in leg_runs(one.legs, other.legs)
    ]
    legs = [_run(run, sides, tolerance_m, turned=turned) for run, sides, turned in runs if run.old and run.new]
    matched = {id(leg) for run, _, _ in runs if run.old and run.new for leg in (*run.old, *run.new)}
    return LegShifts(
        tuple(leg for leg in legs if leg is not None),
        tuple(section for section in whole if section is not None),
        tuple(name for name, leg in before.items() if id(leg) not in matched),
        tuple(name for name, leg in after.items() if id(leg) not in matched),
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


# ---- one leg, or a run of them ----------------------------------------------------------------------------------


def _run(run: LegRun, sides: tuple[Sides, Sides], tolerance_m: float, *, turned: bool) -> LegShift | None:
    """How the legs of a run changed, None where they did not; `turned` where it is said of the section that it runs the
    other way."""
    named = tuple(tuple((leg.section, leg.name) for leg in legs) for legs in (run.old, run.new))
    names = tuple((legs[0].section, joined_names([leg.name for leg in legs])) for legs in (run.old, run.new))
    kinds = tuple(", ".join(dict.fromkeys(_kind(leg) for leg in legs)) for legs in (run.old, run.new))
    if run.old[0].frame != run.new[0].frame:
        return LegShift(names[0], names[1], (kinds[0], kinds[1]), None, (), *named)
    edges = [[edge for leg in legs for edge in _edges(leg)] for legs in (run.old, run.new)]
    shift = _shift(edges[0], edges[1], sides, tolerance_m)
    found = shift.displacement
    vertices = vertex_changes(_vertices(run.old), _vertices(run.new, turned=found.turned), run.new[0].frame.ellipsoid)
    moved = found.greatest_m > tolerance_m or (found.turned and not turned)
    one_to_one = len(run.old) == len(run.new)
    same = not (moved or vertices) and kinds[0] == kinds[1] and one_to_one
    return None if same else LegShift(names[0], names[1], (kinds[0], kinds[1]), shift, vertices, *named)


def joined_names(names: Sequence[str]) -> str:
    """The names of legs in a row as one: `2`, `2 and 3`, `2 to 5`."""
    return names[0] if len(names) == 1 else f"{names[0]} {'and' if len(names) == 2 else 'to'} {names[-1]}"


def _edges(leg: CompiledLeg) -> tuple[Line, ...]:
    return edges_of(leg.line, len(leg.vertices) - 1)


def _kind(leg: CompiledLeg) -> str:
    """The kind of a leg; of an open word the reading that it was compiled with."""
    return leg.kind if leg.reading is None else f"straight, read as {leg.reading.name}"


def _vertices(legs: Sequence[CompiledLeg], *, turned: bool = False) -> Vertices:
    """The vertices of legs that run on, each shared one once."""
    units = np.concatenate([legs[0].vertices[:1], *(leg.vertices[1:] for leg in legs)])
    names = (legs[0].vertex_names[0], *(name for leg in legs for name in leg.vertex_names[1:]))
    step = -1 if turned else 1
    return Vertices(units[::step], names[::step])


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
    sides = _sides(old), _sides(new)
    shift = _shift(edges[0], edges[1], sides, tolerance_m)
    turned = shift.displacement.turned
    exchanged = sides[0][0] != sides[0][1] and sides[0] == (sides[1] if turned else sides[1][::-1])
    changed = shift.displacement.greatest_m > tolerance_m or turned
    return SectionShift(old.name, new.name, shift, exchanged) if changed else None


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
