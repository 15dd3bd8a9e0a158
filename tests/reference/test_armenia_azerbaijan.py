"""One boundary in ten public versions: lengths, distances and land against what was measured before with other tools.

The figures of before are planar (UTM 38N) and sampled; ours are geodesic and exact. So they differ, by this much and for
this reason:

- vertices: before, a line was cut with a narrow buffer, which adds one at either end;
- mean 1 %, median and 95th percentile 2 %, besides rounding to 1 m: ours give an interval between stations the mean of
  its ends, and before it was sampled;
- greatest: ours are never less (2 m are allowed for rounding and for the scale of the plane, 0.9996 to 0.9999) and at
  most half a step of 100 m more, since the distance changes by no more than one goes along the line;
- `dcw_gmt`: before, the line was measured beyond the ends of the other, which `compare` cuts; sampled without that cut it
  agrees as the others do;
- areas: the plane takes 0.08 % off (0.9996 squared), 0.12 % is allowed, and 0.1 km² for rounding.

docs/methods/comparing-measured.md shows all figures beside one another.
"""

from __future__ import annotations

from pathlib import Path

import pytest
import shapely
from benchmarks.measured_versions import apart_of, entries, land_of_entry, lengths_of
from benchmarks.published_versions import LAND_FILES, REFERENCE, VERSIONS, both_states

from merestone.compare.states.state_polygons import land_of
from merestone.geodesy.ellipsoid import WGS84

STEP_M = 100.0
ALL_APART = [name for name, published in VERSIONS.items() if published.apart_m is not None]

UNEQUAL_ENDS = {("wof quattro/meso", "ne_v5.1.2")}
UNEQUAL_ENDS |= {("dcw_gmt", column) for column in ("osm_2026", "osm_2018i", "ne_v5.1.2", "wof quattro/meso")}
UNEQUAL_ENDS |= {("tz_world", column) for column in ("osm_2026", "osm_2018i", "wof quattro/meso")}
"""Entries in which more than 0.15 % of the land lies beyond the end of a line, where zones end and polygons go on."""

LEFT_OUT_HOLES = ((45.436, 41.014), (45.429, 41.010))
"""Two holes of 0.10 and 0.04 km² in the Armenia of `wof_arm_quattroshapes` that are not among its strands."""


@pytest.fixture(scope="module")
def versions(shared: Path) -> Path:
    """The folder of versions of one boundary; the test is skipped without it."""
    folder = shared / "data" / "armenia-azerbaijan-versions"
    if not folder.is_dir():
        pytest.skip("needs the versions of the Armenia-Azerbaijan boundary in the shared data")
    return folder


@pytest.mark.parametrize("version", VERSIONS)
def test_lengths_and_vertices_are_those_measured_before(versions: Path, version: str) -> None:
    """Both lines are as long as before to 0.1 %, and have as many vertices, but for the two ends of a cut."""
    ours, before = lengths_of(versions, version), VERSIONS[version]
    assert ours.east_km == pytest.approx(before.east_km, rel=1e-3)
    assert ours.nakhchivan_km == pytest.approx(before.nakhchivan_km, rel=1e-3)
    assert ours.east_vertices == pytest.approx(before.east_vertices, abs=2)
    assert ours.nakhchivan_vertices == pytest.approx(before.nakhchivan_vertices, abs=2)


@pytest.mark.parametrize("version", ["ne_v5.1.2", "tz_world"])
def test_the_vertices_of_before_are_those_of_a_cut_with_a_buffer(versions: Path, version: str) -> None:
    """Armenia's outline cut with Azerbaijan and 10⁻⁵ degree round it has the vertices that were counted before."""
    armenia, azerbaijan = (land_of(state, WGS84).geometry for state in both_states(versions, VERSIONS[version].files))
    outline = max(shapely.get_parts(armenia), key=shapely.area).exterior
    cut = shapely.intersection(shapely.LineString(outline.coords), shapely.buffer(azerbaijan, 1e-5))
    counts = sorted(shapely.get_num_coordinates(shapely.get_parts(shapely.line_merge(cut))).tolist())
    assert counts == [VERSIONS[version].nakhchivan_vertices, VERSIONS[version].east_vertices]


@pytest.mark.parametrize("version", ALL_APART)
def test_distances_are_those_measured_before(versions: Path, version: str) -> None:
    """Mean, median, 95th percentile and greatest distance to `osm_2026` agree within what sampling leaves open."""
    before = VERSIONS[version].apart_m
    assert before is not None
    found = apart_of(versions, version)
    whole = version != "dcw_gmt"
    ours = found.compared if whole else found.sampled
    assert abs(ours[0] - before[0]) < 0.5 + 0.01 * before[0]
    assert abs(ours[1] - before[1]) < 0.5 + 0.02 * before[1]
    assert abs(ours[2] - before[2]) < 0.5 + 0.02 * before[2]
    if whole:
        assert before[3] - 2.0 <= ours[3] <= before[3] * 1.0004 + STEP_M / 2.0 + 0.5
    else:
        assert ours[3] == pytest.approx(before[3], abs=STEP_M)
        assert found.compared[0] < before[0]


@pytest.mark.parametrize("version", ALL_APART)
def test_done_as_before_the_distances_are_those_of_before(versions: Path, version: str) -> None:
    """Sampled every 100 m in the plane, with shapely, the figures of before come back: to 1 % or 2 m, the greatest to half
    a step."""
    before, found = VERSIONS[version].apart_m, apart_of(versions, version).planar
    assert before is not None
    assert found[:3] == pytest.approx(before[:3], rel=1e-2, abs=2.0)
    assert found[3] == pytest.approx(before[3], abs=STEP_M / 2.0)


def test_the_reference_is_no_distance_from_itself(versions: Path) -> None:
    """`osm_2026` against itself: nought, everywhere."""
    assert apart_of(versions, REFERENCE).compared == pytest.approx((0.0, 0.0, 0.0, 0.0), abs=1e-4)


@pytest.mark.parametrize(("row", "column"), entries())
def test_land_that_changes_sides(versions: Path, row: str, column: str) -> None:
    """The polygons give the areas of before to the scale of the plane; the zones give those of the polygons to 0.15 %
    or 0.1 km² where both lines have the same ends, and balance with them to a square centimetre per km² everywhere;
    what one of them lacks lies at an end of a line or in a hole that is left out."""
    land = land_of_entry(versions, row, column)
    assert land.polygons_km2 == pytest.approx(land.before_km2, rel=1.2e-3, abs=0.1)
    assert abs(land.imbalance_m2) < 1e-4 * land.polygons_km2
    alike = land.zones_km2 == pytest.approx(land.polygons_km2, rel=1.5e-3, abs=0.1)
    assert alike == ((row, column) not in UNEQUAL_ENDS)
    for piece in (*land.lacking, *land.more):
        place = round(piece.place[0], 3), round(piece.place[1], 3)
        assert piece.from_end_km < 1e-3 or (row == "wof quattro/meso" and place in LEFT_OUT_HOLES)


def test_every_entry_of_the_table_of_land_is_tried() -> None:
    """Thirty entries between two versions, and two of a version whose States share no vertices with itself."""
    assert len(entries()) == len(LAND_FILES) * (len(LAND_FILES) - 1) + 2
