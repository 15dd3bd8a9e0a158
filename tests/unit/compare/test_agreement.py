"""Many lines compared, where the answer is known beforehand."""

from __future__ import annotations

from itertools import combinations, pairwise, permutations
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Geod

from fakes import agreements
from fakes.claims import claim, nudged, wandering
from merestone.compare.claim import Claim
from merestone.compare.comparison import Settings
from merestone.compare.lines.compare import compare
from merestone.compare.many.agreed import Agreement, Run
from merestone.compare.many.agreeing_runs import Piece, alike, merged
from merestone.compare.many.agreement import agreement
from merestone.compare.many.constellations import constellations, together_m
from merestone.compare.many.side_by_side import SideBySide
from merestone.geodesy.line import Floats

SETTINGS = Settings()


def named(made: Agreement, run: Run) -> frozenset[frozenset[str]]:
    """The groups of a run by the titles of their lines."""
    return frozenset(frozenset(made.claims[line].title for line in group) for group in run.groups)


def along_by_groups(made: Agreement) -> dict[frozenset[frozenset[str]], float]:
    """Along how many metres which lines run together."""
    found: dict[frozenset[frozenset[str]], float] = {}
    for run in made.runs:
        key = named(made, run)
        found[key] = found.get(key, 0.0) + run.reach.length_m
    return found


def test_two_agree_on_one_half_and_two_on_the_other() -> None:
    """The middle version is the reference; west of the change one neighbour runs with it, east of it the other."""
    made = agreement(agreements.three_versions(), SETTINGS)
    assert made.claims[made.reference.line].title == "Beta"
    assert [named(made, run) for run in (made.runs[0], made.runs[-1])] == [
        {frozenset({"Alpha", "Beta"}), frozenset({"Gamma"})},
        {frozenset({"Beta", "Gamma"}), frozenset({"Alpha"})},
    ]
    found = along_by_groups(made)
    halves = [length_m for key, length_m in found.items() if len(key) == 2]
    assert len(halves) == 2
    assert sum(halves) > 0.95 * made.length_m
    assert not made.as_one


def test_the_runs_cover_the_reference_without_a_gap() -> None:
    """Each run begins where the one before it ends, and all together are as long as the reference."""
    made = agreements.ordinary()
    for one, other in zip(made.runs, made.runs[1:], strict=False):
        assert one.reach.to_m == other.reach.from_m
        assert (one.groups, one.absent) != (other.groups, other.absent)
    pair = next(pair for pair in made.pairs if made.reference.line in pair.lines)
    assert made.length_m == pytest.approx(pair.whole_lengths_m[pair.lines.index(made.reference.line)], abs=1e-6)


def test_a_line_that_ends_is_absent_beyond_its_end() -> None:
    """The line that stops after a quarter is absent along the rest, and is not looked along although it is near."""
    made = agreements.ordinary()
    delta = next(line for line, each in enumerate(made.claims) if each.title == "Delta")
    share = made.shares[delta]
    whole_m = share.with_most_m + share.with_fewer_m + share.alone_m + share.absent_m
    assert whole_m == pytest.approx(made.length_m, abs=1e-6)
    assert 0.6 < share.absent_m / made.length_m < 0.85
    assert not made.reference.standings[delta].may_be


def test_identical_lines_are_one() -> None:
    """One line three times is one run of one group, nobody is alone, and they agree all along."""
    made = agreements.identical()
    assert made.as_one
    assert [(run.groups, run.absent) for run in made.runs] == [(((0, 1, 2),), ())]
    assert made.runs[0].apart_m < 1e-5
    assert made.together_m == made.length_m
    assert made.reference.line == 0


def test_a_line_elsewhere_is_absent_and_never_agrees() -> None:
    """A line a thousand kilometres away is absent all along, and beside the reference with its whole length."""
    made = agreements.strangers()
    assert [(run.groups, run.absent) for run in made.runs] == [(((0, 1),), (2,))]
    assert made.shares[2].absent_m == made.length_m
    assert made.shares[2].beside_m > 0.9 * made.length_m
    assert not made.as_one


def test_the_figures_of_a_pair_are_those_of_the_two_alone() -> None:
    """Whatever other lines are there, a pair has the figures of its own comparison, to the last bit."""
    claims = agreements.four_versions()
    made = agreement(claims, SETTINGS)
    for pair, (one, other) in zip(made.pairs, combinations(range(4), 2), strict=True):
        alone = compare(claims[one], claims[other], SETTINGS)
        assert pair.lines == (one, other)
        assert pair.hausdorff_m == alone.hausdorff_m
        assert alone.statistics is not None
        assert pair.means_m == (alone.statistics[0].mean_m, alone.statistics[1].mean_m)
        assert (pair.left_in_first_m2, pair.right_in_first_m2) == (
            alone.balance.left_in_first_m2,
            alone.balance.right_in_first_m2,
        )
        assert pair.lengths_m == alone.lengths_m


