"""Degrees, minutes and seconds without signs, where the text declares their order, and prints of real laws beside them."""

from __future__ import annotations

import pytest

from fakes.descriptions import no_files
from merestone.casefile.pipeline import Pipeline
from merestone.delimit.fix import Fix
from merestone.description.parser import parse
from merestone.description.printer import print_description
from merestone.diagnostics import Diagnostic

HEAD = "boundary «t»\nreading by «x»\nframe WGS 84 (G1762) epoch 2016.0\n"
GROUPS = "angles in degrees, minutes, seconds\n"
SOUTH, EAST = -(37 + 32 / 60 + 6 / 3600), 81 + 46 / 60 + 44 / 3600


def findings(text: str) -> list[Diagnostic]:
    return [each for each in Pipeline(no_files).run(HEAD + text).findings if each.code.startswith(("C", "S"))]


def place_of(text: str, name: str = "A") -> tuple[float, float] | None:
    computation = Pipeline(no_files).run(HEAD + text).compiled.computation
    fix = computation.fixes.get(name) or computation.table_points.fix(name)
    return fix.place if isinstance(fix, Fix) else None


@pytest.mark.parametrize(
    "printed",
    [
        "37-32-06S 081-46-44E",
        "37 32 06 S 81 46 44 E",
        "37:32:06 S, 081:46:44 E",
        "373206S 0814644E",
        "S37 32 6 E81 46 44",
    ],
)
def test_declared_groups_are_degrees_minutes_and_seconds(printed: str) -> None:
    """As the annexes of French decrees of 2020 print them (`dd-mm-ss`)."""
    assert place_of(f"{GROUPS}point A at {printed}\n") == pytest.approx((EAST, SOUTH), abs=1e-9)


def test_decimals_of_the_second_by_point_or_comma() -> None:
    expected = pytest.approx((EAST + 0.25 / 3600, SOUTH - 0.5 / 3600), abs=1e-9)
    assert place_of(f"{GROUPS}point A at 37-32-06.5 S 081-46-44,25 E\n") == expected
    assert place_of(f"{GROUPS}point A at 373206.5S 0814644.25E\n") == expected


def test_declared_groups_in_a_table_with_signs() -> None:
    table = "table points F columns name, latitude, longitude\n  A | -37-32-06 | 081-46-44\n"
    signed = "coordinates without letters are north, east, minus is south, west\n"
    assert place_of(GROUPS + signed + table) == pytest.approx((EAST, SOUTH), abs=1e-9)


def test_four_groups_are_never_read_as_a_latitude_with_decimals() -> None:
    """`37 32 06 81 46 44` is two coordinates; the fourth group is not a decimal of the first."""
    text = f"{GROUPS}coordinates without letters are north, east\npoint A at 37 32 06 81 46 44\n"
    assert place_of(text) == pytest.approx((EAST, -SOUTH), abs=1e-9)


@pytest.mark.parametrize(
    ("printed", "code"),
    [
        ("37-62-06S 081-46-44E", "C210"),
        ("37-32-61S 081-46-44E", "C211"),
        ("37-32-06S 081-46-44-12E", "C205"),
        ("37-32 06S 081-46-44E", "C205"),
    ],
)
def test_groups_that_cannot_be_are_refused(printed: str, code: str) -> None:
    assert [each.code for each in findings(f"{GROUPS}point A at {printed}\n")] == [code]


def test_without_the_declaration_groups_are_refused_and_the_declaration_is_named() -> None:
    first, second = findings("point A at 37-32-06S 081-46-44E\n")
    assert (first.code, second.code) == ("C205", "C205")
    assert "`angles in degrees, minutes, seconds`" in (first.hint or "")


@pytest.mark.parametrize(
    ("printed", "meant"),
    [
        ("45.3015 N 10° E", "is 45.3015° or 45°30'15\" meant?"),
        ("45.30155 N 10° E", "is 45.30155° or 45°30'15.5\" meant?"),
        ("45.30 N 10° E", "is 45.30° or 45°30' meant?"),
        ("45.70 N 10° E", "is 45.70° meant?"),
        ("45.3 N 10° E", "is 45.3° meant?"),
    ],
)
def test_bare_decimals_beside_declared_groups_are_refused_with_both_readings(printed: str, meant: str) -> None:
    """Surveyors' calculators write 45°30'15" as 45.3015, 23 km from 45.3015 degrees: it was read as the latter without a word."""
    (found,) = findings(f"{GROUPS}point A at {printed}\n")
    assert (found.code, found.hint) == ("C205", meant)
    assert place_of(f"{GROUPS}point A at {printed}\n") is None


def test_bare_decimals_beside_declared_groups_in_a_table() -> None:
    table = "coordinates without letters are north, east\ntable points F columns name, latitude, longitude\n  A | 45.3015 | 10.3015\n"
    assert [each.code for each in findings(GROUPS + table)] == ["C205"]
    assert place_of(f"{GROUPS}point A at 45.5° N 10 E\n") == (10.0, 45.5)


def test_a_bearing_in_groups() -> None:
    """`N 45-30-15 E`, as surveyors of the United States write it: the same line as N 45°30'15" E."""
    line = "point A at 00 00 00 N 10 00 00 E\npoint B at azimuth {} and 300 m from A along geodesic\n"
    with_signs = place_of(GROUPS + line.format("N 45°30'15\" E"), "B")
    assert with_signs is not None
    assert place_of(GROUPS + line.format("N 45-30-15 E"), "B") == with_signs


def test_the_declaration_is_printed_as_it_was_written() -> None:
    assert GROUPS in print_description(parse(HEAD + GROUPS).description)


@pytest.mark.parametrize("said", ["degrees, minutes", "degrees minutes seconds", "gons, minutes, seconds"])
def test_half_a_declaration_is_refused(said: str) -> None:
    assert findings(f"angles in {said}\n") != []


def test_sixty_seconds_are_refused_with_the_next_minute() -> None:
    """An order of the French Republic of 10 January 2023 prints 35°43'60" N for a corner of an emission control area."""
    (finding,) = findings("point A at 35°43ʹ60ʺ N. 126°18ʹ53ʺ W.\n")
    assert (finding.code, finding.hint) == ("C211", "is 35°44'00\" meant?")


@pytest.mark.parametrize("letters", ["WGr.", "Wgr.", "W Greenwich", "WGrw", "W de Greenwich"])
def test_greenwich_behind_the_letter_in_any_case(letters: str) -> None:
    """Brazilian decrees print `54° 46'42,8784"Wgr.`."""
    assert place_of(f"point A at 05°28’41.7”S e 54°30’00”{letters}\n") == pytest.approx(
        (-54.5, -(5 + 28 / 60 + 41.7 / 3600)), abs=1e-9
    )


def test_a_bearing_with_bare_decimals_beside_declared_groups() -> None:
    text = GROUPS + "point A at 0° N 10° E\npoint B at azimuth N 45.3015 E and 300 m from A along geodesic\n"
    assert [each.code for each in findings(text)] == ["C204"]
