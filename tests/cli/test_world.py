"""`merestone compare --every-pair` through the front door, on a small world made by hand."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from fakes.worlds import lines_file, polygons_file
from merestone.cli import main
from merestone.cli.exit_codes import ExitCode


def test_every_pair_is_shown_ranked_and_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The table names the pair with the largest area first, what only one version has, and that no position is taken."""
    out = tmp_path / "world.csv"
    words = ["compare", "--every-pair", "--workers", "1", str(polygons_file(tmp_path)), str(lines_file(tmp_path))]
    assert main([*words, "-o", str(out)]) == ExitCode.FINDINGS
    shown = capsys.readouterr().out
    assert "takes no position" in shown
    assert shown.index("Aland  Bland") < shown.index("Aland  Cland")
    assert "Cland - Dland" in shown.partition("Only in the first version")[2].partition("Only in the second")[0]
    assert out.read_text(encoding="utf-8").splitlines()[1].startswith("1,Aland,Bland,")


def test_the_same_file_twice_has_no_difference(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A version beside itself ends with 0 and one JSON object in which every area is zero."""
    file = str(polygons_file(tmp_path))
    assert main(["compare", "--every-pair", "--workers", "1", file, file, "--json", "--quiet"]) == ExitCode.GOOD
    answer = json.loads(capsys.readouterr().out)
    assert {row["area_m2"] for row in answer["pairs"]} == {0.0}
    assert answer["only_in_one"] == []


@pytest.mark.parametrize(
    "options",
    [("--workers", "2"), ("--every-pair", "--between", "A,B"), ("--scheduler", "tcp://a:1")],
)
def test_options_that_mean_nothing_together_are_refused(
    options: tuple[str, ...], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """An option of the world without the world, or of a single pair with it, is a usage error that names it."""
    file = str(polygons_file(tmp_path))
    assert main(["compare", file, file, *options]) == ExitCode.USAGE
    said = capsys.readouterr().err
    assert "this option" in said
    assert "--every-pair" in said
