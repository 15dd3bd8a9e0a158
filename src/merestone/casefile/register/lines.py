"""The compiled line of a description as an act refers to it, with the tables that it was compiled from."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from merestone.casefile.compiling import table_reader
from merestone.casefile.pipeline import Pipeline
from merestone.casefile.private_folder import prepare_kernels
from merestone.diagnostics import Severity
from merestone.errors import UnreadableFileError
from merestone.publish.text import counted


@dataclass(frozen=True, slots=True)
class CompiledLine:
    """A canonical line (`docs/formats/line.md`, the whole file) and the tables read for it, by the names that the description
    gives them: without these nobody else could compile it."""

    data: bytes
    tables: tuple[tuple[str, bytes], ...]


def compiled_line(data: bytes, path: Path) -> CompiledLine:
    """The line of a description. Raises `UnreadableFileError` where it has errors, or states no frame."""
    from merestone.publish.export import Export, into_the_lines_frame
    from merestone.publish.line_json import write_line

    prepare_kernels()
    tables: dict[str, bytes] = {}
    read = table_reader(path.parent)

    def noted(name: str, sha256: str | None) -> str:
        text = read(name, sha256)
        tables[name] = text.encode()
        return text

    result = Pipeline(noted).run(data, checked=True)
    errors = [each for each in result.findings if each.severity is Severity.ERROR]
    if errors:
        raise UnreadableFileError(
            path,
            f"it has {counted(len(errors), 'error')}{'; the first' if len(errors) > 1 else ''}: {errors[0].sentence}; `merestone check` shows more",
        )
    if result.line.frame is None:
        raise UnreadableFileError(
            path, "its frame is not stated, and a line without a frame cannot be entered in a register"
        )
    steps = into_the_lines_frame(result.line)
    return CompiledLine(write_line(Export(result.line, steps, steps)), tuple(tables.items()))
