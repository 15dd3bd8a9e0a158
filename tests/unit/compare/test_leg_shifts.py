"""How far legs moved between two compiled versions, against geographiclib and brute force."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import pytest
from geographiclib.geodesic import Geodesic as Oracle

from fakes.descriptions import SQUARE, A, B, result_of
from merestone.compare.texts.clauses import legs_that_answer
from merestone.compare.texts.displacement import displacement
from merestone.compare.texts.leg_shifts import LegShift, LegShifts, leg_shifts
from merestone.compare.texts.trace import edges_of, feet, trace
from merestone.compare.texts.vertex_changes import VertexFate
from merestone.errors import MixedFramesError
from merestone.geodesy.chained import ChainedLine
from merestone.geodesy.ellipsoid import GRS80, WGS84
from merestone.geodesy.line import Floats, Line
from merestone.geodesy.lines.arc import Arc, Turn
from merestone.geodesy.lines.chain import geodesic_chain
from merestone.geodesy.lines.geodesic import Geodesic
from merestone.geodesy.lines.loxodrome import Loxodrome
from merestone.geodesy.lines.parallel import Parallel
from merestone.publish.diff_text import geometry_heading
from merestone.publish.shift_words import section_sentence

BODY = SQUARE + (
    "section S with A on the right, B on the left\n  from A\n  leg 1 geodesic to B\n  leg 2 geodesic to C\n"
    "  leg 3 loxodrome to D\n"
)


def shifts(old: str, new: str) -> LegShifts:
    """What moved between two descriptions with these bodies."""
    before, after = result_of(old), result_of(new)
    return leg_shifts(before.line, after.line, legs_that_answer(before.description, after.description))


def by_leg(found: LegShifts) -> dict[str, LegShift]:
    return {leg.new[1]: leg for leg in found.legs}


def put(text: str, old: str, new: str) -> str:
    assert old in text
    return text.replace(old, new, 1)


def polygon_m2(ring: Floats) -> float:
    """The area of a polygon of geodesics by geographiclib, positive where it runs anticlockwise."""
    polygon = Oracle.WGS84.Polygon()
    for lon, lat in ring:
        polygon.AddPoint(float(lat), float(lon))
    return float(polygon.Compute(reverse=False, sign=True)[2])


def places(edges: Sequence[Line], count: int = 2000) -> Floats:
    return np.concatenate([edge.position(np.linspace(0.0, edge.length_m, count)) for edge in edges])


def brute_m(one: Floats, other: Floats) -> float:
    """The greatest distance from a place of one chain to the nearest place of the other, by geographiclib."""
    worst = 0.0
    for lon, lat in one[np.linspace(0, len(one) - 1, 41).astype(int)]:
        flat = (other[:, 0] - lon) * math.cos(math.radians(lat)), other[:, 1] - lat
        near = np.hypot(*flat).argsort()[:3]
        worst = max(worst, min(Oracle.WGS84.Inverse(lat, lon, *other[at][::-1])["s12"] for at in near))
    return worst


START, END = (20.0, 40.0), (22.0, 41.0)
PAIRS: dict[str, tuple[list[Line], list[Line]]] = {
    "the whole line moved": (
        [Geodesic.between(WGS84, START, END)],
        [Geodesic.between(WGS84, (20.01, 39.995), (22.01, 40.995))],
    ),
    "one end moved": ([Geodesic.between(WGS84, START, END)], [Geodesic.between(WGS84, START, (22.0, 41.002))]),
    "another kind": ([Geodesic.between(WGS84, START, END)], [Loxodrome.between(WGS84, START, END)]),
    "a parallel": (
        [Parallel.between(WGS84, (20.0, 60.0), (24.0, 60.0))],
        [Geodesic.between(WGS84, (20.0, 60.0), (24.0, 60.0))],
    ),
    "crossing": (
        [Geodesic.between(WGS84, START, END)],
        [Geodesic.between(WGS84, (20.0, 40.01), (22.0, 40.995))],
    ),
    "a corner put in": (
        [Geodesic.between(WGS84, START, END)],
        [Geodesic.between(WGS84, START, (21.0, 40.6)), Geodesic.between(WGS84, (21.0, 40.6), END)],
    ),
    "an arc": (
        [Geodesic.between(WGS84, (20.0, 40.0), (20.1, 40.0))],
        [Arc.around(WGS84, (20.05, 40.0), 4_000.0, 270.0, 90.0, Turn.CLOCKWISE)],
    ),
}


@pytest.mark.parametrize("name", PAIRS)
def test_a_displacement_is_that_of_dense_chains(name: str) -> None:
    """The greatest distance and the net land are those of chains of places, by geographiclib."""
    old, new = PAIRS[name]
    found = displacement(old, new, 0.001)
    one, other = places(old), places(new)
    assert found.greatest_m == pytest.approx(max(brute_m(one, other), brute_m(other, one)), rel=0.01)
    net_m2 = polygon_m2(np.concatenate([one, other[::-1]]))
    assert found.left_m2 - found.right_m2 == pytest.approx(net_m2, rel=1e-4, abs=1.0)


@pytest.mark.parametrize("name", PAIRS)
def test_exchanging_the_lines_mirrors_the_displacement(name: str) -> None:
    """From new to old the same distances, lengths exchanged, land on the other side, the opposite direction."""
    old, new = PAIRS[name]
    there, back = displacement(old, new, 0.001), displacement(new, old, 0.001)
    assert back.greatest_m == pytest.approx(there.greatest_m, rel=1e-9)
    assert back.mean_m == pytest.approx(there.mean_m, rel=1e-9)
    assert back.moved_m == pytest.approx(there.moved_m[::-1], abs=0.01)
    assert back.left_m2 == pytest.approx(there.right_m2, rel=1e-6, abs=2.0)
    assert back.right_m2 == pytest.approx(there.left_m2, rel=1e-6, abs=2.0)


@pytest.mark.parametrize("name", PAIRS)
def test_a_line_run_the_other_way_is_the_same_line(name: str) -> None:
    """A reversed new line is known as turned, and moved as far as before; a reversed copy did not move."""
    old, new = PAIRS[name]
    there = displacement(old, new, 0.001)
    turned = displacement(old, [edge.reversed() for edge in reversed(new)], 0.001)
    assert turned.turned
    assert turned.greatest_m == pytest.approx(there.greatest_m, abs=1e-4)
    assert (turned.left_m2, turned.right_m2) == pytest.approx((there.left_m2, there.right_m2), rel=1e-6, abs=1.0)
    same = displacement(old, [edge.reversed() for edge in reversed(old)], 0.001)
    assert same.turned
    assert same.greatest_m < 0.0005
    assert same.moved_m == (0.0, 0.0)


def test_crossing_lines_have_land_on_both_sides() -> None:
    """Land is told by side: both lenses of two crossing lines as measured one by one."""
    old, new = PAIRS["crossing"]
    found = displacement(old, new, 0.001)
    one, other = places(old, 4000), places(new, 4000)
    at = int(np.abs(new[0].nearest(one).separation_m).argmin())
    there = int(np.hypot(*(other - one[at]).T).argmin())
    first = polygon_m2(np.concatenate([one[: at + 1], other[: there + 1][::-1]]))
    second = polygon_m2(np.concatenate([one[at:], other[there:][::-1]]))
    assert found.left_m2 == pytest.approx(max(first, second), rel=1e-3)
    assert found.right_m2 == pytest.approx(-min(first, second), rel=1e-3)


def test_a_ring_begun_elsewhere_did_not_move() -> None:
    """A ring through the same corners from another corner, or from the middle of a side, either way, did not move."""
    corners = [(20.0, 10.0), (21.0, 10.0), (21.0, 11.0), (20.0, 11.0)]
    ring: list[Line] = [
        Geodesic.between(WGS84, one, other) for one, other in zip(corners, [*corners[1:], corners[0]], strict=True)
    ]
    middle = tuple(float(each) for each in ring[0].position(np.array([40_000.0]))[0])
    cut = [
        Geodesic.between(WGS84, (middle[0], middle[1]), corners[1]),
        *ring[1:],
        Geodesic.between(WGS84, corners[0], (middle[0], middle[1])),
    ]
    for other in ([*ring[2:], *ring[:2]], cut, [edge.reversed() for edge in reversed(cut)]):
        found = displacement(ring, other, 0.001)
        assert found.greatest_m < 0.0005
        assert found.left_m2 + found.right_m2 < 1.0


def test_the_nearest_chord_is_found_among_uneven_edges() -> None:
    """Feet on a chain with edges from a metre to 50 km are the nearest of brute force along every edge."""
    rng = np.random.default_rng(7)
    steps = 10.0 ** rng.uniform(-5, -0.4, 60)
    lon = 20.0 + np.concatenate([[0.0], np.cumsum(steps)])
    lonlat = np.column_stack([lon, 10.0 + 0.05 * np.sin(lon * 9.0)])
    chain = ChainedLine(geodesic_chain(WGS84, lonlat))
    asked = np.column_stack([rng.uniform(lon[0] - 0.1, lon[-1] + 0.1, 200), rng.uniform(9.8, 10.2, 200)])
    found = feet(trace(edges_of(chain)), asked)
    assert found.distance_m == pytest.approx(np.abs(chain.nearest(asked).separation_m), abs=1e-3)


def test_two_ellipsoids_do_not_mix() -> None:
    """Lines on two ellipsoids are refused."""
    with pytest.raises(MixedFramesError):
        displacement([Geodesic.between(WGS84, START, END)], [Geodesic.between(GRS80, START, END)], 0.001)


# ---- descriptions -----------------------------------------------------------------------------------------------


def test_what_did_not_move_has_no_row() -> None:
    """The same description, and one whose words alone changed, move nothing."""
    assert shifts(BODY, BODY).legs == ()
    found = shifts(BODY, put(BODY, "leg 2 geodesic to C\n", "leg 2 geodesic to C\n    words en «to C»\n"))
    assert (found.legs, found.sections, found.only_old, found.only_new) == ((), (), (), ())


def test_a_moved_point_moves_both_its_legs_and_its_integers() -> None:
    """Where C moves 1" east legs 2 and 3 move by as much, leg 1 does not; C's integers are told, and whose the land is."""
    found = shifts(BODY, put(BODY, "point C at 11°00'00\" N 21°00'00\" E", "point C at 11°00'00\" N 21°00'01\" E"))
    legs = by_leg(found)
    assert set(legs) == {"2", "3"}
    apart_m = Oracle.WGS84.Inverse(11.0, 21.0, 11.0, 21.0 + 1 / 3600)["s12"]
    (vertex,) = legs["2"].vertices
    assert (vertex.fate, vertex.name, vertex.wind) == (VertexFate.MOVED, "C", "E")
    assert (vertex.old, vertex.new) == ((21_000_000_000, 11_000_000_000), (21_000_277_778, 11_000_000_000))
    assert vertex.distance_m == pytest.approx(apart_m, abs=1e-4)
    shift = legs["2"].shift
    assert shift is not None
    assert shift.displacement.greatest_m == pytest.approx(apart_m, abs=1e-3)
    (land,) = shift.land
    assert (land.held_in_old, land.held_in_new) == ("A", "B")
    triangle_m2 = abs(polygon_m2(np.array([[21.0, 10.0], [21.0, 11.0], [21.0 + 1 / 3600, 11.0]])))
    assert land.area_m2 == pytest.approx(triangle_m2, rel=1e-5)


