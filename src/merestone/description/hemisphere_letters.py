"""Letters of hemispheres, which mean one thing in one language and another in the next.

`O` is west in French, Spanish, Portuguese and Italian and east in German and Dutch. `S` is south in most languages and
north in Czech. Letters are read by the languages that the description declares. The letters of one place are read
together: `S` beside `V` is Czech, and `S` beside `E` is not.

Source: Unicode CLDR 48, coordinate units in their short and narrow forms. Where CLDR has N, S, E and W for a language
whose texts also print the first letters of its own words (Czech, Slovak, Serbian), those letters are here, and with
them letters that CLDR has not: Swedish `O` (ost), Nynorsk `A` (aust), Portuguese and Galician `E` (este).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import product

from merestone.description.tree import Hemisphere

_NORTH, _SOUTH, _EAST, _WEST = Hemisphere.NORTH, Hemisphere.SOUTH, Hemisphere.EAST, Hemisphere.WEST
_DIRECTIONS = (_NORTH, _SOUTH, _EAST, _WEST)
Letters = Mapping[str, tuple[Hemisphere, ...]]


def _set(north: str, south: str, east: str, west: str) -> Letters:
    """What each letter means in a language; a letter that stands for two directions has both."""
    found: dict[str, tuple[Hemisphere, ...]] = {}
    for direction, letters in zip(_DIRECTIONS, (north, south, east, west), strict=True):
        for letter in letters.split():
            found[letter] = (*found.get(letter, ()), direction)
    return found


_LANGUAGES: Mapping[str, tuple[str, Letters]] = {
    "en": ("English", _set("N", "S", "E", "W")),
    "es": ("Spanish", _set("N", "S", "E", "O")),
    "fr": ("French", _set("N", "S", "E", "O")),
    "it": ("Italian", _set("N", "S", "E", "O")),
    "ca": ("Catalan", _set("N", "S", "E", "O")),
    "gl": ("Galician", _set("N", "S", "L E", "O")),
    "pt": ("Portuguese", _set("N", "S", "L E", "O")),
    "ro": ("Romanian", _set("N", "S", "E", "V")),
    "de": ("German", _set("N", "S", "O", "W")),
    "nl": ("Dutch", _set("N", "Z", "O", "W")),
    "af": ("Afrikaans", _set("N", "S", "O", "W")),
    "sv": ("Swedish", _set("N", "S", "Ö O", "V")),
    "da": ("Danish", _set("N", "S", "Ø", "V")),
    "nb": ("Norwegian", _set("N", "S", "Ø", "V")),
    "nn": ("Norwegian", _set("N", "S", "Ø A", "V")),
    "no": ("Norwegian", _set("N", "S", "Ø", "V")),
    "fo": ("Faroese", _set("N", "S", "E", "V")),
    "is": ("Icelandic", _set("N", "S", "A", "V")),
    "cs": ("Czech", _set("S", "J", "V", "Z")),
    "sk": ("Slovak", _set("S", "J", "V", "Z")),
    "sl": ("Slovenian", _set("S", "J", "V", "Z")),
    "hr": ("Croatian", _set("S", "J", "I", "Z")),
    "sr": ("Serbian", _set("S С", "J Ј", "I И", "Z З")),
    "bs": ("Bosnian", _set("S", "J", "I", "Z")),
    "mk": ("Macedonian", _set("С", "Ј", "И", "З")),
    "bg": ("Bulgarian", _set("С", "Ю", "И", "З")),
    "ru": ("Russian", _set("С", "Ю", "В", "З")),
    "uk": ("Ukrainian", _set("Пн", "Пд", "Сх", "Зх")),
    "be": ("Belarusian", _set("Пн", "Пд", "У", "З")),
    "pl": ("Polish", _set("N", "S", "E", "W")),
    "lt": ("Lithuanian", _set("Š", "P", "R", "V")),
    "lv": ("Latvian", _set("Z", "D", "A", "R")),
    "et": ("Estonian", _set("P", "L", "I", "L")),
    "fi": ("Finnish", _set("P", "E", "I", "L")),
    "hu": ("Hungarian", _set("É", "D", "K", "Ny")),
    "tr": ("Turkish", _set("K", "G", "D", "B")),
    "sq": ("Albanian", _set("V", "J", "L", "P")),
    "el": ("Greek", _set("Β", "Ν", "Α", "Δ")),
    "eu": ("Basque", _set("I", "H", "E", "M")),
    "vi": ("Vietnamese", _set("B", "N", "Đ", "T")),
    "id": ("Indonesian", _set("U", "S", "T", "B")),
    "ms": ("Malay", _set("N U", "S", "E T", "W B")),
}  # fmt: skip
"""The name of each language that is known, and what its letters mean."""

LETTERS = frozenset(letter for _, letters in _LANGUAGES.values() for letter in letters)
"""Every letter that stands for a direction in a known language."""

ENGLISH = _LANGUAGES["en"][1]
_NAMES = {_NORTH: "north", _SOUTH: "south", _EAST: "east", _WEST: "west"}


@dataclass(frozen=True, slots=True)
class Lettering:
    """How letters of directions are read: in which languages, and whether `letters in` declares them or they are only
    those of the instruments."""

    languages: tuple[str, ...] = ()
    declared: bool = False

    @property
    def primary(self) -> tuple[str, ...]:
        """The languages without their regions (`pt-BR` is Portuguese), those that are known."""
        tags = (tag.split("-", maxsplit=1)[0] for tag in self.languages)
        return tuple(dict.fromkeys(tag for tag in tags if tag in _LANGUAGES))


UNLETTERED = Lettering()
"""Of a description that names no language."""

Reading = tuple[Hemisphere, ...]
"""What each of some letters means."""


def is_known(tag: str) -> bool:
    """Whether it is known what the letters of hemispheres mean in a language, by its tag (`pt-BR` is Portuguese)."""
    return tag.split("-", maxsplit=1)[0] in _LANGUAGES


def known_tags() -> tuple[str, ...]:
    """The languages of which the letters are known, by their tags."""
    return tuple(sorted(_LANGUAGES))


@lru_cache(maxsize=64)
def letters_of(lettering: Lettering) -> frozenset[str]:
    """The letters that stand for a direction in English or in a language of the description."""
    return frozenset(ENGLISH).union(*(_LANGUAGES[tag][1] for tag in lettering.primary))


@lru_cache(maxsize=64)
def clash(lettering: Lettering) -> bool:
    """Whether N, S, E or W means something else than in English in a language of the description."""
    return any(
        _LANGUAGES[tag][1].get(letter, own) != own for tag in lettering.primary for letter, own in ENGLISH.items()
    )


def read(letters: tuple[str, ...], lettering: Lettering, wanted: frozenset[Reading]) -> Reading | None:
    """What letters that stand together mean, one of the readings `wanted`; None where that is in doubt.

    Letters that each mean one thing in English and the languages of the description need no more. Where one means two,
    all must belong to one language of the description: `S` and `V` are Czech. A single letter that means two is read
    only in the language that `letters in` declares.
    """
    each = [_meanings(letter, (*lettering.primary, "en")) for letter in letters]
    if all(len(meanings) == 1 for meanings in each):
        alone = tuple(meanings[0] for meanings in each)
        return alone if alone in wanted else None
    if len(letters) == 1 and not lettering.declared:
        return None
    found = {reading for tag in lettering.primary for reading in _in_language(letters, tag) if reading in wanted}
    return found.pop() if len(found) == 1 else None


def certain(letter: str, lettering: Lettering) -> Hemisphere | None:
    """What a letter means where English and the languages of the description agree, or only one has it; else None."""
    meanings = _meanings(letter, (*lettering.primary, "en"))
    return meanings[0] if len(meanings) == 1 else None


def ways(letters: tuple[str, ...], lettering: Lettering, wanted: frozenset[Reading]) -> dict[str, Reading]:
    """Each language in which letters have one of the readings `wanted`, and which: of the description and English, or,
    where there are none or these have not the letters, of all languages."""
    near = _ways(letters, dict.fromkeys((*lettering.primary, "en")), wanted)
    return near if lettering.primary and near else _ways(letters, dict.fromkeys(_LANGUAGES), wanted)


def _ways(letters: tuple[str, ...], tags: dict[str, None], wanted: frozenset[Reading]) -> dict[str, Reading]:
    found = {}
    for tag in tags:
        reading = read(letters, Lettering((tag,), declared=True), wanted)
        own = _LANGUAGES[tag][1]
        if reading is not None and any(letter in own for letter in letters):
            found[tag] = reading
    return found


def said(letter: str, lettering: Lettering) -> str:
    """What a letter means in English and the languages of the description, or, where they have it not, in all."""
    near = {tag: None for tag in (*lettering.primary, "en") if letter in _LANGUAGES[tag][1]}
    everywhere = near if near and lettering.primary else _LANGUAGES
    by_direction: dict[Hemisphere, list[str]] = {}
    for tag in everywhere:
        for direction in _LANGUAGES[tag][1].get(letter, ()):
            by_direction.setdefault(direction, []).append(_LANGUAGES[tag][0])
    parts = [f"{_NAMES[direction]} in {_listed(names)}" for direction, names in by_direction.items()]
    return f"`{letter}` is {' and '.join(parts)}"


def said_of(reading: Reading) -> str:
    """A reading in words: `north, east`."""
    return ", ".join(_NAMES[direction] for direction in reading)


def _meanings(letter: str, tags: tuple[str, ...]) -> tuple[Hemisphere, ...]:
    found = (direction for tag in tags for direction in _LANGUAGES[tag][1].get(letter, ()))
    return tuple(dict.fromkeys(found))


def _in_language(letters: tuple[str, ...], tag: str) -> Iterator[Reading]:
    own = _LANGUAGES[tag][1]
    return iter(product(*(own.get(letter, ()) for letter in letters)))


def _listed(names: list[str]) -> str:
    names = list(dict.fromkeys(names))
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
