"""Whether a length agrees on the plane of a projection instead of on the ellipsoid, or the other way round."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from merestone.delimit.boundary_line import CompiledLeg
from merestone.delimit.drawn import TroubleError
from merestone.delimit.expectations import Evaluated
from merestone.delimit.plane_lengths import plane_length_m
from merestone.description.azimuths import GridNorth
from merestone.description.tree import AtCoordinates, ExpectLength, Grid, Name

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
    for plane in dict.fromkeys(_planes(legs, compiled)):
        try:
            on_plane_m = plane_length_m(legs, plane)
        except TroubleError:
            continue
        if abs(on_plane_m - figure.expected) <= figure.allowed:
            return (
                f"suspect the scale of the grid first: on {plane.text} the length is {on_plane_m:,.3f} m and agrees (factor "
                f"{on_plane_m / on_ellipsoid_m:.7f}); write `expect length ... on {plane.text}` if the instrument counts there"
            )
    return None


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
