"""What is wrong with a printed angle that cannot be read: the reason, the place, and the likely reading."""

from __future__ import annotations

import re

from merestone.geodesy.angle_signs import DEG, MIN, NUMBER_AFTER, SEC
from merestone.geodesy.angle_value import MAX_DECIMALS, MAX_DEGREES, AngleTrouble, Scanned, Trouble

_SECONDS_SIGN = re.compile(rf"\s*{SEC}").match
_SECONDS_AFTER = re.compile(
    rf"\s+(?P<s>[0-9]{{1,2}}(?:[.,][0-9]+)?)(?![0-9])(?!\s*(?:{DEG}|{MIN}(?!{MIN})))(?:\s*{SEC})?"
).match
"""A further number of one or two digits that is no angle of its own: the seconds, with their sign or without."""
_GROUPED_BY_APOSTROPHES = re.compile(r"[0-9]{1,3}(?:['’][0-9]{3})+(?![0-9])").match


def trouble_in(text: str, match: re.Match[str], parts: dict[str, str | None]) -> AngleTrouble:
    """What is wrong with a match that gave no angle."""
    degrees, minutes, seconds = parts["d"] or "", parts["m"], parts["s"]
    for group in ("df", "mf", "sf", "st", "sl", "mt", "ml"):
        if len(parts.get(group) or "") > MAX_DECIMALS:
            return trouble_at(match, group, Trouble.TOO_MANY_DIGITS, f"more than {MAX_DECIMALS} decimals are not read")
    if parts["df"] and minutes is not None:
        return trouble_at(match, "df", Trouble.FRACTION_TOO_EARLY, "the degrees have decimals and minutes follow")
    if parts["mf"] and seconds is not None:
        return trouble_at(match, "mf", Trouble.FRACTION_TOO_EARLY, "the minutes have decimals and seconds follow")
    if parts["sf"] and (parts.get("st") or parts.get("sl")):
        group = "st" if parts.get("st") else "sl"
        return trouble_at(match, group, Trouble.STRAY_DIGITS, "the seconds have decimals before and after their sign")
    if len(degrees) > 3 or int(degrees) > MAX_DEGREES:
        return trouble_at(
            match, "d", Trouble.DEGREES_TOO_LARGE, f"an angle of {degrees[:20]} degrees is more than a full turn"
        )
    if minutes is not None and (len(minutes) > 2 or int(minutes) >= 60):
        return trouble_at(match, "m", Trouble.MINUTES_TOO_LARGE, _out_of_range(minutes, "minutes"))
    if seconds is not None and (len(seconds) > 2 or int(seconds) >= 60):
        carried = int(minutes or 0) + 1
        likely = f"{degrees}°{carried:02d}'00\"" if int(seconds) == 60 and carried < 60 and not parts["sf"] else None
        return trouble_at(match, "s", Trouble.SECONDS_TOO_LARGE, _out_of_range(seconds, "seconds"), likely)
    return _trouble_after(text, match, parts)


def _out_of_range(printed: str, unit: str) -> str:
    """What is wrong with minutes or seconds: three digits, whatever they say, or a number of 60 and more."""
    if len(printed) > 2:
        return f"the {unit} have {len(printed)} digits ({printed[:20]}): {unit} have one or two"
    return f"{printed} {unit}: {unit} run from 0 to 59"


def trouble_at(
    match: re.Match[str], group: str, trouble: Trouble, sentence: str, likely: str | None = None
) -> AngleTrouble:
    """Trouble with one group of a match."""
    if match.start(group) < 0:
        group = f"{group[0]}h"
    return AngleTrouble(trouble, match.start(group), match.end(group) - match.start(group), sentence, likely)


def _trouble_after(text: str, match: re.Match[str], parts: dict[str, str | None]) -> AngleTrouble:
    """Trouble with what stands directly after the angle: a sign too many, or a number without a sign."""
    degrees, minutes, seconds = parts["d"], parts["m"], parts["s"]
    number = NUMBER_AFTER.match(text, match.end())
    if number is None:
        total = match.end() - match.start()
        if int(degrees or 0) >= MAX_DEGREES:
            return AngleTrouble(Trouble.DEGREES_TOO_LARGE, match.start(), total, "the angle is more than a full turn")
        return AngleTrouble(Trouble.STRAY_DIGITS, match.end(), 1, "a sign stands here that belongs to no number")
    offset, printed = number.start("n"), "".join(number["n"].split())
    likely: str | None
    if seconds is not None:
        likely = f"{degrees}°{minutes}'{seconds}.{printed}\"" if printed.isdigit() and not parts["sf"] else None
        sentence = f"{printed} stands after the seconds with no sign: are these decimals of the second?"
        return AngleTrouble(Trouble.STRAY_DIGITS, offset, len(number["n"]), sentence, likely)
    if minutes is None:
        return _minutes_without_sign(text, number, parts)
    exact = not parts["mf"] and float(printed.replace(",", ".")) < 60
    more = _SECONDS_AFTER(text, number.end("n"))
    likely = f"{degrees}°{minutes}'{printed.replace(',', '.')}\"" if exact and not more else None
    return AngleTrouble(
        Trouble.MISSING_SIGN, offset, len(number["n"]), f"{printed} has no sign: are these seconds?", likely
    )


