"""Quotations as people type them: the same text in "...", „...“ and «...» means the same."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from merestone.description.format import format_text
from merestone.description.parser import parse
from merestone.description.straight_quotes import with_marked_quotations

HEAD = "boundary «t»\nreading by «x»\nframe WGS 84 (G1762) epoch 2016.0\n"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ('point A mark "16" at 12°30\'00" N 43°20\'00" E', "point A mark «16» at 12°30'00\" N 43°20'00\" E"),
        ('note "from 45°03\'18" N along it"', "note «from 45°03'18\" N along it»"),
        ('note "from 45° 03′ 18.5" along it"', 'note «from 45° 03′ 18.5" along it»'),
        ("note „thence to the sea“", "note «thence to the sea»"),
        ("note „thence to the sea”", "note «thence to the sea»"),
        ('note "the «old» line"', "note «the «old» line»"),
        ('note «the "old" line»', 'note «the "old" line»'),
        ('note "a # is no comment here"', "note «a # is no comment here»"),
        ('note «a» # "a comment"', 'note «a» # "a comment"'),
    ],
)
def test_typed_quotations_mean_the_same(typed: str, meant: str) -> None:
    """Each form gives the same tree as «...», and `format` writes one form."""
    one, other = HEAD + typed + "\n", HEAD + meant + "\n"
    assert parse(one).diagnostics == ()
    assert format_text(one) == format_text(other)


@pytest.mark.parametrize("place", ["art. 2", "art. 7, 8", "clause 12", "para. 3.1"])
def test_a_quotation_follows_the_number_of_an_article(place: str) -> None:
    """The number of an article is not taken for seconds: the most frequent quotation of all can be typed."""
    line = f"  words {place} {{}}in a straight line{{}}\n"
    assert with_marked_quotations(line.format('"', '"')) == (line.format("“", "”"), ())


@pytest.mark.parametrize(
    "coordinate",
    [
        "12°40'00 \"N 43°20'00 \"E",
        "12°40'00\"N, 43°20'00\"E",
        "12° 40' 00\" N 43° 20' 00\" E",
        '12 40 00 "N 43 20 00 "E"',
    ],
)
def test_seconds_stay_seconds(coordinate: str) -> None:
    """A coordinate with a blank before its sign of seconds opens no quotation."""
    text = f"point B at {coordinate}\n"
    assert with_marked_quotations(text) == (text, ())


def test_a_bare_number_before_the_mark_is_in_doubt() -> None:
    """Two marks could end the quotation: it is refused, and nothing is marked."""
    text = 'note "a vista 12" wide along the line"'
    marked, found = with_marked_quotations(text)
    assert marked == text
    assert [finding.code for finding in found] == ["T113"]


@given(st.text(st.sampled_from("\"«»“”„#ab 1'°\n,"), max_size=60))
def test_places_stay(text: str) -> None:
    """Whatever is typed, the text keeps its length and its lines, and only quotation marks change."""
    marked, _ = with_marked_quotations(text)
    assert len(marked) == len(text)
    assert all(new == old or (old in '"„“”' and new in "“”") for new, old in zip(marked, text, strict=True))
