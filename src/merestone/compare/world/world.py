"""The boundaries of every pair of States in two versions of the world, and what sets each pair apart.

A version is a claim for each pair. Pairs are the same in both where both identities are (`identity`); a pair that only
one version has is listed with its length. Nothing is judged: where a version draws two pairs over the same ground, both
are compared and both are shown.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from merestone.compare.claim import Claim
from merestone.compare.comparison import Balance, Pair, Settings, Spacing, Verdict
from merestone.compare.lines.arrangement import faces
from merestone.compare.lines.matched import Matched, matched, peaks, ready
from merestone.compare.lines.matching import Answer
from merestone.compare.lines.measures import shares, sides_of_all, whole_length
from merestone.compare.lines.orientation import contradictions
from merestone.compare.lines.profile import mean_m, profile
from merestone.compare.lines.significance import Doubt
from merestone.compare.lines.zones import sized
from merestone.compare.states.chord_length import chord_length_m
from merestone.compare.states.shared_edges import Pairing
from merestone.compare.world.every_pair import Boundaries
from merestone.compare.world.shared_ground import shared_ground
from merestone.errors import MerestoneError
from merestone.geodesy.line import Place
from merestone.sources.remark import Remark

ANCHORS = Spacing(500, 200.0, 2_000.0, vertices=False)
STATIONS = Spacing(1_000, 100.0, 1_000.0)
"""Where lines are matched and measured when every pair is compared: sparser than for a single pair, which moves ends and
separations by less than the accuracies of lines of the whole world."""


@dataclass(frozen=True, slots=True)
class Measures:
    """What two versions of one boundary have to do with each other, in metres and m²; pairs are of the first version
    and the second.

    `compared_m` what answers to the other version of `whole_m`; `area_m2` between the lines, in `zones` zones;
    `held_m2` what the first State of the pair holds in the first version alone and in the second alone, None where
    nobody is named; `greatest_m` separation, at `place`, with the nearest place of the other there, `foot`; `mean_m`
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
    """What became of one pair: its lengths and vertices in both versions, and its measures or why it has none."""

    pair: Pairing
    whole_m: Pair
    vertices: tuple[int, int]
    measures: Measures | None
    why_not: str = ""

    @property
    def unmatched_m(self) -> Pair:
        """The lengths that answer to nothing in the other version, in metres."""
        if self.measures is None:
            return self.whole_m
        one, other = (whole - part for whole, part in zip(self.whole_m, self.measures.compared_m, strict=True))
        return max(one, 0.0), max(other, 0.0)


@dataclass(frozen=True, slots=True)
class Alone:
    """A pair that only one version has, with its length in metres."""

    pair: Pairing
    length_m: float


@dataclass(frozen=True, slots=True, eq=False)
class Version:
    """One version of all boundaries: what it is called and where it comes from stands in each claim, and in `like`, a
    claim without strands; how many remarks were made on each pair, and those on all."""

    like: Claim
    claims: Mapping[Pairing, Claim]
    remarked: Mapping[Pairing, int]
    remarks: tuple[Remark, ...]


@dataclass(frozen=True, slots=True, eq=False)
class WorldComparison:
    """Two versions of all boundaries compared: every pair that both have, ranked; those that one alone has."""

    versions: tuple[Version, Version]
    settings: Settings
    outcomes: tuple[PairOutcome, ...]
    alone: tuple[tuple[Alone, ...], tuple[Alone, ...]]
    remarks: tuple[Remark, ...]

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
    return Version(like, claims, found.remarked, (*found.remarks, *ground))


def compared(
    versions: tuple[Version, Version], outcomes: tuple[PairOutcome, ...], settings: Settings
) -> WorldComparison:
    """The comparison of two versions from the outcomes of their common pairs, in whatever order these came."""
    first, second = versions
    return WorldComparison(
        versions,
        settings,
        ranked(outcomes),
        (_alone(first, second), _alone(second, first)),
        (*first.remarks, *second.remarks),
    )


def _alone(has: Version, lacks: Version) -> tuple[Alone, ...]:
    pairs = sorted(set(has.claims) - set(lacks.claims))
    return tuple(
        Alone(pair, sum(chord_length_m(strand.lonlat, has.like.frame.ellipsoid) for strand in has.claims[pair].strands))
        for pair in pairs
    )


def outcome(pair: Pairing, first: Claim, second: Claim, settings: Settings) -> PairOutcome:
    """What sets the two versions of one boundary apart; a pair that cannot be compared says why."""
    vertices = _vertices(first), _vertices(second)
    whole_m = float("nan"), float("nan")
    try:
        tracks = ready(first, second)
        whole_m = whole_length(tracks[0]), whole_length(tracks[1])
        both = matched(
            tracks, Doubt(first.uncertainty, second.uncertainty, replace(settings, anchors=ANCHORS, stations=STATIONS))
        )
    except MerestoneError as error:
        return PairOutcome(pair, whole_m, vertices, None, str(error))
    if not both.answers:
        return PairOutcome(pair, whole_m, vertices, None, "no part of either line answers to a part of the other")
    return PairOutcome(pair, whole_m, vertices, _measures(pair, both, (first.title, second.title)))


def ranked(outcomes: tuple[PairOutcome, ...]) -> tuple[PairOutcome, ...]:
    """The outcomes by area of difference, the largest first, then by names; those without measures last."""
    return tuple(sorted(outcomes, key=lambda each: (-each.measures.area_m2 if each.measures else 1.0, each.pair)))


def _vertices(claim: Claim) -> int:
    return sum(len(strand.lonlat) for strand in claim.strands)


def _measures(pair: Pairing, both: Matched, titles: tuple[str, str]) -> Measures:
    settings = both.doubt.settings
    profiles = tuple((profile(ground, 0, both.doubt), profile(ground, 1, both.doubt)) for ground in both.grounds)
    tops = tuple(peaks(ground, each, settings) for ground, each in zip(both.grounds, profiles, strict=True))
    balance, zones = _areas(both)
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
