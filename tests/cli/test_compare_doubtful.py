"""`merestone compare` of files that can be read in two ways: exchanged coordinates, lines twice, lines beside polygons."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

import pytest

from merestone.cli import main
from merestone.cli.exit_codes import ExitCode

LINE = [[10.0, 45.0], [10.1, 45.02], [10.2, 45.0], [10.3, 45.03]]
OTHER = [[10.0, 45.0], [10.1, 45.01], [10.2, 45.01], [10.3, 45.03]]


def layer(path: Path, *geometries: tuple[str, object], **properties: object) -> Path:
    features = [
        {"type": "Feature", "properties": properties, "geometry": {"type": kind, "coordinates": coordinates}}
        for kind, coordinates in geometries
    ]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    return path


def answered(capsys: pytest.CaptureFixture[str], *words: object) -> dict[str, Any]:
    capsys.readouterr()
    main(["compare", *map(str, words), "--quiet", "--json"])
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


def codes(answer: dict[str, Any]) -> set[str]:
    return {remark["code"] for remark in answer["remarks"]}


def test_exchanged_coordinates_are_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Lines that meet only with longitude and latitude exchanged are told so, whichever is first; others are not."""
    right = layer(tmp_path / "right.geojson", ("LineString", LINE))
    wrong = layer(tmp_path / "wrong.geojson", ("LineString", [[lat, lon] for lon, lat in OTHER]))
    far = layer(tmp_path / "far.geojson", ("LineString", [[lon + 40.0, lat] for lon, lat in OTHER]))
    assert "D117" in codes(answered(capsys, right, wrong))
    assert "D117" in codes(answered(capsys, wrong, right))
    found = codes(answered(capsys, right, far))
    assert "D303" in found
    assert "D117" not in found


def test_a_line_that_is_there_twice_is_taken_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The line twice, the other way, or a stretch of it: as the line alone, with a remark."""
    once = layer(tmp_path / "once.geojson", ("LineString", LINE))
    both = [
        layer(tmp_path / "twice.geojson", ("LineString", LINE), ("LineString", LINE)),
        layer(tmp_path / "back.geojson", ("LineString", LINE), ("LineString", LINE[::-1])),
        layer(tmp_path / "part.geojson", ("LineString", LINE), ("LineString", LINE[1:3])),
    ]
    alone = answered(capsys, once, once)
    for path in both:
        made = answered(capsys, path, once)
        assert "D118" in codes(made)
        assert made["zones"] == []
        assert made["lengths_m"] == alone["lengths_m"]
        assert made["whole_lengths_m"] == alone["whole_lengths_m"]
        assert not made["first"]["strands"][0]["ring"]


def test_lines_beside_polygons_can_be_taken(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What is left aside is counted; `--take lines` takes the lines, and the message says so where polygons fail."""
    box = [[[10.0, 45.0], [10.3, 45.0], [10.3, 45.4], [10.0, 45.4], [10.0, 45.0]]]
    mixed = layer(tmp_path / "mixed.geojson", ("LineString", LINE), ("Polygon", box))
    line = layer(tmp_path / "line.geojson", ("LineString", LINE))
    assert main(["compare", str(mixed), str(line)]) == ExitCode.USAGE
    assert "--take lines" in capsys.readouterr().err
    made = answered(capsys, mixed, line, "--take", "lines")
    assert made["zones"] == []
    aside = next(remark for remark in made["remarks"] if remark["code"] == "D119")
    assert aside["size"] == 1.0
    assert main(["compare", str(mixed), str(line), "--take", "points"]) == ExitCode.USAGE
    assert main(["compare", str(mixed), str(line), *("--take", "lines") * 3]) == ExitCode.USAGE


def test_an_empty_overlay_does_not_stop_the_comparison(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It is said that nothing is in it, and all else is as without it; an empty line is refused as before."""
    pair = layer(tmp_path / "one.geojson", ("LineString", LINE)), layer(tmp_path / "two.geojson", ("LineString", OTHER))
    empty = layer(tmp_path / "empty.geojson")
    made = answered(capsys, *pair, "--overlay", empty)
    assert "D314" in codes(made)
    assert made["zones"] == answered(capsys, *pair)["zones"]
    assert main(["compare", str(pair[0]), str(empty)]) == ExitCode.INVALID_INPUT


def test_lines_at_a_pole_are_invalid_input(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Beyond 89 degrees a line is not compared: exit code 3, and what to do."""
    pair = [
        layer(tmp_path / f"{n}.geojson", ("LineString", [[lon, lat + 44.2] for lon, lat in chain]))
        for n, chain in enumerate((LINE, OTHER))
    ]
    assert main(["compare", *map(str, pair)]) == ExitCode.INVALID_INPUT
    assert "leave out the part beyond 89 degrees" in capsys.readouterr().err


@pytest.mark.skipif(sys.platform in {"win32", "darwin"}, reason="their file systems take UTF-8 names only")
def test_a_name_that_is_not_utf8_is_shown_and_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The byte stands as an escape in every format, each of which is valid."""
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/one\xff.geojson"))
    layer(path, ("LineString", LINE))
    other = layer(tmp_path / "two.geojson", ("LineString", OTHER))
    outputs = [tmp_path / f"made{ending}" for ending in (".html", ".json", ".gpkg", ".xlsx", ".csv", ".svg", ".txt")]
    words = [word for out in outputs for word in ("-o", str(out))]
    code = main(["compare", str(path), str(other), "--accuracy", "5", "--overlay", str(path), *words])
    assert code == ExitCode.FINDINGS
    assert "one\\xff and two compared" in capsys.readouterr().out
    for out in outputs[:2]:
        assert "one\\\\xff" in out.read_text(encoding="utf-8") or "one\\xff" in out.read_text(encoding="utf-8")


def test_pieces_a_centimetre_apart_and_arcs_are_what_they_are(shared: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Thirteen pieces are one line with 100.8 km² beside the other; an arc of a GeoPackage is the arc drawn densely."""
    trials = shared / "cases" / "trials"
    answer = answered(capsys, trials / "gap1cm.geojson", trials / "other.geojson")
    assert [each["code"] for each in answer["remarks"]].count("D126") == 12
    assert sum(zone["area_m2"] for zone in answer["zones"]) == pytest.approx(100.8e6, abs=0.05e6)
    answer = answered(capsys, trials / "arc.gpkg", trials / "truearc.geojson")
    assert answer["hausdorff_m"] < 0.01
    assert "D125" in codes(answer)
