"""O608: a line on a map, or a natural feature, without the source, date or scale that would fix it.

Only what the text says is looked at. A map without a scale has a line of unknown width; with one, the width of a
drawn line of half a millimetre is what it leaves open on the ground.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from merestone.delimit.check.evidence import Evidence
from merestone.delimit.lengths import metres
from merestone.delimit.wording import metres_text
from merestone.description.legs.along_feature import AlongFeatureLeg
from merestone.description.legs.median_between import MedianBetweenLeg
from merestone.description.legs.offset import OffsetLeg
from merestone.description.legs.water_line import WaterLineLeg
from merestone.description.legs.watershed import WatershedLeg
from merestone.description.resolved import ResolvedLeg
from merestone.description.tree import Leg, Number, OnFeature, Source, UntilMeets
from merestone.diagnostics import Diagnostic, Measure, Severity

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
HOLDS_FEATURES = ("map", "line")
"""Kinds of source that may hold any feature."""


def find(evidence: Evidence) -> Iterator[Diagnostic]:
    """One finding for each source in use that leaves its line open, and for each leg on a feature without a source."""
    sources = evidence.compiled.resolved.sources
    bound = frozenset(evidence.compiled.resolved.features)
    for source in sources.values():
        missing = [field for field in NEEDED.get(source.kind, ()) if getattr(source, field) is None]
        if missing:
            yield _undated(source, missing)
        elif source.kind == "map" and source.scale is not None:
            yield from _width(evidence, source, source.scale)
    for leg in evidence.compiled.resolved.legs.values():
        yield from _without_source(leg, sources.values(), bound)


def _undated(source: Source, missing: list[str]) -> Diagnostic:
    name = source.name.text
    said = {"dated": "date", "scale": "scale", "edition": "edition", "accuracy": "accuracy"}
    return Diagnostic(
        "O608", Severity.OPEN, f"source {name} gives no {' and no '.join(said[each] for each in missing)}",
        source.span, subject=f"source {name}",
        hint=f"add {', '.join(f'`{_phrase(each)}`' for each in missing)} to the source",
        settles="the imprint of the source that the parties used, with its date and, for a map, its scale and edition",
    )  # fmt: skip


def _phrase(missing: str) -> str:
    return {
        "dated": "dated 1994-02-03", "scale": "scale 1:50 000", "edition": "edition «TEXT»", "accuracy": "accuracy 16 m"
    }[missing]  # fmt: skip


def _width(evidence: Evidence, source: Source, scale: Number) -> Iterator[Diagnostic]:
    """What the drawn line itself leaves open, where that is more than the tolerance asked for."""
    asked = evidence.compiled.resolved.tolerance
    width_m = float(scale.value) * DRAWN_LINE_MM / 1000.0
    if asked is not None and width_m > metres(asked):
        yield Diagnostic(
            "O608", Severity.OPEN,
            f"a line drawn {DRAWN_LINE_MM} mm wide on {source.name.text} covers {metres_text(width_m)} of ground at "
            f"1:{scale.text}, and {metres_text(metres(asked))} is asked of the line",
            source.span, subject=f"source {source.name.text}",
            settles="coordinates or words for the stretch that is drawn, or a map of larger scale that the parties accept",
            measures=(Measure("width of a drawn line", width_m, "m"),),
        )  # fmt: skip


def _without_source(leg: ResolvedLeg, sources: Iterable[Source], bound: frozenset[str]) -> Iterator[Diagnostic]:
    """What no source holds; `bound` are the features that a line of the description stands for."""
    subject = f"leg {leg.name} of {leg.section.name.text}"
    needed, what = FEATURES.get(type(leg.node.kind), (None, ""))
    feature = getattr(leg.node.kind, "feature", None)
    if feature is not None and feature.text in bound:
        needed = None
    if needed is not None and not any(source.kind in (needed, *HOLDS_FEATURES) for source in sources):
        yield Diagnostic(
            "O608", Severity.OPEN, f"{subject} {what}, and no source says where that was, and when",
            leg.node.kind.span, subject=subject, hint=f"add `source NAME {needed} «PATH» dated DATE` to the head",
            settles="a dated source that both parties accept for the feature",
        )  # fmt: skip
    ending = leg.node.ending if isinstance(leg.node, Leg) else None
    if isinstance(ending, UntilMeets) and isinstance(ending.line, OnFeature) and ending.line.feature.text not in bound:
        yield Diagnostic(
            "O608", Severity.OPEN, f"{subject} ends where it meets «{ending.line.feature.text}», which no source holds",
            ending.span, subject=subject, hint="coordinates of the meeting, beside the words, would let the leg compile",
            settles="the meeting point in coordinates, or a dated source that holds the feature",
        )  # fmt: skip
