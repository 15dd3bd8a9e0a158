"""One angle as a treaty prints it: exact value, kept text, and the unit of its last printed place.

An angle is a whole number of units of its last printed place: `45°03'18.5"` is 1 621 985 units of 1/36000 degree.
Nothing is rounded on the way in, and what the print implies about precision is not lost. Which hemisphere the angle
counts in, and which two angles make a place, is the business of the language: here a letter N or 北纬 is not part
of an angle.

`scan_angle` reads one angle at an offset. What is damaged is refused with the reason and the likely reading; nothing
is repaired silently.
"""

from __future__ import annotations

import re

from merestone.geodesy.angle_damage import (
    ambiguous_comma,
    damaged_degrees,
    gons_or_degrees,
    groups_without_signs,
    minutes_of_gons_or_degrees,
    run_together,
    trouble_at,
    trouble_in,
)
from merestone.geodesy.angle_signs import (
    BARE,
    CENTESIMAL,
    COMMA,
    DAMAGED,
    DECLARED_GROUPS,
    G_WITH_MINUTES,
    GONS,
    GROUPS,
    LETTER_G,
    NUMBER_AFTER,
    PACKED_GROUPS,
    RUN_TOGETHER,
    SIGNS,
    WORDS,
)
from merestone.geodesy.angle_value import (
    MAX_DECIMALS,
    MAX_DEGREES,
    Angle,
    AngleTrouble,
    Form,
    LetterG,
    Scanned,
    Trouble,
)

__all__ = ["Angle", "AngleTrouble", "Form", "LetterG", "Scanned", "Trouble", "scan_angle"]

_PARTS = {"½": (1, 2), "¼": (1, 4), "¾": (3, 4)}


def scan_angle(
    text: str,
    start: int = 0,
    letter_g: LetterG | None = None,
    *,
    comma_is_decimal: bool = False,
    in_groups: bool = False,
) -> Scanned | AngleTrouble:
    """The one angle that begins at `start` (white space before it is skipped), or what is wrong with it.

    Degrees, minutes and seconds with any of the signs that treaties print; decimals by point or comma, before or
    after the sign they belong to, or halves and quarters; spelled out; decimal degrees; gons (1 gon = 0.9°). The letter g
    is gons or degrees as `letter_g` says; without it, it is refused. A number without any sign is taken as decimal degrees
    (`Form.BARE`); its comma is refused unless `comma_is_decimal`, since it could separate two numbers. Groups of digits
    (`37-32-06`, `37 32 06.5`, `373206`) are degrees, minutes and seconds with `in_groups`, and refused without it. Takes a few microseconds; never raises.
    """
    match = SIGNS.match(text, start)
    if match is None:
        while start < len(text) and text[start].isspace():
            start += 1
        match = SIGNS.match(text, start) or WORDS.match(text, start)
        if match is None:
            if in_groups and (groups := DECLARED_GROUPS.match(text, start) or PACKED_GROUPS.match(text, start)):
                return _grouped(groups)
            return _scan_without_degree_sign(text, start, letter_g, comma_is_decimal=comma_is_decimal)
    match = _with_words(match)
    parts = match.groupdict()
    for unit in "dms":
        parts[f"{unit}f"] = parts[f"{unit}f"] or parts.get(f"{unit}h")
    return _angle_of(match, parts) or trouble_in(text, match, parts)


def _with_words(match: re.Match[str]) -> re.Match[str]:
    """The match that goes on where minutes or seconds are words behind signs (69° 47 min 41 sec), else the same."""
    if match["s"] is not None or match.end() == len(match.string):
        return match
    spelled = WORDS.match(match.string, match.start())
    return spelled if spelled is not None and spelled.end() > match.end() else match


def _angle_of(match: re.Match[str], parts: dict[str, str | None]) -> Scanned | None:
    """The angle of a match, None if anything about it is doubtful."""
    degrees, minutes, seconds = parts["d"], parts["m"], parts["s"]
    fraction: str | None
    if seconds is not None:
        fraction = parts["sf"] or parts.get("st") or parts.get("sl")
        if parts["df"] or parts["mf"] or (parts["sf"] and (parts.get("st") or parts.get("sl"))):
            return None
        if len(seconds) > 2 or len(minutes or "") > 2 or int(seconds) >= 60:
            return None
        whole, base = (int(minutes or 0), int(seconds)), 3600
        form = Form.DEGREES_MINUTES_BARE_SECONDS if parts.get("bare") else Form.DEGREES_MINUTES_SECONDS
    elif minutes is not None:
        fraction = parts["mf"] or parts.get("mt") or parts.get("ml")
        if parts["df"] or (parts["mf"] and (parts.get("mt") or parts.get("ml"))) or len(minutes) > 2:
            return None
        whole, base, form = (int(minutes), 0), 60, Form.DEGREES_MINUTES
    else:
        fraction, whole, base, form = parts["df"], (0, 0), 1, Form.DEGREES
    if degrees is None or len(degrees) > 3 or whole[0] >= 60:
        return None
    text, end = match.string, match.end()
    if end < len(text) and _doubtful_after(text, end, form):
        return None
    count = (int(degrees) * 3600 + whole[0] * 60 + whole[1]) * base // 3600
    return _scanned(match, count, fraction, (1, base), form)


