"""The boundaries of every pair of States in one layer: of its polygons, or of lines with two attributes for the pair."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import groupby

from merestone.compare.claim import Strand
from merestone.compare.lines.edge_matching import edge_matched, gaps_left_open
from merestone.compare.lines.joined import joined_strands
from merestone.compare.states.all_pairs import all_pairs
from merestone.compare.states.shared_edges import Pairing
from merestone.compare.states.state import State
from merestone.compare.states.states_of_layer import states_of_layer
from merestone.compare.world.identity import named_by
from merestone.errors import WrongRequestError
from merestone.geodesy.ellipsoid import Ellipsoid
from merestone.sources.layer import Layer, Part, Role
from merestone.sources.remark import Remark

PAIR_ATTRIBUTES = (
    ("a3_1", "a3_2"),
    ("iso3_1", "iso3_2"),
    ("iso_a3_1", "iso_a3_2"),
    ("adm0_a3_l", "adm0_a3_r"),
    ("adm0_left", "adm0_right"),
    ("country1", "country2"),
    ("country_1", "country_2"),
    ("state1", "state2"),
    ("state_1", "state_2"),
    ("name_1", "name_2"),
)
"""Attributes that name the two States of a line in the files people publish, whatever their case, the surest first."""


@dataclass(frozen=True, slots=True, eq=False)
class Boundaries:
    """The strands of every pair, pairs in alphabetical order; how many remarks there are on each; and on all;
    and the States by name, none where the layer holds lines."""

    strands: Mapping[Pairing, tuple[Strand, ...]]
    remarked: Mapping[Pairing, int]
    remarks: tuple[Remark, ...]
    states: Mapping[str, State] = field(default_factory=dict)


def boundaries(
    layer: Layer, ellipsoid: Ellipsoid, attribute: str | None = None, names: Mapping[str, str] | None = None
) -> Boundaries:
    """The boundary of every pair of States in a layer; raise `WrongRequestError` where it names none.

    `attribute` names the States of polygons where the guess from its name is not meant; `names` is a table of names to
    codes that goes before what is known here (`identity.compared_names`).
    """
    if any(part.role is Role.SHELL for part in layer.parts):
        return _of_polygons(layer, ellipsoid, attribute, names or {})
    return _of_lines(layer, ellipsoid, names or {})


def _of_polygons(layer: Layer, ellipsoid: Ellipsoid, attribute: str | None, names: Mapping[str, str]) -> Boundaries:
    found = states_of_layer(layer, attribute, partial(named_by, names))
    common, left_out = all_pairs(list(found.states), ellipsoid)
    strands = {pair: line.strands for pair, line in common.items() if line.strands}
    remarked = {pair: len(common[pair].remarks) for pair in strands}
    lost = tuple(remark for pair in strands for remark in common[pair].remarks if remark.code == "D217")
    states = {state.identity: state for state in found.states}
    return Boundaries(strands, remarked, (*found.remarks, *lost, *left_out), states)


def _of_lines(layer: Layer, ellipsoid: Ellipsoid, names: Mapping[str, str]) -> Boundaries:
    one, other = _attributes(layer)
    parts: dict[Pairing, list[Part]] = {}
    left_out = 0
    for feature, group in groupby(layer.parts, key=lambda part: part.feature):
        pair = _pair(layer.attributes[feature].get(one), layer.attributes[feature].get(other), names)
        lines = [part for part in group if part.role is Role.LINE]
        if pair is None:
            left_out += bool(lines)
        elif lines:
            parts.setdefault(pair, []).extend(lines)
    strands, remarked = {}, {}
    for pair in sorted(parts):
        matched, closed = edge_matched(replace(layer, parts=tuple(parts[pair])), ellipsoid)
        strands[pair] = joined_strands(matched)
        remarked[pair] = len(closed) + len(gaps_left_open(strands[pair], ellipsoid, layer.file))
    found = {pair: count for pair, count in remarked.items() if count}
    return Boundaries(strands, found, tuple(_on_naming(layer, (one, other), left_out)))


def _pair(one: object, other: object, table: Mapping[str, str]) -> Pairing | None:
    """The pair of two values of attributes, None unless they name two States."""
    names = [named_by(table, str(each)) for each in (one, other) if each is not None and str(each).strip()]
    if len(names) != 2 or names[0] == names[1]:
        return None
    return min(names), max(names)


def _attributes(layer: Layer) -> tuple[str, str]:
    """The first two attributes known to name a pair; raise `WrongRequestError` where there are none."""
    has = {key.lower(): key for attributes in layer.attributes for key in attributes}
    for one, other in PAIR_ATTRIBUTES:
        if one in has and other in has:
            return has[one], has[other]
    known = "; ".join(f"{one} and {other}" for one, other in PAIR_ATTRIBUTES)
    raise WrongRequestError(
        f"{layer.file}: no two of its attributes are known to name the States on either side of a line (it has: "
        f"{', '.join(sorted(has.values())) or 'none'}); rename two attributes to one of these pairs: {known}"
    )


def _on_naming(layer: Layer, used: tuple[str, str], left_out: int) -> list[Remark]:
    sentence = f"attributes {used[0]!r} and {used[1]!r} name the States on either side (guessed from their names)"
    found = [Remark("D311", sentence, of=layer.file)]
    if left_out:
        sentence = "lines that do not name two States are left out"
        found.append(Remark("D311", sentence, size=float(left_out), unit="features", of=layer.file))
    return found
