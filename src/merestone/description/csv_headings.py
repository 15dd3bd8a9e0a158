"""The headings of tables that others write, held against the columns that a description declares.

A heading is recognised by its words, in the languages of the cases, whatever stands with them (`POINT_X`, `geogr.
Breite`, `Easting (m)`). One that says something else than the declared column is a contradiction; one that says nothing
is taken as declared, and told.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from merestone.description.grid_coordinates import GRID_UNITS

_PLANE = frozenset(("northing", "southing", "easting", "westing"))
_TEXT = frozenset(("name", "mark", "label", "words"))

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
    (frozenset(("coordinates",)), "coordinates coordinate coords coord position koordinaten coordenadas координаты"),
    (frozenset(), "z alt altitude altitud height elevation höhe hoehe высота cota"),
)
_PLACES = {word: columns for columns, words in _SAID for word in words.split()}
"""The columns that a word of a heading can belong to."""

_NAMED = """id name names point points p pt no nr number num punkt punktnummer nummer bezeichnung punto vértice vertice nombre
número mojón mojon hito borne nom numéro номер название точка точки пункт имя nome ponto station pillar beacon marker monument
label remark remarks description note notes beschreibung bemerkung descripción descripcion descrição описание what"""
_NAMES = frozenset(_NAMED.split())
"""Words of headings over texts."""

_IN_BRACKETS = re.compile(r"[(\[{]([^)\]}]*)[)\]}]")
_OTHER_ANGLES = ("gon", "gons", "grad", "grads", "grades", "gr", "g", "rad", "radians", "min", "minutes", "'")
_WORDS = re.compile(r"[^\W\d_]+")
_DATA = re.compile(r"\s*(?:[NSEWnsew]\s*)?[-−+]?\s*[0-9]|.*[0-9]\s*[°º]|.*(?<![\w:])[0-9]{2,}(?!\w)")
"""A number, with a letter before it or a sign of degrees behind it, or one that stands alone (not WGS84, nor EPSG:4326)."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading as printed, the columns that it can belong to (None where it says nothing), and what stands in brackets:
    a unit of length, or that angles are not in degrees."""

    text: str
    columns: frozenset[str] | None
    unit: str | None
    other_angles: bool

    def contradicts(self, column: str) -> bool:
        """Whether it says something else than that column."""
        if self.other_angles and column in ("latitude", "longitude", "coordinates"):
            return True
        return self.columns is not None and column != "skip" and column not in self.columns


def heading(cell: str) -> Heading:
    """What a cell of the first row says of its column."""
    brackets = [found.strip() for found in _IN_BRACKETS.findall(cell)]
    unit = next((GRID_UNITS[text] for text in brackets if text in GRID_UNITS), None)
    angles = any(text.casefold() in _OTHER_ANGLES for text in brackets)
    words = [word.casefold() for word in _WORDS.findall(_IN_BRACKETS.sub(" ", cell))]
    places = {_PLACES[word] for word in words if word in _PLACES}
    if len(places) > 1 and frozenset(("coordinates",)) in places:
        places.discard(frozenset(("coordinates",)))  # as in "X coordinate"
    if len(places) > 1:
        columns: frozenset[str] | None = frozenset(("coordinates",))  # as in "lat, lon"
    elif places:
        columns = places.pop()
    else:
        columns = _TEXT if _NAMES.intersection(words) else None
    return Heading(cell, columns, unit, angles)


def is_data(cell: str, column: str) -> bool:
    """Whether the cell under which coordinates stand is a coordinate itself, and no heading."""
    return column not in (*_TEXT, "skip") and _DATA.match(_IN_BRACKETS.sub(" ", cell)) is not None
