"""A leg given by an azimuth: a ray from its start, of a kind that is named or read as "straight" is read."""

from __future__ import annotations

from dataclasses import replace

from merestone.delimit.drawn import Drawn, Setting
from merestone.delimit.endings import drawn
from merestone.delimit.fix import Place
from merestone.delimit.on_grid import FIRST_M, grid_course, grid_ray
from merestone.delimit.straight import as_read, longest_ray_m, projected, ray_as_read, reading_of
from merestone.description.legs.at_azimuth import AtAzimuthLeg
from merestone.description.tree import ForDistance, Name
from merestone.geodesy.line import Line


def draw(node: AtAzimuthLeg, setting: Setting) -> Drawn:
    """The ray at the azimuth to where the words end it."""
    if node.projection is not None:
        return _on_grid(node, node.projection, setting)
    reading, taken = reading_of(node.by, None, setting)
    azimuth_deg = setting.around.true_azimuth_deg(node.azimuth, setting.start)

    def between(start: Place, end: Place) -> Line:
        return as_read(reading, setting.frame, start, end)

    def ray(start: Place, length_m: float) -> Line:
        return ray_as_read(reading, setting.ellipsoid, start, azimuth_deg, length_m, setting.subject, setting.span)

    longest_m = longest_ray_m(reading, setting.ellipsoid, setting.start, azimuth_deg)
    return replace(drawn(setting, between, ray, "", longest_m), reading=taken)


def _on_grid(node: AtAzimuthLeg, projection: Name, setting: Setting) -> Drawn:
    """The line that is straight on the grid, by a direction and, where it runs for one, a length of the grid."""
    if isinstance(setting.ending, ForDistance):
        grid_m = setting.around.metres(setting.ending.distance)
        return Drawn(grid_course(node.azimuth, projection, setting, setting.start, grid_m))

    def between(start: Place, end: Place) -> Line:
        return projected(projection, setting.frame, start, end)

    def ray(start: Place, length_m: float) -> Line:
        return grid_ray(node.azimuth, projection, setting, start, length_m)

    longest_m = grid_course(node.azimuth, projection, setting, setting.start, FIRST_M).reach_m[1]
    return drawn(setting, between, ray, "", longest_m)
