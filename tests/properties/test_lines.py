"""Properties that hold for lines anywhere on the ellipsoid."""

from __future__ import annotations

import numpy as np
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from merestone.geodesy.elementary import cartesian
from merestone.geodesy.ellipsoid import WGS84
from merestone.geodesy.intersect import intersect
from merestone.geodesy.line import Floats, Line, Place
from merestone.geodesy.lines.arc import Arc
from merestone.geodesy.lines.geodesic import Geodesic
from merestone.geodesy.lines.lonlat import StraightInLonLat
from merestone.geodesy.lines.loxodrome import Loxodrome
from merestone.geodesy.lines.meridian import Meridian
from merestone.geodesy.lines.parallel import Parallel
from merestone.geodesy.separation import separation

KINDS = ("geodesic", "loxodrome", "straight in lon/lat", "parallel", "meridian", "arc")
kinds = st.sampled_from(KINDS)
low_places = st.tuples(st.floats(-180.0, 180.0), st.floats(-70.0, 70.0))
places = st.tuples(st.floats(-180.0, 180.0), st.floats(-84.0, 84.0))
signs = st.sampled_from([-1.0, 1.0])
steps = st.builds(
    lambda east, north, x, y: (x * east, y * north), st.floats(1e-3, 30.0), st.floats(1e-3, 5.0), signs, signs
)
turns = st.sampled_from([-360.0, 360.0, 720.0])


def make(kind: str, start: Place, step: Place, turn: float = 0.0) -> Line:
    """A line of a kind from a place by a step, everything moved by whole turns of longitude."""
    start = (start[0] + turn, start[1])
    end = (start[0] + step[0], start[1] + step[1])
    match kind:
        case "geodesic":
            return Geodesic.between(WGS84, start, end)
        case "loxodrome":
            return Loxodrome.between(WGS84, start, end)
        case "straight in lon/lat":
            return StraightInLonLat.between(WGS84, start, end)
        case "parallel":
            return Parallel.between(WGS84, start, (end[0], start[1]))
        case "meridian":
            return Meridian.between(WGS84, start, (start[0], end[1]))
        case _:
            return Arc.sweeping(WGS84, start, 10_000.0 + 5_000.0 * abs(step[1]), 3.0 * step[1], 5.0 * step[0])


def apart_m(one: Floats, other: Floats) -> float:
    """The greatest distance between places of two arrays."""
    return float(np.linalg.norm(cartesian(WGS84, one) - cartesian(WGS84, other), axis=1).max())


@settings(max_examples=60, deadline=None)
@given(kinds, places, steps, turns)
def test_moving_everything_by_whole_turns_changes_nothing(kind: str, start: Place, step: Place, turn: float) -> None:
    """A line whose places are given whole turns further is the same curve, its longitudes further by the turns."""
    here, there = make(kind, start, step), make(kind, start, step, turn)
    assert abs(here.length_m - there.length_m) < 1e-5
    along_m = np.linspace(0.0, here.length_m, 9)
    assert apart_m(here.position(along_m), there.position(along_m)) < 1e-5
    assert np.abs(there.position(along_m)[:, 0] - here.position(along_m)[:, 0] - turn).max() < 1e-6


@settings(max_examples=60, deadline=None)
@given(kinds, places, steps)
def test_reversing_a_line_reverses_it(kind: str, start: Place, step: Place) -> None:
    """A line and its reverse pass the same places; reversing twice gives the line again."""
    line = make(kind, start, step)
    back = line.reversed()
    along_m = np.linspace(0.0, line.length_m, 9)
    assert apart_m(line.position(along_m), back.position(np.maximum(back.length_m - along_m, 0.0))) < 1e-5
    assert apart_m(back.reversed().position(along_m), line.position(along_m)) < 1e-5


@settings(max_examples=60, deadline=None)
@given(kinds, places, steps, st.floats(0.0, 1.0))
def test_a_place_on_a_line_is_nearest_to_itself(kind: str, start: Place, step: Place, share: float) -> None:
    """The nearest place of a line to one of its own places is that place."""
    line = make(kind, start, step)
    found = line.nearest(line.position(np.array([share * line.length_m])))
    assert abs(found.separation_m[0]) < 1e-5


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(KINDS[:-1]), st.sampled_from(KINDS[:-1]), low_places, steps, steps, st.floats(0.1, 0.9))
def test_lines_through_one_place_are_found_to_meet_there(
    one: str, other: str, start: Place, step: Place, second: Place, share: float
) -> None:
    """A line started from a place of another line meets it there, and there is no order between the two."""
    first = make(one, start, step)
    through = first.position(np.array([share * first.length_m]))[0]
    crossing = make(other, (float(through[0]), float(through[1])), second)
    course = first.azimuth(np.array([share * first.length_m]))[0] - crossing.azimuth(np.zeros(1))[0]
    assume(abs(np.sin(np.radians(course))) > 1e-2)
    found = intersect(first, crossing)
    assert any(apart_m(np.array([meeting.place]), through[None, :]) < 1e-4 for meeting in found)
    assert len(intersect(crossing, first)) == len(found)


@settings(max_examples=25, deadline=None)
@given(places, steps)
def test_separation_is_symmetric(start: Place, step: Place) -> None:
    """Geodesic and loxodrome part by as much whichever is taken first."""
    geodesic, loxodrome = make("geodesic", start, step), make("loxodrome", start, step)
    here, there = separation(geodesic, loxodrome), separation(loxodrome, geodesic)
    assert abs(here.greatest_m - there.greatest_m) < 1e-3
    assert abs(here.area_m2 - there.area_m2) < 1.0 + 1e-9 * here.area_m2
