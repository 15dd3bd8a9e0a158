"""`merestone demo`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from merestone.cli.exit_codes import ExitCode, of_findings
from merestone.cli.front import Front
from merestone.cli.options import AsJson, Quiet
from merestone.cli.use_cases import use_cases

Examples = Annotated[Path, typer.Option(metavar="FOLDER", help="Where the examples lie.")]
Out = Annotated[Path, typer.Option(metavar="FOLDER", help="Where the page is written.")]


def demo(
    examples: Examples = Path("examples"), out: Out = Path("out"), as_json: AsJson = False, quiet: Quiet = False
) -> int:
    """Compile the examples and show them.

    Prints the gallery of examples, writes one page to open in a browser, and says what to try next. Open words are
    what the examples are about, so that they do not make this command end with exit code 4.
    """
    with Front("demo", as_json=as_json, quiet=quiet) as front:
        outcome = use_cases().demo(examples, out, front.progress)
        front.finish(outcome)
        code = of_findings(outcome.findings)
        return ExitCode.GOOD if code is ExitCode.FINDINGS else code
