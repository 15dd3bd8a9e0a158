"""What the sections of one act give and take together: an exchange of land, party by party."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from merestone.compare.texts.leg_shifts import Land, LegShifts, Shift, land_by_party
from merestone.delimit.check.sides_between_neighbours import NO_PARTY


@dataclass(frozen=True, slots=True)
class Exchange:
    """Land between two parties, in m², by name: what the first gains of the second, and the second of the first."""

    first: str
    second: str
    to_first_m2: float
    to_second_m2: float

    @property
    def net_to_first_m2(self) -> float:
        """What the first gains on balance; below zero, what it gives."""
        return self.to_first_m2 - self.to_second_m2


@dataclass(frozen=True, slots=True)
class LandBalance:
    """The exchanges between any two parties, and the land in m² that is no exchange: a side of it is not said, or no party's."""

    exchanges: tuple[Exchange, ...]
    other_m2: float


def land_balance(sections: Iterable[LegShifts]) -> LandBalance:
    """All land that changes sides in several pairs of lines, summed by party. A section that was laid against its older
    version as a whole counts as a whole, any other one by its legs."""
    land = [each for shifts in sections for shift in _shifts(shifts) for each in shift.land]
    held = land_by_party([each for each in land if _is_of_parties(each)])
    other_m2 = sum(each.area_m2 for each in land if not _is_of_parties(each))
    pairs = sorted({(min(pair), max(pair)) for pair in _named(held)})
    return LandBalance(
        tuple(
            Exchange(first, second, held.get((second, first), 0.0), held.get((first, second), 0.0))
            for first, second in pairs
        ),
        other_m2,
    )


def _shifts(shifts: LegShifts) -> Iterator[Shift]:
    whole = {section.new for section in shifts.sections}
    yield from (section.shift for section in shifts.sections)
    yield from (leg.shift for leg in shifts.legs if leg.new[0] not in whole and leg.shift is not None)


def _is_of_parties(land: Land) -> bool:
    return land.held_in_old not in NO_PARTY and land.held_in_new not in NO_PARTY


def _named(held: Iterable[tuple[str | None, str | None]]) -> Iterator[tuple[str, str]]:
    for before, after in held:
        if before is not None and after is not None and before != after:
            yield before, after
