"""What holds for every two lines."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from fakes.claims import claim, nudged, wandering
from merestone.compare.comparison import Comparison, Settings
from merestone.compare.lines.compare import compare
from merestone.geodesy.ellipsoid import WGS84
from merestone.geodesy.line import Floats
from merestone.geodesy.lonlat_area import ring_area_m2
from merestone.geodesy.uncertainty import Common, Component, Local, Uncertainty

EXAMPLES = settings().max_examples // 4
"""A comparison takes a tenth of a second; `make soak` tries many more."""

SEED = st.integers(0, 10_000)
SIGMA = st.sampled_from([1e-5, 1e-4, 1e-3, 5e-3])
UNSURE = Uncertainty((Component("survey", 15.0, Local(400.0)), Component("frame", 3.0, Common())))
SURE = Uncertainty((Component("frame", 2.0, Common()), Component("map", 30.0, Common(90.0))))


def pair(seed: int, sigma_deg: float) -> tuple[Floats, Floats]:
    line = wandering(seed, 80)
    return line, nudged(line, seed + 1, sigma_deg)


@settings(max_examples=EXAMPLES)
@given(SEED, SIGMA)
def test_swapping_the_lines_mirrors_every_number(seed: int, sigma_deg: float) -> None:
    """Nothing depends on which line is named first."""
    first, second = pair(seed, sigma_deg)
    there = compare(claim(first, uncertainty=UNSURE), claim(second, uncertainty=SURE), Settings())
    back = compare(claim(second, uncertainty=SURE), claim(first, uncertainty=UNSURE), Settings())
    one, other = numbers(there), numbers(back, swapped=True)
    assert len(one) == len(other)
    for here, mirror in zip(one, other, strict=True):
        assert here == pytest.approx(mirror, rel=1e-6, abs=2e-3)
    for zone, mirror_zone in zip(there.zones, back.zones, strict=True):
        assert zone.in_first is not mirror_zone.in_first
        assert (zone.held_in_first, zone.held_in_second) == (mirror_zone.held_in_second, mirror_zone.held_in_first)


def numbers(made: Comparison, *, swapped: bool = False) -> list[tuple[float, ...]]:
    """Every number of a comparison; `swapped`: with that of the second line first."""
    turn = -1 if swapped else 1
    balance = (made.balance.left_in_first_m2, made.balance.right_in_first_m2)[::turn]
    found: list[tuple[float, ...]] = [(made.hausdorff_m, *made.frechet_m), (*balance, made.balance.crumbs_m2)]
    found += [made.lengths_m[::turn], made.whole_lengths_m[::turn]]
    found += [share.lengths_m[::turn] for share in made.shares]
    found += [row.lengths_m[::turn] for row in made.resolutions]
    for zone in made.zones:
        found.append((zone.number, zone.area_m2, zone.area_sigma_m2, zone.greatest_width_m, zone.probability))
        found.append(zone.lengths_m[::turn])
        found += [(reach.from_m, reach.to_m) for reach in zone.reaches[::turn] if reach is not None]
    for parting in made.partings:
        found.append((parting.greatest_m,))
        found += [(reach.from_m, reach.to_m) for reach in parting.reaches[::turn]]
    assert made.statistics is not None
    found += [(one.mean_m, one.median_m, one.p95_m, one.greatest_m, one.along_m) for one in made.statistics[::turn]]
    return found


@settings(max_examples=EXAMPLES)
@given(SEED, SIGMA)
def test_areas_by_side_balance_with_the_areas_of_the_polygons(seed: int, sigma_deg: float) -> None:
    """Land on the left grows from the first line to the second by what the zones give it: to 1 m² in 1,000 km²."""
    first, second = pair(seed, sigma_deg)
    made = compare(claim(first), claim(second), Settings())
    north = 41.0
    corners = np.array([[first[-1, 0], north], [first[0, 0], north]])
    with_first, with_second = (
        ring_area_m2(WGS84, np.concatenate([chain, corners, chain[:1]])) for chain in (first, second)
    )
    grown_m2 = made.balance.right_in_first_m2 - made.balance.left_in_first_m2
    assert with_second - with_first == pytest.approx(grown_m2, abs=max(with_first, with_second) * 1e-9)


@settings(max_examples=EXAMPLES)
@given(SEED, SIGMA)
def test_zones_are_what_lies_between_the_lines(seed: int, sigma_deg: float) -> None:
    """The zones are the symmetric difference of the lands on the left, as GEOS finds it."""
    first, second = pair(seed, sigma_deg)
    made = compare(claim(first), claim(second), Settings())
    corners = np.array([[first[-1, 0], 41.0], [first[0, 0], 41.0]])
    lands = [shapely.Polygon(np.concatenate([chain, corners])) for chain in (first, second)]
    between = shapely.union_all([shapely.Polygon(zone.polygons[0][0], zone.polygons[0][1:]) for zone in made.zones])
    expected = shapely.symmetric_difference(*map(shapely.make_valid, lands))
    assert shapely.area(shapely.symmetric_difference(between, expected)) < 1e-9 + made.balance.crumbs_m2 / 1e10


@settings(max_examples=EXAMPLES)
@given(SEED, SIGMA)
def test_distances_are_in_their_order(seed: int, sigma_deg: float) -> None:
    """Median and 95 % are at most the greatest; the Fréchet distance is at least the Hausdorff distance."""
    first, second = pair(seed, sigma_deg)
    made = compare(claim(first), claim(second), Settings())
    assert made.statistics is not None
    for one in made.statistics:
        assert one.median_m <= one.p95_m <= one.greatest_m <= made.hausdorff_m
        assert one.mean_m <= one.greatest_m
    assert made.hausdorff_m <= made.frechet_m[0] * (1.0 + 1e-9) <= made.frechet_m[1] * (1.0 + 2e-9)


@settings(max_examples=EXAMPLES)
@given(SEED, SIGMA)
def test_the_matching_never_goes_back(seed: int, sigma_deg: float) -> None:
    """Matching chainages never decrease on either line, and run from end to end."""
    first, second = pair(seed, sigma_deg)
    for stretch in compare(claim(first), claim(second[::-1]), Settings()).stretches:
        assert (np.diff(stretch.knots_m, axis=0) >= 0.0).all()
        for line, reach in enumerate(stretch.reaches):
            assert stretch.knots_m[0, line] == reach.from_m
            assert stretch.knots_m[-1, line] == reach.to_m
