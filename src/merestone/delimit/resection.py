"""A point by several distances, and wind directions, from known points: least squares with residuals."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from merestone.delimit.drawn import trouble
from merestone.delimit.fix import Place
from merestone.delimit.lengths import metres
from merestone.description.tree import ByDistances, Point
from merestone.diagnostics import Diagnostic, Measure, Severity
from merestone.geodesy.elementary import direct, inverse
from merestone.geodesy.ellipsoid import Ellipsoid
from merestone.geodesy.line import Floats
from merestone.geodesy.winds import azimuth_of_wind

if TYPE_CHECKING:
    from merestone.delimit.computation import Computation

CONVERGED_M = 1e-6
MOST_STEPS = 50


def resected(point: Point, definition: ByDistances, computation: Computation) -> Place:
    """The place whose geodesic distances from the known points fit best, residuals reported.

    Gauss-Newton on the distances, from the mean of the places that each distance and wind direction point at. Wind
    directions choose between the solutions; they are too coarse (22.5 degrees) to be observations.
    """
    frame = computation.frames.of_legs(None)
    known = np.array([computation.place_of(each.start, frame) for each in definition.observations])
    distances_m = np.array([metres(each.distance) for each in definition.observations])
    winds = [each.wind for each in definition.observations]
    if len(known) < 2 or (len(known) == 2 and not any(winds)):
        raise trouble(
            "G516",
            f"{point.name.text} needs two distances with a compass direction, or three distances",
            definition.span,
            "add an observation",
            f"point {point.name.text}",
        )
    start = first_guess(frame.ellipsoid, known, distances_m, winds)
    place, residuals_m = adjust(frame.ellipsoid, known, distances_m, start)
    computation.report(_residuals(point, definition, residuals_m))
    return place


def first_guess(ellipsoid: Ellipsoid, known: Floats, distances_m: Floats, winds: list[str | None]) -> Floats:
    """A place near the solution: where the wind directions point, on the mean; the middle of all where none is given.

    The instrument says where the point lies from each known point ("2297 m south-south-east of the height").
    """
    pointed = [(n, azimuth_of_wind(wind)) for n, wind in enumerate(winds) if wind is not None]
    if not pointed:
        return np.asarray(known.mean(axis=0), dtype=np.float64)
    which = [n for n, _ in pointed]
    ends, _ = direct(ellipsoid, known[which], np.array([azimuth for _, azimuth in pointed]), distances_m[which])
    return np.asarray(ends.mean(axis=0), dtype=np.float64)


def adjust(ellipsoid: Ellipsoid, known: Floats, distances_m: Floats, start: Floats) -> tuple[Place, Floats]:
    """The place of least squared residuals, and the residuals observed minus computed, (n,) metres."""
    place = np.array(start, dtype=np.float64)
    for _ in range(MOST_STEPS):
        azimuths, _, computed_m = inverse(ellipsoid, np.repeat(place[None, :], len(known), axis=0), known)
        toward = np.radians(azimuths)
        design = -np.column_stack([np.sin(toward), np.cos(toward)])
        step, *_ = np.linalg.lstsq(design, distances_m - computed_m, rcond=None)
        length_m = float(np.hypot(*step))
        if length_m > CONVERGED_M:
            moved, _ = direct(
                ellipsoid, place[None, :], np.array([np.degrees(np.arctan2(step[0], step[1]))]), np.array([length_m])
            )
            place = moved[0]
        if length_m <= CONVERGED_M:
            break
    _, _, computed_m = inverse(ellipsoid, np.repeat(place[None, :], len(known), axis=0), known)
    return (float(place[0]), float(place[1])), distances_m - computed_m


def _residuals(point: Point, definition: ByDistances, residuals_m: Floats) -> Diagnostic:
    each = ", ".join(
        f"{observation.start.text} {residual_m:+.2f} m"
        for observation, residual_m in zip(definition.observations, residuals_m, strict=True)
    )
    return Diagnostic(
        "G517",
        Severity.NOTE,
        f"{point.name.text} is adjusted to its distances; residuals: {each}",
        definition.span,
        subject=f"point {point.name.text}",
        measures=(Measure("greatest residual", float(np.max(np.abs(residuals_m))), "m"),),
    )
