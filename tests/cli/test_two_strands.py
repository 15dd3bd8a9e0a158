"""Two strands of one boundary, as of Brunei and Malaysia: no zone gives land to a State that its version does not give it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cli.test_compare import box, collection, feature
from merestone.cli import main

AROUND = [[114.0, 4.0], [115.6, 4.0], [115.6, 5.0], [115.3, 5.0], [115.3, 4.5], [115.1, 4.5], [115.1, 5.0], [115.0, 5.0],
          [115.0, 4.3], [114.4, 4.3], [114.4, 5.0], [114.0, 5.0], [114.0, 4.0]]  # fmt: skip
MOVED = [[114.0, 4.0], [115.6, 4.0], [115.6, 5.0], [115.3, 5.0], [115.3, 4.55], [115.08, 4.5], [115.05, 5.0], [115.02, 5.0],
         [114.95, 4.35], [114.4, 4.25], [114.5, 5.0], [114.0, 5.0], [114.0, 4.0]]  # fmt: skip


def states(coast: list[list[float]]) -> str:
    """BRN in two pieces along the coast, and MYS around and between them: the strand between faces both pieces."""
    west = [*coast[7:11], coast[7]]
    east = [*coast[3:7], coast[3]]
    return collection(
        feature("MultiPolygon", [[west[::-1]], [east[::-1]]], iso_a3="BRN"),
        feature("MultiPolygon", [[coast], *[box(116, 4, 116.1, 4.1)]], iso_a3="MYS"),
    )


def test_no_zone_between_two_strands_contradicts_the_polygons(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Of every zone, the State that holds its place in either version by the polygons is the one that the zone names."""
    files = tmp_path / "one.geojson", tmp_path / "two.geojson"
    for file, coast in zip(files, (AROUND, MOVED), strict=True):
        file.write_text(states(coast), encoding="utf-8")
    words = ["compare", *map(str, files), "--json", "--quiet"]
    main(words)
    zones = json.loads(capsys.readouterr().out)["zones"]
    assert len(zones) >= 4
    places = [f"--place={zone['place']['lon_deg']},{zone['place']['lat_deg']}" for zone in zones]
    main([*words, *places])
    held = json.loads(capsys.readouterr().out)["places"]
    for zone, beside in zip(zones, held, strict=True):
        assert [one["held_by"] for one in beside] == [[zone["held_in_first"]], [zone["held_in_second"]]]
