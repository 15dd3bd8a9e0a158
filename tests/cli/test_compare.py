"""`merestone compare` through the front door, on small files made by hand."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from merestone.cli import main
from merestone.cli.exit_codes import ExitCode

FIRST = [[10.0, 45.0], [10.1, 45.02], [10.2, 45.0], [10.3, 45.03]]
SECOND = [[10.0, 45.0], [10.1, 45.01], [10.2, 45.01], [10.3, 45.03]]


def collection(*features: dict[str, Any]) -> str:
    return json.dumps({"type": "FeatureCollection", "features": list(features)})


def feature(kind: str, coordinates: object, **properties: object) -> dict[str, Any]:
    return {"type": "Feature", "properties": properties, "geometry": {"type": kind, "coordinates": coordinates}}


@pytest.fixture
def lines(tmp_path: Path) -> tuple[Path, Path]:
    """Two files of one line each, whose middles part."""
    paths = tmp_path / "first.geojson", tmp_path / "second.geojson"
    for path, chain in zip(paths, (FIRST, SECOND), strict=True):
        path.write_text(collection(feature("LineString", chain)), encoding="utf-8")
    return paths


def box(west: float, south: float, east: float, north: float) -> list[list[list[float]]]:
    return [[[west, south], [east, south], [east, north], [west, north], [west, south]]]


@pytest.fixture
def three_states(tmp_path: Path) -> Path:
    """Three States in a row."""
    path = tmp_path / "states.geojson"
    states = [feature("Polygon", box(10.0 + at, 45.0, 11.0 + at, 46.0), name=f"{n}land") for at, n in enumerate("ABC")]
    path.write_text(collection(*states), encoding="utf-8")
    return path


def run(*words: object) -> int:
    return main(["compare", *map(str, words)])


def test_a_line_beside_itself_ends_with_0(lines: tuple[Path, Path], capsys: pytest.CaptureFixture[str]) -> None:
    """The same line twice: no zones, every figure zero, exit code 0."""
    assert run(lines[0], lines[0], "--quiet") == ExitCode.GOOD
    assert "There are no zones of difference." in capsys.readouterr().out


def test_lines_that_part_end_with_4(lines: tuple[Path, Path], capsys: pytest.CaptureFixture[str]) -> None:
    """The report begins with what a reader must know, and says that nothing is agreed."""
    assert run(*lines) == ExitCode.FINDINGS
    out = capsys.readouterr().out
    assert "Not agreed; shown without prejudice" in out
    assert "edges straight in lon/lat" in out
    assert "Zones of difference (2)" in out


def test_json_is_one_object_with_its_schema(lines: tuple[Path, Path], capsys: pytest.CaptureFixture[str]) -> None:
    """A program gets one object, in which swapping the files mirrors the areas."""
    answers = []
    for pair in (lines, lines[::-1]):
        run(*pair, "--json", "--quiet")
        answers.append(json.loads(capsys.readouterr().out))
    assert answers[0]["schema"] == "merestone.compare/1"
    areas = [[zone["area_m2"] for zone in answer["zones"]] for answer in answers]
    assert areas[0] == pytest.approx(areas[1])
    assert len(areas[0]) == 2


def test_all_outputs_are_written_and_the_same_twice(lines: tuple[Path, Path], tmp_path: Path) -> None:
    """Every format is written, and a second run gives the same bytes."""
    endings = (".html", ".svg", ".json", ".csv", ".profile.csv", ".xlsx", ".gpkg", ".txt")
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        wanted = [word for ending in endings for word in ("-o", tmp_path / folder / f"parted{ending}")]
        assert run(*lines, *wanted, "--quiet") == ExitCode.FINDINGS
    for ending in endings:
        one, two = (tmp_path / folder / f"parted{ending}" for folder in ("one", "two"))
        assert one.read_bytes() == two.read_bytes()
        assert one.stat().st_size > 100


def test_nothing_is_written_where_one_output_cannot_be(lines: tuple[Path, Path], tmp_path: Path) -> None:
    """An unknown ending is refused before anything is written, and so is an input as output."""
    assert run(*lines, "-o", tmp_path / "a.html", "-o", tmp_path / "a.docx") == ExitCode.USAGE
    assert not (tmp_path / "a.html").exists()
    before = lines[0].read_bytes()
    renamed = tmp_path / "same.json"
    renamed.write_bytes(before)
    assert run(renamed, lines[1], "-o", renamed) != ExitCode.FINDINGS
    assert renamed.read_bytes() == before


def test_of_three_states_two_must_be_named(three_states: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file of several States says which it holds, and how to name two of them."""
    assert run(three_states, three_states) == ExitCode.USAGE
    error = capsys.readouterr().err
    assert "3 States (Aland, Bland, Cland)" in error
    assert "--between" in error
    assert run(three_states, three_states, "--between", "Aland,Bland", "--quiet") == ExitCode.GOOD
    assert "ALAND" not in capsys.readouterr().out.split("Sides")[0]


