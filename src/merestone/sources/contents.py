"""Remarks on what a layer holds before its coordinates are looked at."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from merestone.sources.chains import RawLayer
from merestone.sources.layer import Role
from merestone.sources.remark import Remark
from merestone.sources.wording import counted

_KINDS = {"points": (Role.POINT,), "lines": (Role.LINE,), "polygons": (Role.SHELL,)}


def content_remarks(raw: RawLayer) -> Iterator[Remark]:
    """Give what was left out or taken apart: heights, empty features, kinds, collections, formulas."""
    dropped = raw.more_dimensions
    if dropped:
        yield _counted(
            "D101", dropped, "part lost its heights or measures", "parts lost their heights or measures", "parts"
        )
    empty = len(raw.attributes) - len(np.unique(raw.chains.feature))
    if empty:
        yield _counted("D102", empty, "feature has no geometry", "features have no geometry", "features")
    features = {name: len(np.unique(raw.chains.feature[raw.chains.has_role(*of)])) for name, of in _KINDS.items()}
    present = [f"{name} ({count})" for name, count in features.items() if count]
    if len(present) > 1:
        yield Remark("D103", f"the layer mixes {' and '.join(present)}, in features")
    if raw.collections:
        one, several = "collection of geometries was taken apart", "collections of geometries were taken apart"
        yield _counted("D104", raw.collections, one, several, "features")
    if raw.arcs:
        drawn = "drawn with chords within 1 mm of it, in the plane of the file's own coordinates"
        yield _counted("D125", raw.arcs, f"arc of a circle was {drawn}", f"arcs of circles were {drawn}", "arcs")
    if raw.encoding:
        sentence = (
            f"no .cpg states the encoding of its attributes; they were read as {raw.encoding}: check names with accents"
        )
        yield Remark("D128", sentence)
    for kind in sorted(raw.unread):
        yield Remark(
            "D105", f"geometries of the kind {kind} are not read", size=float(raw.unread[kind]), unit="features"
        )
    for note in raw.notes:
        yield Remark("D116", f"the library that read it says: «{note.rstrip('.')}»")
    if raw.formulas:
        one, several = "cell would be a formula in a spreadsheet", "cells would be formulas in a spreadsheet"
        yield _counted("D106", raw.formulas, f"{one}; here it is text", f"{several}; here they are text", "cells")


def system_remarks(raw: RawLayer) -> Iterator[Remark]:
    """Give that the reference system is unstated, or has no code."""
    if raw.crs is None and raw.crs_note:
        yield Remark("D108", f"the file states the reference system {raw.crs_note}; state which it is")
    elif raw.crs is None:
        yield Remark("D107", "the file states no reference system; state which it is")


def _counted(code: str, count: int, one: str, several: str, unit: str) -> Remark:
    return Remark(code, counted(count, one, several), size=float(count), unit=unit)
