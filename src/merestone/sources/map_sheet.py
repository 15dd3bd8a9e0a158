"""A map sheet and the line digitised from it, as values: what its margin says, and what was measured on it.

Coordinates of a sheet are counted in the sheet's own frame (Pulkovo 1942, say) and stay there: to bring the line into
another frame is a named operation of its own, later.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from merestone.geodesy.frame import Frame
from merestone.geodesy.georeference import Method
from merestone.geodesy.line import Floats
from merestone.geodesy.projection import Projection


class SheetUnit(StrEnum):
    """What places on a sheet are counted in."""

    MILLIMETRE = "mm"
    PIXEL = "px"


@dataclass(frozen=True, slots=True)
class ControlPoint:
    """A place known on the sheet, `sheet` (x, y) in its unit, and on the ground: `ground` longitude and latitude in
    degrees, or east and north in metres of the sheet's projection."""

    name: str
    sheet: tuple[float, float]
    ground: tuple[float, float]


@dataclass(frozen=True, slots=True)
class MapSheet:
    """A map sheet: title, scale (its denominator), edition, duty date and publisher as printed, "" where unstated.

    The duty date (дежурная карта) is the day as of which a sheet was brought up to date, a year, month or day in ISO
    form. `projection` None: control is in degrees, and the sheet is taken as straight in longitude and latitude.
    `y_down`: the y axis of the sheet runs down, as that of pixels does. `line_width_mm` of the drawn boundary,
    `digitising_sigma_mm` of one digitised coordinate, None where unstated; `correlation_mm`: along how much of the
    drawn line these errors keep together. `in_degrees`: what `control` is counted in.
    """

    title: str
    scale: int
    frame: Frame
    projection: Projection | None
    unit: SheetUnit
    y_down: bool
    method: Method
    control: tuple[ControlPoint, ...]
    in_degrees: bool
    edition: str = ""
    duty_date: str = ""
    publisher: str = ""
    line_width_mm: float | None = None
    digitising_sigma_mm: float | None = None
    correlation_mm: float = 10.0

    @property
    def name(self) -> str:
        """The sheet's title with its edition and duty date."""
        dates = [self.edition, self.duty_date and f"on duty {self.duty_date}"]
        return ", ".join(filter(None, (self.title, *dates)))


@dataclass(frozen=True, slots=True, eq=False)
class DigitisedLine:
    """Chains digitised from a sheet, each a name and places (n, 2) in the sheet's unit, edges straight on the sheet.

    `left`, `right`: who lies on either side in the order of the places, None where nothing is said. `file` is the
    sheet's description, `sha256` the digest of the digests of all files that were read.
    """

    sheet: MapSheet
    chains: tuple[tuple[str, Floats], ...]
    left: str | None
    right: str | None
    file: str
    sha256: str
