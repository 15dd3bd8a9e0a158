"""What the rules look at: a compiled description with what several of them need, computed once."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from merestone.delimit.boundary_line import CompiledPoint
from merestone.delimit.expectations import Evaluated, Unevaluated, evaluate
from merestone.delimit.printed import Prints, prints_of
from merestone.delimit.readings import ReadingsTable, readings
from merestone.diagnostics import Diagnostic
from merestone.geodesy.ellipsoid import Ellipsoid

if TYPE_CHECKING:
    from merestone.delimit.compile import Compiled


@dataclass(frozen=True, slots=True, eq=False)
class Evidence:
    """A compiled description, the readings of its straight lines, its figures weighed, and what is printed."""

    compiled: Compiled
    readings: ReadingsTable
    figures: tuple[Evaluated, ...]
    unevaluated: tuple[Unevaluated, ...]
    prints: Prints
    points: dict[str, CompiledPoint]

    @property
    def ellipsoid(self) -> Ellipsoid:
        """The ellipsoid that distances between points are measured on."""
        return self.compiled.computation.frames.description.ellipsoid


Rule = Callable[[Evidence], Iterable[Diagnostic]]
"""A rule: what it finds in a compiled description."""


def evidence_of(compiled: Compiled) -> Evidence:
    """Everything that the rules look at."""
    figures, unevaluated = evaluate(compiled)
    return Evidence(
        compiled, readings(compiled), figures, unevaluated, prints_of(compiled),
        {point.name: point for point in compiled.line.points},
    )  # fmt: skip
