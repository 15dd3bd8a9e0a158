"""Names that look the same and are written with other characters.

The letters are those that Unicode Technical Standard 39 lists as confusable with Latin ones and that boundary texts
hold: Cyrillic and Greek.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_LIKE_LATIN = str.maketrans("АВЕЅІЈКМНОРСТУХЗаеѕіјорсухΑΒΕΖΗΙΚΜΝΟΡΤΥΧνο", "ABESIJKMHOPCTYX3aesijopcyxABEZHIKMNOPTYXvo")


@lru_cache(maxsize=20_000)
def appearance(name: str) -> str:
    """What a name looks like: composed, in Latin letters where they look the same, upper and lower case as one."""
    return unicodedata.normalize("NFC", name).translate(_LIKE_LATIN).casefold()


def differing(written: str, meant: str) -> str:
    """The first characters in which two names that look alike differ, by their Unicode names."""
    for one, other in zip(written, meant, strict=False):
        if one != other:
            return f"{_called(one)} is not {_called(other)}"
    return "one of them writes its accents apart"


def _called(character: str) -> str:
    return f"{character} ({unicodedata.name(character, 'no character').lower()})"
