"""One printed angle is read exactly, or refused with the reason."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from merestone.geodesy.angle import AngleTrouble, Form, LetterG, Scanned, Trouble, scan_angle

PRINTED = [
    ("45°03'18.5\"", "45°03'18.5\"", Fraction(1, 36000)),
    ("16º 24' 14.8\"", "16°24'14.8\"", Fraction(1, 36000)),
    ("11o52'29\"", "11°52'29\"", Fraction(1, 3600)),
    ("55°07',3", "55°07'18\"", Fraction(1, 600)),
    ("42°26,12'", "42°26'07.2\"", Fraction(1, 6000)),
    ("69°38′45″.727", "69°38'45.727\"", Fraction(1, 3600000)),
    ('24 ° 00\' 36"", 4', "24°00'36.4\"", Fraction(1, 36000)),
    ("25° 22´ 05´´, 2", "25°22'05.2\"", Fraction(1, 36000)),
    ("60° 29' 25\". 5", "60°29'25.5\"", Fraction(1, 36000)),
    ("114 degrees 13 minutes 36.86 seconds", "114°13'36.86\"", Fraction(1, 360000)),
    ("114˚13'36.91”", "114°13'36.91\"", Fraction(1, 360000)),
    ("22°32′37.21″", "22°32'37.21\"", Fraction(1, 360000)),
    ("22度32分37.21秒", "22°32'37.21\"", Fraction(1, 360000)),
    ("309°", "309°00'00\"", Fraction(1)),
    ("32 gon", "28°48'00\"", Fraction(9, 10)),
    ("-45.25", "-45°15'00\"", Fraction(1, 100)),
]


def scanned(text: str, start: int = 0) -> Scanned:
    """The reading of a text that must be readable."""
    found = scan_angle(text, start)
    assert isinstance(found, Scanned), found
    return found


def trouble(text: str) -> AngleTrouble:
    """The trouble of a text that must be refused."""
    found = scan_angle(text)
    assert isinstance(found, AngleTrouble), found
    return found


@pytest.mark.parametrize(("text", "canonical", "unit"), PRINTED)
def test_every_printed_form_is_read_exactly(text: str, canonical: str, unit: Fraction) -> None:
    """Each form that treaties print gives its exact value, its implied precision, and takes the whole text."""
    found = scanned(text)
    assert (found.angle.dms(), found.angle.unit, found.angle.text, found.end) == (canonical, unit, text, len(text))


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("45°03'18.5\"N, 30°09'24.6\"E", "N, 30°09'24.6\"E"),
        ("45° 03' 18\", 30° 09' 24\"", ", 30° 09' 24\""),
        ("45°03' 30°09'", " 30°09'"),
        ("45° 30°", " 30°"),
        ("55°07',3 S 66°25',0 O", " S 66°25',0 O"),
        ("24°00'36\", 4 Sur", " Sur"),
        ("45°03'18\", 2 km", ", 2 km"),
        ("45°03' 10 km", " 10 km"),
        ("309 degrees with reference", " with reference"),
        ("45.5, 30.2", ", 30.2"),
    ],
)
def test_an_angle_ends_where_the_next_thing_begins(text: str, rest: str) -> None:
    """Decimals set apart from their sign are taken, the second angle of a pair and lengths are not."""
    assert text[scanned(text).end :] == rest


def test_seconds_without_their_sign_are_read_before_a_hemisphere_letter_and_marked() -> None:
    """`10o10’00N`, as the Abyei award prints it, is read, and its form says that a sign is missing."""
    found = scanned("10o10’00N,27o50’00E")
    assert (found.form, found.angle.dms(), found.end) == (Form.DEGREES_MINUTES_BARE_SECONDS, "10°10'00\"", 8)


@pytest.mark.parametrize(
    ("text", "kind", "place", "likely"),
    [
        ("45°75'10\"", Trouble.MINUTES_TOO_LARGE, (3, 2), None),
        ("45°03'60\"", Trouble.SECONDS_TOO_LARGE, (6, 2), "45°04'00\""),
        ("o151'55\"", Trouble.DAMAGED_DEGREES, (0, 8), "…1°51'55\""),
        ("2700'35\"", Trouble.LOST_DEGREE_SIGN, (0, 8), "27°00'35\""),
        ("52'29\"", Trouble.NO_DEGREES, (0, 6), None),
        ("(8, 14, 24, 16)", Trouble.GROUPS_WITHOUT_SIGNS, (0, 15), "16°24'14.8\""),
        ("16, 24, 14, 8", Trouble.GROUPS_WITHOUT_SIGNS, (0, 13), "16°24'14.8\""),
        ("(00, 26, 17)", Trouble.GROUPS_WITHOUT_SIGNS, (0, 12), "0°26'17\" or 17°26'00\""),
        ("45-03-18.5N", Trouble.GROUPS_WITHOUT_SIGNS, (0, 10), "45°03'18.5\""),
        ("24° 06' 09\" 8 Sur", Trouble.STRAY_DIGITS, (12, 1), "24°06'09.8\""),
        ("45° 03", Trouble.MISSING_SIGN, (4, 2), "45°03'"),
        ("45°03'18", Trouble.MISSING_SIGN, (6, 2), "45°03'18\""),
        ("45,5", Trouble.AMBIGUOUS_COMMA, (0, 4), "45.5° or 45°, 5°"),
        ("45.5°03'", Trouble.FRACTION_TOO_EARLY, (3, 1), None),
        ("400°", Trouble.DEGREES_TOO_LARGE, (0, 3), None),
        ("360°00'01\"", Trouble.DEGREES_TOO_LARGE, (0, 10), None),
        ("N45", Trouble.NO_NUMBER, (0, 1), None),
        ("", Trouble.NO_NUMBER, (0, 0), None),
    ],
)
def test_damage_is_refused_with_the_reason_and_the_likely_reading(
    text: str, kind: Trouble, place: tuple[int, int], likely: str | None
) -> None:
    """What is damaged is never repaired: it is named, placed, and a likely reading is offered where there is one."""
    found = trouble(text)
    assert (found.trouble, (found.offset, found.length), found.likely) == (kind, place, likely)


def test_very_long_numbers_are_refused_without_computing_them() -> None:
    """Thousands of digits, before or after the point, are trouble and not an exception."""
    assert trouble("1" * 9000 + "°").trouble is Trouble.DEGREES_TOO_LARGE
    assert trouble("45°03'1." + "1" * 9000 + '"').trouble is Trouble.TOO_MANY_DIGITS


@given(st.integers(0, 179), st.integers(0, 59), st.integers(0, 59), st.integers(0, 999), st.booleans())
def test_the_canonical_text_reads_back_as_the_same_angle(d: int, m: int, s: int, f: int, negative: bool) -> None:
    """Printing at full precision and scanning again changes nothing."""
    text = f"{'-' if negative else ''}{d}°{m:02d}'{s:02d}.{f:03d}\""
    angle = scanned(text).angle
    assert angle.dms(3) == text or angle.count == 0
    assert scanned(angle.dms()).angle.exact == angle.exact


@given(st.text(alphabet="0123456789.,°'\" oNSg()-′″´度", max_size=24), st.integers(0, 24))
def test_no_text_makes_the_scanner_raise(text: str, start: int) -> None:
    """Any text at any offset is an angle inside the text, or a trouble inside it."""
    found = scan_angle(text, min(start, len(text)))
    if isinstance(found, Scanned):
        assert start < found.end <= len(text)
    else:
        assert 0 <= found.offset <= len(text)


def test_rounding_carries_into_minutes_and_degrees() -> None:
    """59.96 seconds at one decimal carry up to the next degree."""
    assert scanned("44°59'59.96\"").angle.dms(1) == "45°00'00.0\""


def test_decimal_text_is_exact_or_says_that_there_is_none() -> None:
    """A quarter of a degree is finite in decimals, a minute is not; rounding is half to even."""
    assert scanned("45°15'").angle.decimal_text() == "45.25"
    assert scanned("0°01'").angle.decimal_text() is None
    assert scanned("0°01'").angle.decimal_text(6) == "0.016667"
    assert scanned("-0.5").angle.decimal_text(0) == "0"


@pytest.mark.parametrize(
    ("text", "degrees"),
    [
        ("32 gon", Fraction("28.8")),
        ("32ᵍ", Fraction("28.8")),
        ("32.5 gons", Fraction("29.25")),
        ("32g 45c 67cc", Fraction("32.4567") * Fraction(9, 10)),
        ("32ᵍ45ᶜ67.8ᶜᶜ", Fraction("32.45678") * Fraction(9, 10)),
        ("32 grades 45.5c", Fraction("32.455") * Fraction(9, 10)),
        ("12½°", Fraction("12.5")),
        ("49°00½'", 49 + Fraction(1, 120)),
        ("49°10'30½\"", 49 + Fraction(10, 60) + Fraction(61, 7200)),
        ("49°10'12·5\"", 49 + Fraction(10, 60) + Fraction(125, 36000)),
        ("45·25°", Fraction("45.25")),
    ],
)
def test_gons_halves_and_raised_points(text: str, degrees: Fraction) -> None:
    """Signs that mean only gons, fractions of a unit and raised points are read whole and exactly."""
    found = scan_angle(text)
    assert isinstance(found, Scanned)
    assert (found.angle.exact, found.end) == (degrees, len(text))


@pytest.mark.parametrize("text", ["32g", "32g.", "32 grad", "32gr", "32 grade", "32.5 grades", "32gS"])
def test_the_letter_g_needs_a_declaration(text: str) -> None:
    """A letter that is gons in one country and degrees in another is read only as it is declared."""
    found = scan_angle(text)
    assert isinstance(found, AngleTrouble)
    assert found.trouble is Trouble.GONS_OR_DEGREES
    as_gons, as_degrees = scan_angle(text, 0, LetterG.GONS), scan_angle(text, 0, LetterG.DEGREES)
    assert isinstance(as_gons, Scanned)
    assert isinstance(as_degrees, Scanned)
    assert as_gons.angle.exact * 10 == as_degrees.angle.exact * 9
