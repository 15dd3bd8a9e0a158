"""Land that is one State's in one version and another's in another, straight from the polygons."""

from __future__ import annotations

from merestone.compare.states.state import State
from merestone.compare.states.state_polygons import area_m2, land_of
from merestone.geodesy.ellipsoid import WGS84, Ellipsoid


def land_of_one_in_the_other(one: State, other: State, ellipsoid: Ellipsoid = WGS84) -> float:
    """Give the area on the ellipsoid in m² of the land that lies in both States' polygons.

    With one State of one version and its neighbour of another version, that is the land that changes hands between
    them. It uses nothing of the comparison of lines and so can be held against it.
    """
    import shapely

    common = shapely.intersection(land_of(one, ellipsoid).geometry, land_of(other, ellipsoid).geometry)
    return area_m2(common, ellipsoid)
