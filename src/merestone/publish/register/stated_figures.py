"""The figures that a canonical line states of itself (`derived`): read strictly, since whoever signs the file signs them.

`read_line` leaves them alone, because a line is compared without them. They are never believed here: the view measures
again what it can, and compiling again compares the rest.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NoReturn

from merestone.delimit.boundary_line import UNITS_PER_DEGREE
from merestone.publish.line_reader import LineFormatError
from merestone.publish.stored_line import StoredLeg, StoredLine
from merestone.publish.text import counted

_LEG = (
    "section",
    "leg",
    "length_um",
    "lengths_um",
    "azimuths_at_start",
    "azimuths_at_end",
    "across_sigma_um",
    "components",
)
_COLUMNS = ("lengths_um", "azimuths_at_start", "azimuths_at_end")

_SQUARE_METRES = re.compile(r"-?[0-9]{1,18}\.[0-9]{2}")


@dataclass(frozen=True, slots=True)
class StatedLeg:
    """What the file states of a leg: its length in micrometres (None: not known), and of each piece between vertices its
    length in micrometres and its azimuths in units of 1e-9 degree."""

    section: str
    leg: str
    length_um: int | None
    lengths_um: tuple[int | None, ...]
    azimuths_at_start: tuple[int, ...]
    azimuths_at_end: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class StatedFigures:
    """What the file states: the whole length in micrometres, the area of each ring in m² as text, and its legs in order."""

    length_um: int | None
    areas_m2: tuple[tuple[str, str], ...]
    legs: tuple[StatedLeg, ...]


def stated_figures(data: bytes, line: StoredLine) -> StatedFigures:
    """The figures of a file that `read_line` has read as `line`. Raises `LineFormatError` where they are not of that line."""
    derived = _members(json.loads(data)["derived"], "/derived", ("areas", "legs", "length_um", "points"))
    names = [(section.name, part) for section in line.sections for part in section.parts if isinstance(part, StoredLeg)]
    legs = _list(derived["legs"], "/derived/legs")
    if len(legs) != len(names):
        _refuse(
            "/derived/legs",
            f"there are figures of {counted(len(legs), 'leg')}, and the line has {counted(len(names), 'leg')}",
        )
    return StatedFigures(
        _whole_or_none(derived["length_um"], "/derived/length_um"),
        tuple(_area(area, f"/derived/areas/{at}") for at, area in enumerate(_list(derived["areas"], "/derived/areas"))),
        tuple(_leg(leg, f"/derived/legs/{at}", *names[at]) for at, leg in enumerate(legs)),
    )


def _leg(value: Any, where: str, section: str, leg: StoredLeg) -> StatedLeg:
    stated = _members(value, where, _LEG)
    if (stated["section"], stated["leg"]) != (section, leg.name):
        _refuse(where, "these figures are of another leg than the line has here")
    pieces = len(leg.vertices) - 1
    columns = {name: _list(stated[name], f"{where}/{name}") for name in _COLUMNS}
    for name, column in columns.items():
        if len(column) != pieces:
            _refuse(f"{where}/{name}", f"there are {counted(len(column), 'figure')} for {counted(pieces, 'piece')}")
    return StatedLeg(
        section,
        leg.name,
        _whole_or_none(stated["length_um"], f"{where}/length_um"),
        tuple(_whole_or_none(each, f"{where}/lengths_um") for each in columns["lengths_um"]),
        tuple(_azimuth(each, f"{where}/azimuths_at_start") for each in columns["azimuths_at_start"]),
        tuple(_azimuth(each, f"{where}/azimuths_at_end") for each in columns["azimuths_at_end"]),
    )


def _area(value: Any, where: str) -> tuple[str, str]:
    area = _members(value, where, ("area_m2", "section"))
    for name, member in area.items():
        if type(member) is not str:
            _refuse(f"{where}/{name}", "a text is expected here")
    if not _SQUARE_METRES.fullmatch(area["area_m2"]):
        _refuse(f"{where}/area_m2", "square metres with two decimals, written as a text, are expected here")
    return area["section"], area["area_m2"]


def _members(value: Any, where: str, names: tuple[str, ...]) -> Mapping[str, Any]:
    if type(value) is not dict or set(value) != set(names):
        _refuse(where, f"an object with exactly these members is expected here: {', '.join(sorted(names))}")
    return dict(value)


def _list(value: Any, where: str) -> list[Any]:
    if type(value) is not list:
        _refuse(where, "a list is expected here")
    return list(value)


def _whole_or_none(value: Any, where: str) -> int | None:
    if value is None:
        return None
    if type(value) is not int or value < 0:
        _refuse(where, "a whole number or null is expected here")
    return int(value)


def _azimuth(value: Any, where: str) -> int:
    if type(value) is not int or not 0 <= value < 360 * UNITS_PER_DEGREE:
        _refuse(where, "an azimuth below 360 degrees, in units of 1e-9 degree, is expected here")
    return int(value)


def _refuse(where: str, why: str) -> NoReturn:
    raise LineFormatError(where, why)
