"""What lies between two lines, read from the files that a user lays over them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from merestone.casefile.progress import Progress
from merestone.compare.between import Between, lies_between
from merestone.compare.between_rows import LayerBetween
from merestone.compare.line_crossings import Crossing as Crossed
from merestone.publish.comparison.export import ComparisonExport, Crossing, LiesBetween
from merestone.sources.layer import Layer
from merestone.sources.vectors import read_vectors


def with_what_lies_between(export: ComparisonExport, files: tuple[Path, ...], progress: Progress) -> ComparisonExport:
    """The comparison with counts, lengths and people by zone and side, and with the crossings of both lines."""
    layers = []
    for done, path in enumerate(files):
        progress(f"reading {path.name}", done, len(files))
        layers.append(_named(read_vectors(path), path))
    made = export.comparison
    progress("finding what lies between", 0, 1)
    found = lies_between((made.first, made.second), made.zones, layers)
    remarks = tuple(remark for layer in layers for remark in layer.remarks)
    return replace(
        export,
        comparison=replace(made, remarks=(*made.remarks, *remarks, *found.remarks)),
        between=tuple(_row(row) for row in (*found.by_side, *found.by_zone)),
        crossings=_crossings(found),
    )


def _named(layer: Layer, path: Path) -> Layer:
    """The layer under the name of its file, with longitudes and latitudes of WGS 84 where it states no system."""
    remarks = tuple(replace(each, of=each.of or path.name) for each in layer.remarks)
    return replace(layer, name=path.stem, crs=layer.crs or "EPSG:4326", remarks=remarks)


def _row(row: LayerBetween) -> LiesBetween:
    lines = row.length_m if row.length_m > 0.0 else None
    return LiesBetween(row.zone, row.in_first, row.layer, row.what, row.count, lines, row.people)


def _crossings(found: Between) -> tuple[Crossing, ...]:
    return tuple(_crossing(each) for each in found.crossings)


def _crossing(each: Crossed) -> Crossing:
    kind = " ".join(filter(None, (each.what, each.kind)))
    return Crossing(each.name, kind, each.place, each.of_second, each.zones[0] if each.zones else None)
