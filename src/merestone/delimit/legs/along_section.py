"""Along a whole section of this description, from where this leg starts to where it ends."""

from __future__ import annotations

from merestone.delimit.drawn import Drawn, Setting
from merestone.delimit.stretch import draw_stretch, of_this_description
from merestone.description.legs.along_section import AlongSectionLeg
from merestone.description.named_lines import OnSection


def draw(node: AlongSectionLeg, setting: Setting) -> Drawn:
    """The stretch of that section between this leg's two ends."""
    of_this_description(node.source, setting)
    return draw_stretch(setting, OnSection(node.section, span=node.span), f"section {node.section.text}")
