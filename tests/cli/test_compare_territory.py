"""`merestone compare` of two files of polygons: the territory balance comes first, and everything agrees with it."""

from __future__ import annotations

import itertools
import json
import zipfile
from pathlib import Path

import pytest
from geographiclib.geodesic import Geodesic

from cli.test_compare import box, collection, feature
from merestone.cli import main

CORRIDOR = [(0.3, 40.45), (0.5, 40.45), (0.5, 40.55), (0.3, 40.55), (0.3, 40.45)]


def corridor_m2() -> float:
    """The corridor by geographiclib, its edges along parallels followed closely."""
    polygon = Geodesic.WGS84.Polygon()
    for (lon, lat), (to_lon, to_lat) in itertools.pairwise(CORRIDOR):
        for step in range(200):
            polygon.AddPoint(lat + step / 200 * (to_lat - lat), lon + step / 200 * (to_lon - lon))
    return float(abs(polygon.Compute()[2]))


EXCLAVE = [(0.5, 40.4), (0.8, 40.4), (0.8, 40.6), (0.5, 40.6)]
JOINED = [
    (0, 40.3), (0.3, 40.3), (0.3, 40.45), (0.5, 40.45), (0.5, 40.4), (0.8, 40.4), (0.8, 40.6), (0.5, 40.6), (0.5, 40.55),
    (0.3, 40.55), (0.3, 40.7), (0, 40.7), (0, 40.3),
]  # fmt: skip
AROUND = [(0.3, 40.3), (1.3, 40.3), (1.3, 40.7), (0.3, 40.7), *JOINED[9:1:-1], (0.3, 40.3)]


@pytest.fixture(params=range(4))
def exclave_and_corridor(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Path, Path]:
    """AAA with an exclave in BBB, whose ring begins at one of its corners; and joined to it by a corridor."""
    start = int(request.param)
    ring = [*EXCLAVE[start:], *EXCLAVE[: start + 1]]
    main_land = [[0, 40.3], [0.3, 40.3], [0.3, 40.7], [0, 40.7], [0, 40.3]]
    rest = [[0.3, 40.3], [1.3, 40.3], [1.3, 40.7], [0.3, 40.7], [0.3, 40.3]]
    apart = collection(
        feature("MultiPolygon", [[main_land], [ring]], iso_a3="AAA"),
        feature("Polygon", [rest, ring[::-1]], iso_a3="BBB"),
    )
    joined = collection(feature("Polygon", [JOINED], iso_a3="AAA"), feature("Polygon", [AROUND], iso_a3="BBB"))
    files = tmp_path / "apart.geojson", tmp_path / "joined.geojson"
    for file, text in zip(files, (apart, joined), strict=True):
        file.write_text(text, encoding="utf-8")
    return files


def test_an_exclave_that_becomes_a_peninsula_passes_a_corridor_whichever_corner_its_ring_begins_at(
    exclave_and_corridor: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    """BBB's corridor of 188.3 km² becomes AAA's; zones, sums by side and the balance say so alike, and so does a place."""
    main(["compare", *map(str, exclave_and_corridor), "--place", "0.4,40.5", "--json", "--quiet"])
    found = json.loads(capsys.readouterr().out)
    there, back = found["territory_balance"]
    assert (there["held_in_first"], there["held_in_second"], there["area_m2"]) == (
        "AAA",
        "BBB",
        pytest.approx(0.0, abs=1),
    )
    assert (back["held_in_first"], back["held_in_second"]) == ("BBB", "AAA")
    assert back["area_m2"] == pytest.approx(corridor_m2(), rel=1e-6)
    assert found["areas"]["right_in_first_m2"] == pytest.approx(back["area_m2"], rel=1e-9)
    (zone,) = found["zones"]
    assert (zone["held_in_first"], zone["held_in_second"]) == ("BBB", "AAA")
    assert [one["held_by"] for one in found["places"][0]] == [["BBB"], ["AAA"]]


def test_the_balance_comes_first_in_every_form(
    exclave_and_corridor: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Text, page, picture, facts and workbook show the balance before any other figure."""
    outputs = [tmp_path / f"out{ending}" for ending in (".html", ".svg", ".json", ".xlsx", ".txt")]
    asked = [part for path in outputs for part in ("-o", str(path))]
    main(["compare", *map(str, exclave_and_corridor), *asked])
    text = capsys.readouterr().out
    assert "BBB in apart, AAA in joined: 188.3 km²" in text
    assert text.index("Territory balance") < text.index("The two lines are")
    page, picture = (path.read_text(encoding="utf-8") for path in outputs[:2])
    assert page.index("Territory balance, from the polygons") < page.index("The two lines are")
    assert "Territory balance, from the polygons" in picture
    keys = list(json.loads(outputs[2].read_text(encoding="utf-8")))
    assert keys.index("territory_balance") < keys.index("areas")
    with zipfile.ZipFile(outputs[3]) as book:
        sheets = "".join(book.read(name).decode() for name in book.namelist() if "sheet1" in name or "Strings" in name)
    assert sheets.index("territory balance: ") < sheets.index("length compared")


def test_lines_that_enclose_something_else_are_a_finding(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An island that passes is in the balance, in a zone, and in a finding that gives both figures."""
    west, east, island = box(0, 40, 1, 41), box(1, 40, 2, 41), box(3, 40, 3.1, 40.1)
    files = tmp_path / "one.geojson", tmp_path / "two.geojson"
    for file, holder in zip(files, ("AAA", "BBB"), strict=True):
        lands = {"AAA": [west], "BBB": [east]}
        lands[holder].append(island)
        features = [feature("MultiPolygon", rings, iso_a3=name) for name, rings in lands.items()]
        file.write_text(collection(*features), encoding="utf-8")
    main(["compare", *map(str, files), "--json", "--quiet"])
    found = json.loads(capsys.readouterr().out)
    assert found["territory_balance"][0]["area_m2"] == pytest.approx(94.78e6, rel=1e-2)
    assert [zone["held_in_second"] for zone in found["zones"]] == ["BBB"]
    (remark,) = [each for each in found["remarks"] if each["code"] == "D315"]
    assert "the lines alone 0.000 km²" in remark["sentence"]


def test_land_that_passes_both_ways_is_shown_each_way_and_net(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Two strips pass, one each way: 0.1° x 0.4° to BBB and 0.1° x 0.6° to AAA; the areas by geographiclib."""
    west, east, files = [[0, 40], [1, 40], [1, 41], [0, 41], [0, 40]], [[1, 40], [2, 40], [2, 41], [1, 41], [1, 40]], []
    moved = [[0, 40], [0.9, 40], [0.9, 40.4], [1.1, 40.4], [1.1, 41], [0, 41], [0, 40]]
    rest = [[0.9, 40], [2, 40], [2, 41], [1.1, 41], [1.1, 40.4], [0.9, 40.4], [0.9, 40]]
    for name, rings in (("one", (west, east)), ("two", (moved, rest))):
        path = tmp_path / f"{name}.geojson"
        features = [
            {"type": "Feature", "properties": {"iso_a3": state}, "geometry": {"type": "Polygon", "coordinates": [ring]}}
            for state, ring in zip(("AAA", "BBB"), rings, strict=True)
        ]
        path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
        files.append(path)
    main(["compare", *map(str, files), "--between", "AAA,BBB"])
    text = capsys.readouterr().out
    assert "AAA in one, BBB in two: 378.2 km²" in text
    assert "BBB in one, AAA in two: 563.1 km²" in text
    assert "net, more for AAA in two: 184.9 km²" in text
