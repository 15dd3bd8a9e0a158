"""Transformations between frames by operations that have a name, an accuracy and an area of use.

PROJ's automatic choice is not used: where the grid of the best operation is missing it goes another way without a
word, 12 m off in the case of NAD27. Here the registry is asked for every named operation between two datums; what
cannot be vouched for is refused with its reason, and one operation serves a whole leg.

The WGS 84 ensemble. "WGS 84" (EPSG:4326) stands for all realisations at once. To say that a coordinate in it is one
in a realisation, say WGS 84 (G1762), is no transformation but an assumption: the numbers stay and 2 m, the accuracy
that EPSG gives the ensemble, are added. It is listed as a step of its own and never as a null step of 0 m. The same
holds for ETRS89 (0.1 m).

Accuracy of a chain: the sum of its steps. EPSG does not define what its figure means statistically, so the sum,
which holds whatever the steps have in common, is taken, and not the root of the sum of squares.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from merestone.errors import TransformationRefusedError
from merestone.geodesy import registry, transform
from merestone.geodesy.frame import Frame
from merestone.geodesy.line import Floats
from merestone.geodesy.step import Bounds, Step, StepKind, edges_at, equipped, three_steps, two_steps
from merestone.geodesy.transform import GridFile
from merestone.geodesy.uncertainty import Component, Uncertainty

__all__ = [
    "Alternative",
    "Bounds",
    "Operation",
    "Refusal",
    "Step",
    "StepKind",
    "Survey",
    "alternatives",
    "bounds_of",
    "choose",
    "operations",
    "survey",
]

REFUSED_ACCURACY_M = 100.0
MISSING_GRID = "its grid is missing"
NO_EPOCH = "it depends on time and the coordinates have no epoch"


@dataclass(frozen=True, slots=True)
class Operation:
    """A way from one frame to another: named steps with what is known about them.

    No steps: the two frames are one. `covers` says whether every step's area of use contains the whole leg.
    """

    source: Frame
    target: Frame
    steps: tuple[Step, ...]
    covers: bool = True

    @property
    def code(self) -> str:
        """The codes of its steps in order: "EPSG:15865", "inverse of EPSG:1808 + EPSG:9757", "identity"."""
        return " + ".join(str(step) for step in self.steps) or "identity"

    @property
    def name(self) -> str:
        """The names of its steps in order."""
        return " + ".join(step.name for step in self.steps) or "the same frame"

    @property
    def accuracy_m(self) -> float:
        """The accuracy in metres: the sum of the steps' accuracies (infinite where one is unknown)."""
        return sum((np.inf if step.accuracy_m is None else step.accuracy_m) for step in self.steps)

    @property
    def grids(self) -> tuple[GridFile, ...]:
        """The grid files that the steps read, with their digests."""
        return tuple(grid for step in self.steps for grid in step.grids)

    @property
    def uncertainty(self) -> Uncertainty:
        """What the operation adds to every place: one common error of unknown direction for each step.

        The stated accuracy is taken as the standard deviation along one axis. A step is the same source forwards and
        backwards, so that two lines brought over by one operation do not differ by its error.
        """
        return Uncertainty(
            tuple(
                Component("=".join(sorted(step.code.split("="))), step.accuracy_m)
                for step in self.steps
                if step.accuracy_m
            )
        )

    def apply(self, lonlat: Floats) -> Floats:
        """The places in the target frame: (n, 2) degrees -> (n, 2) degrees; longitudes keep running on.

        Heights are taken as 0 on the ellipsoid of each step, as the 2-D methods of EPSG do; there and back therefore
        agree to some millimetres only (5 mm by EPSG:1808 in the Caucasus), far inside their accuracy. Raises
        `TransformationRefusedError` where a place lies outside the grid of a step.
        """
        places = np.array(lonlat, dtype=np.float64).reshape(-1, 2)
        epoch = None if self.source.epoch is None else float(self.source.epoch)
        for step in self.steps:
            if step.row is not None:
                try:
                    places = transform.apply_named(step.row, places, forward=step.forward, epoch=epoch)
                except transform.StepFailedError as failed:
                    raise TransformationRefusedError(
                        self.source.name, self.target.name, f"{step} fails: {failed}", "name another operation"
                    ) from failed
        return places


@dataclass(frozen=True, slots=True)
class Refusal:
    """An operation that may not be used here: why, what would make it usable, its accuracy (None: unknown)."""

    code: str
    name: str
    why: str
    what_to_do: str
    accuracy_m: float | None = None


@dataclass(frozen=True, slots=True)
class Survey:
    """Every way from one frame to another over a leg: what may be used, best first, and what is refused."""

    usable: tuple[Operation, ...]
    refused: tuple[Refusal, ...]


@dataclass(frozen=True, slots=True)
class Alternative:
    """An operation beside the chosen one: its distance from it in metres at each place, shape (n,)."""

    operation: Operation
    separation_m: Floats


def bounds_of(lonlat: Floats) -> Bounds:
    """The box around places (n, 2) in degrees."""
    low, high = np.min(lonlat, axis=0), np.max(lonlat, axis=0)
    return float(low[0]), float(low[1]), float(high[0]), float(high[1])


