"""What every writer of a comparison is given."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from merestone.compare.comparison import Comparison, Side
from merestone.compare.lines.places import PlaceBeside
from merestone.geodesy.line import Place
from merestone.publish.no_date import NO_DATE


@dataclass(frozen=True, slots=True)
class Crossing:
    """Where a road, railway or river crosses one of the lines: its name (empty where it has none) and kind, the
    place, whether the second line is crossed, and the number of the zone whose edge that is, None where none."""

    name: str
    kind: str
    place: Place
    of_second: bool
    zone: int | None = None


@dataclass(frozen=True, slots=True)
class LiesBetween:
    """What lies in a zone: how many features of a layer, their length in metres, the people who live there.

    `zone` is the number of the zone, None for all zones of a side together; `side` the side of the first line on
    which it lies, None for both; `layer` as the user named it, `what` the kind of feature. `length_m` and `people`
    are None where they are not counted.
    """

    zone: int | None
    side: Side | None
    layer: str
    what: str
    count: int
    length_m: float | None = None
    people: int | None = None


@dataclass(frozen=True, slots=True)
class ComparisonExport:
    """A comparison with all that its outputs need: crossings, what lies between, and places beside both lines (first,
    second) where they were asked for; the date for files whose format must have one, and a title (one is made of both lines' names where it is empty)."""

    comparison: Comparison
    crossings: tuple[Crossing, ...] = field(default=())
    between: tuple[LiesBetween, ...] = field(default=())
    dated: datetime = NO_DATE
    title: str = ""
    places: tuple[tuple[PlaceBeside, PlaceBeside], ...] = field(default=())
