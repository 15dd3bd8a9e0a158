"""The way from the frames of a description to those of an output."""

from __future__ import annotations

import json
from pathlib import Path

import pyproj
import pytest

from fakes.descriptions import SQUARE, errors, result_of, section
from merestone.casefile.exporting import content
from merestone.casefile.outcome import DelimitOptions
from merestone.publish.formats import format_of


def test_a_line_in_an_own_frame_is_exported_by_its_own_transformation() -> None:
    """GeoJSON, which is WGS 84, has the vertices where PROJ puts them with the stated shifts."""
    own = (
        "frame «Own» on ellipsoid «International 1924» transformed to WGS 84 "
        "by 3 parameters tx -148 m ty 136 m tz 90 m accuracy 5 m\n"
    )
    result = result_of(SQUARE + section("leg 1 geodesic to B"), frame=own)
    assert not errors(result)
    path = Path("a.geojson")
    kind = format_of(path.name)
    assert kind is not None
    text = content(result, Path("a.boundary"), kind, DelimitOptions(), path).decode()
    carried = pyproj.Transformer.from_pipeline(
        "+proj=pipeline +step +proj=unitconvert +xy_in=deg +xy_out=rad +step +proj=cart +ellps=intl "
        "+step +proj=helmert +x=-148 +y=136 +z=90 +step +inv +proj=cart +ellps=WGS84 "
        "+step +proj=unitconvert +xy_in=rad +xy_out=deg"
    ).transform(20.0, 10.0, 0.0)
    lines = [
        each["geometry"]["coordinates"]
        for each in json.loads(text)["features"]
        if each["geometry"]["type"] == "LineString"
    ]
    assert lines[0][0] == pytest.approx(carried[:2], abs=2e-9)
