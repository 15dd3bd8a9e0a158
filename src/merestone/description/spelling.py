"""How values are spelled: the inverse of what the cursor takes. Numbers and angles keep the text that printed them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, assert_never

from merestone.description.azimuths import CountedAzimuth, GridNorth, MagneticNorth, North, TrueNorth
from merestone.description.cursor import NAME_CHARACTERS
from merestone.description.keywords import RESERVED
from merestone.description.named_lines import (
    CircleAbout,
    FromTowards,
    OnConstruction,
    OnSection,
    OnSource,
    ThroughPoint,
    ThroughPoints,
)
from merestone.description.phrases import FRAME_STOPS
from merestone.description.tree import (
    OPPOSITE,
    Area,
    Between,
    Choice,
    Chooser,
    Coordinate,
    Coordinates,
    DeclaredReading,
    FromAzimuth,
    Geographic,
    GridCoordinate,
    Hemisphere,
    Length,
    LineReference,
    LongitudesFrom,
    Name,
    Numbers,
    OnFeature,
    OnLeg,
    OnMeridian,
    OnParallel,
    Reading,
    Reference,
    SquareReference,
    StraightKind,
    WithoutLetters,
)

if TYPE_CHECKING:
    from merestone.description.tree import Azimuth

_BARE_NAME = re.compile(rf"\w[{NAME_CHARACTERS}]*\Z").match
_EPSG = re.compile(r"EPSG:[0-9]{4,6}\Z").match
_FRAME_WORD = re.compile(r"[^\s,«»“”\"#]+\Z").match


def quoted(text: str) -> str:
    """A text in quotation marks: `«»`, or `“”` where the text holds guillemets that do not pair."""
    return f"«{text}»" if _pairs(text, "«", "»") else f"“{text}”"


def _pairs(text: str, opener: str, closer: str) -> bool:
    """Whether every opening sign in a text has its closing sign after it."""
    depth = 0
    for sign in text:
        depth += (sign == opener) - (sign == closer)
        if depth < 0:
            return False
    return depth == 0


def name_text(name: Name) -> str:
    """A name, bare where it can be."""
    text = name.text
    return text if _BARE_NAME(text) and text not in RESERVED else quoted(text)


def frame_text(name: Name) -> str:
    """A frame's name, bare where its words can be told from what follows."""
    words = name.text.split(" ")
    bare = all(_FRAME_WORD(word) and word not in FRAME_STOPS for word in words) and words[0] != "unstated"
    return name.text if bare else quoted(name.text)


def projection_text(name: Name) -> str:
    """A projection: its EPSG code, or its name quoted."""
    return name.text if _EPSG(name.text) else quoted(name.text)


def length_text(length: Length) -> str:
    """A length in the unit that it was printed in."""
    return f"{'about ' if length.about else ''}{length.number.text} {length.unit}"


def area_text(area: Area) -> str:
    """An area in the unit that it was printed in."""
    return f"{'about ' if area.about else ''}{area.number.text} {area.unit}"


def coordinate_text(coordinate: Coordinate) -> str:
    """One coordinate with its letter."""
    of = f" of {coordinate.counted_from}" if coordinate.counted_from else ""
    return f"{coordinate.angle.text} {coordinate.hemisphere.value}{of}"


def longitudes_text(declared: LongitudesFrom) -> str:
    """What longitudes are counted from, as it is declared."""
    if declared.at is None:
        return f"longitudes from {name_text(Name(declared.meridian))}"
    by = "" if declared.by is None else f" by {reference_text(declared.by)}"
    return f"longitudes from {quoted(declared.meridian)} at {coordinate_text(declared.at)} of Greenwich{by}"


def on_leg_text(leg: OnLeg) -> str:
    """`leg ID [of SECTION] [produced]`."""
    section = "" if leg.section is None else f" of {name_text(leg.section)}"
    return f"leg {name_text(leg.leg)}{section}{' produced' if leg.produced else ''}"


def by_text(kind: StraightKind | None, projection: Name | None = None) -> str:
    """` by geodesic`, ` by loxodrome`, ` on the grid of PROJECTION` or nothing."""
    if projection is not None:
        return f" on the grid of {projection_text(projection)}"
    return "" if kind is None else f" by {kind.value}"


def reference_text(reference: Reference) -> str:
    """An instrument with the place in it, or who says so."""
    if reference.instrument is None:
        return quoted(reference.who or "")
    name = name_text(reference.instrument)
    return name if reference.locator is None else f"{name} {reference.locator}"


def reading_of(reading: Reading) -> str:
    """One reading of "straight line"."""
    if reading.projection is None:
        return reading.kind.value
    return f"{reading.kind.value} {projection_text(reading.projection)}"


def reading_text(declared: DeclaredReading) -> str:
    """A declared reading: `READING [by REF] [also READING, ...]`."""
    by = "" if declared.by is None else f" by {reference_text(declared.by)}"
    also = f" also {', '.join(reading_of(other) for other in declared.also)}" if declared.also else ""
    return f"{reading_of(declared.reading)}{by}{also}"


def numbers_text(numbers: Numbers) -> str:
    """How numbers are to be taken."""
    within = "" if numbers.within is None else f" within {length_text(numbers.within)}"
    return f"{numbers.standing.value}{within}"


