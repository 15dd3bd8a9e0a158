"""A commission's own frame: transformations by stated parameters, or estimated from common points.

An instrument that fixes a frame of its own states how it hangs on another: three shifts, seven parameters in one of
the two sign conventions (they differ in the sign of the rotations, and mixing them up moves a place by tens of
metres, so the convention is always named), ten parameters about a pivot (Molodensky-Badekas), or a list of points in
both frames. PROJ carries the parameters out.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

import numpy as np
import pyproj
from pyproj.enums import TransformDirection

from merestone.errors import GeometryError
from merestone.geodesy.ellipsoid import Ellipsoid
from merestone.geodesy.frame import Frame
from merestone.geodesy.line import Floats
from merestone.geodesy.transform import separation_m
from merestone.geodesy.uncertainty import Component, Uncertainty

_ARCSEC = np.pi / 648000.0
WEAK_EXTRAPOLATION = 3.0
SINGULAR_CONDITION = 1e10


class Convention(Enum):
    """The sign of the rotations: of the position vector (EPSG 9606, 1062), or of the frame's axes (EPSG 9607, 1034)."""

    POSITION_VECTOR = "position_vector"
    COORDINATE_FRAME = "coordinate_frame"


@dataclass(frozen=True, slots=True)
class ThreeParameters:
    """Shifts along the geocentric axes in metres, from source to target."""

    shift_m: tuple[float, float, float]

    @property
    def proj(self) -> str:
        """The step for PROJ."""
        return f"+proj=helmert {_xyz('x y z', self.shift_m)}"


@dataclass(frozen=True, slots=True)
class SevenParameters:
    """Shifts in metres, rotations in seconds of arc in a named convention, scale difference in parts per million."""

    shift_m: tuple[float, float, float]
    rotation_arcsec: tuple[float, float, float]
    scale_ppm: float
    convention: Convention

    @property
    def proj(self) -> str:
        """The step for PROJ."""
        return f"+proj=helmert {_seven(self)}"


@dataclass(frozen=True, slots=True)
class TenParameters:
    """Seven parameters about a pivot (Molodensky-Badekas): its geocentric coordinates in the source, in metres."""

    shift_m: tuple[float, float, float]
    rotation_arcsec: tuple[float, float, float]
    scale_ppm: float
    pivot_m: tuple[float, float, float]
    convention: Convention

    @property
    def proj(self) -> str:
        """The step for PROJ."""
        return f"+proj=molobadekas {_seven(self)} {_xyz('px py pz', self.pivot_m)}"


Parameters = ThreeParameters | SevenParameters | TenParameters


def _xyz(names: str, values: tuple[float, float, float]) -> str:
    """Three parameters as PROJ writes them."""
    return " ".join(f"+{name}={value!r}" for name, value in zip(names.split(), values, strict=True))


def _seven(parameters: SevenParameters | TenParameters) -> str:
    """Seven parameters as PROJ writes them."""
    return (
        f"{_xyz('x y z', parameters.shift_m)} {_xyz('rx ry rz', parameters.rotation_arcsec)}"
        f" +s={parameters.scale_ppm!r} +convention={parameters.convention.value}"
    )


@dataclass(frozen=True, slots=True)
class OwnTransformation:
    """From a commission's own frame to another by parameters, with the accuracy stated for it in metres.

    `statement` says where the parameters stand (the article, the protocol).
    """

    source: Frame
    target: Frame
    parameters: Parameters
    accuracy_m: float
    statement: str

    @property
    def pipeline(self) -> str:
        """The whole computation in PROJ's words; longitude, latitude in degrees, height in metres."""
        return (
            "+proj=pipeline +step +proj=unitconvert +xy_in=deg +xy_out=rad"
            f" +step +proj=cart {_ellipsoid(self.source.ellipsoid)} +step {self.parameters.proj}"
            f" +step +inv +proj=cart {_ellipsoid(self.target.ellipsoid)} +step +proj=unitconvert +xy_in=rad +xy_out=deg"
        )

    @property
    def uncertainty(self) -> Uncertainty:
        """What the transformation adds to every place: one common error of its accuracy."""
        return Uncertainty((Component(self.statement, self.accuracy_m),))

    def apply(self, lonlat: Floats, *, inverse: bool = False) -> Floats:
        """Places in the target frame, (n, 2) -> (n, 2) degrees, from height 0; `inverse` goes the other way."""
        places = np.array(lonlat, dtype=np.float64).reshape(-1, 2)
        direction = TransformDirection.INVERSE if inverse else TransformDirection.FORWARD
        moved = _transformer(self.pipeline).transform(
            places[:, 0], places[:, 1], np.zeros(len(places)), direction=direction, errcheck=True
        )
        result = np.column_stack(moved[:2])
        result[:, 0] += 360.0 * np.round((places[:, 0] - result[:, 0]) / 360.0)
        return result


