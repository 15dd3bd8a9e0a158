"""The Fréchet distance between two chains straight in longitude and latitude."""

from __future__ import annotations

import numpy as np
import pytest
from pyproj import Geod
from scipy.optimize import minimize_scalar

from merestone.errors import GeometryError
from merestone.geodesy.ellipsoid import WGS84
from merestone.geodesy.frechet import Frechet, frechet_distance, frechet_distance_closed
from merestone.geodesy.geocentric_chain import at_along
from merestone.geodesy.line import Floats

GEOD = Geod(ellps="WGS84")


def wandering(seed: int, vertices: int, lon: float, lat: float, step_deg: float = 0.01) -> Floats:
    """A chain that wanders off."""
    chance = np.random.default_rng(seed)
    return np.array([lon, lat]) + np.cumsum(chance.normal(step_deg / 3.0, step_deg, (vertices, 2)), axis=0)


def refined(chain: Floats, parts: int) -> Floats:
    """The chain with every edge cut into parts."""
    return at_along(chain, np.linspace(0.0, len(chain) - 1.0, parts * (len(chain) - 1) + 1))


def distances_m(first: Floats, second: Floats) -> Floats:
    """Karney's distance of every place from every other."""
    shape = (len(first), len(second))
    one, other = (np.broadcast_to(array, (*shape, 2)) for array in (first[:, None], second[None]))
    apart = GEOD.inv(one[..., 0].ravel(), one[..., 1].ravel(), other[..., 0].ravel(), other[..., 1].ravel())[2]
    return np.asarray(apart).reshape(shape)


def discrete_m(first: Floats, second: Floats) -> float:
    """The discrete Fréchet distance (Eiter and Mannila, 1994) by its definition."""
    apart = distances_m(first, second)
    least = np.full(apart.shape, np.inf)
    for i in range(len(first)):
        for j in range(len(second)):
            before = 0.0 if i == j == 0 else np.inf
            if i:
                before = min(before, least[i - 1, j])
            if j:
                before = min(before, least[i, j - 1])
            if i and j:
                before = min(before, least[i - 1, j - 1])
            least[i, j] = max(before, apart[i, j])
    return float(least[-1, -1])


def spacing_m(chain: Floats) -> float:
    """The longest edge."""
    return float(np.max(GEOD.line_lengths(chain[:, 0], chain[:, 1])))


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("lat", [-60.0, 0.0, 45.0, 80.0])
def test_it_lies_just_below_the_discrete_distance_of_dense_chains(seed: int, lat: float) -> None:
    """Chains cut finely have a discrete Fréchet distance above it, by no more than half an edge of either."""
    first, second = (
        wandering(seed, 8, 10.0, lat),
        wandering(seed, 8, 10.0, lat) + wandering(seed + 99, 8, 0.0, 0.0, 0.002),
    )
    found = frechet_distance(WGS84, first, second, relative=1e-4)
    dense = refined(first, 25), refined(second, 25)
    above_m = discrete_m(*dense)
    assert found.at_least_m <= above_m
    assert found.at_most_m >= above_m - (spacing_m(dense[0]) + spacing_m(dense[1])) / 2.0
    assert found.at_least_m <= found.at_most_m <= 1.0001001 * found.at_least_m


def test_it_is_the_plane_one_in_the_plane() -> None:
    """At the equator, over some kilometres, GEOS finds the same on densified chains as drawn in metres."""
    import shapely

    first = wandering(5, 12, 20.0, 0.0, 0.001)
    second = first + wandering(6, 12, 0.0, 0.0, 0.0003)
    metres = np.array([111319.49, 110574.3])
    one, other = (shapely.LineString(refined(chain, 30) * metres) for chain in (first, second))
    plane = shapely.frechet_distance(one, other)
    found = frechet_distance(WGS84, first, second)
    assert found.at_most_m == pytest.approx(plane, rel=0.02)