def survey(source: Frame, target: Frame, bounds: Bounds, *, outside_area: bool = False) -> Survey:
    """Every named way between two frames over a leg's bounds, and every one that is refused, with the reason.

    Direct operations first; only where the registry has no direct one for the place are two named operations joined
    (one of them may be replaced by, or connected through, the assumption of an ensemble's realisation). A direct
    operation whose grid is missing is never worked around: the refusal says which file to get. Nor is one that
    depends on time, where the coordinates have no epoch. `outside_area` also
    lists operations whose area of use does not contain the leg (for comparison; their `covers` is False).
    """
    here, there = _datum(source), _datum(target)
    if here == there:
        return _same_datum(source, target)
    edges = [edge for edge in edges_at(here) if edge.target_datum == there]
    usable, refused = _sift(source, target, [(edge,) for edge in edges], bounds, outside_area=outside_area)
    if not usable and not any(_blocks(edge, bounds) for edge in edges):
        for chains in (two_steps, three_steps):
            joined, more = _sift(source, target, chains(here, there), bounds, outside_area=outside_area)
            if any(refusal.why == NO_EPOCH for refusal in more):
                refused, usable = [refusal for refusal in more if refusal.why == NO_EPOCH], []
                break
            usable = _best_of_each_kind(joined)
            refused += [refusal for refusal in more if not usable and refusal not in refused]
            if usable:
                break
    return Survey(tuple(sorted(usable, key=_rank)), tuple(refused))


def operations(source: Frame, target: Frame, bounds: Bounds) -> tuple[Operation, ...]:
    """Every operation that may be used from one frame to another over a leg's bounds, best first."""
    return survey(source, target, bounds).usable


def choose(
    source: Frame, target: Frame, bounds: Bounds, code: str | None = None, *, outside_area: bool = False
) -> Operation:
    """The one operation for a whole leg: the best, or the first that has this code ("EPSG:15865 + ...") among its steps.

    Raises `TransformationRefusedError`, which says what grid to get or which codes there are. Without a code it also
    raises where an operation would be more accurate than every usable one, if only its grid were there: a coarser way
    is taken when it is named, never silently.
    """
    found = survey(source, target, bounds, outside_area=outside_area)
    named = [one for one in found.usable if code is None or _same_code(code, one)]
    codes = ", ".join(one.code for one in found.usable)
    better = _better_with_its_grid(found) if named and code is None else None
    if better is not None:
        usable = tuple(one.code for one in found.usable)
        raise _refused(source, target, better, f"{better.what_to_do}, or name another operation: {codes}", usable)
    if named:
        return named[0]
    refused = [one for one in found.refused if code is None or _plain(code) == _plain(one.code)]
    if refused:
        raise _refused(source, target, refused[0], refused[0].what_to_do)
    why = "the registry names no operation between them" if code is None else f"{code} does not lead there"
    what_to_do = f"name one of {codes}" if codes else "state a transformation of your own"
    raise TransformationRefusedError(source.name, target.name, why, what_to_do)


def leads(source: Frame, target: Frame, bounds: Bounds, code: str) -> bool:
    """Whether an operation with this code, alone or as a step, may be used from one frame to another over bounds."""
    return any(_same_code(code, one) for one in survey(source, target, bounds).usable)


def _better_with_its_grid(found: Survey) -> Refusal | None:
    """The operation that would be more accurate than every usable one, if only its grid were there."""
    missing = [one for one in found.refused if one.why.startswith(MISSING_GRID) and one.accuracy_m is not None]
    better = [one for one in missing if (one.accuracy_m or 0.0) < found.usable[0].accuracy_m]
    return better[0] if better else None


def _refused(
    source: Frame, target: Frame, refusal: Refusal, what_to_do: str, usable: tuple[str, ...] = ()
) -> TransformationRefusedError:
    """A refusal as an exception."""
    why = f"{refusal.code} {refusal.name}: {refusal.why}"
    return TransformationRefusedError(source.name, target.name, why, what_to_do, usable)


def alternatives(chosen: Operation, lonlat: Floats, *, outside_area: bool = False) -> tuple[Alternative, ...]:
    """Every other operation with its distance from the chosen one, in metres, at the given places (n, 2)."""
    places = np.asarray(lonlat, dtype=np.float64).reshape(-1, 2)
    reached = chosen.apply(places)
    others = survey(chosen.source, chosen.target, bounds_of(places), outside_area=outside_area).usable
    return tuple(
        Alternative(other, transform.separation_m(chosen.target.ellipsoid, reached, other.apply(places)))
        for other in others
        if other.code != chosen.code
    )


# --- finding the ways --------------------------------------------------------------------------------------------


def _datum(frame: Frame) -> int:
    """The registry's code of a frame's datum; a frame without a code has none."""
    row = registry.system(int(frame.code.removeprefix("EPSG:"))) if frame.code is not None else None
    if row is None:
        raise TransformationRefusedError(
            frame.name, "any frame of the registry", "it is not in the registry", "state its own transformation"
        )
    return row.datum


