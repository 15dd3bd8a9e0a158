"""The boundaries of every pair of States in two versions of the world, and what sets each pair apart.

A version is a claim for each pair, and the land of each State where it holds polygons. Pairs are the same in both where
both identities are (`identity`); a pair that only one version has is listed with its length. Where both versions hold
polygons, the land that passes comes from them (`passing`), with and without a common line. Nothing is judged: where a version draws two pairs over the same ground, both
are compared and both are shown.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from merestone.compare.claim import Claim
from merestone.compare.comparison import Balance, Pair, Settings, Spacing, Verdict
from merestone.compare.lines.arrangement import faces
from merestone.compare.lines.land_zones import LEAST_M2, land_faces
from merestone.compare.lines.matched import Matched, matched, peaks, ready
from merestone.compare.lines.matching import Answer
from merestone.compare.lines.measures import shares, sides_of_all, whole_length
from merestone.compare.lines.orientation import contradictions
from merestone.compare.lines.profile import mean_m, profile
from merestone.compare.lines.significance import Doubt
from merestone.compare.lines.zones import NOTHING, sized
from merestone.compare.states.chord_length import chord_length_m
from merestone.compare.states.in_frame import in_frame
from merestone.compare.states.shared_edges import Pairing
from merestone.compare.states.state import State
from merestone.compare.states.state_polygons import Shapes
from merestone.compare.states.territories import Territories, parts_of, territory_balance
from merestone.compare.territory import TerritoryBalance
from merestone.compare.world.every_pair import Boundaries
from merestone.compare.world.passing import Passing, on_lines, passing
from merestone.compare.world.shared_ground import shared_ground
from merestone.errors import MerestoneError
from merestone.geodesy.ellipsoid import Ellipsoid
from merestone.geodesy.line import Place
from merestone.geodesy.operation import Operation
from merestone.sources.remark import Remark

ANCHORS = Spacing(500, 200.0, 2_000.0, vertices=False)
STATIONS = Spacing(1_000, 100.0, 1_000.0)
"""Where lines are matched and measured when every pair is compared: sparser than for a single pair, which moves ends and
separations by less than the accuracies of lines of the whole world."""


@dataclass(frozen=True, slots=True)
class Measures:
    """What two versions of one boundary have to do with each other, in metres and m²; pairs are of the first version
    and the second.

    `compared_m` what answers to the other version of `whole_m`; `area_m2` between the versions, in `zones` zones: the
    land that passes where polygons say it, else what the lines enclose; `held_m2` what the first State of the pair holds
    in the first version alone and in the second alone, None where nobody is named; `greatest_m` separation, at `place`, with the nearest place of the other there, `foot`; `mean_m`
    separation from the other version; `different_m`, `undecidable_m`, `within_error_m`: lengths by what the stated
    accuracies allow to say; `unmatched` how many parts answer to nothing; `remarks` how many there are on the comparison.
    """

    compared_m: Pair
    area_m2: float
    held_m2: Pair | None
    zones: int
    greatest_m: float
    place: Place
    foot: Place
    mean_m: Pair
    different_m: Pair
    undecidable_m: Pair
    within_error_m: Pair
    unmatched: int
    remarks: int


@dataclass(frozen=True, slots=True)
class PairOutcome:
    """What became of one pair: its lengths and vertices in both versions, and its measures or why it has none; what
    passes between its States, from polygons, or, where there is no such balance, why not."""

    pair: Pairing
    whole_m: Pair
    vertices: tuple[int, int]
    measures: Measures | None
    why_not: str = ""
    passing: Passing | None = None
    no_balance: str = ""

    @property
    def area_m2(self) -> float | None:
        """The area between the versions in m²: what passes by the polygons, else what the lines enclose, None where
        neither is known."""
        if self.passing is not None:
            return sum(self.passing.passes_m2)
        return None if self.measures is None else self.measures.area_m2

    @property
    def unmatched_m(self) -> Pair:
        """The lengths that answer to nothing in the other version, in metres."""
        if self.measures is None:
            return self.whole_m
        one, other = (whole - part for whole, part in zip(self.whole_m, self.measures.compared_m, strict=True))
        return max(one, 0.0), max(other, 0.0)


@dataclass(frozen=True, slots=True)
class Alone:
    """A pair that only one version has, or neither, with its length in metres; what passes between its States, from
    polygons, or why that is not known."""

    pair: Pairing
    length_m: float
    passing: Passing | None = None
    no_balance: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Version:
    """One version of all boundaries: what it is called and where it comes from stands in each claim, and in `like`, a
    claim without strands; how many remarks were made on each pair, and those on all.

    Where it holds polygons: its `states` as they were read, and the `lands` of each in the frame of `like`; where the
    frame of a pair's claim was reached by an operation, its lands by that (`of_pairs`), or why there are none
    (`without_land`).
    """

    like: Claim
    claims: Mapping[Pairing, Claim]
    remarked: Mapping[Pairing, int]
    remarks: tuple[Remark, ...]
    states: Mapping[str, State] = field(default_factory=dict)
    lands: Mapping[str, Shapes] = field(default_factory=dict)
    of_pairs: Mapping[Pairing, tuple[Shapes, Shapes]] = field(default_factory=dict)
    without_land: Mapping[Pairing, str] = field(default_factory=dict)

    def land_of(self, pair: Pairing) -> tuple[Shapes, Shapes] | str:
        """The land of both States of a pair, or why it is not known."""
        if pair in self.of_pairs:
            return self.of_pairs[pair]
        missing = [name for name in pair if name not in self.lands]
        if not self.lands:
            return f"{self.like.title} holds lines and not polygons of States"
        if pair in self.without_land:
            return self.without_land[pair]
        if missing:
            return f"{self.like.title} does not hold polygons of {' and '.join(missing)}"
        return self.lands[pair[0]], self.lands[pair[1]]


@dataclass(frozen=True, slots=True, eq=False)
class WorldComparison:
    """Two versions of all boundaries compared: every pair that both have, ranked; those that one alone has; and those
    that neither has a line for and between which land passes (`unlined`).

    `differing`: where lines and polygons give different areas (D315), the largest difference first."""

    versions: tuple[Version, Version]
    settings: Settings
    outcomes: tuple[PairOutcome, ...]
    alone: tuple[tuple[Alone, ...], tuple[Alone, ...]]
    remarks: tuple[Remark, ...]
    unlined: tuple[Alone, ...] = ()
    differing: tuple[Remark, ...] = ()

    @property
    def first(self) -> Claim:
        """What the first version is, without its strands."""
        return self.versions[0].like

    @property
    def second(self) -> Claim:
        """What the second version is, without its strands."""
        return self.versions[1].like


def version(like: Claim, found: Boundaries) -> Version:
    """The version of the boundaries of one layer; `like` says what each claim is."""
    claims = {pair: replace(like, strands=strands) for pair, strands in found.strands.items()}
    ground = shared_ground(found.strands, like.frame.ellipsoid, like.title)
    return Version(
        like, claims, found.remarked, (*found.remarks, *ground), found.states, lands_of(found.states, like)
    )  # fmt: skip


def lands_of(states: Mapping[str, State], like: Claim, operation: Operation | None = None) -> dict[str, Shapes]:
    """The land of each State in the frame of a claim, reached by an operation where there is one."""
    ellipsoid = like.frame.ellipsoid
    return {
        name: parts_of(in_frame(each, operation, like.edges, ellipsoid), ellipsoid) for name, each in states.items()
    }


def compared(
    versions: tuple[Version, Version], outcomes: tuple[PairOutcome, ...], settings: Settings
) -> WorldComparison:
    """The comparison of two versions from the outcomes of their pairs, in whatever order these came; an outcome of a pair
    that not both have speaks of its land alone."""
    first, second = versions
    by_pair = {each.pair: each for each in outcomes}
    both = tuple(each for each in outcomes if each.pair in first.claims and each.pair in second.claims)
    titles = first.like.title, second.like.title
    differing = [
        remark
        for each in sorted(outcomes, key=lambda each: each.pair)
        if each.passing is not None
        for remark in on_lines(each.pair, each.passing, sum(each.whole_m), titles)
    ]
    return WorldComparison(
        versions,
        settings,
        ranked(both),
        (_alone(first, second, by_pair), _alone(second, first, by_pair)),
        (*first.remarks, *second.remarks),
        _unlined(versions, outcomes),
        tuple(sorted(differing, key=lambda remark: -(remark.size or 0.0))),
    )


def _alone(has: Version, lacks: Version, found: Mapping[Pairing, PairOutcome]) -> tuple[Alone, ...]:
    pairs = sorted(set(has.claims) - set(lacks.claims))
    return tuple(_with_land(pair, length_m(has.claims[pair]), found.get(pair)) for pair in pairs)


def _unlined(versions: tuple[Version, Version], outcomes: tuple[PairOutcome, ...]) -> tuple[Alone, ...]:
    """The pairs without a line in either version between which land passes, in alphabetical order."""
    lined = {*versions[0].claims, *versions[1].claims}
    others = sorted((each for each in outcomes if each.pair not in lined), key=lambda each: each.pair)
    return tuple(_with_land(each.pair, 0.0, each) for each in others if (each.area_m2 or 0.0) >= LEAST_M2)


def _with_land(pair: Pairing, whole_m: float, found: PairOutcome | None) -> Alone:
    return Alone(pair, whole_m) if found is None else Alone(pair, whole_m, found.passing, found.no_balance)


def length_m(claim: Claim) -> float:
    """The length of a claim's lines in metres."""
    return sum(chord_length_m(strand.lonlat, claim.frame.ellipsoid) for strand in claim.strands)


