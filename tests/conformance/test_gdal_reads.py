"""Every geographic output opened by GDAL's own program, where Debian's gdal-bin is installed."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from fakes.boundary_lines import export, hostile, ordinary, over_the_antimeridian
from merestone.delimit.boundary_line import BoundaryLine
from merestone.publish.formats import FORMATS, Format

GEOGRAPHIC = [known for known in FORMATS if known.geographic and not known.plane and known.extension != ".svg"]


@pytest.fixture(scope="module")
def ogr2ogr() -> str:
    """The program that reads; skipped where the package is missing."""
    program = shutil.which("ogr2ogr")
    if program is None:
        pytest.skip("needs ogr2ogr of Debian's gdal-bin (apt-get install gdal-bin)")
    return program


def lines_of(collection: Any) -> list[Any]:
    return [
        feature["geometry"]
        for feature in collection["features"]
        if feature["geometry"] and feature["geometry"]["type"] in {"LineString", "MultiLineString"}
    ]


@pytest.mark.parametrize("known", GEOGRAPHIC, ids=lambda known: known.extension)
@pytest.mark.parametrize(
    "line", [ordinary(), hostile(), over_the_antimeridian()], ids=["ordinary", "hostile", "antimeridian"]
)
def test_an_independent_program_reads_the_legs(known: Format, line: BoundaryLine, ogr2ogr: str, tmp_path: Path) -> None:
    """GDAL opens the file without complaint; the first leg starts at its first vertex."""
    path = tmp_path / f"line{known.extension}"
    path.write_bytes(known.write(export(line)))
    found = []
    for layer in layers(ogr2ogr, path, known):
        command = [ogr2ogr, "-f", "GeoJSON", "/vsistdout/", str(path), layer, "-lco", "COORDINATE_PRECISION=9"]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        assert "ERROR" not in done.stderr
        found += lines_of(json.loads(done.stdout))
    assert len(found) == len(line.legs)
    first = found[0]["coordinates"]
    start = first[0] if found[0]["type"] == "LineString" else first[0][0]
    longitude, latitude = line.legs[0].vertices[0].tolist()
    assert start[:2] == pytest.approx([longitude / 1e9, latitude / 1e9], abs=1e-9)


def layers(ogr2ogr: str, path: Path, known: Format) -> list[str]:
    """The layers that can hold legs: one by name in a GeoPackage, every one elsewhere."""
    if known.extension == ".gpkg":
        return ["legs"]
    ogrinfo = Path(ogr2ogr).with_name("ogrinfo")
    done = subprocess.run([ogrinfo, "-q", str(path)], capture_output=True, text=True, check=True)
    names = [row.split(": ", 1)[1] for row in done.stdout.splitlines()]
    return [name.rsplit(" (", 1)[0] for name in names]
