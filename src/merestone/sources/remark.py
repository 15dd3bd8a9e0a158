"""Something a reader must know of what others made, or of what was computed from it."""

from __future__ import annotations

from dataclasses import dataclass

from merestone.geodesy.line import Place


@dataclass(frozen=True, slots=True)
class Remark:
    """A stable code (with a page, as every finding), a sentence without a full stop, where, how large in which unit,
    and of whose line or which feature it speaks."""

    code: str
    sentence: str
    place: Place | None = None
    size: float | None = None
    unit: str = ""
    of: str = ""
