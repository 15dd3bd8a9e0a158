"""The territory balance against the cells that States are made of: exclaves, islands, lakes, corner contacts, tripoints.

What passes is known cell by cell from geographiclib (`fakes/cells.py`); balance, zones and holders must say the same, and
what the lines alone enclose must be that or a finding. `make soak` tries many more.
"""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from fakes.cells import NAMES, A, B, Grid, grid
from fakes.claims import WGS84_FRAME
from merestone.compare.claim import Claim
from merestone.compare.comparison import Comparison, Settings
from merestone.compare.lines.compare import compare
from merestone.compare.states.common_boundary import common_boundary
from merestone.compare.states.pair_of_states import CommonBoundary
from merestone.compare.states.territories import territories, territory_balance
from merestone.compare.territory import TerritoryBalance

EXAMPLES = settings().max_examples // 5
"""A grid takes a third of a second; `make soak` tries many more."""

RELATIVE, LEAST_M2 = 1e-6, 1.0


def alike(one_m2: float, other_m2: float) -> bool:
    """Whether two areas are one but for rounding and for following edges in steps."""
    return abs(one_m2 - other_m2) <= max(RELATIVE * max(one_m2, other_m2), LEAST_M2)


def boundary(made: Grid, *, second: bool) -> CommonBoundary:
    """The common boundary of A and B in a version."""
    states = {each.identity: each for each in made.states(second=second)}
    others = [each for name, each in states.items() if name not in (NAMES[A], NAMES[B])]
    return common_boundary(states[NAMES[A]], states[NAMES[B]], others=others)


def balance(made: Grid) -> TerritoryBalance:
    """What passes between A and B."""
    first, second = (
        tuple(each for each in made.states(second=second) if each.identity in (NAMES[A], NAMES[B]))
        for second in (False, True)
    )
    return territory_balance(territories(first, second))


def both_held(made: Grid) -> bool:
    """Whether A and B have land in both versions."""
    return all((version == who).any() for version in (made.first, made.second) for who in (A, B))


@settings(max_examples=EXAMPLES)
@given(st.integers(0, 2**32 - 1))
def test_what_passes_is_the_sum_of_the_cells_that_change_hands(seed: int) -> None:
    """Balance and zones are the cells; a State is told apart by shared edges alone; other areas of the lines are a finding."""
    made = grid(seed)
    if not both_held(made):
        return
    found = balance(made)
    for area_m2, givers in zip(found.areas_m2, ((A, B), (B, A)), strict=True):
        assert alike(area_m2, made.passes_m2(*givers))
    lines = [boundary(made, second=second) for second in (False, True)]
    assert not any(remark.code in {"D204", "D209"} for line in lines for remark in line.remarks)
    claims = [Claim(f"version {number}", line.strands, WGS84_FRAME) for number, line in enumerate(lines)]
    if all(claim.strands for claim in claims):
        _agrees(compare(claims[0], claims[1], Settings(), territory=found), made)


def _agrees(comparison: Comparison, made: Grid) -> None:
    """Zones, sums and sides are those of the cells."""
    for giver, taker in ((A, B), (B, A)):
        held = (NAMES[giver], NAMES[taker])
        zones = [zone for zone in comparison.zones if (zone.held_in_first, zone.held_in_second) == held]
        assert alike(sum(zone.area_m2 for zone in zones), made.passes_m2(giver, taker))
    assert alike(comparison.balance.left_in_first_m2, made.passes_m2(A, B))
    assert alike(comparison.balance.right_in_first_m2, made.passes_m2(B, A))
    assert comparison.sides == (NAMES[A], NAMES[B])
    assert "D301" not in {remark.code for remark in comparison.remarks}
