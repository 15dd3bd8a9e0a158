"""The area on the ellipsoid that a ring of lines of mixed kinds encloses.

Places are taken along every line; the polygon of geodesics through them is measured by C. F. F. Karney, Algorithms
for geodesics, J. Geodesy 87 (2013), section 6 (PROJ), which knows poles and the antimeridian. To it is added, piece
by piece, what lies between the line and its geodesic chord. Both have the same ends, so that is the difference of two
integrals of A(phi) dlambda, with A the area between latitude and pole per radian of longitude, in closed form
(`auxiliary.area_to_pole_m2`); d lambda = sin(azimuth) ds / (N cos phi). The integrands are analytic, also at that pole,
and Gauss's rule of 12 places on pieces of at most 250 km takes them to rounding; the rule of 8 gives the error.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from merestone.errors import GeometryError, MixedFramesError
from merestone.geodesy.auxiliary import area_to_pole_m2
from merestone.geodesy.chained import ChainedLine
from merestone.geodesy.elementary import direct, inverse, radii_m, solver
from merestone.geodesy.ellipsoid import Ellipsoid
from merestone.geodesy.line import Flags, Floats, Line
from merestone.geodesy.lines.part import Part as CutLine
from merestone.geodesy.lines.path import Path

_PIECE_M = 250_000.0
_GAP_M = 1e-3
_ROUNDING = 4e-16


@dataclass(frozen=True, slots=True)
class Area:
    """An area in m², positive where the ring runs anticlockwise, and a bound on the error of its computation."""

    area_m2: float
    error_m2: float


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a line between two distances along it, in metres; run backwards where the second is smaller."""

    line: Line
    from_m: float
    to_m: float


def ring_area(lines: Sequence[Line]) -> Area:
    """Give the area enclosed by lines that follow one another and come back to the start of the first.

    The area is that on the left, or, with a minus sign, that on the right, whichever is less than half the ellipsoid.
    Raise `GeometryError` where a line does not start within a millimetre of where the one before it ends.
    """
    if not lines:
        raise GeometryError("a ring needs at least one line")
    for line, following in zip(lines, [*lines[1:], lines[0]], strict=True):
        gap_m = inverse(line.ellipsoid, line.ends[1:], following.ends[:1])[2][0]
        if gap_m > _GAP_M:
            raise GeometryError(
                f"the ring is broken: the {following.kind} starts {gap_m:.3f} m from where the {line.kind} before it "
                "ends; close the gap"
            )
    return enclosed_area([Part(line, 0.0, line.length_m) for line in lines])


def enclosed_area(parts: Sequence[Part]) -> Area:
    """Give the area enclosed by parts of lines taken in turn, each joined to the next by a geodesic where they part."""
    ellipsoid = parts[0].line.ellipsoid
    vertices: list[Floats] = []
    bulge_m2, error_m2 = 0.0, 0.0
    for part in (piece for whole in parts for piece in _pieces(whole)):
        if part.line.ellipsoid != ellipsoid:
            raise MixedFramesError(ellipsoid.name, part.line.ellipsoid.name)
        cuts_m = _cuts(part)
        places = part.line.position(cuts_m)
        vertices.append(places)
        if part.line.kind != "geodesic":
            fine, coarse = (_bulge_m2(part, cuts_m, places, order) for order in (12, 8))
            bulge_m2, error_m2 = bulge_m2 + fine, error_m2 + abs(fine - coarse)
    ring = np.concatenate(vertices)
    polygon_m2 = float(solver(ellipsoid).polygon_area_perimeter(ring[:, 0], ring[:, 1])[0])
    rounding_m2 = _ROUNDING * ellipsoid.a_m**2 * np.sqrt(len(ring))
    return Area(polygon_m2 + bulge_m2, error_m2 + float(rounding_m2))


