"""Curves made into chains of straight pieces that a map can draw: densified, transformed, cut at the antimeridian.

What comes out is derived. It is never signed or compared; the canonical line is.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from merestone.delimit.boundary_line import UNITS_PER_DEGREE, BoundaryLine, CompiledLeg, CompiledSection, Units
from merestone.geodesy.chained import ChainedLine
from merestone.geodesy.line import Floats, Line
from merestone.geodesy.lines.chain import Chain
from merestone.geodesy.lines.path import Path
from merestone.publish.export import Step, Steps


@dataclass(frozen=True, slots=True)
class DrawnLeg:
    """A leg with its chain (n, 2) of longitude and latitude in degrees in the frame of the output, longitudes running
    on continuously, and the step that led there."""

    leg: CompiledLeg
    section: CompiledSection
    chain: Floats
    step: Step


def drawn_legs(line: BoundaryLine, tolerance_m: float, steps: Steps) -> Iterator[DrawnLeg]:
    """Every leg as a chain that stays within `tolerance_m` of its curve, straight in longitude and latitude.

    A leg is densified in the frame that it was computed in and only then transformed.
    """
    for section in line.sections:
        for leg in section.legs:
            yield drawn_leg(section, leg, tolerance_m, steps)


def drawn_leg(section: CompiledSection, leg: CompiledLeg, tolerance_m: float, steps: Steps) -> DrawnLeg:
    """One leg as a chain."""
    step = steps(leg.frame)
    return DrawnLeg(leg, section, rounded(step.apply(_chain(leg.line, tolerance_m))), step)


def _chain(line: Line, tolerance_m: float) -> Floats:
    """The vertices of a line (n, 2); corners between pieces are kept, each once."""
    from merestone.geodesy.densify import densify
    from merestone.geodesy.turning import Chord

    if isinstance(line, ChainedLine):
        return _long_chain(line, tolerance_m)
    if not isinstance(line, Path):
        return densify(line, tolerance_m, Chord.LONLAT).lonlat
    chains = [_chain(piece, tolerance_m) for piece in line.pieces]
    return np.concatenate([chains[0], *(chain[1:] for chain in chains[1:])])


def _long_chain(line: ChainedLine, tolerance_m: float) -> Floats:
    """The vertices of a chain, with more between those whose straight connection departs from the curve too far.

    All pieces are measured at once, or not at all where they are so short that none can depart.
    """
    from merestone.geodesy.densify import densify, departure_m
    from merestone.geodesy.turning import Chord

    vertices, starts_m = line.vertices, line.starts_m
    if _greatest_departure_m(line) <= tolerance_m:
        return vertices
    wide = np.nonzero(departure_m(line, starts_m, Chord.LONLAT) > tolerance_m)[0]
    runs, done = [], 0
    for piece in wide.tolist():
        runs += [vertices[done : piece + 1], densify(_piece(line, piece), tolerance_m, Chord.LONLAT).lonlat[1:-1]]
        done = piece + 1
    return np.concatenate([*runs, vertices[done:]])


def _greatest_departure_m(line: ChainedLine) -> float:
    """A bound on the distance in metres between any piece of a chain and its straight connection.

    A piece of length L departs by at most |k| L² / 8. Of a geodesic k is 0, of a loxodrome tan(phi) / N, of a line
    straight in longitude and latitude 2 tan(phi) / N and a hundredth of 1 / N (see `merestone.geodesy.turning`);
    phi is the greatest latitude that the piece can reach.
    """
    lengths_m, b_m = line.chain.lengths_m, line.ellipsoid.b_m
    latitude = np.radians(np.abs(line.vertices[:, 1]))
    reached = np.maximum(latitude[:-1], latitude[1:]) + 1.01 * lengths_m / b_m
    curvature = np.where(reached < POLAR, 3.0 * np.tan(np.minimum(reached, POLAR)) + 0.05, np.inf) / b_m
    return float(np.max(curvature * lengths_m**2 / 8.0, initial=0.0))


POLAR = 1.55
"""Beyond 88.8 degrees the bound on a departure is not used."""


def _piece(line: ChainedLine, piece: int) -> Line:
    """One piece of a chain as a line of its own."""
    chain, here = line.chain, slice(piece, piece + 1)
    azimuths = chain.start_azimuth_deg[here], chain.end_azimuth_deg[here]
    places = line.vertices[piece : piece + 2]
    return ChainedLine(Chain(chain.ellipsoid, chain.kind, places, *azimuths, chain.lengths_m[here])).pieces()[0]


def places(units: Units, step: Step) -> Floats:
    """Canonical units (n, 2) as places (n, 2) in degrees in the frame of the output, longitudes in (-180, 180]."""
    lonlat = rounded(step.apply(units / UNITS_PER_DEGREE))
    lonlat[:, 0] = 180.0 - (180.0 - lonlat[:, 0]) % 360.0
    return rounded(lonlat)


def point_places(line: BoundaryLine, step: Step) -> list[list[float]]:
    """The longitude and latitude in degrees of every named point, in the frame of the output."""
    units = np.array([point.units for point in line.points], dtype=np.int64).reshape(-1, 2)
    lonlat: list[list[float]] = places(units, step).tolist()
    return lonlat


def rounded(lonlat: Floats) -> Floats:
    """Degrees rounded to 1e-9 (0.1 mm): what is printed does not depend on the last bits. No negative zero."""
    whole: Floats = np.round(lonlat, 9) + 0.0
    return whole


def ring_of(legs: tuple[DrawnLeg, ...]) -> Floats | None:
    """The chains of a ring's legs as one closed ring (n, 2), longitudes continuous, the first place repeated at the
    end, None where they do not close (a gap, or a ring around a pole: that has no outline in longitude and latitude).
    """
    chain: list[Floats] = []
    for leg in legs:
        piece = leg.chain
        if chain:
            last = chain[-1][-1]
            piece = piece + np.array([360.0 * np.round((last[0] - piece[0][0]) / 360.0), 0.0])
            if np.abs(piece[0] - last).max() > CLOSES_DEG:
                return None
            piece = piece[1:]
        chain.append(piece)
    if not chain:
        return None
    ring = np.concatenate(chain)
    if np.abs(ring[0] - ring[-1]).max() > CLOSES_DEG:
        return None
    ring[-1] = ring[0]
    return ring


CLOSES_DEG = 5e-7
"""Two ends of neighbouring legs are one place within 5 cm: more would be a hole in the line, not rounding or the last
digits of a transformation."""


def counter_clockwise(ring: Floats) -> Floats:
    """The ring run with its inside on the left (RFC 7946: the right-hand rule)."""
    east, north = (ring - ring[0]).T
    doubled_area = float(np.sum(east[:-1] * north[1:] - east[1:] * north[:-1]))
    return ring if doubled_area >= 0.0 else ring[::-1]
