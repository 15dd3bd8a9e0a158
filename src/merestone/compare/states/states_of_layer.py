"""The States whose polygons a layer of a foreign file holds."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from merestone.compare.states.repeated_land import without_repeats
from merestone.compare.states.state import State, closed, jumps, state
from merestone.errors import WrongRequestError
from merestone.sources.layer import Layer, Part, Role, Value
from merestone.sources.remark import Remark

IDENTITY_ATTRIBUTES = (
    "iso_a3",
    "adm0_a3",
    "a3",
    "iso3",
    "iso_a3_eh",
    "iso3166-1-alpha-3",
    "iso_3166_1_alpha_3",
    "iso_alpha3",
    "iso3_code",
    "iso3cd",
    "cca3",
    "gid_0",
    "shapegroup",
    "adm0_iso",
    "iso_code",
    "sov_a3",
    "id",
    "iso_a2",
    "iso3166-1-alpha-2",
    "cntr_id",
    "name",
    "name_en",
    "admin",
    "country",
    "sovereignt",
    "name_long",
    "name_0",
    "cntry_name",
    "cntr_name",
    "geounit",
    "shapename",
    "romnam",
    "tzid",
)
"""Attributes that name a State in the files people publish, whatever their case, the surest first."""

_SAY_THE_NAME = ("name", "admin", "name_en", "name_long", "country", "geounit", "sovereignt", "name_0", "cntry_name")
"""Attributes that say what to call a feature whose surest attribute is silent."""

_UNKNOWN = {"", "-99", "-1", "none", "null"}


@dataclass(frozen=True, slots=True)
class StatesOfLayer:
    """The States of a layer in alphabetical order, the attribute that named them, and what there is to say of it."""

    states: tuple[State, ...]
    attribute: str
    remarks: tuple[Remark, ...]


def states_of_layer(
    layer: Layer, attribute: str | None = None, called: Callable[[str], str] | None = None
) -> StatesOfLayer:
    """Give the States whose polygons a layer holds, features of one State taken together; `called` gives the name to use
    for one that the file gives.

    The attribute that names them is guessed from its name where none is given. Numeric codes of ISO 3166-1 become
    alpha-3 codes. Raise `WrongRequestError` where the layer has no polygons, or nothing that names its features.
    """
    polygons = [part for part in layer.parts if part.role in (Role.SHELL, Role.HOLE)]
    if not polygons:
        raise WrongRequestError(f"{layer.file}: layer {layer.name!r} has no polygons; name a layer of States")
    features = sorted({part.feature for part in polygons})
    _check_attribute(layer, features, attribute)
    used = attribute or _guessed(layer, features)
    as_read = {feature: _identity(layer.attributes[feature], used) for feature in features}
    names = {feature: called(name) if called and name else name for feature, name in as_read.items()}
    unnamed = [feature for feature in features if not names[feature]]
    if unnamed:
        raise WrongRequestError(
            f"{layer.file}: attribute {used!r} does not name a State for {len(unnamed)} of {len(features)} features, the "
            f"first is feature {unnamed[0]}; name another attribute"
        )
    states, repeated = once_each(_states(polygons, names))
    remarks = (
        *_on_same_names(as_read, names),
        *_on_naming(layer, names, used, guessed=attribute is None),
        *_on_rings(polygons, names),
        *repeated,
    )
    return StatesOfLayer(states, used, remarks)


def once_each(states: Sequence[State]) -> tuple[tuple[State, ...], tuple[Remark, ...]]:
    """Give States without land that is there twice, and the remarks on it."""
    found = [without_repeats(each) for each in states]
    return tuple(state for state, _ in found), tuple(remark for _, remarks in found for remark in remarks)


def _check_attribute(layer: Layer, features: list[int], attribute: str | None) -> None:
    """Raise `WrongRequestError` where an attribute is asked for that no feature has."""
    known = sorted({key for feature in features for key in layer.attributes[feature]})
    if attribute is not None and attribute not in known:
        raise WrongRequestError(
            f"{layer.file}: the layer does not have the attribute {attribute!r} that should name the States; it has {', '.join(known) or 'none'}"
        )


def _states(polygons: list[Part], names: Mapping[int, str]) -> list[State]:
    by_name = sorted(polygons, key=lambda part: names[part.feature])
    return [
        state(
            name,
            tuple(part.lonlat for part in parts if part.role is Role.SHELL),
            tuple(part.lonlat for part in parts if part.role is Role.HOLE),
        )
        for name, group in groupby(by_name, key=lambda part: names[part.feature])
        for parts in [list(group)]
    ]


def _guessed(layer: Layer, features: list[int]) -> str:
    """Give the surest attribute with a known name that names at least half of the features."""
    known = {key.lower(): key for feature in features for key in layer.attributes[feature]}
    candidates = [known[name] for name in IDENTITY_ATTRIBUTES if name in known]
    if not candidates:
        has = ", ".join(sorted(known.values())) or "none"
        raise WrongRequestError(
            f"{layer.file}: none of its attributes is known to name a State (it has: {has}); name one as state_attribute in a .claim.toml"
        )
    candidates = [key for key in candidates if key.lower() != "id" or not _counts(layer, features, key)] or candidates
    named = {key: sum(bool(_own_name(layer.attributes[f], key)) for f in features) for key in candidates}
    enough = [key for key in candidates if 2 * named[key] >= len(features)]
    return enough[0] if enough else max(candidates, key=lambda key: named[key])


def _counts(layer: Layer, features: list[int], key: str) -> bool:
    """Whether an attribute only counts the features, or holds numbers that are no codes of ISO 3166-1."""
    texts = [_own_name(layer.attributes[feature], key) for feature in features]
    numbers = [int(text) for text in texts if text.isdecimal()]
    in_a_row = len(numbers) > 1 and sorted(numbers) == list(range(min(numbers), min(numbers) + len(numbers)))
    return len(numbers) == len(texts) and (in_a_row or any(_alpha3(text) is None for text in texts))


def _own_name(attributes: Mapping[str, Value], key: str) -> str:
    text = str(attributes.get(key) if attributes.get(key) is not None else "").strip()
    return "" if text.lower() in _UNKNOWN else text


def _identity(attributes: Mapping[str, Value], key: str) -> str:
    """Give what the attribute calls the State, alpha-3 for a numeric code; the feature's name where it is silent."""
    text = _own_name(attributes, key)
    if text.isdecimal():
        return _alpha3(text) or text
    known = {name.lower(): name for name in attributes}
    return text or next(filter(None, (_own_name(attributes, known[n]) for n in _SAY_THE_NAME if n in known)), "")


