"""A State as polygons: its name and the rings that bound its land."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from merestone.compare.claim import Strand
from merestone.geodesy.line import Floats


@dataclass(frozen=True, slots=True, eq=False)
class State:
    """The land of a State: `shells` and `holes`, closed rings (n, 2) in degrees, edges straight in lon/lat.

    Shells run anticlockwise and holes clockwise, so that the State's land lies to the left of each.
    """

    identity: str
    shells: tuple[Floats, ...]
    holes: tuple[Floats, ...] = ()

    @property
    def rings(self) -> tuple[Floats, ...]:
        """Its shells, then its holes."""
        return self.shells + self.holes


def state(identity: str, shells: tuple[Floats, ...], holes: tuple[Floats, ...] = ()) -> State:
    """Give the State with its rings closed, without repeated places, and run with the land to their left.

    Rings of fewer than three different places enclose nothing and are left out.
    """
    cleaned_shells = (oriented(ring, anticlockwise=True) for ring in shells)
    cleaned_holes = (oriented(ring, anticlockwise=False) for ring in holes)
    return State(
        identity,
        tuple(ring for ring in cleaned_shells if len(ring) > 3),
        tuple(ring for ring in cleaned_holes if len(ring) > 3),
    )


def signed_area_deg2(ring: Floats) -> float:
    """Give the area of a closed ring in the plane of longitude and latitude, positive anticlockwise."""
    lon, lat = (ring - ring[0]).T
    return float(np.sum(lon[:-1] * lat[1:] - lon[1:] * lat[:-1]) / 2.0)


def oriented(ring: Floats, *, anticlockwise: bool) -> Floats:
    """Give a ring closed, without repeated places, its longitudes continued, run the way that is asked for."""
    ring = closed(ring)
    if len(ring) > 3 and (signed_area_deg2(ring) > 0.0) != anticlockwise:
        ring = ring[::-1]
    return np.ascontiguousarray(ring)


def closed(ring: Floats) -> Floats:
    """Give a ring closed, without repeated places, its longitudes continued, run as it is."""
    ring = np.asarray(ring, dtype=np.float64)
    if not len(ring):
        return ring
    if not (ring[0] == ring[-1]).all():
        ring = np.concatenate([ring, ring[:1]])
    if jumps(ring):
        ring = _continued(ring)
    moved = (ring[1:, 0] != ring[:-1, 0]) | (ring[1:, 1] != ring[:-1, 1])
    return ring if moved.all() else ring[np.concatenate([[True], moved])]


def jumps(ring: Floats) -> bool:
    """Whether an edge of a ring passes from one side of 180 degrees to the other."""
    # Most rings span less than that as a whole.
    return len(ring) > 0 and bool(np.ptp(ring[:, 0]) > 180.0 and np.any(np.abs(np.diff(ring[:, 0])) > 180.0))


def _continued(ring: Floats) -> Floats:
    """Give a closed ring with its longitudes running on over 180 degrees; one round a pole is closed along it."""
    turns = np.cumsum(np.round(np.diff(ring[:, 0], prepend=ring[0, 0]) / 360.0))
    ring = np.column_stack([ring[:, 0] - 360.0 * turns, ring[:, 1]])
    if turns[-1] == 0.0:
        return ring
    pole = np.copysign(90.0, np.mean(ring[:, 1]))
    return np.concatenate([ring, [[ring[-1, 0], pole], [ring[0, 0], pole], ring[0]]])


def outline_of(state: State, between: tuple[str, str] | None = None) -> tuple[Strand, ...]:
    """Give all rings of a State as strands with its land on the left; on the right the other of the two States that
    are meant, where they are named."""
    other = next((name for name in between or () if name != state.identity), None)
    kinds = [("outline", state.shells), ("hole", state.holes)]
    return tuple(
        Strand(f"{kind} {number}", ring, ring=True, left=state.identity, right=other)
        for kind, rings in kinds
        for number, ring in enumerate(rings, 1)
    )
