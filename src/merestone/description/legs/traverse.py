"""`traverse AZIMUTH LENGTH, AZIMUTH LENGTH, ...`: courses one after the other."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from merestone.description.cursor import Cursor
from merestone.description.directions import azimuth
from merestone.description.legs.syntax import LegSyntax
from merestone.description.phrases import kind_or_grid
from merestone.description.spelling import azimuth_text, by_text, length_text, name_text
from merestone.description.tree import NOWHERE, Azimuth, Length, Name, StraightKind
from merestone.diagnostics import Span


@dataclass(frozen=True, slots=True)
class TraverseLeg:
    """Courses, each an azimuth and a length; `by` is the kind of line, None: not said.

    `courses_of` is a table that holds them instead. `rule` says how the corners are shifted so that the courses end where
    they should; None: they are not.

    With a `projection` the azimuths and lengths are those of its grid, and the courses are straight on it.
    """

    courses: tuple[tuple[Azimuth, Length], ...]
    by: StraightKind | None = None
    projection: Name | None = None
    courses_of: Name | None = None
    rule: Literal["compass", "transit"] | None = None
    span: Span = field(default=NOWHERE, compare=False, repr=False)


def _parse(cursor: Cursor) -> TraverseLeg:
    start = cursor.start
    cursor.need("traverse")
    table = cursor.name("a table of courses") if cursor.take("of") else None
    courses = [] if table is not None else [(azimuth(cursor), cursor.stated_length())]
    while table is None and cursor.sign(","):
        courses.append((azimuth(cursor), cursor.stated_length()))
    kind, projection = kind_or_grid(cursor)
    rule = _rule(cursor)
    return TraverseLeg(tuple(courses), kind, projection, table, rule, cursor.span(start))


def _rule(cursor: Cursor) -> Literal["compass", "transit"] | None:
    """`adjusted by the compass rule` or `adjusted by the transit rule`, if one stands here."""
    if not cursor.take("adjusted", "by", "the"):
        return None
    rule: Literal["compass", "transit"]
    if cursor.take("compass"):
        rule = "compass"
    elif cursor.take("transit"):
        rule = "transit"
    else:
        raise cursor.unexpected()
    cursor.need("rule")
    return rule


def _print(leg: TraverseLeg) -> str:
    courses = ", ".join(f"{azimuth_text(angle)} {length_text(length)}" for angle, length in leg.courses)
    if leg.courses_of is not None:
        courses = f"of {name_text(leg.courses_of)}"
    adjusted = "" if leg.rule is None else f" adjusted by the {leg.rule} rule"
    return f"traverse {courses}{by_text(leg.by, leg.projection)}{adjusted}"


SYNTAX = LegSyntax(
    "traverse", ("traverse",), TraverseLeg, _parse, _print, "leg 1 traverse 45°30' 120 m, 92°00' 1.2 km to B"
)
