"""Real pairs of Natural Earth and OpenStreetMap, beside shapely and PROJ: areas of what two lines enclose."""

from __future__ import annotations

from pathlib import Path

import pytest
import shapely
from pyproj import Geod

from merestone.casefile.versions import Source, read_versions
from merestone.casefile.workers import Alone
from merestone.compare.comparison import Settings
from merestone.compare.world.world import Version, outcome

GEOD = Geod(ellps="WGS84")


@pytest.fixture(scope="module")
def versions(shared: Path) -> tuple[Version, Version]:
    """Both versions of the world; the tests are skipped without them."""
    folder = shared / "data" / "world-land-boundaries"
    files = folder / "countries-10m.topojson", folder / "osm_2017_world_land_boundaries.geojson.gz"
    if not all(file.is_file() for file in files):
        pytest.skip("needs the two versions of the world's land boundaries in the shared data")
    return read_versions((Source(files[0], "countries"), Source(files[1])), Alone(), lambda _: None)


def enclosed_km2(pair: tuple[str, str], versions: tuple[Version, Version]) -> float:
    """What both lines enclose with straight pieces between their ends, polygonized in longitude and latitude, by PROJ."""
    one, other = (version.claims[pair].strands[0].lonlat for version in versions)
    if shapely.Point(one[0]).distance(shapely.Point(other[0])) > shapely.Point(one[0]).distance(
        shapely.Point(other[-1])
    ):
        other = other[::-1]
    closing = [[one[0], other[0]], [one[-1], other[-1]]]
    lines = [shapely.LineString(chain) for chain in (one, other, *closing)]
    faces = shapely.get_parts(shapely.polygonize(shapely.get_parts(shapely.union_all(lines))))
    return sum(abs(GEOD.geometry_area_perimeter(face)[0]) for face in faces) / 1e6


@pytest.mark.parametrize("pair", [("BOL", "PER"), ("AFG", "CHN"), ("LBY", "TCD"), ("HUN", "SVK"), ("IND", "MMR")])
def test_areas_are_what_shapely_and_proj_find_between_the_lines(
    pair: tuple[str, str], versions: tuple[Version, Version]
) -> None:
    """Beside what the ends add, which are joined here and cut there, both find the same land."""
    found = outcome(pair, versions[0].claims[pair], versions[1].claims[pair], Settings())
    assert found.measures is not None
    assert found.measures.area_m2 / 1e6 == pytest.approx(enclosed_km2(pair, versions), rel=0.03)
    assert found.measures.held_m2 is not None
    assert sum(found.measures.held_m2) == pytest.approx(found.measures.area_m2)


def test_the_greatest_separation_is_the_hausdorff_distance_of_the_whole_boundary(
    versions: tuple[Version, Version],
) -> None:
    """Bolivia and Peru end at the same places in both: the geodesic from the place named to its foot is the greatest,
    and no vertex of either line lies further from the other than that."""
    pair = ("BOL", "PER")
    found = outcome(pair, versions[0].claims[pair], versions[1].claims[pair], Settings()).measures
    assert found is not None
    (lon, lat), (foot_lon, foot_lat) = found.place, found.foot
    assert GEOD.inv(lon, lat, foot_lon, foot_lat)[2] == pytest.approx(found.greatest_m, abs=0.001)
    assert found.greatest_m == pytest.approx(13_388.0, abs=1.0)


def test_most_pairs_of_the_world_are_in_both_versions(versions: tuple[Version, Version]) -> None:
    """Numbers of ISO 3166-1 in one file and letters in the other come to one name: 316 pairs."""
    assert len(set(versions[0].claims) & set(versions[1].claims)) == 316
