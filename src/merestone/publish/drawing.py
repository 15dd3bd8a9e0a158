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
        line = Path(line.pieces())
    if not isinstance(line, Path):
        return densify(line, tolerance_m, Chord.LONLAT).lonlat
    chains = [_chain(piece, tolerance_m) for piece in line.pieces]
    return np.concatenate([chains[0], *(chain[1:] for chain in chains[1:])])


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
