"""`merestone compare --every-pair` of two files of polygons gives the territory balance of the single comparison."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from cli.test_compare import box, collection, feature
from merestone.cli import main
from merestone.cli.exit_codes import ExitCode

Lands = dict[str, list[list[list[list[float]]]]]


def written(path: Path, lands: Lands, crs: str | None = None) -> Path:
    """Polygons of States as GeoJSON, in a stated reference system."""
    text = collection(*(feature("MultiPolygon", rings, iso_a3=name) for name, rings in lands.items()))
    if crs:
        text = json.dumps({**json.loads(text), "crs": {"type": "name", "properties": {"name": crs}}})
    path.write_text(text, encoding="utf-8")
    return path


def asked(capsys: pytest.CaptureFixture[str], *words: str) -> dict[str, Any]:
    """What a comparison answers as JSON."""
    main(["compare", *words, "--json", "--quiet"])
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


def versions(folder: Path, crs: str | None = None) -> tuple[str, str]:
    """A strip and an island pass from AAA to BBB; CCC, an island, has no line with anyone, and an islet of it passes to
    DDD."""
    first: Lands = {
        "AAA": [box(44, 40, 45, 41), box(47, 40, 47.1, 40.1)],
        "BBB": [box(45, 40, 46, 41)],
        "CCC": [box(54, 40, 55, 41), box(56, 40, 56.1, 40.1)],
        "DDD": [box(58, 40, 59, 41)],
    }
    second: Lands = {
        "AAA": [box(44, 40, 44.9, 41)],
        "BBB": [box(44.9, 40, 46, 41), box(47, 40, 47.1, 40.1)],
        "CCC": [box(54, 40, 55, 41)],
        "DDD": [box(58, 40, 59, 41), box(56, 40, 56.1, 40.1)],
    }
    return str(written(folder / "one.geojson", first)), str(written(folder / "two.geojson", second, crs))


@pytest.mark.parametrize("crs", [None, "EPSG:4284"])
def test_a_pair_among_all_passes_the_land_that_it_passes_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], crs: str | None
) -> None:
    """The balance is that of the single comparison in one frame or in two; the lines' other area is told in both."""
    files = versions(tmp_path, crs)
    single = asked(capsys, *files, "--between", "AAA,BBB")
    among = asked(capsys, "--every-pair", "--workers", "1", *files)
    (row,) = [each for each in among["pairs"] if each["state_a"] == "AAA"]
    there, back = single["territory_balance"]
    assert row["a_then_b_m2"] == pytest.approx(there["area_m2"], abs=0.1)
    assert row["b_then_a_m2"] == pytest.approx(back["area_m2"], abs=0.1)
    assert row["zones"] == len(single["zones"])
    (alone,) = [each for each in single["remarks"] if each["code"] == "D315"]
    (told,) = [each for each in among["differing"] if each["of"] == "AAA - BBB"]
    assert told["sentence"] == alone["sentence"]
    assert told["size"] == pytest.approx(alone["size"], abs=0.1)


def test_land_that_passes_without_any_line_is_listed_and_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """An islet that passes between two islands stands in the list, in a finding and in the text, with its area."""
    files = versions(tmp_path)
    found = asked(capsys, "--every-pair", "--workers", "1", *files)
    (row,) = [each for each in found["only_in_one"] if each["version"] == "neither"]
    assert (row["state_a"], row["state_b"], row["length_m"]) == ("CCC", "DDD", 0.0)
    assert row["a_then_b_m2"] == pytest.approx(94.78e6, rel=1e-2)
    assert "CCC - DDD" in {each["of"] for each in found["differing"]}
    assert main(["compare", "--every-pair", "--workers", "1", *files, "--quiet"]) == ExitCode.FINDINGS
    shown = capsys.readouterr().out
    assert "Without a line in either version, but land changes sides: 1 pair" in shown
    assert "Lines and polygons give different areas: 2 pairs" in shown


def test_a_pair_with_a_line_in_one_version_alone_has_its_balance(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """AAA and BBB meet in the first version alone, and the land between them becomes CCC's but for a piece of AAA."""
    first: Lands = {"AAA": [box(0, 40, 1, 41)], "BBB": [box(1, 40, 2, 41)], "CCC": [box(0, 38, 2, 39)]}
    second: Lands = {
        "AAA": [box(0, 40, 0.8, 41)],
        "BBB": [box(1.2, 40, 2, 41), box(0.85, 40.4, 0.95, 40.5)],
        "CCC": [box(0, 38, 2, 39)],
    }
    files = str(written(tmp_path / "one.geojson", first)), str(written(tmp_path / "two.geojson", second))
    found = asked(capsys, "--every-pair", "--workers", "1", *files)
    (row,) = [each for each in found["only_in_one"] if each["version"] == "first"]
    assert (row["state_a"], row["state_b"]) == ("AAA", "BBB")
    assert row["a_then_b_m2"] == pytest.approx(94.2e6, rel=1e-2)
    assert row["b_then_a_m2"] == 0.0
    assert [each["of"] for each in found["differing"]] == ["AAA - BBB"]
