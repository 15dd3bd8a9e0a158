"""The phrases by which instruments say "straight line", so that the words themselves can be pointed at."""

from __future__ import annotations

import re
from collections.abc import Iterator

STRAIGHT = (
    r"(?:an?\s+|the\s+)?(?:straight|right)\s+lines?",
    r"(?:une?\s+|la\s+|en\s+)?lignes?\s+droites?",
    r"(?:una\s+|la\s+|en\s+)?l[ií]neas?\s+rectas?",
    r"(?:uma\s+|a\s+|em\s+)?linhas?\s+re[c]?tas?",
    r"(?:eine[rn]?\s+|die\s+)?gerade[nr]?\s+linien?",
    r"(?:una\s+|la\s+|in\s+)?line[ae]\s+rett[ae]",
    r"(?:по\s+)?прям(?:ой|ая|ую|ые|ым)(?:\s+лини(?:и|я|ю|ей|ям))?",
    r"(?:по\s+)?прям(?:ій|а|у|і)(?:\s+ліні(?:ї|я|ю|єю))?",
    r"خطا?\s+مستقيما?",
    r"直线|直線",
)
"""English, French, Spanish, Portuguese, German, Italian, Russian, Ukrainian, Arabic, Chinese."""

_PATTERN = re.compile(
    "|".join(rf"(?<!\w){phrase}(?!\w)" if phrase[0] != "直" else phrase for phrase in STRAIGHT), re.IGNORECASE
)


def straight_phrases(words: str) -> Iterator[tuple[str, bool]]:
    """The words in pieces, in order; each with whether it says "straight line"."""
    done = 0
    for match in _PATTERN.finditer(words):
        if match.start() > done:
            yield words[done : match.start()], False
        yield match.group(), True
        done = match.end()
    if done < len(words):
        yield words[done:], False
