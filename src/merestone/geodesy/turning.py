"""How sharply lines turn aside, as a consumer that joins vertices its own way sees it.

A chain departs from the curve between two vertices because the chord turns (has geodesic curvature) differently from
the curve. With u the separation of the two across the chord, u'' = k(curve) - k(chord) to first order, so that over a
piece of length L the separation is at most max |k(curve) - k(chord)| L² / 8. Geodesic curvature is
k = d(azimuth)/ds - sin(azimuth) tan(phi) / N (Liouville's formula), clockwise positive.
"""

from __future__ import annotations

from enum import Enum

import numpy as np

from merestone.geodesy.elementary import radii_m
from merestone.geodesy.ellipsoid import Ellipsoid
from merestone.geodesy.line import Floats, Line

_DIFFERENCE_M = 200.0


class Chord(Enum):
    """How a consumer joins two vertices."""

    LONLAT = "straight in lon/lat"
    GEODESIC = "geodesic"


def lonlat_chord_curvature(ellipsoid: Ellipsoid, lat_deg: Floats, azimuth_deg: Floats) -> Floats:
    """Give the geodesic curvature, in 1/m, of the line straight in lon/lat through places at azimuths; (n,).

    From tan(azimuth) = c N cos(phi) / M with constant c:
    k = -sin(azimuth) [(1 + cos² azimuth) tan(phi) / N + cos²(azimuth) 3 e² sin(phi) cos(phi) / (M (1 - e² sin² phi))].
    """
    meridian, prime_vertical = radii_m(ellipsoid, lat_deg)
    lat, azimuth = np.radians(lat_deg), np.radians(azimuth_deg)
    cosine2 = np.cos(azimuth) ** 2
    w2 = 1.0 - ellipsoid.e2 * np.sin(lat) ** 2
    flattening = 3.0 * ellipsoid.e2 * np.sin(lat) * np.cos(lat) / (meridian * w2)
    return np.asarray(-np.sin(azimuth) * ((1.0 + cosine2) * np.tan(lat) / prime_vertical + cosine2 * flattening))


def departure_curvature(line: Line, along_m: Floats, chord: Chord) -> Floats:
    """Give |k(line) - k(chord)| in 1/m at distances along the line: (n,) -> (n,)."""
    lat, azimuth = line.position(along_m)[:, 1], line.azimuth(along_m)
    # Central differences wherever there is room; their error is some (200 m / radius)² of the curvature.
    half_m = np.minimum(_DIFFERENCE_M, np.minimum(along_m, line.length_m - along_m))
    half_m = np.maximum(half_m, min(1.0, line.length_m / 1000.0))
    before, after = np.maximum(along_m - half_m, 0.0), np.minimum(along_m + half_m, line.length_m)
    turned: Floats = np.mod(line.azimuth(after) - line.azimuth(before) + 180.0, 360.0) - 180.0
    convergence = np.sin(np.radians(azimuth)) * np.tan(np.radians(lat)) / radii_m(line.ellipsoid, lat)[1]
    curvature: Floats = np.radians(turned) / (after - before) - convergence
    if chord is Chord.LONLAT:
        curvature = curvature - lonlat_chord_curvature(line.ellipsoid, lat, azimuth)
    return np.asarray(np.abs(curvature))
