"""What is said of a printed number that is not read: every reading of it, and what to write for each."""

from __future__ import annotations

from fractions import Fraction

from merestone.description.numbers import Doubt, Reading, Why
from merestone.description.tree import DecimalSign
from merestone.diagnostics import Diagnostic, Severity, Span, Suggestion

_NAMES = {".": "point", ",": "comma", "'": "apostrophe"}


def number_refusal(printed: str, doubt: Doubt, declared: DecimalSign | None, span: Span, expected: str) -> Diagnostic:
    """The refusal of a number, with the readings that it has."""
    shown = " ".join(printed.split())[:60]
    match doubt.why:
        case Why.TOO_LONG:
            return Diagnostic("C212", Severity.ERROR, "the number has too many digits", span, expected=expected)
        case Why.NO_WAY:
            hint = "group digits by threes with spaces, and begin the decimals with one point or comma: 1 234.5"
            sentence = f"`{shown}` is not a number that can be read in one way"
            return Diagnostic("C230", Severity.ERROR, sentence, span, expected=expected, hint=hint)
        case Why.AGAINST_DECLARATION:
            return _against(shown, doubt, declared, span, expected)
        case Why.TWO_WAYS:
            return _two_ways(shown, doubt, span, expected)


def _two_ways(shown: str, doubt: Doubt, span: Span, expected: str) -> Diagnostic:
    readings = " or ".join(dict.fromkeys(reading.plain() for reading in doubt.readings))
    sign = next((each.decimal for each in doubt.readings if each.decimal), "")
    sentence = f"`{shown}` can be {readings}: the {_NAMES.get(sign, 'sign')} may group digits or begin the decimals"
    advised = [(Suggestion(f"decimal sign {_declared_for(each, sign)}", None, Fraction(each.value)), each.plain())
               for each in doubt.readings if sign in _NAMES]  # fmt: skip
    whole = [Suggestion(each.plain(), span, Fraction(each.value)) for each in doubt.readings if not each.decimal]
    said = [f"write `{each.text}`" for each in whole]
    declare = " or ".join(f"`{each.text}` ({value})" for each, value in advised)
    said += [f"declare {declare} in the head"] if declare else []
    suggestions = (*whole, *(each for each, _ in advised))
    hint = ", or ".join(said) or None
    return Diagnostic("C230", Severity.ERROR, sentence, span, expected=expected, hint=hint, suggestions=suggestions)


def _declared_for(reading: Reading, sign: str) -> str:
    """The decimal sign whose declaration gives this reading of a number with one sign."""
    return _NAMES[sign] if reading.decimal else _NAMES["," if sign == "." else "."]


def _against(shown: str, doubt: Doubt, declared: DecimalSign | None, span: Span, expected: str) -> Diagnostic:
    would = " or ".join(reading.plain() for reading in doubt.readings)
    sentence = f"`{shown}` can only be {would}, but the head declares that the {declared} begins the decimals"
    hint = "check the print of this number, or leave the declaration out and write such numbers with spaces: 1 234.5"
    return Diagnostic("C234", Severity.ERROR, sentence, span, expected=expected, hint=hint)
