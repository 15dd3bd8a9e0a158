"""The length of a chain as walked with dividers: how long a line is depends on how closely one looks.

L. F. Richardson, The problem of contiguity, General Systems Yearbook 6 (1961) 139-187; B. Mandelbrot, How long is the
coast of Britain?, Science 156 (1967) 636-638. From the start one steps each time to the first place, further along, that
is the opening away; what is left before the end, less than an opening, is added as it is. Walked from the other end the
steps fall elsewhere: the length given is the mean of both ways, and so exactly the same for a chain and its reverse.

A step is a chord in space with the opening as its geodesic distance on the mean sphere: within 1e-8 of itself to 20 km
(`chord_length`). A step that falls on a chain twice as dense falls where it fell, to 0.1 mm (`geocentric_chain`).
"""

from __future__ import annotations

import math

import numpy as np

from merestone.errors import GeometryError
from merestone.geodesy.chord_length import mean_chord_m, mean_geodesic_m
from merestone.geodesy.ellipsoid import Ellipsoid
from merestone.geodesy.geocentric_chain import GeocentricChain, checked_chain, geocentric_chain
from merestone.geodesy.line import Floats

_LEAST_M = 1e-2


def walked_length_m(ellipsoid: Ellipsoid, lonlat: Floats, opening_m: float) -> float:
    """Give the length in metres of a chain (n, 2) degrees, straight in lon/lat, walked with dividers of one opening.

    Raise `GeometryError` for an opening below a centimetre or beyond a quarter of the equator, and for no chain.
    """
    return float(lengths_at(ellipsoid, lonlat, np.array([opening_m]))[0])


def lengths_at(ellipsoid: Ellipsoid, lonlat: Floats, openings_m: Floats) -> Floats:
    """Give the lengths in metres walked with each of the openings (k,) -> (k,); errors as for one."""
    for opening_m in openings_m:
        if not _LEAST_M <= opening_m <= math.pi / 2.0 * ellipsoid.b_m:
            raise GeometryError(f"dividers open from {_LEAST_M} m to a quarter of a meridian, not to {opening_m} m")
    there = geocentric_chain(ellipsoid, _either_way(checked_chain(lonlat)))
    back = GeocentricChain(there.vertices[::-1].copy(), there.bulges[::-1].copy(), there.along)
    walks = [[_walked_m(ellipsoid, chain, float(opening_m)) for chain in (there, back)] for opening_m in openings_m]
    return np.array([(one_m + other_m) / 2.0 for one_m, other_m in walks])


def _either_way(lonlat: Floats) -> Floats:
    """Give the chain in the direction that compares less, so that rounding is the same for its reverse."""
    differing = np.nonzero(lonlat != lonlat[::-1])
    if not len(differing[0]):
        return lonlat
    row, column = differing[0][0], differing[1][0]
    return lonlat if lonlat[row, column] < lonlat[-1 - row, column] else lonlat[::-1]


def _walked_m(ellipsoid: Ellipsoid, chain: GeocentricChain, opening_m: float) -> float:
    from merestone.geodesy.divider_steps import steps

    count, rest_m = steps(chain.vertices, chain.bulges, mean_chord_m(ellipsoid, opening_m) ** 2)
    return count * opening_m + mean_geodesic_m(ellipsoid, rest_m)
