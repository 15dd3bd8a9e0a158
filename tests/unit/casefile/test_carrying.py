"""The way from the frames of a description to those of an output."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pyproj
import pytest

from fakes.descriptions import SQUARE, errors, no_files, result_of, section
from merestone.casefile.exporting import content, export
from merestone.casefile.outcome import DelimitOptions
from merestone.casefile.pipeline import Pipeline
from merestone.errors import OutputRefusedError, TransformationRefusedError
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


def first_vertex(text: str, name: str, crs: str | None = None) -> tuple[float, float]:
    """Longitude and latitude of the first vertex of an output of a description, `a.geojson` or `a.csv`."""
    options = DelimitOptions(crs=crs)
    kind = format_of(name)
    assert kind is not None
    written = content(Pipeline(no_files).run(text), Path("a.boundary"), kind, options, Path(name)).decode()
    if name.endswith(".geojson"):
        features = json.loads(written)["features"]
        line = next(each for each in features if each["geometry"]["type"] == "LineString")
        return line["geometry"]["coordinates"][0][0], line["geometry"]["coordinates"][0][1]
    row = next(csv.DictReader(io.StringIO(written)))
    return float(row["longitude_deg"]), float(row["latitude_deg"])


LAKE = (
    "boundary «t»\nreading by «x»\n{frame}\npoint A at 42°26'00\" N 80°26'00\" W\npoint B at 42°30'00\" N 80°16'00\" W\n"
    "section S\n  from A\n  leg 1 geodesic to B\n"
)
NAMED = "frame NAD83 transformed to WGS 84 by EPSG:1188"


def test_an_operation_that_the_description_names_carries_the_line_to_every_output() -> None:
    """Without the name it is refused, since a finer operation lacks its grid; the name had no effect on exports."""
    with pytest.raises(TransformationRefusedError) as refused:
        first_vertex(LAKE.format(frame="frame NAD83"), "a.geojson")
    assert refused.value.usable == ("EPSG:1188",)
    there = (-80 - 26 / 60, 42 + 26 / 60)  # EPSG:1188 has no shift
    assert first_vertex(LAKE.format(frame=NAMED), "a.geojson") == pytest.approx(there, abs=1e-9)
    assert first_vertex(LAKE.format(frame=NAMED), "a.csv", "WGS 84") == pytest.approx(there, abs=1e-9)
    assert first_vertex(LAKE.format(frame=NAMED), "a.csv", "EPSG:32617") == pytest.approx(there, abs=1e-9)


def test_a_refused_output_is_named_with_what_to_write_and_nothing_is_written(tmp_path: Path) -> None:
    """The file, the statement to write, and that no file was written; and the statement works."""
    outputs = (tmp_path / "a.html", tmp_path / "a.geojson")
    result = Pipeline(no_files).run(LAKE.format(frame="frame NAD83"))
    with pytest.raises(OutputRefusedError) as refused:
        export(result, tmp_path / "a.boundary", DelimitOptions(outputs=outputs), lambda *_: None)
    said = str(refused.value)
    assert said.startswith(f"{outputs[1]} cannot be made: no transformation from NAD83 to WGS 84")
    assert said.endswith(f"To name one, write `{NAMED}` in the head of the description. No file was written")
    assert list(tmp_path.iterdir()) == []
    named = Pipeline(no_files).run(LAKE.format(frame=NAMED))
    assert export(named, tmp_path / "a.boundary", DelimitOptions(outputs=outputs), lambda *_: None) == outputs


def test_a_transformation_that_the_description_states_carries_the_line_to_a_frame_that_is_asked_for() -> None:
    """`--crs` looked in the registry alone, where EPSG:1633 lies 27 m from these parameters; GeoJSON did not."""
    own = "frame ED50 transformed to WGS 84 by 3 parameters tx -100 m ty -100 m tz -100 m accuracy 5 m"
    text = LAKE.format(frame=own).replace("80°", "2°").replace('" W', '" E')
    carried = pyproj.Transformer.from_pipeline(
        "+proj=pipeline +step +proj=unitconvert +xy_in=deg +xy_out=rad +step +proj=cart +ellps=intl "
        "+step +proj=helmert +x=-100 +y=-100 +z=-100 +step +inv +proj=cart +ellps=WGS84 "
        "+step +proj=unitconvert +xy_in=rad +xy_out=deg"
    ).transform(2 + 26 / 60, 42 + 26 / 60, 0.0)
    assert first_vertex(text, "a.geojson") == pytest.approx(carried[:2], abs=2e-9)
    assert first_vertex(text, "a.csv", "WGS 84") == pytest.approx(carried[:2], abs=2e-9)


def test_an_operation_to_a_third_frame_says_nothing_about_two_others() -> None:
    """A description that names an operation to WGS 84 is asked for in ETRS89: the registry decides, as without the name."""
    text = LAKE.format(frame="frame ED50 transformed to WGS 84 by EPSG:1133").replace("80°", "2°").replace('" W', '" E')
    with pytest.raises(TransformationRefusedError) as refused:
        first_vertex(text, "a.csv", "ETRS89")
    assert "does not lead there" not in str(refused.value)
    assert set(refused.value.usable) == {"EPSG:1632", "EPSG:1650"}
