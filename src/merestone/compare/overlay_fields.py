"""What the attributes of an overlay feature say: what it is, its class, its name, how many people live there."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from merestone.sources.layer import Layer, Value

_THEMES = {
    "railway": "railway", "highway": "road", "waterway": "water", "water": "water", "building": "building",
    "place": "settlement",
}  # fmt: skip
"""Keys of OpenStreetMap, the first that a feature has says what it is."""
_NAMES = ("name", "name_en", "name:en", "nam", "title", "ref")
_POPULATIONS = ("population", "pop_max", "pop_est", "pop", "pop_total", "population_total")
_NONE = {"", "no", "none", "null"}
_COUNT = re.compile(r"[0-9]{1,3}(?:([ ,  ])[0-9]{3}(?:\1[0-9]{3})*)?\Z|[0-9]{1,10}(?:\.0+)?\Z")
MOST_PEOPLE = 10_000_000_000


@dataclass(frozen=True, slots=True)
class Fields:
    """Which fields of a layer say what a feature is called, its class, and how many people live there.

    None: found by usual names, without regard to letter case. `what` calls all features of the layer by one word;
    None: by the keys of OpenStreetMap (highway: road), else point, line, area.
    """

    name: str | None = None
    population: str | None = None
    kind: str | None = None
    what: str | None = None


@dataclass(frozen=True, slots=True)
class Described:
    """What one feature is: `what` ("road"), its class ("primary"), its name, people (None where nothing is said)."""

    what: str
    kind: str
    name: str
    people: int | None


def population_field(layer: Layer, fields: Fields) -> str | None:
    """The field in which a layer says how many people live somewhere, None where it has none."""
    return _field(layer, fields.population, _POPULATIONS)


def described(layer: Layer, fields: Fields) -> tuple[Described, ...]:
    """What each feature of a layer is, in their order."""
    population = population_field(layer, fields)
    names = [fields.name] if fields.name else _present(layer, _NAMES)
    return tuple(_described(row, fields, names, population) for row in layer.attributes)


def _described(row: Mapping[str, Value], fields: Fields, names: list[str], population: str | None) -> Described:
    """What the feature of a row is."""
    key = next((each for each in _THEMES if str(row.get(each) or "").casefold() not in _NONE), None)
    theme = _THEMES[key] if key else "settlement" if population is not None and row.get(population) is not None else ""
    kind = row.get(fields.kind or key or "")
    name = next((str(row[each]) for each in names if row.get(each) not in (None, "")), "")
    return Described(fields.what or theme, "" if kind is None else str(kind), name, _people(row.get(population or "")))


def _people(value: Value) -> int | None:
    """A number of people, None where there is none or it is no such number (negative ones stand for unknown)."""
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, str):
        text = value.strip()
        if not _COUNT.match(text):
            return None
        value = float(re.sub(r"[ ,  ]", "", text))
    return int(value) if 0 <= value <= MOST_PEOPLE else None


def _present(layer: Layer, candidates: tuple[str, ...]) -> list[str]:
    """The fields of a layer that bear one of the names, in the order of the names."""
    fields = dict.fromkeys(field for row in layer.attributes for field in row)
    return [field for name in candidates for field in fields if field.casefold() == name]


def _field(layer: Layer, named: str | None, candidates: tuple[str, ...]) -> str | None:
    return named or next(iter(_present(layer, candidates)), None)
