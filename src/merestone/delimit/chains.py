"""Many legs of one kind through a list of points, drawn at once."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from merestone.delimit.around import Around
from merestone.delimit.boundary_line import ReadingTaken
from merestone.delimit.canonical import degrees
from merestone.delimit.drawn import Drawn, LegGeometry, Setting, TroubleError, trouble
from merestone.delimit.joining import Joint
from merestone.description.legs.geodesic import GeodesicLeg
from merestone.description.legs.loxodrome import LoxodromeLeg
from merestone.description.legs.straight import StraightLeg
from merestone.description.resolved import ResolvedLeg
from merestone.description.tree import LegChain, Name, ReadingKind, ToPoint
from merestone.diagnostics import Diagnostic
from merestone.geodesy.chained import ChainedLine
from merestone.geodesy.ellipsoid import Ellipsoid
from merestone.geodesy.frame import Frame
from merestone.geodesy.line import Floats
from merestone.geodesy.lines.chain import Chain, geodesic_chain, loxodrome_chain
from merestone.geodesy.lines.path import Path

if TYPE_CHECKING:
    from merestone.delimit.computation import Computation

Measure = Callable[[Ellipsoid, Floats], Chain]
"""How the pieces of a chain of one kind are measured."""


def draw_chain(
    leg: ResolvedLeg, node: LegChain, subject: str, frame: Frame, computation: Computation, draw: LegGeometry
) -> Drawn:
    """The chain through its points, from where the line stands; raises `TroubleError` where it cannot be drawn.

    Geodesics and loxodromes are drawn at once, every other kind piece by piece with its own geometry (`draw`).
    """
    joint = computation.joint(leg, node)
    lonlat = _places(node, frame, computation)
    if isinstance(joint, Joint):
        start = computation.frames.from_description(joint.fix.place, frame)
        lonlat = np.concatenate([[start], lonlat])
    if len(lonlat) < 2 and isinstance(joint, Diagnostic):
        raise TroubleError(joint)
    if len(lonlat) < 2:
        raise trouble("G518", f"{subject} runs through fewer than two points", node.span, "name at least two", subject)
    measure, reading = _at_once(node, computation, subject)
    if measure is not None:
        return Drawn(ChainedLine(measure(frame.ellipsoid, lonlat)), reading)
    places = [(float(lon), float(lat)) for lon, lat in lonlat]
    ending, around = ToPoint(Name(""), node.span), Around(computation, leg, frame)
    pieces = [
        draw(node.kind, Setting(subject, frame, start, end, ending, node.span, around))
        for start, end in pairwise(places)
    ]
    findings = tuple(finding for piece in pieces for finding in piece.findings)
    return Drawn(Path(tuple(piece.line for piece in pieces)), pieces[0].reading, findings=findings)


def _at_once(node: LegChain, computation: Computation, subject: str) -> tuple[Measure | None, ReadingTaken | None]:
    """How all pieces of a kind are measured together; None for a kind that is drawn piece by piece."""
    match node.kind:
        case GeodesicLeg(azimuth=None):
            return geodesic_chain, None
        case LoxodromeLeg(azimuth=None):
            return loxodrome_chain, None
        case StraightLeg():
            reading, taken = computation.straight(node.span, node, subject)
            measures = {ReadingKind.GEODESIC: geodesic_chain, ReadingKind.LOXODROME: loxodrome_chain}
            return measures.get(reading.kind), taken
        case _:
            return None, None


def _places(node: LegChain, frame: Frame, computation: Computation) -> Floats:
    """The points of a chain in the frame that it is computed in, (n, 2) degrees."""
    if node.table is not None:
        places = degrees(computation.table_points.units(node.table.text))
        if frame == computation.frames.description:
            return places
        return computation.frames.operation(computation.frames.description, frame).apply(places)
    named = [computation.place_of(name, frame) for name in computation.chain_points(node)]
    return np.array(named).reshape(-1, 2)