def _ellipsoid(ellipsoid: Ellipsoid) -> str:
    """An ellipsoid in PROJ's words."""
    shape = f"+rf={ellipsoid.inverse_flattening!r}" if ellipsoid.inverse_flattening else f"+b={ellipsoid.a_m!r}"
    return f"+a={ellipsoid.a_m!r} {shape}"


@lru_cache(maxsize=64)
def _transformer(pipeline: str) -> pyproj.Transformer:
    """PROJ's transformer of a pipeline."""
    return pyproj.Transformer.from_pipeline(pipeline)


@dataclass(frozen=True, slots=True)
class Fit:
    """A transformation estimated from n common points.

    `residuals_m` (n, 2): east and north of the given target place minus the computed one; `sigma0_m` the standard
    deviation of one horizontal component, None where no observation is left over; `degrees_of_freedom`;
    `extrapolation` the greatest horizontal standard deviation, in units of sigma0, twice as far from the points'
    centre as they lie themselves; `weak` says what is wrong with the geometry, None if nothing.
    """

    transformation: OwnTransformation
    residuals_m: Floats
    sigma0_m: float | None
    degrees_of_freedom: int
    extrapolation: float
    weak: str | None


def estimate(
    source: Frame, target: Frame, source_lonlat: Floats, target_lonlat: Floats, count: int, statement: str
) -> Fit:
    """The 3 or 7 parameters (`count`) that carry common points from source to target best, by least squares.

    Places (n, 2) and (n, 2) in degrees. Only the horizontal differences are adjusted, since a treaty's points have no
    ellipsoidal heights: each point gives an equation to the east and one to the north. Seven parameters are given
    about the points' centre (ten, Molodensky-Badekas), where they are determined best. Raises `GeometryError` where
    the points do not determine them. Source: IOGP 373-7-2, "Helmert 7-parameter" and "Molodensky-Badekas", for the
    parameters; K.-R. Koch, Parameter Estimation and Hypothesis Testing in Linear Models (1999), chapter 3.
    """
    if count not in (3, 7):
        raise ValueError(f"3 or 7 parameters can be estimated, not {count}")
    here, there = _geocentric(source.ellipsoid, source_lonlat), _geocentric(target.ellipsoid, target_lonlat)
    freedom = 2 * len(here) - count
    if len(here) != len(there) or freedom < 0:
        raise GeometryError(f"{len(here)} and {len(there)} common points do not determine {count} parameters")
    pivot = here.mean(axis=0)
    equations = _equations(source_lonlat, here, pivot, count)
    observed = np.einsum("nij,nj->ni", _horizon(source_lonlat), there - here).reshape(-1)
    scale = np.linalg.norm(equations, axis=0)
    if np.any(scale == 0.0) or np.linalg.cond(equations / scale) > SINGULAR_CONDITION:
        raise GeometryError(f"these common points do not determine {count} parameters")
    solution = np.linalg.lstsq(equations / scale, observed, rcond=None)[0] / scale
    parameters = _parameters(solution, pivot)
    fitted = OwnTransformation(source, target, parameters, 0.0, statement)
    residuals = _residuals(fitted, source_lonlat, target_lonlat)
    sigma0 = float(np.sqrt(np.sum(residuals**2) / freedom)) if freedom else None
    accuracy = OwnTransformation(source, target, parameters, sigma0 or 0.0, statement)
    extrapolation = _extrapolation(source.ellipsoid, source_lonlat, equations / scale, scale, pivot)
    return Fit(accuracy, residuals, sigma0, freedom, extrapolation, _weakness(extrapolation, freedom))


