"""The statements about frames: of the description, of a commission, unstated, or for legs."""

from __future__ import annotations

from dataclasses import replace

from merestone.description.cursor import Cursor
from merestone.description.grid_coordinates import grid_system
from merestone.description.numbers import Nature
from merestone.description.phrases import frame as frame_name
from merestone.description.phrases import reference
from merestone.description.tree import (
    FrameChoice,
    FrameStatement,
    LegsIn,
    Number,
    OwnTransformation,
    Parameter,
    Reference,
)

PARAMETERS = {"3": ("tx", "ty", "tz"), "7": ("tx", "ty", "tz", "rx", "ry", "rz", "ds")}
"""The parameters of a transformation by 3 and by 7; one by 10 adds the point that it turns about (x, y, z)."""

_UNITS = {"t": "m", "r": '"', "d": "ppm", "x": "m", "y": "m", "z": "m"}
_FIRST_YEAR, _YEAR_AFTER_LAST = 1900, 2200
"""Coordinates with an epoch are observed; an epoch outside these years has a digit or a sign too few or too many."""
CONVENTIONS = ("position vector", "coordinate frame")


def legs_in(cursor: Cursor) -> LegsIn:
    """`legs in FRAME`, after `legs`."""
    cursor.need("in")
    return LegsIn(frame_name(cursor), cursor.span(0))


def frame(cursor: Cursor) -> FrameStatement:
    """A frame, after the word `frame`."""
    if cursor.take("unstated"):
        return _unstated(cursor)
    start = cursor.start
    name = None
    if cursor.is_name():
        name = cursor.name("a name")
        if not cursor.take("is"):
            name = None
            cursor.go(start)
    return _stated(cursor, FrameStatement(name, frame_name(cursor)))


def _stated(cursor: Cursor, said: FrameStatement) -> FrameStatement:
    """What follows the name of a frame."""
    while not cursor.at_end:
        if cursor.take("epoch"):
            said = replace(said, epoch=_epoch(cursor))
        elif cursor.take("fixed", "to", "plate"):
            said = replace(said, plate=cursor.name("a plate such as EURA").text)
        elif cursor.take("fixed", "in", "frame"):
            said = replace(said, fixed_in_frame=True)
        elif cursor.take("heights", "in"):
            said = replace(said, vertical=cursor.quoted("a vertical datum"))
        elif cursor.take("on", "ellipsoid"):
            said = replace(said, ellipsoid=cursor.quoted("an ellipsoid"))
        elif cursor.take("transformed", "to"):
            said = replace(said, own=_transformation(cursor))
        else:
            raise cursor.unexpected()
    return replace(said, span=cursor.span(0))


def _epoch(cursor: Cursor) -> Number:
    """A decimal year in which coordinates can have been observed."""
    what = "an epoch such as 2016.0"
    start = cursor.start
    epoch = cursor.number(what, Nature.DECIMAL)
    if not _FIRST_YEAR <= epoch.value < _YEAR_AFTER_LAST:
        sentence = f"the epoch {epoch.text} is not a year between {_FIRST_YEAR} and {_YEAR_AFTER_LAST}"
        raise cursor.refuse("C232", sentence, cursor.span(start), what)
    return epoch


def _unstated(cursor: Cursor) -> FrameStatement:
    """`unstated candidates FRAME [by OPERATION], ... [read as FRAME [by OPERATION] BY]`."""
    candidates: list[FrameChoice] = []
    read_as: FrameChoice | None = None
    read_by: Reference | None = None
    if cursor.take("candidates"):
        candidates.append(_choice(cursor))
        while cursor.sign(","):
            candidates.append(_choice(cursor))
    if cursor.take("read", "as"):
        read_as = _choice(cursor)
        if cursor.take("by"):
            read_by = reference(cursor)
    return FrameStatement(
        None, None, candidates=tuple(candidates), read_as=read_as, read_by=read_by, span=cursor.span(0)
    )


def _choice(cursor: Cursor) -> FrameChoice:
    """`FRAME [by OPERATION]`."""
    start = cursor.start
    name = frame_name(cursor)
    return FrameChoice(name, operation(cursor), cursor.span(start))


def operation(cursor: Cursor) -> str | None:
    """`by EPSG:NNNN` or `by operation «NAME»`, if it stands here."""
    if cursor.take("by", "operation"):
        return cursor.quoted("the name of a transformation")
    if cursor.peek("by", "EPSG"):
        cursor.need("by")
        return grid_system(cursor).text
    return None


def _transformation(cursor: Cursor) -> OwnTransformation:
    """What follows `transformed to`."""
    start = cursor.start
    target = frame_name(cursor)
    said = OwnTransformation(target)
    named = operation(cursor)
    if named is not None:
        said = replace(said, operation=named)
    elif cursor.take("from", "common", "points", "in"):
        said = _from_common_points(cursor, said)
    else:
        said = _by_parameters(cursor, said)
    if cursor.take("accuracy"):
        said = replace(said, accuracy=cursor.length())
    return replace(said, span=cursor.span(start))


def _from_common_points(cursor: Cursor, said: OwnTransformation) -> OwnTransformation:
    """`TABLE and TABLE by 3|7 parameters`: the points in the own frame, then those of the same names in the target."""
    own = cursor.name("the table of the points in the own frame")
    cursor.need("and")
    target = cursor.name("the table of the same points in the other frame")
    count = next((count for count in (3, 7) if cursor.take("by", str(count), "parameters")), None)
    if count is None:
        raise cursor.unexpected()
    return replace(said, common_points=(own, target), count=count)


def _by_parameters(cursor: Cursor, said: OwnTransformation) -> OwnTransformation:
    """`by 3|7|10 parameters tx ... [ds ...] [CONVENTION] [about x ... y ... z ...]`."""
    count = next((count for count in ("3", "7", "10") if cursor.take("by", count, "parameters")), None)
    if count is None:
        raise cursor.unexpected()
    names = PARAMETERS["3" if count == "3" else "7"]
    found = [_parameter(cursor, name) for name in names]
    convention = None
    if count != "3":
        convention = next((words for words in CONVENTIONS if cursor.take(*words.split())), None)
        if convention is None:
            raise cursor.unexpected()
    if count == "10":
        cursor.need("about")
        found.extend(_parameter(cursor, name) for name in ("x", "y", "z"))
    return replace(said, parameters=tuple(found), convention=convention)


def _parameter(cursor: Cursor, name: str) -> Parameter:
    """`tx -148 m`: a parameter's name, number and unit."""
    start = cursor.start
    cursor.need(name)
    unit = _UNITS[name[0]]
    number = cursor.number(f"the number of {name}", Nature.QUANTITY if unit == "m" else Nature.DECIMAL)
    if unit == '"' and (cursor.sign('"') or cursor.sign("″")):
        return Parameter(name, number, unit, cursor.span(start))
    cursor.need(unit)
    return Parameter(name, number, unit, cursor.span(start))