@pytest.mark.parametrize("order", list(permutations(range(4)))[5::9])
def test_the_order_of_the_inputs_says_nothing(order: tuple[int, ...]) -> None:
    """Another order gives the same reference and runs, the lines of each group under their new numbers."""
    claims = agreements.four_versions()
    one, other = agreement(claims, SETTINGS), agreement(tuple(claims[at] for at in order), SETTINGS)
    assert one.claims[one.reference.line].title == other.claims[other.reference.line].title
    assert [run.reach for run in one.runs] == [run.reach for run in other.runs]
    assert [named(one, run) for run in one.runs] == [named(other, run) for run in other.runs]
    for line, at in enumerate(order):
        assert other.shares[line].with_most_m == pytest.approx(one.shares[at].with_most_m, abs=1e-6)
        assert other.shares[line].alone_m == pytest.approx(one.shares[at].alone_m, abs=1e-6)
    mirrored = {frozenset(order[line] for line in pair.lines): pair for pair in other.pairs}
    for pair in one.pairs:
        assert mirrored[frozenset(pair.lines)].hausdorff_m == pytest.approx(pair.hausdorff_m, abs=1e-6)


@settings(max_examples=8)
@given(seed=st.integers(0, 10_000), sigma_deg=st.floats(1e-5, 2e-3), order=st.permutations(range(3)))
def test_any_order_of_any_lines_gives_the_same_runs(seed: int, sigma_deg: float, order: list[int]) -> None:
    """Lines at random: the runs are the same in every order of the inputs."""
    chain = wandering(seed, 40)
    claims = [claim(nudged(chain, seed + at, sigma_deg), title=f"line {at}") for at in range(3)]
    one, other = agreement(tuple(claims), SETTINGS), agreement(tuple(claims[at] for at in order), SETTINGS)
    assert one.claims[one.reference.line].title == other.claims[other.reference.line].title
    assert [(run.reach, named(one, run)) for run in one.runs] == [(run.reach, named(other, run)) for run in other.runs]


def test_equals_are_told_apart_by_title() -> None:
    """Of lines equally near to all others, that whose title comes first is looked along."""
    chain = wandering(3)
    for titles in (("B", "A", "C"), ("C", "B", "A")):
        made = agreement(tuple(claim(chain, title=title) for title in titles), SETTINGS)
        assert made.claims[made.reference.line].title == "A"


def test_a_ring_is_looked_along_all_round() -> None:
    """Rings that start at different places agree where they do, across the start of either."""
    turn = np.linspace(0.0, 2.0 * np.pi, 241)
    ring = np.column_stack([45.0 + 0.1 * np.cos(turn), 40.0 + 0.1 * np.sin(turn)])
    ring[-1] = ring[0]
    other = np.roll(ring[:-1], 77, axis=0)
    bulged = ring.copy()
    bulged[100:141] = [45.0, 40.0] + (bulged[100:141] - [45.0, 40.0]) * 1.05
    made = agreement(
        (claim(ring, title="A"), claim(np.vstack([other, other[:1]]), title="B"), claim(bulged, title="C")), SETTINGS
    )
    found = along_by_groups(made)
    apart_m = found[frozenset({frozenset({"A", "B"}), frozenset({"C"})})]
    together = found[frozenset({frozenset({"A", "B", "C"})})]
    bulge = ring[100:141]
    expected_m = Geod(ellps="WGS84").line_length(bulge[:, 0], bulge[:, 1])
    assert expected_m < apart_m < expected_m + 2 * 300.0
    assert together > 3 * apart_m
    assert sum(found.values()) == pytest.approx(made.length_m)


def test_the_antimeridian_is_a_place_as_any_other() -> None:
    """A line across it is the same line with longitudes counted the other way, and run the other way."""
    chain = wandering(3, 100, (179.9, 66.0))
    claims = claim(chain, title="A"), claim(chain - np.array([360.0, 0.0]), title="B"), claim(chain[::-1], title="C")
    made = agreement(claims, SETTINGS)
    assert made.as_one
    assert [run.groups for run in made.runs] == [((0, 1, 2),)]


def test_lines_that_bend_away_from_the_reference_still_agree() -> None:
    """Two lines that are one agree everywhere, also where the reference is far off and bends."""
    chain = wandering(7, 120)
    wave = moved_wave(chain)
    made = agreement(
        (claim(chain, title="A"), claim(chain, title="A2"), claim(wave, title="W"), claim(wave, title="W2")), SETTINGS
    )
    for run in made.runs:
        assert any({2, 3} <= set(group) for group in run.groups)


def moved_wave(chain: Floats) -> Floats:
    """The line about a kilometre to the north, with deep bends."""
    wave: Floats = chain + np.array([0.0, 0.01])
    wave[1::2, 1] += 4e-3
    return wave


