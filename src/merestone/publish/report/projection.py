"""The projection of the report's map: of three that a surveyor knows, the one that distorts this line least.

Each candidate is centred on the line and true to scale at its centre: transverse Mercator (lines that run north and
south), Lambert's conformal conic with one standard parallel (lines that run east and west in middle latitudes),
Lambert's azimuthal equal-area (everything else, and near the poles). What is compared is measured: the greatest
departure of Tissot's two semi-axes from one along the line (Snyder, Map Projections: A Working Manual, USGS
Professional Paper 1395, 1987, section 4).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from pyproj import Proj
from pyproj.exceptions import ProjError

from merestone.geodesy.ellipsoid import Ellipsoid
from merestone.geodesy.line import Floats
from merestone.publish.report.numbers import THIN, place

_SAMPLES = 128
_CAP_ROUNDS = 64
_CONIC_LATITUDES_DEG = (10.0, 75.0)


@dataclass(frozen=True, slots=True)
class MapProjection:
    """A projection centred on the line: its name, centre (longitude, latitude in degrees), and the greatest relative
    distortion of length along the line."""

    name: str
    centre: tuple[float, float]
    distortion: float
    proj: Proj

    def forward(self, lonlat: Floats) -> Floats:
        """Places (n, 2) in degrees as metres east and north of the centre (n, 2); NaN where there is no image."""
        east, north = self.proj(lonlat[:, 0], lonlat[:, 1], errcheck=False)
        return _finite(np.column_stack([east, north]))

    def inverse(self, metres: Floats) -> Floats:
        """Metres east and north of the centre (n, 2) as places in degrees, longitudes within half a turn of the
        centre; NaN outside the image of the Earth."""
        lon, lat = self.proj(metres[:, 0], metres[:, 1], inverse=True, errcheck=False)
        places = _finite(np.column_stack([lon, lat]))
        places[:, 0] = self.centre[0] + (places[:, 0] - self.centre[0] + 180.0) % 360.0 - 180.0
        return places

    @property
    def caption(self) -> str:
        """The projection in words: name, centre, what it does to lengths along the line."""
        return (
            f"{self.name}, true to scale at its centre {place(*self.centre)}; "
            f"lengths along the line within {_percent(self.distortion)}"
        )


def suited_to(ellipsoid: Ellipsoid, lonlat: Floats) -> MapProjection:
    """The projection that distorts lengths least along the places (n, 2), n >= 1."""
    sample = lonlat[np.unique(np.linspace(0, len(lonlat) - 1, _SAMPLES).round().astype(np.intp))]
    centre = _centre(sample)
    figure = {"a": ellipsoid.a_m, "rf": ellipsoid.inverse_flattening} if ellipsoid.f else {"R": ellipsoid.a_m}
    found = [
        MapProjection(name, centre, _distortion(proj, sample), proj)
        for name, parameters in _candidates(centre)
        for proj in [Proj({**parameters, **figure, "lon_0": centre[0]}, preserve_units=True)]
    ]
    return min(found, key=lambda candidate: round(candidate.distortion, 9))


def _candidates(centre: tuple[float, float]) -> list[tuple[str, dict[str, object]]]:
    """The candidates for a centre, the plainest last: `min` takes the first of equals."""
    latitude = centre[1]
    azimuthal = ("Lambert azimuthal equal-area", {"proj": "laea", "lat_0": latitude})
    mercator = ("Transverse Mercator", {"proj": "tmerc", "lat_0": latitude, "k_0": 1.0})
    conic = ("Lambert conformal conic", {"proj": "lcc", "lat_1": latitude, "lat_0": latitude, "k_0": 1.0})
    low, high = _CONIC_LATITUDES_DEG
    if abs(latitude) > high:
        return [azimuthal]
    return [mercator, conic, azimuthal] if abs(latitude) >= low else [mercator, azimuthal]


def _distortion(proj: Proj, sample: Floats) -> float:
    """The greatest departure of Tissot's semi-axes from one; infinite where the projection has no image."""
    try:
        factors = proj.get_factors(sample[:, 0], sample[:, 1], errcheck=True)
    except ProjError:
        return float("inf")
    axes = np.concatenate([np.atleast_1d(factors.tissot_semimajor), np.atleast_1d(factors.tissot_semiminor)])
    worst = float(np.abs(axes - 1.0).max())
    return worst if np.isfinite(worst) else float("inf")


def _centre(sample: Floats) -> tuple[float, float]:
    """The centre of the smallest cap about the places, to a minute: Badoiu and Clarkson, Smaller core-sets for balls
    (SODA 2003): step towards the farthest, by ever smaller steps."""
    lon, lat = np.radians(sample).T
    vectors = np.column_stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)])
    centre = vectors.mean(axis=0)
    for step in range(1, _CAP_ROUNDS):
        farthest = vectors[int(np.argmax(((vectors - centre) ** 2).sum(axis=1).round(12)))]
        centre = centre + (farthest - centre) / (step + 1)
    longitude = float(np.degrees(np.arctan2(centre[1], centre[0])))
    latitude = float(np.degrees(np.arctan2(centre[2], np.hypot(centre[0], centre[1]))))
    return round(longitude * 60) / 60, round(latitude * 60) / 60


def _finite(places: Floats) -> Floats:
    return np.where(np.isfinite(places), places, np.nan)


def _percent(share: float) -> str:
    """A relative distortion as per cent, rounded up so that it bounds."""
    for decimals in (4, 3, 2, 1):
        if share * 100 < 10 ** (1 - decimals):
            return f"{max(np.ceil(share * 100 * 10**decimals), 1) / 10**decimals:.{decimals}f}{THIN}%"
    return f"{np.ceil(share * 100):.0f}{THIN}%"
