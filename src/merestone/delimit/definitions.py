"""Where a point lies: every definition that the words give of it, computed; the one that prevails, taken."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, assert_never

import numpy as np

from merestone.delimit.aimed import produced
from merestone.delimit.boundary_line import VertexSource
from merestone.delimit.canonical import rounded
from merestone.delimit.choosing import choose
from merestone.delimit.drawn import TroubleError, trouble
from merestone.delimit.endings import LONGEST_RAY_M
from merestone.delimit.fix import ONE_UNIT_M, Bearing, Fix, Place
from merestone.delimit.given import given
from merestone.delimit.inherited import inherited
from merestone.delimit.judged import judge_definition, judge_foot, judge_start
from merestone.delimit.lengths import metres
from merestone.delimit.misclosure import EXACT_M
from merestone.delimit.resection import resected
from merestone.delimit.resting_on import fixes
from merestone.delimit.straight import ray_as_read
from merestone.delimit.stretch import beside_m
from merestone.description import references
from merestone.description.tree import (
    AtAzimuth,
    AtCoordinates,
    AtDistanceAlong,
    AtFoot,
    AtIntersection,
    AtMidpoint,
    AtNature,
    ByDistances,
    InDirection,
    OnMeridian,
    OnParallel,
    Point,
    PointDefinition,
    Standing,
)
from merestone.errors import GeometryError
from merestone.geodesy.elementary import distance_m
from merestone.geodesy.intersect import Intersection, intersect
from merestone.geodesy.line import Line
from merestone.geodesy.lines.geodesic import Geodesic
from merestone.geodesy.winds import azimuth_of_wind

if TYPE_CHECKING:
    from merestone.delimit.computation import Computation


@dataclass(frozen=True, slots=True)
class Constructed:
    """A point computed in the frame that legs are drawn in; `tolerance_m`: how exactly a recompilation meets it."""

    place: Place
    tolerance_m: float = ONE_UNIT_M


def compute(point: Point, computation: Computation) -> Fix | Bearing:
    """The fix of a point by the definition that prevails; raises `TroubleError` where none can be computed."""
    located: list[tuple[PointDefinition, Fix]] = []
    failures: list[TroubleError] = []
    for definition in point.definitions:
        try:
            outcome = locate(point, definition, computation)
        except TroubleError as ended:
            failures.append(ended)
            continue
        except GeometryError as error:
            failures.append(_impossible(point, definition, error))
            continue
        if isinstance(outcome, Bearing):
            return outcome
        located.append((definition, outcome))
    if not located:
        raise failures[0]
    for failure in failures:
        computation.report(failure.finding)
    return located[0][1] if len(located) == 1 else _prevailing(point, located, computation)


def locate(point: Point, definition: PointDefinition, computation: Computation) -> Fix | Bearing:
    """Where one definition puts a point."""
    match definition:
        case AtCoordinates():
            return given(point, definition, computation)
        case InDirection():
            return Bearing(_azimuth(definition, computation))
        case _:
            constructed = construct(point, definition, computation)
            frame = computation.frames.of_legs(None)
            place = computation.frames.to_description(constructed.place, frame)
            units = rounded(np.array(place))
            components = inherited(_parents(definition, computation), constructed.tolerance_m / ONE_UNIT_M)
            return Fix((int(units[0]), int(units[1])), VertexSource.COMPUTED, constructed.tolerance_m, components)


def _impossible(point: Point, definition: PointDefinition, error: GeometryError) -> TroubleError:
    """The finding that a definition has no solution on the ellipsoid."""
    subject = f"point {point.name.text}"
    return trouble(
        "G504", f"{subject} cannot be computed: {error}", definition.span, "check what it is computed from", subject
    )


def construct(point: Point, definition: PointDefinition, computation: Computation) -> Constructed:
    """The place of a definition that is computed from other points and lines."""
    match definition:
        case AtIntersection():
            return _intersection(definition, computation)
        case AtMidpoint():
            return _midpoint(definition, computation)
        case AtFoot():
            return _foot(point, definition, computation)
        case AtDistanceAlong():
            return _along(definition, computation)
        case AtAzimuth():
            return _at_azimuth(point, definition, computation)
        case ByDistances():
            return Constructed(resected(point, definition, computation))
        case AtNature():
            raise trouble(
                "N902",
                f"{point.name.text} rests on a feature, which is not yet compiled",
                definition.span,
                "legs to and from it stay named gaps; coordinates for it, with `also at`, would let them compile",
                f"point {point.name.text}",
            )
        case AtCoordinates() | InDirection():
            raise AssertionError("given, not constructed")
        case _:
            assert_never(definition)


def _intersection(definition: AtIntersection, computation: Computation) -> Constructed:
    match definition.first, definition.second:
        case (OnParallel(latitude=latitude), OnMeridian(longitude=longitude)) | (
            OnMeridian(longitude=longitude),
            OnParallel(latitude=latitude),
        ):
            return Constructed((computation.degrees(longitude), computation.degrees(latitude)))
        case _:
            pass
    frame = computation.frames.of_legs(None)
    first, second = computation.line(definition.first, frame), computation.line(definition.second, frame)
    near = None
    if definition.choice is not None and definition.choice.point is not None:
        near = computation.place_of(definition.choice.point, frame)
    crossings = intersect(
        first,
        second,
        first_produced=computation.produced(definition.first),
        second_produced=computation.produced(definition.second),
    )
    on_this_side = [each for each in crossings if _within_reach(each, first, second)]
    chosen = choose(on_this_side, definition.choice, near, frame.ellipsoid, definition.span)
    return Constructed(chosen.place, ONE_UNIT_M * max(1.0, chosen.shift_m_per_m))


def _within_reach(crossing: Intersection, first: Line, second: Line) -> bool:
    """Whether a crossing lies near enough to both lines to be meant.

    Two geodesics that are produced all round the Earth meet twice, on opposite sides of it; no instrument means the
    meeting on the other side.
    """
    beyond_m = (
        max(-along_m, along_m - line.length_m)
        for along_m, line in ((crossing.along_first_m, first), (crossing.along_second_m, second))
    )
    return max(beyond_m) <= LONGEST_RAY_M


def _midpoint(definition: AtMidpoint, computation: Computation) -> Constructed:
    frame = computation.frames.of_legs(None)
    line = Geodesic.between(
        frame.ellipsoid, computation.place_of(definition.first, frame), computation.place_of(definition.second, frame)
    )
    return Constructed(_single(line.position(np.array([line.length_m / 2.0]))))


def _foot(point: Point, definition: AtFoot, computation: Computation) -> Constructed:
    frame = computation.frames.of_legs(None)
    line = computation.line(definition.line, frame)
    if computation.produced(definition.line):
        line = produced(line)
    place = computation.place_of(definition.point, frame)
    nearest = line.nearest(np.array([place]))
    aside_m = beside_m(line, nearest, place)
    if aside_m > EXACT_M and not computation.trial:
        judge_foot(point, definition, computation, line, nearest, aside_m)
    return Constructed(_single(nearest.lonlat))


def _along(definition: AtDistanceAlong, computation: Computation) -> Constructed:
    frame = computation.frames.of_legs(None)
    line = computation.line(definition.leg, frame)
    start = computation.place_of(definition.start, frame)
    length_m = metres(definition.distance)
    ends = [distance_m(frame.ellipsoid, start, (float(lon), float(lat))) for lon, lat in line.ends]
    if min(ends) > EXACT_M and not computation.trial:
        judge_start(definition, computation, start, line.ends[ends.index(min(ends))], min(ends))
    if length_m > line.length_m:
        raise trouble(
            "G515",
            f"leg {definition.leg.leg.text} is {line.length_m:,.2f} m long, shorter than {length_m:,.2f} m",
            definition.distance.span,
            "check the distance, or measure along a longer leg",
        )
    along_m = length_m if ends[0] <= ends[1] else line.length_m - length_m
    return Constructed(_single(line.position(np.array([along_m]))))


def _at_azimuth(point: Point, definition: AtAzimuth, computation: Computation) -> Constructed:
    frame = computation.frames.of_legs(None)
    reading = computation.reading_of(definition.kind, definition.projection, definition.span)
    start = computation.place_of(definition.start, frame)
    length_m = metres(definition.distance)
    subject = f"point {point.name.text}"
    azimuth_deg = computation.true_azimuth_deg(definition.azimuth, start, frame)
    line = ray_as_read(reading, frame.ellipsoid, start, azimuth_deg, length_m, subject, definition.span)
    return Constructed(_single(line.ends[1:]))


def _azimuth(definition: InDirection, computation: Computation) -> float:
    if definition.azimuth is not None:
        frame = computation.frames.of_legs(None)
        return computation.true_azimuth_deg(definition.azimuth, computation.place_of(definition.start, frame), frame)
    return azimuth_of_wind(definition.wind or "N")


def _single(lonlat: np.typing.NDArray[np.float64]) -> Place:
    return float(lonlat[0, 0]), float(lonlat[0, 1])


def _parents(definition: PointDefinition, computation: Computation) -> list[Fix]:
    """The fixes that a computed point rests on, directly or as the ends of legs."""
    return fixes(references.of_definition(definition), computation)


# ---- several definitions ----------------------------------------------------------------------------------------


def basis(definition: PointDefinition, point: Point) -> str:
    """What a definition rests on, in the words of `precedence`: marks, words, coordinates or map."""
    match definition:
        case AtCoordinates(numbers=numbers):
            measured = numbers is not None and numbers.standing is Standing.MEASURED
            return "marks" if point.mark is not None and measured else "coordinates"
        case AtNature(source=source):
            return "map" if source is not None else "words"
        case _:
            return "words"


def _prevailing(point: Point, located: list[tuple[PointDefinition, Fix]], computation: Computation) -> Fix:
    order = computation.resolved.precedence
    ranked = sorted(located, key=lambda each: _rank(basis(each[0], point), order))
    taken, fix = ranked[0]
    ellipsoid = computation.frames.description.ellipsoid
    others = [(each, distance_m(ellipsoid, fix.place, other.place)) for each, other in ranked[1:]]
    computation.others[point.name.text] = tuple((basis(each, point), apart_m) for each, apart_m in others)
    computation.located[point.name.text] = tuple(ranked)
    if basis(taken, point) not in order and not computation.trial:
        for other, other_fix in ranked[1:]:
            judge_definition(point, (taken, fix), (other, other_fix), others, computation)
    return fix


def _rank(what: str, order: tuple[str, ...]) -> int:
    return order.index(what) if what in order else len(order)
