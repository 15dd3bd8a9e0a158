"""A stretch of a line, cut out so that what it is made of stays visible: the pieces of a path, the corners between."""

from __future__ import annotations

from merestone.geodesy.chained import ChainedLine
from merestone.geodesy.line import Line
from merestone.geodesy.lines.part import Part
from merestone.geodesy.lines.path import Path

SHORTEST_M = 1e-6
"""A piece shorter than this is left out: its two ends are one place."""


def cut(whole: Line, from_m: float, to_m: float) -> Line:
    """The stretch between two distances from the start in metres; run back where the second is the smaller."""
    if from_m > to_m:
        length_m = whole.length_m
        return cut(whole.reversed(), length_m - from_m, length_m - to_m)
    if isinstance(whole, ChainedLine):
        return cut(Path(whole.pieces()), from_m, to_m)
    if isinstance(whole, Path):
        pieces = _pieces(whole, from_m, to_m)
        return pieces[0] if len(pieces) == 1 else Path(pieces)
    if isinstance(whole, Part):
        return cut(whole.whole, whole.from_m + from_m, whole.from_m + to_m)
    return whole if from_m <= 0.0 and to_m >= whole.length_m else Part(whole, from_m, to_m)


def _pieces(path: Path, from_m: float, to_m: float) -> tuple[Line, ...]:
    """The pieces of a path between two distances, the first and last of them cut."""
    starts_m = path.starts_m
    found = []
    for piece, start_m, end_m in zip(path.pieces, starts_m, starts_m[1:], strict=False):
        low_m, high_m = max(from_m, float(start_m)), min(to_m, float(end_m))
        if high_m - low_m > SHORTEST_M:
            found.append(cut(piece, low_m - float(start_m), high_m - float(start_m)))
    return tuple(found) if found else (Part(path, from_m, to_m),)
