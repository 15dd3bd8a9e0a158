"""Letters of hemispheres that mean one thing in one language and another in the next.

`O` is west in French, Spanish, Portuguese and Italian and east in German, Dutch and Swedish. `S` is south in most
languages and north in Czech. A letter is read by the languages that the description declares, and only where they agree.
"""

from __future__ import annotations

from collections.abc import Mapping

from merestone.description.tree import Hemisphere

_NORTH, _SOUTH, _EAST, _WEST = Hemisphere.NORTH, Hemisphere.SOUTH, Hemisphere.EAST, Hemisphere.WEST

LETTERS: Mapping[str, Mapping[str, Hemisphere]] = {
    **{tag: {"O": _WEST} for tag in ("es", "fr", "it", "ca", "gl")},
    "pt": {"O": _WEST, "L": _EAST},
    "de": {"O": _EAST},
    "nl": {"O": _EAST, "Z": _SOUTH},
    "sv": {"O": _EAST, "Ö": _EAST, "V": _WEST},
    **{tag: {"Ø": _EAST, "V": _WEST} for tag in ("da", "nb", "nn", "no", "fo")},
    "ro": {"V": _WEST},
    **{tag: {"S": _NORTH, "J": _SOUTH, "V": _EAST, "Z": _WEST} for tag in ("cs", "sk")},
    **{tag: {"S": _NORTH, "J": _SOUTH, "I": _EAST, "Z": _WEST} for tag in ("hr", "sr", "bs", "sl")},
    "fi": {"P": _NORTH, "E": _SOUTH, "I": _EAST, "L": _WEST},
}
"""What single letters mean in a language, where that is not N, S, E and W as in English."""

DOUBTFUL = frozenset(letter for letters in LETTERS.values() for letter in letters) - {"S", "E"}
"""Letters that mean nothing without a language."""

_LANGUAGE_NAMES = {
    "es": "Spanish", "fr": "French", "it": "Italian", "ca": "Catalan", "gl": "Galician", "pt": "Portuguese", "de": "German",
    "nl": "Dutch", "sv": "Swedish", "da": "Danish", "nb": "Norwegian", "nn": "Norwegian", "no": "Norwegian", "fo": "Faroese",
    "ro": "Romanian", "cs": "Czech", "sk": "Slovak", "hr": "Croatian", "sr": "Serbian", "bs": "Bosnian", "sl": "Slovenian",
    "fi": "Finnish", "en": "English",
}  # fmt: skip
_ENGLISH = {"N": _NORTH, "S": _SOUTH, "E": _EAST, "W": _WEST}
_NAMES = {_NORTH: "north", _SOUTH: "south", _EAST: "east", _WEST: "west"}


def is_known(tag: str) -> bool:
    """Whether it is known what the letters of hemispheres mean in a language, by its tag (`pt-BR` is Portuguese)."""
    return tag.split("-", maxsplit=1)[0] in _LANGUAGE_NAMES


def known_tags() -> tuple[str, ...]:
    """The languages of which the letters are known, by their tags."""
    return tuple(sorted(_LANGUAGE_NAMES))


def meanings(letter: str, languages: tuple[str, ...]) -> dict[str, Hemisphere]:
    """What a letter means in each of the declared languages that have it; N, S, E and W mean something in all."""
    found = {}
    for tag in languages:
        primary = tag.split("-")[0]
        meant = LETTERS.get(primary, {}).get(letter, _ENGLISH.get(letter))
        if meant is not None:
            found[primary] = meant
    return found


def clash(languages: tuple[str, ...]) -> bool:
    """Whether N, S, E or W means something else than in English in a declared language."""
    return any(
        meanings(letter, languages).get(tag.split("-")[0], own) is not own
        for letter, own in _ENGLISH.items()
        for tag in languages
    )


def said(letter: str, meant: Mapping[str, Hemisphere]) -> str:
    """What a letter can mean, for messages: in the declared languages, or, where they have none, in all."""
    everywhere = meant or {tag: letters[letter] for tag, letters in LETTERS.items() if letter in letters}
    if letter in _ENGLISH:
        everywhere = {"en": _ENGLISH[letter], **everywhere}
    by_direction: dict[Hemisphere, list[str]] = {}
    for tag, direction in everywhere.items():
        by_direction.setdefault(direction, []).append(_LANGUAGE_NAMES.get(tag, tag))
    parts = [f"{_NAMES[direction]} in {_listed(names)}" for direction, names in by_direction.items()]
    return f"`{letter}` is {' and '.join(parts)}"


def _listed(names: list[str]) -> str:
    names = list(dict.fromkeys(names))
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
