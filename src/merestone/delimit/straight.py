"""What "straight line" can be read as, and the line that each reading draws."""

from __future__ import annotations

from typing import assert_never

from merestone.delimit.boundary_line import ReadingTaken
from merestone.delimit.drawn import Setting, trouble
from merestone.delimit.endings import LONGEST_RAY_M
from merestone.delimit.fix import Place
from merestone.description.tree import Name, Reading, ReadingKind, StraightKind
from merestone.diagnostics import Span
from merestone.errors import UnknownFrameError
from merestone.geodesy.ellipsoid import Ellipsoid
from merestone.geodesy.frame import Frame
from merestone.geodesy.line import Line
from merestone.geodesy.lines.geodesic import Geodesic
from merestone.geodesy.lines.lonlat import StraightInLonLat
from merestone.geodesy.lines.loxodrome import Loxodrome
from merestone.geodesy.lines.parallel import Parallel
from merestone.geodesy.lines.projected import ProjectedStraight

FIRST_PIECE_M = 0.1
"""A loxodrome of this length knows how far it can be produced."""


def name_of(reading: Reading) -> str:
    """The reading's name as findings, tables and reports print it."""
    if reading.kind is ReadingKind.PROJECTED and reading.projection is not None:
        return f"straight on {reading.projection.text}"
    return reading.kind.value


def as_read(reading: Reading, frame: Frame, start: Place, end: Place) -> Line:
    """The line between two places in the given reading of "straight line"."""
    match reading.kind:
        case ReadingKind.GEODESIC:
            return Geodesic.between(frame.ellipsoid, start, end)
        case ReadingKind.LOXODROME:
            return Loxodrome.between(frame.ellipsoid, start, end)
        case ReadingKind.PARALLEL:
            return Parallel.between(frame.ellipsoid, start, end)
        case ReadingKind.LONLAT:
            return StraightInLonLat.between(frame.ellipsoid, start, end)
        case ReadingKind.PROJECTED:
            return projected(reading.projection, frame, start, end)
        case _:
            assert_never(reading.kind)


def projected(projection: Name | None, frame: Frame, start: Place, end: Place) -> Line:
    """The line that is straight on a named projection, applied to the latitudes and longitudes of the frame.

    The projection's own datum plays no part: a treaty that names a grid zone names the plane, not a second frame.
    Its ellipsoid does, and must be the frame's.
    """
    if projection is None:
        raise trouble("F805", "no projection is named", None, "write `straight on EPSG:NNNNN`")
    try:
        return ProjectedStraight.between(frame.ellipsoid, start, end, projection.text)
    except UnknownFrameError as error:
        raise trouble(
            "F805",
            f"no projection is known as {projection.text}",
            projection.span,
            "name it by its code, as in `straight on EPSG:32633`",
        ) from error


def reading_of(
    by: StraightKind | None, projection: Name | None, setting: Setting
) -> tuple[Reading, ReadingTaken | None]:
    """The kind that is said, or where none is, the declared reading of "straight" (which is recorded)."""
    match by:
        case StraightKind.GEODESIC:
            return Reading(ReadingKind.GEODESIC), None
        case StraightKind.LOXODROME:
            return Reading(ReadingKind.LOXODROME), None
        case StraightKind.PROJECTED:
            return Reading(ReadingKind.PROJECTED, projection), None
        case StraightKind.STRAIGHT | None:
            return setting.around.straight(setting.span)
        case _:
            assert_never(by)


def ray_as_read(
    reading: Reading, ellipsoid: Ellipsoid, start: Place, azimuth_deg: float, length_m: float, subject: str, span: Span
) -> Line:
    """The line that leaves a place at an azimuth for a length, in the given reading."""
    match reading.kind:
        case ReadingKind.GEODESIC:
            return Geodesic.from_azimuth(ellipsoid, start, azimuth_deg, length_m)
        case ReadingKind.LOXODROME:
            return Loxodrome.from_azimuth(ellipsoid, start, azimuth_deg, length_m)
        case ReadingKind.PARALLEL | ReadingKind.LONLAT | ReadingKind.PROJECTED:
            raise trouble(
                "G509",
                f"{subject} is given by an azimuth, which {name_of(reading)} does not keep",
                span,
                "say `by geodesic` or `by loxodrome`",
                subject,
            )
        case _:
            assert_never(reading.kind)


def longest_ray_m(reading: Reading, ellipsoid: Ellipsoid, start: Place, azimuth_deg: float) -> float:
    """How far a ray is followed in search of what it should meet: a loxodrome no further than the pole."""
    if reading.kind is not ReadingKind.LOXODROME:
        return LONGEST_RAY_M
    ahead_m = Loxodrome.from_azimuth(ellipsoid, start, azimuth_deg, FIRST_PIECE_M).reach_m[1]
    return min(LONGEST_RAY_M, ahead_m)
