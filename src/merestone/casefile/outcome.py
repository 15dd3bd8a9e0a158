"""What a use case gives back, and what the use cases are: the one face that command line and server see."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from merestone.casefile.progress import Progress
from merestone.diagnostics import Diagnostic

if TYPE_CHECKING:
    from merestone.casefile.comparing import Compared, CompareOptions
    from merestone.casefile.comparing_many import ComparedMany
    from merestone.casefile.demo_comparison import DemoComparison
    from merestone.casefile.world import WorldCompared, WorldOptions
    from merestone.compare.texts.clauses import ClauseChange
    from merestone.compare.texts.leg_shifts import LegShifts
    from merestone.delimit.readings import PairSpread

DEFAULT_TOLERANCE_M = 0.1
"""How far a densified line may lie from the true curve, in metres, unless the user says otherwise."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """The outcome of one use case on one description.

    `source` is the name of the description as the user gave it, `text` what stands in it (findings point there),
    `findings` everything found; `report` is the result for people, `facts` the same for programs (what JSON can
    hold, keys in a stable order); `written` the files that were written.
    """

    source: str
    text: str
    findings: tuple[Diagnostic, ...] = ()
    report: str = ""
    facts: Mapping[str, object] = field(default_factory=dict)
    written: tuple[Path, ...] = ()
    closing: str = ""
    """What stands behind the findings, for people."""


@dataclass(frozen=True, slots=True)
class DelimitOptions:
    """What a user may ask of `delimit`.

    `outputs` are the files to write, their format by extension; `crs` a second frame for the coordinates; `epoch` in
    decimal years, as written; `tolerance_m` how far a densified line may lie from the true curve; `cache` whether
    results of earlier runs may be used.
    """

    outputs: tuple[Path, ...] = ()
    crs: str | None = None
    epoch: str | None = None
    tolerance_m: float = DEFAULT_TOLERANCE_M
    cache: bool = True


LEAST_MOVE_M = 0.001
"""What moved less did not move, in metres, unless the user says otherwise."""


@dataclass(frozen=True, slots=True)
class DiffOptions:
    """What a user may ask of `diff`: files to write, their format by extension; how far a leg must have moved in
    metres to have moved at all; whether results of earlier runs may be used."""

    outputs: tuple[Path, ...] = ()
    tolerance_m: float = LEAST_MOVE_M
    cache: bool = True


@dataclass(frozen=True, slots=True)
class Version:
    """One of two descriptions: its name as the user gave it, what stands in it, and what means nothing there."""

    source: str
    text: str
    errors: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """What differs between two descriptions.

    `clauses` what the texts say differently; `shifts` what moved, None where the lines could not be laid on one
    another, and `note` why, or how; `facts` all of it for programs; `written` the files that were written.
    """

    old: Version
    new: Version
    clauses: tuple[ClauseChange, ...]
    shifts: LegShifts | None
    note: str = ""
    facts: Mapping[str, object] = field(default_factory=dict)
    written: tuple[Path, ...] = ()

    @property
    def is_none(self) -> bool:
        """Whether both say the same and draw the same line."""
        shifts = self.shifts
        moved = shifts is not None and any((shifts.legs, shifts.sections, shifts.only_old, shifts.only_new))
        return not self.clauses and not moved


@dataclass(frozen=True, slots=True)
class GalleryRow:
    """One example: its title, its parties, what was computed of it, what its words leave open and by how much."""

    file: str
    title: str
    parties: tuple[str, ...]
    length_m: float
    legs: int
    gaps: int
    open_words: int
    errors: int
    spread: PairSpread | None


@dataclass(frozen=True, slots=True)
class Beside:
    """A leg as Merestone computes it beside GeographicLib's inverse between the same two ends."""

    leg: str
    length_m: float
    azimuth_start_deg: float
    azimuth_end_deg: float
    other_length_m: float
    other_azimuth_start_deg: float
    other_azimuth_end_deg: float


@dataclass(frozen=True, slots=True)
class Misprint:
    """A copy of a description with one digit changed, and what the checker says of it."""

    file: Path
    text: str
    was: str
    became: str
    findings: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True)
class Demonstration:
    """All that the demonstration shows."""

    gallery: tuple[GalleryRow, ...]
    page: Path
    beside: Beside
    misprint: Misprint
    edit: Path
    versions: DemoComparison


class UseCases(Protocol):
    """What `merestone.casefile.use_cases` offers.

    Each takes the path of a description and what to call with news of its progress. Trouble in the text is in the
    outcome's findings; trouble in the world is a `MerestoneError`.
    """

    def delimit(self, path: Path, options: DelimitOptions, progress: Progress) -> Outcome:
        """The boundary line: its summary, and the files asked for."""

    def check(self, path: Path, progress: Progress, *, every: bool = False) -> Outcome:
        """What the words leave open and by how much, and whether what they expect holds."""

    def readings(self, path: Path, progress: Progress) -> Outcome:
        """The table of readings, leg by leg, and of the whole line."""

    def format(self, path: Path) -> Outcome:
        """The description in its canonical form, as the report."""

    def compare(self, paths: tuple[Path, ...], options: CompareOptions, progress: Progress) -> Compared:
        """Where two lines part; the files asked for."""

    def compare_world(self, paths: tuple[Path, ...], options: WorldOptions, progress: Progress) -> WorldCompared:
        """Where two versions of all boundaries part, pair by pair; the files asked for."""

    def compare_many(self, paths: tuple[Path, ...], options: CompareOptions, progress: Progress) -> ComparedMany:
        """Which of three or more lines agree where; the files asked for."""

    def diff(self, old: Path, new: Path, options: DiffOptions, progress: Progress) -> Difference:
        """What differs between two descriptions, clause by clause and leg by leg; the files asked for."""

    def demo(self, examples: Path, out: Path, progress: Progress) -> Demonstration:
        """The gallery of the descriptions in `examples`; the page to open is written under `out`."""
