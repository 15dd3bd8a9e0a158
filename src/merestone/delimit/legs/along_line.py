"""Along a construction line: that stretch of it is boundary, the rest is not."""

from __future__ import annotations

from merestone.delimit.drawn import Drawn, Setting
from merestone.delimit.stretch import draw_stretch
from merestone.description.legs.along_line import AlongLineLeg
from merestone.description.named_lines import OnConstruction


def draw(node: AlongLineLeg, setting: Setting) -> Drawn:
    """The stretch of the line between this leg's two ends."""
    return draw_stretch(setting, OnConstruction(node.line, span=node.span), f"line {node.line.text}")
