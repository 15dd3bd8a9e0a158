"""A boundary line carried whole into other frames, curves and all, so that it can be laid against another line.

A curve of one frame is in general no curve of that kind in another. So each leg is carried place by place, so close
together that the geodesics between them keep to it within a tenth of a millimetre, and is a chain of geodesics there.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from merestone.compare.texts.trace import close_places_m, edges_of
from merestone.delimit.boundary_line import BoundaryLine, CompiledLeg, CompiledSection
from merestone.delimit.canonical import degrees, rounded
from merestone.geodesy.chained import ChainedLine
from merestone.geodesy.frame import Frame
from merestone.geodesy.line import Floats, Line
from merestone.geodesy.lines.chain import geodesic_chain
from merestone.publish.export import Step, Steps

_CHAIN_M = 1e-4
_SPACING_M = 5_000.0
"""Over this much, a shift of some hundred metres bends a geodesic by less than a tenth of a millimetre."""


def carried_line(
    line: BoundaryLine, target: Frame, leg_targets: Mapping[tuple[str, str], Frame], steps: Mapping[Frame, Steps]
) -> BoundaryLine:
    """The line with its vertices in `target`, and each leg named in `leg_targets` in that frame; others stay.

    `steps` give the way to each frame. Raises `TransformationRefusedError` where there is none that may be used.
    """

    def section(each: CompiledSection) -> CompiledSection:
        parts = tuple(leg(part) if isinstance(part, CompiledLeg) else part for part in each.parts)
        return replace(each, parts=parts)

    def leg(each: CompiledLeg) -> CompiledLeg:
        vertices = each.vertices
        if line.frame is not None and line.frame != target:
            vertices = rounded(steps[target](line.frame).apply(degrees(vertices)))
        aim = leg_targets.get((each.section, each.name), each.frame)
        if aim == each.frame:
            return replace(each, vertices=vertices)
        return replace(each, vertices=vertices, frame=aim, line=carried_curve(each.line, aim, steps[aim](each.frame)))

    return replace(line, frame=target, sections=tuple(section(each) for each in line.sections))


def carried_curve(line: Line, target: Frame, step: Step) -> ChainedLine:
    """A curve in another frame as a chain of geodesics."""
    return ChainedLine(geodesic_chain(target.ellipsoid, step.apply(_places(line))))


def _places(line: Line) -> Floats:
    """Places along a line, its corners among them, close enough to be carried one by one."""
    found = [line.ends[:1]]
    found += [edge.position(close_places_m(edge, _SPACING_M, _CHAIN_M)[1:]) for edge in edges_of(line)]
    return np.concatenate(found)
