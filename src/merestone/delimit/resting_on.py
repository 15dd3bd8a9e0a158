"""The points that something rests on: named directly, or as the ends of the lines that it names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from merestone.delimit.fix import Bearing, Fix
from merestone.description import references
from merestone.description.references import Reference_, Referent
from merestone.description.tree import LegChain, LineReference, Name, ToPoint

if TYPE_CHECKING:
    from merestone.delimit.computation import Computation
    from merestone.description.resolved import ResolvedLeg


def fixes(found: Iterable[Reference_], computation: Computation, here: ResolvedLeg | None = None) -> list[Fix]:
    """The fixes of the points behind references, each as often as it is named; `here` is the leg that names them."""
    return [fix for fix in _fixes(found, computation, here) if isinstance(fix, Fix)]


def _fixes(
    found: Iterable[Reference_], computation: Computation, here: ResolvedLeg | None
) -> Iterator[Fix | Bearing | None]:
    for referent, name, leg in found:
        match referent:
            case Referent.POINT:
                yield computation.attempt(name)
            case Referent.LEG if leg is not None:
                yield from computation.fixes_of_leg(leg, here)
            case Referent.SECTION if leg is None:
                yield from _of_section(name, computation)
            case Referent.LINE | Referent.CIRCLE | Referent.FEATURE:
                line = line_named(referent, name, computation)
                yield from _fixes(references.of_line(line), computation, None) if line is not None else ()
            case _:
                continue


def line_named(referent: Referent, name: Name, computation: Computation) -> LineReference | None:
    """The line that a construction or a feature stands for; None where it is unknown or goes round in a circle."""
    resolved = computation.resolved
    if referent is Referent.FEATURE:
        feature = resolved.features.get(name.text)
        return feature.line if feature is not None and ("feature", name.text) not in resolved.circular else None
    construction = resolved.constructions.get(name.text)
    if construction is None or ("construction", name.text) in resolved.circular:
        return None
    return construction.line


def _of_section(section: Name, computation: Computation) -> Iterator[Fix | Bearing | None]:
    for leg in computation.legs_of(section.text):
        if leg.start is not None:
            yield computation.attempt(leg.start)
        if not isinstance(leg.node, LegChain) and isinstance(leg.node.ending, ToPoint):
            yield computation.attempt(leg.node.ending.point)
