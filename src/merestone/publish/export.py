"""What every writer of an output is given, and what every output must say of itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from merestone.delimit.boundary_line import BoundaryLine, ReadingTaken
from merestone.diagnostics import Diagnostic
from merestone.geodesy.frame import Frame
from merestone.geodesy.grid import Grid
from merestone.geodesy.line import Floats
from merestone.publish.no_date import NO_DATE
from merestone.publish.report.model import LegReadings

NOT_AGREED = "not agreed"
"""What every output says until a register holds the line effective."""

WITHOUT_PREJUDICE = "without prejudice to the instrument or to the position of any party"

DEFAULT_TOLERANCE_M = 0.1
"""The greatest distance in metres between a drawn chain and its curve, unless another is asked for."""


@dataclass(frozen=True, slots=True)
class Step:
    """The way from one frame to the frame of an output: what it is called, how sure it is, and the function itself.

    `accuracy_m` is the stated accuracy of the operation in metres, None where there is none to state (identity).
    `apply` takes and gives longitude and latitude in degrees, (n, 2); longitudes run on continuously.
    """

    operation: str
    accuracy_m: float | None
    apply: Callable[[Floats], Floats]


Steps: TypeAlias = Callable[[Frame], Step]
"""The step that leads from a frame to the frame of an output. Choosing it is the caller's business: a named operation
of stated accuracy, or an exception."""


def unchanged(why: str) -> Step:
    """The step that changes nothing, for the reason given."""
    return Step(operation=why, accuracy_m=None, apply=lambda lonlat: lonlat)


def into_the_lines_frame(line: BoundaryLine) -> Steps:
    """Steps for outputs in the description's own frame, where every leg was computed in it. Raises `LookupError` for
    a leg that was computed in another frame: its transformation must be named by the caller."""

    def step(frame: Frame) -> Step:
        if frame != line.frame:
            message = f"no operation leads from {frame.name} to the frame of the description"
            raise LookupError(message)
        return unchanged(f"none: {frame.name} is the frame of the description")

    return step


@dataclass(frozen=True, slots=True)
class Export:
    """A line with all that its outputs need.

    `findings` are those of the checker and the compiler; `tolerance_m` is the greatest distance between a drawn chain
    and its curve; `to_wgs84` leads to WGS 84 for formats that know nothing else (GeoJSON, KML), `to_frame` to the
    frame of the description for those that do; `dated` goes into files whose format must have a date. `source` is the
    text of the description, `file` the name it is filed under, `readings` what the report shows of its readings.
    `grid` is the projected system that plane coordinates are asked for in, on the frame of the line.
    """

    line: BoundaryLine
    to_wgs84: Steps
    to_frame: Steps
    findings: tuple[Diagnostic, ...] = ()
    tolerance_m: float = DEFAULT_TOLERANCE_M
    dated: datetime = NO_DATE
    source: str = ""
    file: str = ""
    readings: tuple[LegReadings, ...] = ()
    grid: Grid | None = None


Writer: TypeAlias = Callable[[Export], bytes]
"""The whole of an output file."""


NOT_STATED = "not stated"
"""What is said of sides that no statement names."""


def standing(line: BoundaryLine) -> str:
    """The sentence that every output carries: whose reading this is, and that it is not agreed."""
    return f"Reading by {line.reading_by}: {NOT_AGREED}, {WITHOUT_PREJUDICE}"


def frame_text(frame: Frame | None) -> str:
    """A frame in one line: name, code, epoch, what it is fixed to."""
    if frame is None:
        return "not stated, and no reading of it is declared"
    parts = [frame.name]
    if frame.code and frame.code not in frame.name:
        parts.append(f"({frame.code})")
    if frame.epoch is not None:
        parts.append(f"epoch {frame.epoch}")
    if frame.plate:
        parts.append(f"fixed to plate {frame.plate}")
    parts.append(f"on {frame.ellipsoid.name}")
    return " ".join(parts)


def reading_text(reading: ReadingTaken | None) -> str:
    """The reading that was taken and by whom, empty where nothing had to be read."""
    if reading is None:
        return ""
    return f"{reading.name} (by {reading.by})" if reading.by else f"{reading.name} (by an unnamed author)"


def sides_text(first: str | None, second: str | None, *, ring: bool) -> str:
    """Who lies on either side, in the order of the alphabet so that neither side comes first by custom."""
    places = ("inside", "outside") if ring else ("on the right", "on the left")
    said = [f"{who} {place}" for who, place in zip((first, second), places, strict=True) if who is not None]
    return ", ".join(sorted(said)) or NOT_STATED
