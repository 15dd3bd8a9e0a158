"""What is known of the common boundary of two States: values only.

The pair stands in alphabetical order of the identities, and the first lies to the left of every strand, whichever way
round it was asked for.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from merestone.compare.claim import Strand
from merestone.compare.states.shared_edges import Pairing
from merestone.geodesy.line import Floats, Place
from merestone.sources.remark import Remark


class Meeting(StrEnum):
    """What an end of a strand is: where a third State's land meets, or merely where the common line ends."""

    TRIPOINT = "tripoint"
    END = "end"


@dataclass(frozen=True, slots=True)
class End:
    """An end of a strand: which strand, whether its start, where, what it is, and the third States that meet there."""

    strand: str
    at_start: bool
    place: Place
    meeting: Meeting
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Detached:
    """Land of one State enclosed by the other: the strand round it, whose it is, within whom, its area in m².

    `whole` where it is the greater part of that State, as Lesotho is; `drawn_by` whose outlines show it.
    """

    strand: str
    of: str
    within: str
    area_m2: float
    whole: bool
    drawn_by: tuple[str, ...]


class PatchKind(StrEnum):
    """Land that both outlines take in, or that neither does."""

    OVERLAP = "overlap"
    GAP = "gap"


@dataclass(frozen=True, slots=True, eq=False)
class Patch:
    """Land of both States or of neither: a place inside it, its area in m², its outline and holes, rings (n, 2)."""

    kind: PatchKind
    place: Place
    area_m2: float
    outline: tuple[Floats, ...]


@dataclass(frozen=True, slots=True, eq=False)
class CommonBoundary:
    """The common boundary of two States.

    `strands`: the line, that midway between the outlines where these do not share vertices (`matched` false);
    `as_drawn`: the line as the first's outline has it and as the second's has it, the same where they are matched.
    `touching`: single places where the outlines meet without a common line.
    """

    pair: Pairing
    matched: bool
    strands: tuple[Strand, ...]
    as_drawn: tuple[tuple[Strand, ...], tuple[Strand, ...]]
    ends: tuple[End, ...] = ()
    detached: tuple[Detached, ...] = ()
    patches: tuple[Patch, ...] = ()
    touching: tuple[Place, ...] = ()
    remarks: tuple[Remark, ...] = ()
