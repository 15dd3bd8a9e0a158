"""The page `docs/methods/comparing-measured.md`: our figures of ten versions of one boundary beside those taken before.

Run: python -m benchmarks.versions_page FOLDER > docs/methods/comparing-measured.md, where FOLDER holds the versions.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from benchmarks.measured_versions import (
    Apart,
    Figures,
    Land,
    Lengths,
    Piece,
    apart_of,
    entries,
    land_of_entry,
    lengths_of,
)
from benchmarks.published_versions import LAND_FILES, REFERENCE, VERSIONS, Published

INTRODUCTION = """# Comparing lines: measured on ten versions of one boundary

The boundary of Armenia and Azerbaijan in ten public versions, none of which is a legal boundary. The figures in the
columns *before* were measured with geopandas and shapely, distances and areas in the plane of UTM 38N. The page is
made by `python -m benchmarks.versions_page FOLDER`, FOLDER being that of the versions, and its figures are asserted
by `tests/reference/test_armenia_azerbaijan.py`."""

LENGTHS = """## Lengths and vertices

Kilometres along the edges on the ellipsoid. `dcw_gmt`, whose two polygons share no vertices, is measured as the part of
Armenia's outline within 2.5 km of Azerbaijan's, as it was before.

The two vertices more that nearly every version had before are not vertices of the file: where Armenia's outline is cut with
a narrow buffer (any from 10⁻⁶ to 10⁻⁴ degree) round Azerbaijan, as geopandas' users do, each line gets a vertex at either end
where the outline leaves the buffer, just beyond the tripoint. Done again so, the counts are those of before to the last.

| version | east | before | Nakhchivan | before | why they differ |
|---|---|---|---|---|---|"""

APART = """## Distances of the eastern line to that of `osm_2026`

Metres: mean / median / 95th percentile / greatest, each directed from the row's line. *Ours* is what `compare` gives:
geodesic distances to the part of the other line that answers, the greatest anywhere on the line and exact to 1 cm. *In
the plane* is what was done before, done again: places every 100 m along the row's line, projected to UTM 38N, distances
by shapely. *Geodesic* is places every 100 m along the ellipsoid, with geodesic distances. Between these two lies
nothing but the projection (a scale of 0.9996 to 0.9999 here) and which places are hit; between them and ours, the sampling
and the ends.

| version | ours | geodesic, every 100 m | in the plane, every 100 m | before | not compared | why ours differs from before |
|---|---|---|---|---|---:|---|"""

APART_NOTES = """Sampled every 100 m, the greatest distance is missed by up to half a step, for it changes by no more than one goes along
the line: before is below ours by at most 50 m (and what the projection takes off), and above it only where it measured
a part that is not compared (`dcw_gmt`). Mean and 95th percentile of ours speak for intervals
between stations (vertices, and at least every 136 m here), each with the mean of its ends: a percentile falls by up to 2 %
where distances change fast from station to station, the mean by up to 1 %, against the same line sampled every metre.

Directions are not the same thing: from `osm_2026` to `osm_2023` the greatest distance is 3,660 m, the other way 1,552 m.
`compare` gives both, and the Hausdorff distance is the greater."""

LAND = """## Land that changes sides

Square kilometres that are Armenia's in the row and Azerbaijan's in the column: *before* in the plane / straight from
the polygons on the ellipsoid (`compare/states/changed_land.py`) / the zones of `compare`, exclaves included.

| | {columns} |
|---|{rules}|"""

LAND_NOTES = """The plane of UTM 38N takes 0.08 % off every area in the middle of its zone (its scale of 0.9996, squared): what remains
between *before* and the polygons is rounding to 0.1 km².

Zones and polygons balance to {imbalance} m² in every entry, once what lies beyond the ends of a line is counted: the zones
end where both lines do, at the straight join of their ends, the polygons go on along the third State. Entries in which
that comes to more than 0.15 %, or any piece above 0.3 km²:

