"""`traverse AZIMUTH LENGTH, AZIMUTH LENGTH, ...`: courses one after the other."""

from __future__ import annotations

from dataclasses import dataclass, field

from merestone.description.cursor import Cursor
from merestone.description.directions import azimuth
from merestone.description.legs.syntax import LegSyntax
from merestone.description.phrases import kind_or_grid
from merestone.description.spelling import azimuth_text, by_text, length_text
from merestone.description.tree import NOWHERE, Azimuth, Length, Name, StraightKind
from merestone.diagnostics import Span


@dataclass(frozen=True, slots=True)
class TraverseLeg:
    """Courses, each an azimuth and a length; `by` is the kind of line, None: not said.

    With a `projection` the azimuths and lengths are those of its grid, and the courses are straight on it.
    """

    courses: tuple[tuple[Azimuth, Length], ...]
    by: StraightKind | None = None
    projection: Name | None = None
    span: Span = field(default=NOWHERE, compare=False, repr=False)


def _parse(cursor: Cursor) -> TraverseLeg:
    start = cursor.start
    cursor.need("traverse")
    courses = [(azimuth(cursor), cursor.length())]
    while cursor.sign(","):
        courses.append((azimuth(cursor), cursor.length()))
    return TraverseLeg(tuple(courses), *kind_or_grid(cursor), cursor.span(start))


def _print(leg: TraverseLeg) -> str:
    courses = ", ".join(f"{azimuth_text(angle)} {length_text(length)}" for angle, length in leg.courses)
    return f"traverse {courses}{by_text(leg.by, leg.projection)}"


SYNTAX = LegSyntax(
    "traverse", ("traverse",), TraverseLeg, _parse, _print, "leg 1 traverse 45°30' 120 m, 92°00' 1.2 km to B"
)
