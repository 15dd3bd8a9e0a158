"""No message advises what would be read as something else: every suggestion is fed back to the parser and compared."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from definitions.bad.test_bad_texts import CASES
from merestone.cli import explanations
from merestone.description.parser import parse
from merestone.description.tree import Number
from merestone.diagnostics import Diagnostic, Span, Suggestion
from merestone.geodesy.angle import Angle

DAMAGED = [path.read_text(encoding="utf-8") for path in sorted(Path("examples/damaged").glob("*.boundary"))]
OWN = [
    "point A at 32g. S 60°W\n",
    "point A at 32gS 60gW\n",
    "point A at 32.5 grad N 60°W\n",
    "point A at the intersection of parallel 32g S and meridian 60°W\n",
    "point A at azimuth 32g and 5 km from B\n",
    "point A at 95°N 40°E\n",
    "point A at 40°N 200°E\n",
    "point A at 40° 60°\n",
    "point A at 40 gon 60 gon\n",
    "point A at 40 degrees 60 degrees\n",
    "point A at 40°N 60°30 E\n",
    "point A at 40°N 60°30'15 E\n",
    "point A at 40°N 60°30'15\" 5 E\n",
    "point A at 4000'N 6000'35\"E\n",
    "point A at 5'N 60°E\n",
    "point A at 75'N 60°E\n",
    "point A at (40, 30, 20) 60°E\n",
    "point A at 12,5 N 13,5 E\n",
    "tolerance 1,234 m\n",
    "tolerance 12'345 m\n",
    "tolerance 5 kilometrs\n",
    "point A at X 543.210 Y 424.600\n",
    "point from at 40°N 60°E\n",
    "boundary title\n",
    "sektion S\n",
]
TEXTS = [*OWN, *DAMAGED, *(case[1] for case in CASES)]


def values(node: object) -> Iterator[Fraction]:
    """Every number and angle (in degrees) of a tree."""
    if isinstance(node, Number):
        yield Fraction(node.value)
    elif isinstance(node, Angle):
        yield node.exact
    elif isinstance(node, tuple):
        for each in node:
            yield from values(each)
    elif is_dataclass(node):
        for field in fields(node):
            yield from values(getattr(node, field.name))


def taken(text: str, suggestion: Suggestion) -> str:
    """The text with a suggestion put where it belongs."""
    if suggestion.at is None:
        return f"{suggestion.text}\n{text}"
    lines = text.split("\n")
    at = suggestion.at
    assert at.line == at.end_line
    line = lines[at.line - 1]
    lines[at.line - 1] = line[: at.column - 1] + suggestion.text + line[at.end_column - 1 :]
    return "\n".join(lines)


def still(finding: Diagnostic, suggestion: Suggestion, after: tuple[Diagnostic, ...]) -> list[Diagnostic]:
    """The findings of the same code that begin where one began, after its suggestion was taken."""
    assert finding.span is not None
    line = finding.span.line + (suggestion.at is None)
    place = (line, finding.span.column)
    return [
        each
        for each in after
        if each.code == finding.code and each.span and (each.span.line, each.span.column) == place
    ]


def check(text: str) -> int:
    """Take every suggestion that a text gets; how many there were."""
    found = 0
    for finding in parse(text).diagnostics:
        for suggestion in finding.suggestions:
            found += 1
            parsed = parse(taken(text, suggestion))
            assert still(finding, suggestion, parsed.diagnostics) == [], (finding, suggestion)
            if suggestion.value is not None and not _others_in_statement(parsed.diagnostics, suggestion.at):
                # An advised angle of degrees and minutes may stand before seconds that the text has already.
                apart = min(abs(value - suggestion.value) for value in values(parsed.description))
                assert apart == 0 or (apart < Fraction(1, 60) and suggestion.text.endswith("'")), (finding, suggestion)
    return found


def _others_in_statement(after: tuple[Diagnostic, ...], at: Span | None) -> bool:
    """Whether something else is wrong with the statement, so that it has no tree to look the value up in."""
    return any(at is None or (each.span and each.span.line == at.line) for each in after)


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: text[:50])
def test_every_suggestion_is_read_as_it_was_meant(text: str) -> None:
    """What a finding advises ends the finding, and is read as the value that it was advised for."""
    check(text)


def test_the_suggestions_are_many() -> None:
    """The texts above get suggestions of every kind, so that the test above does not pass for want of them."""
    codes = {finding.code for text in TEXTS for finding in parse(text).diagnostics if finding.suggestions}
    assert codes >= {"C203", "C204", "C205", "C208", "C213", "C214", "C220", "C221", "C222", "C223", "C230", "C231", "S301",
                     "S303", "S304", "S305", "S314"}  # fmt: skip


def test_a_hint_that_names_a_reading_is_a_suggestion() -> None:
    """A hint that says `write` or `meant` and holds a number has it as a suggestion, where the test can see it."""
    for text in TEXTS:
        for finding in parse(text).diagnostics:
            hint = finding.hint or ""
            if re.search(r"\b(?:write|meant)\b.*[0-9]", hint) and "…" not in hint and finding.code != "C234":
                assert any(each.text in hint for each in finding.suggestions), finding


@given(
    st.integers(0, 89),
    st.integers(0, 59),
    st.integers(0, 59),
    st.sampled_from("NS"),
    st.lists(
        st.tuples(st.integers(0, 40), st.sampled_from(["", " ", ",", ".", "°", "'", '"', "g", "0", "7"])), max_size=2
    ),
)
def test_of_any_damage(degrees: int, minutes: int, seconds: int, letter: str, damage: list[tuple[int, str]]) -> None:
    """Of a coordinate damaged at random, too, every suggestion is read as it was meant."""
    printed = f"{degrees}°{minutes:02d}'{seconds:02d}\"{letter} 60°15'20\"E"
    for place, sign in damage:
        printed = printed[:place] + sign + printed[place + 1 :]
    check(f"point A at {printed}\n")


PAGES = {
    "C214": {
        "32 gon": Fraction("28.8"),
        "32ᵍ": Fraction("28.8"),
        "32g 45c 67cc": Fraction("32.4567") * Fraction(9, 10),
    },
    "C224": {"60.2°W": Fraction("60.2")},
    "C230": {"12 000 yards": Fraction(12_000)},
}
"""The texts with a number that pages advise, and what they are to be read as."""


@pytest.mark.parametrize("code", PAGES)
def test_what_a_page_advises_is_read_so(code: str) -> None:
    """What the page of a code says to write is on the page and is read as what the page means."""
    for text, value in PAGES[code].items():
        assert f"`{text}`" in explanations.page(code)
        latitude = f"point A at {text.removesuffix('W')} W 60°N\n" if "yards" not in text else f"tolerance {text}\n"
        parsed = parse(latitude)
        assert parsed.diagnostics == ()
        assert value in set(values(parsed.description))


def test_every_advice_of_a_page_is_looked_at() -> None:
    """No page on numbers advises a text with digits that the table above does not hold, or that is not a statement."""
    for code in explanations.codes():
        if not re.match(r"C2[^0]\d|C20[2-9]", code):
            continue
        _, heading, advice = explanations.page(code).partition("## What to do\n")
        assert heading, code
        for text in re.findall(r"`([^`]*[0-9][^`]*)`", advice):
            whole = text.replace("...", "name, x, y")
            assert (
                text in PAGES.get(code, {})
                or any(
                    parse(f"{head}{whole}\n").diagnostics == ()
                    for head in (
                        "",
                        "decimal sign comma\n",
                        "point A at ",
                        "point A at 40°N ",
                        "point A ",
                        "coordinates without letters are north, east\n",
                        "point A at azimuth ",
                        "point A at 60°E ",
                    )
                )
                or text in ALLOWED
            ), (code, text)


ALLOWED = {
    "0°": "degrees in front of minutes",
    "24° 06' 09\", 8 Sur": "half of a pair",
    "16°24'14.8\"N": "half of a pair",
    "1:50.000": "the number of a scale",
    "32g 45c 67cc": "in the table",
    '18.500"': "a part of an angle",
    "12.345°": "a part of an angle",
}
"""Texts on pages that are a part of something, each with what it is a part of."""
