"""A million turning points in a table: text to line, canonical JSON and CSV, each size in a process of its own.

Beside it the least that one could do: the rows read by `csv`, one array call of `pyproj.Geod.inv`, `json` and `csv`
written from floats.
"""

from __future__ import annotations

import csv
import io
import json
import sys
import time
from collections.abc import Iterator

from benchmarks.clock import Row, in_fresh_process, peak_mib
from benchmarks.compile import no_table
from benchmarks.descriptions import HEAD, SECTION, table_rows

SIZES = (10_000, 100_000, 1_000_000)


def description(points: int) -> str:
    """One table and one section through it."""
    head = f"{HEAD}table points T columns name, latitude, longitude\n{table_rows(points)}"
    return f"{head}{SECTION.replace('  from P0', '').rstrip()}\n  legs geodesic through T\n"


def ours(points: int) -> dict[str, float]:
    """Our seconds and the peak of memory."""
    from merestone.casefile.pipeline import Pipeline
    from merestone.publish.csv_catalogue import write_csv
    from merestone.publish.export import Export, into_the_lines_frame
    from merestone.publish.line_json import write_line

    text = description(points)
    began, clock = time.process_time(), time.perf_counter()
    result = Pipeline(no_table).run(text, checked=False)
    compiled_s = time.process_time() - began
    steps = into_the_lines_frame(result.line)
    export = Export(result.line, to_wgs84=steps, to_frame=steps)
    write_line(export)
    json_s = time.process_time() - began - compiled_s
    write_csv(export)
    processor_s = time.process_time() - began
    assert len(result.line.legs[0].vertices) == points
    return {
        "processor_s": processor_s, "wall_s": time.perf_counter() - clock, "peak_mib": peak_mib(),
        "compiled_s": compiled_s, "json_s": json_s, "csv_s": processor_s - compiled_s - json_s,
    }  # fmt: skip


def floor(points: int) -> dict[str, float]:
    """The seconds of the bare floor."""
    import numpy as np
    from pyproj import Geod

    text = table_rows(points)
    began = time.process_time()
    cells = list(csv.reader(io.StringIO(text), delimiter="|"))
    lat = np.array([float(row[1].partition("°")[0]) for row in cells])
    lon = np.array([float(row[2].partition("°")[0]) for row in cells])
    azimuths, _, lengths_m = Geod(ellps="WGS84").inv(lon[:-1], lat[:-1], lon[1:], lat[1:])
    json.dumps([lon.tolist(), lat.tolist(), azimuths.tolist(), lengths_m.tolist()])
    out = csv.writer(io.StringIO())
    out.writerows(zip((row[0] for row in cells), lon.tolist(), lat.tolist(), strict=True))
    return {"processor_s": time.process_time() - began, "peak_mib": peak_mib()}


def rows() -> Iterator[Row]:
    """One row for each size."""
    for points in SIZES:
        here = in_fresh_process("benchmarks.table", "ours", str(points))
        peer = in_fresh_process("benchmarks.table", "floor", str(points))
        parts = f"compile {here['compiled_s']:.1f} s, json {here['json_s']:.1f} s, csv {here['csv_s']:.1f} s"
        note = f"{parts}; {here['peak_mib']:.0f} MiB against {peer['peak_mib']:.0f}"
        size = f"{points} points"
        yield Row(
            "table to JSON and CSV",
            size,
            here["processor_s"],
            here["wall_s"],
            "csv + Geod.inv",
            peer["processor_s"],
            note,
        )


if __name__ == "__main__":
    print(json.dumps((ours if sys.argv[1] == "ours" else floor)(int(sys.argv[2]))))
