"""The legs of a stored line measured again from their vertices, where their kind and their vertices alone say the curve."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from merestone.delimit.boundary_line import UNITS_PER_DEGREE
from merestone.errors import GeometryError
from merestone.geodesy.elementary import compass, inverse
from merestone.geodesy.ellipsoid import Ellipsoid
from merestone.geodesy.line import Floats
from merestone.geodesy.lines.chain import Chain, lonlat_chain, loxodrome_chain, meridian_chain, parallel_chain
from merestone.publish.line_reader import LineFormatError
from merestone.publish.stored_line import StoredFrame, StoredLeg

_CHAINS: Mapping[str, Callable[[Ellipsoid, Floats], Chain]] = {
    "loxodrome": loxodrome_chain,
    "meridian": meridian_chain,
    "parallel": parallel_chain,
    "straight in lon/lat": lonlat_chain,
}
_GEODESIC = "geodesic"


@dataclass(frozen=True, slots=True)
class Measured:
    """A leg's length in metres, and its azimuths at its start and at its end in degrees."""

    length_m: float
    azimuth_start_deg: float
    azimuth_end_deg: float


def ellipsoid_of(frame: StoredFrame) -> Ellipsoid:
    """The ellipsoid of a stored frame. Raises `LineFormatError` where its constants are no ellipsoid's."""
    try:
        found = Ellipsoid(frame.ellipsoid, float(frame.semi_major_axis_m), float(frame.inverse_flattening))
    except ValueError:
        raise LineFormatError("/line/frame/ellipsoid", "the constants must be numbers, written as texts") from None
    if not (1e3 < found.a_m < 1e9 and (found.inverse_flattening == 0.0 or 2.0 < found.inverse_flattening < 1e9)):
        raise LineFormatError("/line/frame/ellipsoid", "no ellipsoid of a planet has these constants")
    return found


def measured_legs(frame: StoredFrame, legs: Sequence[StoredLeg]) -> tuple[Measured | None, ...]:
    """Each leg measured, None where its vertices do not say its curve: kinds with more to them, and legs that were
    computed in another frame than that of the vertices."""
    ellipsoid = ellipsoid_of(frame)
    own = [at for at, leg in enumerate(legs) if leg.frame == frame]
    plain = [at for at in own if legs[at].kind == _GEODESIC]
    found: list[Measured | None] = [None] * len(legs)
    for at, measured in zip(plain, _geodesics(ellipsoid, [legs[at] for at in plain]), strict=True):
        found[at] = measured
    for at in own:
        if legs[at].kind in _CHAINS:
            found[at] = _chained(ellipsoid, legs[at])
    return tuple(found)


def _geodesics(ellipsoid: Ellipsoid, legs: Sequence[StoredLeg]) -> list[Measured]:
    """Geodesic legs, the pieces of all of them at once."""
    if not legs:
        return []
    places = [leg.vertices / UNITS_PER_DEGREE for leg in legs]
    starts, ends = np.concatenate([each[:-1] for each in places]), np.concatenate([each[1:] for each in places])
    start_deg, end_deg, length_m = inverse(ellipsoid, starts, ends)
    first = np.cumsum([0, *(len(each) - 1 for each in places)])
    total_m = np.add.reduceat(length_m, first[:-1])
    rows = zip(total_m, compass(start_deg)[first[:-1]], compass(end_deg)[first[1:] - 1], strict=True)
    return [Measured(float(total), float(start), float(end)) for total, start, end in rows]


def _chained(ellipsoid: Ellipsoid, leg: StoredLeg) -> Measured | None:
    try:
        chain = _CHAINS[leg.kind](ellipsoid, leg.vertices / UNITS_PER_DEGREE)
    except GeometryError:
        return None
    return Measured(chain.length_m, float(chain.start_azimuth_deg[0]), float(chain.end_azimuth_deg[-1]))
