"""What holds for a line of any kind."""

from __future__ import annotations

import numpy as np
import pytest
from geographiclib.geodesic import Geodesic as Oracle

from merestone.geodesy.elementary import cartesian
from merestone.geodesy.line import Floats, Line


def metres_apart(line: Line, one: Floats, other: Floats) -> Floats:
    """Distances between places, straight through the Earth, in metres."""
    return np.asarray(np.linalg.norm(cartesian(line.ellipsoid, one) - cartesian(line.ellipsoid, other), axis=1))


def test_every_kind_is_a_line(line: Line) -> None:
    """A value of every kind fulfils the interface."""
    assert isinstance(line, Line)
    assert line.length_m > 0.0
    assert line.ends.shape == (2, 2)


def test_position_at_both_ends_is_exactly_the_ends(line: Line) -> None:
    """Distances 0 and the whole length give back the ends, digit for digit."""
    assert np.array_equal(line.position(np.array([0.0, line.length_m])), line.ends)


def test_longitudes_run_on_without_jumps(line: Line) -> None:
    """Successive places of a line never jump by a turn of longitude."""
    lon = line.position(np.linspace(0.0, line.length_m, 2001))[:, 0]
    assert np.abs(np.diff(lon)).max() <= 180.0


def test_length_is_the_sum_of_short_geodesics_along_it(line: Line) -> None:
    """Distances along agree with GeographicLib's geodesics between close places, to the error of short chords."""
    oracle = Oracle(line.ellipsoid.a_m, line.ellipsoid.f)
    first_m = line.length_m * 0.37
    places = line.position(first_m + np.array([0.0, 100.0]))
    found = oracle.Inverse(places[0, 1], places[0, 0], places[1, 1], places[1, 0])
    assert found["s12"] == pytest.approx(100.0, abs=1e-4)
    turned = (found["azi1"] - line.azimuth(np.array([first_m]))[0] + 180.0) % 360.0 - 180.0
    assert abs(turned) < 0.2


def test_azimuth_is_the_direction_of_a_very_short_step(line: Line) -> None:
    """The azimuth halfway is that of a short central step, whatever the kind."""
    half_m = line.length_m / 2.0
    oracle = Oracle(line.ellipsoid.a_m, line.ellipsoid.f)
    before, after = line.position(half_m + np.array([-50.0, 50.0]))
    step = oracle.Inverse(before[1], before[0], after[1], after[0])
    chord_deg = (step["azi1"] + ((step["azi2"] - step["azi1"] + 180.0) % 360.0 - 180.0) / 2.0) % 360.0
    difference = (chord_deg - line.azimuth(np.array([half_m]))[0] + 180.0) % 360.0 - 180.0
    assert abs(difference) < 1e-5


def test_reversing_a_line_reverses_it(line: Line) -> None:
    """The reversed line passes the same places at the same distances from the other end, the other way."""
    back = line.reversed()
    assert back.length_m == pytest.approx(line.length_m, abs=1e-6)
    along_m = np.linspace(0.0, line.length_m, 33)
    assert metres_apart(line, back.position(line.length_m - along_m), line.position(along_m)).max() < 1e-6
    turned = back.azimuth(line.length_m - along_m) - line.azimuth(along_m)
    assert np.abs((turned % 360.0) - 180.0).max() < 1e-6


def test_production_goes_on_smoothly_beyond_both_ends(line: Line) -> None:
    """A place just beyond an end lies as far from one just before it as the distances say, in the same direction."""
    behind_m, ahead_m = line.reach_m
    assert behind_m <= 0.0
    assert ahead_m >= line.length_m
    for end_m, room_m in ((0.0, -behind_m), (line.length_m, ahead_m - line.length_m)):
        if room_m < 60.0:
            continue
        around = line.position(end_m + np.array([-50.0, 0.0, 50.0]))
        steps = metres_apart(line, around[:-1], around[1:])
        assert steps == pytest.approx([50.0, 50.0], abs=2e-5)


def test_places_on_a_line_are_nearest_to_themselves(line: Line) -> None:
    """The nearest point to a place on the line is the place, at no separation."""
    along_m = line.length_m * np.array([0.11, 0.5, 0.83])
    found = line.nearest(line.position(along_m))
    assert np.abs(found.along_m - along_m).max() < 1e-5
    assert np.abs(found.separation_m).max() < 1e-6


def test_separation_is_positive_to_the_left(line: Line) -> None:
    """A place set off square to the line comes back with its distance along, its separation and its side."""
    oracle = Oracle(line.ellipsoid.a_m, line.ellipsoid.f)
    for along_m, offset_m in ((0.3, 120.0), (0.7, -35.0)):
        (lon, lat), azimuth = (
            line.position(np.array([along_m * line.length_m]))[0],
            line.azimuth(np.array([along_m * line.length_m])),
        )
        to_left = azimuth[0] - 90.0 if offset_m > 0 else azimuth[0] + 90.0
        set_off = oracle.Direct(lat, lon, to_left, abs(offset_m))
        found = line.nearest(np.array([[set_off["lon2"], set_off["lat2"]]]))
        assert found.separation_m[0] == pytest.approx(offset_m, abs=1e-6)
        assert found.along_m[0] == pytest.approx(along_m * line.length_m, abs=1e-5)
