"""The outputs by the end of a file's name: one table, from extension to writer.

A format is added by its module, a function here that imports it when it is needed, and a row.
"""

from __future__ import annotations

from dataclasses import dataclass

from merestone.errors import NoFrameError
from merestone.publish.export import Export, Writer


@dataclass(frozen=True, slots=True)
class Format:
    """An output: the end of its files' names, what it is called, its writer, whether it needs a known frame, and
    whether it is made of plane coordinates and needs a grid."""

    extension: str
    name: str
    write: Writer
    geographic: bool
    plane: bool = False


def _line(export: Export) -> bytes:
    from merestone.publish.line_json import write_line

    return write_line(export)


def _geojson(export: Export) -> bytes:
    from merestone.publish.geojson import write_geojson

    return write_geojson(export)


def _geopackage(export: Export) -> bytes:
    from merestone.publish.geopackage import write_geopackage

    return write_geopackage(export)


def _kml(export: Export) -> bytes:
    from merestone.publish.kml import write_kml

    return write_kml(export)


def _csv(export: Export) -> bytes:
    from merestone.publish.csv_catalogue import write_csv

    return write_csv(export)


def _point_list(export: Export) -> bytes:
    from merestone.publish.point_list import write_point_list

    return write_point_list(export)


def _dxf(export: Export) -> bytes:
    from merestone.publish.dxf import write_dxf

    return write_dxf(export)


def _workbook(export: Export) -> bytes:
    from merestone.publish.workbook import write_workbook

    return write_workbook(export)


def _document(export: Export) -> bytes:
    from merestone.publish.document import write_document

    return write_document(export)


def _summary(export: Export) -> bytes:
    from merestone.publish.summary import write_summary

    return write_summary(export)


def _report(export: Export) -> bytes:
    from merestone.publish.report.model import Matter
    from merestone.publish.report.page import report

    return report(Matter(export.line, export.findings, export.source, export.file, export.readings))


def _picture(export: Export) -> bytes:
    from merestone.publish.report.model import Matter
    from merestone.publish.report.picture import picture

    if export.line.frame is None:
        raise NoFrameError("picture")
    return picture(Matter(export.line, export.findings, export.source, export.file, export.readings))


FORMATS = (
    Format(".line.json", "canonical line", _line, geographic=False),
    Format(".geojson", "GeoJSON", _geojson, geographic=True),
    Format(".gpkg", "GeoPackage", _geopackage, geographic=True),
    Format(".kml", "KML", _kml, geographic=True),
    Format(".dxf", "drawing on a grid", _dxf, geographic=True, plane=True),
    Format(".pnez.csv", "list of points on a grid", _point_list, geographic=True, plane=True),
    Format(".csv", "coordinate catalogue (CSV)", _csv, geographic=False),
    Format(".xlsx", "coordinate catalogue (workbook)", _workbook, geographic=False),
    Format(".docx", "document for lawyers", _document, geographic=False),
    Format(".html", "report", _report, geographic=False),
    Format(".svg", "picture", _picture, geographic=True),
    Format(".txt", "text summary", _summary, geographic=False),
)
"""Every output, in the order in which they are listed to a user."""


def format_of(file_name: str) -> Format | None:
    """The format that a file's name asks for by its end, without regard to case, None where there is none."""
    lowered = file_name.lower()
    return next((known for known in FORMATS if lowered.endswith(known.extension)), None)


def extensions() -> tuple[str, ...]:
    """The ends of file names that are known, for messages."""
    return tuple(known.extension for known in FORMATS)
