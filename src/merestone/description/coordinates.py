"""The coordinate scanner: a place, one coordinate, or one angle, as treaties print them.

Angles are read by `merestone.geodesy.angle`; here are hemispheres in their letters and words, before or after the
angle, in the languages of the cases; the order of the two; and what is to be said where a pair is damaged, incomplete, swapped or beyond the pole. Nothing is repaired silently: a likely reading is a hint.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import product
from unicodedata import decimal

from merestone.description.cursor import Cursor, Refusal
from merestone.description.grid_coordinates import (
    APPROXIMATE,
    BETWEEN,
    GRID_AXIS,
    GRID_PAIR_AFTER,
    grid_place,
    square_reference,
)
from merestone.description.hemisphere_letters import LETTERS, Reading, certain, clash, letters_of, read
from merestone.description.hemisphere_words import ABBREVIATION, AXES, HEMISPHERES, Axis, abbreviated
from merestone.description.letters_in_doubt import in_doubt
from merestone.description.printed_meridians import after_words, words_follow
from merestone.description.tree import OPPOSITE, Coordinate, Coordinates, Geographic, Hemisphere
from merestone.diagnostics import Measure, Span, Suggestion
from merestone.geodesy.angle import Angle, AngleTrouble, Form, Scanned, Trouble, scan_angle
from merestone.geodesy.prime_meridians import BY_NAME
from merestone.geodesy.sphere import about_m

CODES = {
    Trouble.NO_NUMBER: "C201",
    Trouble.DAMAGED_DEGREES: "C202",
    Trouble.LOST_DEGREE_SIGN: "C203",
    Trouble.MISSING_SIGN: "C204",
    Trouble.GROUPS_WITHOUT_SIGNS: "C205",
    Trouble.AMBIGUOUS_COMMA: "C206",
    Trouble.AGAINST_DECIMAL_SIGN: "C234",
    Trouble.FRACTION_TOO_EARLY: "C207",
    Trouble.STRAY_DIGITS: "C208",
    Trouble.DEGREES_TOO_LARGE: "C209",
    Trouble.MINUTES_TOO_LARGE: "C210",
    Trouble.SECONDS_TOO_LARGE: "C211",
    Trouble.TOO_MANY_DIGITS: "C212",
    Trouble.NO_DEGREES: "C213",
    Trouble.GONS_OR_DEGREES: "C214",
}
"""The code of each trouble that an angle can be in."""

_NORTH, _SOUTH, _EAST, _WEST = Hemisphere.NORTH, Hemisphere.SOUTH, Hemisphere.EAST, Hemisphere.WEST
_AXIS_OF: dict[Hemisphere, Axis] = {
    _NORTH: "latitude",
    _SOUTH: "latitude",
    _EAST: "longitude",
    _WEST: "longitude",
}
_MARK = re.compile(
    r"\s*(?:(?P<han>北[纬緯]|南[纬緯]|东经|東[經経]|西[经經経]|[북남]위|[동서]경|纬度|经度)"
    rf"|(?P<abbreviated>{ABBREVIATION})"
    r"|(?P<of>(?:de|of)(?:\s+la)?\s+(?=[Ll]at|[Ll]on)|(?:geogra[fp]\w+|geogr\.|географ\w+|геогр\.)\s+)|(?P<word>[NSEWOL](?=(?i:Grw|Greenw|Greenwich)\b|Gr\b|gr\.)|[^\W\d_]+\.?)|(?P<minus>-(?=\s|$)))"
).match
_PLAIN_ANGLE = r"(([0-9]{1,3})°(?:([0-5]?[0-9])['′](?:([0-5]?[0-9])(?:\.([0-9]{1,9}))?[\"″])?)?)"
_PLAIN_PAIR = re.compile(rf"({_PLAIN_ANGLE} ?([NS])),? ({_PLAIN_ANGLE} ?([EW]))(?![\w.])").match
_LETTERS = {"N": _NORTH, "S": _SOUTH, "E": _EAST, "W": _WEST}


def one_angle(cursor: Cursor, what: str = "an angle") -> Angle:
    """An angle with its signs, as printed; no hemisphere."""
    start = cursor.start
    scanned = _angle_at(cursor, start, what)
    cursor.go(scanned.end)
    if scanned.form is Form.BARE:
        text, span = f"{scanned.angle.text}°", cursor.span(start)
        advised = (Suggestion(text, span, scanned.angle.exact),)
        hint = f"write {text} if degrees are meant"
        raise cursor.refuse("C204", "the number has no degree sign", span, what, hint, advised)
    return scanned.angle


def coordinate(cursor: Cursor, axis: Axis) -> Coordinate:
    """One latitude or longitude with its hemisphere."""
    half = _half(cursor, cursor.start)
    _settle(cursor, (half,))
    hemisphere = half.hemisphere or _needs_no_letter(half, axis)
    if hemisphere is None:
        raise _no_hemisphere(cursor, half, axis)
    if _AXIS_OF[hemisphere] != axis:
        span = cursor.logical.span(half.start, half.end)
        letters = "N or S" if axis == "latitude" else "E or W"
        raise cursor.refuse("C226", f"a {_AXIS_OF[hemisphere]} stands where a {axis} is needed", span, letters)
    _check_range(cursor, half, axis)
    cursor.go(half.end)
    printed = Coordinate(half.angle, hemisphere, span=cursor.logical.span(half.start, half.end))
    return _counted(cursor, printed, half.counted_from)


def coordinate_in_column(cursor: Cursor, axis: Axis) -> Coordinate:
    """One latitude or longitude in the cell of a table, whose hemisphere the text may declare for all."""
    half = _half(cursor, cursor.start)
    _settle(cursor, (half,))
    hemisphere = _hemisphere(cursor, half, axis)
    if _AXIS_OF[hemisphere] != axis:
        span = cursor.logical.span(half.start, half.end)
        hint = "are the columns swapped?"
        raise cursor.refuse("C226", f"a {_AXIS_OF[hemisphere]} stands in the column of the {axis}", span, None, hint)
    _check_range(cursor, half, axis)
    cursor.go(half.end)
    printed = Coordinate(half.angle, hemisphere, span=cursor.logical.span(half.start, half.end))
    return _counted(cursor, printed, half.counted_from)


def _counted(cursor: Cursor, printed: Coordinate, counted_from: str | None = None) -> Coordinate:
    """A longitude with the meridian that is printed behind it, else the declared one; a latitude as it is."""
    if _AXIS_OF[printed.hemisphere] != "longitude":
        return printed
    if counted_from is not None:
        return replace(printed, zero_deg=BY_NAME[counted_from.casefold()].east_deg, counted_from=counted_from)
    zero_deg = cursor.conventions.zero_deg
    return replace(printed, zero_deg=zero_deg) if zero_deg else printed


def place(cursor: Cursor) -> Coordinates:
    """A place: two coordinates in any printed form and order, or grid coordinates."""
    match = _PLAIN_PAIR(cursor.text, cursor.start)
    if match is not None and not words_follow(cursor.text, match.end()) and not clash(cursor.conventions.lettering):
        plain = _plain(cursor, match)
        if plain is not None:
            return plain
    start = cursor.start
    rough = APPROXIMATE(cursor.text, start)
    if rough is not None:
        span = cursor.logical.span(start, rough.end())
        raise cursor.refuse("C229", "a coordinate is printed as approximate", span, hint="write `approximately at`")
    if cursor.take("MGRS"):
        return square_reference(cursor)
    if GRID_AXIS(cursor.text, start) or GRID_PAIR_AFTER(cursor.text, start):
        return grid_place(cursor)
    try:
        return _geographic(cursor)
    except Refusal as refusal:
        raise _with_letters_in_numbers(cursor, refusal, start) from None


def _with_letters_in_numbers(cursor: Cursor, refusal: Refusal, start: int) -> Refusal:
    """The refusal with the advice that a letter stands where a figure should, if one does: `1O°12'`, `l0°12'`."""
    finding = refusal.finding
    digits = _OTHER_DIGITS(cursor.text, start)
    if digits is not None and finding.code in _CODES_OF_UNREADABLE:
        likely = "".join(str(decimal(sign)) if sign.isdecimal() else sign for sign in digits.group())
        return Refusal(replace(finding, hint=f"write the digits as 0 to 9: {likely}", suggestions=()))
    found = _LETTER_IN_NUMBER(cursor.text, start)
    if found is None or finding.code not in _CODES_OF_UNREADABLE:
        return refusal
    letter = next(filter(None, found.groups()))
    begin = cursor.text.rfind(" ", start, found.start()) + 1 or start
    end = cursor.text.find(" ", found.end())
    printed = cursor.text[begin : end if end >= 0 else cursor.size]
    likely = _LETTERS_IN(lambda match: _FIGURE_OF[match.group()], printed)
    hint = f"the letter `{letter}` stands inside a number: is `{likely}` meant?"
    return Refusal(replace(finding, hint=hint, suggestions=()))


def at_place(cursor: Cursor) -> bool:
    """Whether coordinates seem to begin here."""
    text, start = cursor.text, cursor.start
    following = text[start : start + 1]
    if following.isdigit() or (following in ("-", "+", "~", "≈", "(", "−", "–", "—") and following):
        return True
    if following in ("o", "º", "°"):
        return text[start + 1 : start + 2].isdigit()
    if GRID_AXIS(text, start) or cursor.word == "MGRS":
        return True
    mark = _MARK(text, start)
    if mark is None:
        return False
    return (
        bool(mark["han"] or mark["abbreviated"])
        or mark.group().strip().lower() in _KNOWN
        or _letter_before(cursor, mark)
    )


def _letter_before(cursor: Cursor, mark: re.Match[str]) -> bool:
    """Whether a mark is a letter of a language of the description in front of its number."""
    letter = mark.group().strip().removesuffix(".")
    number = cursor.text[mark.end() : mark.end() + 3].lstrip()[:1]
    return letter in letters_of(cursor.conventions.lettering) and number.isdigit()


_ADVISED = re.compile(
    r"(?P<d>[-−+]?[0-9]+(?:\.[0-9]+)?)(?:°|(?P<gon> gon))(?:\s*(?P<m>[0-9]+(?:\.[0-9]+)?)['’′])?(?:\s*(?P<s>[0-9]+(?:\.[0-9]+)?)[\"″”])?\Z"
).match
_IN_NUMBER = r"(?<=[0-9°º'′’])([OОlI])(?=[0-9])|(?<=[0-9])([OОlISBZ])(?=[°º'′’\"″”])|(?<=[0-9])([OОlI])(?=[0-9])|(?<!\w)([OОlI])(?=[0-9]*[°º])"
_LETTER_IN_NUMBER = re.compile(_IN_NUMBER).search
_OTHER_DIGITS = re.compile(r"\S*[^\D0-9]\S*").search
"""A word with digits of another script, such as those of Arabic, or full-width ones."""
_LETTERS_IN = re.compile(_IN_NUMBER).sub
_FIGURE_OF = {"O": "0", "О": "0", "l": "1", "I": "1", "S": "5", "B": "8", "Z": "2"}
_CODES_OF_UNREADABLE = frozenset(("C201", "C202", "C208", "C213", "C220", "C228"))
_MORE_OF_IT = re.compile(r"\s*[°º'\"′″’]|[0-9]|[.,][0-9]").match
"""What follows an angle in trouble that its likely reading does not take in: then no reading is likely."""
_MORE_OF_BARE = re.compile(r"(?:[.·⋅‧][0-9]+|[a-z][0-9]+)+[a-z]?").match
"""A second part of a number without signs: `45.30.15`, `45d30m15s`."""
_UNREAD_LETTER = re.compile(r"\s*([^\W\d_a-z]\w?)\.?(?=[\s,;]|$)").match
_GLUED = re.compile(r"[\w°º'\"′″’.]").match
_LONGEST_LETTER = 2
"""Hungarian `Ny` and Ukrainian `Пн` are letters of a hemisphere too."""
_SIGN = re.compile(r"\s*([-−+–—])\s*(?=[0-9])").match
"""A sign before an angle; typesetters print a dash for it."""
_DASH_BETWEEN = re.compile(r"\s*([-−–—])").match
_SMALL = frozenset("nsewo")
_SMALL_LETTERS = frozenset(letter.lower() for letter in LETTERS if len(letter) == 1) - frozenset("eoiyauиаву")
"""Small letters that are no conjunction or preposition in the languages of the instruments."""
_KNOWN = frozenset(HEMISPHERES) | frozenset(AXES)


# ---- one half of a pair -----------------------------------------------------------------------------------------


class _Half:
    """One scanned coordinate: its angle, what hemisphere and axis its letters and words say, where it stands."""

    __slots__ = (
        "angle", "axis", "counted_from", "end", "form", "hemisphere", "letter", "letter_at", "minus", "negative", "start",
    )  # fmt: skip

    def __init__(self, start: int) -> None:
        self.start = start
        self.end = start
        self.hemisphere: Hemisphere | None = None
        self.axis: Axis | None = None
        self.letter = ""
        self.letter_at = start
        self.minus = False
        self.negative = False
        self.counted_from: str | None = None
        self.angle: Angle
        self.form: Form


def _half(cursor: Cursor, start: int) -> _Half:
    """Scan one coordinate: words before, the angle, words after."""
    half = _Half(start)
    position = _marks(cursor, half, start)
    sign = _SIGN(cursor.text, position)
    scanned = _angle_at(cursor, sign.end() if sign else position, "a coordinate such as 45°03'18.5\"N")
    half.angle, half.form, half.end = scanned.angle, scanned.form, scanned.end
    if half.form is Form.DEGREES_MINUTES_BARE_SECONDS and half.hemisphere is not None:
        span = cursor.logical.span(scanned.end, scanned.end + 1)
        raise cursor.refuse("C204", "the seconds have no sign", span, "the sign of seconds")
    more = _MORE_OF_BARE(cursor.text, scanned.end) if half.form is Form.BARE else None
    if more is not None:
        span = cursor.logical.span(position, more.end())
        sentence = f"`{cursor.text[position : more.end()][:60]}` is not an angle that can be read in one way"
        raise cursor.refuse("C230", sentence, span, "a coordinate such as 45°03'18.5\"N")
    half.end = _marks(cursor, half, scanned.end)
    if half.form is Form.BARE and half.end == scanned.end + 1 and cursor.text[half.end : half.end + 1].isdigit():
        span = cursor.logical.span(position, half.end + 1)
        sentence = f"`{cursor.text[position : half.end + 1][:60]}` is not a number that can be read in one way"
        raise cursor.refuse("C230", sentence, span, "a coordinate such as 45°03'18.5\"N")
    if sign is not None:
        if not _signs_are_declared(cursor) or half.letter or half.hemisphere is not None:
            raise _signed(cursor, half, cursor.logical.span(sign.start(1), scanned.end))
        half.negative = sign[1] != "+"
    return half


def _signs_are_declared(cursor: Cursor) -> bool:
    letters = cursor.conventions.without_letters
    return letters is not None and letters.signed


def _signed(cursor: Cursor, half: _Half, span: Span) -> Refusal:
    """The refusal of a sign that nothing gives a meaning."""
    expected = "a coordinate such as 45°03'18.5\"N"
    if half.letter or half.hemisphere is not None:
        sentence = "the coordinate has a sign and a hemisphere"
        return cursor.refuse("C224", sentence, span, expected, "write the hemisphere alone, as the instrument means it")
    hint = (
        "write the hemisphere as a letter, and the angle without a sign; or, where the signs mean it in the whole text, "
        "declare `coordinates without letters are north, east, minus is south, west`"
    )
    return cursor.refuse("C224", "the coordinate has a sign", span, expected, hint)


def _dash_between(cursor: Cursor, first: _Half, second: _Half, dash: re.Match[str]) -> Refusal:
    """The refusal of a dash between two coordinates of which one has no hemisphere: it could be a minus."""
    span = cursor.logical.span(dash.start(1), dash.end(1))
    sentence = f"`{dash[1]}` stands between two coordinates without letters: it can separate them, or be a minus"
    one, other = first.angle.text, second.angle.text
    hint = f"write `{one}, {other}` where it separates; where it is a minus, write the hemispheres as letters"
    return cursor.refuse("C224", sentence, span, "a comma between the coordinates, or their letters", hint)


def _marks(cursor: Cursor, half: _Half, position: int) -> int:
    """Take in the hemisphere and axis words at a position; the offset after the last that belongs to this half."""
    text = cursor.text
    while match := _MARK(text, position):
        if match["of"]:
            position = match.end()
            continue
        if match["minus"]:
            if not half.axis or half.hemisphere is not None:
                break
            half.minus = True
            return match.end()
        word = match.group().strip()
        letter = _letter(cursor, half, match)
        if letter and (half.letter or half.hemisphere is not None):
            break
        if letter and certain(letter, cursor.conventions.lettering) is None:
            half.letter, half.letter_at, position = letter, match.end() - len(word), match.end()
            continue
        if not letter and word in _SMALL:
            break
        hemisphere, axis = _meant(cursor, letter, match)
        if hemisphere is not None and half.hemisphere is None and half.axis in (None, _AXIS_OF[hemisphere]):
            half.hemisphere, half.axis = hemisphere, _AXIS_OF[hemisphere]
            half.letter, half.letter_at = letter, match.end() - len(word)
        elif axis is not None and half.axis in (None, axis):
            half.axis = axis
        elif hemisphere is not None and half.hemisphere is None:
            span = cursor.logical.span(match.end() - len(word), match.end())
            sentence = f"`{word}` belongs to a {_AXIS_OF[hemisphere]}, and the words before it say {half.axis}"
            raise cursor.refuse("C226", sentence, span, "N or S" if half.axis == "latitude" else "E or W")
        else:
            break
        position = match.end()
    end, counted_from = after_words(cursor, position)
    half.counted_from = counted_from or half.counted_from
    return end


def _meant(cursor: Cursor, letter: str, match: re.Match[str]) -> tuple[Hemisphere | None, Axis | None]:
    """The hemisphere and the axis that a mark says."""
    if letter:
        return certain(letter, cursor.conventions.lettering), None
    if match["abbreviated"]:
        return abbreviated(match["abbreviated"]), None
    key = "".join(match.group().split()).lower()
    if key.endswith(".") and key not in HEMISPHERES and key not in AXES:
        key = key[:-1]
    return HEMISPHERES.get(key), AXES.get(key)


def _letter(cursor: Cursor, half: _Half, match: re.Match[str]) -> str:
    """The letter of a hemisphere that a mark is, in capitals; "" where it is none.

    A small letter is one only where it is printed close behind the sign of its angle (`65°20'44"w`), and if it cannot be
    the conjunction of another language (`e`, `o`, `y`).
    """
    printed = match.group()
    word = printed.strip().removesuffix(".")
    if match["word"] is None or len(word) > _LONGEST_LETTER:
        return ""
    own = letters_of(cursor.conventions.lettering)
    if word in own or (word in LETTERS and half.end > half.start):
        return word
    if word in _SMALL_LETTERS and not printed[0].isspace() and half.end > half.start and word.upper() in own:
        return word.upper()
    return ""


def _settle(cursor: Cursor, halves: tuple[_Half, ...]) -> None:
    """Give each half the hemisphere that its letter means in the languages of the description; refused in doubt."""
    if all(half.hemisphere is not None or not half.letter for half in halves):
        return
    lettered = tuple(half for half in halves if half.letter)
    wanted = frozenset(_possible(lettered, halves))
    letters = tuple(half.letter for half in lettered)
    reading = read(letters, cursor.conventions.lettering, wanted)
    if reading is None:
        spans = [cursor.logical.span(half.letter_at, half.letter_at + len(half.letter)) for half in lettered]
        raise in_doubt(cursor, tuple(zip(letters, spans, strict=True)), wanted, _Apart(lettered))
    for half, hemisphere in zip(lettered, reading, strict=True):
        half.hemisphere, half.axis = hemisphere, _AXIS_OF[hemisphere]


def _possible(lettered: tuple[_Half, ...], halves: tuple[_Half, ...]) -> Iterator[Reading]:
    """What letters could mean together, so that a latitude and a longitude come of them."""
    taken = {half.axis for half in halves if not half.letter}
    for reading in product(Hemisphere, repeat=len(lettered)):
        axes = [_AXIS_OF[each] for each in reading]
        fits = all(half.axis in (None, of) for half, of in zip(lettered, axes, strict=True))
        if fits and len(set(axes)) == len(axes) and taken.isdisjoint(axes):
            yield reading


class _Apart:
    """How far apart the places of two readings of letters lie."""

    __slots__ = ("halves",)

    def __init__(self, halves: tuple[_Half, ...]) -> None:
        self.halves = halves

    def __call__(self, one: Reading, other: Reading) -> Measure | None:
        """The distance in metres on a sphere; None for a longitude alone."""
        if len(self.halves) == 1 and {_AXIS_OF[each] for each in (*one, *other)} != {"latitude"}:
            return None
        between = (self._text(one), self._text(other))
        return Measure("about, between the readings", about_m(self._place(one), self._place(other)), "m", between)

    def _text(self, reading: Reading) -> str:
        pairs = zip(self.halves, reading, strict=True)
        return " ".join(_with_letter(half.angle.text, hemisphere) for half, hemisphere in pairs)

    def _place(self, reading: Reading) -> tuple[float, float]:
        found = {"latitude": 0.0, "longitude": 0.0}
        for half, hemisphere in zip(self.halves, reading, strict=True):
            sign = 1.0 if hemisphere in (_NORTH, _EAST) else -1.0
            found[_AXIS_OF[hemisphere]] = sign * float(half.angle.exact)
        return found["longitude"], found["latitude"]


def _angle_at(cursor: Cursor, position: int, what: str) -> Scanned:
    """The angle at an offset; refused with the reason and the likely reading."""
    scanned = cursor.conventions.scan(cursor.text, position)
    if isinstance(scanned, AngleTrouble):
        raise _angle_refusal(cursor, scanned, what, position)
    text = scanned.angle.text
    if "  " in text or "\t" in text or "\xa0" in text:
        angle = replace(scanned.angle, text=" ".join(text.split()))
        return Scanned(angle, scanned.end, scanned.form)
    return scanned


def _angle_refusal(cursor: Cursor, trouble: AngleTrouble, what: str, position: int) -> Refusal:
    """The refusal for an angle in trouble that begins at `position`, with the likely readings as suggestions."""
    end = trouble.offset + max(1, trouble.length)
    span = cursor.logical.span(trouble.offset, end)
    if trouble.trouble is Trouble.NO_NUMBER:
        if trouble.offset >= cursor.size:
            return cursor.refuse("S302", "the statement ends too early", cursor.here(), what)
        word = re.compile(r"\s*(\w+|[^\s])").match(cursor.text, trouble.offset)
        if word is not None:
            span = cursor.logical.span(word.start(1), word.end(1))
            return cursor.refuse("C201", f"`{word[1][:60]}` stands where {what} is expected", span, what)
    likely = trouble.likely
    hint = f"is {likely} meant?" if likely else None
    if trouble.trouble is Trouble.NO_DEGREES:
        likely, hint = _degrees_meant(cursor.text[trouble.offset : end])
    if trouble.trouble is Trouble.GONS_OR_DEGREES:
        units = "`angles in degrees`" if "'" in (likely or "") else "`angles in degrees` or `angles in gons`"
        hint = f"write {likely}, or declare {units} in the head"
    declared = cursor.conventions.angles_in_groups
    in_order = None if declared else scan_angle(cursor.text, trouble.offset, in_groups=True)
    if trouble.trouble is Trouble.GROUPS_WITHOUT_SIGNS and isinstance(in_order, Scanned):
        declare = "declare `angles in degrees, minutes, seconds` in the head if that is their order"
        hint = f"{hint} If so, write the signs, or {declare}" if hint else f"write the signs, or {declare}"
    start = position + len(cursor.text[position:]) - len(cursor.text[position:].lstrip())
    if _MORE_OF_IT(cursor.text, end):
        likely, hint = None, None
    advised = _angles_advised(likely or "", cursor.logical.span(start, end))
    return cursor.refuse(CODES[trouble.trouble], trouble.sentence, span, what, hint, advised)


def _angles_advised(likely: str, span: Span) -> tuple[Suggestion, ...]:
    """Each likely reading that is an angle and whole, with the degrees that its parts add up to."""
    found = []
    for text in likely.split(" or "):
        parts = _ADVISED(text)
        if parts is not None:
            value = Fraction(parts["d"]) + Fraction(parts["m"] or 0) / 60 + Fraction(parts["s"] or 0) / 3600
            found.append(Suggestion(text, span, value * Fraction(9, 10) if parts["gon"] else value))
    return tuple(found)


def _degrees_meant(printed: str) -> tuple[str | None, str | None]:
    """The likely angle and the hint where one begins with its minutes: `75'` cannot be minutes, `5'` can."""
    number = re.search(r"[0-9]+", printed)
    if number is None:
        return None, None
    if int(number.group()) < 60:
        likely = f"0°{printed.lstrip(' +-−')}"
        return likely, f"if minutes are meant, write {likely}"
    return f"{number.group()}°", f"is {number.group()}° meant?"


# ---- pairs ------------------------------------------------------------------------------------------------------


def _plain(cursor: Cursor, match: re.Match[str]) -> Geographic | None:
    """The commonest pair of all, `45°03'18.5"N 30°09'24.6"E`, without asking for every other form first."""
    _, text, d, m, s, f, north, _, other_text, other_d, other_m, other_s, other_f, east = match.groups()
    latitude, longitude = _plain_angle(text, d, m, s, f), _plain_angle(other_text, other_d, other_m, other_s, other_f)
    if latitude.count > 90 * latitude.unit_denominator or longitude.count > 180 * longitude.unit_denominator:
        return None
    span, start, end = cursor.logical.span, match.start(), match.end()
    cursor.go(end)
    return Geographic(
        match.group(),
        Coordinate(latitude, _LETTERS[north], span=span(start, match.end(1))),
        _counted(cursor, Coordinate(longitude, _LETTERS[east], span=span(match.start(8), end))),
        span(start, end),
    )


def _plain_angle(text: str, degrees: str, minutes: str | None, seconds: str | None, fraction: str | None) -> Angle:
    """The angle of the digits of degrees, minutes, seconds and decimals of the second: what `scan_angle` gives."""
    if minutes is None:
        return Angle(text, int(degrees), 1, 1)
    count = int(degrees) * 60 + int(minutes)
    if seconds is None:
        return Angle(text, count, 1, 60)
    count = count * 60 + int(seconds)
    if fraction is None:
        return Angle(text, count, 1, 3600)
    scale: int = 10 ** len(fraction)
    return Angle(text, count * scale + int(fraction), 1, 3600 * scale)


def _geographic(cursor: Cursor) -> Geographic:
    """A latitude and a longitude in either order."""
    start = cursor.start
    try:
        first = _half(cursor, start)
    except Refusal as refusal:
        _report_second(cursor, start)
        raise refusal from None
    between = BETWEEN(cursor.text, first.end)
    following = between.end()
    if not _another_follows(cursor, following):
        raise _only_one(cursor, first)
    second = _half(cursor, following)
    dash = _DASH_BETWEEN(cursor.text, between.start(), between.end())
    if dash is not None and any(not half.letter and half.hemisphere is None for half in (first, second)):
        raise _dash_between(cursor, first, second, dash)
    _settle(cursor, (first, second))
    latitude, longitude = _in_order(cursor, first, second)
    _check_swapped(cursor, latitude, longitude)
    _check_range(cursor, latitude, "latitude")
    _check_range(cursor, longitude, "longitude")
    cursor.go(second.end)
    span = cursor.logical.span
    return Geographic(
        " ".join(cursor.text[start : second.end].split()),
        _printed(cursor, latitude, "latitude"),
        _printed(cursor, longitude, "longitude"),
        span(start, second.end),
    )


def _printed(cursor: Cursor, half: _Half, axis: Axis) -> Coordinate:
    span = cursor.logical.span(half.start, half.end)
    return _counted(cursor, Coordinate(half.angle, _hemisphere(cursor, half, axis), span=span), half.counted_from)


def _report_second(cursor: Cursor, start: int) -> None:
    """Where the first of two coordinates cannot be read, say what is wrong with the second too."""
    trouble = cursor.conventions.scan(cursor.text, _marks(cursor, _Half(start), start))
    if not isinstance(trouble, AngleTrouble) or trouble.trouble is Trouble.NO_NUMBER:
        return
    between = BETWEEN(cursor.text, _marks(cursor, _Half(start), trouble.offset + trouble.length))
    following = cursor.conventions.scan(cursor.text, between.end())
    if isinstance(following, AngleTrouble) and following.trouble is not Trouble.NO_NUMBER:
        refusal = _angle_refusal(cursor, following, "a coordinate such as 45°03'18.5\"N", between.end())
        cursor.findings.append(refusal.finding)


def _another_follows(cursor: Cursor, position: int) -> bool:
    """Whether a second coordinate begins at an offset."""
    text = cursor.text
    if text[position : position + 1] in tuple("0123456789+-−–—(°ºo"):
        return text[position] != "o" or text[position + 1 : position + 2].isdigit()
    mark = _MARK(text, position)
    if mark is None:
        return False
    known = mark["han"] or mark["abbreviated"] or mark.group().strip().lower().rstrip(".") in _KNOWN
    return bool(known) or _letter_before(cursor, mark)


def _only_one(cursor: Cursor, half: _Half) -> Refusal:
    """The refusal of a lone coordinate."""
    axis = half.axis
    missing = "longitude" if axis == "latitude" else "latitude" if axis == "longitude" else "other coordinate"
    span = cursor.logical.span(half.end, half.end + 1)
    sentence = f"a {axis} stands alone" if axis else "a single coordinate stands here"
    hint = f"write the {missing} too: a place needs a latitude and a longitude"
    return cursor.refuse("C228", sentence, span, f"a {missing}" if axis else "a latitude and a longitude", hint)


def _in_order(cursor: Cursor, first: _Half, second: _Half) -> tuple[_Half, _Half]:
    """Which half is the latitude and which the longitude: by their letters and words, else as the text declares."""
    if first.axis is not None and first.axis == second.axis:
        span = cursor.logical.span(first.start, second.end)
        letters = "E or W" if first.axis == "latitude" else "N or S"
        kept = first.hemisphere or ("N" if first.axis == "latitude" else "E")
        likely = f"{_with_letter(first.angle.text, kept)} {_with_letter(second.angle.text, letters[0])}"
        hint = f"is the other a mistyped letter ({letters}): {likely}?"
        advised = (Suggestion(likely, span),)
        sentence = f"both coordinates are {first.axis}s"
        raise cursor.refuse("C221", sentence, span, "a latitude and a longitude", hint, advised)
    if first.axis == "longitude" or second.axis == "latitude":
        return second, first
    if (
        first.axis is None
        and second.axis is None
        and cursor.conventions.without_letters is not None
        and cursor.conventions.without_letters.longitude_first
    ):
        return second, first
    return first, second


def _hemisphere(cursor: Cursor, half: _Half, axis: Axis) -> Hemisphere:
    """The hemisphere that a half carries, or that the text declares for coordinates without letters."""
    if half.hemisphere is not None:
        return half.hemisphere
    letters = cursor.conventions.without_letters
    if letters is None or half.minus:
        needless = _needs_no_letter(half, axis)
        if needless is None:
            raise _no_hemisphere(cursor, half, axis)
        return needless
    declared = letters.latitude if axis == "latitude" else letters.longitude
    return OPPOSITE[declared] if half.negative else declared


def _needs_no_letter(half: _Half, axis: Axis) -> Hemisphere | None:
    """The hemisphere of the equator, of the prime meridian and of 180°, which lie in both; None for any other angle."""
    if half.angle.exact == 0:
        return Hemisphere.NORTH if axis == "latitude" else Hemisphere.EAST
    return Hemisphere.EAST if axis == "longitude" and half.angle.exact == 180 else None


def _with_letter(angle: str, letter: str) -> str:
    """An angle and its letter, apart where the angle ends with a word or a number: `32 gon N`, `45°N`."""
    return f"{angle} {letter}" if angle[-1].isalnum() else f"{angle}{letter}"


def _no_hemisphere(cursor: Cursor, half: _Half, axis: Axis) -> Refusal:
    """The refusal of a coordinate without its hemisphere."""
    letters = "N or S" if axis == "latitude" else "E or W"
    span = cursor.logical.span(half.start, half.end)
    sentence = f"the {axis} {half.angle.text} has no hemisphere: {letters}?"
    if half.minus:
        sentence = f"the hemisphere of the {axis} {half.angle.text} is printed as `-`: {letters}?"
    if _GLUED(cursor.text, half.end):
        return cursor.refuse("C220", sentence, span, f"{letters} after the {axis}, and nothing directly behind")
    behind = _UNREAD_LETTER(cursor.text, half.end)
    if behind is not None:
        sentence = f"the {axis} {half.angle.text} has no hemisphere that is read: `{behind[1]}` is not a letter of a declared language"
        hint = "write the direction as a word, or declare the language of the letters with `letters in`"
        return cursor.refuse("C220", sentence, span, f"{letters} after the {axis}", hint)
    texts = [_with_letter(half.angle.text, letter) for letter in letters.split(" or ")]
    hint = f"write {' or '.join(texts)}"
    if cursor.conventions.without_letters is None and not half.minus:
        hint += ", or say for the whole text what `coordinates without letters are`"
    advised = tuple(Suggestion(text, span, half.angle.exact) for text in texts)
    return cursor.refuse("C220", sentence, span, f"{letters} after the {axis}", hint, advised)


def _check_swapped(cursor: Cursor, latitude: _Half, longitude: _Half) -> None:
    """Refuse a latitude beyond the pole beside a longitude that would be a good latitude."""
    if latitude.angle.exact <= 90 or longitude.angle.exact > 90 or latitude.angle.exact > 180:
        return
    span = cursor.logical.span(latitude.start, latitude.end)
    sentence = f"a latitude of {latitude.angle.text} is beyond the pole: are latitude and longitude swapped?"
    north = latitude.hemisphere or (
        cursor.conventions.without_letters.latitude if cursor.conventions.without_letters else "N"
    )
    east = longitude.hemisphere or (
        cursor.conventions.without_letters.longitude if cursor.conventions.without_letters else "E"
    )
    likely = f"{_with_letter(longitude.angle.text, north)} {_with_letter(latitude.angle.text, east)}"
    first, second = sorted((latitude, longitude), key=lambda half: half.start)
    advised = (Suggestion(likely, cursor.logical.span(first.start, second.end)),)
    raise cursor.refuse("C222", sentence, span, "a latitude of at most 90°", f"is {likely} meant?", advised)


def _check_range(cursor: Cursor, half: _Half, axis: Axis) -> None:
    """Refuse a latitude beyond 90° or a longitude beyond 180°."""
    limit = 90 if axis == "latitude" else 180
    value = half.angle.exact
    if value <= limit:
        return
    span = cursor.logical.span(half.start, half.end)
    if axis == "latitude":
        sentence = f"a latitude of {half.angle.text} is beyond the pole"
        raise cursor.refuse("C222", sentence, span, "a latitude of at most 90°")
    other = "W" if half.hemisphere is Hemisphere.EAST else "E"
    rest = replace(half.angle, count=360 * half.angle.unit_denominator // half.angle.unit_numerator - half.angle.count)
    text = _with_letter(rest.dms(), other)
    sentence = f"a longitude of {half.angle.text} is more than 180°"
    advised = (Suggestion(text, span, rest.exact),)
    raise cursor.refuse("C223", sentence, span, "a longitude of at most 180°", f"is {text} meant?", advised)
