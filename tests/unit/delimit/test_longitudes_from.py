"""`longitudes from Paris`: every printed longitude of a text is brought to Greenwich, exactly, and the value is shown."""

from __future__ import annotations

from fractions import Fraction

import pytest
from geographiclib.geodesic import Geodesic
from hypothesis import given
from hypothesis import strategies as st
from pyproj import CRS, Transformer

from fakes.descriptions import SQUARE, errors, result_of, section
from merestone.description.format import format_text
from merestone.description.parser import parse
from merestone.description.printer import print_description
from merestone.description.tree import AtCoordinates, Geographic, Point
from merestone.diagnostics import Severity
from merestone.geodesy.prime_meridians import BY_NAME

PARIS_DEG = Fraction("2.33722917")
CADIZ = "longitudes from «Cadiz» at 6°17'42\" W of Greenwich by «the instrument»\n"
FRAME = "frame WGS 84\n"


def places(body: str, head: str, frame: str = FRAME) -> dict[str, tuple[int, int]]:
    """The points of a description that has no error, in units of 1e-9 degree."""
    result = result_of(body, frame=head + frame, checked=True)
    assert not errors(result), errors(result)
    tables = result.compiled.computation.table_points
    rows = [
        (name, units)
        for each in tables.columns
        for name, units in zip(tables.names(each), tables.units(each), strict=True)
    ]
    return {
        **{point.name: point.units for point in result.line.points},
        **{name: (int(units[0]), int(units[1])) for name, units in rows},
    }


@pytest.mark.parametrize("paris_to_greenwich", [(4807, 4275)])
def test_as_proj_carries_longitudes(paris_to_greenwich: tuple[int, int]) -> None:
    """A place counted from Paris lies where PROJ carries it from NTF (Paris), in grads, to NTF.

    Within 4e-9 degree (0.4 mm): PROJ takes 2°20'14.025", of which the registry's 2.5969213 grads are the rounded form.
    """
    paris, greenwich = (CRS.from_epsg(code) for code in paris_to_greenwich)
    lon, lat = Transformer.from_crs(paris, greenwich, always_xy=True).transform(-1.5 / 0.9, 48.25 / 0.9)
    units = places("point X at 48°15' N 1°30' W\n", "longitudes from Paris\n", "frame NTF\n")["X"]
    assert units == pytest.approx((lon * 1e9, lat * 1e9), abs=4.01)


def test_every_place_that_a_longitude_is_printed() -> None:
    """Points in every form, tables, meridians in points, words with a reading: all move by the same exact amount."""
    body = (
        "reading of «the old line»: meridian 5°20'00.5\" E\n"
        "point A at 10°N 5°20'00.5\"E\npoint B at lat. 10° N, long. 5°20'00.5\" East\n"
        "point C at the intersection of parallel 10°N and meridian 5°20'00.5\"E\n"
        "point D at the intersection of parallel 10°N and meridian «the old line»\n"
        "table points T columns name, latitude, longitude\n  E | 10°00'00\"N | 5°20'00.5\"E\n"
        "table points U columns name, coordinates\n  F | 10°00'00\"N 5°20'00.5\"E\n"
    )
    expected = round((Fraction(5) + Fraction(20, 60) + Fraction("0.5") / 3600 + PARIS_DEG) * 10**9)
    found = places(body, "longitudes from Paris\n")
    assert found == dict.fromkeys("ABCDEF", (expected, 10 * 10**9))


def test_across_180() -> None:
    """A longitude that passes 180° from Greenwich is brought back into (-180°, 180°], alone and in a table."""
    body = "point A at 0°N 179°E\ntable points T columns name, latitude, longitude\n  B | 0°N | 179°E\n"
    found = places(body, "longitudes from «Pulkovo» at 30° E of Greenwich by «Q»\n")
    assert found == {"A": (-151 * 10**9, 0), "B": (-151 * 10**9, 0)}


@pytest.mark.parametrize(
    ("head", "shift"), [("longitudes from Ferro\n", -17 - Fraction(2, 3)), (CADIZ, -6 - Fraction(1062, 3600))]
)
def test_legs_and_expected_places(head: str, shift: Fraction) -> None:
    """An ending on a meridian and an expected place are counted from the same meridian as the points."""
    body = (
        SQUARE
        + section("leg 1 parallel eastward until it meets meridian 20°30' E")
        + "point X at 10°N 20°E expect coordinates 10°N 20°E\n"
    )
    result = result_of(body, frame=head + FRAME, checked=True)
    assert not errors(result)
    assert not [each for each in result.findings if each.severity is Severity.WARNING]
    assert result.line.legs[0].vertices[-1][0] == pytest.approx(float((Fraction("20.5") + shift) * 10**9), abs=2)


def test_a_kept_leg_is_not_used_under_another_meridian() -> None:
    """Legs kept on disk for one meridian are drawn anew for another."""
    body = SQUARE + section("leg 1 parallel eastward until it meets meridian 20°30' E")
    keys = [_keys(body, head) for head in ("", "longitudes from Paris\n", "longitudes from Rome\n")]
    assert not keys[0] & keys[1]
    assert not keys[1] & keys[2]


class _Recording:
    """A store that keeps nothing and remembers what it was asked for."""

    def __init__(self) -> None:
        self.asked: set[str] = set()

    def get(self, key: str) -> None:
        """Nothing is kept."""
        self.asked.add(key)

    def put(self, key: str, _line: object) -> None:
        """Remember the key only."""
        self.asked.add(key)


def _keys(body: str, head: str) -> set[str]:
    store = _Recording()
    result_of(body, frame=head + FRAME, store=store)
    assert store.asked
    return store.asked


