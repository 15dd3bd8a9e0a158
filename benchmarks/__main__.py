"""`python -m benchmarks [NAME ...]`: everything, or the named parts, in one table."""

from __future__ import annotations

import os
import platform
import sys
from importlib import import_module
from importlib.metadata import version

from benchmarks.clock import Row

PARTS = (
    "startup",
    "compile",
    "edit",
    "table",
    "densify",
    "loxodrome",
    "frechet",
    "nearest_boundary",
    "compare_lines",
    "world",
    "register",
)
LIBRARIES = ("numpy", "pyproj", "pygeodesy", "shapely", "numba")


def main(names: list[str]) -> None:
    """Print the table, row by row as it is measured."""
    libraries = ", ".join(f"{name} {version(name)}" for name in LIBRARIES)
    load = f"load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    print(f"{platform.platform()}, {os.cpu_count()} cores, {load}; Python {platform.python_version()}, {libraries}")
    print("Seconds are medians. `ours` and `other` are processor time; a ratio above 1: ours is faster.\n")
    print("| what | size | ours | on the wall | instead | other | ratio | |")
    print("|---|---|---:|---:|---|---:|---:|---|")
    for name in names or PARTS:
        for row in import_module(f"benchmarks.{name}").rows():
            print(_line(row), flush=True)


def _line(row: Row) -> str:
    ratio = "" if row.peer_s is None else f"{row.peer_s / row.ours_s:.3g}"
    peer = "" if row.peer_s is None else _seconds(row.peer_s)
    cells = (row.what, row.size, _seconds(row.ours_s), _seconds(row.wall_s), row.peer, peer, ratio, row.note)
    return f"| {' | '.join(cells)} |"


def _seconds(seconds: float) -> str:
    if seconds < 1e-3:
        return f"{seconds * 1e6:.3g} us"
    return f"{seconds * 1e3:.3g} ms" if seconds < 1.0 else f"{seconds:.3g} s"


if __name__ == "__main__":
    main(sys.argv[1:])
