"""Letters of hemispheres are read in the languages that are declared, and only where these agree."""

from __future__ import annotations

import pytest
from geographiclib.geodesic import Geodesic

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


CLDR = {
    "es": "N S E O", "fr": "N S E O", "it": "N S E O", "ca": "N S E O", "gl": "N S L O", "pt": "N S L O", "ro": "N S E V",
    "de": "N S O W", "nl": "N Z O W", "af": "N S O W", "sv": "N S Ö V", "da": "N S Ø V", "nb": "N S Ø V", "no": "N S Ø V",
    "nn": "N S Ø V", "fo": "N S E V", "is": "N S A V", "cs": "S J V Z", "sk": "S J V Z", "sl": "S J V Z", "hr": "S J I Z",
    "sr": "S J I Z", "bs": "S J I Z", "mk": "С Ј И З", "bg": "С Ю И З", "ru": "С Ю В З", "uk": "Пн Пд Сх Зх",
    "be": "Пн Пд У З", "pl": "N S E W", "lt": "Š P R V", "lv": "Z D A R", "et": "P L I L", "fi": "P E I L", "hu": "É D K Ny",
    "tr": "K G D B", "sq": "V J L P", "el": "Β Ν Α Δ", "eu": "I H E M", "vi": "B N Đ T", "id": "U S T B", "ms": "N S E W",
    "en": "N S E W",
}  # fmt: skip
"""North, south, east and west in each language: the short coordinate units of Unicode CLDR 48, checked by hand; for Czech,
Slovak, Serbian and Estonian, where CLDR has other forms, the first letters of the four words."""


@pytest.mark.parametrize("tag", CLDR)
@pytest.mark.parametrize("head", ["letters in {}\n", "instrument I «An instrument» in {}\n"])
@pytest.mark.parametrize("form", ["50°30'00\"{} 15°20'00\"{}", "50°30' {}. 15°20' {}.", "{} 50°30' {} 15°20'"])
def test_every_language(tag: str, head: str, form: str) -> None:
    """A pair in the letters of one language is read in it: behind or before the number, with a full stop or without."""
    north, south, east, west = CLDR[tag].split()
    for latitude, right in ((north, "N"), (south, "S")):
        for longitude, other in ((east, "E"), (west, "W")):
            expected = (right, other) if latitude != longitude else "C225"
            assert read(head.format(tag), form.format(latitude, longitude)) == expected, (latitude, longitude)
            turned = f"{longitude} 15°20' {latitude} 50°30'"
            assert read(head.format(tag), turned) == expected, turned


@pytest.mark.parametrize(
    ("head", "printed", "right"),
    [
        ("letters in cs", "50°S 15°V", ("N", "E")),
        ("letters in cs", "15°V 50°S", ("N", "E")),
        ("letters in cs", "50°S 15°E", "C225"),
        ("letters in cs", "50°N 15°E", ("N", "E")),
        ("instrument I «I» in cs, en", "50°S 15°E", ("S", "E")),
        ("instrument I «I» in cs, en", "50°S 15°V", ("N", "E")),
        ("letters in en", "50°S 15°V", "C225"),
        ("instrument I «I» in vi", "10°N 107°E", "C225"),
        ("instrument I «I» in vi", "10°B 107°Đ", ("N", "E")),
        ("letters in et", "58°P 25°L", ("N", "W")),
        ("letters in et", "8°L 25°I", ("S", "E")),
        ("letters in et", "8°L 25°L", "C225"),
        ("letters in hu", "46°É 18°Ny", ("N", "W")),
        ("letters in es", "18°25'04.3594\"s y Longitud 65°20'44.4193\"w", ("S", "W")),
        ("letters in es", "18°25'04\"S 65°20'44\"o", "C220"),
        ("", "49°30' s. š. 18°31' v. d.", ("N", "E")),
        ("", "49°30' severní šířky 18°31' východní délky", ("N", "E")),
        ("", "51°33'06\" N.B. 3°18'10\" O.L.", ("N", "E")),
        ("", "51°33'06\" NB 3°18'10\" WL", ("N", "W")),
        ("", "51°33'06\" noorderbreedte 3°18'10\" oosterlengte", ("N", "E")),
        ("", "51°33'06\" n. Br. 3°18'10\" ö. L.", ("N", "E")),
        ("", "51°33'06\" n.Br. 3°18'10\" w.L.", ("N", "W")),
        ("", "6°10' LS 106°49' BT", ("S", "E")),
        ("", "49°10′ с. ш., 87°48′ в. д.", ("N", "E")),
        ("", "49°10′ пн. ш., 27°48′ сх. д.", ("N", "E")),
        ("", "42°10′ с.ш., 23°48′ и.д.", ("N", "E")),
        ("", "58°15' nordlig bredde, 10°01' østlig lengde", ("N", "E")),
        ("", "49°10' szerokości geograficznej północnej, 19°0' długości geograficznej wschodniej", ("N", "E")),
        ("", "43° 52' 22\" N. 1° 50' 08\" O.", "C225"),
        ("letters in es", "43° 52' 22\" N., long. 1° 50' 08\" O.", ("N", "W")),
        ("letters in de", "43° 52' 22\" N. 1° 50' 08\" O.", ("N", "E")),
    ],
)  # fmt: skip
def test_pairs(head: str, printed: str, right: tuple[str, str] | str) -> None:
    """Letters of a pair are read together, abbreviations and words need no language, and what is mixed is refused."""
    assert read(f"{head}\n" if head else "", printed) == right


def test_alone() -> None:
    """A latitude alone has no second letter to go by: only `letters in` settles it."""
    line = "point X at the intersection of parallel {} and meridian {}\n"
    for head, latitude, meridian, codes in (
        ("letters in cs\n", "49°S", "18°V", []),
        ("instrument I «I» in cs\n", "49°S", "18°V", ["C225"]),
        ("letters in es\n", "49°S", "18°O", []),
    ):
        assert [each.code for each in parse(head + line.format(latitude, meridian)).diagnostics] == codes


def test_doubt_shows_both_readings_and_how_far_apart() -> None:
    """Undeclared `O`: 1°50'08" to either side at 43°52'22" is 294.4 km by the geodesic, told within 0.6 %."""
    (finding,) = parse("point A at 43°52'22\"N 1°50'08\"O\n").diagnostics
    (measure,) = finding.measures
    right = Geodesic.WGS84.Inverse(43.872778, -1.835556, 43.872778, 1.835556)["s12"]
    assert measure.value == pytest.approx(right, rel=0.006)
    assert measure.between == ("43°52'22\"N 1°50'08\"W", "43°52'22\"N 1°50'08\"E")
    assert finding.hint is not None
    assert "`letters in es` (north, west) or `letters in de` (north, east)" in finding.hint


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
