"""Which script a letter belongs to, and which letters of other scripts look like it.

The pairs are those of Unicode Technical Standard 39 (confusables) among the capital and small letters of Latin, Cyrillic,
Greek and Armenian, as far as a reader of a text in print can take the one for the other.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

LATIN, CYRILLIC, GREEK, ARMENIAN = "LATIN", "CYRILLIC", "GREEK", "ARMENIAN"

_LIKE_LATIN = {
    CYRILLIC: ("АВЕЅІЈКМНОРСТУХԌԚԜӀаеѕіјорсухһԁԛԝӏѵүг", "ABESIJKMHOPCTYXGQWIaesijopcyxhdqwlvyr"),
    GREEK: ("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧϹϳαγικνορυϲ", "ABEZHIKMNOPTYXCjayikvopuc"),
    ARMENIAN: ("ՍՏՕԼօոսհցզյք", "USOLonuhgqjf"),
}
_PROTOTYPES = {
    letter: like for letters, latin in _LIKE_LATIN.values() for letter, like in zip(letters, latin, strict=True)
}
_LOOKED_LIKE = {script: frozenset(latin) for script, (_, latin) in _LIKE_LATIN.items()}

_WRITTEN_TOGETHER = {"CJK": "CJK", "HIRAGANA": "CJK", "KATAKANA": "CJK", "BOPOMOFO": "CJK", "HANGUL": "CJK"}
"""Japanese, Chinese and Korean mix their scripts within a word by rule."""

_NO_SCRIPT = frozenset(
    {"MODIFIER", "MASCULINE", "FEMININE", "MICRO", "COMBINING", "FULLWIDTH", "HALFWIDTH", "MATHEMATICAL"}
)


@lru_cache(maxsize=20_000)
def script_of(letter: str) -> str:
    """The script of a letter, by the first word of its Unicode name; the empty string for what is no letter."""
    if not unicodedata.category(letter).startswith("L"):
        return ""
    first = unicodedata.name(letter, "").split(" ")[0]
    return "" if first in _NO_SCRIPT else _WRITTEN_TOGETHER.get(first, first)


def main_script(letters: Iterable[str]) -> str:
    """The script that most of the letters belong to, the first in the alphabet where several have as many."""
    counts = Counter(script for script in map(script_of, letters) if script)
    return min(counts, key=lambda script: (-counts[script], script), default="")


def looks_like(letter: str, script: str) -> str:
    """The Latin letter whose look it shares where a letter of `script` has that look too; the empty string if none."""
    own = script_of(letter)
    like = _PROTOTYPES.get(letter, letter if own == LATIN else "")
    if not like or own == script:
        return ""
    return like if script == LATIN or like in _LOOKED_LIKE.get(script, frozenset()) else ""
