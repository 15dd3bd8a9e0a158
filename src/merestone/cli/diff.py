"""`merestone diff`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from merestone.casefile.outcome import LEAST_MOVE_M, Difference, DiffOptions, Version
from merestone.cli.exit_codes import ExitCode
from merestone.cli.front import Front, show_findings
from merestone.cli.options import AsJson, Quiet
from merestone.cli.render import Piece, Role, Row, Source
from merestone.cli.terminal import columns, write_rows
from merestone.cli.use_cases import use_cases

Old = Annotated[
    Path, typer.Argument(help="The older version: a .boundary file, or a file of lines or polygons.", metavar="OLD")
]
New = Annotated[Path, typer.Argument(help="The newer version.", metavar="NEW")]
Moved = Annotated[
    float,
    typer.Option(
        "--tolerance",
        metavar="METRES",
        min=0.001,
        max=100_000.0,
        help="Report a leg as moved if it lies further than this from where it was.",
    ),
]
Output = Annotated[
    list[Path] | None,
    typer.Option(
        "--output",
        "-o",
        metavar="FILE",
        help="Also write the difference to FILE: .html .svg .json .txt. May be given more than once. With -q, the difference is then not printed.",
    ),
]

_ROLES = {"head": Role.SENTENCE, "added": Role.ADDED, "removed": Role.REMOVED, "soft": Role.GUTTER}


def diff(
    old: Old,
    new: New,
    tolerance: Moved = LEAST_MOVE_M,
    output: Output = None,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> int:
    """Compare two versions of a description.

    For two descriptions, the command shows which clauses and words changed, how far each leg moved and over what
    length, and how much land changes sides. For two files of lines or polygons, it does the same as `compare`.

    Exit code 0: no difference. 3: a description has errors. 4: differences.
    """
    if not any(path.suffix.lower() == ".boundary" for path in (old, new)):
        return _of_lines((old, new), tuple(output or ()), tolerance, as_json=as_json, quiet=quiet)
    with Front("diff", as_json=as_json, quiet=quiet) as front:
        found = use_cases().diff(old, new, DiffOptions(tuple(output or ()), tolerance), front.progress)
        front.progress.close()
        if as_json:
            front.answer({**found.facts, "written": [str(path) for path in found.written]}, "")
        else:
            front.show_beside(found.written, lambda: _show(found))
            for version in (found.old, found.new):
                _show_errors(version)
        return _exit_code(found)


def _of_lines(
    files: tuple[Path, Path], output: tuple[Path, ...], tolerance_m: float, *, as_json: bool, quiet: bool
) -> ExitCode:
    """Two files of lines or polygons: compared as lines."""
    from merestone.casefile.comparing import CompareOptions
    from merestone.cli.compare import compare_two
    from merestone.compare.comparison import Settings

    options = CompareOptions(output, settings=Settings(tolerance_m=tolerance_m))
    return compare_two(files, options, as_json=as_json, quiet=quiet)


def _exit_code(found: Difference) -> ExitCode:
    if found.old.errors or found.new.errors:
        return ExitCode.INVALID_INPUT
    return ExitCode.GOOD if found.is_none else ExitCode.FINDINGS


def _show(found: Difference) -> None:
    from merestone.publish.diff_text import diff_rows

    names = found.old.source, found.new.source
    rows = diff_rows(names, found.clauses, found.shifts, found.note, columns(sys.stdout))
    shown: list[Row] = [tuple(Piece(piece.text, _ROLES.get(piece.tone, Role.PLAIN)) for piece in row) for row in rows]
    write_rows(shown, sys.stdout)
    sys.stdout.flush()


def _show_errors(version: Version) -> None:
    if version.errors:
        show_findings(version.errors, Source.of(version.source, version.text), sys.stderr)
