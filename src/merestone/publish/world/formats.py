"""The outputs of a world comparison by the end of a file's name: one table, from extension to writer."""

from __future__ import annotations

from collections.abc import Callable

from merestone.errors import WrongRequestError
from merestone.publish.world.export import WorldExport

Writer = Callable[[WorldExport], bytes]


def _json(export: WorldExport) -> bytes:
    from merestone.publish.world.facts import write_json

    return write_json(export)


def _csv(export: WorldExport) -> bytes:
    from merestone.publish.world.tables import write_csv

    return write_csv(export)


def _workbook(export: WorldExport) -> bytes:
    from merestone.publish.world.tables import write_workbook

    return write_workbook(export)


def _picture(export: WorldExport) -> bytes:
    from merestone.publish.world.picture import write_picture

    return write_picture(export)


def _text(export: WorldExport) -> bytes:
    from merestone.publish.world.table_text import write_text

    return write_text(export)


FORMATS: dict[str, Writer] = {".json": _json, ".csv": _csv, ".xlsx": _workbook, ".svg": _picture, ".txt": _text}
"""Every output by its extension, in the order in which they are listed to a user."""


def format_of(file_name: str) -> Writer | None:
    """The writer that a file's name asks for by its end, without regard to case, None where there is none."""
    lowered = file_name.lower()
    return next((writer for extension, writer in FORMATS.items() if lowered.endswith(extension)), None)


def extensions() -> tuple[str, ...]:
    """The ends of file names that are known, for messages."""
    return tuple(FORMATS)


def write(file_name: str, export: WorldExport) -> bytes:
    """The bytes of an output. Raises `WrongRequestError` for an ending that no output has."""
    writer = format_of(file_name)
    if writer is None:
        raise WrongRequestError(
            f"{file_name}: a comparison of all pairs cannot be written in this format; use one of {' '.join(FORMATS)}"
        )
    return writer(export)
