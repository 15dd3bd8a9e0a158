"""The page `docs/methods/comparing-measured.md`: figures of ten versions of one boundary beside those measured before.

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

INTRODUCTION = """# Ten versions of one boundary, measured

This page checks Merestone's lengths, distances and areas against figures that were measured with other programs. The boundary is that
of Armenia and Azerbaijan in ten public versions. None of them is a legal boundary.

The columns *before* were measured with geopandas and shapely, distances and areas in the plane of UTM 38N.
`python -m benchmarks.versions_page FOLDER` makes this page; FOLDER holds the versions. `tests/reference/test_armenia_azerbaijan.py`
asserts the figures."""

LENGTHS = """## Lengths and vertices

Lengths are in kilometres along the edges on the ellipsoid. The two polygons of `dcw_gmt` share no vertices. Its line is the part of
Armenia's outline within 2.5 km of Azerbaijan's, as in the figures before.

Nearly every version had two more vertices before. They are not vertices of the file. Users of geopandas cut Armenia's outline with a
narrow buffer (10⁻⁶ to 10⁻⁴ degree) round Azerbaijan. The cut adds a vertex at either end of each line, where the outline leaves the
buffer just beyond the tripoint. The same cut, repeated, gives exactly the counts before.

| version | east | before | Nakhchivan | before | why they differ |
|---|---|---|---|---|---|"""

APART = """## Distances of the eastern line to that of `osm_2026`

Each cell gives, in metres, the mean / median / 95th percentile / greatest distance from the row's line.

- *Merestone* is the result of `compare`: geodesic distances to the corresponding part of the other line. The greatest is that of all
  positions on the line, exact to 1 cm.
- *Geodesic* samples the row's line every 100 m along the ellipsoid and takes geodesic distances.
- *In the plane* repeats the method before: it samples the row's line every 100 m, projects to UTM 38N, and takes distances by
  shapely. It differs from *geodesic* only by the projection (a scale of 0.9996 to 0.9999 here) and by which positions are sampled.

Both sampled methods differ from Merestone by the sampling and the ends.

| version | Merestone | geodesic, every 100 m | in the plane, every 100 m | before | not compared | why Merestone differs from before |
|---|---|---|---|---|---:|---|"""

APART_NOTES = """Sampling every 100 m misses the greatest distance by up to half a step, because the distance changes by no more than the step along the
line. So the figures before are at most 50 m below Merestone's, apart from the effect of the projection. They are above only for
`dcw_gmt`, where they include a part that is not compared.

Merestone's mean and 95th percentile refer to intervals between stations (vertices, and positions at most 136 m apart here), each with
the mean of its ends. Compared with the same line sampled every metre, a percentile falls by up to 2 % where distances change fast from
station to station, and the mean by up to 1 %.

The two directions differ: from `osm_2026` to `osm_2023` the greatest distance is 3,660 m, in the other direction 1,552 m. `compare`
reports both. The Hausdorff distance is the greater."""

LAND = """## Land that changes sides

Each cell gives, in square kilometres, the land that is Armenia's in the version of the row and Azerbaijan's in the version of the
column: *before* in the plane / from the polygons on the ellipsoid (`compare/states/changed_land.py`) / from the zones of `compare`,
detached parts included.

| | {columns} |
|---|{rules}|"""

LAND_NOTES = """In the middle of its zone, the plane of UTM 38N takes 0.08 % off every area (its scale of 0.9996, squared). The remaining difference
between *before* and the polygons is rounding to 0.1 km².

Zones and polygons balance to {imbalance} m² in every entry if the land beyond the ends of a line is counted. The zones end where both
lines end, at the straight join of their ends. The polygons continue along the third State. This table lists the entries in which that
difference exceeds 0.15 %, or in which any piece exceeds 0.3 km²:

| entry | zones against polygons | pieces above 0.02 km² that one of them lacks, with a position in each | why |
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
    yield "rounding" if off_m <= 51.0 else f"up to {off_m:.0f} m: parts are cut at positions sampled every 100 m"
    more = published.east_vertices - ours.east_vertices, published.nakhchivan_vertices - ours.nakhchivan_vertices
    if any(more):
        yield f"{more[0]} and {more[1]} fewer vertices: no cut ends"


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
        yield f"the greatest lies between samples: {missed_m:.0f} m more"
    elif missed_m < -1.0:
        yield f"the greatest before lies in the part that is not compared: {-missed_m:.0f} m less"
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
        yield "in `dcw_gmt` Azerbaijan ends at 45.000° E, so the line ends there, 20 km before the others"
    if any(piece.from_end_km >= 1e-3 for piece in pieces):
        yield "two holes of 0.10 and 0.04 km² in Armenia's outline alone are not in its line"


if __name__ == "__main__":
    main(Path(sys.argv[1]))
