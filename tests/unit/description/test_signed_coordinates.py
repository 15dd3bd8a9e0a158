"""Coordinates with a sign: what a minus means is declared, and a dash between two coordinates is not a minus unseen."""

from __future__ import annotations

import pytest

from fakes.descriptions import no_files
from merestone.casefile.pipeline import Pipeline
from merestone.delimit.fix import Fix
from merestone.description.parser import parse
from merestone.description.printer import print_description

HEAD = "boundary «t»\nreading by «x»\nframe WGS 84 (G1762) epoch 2016.0\n"
UNSIGNED = "coordinates without letters are north, east\n"
SIGNED = "coordinates without letters are north, east, minus is south, west\n"


def place_of(text: str, name: str) -> tuple[float, float] | None:
    """Longitude and latitude of a point or of a point of a table, None where it has none."""
    computation = Pipeline(no_files).run(HEAD + text).compiled.computation
    fix = computation.fixes.get(name) or computation.table_points.fix(name)
    return fix.place if isinstance(fix, Fix) else None


def codes(text: str) -> list[str]:
    return [each.code for each in Pipeline(no_files).run(HEAD + text).findings if each.code.startswith(("C", "S"))]


@pytest.mark.parametrize(
    ("printed", "place"),
    [
        ("33.5 -70.5", (-70.5, 33.5)),
        ("33.5, -70.5", (-70.5, 33.5)),
        ("33.5 –70.5", (-70.5, 33.5)),
        ("33.5 −70.5", (-70.5, 33.5)),
        ("-33.5, - 70.5", (-70.5, -33.5)),
        ("+33.5 -70.5", (-70.5, 33.5)),
        ("–33°30' 70°30'", (70.5, -33.5)),
        ("33.5 S -70.5", (-70.5, -33.5)),
        ("33.5 -180", (180.0, 33.5)),
    ],
)
def test_a_declared_minus_is_the_other_hemisphere(printed: str, place: tuple[float, float]) -> None:
    assert place_of(f"{SIGNED}point A at {printed}\n", "A") == place


@pytest.mark.parametrize("declared", ["", UNSIGNED])
@pytest.mark.parametrize("printed", ["33.5 -70.5", "33.5, –70.5", "33.5 –70.5", "−33.5 70.5", "33.5 N —70.5 E"])
def test_a_sign_that_is_not_declared_is_refused(printed: str, declared: str) -> None:
    assert codes(f"{declared}point A at {printed}\n") == ["C224"]


@pytest.mark.parametrize("printed", ["-33.5 S 70.5 W", "33.5 N, –70.5 E", "-33.5 N 70.5 E"])
def test_a_sign_beside_a_hemisphere_is_refused_whatever_is_declared(printed: str) -> None:
    assert codes(f"{SIGNED}point A at {printed}\n") == ["C224"]


@pytest.mark.parametrize("declared", [UNSIGNED, SIGNED])
@pytest.mark.parametrize(
    "printed", ["33.5 - 70.5", "33.5-70.5", "33.5 – 70.5", "33.5–70.5", "33.5 N - 70.5", "33.5 - 70.5 E"]
)
def test_a_dash_between_coordinates_without_letters_is_refused(printed: str, declared: str) -> None:
    """It was read as a separator: 141° of longitude from the place where it is a minus."""
    assert codes(f"{declared}point A at {printed}\n") == ["C224"]


@pytest.mark.parametrize(
    "printed", ["33°30' N - 70°30' W", "33°30' N – 70°30' W", "33°30'N–70°30'W", "33°30'N-70°30'W"]
)
def test_a_dash_between_coordinates_with_letters_separates_them(printed: str) -> None:
    assert place_of(f"point A at {printed}\n", "A") == (-70.5, 33.5)


