"""A map sheet on the ellipsoid: from the sheet to the plane of its projection, and from there to degrees.

An edge that was digitised is straight on the sheet. On the ellipsoid it is a curve (straight on the projection, bent
further by a polynomial or a spline), which a chain straight in lon/lat follows within a tolerance.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from merestone.errors import GeometryError
from merestone.geodesy.elementary import continued_longitudes, inverse, radii_m
from merestone.geodesy.ellipsoid import Ellipsoid
from merestone.geodesy.georeference import Georeference, georeference
from merestone.geodesy.line import Floats
from merestone.geodesy.projection import Projection
from merestone.sources.map_sheet import MapSheet

_INSIDE = np.arange(1, 8) / 8.0
_BETWEEN_SAMPLES = 1.02
"""Seven places inside a piece miss at most 1/64 of the height of a parabola."""
_MOST_HALVINGS = 16


@dataclass(frozen=True, slots=True)
class LocalPlane:
    """Degrees as metres around a place: east by the parallel's radius there, north by the meridian's. Straight lines
    stay straight in lon/lat; for sheets whose projection is not named."""

    ellipsoid: Ellipsoid
    lon_deg: float
    lat_deg: float

    def forward(self, lonlat: Floats) -> Floats:
        """Metres east and north: (n, 2) -> (n, 2)."""
        return np.asarray((lonlat - self._origin) * self._metres)

    def inverse(self, grid_m: Floats) -> Floats:
        """Degrees: (n, 2) -> (n, 2)."""
        return np.asarray(grid_m / self._metres + self._origin)

    @property
    def _origin(self) -> Floats:
        return np.array([self.lon_deg, self.lat_deg])

    @property
    def _metres(self) -> Floats:
        meridian_m, vertical_m = radii_m(self.ellipsoid, np.array([self.lat_deg]))
        return np.radians([vertical_m[0] * np.cos(np.radians(self.lat_deg)), meridian_m[0]])


@dataclass(frozen=True, slots=True, eq=False)
class SheetGround:
    """A sheet laid on the ellipsoid: its fit to the plane, the plane, and which way its y axis runs."""

    fit: Georeference
    plane: Projection | LocalPlane
    y_down: bool

    def upright(self, sheet: Floats) -> Floats:
        """Places on the sheet with y running up, as they are fitted: (n, 2) -> (n, 2)."""
        return np.asarray(sheet * np.array([1.0, -1.0])) if self.y_down else sheet

    def lonlat(self, sheet: Floats) -> Floats:
        """Longitude and latitude in degrees of places on the sheet: (n, 2) -> (n, 2).

        Raises `GeometryError` where one lies outside the projection.
        """
        lonlat = self.plane.inverse(self.fit.ground(self.upright(sheet)))
        if not np.isfinite(lonlat).all() or np.abs(lonlat[:, 1]).max() > 90.0:
            raise GeometryError(
                "a position on the sheet lies outside the area of the map's projection; check its control points"
            )
        return lonlat


def lay(sheet: MapSheet) -> SheetGround:
    """A sheet laid on the ellipsoid of its frame by its control points and its method; raises `GeometryError`."""
    control = np.array([point.sheet for point in sheet.control]).reshape(-1, 2)
    ground = np.array([point.ground for point in sheet.control]).reshape(-1, 2)
    plane: Projection | LocalPlane
    if sheet.in_degrees and len(ground):
        ground = np.column_stack([continued_longitudes(float(ground[0, 0]), ground[:, 0]), ground[:, 1]])
    if sheet.projection is None:
        lon, lat = ground.mean(axis=0) if len(ground) else (0.0, 0.0)
        plane = LocalPlane(sheet.frame.ellipsoid, float(lon), float(lat))
    else:
        plane = sheet.projection
    ground_m = plane.forward(ground) if sheet.in_degrees else ground
    if not np.isfinite(ground_m).all():
        raise GeometryError(
            "a control point lies outside the area of the map's projection; check the point and the projection"
        )
    upright = control * np.array([1.0, -1.0]) if sheet.y_down else control
    return SheetGround(georeference(upright, ground_m, sheet.method), plane, sheet.y_down)


def followed(ground: SheetGround, ellipsoid: Ellipsoid, sheet: Floats, tolerance_m: float) -> tuple[Floats, float]:
    """A chain (m, 2) straight in lon/lat that follows edges straight on the sheet (n, 2), and its departure in metres.

    Every piece is halved until seven places inside it lie within the tolerance. Raises `GeometryError` where sixteen
    halvings do not do.
    """
    places = sheet
    for _ in range(_MOST_HALVINGS):
        lonlat = _running_on(ground.lonlat(places))
        departure_m = _departure_m(ground, ellipsoid, places, lonlat)
        wide = np.nonzero(departure_m > tolerance_m)[0]
        if not len(wide):
            return lonlat, float(departure_m.max())
        places = np.insert(places, wide + 1, (places[wide] + places[wide + 1]) / 2.0, axis=0)
    raise GeometryError(f"an edge on the sheet cannot be followed within {tolerance_m} m; check the control points")


def _departure_m(ground: SheetGround, ellipsoid: Ellipsoid, places: Floats, lonlat: Floats) -> Floats:
    """How far each piece straight in lon/lat is from the edge on the sheet, in metres: (n, 2), (n, 2) -> (n - 1,)."""
    greatest = np.zeros(len(places) - 1)
    for share in _INSIDE:
        curve = ground.lonlat(places[:-1] + share * np.diff(places, axis=0))
        chord = lonlat[:-1] + share * np.diff(lonlat, axis=0)
        greatest = np.maximum(greatest, inverse(ellipsoid, curve, chord)[2])
    return np.asarray(_BETWEEN_SAMPLES * greatest)


def _running_on(lonlat: Floats) -> Floats:
    """The chain with longitudes that run on continuously from its start."""
    turns = np.cumsum(np.round(np.diff(lonlat[:, 0], prepend=lonlat[0, 0]) / 360.0))
    return np.column_stack([lonlat[:, 0] - 360.0 * turns, lonlat[:, 1]])
