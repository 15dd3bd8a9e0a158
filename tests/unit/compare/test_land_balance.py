"""What several sections give and take together, against polygons of geographiclib."""

from __future__ import annotations

import pytest
from geographiclib.geodesic import Geodesic as Oracle

from fakes.descriptions import SQUARE, A, B, C, D, result_of, section
from merestone.compare.texts.clauses import legs_that_answer
from merestone.compare.texts.land_balance import LandBalance, land_balance
from merestone.compare.texts.leg_shifts import LegShifts, leg_shifts

Place = tuple[float, float]
BETWEEN_AB = 20.5, 10.0
BETWEEN_CD = 20.5, 11.0


def body(x: str, y: str, sides: str = "with A on the right, B on the left") -> str:
    """Section S east from A by X to B, section T west from C by Y to D: A's land is south of S and north of T."""
    points = f"point X at {x} N 20°30'00\" E\npoint Y at {y} N 20°30'00\" E\n"
    sections = [
        f"section S {sides}\n  from A\n  leg 1 geodesic to X\n  leg 2 geodesic to B\n",
        f"section T {sides}\n  from C\n  leg 1 geodesic to Y\n  leg 2 geodesic to D\n",
    ]
    return SQUARE + points + "".join(sections)


def shifts(old: str, new: str) -> LegShifts:
    """What moved between two descriptions with these bodies."""
    before, after = result_of(old), result_of(new)
    return leg_shifts(before.line, after.line, legs_that_answer(before.description, after.description))


def between_m2(*ring: Place) -> float:
    """The area of a polygon of geodesics by geographiclib."""
    polygon = Oracle.WGS84.Polygon()
    for lon, lat in ring:
        polygon.AddPoint(lat, lon)
    return abs(float(polygon.Compute(reverse=False, sign=True)[2]))


OLD = body("10°00'00\"", "11°00'00\"")
NEW = body("10°06'00\"", "11°12'00\"")


def balance(old: str, new: str) -> LandBalance:
    """The balance of one pair of descriptions."""
    return land_balance([shifts(old, new)])


def test_each_party_gains_what_the_polygons_say() -> None:
    """A gains the land over S, B that over T; the difference is the balance, and parties stand in the order of their names."""
    found = balance(OLD, NEW)
    (exchange,) = found.exchanges
    to_a_m2 = between_m2(A, (20.5, 10.1), B, BETWEEN_AB)
    to_b_m2 = between_m2(C, (20.5, 11.2), D, BETWEEN_CD)
    assert (exchange.first, exchange.second) == ("A", "B")
    assert exchange.to_first_m2 == pytest.approx(to_a_m2, rel=1e-9)
    assert exchange.to_second_m2 == pytest.approx(to_b_m2, rel=1e-9)
    assert exchange.net_to_first_m2 == pytest.approx(to_a_m2 - to_b_m2, rel=1e-9)
    assert found.other_m2 == 0.0


def test_the_parties_exchanged_are_the_same_figures_exchanged() -> None:
    """With A on the left and B on the right what A gained B gains."""
    mirrored = "with B on the right, A on the left"
    (one,) = balance(OLD, NEW).exchanges
    (other,) = balance(body("10°00'00\"", "11°00'00\"", mirrored), body("10°06'00\"", "11°12'00\"", mirrored)).exchanges
    assert (other.to_first_m2, other.to_second_m2) == (one.to_second_m2, one.to_first_m2)


def test_several_texts_are_summed() -> None:
    """Sections that stand in two acts' texts are as those that stand in one."""
    (both,) = balance(OLD, NEW).exchanges
    apart = [shifts(OLD, body("10°06'00\"", "11°00'00\"")), shifts(OLD, body("10°00'00\"", "11°12'00\""))]
    (summed,) = land_balance(apart).exchanges
    assert summed.to_first_m2 == pytest.approx(both.to_first_m2, rel=1e-12)
    assert summed.to_second_m2 == pytest.approx(both.to_second_m2, rel=1e-12)


@pytest.mark.parametrize("sides", ["", "with A on the right, open on the left"])
def test_land_that_is_not_between_parties_is_no_exchange(sides: str) -> None:
    """Where a side is not said, or is open, the land is told beside the balance and given to nobody."""
    found = balance(body("10°00'00\"", "11°00'00\"", sides), body("10°06'00\"", "11°12'00\"", sides))
    assert found.exchanges == ()
    over = between_m2(A, (20.5, 10.1), B, BETWEEN_AB) + between_m2(C, (20.5, 11.2), D, BETWEEN_CD)
    assert found.other_m2 == pytest.approx(over, rel=1e-9)


def test_a_section_with_a_gap_counts_by_its_legs() -> None:
    """Where a section cannot be laid as a whole, the legs that could be compared are in the balance."""
    gap = "  leg 3 along «a river»\n"
    whole = section("leg 1 geodesic to B")
    moved = SQUARE.replace("point B at 10°00", "point B at 10°06")
    found = shifts(SQUARE + whole + gap, moved + whole + gap)
    assert not found.sections
    assert len(found.legs) == 1
    (exchange,) = land_balance([found]).exchanges
    assert exchange.to_first_m2 == pytest.approx(between_m2(A, B, (21.0, 10.1)), rel=2e-3)
    assert exchange.to_second_m2 == 0.0


def test_nothing_moved() -> None:
    """No land, no exchange."""
    assert balance(OLD, OLD) == LandBalance((), 0)
