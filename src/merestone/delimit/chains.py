"""Many legs of one kind through a list of points, drawn at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

from merestone.delimit.boundary_line import ReadingTaken
from merestone.delimit.canonical import degrees
from merestone.delimit.drawn import Drawn, trouble
from merestone.description.legs.geodesic import GeodesicLeg
from merestone.description.legs.loxodrome import LoxodromeLeg
from merestone.description.legs.straight import StraightLeg
from merestone.description.tree import LegChain, ReadingKind
from merestone.geodesy.chained import ChainedLine
from merestone.geodesy.ellipsoid import Ellipsoid
from merestone.geodesy.frame import Frame
from merestone.geodesy.line import Floats
from merestone.geodesy.lines.chain import Chain, geodesic_chain, loxodrome_chain

if TYPE_CHECKING:
    from merestone.delimit.computation import Computation

Measure = Callable[[Ellipsoid, Floats], Chain]
"""How the pieces of a chain of one kind are measured."""


def draw_chain(node: LegChain, subject: str, frame: Frame, computation: Computation) -> Drawn:
    """The chain through its points; raises `TroubleError` where a point has no place or the kind makes no chain."""
    measure, reading = _kind(node, computation, subject)
    lonlat = _places(node, frame, computation)
    if len(lonlat) < 2:
        raise trouble("G518", f"{subject} runs through fewer than two points", node.span, "name at least two", subject)
    return Drawn(ChainedLine(measure(frame.ellipsoid, lonlat)), reading)


def _kind(node: LegChain, computation: Computation, subject: str) -> tuple[Measure, ReadingTaken | None]:
    match node.kind:
        case GeodesicLeg():
            return geodesic_chain, None
        case LoxodromeLeg():
            return loxodrome_chain, None
        case StraightLeg():
            reading, taken = computation.straight(node.span, node, subject)
            if reading.kind is ReadingKind.GEODESIC:
                return geodesic_chain, taken
            if reading.kind is ReadingKind.LOXODROME:
                return loxodrome_chain, taken
        case _:
            pass
    raise trouble(
        "N903",
        f"{subject} is a chain of a kind that is not yet compiled as one",
        node.span,
        "chains are geodesic, loxodrome, or straight read as one of them; write its legs one by one",
        subject,
    )


def _places(node: LegChain, frame: Frame, computation: Computation) -> Floats:
    """The points of a chain in the frame that it is computed in, (n, 2) degrees."""
    if node.table is not None:
        places = degrees(computation.table_points.units(node.table.text))
        if frame == computation.frames.description:
            return places
        return computation.frames.operation(computation.frames.description, frame).apply(places)
    return np.array([computation.place_of(name, frame) for name in computation.chain_points(node)])