def test_a_section_as_a_whole_holds_what_its_legs_hold() -> None:
    """Where legs meet their neighbours, the land of a section is the sum of that of its legs."""
    new = put(BODY, "point C at 11°00'00\" N 21°00'00\" E", "point C at 11°00'03\" N 21°00'05\" E")
    found = shifts(BODY, put(new, "point B at 10°00'00\" N", "point B at 10°00'09\" N"))
    (section,) = found.sections
    of_legs = {"A": 0.0, "B": 0.0}
    for leg in found.legs:
        assert leg.shift is not None
        for land in leg.shift.land:
            of_legs[land.held_in_new or ""] += land.area_m2
    whole = {land.held_in_new: land.area_m2 for land in section.shift.land}
    assert whole["B"] - whole.get("A", 0.0) == pytest.approx(of_legs["B"] - of_legs["A"], rel=1e-6)


def test_another_kind_is_told_with_how_far_it_moves() -> None:
    """A leg that became a loxodrome is told by both kinds and by its land, its vertices unchanged."""
    (leg,) = shifts(BODY, put(BODY, "leg 1 geodesic", "leg 1 loxodrome")).legs
    assert leg.kinds == ("geodesic", "loxodrome")
    assert leg.vertices == ()
    assert leg.shift is not None
    here, there = Geodesic.between(WGS84, A, B), Loxodrome.between(WGS84, A, B)
    middle = np.abs(here.nearest(there.position(np.linspace(0.0, there.length_m, 501))).separation_m).max()
    assert leg.shift.displacement.greatest_m == pytest.approx(middle, abs=1e-3)


