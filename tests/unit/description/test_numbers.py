"""A printed number is read only where its signs, a declaration or its nature leave one reading."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from merestone.description.numbers import Doubt, Nature, Reading, Why, again, other_readings, read, read_pair, readings
from merestone.description.parser import parse
from merestone.description.tree import DecimalSign

POINT, COMMA, APOSTROPHE = DecimalSign.POINT, DecimalSign.COMMA, DecimalSign.APOSTROPHE


def value(printed: str, declared: DecimalSign | None = None, nature: Nature = Nature.QUANTITY) -> Fraction | Why:
    """The value of a print, or why it has none."""
    found = read(printed, declared, nature)
    return found.why if isinstance(found, Doubt) else Fraction(found.value)


@pytest.mark.parametrize(
    ("printed", "right"),
    [
        ("12", "12"), ("12.5", "12.5"), ("12,5", "12.5"), ("12.50", "12.5"), ("1 234", "1234"), ("1 234.5", "1234.5"),
        ("1 234,567", "1234.567"), ("1,234,567", "1234567"), ("1.234.567", "1234567"), ("1.234.567,8", "1234567.8"),
        ("1,234,567.8", "1234567.8"), ("1.234,567", "1234.567"), ("1,234.567", "1234.567"), ("0.500", "0.5"),
        ("0,500", "0.5"), ("1234.567", "1234.567"), ("12.3456", "12.3456"), ("12,34,567", "1234567"),
        ("12'345'678", "12345678"), ("12'345.6", "12345.6"), ("5'75", "5.75"), ("12·345", "12.345"), ("1 234·5", "1234.5"),
        ("½", "1/2"), ("12½", "25/2"), ("12 ½", "25/2"), ("2 3/4", "11/4"), ("1,234,567½", "2469135/2"), ("-12.5", "-12.5"),
        ("−1 234,5", "-1234.5"), ("1\u202f234", "1234"), ("1\u2009234\u2009567", "1234567"),
    ],
)  # fmt: skip
def test_forced(printed: str, right: str) -> None:
    """These prints have one reading whatever the country."""
    assert value(printed) == Fraction(right)


@pytest.mark.parametrize(
    ("printed", "comma", "point"),
    [
        ("12,000", "12", "12000"), ("3.046", "3046", "3.046"), ("200.000", "200000", "200"), ("1,500", "1.5", "1500"),
        ("424.600", "424600", "424.6"), ("-1.234", "-1234", "-1.234"),
    ],
)  # fmt: skip
def test_declared(printed: str, comma: str, point: str) -> None:
    """One sign before three digits has two readings; only a declaration chooses."""
    assert value(printed) is Why.TWO_WAYS
    assert value(printed, COMMA) == Fraction(comma)
    assert value(printed, POINT) == Fraction(point)


@pytest.mark.parametrize(("printed", "declared"), [("12.5", COMMA), ("12,5", POINT), ("1,234,567", COMMA), ("1.234,5", POINT),
                                                   ("1,234.5", COMMA), ("5'75", COMMA)])  # fmt: skip
def test_against_the_declaration(printed: str, declared: DecimalSign) -> None:
    """A print that can only mean what the declaration excludes is refused, not read against it."""
    assert value(printed, declared) is Why.AGAINST_DECLARATION


@pytest.mark.parametrize(
    "printed",
    [
        "1.2.3",
        "1,23,4",
        "1.234.56",
        "1.234,567,8",
        "1,234.567.8",
        "12·345·678",
        "1.5½",
        "1 4/3",
        "1e3",
        "1_000",
        "1:5",
        "1x5",
    ],
)
def test_no_reading(printed: str) -> None:
    """These prints are no numbers at all."""
    assert value(printed) is Why.NO_WAY


def test_what_is_counted_settles_it() -> None:
    """A scale is whole, a year of an epoch or a rotation has decimals: no declaration is needed."""
    assert value("50.000", None, Nature.WHOLE) == 50_000
    assert value("1,000,000", None, Nature.WHOLE) == 1_000_000
    assert value("2.5", None, Nature.WHOLE) is Why.NO_WAY
    assert value("50.000", POINT, Nature.WHOLE) is Why.AGAINST_DECLARATION
    assert value("2016.123", COMMA, Nature.DECIMAL) == Fraction("2016.123")
    assert value("1.234", None, Nature.DECIMAL) == Fraction("1.234")
    assert value("1.234.567", None, Nature.DECIMAL) is Why.NO_WAY


@pytest.mark.parametrize(
    ("printed", "right"),
    [
        (("7.543.210", "424.600"), ("7543210", "424600")),
        (("1050538.630", "568.991"), ("1050538.63", "568.991")),
        (("543.210,5", "424.600"), ("543210.5", "424600")),
        (("7.543.210,50", "424,600"), ("7543210.5", "424.6")),
        (("5 490 500", "20 564 000"), ("5490500", "20564000")),
    ],
)
def test_one_meaning_in_a_pair(printed: tuple[str, str], right: tuple[str, str]) -> None:
    """What one number of a pair forces holds for the other, in either order."""
    for turn in (1, -1):
        found = read_pair((printed[::turn][0], printed[::turn][1]), None)
        assert [Fraction(each.value) for each in found if isinstance(each, Reading)] == [
            Fraction(v) for v in right[::turn]
        ]


@pytest.mark.parametrize(
    "printed", [("543.210", "424.600"), ("7 543 210", "424.600"), ("7.543.210", "424,600"), ("7.543.210", "424.60")]
)
def test_a_pair_in_doubt(printed: tuple[str, str]) -> None:
    """A pair in which nothing forces a sign, or in which one sign has two meanings, is not read."""
    assert any(isinstance(each, Doubt) for each in read_pair(printed, None))


@given(
    st.integers(0, 10**9),
    st.integers(0, 6),
    st.sampled_from([(" ", "."), (" ", ","), (",", "."), (".", ","), ("'", ".")]),
)
def test_every_print_reads_back(units: int, decimals: int, signs: tuple[str, str]) -> None:
    """However a number is printed, its value is among the readings, alone or declared, and never silently another."""
    exact = Decimal(units).scaleb(-decimals)
    printed = f"{exact:,f}".replace(",", "G").replace(".", signs[1]).replace("G", signs[0])
    assert Fraction(exact) in [Fraction(each.value) for each in readings(printed)]
    found = read(printed, None)
    assert isinstance(found, Doubt) or Fraction(found.value) == Fraction(exact)
    declared = read(printed, POINT if signs[1] == "." else COMMA)
    assert isinstance(declared, Reading)
    assert Fraction(declared.value) == Fraction(exact)
    assert Fraction(declared.last_place) == Fraction(1, 10**decimals)


@given(st.text("0123456789.,' ½·-e_:", min_size=1, max_size=14))
def test_two_readings_are_never_one(printed: str) -> None:
    """Whatever the signs: a number is read only if no other reading of it is left."""
    found = read(printed, None)
    if isinstance(found, Reading):
        assert {each.value for each in readings(printed)} == {found.value}


TEXT = "boundary «t»\n{head}point A at 36°46'48\" N 75°57'24\" W\nsection S\n  from A\n  leg 1 geodesic at azimuth 30° for {length}\n"
PLACES = {
    "for": ("", "leg 1 geodesic at azimuth 30° for {} m"),
    "within": ("", "leg 1 geodesic to B\n    expect length 12 m within {} m"),
    "expected": ("", "leg 1 geodesic to B\n    expect length {} m"),
    "area": ("", "leg 1 geodesic to B\n    expect area {} ha"),
    "area within": ("", "leg 1 geodesic to B\n    expect area 5 ha within {} ha"),
    "distance": ("", "leg 1 geodesic to B\n    expect distance to A {} m"),
    "radius": ("", "leg 1 arc of {} m about A clockwise to B"),
    "course": ("", "leg 1 traverse 30° {} m, 40° 12 m to B"),
    "offset": ("", "leg 1 at {} m from «coast» to B"),
    "contour": ("", "leg 1 contour {} m on S to B"),
    "tolerance": ("tolerance {} m\n", "leg 1 geodesic to B"),
    "numbers": ("numbers measured within {} m\n", "leg 1 geodesic to B"),
    "accuracy": ("source S map «s.tif» accuracy {} m\n", "leg 1 geodesic to B"),
    "parameter": ("frame F is «own» on ellipsoid «GRS80» transformed to WGS 84 by 3 parameters tx {} m ty 1 m tz 1 m\n", "leg 1 geodesic to B"),
    "along": ("point C at {} m along leg 1 of S from A\n", "leg 1 geodesic to B"),
    "azimuth and length": ("point C at azimuth 45° and {} m from A\n", "leg 1 geodesic to B"),
    "distances": ("point C by distances {} m N from A, 12 m E from A, 13 m S from A\n", "leg 1 geodesic to B"),
    "leg table": ("", "table legs columns id, kind, to, length\n    1 | geodesic | B | {} m"),
    "grid": ("point C at X {} Y 424 600 on EPSG:31983\n", "leg 1 geodesic to B"),
}  # fmt: skip


def findings(where: str, printed: str, head: str = "") -> list[str]:
    """The codes of what is wrong where a number stands at a place of the language."""
    before, inside = PLACES[where]
    text = f"boundary «t»\n{head}{before.format(printed)}section S\n  from A\n  {inside.format(printed)}\n"
    return [finding.code for finding in parse(text).diagnostics]


@pytest.mark.parametrize("where", PLACES)
def test_every_place_where_a_number_is_read(where: str) -> None:
    """Nowhere in the language is a separator before three digits read without being settled."""
    for printed in ("12,000", "3.046"):
        assert findings(where, printed) == ["C230"]
        assert findings(where, printed, "decimal sign point\n") == []
        assert findings(where, printed, "decimal sign comma\n") == []
    assert findings(where, "1,234,567") == findings(where, "12 000") == []
    assert findings(where, "12.5") == findings(where, "12,5") == []
    assert findings(where, "12.5", "decimal sign comma\n") == ["C234"]
    assert findings(where, "1.2.3") == ["C230"]


def test_another_number_settles_nothing() -> None:
    """A number of the text that forces a sign does not silently settle the same sign elsewhere."""
    text = "boundary «t»\ntolerance 1,234,567 m\npoint C at 12,000 m along leg 1 of S from A\n"
    assert [finding.code for finding in parse(text).diagnostics] == ["C230"]


def test_misprints_keep_the_meaning_of_the_signs() -> None:
    """A slip is tried with the separator meaning what it means in the print."""
    grouped, plain = read("12,345", POINT), read("12,345", COMMA)
    assert isinstance(grouped, Reading)
    assert isinstance(plain, Reading)
    assert again(grouped.number("12,345"), "12,346") == 12_346
    assert again(plain.number("12,345"), "12,346") == Decimal("12.346")
    assert [each.value for each in other_readings(grouped.number("12,345"))] == [Decimal("12.345")]


@pytest.mark.parametrize(
    ("epoch", "found"),
    [
        ("2.016", ["C232"]),
        ("216.0", ["C232"]),
        ("20160", ["C232"]),
        ("1899.9", ["C232"]),
        ("2016,5", []),
        ("1984", []),
        ("2016.0", []),
    ],
)
def test_an_epoch_is_a_year_of_observations(epoch: str, found: list[str]) -> None:
    """2016 printed with a separator of thousands is the year 2: a plate of 2.5 cm a year lies 50 m further back then."""
    text = f"boundary «t»\nframe WGS 84 (G1762) epoch {epoch}\n"
    assert [finding.code for finding in parse(text).diagnostics] == found
