"""The outputs of a comparison by the end of a file's name: one table, from extension to writer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from merestone.errors import WrongRequestError
from merestone.publish.comparison.export import ComparisonExport


@dataclass(frozen=True, slots=True)
class ComparisonFormat:
    """An output: the end of its files' names, what it is called, its writer."""

    extension: str
    name: str
    write: Callable[[ComparisonExport], bytes]


def _report(export: ComparisonExport) -> bytes:
    from merestone.publish.comparison.report.page import report

    return report(export)


def _picture(export: ComparisonExport) -> bytes:
    from merestone.publish.comparison.report.picture import picture

    return picture(export)


def _json(export: ComparisonExport) -> bytes:
    from merestone.publish.comparison.facts import write_json

    return write_json(export)


def _profile_csv(export: ComparisonExport) -> bytes:
    from merestone.publish.comparison.csv_tables import write_profile

    return write_profile(export)


def _csv(export: ComparisonExport) -> bytes:
    from merestone.publish.comparison.csv_tables import write_zones

    return write_zones(export)


def _workbook(export: ComparisonExport) -> bytes:
    from merestone.publish.comparison.workbook import write_workbook

    return write_workbook(export)


def _geopackage(export: ComparisonExport) -> bytes:
    from merestone.publish.comparison.geopackage import write_geopackage

    return write_geopackage(export)


def _text(export: ComparisonExport) -> bytes:
    from merestone.publish.comparison.table_text import write_text

    return write_text(export)


FORMATS = (
    ComparisonFormat(".html", "report", _report),
    ComparisonFormat(".svg", "picture", _picture),
    ComparisonFormat(".json", "facts (JSON)", _json),
    ComparisonFormat(".profile.csv", "profile (CSV)", _profile_csv),
    ComparisonFormat(".csv", "zones (CSV)", _csv),
    ComparisonFormat(".xlsx", "tables (workbook)", _workbook),
    ComparisonFormat(".gpkg", "layers (GeoPackage)", _geopackage),
    ComparisonFormat(".txt", "text", _text),
)
"""Every output, in the order in which they are listed to a user; a longer ending before one that it ends in."""


def format_of(file_name: str) -> ComparisonFormat | None:
    """The format that a file's name asks for by its end, without regard to case, None where there is none."""
    lowered = file_name.lower()
    return next((known for known in FORMATS if lowered.endswith(known.extension)), None)


def extensions() -> tuple[str, ...]:
    """The ends of file names that are known, for messages."""
    return tuple(known.extension for known in FORMATS)


def write(extension: str, export: ComparisonExport) -> bytes:
    """The bytes of an output. Raises `WrongRequestError` for an ending that no output has."""
    known = format_of(extension)
    if known is None:
        raise WrongRequestError(f"a comparison cannot be written as {extension}; use one of {', '.join(extensions())}")
    return known.write(export)