@pytest.mark.parametrize("lat", [0.0, 45.0, 80.0, 89.0])
@pytest.mark.parametrize("apart_m", [1.0, 1_000.0, 20_000.0, 500_000.0])
def test_separations_are_those_of_the_ellipsoid(lat: float, apart_m: float) -> None:
    """A spike's tip is as far from a straight edge as Karney's distance to the nearest place of it, to 1e-6."""
    tip = GEOD.fwd(30.0, lat, 250.0, apart_m)[:2]
    west, east = (30.0 - 3.0 * apart_m / 111e3, lat - 0.3), (30.0 + 2.0 * apart_m / 111e3, lat - 0.1)
    edge, spike = np.array([west, east]), np.array([west, tip, east])

    def from_tip(share: float) -> float:
        place = at_along(edge, np.array([share]))[0]
        return float(GEOD.inv(*tip, *place)[2])

    shares = np.linspace(0.0, 1.0, 2001)
    best = shares[int(np.argmin([from_tip(share) for share in shares]))]
    foot = minimize_scalar(
        from_tip, bounds=(max(0.0, best - 1e-3), min(1.0, best + 1e-3)), method="bounded", options={"xatol": 1e-12}
    )
    found = frechet_distance(WGS84, edge, spike, relative=1e-6)
    # Both ends are common, so that nothing but the tip counts; beyond 20 km a chord alone bounds less sharply.
    assert found.at_least_m <= foot.fun * (1.0 + 1e-9) + 1e-4
    assert found.at_most_m >= foot.fun * (1.0 - 1e-9) - 1e-4
    slack = 2e-6 if apart_m < 1e5 else 1e-5
    assert found.at_most_m <= max(foot.fun, found.at_least_m) * (1.0 + slack) + 1e-4


def test_a_line_that_turns_back_is_not_followed_by_one_that_does_not() -> None:
    """A zigzag that runs back by a length costs half of it, although the lines lie within a metre of one another."""
    kilometre = 1.0 / 111.3194907932
    straight = np.array([[0.0, 0.0], [10.0 * kilometre, 0.0]])
    zigzag = np.array([[0.0, 0.0], [6.0 * kilometre, 1e-6], [4.0 * kilometre, 2e-6], [10.0 * kilometre, 0.0]])
    found = frechet_distance(WGS84, straight, zigzag, 0.2)
    assert found.at_least_m <= 1000.0 <= found.at_most_m * (1.0 + 1e-6)


def test_a_bound_that_is_the_answer_is_taken() -> None:
    """From a Hausdorff distance that is the Fréchet distance the interval begins at it."""
    first = np.array([[0.0, 50.0], [0.1, 50.0], [0.2, 50.0]])
    second = np.array([[0.0, 50.0], [0.1, 50.01], [0.2, 50.0]])
    free = frechet_distance(WGS84, first, second)
    found = frechet_distance(WGS84, first, second, free.at_most_m)
    assert found.at_least_m == free.at_most_m
    assert found.at_most_m == pytest.approx(1.001 * free.at_most_m)


def test_the_antimeridian_is_a_place_as_any_other() -> None:
    """Chains whose longitudes differ by whole turns are compared where they are."""
    first = wandering(3, 10, 179.97, 65.0)
    second = first + wandering(4, 10, 0.0, 0.0, 0.001)
    here = frechet_distance(WGS84, first, second)
    there = frechet_distance(WGS84, first, second - [360.0, 0.0])
    assert there.at_most_m == pytest.approx(here.at_most_m, rel=1e-6)


def check_way(first: Floats, second: Floats, found: Frechet) -> None:
    """A way runs from the starts to the ends, never back, never further apart than it says."""
    knots = found.knots_along
    assert np.array_equal(knots[0], [0.0, 0.0])
    assert np.array_equal(knots[-1], [len(first) - 1.0, len(second) - 1.0])
    assert np.all(np.diff(knots, axis=0) >= 0.0)
    between = refined(knots, 7)
    one, other = at_along(first, between[:, 0]), at_along(second, between[:, 1])
    apart_m = np.asarray(GEOD.inv(one[:, 0], one[:, 1], other[:, 0], other[:, 1])[2])
    assert apart_m.max() <= found.at_most_m * (1.0 + 1e-6) + 1e-4


