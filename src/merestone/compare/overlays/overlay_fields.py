"""What the attributes of an overlay feature say: what it is, its class, its name, how many people live there."""

from __future__ import annotations

import re
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


@dataclass(frozen=True, slots=True, eq=False)
class Descriptions:
    """What each feature of a layer is, told when asked for: most features of a large layer lie nowhere near.

    `names`, `population`: the fields that are read, in order; `population` None where the layer has none.
    """

    layer: Layer
    fields: Fields
    names: tuple[str, ...]
    population: str | None

    def __getitem__(self, feature: int) -> Described:
        """What a feature is, by its index."""
        row = self.layer.attributes[feature]
        key = next((each for each in _THEMES if str(row.get(each) or "").casefold() not in _NONE), None)
        populated = self.population is not None and row.get(self.population) is not None
        kind = row.get(self.fields.kind or key or "")
        return Described(
            what=self.fields.what or (_THEMES[key] if key else "settlement" if populated else ""),
            kind="" if kind is None else str(kind),
            name=next((str(row[each]) for each in self.names if row.get(each) not in (None, "")), ""),
            people=_people(row.get(self.population or "")),
        )


def descriptions(layer: Layer, fields: Fields) -> Descriptions:
    """What the features of a layer are, by the fields that are named, else by the usual ones that it has."""
    present = list(dict.fromkeys(field for row in layer.attributes for field in row))
    names, populations = (
        tuple(field for name in usual for field in present if field.casefold() == name)
        for usual in (_NAMES, _POPULATIONS)
    )
    return Descriptions(
        layer,
        fields,
        (fields.name,) if fields.name else names,
        fields.population or next(iter(populations), None),
    )


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
