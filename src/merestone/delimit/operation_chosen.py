"""Which operation carries places from one frame to another, and how far the others lie from it."""

from __future__ import annotations

import numpy as np

from merestone.delimit.fix import Place
from merestone.diagnostics import Diagnostic, Measure, Severity
from merestone.geodesy.operation import Bounds, Operation, alternatives


def middle(bounds: Bounds) -> Place:
    """The middle of a box (west, south, east, north) in degrees."""
    west, south, east, north = bounds
    return (west + east) / 2.0, (south + north) / 2.0


def chosen_operation(operation: Operation, place: Place, *, named: bool) -> Diagnostic:
    """The finding that says which operation was taken; open where the description names none, else a note.

    The alternatives are listed with their distance from it at `place`, nearest first.
    """
    others = sorted(
        (float(each.separation_m[0]), each.operation.code) for each in alternatives(operation, np.array([place]))
    )
    way = f"from {operation.source.name} to {operation.target.name}"
    apart = f"; {len(others)} others lie up to {others[-1][0]:.1f} m from it" if others else "; there is no other"
    how = "as the description says" if named else "the most accurate that is named for the place"
    return Diagnostic(
        "F817",
        Severity.NOTE if named or not others else Severity.OPEN,
        f"places are carried {way} by {operation.code} ({operation.accuracy_m:g} m), {how}{apart}",
        hint=None if named else f"name it: `frame ... transformed to {operation.target.name} by {operation.code}`",
        settles=None if named else "the operation that the parties agree on, by its code",
        subject=way,
        measures=tuple(Measure("distance", apart_m, "m", (operation.code, code)) for apart_m, code in others),
    )