def test_signs_in_a_table() -> None:
    """In columns and in one column, in the order that the table declares; letters still count where they stand."""
    table = "table points F columns name, latitude, longitude\n  A | 33.5 | -70.5\n  B | −33.5 | 70.5\n  C | 33.5 | 70.5 W\n"
    assert [place_of(SIGNED + table, name) for name in "ABC"] == [(-70.5, 33.5), (70.5, -33.5), (-70.5, 33.5)]
    table = (
        "table points F without letters east, north, minus is west, south columns name, coordinates\n  A | 33.5 -70.5\n"
    )
    assert place_of(table, "A") == (33.5, -70.5)


def test_the_declaration_is_printed_as_it_was_written() -> None:
    for said in ("north, east, minus is south, west", "west, south, minus is east, north"):
        text = f"coordinates without letters are {said}\n"
        assert text in print_description(parse(HEAD + text).description)


@pytest.mark.parametrize(
    "said", ["north, east, minus is west, south", "north, east, minus is south", "north, east, minus south, west"]
)
def test_the_minus_is_the_opposite_of_what_is_declared(said: str) -> None:
    assert codes(f"coordinates without letters are {said}\n") != []


COMMA = "decimal sign comma\n"


@pytest.mark.parametrize(
    "printed",
    ["45,123 N 10,456 E", "N 45,123 E 10,456", "45,123 N, 10,456 E", "45.123° N 10.456° E", "N 45,123° E 10.456°"],
)
def test_decimal_degrees_with_the_declared_comma(printed: str) -> None:
    """Without signs of degrees too; a sign of degrees leaves one reading whichever sign begins the decimals."""
    assert place_of(f"{COMMA}point A at {printed}\n", "A") == (10.456, 45.123)


@pytest.mark.parametrize("sign", ["comma", "apostrophe"])
@pytest.mark.parametrize("printed", ["N 45.123 E 10.456", "45.123 N 10.456 E", "45.30 N 10.30 E"])
def test_a_point_in_bare_degrees_contradicts_another_decimal_sign(sign: str, printed: str) -> None:
    """`45.30` under `decimal sign comma` can be 45°30' too, 22 km from 45.30°."""
    assert codes(f"decimal sign {sign}\npoint A at {printed}\n") == ["C234", "C234"]
    table = "table points F decimal sign {} columns name, coordinates\n  A | {}\n"
    assert codes(table.format(sign, printed)) == ["C234"]
    assert codes(f"decimal sign {sign}\n{table.format('point', printed)}") == []


@pytest.mark.parametrize("head", ["", "decimal sign point\n"])
@pytest.mark.parametrize("printed", ["N 45.123 E 10.456", "45.123 N 10.456 E"])
def test_decimal_degrees_with_a_point(head: str, printed: str) -> None:
    """`N 45.123 E` was taken for a northing (C227)."""
    assert place_of(f"{head}point A at {printed}\n", "A") == (10.456, 45.123)


def test_a_table_of_decimal_degrees_with_the_declared_comma_and_signs() -> None:
    """As a spreadsheet of a country with decimal commas writes them."""
    table = "table points F columns name, latitude, longitude\n  A | 45,123456 | -10,5\n"
    assert place_of(SIGNED + COMMA + table, "A") == (-10.5, 45.123456)


@pytest.mark.parametrize("declared", ["", "decimal sign point\n"])
def test_a_comma_in_bare_degrees_is_refused_unless_it_is_declared(declared: str) -> None:
    assert set(codes(f"{declared}point A at 45,123 N 10,456 E\n")) == {"C206"}


@pytest.mark.parametrize(
    ("sign", "printed"),
    [
        ("comma", "N 150 000 E 170 000"),
        ("comma", "N 150.000 E 170.000"),
        ("comma", "N 7.543.210 E 424.600"),
        ("point", "N 7 543 210.5 E 424 600.5"),
    ],
)
def test_grouped_grid_numbers_are_still_grid_coordinates(sign: str, printed: str) -> None:
    assert codes(f"decimal sign {sign}\npoint A at {printed} on EPSG:31983\n") == []
