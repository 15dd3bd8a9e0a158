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
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

MAX_DEGREES = 360
MAX_DECIMALS = 18


class Form(StrEnum):
    """How an angle was printed."""

    DEGREES_MINUTES_SECONDS = "degrees, minutes and seconds"
    DEGREES_MINUTES_BARE_SECONDS = "degrees, minutes and seconds without the seconds sign"
    DEGREES_MINUTES = "degrees and minutes"
    DEGREES = "degrees"
    BARE = "a number without a degree sign"
    GRADS = "grads"


class Trouble(StrEnum):
    """What can be wrong with a printed angle."""

    NO_NUMBER = "no number"
    NO_DEGREES = "no degrees"
    DAMAGED_DEGREES = "damaged degrees"
    LOST_DEGREE_SIGN = "lost degree sign"
    MISSING_SIGN = "missing minute or second sign"
    GROUPS_WITHOUT_SIGNS = "groups without signs"
    AMBIGUOUS_COMMA = "ambiguous comma"
    FRACTION_TOO_EARLY = "fraction before a smaller unit"
    STRAY_DIGITS = "stray digits"
    DEGREES_TOO_LARGE = "degrees too large"
    MINUTES_TOO_LARGE = "minutes too large"
    SECONDS_TOO_LARGE = "seconds too large"
    TOO_MANY_DIGITS = "too many digits"


@dataclass(frozen=True, slots=True)
class Angle:
    """An exact angle: `count` units of `unit_numerator`/`unit_denominator` degrees, with the text that printed it."""

    text: str
    count: int
    unit_numerator: int
    unit_denominator: int

    @property
    def exact(self) -> Fraction:
        """The angle in degrees, exactly."""
        return Fraction(self.count * self.unit_numerator, self.unit_denominator)

    @property
    def unit(self) -> Fraction:
        """The unit of the last printed place in degrees, exactly: the precision that the print implies."""
        return Fraction(self.unit_numerator, self.unit_denominator)

    @property
    def degrees(self) -> float:
        """The angle in degrees, correctly rounded to the nearest float."""
        return self.count * self.unit_numerator / self.unit_denominator

    def dms(self, decimals: int | None = None) -> str:
        """The angle as `D°MM'SS.s"` with the given decimals of the second, rounded half to even; exact when None.

        Every angle that can be printed in degrees, minutes, seconds or grads has finitely many decimals of seconds.
        """
        seconds = self.exact * 3600
        if decimals is None:
            decimals = _finite_decimals(seconds)
        scaled = round(abs(seconds) * 10**decimals)
        whole, fraction = divmod(scaled, 10**decimals)
        minutes, second = divmod(whole, 60)
        degree, minute = divmod(minutes, 60)
        tail = f".{fraction:0{decimals}d}" if decimals else ""
        sign = "-" if self.count < 0 and scaled else ""
        return f"{sign}{degree}°{minute:02d}'{second:02d}{tail}\""

    def decimal_text(self, decimals: int | None = None) -> str | None:
        """The angle in decimal degrees as text, rounded half to even to `decimals`; exact when None.

        None when an exact text was asked for and there is none (a third of a degree).
        """
        value = self.exact
        if decimals is None:
            if not _is_finite(value):
                return None
            decimals = _finite_decimals(value)
        scaled = round(abs(value) * 10**decimals)
        whole, fraction = divmod(scaled, 10**decimals)
        sign = "-" if self.count < 0 and scaled else ""
        return f"{sign}{whole}.{fraction:0{decimals}d}" if decimals else f"{sign}{whole}"


@dataclass(frozen=True, slots=True)
class AngleTrouble:
    """Why a printed angle is refused: what, where (`offset`, `length` in characters), a sentence, the likely reading.

    `likely` is a text that would be read, or None; "…" in it stands for digits that are lost.
    """

    trouble: Trouble
    offset: int
    length: int
    sentence: str
    likely: str | None = None


@dataclass(frozen=True, slots=True)
class Scanned:
    """One angle read from a text: the angle, the offset just after it, and the form it was printed in."""

    angle: Angle
    end: int
    form: Form


def _is_finite(value: Fraction) -> bool:
    """Whether a fraction has a finite decimal expansion (its denominator has no prime factor but 2 and 5)."""
    return pow(10, value.denominator.bit_length(), value.denominator) == 0


def _finite_decimals(value: Fraction) -> int:
    """The fewest decimals that print a fraction exactly; the fraction must have a finite expansion."""
    if not _is_finite(value):
        raise ValueError(f"{value} has no finite decimal expansion")
    decimals = 0
    while 10**decimals % value.denominator:
        decimals += 1
    return decimals


