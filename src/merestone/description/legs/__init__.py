"""The kinds of leg that the language knows: one module each, listed once here."""

from __future__ import annotations

from merestone.description.legs import (
    along_circle,
    along_feature,
    along_leg,
    along_line,
    along_section,
    arc,
    at_azimuth,
    at_right_angles,
    contour,
    curve,
    geodesic,
    loxodrome,
    map_line,
    median_between,
    meridian,
    offset,
    parallel,
    straight,
    straight_on,
    towards,
    traverse,
    water_line,
    watershed,
)
from merestone.description.legs.syntax import LegSyntax

LEG_KINDS: tuple[LegSyntax, ...] = (
    straight.SYNTAX,
    geodesic.SYNTAX,
    loxodrome.SYNTAX,
    parallel.SYNTAX,
    meridian.SYNTAX,
    straight_on.SYNTAX,
    towards.SYNTAX,
    arc.SYNTAX,
    at_azimuth.SYNTAX,
    at_right_angles.SYNTAX,
    curve.SYNTAX,
    traverse.SYNTAX,
    along_leg.SYNTAX,
    along_section.SYNTAX,
    along_line.SYNTAX,
    along_circle.SYNTAX,
    watershed.SYNTAX,
    water_line.SYNTAX,
    map_line.SYNTAX,
    contour.SYNTAX,
    offset.SYNTAX,
    median_between.SYNTAX,
    along_feature.SYNTAX,
)
"""Every kind of leg. A new kind is a module here, a module in `merestone.delimit.legs`, and a line in each table."""

__all__ = ["LEG_KINDS", "LegSyntax"]
