"""The straight lines of a compiled description whose kind the words leave open."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from merestone.delimit.boundary_line import UNITS_PER_DEGREE, BoundaryLine, CompiledLeg, Gap
from merestone.description.tree import Clause, DeclaredReading
from merestone.diagnostics import Span
from merestone.geodesy.ellipsoid import WGS84, Ellipsoid
from merestone.geodesy.line import Floats

if TYPE_CHECKING:
    from merestone.delimit.compile import Compiled

UNDECLARED = "O601"
"""The code of a gap that is there because a straight line has no kind and no reading was declared."""


@dataclass(frozen=True, slots=True, eq=False)
class StraightLine:
    """A leg, or a chain of legs, that is straight without a kind.

    `places` (n, 2) in degrees, in the frame of the leg, on `ellipsoid`; `names` (n) of the points ("" for none);
    `declared` is the reading that the description declares for it, `taken` the one it was drawn with (None: a gap), on
    whose `authority`.
    """

    section: str
    leg: str
    kind: str
    ellipsoid: Ellipsoid
    places: Floats
    names: tuple[str, ...]
    declared: DeclaredReading | None
    taken: str | None
    authority: str | None
    clauses: tuple[Clause, ...]
    span: Span | None

    @property
    def subject(self) -> str:
        """How findings name it."""
        return f"leg {self.leg} of {self.section}"


def straight_lines(compiled: Compiled) -> tuple[StraightLine, ...]:
    """Every leg that was drawn in a reading, or left out for want of one between two known points, in order."""
    return tuple(_straight_lines(compiled))


def _straight_lines(compiled: Compiled) -> Iterator[StraightLine]:
    line = compiled.line
    places = {point.name: point.units for point in line.points}
    for section in line.sections:
        for part in section.parts:
            match part:
                case CompiledLeg() if part.reading is not None:
                    yield _of_leg(compiled, part)
                case Gap() if part.why.code == UNDECLARED and part.start in places and part.end in places:
                    ends = np.array([places[part.start or ""], places[part.end or ""]]) / UNITS_PER_DEGREE
                    yield StraightLine(
                        section.name, part.name, "straight", _ellipsoid_of(line), ends, (part.start or "", part.end or ""),
                        None, None, None, part.clauses, part.span,
                    )  # fmt: skip
                case _:
                    continue


def _of_leg(compiled: Compiled, leg: CompiledLeg) -> StraightLine:
    said = compiled.resolved.legs.get((leg.section, leg.name))
    declared = said.node.read_as if said is not None and said.node.read_as is not None else compiled.resolved.straight
    same_frame = leg.frame == compiled.line.frame
    places = leg.vertices / UNITS_PER_DEGREE if same_frame or len(leg.vertices) > 2 else leg.line.ends
    places = np.column_stack([np.unwrap(places[:, 0], period=360.0), places[:, 1]])
    return StraightLine(
        leg.section, leg.name, leg.kind, leg.frame.ellipsoid, places, leg.vertex_names, declared,
        leg.reading.name if leg.reading is not None else None, leg.reading.by if leg.reading is not None else None,
        leg.clauses, leg.span,
    )  # fmt: skip


def _ellipsoid_of(line: BoundaryLine) -> Ellipsoid:
    """The ellipsoid to measure a gap on: the line's, a computed leg's, or WGS 84's (they differ by 1e-4 at most)."""
    if line.frame is not None:
        return line.frame.ellipsoid
    return line.legs[0].frame.ellipsoid if line.legs else WGS84
