"""What there is to do in a world comparison: every pair that has a line in both versions, and, where both hold polygons,
every other pair whose States have land in one place. Where
lines had to be brought into one frame, pairs without a line are left out, which `versions` says (D316)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import chain

import numpy as np

from merestone.casefile.chunks import Work
from merestone.compare.states.shared_edges import Pairing
from merestone.compare.states.state_polygons import Shapes
from merestone.compare.states.territories import Territories
from merestone.compare.world.world import Version


def work_of(versions: tuple[Version, Version]) -> list[Work]:
    """All work, pairs in alphabetical order."""
    first, second = versions
    pairs = set(first.claims) & set(second.claims)
    if first.lands and second.lands:
        pairs |= {*first.claims, *second.claims}
        if not (first.of_pairs or second.of_pairs):
            pairs |= set(_near(first.lands, second.lands))
    return [_work(pair, versions) for pair in sorted(pairs)]


def _work(pair: Pairing, versions: tuple[Version, Version]) -> Work:
    first, second = versions
    one, other = (version.land_of(pair) for version in versions)
    lines = first.claims.get(pair), second.claims.get(pair)
    if isinstance(one, str) or isinstance(other, str):
        return Work(pair, *lines, None, one if isinstance(one, str) else str(other))
    return Work(pair, *lines, Territories(pair, one, other, first.like.frame.ellipsoid))


def _near(first: Mapping[str, Shapes], second: Mapping[str, Shapes]) -> Iterable[Pairing]:
    """The pairs of States of which one has a part in the first version whose box meets that of a part of the other in the
    second: no others can exchange land. Both versions must have both."""
    import shapely

    names = sorted(set(first) & set(second))
    of = [np.repeat(np.arange(len(names)), [len(lands[name]) for name in names]) for lands in (first, second)]
    parts = [np.array([*chain.from_iterable(lands[name] for name in names)], dtype=object) for lands in (first, second)]
    in_first, in_second = shapely.STRtree(parts[1]).query(parts[0])
    met = np.unique(np.sort(np.column_stack([of[0][in_first], of[1][in_second]]), axis=1), axis=0)
    return [(names[one], names[other]) for one, other in met.tolist() if one != other]
