"""From a resolved description to a boundary line: the passes of the compiler, top to bottom.

    frames   what coordinates are counted in, and which named operations lead between them
    points   each when it is first needed, by every definition that the words give of it
    legs     each drawn as its kind in its own frame, from point to point
    line     defining vertices as integers, with lengths, azimuths, uncertainty, and gaps where a leg failed

Each pass returns what it could do and every finding; nothing stops at the first problem.
"""

from __future__ import annotations

import platform
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import pyproj

from merestone import __version__
from merestone.delimit.assemble import assemble
from merestone.delimit.boundary_line import BoundaryLine, Toolchain
from merestone.delimit.computation import Computation
from merestone.delimit.drawn import LegGeometry
from merestone.delimit.frames_in_use import frames_in_use
from merestone.delimit.grid_places import gathered
from merestone.delimit.legs import LEG_GEOMETRY
from merestone.delimit.memory import Memory
from merestone.delimit.source_line import SourceKey, SourceLine
from merestone.delimit.store import LegStore, NoStore
from merestone.delimit.table_points import TablePoints
from merestone.description.point_rows import PointColumns
from merestone.description.resolved import Resolved
from merestone.description.tree import Leg, LegChain
from merestone.diagnostics import Diagnostic


@dataclass(frozen=True, slots=True)
class Compiled:
    """A compiled description: the line, what it was compiled from, and what came up on the way."""

    line: BoundaryLine
    resolved: Resolved
    computation: Computation
    diagnostics: tuple[Diagnostic, ...]


def compile_description(
    resolved: Resolved,
    columns: Mapping[str, PointColumns],
    print_leg: Callable[[Leg | LegChain], str],
    *,
    geometry: Mapping[type, LegGeometry] = LEG_GEOMETRY,
    store: LegStore | None = None,
    memory: Memory | None = None,
    source_lines: Mapping[SourceKey, SourceLine | Diagnostic] | None = None,
) -> Compiled:
    """The boundary line of a resolved description.

    `columns` are the points of its tables, by table; `print_leg` gives a leg's canonical text; `geometry` draws the
    kinds of leg; `store` keeps drawn legs on disk, and `memory` what the next run in this process can use again; `source_lines` are
    the lines that the files of sources hold, read before.
    """
    frames, findings = frames_in_use(resolved, columns)
    computation = Computation(
        resolved,
        frames,
        geometry,
        TablePoints(resolved, columns, frames),
        print_leg,
        store if store is not None else NoStore(),
        list(findings),
        memory if memory is not None else Memory(),
        source_lines=source_lines or {},
    )
    computation.compute_points()
    computation.draw_legs()
    computation.draw_constructions()
    line = assemble(computation, _toolchain())
    remarks = gathered((*computation.grid_remarks, *computation.table_points.grid_remarks))
    return Compiled(line, resolved, computation, (*frames.findings, *computation.findings, *remarks))


def _toolchain() -> Toolchain:
    return Toolchain(__version__, pyproj.proj_version_str, platform.python_version())
