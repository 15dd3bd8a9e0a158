"""A cursor over one statement: takes words, names, quantities, and remembers what it expected where.

Every choice of the grammar is made on a keyword. A parse function asks `take("to")`; what was asked for at a place and
not found there is what the message says was expected, and what a mistyped word is compared with.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable
from dataclasses import replace
from difflib import get_close_matches
from fractions import Fraction
from typing import cast

from merestone.description.conventions import NONE_DECLARED, Conventions
from merestone.description.keywords import RESERVED
from merestone.description.layout import LogicalLine
from merestone.description.number_refusals import number_refusal
from merestone.description.numbers import NUMBER, AlwaysMatches, Doubt, Nature, read, roughly
from merestone.description.tree import Area, Length, Name, Number
from merestone.description.units import (
    AREA_UNITS,
    COUNTED_FROM_STATUTE_MILES,
    LENGTH_UNITS,
    VAGUE_UNITS,
    is_part_of,
    parts_in_one,
)
from merestone.diagnostics import Diagnostic, Severity, Span, Suggestion

# Letters, digits and - _ / . ', and the vowel signs and accents that some scripts write apart from their letters.
NAME_CHARACTERS = r"\w'’./\-\u0300-\u036f\u0591-\u05c7\u0610-\u065f\u0900-\u0dff\u0e00-\u0fff\u1000-\u109f\u200c\u200d"
_WORD = cast("AlwaysMatches", re.compile(rf"\s*((?:\w[{NAME_CHARACTERS}]*)?)").match)
_SIGN = cast("AlwaysMatches", re.compile(r"[^\s\w«“]+|.", re.DOTALL).match)
_DATE = re.compile(r"[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?(?![\w.])").match
_UNIT = re.compile(r"\s*([^\W\d_]+[²2]?(?: +[^\W\d_]+){0,2})").match
_JOINT = cast("AlwaysMatches", re.compile(r"(?:,\s*|and\s+)?").match)
_SPACES = cast("AlwaysMatches", re.compile(r"\s*").match)
_UP_TO_SPACE = cast("AlwaysMatches", re.compile(r"[^\s,]*").match)
_FEET_AND_INCHES = re.compile(r"([0-9]+)\s?['′’]\s?-?\s?([0-9]{1,2}(?:\.[0-9]+)?)\s?[\"″”]").match
_MEANT = re.compile(r"did you mean `([^`]+)`\?").match
_LINE = re.compile(r"(?:leg|line|section|ring) +(?:«[^»]*»|\w[\w./'’-]*)(?: of (?:«[^»]*»|\w[\w./'’-]*))?").match
_OTHER_WORDS_FOR_ABOUT = frozenset(
    ("approximately", "approx", "approx.", "circa", "ca.", "c.", "roughly", "some", "~", "≈", "≃")
)
_CLOSER = {"«": "»", "“": "”"}
_PHRASES: dict[tuple[str, ...], Callable[[str, int], re.Match[str] | None]] = {}


class Refusal(Exception):  # noqa: N818 (caught inside this package, never raised out of it)
    """A statement, or a part of it, cannot be understood; caught where reading can go on."""

    def __init__(self, finding: Diagnostic) -> None:
        super().__init__(finding.sentence)
        self.finding = finding


def did_you_mean(word: str, known: tuple[str, ...] | list[str]) -> str | None:
    """The hint "did you mean ...?" for a word that resembles a known one, else None."""
    if len(word) > 60:
        return None
    close = get_close_matches(word, known, 1, 0.7) or get_close_matches(word.lower(), known, 1, 0.7)
    return f"did you mean `{close[0]}`?" if close and close[0] != word else None


class Cursor:
    """A place in one statement. `word` is the word that stands there, "" where something else does or nothing."""

    __slots__ = ("conventions", "done", "expected", "findings", "logical", "size", "start", "stop", "text", "word")

    start: int
    stop: int
    done: int
    word: str

    def __init__(self, logical: LogicalLine, conventions: Conventions = NONE_DECLARED) -> None:
        self.logical = logical
        self.text = logical.text
        self.size = len(logical.text)
        self.conventions = conventions
        self.findings: list[Diagnostic] = []
        self.expected: list[str] = []
        self.go(0)

    # ---- moving -----------------------------------------------------------------------------------------------

    def go(self, offset: int) -> None:
        """Move to an offset and past the white space there."""
        match = _WORD(self.text, offset)
        self.done = offset
        self.start, self.stop = match.span(1)
        self.word = match[1]
        if self.expected:
            self.expected = []

    @property
    def at_end(self) -> bool:
        """Whether the whole statement has been read."""
        return self.start >= self.size

    def span(self, start: int) -> Span:
        """The span from an offset to the end of what was read last."""
        return self.logical.span(start, self.done)

    def token(self) -> str:
        """The word or sign at this place, for messages."""
        if self.word or self.at_end:
            return self.word
        return _SIGN(self.text, self.start).group()

    def here(self) -> Span:
        """The span of the word or sign at this place."""
        return self.logical.span(self.start, self.start + max(1, len(self.token())))

    # ---- keywords ---------------------------------------------------------------------------------------------

    def peek(self, *words: str) -> bool:
        """Whether these words stand here, one after the other."""
        if self.word != words[0]:
            return False
        return len(words) == 1 or self._phrase(words) is not None

    def _phrase(self, words: tuple[str, ...]) -> re.Match[str] | None:
        match = _PHRASES.get(words)
        if match is None:
            body = r"\s+".join(map(re.escape, words))
            match = _PHRASES[words] = re.compile(rf"{body}(?![{NAME_CHARACTERS}])").match
        return match(self.text, self.start)

    def take(self, *words: str) -> bool:
        """Whether these words stand here; if so, moves past them."""
        if self.word == words[0]:
            if len(words) == 1:
                self.go(self.stop)
                return True
            match = self._phrase(words)
            if match is not None:
                self.go(match.end())
                return True
        self.expected.append(f"`{' '.join(words)}`")
        return False

    def take_any(self, words: tuple[str, ...] | frozenset[str]) -> str | None:
        """Which of these single words stands here, moving past it; None if none does."""
        if self.word in words:
            word = self.word
            self.go(self.stop)
            return word
        self.expected.extend(f"`{word}`" for word in (words if isinstance(words, tuple) else sorted(words)))
        return None

    def need(self, *words: str) -> None:
        """Move past these words, which must stand here."""
        if not self.take(*words):
            raise self.unexpected()

    def sign(self, sign: str) -> bool:
        """Whether this sign (a comma) stands here; if so, moves past it."""
        if self.text.startswith(sign, self.start):
            self.go(self.start + len(sign))
            return True
        self.expected.append(f"`{sign}`")
        return False

    # ---- refusing ---------------------------------------------------------------------------------------------

    def refuse(
        self,
        code: str,
        sentence: str,
        span: Span,
        expected: str | None = None,
        hint: str | None = None,
        suggestions: tuple[Suggestion, ...] = (),
    ) -> Refusal:
        """The refusal to raise for an error. A word that the hint says was meant is a suggestion for the span."""
        meant = _MEANT(hint or "")
        advised = suggestions or ((Suggestion(meant[1], span),) if meant else ())
        finding = Diagnostic(code, Severity.ERROR, sentence, span, expected=expected, hint=hint, suggestions=advised)
        return Refusal(finding)

    def unexpected(self, what: str | None = None, known: tuple[str, ...] = ()) -> Refusal:
        """The refusal to raise where something else was expected here: all that was asked for, or `what`."""
        expected = list(dict.fromkeys([what, *self.expected] if what else self.expected))
        listed = _listed(expected)
        if self.at_end:
            span = self.logical.span(self.size, self.size + 1)
            return self.refuse("S302", "the statement ends too early", span, listed)
        token = self.token()
        if token.startswith('"') and (what is None or "«" in what):
            sentence = 'no second `"` on this line closes a quotation that begins here'
            return self.refuse("T111", sentence, self.here(), listed, "quote with «...» or “...”")
        if token[:1] in ("»", "”"):
            opener = "«" if token[0] == "»" else "“"
            sentence = f"`{token[0]}` closes a quotation that nothing opens"
            advice = f"put {opener} before the first word of the quotation"
            return self.refuse("S301", sentence, self.here(), listed, advice)
        if token.startswith('"'):
            advice = "put the second quotation mark, or quote with «...»"
            return self.refuse("S301", 'no second `"` on this line closes the quotation', self.here(), listed, advice)
        known = (*known, *(e.strip("`") for e in expected if e.startswith("`")))
        sentence = f"`{token[:60]}` cannot stand here"
        hint = did_you_mean(token, known) or self._phrase_meant(known) or self._misplaced(token)
        return self.refuse("S301", sentence, self.here(), listed, hint)

    def _phrase_meant(self, phrases: tuple[str, ...]) -> str | None:
        """The hint "did you mean ...?" where the words here resemble a phrase of several words."""
        words = self.text[self.start : self.start + 80].split()
        for phrase in phrases:
            count = phrase.count(" ") + 1
            if count > 1 and (hint := did_you_mean(" ".join(words[:count]), (phrase,))):
                return hint
        return None

    def _misplaced(self, token: str) -> str | None:
        """A hint where the word is one that begins a statement, or is written elsewhere and otherwise."""
        if token.lower() in ("perpendicular", "perpendicularly"):
            return (
                "a line across another is written as a leg, `perpendicular to LINE to the left` or `to the right`; a point on it "
                "is `at the foot of the perpendicular from POINT to LINE`"
            )
        if token in ("point", "section", "ring", "leg", "legs", "boundary", "frame") and self.logical.segments:
            line, column = self.logical.place(self.start)
            if any(segment[1:] == (line, column) for segment in self.logical.segments):
                return f"if a new statement begins with `{token}`, indent it no deeper than the statement above"
        return None

    # ---- names and texts --------------------------------------------------------------------------------------

    def name(self, what: str) -> Name:
        """A name: one token, or «quoted»."""
        start, word = self.start, self.word
        if word:
            if word in RESERVED:
                raise self._reserved(what)
            self.go(self.stop)
            return Name(word, self.logical.span(start, self.done))
        text = self.quoted_or_none()
        if text is None:
            raise self.unexpected(what)
        return Name(text, self.span(start))

    def _reserved(self, what: str) -> Refusal:
        """The refusal of a keyword where a name is expected."""
        line = _LINE(self.text, self.start)
        if line is not None and what.endswith("point"):
            return self._line_as_point(line[0], what)
        hint = f"if it is a name, quote it: «{self.word}»"
        sentence = f"`{self.word}` is a word of the language and stands here where {what} is expected"
        advised = (Suggestion(f"«{self.word}»", self.here()),)
        return self.refuse("S304", sentence, self.here(), what, hint, advised)

    def _line_as_point(self, line: str, what: str) -> Refusal:
        """The refusal of a line where a point is expected."""
        hint = (
            f"a leg that ends on a line ends `until it meets {line}`; a point on it is `at the intersection of {line} and ...` "
            f"or `at the foot of the perpendicular from POINT to {line}`"
        )
        return self.refuse(
            "S304", f"`{line}` is a line and stands here where {what} is expected", self.here(), what, hint
        )

    def is_name(self) -> bool:
        """Whether a name stands here: a token that is no keyword, or a quotation."""
        return self.word not in RESERVED if self.word else self.at_quote()

    def at_quote(self) -> bool:
        """Whether a quotation begins here."""
        return self.text[self.start : self.start + 1] in ("«", "“")

    def quoted_or_none(self) -> str | None:
        """The text of a quotation that begins here, None if none does. Inner quotations of the same sign nest."""
        opener = self.text[self.start : self.start + 1]
        if opener not in _CLOSER:
            return None
        closer, depth = _CLOSER[opener], 0
        for match in re.compile(f"[{opener}{closer}]").finditer(self.text, self.start):
            depth += 1 if match.group() == opener else -1
            if depth == 0:
                text = self.text[self.start + 1 : match.start()]
                self.go(match.end())
                return " ".join(text.split())
        text = " ".join(self.text[self.start + 1 :].split())
        self.go(self.size)
        return text

    def quoted(self, what: str) -> str:
        """The text of the quotation that must stand here."""
        text = self.quoted_or_none()
        if text is None:
            if self.word and self.word not in RESERVED:
                hint = f"quote it: «{self.word}»"
                advised = (Suggestion(f"«{self.word}»", self.here()),)
                raise self.refuse("S314", f"{what} must be quoted", self.here(), f"{what} in «...»", hint, advised)
            raise self.unexpected(f"{what} in «...»")
        return text

    def token_of(self, what: str) -> str:
        """One word of any characters but space and comma (a file's digest, an article's number)."""
        token = _UP_TO_SPACE(self.text, self.start).group()
        if not token:
            raise self.unexpected(what)
        self.go(self.start + len(token))
        return token

    # ---- quantities -------------------------------------------------------------------------------------------

    def at_number(self) -> bool:
        """Whether a number begins here."""
        return NUMBER(self.text, self.start) is not None

    def number(self, what: str = "a number", nature: Nature = Nature.QUANTITY) -> Number:
        """A number as printed; refused where its signs, what is declared and its nature leave more than one reading."""
        match = NUMBER(self.text, self.start)
        if match is None:
            raise self.unexpected(what)
        start, end = self.start, self._number_end(match)
        printed = self.text[start:end]
        found = read(printed, self.conventions.decimal_sign, nature)
        if isinstance(found, Doubt):
            span = self.logical.span(start, end)
            raise Refusal(number_refusal(printed, found, self.conventions.decimal_sign, span, what))
        self.go(end)
        return replace(found.number(printed), span=self.span(start))

    def _number_end(self, match: re.Match[str]) -> int:
        """Where a number ends: a sign, an underscore or an exponent directly behind it makes it none, and is told."""
        after = self.text[match.end() : match.end() + 2]
        odd = after[1:].isdigit() and (after[:1] in ".,_'’·/" or after[:1] in "eE")
        return _UP_TO_SPACE(self.text, match.end()).end() if odd else match.end()

    def length(self, what: str = "a length with its unit") -> Length:
        """A length as printed, in its unit; one of two units (`5 feet 6 inches`) in the smaller."""
        start = self.start
        marked = _FEET_AND_INCHES(self.text, start)
        if marked is not None and Fraction(marked[2]) < 12:
            self.go(marked.end())
            text = f"{marked[1]} feet {marked[2]}"
            value = Fraction(int(marked[1]) * 12) + Fraction(marked[2])
            last = Fraction(1, 10 ** len(marked[2].partition(".")[2]))
            return Length(Number(text, value, last, self.span(start)), "inches", span=self.span(start))
        number = self.number(what)
        unit = self._unit(LENGTH_UNITS, "a unit of length (m, km, nautical miles ...)")
        if number.value < 0:
            raise self.refuse("C232", "a length cannot be negative", self.span(start), what)
        number, unit = self._with_smaller(number, unit, LENGTH_UNITS, start)
        return Length(number, unit, span=self.span(start))

    def stated_length(self, what: str = "a length with its unit") -> Length:
        """A length that an instrument may give approximately: `300 m`, `about 300 m`."""
        start = self.start
        if not self._takes_about():
            return self.length(what)
        length = self.length(what)
        return Length(roughly(length.number), length.unit, about=True, span=self.span(start))

    def stated_area(self) -> Area:
        """An area that an instrument may give approximately: `12 ha`, `about 12 ha`."""
        start = self.start
        if not self._takes_about():
            return self.area()
        area = self.area()
        return Area(roughly(area.number), area.unit, about=True, span=self.span(start))

    def _takes_about(self) -> bool:
        """Move past `about`, if it stands here; another word for it is refused."""
        if self.take("about"):
            return True
        if self.token().casefold() in _OTHER_WORDS_FOR_ABOUT:
            raise self.refuse("S301", f"`{self.token()}` cannot stand here", self.here(), hint="write `about`")
        return False

    def area(self) -> Area:
        """An area as printed, in its unit; one of several units (`336 ha 87 a 12 ca`) in the smallest."""
        start = self.start
        number = self.number("an area with its unit")
        unit = self._unit(AREA_UNITS, "a unit of area (m², km², ha ...)")
        return Area(*self._with_smaller(number, unit, AREA_UNITS, start), span=self.span(start))

    def _with_smaller(self, larger: Number, unit: str, units: dict[str, str], start: int) -> tuple[Number, str]:
        """A number and its unit with the smaller units behind them, if any stand there: all together in the smallest."""
        number, last = larger, larger
        while (part := self._next_part(unit, units)) is not None:
            if not is_part_of(part, unit):
                sentence = f"{part} stand behind {unit}, which are not divided into {part}"
                raise self.refuse("C232", sentence, self.span(start), "one unit, or a larger unit and its parts")
            rest, count = self.number(), parts_in_one(part, unit)
            self._unit(units, part)
            if not 0 <= rest.value < count or Fraction(last.value).denominator != 1:
                raise self._too_many(part, unit, count, start)
            value = Fraction(number.value) * count + Fraction(rest.value)
            number = Number(f"{number.text} {unit} {rest.text}", value, rest.last_place, self.span(start))
            last, unit = rest, part
        return number, unit

    def _next_part(self, larger: str, units: dict[str, str]) -> str | None:
        """The unit of a further number directly behind a quantity, before which the cursor then stands; None if none."""
        joint = _JOINT(self.text, self.start)
        match = NUMBER(self.text, joint.end())
        found = _longest(units, self.text, match.end()) if match else None
        if found is None or (joint.group() and not is_part_of(found[0], larger)):
            return None
        self.go(joint.end())
        return found[0]

    def _too_many(self, part: str, larger: str, count: Fraction, start: int) -> Refusal:
        """The refusal of a broken number of larger units, or of as many parts as make one of them."""
        one = str(count) if count.denominator == 1 else f"{float(count):.6g}"
        sentence = f"one of the {larger} has {one} {part}: more do not stand behind it, nor any behind a fraction"
        return self.refuse("C232", sentence, self.span(start), f"whole {larger} and less than {one} {part}")

    def _unit(self, units: dict[str, str], what: str) -> str:
        """The canonical word of the unit that stands here: the longest spelling that fits."""
        found = _longest(units, self.text, self.done)
        if found is not None:
            self.go(found[1])
            return found[0]
        match = _UNIT(self.text, self.done)
        words = match[1].split() if match else []
        if words and words[0] in VAGUE_UNITS:
            if words[0] in ("mile", "miles") and self._counted_in_chains(units):
                return "statute miles"
            sentence = f"`{words[0]}` can be several units"
            raise self.refuse("C231", sentence, self.here(), what, VAGUE_UNITS[words[0]])
        if not words or self.token() in RESERVED:
            raise self.refuse("C231", "the number has no unit", self.logical.span(self.done, self.done + 1), what)
        sentence = f"`{words[0][:60]}` is not a unit that the program knows"
        raise self.refuse("C231", sentence, self.here(), what, did_you_mean(words[0], list(units)))

    def _counted_in_chains(self, units: dict[str, str]) -> bool:
        """Whether miles stand here whose parts are chains or furlongs; the cursor goes behind the word if so."""
        end = self.done + _words_end(self.text[self.done : self.done + 80], 1)
        number = NUMBER(self.text, _JOINT(self.text, _SPACES(self.text, end).end()).end())
        part = _longest(units, self.text, number.end()) if number else None
        if part is None or part[0] not in COUNTED_FROM_STATUTE_MILES:
            return False
        self.go(end)
        return True

    def date(self) -> str:
        """A date: 1994-02-03, 1994-02 or 1994."""
        match = _DATE(self.text, self.start)
        what = "a date such as 1994-02-03, 1994-02 or 1994"
        if match is None:
            if self.at_end or not self.token()[0].isdigit():
                raise self.unexpected(what)
            raise self.refuse("C233", f"`{self.token()[:60]}` is not a date that is read here", self.here(), what)
        parts = [int(part) for part in match.group().split("-")]
        if (len(parts) > 1 and not 1 <= parts[1] <= 12) or (len(parts) > 2 and not 1 <= parts[2] <= _days(*parts[:2])):
            raise self.refuse("C233", f"there is no day {match.group()}", self.here(), what)
        self.go(match.end())
        return match.group()


def _longest(units: dict[str, str], text: str, start: int) -> tuple[str, int] | None:
    """The canonical word of the unit at an offset, by the longest spelling that fits, and the offset behind it."""
    match = _UNIT(text, start)
    words = match[1].split() if match else []
    for count in range(len(words), 0, -1):
        unit = units.get(" ".join(words[:count]))
        if unit is not None:
            return unit, start + _words_end(text[start : start + 80], count)
    return None


def _words_end(text: str, count: int) -> int:
    """The offset after the first `count` words of a text."""
    end = 0
    for match in itertools.islice(re.finditer(r"[^\s,;]+", text), count):
        end = match.end()
    return end


def _days(year: int, month: int) -> int:
    """The number of days in a month of the Gregorian calendar."""
    if month == 2:
        return 29 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 28
    return 30 if month in (4, 6, 9, 11) else 31


def _listed(expected: list[str]) -> str | None:
    """Alternatives as a list in words."""
    if len(expected) > 8:
        expected = [*expected[:8], "..."]
    if len(expected) < 2:
        return expected[0] if expected else None
    return f"{', '.join(expected[:-1])} or {expected[-1]}"
