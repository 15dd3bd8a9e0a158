"""Plate motion: how fast a place moves in a terrestrial frame, and its coordinates at another epoch.

A rigid plate turns about an axis through the Earth's centre: v = w x X, with the rotation vector w of the plate and
the geocentric place X. The models are those of the ITRF group. Only the horizontal motion is theirs; heights stay.
Near a plate's edge, where the ground deforms, and after an earthquake they do not hold: which plate a line is fixed
to is said by the description, never guessed from a place.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import Decimal

import numpy as np
import pyproj

from merestone.errors import WrongRequestError
from merestone.geodesy.frame import Frame
from merestone.geodesy.line import Floats
from merestone.geodesy.uncertainty import Component, Uncertainty

_MAS = math.radians(1.0 / 3_600_000.0)


class UnknownPlateError(WrongRequestError):
    """A plate was named that the model does not have."""

    def __init__(self, plate: str, model: str, plates: tuple[str, ...]) -> None:
        super().__init__(f"{model} has no plate {plate!r}; it has {', '.join(plates)}")
        self.plate = plate
        self.plates = plates


class EpochError(WrongRequestError):
    """Coordinates were to be moved in time that have no epoch, or are counted in a frame that moves with its plate."""


@dataclass(frozen=True, slots=True)
class Plate:
    """A rigid plate: its code, its name, and its rotation vector in milliarcseconds a year about X, Y, Z."""

    code: str
    name: str
    rotation_mas_per_year: tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class PlateModel:
    """A plate motion model: its plates, the origin rate that is added to them (mm a year), precision, and source.

    `precision_mm_per_year` is the weighted root mean square of what the model leaves over at the sites it was made of.
    """

    name: str
    plates: tuple[Plate, ...]
    origin_rate_mm_per_year: tuple[float, float, float]
    precision_mm_per_year: float
    source: str

    def plate(self, code: str) -> Plate:
        """The plate with this code or name; raises `UnknownPlateError`."""
        for plate in self.plates:
            if code.casefold() in (plate.code.casefold(), plate.name.casefold()):
                return plate
        raise UnknownPlateError(code, self.name, tuple(plate.code for plate in self.plates))


ITRF2014_PMM = PlateModel(
    "ITRF2014-PMM",
    (
        Plate("ANTA", "Antarctica", (-0.248, -0.324, 0.675)),
        Plate("ARAB", "Arabia", (1.154, -0.136, 1.444)),
        Plate("AUST", "Australia", (1.510, 1.182, 1.215)),
        Plate("EURA", "Eurasia", (-0.085, -0.531, 0.770)),
        Plate("INDI", "India", (1.154, -0.005, 1.454)),
        Plate("NAZC", "Nazca", (-0.333, -1.544, 1.623)),
        Plate("NOAM", "North America", (0.024, -0.694, -0.063)),
        Plate("NUBI", "Nubia", (0.099, -0.614, 0.733)),
        Plate("PCFC", "Pacific", (-0.409, 1.047, -2.169)),
        Plate("SOAM", "South America", (-0.270, -0.301, -0.140)),
        Plate("SOMA", "Somalia", (-0.121, -0.794, 0.884)),
    ),
    (0.0, 0.0, 0.0),
    0.26,
    "Z. Altamimi et al., ITRF2014 plate motion model, Geophys. J. Int. 209 (2017) 1906-1912, Table 1",
)

ITRF2020_PMM = PlateModel(
    "ITRF2020-PMM",
    (
        Plate("AMUR", "Amur", (-0.131, -0.551, 0.837)),
        Plate("ANTA", "Antarctica", (-0.269, -0.312, 0.678)),
        Plate("ARAB", "Arabia", (1.129, -0.146, 1.438)),
        Plate("AUST", "Australia", (1.487, 1.175, 1.223)),
        Plate("CARB", "Caribbean", (0.207, -1.422, 0.726)),
        Plate("EURA", "Eurasia", (-0.085, -0.519, 0.753)),
        Plate("INDI", "India", (1.137, 0.013, 1.444)),
        Plate("NAZC", "Nazca", (-0.327, -1.561, 1.605)),
        Plate("NOAM", "North America", (0.045, -0.666, -0.098)),
        Plate("NUBI", "Nubia", (0.090, -0.585, 0.717)),
        Plate("PCFC", "Pacific", (-0.404, 1.021, -2.154)),
        Plate("SOAM", "South America", (-0.261, -0.282, -0.157)),
        Plate("SOMA", "Somalia", (-0.081, -0.719, 0.864)),
    ),
    (0.37, 0.35, 0.74),
    0.25,
    "Z. Altamimi et al., ITRF2020 plate motion model, Geophys. Res. Lett. 50 (2023) e2023GL106373, Tables 1 and 2",
)

MODELS: tuple[PlateModel, ...] = (ITRF2014_PMM, ITRF2020_PMM)


def model_for(frame: Frame) -> PlateModel:
    """The model that belongs to a frame: ITRF2020's for ITRF2020 and WGS 84 (G2296), ITRF2014's for every other."""
    return ITRF2020_PMM if frame.code in ("EPSG:9990", "EPSG:10606") else ITRF2014_PMM


def velocity_m_per_year(model: PlateModel, plate: str, frame: Frame, lonlat: Floats) -> Floats:
    """East and north velocity at places of a plate: (n, 2) degrees -> (n, 2) metres a year.

    v = w x X plus the origin rate, projected on the horizon of the place (Altamimi et al. 2017, equation 1; 2023,
    equation 1, where the vertical part that the origin rate would give is to be discarded).
    """
    rotation = np.array(model.plate(plate).rotation_mas_per_year) * _MAS
    origin = np.array(model.origin_rate_mm_per_year) / 1000.0
    lon, lat = np.radians(np.asarray(lonlat, dtype=np.float64).reshape(-1, 2)).T
    ellipsoid = frame.ellipsoid
    n = ellipsoid.a_m / np.sqrt(1.0 - ellipsoid.e2 * np.sin(lat) ** 2)
    x = np.column_stack(
        (n * np.cos(lat) * np.cos(lon), n * np.cos(lat) * np.sin(lon), n * (1.0 - ellipsoid.e2) * np.sin(lat))
    )
    v = np.cross(rotation, x) + origin
    east = -np.sin(lon) * v[:, 0] + np.cos(lon) * v[:, 1]
    north = -np.sin(lat) * (np.cos(lon) * v[:, 0] + np.sin(lon) * v[:, 1]) + np.cos(lat) * v[:, 2]
    return np.column_stack((east, north))


def at_epoch(
    lonlat: Floats, frame: Frame, epoch: Decimal, *, plate: str | None = None, model: PlateModel | None = None
) -> tuple[Floats, Frame]:
    """The places moved with their plate to another epoch, (n, 2) -> (n, 2) degrees, and the frame at that epoch.

    `frame` must be dynamic and carry the epoch of the coordinates; `plate` defaults to the frame's. Each place goes
    along a geodesic by its velocity times the years. Raises `EpochError`, `UnknownPlateError`.
    """
    carried = plate or frame.plate
    if not frame.is_dynamic:
        raise EpochError(f"{frame.name} moves with its plate: its coordinates do not change with time")
    if frame.epoch is None or carried is None:
        raise EpochError(f"coordinates in {frame.name} need an epoch and a plate before they can be moved")
    model = model or model_for(frame)
    years = float(epoch - frame.epoch)
    places = np.array(lonlat, dtype=np.float64).reshape(-1, 2)
    east, north = velocity_m_per_year(model, carried, frame, places).T * years
    geod = pyproj.Geod(a=frame.ellipsoid.a_m, f=frame.ellipsoid.f)
    lon, lat, _ = geod.fwd(places[:, 0], places[:, 1], np.degrees(np.arctan2(east, north)), np.hypot(east, north))
    moved = np.column_stack((lon, lat))
    moved[:, 0] += 360.0 * np.round((places[:, 0] - moved[:, 0]) / 360.0)
    return moved, frame.at(epoch, carried)


def motion_uncertainty(model: PlateModel, plate: str, years: float) -> Uncertainty:
    """What moving by a plate model adds: its precision times the years, common to all places of the plate."""
    sigma_m = model.precision_mm_per_year / 1000.0 * abs(years)
    return Uncertainty((Component(f"{model.name} {model.plate(plate).code}", sigma_m),))
