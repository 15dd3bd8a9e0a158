"""The compiled line of a description, as the bytes that are signed."""

from __future__ import annotations

from pathlib import Path

from merestone.casefile.compiling import table_reader
from merestone.casefile.pipeline import Pipeline
from merestone.casefile.private_folder import prepare_kernels
from merestone.diagnostics import Severity
from merestone.errors import UnreadableFileError


def compiled_line(data: bytes, path: Path) -> bytes:
    """The canonical bytes of the compared part of the line (`docs/formats/line.md`). A description with errors has none."""
    from merestone.publish.line_json import compared_bytes

    prepare_kernels()
    result = Pipeline(table_reader(path.parent)).run(data, checked=True)
    errors = [each for each in result.findings if each.severity is Severity.ERROR]
    if errors:
        raise UnreadableFileError(
            path, f"it has {len(errors)} errors, the first: {errors[0].sentence}; see merestone check"
        )
    if result.line.frame is None:
        raise UnreadableFileError(path, "its frame is unstated: no line without a frame is entered in a register")
    return compared_bytes(result.line)
