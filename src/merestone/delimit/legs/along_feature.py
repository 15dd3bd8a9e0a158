"""Along a feature, where the head binds it to a line of this description."""

from __future__ import annotations

from merestone.delimit.drawn import Drawn, Setting
from merestone.delimit.stretch import draw_stretch
from merestone.description.legs.along_feature import AlongFeatureLeg
from merestone.description.tree import OnFeature


def draw(node: AlongFeatureLeg, setting: Setting) -> Drawn:
    """The stretch of the bound line between this leg's two ends."""
    return draw_stretch(setting, OnFeature(node.feature, span=node.span), f"«{node.feature.text}»")
