"""Whether a length or an azimuth that disagrees was counted on a grid: its scale, or its north, explains the difference.

Surveys on a grid print lengths on its plane and directions from its north, and seldom say so. The planes that the
description names are tried first, then the UTM zones of the place, in which most surveys of this kind are computed.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from merestone.delimit.bearing_and_length import turned
from merestone.delimit.boundary_line import CompiledLeg
from merestone.delimit.drawn import TroubleError
from merestone.delimit.expectations import Evaluated, azimuth_to_a_point
from merestone.delimit.norths import plane_of
from merestone.delimit.plane_lengths import plane_length_m
from merestone.description.azimuths import GridNorth, MagneticNorth
from merestone.description.tree import AtCoordinates, ExpectAzimuth, ExpectLength, Grid, Name
from merestone.geodesy.angle import Angle
from merestone.geodesy.line import Floats

if TYPE_CHECKING:
    from merestone.delimit.compile import Compiled


def scale_that_explains(figure: Evaluated, compiled: Compiled) -> str | None:
    """What to suspect first: that the length was printed on a plane that the text names, or on the ellipsoid; or None."""
    if not isinstance(figure.expectation, ExpectLength):
        return None
    legs = _legs_of(figure.expectation, compiled)
    on_ellipsoid_m = sum(leg.length_m for leg in legs)
    if not legs or on_ellipsoid_m == 0.0:
        return None
    if figure.on_plane is not None:
        if abs(on_ellipsoid_m - figure.expected) > figure.allowed:
            return None
        return (
            f"suspect the scale of the grid first: on the ellipsoid the length is {on_ellipsoid_m:,.3f} m and agrees (the "
            f"factor of {figure.on_plane} here is {figure.computed / on_ellipsoid_m:.7f})"
        )
    named = tuple(_planes(legs, compiled))
    for plane in dict.fromkeys((*named, *_utm_zones(legs[0].line.ends[0]))):
        try:
            on_plane_m = plane_length_m(legs, plane)
        except TroubleError:
            continue
        # A zone that the text does not name must do more than tip the balance: its scale must exceed what is allowed.
        if plane not in named and abs(on_plane_m - on_ellipsoid_m) <= figure.allowed:
            continue
        if abs(on_plane_m - figure.expected) <= figure.allowed:
            return (
                f"suspect the scale of the grid first: on {plane.text}{_zone_text(plane)} the length is {on_plane_m:,.3f} m and agrees (factor "
                f"{on_plane_m / on_ellipsoid_m:.7f}); write `expect length ... on {plane.text}` if the instrument counts there"
            )
    return None


def north_that_explains(figure: Evaluated, compiled: Compiled) -> str | None:
    """What to suspect first: that the azimuth is counted from the north of a grid, whose convergence explains it; or None."""
    clause, ends = figure.expectation, figure.ends
    if not isinstance(clause, ExpectAzimuth) or not isinstance(clause.azimuth, Angle) or ends is None:
        return None
    if isinstance(compiled.resolved.north, GridNorth | MagneticNorth):
        return None
    leg = _leg_of(clause, compiled)
    if leg is None:
        return None
    both = np.array([ends.start_place, ends.end_place])
    for plane in dict.fromkeys((*_planes((leg,), compiled), *_utm_zones(both[0]))):
        try:
            start, end = plane_of(plane, leg.frame).forward(both)
        except TroubleError:
            continue
        on_plane_deg = float(np.degrees(np.arctan2(end[0] - start[0], end[1] - start[1]))) % 360.0
        convergence_deg = float(turned(figure.computed - on_plane_deg))
        off_deg = float(turned(on_plane_deg - figure.expected))
        if abs(off_deg) <= figure.allowed < abs(convergence_deg):
            return (
                f"suspect the north first: counted from grid north of {plane.text}{_zone_text(plane)} the azimuth is "
                f"{on_plane_deg:.5f}° and agrees (the convergence is {convergence_deg:.4f}°); if the instrument counts so, "
                f"write `azimuths from grid north of {plane.text}` in the head"
            )
    return None


def _leg_of(clause: ExpectAzimuth, compiled: Compiled) -> CompiledLeg | None:
    """The leg that an azimuth is said of: in a clause of its own, or beside the end that the leg runs to."""
    for section in compiled.line.sections:
        for leg in section.legs:
            if any(each is clause for each in leg.clauses):
                return leg
            if azimuth_to_a_point(compiled.resolved.legs[leg.section, leg.name].node) == clause:
                return leg
    return None


def _utm_zones(place: Floats) -> Iterator[Name]:
    """The UTM zone of a longitude and latitude, and a neighbour whose edge lies within a degree."""
    lon, lat = float(place[0]), float(place[1])
    first = 32_600 if lat >= 0.0 else 32_700
    for beside in (lon, lon - 1.0, lon + 1.0):
        yield Name(f"EPSG:{first + int((beside + 180.0) // 6.0) % 60 + 1}")


def _zone_text(plane: Name) -> str:
    """The name of a UTM zone behind its code; nothing for another projection."""
    code = plane.text.removeprefix("EPSG:")
    if len(code) != 5 or code[:3] not in ("326", "327"):
        return ""
    return f" (UTM zone {int(code[3:])}{'N' if code[2] == '6' else 'S'})"


def _legs_of(clause: ExpectLength, compiled: Compiled) -> tuple[CompiledLeg, ...]:
    for section in compiled.line.sections:
        if any(each is clause for each in section.node.clauses):
            return section.legs
        for leg in section.legs:
            if any(each is clause for each in leg.clauses):
                return (leg,)
    return ()


def _planes(legs: tuple[CompiledLeg, ...], compiled: Compiled) -> Iterator[Name]:
    """The projections that the legs, the head and the points of a description name, in this order."""
    for leg in legs:
        named = getattr(compiled.resolved.legs[leg.section, leg.name].node.kind, "projection", None)
        if isinstance(named, Name):
            yield named
    if isinstance(compiled.resolved.north, GridNorth):
        yield compiled.resolved.north.projection
    for point in compiled.resolved.points.values():
        for definition in point.definitions:
            said = definition.coordinates if isinstance(definition, AtCoordinates) else None
            if isinstance(said, Grid) and said.system is not None:
                yield said.system
