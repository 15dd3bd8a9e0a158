"""`merestone delimit`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from merestone.casefile.outcome import DEFAULT_TOLERANCE_M, DelimitOptions
from merestone.cli.front import Front
from merestone.cli.options import AsJson, Crs, Epoch, File, Quiet, Tolerance
from merestone.cli.use_cases import use_cases

Output = Annotated[
    list[Path] | None,
    typer.Option(
        "--output",
        "-o",
        metavar="FILE",
        help="Write the line: .html .svg .docx .line.json .geojson .gpkg .kml .csv .xlsx .dxf .pnez.csv .txt. May be given more "
        "than once. If one file cannot be written, none is.",
    ),
]
Cache = Annotated[
    bool, typer.Option("--cache/--no-cache", help="Reuse results of earlier runs for parts that have not changed.")
]


def delimit(
    file: File,
    output: Output = None,
    crs: Crs = None,
    epoch: Epoch = None,
    tolerance: Tolerance = DEFAULT_TOLERANCE_M,
    cache: Cache = True,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> int:
    """Compile a description into a boundary line.

    The command prints a summary of the line, or writes the line to files; the extension of a file selects its format.
    A leg that cannot be computed becomes a named gap, and the rest is compiled.
    """
    options = DelimitOptions(tuple(output or ()), crs, epoch, tolerance, cache)
    with Front("delimit", as_json=as_json, quiet=quiet) as front:
        return front.finish(use_cases().delimit(file, options, front.progress))