def _scanned(
    match: re.Match[str], count: int, fraction: str | None, unit: tuple[int, int], form: Form
) -> Scanned | None:
    """The angle of whole units and a printed decimal fraction of one; None where it is out of range or too long."""
    numerator, denominator = unit
    if fraction:
        if len(fraction) > MAX_DECIMALS:
            return None
        more, scale = _PARTS.get(fraction) or (int(fraction), 10 ** len(fraction))
        count, denominator = count * scale + more, denominator * scale
    if count * numerator > MAX_DEGREES * denominator:
        return None
    sign = match["sign"]
    if sign is not None and sign != "+":
        count = -count
    return Scanned(Angle(match.group(), count, numerator, denominator), match.end(), form)


def _doubtful_after(text: str, end: int, form: Form) -> bool:
    """Whether digits follow that may belong to the angle but carry no sign of their own."""
    following = text[end]
    if not (following.isspace() or following in "0123456789.,'’′´\"”″“"):
        return False
    if following in "'’′´\"”″“":
        return True
    return _stray(text, end, form) is not None


def _stray(text: str, end: int, form: Form) -> re.Match[str] | None:
    """The number after an angle that has no sign and cannot be the next angle of a pair."""
    match = NUMBER_AFTER.match(text, end)
    if match is None or match["next"] is None:
        return None
    next_sign = match["next"].strip()[:1]
    if form is Form.DEGREES_MINUTES_SECONDS:
        return match if next_sign not in "°º˚⁰∘度o0123456789" or not next_sign else None
    if next_sign and next_sign in "°º˚⁰∘度":
        return None
    return match


def _scan_without_degree_sign(
    text: str, start: int, letter_g: LetterG | None, *, comma_is_decimal: bool
) -> Scanned | AngleTrouble:
    """A number that no degree sign follows: gons, a bare number, or one of the ways in which print is damaged."""
    if match := CENTESIMAL.match(text, start):
        return _centesimal(match)
    if match := GONS.match(text, start):
        return _plain(match, (9, 10), Form.GRADS)
    if match := G_WITH_MINUTES.match(text, start):
        if letter_g is not LetterG.DEGREES:
            return minutes_of_gons_or_degrees(match)
        return _angle_of(match, match.groupdict()) or trouble_in(text, match, match.groupdict())
    if match := LETTER_G.match(text, start):
        if letter_g is None:
            return gons_or_degrees(match)
        return _plain(match, (9, 10), Form.GRADS) if letter_g is LetterG.GONS else _plain(match, (1, 1), Form.DEGREES)
    if match := DAMAGED.match(text, start):
        return damaged_degrees(match)
    if match := RUN_TOGETHER.match(text, start):
        return run_together(match)
    if match := GROUPS.match(text, start):
        return groups_without_signs(match)
    if match := COMMA.match(text, start):
        return _plain(match, (1, 1), Form.BARE) if comma_is_decimal else ambiguous_comma(match)
    if match := BARE.match(text, start):
        return _plain(match, (1, 1), Form.BARE)
    return AngleTrouble(
        Trouble.NO_NUMBER, start, min(1, len(text) - start), "an angle should begin here, with its degrees"
    )


def _centesimal(match: re.Match[str]) -> Scanned | AngleTrouble:
    """Gons, hundredths and ten thousandths of a gon."""
    degrees, minutes, seconds = match["d"], match["m"], match["s"]
    if seconds is not None and match["mf"]:
        return trouble_at(
            match, "mf", Trouble.FRACTION_TOO_EARLY, "the hundredths have decimals and smaller units follow"
        )
    fraction, base = (match["mf"], 100) if seconds is None else (match["sf"], 10_000)
    count = (int(degrees) * 10_000 + int(minutes) * 100 + int(seconds or 0)) * base // 10_000
    scanned = _scanned(match, count, fraction, (9, 10 * base), Form.GRADS) if len(degrees) <= 3 else None
    if scanned is None:
        return trouble_at(
            match, "d", Trouble.DEGREES_TOO_LARGE, f"an angle of {degrees[:20]} gons is more than a full turn"
        )
    return scanned


def _grouped(match: re.Match[str]) -> Scanned | AngleTrouble:
    """Degrees, minutes and seconds by declaration, without signs between them."""
    for group, trouble in (("m", Trouble.MINUTES_TOO_LARGE), ("s", Trouble.SECONDS_TOO_LARGE)):
        if int(match[group]) >= 60:
            unit = "minutes" if group == "m" else "seconds"
            return trouble_at(match, group, trouble, f"{match[group]} {unit}: {unit} run from 0 to 59")
    count = int(match["d"]) * 3600 + int(match["m"]) * 60 + int(match["s"])
    scanned = _scanned(match, count, match["sf"], (1, 3600), Form.DEGREES_MINUTES_SECONDS)
    if scanned is None:
        return trouble_at(
            match, "d", Trouble.DEGREES_TOO_LARGE, "the angle is more than a full turn, or has too many decimals"
        )
    return scanned


def _plain(match: re.Match[str], unit: tuple[int, int], form: Form) -> Scanned | AngleTrouble:
    """A plain number in a unit; refused where it is too large or too long."""
    degrees, fraction = match["d"], match["df"]
    if fraction and len(fraction) > MAX_DECIMALS:
        return trouble_at(match, "df", Trouble.TOO_MANY_DIGITS, f"more than {MAX_DECIMALS} decimals are not read")
    scanned = _scanned(match, int(degrees), fraction, unit, form) if len(degrees) <= 3 else None
    if scanned is None:
        return trouble_at(match, "d", Trouble.DEGREES_TOO_LARGE, f"an angle of {degrees[:20]} is more than a full turn")
    return scanned
