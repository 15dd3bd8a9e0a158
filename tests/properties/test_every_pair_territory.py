"""Every pair of two files of polygons against the cells that the States are made of: balance, and what lines say beside it.

A pair among all has the balance that it has alone, whether both versions have its line, one, or neither.
"""

from __future__ import annotations

from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from fakes.cells import NAMES, A, B, C, Grid, grid
from fakes.claims import WGS84_FRAME
from merestone.casefile.chunks import Chunk, outcomes_of
from merestone.casefile.world_work import work_of
from merestone.compare.claim import Claim
from merestone.compare.comparison import Settings
from merestone.compare.states.territories import territories, territory_balance
from merestone.compare.world.every_pair import boundaries
from merestone.compare.world.passing import Passing
from merestone.compare.world.world import Version, WorldComparison, compared, version
from merestone.geodesy.ellipsoid import WGS84
from merestone.sources.layer import Layer, Part, Role
from properties.test_territory import alike

EXAMPLES = settings().max_examples // 10


def version_of_grid(made: Grid, *, second: bool) -> Version:
    """A version of all boundaries of a grid, as if its States had been read from a file."""
    states = made.states(second=second)
    parts = [
        Part(number, role, ring)
        for number, state in enumerate(states)
        for role, rings in ((Role.SHELL, state.shells), (Role.HOLE, state.holes))
        for ring in rings
    ]
    attributes = tuple({"iso_a3": state.identity} for state in states)
    layer = Layer(f"version {int(second)}", "", "GeoJSON", "0" * 64, "EPSG:4326", attributes, tuple(parts))
    return version(Claim(layer.file, (), WGS84_FRAME), boundaries(layer, WGS84))


def world_of(made: Grid) -> WorldComparison:
    """Every pair of both versions compared."""
    versions = version_of_grid(made, second=False), version_of_grid(made, second=True)
    return compared(versions, tuple(outcomes_of(Chunk(tuple(work_of(versions)), Settings()))), Settings())


def passing_of(world: WorldComparison) -> dict[tuple[str, str], tuple[Passing, float]]:
    """What passes between the States of each pair, with the length of both lines, in whichever list the pair stands."""
    lists = (*world.alone, world.unlined)
    lone = {
        each.pair: (each.passing, each.length_m) for each in (pair for one in lists for pair in one) if each.passing
    }
    both = {each.pair: (each.passing, sum(each.whole_m)) for each in world.outcomes if each.passing}
    return lone | both


@settings(max_examples=EXAMPLES)
@given(st.integers(0, 2**32 - 1))
def test_every_pair_has_the_balance_of_the_cells_and_of_the_single_comparison(seed: int) -> None:
    """Land passes as the cells say, with a line or without; lines that say something else are a finding."""
    made = grid(seed)
    world = world_of(made)
    found = passing_of(world)
    told = {each.of for each in world.differing}
    for one, other in combinations((A, B, C), 2):
        if not all((owner == who).any() for owner in (made.first, made.second) for who in (one, other)):
            continue
        pair = NAMES[one], NAMES[other]
        expected = made.passes_m2(one, other), made.passes_m2(other, one)
        if pair not in found:
            assert sum(expected) == 0.0
            continue
        passing, length_m = found[pair]
        first, second = (
            tuple(each for each in made.states(second=second) if each.identity in pair) for second in (False, True)
        )
        single = territory_balance(territories(first, second))
        assert passing.areas_m2 == single.areas_m2
        assert passing.passes_m2 == single.passes_m2
        for area_m2, cells_m2 in zip(passing.areas_m2, expected, strict=True):
            assert alike(area_m2, cells_m2)
        if passing.lines_m2 is not None:
            far = [
                abs(land - lines) > max(1e-3 * max(land, lines), 0.01 * length_m, 1.0)
                for land, lines in zip(passing.passes_m2, passing.lines_m2, strict=True)
            ]
            assert any(far) == (" - ".join(pair) in told)
