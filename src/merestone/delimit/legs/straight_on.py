"""A line that is straight on a named projection."""

from __future__ import annotations

from merestone.delimit.drawn import Drawn, Setting
from merestone.delimit.endings import drawn
from merestone.delimit.fix import Place
from merestone.delimit.straight import projected
from merestone.description.legs.straight_on import StraightOnLeg
from merestone.geodesy.line import Line


def draw(node: StraightOnLeg, setting: Setting) -> Drawn:
    """The line that is straight on the projection."""

    def between(start: Place, end: Place) -> Line:
        return projected(node.projection, setting.frame, start, end)

    return drawn(setting, between, None, "end a line that is straight on a projection with `to POINT`")
