"""GeoPackage against the validator of GDAL, where Debian's python3-gdal is installed."""

from __future__ import annotations

import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from fakes import comparisons
from fakes.boundary_lines import OWN_FRAME, export, hostile, ordinary, over_the_antimeridian
from merestone.compare.comparison import Comparison
from merestone.delimit.boundary_line import BoundaryLine
from merestone.publish.comparison.export import ComparisonExport, Crossing
from merestone.publish.comparison.geopackage import write_geopackage as write_comparison
from merestone.publish.geopackage import write_geopackage

PYTHON = Path("/usr/bin/python3")
"""The interpreter that Debian's package belongs to: the project's own environment does not see it."""

VALIDATOR = "osgeo_utils.samples.validate_gpkg"


@pytest.fixture(scope="module")
def validator() -> list[str]:
    """The command that validates; skipped where the package is missing."""
    command = [str(PYTHON), "-m", VALIDATOR]
    if (
        not PYTHON.exists()
        or subprocess.run([PYTHON, "-c", f"import {VALIDATOR}"], capture_output=True, check=False).returncode
    ):
        pytest.skip("needs validate_gpkg of Debian's python3-gdal (apt-get install python3-gdal)")
    return command


@pytest.mark.parametrize(
    "line",
    [ordinary(), hostile(), over_the_antimeridian(), replace(ordinary(), frame=OWN_FRAME)],
    ids=["ordinary", "hostile", "antimeridian", "own frame"],
)
def test_the_validator_finds_no_fault(line: BoundaryLine, validator: list[str], tmp_path: Path) -> None:
    """The file satisfies the requirements of GeoPackage 1.3 that the validator knows, warnings included."""
    path = tmp_path / "line.gpkg"
    path.write_bytes(write_geopackage(export(line)))
    done = subprocess.run(
        [*validator, "--extra", "--warning-as-error", str(path)], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, ""), done.stdout + done.stderr


@pytest.mark.parametrize(
    "made",
    [
        comparisons.ordinary(),
        comparisons.hostile(),
        comparisons.identical(),
        comparisons.over_the_antimeridian(),
        comparisons.nobody_named(),
    ],
    ids=["ordinary", "hostile", "identical", "antimeridian", "nobody named"],
)
def test_the_validator_finds_no_fault_in_a_comparison(made: Comparison, validator: list[str], tmp_path: Path) -> None:
    """The layers of a comparison satisfy the same requirements."""
    path = tmp_path / "comparison.gpkg"
    path.write_bytes(
        write_comparison(ComparisonExport(made, (Crossing("M4", "road", (181.0, 40.7), of_second=False),)))
    )
    done = subprocess.run(
        [*validator, "--extra", "--warning-as-error", str(path)], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, ""), done.stdout + done.stderr


def test_the_validator_can_find_a_fault(validator: list[str], tmp_path: Path) -> None:
    """A file with another application id is refused, so that the test above can fail."""
    path = tmp_path / "line.gpkg"
    data = bytearray(write_geopackage(export(ordinary())))
    data[68:72] = b"XXXX"
    path.write_bytes(data)
    done = subprocess.run([*validator, str(path)], capture_output=True, text=True, check=False)
    assert done.returncode != 0 or "application_id" in done.stdout + done.stderr
