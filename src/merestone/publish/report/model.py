"""What the report is made from, beside the boundary line and the findings."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from merestone.delimit.boundary_line import BoundaryLine
from merestone.diagnostics import Diagnostic
from merestone.geodesy.line import Floats


@dataclass(frozen=True, slots=True)
class Profile:
    """How two readings of one leg part: the second seen from the first.

    `along_m` (n,) distance along the reading `one`; `offset_m` (n,) distance across it to the reading `other`,
    positive to the left; `hausdorff_m` the two-sided greatest separation; `area_m2` the area between them.
    """

    one: str
    other: str
    along_m: Floats
    offset_m: Floats
    hausdorff_m: float
    area_m2: float


@dataclass(frozen=True, slots=True)
class LegReadings:
    """The readings of one leg, named by section and leg, and the profile of each pair that could be computed."""

    section: str
    leg: str
    names: tuple[str, ...]
    profiles: tuple[Profile, ...]

    @property
    def greatest(self) -> Profile | None:
        """The profile of the pair that parts most."""
        return max(self.profiles, key=lambda profile: profile.hausdorff_m, default=None)

    @property
    def greatest_m(self) -> float:
        """How far apart the two readings that part most lie, in metres; 0 where no pair could be computed."""
        return 0.0 if self.greatest is None else self.greatest.hausdorff_m


class Direction(StrEnum):
    """Which way the page runs."""

    LEFT_TO_RIGHT = "ltr"
    RIGHT_TO_LEFT = "rtl"


@dataclass(frozen=True, slots=True)
class Matter:
    """Everything the page shows: the line, what was found, the text itself with the name it is filed under, the
    readings leg by leg; `effective` only where a register holds the line in force."""

    line: BoundaryLine
    findings: tuple[Diagnostic, ...]
    source: str
    file: str
    readings: tuple[LegReadings, ...] = ()
    direction: Direction = Direction.LEFT_TO_RIGHT
    effective: bool = False

    @property
    def standing(self) -> str:
        """What every export says of itself until a register holds the line in force."""
        if self.effective:
            return f"in force by the register; reading by {self.line.reading_by}"
        return f"not agreed: reading by {self.line.reading_by}, without prejudice"
