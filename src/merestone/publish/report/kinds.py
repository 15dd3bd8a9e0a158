"""How each kind of leg and each status is drawn and called: a letter and a colour for the kind, a dash for the status."""

from __future__ import annotations

from dataclasses import dataclass

from merestone.delimit.boundary_line import CompiledLeg
from merestone.description.tree import Status


@dataclass(frozen=True, slots=True)
class KindStyle:
    """The class of a kind in the style sheet, the letter on its badge, its name in the legend."""

    css: str
    letter: str
    name: str


KINDS = {
    "geodesic": KindStyle("geodesic", "G", "geodesic"),
    "loxodrome": KindStyle("loxodrome", "L", "loxodrome"),
    "parallel": KindStyle("parallel", "P", "parallel"),
    "meridian": KindStyle("meridian", "M", "meridian"),
    "arc": KindStyle("arc", "A", "arc of a circle"),
}
"""The kinds that have a colour of their own."""

PLANE = KindStyle("plane", "S", "straight on a plane")
OTHER = KindStyle("other", "K", "of another kind")

STATUS_DASHES: dict[Status | None, str] = {
    None: "",
    Status.CLAIMED: "2 5",
    Status.NEGOTIATED: "10 5",
    Status.PROVISIONAL: "10 5",
    Status.DISPUTED: "2 5",
    Status.AGREED: "",
    Status.DELIMITED: "",
    Status.DEMARCATED: "",
}
"""Definite lines are whole, negotiated and provisional ones dashed, claimed and disputed ones dotted."""


def style_of(leg: CompiledLeg) -> KindStyle:
    """How a leg is drawn: by the curve that was computed, not by the word for it."""
    kind = leg.line.kind
    if kind in KINDS:
        return KINDS[kind]
    return PLANE if kind.startswith("straight") or kind in ("projected", "lonlat") else OTHER


def kind_text(leg: CompiledLeg) -> str:
    """The kind in words: as the instrument says it, and as it was read."""
    if leg.reading is not None:
        return f"straight, read as {leg.reading.name}"
    return leg.kind
