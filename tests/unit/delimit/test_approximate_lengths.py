"""`about` before a length or an area: how exact the figure is, and what rests on it."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from fakes.descriptions import no_files
from merestone.casefile.pipeline import Pipeline
from merestone.delimit.fix import Fix
from merestone.description.numbers import Reading, read, roughly
from merestone.description.tree import Number

HEAD = """boundary «t»
reading by «x»
frame WGS 84 (G1762) epoch 2016.0
reading of straight lines: geodesic by «x»
point A at 0°00'00.000" N 10°00'00.000" E
"""


def number(text: str) -> Number:
    found = read(text, None)
    assert isinstance(found, Reading)
    return found.number(text)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("300", 100), ("16", 1), ("12000", 1000), ("0.5", Fraction(1, 10)), ("2.50", Fraction(1, 10)), ("1.2000", Fraction(1, 10)),
        ("0", 1), ("12½", Fraction(1, 2)), ("10½", Fraction(1, 2)), ("700.0", 100), ("305", 1), ("0.030", Fraction(1, 100)),
    ],
)  # fmt: skip
def test_an_approximate_number_is_good_to_its_last_digit_that_is_not_zero(text: str, place: Fraction | int) -> None:
    assert roughly(number(text)).last_place == place


def findings(body: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for each in Pipeline(no_files).run(HEAD + body).findings:
        found.setdefault(each.code, []).append(each.sentence)
    return found


# 1 degree of the equator is 111,319.4908 m on WGS 84: B lies 11,131.949 m east of A.
TO_B = "point B at 0°00'00.000\" N 10°06'00.000\" E\nsection S\n  from A\n  leg 1 geodesic to B\n    expect length {}\n"


@pytest.mark.parametrize(
    "said", ["about 11 km", "about 11100 m", "about 11000 m", "about 10 km", "about 12 km within 1 km"]
)
def test_an_approximate_length_agrees_within_half_its_last_digit_that_counts(said: str) -> None:
    assert "X701" not in findings(TO_B.format(said))


@pytest.mark.parametrize(
    "said", ["about 12 km", "about 11000.1 m", "11000 m", "about 11 km within 0.1 km", "about 11200 m"]
)
def test_an_approximate_length_can_still_be_wrong(said: str) -> None:
    assert len(findings(TO_B.format(said))["X701"]) == 1


def test_a_contradicted_approximate_length_is_quoted_as_the_instrument_has_it() -> None:
    assert "the instrument says about 12.000 km" in findings(TO_B.format("about 12 km"))["X701"][0]


@pytest.mark.parametrize(
    ("body", "subject"),
    [
        ("section S\n  from A\n  leg 1 geodesic at azimuth 90° for about 300 m\n", "leg 1 of S"),
        ("section S\n  from A\n  leg 1 traverse 90° 20.25 m, 0° about 300 m by geodesic open\n", "leg 1 of S"),
        (
            "table courses F columns azimuth, length\n  90°00' | 20.25 m\n  0°00' | about 300 m\nsection S\n  from A\n"
            "  leg 1 traverse of F by geodesic open\n",
            "leg 1 of S",
        ),
        ("point C at azimuth 340° and about 300 m from A\n", "point C"),
        (
            "point C by distances about 300 m NW from A, 250 m NE from B\npoint B at 0°00'00.0\" N 9°59'55.0\" E\n",
            "point C",
        ),
    ],
)
def test_what_rests_on_an_approximate_length_is_an_open_word(body: str, subject: str) -> None:
    (sentence,) = findings(body)["O616"]
    assert subject in sentence
    assert "about 300 m" in sentence
    assert "50 m" in sentence


def test_the_figure_is_computed_as_printed() -> None:
    compiled = Pipeline(no_files).run(HEAD + "point C at azimuth 90° and about 300 m from A along geodesic\n").compiled
    place = compiled.computation.fixes["C"]
    assert isinstance(place, Fix)
    assert place.place[0] == pytest.approx(10 + 300 / 111_319.490793, abs=1e-9)


def test_an_approximate_area() -> None:
    ring = """point B at 0°00'00.000" N 10°01'00.000" E
point C at 0°01'00.000" N 10°00'00.000" E
ring R
  expect area about {}
  from A
  leg 1 geodesic to B
  leg 2 geodesic to C
  leg 3 geodesic to A
"""  # 1855.325 m x 1842.905 m / 2 = 1,709,593 m²
    assert "X704" not in findings(ring.format("1.7 km²"))
    assert "X704" not in findings(ring.format("200 ha"))
    assert "X704" in findings(ring.format("1.9 km²"))


def test_the_decimal_type_is_kept_where_the_place_is_whole() -> None:
    assert roughly(number("300")).last_place == Decimal(100)
