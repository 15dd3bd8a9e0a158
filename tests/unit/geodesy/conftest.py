"""Lines of every kind, in places where longitudes, poles and signs go wrong if they can."""

from __future__ import annotations

import pytest

from merestone.geodesy.ellipsoid import GRS80, WGS84
from merestone.geodesy.line import Line
from merestone.geodesy.lines.arc import Arc, Turn
from merestone.geodesy.lines.geodesic import Geodesic
from merestone.geodesy.lines.lonlat import StraightInLonLat
from merestone.geodesy.lines.loxodrome import Loxodrome
from merestone.geodesy.lines.meridian import Meridian
from merestone.geodesy.lines.parallel import Parallel
from merestone.geodesy.lines.projected import ProjectedStraight

EVERY_LINE: dict[str, Line] = {
    "geodesic": Geodesic.between(WGS84, (24.0, 19.5), (16.0, 23.44361)),
    "geodesic over the antimeridian": Geodesic.between(WGS84, (170.0, 60.0), (-150.0, 65.0)),
    "geodesic past the pole": Geodesic.between(GRS80, (10.0, 80.0), (-165.0, 85.0)),
    "geodesic over the pole": Geodesic.between(WGS84, (30.0, 70.0), (-150.0, 80.0)),
    "geodesic up a meridian": Geodesic.between(WGS84, (-30.0, -70.0), (-30.0, 10.0)),
    "short geodesic": Geodesic.between(WGS84, (45.0, 40.0), (45.01, 40.01)),
    "loxodrome": Loxodrome.between(WGS84, (24.0, 19.5), (16.0, 23.44361)),
    "loxodrome nearly east": Loxodrome.between(WGS84, (0.0, 45.0), (40.0, 45.0000001)),
    "loxodrome over the antimeridian": Loxodrome.between(WGS84, (-175.0, -20.0), (170.0, 30.0)),
    "parallel eastward": Parallel.between(WGS84, (170.0, 49.0), (-170.0, 49.0)),
    "parallel westward": Parallel.between(GRS80, (10.0, 75.0), (-20.0, 75.0)),
    "meridian northward": Meridian.between(WGS84, (24.0, 19.5), (24.0, 60.0)),
    "meridian southward": Meridian.between(GRS80, (-70.0, 5.0), (-70.0, -50.0)),
    "straight in lon/lat": StraightInLonLat.between(WGS84, (24.0, 19.5), (16.0, 23.44361)),
    "straight in lon/lat over the antimeridian": StraightInLonLat.between(WGS84, (175.0, 60.0), (-160.0, 70.0)),
    "straight on UTM": ProjectedStraight.between(WGS84, (24.0, 19.5), (16.0, 23.44361), "EPSG:32633"),
    "straight on polar stereographic": ProjectedStraight.between(WGS84, (-179.0, 80.0), (100.0, 85.0), "EPSG:3413"),
    "arc": Arc.around(WGS84, (-66.5, -55.0), 22224.0, 30.0, 120.0, Turn.CLOCKWISE),
    "circle anticlockwise": Arc.around(WGS84, (179.9, 50.0), 22224.0, 0.0, 0.0, Turn.ANTICLOCKWISE),
    "arc round the pole": Arc.around(GRS80, (10.0, 89.0), 300_000.0, 0.0, 200.0, Turn.CLOCKWISE),
}


@pytest.fixture(params=list(EVERY_LINE.values()), ids=list(EVERY_LINE))
def line(request: pytest.FixtureRequest) -> Line:
    """One line of every kind in turn."""
    given: Line = request.param
    return given
