"""What a drawn leg depends on, as the key that it is kept under."""

from __future__ import annotations

from functools import lru_cache
from hashlib import blake2b
from typing import TYPE_CHECKING

import pyproj

from merestone import __version__
from merestone.delimit.fix import Bearing, Fix
from merestone.delimit.resting_on import line_named
from merestone.delimit.source_line import said_of_source
from merestone.delimit.store import LAYOUT, key_of
from merestone.description import references
from merestone.description.references import Referent
from merestone.description.resolved import ResolvedLeg
from merestone.description.tree import LegChain, Name, OnLeg
from merestone.geodesy.frame import Frame

if TYPE_CHECKING:
    from merestone.delimit.computation import Computation


def key_of_leg(leg: ResolvedLeg, computation: Computation) -> str:
    """The digest of everything that the drawing of a leg depends on; raises `TroubleError` where a part has failed."""
    node = leg.node
    frames = computation.frames
    frame = frames.of_legs(node.frame)
    parts = [toolchain(), repr(frame), repr(frames.description), _carried(frame, computation)]
    # A line that an ending refers to is read as the description reads it, whatever the leg declares for itself.
    parts += [
        computation.declared,
        computation.print_leg(node),
        repr(node.read_as),
        repr(computation.resolved.straight),
        repr(computation.resolved.north),
        repr(computation.resolved.longitudes),
    ]
    if leg.start is not None:
        parts.append(_point(leg.start, computation))
    else:
        before = computation.leg_before(leg)
        parts.append(computation.key(before) if before is not None else "nowhere")
    if isinstance(node, LegChain):
        parts += _through(node, computation)
    for referent, name, on_leg in references.of_leg(node):
        parts.append(_referent(referent, name, on_leg, leg, computation))
    return key_of(tuple(parts))


@lru_cache(maxsize=1)
def toolchain() -> str:
    """The versions that a drawing may depend on: of this code, of PROJ, and of the layout of what is kept."""
    return f"{__version__} {pyproj.proj_version_str} {LAYOUT}"


def _carried(frame: Frame, computation: Computation) -> str:
    """The operation that carries points from the frame of the description to that of the leg, and what it does."""
    if frame == computation.frames.description:
        return "unchanged"
    return repr(computation.frames.operation(computation.frames.description, frame))


def _through(chain: LegChain, computation: Computation) -> list[str]:
    """Every point that a chain runs through, also those between the two that it names."""
    if chain.table is not None:
        return [blake2b(computation.table_points.units(chain.table.text).tobytes(), digest_size=20).hexdigest()]
    return [_point(name, computation) for name in computation.chain_points(chain)]


def _referent(
    referent: Referent, name: Name, on_leg: OnLeg | None, leg: ResolvedLeg | None, computation: Computation
) -> str:
    match referent:
        case Referent.POINT:
            return _point(name, computation)
        case Referent.LEG if on_leg is not None:
            return computation.key(computation.leg_referred_to(on_leg, leg))
        case Referent.SECTION if on_leg is None:
            return " ".join(computation.key(each) for each in computation.legs_of(name.text))
        case Referent.LINE | Referent.CIRCLE | Referent.FEATURE:
            line = line_named(referent, name, computation)
            found = references.of_line(line) if line is not None else ()
            return " ".join([repr(line), *(_referent(*each, None, computation) for each in found)])
        case Referent.TABLE if name.text in computation.table_points.columns:
            return blake2b(computation.table_points.units(name.text).tobytes(), digest_size=20).hexdigest()
        case Referent.SOURCE:
            return said_of_source(name, computation)
        case Referent.COURSES:
            return repr(computation.resolved.courses.get(name.text))
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
