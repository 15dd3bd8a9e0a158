"""The outputs of a comparison of many lines by the end of a file's name: one table, from extension to writer."""

from __future__ import annotations

from collections.abc import Callable

from merestone.publish.agreement.export import AgreementExport
from merestone.publish.comparison.formats import format_of


def _page(export: AgreementExport) -> bytes:
    from merestone.publish.agreement.report.page import report

    return report(export)


def _picture(export: AgreementExport) -> bytes:
    from merestone.publish.agreement.report.picture import picture

    return picture(export)


def _json(export: AgreementExport) -> bytes:
    from merestone.publish.agreement.facts import write_json

    return write_json(export)


def _csv(export: AgreementExport) -> bytes:
    from merestone.publish.agreement.csv_runs import write_runs

    return write_runs(export)


def _text(export: AgreementExport) -> bytes:
    from merestone.publish.agreement.table_text import write_text

    return write_text(export)


WRITERS: dict[str, Callable[[AgreementExport], bytes]] = {
    ".html": _page,
    ".svg": _picture,
    ".json": _json,
    ".csv": _csv,
    ".txt": _text,
}
"""Every output, in the order in which they are listed to a user."""


def writer_of(file_name: str) -> Callable[[AgreementExport], bytes] | None:
    """The writer that a file's name asks for by its end, None where many lines are not written so: an ending of a
    comparison of two that means something else (`.profile.csv`) is not taken for the shorter one."""
    known = format_of(file_name)
    return None if known is None else WRITERS.get(known.extension)