def test_states_that_do_not_touch_have_no_line(three_states: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Two States with a third between them have no common boundary, which is said and is no defect of the program."""
    assert run(three_states, three_states, "--between", "Aland,Cland") in {ExitCode.USAGE, ExitCode.INVALID_INPUT}
    error = capsys.readouterr().err
    assert "defect of Merestone" not in error
    assert "do not have a common line" in error


@pytest.mark.parametrize(
    "words", [("--accuracy", "x"), ("--accuracy", "-3"), ("--between", "A"), ("--accuracy", "nan")]
)
def test_options_that_mean_nothing_are_refused(lines: tuple[Path, Path], words: tuple[str, str]) -> None:
    """A wrong option ends with 2 before any file is read."""
    assert run(*lines, *words) == ExitCode.USAGE


def test_an_accuracy_changes_what_is_called_different(
    lines: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    """With ten kilometres of uncertainty nothing is different any more."""
    run(*lines, "--json", "--quiet", "--accuracy", "10000", "--accuracy", "10000:500")
    answer = json.loads(capsys.readouterr().out)
    assert {zone["verdict"] for zone in answer["zones"]} == {"within error"}


def test_a_claim_is_shown_under_its_claimants_name(
    lines: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    """A `.claim.toml` says who claims, and the report never shows the line without."""
    claim = lines[0].with_name("first.claim.toml")
    claim.write_text(
        'file = "first.geojson"\ntitle = "Northern line"\nstanding = "claim"\nclaimant = "Aland"\n'
        'left = "Aland"\nright = "Bland"\naccuracy = [{ source = "survey", sigma_m = 2.0, correlation_m = 300.0 }]\n',
        encoding="utf-8",
    )
    assert run(claim, lines[1], "--quiet") == ExitCode.FINDINGS
    out = capsys.readouterr().out
    assert "claim of Aland, without prejudice" in out
    assert "Aland on the left, Bland on the right" in out


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ('file = "first.geojson"\nclaimnt = "A"\n', "'claimant'?"),
        ('file = "../first.geojson"\n', "folder of the claim"),
        ('file = "/etc/passwd"\n', "folder of the claim"),
        ("file = 3\n", "must be a text"),
        ('title = "no file"\n', "does not name a file"),
        ('file = "first.geojson"\nstanding = "truth"\n', "standing must be one of"),
        ('file = "first.geojson"\nedges = "curly"\n', "edges must be one of"),
        ('file = "first.geojson"\nbetween = ["A"]\n', "two States"),
        ('file = "first.geojson"\naccuracy = [{ source = "s", sigma_m = inf }]\n', "positive numbers"),
        ('file = "first.geojson"\naccuracy = 3\n', "list of tables"),
        ("file = \n", "not valid TOML"),
    ],
)
def test_a_claim_that_says_nonsense_is_refused_with_its_reason(
    lines: tuple[Path, Path], text: str, why: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whatever is wrong in a `.claim.toml` is told in one sentence, with exit code 3."""
    claim = lines[0].with_name("wrong.claim.toml")
    claim.write_text(text, encoding="utf-8")
    assert run(claim, lines[1]) == ExitCode.INVALID_INPUT
    assert why in capsys.readouterr().err


def test_what_lies_between_is_counted(lines: tuple[Path, Path], capsys: pytest.CaptureFixture[str]) -> None:
    """A village between the lines is in the table with its people; a road across is a crossing of each line."""
    overlay = lines[0].with_name("overlay.geojson")
    village = feature("Point", [10.1, 45.015], name="Hamlet", place="village", population=120)
    road = feature("LineString", [[10.1, 44.9], [10.1, 45.1]], name="Road 1", highway="primary")
    overlay.write_text(collection(village, road), encoding="utf-8")
    assert run(*lines, "--overlay", overlay, "--quiet") == ExitCode.FINDINGS
    out = capsys.readouterr().out
    assert "What lies between" in out
    assert "120" in out
    assert "Road 1" in out


def test_a_file_that_is_not_there_is_said(lines: tuple[Path, Path], capsys: pytest.CaptureFixture[str]) -> None:
    """A missing file ends with 3 and names the file."""
    assert run(lines[0], lines[0].with_name("none.geojson")) == ExitCode.INVALID_INPUT
    assert "none.geojson" in capsys.readouterr().err


def test_one_file_of_one_line_is_not_enough(lines: tuple[Path, Path], capsys: pytest.CaptureFixture[str]) -> None:
    """A single line has nothing to be compared with, and what to do is said."""
    assert run(lines[0]) == ExitCode.USAGE
    assert "compare it with" in capsys.readouterr().err


def test_a_misspelt_state_is_named(three_states: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The message listed the States of the file and left the user to find which of the two names was wrong."""
    assert run(three_states, three_states, "--between", "Aland,Blend") == ExitCode.USAGE
    error = capsys.readouterr().err
    assert "it does not hold 'Blend' (did you mean 'Bland'?)" in error
    assert "'Aland'" not in error
