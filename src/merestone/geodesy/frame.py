"""A frame: what a latitude and longitude are counted in.

A pair of numbers is a name for a place only together with a datum, its realisation, and, where the ground moves in
it, an epoch. `Frame` is that. Frames are looked up by name or code in `merestone.geodesy.catalogue`.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from merestone.geodesy.ellipsoid import Ellipsoid


@dataclass(frozen=True, slots=True)
class Frame:
    """A geodetic reference frame with its ellipsoid.

    `name` as the catalogue prints it ("WGS 84 (G1762)"); `code` the authority's code of the geographic 2-D system
    ("EPSG:9056"), None for a commission's own frame; `epoch` of the coordinates in decimal years; `plate` the plate
    that the line is fixed to, None where it is fixed in the frame or nothing is said; `vertical` names the vertical
    datum of heights, if any.
    """

    name: str
    code: str | None
    ellipsoid: Ellipsoid
    epoch: Decimal | None = None
    plate: str | None = None
    vertical: str | None = None
