"""`merestone compare --since EARLIER`: zones keep the numbers of an earlier comparison."""

from __future__ import annotations

import csv
import json
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from merestone.casefile.earlier_zones import earlier_zones
from merestone.cli import main
from merestone.cli.exit_codes import ExitCode
from merestone.errors import UnreadableFileError
from merestone.geodesy.catalogue import find

STRAIGHT = [[10.0, 45.0], [10.1, 45.0], [10.2, 45.0], [10.3, 45.0], [10.4, 45.0]]
THREE = [[10.0, 45.0], [10.05, 45.01], [10.1, 45.0], [10.15, 44.99], [10.2, 45.0], [10.3, 45.02], [10.4, 45.0]]
"""Zones 1, 2 and 3 with the straight line: below 10.1, below 10.2, below 10.4."""
FIRST_GONE = [[10.0, 45.0], [10.1, 45.0], [10.15, 44.985], [10.2, 45.0], [10.25, 44.99], [10.28, 45.0], [10.34, 45.02], [10.4, 45.0]]  # fmt: skip
"""The first zone is gone, the second larger, a new one lies before the last, which is smaller."""


def line(path: Path, coordinates: list[list[float]], turn: float = 0.0) -> Path:
    places = [[lon + turn, lat] for lon, lat in coordinates]
    geometry = {"type": "LineString", "coordinates": places}
    path.write_text(json.dumps({"type": "Feature", "properties": {}, "geometry": geometry}), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def lines(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The straight line, and what it is compared with at first and later."""
    tmp_path = tmp_path_factory.mktemp("lines")
    drawn = {"straight": STRAIGHT, "three": THREE, "later": FIRST_GONE}
    return {name: line(tmp_path / f"{name}.geojson", chain) for name, chain in drawn.items()}


@pytest.fixture(scope="module")
def earlier(lines: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The GeoPackage of a comparison that had three zones."""
    path = tmp_path_factory.mktemp("earlier") / "earlier.gpkg"
    assert run(lines["straight"], lines["three"], "-o", path) == ExitCode.FINDINGS
    return path


def run(*words: object) -> int:
    return main(["compare", *map(str, words)])


def answered(capsys: pytest.CaptureFixture[str], *words: object) -> dict[str, Any]:
    capsys.readouterr()
    run(*words, "--json")
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


def test_zones_keep_their_numbers(lines: dict[str, Path], earlier: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What was zone 2 is zone 2; a new zone gets a number above all; what is gone is listed, and its number is not given."""
    made = answered(capsys, lines["straight"], lines["later"], "--since", earlier)
    assert [(zone["name"], zone["since"]) for zone in made["zones"]] == [("Z2", "kept"), ("Z4", "new"), ("Z3", "kept")]
    assert [zone["neighbours"] for zone in made["zones"]] == [["Z4"], ["Z2", "Z3"], ["Z4"]]
    since = made["since"]
    assert (since["kept"], since["new"]) == (["Z2", "Z3"], ["Z4"])
    assert [(zone["name"], zone["gone_before"]) for zone in since["gone"]] == [("Z1", False)]
    assert since["lines"] == ["straight", "three"]
    assert made["zones"][0]["area_before_m2"] < made["zones"][0]["area_m2"]
    assert made["zones"][1]["area_before_m2"] is None


def test_swapped_inputs_have_the_same_numbers(
    lines: dict[str, Path], earlier: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Which line is first, now or then, changes no number."""
    other = tmp_path / "swapped.gpkg"
    run(lines["three"], lines["straight"], "-o", other)
    found = [
        answered(capsys, *pair, "--since", since)
        for pair in ((lines["straight"], lines["later"]), (lines["later"], lines["straight"]))
        for since in (earlier, other)
    ]
    identities = [{key: made["since"][key] for key in ("kept", "new", "gone")} for made in found]
    assert all(each == identities[0] for each in identities)
    assert len({tuple(zone["name"] for zone in made["zones"]) for made in found}) == 1


def test_numbers_of_gone_zones_are_never_given_again(
    lines: dict[str, Path], earlier: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Not even where no zone was left in between: the file remembers all that were."""
    none = tmp_path / "none.gpkg"
    assert run(lines["straight"], lines["straight"], "--since", earlier, "-o", none) == ExitCode.GOOD
    made = answered(capsys, lines["straight"], lines["three"], "--since", none)
    assert [zone["name"] for zone in made["zones"]] == ["Z4", "Z5", "Z6"]
    assert [(zone["name"], zone["gone_before"]) for zone in made["since"]["gone"]] == [
        (name, True) for name in ("Z1", "Z2", "Z3")
    ]


def test_it_is_shown_everywhere(
    lines: dict[str, Path], earlier: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Terminal, page, table, workbook and layers say which zones are kept, new and gone."""
    outputs = [tmp_path / f"now{ending}" for ending in (".html", ".csv", ".gpkg", ".xlsx")]
    capsys.readouterr()
    words = [word for path in outputs for word in ("-o", path)]
    assert run(lines["straight"], lines["later"], "--since", earlier, *words) == ExitCode.FINDINGS
    text, page = capsys.readouterr().out, outputs[0].read_text(encoding="utf-8")
    for shown in (text, page):
        assert "2 zones keep their numbers, 1 is new, 1 is gone" in shown
        assert "Zones that are gone" in shown
    rows = list(csv.DictReader(outputs[1].read_text(encoding="utf-8").splitlines()))
    assert [(row["zone"], row["since"]) for row in rows] == [("Z2", "kept"), ("Z4", "new"), ("Z3", "kept")]
    with sqlite3.connect(outputs[2]) as database:
        assert database.execute("SELECT zone, gone_before FROM gone_zones").fetchall() == [("Z1", "no")]
    database.close()


def test_across_the_antimeridian(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The file cuts zones at 180°, and yet they are known again; longitudes may be counted either way."""
    paths = [line(tmp_path / f"{n}.geojson", chain, 169.83) for n, chain in enumerate((STRAIGHT, THREE, FIRST_GONE))]
    other = line(tmp_path / "other.geojson", STRAIGHT, 169.83 - 360.0)
    earlier = tmp_path / "earlier.gpkg"
    run(paths[0], paths[1], "-o", earlier)
    for first in (paths[0], other):
        made = answered(capsys, first, paths[2], "--since", earlier)
        assert [zone["name"] for zone in made["zones"]] == ["Z2", "Z4", "Z3"]


def test_a_comparison_of_other_lines_is_told(
    lines: dict[str, Path], earlier: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where no zone is the same, it is asked whether these are the same lines, and their names are given."""
    elsewhere = [line(tmp_path / f"{n}.geojson", chain, 20.0) for n, chain in enumerate((STRAIGHT, THREE))]
    made = answered(capsys, *elsewhere, "--since", earlier)
    remark = next(each for each in made["remarks"] if each["code"] == "D313")
    assert "straight" in remark["sentence"]
    assert [zone["name"] for zone in made["zones"]] == ["Z4", "Z5", "Z6"]


def altered(earlier: Path, path: Path, *statements: str) -> Path:
    path.write_bytes(earlier.read_bytes())
    database = sqlite3.connect(path)
    for statement in statements:
        database.execute(statement)
    database.commit()
    database.close()
    return path


@pytest.mark.parametrize(
    "statements",
    [
        ("UPDATE zones SET zone = 'Z7'",),
        ("UPDATE zones SET zone = 'Z0'",),
        ("UPDATE zones SET zone = 'Z99999999999999999999' WHERE fid = 1",),
        ("UPDATE zones SET zone = '<b>' WHERE fid = 1",),
        ("UPDATE zones SET area_m2 = -1.0",),
        ("ALTER TABLE zones DROP COLUMN zone",),
        ("DROP TABLE gone_zones",),
        ("DELETE FROM gpkg_contents WHERE table_name = 'zones'",),
        ("UPDATE zones SET geom = x'4750'",),
        ("UPDATE gpkg_contents SET srs_id = 4258", "INSERT INTO gpkg_spatial_ref_sys SELECT 'ETRS89', 4258, 'EPSG', 4258, replace(replace(definition, '4326', '4258'), 'WGS 84', 'ETRS89'), '' FROM gpkg_spatial_ref_sys WHERE srs_id = 4326", "UPDATE gpkg_geometry_columns SET srs_id = 4258"),
    ],
)  # fmt: skip
def test_a_file_that_was_altered_is_refused(earlier: Path, tmp_path: Path, statements: tuple[str, ...]) -> None:
    """Names twice, no names, sizes that are none, missing layers, another frame: invalid input, by name."""
    bad = altered(earlier, tmp_path / "bad.gpkg", *statements)
    with pytest.raises(UnreadableFileError, match=r"bad\.gpkg"):
        earlier_zones(bad, find("EPSG:4326"))


def test_what_is_no_comparison_is_refused(
    lines: dict[str, Path], earlier: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """JSON has no outlines, text is no GeoPackage, a missing file is missing; each is said, none ends in a defect."""
    answer, text = tmp_path / "earlier.json", tmp_path / "text.gpkg"
    run(lines["straight"], lines["three"], "-o", answer)
    text.write_text("Z1, Z2", encoding="utf-8")
    cut = tmp_path / "cut.gpkg"
    cut.write_bytes(earlier.read_bytes()[:30_000])
    missing = tmp_path / "missing.gpkg"
    pair = lines["straight"], lines["later"]
    assert run(*pair, "--since", answer) == ExitCode.USAGE
    assert "outlines" in capsys.readouterr().err
    for path in (text, cut, missing):
        out = tmp_path / "out.json"
        assert run(*pair, "--since", path, "-o", out) == ExitCode.INVALID_INPUT
        assert "defect" not in capsys.readouterr().err
        assert not out.exists()


def test_it_is_of_two_lines_and_not_written_over(lines: dict[str, Path], earlier: Path) -> None:
    """Three lines, every pair, and writing over the earlier file are refused."""
    three = tuple(lines.values())
    assert run(*three, "--since", earlier) == ExitCode.USAGE
    assert run(*three[:2], "--every-pair", "--since", earlier) == ExitCode.USAGE
    before = earlier.read_bytes()
    assert run(*three[:2], "--since", earlier, "-o", earlier) == ExitCode.FAILURE
    assert earlier.read_bytes() == before
