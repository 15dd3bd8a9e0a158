"""The uncertainty that a computed point inherits from the points it rests on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from merestone.delimit.fix import Fix
from merestone.geodesy.uncertainty import Component


def inherited(parents: Iterable[Fix], magnified: float = 1.0) -> tuple[Component, ...]:
    """The components of the parents, each source once (its greatest sigma), times how much a shift is magnified.

    For an intersection a shift of one line across itself moves the point by `magnified` times as much (1 / sine of the
    angle); for other constructions a parent's shift moves the point by no more than itself. Sources stay, so that in a
    comparison what two lines share still cancels.
    """
    greatest: dict[str, Component] = {}
    for parent in parents:
        for component in parent.components:
            known = greatest.get(component.source)
            if known is None or component.sigma_m > known.sigma_m:
                greatest[component.source] = component
    if magnified == 1.0:
        return tuple(greatest.values())
    return tuple(replace(component, sigma_m=component.sigma_m * magnified) for component in greatest.values())
