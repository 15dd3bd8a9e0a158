"""The process that reads one foreign file and ends: `python -m merestone.sources.child FOLDER`.

The folder holds the copy of the file and `job.json`; the answer is left there too.
"""

from __future__ import annotations

import gc
import json
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

from merestone.sources import answer, confined, unpack
from merestone.sources.chains import RawLayer
from merestone.sources.file_format import HEAD_BYTES, FileFormat, check_head, formats_of
from merestone.sources.limits import MIB, ReadingLimits
from merestone.sources.refused import RefusedError

JOB = "job.json"


def main(folder: Path) -> None:
    """Read the file of the job in the folder and leave the answer."""
    job = json.loads((folder / JOB).read_text(encoding="utf-8"))
    limits = ReadingLimits(**job["limits"])
    confined.confine(limits)
    gc.disable()  # what is read makes no cycles, and this process ends soon: reading JSON takes a third less
    try:
        _work(folder, job, limits)
    except RefusedError as refused:
        answer.write_refusal(folder, str(refused))
    except MemoryError:
        answer.write_refusal(folder, memory_sentence(limits))


def memory_sentence(limits: ReadingLimits) -> str:
    """Give what is said where the memory did not suffice."""
    return (
        f"reading it takes more than {limits.memory_bytes // MIB} MiB of memory; cut it to the boundary that is meant"
    )


def _work(folder: Path, job: dict[str, Any], limits: ReadingLimits) -> None:
    from merestone.sources.readers.gdal import UnwantedDriversError
    from merestone.sources.soundness import sound

    path = _unpacked(folder, job["copy"], job["name"], limits)
    try:
        raw = read_unpacked(path, job["name"], job["layer"], limits)
    except UnwantedDriversError as unwanted:
        (folder / answer.ANSWER).write_text(json.dumps({"without": unwanted.drivers}), encoding="utf-8")
        return
    if len(raw.chains.lonlat) > limits.vertices or len(raw.attributes) > limits.features:
        raise RefusedError(
            f"it holds more than {limits.vertices} vertices or {limits.features} features; cut it to the boundary "
            "that is meant"
        )
    expected = job["expected"]
    chains, remarks = sound(raw, None if expected is None else tuple(expected), may_be_empty=job["may_be_empty"])
    answer.write_layer(folder, replace(raw, chains=chains), remarks, limits)


def _unpacked(folder: Path, copy: str, name: str, limits: ReadingLimits) -> Path:
    """Give the path of the file itself, out of its archive."""
    path, lowered = folder / copy, name.lower()
    if lowered.endswith(".zip"):
        return unpack.unzip_shapefile(path, folder, limits)
    if lowered.endswith(".kmz"):
        unpack.unzip_kml(path, folder / "unpacked.kml", limits)
        return folder / "unpacked.kml"
    if lowered.endswith(".gz"):
        inner = folder / f"unpacked{Path(lowered.removesuffix('.gz')).suffix}"
        unpack.gunzip(path, inner, limits)
        return inner
    return path


def read_unpacked(path: Path, name: str, layer: str | None, limits: ReadingLimits) -> RawLayer:
    """Give the layer of a file that is out of its archive; `name` is that of the file as it was given."""
    allowed = formats_of(name)
    with path.open("rb") as beginning:
        check_head(beginning.read(HEAD_BYTES), allowed)
    if path.stat().st_size > limits.unpacked_bytes:
        raise RefusedError(
            f"it is larger than {limits.unpacked_bytes // MIB} MiB; cut it to the boundary that is meant"
        )
    match allowed:
        case (FileFormat.KML,):
            from merestone.sources.readers import kml

            return kml.read(path, layer)
        case (FileFormat.CSV,):
            from merestone.sources.readers import csv_table

            return csv_table.read(path, layer)
        case (FileFormat.GEOPACKAGE | FileFormat.SHAPEFILE | FileFormat.FLATGEOBUF as file_format,):
            from merestone.sources.readers import gdal

            return gdal.read(path, layer, file_format, limits)
        case (FileFormat.GEOJSON_LINES,):
            from merestone.sources.readers import geojson

            return geojson.read_lines(path, layer)
        case _:
            return _read_json(path, allowed, layer)


def _read_json(path: Path, allowed: tuple[FileFormat, ...], layer: str | None) -> RawLayer:
    """Give what JSON holds: GeoJSON or TopoJSON by its `type` where the name allows both."""
    from merestone.sources.readers import geojson, topojson

    value = geojson.loaded(path.read_bytes())
    is_topology = isinstance(value, dict) and value.get("type") == "Topology"
    if FileFormat.GEOJSON not in allowed or (is_topology and FileFormat.TOPOJSON in allowed):
        return topojson.from_value(value, layer)
    return geojson.from_value(value, layer)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
