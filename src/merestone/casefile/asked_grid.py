"""Whether a line lies where the grid that a user asks for is meant to be used."""

from __future__ import annotations

import numpy as np

from merestone.casefile.exporting import frame_or_grid
from merestone.delimit.boundary_line import BoundaryLine
from merestone.delimit.canonical import degrees
from merestone.delimit.wording import metres_text
from merestone.diagnostics import Diagnostic, Measure, Severity
from merestone.geodesy.grid_reading import NEAR_M, outside_of


def outside_its_area(line: BoundaryLine, asked: str | None) -> tuple[Diagnostic, ...]:
    """One finding where vertices lie outside the area of use of the grid that was asked for, with how far at most.

    Near its edge it is a note: a line that runs into the neighbouring zone is often given in one zone. Further away it is
    a warning. The area is counted in the base frame of the grid, and the line in its own: they differ by metres.
    """
    if asked is None or not line.legs:
        return ()
    _, grid = frame_or_grid(asked)
    if grid is None:
        return ()
    lonlat = np.concatenate([degrees(leg.vertices) for leg in line.legs])
    furthest_m = float(np.max(outside_of(grid.areas, lonlat, grid.base.ellipsoid), initial=0.0))
    if furthest_m == 0.0:
        return ()
    name = f"{grid.code} ({grid.name})"
    return (
        Diagnostic(
            "F828", Severity.NOTE if furthest_m <= NEAR_M else Severity.WARNING,
            f"the line lies up to {metres_text(furthest_m)} outside the area in which {name} is used; its eastings and "
            "northings are computed, but their lengths and directions are those of a distorted plane",
            None, subject=f"the grid {name}",
            hint="choose the grid that is made for this area",
            measures=(Measure("outside the area of use", furthest_m, "m"),),
        ),
    )  # fmt: skip