# --- the printed signs ------------------------------------------------------------------------------------------

_DEG = "(?:[°º˚⁰∘度]|o(?![a-z]))"
_MIN = "['’′´‘`ʹʼ分]"
_SEC = "(?:[\"”″“ʺ˝]{1,2}|['’′´‘`ʹʼ]{2}|秒)"
_ANY_SIGN = "[°º˚⁰∘度'’′´‘`ʹʼ分\"”″“ʺ˝秒]"
# What may follow decimals that stand apart from their sign (`05´´, 2 Sur`): the end, punctuation, a hemisphere.
_HEMISPHERE = (
    r"(?:[NSEWO](?![a-z])|[北南东西]|(?i:nor|sou|sur\b|sud|est|eas|wes|oes|oue|ost|lat|lon|de\s+lat|de\s+lon|of\s+l|"
    r"[сc]\.?\s?ш|ю\.?\s?ш|в\.?\s?д|з\.?\s?д|сев|южн|вост|зап))"
)
_TIGHT = rf"[.,](?P<{{0}}>[0-9]+)(?!\s*(?:[0-9]|[.,][0-9]|{_DEG}|{_ANY_SIGN}))"
_LOOSE = rf"\s?[.,]\s(?P<{{0}}>[0-9]{{{{1,3}}}})(?=\s*(?:$|[;)\]]|[.,](?![0-9])|-(?![0-9])|{_HEMISPHERE}))"

_SIGNS = re.compile(
    rf"(?P<sign>[+\-−])?(?P<d>[0-9]+)(?:[.,](?P<df>[0-9]+))?\s*{_DEG}"
    rf"(?:\s*(?P<m>[0-9]+)(?:[.,](?P<mf>[0-9]+))?\s*{_MIN}(?!{_MIN})"
    rf"(?:\s*(?P<s>[0-9]+)(?:[.,](?P<sf>[0-9]+))?(?:\s*{_SEC}(?:{_TIGHT.format('st')}|{_LOOSE.format('sl')})?"
    rf"|(?=(?P<bare>[NSEWO](?![a-z]))))"
    rf"|{_TIGHT.format('mt')}|{_LOOSE.format('ml')})?)?"
)
_JOIN = r"\s*(?:,\s*)?(?:(?:and|y|et|и)\s+)?"
_WORDS = re.compile(
    r"(?P<sign>[+\-−])?(?P<d>[0-9]+)(?:[.,](?P<df>[0-9]+))?\s*(?i:degr[eé]e?s?|deg|grados?|градус\w{0,3})\b\.?"
    rf"(?:{_JOIN}(?P<m>[0-9]+)(?:[.,](?P<mf>[0-9]+))?\s*(?i:minutes?|minutos?|min|минут\w?)\b\.?"
    rf"(?:{_JOIN}(?P<s>[0-9]+)(?:[.,](?P<sf>[0-9]+))?\s*(?i:seconds?|secondes?|segundos?|sec|секунд\w?)\b\.?)?)?"
)
_GRADS = re.compile(r"(?P<sign>[+\-−])?(?P<d>[0-9]+)(?:[.,](?P<df>[0-9]+))?\s*(?:g|gon|gra?ds?|grades?)(?![\w°])")
_BARE = re.compile(r"(?P<sign>[+\-−])?(?P<d>[0-9]+)(?:\.(?P<df>[0-9]+))?")


def scan_angle(text: str, start: int = 0) -> Scanned | AngleTrouble:
    """The one angle that begins at `start` (white space before it is skipped), or what is wrong with it.

    Degrees, minutes and seconds with any of the signs that treaties print; decimals by point or comma, before or
    after the sign they belong to; spelled out; decimal degrees; grads (1 g = 0.9°). A number without any sign is
    taken as decimal degrees (`Form.BARE`). Takes a few microseconds; never raises.
    """
    match = _SIGNS.match(text, start)
    if match is None:
        while start < len(text) and text[start].isspace():
            start += 1
        match = _SIGNS.match(text, start) or _WORDS.match(text, start)
        if match is None:
            return _scan_without_degree_sign(text, start)
    parts = match.groupdict()
    return _angle_of(match, parts) or _trouble_in(text, match, parts)


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
        scale = 10 ** len(fraction)
        count, denominator = count * scale + int(fraction), denominator * scale
    if count * numerator > MAX_DEGREES * denominator:
        return None
    sign = match["sign"]
    if sign is not None and sign != "+":
        count = -count
    return Scanned(Angle(match.group(), count, numerator, denominator), match.end(), form)


# --- what is refused, and why ------------------------------------------------------------------------------------

