"""The named candidate readings of "straight line" between two places.

Every candidate but the geodesic is straight on some plane: the loxodrome on Mercator's, "straight in longitude and
latitude" on the plane of the two numbers themselves, the others on the grid of a projection. The projection is
applied to the latitudes and longitudes of the leg's own frame, on its ellipsoid.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from merestone.delimit.straight import name_of
from merestone.description.tree import DeclaredReading, Reading, ReadingKind
from merestone.geodesy.ellipsoid import Ellipsoid
from merestone.geodesy.line import Floats
from merestone.geodesy.projection import Projection

MERCATOR = "+proj=merc +type=crs"
LONLAT = "longitude and latitude"


@dataclass(frozen=True, slots=True)
class Candidate:
    """One reading: its name, the name that it shares over legs in different zones, and its plane (None: geodesic).

    `plane` is `LONLAT`, or names a projection as `merestone.geodesy.projection` takes it.
    """

    name: str
    family: str
    plane: str | None


GEODESIC = Candidate(ReadingKind.GEODESIC.value, ReadingKind.GEODESIC.value, None)
LOXODROME = Candidate(ReadingKind.LOXODROME.value, ReadingKind.LOXODROME.value, MERCATOR)
PARALLEL = Candidate(ReadingKind.PARALLEL.value, ReadingKind.PARALLEL.value, MERCATOR)
IN_LONLAT = Candidate(ReadingKind.LONLAT.value, ReadingKind.LONLAT.value, LONLAT)


def candidates_of(places: Floats, declared: DeclaredReading | None) -> tuple[Candidate, ...]:
    """The readings to compare for the straight line(s) through `places` (n, 2), each once.

    What the description declares comes first, then geodesic, loxodrome, straight in longitude and latitude, straight
    on the UTM zone of the middle (unless a projection is declared), and the parallel where all latitudes are equal.
    """
    said = () if declared is None else (declared.reading, *declared.also)
    found = [_of_reading(reading) for reading in said]
    found += [GEODESIC, LOXODROME, IN_LONLAT]
    if not any(reading.kind is ReadingKind.PROJECTED for reading in said):
        zone = _utm_zone(places)
        found += [zone] if zone is not None else []
    if len(set(places[:, 1].tolist())) == 1:
        found.append(PARALLEL)
    return tuple({candidate.name: candidate for candidate in found}.values())


def _of_reading(reading: Reading) -> Candidate:
    match reading.kind:
        case ReadingKind.GEODESIC:
            return GEODESIC
        case ReadingKind.LOXODROME:
            return LOXODROME
        case ReadingKind.PARALLEL:
            return PARALLEL
        case ReadingKind.LONLAT:
            return IN_LONLAT
        case ReadingKind.PROJECTED:
            name = name_of(reading)
            return Candidate(name, name, reading.projection.text if reading.projection is not None else "")


def _utm_zone(places: Floats) -> Candidate | None:
    """Straight on the UTM zone of the middle; None beyond the latitudes that UTM covers (80° S to 84° N)."""
    lowest, highest = float(places[:, 1].min()), float(places[:, 1].max())
    if lowest < -80.0 or highest > 84.0:
        return None
    middle = math.remainder((float(places[:, 0].min()) + float(places[:, 0].max())) / 2.0, 360.0)
    zone = min(int((middle + 180.0) // 6.0), 59) + 1
    side = "N" if (lowest + highest) / 2.0 >= 0.0 else "S"
    return Candidate(
        f"straight on UTM zone {zone}{side}", "straight on the leg's UTM zone", f"+proj=utm +zone={zone} +type=crs"
    )


def on_plane(plane: str, ellipsoid: Ellipsoid, lonlat: Floats) -> Floats:
    """Places (n, 2) in degrees on a plane: (n, 2), not finite outside its domain.

    Mercator's plane is continued beyond 180 degrees, so that a line across the antimeridian stays in one piece.
    """
    if plane == LONLAT:
        return lonlat
    if plane == MERCATOR:
        northing = Projection(plane, ellipsoid).forward(np.column_stack([np.zeros(len(lonlat)), lonlat[:, 1]]))[:, 1]
        return np.column_stack([np.radians(lonlat[:, 0]) * ellipsoid.a_m, northing])
    return Projection(plane, ellipsoid).forward(lonlat)


def from_plane(plane: str, ellipsoid: Ellipsoid, grid: Floats) -> Floats:
    """Places of a plane (n, 2) in degrees: (n, 2), not finite outside its domain."""
    if plane == LONLAT:
        return grid
    if plane == MERCATOR:
        latitude = Projection(plane, ellipsoid).inverse(np.column_stack([np.zeros(len(grid)), grid[:, 1]]))[:, 1]
        return np.column_stack([np.degrees(grid[:, 0] / ellipsoid.a_m), latitude])
    return Projection(plane, ellipsoid).inverse(grid)
