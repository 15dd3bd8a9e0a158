"""What a drawn leg depends on, as the key that it is kept under."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import pyproj

from merestone import __version__
from merestone.delimit.fix import Bearing, Fix
from merestone.delimit.store import LAYOUT, key_of
from merestone.description import references
from merestone.description.references import Referent
from merestone.description.resolved import ResolvedLeg
from merestone.description.tree import Name, OnLeg

if TYPE_CHECKING:
    from merestone.delimit.computation import Computation


def key_of_leg(leg: ResolvedLeg, computation: Computation) -> str:
    """The digest of everything that the drawing of a leg depends on; raises `TroubleError` where a part has failed."""
    node = leg.node
    parts = [toolchain(), repr(computation.frames.of_legs(node.frame)), computation.print_leg(node)]
    parts.append(repr(node.read_as or computation.resolved.straight))
    if leg.start is not None:
        parts.append(_point(leg.start, computation))
    else:
        before = computation.leg_before(leg)
        parts.append(computation.key(before) if before is not None else "nowhere")
    for referent, name, on_leg in references.of_leg(node):
        parts.append(_referent(referent, name, on_leg, leg, computation))
    return key_of(tuple(parts))


@lru_cache(maxsize=1)
def toolchain() -> str:
    """The versions that a drawing may depend on: of this code, of PROJ, and of the layout of what is kept."""
    return f"{__version__} {pyproj.proj_version_str} {LAYOUT}"


def _referent(referent: Referent, name: Name, on_leg: OnLeg | None, leg: ResolvedLeg, computation: Computation) -> str:
    match referent:
        case Referent.POINT:
            return _point(name, computation)
        case Referent.LEG if on_leg is not None:
            return computation.key(computation.leg_referred_to(on_leg, leg))
        case Referent.SECTION:
            return " ".join(computation.key(each) for each in computation.legs_of(name.text) if each is not leg)
        case Referent.WORDS:
            return repr(computation.resolved.words.get(name.text))
        case _:
            return name.text


def _point(name: Name, computation: Computation) -> str:
    """A point by where it lies; its name plays no part in a drawing."""
    fix = computation.attempt(name)
    if isinstance(fix, Fix):
        return f"{fix.units[0]} {fix.units[1]}"
    return repr(fix) if isinstance(fix, Bearing) else f"no place for {name.text}"