_NUMBER_AFTER = re.compile(rf"\s*(?P<n>[0-9]+(?:[.,][0-9]+)?)(?P<next>\s*(?:$|{_HEMISPHERE}|{_ANY_SIGN}|[0-9;)\]]))?")
_RUN_TOGETHER = re.compile(
    rf"[+\-−]?(?P<run>[0-9]+)(?P<mf>[.,][0-9]+)?\s*{_MIN}(?:\s*(?P<s>[0-9]{{1,2}}(?:[.,][0-9]+)?)\s*{_SEC})?"
)
_DAMAGED = re.compile(
    rf"{_DEG}\s*(?P<d>[0-9]*?)(?P<m>[0-9]{{1,2}})\s*{_MIN}(?:\s*(?P<s>[0-9]+(?:[.,][0-9]+)?)\s*{_SEC})?"
)
_SEPARATOR = r"(?:\s*,\s*|\s+|\s*[-–:]\s*)"
_GROUPS = re.compile(
    rf"(?P<open>\(\s*)?(?P<first>[0-9]{{1,3}}){_SEPARATOR}(?P<second>[0-9]{{1,2}}){_SEPARATOR}(?P<third>[0-9]{{1,3}})"
    rf"(?:(?P<tail>\.[0-9]+)|{_SEPARATOR}(?P<fourth>[0-9]{{1,3}}))?(?![0-9])(?!\s*(?:{_ANY_SIGN}|{_DEG}))(?:\s*\))?"
)
_COMMA = re.compile(r"[+\-−]?[0-9]+,[0-9]+")


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
    match = _NUMBER_AFTER.match(text, end)
    if match is None or match["next"] is None:
        return None
    next_sign = match["next"].strip()[:1]
    if form is Form.DEGREES_MINUTES_SECONDS:
        return match if next_sign not in "°º˚⁰∘度o0123456789" or not next_sign else None
    if next_sign and next_sign in "°º˚⁰∘度":
        return None
    return match


def _trouble_in(text: str, match: re.Match[str], parts: dict[str, str | None]) -> AngleTrouble:
    """What is wrong with a match that gave no angle."""
    degrees, minutes, seconds = parts["d"] or "", parts["m"], parts["s"]
    for group in ("df", "mf", "sf", "st", "sl", "mt", "ml"):
        if len(parts.get(group) or "") > MAX_DECIMALS:
            return _at(match, group, Trouble.TOO_MANY_DIGITS, f"more than {MAX_DECIMALS} decimals are not read")
    if parts["df"] and minutes is not None:
        return _at(match, "df", Trouble.FRACTION_TOO_EARLY, "the degrees have decimals and minutes follow")
    if parts["mf"] and seconds is not None:
        return _at(match, "mf", Trouble.FRACTION_TOO_EARLY, "the minutes have decimals and seconds follow")
    if parts["sf"] and (parts.get("st") or parts.get("sl")):
        group = "st" if parts.get("st") else "sl"
        return _at(match, group, Trouble.STRAY_DIGITS, "the seconds have decimals before and after their sign")
    if len(degrees) > 3 or int(degrees) > MAX_DEGREES:
        return _at(
            match, "d", Trouble.DEGREES_TOO_LARGE, f"an angle of {degrees[:20]} degrees is more than a full turn"
        )
    if minutes is not None and (len(minutes) > 2 or int(minutes) >= 60):
        return _at(match, "m", Trouble.MINUTES_TOO_LARGE, f"{minutes[:20]} minutes: minutes run from 0 to 59")
    if seconds is not None and (len(seconds) > 2 or int(seconds) >= 60):
        return _at(match, "s", Trouble.SECONDS_TOO_LARGE, f"{seconds[:20]} seconds: seconds run from 0 to 59")
    return _trouble_after(text, match, parts)


def _at(match: re.Match[str], group: str, trouble: Trouble, sentence: str) -> AngleTrouble:
    """Trouble with one group of a match."""
    return AngleTrouble(trouble, match.start(group), match.end(group) - match.start(group), sentence)


