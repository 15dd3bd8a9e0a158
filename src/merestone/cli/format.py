"""`merestone format`."""

from __future__ import annotations

from typing import Annotated

import typer

from merestone.casefile.files import STANDARD_INPUT, write_whole
from merestone.casefile.outcome import Outcome
from merestone.cli.exit_codes import ExitCode, of_findings
from merestone.cli.front import Front
from merestone.cli.options import AsJson, File, Quiet
from merestone.cli.use_cases import use_cases

Write = Annotated[bool, typer.Option("--write", "-w", help="Write the canonical form to the file.")]
Check = Annotated[
    bool, typer.Option("--check", help="Only test whether the file is in canonical form (exit code 4 if it is not).")
]


def format_(
    file: File, write: Write = False, check: Check = False, as_json: AsJson = False, quiet: Quiet = False
) -> int:
    """Print a description in canonical form.

    The meaning of the description and the words of the instrument do not change.
    """
    if write and check:
        raise typer.BadParameter("--write and --check cannot be used together")
    if write and file == STANDARD_INPUT:
        raise typer.BadParameter("--write needs a file; - means standard input")
    with Front("format", as_json=as_json, quiet=quiet) as front:
        outcome = use_cases().format(file)
        if of_findings(outcome.findings) is ExitCode.INVALID_INPUT:
            return front.finish(Outcome(outcome.source, outcome.text, outcome.findings))
        changed = outcome.report != outcome.text
        if not (write or check):
            front.finish(outcome)
            return ExitCode.GOOD
        if write and changed:
            write_whole(file, outcome.report.encode())
        verb = ("reformatted" if write else "would be reformatted") if changed else "already in canonical form"
        front.answer({"source": outcome.source, "changed": changed}, "")
        front.say(f"{file}: {verb}")
        return ExitCode.FINDINGS if check and changed else ExitCode.GOOD