| entry | zones against polygons | pieces above 0.02 km² that one of them lacks, with a place in each | why |
|---|---:|---|---|"""


def main(folder: Path) -> None:
    """Print the page."""
    print(INTRODUCTION)
    print(f"\n{LENGTHS}")
    for name, published in VERSIONS.items():
        print(_length_row(name, published, lengths_of(folder, name)))
    print(f"\n{APART}")
    for name, published in VERSIONS.items():
        if name != REFERENCE:
            print(_apart_row(name, published, apart_of(folder, name)))
    print(f"\n{APART_NOTES}")
    found = {entry: land_of_entry(folder, *entry) for entry in entries()}
    print("\n" + LAND.format(columns=" | ".join(LAND_FILES), rules="|".join("---" for _ in LAND_FILES)))
    for row in LAND_FILES:
        print(f"| {row} | {' | '.join(_cell(found.get((row, column))) for column in LAND_FILES)} |")
    worst_m2 = max(abs(land.imbalance_m2) for land in found.values())
    print("\n" + LAND_NOTES.format(imbalance=f"10^{int(np.ceil(np.log10(worst_m2)))}"))
    for entry, land in found.items():
        if abs(land.off) > 0.0015 or any(piece.area_km2 > 0.3 for piece in (*land.lacking, *land.more)):
            print(_land_row(entry, land))


def _length_row(name: str, published: Published, ours: Lengths) -> str:
    cells = (
        name,
        f"{ours.east_km:.3f} / {ours.east_vertices}",
        f"{published.east_km} / {published.east_vertices}",
        f"{ours.nakhchivan_km:.3f} / {ours.nakhchivan_vertices}",
        f"{published.nakhchivan_km} / {published.nakhchivan_vertices}",
        "; ".join(_length_reasons(published, ours)),
    )
    return f"| {' | '.join(cells)} |"


def _length_reasons(published: Published, ours: Lengths) -> Iterator[str]:
    off_m = 1e3 * max(abs(ours.east_km - published.east_km), abs(ours.nakhchivan_km - published.nakhchivan_km))
    yield "rounding" if off_m <= 51.0 else f"up to {off_m:.0f} m: parts are cut at places sampled every 100 m"
    more = published.east_vertices - ours.east_vertices, published.nakhchivan_vertices - ours.nakhchivan_vertices
    if any(more):
        yield f"{more[0]} and {more[1]} vertices fewer: no cut ends"


def _apart_row(name: str, published: Published, apart: Apart) -> str:
    before = published.apart_m
    cells = (
        name,
        _figures(apart.compared),
        _figures(apart.sampled),
        _figures(apart.planar),
        "not run" if before is None else " / ".join(f"{value:,}" for value in before),
        f"{apart.cut_m:,.0f} m",
        "; ".join(_apart_reasons(before, apart)),
    )
    return f"| {' | '.join(cells)} |"


def _apart_reasons(before: tuple[int, int, int, int] | None, apart: Apart) -> Iterator[str]:
    if before is None:
        return
    if apart.cut_m > 1.0:
        yield f"{apart.cut_m:,.0f} m beyond the other line's end are not compared"
    missed_m = apart.compared[3] - before[3]
    if missed_m > 0.0:
        yield f"the greatest lies between sampled places: {missed_m:.0f} m more"
    elif missed_m < -1.0:
        yield f"the greatest of before lies in the part that is not compared: {-missed_m:.0f} m less"
    off = apart.compared[2] / before[2] - 1.0
    if abs(off) > 0.005 and abs(apart.compared[2] - before[2]) > 1.0:
        cut = " and the part that is not compared" if apart.cut_m > 1.0 else ""
        yield f"95th percentile {off:+.1%}: statistics over the whole line, linear between stations{cut}"


def _figures(values: Figures) -> str:
    return " / ".join(f"{value:,.1f}" for value in values)


def _cell(land: Land | None) -> str:
    return "" if land is None else f"{land.before_km2:.1f} / {land.polygons_km2:.2f} / {land.zones_km2:.2f}"


def _land_row(entry: tuple[str, str], land: Land) -> str:
    pieces = [f"zones lack {_piece(piece)}" for piece in land.lacking]
    pieces += [f"zones have {_piece(piece)} more" for piece in land.more]
    return f"| {entry[0]} in {entry[1]} | {land.off:+.2%} | {'; '.join(pieces)} | {'; '.join(_land_reasons(land))} |"


def _piece(piece: Piece) -> str:
    return f"{piece.area_km2:.2f} ({piece.place[0]:.3f} E {piece.place[1]:.3f} N)"


def _land_reasons(land: Land) -> Iterator[str]:
    pieces = (*land.lacking, *land.more)
    if any(piece.from_end_km < 1e-3 for piece in pieces):
        yield "beyond an end, or at the join of the ends"
    if any(piece.area_km2 > 1.0 and 44.8 < piece.place[0] < 45.0 for piece in land.lacking):
        yield "in `dcw_gmt` Azerbaijan ends at 45.000° E, so that the line ends there, 20 km before the others'"
    if any(piece.from_end_km >= 1e-3 for piece in pieces):
        yield "two holes of 0.10 and 0.04 km² in Armenia's outline, which only that has, are not among its strands"


if __name__ == "__main__":
    main(Path(sys.argv[1]))