@pytest.mark.parametrize(
    ("head", "sentence"),
    [
        (
            "longitudes from París\n",
            "longitudes are counted from París, 2°20'14.025\" E of Greenwich (EPSG:8903, Paris)",
        ),
        (CADIZ, "longitudes are counted from Cadiz, 6°17'42.000\" W of Greenwich as stated by the instrument"),
        (
            "longitudes from «Ferro» at 17°39'46\" W of Greenwich by «the map»\n",
            "longitudes are counted from Ferro, 17°39'46.000\" W of Greenwich as stated by the map; "
            "the EPSG registry has 17°40'00.000\" W (EPSG:8909)",
        ),
    ],
)
def test_the_value_is_shown(head: str, sentence: str) -> None:
    """A note says which value is used and where it is from."""
    result = result_of(SQUARE, frame=head + FRAME, checked=True)
    assert [each.sentence for each in result.findings if each.code == "F826"] == [sentence]


def _codes(text: str) -> list[tuple[str, str | None]]:
    return [(each.code, each.hint) for each in parse(text).diagnostics]


@pytest.mark.parametrize(
    "printed",
    [
        "48°15' N 1°30' W of Paris",
        "48°15'00\"N 1°30'00\"W de París",
        "48°15' N, 1°30' West of the meridian of Paris",
        "48°15' N 1°30' W (Paris)",
    ],
)
def test_a_printed_meridian_counts_for_its_longitude(printed: str) -> None:
    """`of Paris` behind a longitude is what that longitude is counted from, whatever the head declares for the others."""
    paris, greenwich = Fraction("2.5969213") * Fraction(9, 10), Fraction(0)
    for head in ("", "longitudes from Paris\n", "longitudes from Ferro\n"):
        assert _zero_deg(f"{head}point A at {printed}\n") == paris
    for head in ("", "longitudes from Rome\n"):
        assert _zero_deg(f"{head}point A at 48°15'00\"N 1°30'00\"W of Greenwich\n") == greenwich


def _zero_deg(text: str) -> Fraction:
    parsed = parse(text)
    assert parsed.diagnostics == ()
    match parsed.description.statements[-1]:
        case Point(definitions=(AtCoordinates(coordinates=Geographic(longitude=longitude)),)):
            return longitude.zero_deg
        case other:
            pytest.fail(str(other))


def test_one_table_counts_from_ferro_and_another_from_greenwich() -> None:
    """33° E of Ferro is 15°20' E of Greenwich, in a table, a row, a point and a meridian; `format` keeps what is said."""
    text = (
        "table points F longitudes from Ferro columns name, latitude, longitude\n"
        "  1 | 48°00' N | 33°00' E\n  2 | 48°30' N | 15°20' E of Greenwich\n"
        "table points G columns name, latitude, longitude\n"
        "  3 | 48°00' N | 15°20' E\n  4 | 48°30' N | 33°00' E of Ferro\n"
        "point A at 48°00' N 33°00' E of Ferro\n"
        "point B at the intersection of parallel 48°30' N and meridian 33° E of Ferro\n"
        "section S\n  from 1\n  leg 1 geodesic to 2\n  then from 3\n  leg 2 geodesic to 4\n  then from A\n"
        "  leg 3 geodesic to B\n"
    )
    result = result_of(text, frame=FRAME, checked=True)
    length_m = Geodesic.WGS84.Inverse(48, 0, 48.5, 0)["s12"]
    for leg in result.line.legs:
        assert leg.length_m == pytest.approx(length_m, abs=1e-3)
        assert leg.line.ends[:, 0] == pytest.approx(15 + 1 / 3, abs=1e-8)
    assert [each.subject for each in result.findings if each.code == "F826"] == ["table F"]
    assert parse(format_text(text)).description.statements == parse(text).description.statements


def test_without_a_value_in_the_registry() -> None:
    """A meridian that the registry does not place is refused without a value, in the head and behind a longitude."""
    ((code, hint),) = _codes("longitudes from Washington\n")
    assert (code, "at ANGLE W of Greenwich" in (hint or "")) == ("C235", True)
    ((code, hint),) = _codes("point A at 36°30'N 23°W of Washington\n")
    assert (code, "«Washington» at ANGLE" in (hint or "")) == ("C235", True)


def test_a_frame_on_another_meridian_is_refused() -> None:
    """A frame that has a prime meridian of its own cannot stand beside a declaration, whatever this says."""
    for head in ("longitudes from Ferro\n", "longitudes from Paris\n"):
        result = result_of(SQUARE, frame=f"{head}frame EPSG:4807\n", checked=True)
        assert "F801" in {each.code for each in errors(result)}


def test_grids_keep_their_own_count() -> None:
    """Rectangular coordinates are not moved by the declaration."""
    body = "point A at easting 500000 northing 5000000 on EPSG:32631\n"
    assert places(body, "longitudes from Paris\n") == places(body, "")


@given(
    st.one_of(
        st.sampled_from([each.title() for each in BY_NAME]).map(lambda name: f"longitudes from «{name}»\n"),
        st.tuples(
            st.text("abcdefg XYZ", min_size=1).map(str.strip).filter(bool),
            st.integers(0, 179),
            st.integers(0, 59),
            st.sampled_from("EW"),
            st.sampled_from(["", " by «someone»"]),
        ).map(lambda v: f"longitudes from «{v[0]}» at {v[1]}°{v[2]:02d}' {v[3]} of Greenwich{v[4]}\n"),
    )
)
def test_printing_is_the_inverse_of_parsing(head: str) -> None:
    """What is printed of a declaration says the same, and so do the coordinates under it."""
    parsed = parse(f"{head}point A at 10°N 20°E\n")
    assert not parsed.diagnostics
    printed = print_description(parsed.description)
    again = parse(printed)
    assert again.description == parsed.description
    assert print_description(again.description) == printed
