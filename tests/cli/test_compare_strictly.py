"""`merestone compare`: nothing that was asked for is left aside in silence."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from merestone.cli import main
from merestone.cli.exit_codes import ExitCode

CHAIN = [[10.0, 45.0], [10.1, 45.02], [10.2, 45.0], [10.3, 45.03]]


def written(path: Path, north_deg: float = 0.0, chain: list[list[float]] = CHAIN) -> Path:
    path.parent.mkdir(exist_ok=True)
    moved = [[lon, lat + north_deg] for lon, lat in chain]
    geometry = {"type": "LineString", "coordinates": moved}
    feature = {"type": "Feature", "properties": {}, "geometry": geometry}
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}), encoding="utf-8")
    return path


@pytest.fixture
def lines(tmp_path: Path) -> tuple[Path, Path]:
    """Two lines that lie 11 m apart, in files of one name."""
    return written(tmp_path / "old" / "line.geojson"), written(tmp_path / "new" / "line.geojson", 1e-4)


def run(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, dict[str, Any]]:
    code = main(["compare", *map(str, words), "--json", "--quiet"])
    return code, json.loads(capsys.readouterr().out)


def different_m(found: dict[str, Any]) -> float:
    return float(next(each["lengths_m"][0] for each in found["verdicts"] if each["verdict"] == "different"))


def test_errors_of_two_files_of_one_name_do_not_cancel(
    lines: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    """Accuracies stated of two files are two errors, though both files are called alike in their folders."""
    _, found = run(capsys, *lines, "--accuracy", 50, "--accuracy", 50)
    assert different_m(found) == 0.0


def test_an_accuracy_is_stated_of_a_claim_too(lines: tuple[Path, Path], capsys: pytest.CaptureFixture[str]) -> None:
    """A claim that says nothing of how sure it is is as sure as the command line says."""
    claim = lines[0].with_name("north.claim.toml")
    claim.write_text('file = "line.geojson"\n', encoding="utf-8")
    _, found = run(capsys, claim, lines[1], "--accuracy", 50)
    assert different_m(found) == 0.0


def test_a_file_is_not_made_surer_twice(lines: tuple[Path, Path], capsys: pytest.CaptureFixture[str]) -> None:
    """Who states an accuracy of a claim that states its own is told so."""
    claim = lines[0].with_name("north.claim.toml")
    claim.write_text('file = "line.geojson"\n[[accuracy]]\nsource = "survey"\nsigma_m = 1\n', encoding="utf-8")
    code, found = run(capsys, claim, lines[1], "--accuracy", 50)
    assert code == ExitCode.USAGE
    assert "states its own accuracy" in found["sentence"]


def test_a_layer_is_not_named_where_the_claim_names_it(
    lines: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    """A layer on the command line belongs to a file of vectors, and is refused beside a claim."""
    claim = lines[0].with_name("north.claim.toml")
    claim.write_text('file = "line.geojson"\n', encoding="utf-8")
    code, found = run(capsys, claim, lines[1], "--layer", "lines")
    assert code == ExitCode.USAGE
    assert "layer" in found["sentence"]


@pytest.mark.parametrize("option", ["--accuracy", "--layer"])
def test_more_are_given_than_there_are_files(
    option: str, lines: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    """What no file is left for is refused."""
    code, found = run(capsys, *lines, *(3 * [option, ""] if option == "--layer" else 3 * [option, "5"]))
    assert code == ExitCode.USAGE
    assert option in found["sentence"]


@pytest.mark.parametrize(
    "options",
    [
        ("--accuracy", "20:"),
        ("--accuracy", "20:inf"),
        ("--tolerance", "inf"),
        ("--join-within", "inf"),
        ("--different-above", "0.6", "--within-error-below", "0.9"),
    ],
)
def test_a_figure_that_means_nothing_is_refused(
    options: tuple[str, ...], lines: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    """Figures without end, half an accuracy, and two thresholds that cross are a matter of usage, not a defect."""
    code, found = run(capsys, *lines, *options)
    assert code == ExitCode.USAGE, found["sentence"]


def test_the_file_behind_a_claim_is_not_overwritten(
    lines: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    """The lines that a claim names are read too, and stay as they were."""
    data = lines[0].rename(lines[0].with_name("line.json"))
    claim = lines[0].with_name("north.claim.toml")
    claim.write_text('file = "line.json"\n', encoding="utf-8")
    before = data.read_bytes()
    code, _ = run(capsys, claim, lines[1], "--output", data)
    assert (code, data.read_bytes()) == (ExitCode.FAILURE, before)


def test_a_claim_names_no_file_with_a_zero_byte(lines: tuple[Path, Path], capsys: pytest.CaptureFixture[str]) -> None:
    """A name that no file can have is an error of the claim."""
    claim = lines[0].with_name("north.claim.toml")
    claim.write_text('file = "a\\u0000.geojson"\n', encoding="utf-8")
    code, _ = run(capsys, claim, lines[1])
    assert code == ExitCode.INVALID_INPUT


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_an_answer_that_cannot_be_delivered_is_said_in_one_line(lines: tuple[Path, Path]) -> None:
    """On a full disk the answer in JSON ends with an error and no traceback."""
    words = [sys.executable, "-m", "merestone", "compare", *map(str, lines), "--json", "--quiet"]
    with Path("/dev/full").open("w") as full:
        ended = subprocess.run(words, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert ended.returncode == ExitCode.FAILURE
    assert ended.stderr.startswith("error: standard output: no space")
    assert "Traceback" not in ended.stderr