def _trouble_after(text: str, match: re.Match[str], parts: dict[str, str | None]) -> AngleTrouble:
    """Trouble with what stands directly after the angle: a sign too many, or a number without a sign."""
    degrees, minutes, seconds = parts["d"], parts["m"], parts["s"]
    number = _NUMBER_AFTER.match(text, match.end())
    if number is None:
        total = match.end() - match.start()
        if int(degrees or 0) >= MAX_DEGREES:
            return AngleTrouble(Trouble.DEGREES_TOO_LARGE, match.start(), total, "the angle is more than a full turn")
        return AngleTrouble(Trouble.STRAY_DIGITS, match.end(), 1, "a sign stands here that belongs to no number")
    offset, printed = number.start("n"), number["n"]
    likely: str | None
    if seconds is not None:
        likely = f"{degrees}°{minutes}'{seconds}.{printed}\"" if printed.isdigit() and not parts["sf"] else None
        sentence = f"{printed} stands after the seconds with no sign: are these decimals of the second?"
        return AngleTrouble(Trouble.STRAY_DIGITS, offset, len(printed), sentence, likely)
    unit, sign = ("minutes", "'") if minutes is None else ("seconds", '"')
    head = f"{degrees}°" if minutes is None else f"{degrees}°{minutes}'"
    exact = not (parts["df"] if minutes is None else parts["mf"])
    likely = f"{head}{printed.replace(',', '.')}{sign}" if exact and float(printed.replace(",", ".")) < 60 else None
    sentence = f"{printed} has no sign: are these {unit}?"
    return AngleTrouble(Trouble.MISSING_SIGN, offset, len(printed), sentence, likely)


def _scan_without_degree_sign(text: str, start: int) -> Scanned | AngleTrouble:
    """A number that no degree sign follows: grads, a bare number, or one of the ways in which print is damaged."""
    if match := _GRADS.match(text, start):
        return _plain(match, (9, 10), Form.GRADS)
    if match := _DAMAGED.match(text, start):
        return _damaged_degrees(match)
    if match := _RUN_TOGETHER.match(text, start):
        return _run_together(match)
    if match := _GROUPS.match(text, start):
        return _groups(match)
    if match := _COMMA.match(text, start):
        return _ambiguous_comma(match)
    if match := _BARE.match(text, start):
        return _plain(match, (1, 1), Form.BARE)
    return AngleTrouble(
        Trouble.NO_NUMBER, start, min(1, len(text) - start), "an angle should begin here, with its degrees"
    )


def _plain(match: re.Match[str], unit: tuple[int, int], form: Form) -> Scanned | AngleTrouble:
    """A plain number in a unit; refused where it is too large or too long."""
    degrees, fraction = match["d"], match["df"]
    if fraction and len(fraction) > MAX_DECIMALS:
        return _at(match, "df", Trouble.TOO_MANY_DIGITS, f"more than {MAX_DECIMALS} decimals are not read")
    scanned = _scanned(match, int(degrees), fraction, unit, form) if len(degrees) <= 3 else None
    if scanned is None:
        return _at(match, "d", Trouble.DEGREES_TOO_LARGE, f"an angle of {degrees[:20]} is more than a full turn")
    return scanned


def _damaged_degrees(match: re.Match[str]) -> AngleTrouble:
    """A degree sign with no number before it: `o151'55"` (the sign slipped to the front, or the degrees are lost)."""
    rest = f"{match['m']}'" + (f'{match["s"]}"' if match["s"] else "")
    likely = f"…{match['d']}°{rest}"
    sentence = "the degrees are damaged: the degree sign stands before the number, and digits may be lost"
    return AngleTrouble(Trouble.DAMAGED_DEGREES, match.start(), match.end() - match.start(), sentence, likely)


def _run_together(match: re.Match[str]) -> AngleTrouble:
    """Minutes with no degrees before them: `2700'35"` (the degree sign is lost) or `52'29"` (the degrees are)."""
    run, rest = match["run"], f' {match["s"]}"' if match["s"] else ""
    span = match.start(), match.end() - match.start()
    if len(run) <= 2:
        return AngleTrouble(
            Trouble.NO_DEGREES, *span, "minutes stand where the degrees should: write 0° if none are meant"
        )
    degrees, minutes = run[:-2], run[-2:]
    good = int(minutes) < 60 and len(degrees) <= 3 and int(degrees) <= MAX_DEGREES
    likely = f"{degrees}°{minutes}{match['mf'] or ''}'{rest.strip()}" if good else None
    return AngleTrouble(
        Trouble.LOST_DEGREE_SIGN, *span, "the degree sign is lost: degrees and minutes run together", likely
    )


def _groups(match: re.Match[str]) -> AngleTrouble:
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


def _ambiguous_comma(match: re.Match[str]) -> AngleTrouble:
    """A comma inside a number without a degree sign: decimal comma, or the end of the number?"""
    sentence = "the comma may be a decimal sign or separate two numbers"
    likely = f"{match.group().replace(',', '.')}° or {match.group().replace(',', ', ')}"
    span = match.start(), match.end() - match.start()
    return AngleTrouble(Trouble.AMBIGUOUS_COMMA, *span, sentence, likely)
