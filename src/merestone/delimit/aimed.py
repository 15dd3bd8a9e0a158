"""A line that leaves one place and is aimed at another: as far as that place, before it or beyond it."""

from __future__ import annotations

from merestone.delimit.endings import LONGEST_RAY_M
from merestone.geodesy.line import Line
from merestone.geodesy.lines.geodesic import Geodesic
from merestone.geodesy.lines.loxodrome import Loxodrome
from merestone.geodesy.lines.part import Part


def longest_m(aimed: Line) -> float:
    """How far in metres the line is followed: as far as it can be produced, and at least to where it is aimed."""
    return max(min(LONGEST_RAY_M, aimed.reach_m[1]), aimed.length_m)


def produced(line: Line) -> Line:
    """A line with its production beyond both ends, as far as it is ever followed."""
    back_m, ahead_m = line.reach_m
    return Part(line, max(back_m, -LONGEST_RAY_M), min(ahead_m, line.length_m + LONGEST_RAY_M))


def run_for(aimed: Line, length_m: float) -> Line:
    """The line run for a length in metres, produced beyond its end where that is further."""
    start = float(aimed.ends[0, 0]), float(aimed.ends[0, 1])
    if isinstance(aimed, Geodesic):
        return Geodesic.from_azimuth(aimed.ellipsoid, start, aimed.start_azimuth_deg, length_m)
    if isinstance(aimed, Loxodrome):
        return Loxodrome.from_azimuth(aimed.ellipsoid, start, aimed.azimuth_deg, length_m)
    return Part(aimed, 0.0, length_m)
