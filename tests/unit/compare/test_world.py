"""Every pair of States in two versions: a small world made by hand, beside PROJ and beside the comparison of one pair."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pytest
from pyproj import Geod

from fakes.claims import WGS84_FRAME, claim
from fakes.worlds import EAST_DEG, lines, polygons
from merestone.compare.claim import Claim
from merestone.compare.comparison import Settings
from merestone.compare.lines.compare import compare
from merestone.compare.lines.significance import stated_component
from merestone.compare.world.every_pair import boundaries
from merestone.compare.world.identity import identity
from merestone.compare.world.world import (
    Measures,
    PairOutcome,
    Version,
    WorldComparison,
    compared,
    outcome,
    ranked,
    version,
)
from merestone.errors import WrongRequestError
from merestone.geodesy.ellipsoid import WGS84
from merestone.geodesy.uncertainty import Uncertainty
from merestone.sources.layer import Layer, Part, Role, Value

GEOD = Geod(ellps="WGS84")
AB = ("Aland", "Bland")


def polygon_layer(names: dict[str, str] | None = None) -> Layer:
    """The polygons of the small world as a layer that was read."""
    states = polygons()
    parts = [
        Part(number, Role.HOLE if at else Role.SHELL, ring)
        for number, rings in enumerate(states.values())
        for at, ring in enumerate(rings)
    ]
    attributes = tuple({"name": (names or {}).get(name, name)} for name in states)
    return Layer("polygons", "p", "GeoJSON", "0" * 64, "EPSG:4326", attributes, tuple(parts))


def line_layer() -> Layer:
    """The lines of the small world as a layer that was read."""
    pairs = lines()
    parts = [Part(number, Role.LINE, chain) for number, chains in enumerate(pairs.values()) for chain in chains]
    attributes = tuple({"A3_1": pair[0], "A3_2": pair[1]} for pair in pairs)
    return Layer("lines", "l", "GeoJSON", "1" * 64, "EPSG:4326", attributes, tuple(parts))


def versions() -> tuple[Version, Version]:
    """Both versions."""
    one, other = (
        version(Claim(layer.file, (), WGS84_FRAME), boundaries(layer, WGS84))
        for layer in (polygon_layer(), line_layer())
    )
    return one, other


def world(first: Version, second: Version, settings: Settings | None = None) -> WorldComparison:
    """The comparison of two versions, pair after pair."""
    settings = settings or Settings()
    pairs = sorted(set(first.claims) & set(second.claims))
    found = [outcome(pair, first.claims[pair], second.claims[pair], settings) for pair in pairs]
    return compared((first, second), tuple(found), settings)


@pytest.fixture(scope="module")
def made() -> WorldComparison:
    return world(*versions())


def measures_of(made: WorldComparison, pair: tuple[str, str]) -> Measures:
    found = next(each for each in made.outcomes if each.pair == pair).measures
    assert found is not None
    return found


def test_pairs_that_both_versions_have_are_compared_and_the_others_are_listed(made: WorldComparison) -> None:
    """A pair is compared where both versions name it, in whatever order; the others stand in the list of their version."""
    assert {each.pair for each in made.outcomes} == {AB, ("Aland", "Cland"), ("Aland", "Eland"), ("Bland", "Dland")}
    assert [[each.pair for each in alone] for alone in made.alone] == [[("Cland", "Dland")], [("Bland", "Fland")]]
    length_m = GEOD.line_length([22.0, 22.0], [41.0, 42.0])
    assert made.alone[1][0].length_m == pytest.approx(length_m, rel=1e-4)


def test_the_area_between_two_lines_is_that_of_proj_and_is_held_by_whom_the_polygons_say(made: WorldComparison) -> None:
    """The strip of 0.01 degrees by which Aland reaches further east in the second version is Aland's there alone."""
    corners = np.array([(21.0, 41.0), (21.0 + EAST_DEG, 41.0), (21.0 + EAST_DEG, 42.0), (21.0, 42.0)])
    area_m2 = abs(GEOD.polygon_area_perimeter(corners[:, 0], corners[:, 1])[0])
    found = measures_of(made, AB)
    assert found.area_m2 == pytest.approx(area_m2, rel=1e-6)
    assert found.held_m2 == pytest.approx((0.0, area_m2), rel=1e-6)
    assert found.zones == 1
    assert found.greatest_m == pytest.approx(GEOD.line_length([21.0, 21.0 + EAST_DEG], [41.0, 41.0]), rel=1e-6)
    assert found.mean_m[0] == pytest.approx(found.mean_m[1], rel=1e-3)


def test_an_enclave_is_compared_as_a_ring(made: WorldComparison) -> None:
    """Both outlines of Eland answer to one another all round, and what lies between falls to either side."""
    found = measures_of(made, ("Aland", "Eland"))
    assert found.unmatched == 0
    assert found.held_m2 is not None
    assert found.held_m2[0] == pytest.approx(found.held_m2[1], rel=0.01)


def test_equal_lines_have_no_area_and_come_last(made: WorldComparison) -> None:
    """The boundary that is the same in both versions has no zones, and the largest area has rank one."""
    assert made.outcomes[-1].pair == ("Bland", "Dland")
    assert measures_of(made, ("Bland", "Dland")).zones == 0
    areas = [each.measures.area_m2 for each in made.outcomes if each.measures]
    assert areas == sorted(areas, reverse=True)


