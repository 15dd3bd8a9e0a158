"""O602: the instrument states no frame; how far its candidates put the line apart.

The same printed numbers are taken once in one candidate frame and once in another; the distance between the two
places is measured at vertices of the line, by the named operation that leads from one frame to the other.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from merestone.delimit.boundary_line import UNITS_PER_DEGREE
from merestone.delimit.check.evidence import Evidence
from merestone.delimit.frames_stated import lookup
from merestone.delimit.wording import listed, metres_text
from merestone.diagnostics import Diagnostic, Measure, Severity
from merestone.errors import MerestoneError
from merestone.geodesy import catalogue, registry
from merestone.geodesy.frame import Frame
from merestone.geodesy.line import Floats
from merestone.geodesy.operation import bounds_of, survey
from merestone.geodesy.step import edges_at
from merestone.geodesy.transform import separation_m

MOST_PLACES = 25
MOST_PLAUSIBLE = 8
COMMON = "WGS 84"
"""Where no operation leads from one candidate to the other, both are carried here."""
CANDIDATES, IN_USE = "the candidates", "the frames in use in the region"
SETTLES = "a statement of the parties that names the datum, or the instrument's own map or survey record that does"


@dataclass(frozen=True, slots=True)
class _Apart:
    """How far two frames put the same numbers apart, at most, by which operation; `why` where it cannot be said."""

    pair: tuple[str, str]
    metres: float
    operation: str
    why: str = ""


def find(evidence: Evidence) -> Iterator[Diagnostic]:
    """One finding where no frame is stated, with the distance between every pair of candidates."""
    statement = evidence.compiled.resolved.frame
    if statement is not None and statement.frame is not None:
        return
    frames, declared = _frames(evidence)
    places = _places(evidence)
    compared = [_compare(*pair, places) for pair in combinations(frames, 2)] if len(places) else []
    measured = [each for each in compared if not each.why]
    yield Diagnostic(
        "O602", Severity.OPEN, _sentence(evidence, frames, measured, CANDIDATES if declared else IN_USE),
        statement.span if statement is not None else None,
        hint=_hint(compared, declared=declared), settles=SETTLES, subject="the frame",
        measures=tuple(Measure("distance", each.metres, "m", each.pair) for each in measured),
        read_as=statement.read_as.frame.text if statement is not None and statement.read_as is not None else None,
    )  # fmt: skip


def _frames(evidence: Evidence) -> tuple[tuple[Frame, ...], bool]:
    """The frames to compare, and whether the description declares them; else those plausible in the region."""
    statement = evidence.compiled.resolved.frame
    if statement is not None:
        said = [each.frame for each in statement.candidates]
        said += [statement.read_as.frame] if statement.read_as is not None else []
        found = [frame for name in said if isinstance(frame := lookup(name), Frame)]
        if found:
            return tuple({frame.name: frame for frame in found}.values()), True
    places = _places(evidence)
    if not len(places):
        return (), False
    middle = (float(places[:, 0].mean()), float(places[:, 1].mean()))
    return catalogue.plausible(middle)[:MOST_PLAUSIBLE], False


def _places(evidence: Evidence) -> Floats:
    """Vertices of the line to measure at, (n, 2) degrees: evenly through it, and the first and last."""
    vertices = [leg.vertices for leg in evidence.compiled.line.legs]
    points = [np.array([point.units]) for point in evidence.points.values()]
    units = np.concatenate([*vertices, *points]) if vertices or points else np.zeros((0, 2))
    if len(units) > MOST_PLACES:
        units = units[np.linspace(0, len(units) - 1, MOST_PLACES).astype(int)]
    return np.asarray(units / UNITS_PER_DEGREE)


def _compare(one: Frame, other: Frame, places: Floats) -> _Apart:
    """How far two frames put the same numbers apart: by an operation between them, else both carried to WGS 84."""
    pair = one.name, other.name
    direct, why = _carried(one, other, places)
    if direct is not None:
        return _Apart(pair, float(np.max(separation_m(other.ellipsoid, places, direct[0]))), direct[1])
    common = catalogue.find(COMMON)
    here, there = (_carried(frame, common, places)[0] for frame in (one, other))
    if here is None or there is None:
        return _Apart(pair, 0.0, "", why)
    metres = float(np.max(separation_m(common.ellipsoid, here[0], there[0])))
    return _Apart(pair, metres, f"{here[1]} and {there[1]}, both to {common.name}")


def _carried(source: Frame, target: Frame, places: Floats) -> tuple[tuple[Floats, str] | None, str]:
    """The places in another frame and by which single operation, or None and why not.

    Chains of operations are left out: a comparison needs an answer to the metre, and looking for chains takes long.
    """
    if source == target:
        return (places, "identity"), ""
    if not _has_operation(source, target):
        return None, "the registry names no single operation between them"
    try:
        found = survey(source, target, bounds_of(places), outside_area=True)
        if not found.usable:
            return None, found.refused[0].why if found.refused else "no operation can be used here"
        operation = found.usable[0]
        outside = "" if operation.covers else " outside its area of use"
        return (operation.apply(places), f"{operation.code}{outside}"), ""
    except MerestoneError as error:
        return None, str(error)


def _has_operation(source: Frame, target: Frame) -> bool:
    """Whether the registry names an operation straight from one datum to the other."""
    here, there = _datum(source), _datum(target)
    return here is not None and any(edge.target_datum == there for edge in edges_at(here))


def _datum(frame: Frame) -> int | None:
    row = registry.system(int(frame.code.removeprefix("EPSG:"))) if frame.code is not None else None
    return row.datum if row is not None else None


def _sentence(evidence: Evidence, frames: tuple[Frame, ...], measured: list[_Apart], what: str) -> str:
    taken = evidence.compiled.line.frame_reading
    sentence = "the instrument does not say what its coordinates are counted in"
    if taken is not None:
        sentence += f"; it is read as {taken.name}{f' by {taken.by}' if taken.by else ''}"
    if measured:
        widest = max(measured, key=lambda each: each.metres)
        where = f"{widest.pair[0]} and {widest.pair[1]}, by {widest.operation}"
        return f"{sentence}; {what} put the same numbers up to {metres_text(widest.metres)} apart ({where})"
    if not len(_places(evidence)):
        return f"{sentence}; no point has a place at which the candidates could be compared"
    names = [frame.name for frame in frames]
    return f"{sentence}; the distance between {what} is not known{f' ({listed(names)})' if names else ''}"


def _hint(compared: list[_Apart], *, declared: bool) -> str | None:
    if not declared:
        return "write `frame unstated candidates FRAME, FRAME read as FRAME by «WHO»`"
    unknown = [f"{each.pair[0]} and {each.pair[1]} ({each.why})" for each in compared if each.why]
    return f"not measured: {listed(unknown, 3)}" if unknown else None
