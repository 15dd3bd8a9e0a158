"""`traverse AZIMUTH LENGTH, AZIMUTH LENGTH, ...`: courses one after the other."""

from __future__ import annotations

from dataclasses import dataclass, field

from merestone.description.coordinates import azimuth
from merestone.description.cursor import Cursor
from merestone.description.legs.syntax import LegSyntax
from merestone.description.phrases import by_kind
from merestone.description.spelling import by_text, length_text
from merestone.description.tree import NOWHERE, Length, StraightKind
from merestone.diagnostics import Span
from merestone.geodesy.angle import Angle


@dataclass(frozen=True, slots=True)
class TraverseLeg:
    """Courses, each an azimuth and a length; `by` is the kind of line, None: not said."""

    courses: tuple[tuple[Angle, Length], ...]
    by: StraightKind | None = None
    span: Span = field(default=NOWHERE, compare=False, repr=False)


def _parse(cursor: Cursor) -> TraverseLeg:
    start = cursor.start
    cursor.need("traverse")
    courses = [(azimuth(cursor), cursor.length())]
    while cursor.sign(","):
        courses.append((azimuth(cursor), cursor.length()))
    return TraverseLeg(tuple(courses), by_kind(cursor), cursor.span(start))


def _print(leg: TraverseLeg) -> str:
    courses = ", ".join(f"{angle.text} {length_text(length)}" for angle, length in leg.courses)
    return f"traverse {courses}{by_text(leg.by)}"


SYNTAX = LegSyntax(
    "traverse", ("traverse",), TraverseLeg, _parse, _print, "leg 1 traverse 45°30' 120 m, 92°00' 1.2 km to B"
)