def outcome(
    pair: Pairing,
    first: Claim,
    second: Claim,
    settings: Settings,
    land: Territories | None = None,
    no_balance: str = "",
) -> PairOutcome:
    """What sets the two versions of one boundary apart; a pair that cannot be compared says why. `land` is that of both
    States in both versions; without it, `no_balance` says why there is none."""
    balance = None if land is None else territory_balance(land)
    ellipsoid = first.frame.ellipsoid
    vertices = _vertices(first), _vertices(second)
    whole_m = float("nan"), float("nan")
    made = PairOutcome(pair, whole_m, vertices, None, "", _passing(balance, None, ellipsoid), no_balance)
    try:
        tracks = ready(first, second)
        made = replace(made, whole_m=(whole_length(tracks[0]), whole_length(tracks[1])))
        doubt = Doubt(first.uncertainty, second.uncertainty, replace(settings, anchors=ANCHORS, stations=STATIONS))
        both = matched(tracks, doubt, sides_known=balance is not None)
    except MerestoneError as error:
        return replace(made, why_not=str(error))
    if not both.answers:
        why_not = "no part of one line corresponds to a part of the other"
        return replace(made, why_not=why_not, passing=_passing(balance, NOTHING, ellipsoid))
    by_lines, zones = _areas(both)
    measures = _measures(pair, both, (first.title, second.title), by_lines, zones)
    if balance is None:
        return replace(made, measures=measures)
    held_m2 = balance.passes_m2
    measures = replace(measures, area_m2=sum(held_m2), held_m2=held_m2, zones=_pieces(both, balance))
    return replace(made, measures=measures, passing=_passing(balance, by_lines, ellipsoid))


