"""What a comparison of two lines gives: values only, symmetric in the two lines.

Common orientation: both lines are run the same way, and `left` and `right` are the two sides of that. Chainages are
metres from the start of a strand, in its direction after it was brought into the common orientation. Where a value
stands for both lines it is a pair, that of the first line before that of the second; swapping the lines swaps every
pair and changes nothing else but signs of separations.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from merestone.compare.claim import Claim, Origin
from merestone.compare.territory import TerritoryBalance
from merestone.geodesy.line import Floats, Place
from merestone.sources.remark import Remark

Pair = tuple[float, float]
"""A figure of the first line, then of the second."""


class Verdict(StrEnum):
    """What the stated uncertainty allows to say of a separation."""

    DIFFERENT = "different"
    UNDECIDABLE = "undecidable"
    WITHIN_ERROR = "within error"


class Side(StrEnum):
    """The two sides of the common orientation."""

    LEFT = "left"
    RIGHT = "right"


class Since(StrEnum):
    """Whether a zone was a zone of an earlier comparison too."""

    KEPT = "kept"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Spacing:
    """How densely places are taken along a strand: about `most` of them, from `closest_m` to `furthest_m` apart, and
    its own vertices too where `vertices` says so."""

    most: int = 5_000
    closest_m: float = 5.0
    furthest_m: float = 500.0
    vertices: bool = True

    def of(self, length_m: float) -> float:
        """The spacing in metres along a strand."""
        return min(max(length_m / self.most, self.closest_m), self.furthest_m)


@dataclass(frozen=True, slots=True)
class Settings:
    """What a user may set.

    `tolerance_m`: separations above it are listed as stretches that part; `error_m`: how exactly separations are
    computed; `different_above`, `within_error_below`: the probabilities at which a difference is called real, or
    lost in the error; `reach_m`: further apart than this two lines do not answer to one another; `anchors` and
    `stations`: where lines are matched, and where they are measured.
    """

    tolerance_m: float = 10.0
    error_m: float = 0.01
    different_above: float = 0.95
    within_error_below: float = 0.68
    reach_m: float = 25_000.0
    anchors: Spacing = Spacing()
    stations: Spacing = Spacing()


@dataclass(frozen=True, slots=True, eq=False)
class Profile:
    """How far the other line is, all along one line of a stretch.

    `along_m` (n,) chainages; `lonlat` (n, 2) the places there; `foot` (n, 2) the nearest places of the other line and
    `foot_along_m` (n,) their chainages; `separation_m` (n,) geodesic distances, positive where the other line lies to
    the left of the common orientation; `sigma_m` (n,) the standard deviation of the separation; `probability` (n,)
    that the two are apart at all, given the stated uncertainty (1 where none is stated).
    """

    along_m: Floats
    lonlat: Floats
    foot: Floats
    foot_along_m: Floats
    separation_m: Floats
    sigma_m: Floats
    probability: Floats


@dataclass(frozen=True, slots=True)
class Reach:
    """A part of one strand between two chainages in metres: the strand's name, from, to."""

    strand: str
    from_m: float
    to_m: float

    @property
    def length_m(self) -> float:
        """Its length in metres."""
        return self.to_m - self.from_m


@dataclass(frozen=True, slots=True, eq=False)
class Stretch:
    """A part of the first line and the part of the second that answers to it.

    `reaches`: where on each line; `knots_m` (k, 2): matching chainages on both, never decreasing, linear in between;
    `profiles`: from the first line to the second, and back; `frechet_m` the Fréchet distance as (at least, at most);
    `ring` whether both are closed.
    """

    reaches: tuple[Reach, Reach]
    knots_m: Floats
    profiles: tuple[Profile, Profile]
    frechet_m: Pair
    ring: bool


@dataclass(frozen=True, slots=True)
class Unmatched:
    """A part of one line that nothing on the other answers to, and why: `beyond the end`, `no counterpart`,
    `ring without counterpart`."""

    of_second: bool
    reach: Reach
    why: str
    place: Place


@dataclass(frozen=True, slots=True)
class Statistics:
    """Separations of one line from the other, weighted by length, in metres; `place` where the greatest occurs and
    `foot` the nearest place there on the other line, `along_m` its chainage, `strand` on which strand."""

    mean_m: float
    median_m: float
    p95_m: float
    greatest_m: float
    place: Place
    foot: Place
    strand: str
    along_m: float


@dataclass(frozen=True, slots=True)
class AtResolution:
    """The lengths of both lines as walked with dividers of one opening (L. F. Richardson, 1961), in metres."""

    opening_m: float
    lengths_m: Pair


