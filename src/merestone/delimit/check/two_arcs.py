"""O612: a curve of which the radius, the chord and the hand leave two arcs, the shorter and the longer."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from merestone.delimit.boundary_line import CompiledLeg
from merestone.delimit.canonical import degrees
from merestone.delimit.check.evidence import Evidence
from merestone.delimit.expectations import Evaluated, Quantity
from merestone.delimit.legs.curve import other_arc
from merestone.delimit.wording import off_text
from merestone.description.legs.curve import CurveLeg
from merestone.description.tree import Leg
from merestone.diagnostics import Diagnostic, Measure, Severity
from merestone.geodesy.elementary import distance_m
from merestone.geodesy.line import Line, Place


def find(evidence: Evidence) -> Iterator[Diagnostic]:
    """One finding for each curve between two ends of which neither the words nor a printed length says which arc it is."""
    for leg in evidence.compiled.line.legs:
        node = evidence.compiled.resolved.legs[leg.section, leg.name].node
        if not isinstance(node, Leg) or not isinstance(node.kind, CurveLeg) or node.kind.longer is not None:
            continue
        if node.kind.leaving is None and node.kind.tangent is None:
            yield from _of_curve(leg, node.kind, evidence)


def _of_curve(leg: CompiledLeg, curve: CurveLeg, evidence: Evidence) -> Iterator[Diagnostic]:
    computation = evidence.compiled.computation
    setting = computation.setting(computation.resolved.legs[leg.section, leg.name])
    start, end = (_place(each) for each in degrees(leg.vertices)[[0, -1]])
    other = other_arc(curve, setting, start, end)
    subject = f"leg {leg.name} of {leg.section}"
    printed = [each for each in evidence.figures if each.subject == subject and each.quantity is Quantity.LENGTH]
    fits = [_fits(each, leg.length_m, other.length_m) for each in printed]
    if (True, False) in fits or abs(other.length_m - leg.length_m) < 1e-3:
        return
    longer = (False, True) in fits
    apart_m = distance_m(leg.frame.ellipsoid, _middle(leg.line), _middle(other))
    said = (
        f"the radius, the chord and the hand of {subject} leave two arcs, {off_text(leg.length_m)} and "
        f"{off_text(other.length_m)} long and up to {off_text(apart_m)} apart; the shorter is drawn"
    )
    if longer:
        said += ", and the length that the instrument prints is that of the longer"
    yield Diagnostic(
        "O612", Severity.OPEN, said, leg.span, subject=subject,
        hint="write `longer arc` after the radius" if longer else "write `shorter arc` or `longer arc` after the radius, or "
        "the printed length as `expect length`",
        settles="the length of the curve, its angle at the centre, or a drawing",
        measures=(
            Measure("shorter arc", leg.length_m, "m"), Measure("longer arc", other.length_m, "m"),
            Measure("between the two arcs", apart_m, "m", ("shorter arc", "longer arc")),
        ),
    )  # fmt: skip


def _fits(figure: Evaluated, drawn_m: float, other_m: float) -> tuple[bool, bool]:
    """Whether a printed length agrees with the arc that is drawn, and with the other."""
    drawn, other = (abs(length_m - figure.expected) <= figure.allowed for length_m in (drawn_m, other_m))
    return drawn, other


def _middle(line: Line) -> Place:
    return _place(line.position(np.array([line.length_m / 2.0]))[0])


def _place(lonlat: np.typing.NDArray[np.float64]) -> Place:
    return float(lonlat[0]), float(lonlat[1])