def test_an_inserted_point_makes_two_legs_of_one() -> None:
    """Legs 2 and 3 stand in the place of leg 2, and leg 4 in that of leg 3: land and distance are those of the point
    that was put in, and no leg is in one version only."""
    new = put(BODY, "  leg 2 geodesic to C\n  leg 3", "  leg 2 geodesic to X\n  leg 3 geodesic to C\n  leg 4")
    new = put(new, "section S", "point X at 10°30'00\" N 21°01'00\" E\nsection S")
    found = shifts(BODY, new)
    assert (found.only_old, found.only_new) == ((), ())
    (leg,) = found.legs
    assert (leg.old_legs, leg.new_legs) == ((("S", "2"),), (("S", "2"), ("S", "3")))
    assert (leg.old, leg.new) == (("S", "2"), ("S", "2 and 3"))
    assert [(each.fate, each.name) for each in leg.vertices] == [(VertexFate.ADDED, "X")]
    (section,) = found.sections
    triangle_m2 = abs(polygon_m2(np.array([[21.0, 10.0], [21.0, 11.0], [21.0 + 1 / 60, 10.5]])))
    for shift in (section.shift, leg.shift):
        assert shift is not None
        (land,) = shift.land
        assert land.area_m2 == pytest.approx(triangle_m2, rel=1e-6)
        assert (land.held_in_old, land.held_in_new) == ("A", "B")


