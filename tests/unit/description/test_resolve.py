"""Names tied to what they name: what is unknown, defined twice, or goes round in a circle."""

from __future__ import annotations

import pytest

from merestone.description.parser import parse
from merestone.description.resolve import resolve
from merestone.description.resolved import Resolved
from merestone.diagnostics import Diagnostic

HEAD = "boundary «Test»\nparties A «Aland», B «Beland»\n"
POINTS = "point P at 10°N 20°E\npoint Q at 10°N 21°E\n"
SECTION = "section S with A on the right, B on the left\n  from P\n  leg 1 geodesic to Q\n"


def resolved(text: str) -> tuple[Resolved, tuple[Diagnostic, ...]]:
    """A text that parses without a finding, resolved."""
    parsed = parse(text)
    assert parsed.diagnostics == ()
    return resolve(parsed.description)


def found(body: str) -> list[Diagnostic]:
    """The findings in a description with this body."""
    return list(resolved(HEAD + body)[1])


def test_nothing_to_find() -> None:
    """A sound description has no finding."""
    assert found(POINTS + SECTION) == []


@pytest.mark.parametrize(
    ("body", "name", "hint"),
    [
        (POINTS + SECTION.replace("to Q", "to Qx"), "point is called Qx", "did you mean"),
        (POINTS + SECTION.replace("from P", "from p"), "point is called p", "P"),
        (POINTS + SECTION.replace("with A", "with AA"), "party is called AA", "A"),
        (POINTS + "point X at the midpoint of P and R\n" + SECTION, "point is called R", ""),
        (POINTS + "point X at 1 km along leg 9 of S from P\n" + SECTION, "leg is called 9", "1"),
        (POINTS + "point X at 1 km along leg 1 of T from P\n" + SECTION, "section is called T", "S"),
        (POINTS + SECTION + "    expect R on the left\n", "point is called R", ""),
        (POINTS + SECTION + "  leg 2 along section T to P\n", "section is called T", "S"),
        (POINTS + SECTION + "  leg 2 arc of 3 km about R clockwise to P\n", "point is called R", ""),
        (POINTS + SECTION + "  legs geodesic through R, P\n", "point is called R", ""),
        (
            POINTS + SECTION.replace("on the left", "on the left, agreed by treaty art. 1"),
            "instrument is called treaty",
            "",
        ),
    ],
)
def test_a_name_that_nothing_has(body: str, name: str, hint: str) -> None:
    """It is reported once, at its place, with what was probably meant or what there is."""
    findings = found(body)
    assert [each.code for each in findings] == ["R401"]
    assert findings[0].sentence == f"no {name}"
    assert findings[0].span is not None
    assert hint in (findings[0].hint or "")


@pytest.mark.parametrize(
    "body",
    [
        POINTS + "point P at 11°N 20°E\n" + SECTION,
        POINTS + SECTION + SECTION,
        POINTS + SECTION + "  leg 1 geodesic to P\n",
        "frame WGS 84\nframe ED50\n" + POINTS + SECTION,
        "precedence words, map\nprecedence map, words\n" + POINTS + SECTION,
        "parties A «Aland», C «Celand»\n" + POINTS + SECTION,
    ],
)
def test_what_is_defined_twice_keeps_its_first_meaning(body: str) -> None:
    """It is reported with the place of the first."""
    findings = found(body)
    assert {each.code for each in findings} == {"R402"}
    assert findings[0].labels


def test_the_first_of_two_points_stays() -> None:
    """What rests on the name rests on the first definition."""
    tables, _ = resolved(HEAD + POINTS + "point P at 11°N 20°E\n" + SECTION)
    assert tables.points["P"].span.line == 3


def test_a_leg_of_two_sections() -> None:
    """`leg 1` alone means the leg of the same section; from outside it must say which."""
    two = SECTION + SECTION.replace("section S", "section T")
    assert [each.code for each in found(POINTS + "point X at 1 km along leg 1 from P\n" + two)] == ["R408"]
    assert found(POINTS + "point X at 1 km along leg 1 of T from P\n" + two) == []


def test_where_legs_start() -> None:
    """From the point of `from`, from the end of the leg before, or from nowhere in particular."""
    tables, findings = resolved(
        HEAD
        + POINTS
        + SECTION
        + "  leg 2 meridian northward for 1 km\n  leg 3 geodesic to P\n  then from Q\n  leg 4 geodesic to P\n"
    )
    assert findings == ()
    starts = [leg.start.text if leg.start is not None else None for leg in tables.legs.values()]
    assert starts == ["P", "Q", None, "Q"]


def test_legs_without_names_are_counted() -> None:
    """A leg that the text does not name has its number in the section."""
    tables, _ = resolved(HEAD + POINTS + SECTION.replace("leg 1", "leg") + "  leg geodesic to P\n")
    assert [name for _, name in tables.legs] == ["1", "2"]


@pytest.mark.parametrize(
    "body",
    [
        POINTS + "point X at the midpoint of P and X\n" + SECTION,
        POINTS + "point X at the midpoint of P and Y\npoint Y at the midpoint of P and X\n" + SECTION,
        POINTS + "point X at 1 km along leg 1 of S from P\n" + SECTION.replace("to Q", "to X"),
        POINTS + SECTION.replace("geodesic to Q", "geodesic at azimuth 4° until it meets leg 2") + "  leg 2 geodesic to Q\n",
        POINTS + SECTION.replace("geodesic to Q", "along section S to Q"),
        POINTS + "point X at the foot of the perpendicular from P to leg 1 of S\n"
        + SECTION.replace("leg 1 geodesic to Q", "legs 1 geodesic through P to X"),
    ],
)  # fmt: skip
def test_a_circle_is_found_once(body: str) -> None:
    """However the definitions come back to themselves, one finding names the way round."""
    findings = found(body)
    assert [each.code for each in findings] == ["R403"]
    assert "→" in findings[0].sentence
    assert findings[0].span is not None


def test_a_leg_may_name_another_of_its_own_section() -> None:
    """That is no circle, also where the section is named."""
    assert found(POINTS + SECTION + "  leg 2 along leg 1 of S to P\n") == []


def test_a_section_without_a_beginning_or_legs() -> None:
    """Both are said."""
    assert [each.code for each in found(POINTS + SECTION.replace("  from P\n", ""))] == ["R406"]
    assert [each.code for each in found(POINTS + "section S with A on the right, B on the left\n  from P\n")] == [
        "R405"
    ]


def test_words_without_a_reading() -> None:
    """The words Tropic of Cancer are a latitude only once somebody says which."""
    body = POINTS + "point X at the intersection of parallel «Tropic» and meridian 20° E\n" + SECTION
    assert [each.code for each in found(body)] == ["R407"]
    assert found("reading of «Tropic»: parallel 23°26' N by «us»\n" + body) == []


def test_a_description_without_a_title() -> None:
    """A reader must be told what it is."""
    findings = resolve(parse("parties A «Aland», B «Beland»\n" + POINTS + SECTION).description)[1]
    assert [each.code for each in findings] == ["R404"]
