"""`merestone compare` of files that call the same States by different names."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from merestone.cli import main
from merestone.cli.exit_codes import ExitCode


def states(path: Path, names: dict[str, float], key: str | None = "ADMIN", **members: Any) -> Path:
    """Squares of one degree side by side, each a State under its name; the western one's edge moves by a number."""
    features = []
    for index, (name, edge) in enumerate(names.items()):
        west, east = float(index), index + 1.0 + edge
        ring = [[west + (list(names.values())[index - 1] if index else 0.0), 40.0], [east, 40.0], [east, 41.0]]
        ring += [[ring[0][0], 41.0], ring[0]]
        feature: dict[str, Any] = {"type": "Feature", "geometry": {"type": "Polygon", "coordinates": [ring]}}
        feature["properties"] = {} if key is None else {key: name}
        if key is None:
            feature["id"] = name
        features.append({**feature, **{each: value[index] for each, value in members.items()}})
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    return path


def answered(capsys: pytest.CaptureFixture[str], *words: object) -> dict[str, Any]:
    capsys.readouterr()
    main(["compare", *map(str, words), "--quiet", "--json"])
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


def every(capsys: pytest.CaptureFixture[str], *words: object) -> dict[str, Any]:
    return answered(capsys, *words, "--every-pair", "--workers", "1")


def test_common_names_answer_to_codes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Iran, Russia and Bolivia of one file are IRN, RUS and BOL of the other; the id of a feature names it too."""
    one = states(tmp_path / "a.geojson", {"Iran": 0.01, "Russia": 0.0, "Bolivia": 0.0})
    for key in ("ISO_A3", None):
        other = states(tmp_path / "b.geojson", {"IRN": 0.0, "RUS": 0.0, "BOL": 0.0}, key)
        answer = every(capsys, one, other)
        assert {(each["state_a"], each["state_b"]) for each in answer["pairs"]} == {("IRN", "RUS"), ("BOL", "RUS")}
        assert not any(each["code"] == "D317" for each in answer["remarks"])


def test_an_unknown_name_is_told_and_a_table_settles_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A name that only one file has is listed with what comes near; a table says which State it means."""
    one = states(tmp_path / "a.geojson", {"Azerbajan": 0.01, "Armenia": 0.0, "Persia": 0.0})
    other = states(tmp_path / "b.geojson", {"AZE": 0.0, "ARM": 0.0, "IRN": 0.0}, "ISO_A3")
    told = [each["sentence"] for each in every(capsys, one, other)["remarks"] if each["code"] == "D317"]
    assert [each.split("»")[0] for each in told] == ["only this file names «Azerbajan", "only this file names «Persia"]
    assert "azerbaijan (AZE)" in told[0]
    table = tmp_path / "names.csv"
    table.write_text("name,code\nAzerbajan,AZE\nPersia,Iran\n", encoding="utf-8")
    answer = every(capsys, one, other, "--names", table)
    assert {(each["state_a"], each["state_b"]) for each in answer["pairs"]} == {("ARM", "AZE"), ("ARM", "IRN")}
    assert not any(each["code"] == "D317" for each in answer["remarks"])
    single = answered(capsys, one, other, "--between", "AZE,ARM", "--names", table)
    assert single["zones"]


def test_two_names_of_one_state_are_taken_together(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file with Russia and the Russian Federation has one State of both, and that is said."""
    one = states(tmp_path / "a.geojson", {"Russia": 0.0, "Russian Federation": 0.01, "Norway": 0.0})
    answer = every(capsys, one, one)
    assert [(each["state_a"], each["state_b"]) for each in answer["pairs"]] == [("NOR", "RUS")]
    assert any("taken together as RUS" in each["sentence"] for each in answer["remarks"])


@pytest.mark.parametrize("between", ["IRN,RUS", "Iran,Russia", "IR,Russian Federation"])
def test_between_takes_codes_and_names_in_use(tmp_path: Path, capsys: pytest.CaptureFixture[str], between: str) -> None:
    """Two States are meant by any name in use, whatever either file calls them, and both files call them so."""
    one = states(tmp_path / "a.geojson", {"Iran": 0.01, "Russia": 0.0, "Bolivia": 0.0})
    other = states(tmp_path / "b.geojson", {"IRN": 0.0, "RUS": 0.0, "BOL": 0.0}, "ISO_A3")
    answer = answered(capsys, one, other, "--between", between)
    (zone,) = answer["zones"]
    assert {zone["held_in_first"], zone["held_in_second"]} == set(between.split(","))


def test_an_id_that_only_counts_names_nobody(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """1, 2 and 3, or 4, 8 and 12 beside names: a count is no code; the codes of ISO 3166-1 are."""
    one = states(tmp_path / "a.geojson", {"Iran": 0.01, "Russia": 0.0, "Bolivia": 0.0}, "name", id=[4, 5, 6])
    other = states(tmp_path / "b.geojson", {"IRN": 0.0, "RUS": 0.0, "BOL": 0.0}, None)
    assert {(each["state_a"], each["state_b"]) for each in every(capsys, one, other)["pairs"]} == {
        ("IRN", "RUS"),
        ("BOL", "RUS"),
    }
    one = states(tmp_path / "a.geojson", {"x": 0.01, "y": 0.0, "z": 0.0}, "name", id=[364, 643, 68])
    assert {(each["state_a"], each["state_b"]) for each in every(capsys, one, other)["pairs"]} == {
        ("IRN", "RUS"),
        ("BOL", "RUS"),
    }


@pytest.mark.parametrize(
    ("text", "says"),
    [("Iran\n", "row 1"), ("Iran,XYZ\n", "ISO 3166-1"), ("A,IRN\na,RUS\n", "twice"), ("\xff", "UTF-8")],
)
def test_a_table_that_is_none_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, says: str
) -> None:
    """A row without a code, a code that nobody has, a name with two codes, and bytes that are no text."""
    one = states(tmp_path / "a.geojson", {"Iran": 0.01, "Russia": 0.0})
    table = tmp_path / "names.csv"
    table.write_bytes(text.encode("latin-1"))
    assert main(["compare", str(one), str(one), "--names", str(table), "--quiet"]) == ExitCode.INVALID_INPUT
    assert says in capsys.readouterr().err


def test_names_in_a_table_without_a_stated_encoding_are_remarked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A Shapefile whose names have accents and that has no .cpg says in which encoding they were read."""
    import numpy as np
    import pyogrio
    import shapely

    path = tmp_path / "a.shp"
    squares = shapely.to_wkb(np.array([shapely.box(0, 40, 1, 41), shapely.box(1, 40, 2, 41)]))
    pyogrio.raw.write(
        path, geometry=squares, field_data=[np.array(["Türkiye", "Iran"], dtype=object)], fields=np.array(["name"]),
        driver="ESRI Shapefile", geometry_type="Polygon", crs="EPSG:4326", encoding="ISO-8859-1",
    )  # fmt: skip
    other = states(tmp_path / "b.geojson", {"TUR": 0.0, "IRN": 0.0}, "ISO_A3")
    assert "D128" not in {each["code"] for each in answered(capsys, path, other, "--between", "TUR,IRN")["remarks"]}
    (tmp_path / "a.cpg").unlink()
    answer = answered(capsys, path, other, "--between", "TUR,IRN")
    (remark,) = [each for each in answer["remarks"] if each["code"] == "D128"]
    assert "ISO-8859-1" in remark["sentence"]