def zigzag(lonlat: Floats, kind: str = "leg", *, names: bool = False) -> str:
    """A body with a section of numbered legs, or of one chain, through places whose names say where they are."""
    called = [f"P{round(lon * 1e6)}x{round(lat * 1e6)}" if names else f"{i + 1}" for i, (lon, lat) in enumerate(lonlat)]
    points = [f"point {name} at {lat:.9f}° N {lon:.9f}° E" for name, (lon, lat) in zip(called, lonlat, strict=True)]
    body = [f"  leg {i} geodesic to {name}" for i, name in enumerate(called[1:], 1)]
    if kind == "chain":
        body = [f"  legs geodesic through {', '.join(called)}"]
    return "\n".join([*points, "section S with A on the right, B on the left", f"  from {called[0]}", *body, ""])


LONG = np.column_stack([20.0 + np.arange(12.0), 10.0 + np.array([0, 1, 0.2, 1.4, 0.1, 2, 1, 0.3, 1.1, 0, 0.8, 0.5])])


@pytest.mark.parametrize("kind", ["leg", "chain"])
@pytest.mark.parametrize("names", [True, False])
def test_a_line_written_from_its_other_end_has_not_moved(kind: str, names: bool) -> None:
    """No leg moved and no land changed, whatever the numbers; that it runs in the opposite direction is said of the section, and,
    where the words for the sides stayed, that the parties change sides on the ground."""
    old, new = zigzag(LONG, kind, names=names), zigzag(LONG[::-1], kind, names=names)
    for text, exchanged in (
        (new, True),
        (put(new, "A on the right, B on the left", "B on the right, A on the left"), False),
    ):
        found = shifts(old, text)
        assert [leg for leg in found.legs if leg.shift is None or leg.shift.displacement.greatest_m > 0.0005] == []
        assert [leg.vertices for leg in found.legs if names] == []
        assert (found.only_old, found.only_new) == ((), ())
        (section,) = found.sections
        assert section.shift.displacement.turned
        assert section.shift.land == ()
        assert section.exchanged is exchanged


