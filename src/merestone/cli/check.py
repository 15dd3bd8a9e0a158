"""`merestone check`."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

import typer

from merestone.cli.chosen_codes import chosen_codes
from merestone.cli.exit_codes import ExitCode
from merestone.cli.front import Front
from merestone.cli.options import AsJson, File, Quiet
from merestone.cli.use_cases import use_cases
from merestone.publish.text import counted

Every = Annotated[bool, typer.Option("--all", help="Show every finding in full, in the order of the description.")]
Select = Annotated[
    list[str] | None,
    typer.Option(
        metavar="CODES",
        help="Show and count only findings with these codes. O6 means all codes that begin with O6. Errors always count.",
    ),
]
Ignore = Annotated[
    list[str] | None,
    typer.Option(metavar="CODES", help="Do not show or count findings with these codes. Errors always count."),
]
ExitZero = Annotated[
    bool, typer.Option("--exit-zero", help="Exit with 0 even if there are warnings or open words. Errors still count.")
]


def check(
    file: File,
    every: Every = False,
    select: Select = None,
    ignore: Ignore = None,
    exit_zero: ExitZero = False,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> int:
    """Report errors, and what the words leave open.

    Each open word comes with its effect in metres and square kilometres. The command also checks the lengths, azimuths,
    areas and points that the description expects. If FILE is -, it reads standard input.

    Exit code 0: no findings except notes and open words with a declared reading. 3: the description has errors.
    4: warnings, or open words without a declared reading.
    """
    chosen = chosen_codes(select or (), ignore or ())
    with Front("check", as_json=as_json, quiet=quiet) as front:
        outcome = use_cases().check(file, front.progress, every=every)
        wanted = chosen.of(outcome.findings)
        left_out = len(outcome.findings) - len(wanted)
        code = front.finish(replace(outcome, findings=wanted), findings_are_the_result=True, every=every)
        if left_out:
            front.say(f"--select or --ignore leaves out {counted(left_out, 'finding')}")
        return ExitCode.GOOD if exit_zero and code is ExitCode.FINDINGS else code
