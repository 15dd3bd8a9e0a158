"""O608: a line on a map, or a natural feature, without the source, date or scale that would fix it.

Only what the text says is looked at. A map without a scale has a line of unknown width; with one, the width of a
drawn line of half a millimetre is what it leaves open on the ground.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields

from merestone.delimit.check.evidence import Evidence
from merestone.delimit.check.wording import listed, metres_text
from merestone.description import references
from merestone.description.legs.along_feature import AlongFeatureLeg
from merestone.description.legs.median_between import MedianBetweenLeg
from merestone.description.legs.offset import OffsetLeg
from merestone.description.legs.water_line import WaterLineLeg
from merestone.description.legs.watershed import WatershedLeg
from merestone.description.references import Referent
from merestone.description.resolved import ResolvedLeg
from merestone.description.tree import Leg, OnFeature, Source, UntilMeets
from merestone.diagnostics import Diagnostic, Measure, Severity
from merestone.geodesy.units import metres

DRAWN_LINE_MM = 0.5
"""The width of a boundary as maps draw it, at the least."""

NEEDED = {
    "map": ("dated", "scale", "edition"),
    "waters": ("dated",),
    "elevation": ("dated", "accuracy"),
    "survey": ("dated",),
}
"""What a source of a kind must say to fix a line."""
FEATURES = {
    WaterLineLeg: ("waters", "runs along a water"),
    WatershedLeg: ("elevation", "runs along a watershed or crest"),
    AlongFeatureLeg: ("survey", "runs along a feature"),
    OffsetLeg: ("survey", "is counted from a feature"),
    MedianBetweenLeg: ("survey", "runs between two features"),
}
"""The kinds of leg that rest on nature, and the kind of source that would hold it."""
MAY_HOLD_FEATURES = ("survey", "map", "waters", "line")


def find(evidence: Evidence) -> Iterator[Diagnostic]:
    """One finding for each source in use that leaves its line open, and for each leg on a feature without a source."""
    sources = evidence.compiled.resolved.sources
    for source in sources.values():
        missing = [field for field in NEEDED.get(source.kind, ()) if getattr(source, field) is None]
        if missing:
            yield _undated(source, missing)
        elif source.kind == "map" and source.scale is not None:
            yield from _width(evidence, source)
    for leg in evidence.compiled.resolved.legs.values():
        yield from _without_source(leg, sources.values())
