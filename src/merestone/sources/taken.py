"""Which kind of a layer is taken where it holds lines and polygons, and what is left aside."""

from __future__ import annotations

from dataclasses import replace

from merestone.sources.layer import Layer, Part, Role
from merestone.sources.remark import Remark
from merestone.sources.wording import counted

LINES, POLYGONS = "lines", "polygons"
_ROLES = {LINES: (Role.LINE,), POLYGONS: (Role.SHELL, Role.HOLE)}


def taken(layer: Layer, kind: str | None) -> tuple[Layer, tuple[Remark, ...]]:
    """The layer with its `lines` or its `polygons` alone, where it has both; polygons where nothing is said. A remark
    (D119) says how many features are left aside. Where it has one kind only, or not the kind asked for, it stays."""
    found = {name: [part for part in layer.parts if part.role in roles] for name, roles in _ROLES.items()}
    if not all(found.values()):
        return layer, ()
    kept = LINES if kind == LINES else POLYGONS
    other = POLYGONS if kept == LINES else LINES
    count = _features(found[other])
    left = counted(count, f"feature with {other} is", f"features with {other} are")
    why = f"its {kept} are what was asked for" if kind else f"its {kept} are taken; --take {other} takes the others"
    sentence = f"{left} left aside: {why} ({counted(_features(found[kept]), 'feature', 'features')})"
    return replace(layer, parts=tuple(found[kept])), (Remark("D119", sentence, size=float(count), unit="features"),)


def _features(parts: list[Part]) -> int:
    return len({part.feature for part in parts})