def _same_datum(source: Frame, target: Frame) -> Survey:
    """Two frames on one datum: one and the same, unless their coordinates are at two epochs in a moving frame."""
    if source.is_dynamic and source.epoch is not None and target.epoch is not None and source.epoch != target.epoch:
        why = f"the coordinates are at epoch {source.epoch} and wanted at {target.epoch}"
        return Survey((), (Refusal("identity", "the same frame", why, "move them with a plate model first"),))
    return Survey((Operation(source, target, ()),), ())


def _sift(
    source: Frame, target: Frame, chains: list[tuple[Step, ...]], bounds: Bounds, *, outside_area: bool
) -> tuple[list[Operation], list[Refusal]]:
    """The chains that may be used, and the single operations that are refused."""
    usable: list[Operation] = []
    refused: dict[Refusal, None] = {}
    for chain in chains:
        covering = all(registry.covers(step.bounds, bounds) for step in chain)
        ready = chain
        if covering or outside_area:
            ready = tuple(equipped(step) for step in chain)
        operation = Operation(source, target, ready, covering)
        refusals = [refusal for step in ready if (refusal := _refusal(step, bounds, source, outside_area=outside_area))]
        if not refusals and operation.accuracy_m >= REFUSED_ACCURACY_M:
            why = f"its accuracy is {operation.accuracy_m:g} m"
            refusals = [Refusal(operation.code, operation.name, why, "name another operation")]
        refused.update(dict.fromkeys(refusals))
        if not refusals:
            usable.append(operation)
    return usable, sorted(refused, key=_refusal_rank)


def _refusal(step: Step, bounds: Bounds, source: Frame, *, outside_area: bool) -> Refusal | None:
    """Why a step may not be used, None if it may."""
    another = "name another operation"
    if not outside_area and not registry.covers(step.bounds, bounds):
        return Refusal(step.code, step.name, f"the leg is not inside its area of use ({step.area})", another)
    if step.accuracy_m is None:
        return Refusal(step.code, step.name, "the registry does not say how accurate it is", another)
    if step.accuracy_m >= REFUSED_ACCURACY_M:
        return Refusal(step.code, step.name, f"its accuracy is {step.accuracy_m:g} m", another)
    missing = [grid for grid in step.grids if not grid.present]
    if missing:
        names = ", ".join(grid.name for grid in missing)
        return Refusal(step.code, step.name, f"{MISSING_GRID}: {names}", _get(missing), step.accuracy_m)
    if step.row is not None and "Time-dependent" in step.row.method and source.epoch is None:
        return Refusal(step.code, step.name, NO_EPOCH, "state the epoch")
    if step.row is not None and not transform.is_supported(step.row):
        return Refusal(step.code, step.name, f"its method is not supported here ({step.row.method})", another)
    return None


def _get(missing: list[GridFile]) -> str:
    """What to do about missing grids."""
    return "; ".join(
        f"get {grid.name}" + (f" from {grid.url}" if grid.url else " from the mapping agency") for grid in missing
    ) + " and put it in PROJ's data folder (PROJ_DATA)"  # fmt: skip


def _blocks(step: Step, bounds: Bounds) -> bool:
    """Whether a direct operation was made for this place, so that its absence is never worked around."""
    return (
        step.kind is StepKind.NAMED
        and registry.covers(step.bounds, bounds)
        and step.accuracy_m is not None
        and step.accuracy_m < REFUSED_ACCURACY_M
    )


def _best_of_each_kind(found: list[Operation]) -> list[Operation]:
    """Of the chains that have their least accurate operation in common the best: they differ in a realisation."""
    best: dict[str, Operation] = {}
    for operation in sorted(found, key=_rank):
        named = [step for step in operation.steps if step.kind is StepKind.NAMED]
        best.setdefault(max(named, key=lambda step: step.accuracy_m or 0.0).code, operation)
    return list(best.values())


def _rank(operation: Operation) -> tuple[bool, bool, float, float, str]:
    """Best first: in its area, not superseded, the most accurate, the smallest area, then by code."""
    superseded = any(step.row is not None and step.row.superseded_by is not None for step in operation.steps)
    area = min((_extent(step.bounds) for step in operation.steps), default=0.0)
    return not operation.covers, superseded, operation.accuracy_m, area, operation.code


def _refusal_rank(refusal: Refusal) -> tuple[bool, float, str]:
    """Missing grids first, of the most accurate operation first of all: they are what can be put right."""
    accuracy_m = np.inf if refusal.accuracy_m is None else refusal.accuracy_m
    return not refusal.why.startswith(MISSING_GRID), accuracy_m, refusal.code


def _extent(bounds: Bounds) -> float:
    """The size of a box in square degrees."""
    return ((bounds[2] - bounds[0]) % 360.0 or 360.0) * (bounds[3] - bounds[1])


def _plain(code: str) -> str:
    """A code without its direction."""
    return code.replace("inverse of ", "").replace(" ", "").upper()


def _same_code(code: str, operation: Operation) -> bool:
    """Whether a code names an operation: all its steps, or some of them ("EPSG:1808" of a chain through WGS 84)."""
    return set(_plain(code).split("+")) <= set(_plain(operation.code).split("+"))
