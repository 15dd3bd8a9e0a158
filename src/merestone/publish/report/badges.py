"""Where the letters of the kinds of legs stand on the map."""

from __future__ import annotations

import numpy as np

from merestone.publish.report.anchors import MOST_MARKERS
from merestone.publish.report.chains import beside, length_px
from merestone.publish.report.drawn import DrawnPart

BADGE_PX = 10.0


def badge_spot(part: DrawnPart, pixels: dict[str, tuple[float, float]]) -> tuple[float, float] | None:
    """The middle of a badge in pixels: near the middle of a part, off its vertices; None where the part is too short
    to bear one."""
    if part.chain is None or length_px(part.chain) < 5 * BADGE_PX:
        return None
    vertices = np.array([pixels[key] for key in part.tied.vertices[:MOST_MARKERS]])
    for share in (0.5, 0.44, 0.56, 0.38, 0.62, 0.3, 0.7):
        x, y = beside(part.chain, share, 0.0)
        if np.hypot(*(vertices - (x, y)).T).min() > 1.6 * BADGE_PX:
            return x, y
    return None
