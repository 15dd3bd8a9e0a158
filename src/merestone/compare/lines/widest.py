"""How wide an area is that no second line bounds: the diameter of the largest circle inside it."""

from __future__ import annotations

import numpy as np

from merestone.geodesy.elementary import radii_m
from merestone.geodesy.ellipsoid import Ellipsoid
from merestone.geodesy.line import Floats

_PRECISION = 1e-3


def widest_m(ellipsoid: Ellipsoid, rings: tuple[Floats, ...]) -> float:
    """The diameter in metres of the largest circle inside an outline with holes, closed rings (n, 2) in degrees.

    In the plane of differences of latitude and longitude times M and N cos(phi) at the middle: good to a thousandth for
    areas of some tens of kilometres. The search is GEOS's (polylabel: V. Agafonkin, 2016).
    """
    import shapely

    middle = (rings[0].min(axis=0) + rings[0].max(axis=0)) / 2.0
    along, across = radii_m(ellipsoid, middle[1:])
    scale = np.radians([float(across[0]) * np.cos(np.radians(middle[1])), float(along[0])])
    outline, *holes = ((ring - middle) * scale for ring in rings)
    extent_m = float(np.ptp(outline, axis=0).max())
    circle = shapely.maximum_inscribed_circle(shapely.Polygon(outline, holes), extent_m * _PRECISION)
    return 2.0 * float(shapely.length(circle))
