"""GeoJSON, judged by the standard's rules and an independent geometry library."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
import shapely

from fakes.boundary_lines import GEOD, HOSTILE, export, hostile, ordinary, over_the_antimeridian
from merestone.delimit.boundary_line import BoundaryLine
from merestone.errors import NoFrameError
from merestone.geodesy.frame import Frame
from merestone.publish.export import Step
from merestone.publish.geojson import write_geojson
from merestone.publish.line_json import digest


def collection(line: BoundaryLine) -> Any:
    return json.loads(write_geojson(export(line)))


def features(line: BoundaryLine, what: str) -> list[Any]:
    return [feature for feature in collection(line)["features"] if feature["properties"]["what"] == what]


def positions(geometry: Any) -> np.ndarray[Any, np.dtype[np.float64]]:
    return np.asarray(shapely.get_coordinates(shapely.from_geojson(json.dumps(geometry))))


@pytest.mark.parametrize("line", [ordinary(), hostile(), over_the_antimeridian()])
def test_every_feature_says_that_it_is_derived_and_not_agreed(line: BoundaryLine) -> None:
    """No feature can be cut out of the file without its standing and whose reading it is."""
    found = collection(line)
    assert found["merestone"]["canonical_line_sha256"] == digest(line)
    for feature in found["features"]:
        properties = feature["properties"]
        assert (properties["standing"], properties["derived"]) == ("not agreed", True)
        assert properties["reading_by"] == line.reading_by


@pytest.mark.parametrize("line", [ordinary(), hostile(), over_the_antimeridian()])
def test_positions_are_within_the_world(line: BoundaryLine) -> None:
    """Longitudes lie in [-180, 180], latitudes in [-90, 90], and every geometry is valid."""
    for feature in collection(line)["features"]:
        if feature["geometry"] is not None:
            lonlat = positions(feature["geometry"])
            assert np.abs(lonlat[:, 0]).max() <= 180.0
            assert np.abs(lonlat[:, 1]).max() <= 90.0
            assert shapely.from_geojson(json.dumps(feature["geometry"])).is_valid


def test_a_drawn_leg_starts_and_ends_at_its_vertices() -> None:
    """The chain runs from the first defining vertex to the last, through those between."""
    first, second, _ = features(ordinary(), "leg")
    assert first["geometry"]["coordinates"][0] == [24.0, 19.5]
    assert first["geometry"]["coordinates"][-1] == [16.0, 23.443611111]
    assert [15.5, 23.25] in second["geometry"]["coordinates"]


def test_the_chain_stays_within_the_tolerance_of_the_geodesic() -> None:
    """The middle of every piece is at most half a metre from the geodesic, computed by another library."""
    chain = np.array(features(ordinary(), "leg")[0]["geometry"]["coordinates"])
    azimuth, _, length = GEOD.inv(*chain[0], *chain[-1])
    for middle in (chain[1:] + chain[:-1]) / 2.0:
        along = 0.0
        for _ in range(4):
            lon, lat, back = GEOD.fwd(chain[0][0], chain[0][1], azimuth, along)
            to_middle, _, distance = GEOD.inv(lon, lat, *middle)
            turn = np.radians(to_middle - (back + 180.0))
            along += distance * np.cos(turn)
        assert 0.0 < along < length
        assert abs(distance * np.sin(turn)) <= 0.5


def test_a_ring_runs_counter_clockwise() -> None:
    """A ring that the description runs clockwise is written with its inside on the left."""
    (ring,) = features(ordinary(), "ring")
    (outline,) = ring["geometry"]["coordinates"]
    assert outline[0] == outline[-1]
    assert shapely.LinearRing(outline).is_ccw
    assert (ring["properties"]["inside"], ring["properties"]["outside"]) == ("ALF", "BET")


def test_what_crosses_the_antimeridian_is_cut_there() -> None:
    """Leg and ring come in two parts that meet at 180 degrees; the ring's parts keep its area and direction."""
    leg = features(over_the_antimeridian(), "leg")[0]["geometry"]
    assert leg["type"] == "MultiLineString"
    assert [leg["coordinates"][0][-1][0], leg["coordinates"][1][0][0]] == [180.0, -180.0]
    assert leg["coordinates"][0][-1][1] == leg["coordinates"][1][0][1]
    ring = shapely.from_geojson(json.dumps(features(over_the_antimeridian(), "ring")[0]["geometry"]))
    assert ring.geom_type == "MultiPolygon"
    assert all(part.exterior.is_ccw for part in ring.geoms)
    assert ring.area == pytest.approx(1.0, abs=1e-3)


def test_a_gap_is_a_feature_without_a_place() -> None:
    """What could not be computed is named, with the reason, and drawn nowhere."""
    (gap,) = features(ordinary(), "gap")
    assert gap["geometry"] is None
    assert gap["properties"]["why"] == "the thalweg is not yet compiled"


def test_a_hostile_text_stays_a_text() -> None:
    """Markup and formulas are carried as they are: JSON is data, and its reader escapes."""
    assert features(hostile(), "leg")[0]["properties"]["words"][0]["text"] == HOSTILE


def test_an_unstated_frame_has_no_geographic_output() -> None:
    """Without a frame there is no position on the Earth to write."""
    with pytest.raises(NoFrameError):
        write_geojson(export(replace(ordinary(), frame=None)))


def test_the_operation_is_named_and_used() -> None:
    """Positions go through the caller's step, and every feature names it with its accuracy."""

    def step(frame: Frame) -> Step:
        return Step("EPSG:9999", 2.5, lambda lonlat: lonlat + np.array([0.001, -0.002]))

    found = json.loads(write_geojson(replace(export(ordinary()), to_wgs84=step)))
    leg, point = found["features"][0], found["features"][-3]
    assert leg["geometry"]["coordinates"][0] == point["geometry"]["coordinates"] == [24.001, 19.498]
    for feature in (leg, point):
        assert feature["properties"]["operation"] == "EPSG:9999"
        assert feature["properties"]["operation_accuracy_m"] == 2.5