def test_distances_are_those_to_the_nearest_place() -> None:
    """At each place, how far a line is from the reference is what a dense sampling of it gives, measured by PROJ."""
    claims = agreements.three_versions()
    lines = SideBySide.of(claims, 1, Settings())
    along_m = np.linspace(0.0, lines.tracks[0].length_m, 23)
    apart_m = lines.together(0, along_m, 10.0).apart_m[:, 1, 0]
    here = lines.tracks[0].position(along_m)
    alpha = claims[0].strands[0].lonlat
    dense = np.concatenate([np.linspace(one, two, 400) for one, two in pairwise(alpha)])
    for place, found_m in zip(here, apart_m, strict=True):
        there = dense[np.hypot(dense[:, 0] - place[0], dense[:, 1] - place[1]) < 0.02]
        expected_m = Geod(ellps="WGS84").inv(*np.tile(place, (len(there), 1)).T, *there.T)[2].min()
        assert found_m == pytest.approx(expected_m, abs=0.5)


def piece(from_m: float, to_m: float, *group: int) -> Piece:
    return Piece(from_m, to_m, np.array(group), np.zeros((len(group), len(group))))


def test_a_short_run_goes_to_the_neighbour_it_resembles() -> None:
    """Of the neighbours that wins in which more pairs of lines stand as in the short run; lengths add up."""
    pieces = [piece(0, 100, 0, 1, 2, 3, 4), piece(100, 104, 0, 0, 0, 0, 4), piece(104, 200, 0, 0, 0, 0, 0)]
    kept, short = merged(pieces, 10.0)
    assert [(each.from_m, each.to_m, each.group.tolist()) for each in kept] == [
        (0, 100, [0, 1, 2, 3, 4]),
        (100, 200, [0, 0, 0, 0, 0]),
    ]
    assert list(short) == [4.0]
    assert alike(pieces[1].group, pieces[2].group) > alike(pieces[1].group, pieces[0].group)


def test_a_short_run_between_equals_joins_them() -> None:
    """Where both neighbours have the same groups all three become one."""
    kept, short = merged([piece(0, 50, 0, 0), piece(50, 53, 0, 1), piece(53, 90, 0, 0)], 10.0)
    assert [(each.from_m, each.to_m) for each in kept] == [(0, 90)]
    assert list(short) == [3]


def test_no_run_is_shorter_than_the_tolerance() -> None:
    """Short runs are merged, each counted with its length; what is left is longer."""
    chain = wandering(11, 150)
    claims = tuple(claim(nudged(chain, seed, 2e-4), title=str(seed)) for seed in range(3))
    made = agreement(claims, Settings(tolerance_m=30.0))
    assert all(run.reach.length_m >= 30.0 for run in made.runs)
    assert made.merged > 0
    assert 0.0 < made.merged_m < made.merged * 30.0


def test_constellations_and_pairs_add_up() -> None:
    """The ways in which lines run together add up to the reference, and agree with the table of pairs."""
    made = agreements.ordinary()
    found = constellations(made.runs)
    assert sum(one.length_m for one in found) == pytest.approx(made.length_m)
    assert sum(one.runs for one in found) == len(made.runs)
    table = together_m(made.runs, len(made.claims))
    assert (table == table.T).all()
    expected = sum(one.length_m for one in found if any({0, 1} <= set(group) for group in one.groups))
    assert table[0, 1] == pytest.approx(expected)


def published(shared: Path, *versions: str) -> tuple[Claim, ...]:
    """Public versions of the Armenia-Azerbaijan boundary."""
    from merestone.casefile.claims import in_one_frame
    from merestone.casefile.comparing import CompareOptions, one_line, read_drafts
    from merestone.casefile.progress import silent

    folder = shared / "data" / "armenia-azerbaijan-versions"
    paths = tuple(folder / f"{version}.geojson" for version in versions)
    if not all(path.is_file() for path in paths):
        pytest.skip("needs the versions of one boundary in the shared data")
    return in_one_frame(
        tuple(one_line(each) for each in read_drafts(paths, CompareOptions(between=("ARM", "AZE")), silent))
    )


def test_published_versions_of_one_boundary(shared: Path) -> None:
    """OpenStreetMap of 2024 and 2026 agree along 97 % of the line to 10 m; Who's On First is apart from them by tens of
    metres: mostly alone at 10 m, with them at 200 m."""
    claims = published(shared, "osm_2024_tzbb", "osm_2026_tzbb", "wof_default_2024")
    fine, coarse = (agreement(claims, Settings(tolerance_m=tolerance_m)) for tolerance_m in (10.0, 200.0))
    for made in (fine, coarse):
        assert made.length_m == pytest.approx(929_275, abs=500)
        assert together_m(made.runs, 3)[0, 1] > 0.97 * made.length_m
    assert fine.shares[2].alone_m > 0.7 * fine.length_m
    assert coarse.shares[2].with_most_m > 0.97 * coarse.length_m
