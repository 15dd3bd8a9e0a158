"""Land that one State has in one version and another State in the other, as polygons say it: values only.

Nothing of it comes from lines: it holds for islands, isthmuses and coasts too, and lines can be held against it.
"""

from __future__ import annotations

from dataclasses import dataclass

from merestone.geodesy.line import Floats


@dataclass(frozen=True, slots=True, eq=False)
class ChangedLand:
    """Land of one State in the first version and of another in the second.

    `held_in_first`, `held_in_second`: who has it, None for whoever is not that State where only one State is known.
    `area_m2` on the ellipsoid; `of_both_m2` the part of it that the outlines of one version give to both States, so
    that it does not pass from one to the other; `polygons` the rest, each an outline and its holes, closed rings (n, 2).
    """

    held_in_first: str | None
    held_in_second: str | None
    area_m2: float
    of_both_m2: float
    polygons: tuple[tuple[Floats, ...], ...]

    @property
    def both(self) -> tuple[str | None, str | None]:
        """Who has it in the first version, and in the second."""
        return self.held_in_first, self.held_in_second

    @property
    def passes_m2(self) -> float:
        """What passes from one State to the other: the area without what one version gives to both, in m²."""
        return self.area_m2 - self.of_both_m2


@dataclass(frozen=True, slots=True, eq=False)
class TerritoryBalance:
    """What passes each way between two versions: from the State that comes first in the alphabet, and to it."""

    changed: tuple[ChangedLand, ChangedLand]

    @property
    def areas_m2(self) -> tuple[float, float]:
        """The areas both ways in m²."""
        return self.changed[0].area_m2, self.changed[1].area_m2

    @property
    def passes_m2(self) -> tuple[float, float]:
        """What passes from one State to the other, both ways, in m²."""
        return self.changed[0].passes_m2, self.changed[1].passes_m2
