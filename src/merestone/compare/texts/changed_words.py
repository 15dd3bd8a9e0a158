"""Two versions of a sentence word by word: what stayed, what went, what came."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
"""Scripts written without spaces between words (Thai, Lao, Burmese, Khmer, Chinese, Japanese): letter by letter."""
_WORD = re.compile(rf"\s*(?:[{_UNSPACED}]|[^\s{_UNSPACED}]+)|\s+$")


class Fate(StrEnum):
    """What became of some words."""

    KEPT = "kept"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Run:
    """Words that share one fate, with the spaces in front of them as written."""

    fate: Fate
    text: str


def changed_words(old: str, new: str) -> tuple[Run, ...]:
    """The runs of words that lead from one text to the other: without what came they are the old text, without what
    went the new one. Spaces count only where nothing else differs."""
    before, after = _WORD.findall(old), _WORD.findall(new)
    keys = [word.strip() for word in before], [word.strip() for word in after]
    if keys[0] == keys[1]:
        keys = before, after
    return tuple(_joined(_runs(before, after, SequenceMatcher(None, *keys, autojunk=False))))


def _runs(before: list[str], after: list[str], matcher: SequenceMatcher[str]) -> Iterator[Run]:
    for tag, i, j, k, m in matcher.get_opcodes():
        if tag == "equal":
            yield from _kept(before[i:j], after[k:m])
        else:
            yield Run(Fate.REMOVED, "".join(before[i:j]))
            yield Run(Fate.ADDED, "".join(after[k:m]))


def _kept(before: list[str], after: list[str]) -> Iterator[Run]:
    """Words that stayed; where the space in front of one changed, it is told as the spaces that went and came."""
    for old, new in zip(before, after, strict=True):
        word = old.lstrip()
        if old != new:
            yield Run(Fate.REMOVED, old[: len(old) - len(word)])
            yield Run(Fate.ADDED, new[: len(new) - len(word)])
        yield Run(Fate.KEPT, word if old != new else old)


def _joined(runs: Iterator[Run]) -> Iterator[Run]:
    """Neighbours of one fate as one run, empty ones left out."""
    last: Run | None = None
    for run in runs:
        if not run.text:
            continue
        if last is not None and last.fate is run.fate:
            last = Run(run.fate, last.text + run.text)
            continue
        if last is not None:
            yield last
        last = run
    if last is not None:
        yield last