def _geocentric(ellipsoid: Ellipsoid, lonlat: Floats) -> Floats:
    """Geocentric coordinates in metres of places at height 0: (n, 2) -> (n, 3)."""
    lon, lat = np.radians(np.asarray(lonlat, dtype=np.float64).reshape(-1, 2)).T
    n = ellipsoid.a_m / np.sqrt(1.0 - ellipsoid.e2 * np.sin(lat) ** 2)
    return np.column_stack(
        (n * np.cos(lat) * np.cos(lon), n * np.cos(lat) * np.sin(lon), n * (1.0 - ellipsoid.e2) * np.sin(lat))
    )


def _equations(lonlat: Floats, xyz: Floats, pivot: Floats, count: int) -> Floats:
    """The derivatives of east and north by the parameters: n places -> (2 n, count)."""
    return np.asarray(np.einsum("nij,njk->nik", _horizon(lonlat), _design(xyz - pivot, count))).reshape(-1, count)


def _extrapolation(ellipsoid: Ellipsoid, lonlat: Floats, scaled: Floats, scale: Floats, pivot: Floats) -> float:
    """The greatest sigma of a computed place, per sigma0, for the points moved out to twice their distance."""
    places = np.asarray(lonlat, dtype=np.float64).reshape(-1, 2)
    outside = 2.0 * places - places.mean(axis=0)
    rows = _equations(outside, _geocentric(ellipsoid, outside), pivot, len(scale)) / scale
    cofactor = np.linalg.pinv(scaled.T @ scaled, hermitian=True, rcond=1e-18)
    pairs = rows.reshape(-1, 2, len(scale))
    variances = np.einsum("nij,jk,nlk->nil", pairs, cofactor, pairs)
    return float(np.sqrt(np.max(np.linalg.eigvalsh(variances))))


def _design(centred: Floats, count: int) -> Floats:
    """The derivatives of a place by the parameters: (n, 3) about the pivot -> (n, 3, count).

    Position vector convention: d = T + r x X + s X; columns T (metres), then r (radians), then s.
    """
    n = len(centred)
    design = np.zeros((n, 3, count))
    design[:, :, :3] = np.eye(3)
    if count == 7:
        x, y, z = centred.T
        zero = np.zeros(n)
        design[:, :, 3] = np.column_stack((zero, -z, y))
        design[:, :, 4] = np.column_stack((z, zero, -x))
        design[:, :, 5] = np.column_stack((-y, x, zero))
        design[:, :, 6] = centred
    return design


def _horizon(lonlat: Floats) -> Floats:
    """The unit vectors to the east and to the north at places: (n, 2) -> (n, 2, 3)."""
    lon, lat = np.radians(np.asarray(lonlat, dtype=np.float64).reshape(-1, 2)).T
    east = np.column_stack((-np.sin(lon), np.cos(lon), np.zeros_like(lon)))
    north = np.column_stack((-np.sin(lat) * np.cos(lon), -np.sin(lat) * np.sin(lon), np.cos(lat)))
    return np.stack((east, north), axis=1)


def _parameters(solution: Floats, pivot: Floats) -> Parameters:
    """The solution in the units that instruments print."""
    shift = (float(solution[0]), float(solution[1]), float(solution[2]))
    if len(solution) == 3:
        return ThreeParameters(shift)
    rx, ry, rz = (float(value / _ARCSEC) for value in solution[3:6])
    px, py, pz = (float(value) for value in pivot)
    return TenParameters(shift, (rx, ry, rz), float(solution[6] * 1e6), (px, py, pz), Convention.POSITION_VECTOR)


def _residuals(fitted: OwnTransformation, source_lonlat: Floats, target_lonlat: Floats) -> Floats:
    """Given minus computed places in metres to the east and north, (n, 2), measured on the ellipsoid."""
    given = np.asarray(target_lonlat, dtype=np.float64).reshape(-1, 2)
    computed = fitted.apply(source_lonlat)
    ellipsoid = fitted.target.ellipsoid
    azimuth, _, _ = pyproj.Geod(a=ellipsoid.a_m, f=ellipsoid.f).inv(*computed.T, *given.T)
    distance = separation_m(ellipsoid, computed, given)
    return np.column_stack((distance * np.sin(np.radians(azimuth)), distance * np.cos(np.radians(azimuth))))


def _weakness(extrapolation: float, freedom: int) -> str | None:
    """What is wrong with the geometry of a fit, None if nothing."""
    if freedom == 0:
        return "no observation is left over to show an error"
    if extrapolation > WEAK_EXTRAPOLATION:
        return f"an error grows {extrapolation:.1f} times towards the surroundings: the points lie nearly on a line"
    return None