@pytest.mark.parametrize("kind", ["leg", "chain"])
@pytest.mark.parametrize("turned", [True, False])
@pytest.mark.parametrize("at", [0, 1, 5, 11])
def test_a_point_put_in_anywhere_moves_its_leg_alone(kind: str, turned: bool, at: int) -> None:
    """A point 336 m beside a leg moves the line by 336 m, whichever numbers the other legs get; one before the start
    or behind the end makes the line longer and moves nothing."""
    beside = (LONG[at - 1] + LONG[at]) / 2.0 if at else LONG[0] - 1.0
    middle = Oracle.WGS84.Inverse(*LONG[at - 1][::-1], *LONG[at][::-1]) if at else None
    if middle is not None:
        line = Oracle.WGS84.InverseLine(*LONG[at - 1][::-1], *LONG[at][::-1]).Position(middle["s12"] / 2.0)
        aside = Oracle.WGS84.Direct(line["lat2"], line["lon2"], line["azi2"] + 90.0, 336.0)
        beside = np.array([aside["lon2"], aside["lat2"]])
    longer = np.insert(LONG, at, beside, axis=0)
    found = shifts(zigzag(LONG, kind), zigzag(longer[::-1] if turned else longer, kind))
    greatest_m = [leg.shift.displacement.greatest_m for leg in found.legs if leg.shift is not None]
    if at:
        assert max(greatest_m) == pytest.approx(336.0, abs=0.01)
        assert sum(each > 0.001 for each in greatest_m) == 1
    elif kind == "leg":
        assert all(each < 0.001 for each in greatest_m)
        assert found.only_new == (("S", "12" if turned else "1"),)


@pytest.mark.parametrize("start", [0, 1, 3])
@pytest.mark.parametrize("turned", [True, False])
def test_a_ring_of_legs_begun_elsewhere_has_not_moved(start: int, turned: bool) -> None:
    """Numbered legs of a ring answer to one another by where they lie."""
    corners = np.array([[20.0, 10.0], [21.0, 10.0], [21.0, 11.0], [20.0, 11.2]])
    other = np.roll(corners, -start, axis=0)[:: -1 if turned else 1]
    one, there = (zigzag(np.vstack([each, each[:1]])) for each in (corners, other))
    found = shifts(one, there)
    assert all(leg.shift is not None and leg.shift.displacement.greatest_m < 0.0005 for leg in found.legs)
    assert (found.only_old, found.only_new) == ((), ())


def test_parties_that_exchange_sides_of_a_line_in_place_are_told() -> None:
    """A line that did not move at all, with the words for the sides exchanged, is told by the clauses; written from the
    other end without them, it is told here."""
    found = shifts(zigzag(LONG), zigzag(LONG[::-1]))
    assert "parties change sides" in section_sentence(found.sections[0], 0.001)
    assert geometry_heading(found) == "Geometry: the same line, written from its other end"


def test_parties_that_exchange_sides_keep_the_land_between() -> None:
    """Where the sides are exchanged, land between the lines stays with its party: it changed side and line."""
    new = put(BODY, "with A on the right, B on the left", "with B on the right, A on the left")
    new = put(new, "point C at 11°00'00\" N 21°00'00\" E", "point C at 11°00'00\" N 21°00'01\" E")
    for leg in shifts(BODY, new).legs:
        assert leg.shift is not None
        assert all(land.held_in_old == land.held_in_new for land in leg.shift.land)


@pytest.mark.parametrize("way", ["A, B, C, D, A", "A, D, C, B, A"])
def test_a_ring_that_grows_takes_from_outside(way: str) -> None:
    """A ring that grows gives land to whom it holds inside, whichever way it runs."""
    ring = f"{SQUARE}ring R with A inside, B outside\n  from A\n  legs geodesic through {way}\n"
    (leg,) = shifts(ring, put(ring, "point C at 11°00'00\" N", "point C at 11°00'10\" N")).legs
    assert leg.shift is not None
    assert {(land.held_in_old, land.held_in_new) for land in leg.shift.land} == {("B", "A")}


def test_descriptions_exchanged_mirror_every_row() -> None:
    """From new to old: the same rows with names, lengths, vertices and hands exchanged."""
    new = put(BODY, "point C at 11°00'00\" N 21°00'00\" E", "point C at 11°00'04\" N 21°00'01\" E")
    there, back = shifts(BODY, new), shifts(new, BODY)
    for one, other in zip(there.legs, back.legs, strict=True):
        assert one.shift is not None
        assert other.shift is not None
        assert (one.old, one.new, one.kinds) == (other.new, other.old, other.kinds[::-1])
        assert one.shift.lengths_m == other.shift.lengths_m[::-1]
        assert [(v.old, v.new) for v in one.vertices] == [(v.new, v.old) for v in other.vertices]
        hands = {(land.held_in_old, land.held_in_new): land.area_m2 for land in one.shift.land}
        mirrored = {(land.held_in_new, land.held_in_old): land.area_m2 for land in other.shift.land}
        assert hands == pytest.approx(mirrored, rel=1e-6)
