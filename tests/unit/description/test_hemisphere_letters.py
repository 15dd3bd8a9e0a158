"""Letters of hemispheres are read in the languages that are declared, and only where these agree."""

from __future__ import annotations

import pytest

from merestone.description.parser import parse
from merestone.description.tree import AtCoordinates, Geographic, Point


def read(head: str, printed: str) -> tuple[str, str] | str:
    """The two hemispheres of a place, or the code of what is wrong with it."""
    parsed = parse(f"{head}point A at {printed}\n")
    if parsed.diagnostics:
        return parsed.diagnostics[0].code
    point = parsed.description.statements[-1]
    assert isinstance(point, Point)
    definition = point.definitions[0]
    assert isinstance(definition, AtCoordinates)
    assert isinstance(definition.coordinates, Geographic)
    return definition.coordinates.latitude.hemisphere.value, definition.coordinates.longitude.hemisphere.value


@pytest.mark.parametrize(
    ("languages", "printed", "right"),
    [
        ("es", "23°52'22\" S 60°50'08\" O", ("S", "W")),
        ("fr", "48°51'N 2°21'O", ("N", "W")),
        ("de", "47°30'N 9°40'O", ("N", "E")),
        ("de-AT", "47°30'N 9°40'O", ("N", "E")),
        ("nl", "52°00'N 5°00'O", ("N", "E")),
        ("da", "55°00'N 14°00'Ø", ("N", "E")),
        ("nb", "60°00'N 5°00'Ø", ("N", "E")),
        ("pt", "30°00'S 51°00'O", ("S", "W")),
        ("pt", "18°00'S 36°00'L", ("S", "E")),
        ("fi", "60°00'P 25°00'I", ("N", "E")),
        ("es, pt", "23°52' S 60°50' O", ("S", "W")),
        ("es, de", "23°52' S 60°50' O", "C225"),
        ("en", "23°52' S 60°50' O", "C225"),
        ("es", "23°52' S 60°50' Ø", "C225"),
        ("cs", "50°00' S 15°00' E", "C225"),
        ("fi", "60°00' N 25°00' E", "C225"),
    ],
)  # fmt: skip
def test_by_declared_language(languages: str, printed: str, right: tuple[str, str] | str) -> None:
    """The languages of the instrument settle a letter; where two of them differ, or have it not, it is refused."""
    assert read(f"instrument I «An instrument» in {languages}\n", printed) == right
    if "," not in languages:
        assert read(f"letters in {languages}\n", printed) == right
        other = "es" if not languages.startswith("es") else "de"
        assert read(f"instrument I «An instrument» in {other}\nletters in {languages}\n", printed) == right


def test_undeclared() -> None:
    """Without a language the letters that need one are refused, and N, S, E, W are read."""
    assert read("", "23°52' S 60°50' O") == read("", "23°52' S 60°50' Ø") == read("", "23°52' S 60°50' L") == "C225"
    assert read("", "23°52' S 60°50' W") == ("S", "W")


@pytest.mark.parametrize(
    "printed",
    ["45°N and 60°E", "45°N, y 60°E", "45°N e 60°E", "45°N und 60°E", "45°N og 60°E", "45°N - 60°E", "45°N – 60°E", "45°N–60°E",
     "45°N-60°E", "45°N & 60°E", "45 graus norte e 60 graus leste", "45 град. с.ш. 60 град. в.д.",
     "45 град. 0 мин. 0 сек. с.ш., 60 град. в.д.", "45 Grad 0 Minuten nördlicher Breite, 60 Grad 0 Minuten östlicher Länge",
     "45° Nord, 60° Ost"],
)  # fmt: skip
def test_between_and_around(printed: str) -> None:
    """A conjunction or a hyphen may stand between the two, and words of several languages around them."""
    assert read("", printed) == ("N", "E")


def test_a_sign_is_no_hyphen() -> None:
    """A minus directly before a number stays a sign, and is refused beside a letter."""
    assert read("", "45°N -60°E") == "C224"