def test_swapping_the_versions_mirrors_every_figure(made: WorldComparison) -> None:
    """Nothing depends on which version is named first."""
    back = world(*versions()[::-1])
    assert back.alone == made.alone[::-1]
    assert [each.pair for each in back.outcomes] == [each.pair for each in made.outcomes]
    for there, here in zip(back.outcomes, made.outcomes, strict=True):
        assert there.vertices == here.vertices[::-1]
        assert there.whole_m == pytest.approx(here.whole_m[::-1])
        assert figures(there) == pytest.approx(figures(here, swapped=True), rel=1e-6, abs=1e-3)


def figures(each: PairOutcome, *, swapped: bool = False) -> list[float]:
    """All figures of an outcome, those of the second version first where it is swapped."""
    found, turn = each.measures, -1 if swapped else 1
    assert found is not None
    pairs = (found.compared_m, found.held_m2 or (), found.mean_m, found.different_m, found.undecidable_m)
    flat = [value for pair in (*pairs, found.within_error_m) for value in pair[::turn]]
    return [*flat, found.area_m2, float(found.zones), found.greatest_m, float(found.unmatched)]


def test_a_pair_among_all_has_the_figures_that_it_has_alone(made: WorldComparison) -> None:
    """The lighter way through the core gives the area, the greatest separation and the lengths of the whole comparison."""
    first, second = versions()
    for each in made.outcomes:
        alone = compare(first.claims[each.pair], second.claims[each.pair], Settings())
        found = each.measures
        assert found is not None
        area_m2 = alone.balance.left_in_first_m2 + alone.balance.right_in_first_m2
        assert found.area_m2 == pytest.approx(area_m2, rel=1e-9, abs=1e-6)
        assert found.zones == len(alone.zones)
        assert found.greatest_m == pytest.approx(alone.hausdorff_m, abs=0.02)
        assert found.compared_m == pytest.approx(alone.lengths_m, abs=1e-3)


def test_stated_accuracies_divide_the_length_by_verdict() -> None:
    """With standard deviations stated, every compared metre is different, undecidable or within the error."""
    first, second = versions()
    sure = Uncertainty((stated_component("a map", 600.0, None),))
    unsure = replace(first, claims={pair: replace(each, uncertainty=sure) for pair, each in first.claims.items()})
    found = measures_of(world(unsure, second), AB)
    for version_ in (0, 1):
        parts = (found.different_m, found.undecidable_m, found.within_error_m)
        assert sum(part[version_] for part in parts) == pytest.approx(found.compared_m[version_], rel=1e-6)
    assert found.different_m[0] < 0.01 * found.compared_m[0]
    assert found.undecidable_m[0] > 0.5 * found.compared_m[0]


def test_a_pair_that_cannot_be_compared_says_why() -> None:
    """Lines far from one another have no measures but a reason, and come last."""
    near, far = claim([(20.0, 40.0), (20.5, 40.0)]), claim([(60.0, 10.0), (60.5, 10.0)])
    none = outcome(("Aland", "Zland"), near, far, Settings())
    assert none.measures is None
    assert "corresponds" in none.why_not
    assert none.unmatched_m == none.whole_m
    good = outcome(("Yland", "Zland"), near, near, Settings())
    assert ranked((none, good)) == (good, none)


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("004", "AFG"),
        ("4", "AFG"),
        ("AF", "AFG"),
        ("afg", "AFG"),
        ("Afghanistan", "AFG"),
        ("KOS", "XKX"),
        ("Kosovo", "XKX"),
        (" Siachen Glacier ", "Siachen Glacier"),
    ],
)
def test_states_are_the_same_under_any_code(text: str, known: str) -> None:
    """Numeric, two-letter and three-letter codes and English names come to one; what has no code keeps its name."""
    assert identity(text) == known


def test_polygons_named_by_numbers_answer_to_lines_named_by_letters() -> None:
    """Pairs are matched by who they are, not by how a file writes it."""
    found = boundaries(polygon_layer({"Aland": "004", "Bland": "008"}), WGS84)
    assert ("AFG", "ALB") in found.strands


def test_lines_without_the_two_attributes_are_refused() -> None:
    """What has no names on either side says which attributes there are and which are known."""
    layer = line_layer()
    nameless = replace(layer, attributes=tuple({"river": "yes"} for _ in layer.attributes))
    with pytest.raises(WrongRequestError, match=r"it has: river.*a3_1 and a3_2"):
        boundaries(nameless, WGS84)


def test_lines_that_name_one_state_or_none_are_left_out_and_said() -> None:
    """A line with the same State on both sides, or an empty name, is no pair."""
    layer = line_layer()
    attributes: tuple[Mapping[str, Value], ...] = (
        {"a3_1": "Aland", "a3_2": "Aland"},
        {"a3_1": "Aland", "a3_2": None},
        *layer.attributes[2:],
    )
    renamed = tuple({key.lower(): value for key, value in each.items()} for each in attributes)
    found = boundaries(replace(layer, attributes=renamed), WGS84)
    assert AB not in found.strands
    assert [each.size for each in found.remarks if each.size] == [2.0]


def test_a_line_drawn_for_two_pairs_is_compared_twice_and_said() -> None:
    """Where a version draws two pairs along one line, a remark names both with the length; neither is left out."""
    layer = line_layer()
    twice = Part(4, Role.LINE, lines()[("Aland", "Cland")][0])
    found = version(Claim("v", (), WGS84_FRAME), boundaries(replace(layer, parts=(*layer.parts, twice)), WGS84))
    said = [each for each in found.remarks if each.code == "D312"]
    assert [each.sentence.split(" are")[0] for each in said] == ["Aland-Cland and Bland-Fland"]
    assert said[0].size == pytest.approx(84_300.0, rel=0.02)
    assert {("Aland", "Cland"), ("Bland", "Fland")} <= set(found.claims)
