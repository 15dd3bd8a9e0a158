"""Whether a chain of legs runs past points that stand in the text and could not be read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from merestone.delimit.drawn import trouble
from merestone.description.tree import LegChain, Point, PointTable
from merestone.diagnostics import Severity

if TYPE_CHECKING:
    from merestone.delimit.computation import Computation

DEFINED_TWICE = "R402"
"""A row of this finding was read: it stands in its table, under a name that another row has too."""


def check_every_point_read(chain: LegChain, subject: str, computation: Computation) -> None:
    """Raise the finding that a chain runs past rows or statements that could not be read.

    The line would otherwise pass them by, straight from the point before to the point after.
    """
    unread = _unread_rows(chain, computation) if chain.table is not None else _unread_between(chain, computation)
    if not unread:
        return
    what = "a row or statement" if unread == 1 else f"{unread:,} rows or statements"
    raise trouble(
        "R411",
        f"{subject} runs past {what} that could not be read",
        chain.span,
        "correct what is reported there; until then the whole leg stays a named gap",
        subject,
    )


def _unread_rows(chain: LegChain, computation: Computation) -> int:
    return unread_rows(chain.table.text, computation) if chain.table is not None else 0


def unread_rows(table: str, computation: Computation) -> int:
    """How many rows of a table could not be read, as far as they are reported."""
    columns = computation.table_points.columns.get(table)
    found = columns.diagnostics if columns is not None else ()
    return sum(1 for each in found if each.severity is Severity.ERROR and each.code != DEFINED_TWICE)


def _unread_between(chain: LegChain, computation: Computation) -> int:
    """What could not be read between the two points of `through A to D`, in the order of the text."""
    if chain.up_to is None:
        return 0
    lines = [_line_of(name, computation) for name in (chain.points[0].text, chain.up_to.text)]
    first, last = min(lines), max(lines)
    statements = sum(
        1 for what, line in computation.resolved.refused.items() if _is_point(what) and first <= line <= last
    )
    rows = [
        unread_rows(each.name.text, computation)
        for each in computation.resolved.description.statements
        if isinstance(each, PointTable) and first <= each.span.line <= last
    ]
    return statements + sum(rows)


def _is_point(what: str) -> bool:
    return what.startswith(("point ", "line "))


def _line_of(name: str, computation: Computation) -> int:
    """The line of the statement that defines a point: its own, or that of its table."""
    for statement in computation.resolved.description.statements:
        match statement:
            case Point(name=point) if point.text == name:
                return statement.span.line
            case PointTable(name=table) if table.text in computation.table_points.columns:
                if name in computation.table_points.names(table.text):
                    return statement.span.line
            case _:
                continue
    return 0
