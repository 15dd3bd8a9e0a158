"""What lies between two lines, read from the files that a user lays over them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from pathlib import Path

from merestone.casefile.claim_file import Wanted
from merestone.casefile.layer_frame import WGS84, stated_code
from merestone.casefile.progress import Progress
from merestone.compare.overlays.between import Between, lies_between
from merestone.compare.overlays.between_rows import LayerBetween
from merestone.compare.overlays.line_crossings import Crossing as Crossed
from merestone.compare.overlays.line_crossings import RunsAlong
from merestone.publish.comparison.export import ComparisonExport, Crossing, LiesBetween
from merestone.sources.file_names import as_text
from merestone.sources.layer import Layer
from merestone.sources.remark import Remark
from merestone.sources.vectors import read_vectors


def with_what_lies_between(export: ComparisonExport, files: tuple[Path, ...], progress: Progress) -> ComparisonExport:
    """The comparison with counts, lengths and people by zone and side, and with the crossings of both lines."""
    layers = []
    for done, path in enumerate(files):
        progress(f"reading {path.name}", done, len(files))
        layers.append(_named(read_vectors(path, may_be_empty=True), path))
    made = export.comparison
    progress("finding what lies between the lines", 0, 1)
    found = lies_between((made.first, made.second), made.zones, [layer for layer in layers if layer.parts])
    remarks = (*(remark for layer in layers for remark in layer.remarks), *_empty(layers))
    return replace(
        export,
        comparison=replace(made, remarks=(*made.remarks, *remarks, *found.remarks)),
        between=(*(_row(row) for row in (*found.by_side, *found.by_zone)), *_on_lines(found), *_along_lines(found)),
        crossings=_crossings(found),
    )


def _empty(layers: Sequence[Layer]) -> Iterator[Remark]:
    """That a layer has nothing in it: then nothing of it is found, which says nothing of the land."""
    for layer in layers:
        if not layer.parts:
            yield Remark("D314", "it holds no geometry, so nothing of it can lie between the lines", of=layer.file)


def _named(layer: Layer, path: Path) -> Layer:
    """The layer under the name of its file, in WGS 84 where it states no system; one that is not understood is refused."""
    remarks = tuple(replace(each, of=each.of or as_text(path.name)) for each in layer.remarks)
    code = stated_code(Wanted(path), layer) or WGS84
    return replace(layer, name=as_text(path.stem), crs=code, remarks=remarks)


def _row(row: LayerBetween) -> LiesBetween:
    lines = row.length_m if row.length_m > 0.0 else None
    return LiesBetween(row.zone, row.in_first, row.layer, row.what, row.count, lines, row.people)


_LINES = {(True, False): "the first line", (False, True): "the second line", (True, True): "both lines"}


def _on_lines(found: Between) -> Iterator[LiesBetween]:
    """Points exactly on a line or an edge of a zone: on no side, so told by themselves."""
    for row in found.on_line:
        where = _LINES.get((row.on_first, row.on_second), "the edge of a zone")
        yield LiesBetween(None, None, row.layer, f"{row.what} on {where}", row.count, None, row.people)


def _along_lines(found: Between) -> Iterator[LiesBetween]:
    """Ways that run along a line, added up by layer and kind."""

    def group(row: RunsAlong) -> tuple[str, str, bool]:
        return row.layer, row.what, row.of_second

    for (layer, what, of_second), rows in groupby(sorted(found.along, key=group), key=group):
        lengths_m = [row.length_m for row in rows]
        where = "second" if of_second else "first"
        yield LiesBetween(None, None, layer, f"{what} along the {where} line", len(lengths_m), sum(lengths_m))


def _crossings(found: Between) -> tuple[Crossing, ...]:
    return tuple(_crossing(each) for each in found.crossings)


def _crossing(each: Crossed) -> Crossing:
    kind = " ".join(filter(None, (each.what, each.kind)))
    return Crossing(each.name, kind, each.place, each.of_second, each.zones[0] if each.zones else None)
