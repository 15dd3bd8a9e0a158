"""The files that a user asked for: their formats by extension, written all or none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from pathlib import Path

from merestone.casefile.carrying import bounds_of_line, operation_to, steps_to
from merestone.casefile.dated import date_of_outputs
from merestone.casefile.files import write_all
from merestone.casefile.outcome import DelimitOptions
from merestone.casefile.pipeline import Result
from merestone.casefile.progress import Progress
from merestone.delimit.in_frame import at_other_epoch, in_frame
from merestone.errors import (
    NoFrameError,
    OutputRefusedError,
    TransformationRefusedError,
    UnknownFrameError,
    UnwritableFileError,
    WrongRequestError,
)
from merestone.geodesy.catalogue import find
from merestone.geodesy.frame import Frame
from merestone.geodesy.grid import Grid, find_grid
from merestone.geodesy.plate import EpochError
from merestone.publish.export import Export
from merestone.publish.formats import Format, extensions, format_of
from merestone.publish.readings_table import leg_readings
from merestone.publish.report.model import LegReadings

WGS84 = "EPSG:4326"
SHOWS_READINGS = (".html", ".svg")


class ExportRefusedError(WrongRequestError):
    """A format was asked for that is not known; says which are."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"{path}: no format has this extension; use one of {' '.join(extensions())}")
        self.path = path


def export(result: Result, source: Path, options: DelimitOptions, progress: Progress) -> tuple[Path, ...]:
    """The files asked for, written; nothing is written when one of them cannot be made."""
    wanted = [(path, wanted_format(path)) for path in options.outputs]
    contents: dict[Path, bytes] = {}
    for done, (path, kind) in enumerate(wanted):
        progress(f"writing {kind.name}", done, len(wanted))
        try:
            contents[path] = content(result, source, kind, options, path)
        except TransformationRefusedError as refused:
            raise OutputRefusedError(str(path), refused, _naming(refused)) from refused
    _write(contents, source)
    return tuple(contents)


def _naming(refused: TransformationRefusedError) -> str:
    """How to name, in the description, an operation that may be used."""
    if not refused.usable:
        return ""
    return (
        f". To name one, write `frame {refused.source} transformed to {refused.target} by {refused.usable[0]}` in the head of "
        "the description"
    )


def wanted_format(path: Path) -> Format:
    """The format of a file's extension; raises `ExportRefusedError` for one that is not known."""
    found = format_of(path.name)
    if found is None:
        raise ExportRefusedError(path)
    return found


def _write(contents: Mapping[Path, bytes], source: Path) -> None:
    for path in contents:
        if path.exists() and path.resolve() == source.resolve():
            raise UnwritableFileError(path, "it is the description itself; give another name")
    write_all(contents)


def content(result: Result, source: Path, kind: Format, options: DelimitOptions, path: Path) -> bytes:
    """The bytes of one output; raises `NoFrameError` for a geographic one whose frame is open."""
    line = result.line
    if kind.geographic and line.frame is None:
        raise NoFrameError(str(path))
    frames = result.compiled.computation.frames
    bounds = bounds_of_line(line)
    grid: Grid | None = None
    if options.crs is not None and line.frame is not None:
        target, grid = frame_or_grid(options.crs)
        line = in_frame(line, target, operation_to(line.frame, target, frames, bounds))
    if options.epoch is not None and line.frame is not None:
        line = at_other_epoch(line, line.frame, epoch_of(options.epoch))
    own = line.frame or frames.description
    return kind.write(
        Export(
            line,
            to_wgs84=steps_to(find(WGS84), frames, bounds),
            to_frame=steps_to(own, frames, bounds),
            findings=result.findings,
            tolerance_m=options.tolerance_m,
            dated=date_of_outputs(),
            source=result.text,
            file=source.name,
            readings=readings_of(result) if kind.extension in SHOWS_READINGS else (),
            grid=grid,
        )
    )


def frame_or_grid(name_or_code: str) -> tuple[Frame, Grid | None]:
    """The frame that a user names, or the grid with its frame; raises `UnknownFrameError` where it is neither."""
    try:
        return find(name_or_code), None
    except UnknownFrameError as unknown:
        try:
            grid = find_grid(name_or_code)
        except UnknownFrameError:
            raise unknown from None
        return grid.base, grid


def epoch_of(text: str) -> Decimal:
    """A decimal year as the user wrote it; raises `EpochError` for anything else."""
    try:
        epoch = Decimal(text)
    except InvalidOperation:
        raise EpochError(f"{text} is not a decimal year, such as 2016.0") from None
    if not (epoch.is_finite() and 1900 <= epoch <= 2200):
        raise EpochError(f"{text} is not between 1900 and 2200; write a decimal year, such as 2016.0")
    return epoch


def summary(result: Result, source: Path, options: DelimitOptions) -> str:
    """The line as text for a terminal; findings are shown beside it, not in it."""
    path = source.with_suffix(".txt")
    return content(replace(result, findings=()), source, wanted_format(path), options, path).decode()


def readings_of(result: Result) -> tuple[LegReadings, ...]:
    """The readings of a result as the report shows them."""
    from merestone.delimit.readings import readings

    return leg_readings(readings(result.compiled))
