"""Published polygons: the versions of one boundary, and all States of the world."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from pyproj import Geod

from merestone.compare.claim import Strand
from merestone.compare.states.all_pairs import all_common_boundaries
from merestone.compare.states.changed_land import land_of_one_in_the_other
from merestone.compare.states.common_boundary import common_boundary
from merestone.compare.states.near_outline import near_parts, sampled
from merestone.compare.states.pair_of_states import CommonBoundary
from merestone.compare.states.state import State
from merestone.geodesy.ellipsoid import WGS84
from unit.compare.land import read_states

GEOD = Geod(ellps="WGS84")

MATCHED = {
    "osm_2026_tzbb": (681.3, 248.0, 0),
    "osm_2024_tzbb": (681.2, 248.0, 0),
    "osm_2023_tzbb": (617.3, 247.9, 0),
    "osm_2020_tzbb": (658.2, 247.9, 0),
    "osm_2018i_tzbb": (657.0, 247.9, 2),
    "osm_2017_geomaps_with_neighbours": (656.9, 247.8, 3),
    "wof_default_2024": (681.7, 250.6, 6),
    "tz_world_2016": (575.4, 219.4, 3),
    "ne_v5.1.2_10m": (493.8, 208.0, 3),
}
"""Kilometres of the eastern line and of the Nakhchivan line as measured before with other tools; exclaves."""

LAND_KM2 = [
    [0, 45.5, 591.5, 220.4, 284.4, 316.8],
    [59.5, 0, 585.4, 234.2, 323.2, 316.2],
    [608.7, 588.6, 0, 650.2, 740.1, 744.3],
    [52.7, 27.5, 581.5, 219.7, 317.9, 303.8],
    [189.6, 214.4, 638.8, 265.3, 1.7, 42.0],
    [227.6, 213.0, 637.4, 286.1, 48.3, 0],
]
"""Land that is Armenia in the row and Azerbaijan in the column, measured before in a plane (UTM 38N)."""


@pytest.fixture(scope="module")
def versions(shared: Path) -> Path:
    """The folder of versions of one boundary."""
    folder = shared / "data" / "armenia-azerbaijan-versions"
    if not folder.is_dir():
        pytest.skip("needs the versions of the Armenia-Azerbaijan boundary in the shared data")
    return folder


@pytest.fixture(scope="module")
def world(shared: Path) -> list[State]:
    """The States of a quantised world file."""
    path = shared / "data" / "world-land-boundaries" / "countries-10m.topojson"
    if not path.is_file():
        pytest.skip("needs the States of the world in the shared data")
    return list(read_states(str(path), "countries").values())


def both(versions: Path, first: str, second: str) -> tuple[State, State]:
    """Armenia of one version and Azerbaijan of another."""
    return read_states(str(versions / f"{first}.geojson"))["ARM"], read_states(str(versions / f"{second}.geojson"))[
        "AZE"
    ]


def kilometres(strand: Strand) -> float:
    """The geodesic length of a strand."""
    return float(GEOD.line_length(*strand.lonlat.T)) / 1000.0


@pytest.mark.parametrize("version", MATCHED)
def test_matched_versions_have_the_lengths_measured_before(versions: Path, version: str) -> None:
    """The two main strands are as long as other tools found, to their rounding, and every exclave is recognised."""
    found = common_boundary(*both(versions, version, version))
    mains = [kilometres(strand) for strand in found.strands if not strand.ring]
    assert found.matched
    assert mains == pytest.approx(MATCHED[version][:2], abs=0.06)
    assert len(found.detached) == MATCHED[version][2]


def test_outlines_drawn_apart_have_the_parts_measured_before(versions: Path) -> None:
    """All of Armenia's outline within 2.5 km of Azerbaijan's is 587.6 and 204.5 km in the Digital Chart of the World,
    and cut at the tripoints both outlines have the same length to 10 m."""
    first, second = both(versions, "dcw_gmt_2.1.1", "dcw_gmt_2.1.1")
    own, other = (sampled(state.rings, 100.0, WGS84) for state in (first, second))
    parts, _ = near_parts(own, other, 2500.0)
    found = common_boundary(first, second)
    mains = [[kilometres(s) for s in drawn if not s.ring] for drawn in found.as_drawn]
    assert not found.matched
    assert mains[0] == pytest.approx(mains[1], abs=0.01)
    assert mains[0] == pytest.approx([580.5, 199.3], abs=0.05)
    assert len(parts) >= 2
    assert {remark.code for remark in found.remarks} == {"D203", "D204", "D205", "D209"}


def test_cut_ends_of_near_outlines_are_those_of_the_shared_edges(versions: Path) -> None:
    """In a matched version the parts near one another, with their ends cut, are exactly the edges in common."""
    first, second = both(versions, "osm_2026_tzbb", "osm_2026_tzbb")
    own, other = (sampled(state.rings, 100.0, WGS84) for state in (first, second))
    parts, _ = near_parts(own, other, 2500.0)
    near = sorted((part.lonlat.tolist() for part in parts if part.length_m > 5000.0), key=len)
    shared = sorted((s.lonlat.tolist() for s in common_boundary(first, second).strands if not s.ring), key=len)
    assert near == shared


def test_two_sources_are_given_as_two_lines(versions: Path) -> None:
    """Quattroshapes' Armenia and Mesoshapes' Azerbaijan: two lines, 219.8 km² of overlap, Karki in two places."""
    found = common_boundary(*both(versions, "wof_arm_quattroshapes", "wof_aze_meso"))
    mains = [[kilometres(s) for s in drawn if not s.ring] for drawn in found.as_drawn]
    assert mains[0] == pytest.approx([684.5, 251.9], abs=0.1)
    assert mains[1] == pytest.approx([583.6, 225.1], abs=0.1)
    overlap = next(r for r in found.remarks if r.code == "D204")
    assert overlap.size == pytest.approx(219.8e6, rel=1e-3)
    assert {land.drawn_by for land in found.detached if land.of == "AZE"} == {("ARM", "AZE")}


def test_exclaves_that_are_polygons_of_both_are_an_overlap(versions: Path) -> None:
    """In the file of 2017 three exclaves are polygons of both States: 81.7 km² of both, in three nested polygons."""
    found = common_boundary(*both(versions, *["osm_2017_geomaps_with_neighbours"] * 2))
    overlap = next(r for r in found.remarks if r.code == "D204")
    assert overlap.size == pytest.approx(81.7e6, rel=1e-3)
    assert sum(remark.code == "D206" for remark in found.remarks) == 3
    assert sorted(land.of for land in found.detached) == ["ARM", "AZE", "AZE"]


def test_tripoints_of_a_file_of_six_states(versions: Path) -> None:
    """Of the four ends of the line three are exact tripoints; pieces of a line drawn twice are healed, both ways given."""
    states = read_states(str(versions / "osm_2017_geomaps_with_neighbours.geojson"))
    pairs = all_common_boundaries(list(states.values()))
    assert sorted(end.others for end in pairs["ARM", "AZE"].ends) == [(), ("GEO",), ("IRN",), ("TUR",)]
    assert len(pairs["ARM", "IRN"].strands) == 5
    others = [state for name, state in states.items() if name not in ("ARM", "IRN")]
    healed = common_boundary(states["ARM"], states["IRN"], others=others)
    assert [round(kilometres(strand)) for drawn in healed.as_drawn for strand in drawn] == [46, 45]
    assert [end.others for end in healed.ends] == [("AZE",), ("AZE",)]


def test_land_that_changes_hands_is_that_measured_before(versions: Path) -> None:
    """The areas agree with those of a plane to its scale, 0.9996 squared near the middle of the zone."""
    names = ["osm_2026_tzbb", "osm_2018i_tzbb", "ne_v5.1.2_10m", "", "dcw_gmt_2.1.1", "tz_world_2016"]
    pairs = [both(versions, name or "wof_arm_quattroshapes", name or "wof_aze_meso") for name in names]
    found = np.array([[land_of_one_in_the_other(one, other) for _, other in pairs] for one, _ in pairs]) / 1e6
    assert found == pytest.approx(np.array(LAND_KM2), rel=1.2e-3, abs=0.1)


def lengths(found: dict[tuple[str, str], CommonBoundary]) -> list[list[int]]:
    """How many places the strands of each pair have."""
    return [[len(strand.lonlat) for strand in boundary.strands] for boundary in found.values()]


def test_the_world_has_its_pairs_and_enclaves(world: list[State]) -> None:
    """Every pair of neighbours is found, in alphabetical order; Lesotho and San Marino lie within their neighbour."""
    found = all_common_boundaries(world)
    assert list(found) == sorted(found)
    assert len(found) == 334
    wholly = {land.of for boundary in found.values() for land in boundary.detached if land.whole}
    assert {"LSO", "SMR"} <= wholly
    assert [land.of for land in found["KGZ", "UZB"].detached] == ["UZB", "UZB"]
    assert any("CHN" in end.others for end in found["KAZ", "RUS"].ends)
    assert lengths(found) == lengths(all_common_boundaries(world[::-1]))


def test_no_common_boundary_of_the_world_runs_along_the_cut_at_180_degrees(world: list[State]) -> None:
    """Russia's polygons are cut at 180 degrees; that is nobody's boundary."""
    found = all_common_boundaries(world)
    assert not any(np.any(np.abs(s.lonlat[:, 0]) == 180.0) for boundary in found.values() for s in boundary.strands)
