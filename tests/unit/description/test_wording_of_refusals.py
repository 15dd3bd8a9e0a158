"""What a refusal says is true of the text that it stands at, and what it advises is whole."""

from __future__ import annotations

import pytest

from merestone.description.parser import parse
from merestone.description.printer import print_description


@pytest.mark.parametrize(
    ("printed", "code", "sentence", "hint"),
    [
        ("45°015'N 10°E", "C210", "the minutes have 3 digits (015): minutes have one or two", None),
        ("45°01'075\"N 10°E", "C211", "the seconds have 3 digits (075): seconds have one or two", None),
        ("45°60'N 10°E", "C210", "60 minutes: minutes run from 0 to 59", None),
        ("45°12 30 N 10°E", "C204", "12 has no sign: are these minutes?", "is 45°12'30\" meant?"),
        ("45°12 30.5\" N 10°E", "C204", "12 has no sign: are these minutes?", "is 45°12'30.5\" meant?"),
        ("45°30\" N 10°E", "C204", "30 has the sign of seconds, and no minutes stand before it", "is 45°00'30\" or 45°30' meant?"),
        ("45°12'30 45.5\" N 10°E", "C204", "30 has no sign: are these seconds?", None),
        ("45°N", "C228", "a latitude stands alone", "write the longitude too: a place needs a latitude and a longitude"),
        ("latitude 45°E 10°N", "C226", "`E` belongs to a longitude, and the words before it say latitude", None),
        ("45°N 10°E words abc»", "S301", "`»` closes a quotation that nothing opens", "put « before the first word of the quotation"),
    ],
)  # fmt: skip
def test_a_refusal_says_what_is_wrong(printed: str, code: str, sentence: str, hint: str | None) -> None:
    """The code, the sentence and the advice for damaged coordinates."""
    (finding,) = parse(f"point A at {printed}\n").diagnostics
    assert (finding.code, finding.sentence, finding.hint) == (code, sentence, hint)


def test_apostrophes_of_a_grid_coordinate_are_no_minutes() -> None:
    """601'123.45 without an axis is refused with both readings; with axis and projection it is read."""
    (finding,) = parse("point A at 601'123.45 200'456.78\n").diagnostics
    assert finding.code == "C203"
    assert "grid coordinate" in finding.sentence
    assert "axis" in finding.sentence


@pytest.mark.parametrize("east", ["E=601.123,45", "E 601.123,45", "E = 601'123,45"])
def test_grouped_grid_numbers_behind_an_axis(east: str) -> None:
    """Thousands grouped by a point or an apostrophe, with an axis before them, are one grid number."""
    parsed = parse(f"decimal sign comma\npoint A at {east} N=200.456,78 on EPSG:21781\n")
    assert parsed.diagnostics == ()
    text = print_description(parsed.description)
    assert parse(text).description == parsed.description


def test_decimal_degrees_with_letters_are_no_grid_number() -> None:
    """45.123 N 10.456 E with no projection stays a place in degrees."""
    assert parse("decimal sign point\npoint A at 45.123 N 10.456 E\n").diagnostics == ()
