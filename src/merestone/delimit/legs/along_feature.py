"""Along a feature, where the head binds it to a line of this description."""

from __future__ import annotations

from merestone.delimit.drawn import Drawn, Setting
from merestone.delimit.stretch import draw_stretch
from merestone.description.legs.along_feature import AlongFeatureLeg


def draw(node: AlongFeatureLeg, setting: Setting) -> Drawn:
    """The stretch of the bound line between this leg's two ends."""
    return draw_stretch(setting, setting.around.feature_line(node.feature), f"«{node.feature.text}»")
