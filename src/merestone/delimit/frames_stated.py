"""What a description states of its frames: the frame of a name, with epoch, plate and heights as the text gives them."""

from __future__ import annotations

from dataclasses import dataclass, replace

from merestone.delimit.authority import authority
from merestone.delimit.boundary_line import ReadingTaken
from merestone.description.numbers import as_decimal
from merestone.description.resolved import Resolved
from merestone.description.tree import FrameStatement, Name
from merestone.diagnostics import Diagnostic, Severity
from merestone.errors import UnknownFrameError
from merestone.geodesy.catalogue import find, find_ellipsoid, printed_code
from merestone.geodesy.frame import Frame
from merestone.geodesy.grid import Grid, find_grid
from merestone.geodesy.prime_meridians import BY_NAME


@dataclass(frozen=True, slots=True)
class Stated:
    """A frame as the description states it; `operation` is the named operation from it, where one is given."""

    frame: Frame
    operation: str | None = None
    statement: FrameStatement | None = None


@dataclass(frozen=True, slots=True)
class StatedFrame:
    """The frame of the whole description: `stated` is None where it is open and no reading was declared."""

    stated: Stated | None
    reading: ReadingTaken | None
    findings: tuple[Diagnostic, ...]


def lookup(name: Name) -> Frame | Diagnostic:
    """The frame of a name or code, or the finding that there is none."""
    try:
        return find(name.text)
    except UnknownFrameError as error:
        if error.counted_from:
            return _counted_elsewhere(name, error)
        grid = _as_grid(name.text)
        if grid is not None:
            return _grid_for_frame(name, grid)
        meant = f"did you mean {', '.join(error.suggestions)}?" if error.suggestions else _otherwise(name.text)
        return Diagnostic("F801", Severity.ERROR, f"no frame is known as {name.text}", name.span, hint=meant)


def _as_grid(written: str) -> Grid | None:
    """The grid whose EPSG code stands where a frame is named; None where the code is of something else."""
    if printed_code(written) is None:
        return None
    try:
        return find_grid(written)
    except UnknownFrameError:
        return None


def _grid_for_frame(name: Name, grid: Grid) -> Diagnostic:
    """A grid named as a frame: what the frame is, and how the code is used behind coordinates."""
    return Diagnostic(
        "F801",
        Severity.ERROR,
        f"{name.text} is the grid {grid.name}, and a frame is needed here",
        name.span,
        hint=f"write `frame {grid.base.name}`, and the grid behind its coordinates: `point A at X ... Y ... on {grid.code}`",
    )


def _counted_elsewhere(name: Name, error: UnknownFrameError) -> Diagnostic:
    """A system whose longitudes begin elsewhere: the frame and the declaration that say the same."""
    meridian = error.counted_from
    known = meridian.casefold() in BY_NAME
    declared = (
        f"longitudes from {meridian}" if known else f"longitudes from «{meridian}» at ANGLE E of Greenwich by «WHO»"
    )
    frame = f"`frame {error.suggestions[0]}`" if error.suggestions else "the frame that counts from Greenwich"
    return Diagnostic(
        "F801",
        Severity.ERROR,
        f"{name.text} counts its longitudes from {meridian}, and a frame counts from Greenwich",
        name.span,
        hint=f"write {frame} and, in the head as well, `{declared}`",
    )


def _otherwise(written: str) -> str:
    """What to do about a frame that resembles none: a code is not advised where one is written."""
    if printed_code(written) is None:
        return "give its EPSG code"
    return "check the number; the frame must be geographic and count its longitudes from Greenwich"


def with_statement(frame: Frame, statement: FrameStatement) -> Frame:
    """The frame with the epoch, plate and vertical datum that the statement gives."""
    epoch = as_decimal(statement.epoch) if statement.epoch is not None else frame.epoch
    return replace(
        frame, epoch=epoch, plate=statement.plate or frame.plate, vertical=statement.vertical or frame.vertical
    )


def frame_of(statement: FrameStatement) -> Frame | Diagnostic:
    """The frame that a statement names: one of the registry, or a commission's own on the ellipsoid it gives."""
    if statement.frame is None:
        return _no_reading(statement)
    if statement.ellipsoid is None:
        found = lookup(statement.frame)
        if isinstance(found, Diagnostic):
            is_local = statement.name is not None and (found.hint or "").startswith("give")
            return _local(statement, statement.frame) if is_local else found
        return with_statement(found, statement)
    try:
        ellipsoid = find_ellipsoid(statement.ellipsoid)
    except UnknownFrameError as error:
        meant = f"did you mean {', '.join(error.suggestions)}?" if error.suggestions else "name one of the registry"
        return Diagnostic(
            "F812", Severity.ERROR, f"no ellipsoid is known as {statement.ellipsoid}", statement.span, hint=meant
        )
    return with_statement(Frame(statement.frame.text, None, ellipsoid), statement)


def stated_frame(resolved: Resolved) -> StatedFrame:
    """The frame of the whole description, with the reading that was taken where the instrument states none."""
    statement = resolved.frame
    if statement is None:
        return StatedFrame(None, None, (_nothing_said(),))
    if statement.frame is not None:
        found = frame_of(statement)
        if isinstance(found, Diagnostic):
            return StatedFrame(None, None, (found,))
        return StatedFrame(Stated(found, None, statement), None, ())
    return _unstated(statement)


def _unstated(statement: FrameStatement) -> StatedFrame:
    """The frame is open: the reading that was declared, or none."""
    findings = [found for each in statement.candidates if isinstance(found := lookup(each.frame), Diagnostic)]
    if statement.read_as is None:
        findings.append(_no_reading(statement))
        return StatedFrame(None, None, tuple(findings))
    found = lookup(statement.read_as.frame)
    if isinstance(found, Diagnostic):
        return StatedFrame(None, None, (*findings, found))
    frame = with_statement(found, statement)
    also = tuple(each.frame.text for each in statement.candidates if each.frame.text != statement.read_as.frame.text)
    reading = ReadingTaken(frame.name, authority(statement.read_by), also)
    return StatedFrame(Stated(frame, statement.read_as.operation, statement), reading, tuple(findings))


def _nothing_said() -> Diagnostic:
    return Diagnostic(
        "F802",
        Severity.ERROR,
        "the description does not say what its coordinates are counted in",
        None,
        expected="a `frame` statement",
        hint="write `frame WGS 84 (G1762)`, or, where the instrument states none, "
        "`frame unstated candidates FRAME, FRAME read as FRAME by «WHO»`",
    )


def _no_reading(statement: FrameStatement) -> Diagnostic:
    return Diagnostic(
        "O602",
        Severity.OPEN,
        "the instrument does not say what its coordinates are counted in, and no reading is declared",
        statement.span,
        hint="add `read as FRAME by «WHO»`; until then there is no geographic export",
        settles="a statement of the parties, or the instrument's own map or survey record, that names the datum",
    )


def _local(statement: FrameStatement, name: Name) -> Diagnostic:
    return Diagnostic(
        "F813",
        Severity.OPEN,
        f"«{name.text}» is in no registry, and nothing says how it leads to a frame that is",
        statement.span,
        hint="add `on ellipsoid «NAME» transformed to FRAME by 3 parameters ... accuracy LENGTH`",
        settles="the survey record of that frame: its ellipsoid, and its transformation or common points",
    )
