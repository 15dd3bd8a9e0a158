"""The world on a sheet: Equal Earth (B. Savric, T. Patterson, B. Jenny, IJGIS 33 (2019) 454-465), lines thinned to pixels.

What is nearer together than a fraction of a pixel is one place of the drawing; nothing else of a line is changed.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

import numpy as np

from merestone.geodesy.arrays import Floats
from merestone.publish.report.numbers import px

GRAIN_PX = 0.5


class Sheet:
    """The whole world in a rectangle of a width in pixels."""

    def __init__(self, width_px: float) -> None:
        self.width_px = width_px

    @property
    def height_px(self) -> float:
        """The height of the world in pixels."""
        return 2.0 * self._half_height / self._half_width * self.width_px / 2.0

    def places(self, lonlat: Floats) -> Floats:
        """Where places (n, 2) in degrees lie on the sheet: (n, 2) pixels from its upper left corner."""
        wrapped = (lonlat[:, 0] + 180.0) % 360.0 - 180.0
        x, y = self._project(wrapped, lonlat[:, 1])
        scale = self.width_px / 2.0 / self._half_width
        return np.column_stack(
            [(np.asarray(x) + self._half_width) * scale, (self._half_height - np.asarray(y)) * scale]
        )

    def path(self, lonlat: Floats) -> str:
        """A chain (n, 2) as path data, cut where it leaves the sheet on one side and comes back on the other."""
        placed = self.places(lonlat)
        jumps = np.nonzero(np.abs(np.diff(placed[:, 0])) > self.width_px / 2.0)[0] + 1
        return "".join(_path(part) for part in np.split(placed, jumps))

    def net(self) -> Iterator[str]:
        """The graticule of 30 degrees and the edge of the world, as path data."""
        lat = np.linspace(-90.0, 90.0, 91)
        for lon in (-179.999, *range(-150, 180, 30), 179.999):
            yield self.path(np.column_stack([np.full(len(lat), float(lon)), lat]))
        for parallel in range(-60, 90, 30):
            yield self.path(np.array([(-179.999, parallel), (179.999, parallel)], dtype=np.float64))

    def _project(self, lon: Floats, lat: Floats) -> tuple[Floats, Floats]:
        from pyproj import Proj

        return Proj(proj="eqearth", ellps="WGS84")(lon, lat)

    @cached_property
    def _half_width(self) -> float:
        return float(self._project(np.array([179.9999]), np.array([0.0]))[0][0])

    @cached_property
    def _half_height(self) -> float:
        return float(self._project(np.array([0.0]), np.array([90.0]))[1][0])


def _path(placed: Floats) -> str:
    """Places as path data with steps of whole grains, repeated ones left out, relative to the first."""
    grains = np.round(placed / GRAIN_PX).astype(np.intp)
    kept = grains[np.concatenate([[True], (np.diff(grains, axis=0) != 0).any(axis=1)])]
    if len(kept) < 2:
        kept = np.concatenate([grains[:1], grains[-1:] + 1])
    steps = np.diff(kept, axis=0) * GRAIN_PX
    start = f"M{px(kept[0, 0] * GRAIN_PX)} {px(kept[0, 1] * GRAIN_PX)}l"
    return start + " ".join(f"{px(x)} {px(y)}" for x, y in steps.tolist())
