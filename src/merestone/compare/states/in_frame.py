"""A State brought into the frame of a line, its edges straight in longitude and latitude."""

from __future__ import annotations

from merestone.compare.lines.track import along_geodesics
from merestone.compare.states.state import State
from merestone.geodesy.ellipsoid import Ellipsoid
from merestone.geodesy.line import Floats
from merestone.geodesy.operation import Operation
from merestone.geodesy.turning import Chord


def in_frame(state: State, operation: Operation | None, edges: Chord, ellipsoid: Ellipsoid) -> State:
    """Give the State with its vertices moved by an operation, where there is one, and its edges straight in longitude and
    latitude on the ellipsoid that they then lie on."""

    def brought(ring: Floats) -> Floats:
        moved = ring if operation is None else operation.apply(ring)
        return along_geodesics(ellipsoid, moved) if edges is Chord.GEODESIC else moved

    return State(state.identity, tuple(map(brought, state.shells)), tuple(map(brought, state.holes)))
