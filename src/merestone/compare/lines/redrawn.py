"""Pieces of a line drawn again from what a catalogue says of them: both ends, the kind, the length, the directions.

The length that is stated is the check: a piece that comes out otherwise is not the one that was meant, and is refused.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from merestone.errors import GeometryError
from merestone.geodesy.elementary import direct, distance_m, inverse
from merestone.geodesy.ellipsoid import Ellipsoid
from merestone.geodesy.line import Line, Place
from merestone.geodesy.lines.arc import Arc, Turn
from merestone.geodesy.lines.geodesic import Geodesic
from merestone.geodesy.lines.lonlat import StraightInLonLat
from merestone.geodesy.lines.loxodrome import Loxodrome
from merestone.geodesy.lines.meridian import Meridian
from merestone.geodesy.lines.parallel import Parallel
from merestone.geodesy.lines.projected import ProjectedStraight

AGREED_M = 0.005
"""How far a length may be from the one that is stated: both are rounded to a millimetre, ends to 0.11 mm."""
_KINDS: dict[str, Callable[[Ellipsoid, Place, Place], Line]] = {
    "geodesic": Geodesic.between,
    "loxodrome": Loxodrome.between,
    "parallel": Parallel.between,
    "meridian": Meridian.between,
    "straight in lon/lat": StraightInLonLat.between,
}
_ON = "straight on "
_ROUNDS = 40


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a leg as a catalogue has it: kind, ends in degrees, length in metres, and the directions of travel at its
    ends in degrees from true north (the last three None where they are not stated)."""

    leg: str
    kind: str
    start: Place
    end: Place
    length_m: float | None
    azimuths_deg: tuple[float, float] | None


def redrawn(piece: Piece, ellipsoid: Ellipsoid) -> Line:
    """The line of a piece; raises `GeometryError` for a kind that cannot be drawn from this, and where the length does not
    agree with the one that is stated."""
    made = _drawn(piece, ellipsoid)
    if piece.length_m is not None and abs(made.length_m - piece.length_m) > AGREED_M + 1e-9 * piece.length_m:
        raise GeometryError(
            f"leg {piece.leg} ({piece.kind}) has a stated length of {piece.length_m:.3f} m, but a computed length of "
            f"{made.length_m:.3f} m"
        )
    return made


def _drawn(piece: Piece, ellipsoid: Ellipsoid) -> Line:
    if piece.kind in _KINDS:
        return _KINDS[piece.kind](ellipsoid, piece.start, piece.end)
    if piece.kind.startswith(_ON):
        return ProjectedStraight.between(ellipsoid, piece.start, piece.end, piece.kind.removeprefix(_ON))
    if piece.kind == "arc" and piece.azimuths_deg is not None and piece.length_m is not None:
        return _arc(piece, ellipsoid, piece.azimuths_deg, piece.length_m)
    raise GeometryError(f"leg {piece.leg} has the kind {piece.kind!r}, which cannot be computed from its ends alone")


def _arc(piece: Piece, ellipsoid: Ellipsoid, azimuths_deg: tuple[float, float], length_m: float) -> Arc:
    """The arc that leaves its start in a direction and runs through its end, with its centre where both are equally far
    away: to the right of the direction of travel or to the left, whichever gives the length."""
    found = [
        arc
        for turn in (Turn.CLOCKWISE, Turn.ANTICLOCKWISE)
        if (arc := _turning(piece, ellipsoid, azimuths_deg[0], turn)) is not None
    ]
    if not found:
        raise GeometryError(f"the centre of the arc of leg {piece.leg} cannot be computed from its ends and directions")
    return min(found, key=lambda arc: abs(arc.length_m - length_m))


def _turning(piece: Piece, ellipsoid: Ellipsoid, azimuth_deg: float, turn: Turn) -> Arc | None:
    aside_deg = azimuth_deg + (90.0 if turn is Turn.CLOCKWISE else -90.0)
    start = np.array([piece.start])

    def centre(radius_m: float) -> Place:
        lon, lat = direct(ellipsoid, start, np.array([aside_deg]), np.array([radius_m]))[0][0]
        return float(lon), float(lat)

    def excess_m(radius_m: float) -> float:
        return distance_m(ellipsoid, centre(radius_m), piece.end) - radius_m

    low, high = 0.0, 1_000.0
    while excess_m(high) > 0.0:
        low, high = high, 2.0 * high
        if high > ellipsoid.b_m:
            return None
    for _ in range(_ROUNDS):
        middle = (low + high) / 2.0
        low, high = (middle, high) if excess_m(middle) > 0.0 else (low, middle)
    middle_place = centre(high)
    ends = np.array([piece.start, piece.end])
    at_deg = inverse(ellipsoid, np.tile(np.array(middle_place), (2, 1)), ends)[0]
    return Arc.around(ellipsoid, middle_place, high, float(at_deg[0]), float(at_deg[1]), turn)