_DIRECTIONS = {
    Hemisphere.NORTH: "north",
    Hemisphere.SOUTH: "south",
    Hemisphere.EAST: "east",
    Hemisphere.WEST: "west",
}


def letters_text(letters: WithoutLetters) -> str:
    """`north, east` or `north, east, minus is south, west`, in the order in which the coordinates are printed."""
    plus = _in_printed_order(letters, letters.latitude, letters.longitude)
    if not letters.signed:
        return plus
    return f"{plus}, minus is {_in_printed_order(letters, OPPOSITE[letters.latitude], OPPOSITE[letters.longitude])}"


def _in_printed_order(letters: WithoutLetters, latitude: Hemisphere, longitude: Hemisphere) -> str:
    words = (_DIRECTIONS[latitude], _DIRECTIONS[longitude])
    return ", ".join(reversed(words) if letters.longitude_first else words)


def coordinates_text(coordinates: Coordinates) -> str:
    """A place as it was printed; composed of its coordinates where a tree was made by hand without a text."""
    if isinstance(coordinates, Geographic):
        latitude, longitude = coordinates.latitude, coordinates.longitude
        return coordinates.text or f"{coordinate_text(latitude)} {coordinate_text(longitude)}"
    if isinstance(coordinates, SquareReference):
        return f"MGRS {coordinates.text}"
    text = coordinates.text or f"{_grid_text(coordinates.first)} {_grid_text(coordinates.second)}"
    return text if coordinates.system is None else f"{text} on {projection_text(coordinates.system)}"


def azimuth_text(azimuth: Azimuth) -> str:
    """A direction as it was printed, with the north that it is counted from where that is said beside it."""
    if isinstance(azimuth, CountedAzimuth):
        return f"{azimuth.angle.text} {north_text(azimuth.north)}"
    return azimuth.text


def north_text(north: North) -> str:
    """`from true north` and the like."""
    match north:
        case TrueNorth():
            return "from true north"
        case GridNorth():
            return f"from grid north of {projection_text(north.projection)}"
        case MagneticNorth():
            side = "E" if north.east else "W"
            return f"from magnetic north with declination {north.declination.text} {side} on {north.on}"
        case _:
            assert_never(north)


def _grid_text(coordinate: GridCoordinate) -> str:
    unit = "" if coordinate.unit is None else f" {coordinate.unit}"
    return f"{coordinate.axis} {coordinate.number.text}{unit}"


def choice_text(choice: Choice) -> str:
    """Which of several intersections is meant."""
    if choice.chooser is Chooser.NEAREST and choice.point is not None:
        return f"nearest to {name_text(choice.point)}"
    return choice.chooser.value


def line_text(line: LineReference) -> str:
    """A line that a point or an ending refers to."""
    match line:
        case OnParallel():
            return f"parallel {_coordinate_or_words(line.latitude)}"
        case OnMeridian():
            return f"meridian {_coordinate_or_words(line.longitude)}"
        case OnLeg():
            return on_leg_text(line)
        case Between():
            produced = " produced" if line.produced else ""
            return (
                f"{_drawn(line.kind, line.projection)} from {name_text(line.start)} to {name_text(line.end)}{produced}"
            )
        case FromAzimuth():
            return f"{_drawn(line.kind, line.projection)} from {name_text(line.start)} at azimuth {azimuth_text(line.azimuth)}"
        case OnFeature():
            return f"feature {quoted(line.feature.text)}"
        case (
            CircleAbout()
            | FromTowards()
            | ThroughPoint()
            | ThroughPoints()
            | OnSection()
            | OnSource()
            | OnConstruction()
        ):
            return _named_line_text(line)
        case _:
            assert_never(line)


def _named_line_text(
    line: CircleAbout | FromTowards | ThroughPoint | ThroughPoints | OnSection | OnSource | OnConstruction,
) -> str:
    match line:
        case CircleAbout():
            return f"circle {circle_text(line)}"
        case FromTowards():
            start, aim = name_text(line.start), name_text(line.aim)
            return f"{_drawn(line.kind, line.projection)} from {start} towards {aim}"
        case ThroughPoint():
            return f"{'meridian' if line.meridian else 'parallel'} through {name_text(line.point)}"
        case ThroughPoints():
            names = line.points if line.table is None else (line.table,)
            return f"{_drawn(line.kind, line.projection)} through {', '.join(name_text(name) for name in names)}"
        case OnSection():
            return f"{'ring' if line.ring else 'section'} {name_text(line.section)}"
        case OnSource():
            layer = "" if line.layer is None else f" layer {quoted(line.layer)}"
            read_as = "" if line.read_as is None else f" read as {reading_text(line.read_as)}"
            return f"source {name_text(line.source)}{layer}{read_as}"
        case OnConstruction():
            produced = " produced" if line.produced else ""
            return f"{'circle' if line.circle else 'line'} {name_text(line.name)}{produced}"
        case _:
            assert_never(line)


def circle_text(circle: CircleAbout) -> str:
    """`of LENGTH about POINT`."""
    return f"of {length_text(circle.radius)} about {name_text(circle.centre)}"


def _coordinate_or_words(value: Coordinate | Name) -> str:
    return quoted(value.text) if isinstance(value, Name) else coordinate_text(value)


def _drawn(kind: StraightKind, projection: Name | None) -> str:
    return kind.value if projection is None else f"{kind.value} {projection_text(projection)}"