def outcome_of_land(
    pair: Pairing, whole_m: Pair, vertices: tuple[int, int], land: Territories | None, no_balance: str
) -> PairOutcome:
    """What passes between two States for which not both versions have a line: the lines enclose nothing."""
    balance = None if land is None else territory_balance(land)
    found = None if land is None else _passing(balance, NOTHING, land.ellipsoid)
    return PairOutcome(pair, whole_m, vertices, None, "", found, no_balance)


def _passing(balance: TerritoryBalance | None, by_lines: Balance | None, ellipsoid: Ellipsoid) -> Passing | None:
    if balance is None:
        return None
    lines_m2 = None if by_lines is None else (by_lines.left_in_first_m2, by_lines.right_in_first_m2)
    return passing(balance, lines_m2, ellipsoid)


def _pieces(both: Matched, balance: TerritoryBalance) -> int:
    """Into how many zones the land falls that passes."""
    land = land_faces(balance, both.lines)
    if not len(land.place):
        return 0
    return int(np.count_nonzero(sized(both.lines.ellipsoid, land, both.doubt.settings.error_m).large))


def ranked(outcomes: tuple[PairOutcome, ...]) -> tuple[PairOutcome, ...]:
    """The outcomes by area of difference, the largest first, then by names; those without one last."""
    return tuple(sorted(outcomes, key=lambda each: (1.0 if each.area_m2 is None else -each.area_m2, each.pair)))


def _vertices(claim: Claim) -> int:
    return sum(len(strand.lonlat) for strand in claim.strands)


def _measures(pair: Pairing, both: Matched, titles: tuple[str, str], balance: Balance, zones: int) -> Measures:
    settings = both.doubt.settings
    profiles = tuple((profile(ground, 0, both.doubt), profile(ground, 1, both.doubt)) for ground in both.grounds)
    tops = tuple(peaks(ground, each, settings) for ground, each in zip(both.grounds, profiles, strict=True))
    top = max((each for tops_ in tops for each in tops_), key=lambda each: round(each.apart_m, 6))
    by_verdict = {share.verdict: share.lengths_m for share in shares(profiles, both.doubt)}
    return Measures(
        _compared_m(both.answers),
        balance.left_in_first_m2 + balance.right_in_first_m2,
        _held_m2(pair, both, balance),
        zones,
        top.apart_m,
        top.place,
        top.foot,
        (mean_m(tuple(each[0] for each in profiles)), mean_m(tuple(each[1] for each in profiles))),
        by_verdict[Verdict.DIFFERENT],
        by_verdict[Verdict.UNDECIDABLE],
        by_verdict[Verdict.WITHIN_ERROR],
        len(both.unmatched),
        sum(len(contradictions(answer, titles)) for answer in both.answers),
    )


def _areas(both: Matched) -> tuple[Balance, int]:
    """The areas between the lines by side, and into how many zones they fall."""
    lines = both.lines
    found = faces(lines)
    if not len(found.place):
        return Balance(0.0, 0.0, 0.0, 0), 0
    sizes = sized(lines.ellipsoid, found, both.doubt.settings.error_m)
    return sizes.balance(found.left_of_first), int(np.count_nonzero(sizes.large))


def _compared_m(answers: tuple[Answer, ...]) -> Pair:
    one, other = (sum(answer.to_m[line] - answer.from_m[line] for answer in answers) for line in (0, 1))
    return one, other


def _held_m2(pair: Pairing, both: Matched, balance: Balance) -> Pair | None:
    """What the first State of a pair has in one version alone; it lies to the left of the common orientation."""
    return (balance.left_in_first_m2, balance.right_in_first_m2) if sides_of_all(both.answers) == pair else None
