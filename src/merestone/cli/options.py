"""Arguments and options that mean the same in every command."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, TypeAlias

import typer

File: TypeAlias = Annotated[
    Path, typer.Argument(help="The description, a .boundary file; - reads standard input.", metavar="FILE")
]
AsJson: TypeAlias = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]
Quiet: TypeAlias = Annotated[bool, typer.Option("--quiet", "-q", help="Print only results and errors.")]
Tolerance: TypeAlias = Annotated[
    float,
    typer.Option(
        metavar="METRES",
        min=0.001,
        max=100_000.0,
        help="The largest distance of a densified line from the true curve.",
    ),
]
Crs: TypeAlias = Annotated[
    str | None,
    typer.Option(metavar="FRAME", help="Give the coordinates in this frame or on this grid: a name or an EPSG code."),
]
Epoch: TypeAlias = Annotated[
    str | None, typer.Option(metavar="YEAR", help="Give the coordinates at this epoch, a decimal year: 2010.0.")
]