def _minutes_without_sign(text: str, number: re.Match[str], parts: dict[str, str | None]) -> AngleTrouble:
    """A number behind the degrees that has no sign of minutes: with the seconds behind it, or the sign of seconds."""
    degrees, printed = parts["d"], "".join(number["n"].split()).replace(",", ".")
    start, end = number.span("n")
    exact = not parts["df"] and float(printed) < 60
    signed = _SECONDS_SIGN(text, end)
    if signed:
        place = start, signed.end() - start
        likely = f"{degrees}°00'{printed}\" or {degrees}°{printed}'" if exact else None
        sentence = f"{printed} has the sign of seconds, and no minutes stand before it"
        return AngleTrouble(Trouble.MISSING_SIGN, *place, sentence, likely)
    after = _SECONDS_AFTER(text, end)
    place = start, (after.end() if after else end) - start
    seconds = after["s"].replace(",", ".") if after else ""
    good = exact and (not seconds or ("." not in printed and float(seconds) < 60))
    likely = f"{degrees}°{printed}'" + (f'{seconds}"' if seconds else "") if good else None
    return AngleTrouble(Trouble.MISSING_SIGN, *place, f"{printed} has no sign: are these minutes?", likely)


def gons_or_degrees(match: re.Match[str]) -> AngleTrouble:
    """A number with the letter g: `32g. S` is 32 degrees in one law and 32 gons, 28°48', on another country's maps."""
    printed = f"{match['sign'] or ''}{match['d']}" + (f".{match['df']}" if match["df"] else "")
    sentence = f"`{match.group().strip()}` can be {printed}° or {printed} gon, which is a tenth less"
    span = match.start(), match.end() - match.start()
    return AngleTrouble(Trouble.GONS_OR_DEGREES, *span, sentence, f"{printed}° or {printed} gon")


def minutes_of_gons_or_degrees(match: re.Match[str]) -> AngleTrouble:
    """`53 Grad 57' 27"`: sixtieths of a degree in a German treaty, hundredths of a gon on a French map."""
    minutes, seconds = match["m"], match["s"]
    sexagesimal = f"{match['d']}°{minutes}{'.' + match['mf'] if match['mf'] else ''}'"
    if seconds is not None:
        sexagesimal += f'{seconds}{"." + match["sf"] if match["sf"] else ""}"'
    whole = len(minutes) <= 2 and len(seconds or "") <= 2
    hundredths = f"{match['d']}.{int(minutes):02d}" + (f"{int(seconds):02d}" if seconds is not None else "")
    gons = f" or {hundredths}{match['sf'] or match['mf'] or ''} gon" if whole else ""
    sentence = f"`{match.group().strip()}` can be degrees with sixtieths, or gons with hundredths"
    span = match.start(), match.end() - match.start()
    return AngleTrouble(Trouble.GONS_OR_DEGREES, *span, sentence, f"{sexagesimal}{gons}")


def damaged_degrees(match: re.Match[str]) -> AngleTrouble:
    """A degree sign with no number before it: `o151'55"` (the sign slipped to the front, or the degrees are lost)."""
    rest = f"{match['m']}'" + (f'{match["s"]}"' if match["s"] else "")
    likely = f"…{match['d']}°{rest}"
    sentence = "the degrees are damaged: the degree sign stands before the number, and digits may be lost"
    return AngleTrouble(Trouble.DAMAGED_DEGREES, match.start(), match.end() - match.start(), sentence, likely)


