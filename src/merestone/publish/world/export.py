"""What every writer of a world comparison is given."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from merestone.compare.comparison import Verdict
from merestone.compare.world.world import Measures, WorldComparison
from merestone.publish.comparison.words import short_names
from merestone.publish.no_date import NO_DATE
from merestone.publish.text import counted, plain


@dataclass(frozen=True, slots=True, eq=False)
class WorldExport:
    """A world comparison, and the date for files whose format must have one."""

    world: WorldComparison
    dated: datetime = NO_DATE


NO_POSITION = (
    "a comparison of two published data sets; it takes no position on any boundary, territory or name, and the rank shows "
    "only how much the two differ"
)
"""What every output says, without a full stop."""


def title(world: WorldComparison) -> str:
    """Both versions' names in the order of the inputs."""
    one, two = short_names(world)
    return plain(f"Boundaries of States: {one} and {two} compared")


def measured(world: WorldComparison) -> tuple[Measures, ...]:
    """The measures of all pairs that could be compared, as ranked."""
    return tuple(each.measures for each in world.outcomes if each.measures is not None)


def summary(world: WorldComparison) -> str:
    """The whole in one sentence, without a full stop."""
    found = measured(world)
    area_km2 = sum(each.area_m2 or 0.0 for each in world.outcomes) / 1e6
    one, two = short_names(world)
    lengths_km = [sum(each.compared_m[version] for each in found) / 1e3 for version in (0, 1)]
    said = [
        f"{counted(len(world.outcomes), 'pair')} of States in both versions, {len(found)} compared",
        f"{area_km2:,.1f} km² between them",
        f"compared lengths {lengths_km[0]:,.0f} km in {one} and {lengths_km[1]:,.0f} km in {two}",
    ]
    if world.differing:
        said.append(f"lines and polygons give different areas in {counted(len(differing_pairs(world)), 'pair')}")
    if stated(world):
        undecidable_km = [sum(each.undecidable_m[version] for each in found) / 1e3 for version in (0, 1)]
        said.append(f"{Verdict.UNDECIDABLE.value}: {undecidable_km[0]:,.0f} km and {undecidable_km[1]:,.0f} km")
    else:
        said.append(
            "no accuracy is stated, or only errors that both versions share, so every separation counts as real"
        )
    return "; ".join(said)


def differing_pairs(world: WorldComparison) -> tuple[str, ...]:
    """The pairs whose lines enclose another area than the polygons give, the largest difference first."""
    return tuple(dict.fromkeys(each.of for each in world.differing))


def stated(world: WorldComparison) -> bool:
    """Whether an accuracy is stated that differs between the versions."""
    remaining = world.first.uncertainty.minus(world.second.uncertainty)
    return any(each.sigma_m > 0.0 for each in remaining.components)
