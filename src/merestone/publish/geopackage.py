"""GeoPackage 1.3: legs, defining vertices, points, rings, gaps and findings, with styles that QGIS opens by itself.

The same line gives the same bytes with the same version of SQLite.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from merestone.delimit.boundary_line import BoundaryLine
from merestone.errors import NoFrameError
from merestone.geodesy.line import Floats
from merestone.publish import map_styles, wkb
from merestone.publish.angles import Axis, dms
from merestone.publish.antimeridian import cut_chain, cut_ring
from merestone.publish.catalogue import Row, catalogue
from merestone.publish.drawing import (
    DrawnLeg,
    counter_clockwise,
    drawn_leg,
    drawn_legs,
    places,
    point_places,
    ring_of,
)
from merestone.publish.export import NOT_AGREED, Export, standing, unchanged
from merestone.publish.findings import measure_text, place_text
from merestone.publish.gpkg_file import GpkgLayer, LayerStyle, Record, grid_system, reference_system, write_gpkg
from merestone.publish.gpkg_schema import DESCRIPTIONS, GEOMETRIES, LAYERS
from merestone.publish.gridded import needed, plane_chain
from merestone.publish.properties import about, greatest_sigma_m, words_of
from merestone.publish.text import plain


def write_geopackage(export: Export) -> bytes:
    """The file as bytes, in the frame of the description or on the grid that was named.

    Raises `NoFrameError` where the frame is unstated, `WrongRequestError` for a grid that counts to the south or west.
    """
    frame = export.line.frame
    if frame is None:
        raise NoFrameError("GeoPackage")
    grid = None if export.grid is None else needed(export.grid, "GeoPackage", northing_easting=True)
    system = reference_system(frame) if grid is None else grid_system(grid)
    content = {
        "legs": _legs(export, system.srs_id),
        "vertices": _vertices(export, system.srs_id),
        "points": _points(export, system.srs_id),
        "rings": _rings(export, system.srs_id),
        "gaps": _gaps(export.line),
        "findings": _findings(export),
    }
    styles = {
        "legs": LayerStyle(map_styles.legs_qml(), map_styles.legs_sld()),
        "vertices": LayerStyle(map_styles.vertices_qml(), map_styles.vertices_sld()),
        "points": LayerStyle(map_styles.points_qml(), map_styles.vertices_sld()),
        "rings": LayerStyle(map_styles.rings_qml(), map_styles.rings_sld()),
    }
    said = f"{standing(export.line)}."
    layers = [
        GpkgLayer(
            name, LAYERS[name], GEOMETRIES.get(name), f"{DESCRIPTIONS[name]}. {said}", list(records), styles.get(name)
        )
        for name, records in content.items()
    ]
    return write_gpkg(system, layers, about(export), export.dated)


def _text(value: str | None) -> str | None:
    """A text of a person."""
    return None if value is None else plain(value)


def _legs(export: Export, srs_id: int) -> Iterator[Record]:
    """The layer of legs."""
    for drawn in drawn_legs(export.line, export.tolerance_m, export.to_frame):
        leg, section, reading = drawn.leg, drawn.section, drawn.leg.reading
        yield (
            wkb.multi_line(_chains(export, drawn.chain), srs_id),
            plain(section.name),
            plain(leg.name),
            plain(leg.kind),
            plain(leg.said),
            plain("\n".join(words.text for words in words_of(leg))),
            _text(reading.name if reading else None),
            _text(reading.by if reading else None),
            plain(", ".join(reading.also)) if reading else None,
            _text(section.left),
            _text(section.right),
            map_styles.status_value(section.status),
            round(leg.length_m, 3),
            greatest_sigma_m(leg),
            export.tolerance_m,
            plain(drawn.step.operation),
            drawn.step.accuracy_m,
            NOT_AGREED,
            plain(export.line.reading_by),
        )


def _chains(export: Export, chain: Floats) -> Sequence[Floats]:
    """A chain in the plane of the grid, or in longitude and latitude, cut at the antimeridian."""
    return [plane_chain(export.grid, chain, export.tolerance_m)] if export.grid else cut_chain(chain)


def _at(export: Export, lonlat: Floats) -> list[list[float]]:
    """Places (n, 2) as the file holds them: easting and northing on the grid, or longitude and latitude."""
    found: list[list[float]] = (
        export.grid.easting_northing(lonlat) if export.grid and len(lonlat) else lonlat
    ).tolist()
    return found


def _vertices(export: Export, srs_id: int) -> Iterator[Record]:
    """The layer of defining vertices, exactly where the canonical line has them."""
    line = export.line
    rows = [row for row in catalogue(line) if isinstance(row, Row)]
    units = np.array([(row.longitude, row.latitude) for row in rows], dtype=np.int64).reshape(-1, 2)
    for row, (x, y) in zip(rows, _at(export, places(units, unchanged("own frame"))), strict=True):
        piece = row.piece
        yield (
            wkb.point(x, y, srs_id),
            plain(row.section),
            row.number,
            plain(row.name),
            dms(row.latitude, Axis.LATITUDE),
            dms(row.longitude, Axis.LONGITUDE),
            row.latitude,
            row.longitude,
            row.source.value,
            row.tolerance_m,
            row.sigma_m,
            plain(piece.leg) if piece else None,
            plain(piece.kind) if piece else None,
            round(piece.length_m, 3) if piece else None,
            round(piece.azimuth_start_deg, 7) if piece else None,
            round(piece.azimuth_end_deg, 7) if piece else None,
            NOT_AGREED,
            plain(line.reading_by),
        )


def _points(export: Export, srs_id: int) -> Iterator[Record]:
    """The layer of named points."""
    line = export.line
    named = np.array(list(point_places(line, unchanged("own frame"))), dtype=np.float64).reshape(-1, 2)
    for point, position in zip(line.points, _at(export, named), strict=True):
        longitude, latitude = point.units
        yield (
            wkb.point(position[0], position[1], srs_id),
            plain(point.name),
            dms(latitude, Axis.LATITUDE),
            dms(longitude, Axis.LONGITUDE),
            int(latitude),
            int(longitude),
            point.source.value,
            point.tolerance_m,
            NOT_AGREED,
            plain(line.reading_by),
        )


def _rings(export: Export, srs_id: int) -> Iterator[Record]:
    """The layer of the outlines of rings that have one."""
    line = export.line
    for section in line.sections:
        if not section.ring or len(section.legs) != len(section.parts):
            continue
        drawn: tuple[DrawnLeg, ...] = tuple(
            drawn_leg(section, leg, export.tolerance_m, export.to_frame) for leg in section.legs
        )
        outline: Floats | None = ring_of(drawn)
        if outline is not None:
            yield (
                wkb.multi_polygon(_outlines(export, counter_clockwise(outline)), srs_id),
                plain(section.name),
                _text(section.right),
                _text(section.left),
                map_styles.status_value(section.status),
                dict(line.areas_m2).get(section.name),
                NOT_AGREED,
                plain(line.reading_by),
            )


def _outlines(export: Export, outline: Floats) -> Sequence[Floats]:
    """The outline of a ring in the plane of the grid, or in longitude and latitude, cut at the antimeridian."""
    return [plane_chain(export.grid, outline, export.tolerance_m)] if export.grid else cut_ring(outline)


def _gaps(line: BoundaryLine) -> Iterator[Record]:
    """The table of gaps."""
    for gap in line.gaps:
        yield (
            plain(gap.section),
            plain(gap.name),
            plain(gap.said),
            plain("\n".join(words.text for words in words_of(gap))),
            _text(gap.start),
            _text(gap.end),
            gap.why.code,
            plain(gap.why.sentence),
            NOT_AGREED,
            plain(line.reading_by),
        )


def _findings(export: Export) -> Iterator[Record]:
    """The table of findings."""
    for finding in export.findings:
        yield (
            finding.code,
            finding.severity.value,
            _text(finding.subject),
            place_text(finding) or None,
            plain(finding.sentence),
            plain("; ".join(map(measure_text, finding.measures))) or None,
            _text(finding.expected),
            _text(finding.hint),
            _text(finding.settles),
        )
