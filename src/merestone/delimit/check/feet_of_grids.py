"""F827: lengths in feet where the grid counts in another foot."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from merestone.delimit.check.evidence import Evidence
from merestone.delimit.lengths import metres
from merestone.delimit.wording import off_text
from merestone.description.resolved import ResolvedLeg
from merestone.description.tree import AtCoordinates, ForDistance, Grid, Leg, Length, Name
from merestone.diagnostics import Diagnostic, Measure, Severity
from merestone.errors import UnknownFrameError
from merestone.geodesy.grid import find_grid
from merestone.geodesy.units import FOOT, find_length

OF_THE_FOOT = (
    "international foot", "international yard", "inch", "rod", "Gunter's chain", "link", "furlong", "fathom", "statute mile",
)  # fmt: skip
"""Units that are so many international feet; each has a sister that is as many feet of a grid."""


@dataclass(frozen=True, slots=True)
class _Use:
    """The lengths of a leg in international feet, in metres in all, on a grid that counts in another foot."""

    leg: ResolvedLeg
    length_m: float
    unit: str
    grid: str
    grid_unit: str
    ratio: float

    @property
    def apart_m(self) -> float:
        """How much longer the lengths are in the foot of the grid."""
        return self.length_m * (self.ratio - 1.0)


def find(evidence: Evidence) -> Iterator[Diagnostic]:
    """One finding for each grid: the leg with the greatest difference, and how many there are."""
    uses: dict[str, list[_Use]] = {}
    for leg in evidence.compiled.resolved.legs.values():
        use = _use(leg, evidence)
        if use is not None:
            uses.setdefault(use.grid, []).append(use)
    for found in uses.values():
        yield _finding(max(found, key=lambda use: abs(use.apart_m)), len(found))


def _use(leg: ResolvedLeg, evidence: Evidence) -> _Use | None:
    lengths = [each for each in _lengths(leg) if _leaves_the_foot_open(each.unit)]
    projection = getattr(leg.node.kind, "projection", None) or _grid_of_start(leg, evidence)
    if not lengths or not isinstance(projection, Name):
        return None
    try:
        grid = find_grid(projection.text)
    except UnknownFrameError:
        return None
    ratio = grid.unit_m / float(FOOT)
    if "foot" not in grid.unit.casefold() or abs(ratio - 1.0) < 1e-9 or abs(ratio - 1.0) > 1e-3:
        return None
    return _Use(leg, sum(map(metres, lengths)), lengths[0].unit, f"{grid.code} ({grid.name})", grid.unit, ratio)


def _leaves_the_foot_open(unit: str) -> bool:
    """Whether a unit is so many feet, and its print does not say of which foot."""
    return find_length(unit).name in OF_THE_FOOT and "international" not in unit


def _lengths(leg: ResolvedLeg) -> Iterator[Length]:
    kind = leg.node.kind
    yield from (distance for _, distance in getattr(kind, "courses", ()))
    for each in (getattr(kind, "radius", None), *(getattr(kind, "chord", None) or ())):
        if isinstance(each, Length):
            yield each
    if isinstance(leg.node, Leg) and isinstance(leg.node.ending, ForDistance):
        yield leg.node.ending.distance


def _grid_of_start(leg: ResolvedLeg, evidence: Evidence) -> Name | None:
    """The grid on which the description gives the first of its points that it gives on a grid."""
    start = evidence.compiled.resolved.points.get(leg.start.text) if leg.start is not None else None
    for point in ([start] if start is not None else []) + list(evidence.compiled.resolved.points.values()):
        for definition in point.definitions:
            if isinstance(definition, AtCoordinates) and isinstance(definition.coordinates, Grid):
                return definition.coordinates.system
    return None


def _finding(use: _Use, count: int) -> Diagnostic:
    subject = f"leg {use.leg.name} of {use.leg.section.name.text}"
    more = "" if count == 1 else f"; the same holds for {count} legs in all"
    return Diagnostic(
        "F827", Severity.WARNING,
        f"{use.grid} counts in the unit {use.grid_unit}, and the {use.unit} of {subject} are taken as international ones: "
        f"{use.length_m:,.4f} m; in the foot of the grid they are {use.length_m * use.ratio:,.4f} m, "
        f"{off_text(use.apart_m)} apart{more}",
        use.leg.node.span, subject=subject,
        hint="write `US survey feet` where the foot of the grid is meant, or `international feet`, as the instrument counts",
        measures=(Measure("between the two feet", abs(use.apart_m), "m", (use.unit, use.grid_unit)),),
    )  # fmt: skip
