"""Vertices along a line such that the chain through them stays within a tolerance of the true curve.

The consumer joins the vertices straight in lon/lat or by geodesics (`Chord`). Vertices are spread so that every piece
departs from the curve by the same amount, which needs the fewest: the departure of a short piece of length L is
|k| L² / 8 with k from `turning`, so pieces are made equal in the integral of sqrt(|k| / 8 tolerance). The departure of
every piece is then measured on the ellipsoid, not estimated: more pieces are taken, or single pieces halved, until
the greatest is within the tolerance.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from merestone.errors import GeometryError
from merestone.geodesy.elementary import cartesian, inverse, radii_m
from merestone.geodesy.ellipsoid import Ellipsoid
from merestone.geodesy.line import Floats, Line
from merestone.geodesy.turning import Chord, departure_curvature

_SMALLEST_TOLERANCE_M = 1e-4
_GRID = 256
_SHORT_M = 2_000_000.0
"""A line shorter than this bends little enough that seven places in a single piece tell its departure."""
_INSIDE = np.arange(1, 8) / 8.0
_BETWEEN_SAMPLES = 1.002
"""By how much the greatest of seven samples and their parabola may fall short of the greatest in between."""
_WIDE_DEG = 30.0
_WIDE_MARGIN = 1.05
_ROUNDS = 6
_HALVINGS = 48
_MOST_VERTICES = 10_000_000


@dataclass(frozen=True, slots=True)
class Densified:
    """A chain along a line.

    `lonlat` (n, 2): the vertices, the first and last exactly the line's ends; `along_m` (n,): their distances along the
    line; `greatest_m`: a bound on the greatest distance between chain and curve, at most the tolerance asked for.
    """

    lonlat: Floats
    along_m: Floats
    greatest_m: float


def densify(line: Line, tolerance_m: float, chord: Chord = Chord.LONLAT) -> Densified:
    """Give a chain along the line that keeps within `tolerance_m` of it, joined by `chord`.

    Raise `GeometryError` for a tolerance below 0.1 mm, or where no ten million vertices would do.
    """
    if not tolerance_m >= _SMALLEST_TOLERANCE_M:
        raise GeometryError(f"a chain is kept to 0.1 mm at best, not to {tolerance_m} m; give a larger tolerance")
    ends_m = np.array([0.0, line.length_m])
    single_m = float(departure_m(line, ends_m, chord)[0])
    if single_m <= tolerance_m and line.length_m < _SHORT_M:
        return Densified(line.ends, ends_m, single_m)
    weight = _cumulative_weight(line, tolerance_m, chord)
    pieces = max(1, int(np.ceil(weight[1][-1] * 0.999)))
    for _ in range(_ROUNDS):
        if pieces > _MOST_VERTICES:
            raise GeometryError(f"a tolerance of {tolerance_m} m needs more than {_MOST_VERTICES} vertices; allow more")
        along_m = _equal_shares(weight, pieces)
        departures_m = departure_m(line, along_m, chord)
        greatest_m = float(departures_m.max())
        if greatest_m <= tolerance_m:
            return Densified(line.position(along_m), along_m, greatest_m)
        if np.mean(departures_m > tolerance_m) < 0.02:
            break
        pieces = max(pieces + 1, int(np.ceil(pieces * min(np.sqrt(greatest_m / tolerance_m), 2.0))))
    return _halved(line, along_m, departures_m, tolerance_m, chord)


def _halved(line: Line, along_m: Floats, departures_m: Floats, tolerance_m: float, chord: Chord) -> Densified:
    """Give the chain with every piece that departs too far halved until none does."""
    for _ in range(_HALVINGS):
        wide = np.nonzero(departures_m > tolerance_m)[0]
        if not len(wide):
            return Densified(line.position(along_m), along_m, float(departures_m.max()))
        middles = (along_m[wide] + along_m[wide + 1]) / 2.0
        along_m = np.insert(along_m, wide + 1, middles)
        departures_m = np.insert(departures_m, wide, 0.0)
        renewed = wide + np.arange(len(wide))
        for first in (renewed, renewed + 1):
            departures_m[first] = _departure_of_pieces(line, along_m[first], along_m[first + 1], chord)
    raise GeometryError(f"the {line.kind} cannot be kept to {tolerance_m} m; it runs too near to a pole")


def _cumulative_weight(line: Line, tolerance_m: float, chord: Chord) -> tuple[Floats, Floats]:
    """Give a grid of distances along and, at each, the number of pieces needed from the start to there."""
    grid_m = np.linspace(0.0, line.length_m, _GRID + 1)
    middles_m = (grid_m[1:] + grid_m[:-1]) / 2.0
    curvature = _safe_in_cells(departure_curvature(line, middles_m, chord))
    density = np.sqrt(curvature / (8.0 * tolerance_m))
    density = np.minimum(density, 1.0 / tolerance_m)
    return grid_m, np.concatenate([[0.0], np.cumsum(density * np.diff(grid_m))])


def _safe_in_cells(curvature: Floats) -> Floats:
    """Give the curvature of each cell from that at its middle, raised to that at its edges where it varies fast.

    It does so where it changes sign: there the middle alone would make pieces too long.
    """
    edges = np.concatenate([curvature[:1], (curvature[1:] + curvature[:-1]) / 2.0, curvature[-1:]])
    greatest = np.maximum(curvature, np.maximum(edges[1:], edges[:-1]))
    return np.where(greatest > 1.05 * curvature, greatest, curvature)


def _equal_shares(weight: tuple[Floats, Floats], pieces: int) -> Floats:
    """Give the distances along that cut the weight into equal shares, the ends exact."""
    grid_m, cumulative = weight
    if cumulative[-1] == 0.0:
        return np.linspace(grid_m[0], grid_m[-1], pieces + 1)
    # A little of an even spread keeps the shares strictly increasing where the curvature is nil.
    even = np.linspace(0.0, 1.0, len(grid_m))
    shares = (cumulative / cumulative[-1] + 1e-3 * even) / 1.001
    along_m = np.interp(np.arange(pieces + 1) / pieces, shares, grid_m)
    along_m[0], along_m[-1] = grid_m[0], grid_m[-1]
    return along_m


def departure_m(line: Line, along_m: Floats, chord: Chord) -> Floats:
    """Give a bound on the greatest distance, in metres, of the line from each chord through n places: (n,) -> (n-1,).

    Seven places inside each piece are measured; the parabola through the greatest and its neighbours bounds what
    lies between.
    """
    return _departure_of_pieces(line, along_m[:-1], along_m[1:], chord)


def _departure_of_pieces(line: Line, from_m: Floats, to_m: Floats, chord: Chord) -> Floats:
    starts, ends = line.position(from_m), line.position(to_m)
    measured = np.zeros((len(_INSIDE) + 2, len(from_m)))
    inside_m = from_m + _INSIDE[:, None] * (to_m - from_m)
    places = line.position(inside_m.ravel()).reshape(len(_INSIDE), -1, 2)
    for row, there in enumerate(places, start=1):
        measured[row] = distance_to_chord_m(line.ellipsoid, starts, ends, there, chord)
    departure = _parabola_peak(measured) * _BETWEEN_SAMPLES + 1e-8
    if chord is Chord.LONLAT:
        _add_wide_pieces(line, starts, ends, departure)
    return departure


def _add_wide_pieces(line: Line, starts: Floats, ends: Floats, departure: Floats) -> None:
    """Raise the departure of pieces over many degrees of longitude to that of their chords' places from the line.

    Elsewhere chord and piece run side by side and are as far from one another either way. Beside a pole the chord
    swings around it, and its places can be further from the piece than the piece's from the chord.
    """
    wide = np.nonzero(np.abs(ends[:, 0] - starts[:, 0]) > _WIDE_DEG)[0]
    if not len(wide):
        return
    drawn = starts[wide] + _INSIDE[:, None, None] * (ends[wide] - starts[wide])
    apart_m = np.abs(line.nearest(drawn.reshape(-1, 2)).separation_m).reshape(len(_INSIDE), -1)
    departure[wide] = np.maximum(departure[wide], _WIDE_MARGIN * apart_m.max(axis=0))


def _parabola_peak(measured: Floats) -> Floats:
    """Give the peak of the parabola through the greatest of equally spaced samples (m, n) and its neighbours: (n,)."""
    columns = np.arange(measured.shape[1])
    top = np.clip(measured.argmax(axis=0), 1, measured.shape[0] - 2)
    before, here, after = (measured[top + step, columns] for step in (-1, 0, 1))
    bend = 2.0 * here - before - after
    slope = (after - before) / 2.0
    with np.errstate(divide="ignore", invalid="ignore"):
        raised = here + slope**2 / (2.0 * bend)
    usable = np.isfinite(raised) & (np.abs(slope) <= bend)
    return np.asarray(np.maximum(measured.max(axis=0), np.where(usable, raised, 0.0)))


def distance_to_chord_m(ellipsoid: Ellipsoid, starts: Floats, ends: Floats, places: Floats, chord: Chord) -> Floats:
    """Give a bound on the distance of places from the chords between starts and ends, in metres; (n, 2) each -> (n,).

    The bound is the distance to a place of the chord that is the nearest, or nearly so.
    """
    match chord:
        case Chord.LONLAT:
            return _distance_to_lonlat_m(ellipsoid, starts, ends, places)
        case Chord.GEODESIC:
            return _distance_to_geodesic_m(ellipsoid, starts, ends, places)


def _distance_to_lonlat_m(ellipsoid: Ellipsoid, starts: Floats, ends: Floats, places: Floats) -> Floats:
    step, off = ends - starts, places - starts
    at = places
    for _ in range(3):
        meridian, prime_vertical = radii_m(ellipsoid, at[:, 1])
        across2, up2 = (prime_vertical * np.cos(np.radians(at[:, 1]))) ** 2, meridian**2
        squared = across2 * step[:, 0] ** 2 + up2 * step[:, 1] ** 2
        dot = across2 * step[:, 0] * off[:, 0] + up2 * step[:, 1] * off[:, 1]
        share = np.clip(np.where(squared > 0.0, dot / np.where(squared > 0.0, squared, 1.0), 0.0), 0.0, 1.0)
        foot = starts + share[:, None] * step
        at = (foot + places) / 2.0
    apart = cartesian(ellipsoid, foot) - cartesian(ellipsoid, places)
    straight_m = np.sqrt((apart**2).sum(axis=1))
    # From the straight line through the Earth to the one on its surface, d + d³/24R² and a little.
    return np.asarray(straight_m * (1.0 + (straight_m / ellipsoid.b_m) ** 2 / 20.0))


def _distance_to_geodesic_m(ellipsoid: Ellipsoid, starts: Floats, ends: Floats, places: Floats) -> Floats:
    """Solve the right-angled triangle on the sphere of radius b; 1 % is added where the sides are as long as b.

    On short sides the triangle is plane and its error nil; it grows as the square of the sides by the flattening.
    """
    azimuth, _, _ = inverse(ellipsoid, starts, ends)
    to_place, _, distance_m = inverse(ellipsoid, starts, places)
    radius_m = ellipsoid.b_m
    offset_m = radius_m * np.abs(np.arcsin(np.sin(distance_m / radius_m) * np.sin(np.radians(to_place - azimuth))))
    return np.asarray(offset_m * (1.0 + 0.01 * np.minimum(distance_m / radius_m, 1.0) ** 2))
