"""Remarks on what a layer holds before its coordinates are looked at."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from merestone.sources.chains import RawLayer
from merestone.sources.layer import Role
from merestone.sources.remark import Remark

_KINDS = {"points": (Role.POINT,), "lines": (Role.LINE,), "polygons": (Role.SHELL,)}


def content_remarks(raw: RawLayer) -> Iterator[Remark]:
    """Give what was left out or taken apart: heights, empty features, kinds, collections, formulas."""
    if raw.more_dimensions:
        yield _counted("D101", "heights or measures of {} were left out", raw.more_dimensions, "part")
    empty = len(raw.attributes) - len(np.unique(raw.chains.feature))
    if empty:
        yield _counted("D102", "{} without a geometry", empty, "feature")
    present = [name for name, roles in _KINDS.items() if raw.chains.has_role(*roles).any()]
    if len(present) > 1:
        yield Remark("D103", f"the layer mixes {' and '.join(present)}")
    if raw.collections:
        yield _counted("D104", "the collections of {} were taken apart", raw.collections, "feature")
    for kind in sorted(raw.unread):
        yield Remark("D105", f"geometries of the kind {kind} are not read", size=float(raw.unread[kind]), unit="features")
    if raw.formulas:
        yield _counted("D106", "{} would be formulas in a spreadsheet; here they are text", raw.formulas, "cell")


def system_remarks(raw: RawLayer) -> Iterator[Remark]:
    """Give that the reference system is unstated, or has no code."""
    if raw.crs is None and raw.crs_note:
        yield Remark("D108", f"the reference system has no code of a registry: {raw.crs_note}; state which it is")
    elif raw.crs is None:
        yield Remark("D107", "the file states no reference system; state which it is")


def _counted(code: str, sentence: str, count: int, what: str) -> Remark:
    counted = f"{count} {what}{'' if count == 1 else 's'}"
    return Remark(code, sentence.format(counted), size=float(count), unit=f"{what}s")
