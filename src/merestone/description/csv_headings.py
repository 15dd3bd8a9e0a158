"""The headings of tables that others write, held against the columns that a description declares.

A heading is recognised by its words, in the languages of the cases, whatever stands with them (`POINT_X`, `geogr.
Breite`, `Easting (m)`). One that says something else than the declared column is a contradiction; one that says nothing
is taken as declared, and told.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from merestone.description.grid_coordinates import GRID_UNITS
from merestone.sources.column_headings import in_brackets, meant_by, without_brackets, words_of

_TEXT = frozenset(("name", "mark", "label", "words"))

_NAMED = """id name names point points p pt no nr number num punkt punktnummer nummer bezeichnung punto vértice vertice nombre
número mojón mojon hito borne nom numéro номер название точка точки пункт имя nome ponto station pillar beacon marker monument
label remark remarks description note notes beschreibung bemerkung descripción descripcion descrição описание what"""
_NAMES = frozenset(_NAMED.split())
"""Words of headings over texts."""

_OTHER_ANGLES = ("gon", "gons", "grad", "grads", "grades", "gr", "g", "rad", "radians", "min", "minutes", "'")
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
    brackets = in_brackets(cell)
    unit = next((GRID_UNITS[text] for text in brackets if text in GRID_UNITS), None)
    columns = meant_by(cell)
    if columns is None and _NAMES.intersection(words_of(cell)):
        columns = _TEXT
    return Heading(cell, columns, unit, any(text.casefold() in _OTHER_ANGLES for text in brackets))


def is_data(cell: str, column: str) -> bool:
    """Whether the cell under which coordinates stand is a coordinate itself, and no heading."""
    return column not in (*_TEXT, "skip") and _DATA.match(without_brackets(cell)) is not None
