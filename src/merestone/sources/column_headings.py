"""What the heading of a column says, in the languages of the cases: the kinds of coordinates that its words can mean."""

from __future__ import annotations

import re

_PLANE = frozenset(("northing", "southing", "easting", "westing"))

_SAID: tuple[tuple[frozenset[str], str], ...] = (
    (frozenset(("latitude",)), "lat lati latitude latitud breite широта широты 纬度 緯度 φ phi"),
    (
        frozenset(("longitude",)),
        "lon lng long longi longitude longitud länge laenge долгота долготы 经度 經度 λ lambda",
    ),
    (frozenset(("latitude", "northing")), "n north nord norte norden север"),
    (frozenset(("longitude", "easting")), "e east est este ost osten восток"),
    (frozenset(("latitude", "southing")), "south sur sud süd юг"),
    (frozenset(("longitude", "westing")), "w west ouest oeste запад"),
    (_PLANE | {"x", "longitude"}, "x х"),
    (_PLANE | {"y", "latitude"}, "y у"),
    (frozenset(("northing",)), "northing northings hochwert hw"),
    (frozenset(("easting",)), "easting eastings rechtswert rw"),
    (frozenset(("southing",)), "southing southings"),
    (frozenset(("westing",)), "westing westings"),
    (frozenset(("mgrs",)), "mgrs usng utmref"),
    (frozenset(("coordinates",)), "coordinates coordinate coords coord position koordinaten coordenadas координаты"),
    (frozenset(), "z alt altitude altitud height elevation höhe hoehe высота cota"),
)
_PLACES = {word: columns for columns, words in _SAID for word in words.split()}
"""The columns that a word of a heading can belong to."""

_COORDINATES = frozenset(("coordinates",))
_IN_BRACKETS = re.compile(r"[(\[{]([^)\]}]*)[)\]}]")
_WORDS = re.compile(r"[^\W\d_]+")


def words_of(heading: str) -> tuple[str, ...]:
    """The words of a heading in small letters, without what stands in brackets."""
    return tuple(word.casefold() for word in _WORDS.findall(without_brackets(heading)))


def without_brackets(heading: str) -> str:
    """A heading without what stands in brackets."""
    return _IN_BRACKETS.sub(" ", heading)


def in_brackets(heading: str) -> tuple[str, ...]:
    """What stands in brackets in a heading."""
    return tuple(found.strip() for found in _IN_BRACKETS.findall(heading))


def meant_by(heading: str) -> frozenset[str] | None:
    """The columns of coordinates that a heading can mean: latitude, longitude, x, y, northing and so on, `coordinates` for
    both in one; none for a height; None where its words are not those of coordinates."""
    places = {_PLACES[word] for word in words_of(heading) if word in _PLACES}
    if len(places) > 1:
        places.discard(_COORDINATES)  # as in "X coordinate"
    return None if not places else places.pop() if len(places) == 1 else _COORDINATES
