"""Along another leg of this description, from where this one starts to where it ends."""

from __future__ import annotations

from merestone.delimit.drawn import Drawn, Setting
from merestone.delimit.stretch import draw_stretch, of_this_description
from merestone.description.legs.along_leg import AlongLegLeg


def draw(node: AlongLegLeg, setting: Setting) -> Drawn:
    """The stretch of that leg between this one's two ends."""
    of_this_description(node.source, setting)
    return draw_stretch(setting, node.leg, f"leg {node.leg.leg.text}")
