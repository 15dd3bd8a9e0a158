"""A comparison as a GeoPackage 1.3: both lines, zones, profile, partings, unmatched parts, crossings, with styles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeVar

import numpy as np

from merestone.compare.claim import Claim
from merestone.compare.comparison import Comparison
from merestone.errors import MixedFramesError
from merestone.geodesy.line import Floats
from merestone.publish import wkb
from merestone.publish.antimeridian import cut_chain, cut_polygon
from merestone.publish.comparison.along import on_strand, parting_chains
from merestone.publish.comparison.export import ComparisonExport
from merestone.publish.comparison.facts import facts
from merestone.publish.comparison.fields import (
    BETWEEN,
    CROSSINGS,
    GONE,
    PARTINGS,
    REMARKS,
    UNMATCHED,
    ZONES,
    Fields,
    Value,
    cells,
    wrapped_deg,
)
from merestone.publish.comparison.gpkg_schema import DESCRIPTIONS, GEOMETRIES, LAYERS
from merestone.publish.comparison.gpkg_styles import styles
from merestone.publish.comparison.stations import blocks
from merestone.publish.comparison.words import standing, under_names
from merestone.publish.export import NOT_AGREED
from merestone.publish.gpkg_file import Cell, GpkgLayer, Record, reference_system, write_gpkg
from merestone.publish.text import plain

T = TypeVar("T")

MOST_STATIONS = 20_000
"""The layer of the profile holds so many stations in each direction at most, the greatest separation among them."""


def write_geopackage(export: ComparisonExport) -> bytes:
    """The file as bytes, in the frame of the two lines. Raises `MixedFramesError` where they have not one frame."""
    made = export.comparison
    if made.first.frame != made.second.frame:
        raise MixedFramesError(made.first.frame.name, made.second.frame.name)
    system = reference_system(made.first.frame)
    said, drawn = f"{standing(made)}.", styles()
    records = _records(export, system.srs_id)
    layers = [
        GpkgLayer(
            name, LAYERS[name], GEOMETRIES.get(name), f"{DESCRIPTIONS[name]}. {said}", list(rows), drawn.get(name)
        )
        for name, rows in records.items()
    ]
    return write_gpkg(system, layers, _about(export), export.dated)


def _about(export: ComparisonExport) -> dict[str, object]:
    """The facts without their long lists: those are layers."""
    lists = ("zones", "partings", "unmatched", "stretches", "crossings", "between", "remarks")
    return {key: value for key, value in facts(export).items() if key not in lists}


def _records(export: ComparisonExport, srs_id: int) -> dict[str, Iterable[Record]]:
    """The rows of every layer, in the order in which they are listed."""
    made = export.comparison
    marks = (NOT_AGREED, *under_names(made))
    return {
        "zones": _zones(made, srs_id, marks),
        "gone_zones": _gone(made, srs_id, marks),
        "first_line": _line(made.first, srs_id, marks),
        "second_line": _line(made.second, srs_id, marks),
        "partings": _partings(made, srs_id, marks),
        "unmatched": _unmatched(made, srs_id, marks),
        "profile": _profile(made, srs_id, marks),
        "crossings": _crossings(export, srs_id, marks),
        "what_lies_between": (_row(BETWEEN, row, marks) for row in export.between),
        "remarks": (_row(REMARKS, row, ()) for row in made.remarks),
    }


def _row(fields: Fields[T], row: T, marks: tuple[str, ...]) -> tuple[Cell, ...]:
    """The values of a row, texts without what can deceive, and the marks."""
    return (*map(_cell, cells(fields, row)), *map(plain, marks))


def _cell(value: Value) -> Cell:
    return plain(value) if isinstance(value, str) else value


def _zones(made: Comparison, srs_id: int, marks: tuple[str, ...]) -> Iterator[Record]:
    for zone in made.zones:
        parts = [part for rings in zone.polygons for part in cut_polygon(rings)]
        yield wkb.polygons(parts, srs_id), *_row(ZONES, zone, marks)


def _gone(made: Comparison, srs_id: int, marks: tuple[str, ...]) -> Iterator[Record]:
    """Zones of earlier comparisons that are none now, so that their numbers are never given again."""
    for zone in made.identity.gone if made.identity is not None else ():
        parts = [part for rings in zone.polygons for part in cut_polygon(rings)]
        shape = wkb.polygons(parts, srs_id) if parts else None
        yield shape, *_row(GONE, zone, marks)


def _line(claim: Claim, srs_id: int, marks: tuple[str, ...]) -> Iterator[Record]:
    """The strands of a line, vertices as given."""
    for strand in claim.strands:
        who = (strand.left, strand.right, claim.edges.value, claim.claimant, claim.standing.value, *marks)
        texts = (_cell(text) for text in who)
        yield _chain(strand.lonlat, srs_id), plain(strand.name), int(strand.ring), len(strand.lonlat), *texts


def _chain(lonlat: Floats, srs_id: int) -> bytes:
    return wkb.multi_line(cut_chain(lonlat), srs_id)


def _partings(made: Comparison, srs_id: int, marks: tuple[str, ...]) -> Iterator[Record]:
    """Each parting twice: its part of the first line, and of the second."""
    for parting in made.partings:
        chains = parting_chains(made.stretches[parting.stretch], parting.reaches)
        for name, chain in zip(("first", "second"), chains, strict=True):
            yield _chain(chain, srs_id), *_row(PARTINGS, parting, (name, *marks))


def _unmatched(made: Comparison, srs_id: int, marks: tuple[str, ...]) -> Iterator[Record]:
    for part in made.unmatched:
        chain = on_strand(made, part.reach, of_second=part.of_second)
        here = np.array([part.place, part.place]) if chain is None else chain
        yield _chain(here, srs_id), *_row(UNMATCHED, part, marks)


def _profile(made: Comparison, srs_id: int, marks: tuple[str, ...]) -> Iterator[Record]:
    """A connection from each station to the nearest place of the other line."""
    for block in blocks(made, MOST_STATIONS):
        pairs = np.stack([block.profile.lonlat[block.at], block.profile.foot[block.at]], axis=1)
        pairs[:, 1, 0] += 360.0 * np.round((pairs[:, 0, 0] - pairs[:, 1, 0]) / 360.0)
        for chain, row in zip(pairs, block.rows(), strict=True):
            yield _chain(chain, srs_id), *map(_cell, row), *marks


def _crossings(export: ComparisonExport, srs_id: int, marks: tuple[str, ...]) -> Iterator[Record]:
    for crossing in export.crossings:
        lon, lat = crossing.place
        yield wkb.point(wrapped_deg(lon), lat, srs_id), *_row(CROSSINGS, crossing, marks)
