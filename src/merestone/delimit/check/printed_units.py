"""Figures in the unit that the instrument printed them in, where that is not metric."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from merestone.delimit.lengths import last_place_m, last_place_m2
from merestone.delimit.wording import exact_text, value_text
from merestone.description.tree import Area, Length

METRIC = ("m", "km", "cm", "mm", "m²", "km²")
MOST_DECIMALS = 9


@dataclass(frozen=True, slots=True)
class PrintedIn:
    """A unit as a text prints it; `size` in `si` (m or m2), and the decimals that a compiled figure is shown with."""

    name: str
    size: float
    si: str
    decimals: int

    def exact(self, value: float) -> str:
        """A compiled value, one digit finer than the text prints it, and in metric units: `746.62 acres (3.02 km²)`."""
        return f"{value / self.size:,.{self.decimals}f} {self.name} ({exact_text(value, self.si)})"

    def stated(self, value: float) -> str:
        """The figure of the text itself."""
        return f"{value / self.size:,.{max(self.decimals - 1, 0)}f} {self.name}"

    def apart(self, value: float) -> str:
        """A difference, with three digits: `3.38 acres (13,700 m²)`."""
        return f"{self.rough(value)} ({value_text(value, self.si)})"

    def rough(self, value: float) -> str:
        """A small figure, with three digits."""
        return f"{_three_digits(value / self.size)} {self.name}"


def printed_in(figure: Length | Area) -> PrintedIn | None:
    """The unit of a printed figure; None where it is metric and shown as every other figure."""
    if figure.unit in METRIC:
        return None
    area = isinstance(figure, Area)
    last = last_place_m2(figure) if isinstance(figure, Area) else last_place_m(figure)
    place = float(figure.number.last_place)
    decimals = 4 if isinstance(figure.number.last_place, Fraction) else 1
    while place < 1.0 and decimals < MOST_DECIMALS:
        place, decimals = place * 10.0, decimals + 1
    return PrintedIn(figure.unit, last / float(figure.number.last_place), "m2" if area else "m", decimals)


def _three_digits(value: float) -> str:
    size, decimals = abs(value), 0
    while 0.0 < size < 100.0 and decimals < MOST_DECIMALS:
        size, decimals = size * 10.0, decimals + 1
    return f"{value:,.{decimals}f}"
