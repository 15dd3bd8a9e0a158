"""One longitude or latitude as a treaty or the margin of a map prints it, with its hemisphere."""

from __future__ import annotations

import re

from merestone.geodesy.angle import AngleTrouble, Form, scan_angle

_LETTERS = {
    "N": ("lat", 1), "S": ("lat", -1), "E": ("lon", 1), "W": ("lon", -1), "O": ("lon", 1),
    "с.ш.": ("lat", 1), "ю.ш.": ("lat", -1), "в.д.": ("lon", 1), "з.д.": ("lon", -1),
}  # fmt: skip
_GREATEST = {"lon": 180.0, "lat": 90.0}
_LEADING = re.compile(r"\s*(?P<letter>[NSEW])\s*(?=[0-9])")


def degrees_of(text: str, axis: str) -> float | str:
    """The angle in degrees of a printed longitude (`axis` "lon") or latitude ("lat"), or a sentence of what is wrong.

    Degrees, minutes and seconds with signs as treaties print them, or decimal degrees; a hemisphere before or behind
    (N, S, E, W; с.ш., ю.ш., в.д., з.д.), or a sign, not both. The letter O is refused: east in German, west in French.
    """
    leading = _LEADING.match(text)
    scanned = scan_angle(text, leading.end() if leading else 0)
    if isinstance(scanned, AngleTrouble):
        return scanned.sentence + (f"; likely {scanned.likely}" if scanned.likely else "")
    if scanned.form is Form.GRADS:
        return "grads are not read here; give degrees"
    rest = text[scanned.end :].replace(" ", "").strip()
    letter = leading["letter"] if leading else rest
    if leading and rest:
        return f"{rest[:20]!r} stands behind the angle"
    if not letter:
        return _within(scanned.angle.degrees, axis)
    if letter == "O":
        return "the letter O is east in German and west in French; write E or W"
    found = _LETTERS.get(letter)
    if found is None:
        return f"{letter[:20]!r} is not a hemisphere; write N, S, E or W"
    if found[0] != axis:
        return f"{letter} does not belong to a {'longitude' if axis == 'lon' else 'latitude'}; are the columns swapped?"
    if text.lstrip().startswith(("-", "−", "+")):
        return "it has a sign and a hemisphere; leave one away"
    return _within(found[1] * scanned.angle.degrees, axis)


def _within(degrees: float, axis: str) -> float | str:
    """The angle, or what is wrong where it is beyond a half or a quarter turn."""
    return degrees if abs(degrees) <= _GREATEST[axis] else f"{degrees} is beyond {_GREATEST[axis]:.0f} degrees"
