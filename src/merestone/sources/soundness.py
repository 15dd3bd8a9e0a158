"""Whether coordinates can be what they claim to be: a layer checked, repaired where that is safe, with remarks.

Refused, with feature and vertex: NaN and infinity, latitudes and longitudes out of range, coordinates far from where
they are expected, swapped ones by name. Repaired with a remark: jumps at the antimeridian, unclosed rings, repeated
vertices. Nothing else is changed.
"""

from __future__ import annotations

from merestone.sources.chains import Chains, RawLayer
from merestone.sources.contents import content_remarks, system_remarks
from merestone.sources.ranges import Bounds, check_expected, check_finite, check_range, looks_geographic
from merestone.sources.refused import RefusedError
from merestone.sources.remark import Remark
from merestone.sources.repairs import closed, continuous, without_degenerate, without_repeats
from merestone.sources.rings import ring_remarks
from merestone.sources.systems import is_geographic


def sound(
    raw: RawLayer, expected: Bounds | None = None, *, may_be_empty: bool = False
) -> tuple[Chains, tuple[Remark, ...]]:
    """Give the checked chains of a layer, and all remarks; raise `RefusedError` for what cannot be trusted, and for a
    layer without geometry unless it `may_be_empty`."""
    chains = raw.chains
    remarks = [*content_remarks(raw), *system_remarks(raw)]
    if not len(chains.lonlat):
        if may_be_empty:
            return chains, tuple(remarks)
        raise RefusedError("it holds no geometry at all; name another layer or ask for the file again")
    check_finite(chains)
    known = is_geographic(raw.crs) if raw.crs else None
    geographic = looks_geographic(chains) if known is None else known
    if geographic:
        remarks += check_range(chains)
        check_expected(chains, expected)
    for repair in (closed, *([continuous] if geographic else []), without_repeats, without_degenerate):
        chains, found = repair(chains)
        remarks += found
    if not len(chains.lonlat):
        raise RefusedError("none of its lines or rings has two distinct places; ask for the file again")
    return chains, (*remarks, *ring_remarks(chains, geographic=geographic))
