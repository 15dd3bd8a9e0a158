"""Single steps between datums, and the chains that two of them make.

A step is a named operation of the registry, forwards or backwards, or the assumption that an ensemble ("WGS 84") is one
of its realisations ("WGS 84 (G2139)"), which moves no coordinate and costs the accuracy of the ensemble.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum
from functools import lru_cache

from merestone.geodesy import registry, transform
from merestone.geodesy.registry import OperationRow
from merestone.geodesy.transform import GridFile

Bounds = tuple[float, float, float, float]
"""West, south, east, north in degrees; east may pass 180."""


class StepKind(Enum):
    """What a step of an operation is."""

    NAMED = "named operation"
    MEMBERSHIP = "ensemble taken as one of its realisations, or the reverse"


@dataclass(frozen=True, slots=True)
class Step:
    """One step: a named operation forwards or backwards, or the assumption of an ensemble's realisation.

    `row` is the registry's row, None for an assumption; `accuracy_m` None where the registry gives none.
    """

    kind: StepKind
    code: str
    name: str
    forward: bool
    source_datum: int
    target_datum: int
    accuracy_m: float | None
    area: str
    bounds: Bounds
    grids: tuple[GridFile, ...] = ()
    row: OperationRow | None = None

    def __str__(self) -> str:
        """The step as one names it."""
        return self.code if self.forward else f"inverse of {self.code}"


@lru_cache(maxsize=256)
def edges_at(datum: int) -> tuple[Step, ...]:
    """Every single step away from a datum of the registry (by its code)."""
    steps = [_named(row, forward=row.source_datum == datum) for row in registry.operations_at(datum)]
    steps += [_membership(datum, ensemble, accuracy) for ensemble, accuracy in registry.ensembles_of(datum)]
    for member in registry.members_of(datum):
        if registry.geographic_of_datum(member):
            steps.append(_membership(datum, member, dict(registry.ensembles_of(member))[datum]))
    return tuple(step for step in steps if registry.geographic_of_datum(step.target_datum))


def _named(row: OperationRow, *, forward: bool) -> Step:
    """A named operation as a step; its grids are looked for only when it is about to be used."""
    source, target = (row.source_datum, row.target_datum) if forward else (row.target_datum, row.source_datum)
    return Step(
        StepKind.NAMED, f"EPSG:{row.code}", row.name, forward, source, target, row.accuracy_m, row.area, row.bounds, (), row
    )  # fmt: skip


def _membership(source: int, target: int, accuracy_m: float) -> Step:
    """The assumption that an ensemble is one of its realisations, or the reverse."""
    codes = [registry.geographic_of_datum(datum)[0] for datum in (source, target)]
    names = [row.name for code in codes if (row := registry.system(code)) is not None]
    return Step(
        StepKind.MEMBERSHIP, f"EPSG:{codes[0]}=EPSG:{codes[1]}", " taken as ".join(names), True, source, target,
        accuracy_m, "World.", (-180.0, -90.0, 180.0, 90.0),
    )  # fmt: skip


def two_steps(here: int, there: int) -> list[tuple[Step, ...]]:
    """Every chain of two steps between two datums, at most one of them an assumption."""
    last: dict[int, list[Step]] = {}
    for edge in edges_at(there):
        last.setdefault(edge.target_datum, []).append(_turned(edge))
    return [
        (first, second)
        for first in edges_at(here)
        for second in last.get(first.target_datum, ())
        if StepKind.NAMED in (first.kind, second.kind)
    ]


def three_steps(here: int, there: int) -> list[tuple[Step, ...]]:
    """Every chain of two named operations with the assumption of a realisation between, before or after them."""
    between = [
        (first, *rest)
        for first in edges_at(here)
        if first.kind is StepKind.NAMED and _is_in_an_ensemble(first.target_datum)
        for rest in two_steps(first.target_datum, there)
        if rest[0].kind is StepKind.MEMBERSHIP
    ]
    before = [(step, *rest) for step in _memberships(here) for rest in _two_named(step.target_datum, there)]
    after = [(*rest, _turned(step)) for step in _memberships(there) for rest in _two_named(here, step.target_datum)]
    return between + before + after


def _memberships(datum: int) -> list[Step]:
    """The assumptions of a realisation away from a datum."""
    return [step for step in edges_at(datum) if step.kind is StepKind.MEMBERSHIP]


def _two_named(here: int, there: int) -> list[tuple[Step, ...]]:
    """Every chain of two named operations between two datums."""
    return [pair for pair in two_steps(here, there) if all(step.kind is StepKind.NAMED for step in pair)]


def _is_in_an_ensemble(datum: int) -> bool:
    """Whether a datum is an ensemble or one of its realisations."""
    return bool(registry.members_of(datum) or registry.ensembles_of(datum))


def _turned(step: Step) -> Step:
    """The same step backwards."""
    if step.row is not None:
        return _named(step.row, forward=not step.forward)
    return _membership(step.target_datum, step.source_datum, step.accuracy_m or 0.0)


def equipped(step: Step) -> Step:
    """The step with the grid files it needs."""
    if step.row is None or step.row.by_parameters:
        return step
    return replace(step, grids=transform.grids_of(step.row.code))