def _alpha3(numeric: str) -> str | None:
    from iso3166 import countries_by_numeric

    country = countries_by_numeric.get(numeric.zfill(3))
    return country.alpha3 if country else None


def _on_same_names(as_read: Mapping[int, str], names: Mapping[int, str]) -> list[Remark]:
    """Say which names of the file are taken for one State."""
    meant: dict[str, set[str]] = {}
    for feature, name in as_read.items():
        meant.setdefault(names[feature], set()).add(name)
    return [
        Remark("D201", f"{' and '.join(f'«{each}»' for each in sorted(several))} are taken together as {name}")
        for name, several in sorted(meant.items())
        if len(several) > 1
    ]


def _on_naming(layer: Layer, names: Mapping[int, str], used: str, *, guessed: bool) -> list[Remark]:
    """Say which attribute was taken, and what became of features that it leaves unnamed."""
    states = len(set(names.values()))
    how = "guessed from its name" if guessed else "as asked"
    found = [
        Remark(
            "D201",
            f"attribute {used!r} names the States ({how}): {states} {'State' if states == 1 else 'States'} in {len(names)} {'feature' if len(names) == 1 else 'features'}",
        )
    ]
    silent = [names[f] for f in names if not _own_name(layer.attributes[f], used)]
    if silent:
        listed = ", ".join(sorted(set(silent)))
        found.append(
            Remark(
                "D201",
                f"attribute {used!r} is empty for {len(silent)} {'feature' if len(silent) == 1 else 'features'}; their names are used instead: {listed}",
            )
        )
    return found


def _on_rings(polygons: list[Part], names: Mapping[int, str]) -> list[Remark]:
    """Name the first place of every ring that encloses nothing, or whose longitudes were continued."""
    found = []
    for part in polygons:
        place = (float(part.lonlat[0, 0]), float(part.lonlat[0, 1])) if len(part.lonlat) else None
        if len(closed(part.lonlat)) <= 3:
            what = "an outline with fewer than three different positions does not enclose land and is left out"
            found.append(Remark("D202", what, place, of=names[part.feature]))
        elif jumps(part.lonlat):
            what = "an outline jumps from one side of 180 degrees to the other; its longitudes are continued"
            found.append(Remark("D213", what, place, of=names[part.feature]))
    return found
