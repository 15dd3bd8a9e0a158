"""What a comparison of many lines gives: values only. The order of the inputs numbers the lines and does nothing else.

A line is named by its index in the order of the inputs. Chainages are metres along a strand of the reference, in the
direction of its own vertices.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from merestone.compare.claim import Claim
from merestone.compare.comparison import Pair, Reach, Settings
from merestone.geodesy.line import Place
from merestone.sources.remark import Remark

Group = tuple[int, ...]
"""Lines that run together somewhere, in the order of the inputs."""


@dataclass(frozen=True, slots=True)
class PairFigures:
    """The figures of a comparison of two of the lines, as `compare` gives them.

    `lines` the two, in the order of the inputs; `hausdorff_m` the greatest separation, not a number where nothing
    answers; `means_m` seen from either line, None likewise; `left_in_first_m2`, `right_in_first_m2` the land between by
    side; `lengths_m` of what answers, of `whole_lengths_m`; `partings` how many stretches are further apart than the
    tolerance, `unmatched` how many parts have no counterpart; `sides` who lies to the left and to the right of both.
    """

    lines: tuple[int, int]
    hausdorff_m: float
    means_m: Pair | None
    left_in_first_m2: float
    right_in_first_m2: float
    lengths_m: Pair
    whole_lengths_m: Pair
    partings: int
    unmatched: int
    sides: tuple[str | None, str | None] = (None, None)

    @property
    def between_m2(self) -> float:
        """The land between the two lines on both sides together, in m²."""
        return self.left_in_first_m2 + self.right_in_first_m2

    @property
    def mean_m(self) -> float | None:
        """The mean of the mean separations both ways, in metres."""
        return None if self.means_m is None else (self.means_m[0] + self.means_m[1]) / 2.0

    @property
    def as_one(self) -> bool:
        """Whether the two lines are within the tolerance of each other all along."""
        return self.means_m is not None and not self.partings and not self.unmatched


@dataclass(frozen=True, slots=True)
class Standing:
    """How a line stands to all the others: the sum of its mean separations from them in metres, the mean share of
    their lengths that answers to it (0 to 1), and whether it may be the reference."""

    sum_m: float
    answered: float
    may_be: bool


@dataclass(frozen=True, slots=True)
class Reference:
    """The line along which the others are looked at, and how every line stands."""

    line: int
    standings: tuple[Standing, ...]


@dataclass(frozen=True, slots=True)
class Run:
    """A part of the reference along which the same lines run together.

    `reach` where; `groups` the largest first, then in the order of the inputs, a line alone being a group of one;
    `absent` the lines that nothing answers on; `apart_m` the greatest distance in metres between two lines of the
    largest group (of equally large ones, of any), 0 where all are alone; `place` of the reference in the middle.
    """

    reach: Reach
    groups: tuple[Group, ...]
    absent: Group
    apart_m: float
    place: Place

    @property
    def with_most(self) -> frozenset[int]:
        """The lines of the largest group; of all that are equally large; none where all are alone."""
        most = len(self.groups[0])
        return frozenset(line for group in self.groups if len(group) == most > 1 for line in group)


@dataclass(frozen=True, slots=True)
class Share:
    """Along how much of the reference, in metres, a line runs with the largest group (of equally large ones, in any),
    with a smaller one, alone, or is absent; and how much of the line itself answers to nothing of the reference."""

    with_most_m: float
    with_fewer_m: float
    alone_m: float
    absent_m: float
    beside_m: float


@dataclass(frozen=True, slots=True, eq=False)
class Agreement:
    """Many lines compared: the figures of every pair, the reference, who runs with whom along it, and each line's share.

    `merged` is how many parts shorter than the tolerance were taken together with a neighbour, `merged_m` how long they
    were together.
    """

    claims: tuple[Claim, ...]
    settings: Settings
    pairs: tuple[PairFigures, ...]
    reference: Reference
    runs: tuple[Run, ...]
    shares: tuple[Share, ...]
    merged: int
    merged_m: float
    remarks: tuple[Remark, ...] = field(default=())

    @property
    def as_one(self) -> bool:
        """Whether every pair of lines is within the tolerance all along."""
        return all(pair.as_one for pair in self.pairs)

    @property
    def sides(self) -> tuple[str | None, str | None]:
        """Who lies to the left and to the right in every pair, None where the pairs do not say the same."""
        found = {pair.sides for pair in self.pairs}
        return found.pop() if len(found) == 1 else (None, None)

    @property
    def length_m(self) -> float:
        """The length of the reference in metres."""
        return sum(run.reach.length_m for run in self.runs)

    @property
    def together_m(self) -> float:
        """Along how much of the reference, in metres, all lines run together."""
        return sum(run.reach.length_m for run in self.runs if len(run.groups[0]) == len(self.claims))

    @property
    def parts_somewhere(self) -> bool:
        """Whether there is a run along which not all lines run together."""
        return any(len(run.groups[0]) < len(self.claims) for run in self.runs)
