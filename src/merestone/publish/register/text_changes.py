"""What the texts say differently from those in force, language by language: by clause where both are descriptions that mean
something as a whole, line by line otherwise."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from itertools import zip_longest

from merestone.compare.texts.clauses import ChangeKind, ClauseChange, clause_differences
from merestone.description.parser import Parsed, parse
from merestone.diagnostics import Severity, Span
from merestone.publish.register.characters import marked
from merestone.publish.register.media_types import DESCRIPTION, is_text
from merestone.register.objects import Blob

Texts = Mapping[str, tuple[Blob, bytes]]
"""Texts by language."""


@dataclass(frozen=True, slots=True)
class TextChange:
    """What became of the text in a language, in a sentence and clause by clause."""

    language: str
    sentence: str
    clauses: tuple[ClauseChange, ...] = ()


def text_changes(old: Texts, new: Texts) -> tuple[TextChange, ...]:
    """The changes of every language that either has, by language; the characters in them are marked."""
    return tuple(_change(language, old.get(language), new.get(language)) for language in sorted({*old, *new}))


def _change(language: str, old: tuple[Blob, bytes] | None, new: tuple[Blob, bytes] | None) -> TextChange:
    if old is None:
        return TextChange(language, "this language is new: no text in it is in force")
    if new is None:
        return TextChange(language, "a text in this language is in force, and this act does not have one")
    if old[0] == new[0]:
        return TextChange(language, "byte for byte the text in force")
    if not (is_text(old[0].media_type) and is_text(new[0].media_type)):
        return TextChange(
            language, "the bytes differ from those in force, and they are not both texts that could be compared"
        )
    clauses, sentence = _told(old, new)
    return TextChange(language, sentence, tuple(_with_marks(each) for each in clauses))


def _told(old: tuple[Blob, bytes], new: tuple[Blob, bytes]) -> tuple[tuple[ClauseChange, ...], str]:
    if {old[0].media_type, new[0].media_type} == {DESCRIPTION}:
        parsed = parse(old[1]), parse(new[1])
        if not any(map(_means_nothing, parsed)):
            clauses = clause_differences(parsed[0].description, parsed[1].description)
            if clauses:
                return clauses, "compared with the text in force, clause by clause"
            return _lines(old[1], new[1]), "says what the text in force says; comments or the layout differ"
        return _lines(old[1], new[1]), "compared line by line, because part of one of the texts cannot be read"
    return _lines(old[1], new[1]), "compared with the text in force, line by line"


def _means_nothing(parsed: Parsed) -> bool:
    return any(each.severity is Severity.ERROR for each in parsed.diagnostics)


def _lines(old: bytes, new: bytes) -> tuple[ClauseChange, ...]:
    """The lines that differ, those that stand in one another's place told together."""
    before, after = (data.decode("utf-8", "replace").split("\n") for data in (old, new))
    return tuple(_runs(before, after))


def _runs(before: list[str], after: list[str]) -> Iterator[ClauseChange]:
    for tag, i, j, k, m in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        for at, there in zip_longest(range(i, j), range(k, m)):
            yield _line(None if at is None else (at, before[at]), None if there is None else (there, after[there]))


def _line(old: tuple[int, str] | None, new: tuple[int, str] | None) -> ClauseChange:
    kind = ChangeKind.ADDED if old is None else ChangeKind.REMOVED if new is None else ChangeKind.CHANGED
    spans = [None if each is None else Span(each[0] + 1, 1, each[0] + 1, len(each[1]) + 1) for each in (old, new)]
    words = [None if each is None else each[1] for each in (old, new)]
    return ClauseChange(kind, "text", "", words[0], words[1], spans[0], spans[1])


def _with_marks(change: ClauseChange) -> ClauseChange:
    old, new = (None if each is None else in_place(each) for each in (change.old, change.new))
    return replace(change, subject=in_place(change.subject), aspect=in_place(change.aspect), old=old, new=new)


def in_place(text: str) -> str:
    """A text on one line with its marks; its line ends are marks too."""
    return marked(text).lines[0] if "\n" not in text else "⟦U+000A LINE FEED⟧".join(marked(text).lines)
