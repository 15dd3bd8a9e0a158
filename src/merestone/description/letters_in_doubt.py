"""C225: letters of hemispheres that the languages of the description do not settle, with every reading and what declares it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from merestone.description.cursor import Cursor, Refusal
from merestone.description.hemisphere_letters import Reading, certain, said, said_of, ways
from merestone.diagnostics import Measure, Span, Suggestion

Apart = Callable[[Reading, Reading], "Measure | None"]


def no_measure(_: Reading, __: Reading) -> Measure | None:
    """None: nothing is known that the readings could be measured by."""
    return None


def in_doubt(
    cursor: Cursor,
    letters: tuple[tuple[str, Span], ...],
    wanted: frozenset[Reading],
    apart: Apart = no_measure,
) -> Refusal:
    """The refusal of letters that stand together, of which some mean more than one thing or nothing that is declared."""
    lettering = cursor.conventions.lettering
    printed = tuple(letter for letter, _ in letters)
    found = ways(printed, lettering, wanted)
    doubtful = [(letter, span) for letter, span in letters if certain(letter, lettering) is None]
    first, span = (doubtful or list(letters))[0]
    sentence = " and ".join(dict.fromkeys(said(letter, lettering) for letter, _ in doubtful)) or said(first, lettering)
    declare = _one_language_each(found)
    suggestions = () if lettering.declared else tuple(Suggestion(f"letters in {tag}", None) for tag in declare)
    finding = cursor.refuse(
        "C225", sentence, span, "N, S, E or W", _hint({} if lettering.declared else declare), suggestions
    )
    return _measured(finding, list(declare.values()), apart)


def _one_language_each(found: dict[str, Reading]) -> dict[str, Reading]:
    """Of the languages in which letters can be read the first for each reading."""
    first: dict[Reading, str] = {}
    for tag, reading in found.items():
        first.setdefault(reading, tag)
    return {tag: reading for reading, tag in first.items()}


def _hint(declare: dict[str, Reading]) -> str:
    if not declare:
        return "write the direction as a word"
    ways = " or ".join(f"`letters in {tag}` ({said_of(reading)})" for tag, reading in declare.items())
    return f"write the direction as a word, or declare the language of the letters, such as {ways}"


def _measured(refusal: Refusal, readings: list[Reading], apart: Apart) -> Refusal:
    """The refusal with the distance of the two readings that are furthest apart."""
    pairs = [apart(one, other) for n, one in enumerate(readings) for other in readings[n + 1 :]]
    measures = [each for each in pairs if each is not None]
    if not measures:
        return refusal
    return Refusal(replace(refusal.finding, measures=(max(measures, key=lambda each: each.value),)))