@dataclass(frozen=True, slots=True)
class Parting:
    """A stretch along which the lines are further apart than the tolerance: where on each line, the greatest
    separation and its place, the side on which the second line lies."""

    stretch: int
    reaches: tuple[Reach, Reach]
    greatest_m: float
    place: Place
    side: Side


@dataclass(frozen=True, slots=True, eq=False)
class Zone:
    """A closed area between the two lines.

    `number` counts along the common orientation from 1. The zone lies on side `in_first` of the first line and on the
    other side of the second: `held_in_first`, `held_in_second` name who has it in either version, None where nobody
    is named. `polygons`: each an outline and its holes, closed rings (n, 2), outlines counter-clockwise. `area_m2` on
    the ellipsoid with `area_sigma_m2`; `lengths_m` of its edge on either line; `greatest_width_m`, `mean_width_m`;
    `reaches` where it lies on either line (None where one has no part in it); `place` inside it; `neighbours` the
    numbers of the zones that touch it; `probability` that the land changes sides at all, and the verdict. Where an
    earlier comparison was given, `since` says whether it had the zone, which then keeps its number, and
    `area_before_m2` how large it was there.
    """

    number: int
    stretch: int | None
    in_first: Side
    held_in_first: str | None
    held_in_second: str | None
    polygons: tuple[tuple[Floats, ...], ...]
    area_m2: float
    area_sigma_m2: float
    lengths_m: Pair
    greatest_width_m: float
    mean_width_m: float
    reaches: tuple[Reach | None, Reach | None]
    place: Place
    neighbours: tuple[int, ...]
    probability: float
    verdict: Verdict
    since: Since | None = None
    area_before_m2: float | None = None

    @property
    def name(self) -> str:
        """How the zone is called: Z and its number."""
        return f"Z{self.number}"


@dataclass(frozen=True, slots=True, eq=False)
class FormerZone:
    """A zone of an earlier comparison: its number, outlines as those of a zone, area in m², and whether it was gone
    already then (its number is remembered, so that no other zone is given it)."""

    number: int
    polygons: tuple[tuple[Floats, ...], ...]
    area_m2: float
    gone_before: bool = False

    @property
    def name(self) -> str:
        """How it was called: Z and its number."""
        return f"Z{self.number}"


@dataclass(frozen=True, slots=True, eq=False)
class Earlier:
    """The zones of an earlier comparison of these lines: the file they were read from, how its two lines were called,
    its zones, those that it knew as gone among them."""

    origin: Origin
    lines: tuple[str, str]
    zones: tuple[FormerZone, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Identity:
    """What became of the zones of an earlier comparison: those that are none now are `gone`."""

    origin: Origin
    lines: tuple[str, str]
    gone: tuple[FormerZone, ...]


@dataclass(frozen=True, slots=True)
class Balance:
    """Areas in m² between the lines: left of the first and right of the second, right of the first and left of the
    second; and the crumbs too small for a zone of their own (counted in both sums), with how many there are."""

    left_in_first_m2: float
    right_in_first_m2: float
    crumbs_m2: float
    crumbs: int


@dataclass(frozen=True, slots=True)
class Share:
    """How much of the compared length of each line falls under one verdict, in metres."""

    verdict: Verdict
    lengths_m: Pair


@dataclass(frozen=True, slots=True, eq=False)
class Comparison:
    """Two lines compared.

    `sides`: who lies to the left and to the right of the common orientation, None where nobody is named. `lengths_m`
    of the compared stretches, `whole_lengths_m` of all that the two lines hold. `hausdorff_m` (two-sided) of the
    compared stretches, `frechet_m` as (at least, at most), the greatest of all stretches. `identity` where the zones
    keep the numbers of an earlier comparison; `territory` the land that passes between the States, where both versions
    are polygons: the zones are then pieces of that land.
    """

    first: Claim
    second: Claim
    settings: Settings
    sides: tuple[str | None, str | None]
    stretches: tuple[Stretch, ...]
    unmatched: tuple[Unmatched, ...]
    statistics: tuple[Statistics, Statistics] | None
    hausdorff_m: float
    frechet_m: Pair
    lengths_m: Pair
    whole_lengths_m: Pair
    resolutions: tuple[AtResolution, ...]
    partings: tuple[Parting, ...]
    zones: tuple[Zone, ...]
    balance: Balance
    shares: tuple[Share, ...]
    remarks: tuple[Remark, ...] = field(default=())
    identity: Identity | None = None
    territory: TerritoryBalance | None = None