def run_together(match: re.Match[str]) -> AngleTrouble:
    """Minutes with no degrees before them: `2700'35"` (the degree sign is lost) or `52'29"` (the degrees are)."""
    run, rest = match["run"], f' {match["s"]}"' if match["s"] else ""
    span = match.start(), match.end() - match.start()
    if len(run) <= 2:
        return AngleTrouble(
            Trouble.NO_DEGREES, *span, "minutes stand where the degrees should: write 0° if none are meant"
        )
    grouped = _GROUPED_BY_APOSTROPHES(match.string, match.start("run"))
    if grouped is not None:
        sentence = (
            f"{grouped.group()} can be a grid coordinate with apostrophes, or an angle without its degree sign; "
            "a grid coordinate has its axis (E, N, X or Y) before it"
        )
        return AngleTrouble(Trouble.LOST_DEGREE_SIGN, match.start("run"), len(grouped.group()), sentence)
    degrees, minutes = run[:-2], run[-2:]
    good = int(minutes) < 60 and len(degrees) <= 3 and int(degrees) <= MAX_DEGREES
    likely = f"{degrees}°{minutes}{match['mf'] or ''}'{rest.strip()}" if good else None
    return AngleTrouble(
        Trouble.LOST_DEGREE_SIGN, *span, "the degree sign is lost: degrees and minutes run together", likely
    )


def groups_without_signs(match: re.Match[str]) -> AngleTrouble:
    """Bare groups such as `16, 24, 14, 8` or, right to left, `(8, 14, 24, 16)`: their order is not certain."""
    groups = [group for group in match.group("first", "second", "third", "fourth") if group is not None]
    forward, backward = _reading_of(groups, match["tail"]), None
    if match["tail"] is None:
        backward = _reading_of(groups[::-1], None)
    if len(groups) == 4 and forward and backward:
        forward, backward = (None, backward) if len(groups[0]) < len(groups[3]) else (forward, None)
    likely = " or ".join(reading for reading in (forward, backward) if reading) or None
    order = "they seem to run from right to left" if backward and not forward else "nothing says which is which"
    sentence = f"these groups have no signs for degrees, minutes and seconds, and {order}"
    span = match.start(), match.end() - match.start()
    return AngleTrouble(Trouble.GROUPS_WITHOUT_SIGNS, *span, sentence, likely)


def _reading_of(groups: list[str], tail: str | None) -> str | None:
    """Groups read as degrees, minutes, seconds and decimals of the second, None where they cannot be."""
    degrees, minutes, seconds = groups[:3]
    if int(degrees) > MAX_DEGREES or int(minutes) >= 60 or int(seconds) >= 60:
        return None
    decimals = f".{groups[3]}" if len(groups) > 3 else tail or ""
    return f"{int(degrees)}°{minutes:0>2}'{seconds:0>2}{decimals}\""


def ambiguous_comma(match: re.Match[str]) -> AngleTrouble:
    """A comma inside a number without a degree sign: decimal comma, or the end of the number?"""
    sentence = "the number has a comma and no degree sign: the comma can be a decimal sign or stand between two numbers"
    one, other = match.group().split(",")
    likely = f"{one}.{other}° or {one}°, {other}°"
    span = match.start(), match.end() - match.start()
    return AngleTrouble(Trouble.AMBIGUOUS_COMMA, *span, sentence, likely)


def decimals_or_groups(scanned: Scanned) -> AngleTrouble:
    """`45.3015` where angles are declared to be groups: decimal degrees, or 45°30'15", as surveyors' calculators write it."""
    printed = scanned.angle.text
    degrees, decimals = re.split("[.,]", printed)
    minutes, seconds, tail = decimals[:2], decimals[2:4], decimals[4:]
    packed = None
    if len(decimals) == 2 and int(minutes) < 60:
        packed = f"{degrees}°{minutes}'"
    elif len(decimals) >= 4 and int(minutes) < 60 and int(seconds) < 60:
        packed = f"{degrees}°{minutes}'{seconds}{'.' + tail if tail else ''}\""
    decimal = f"{degrees}.{decimals}°"
    sentence = f"`{printed}` has no signs, and the head declares `angles in degrees, minutes, seconds`: "
    sentence += f"it can be {decimal} or {packed}" if packed else "it has other digits"
    likely = f"{decimal} or {packed}" if packed else decimal
    return AngleTrouble(Trouble.GROUPS_WITHOUT_SIGNS, scanned.end - len(printed), len(printed), sentence, likely)


def point_against_declaration(scanned: Scanned, declared: str) -> AngleTrouble:
    """`45.123` where another sign than the point is declared to begin the decimals."""
    printed = scanned.angle.text
    sentence = (
        f"`{printed}` has a point and no degree sign, but the head declares that the {declared} begins the decimals"
    )
    return AngleTrouble(Trouble.AGAINST_DECIMAL_SIGN, scanned.end - len(printed), len(printed), sentence, f"{printed}°")
