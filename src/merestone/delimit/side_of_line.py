"""On which side of a line a place lies."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from merestone.delimit.boundary_line import UNITS_PER_DEGREE, CompiledLeg, CompiledSection
from merestone.geodesy.elementary import inverse
from merestone.geodesy.line import Floats

TIE_M = 1e-3
"""Legs that are nearest to a place within this share the corner that it is nearest to."""


@dataclass(frozen=True, slots=True)
class Where:
    """Where a place lies: positive to the left, in metres from the nearest place of the line; in which section."""

    left_m: float
    section: CompiledSection


def inner_side(section: CompiledSection) -> str:
    """The side of travel on which the inside of a ring lies."""
    places = np.concatenate([leg.vertices[:-1] for leg in section.legs]) / UNITS_PER_DEGREE
    x, y = np.unwrap(places[:, 0], period=360.0), places[:, 1]
    doubled = float(np.sum(x * np.roll(y, -1) - np.roll(x, -1) * y))
    return "left" if doubled > 0.0 else "right"


def side_of(lonlat: Floats, sections: tuple[CompiledSection, ...], legs: tuple[CompiledLeg, ...]) -> Where:
    """On which side of the nearest leg a place lies.

    Where it is nearest to a corner, the leg that it stands more squarely to decides: the sign of the sum of the two
    sines is that of the larger.
    """
    found = [(leg, leg.line.nearest(lonlat[None, :])) for leg in legs]
    nearest_m = min(abs(float(nearest.separation_m[0])) for _, nearest in found)
    best, best_square = found[0], -1.0
    for leg, nearest in found:
        if abs(float(nearest.separation_m[0])) <= nearest_m + TIE_M:
            to_place = inverse(leg.frame.ellipsoid, nearest.lonlat, lonlat[None, :])[0]
            square = abs(float(np.sin(np.radians(to_place - leg.line.azimuth(nearest.along_m)))[0]))
            if square > best_square:
                best, best_square = (leg, nearest), square
    leg, nearest = best
    section = next(each for each in sections if each.name == leg.section)
    return Where(float(nearest.separation_m[0]), section)
