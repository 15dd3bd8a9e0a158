"""The sheet of the map: places on the Earth to pixels, the line fitted to it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from merestone.geodesy.ellipsoid import WGS84, Ellipsoid
from merestone.geodesy.line import Floats
from merestone.publish.report.projection import MapProjection, suited_to

WIDTH_PX = 720.0
_HEIGHTS_PX = (400.0, 660.0)
_MARGIN_PX = 78.0
_LEAST_EXTENT_M = 20.0


@dataclass(frozen=True, slots=True)
class Sheet:
    """A projection, the point of its plane that lies in the middle of the sheet, metres to a pixel, the height."""

    projection: MapProjection
    middle: tuple[float, float]
    metres_per_px: float
    height_px: float
    width_px: float = WIDTH_PX

    def pixels(self, lonlat: Floats) -> Floats:
        """Places (n, 2) in degrees as pixels, x to the right, y down; NaN where there is no image."""
        plane = self.projection.forward(lonlat)
        x = self.width_px / 2 + (plane[:, 0] - self.middle[0]) / self.metres_per_px
        y = self.height_px / 2 - (plane[:, 1] - self.middle[1]) / self.metres_per_px
        return np.column_stack([x, y])

    def places(self, pixels: Floats) -> Floats:
        """Pixels (n, 2) as places in degrees; NaN outside the image of the Earth."""
        east = self.middle[0] + (pixels[:, 0] - self.width_px / 2) * self.metres_per_px
        north = self.middle[1] - (pixels[:, 1] - self.height_px / 2) * self.metres_per_px
        return self.projection.inverse(np.column_stack([east, north]))


def sheet_for(ellipsoid: Ellipsoid | None, lonlat: Floats) -> Sheet:
    """The sheet on which the places (n, 2) fit with a margin."""
    projection = suited_to(ellipsoid or WGS84, lonlat)
    plane = projection.forward(lonlat)
    plane = plane[np.isfinite(plane).all(axis=1)]
    low, high = plane.min(axis=0), plane.max(axis=0)
    wide, tall = (max(float(extent), _LEAST_EXTENT_M) for extent in high - low)
    room = WIDTH_PX - 2 * _MARGIN_PX
    height = min(max(room * tall / wide + 2 * _MARGIN_PX, _HEIGHTS_PX[0]), _HEIGHTS_PX[1])
    height = float(round(height / 20) * 20)
    metres_per_px = max(wide / room, tall / (height - 2 * _MARGIN_PX))
    middle = (low + high) / 2
    return Sheet(projection, (float(middle[0]), float(middle[1])), metres_per_px, height)
