"""A constant offset is explained by the datum that, taken for WGS 84, gives it."""

from __future__ import annotations

import math

import numpy as np
import pytest
from pyproj import Geod, Transformer

from merestone.sources.datum_shift import known_shifts, shift_remark, suspected_shift

ALPS, CAUCASUS = (7.0, 46.0), (45.5, 40.5)


@pytest.mark.parametrize(
    ("place", "datum", "operation"), [(ALPS, "ED50", 1275), (CAUCASUS, "Pulkovo 1942", 15865), (ALPS, "CH1903", 1753)]
)
def test_shifts_are_those_of_the_named_operation(place: tuple[float, float], datum: str, operation: int) -> None:
    """PROJ, given the operation by name, puts the place where the shift says, to a centimetre."""
    (shift,) = [each for each in known_shifts(place) if each.frame == datum]
    assert shift.operation == f"EPSG:{operation}"
    named = Transformer.from_pipeline(f"urn:ogc:def:coordinateOperation:EPSG::{operation}")
    lat, lon = named.transform(place[1], place[0])
    azimuth, _, distance_m = Geod(ellps="WGS84").inv(lon, lat, *place)
    assert shift.east_m == pytest.approx(distance_m * math.sin(math.radians(azimuth)), abs=0.01)
    assert shift.north_m == pytest.approx(distance_m * math.cos(math.radians(azimuth)), abs=0.01)


def test_published_sizes_are_met() -> None:
    """ED50 lies some 130 m off in the Alps, Pulkovo 1942 some 105 m in the Caucasus."""
    sizes = {
        each.frame: math.hypot(each.east_m, each.north_m) for place in (ALPS, CAUCASUS) for each in known_shifts(place)
    }
    assert sizes["ED50"] == pytest.approx(130.0, abs=10.0)
    assert sizes["Pulkovo 1942"] == pytest.approx(105.0, abs=3.0)


def test_the_datum_that_fits_is_named_and_others_are_not() -> None:
    """The offset of ED50 is not that of CH1903, which lies 36 m from it."""
    frames = {each.frame for each in suspected_shift(86.0, 104.0, ALPS)}
    assert "ED50" in frames
    assert not {"CH1903", "Monte Mario", "NTF"} & frames


def test_an_offset_reversed_is_the_other_lines() -> None:
    """Seen from the other line the same mix-up has the opposite direction, and the same residual."""
    ahead, back = suspected_shift(104.0, 11.0, CAUCASUS), suspected_shift(-104.0, -11.0, CAUCASUS)
    assert [each.frame for each in ahead] == [each.frame for each in back] == ["Pulkovo 1942", "Pulkovo 1995"]
    assert not ahead[0].of_other
    assert back[0].of_other
    assert ahead[0].residual_m == back[0].residual_m < 1.0


def test_offsets_that_no_datum_gives_are_not_explained() -> None:
    """No offset, one in another direction, one of twice the size, and a place without datums."""
    assert suspected_shift(0.0, 0.0, CAUCASUS) == ()
    assert suspected_shift(11.0, -104.0, CAUCASUS) == ()
    assert suspected_shift(208.0, 22.0, CAUCASUS) == ()
    assert shift_remark((), 0.0, 0.0, CAUCASUS, "A", "B") is None


def test_the_remark_names_size_direction_datum_and_line() -> None:
    """The sentence can be read by itself; swapping the lines changes whose offset it is and not whose datum."""
    one = shift_remark(suspected_shift(104.0, 11.0, CAUCASUS), 104.0, 11.0, CAUCASUS, "A", "B")
    other = shift_remark(suspected_shift(-104.0, -11.0, CAUCASUS), -104.0, -11.0, CAUCASUS, "B", "A")
    assert one is not None
    assert other is not None
    assert one.sentence == (
        "a constant offset of 105 m to the east is what Pulkovo 1942 taken for WGS 84 in A gives (EPSG:15865; 0 m remain); "
        "Pulkovo 1995 would give nearly the same"
    )
    assert other.sentence == one.sentence.replace("to the east", "to the west")
    assert one.of == other.of == "A"


def test_whole_turns_of_longitude_change_nothing() -> None:
    """A place counted past 180 degrees has the datums of the place itself."""
    assert [each.frame for each in known_shifts((CAUCASUS[0] + 360.0, CAUCASUS[1]))] == [
        each.frame for each in known_shifts(CAUCASUS)
    ]
    assert np.isfinite([each.east_m for each in known_shifts((-180.0, -17.0))]).all()
