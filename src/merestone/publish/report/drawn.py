"""The line on its sheet: every leg, gap and vertex in pixels."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from merestone.delimit.boundary_line import CompiledLeg
from merestone.geodesy.line import Floats
from merestone.publish.report.model import Matter
from merestone.publish.report.sheet import Sheet, sheet_for
from merestone.publish.report.ties import TiedPart, Ties
from merestone.publish.report.trace import trace

_STUB_PX = 60.0


@dataclass(frozen=True, slots=True)
class DrawnPart:
    """A leg or gap with its chain in pixels (n, 2), None where nothing of it can be drawn."""

    tied: TiedPart
    chain: Floats | None


@dataclass(frozen=True, slots=True)
class DrawnMap:
    """The map ready to be written: its sheet and what lies on it."""

    matter: Matter
    ties: Ties
    sheet: Sheet
    parts: tuple[DrawnPart, ...]
    pixels: dict[str, tuple[float, float]]
    """Vertices by key, in pixels."""


def draw(matter: Matter, ties: Ties) -> DrawnMap | None:
    """The map of a line, None where it has no frame or nothing to draw."""
    line = matter.line
    if line.frame is None or not ties.vertices:
        return None
    places = {vertex.key: vertex.place for vertex in ties.vertices}
    chains = [_chain(tied, places) for tied in ties.parts]
    known = [chain for chain in chains if chain is not None]
    everything = np.concatenate([*known, np.array([*places.values()])])
    sheet = sheet_for(line.frame.ellipsoid, everything)
    at = sheet.pixels(np.array([*places.values()]))
    pixels = {key: (x, y) for key, (x, y) in zip(places, at.tolist(), strict=True)}
    drawn = [None if chain is None else sheet.pixels(chain) for chain in chains]
    parts = tuple(
        DrawnPart(tied, _stub(tied, pixels, sheet) if chain is None else chain)
        for tied, chain in zip(ties.parts, drawn, strict=True)
    )
    return DrawnMap(matter, ties, sheet, parts, pixels)


def _chain(tied: TiedPart, places: dict[str, Floats]) -> Floats | None:
    """The places of a part: a leg's curve, the straight joint of a gap's known ends."""
    if isinstance(tied.part, CompiledLeg):
        return trace(tied.part)
    if len(tied.vertices) < 2:
        return None
    start, end = (places[key] for key in tied.vertices)
    turn = 360.0 * np.round((start[0] - end[0]) / 360.0)
    share = np.linspace(0.0, 1.0, 17)[:, None]
    result: Floats = start + share * (end + np.array([turn, 0.0]) - start)
    return result


def _stub(tied: TiedPart, pixels: dict[str, tuple[float, float]], sheet: Sheet) -> Floats | None:
    """The beginning of a gap of which one end is known: a short way from there, out of the middle of the line."""
    if len(tied.vertices) != 1:
        return None
    start = np.array(pixels[tied.vertices[0]])
    out = start - np.array([sheet.width_px / 2, sheet.height_px / 2])
    size = float(np.hypot(*out))
    way = out / size if size > 1.0 else np.array([1.0, 0.0])
    return np.array([start, start + _STUB_PX * way])
