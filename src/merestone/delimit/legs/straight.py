"""A straight line as written: undefined, until a reading is declared; drawn as that reading, which is recorded."""

from __future__ import annotations

from dataclasses import replace

from merestone.delimit.drawn import Drawn, Setting
from merestone.delimit.endings import drawn
from merestone.delimit.fix import Place
from merestone.delimit.straight import as_read
from merestone.description.legs.straight import StraightLeg
from merestone.geodesy.line import Line


def draw(node: StraightLeg, setting: Setting) -> Drawn:
    """The leg in the reading that was declared for it, or throughout."""
    reading, taken = setting.around.straight(node.span)

    def between(start: Place, end: Place) -> Line:
        return as_read(reading, setting.frame, start, end)

    return replace(drawn(setting, between, None, "end a straight line with `to POINT`"), reading=taken)
