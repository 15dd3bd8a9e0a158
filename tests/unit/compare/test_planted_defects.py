"""Defects planted in the comparison, each of which a small check must find: what the checks are worth.

A check is a comparison of lines of a few vertices whose answer is known from pyproj or from the drawing. Every defect is
one function of the core replaced by one that is wrong in one way; the check that is named with it fails, and passes
without it.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from pyproj import Geod

from fakes.claims import claim, nudged, wandering
from merestone.compare.claim import Claim
from merestone.compare.comparison import Comparison, Settings, Side, Verdict
from merestone.compare.lines.compare import compare
from merestone.geodesy.line import Floats
from merestone.geodesy.turning import Chord
from merestone.geodesy.uncertainty import Common, Component, Uncertainty

GEOD = Geod(ellps="WGS84")
BASE = np.array([[10.0, 45.0], [10.1, 45.0], [10.2, 45.0]])
NORTH = BASE + np.array([0.0, 0.01])
RING = np.array([[10.08, 45.004], [10.09, 45.004], [10.09, 45.006], [10.08, 45.006], [10.08, 45.004]])
"""Between the two lines, anticlockwise."""


def compared(first: Claim, second: Claim) -> Comparison:
    """Two claims compared."""
    return compare(first, second, Settings())


def area_m2(ring: Floats) -> float:
    """The area by PROJ of a ring straight in longitude and latitude, cut finely."""
    share = np.linspace(0.0, 1.0, 400, endpoint=False)[:, None]
    places = np.concatenate([a + share * (b - a) for a, b in pairwise(ring)])
    return abs(float(GEOD.polygon_area_perimeter(*places.T)[0]))


def between(first: Floats, second: Floats) -> float:
    """The area between two lines."""
    return area_m2(np.array([*first, *second[::-1], first[0]]))


def off(sigma_m: float, source: str = "one") -> Uncertainty:
    """One error, common to a whole line."""
    return Uncertainty((Component(source, sigma_m, Common()),))


# ---- checks ----------------------------------------------------------------------------------------------------


def the_area_is_that_of_proj() -> None:
    (zone,) = compared(claim(BASE), claim(NORTH)).zones
    assert zone.area_m2 == pytest.approx(between(BASE, NORTH), rel=1e-6)


def a_hole_takes_its_land_away() -> None:
    made = compared(claim(BASE, RING[::-1]), claim(NORTH))
    assert sum(zone.area_m2 for zone in made.zones) == pytest.approx(between(BASE, NORTH) - area_m2(RING), rel=1e-6)


def the_zone_lies_on_the_side_of_the_other_line() -> None:
    made = compared(claim(BASE), claim(NORTH))
    assert [(zone.in_first, zone.held_in_first) for zone in made.zones] == [(Side.LEFT, "Aland")]


def the_other_line_lies_to_the_left() -> None:
    (stretch,) = compared(claim(BASE), claim(NORTH)).stretches
    assert (stretch.profiles[0].separation_m > 0.0).all()
    assert (stretch.profiles[1].separation_m < 0.0).all()


def areas_by_side_are_those_of_the_zones() -> None:
    balance = compared(claim(BASE), claim(NORTH)).balance
    assert balance.left_in_first_m2 == pytest.approx(between(BASE, NORTH), rel=1e-6)
    assert balance.right_in_first_m2 == 0.0


def separation_is_measured_to_edges() -> None:
    sparse = NORTH[[0, 2]]
    made = compared(claim(BASE), claim(sparse))
    assert made.statistics is not None
    assert made.statistics[0].median_m == pytest.approx(GEOD.inv(10.05, 45.0, 10.05, 45.01)[2], rel=1e-3)


def direction_does_not_matter() -> None:
    first, second = wandering(2, 60), nudged(wandering(2, 60), 3, 1e-3)
    one = compared(claim(first), claim(second))
    other = compared(claim(first), claim(second[::-1], sides=("Bland", "Aland")))
    assert other.sides == one.sides == ("Aland", "Bland")
    assert other.remarks == one.remarks
    assert other.balance.left_in_first_m2 == pytest.approx(one.balance.left_in_first_m2, rel=1e-9)
    # Lines with common ends are compared even where nothing else answers, but not as closely.
    assert [len(stretch.knots_m) for stretch in other.stretches] == [len(stretch.knots_m) for stretch in one.stretches]


def exchanged_lines_give_mirrored_figures() -> None:
    first, second = wandering(2, 60), nudged(wandering(2, 60), 3, 1e-3)
    one, other = compared(claim(first), claim(second)), compared(claim(second), claim(first))
    for stretch, back in zip(one.stretches, other.stretches, strict=True):
        for mine, theirs in zip(stretch.profiles, back.profiles[::-1], strict=True):
            assert len(mine.along_m) == len(theirs.along_m)
            assert mine.separation_m == pytest.approx(theirs.separation_m, abs=1e-6)


def one_error_in_both_lines_cancels() -> None:
    made = compared(claim(BASE, uncertainty=off(30.0)), claim(NORTH, uncertainty=off(30.0)))
    assert made.stretches[0].profiles[0].sigma_m.max() == 0.0


def one_error_in_both_edges_moves_a_zone_and_keeps_its_area() -> None:
    meeting = np.array([BASE[0], BASE[1] + [0.0, 0.01], BASE[2]])
    both = off(30.0), Uncertainty((*off(30.0).components, *off(1.0, "other").components))
    (zone,) = compared(claim(BASE, uncertainty=both[0]), claim(meeting, uncertainty=both[1])).zones
    chord_m = GEOD.inv(*BASE[0], *BASE[2])[2]
    assert zone.area_sigma_m2 == pytest.approx(1.0 * chord_m, rel=1e-2)


def what_sticks_out_is_cut() -> None:
    whole = wandering(5, 100)
    made = compared(claim(whole), claim(whole[20:80]))
    assert made.hausdorff_m < 1e-5
    assert [part.why for part in made.unmatched] == ["beyond the end"] * 2


def an_exclave_changes_sides_as_a_whole() -> None:
    made = compared(claim(BASE, RING - np.array([0.0, 0.05])), claim(BASE))
    assert [zone.held_in_first for zone in made.zones] == ["Aland"]
    assert made.zones[0].area_m2 == pytest.approx(area_m2(RING - np.array([0.0, 0.05])), rel=1e-6)


def the_mean_is_area_by_length() -> None:
    bent = np.array([BASE[0], [10.15, 45.0], [10.175, 45.0002], BASE[2]])
    made = compared(claim(BASE), claim(bent))
    assert made.statistics is not None
    assert made.statistics[0].mean_m == pytest.approx(between(BASE, bent) / made.lengths_m[0], rel=1e-3)


NOTCH = np.array([[10.0, 5e-4], [10.2, 5e-4], [10.2, 0.02], [10.22123, 0.02], [10.22123, 5e-4], [10.5, 5e-4]])


def the_greatest_distance_may_lie_between_stations() -> None:
    made = compared(claim(np.array([[10.0, 0.0], [10.5, 0.0]])), claim(NOTCH))
    assert made.statistics is not None
    expected_m = GEOD.inv(10.210615, 0.0, 10.2, 5e-4)[2]
    assert made.statistics[0].greatest_m == pytest.approx(expected_m, abs=0.01)


def the_antimeridian_is_a_place_as_any_other() -> None:
    shift = np.array([169.9, 0.0])
    made = compared(claim(BASE + shift), claim(NORTH + shift - np.array([360.0, 0.0])))
    assert sum(zone.area_m2 for zone in made.zones) == pytest.approx(between(BASE, NORTH), rel=1e-6)


def going_back_and_forth_lengthens_the_leash() -> None:
    back = np.array([[10.0, 1e-4], [10.06, 1e-4], [10.04, 1.5e-4], [10.1, 2e-4]])
    made = compared(claim(np.array([[10.0, 0.0], [10.1, 0.0]])), claim(back))
    assert made.frechet_m[1] >= GEOD.inv(10.04, 0.0, 10.06, 0.0)[2] / 2.0
    assert made.frechet_m[0] > 10.0 * made.hausdorff_m


def geodesics_are_not_straight_in_degrees() -> None:
    ends = np.array([[45.0, 40.0], [45.586, 40.0]])
    made = compared(claim(ends), claim(ends, edges=Chord.GEODESIC))
    assert sum(zone.area_m2 for zone in made.zones) == pytest.approx(1.37e6, rel=1e-2)


def zones_count_along_the_line() -> None:
    weaving = np.array([BASE[0], [10.05, 45.01], BASE[1], [10.15, 44.98], BASE[2]])
    made = compared(claim(BASE), claim(weaving))
    assert [zone.place[0] < 10.1 for zone in made.zones] == [True, False]
    assert [zone.neighbours for zone in made.zones] == [(2,), (1,)]


def what_exceeds_its_error_is_different() -> None:
    sure = compared(claim(BASE, uncertainty=off(10.0)), claim(NORTH))
    lost = compared(claim(BASE, uncertainty=off(1e4)), claim(NORTH))
    assert {zone.verdict for zone in sure.zones} == {Verdict.DIFFERENT}
    assert {zone.verdict for zone in lost.zones} == {Verdict.WITHIN_ERROR}


# ---- defects ---------------------------------------------------------------------------------------------------

Replacement = Callable[[Any], Callable[..., Any]]
"""From the right function to the wrong one."""


@dataclass(frozen=True, slots=True)
class Defect:
    """What is wrong: the function that is replaced (module, name), by what, and the check that finds it."""

    what: str
    module: str
    name: str
    wrong: Replacement
    found_by: Callable[[], None]


def result(change: Callable[[Any], Any]) -> Replacement:
    """The right function with its result changed."""
    return lambda right: lambda *given, **named: change(right(*given, **named))


def always(value: Any) -> Replacement:
    """A function that gives one value."""
    return lambda right: lambda *given, **named: value


def planar_areas(right: Any) -> Callable[..., Any]:
    """Areas in a plane of degrees scaled at the first place."""

    def wrong(ellipsoid: Any, lonlat: Floats, offsets: Any) -> Floats:
        scale = 111_320.0**2 * np.cos(np.radians(lonlat[0, 1]))
        lon, lat = (lonlat - lonlat[0]).T
        cross = np.append((lon[:-1] * lat[1:] - lon[1:] * lat[:-1]) / 2.0, 0.0)
        return np.array([cross[a : b - 1].sum() * scale for a, b in pairwise(offsets.tolist())])

    return wrong


def to_vertices_only(right: Any) -> Callable[..., Any]:
    """Feet at the nearer vertex of their edge."""

    def wrong(self: Any, places: Floats) -> Any:
        feet = right(self, places)
        at = feet.edge + (feet.share > 0.5)
        there = self.lonlat[at]
        apart_m = GEOD.inv(places[:, 0], places[:, 1], there[:, 0], there[:, 1])[2]
        return replace(feet, share=np.round(feet.share), lonlat=there, distance_m=np.asarray(apart_m))

    return wrong


def at_stations_only(right: Any) -> Callable[..., Any]:
    """The greatest of the distances at the stations."""

    def wrong(ground: Any, line: int, profile_: Any, error_m: float) -> Any:
        return replace(right(ground, line, profile_, error_m), apart_m=float(np.abs(profile_.separation_m).max()))

    return wrong


def whole_ends(right: Any) -> Callable[..., Any]:
    """Matching that takes all of both lines."""

    def both_ends(first: Any, second: Any, *_: Any) -> Any:
        return np.array([[0.0, 0.0], [first.length_m, second.length_m]])

    return both_ends


def of_other_sources(right: Any) -> Callable[..., Any]:
    """The area's standard deviation as if the second line's sources were others."""

    def wrong(doubt: Any, first: Any, second: Any) -> float:
        apart = tuple(replace(each, source=f"not {each.source}") for each in doubt.second.components)
        return float(right(replace(doubt, second=Uncertainty(apart)), first, second))

    return wrong


def no_longer(right: Any) -> Callable[..., Any]:
    """The Fréchet distance as no more than what it is known to be at least."""

    def wrong(*given: Any, at_least_m: float, **named: Any) -> Any:
        found = right(*given, at_least_m=at_least_m, **named)
        return replace(found, at_least_m=at_least_m, at_most_m=at_least_m)

    return wrong


COMPARE = "merestone.compare.lines"
NEAREST = "merestone.geodesy.near_chain:ChainIndex"
DEFECTS = (
    Defect(
        "sides of the lines exchanged",
        NEAREST,
        "nearest",
        result(lambda feet: replace(feet, side=-feet.side)),
        the_zone_lies_on_the_side_of_the_other_line,
    ),
    Defect("feet at vertices", NEAREST, "nearest", to_vertices_only, separation_is_measured_to_edges),
    Defect(
        "sign of the separation flipped",
        f"{COMPARE}.compare",
        "profile",
        result(lambda found: replace(found, separation_m=-found.separation_m)),
        the_other_line_lies_to_the_left,
    ),
    Defect(
        "one profile for both lines",
        f"{COMPARE}.compare",
        "profile",
        lambda right: lambda ground, line, doubt: right(ground, 0, doubt),
        exchanged_lines_give_mirrored_figures,
    ),
    Defect("area in a plane", f"{COMPARE}.zones", "ring_areas_m2", planar_areas, the_area_is_that_of_proj),
    Defect("area without its sign", f"{COMPARE}.zones", "ring_areas_m2", result(np.abs), a_hole_takes_its_land_away),
    Defect(
        "longitude and latitude exchanged",
        f"{COMPARE}.zones",
        "ring_areas_m2",
        lambda right: lambda ellipsoid, lonlat, offsets: np.abs(right(ellipsoid, lonlat[:, ::-1].copy(), offsets)),
        the_area_is_that_of_proj,
    ),
    Defect(
        "areas by side exchanged",
        f"{COMPARE}.zones:Sized",
        "balance",
        lambda right: lambda self, left_of_first: right(self, ~left_of_first),
        areas_by_side_are_those_of_the_zones,
    ),
    Defect(
        "zones counted backwards",
        f"{COMPARE}.zones",
        "_in_order",
        result(lambda chosen: chosen[::-1]),
        zones_count_along_the_line,
    ),
    Defect("neighbours forgotten", f"{COMPARE}.zones", "_neighbours", always({}), zones_count_along_the_line),
    Defect(
        "the other direction not tried",
        f"{COMPARE}.matching",
        "_backwards",
        lambda right: lambda anchors, second: anchors,
        direction_does_not_matter,
    ),
    Defect(
        "sides kept when a line is turned",
        f"{COMPARE}.track:Track",
        "reversed",
        result(lambda track: replace(track, left=track.right, right=track.left)),
        direction_does_not_matter,
    ),
    Defect("ends not cut", f"{COMPARE}.matching", "_both_ends", whole_ends, what_sticks_out_is_cut),
    Defect("exclaves ignored", f"{COMPARE}.matched", "_rings_alone", always(()), an_exclave_changes_sides_as_a_whole),
    Defect(
        "one source in both lines counted as two",
        "merestone.geodesy.uncertainty:Uncertainty",
        "minus",
        lambda right: lambda self, other: self.plus(other),
        one_error_in_both_lines_cancels,
    ),
    Defect(
        "one source in both edges of a zone counted as two",
        f"{COMPARE}.zones",
        "zone_area_sigma_m2",
        of_other_sources,
        one_error_in_both_edges_moves_a_zone_and_keeps_its_area,
    ),
    Defect(
        "median in place of the mean",
        f"{COMPARE}.measures",
        "statistics",
        result(lambda found: replace(found, mean_m=found.median_m)),
        the_mean_is_area_by_length,
    ),
    Defect(
        "greatest distance of the stations alone",
        f"{COMPARE}.matched",
        "greatest",
        at_stations_only,
        the_greatest_distance_may_lie_between_stations,
    ),
    Defect(
        "Hausdorff in place of Fréchet",
        "merestone.geodesy.frechet",
        "frechet_distance",
        no_longer,
        going_back_and_forth_lengthens_the_leash,
    ),
    Defect(
        "longitudes not continued",
        f"{COMPARE}.arrangement",
        "_near",
        lambda right: lambda lonlat, longitude_deg: lonlat,
        the_antimeridian_is_a_place_as_any_other,
    ),
    Defect(
        "edges taken as straight in degrees whatever is stated",
        f"{COMPARE}.track",
        "along_geodesics",
        lambda right: lambda ellipsoid, lonlat: lonlat,
        geodesics_are_not_straight_in_degrees,
    ),
    Defect(
        "probabilities upside down",
        f"{COMPARE}.zones",
        "real",
        result(lambda probability: 1.0 - probability),
        what_exceeds_its_error_is_different,
    ),
)
CHECKS = tuple(dict.fromkeys(defect.found_by for defect in DEFECTS))


def planted(defect: Defect, monkeypatch: pytest.MonkeyPatch) -> None:
    """Put the wrong function in the place of the right one."""
    module, _, owner = defect.module.partition(":")
    where = importlib.import_module(module)
    where = getattr(where, owner) if owner else where
    monkeypatch.setattr(where, defect.name, defect.wrong(getattr(where, defect.name)))


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_without_a_defect_every_check_passes(check: Callable[[], None]) -> None:
    """The checks hold for the comparison as it is."""
    check()


@pytest.mark.parametrize("defect", DEFECTS, ids=lambda defect: defect.what)
def test_every_planted_defect_is_found(defect: Defect, monkeypatch: pytest.MonkeyPatch) -> None:
    """With one function wrong in one way, the check named with it fails."""
    planted(defect, monkeypatch)
    with pytest.raises(AssertionError):
        defect.found_by()


def test_there_is_a_defect_for_every_check() -> None:
    """No check stands here for nothing, and there are at least as many defects."""
    assert len(CHECKS) <= len(DEFECTS)
    assert len({defect.what for defect in DEFECTS}) == len(DEFECTS) >= 15
