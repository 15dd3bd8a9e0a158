"""What passes between the two States of a pair, from the polygons of both versions, and what the lines say beside it."""

from __future__ import annotations

from dataclasses import dataclass

from merestone.compare.comparison import Pair
from merestone.compare.lines.land_zones import Way, differing, way_words
from merestone.compare.states.shared_edges import Pairing
from merestone.compare.states.state_polygons import place_in, polygon_areas_m2
from merestone.compare.territory import ChangedLand, TerritoryBalance
from merestone.geodesy.ellipsoid import Ellipsoid
from merestone.geodesy.line import Place
from merestone.sources.remark import Remark


@dataclass(frozen=True, slots=True)
class Passing:
    """The territory balance of a pair in m², each figure for what the first State has in the first version and the other
    in the second, and for the reverse.

    `areas_m2` such land; `passes_m2` the same without what one version gives to both States; `lines_m2` what the lines
    alone enclose, None where they could not be compared; `place_there`, `place_back` in the largest piece of each way.
    """

    areas_m2: Pair
    passes_m2: Pair
    lines_m2: Pair | None
    place_there: Place | None
    place_back: Place | None


def passing(balance: TerritoryBalance, lines_m2: Pair | None, ellipsoid: Ellipsoid) -> Passing:
    """The balance as figures, beside what the lines alone enclose."""
    there, back = (_largest(land, ellipsoid) for land in balance.changed)
    return Passing(balance.areas_m2, balance.passes_m2, lines_m2, there, back)


def _largest(land: ChangedLand, ellipsoid: Ellipsoid) -> Place | None:
    """A place inside the largest piece of changed land, None where there is no piece."""
    import shapely

    pieces = [shapely.Polygon(rings[0], rings[1:]) for rings in land.polygons]
    return place_in(pieces[int(polygon_areas_m2(pieces, ellipsoid).argmax())]) if pieces else None


def on_lines(pair: Pairing, found: Passing, length_m: float, titles: tuple[str, str]) -> tuple[Remark, ...]:
    """A remark (D315) for each way in which the lines of a pair enclose another area than the polygons give; `length_m`
    of both lines together."""
    if found.lines_m2 is None:
        return ()
    ways = (
        Way(way_words(*who, titles), passes_m2, lines_m2, place)
        for who, passes_m2, lines_m2, place in zip(
            (pair, pair[::-1]), found.passes_m2, found.lines_m2, (found.place_there, found.place_back), strict=True
        )
    )
    return differing(ways, length_m, " - ".join(pair))
