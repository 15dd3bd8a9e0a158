"""Which zone of one comparison is which of another."""

from __future__ import annotations

import numpy as np

from fakes.claims import claim, nudged, wandering
from merestone.compare.comparison import Settings, Zone
from merestone.compare.lines.compare import compare
from merestone.compare.lines.zone_identity import same_zones
from merestone.geodesy.line import Floats

LINE = wandering(2, 80)
OTHER = nudged(LINE, 3, 2e-3)


def zones(first: Floats, second: Floats) -> tuple[Zone, ...]:
    return compare(claim(first), claim(second), Settings()).zones


def test_zones_keep_their_identity_when_the_lines_move_a_little() -> None:
    """Every zone that is not small finds itself again, whatever its number is now."""
    before, after = zones(LINE, OTHER), zones(LINE, OTHER + np.array([0.0, 1e-6]))
    known = dict(same_zones(before, after))
    for zone in before:
        if zone.area_m2 > 1_000.0:
            again = next(each for each in after if each.number == known[zone.number])
            assert abs(again.area_m2 - zone.area_m2) < 0.05 * zone.area_m2
            assert again.in_first is zone.in_first


def test_a_zone_that_is_gone_has_no_successor() -> None:
    """Where the lines now agree, the zones before have nothing to be."""
    half = OTHER.copy()
    half[:40] = LINE[:40]
    before, after = zones(LINE, OTHER), zones(LINE, half)
    known = same_zones(before, after)
    assert 0 < len(known) <= len(after) < len(before)
    assert all(before[one - 1].place[0] > LINE[35, 0] for one, _ in known)


def test_exchanging_the_comparisons_exchanges_the_numbers() -> None:
    """Identity does not depend on which run comes first, nor on which line is named first."""
    before, after = zones(LINE, OTHER), zones(LINE, nudged(LINE, 4, 2e-3))
    there = set(same_zones(before, after))
    assert there == {(one, other) for other, one in same_zones(after, before)}
    assert there == set(same_zones(zones(OTHER, LINE), after))


def test_nothing_answers_to_nothing() -> None:
    """Without zones there is no identity to keep."""
    assert same_zones((), zones(LINE, OTHER)) == ()
