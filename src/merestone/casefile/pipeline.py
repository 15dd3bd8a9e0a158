"""The whole way from the bytes of a description to its boundary line and findings, step by step."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from merestone.casefile.progress import Progress, silent
from merestone.delimit.boundary_line import BoundaryLine
from merestone.delimit.check import check
from merestone.delimit.compile import Compiled, compile_description
from merestone.delimit.drawn import LegGeometry
from merestone.delimit.legs import LEG_GEOMETRY
from merestone.delimit.store import LegStore
from merestone.description.legs import LEG_KINDS, LegSyntax
from merestone.description.parser import Reparser
from merestone.description.printer import print_leg
from merestone.description.resolve import resolve
from merestone.description.resolved import Resolved
from merestone.description.tables import PointColumns, scan_point_table
from merestone.description.tree import Description
from merestone.diagnostics import Diagnostic, Span

ReadTable = Callable[[str, str | None], str]
"""Reads a table's file: its path inside the case and the digest it must have; raises `MerestoneError`."""


@dataclass(frozen=True, slots=True)
class Kinds:
    """The kinds of leg: how each is written, and how it is drawn."""

    syntax: tuple[LegSyntax, ...] = LEG_KINDS
    geometry: Mapping[type, LegGeometry] = LEG_GEOMETRY


@dataclass(frozen=True, slots=True)
class Result:
    """A description taken the whole way: its tree, its line, and every finding in the order of the text."""

    text: str
    description: Description
    compiled: Compiled
    findings: tuple[Diagnostic, ...]

    @property
    def line(self) -> BoundaryLine:
        """The boundary line."""
        return self.compiled.line