def _pieces(part: Part) -> Iterator[Part]:
    """Give a part without corners inside: of a path or chain, the parts of the pieces that it runs over, in turn."""
    line = part.line
    if isinstance(line, CutLine):
        yield from _pieces(Part(line.whole, line.from_m + part.from_m, line.from_m + part.to_m))
        return
    path = Path(line.pieces()) if isinstance(line, ChainedLine) else line
    if not isinstance(path, Path):
        yield part
        return
    found = list(_within(path, min(part.from_m, part.to_m), max(part.from_m, part.to_m)))
    if part.from_m > part.to_m:
        found = [Part(piece.line, piece.to_m, piece.from_m) for piece in reversed(found)]
    for piece in found:
        yield from _pieces(piece)


def _within(path: Path, low_m: float, high_m: float) -> Iterator[Part]:
    """Give the pieces of a path between two distances along it, the first and last cut; one at least."""
    starts_m = path.starts_m
    first = int(np.clip(np.searchsorted(starts_m, low_m, side="right") - 1, 0, len(path.pieces) - 1))
    for which in range(first, len(path.pieces)):
        start_m, end_m = float(starts_m[which]), float(starts_m[which + 1])
        yield Part(path.pieces[which], max(low_m, start_m) - start_m, min(high_m, end_m) - start_m)
        if high_m <= end_m:
            return


def _cuts(part: Part) -> Floats:
    if part.line.kind == "geodesic":
        return np.array([part.from_m, part.to_m])
    pieces = max(1, int(np.ceil(abs(part.to_m - part.from_m) / _PIECE_M)), _turning_pieces(part))
    return np.linspace(part.from_m, part.to_m, pieces + 1)


def _turning_pieces(part: Part) -> int:
    """Give enough pieces that none turns by more than some 45 degrees of azimuth, as near a pole or on a small arc."""
    azimuth = np.radians(part.line.azimuth(np.linspace(part.from_m, part.to_m, 33)))
    turned = np.abs(np.diff(np.unwrap(azimuth))).sum()
    longitude = part.line.position(np.linspace(part.from_m, part.to_m, 33))[:, 0]
    return int(np.ceil(max(turned, np.radians(np.abs(np.diff(longitude)).sum())) / (np.pi / 4.0)))


def _bulge_m2(part: Part, cuts_m: Floats, places: Floats, order: int) -> float:
    """Give by how much the ring grows when the geodesic chords between the cuts give way to the line itself."""
    ellipsoid, line = part.line.ellipsoid, part.line
    nodes, weights = np.polynomial.legendre.leggauss(order)
    shares = (nodes + 1.0) / 2.0
    south = (places[:-1, 1] + places[1:, 1]) < 0.0
    step_m = np.diff(cuts_m)
    along_m = cuts_m[:-1] + shares[:, None] * step_m
    lat = line.position(along_m.ravel())[:, 1].reshape(along_m.shape)
    azimuth = line.azimuth(along_m.ravel()).reshape(along_m.shape)
    under_line = weights @ _density_m(ellipsoid, lat, azimuth, south) / 2.0 * step_m

    start_azimuth, _, chord_m = inverse(ellipsoid, places[:-1], places[1:])
    repeated = np.tile(places[:-1], (order, 1))
    reached, heading = direct(ellipsoid, repeated, np.tile(start_azimuth, order), (shares[:, None] * chord_m).ravel())
    shape = along_m.shape
    under_chord = weights @ _density_m(ellipsoid, reached[:, 1].reshape(shape), heading.reshape(shape), south)
    return float(np.sum(under_line - under_chord / 2.0 * chord_m))


def _density_m(ellipsoid: Ellipsoid, lat_deg: Floats, azimuth_deg: Floats, south: Flags) -> Floats:
    """Give A dlambda/ds in metres: the area to the left up to the pole, for each metre along; south counts negative."""
    to_near_pole = area_to_pole_m2(ellipsoid, lat_deg)
    beyond_equator = (lat_deg < 0.0) != south
    half = 2.0 * area_to_pole_m2(ellipsoid, np.zeros(1))[0]
    to_pole = np.where(beyond_equator, half - to_near_pole, to_near_pole)
    radius_m = radii_m(ellipsoid, lat_deg)[1] * np.maximum(np.cos(np.radians(lat_deg)), 1e-12)
    return np.asarray(np.where(south, -1.0, 1.0) * to_pole * np.sin(np.radians(azimuth_deg)) / radius_m)
