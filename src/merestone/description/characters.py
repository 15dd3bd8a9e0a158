"""The characters of a text: bytes to text, and characters that deceive the eye.

Reordering (bidi) controls and invisible characters are refused, whatever they surround: a text that is certified must
be what it looks like (Unicode Technical Report 36; CVE-2021-42574). Words that mix scripts are pointed out.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Iterator

from merestone.diagnostics import Diagnostic, Severity, Span

MAX_BYTES = 80_000_000
MAX_CHARACTER_FINDINGS = 20

_BIDI = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_INVISIBLE = "\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b\u2060-\u2064\u206a-\u206f\u3164\ufeff\uffa0\ufff9-\ufffc\U000e0000-\U000e0fff"
_CONTROL = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff"
# The joiners are spelling in Arabic and Indic scripts (Unicode Standard Annex 31, section 2.3), invisible elsewhere.
_JOINER = "(?<![\u0600-\u08ff\u0900-\u0dff])[\u200c\u200d]"
_FORBIDDEN = re.compile(f"[{_BIDI}{_INVISIBLE}{_CONTROL}]|{_JOINER}")
_IS_BIDI = re.compile(f"[{_BIDI}]")
_LATIN = "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f"
_OTHER = "\u0370-\u03ff\u0400-\u052f\u0531-\u0587"
_MIXED = re.compile(rf"[{_LATIN}][{_OTHER}]|[{_OTHER}][{_LATIN}]")
_HAS_OTHER = re.compile(f"[{_OTHER}]").search
_UNUSUAL = re.compile("[^\t\n\x20-\x7e°′″]+").findall
_FIRST_COMBINING = "\u0300"


def decode(source: str | bytes) -> tuple[str | None, tuple[Diagnostic, ...]]:
    """The text with its line ends made those of Unix; None with the reason where there is no text to read."""
    if len(source) > MAX_BYTES:
        sentence = f"the text is too large: {len(source) // 1_000_000} MB"
        return None, (
            _refusal("T102", sentence, f"at most {MAX_BYTES // 1_000_000} MB", "put long tables into CSV files"),
        )
    if isinstance(source, bytes):
        if source.startswith(b"\xef\xbb\xbf"):
            source = source[3:]
        if (other := _other_unicode(source)) is not None:
            sentence = f"this text is saved as {other}, which some editors call Unicode"
            return None, (_refusal("T101", sentence, "UTF-8 text", "save the file again, with the encoding UTF-8"),)
        if b"\x00" in source[:4096]:
            return None, (_refusal("T101", "this is not a text: it holds zero bytes", "UTF-8 text"),)
        try:
            text = source.decode("utf-8")
        except UnicodeDecodeError as error:
            line = source.count(b"\n", 0, error.start) + 1
            column = len(source[source.rfind(b"\n", 0, error.start) + 1 : error.start].decode("utf-8")) + 1
            span = Span(line, column, line, column + 1)
            sentence = f"byte {source[error.start]:#04x} is not UTF-8"
            hint = "save the file as UTF-8"
            return None, (Diagnostic("T101", Severity.ERROR, sentence, span, expected="UTF-8 text", hint=hint),)
    else:
        text = source.removeprefix("\ufeff")
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text, ()


def _other_unicode(source: bytes) -> str | None:
    """The name of the wider form of Unicode that a text is saved in, by its byte order mark or its zero bytes."""
    for mark, name in ((codecs.BOM_UTF32_LE, "UTF-32"), (codecs.BOM_UTF32_BE, "UTF-32"),
                       (codecs.BOM_UTF16_LE, "UTF-16"), (codecs.BOM_UTF16_BE, "UTF-16")):  # fmt: skip
        if source.startswith(mark):
            return name
    start = source[:4096]
    halves = start[0::2], start[1::2]
    for zeros, letters in (halves, halves[::-1]):
        if len(start) >= 8 and zeros.count(0) > 0.8 * len(zeros) and letters.count(0) == 0:
            return "UTF-16"
    return None


def _refusal(code: str, sentence: str, expected: str, hint: str | None = None) -> Diagnostic:
    return Diagnostic(code, Severity.ERROR, sentence, Span(1, 1, 1, 1), expected=expected, hint=hint)


def suspicious_characters(text: str) -> Iterator[Diagnostic]:
    """Findings about characters that cannot be trusted to be what they look like."""
    used = "".join(sorted(set("".join(_UNUSUAL(text)))))
    places = _Places(text)
    if _FORBIDDEN.search(used):
        yield from _forbidden(text, places)
    if used[-1:] >= _FIRST_COMBINING and not unicodedata.is_normalized("NFC", text):
        yield from _not_composed(text, places)
    if _HAS_OTHER(used):
        yield from _mixed(text, places)


def _forbidden(text: str, places: _Places) -> Iterator[Diagnostic]:
    """Characters that cannot be seen, or that change the order of others."""
    for number, match in enumerate(_FORBIDDEN.finditer(text)):
        if number == MAX_CHARACTER_FINDINGS:
            yield Diagnostic("T105", Severity.ERROR, "there are more such characters below", places.span(match))
            break
        yield Diagnostic(
            "T105",
            Severity.ERROR,
            _what(match.group()),
            places.span(match),
            hint="delete it; nothing is lost to the eye",
        )


def _mixed(text: str, places: _Places) -> Iterator[Diagnostic]:
    """Words in which letters of two alphabets stand side by side."""
    last = -1
    for number, match in enumerate(_MIXED.finditer(text)):
        if number == MAX_CHARACTER_FINDINGS:
            break
        start, end = match.span()
        while start > last + 1 and match.start() - start < 30 and text[start - 1].isalnum():
            start -= 1
        while end < len(text) and end - match.end() < 30 and text[end].isalnum():
            end += 1
        if start >= last:
            sentence = f"the word {text[start:end]} mixes letters of two alphabets that look alike"
            hint = "type it in one alphabet"
            yield Diagnostic("T107", Severity.WARNING, sentence, places.at(start, end), hint=hint)
        last = end


def _what(character: str) -> str:
    """A sentence about a forbidden character."""
    name = unicodedata.name(character, "a control character").lower()
    code = f"U+{ord(character):04X}"
    if _IS_BIDI.match(character):
        return f"{code} ({name}) changes the order in which the text is seen"
    return f"{code} ({name}) cannot be seen"


def _not_composed(text: str, places: _Places) -> Iterator[Diagnostic]:
    """The first line that is not in normal form C."""
    offset = 0
    for line in text.split("\n"):
        if not unicodedata.is_normalized("NFC", line):
            column = (
                next(i for i in range(len(line)) if not unicodedata.is_normalized("NFC", line[: i + 1]))
                if len(line) < 2000
                else 0
            )
            span = places.at(offset + column, offset + column + 1)
            sentence = "letters and their accents are written apart here (the text is not in normal form C)"
            yield Diagnostic("T106", Severity.ERROR, sentence, span, expected="UTF-8 in normal form C (NFC)")
            return
        offset += len(line) + 1


class _Places:
    """Turns offsets that only grow into lines and columns, counting each line once."""

    def __init__(self, text: str) -> None:
        self.text, self.line, self.counted = text, 1, 0

    def at(self, start: int, end: int) -> Span:
        """The span of a piece of the text."""
        if start < self.counted:
            self.line, self.counted = 1, 0
        self.line += self.text.count("\n", self.counted, start)
        self.counted = start
        first = self.text.rfind("\n", 0, start) + 1
        return Span(self.line, start - first + 1, self.line, end - first + 1)

    def span(self, match: re.Match[str]) -> Span:
        """The span of a match."""
        return self.at(match.start(), match.end())
