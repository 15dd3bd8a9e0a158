"""A frame: what a latitude and longitude are counted in.

A pair of numbers is a name for a place only together with a datum, its realisation, and, where the ground moves in
it, an epoch. `Frame` is that. Frames are looked up by name or code in `merestone.geodesy.catalogue`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from merestone.geodesy.ellipsoid import Ellipsoid


@dataclass(frozen=True, slots=True)
class Frame:
    """A geodetic reference frame with its ellipsoid.

    `name` as the catalogue prints it ("WGS 84 (G1762)"); `code` the authority's code of the geographic 2-D system
    ("EPSG:9056"), None for a commission's own frame; `epoch` of the coordinates in decimal years; `plate` the plate
    that the line is fixed to, None where it is fixed in the frame or nothing is said; `vertical` names the vertical
    datum of heights, if any. `ensemble_accuracy_m` is set where the name stands for several realisations ("WGS 84"
    alone: 2 m): how well a coordinate is placed that does not say which of them it is counted in.
    `reference_epoch` is that of a dynamic frame, in which the ground moves; None for one that moves with its plate.
    """

    name: str
    code: str | None
    ellipsoid: Ellipsoid
    epoch: Decimal | None = None
    plate: str | None = None
    vertical: str | None = None
    ensemble_accuracy_m: float | None = None
    reference_epoch: Decimal | None = None

    @property
    def is_dynamic(self) -> bool:
        """Whether the coordinates of a fixed mark change with time in this frame by plate motion."""
        return self.reference_epoch is not None

    @property
    def is_ensemble(self) -> bool:
        """Whether the name stands for several realisations at once."""
        return self.ensemble_accuracy_m is not None

    def at(self, epoch: Decimal | None, plate: str | None = None) -> Frame:
        """The same frame with coordinates at another epoch and, if named, fixed to a plate."""
        return replace(self, epoch=epoch, plate=plate or self.plate)

    def __str__(self) -> str:
        """The frame as one writes it: name, then epoch where there is one."""
        return f"{self.name} at epoch {self.epoch}" if self.epoch is not None else self.name
