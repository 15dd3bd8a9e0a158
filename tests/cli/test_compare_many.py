"""`merestone compare` of three files and more through the front door."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from fakes import agreements
from merestone.cli import main
from merestone.cli.exit_codes import ExitCode
from merestone.compare.claim import Claim


def written(folder: Path, claims: tuple[Claim, ...]) -> list[str]:
    """The lines as GeoJSON files named by their titles."""
    paths = []
    for claim in claims:
        geometry = {"type": "LineString", "coordinates": claim.strands[0].lonlat.tolist()}
        path = folder / f"{claim.title}.geojson"
        path.write_text(json.dumps({"type": "Feature", "properties": {}, "geometry": geometry}), encoding="utf-8")
        paths.append(str(path))
    return paths


@pytest.fixture
def files(tmp_path: Path) -> list[str]:
    """Three versions: two agree on one half, another two on the other."""
    return written(tmp_path, agreements.three_versions())


def test_three_files_are_compared_at_once(files: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """The answer names the line looked along, and ends with 4: there are differences."""
    assert main(["compare", *files, "--quiet"]) == ExitCode.FINDINGS
    out = capsys.readouterr().out
    assert "Which of 3 lines agree where" in out
    assert "Reference: Beta" in out
    assert "1 2 | 3" in out
    assert "2 3 | 1" in out


def test_lines_that_agree_all_along_end_with_0(files: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """Within a tolerance wider than any separation all agree."""
    assert main(["compare", *files, "--tolerance", "5000", "--quiet"]) == ExitCode.GOOD
    assert "within 5.00 km of one another along their whole length" in capsys.readouterr().out


def test_the_answer_for_programs_is_that_of_the_two_line_command(
    files: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """JSON has its own schema, and of each pair the figures that a comparison of the two files gives."""
    main(["compare", *files, "--json", "--quiet"])
    many: dict[str, Any] = json.loads(capsys.readouterr().out)
    assert many["schema"] == "merestone.agreement/1"
    assert not many["agree_all_along"]
    main(["compare", files[0], files[2], "--json", "--quiet"])
    two: dict[str, Any] = json.loads(capsys.readouterr().out)
    pair = next(each for each in many["pairs"] if each["lines"] == [1, 3])
    assert pair["hausdorff_m"] == two["hausdorff_m"]
    assert pair["means_m"] == [one["mean_m"] for one in two["statistics"]]
    assert pair["left_in_first_m2"] == two["areas"]["left_in_first_m2"]


def test_every_format_is_written(files: list[str], tmp_path: Path) -> None:
    """Page, picture, facts, table and text are written in one run."""
    outputs = [tmp_path / f"out{ending}" for ending in (".html", ".svg", ".json", ".csv", ".txt")]
    asked = [word for path in outputs for word in ("-o", str(path))]
    assert main(["compare", *files, *asked, "--quiet"]) == ExitCode.FINDINGS
    assert all(path.stat().st_size > 300 for path in outputs)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (["-o", "a.gpkg"], "cannot be written in this format"),
        (["-o", "a.profile.csv"], "cannot be written in this format"),
        (["--overlay", "roads.geojson"], "--overlay can only be used with two lines"),
    ],
)
def test_what_is_not_said_of_many_lines_is_refused(
    files: list[str], asked: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Formats and options of two lines are refused before anything is read, with what to do."""
    assert main(["compare", *files, *asked]) == ExitCode.USAGE
    assert said in capsys.readouterr().err


def test_a_source_is_never_written_over(files: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """An output that is one of the inputs is refused, and the input is as it was."""
    path = Path(files[0]).rename(Path(files[0]).with_suffix(".json"))
    before = path.read_bytes()
    assert main(["compare", str(path), *files[1:], "-o", str(path)]) == ExitCode.FAILURE
    assert path.read_bytes() == before
    assert "compared" in capsys.readouterr().err