@pytest.mark.parametrize("seed", range(6))
def test_a_way_keeps_within_the_distance(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """The way that is given goes along both chains within the distance, also where cells are held a few at a time."""
    monkeypatch.setattr("merestone.geodesy.frechet._COLUMNS", 3)
    first = wandering(seed, 30, -70.0, -50.0)
    second = refined(first, 3)[1 + seed :] + np.random.default_rng(seed).normal(0.0, 2e-3, (87 - seed, 2))
    for one, other in ((first, second), (second, first), (first[::-1], second[::-1])):
        check_way(one, other, frechet_distance(WGS84, one, other, with_path=True))


def test_a_way_keeps_to_the_nearest_places() -> None:
    """Where one bad place sets the distance, elsewhere the way still joins what is near."""
    along = np.linspace(0.0, 1.0, 201)
    first = np.column_stack([along, np.full(201, 45.0)])
    second = first + np.array([0.0, 1e-5])
    second[100] += [0.0, 0.05]
    found = frechet_distance(WGS84, first, second, with_path=True)
    check_way(first, second, found)
    knots = found.knots_along
    away = np.abs(knots[:, 0] - 100.0) > 10.0
    assert found.at_most_m > 5000.0
    assert np.abs(knots[away, 0] - knots[away, 1]).max() < 0.01


def test_one_chain_that_waits_at_its_start_or_end() -> None:
    """A chain of hardly any length answers to a whole loop; the way holds every vertex passed while it waits."""
    loop = np.array([[0.0, 0.0], [0.02, 0.0], [0.02, 0.02], [0.0, 0.02], [0.0, 1e-6]])
    short = np.array([[0.0, 0.0], [1e-6, 1e-6]])
    for first, second in ((loop, short), (short, loop)):
        found = frechet_distance(WGS84, first, second, with_path=True)
        check_way(first, second, found)
        assert found.at_most_m == pytest.approx(GEOD.inv(0.02, 0.02, 0.0, 0.0)[2], rel=2e-3)


def test_rings_are_opened_where_they_are_near() -> None:
    """A ring whose places are counted from another start is still the same ring."""
    angle = np.linspace(0.0, 2.0 * np.pi, 61)
    ring = np.column_stack([44.0 + 0.2 * np.cos(angle), 41.0 + 0.1 * np.sin(3.0 * angle) + 0.1 * np.sin(angle)])
    ring[-1] = ring[0]
    turned = np.concatenate([ring[25:-1], ring[:26]])
    found = frechet_distance_closed(WGS84, ring, turned)
    assert found.at_least_m == 0.0
    assert found.at_most_m < 1e-5
    assert frechet_distance(WGS84, ring, turned).at_most_m > 1000.0


def test_vertices_that_repeat_change_nothing() -> None:
    """A vertex given twice is an edge without length."""
    first, second = wandering(1, 6, 5.0, 5.0), wandering(2, 6, 5.0, 5.0)
    doubled = np.repeat(first, 2, axis=0)
    whole, again = frechet_distance(WGS84, first, second), frechet_distance(WGS84, doubled, second, with_path=True)
    assert again.at_most_m == pytest.approx(whole.at_most_m, rel=1e-9)
    check_way(doubled, second, again)


@pytest.mark.parametrize(
    ("first", "relative"),
    [
        (np.zeros((1, 2)), 1e-3),
        (np.zeros((3, 3)), 1e-3),
        (np.array([[0.0, 0.0], [np.nan, 1.0]]), 1e-3),
        (np.array([[0.0, 0.0], [1.0, 91.0]]), 1e-3),
        (np.array([[0.0, 0.0], [1.0, 1.0]]), 0.0),
        (np.array([[0.0, 0.0], [1.0, 1.0]]), float("nan")),
    ],
)
def test_what_is_no_chain_or_no_precision_is_refused(first: Floats, relative: float) -> None:
    """A chain needs two places on the ellipsoid, and a distance a precision that can be had."""
    with pytest.raises(GeometryError):
        frechet_distance(WGS84, first, np.array([[0.0, 0.0], [1.0, 1.0]]), relative=relative)
