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

Every = Annotated[bool, typer.Option("--all", help="Show every finding whole, in the order of the text.")]
Select = Annotated[
    list[str] | None,
    typer.Option(
        metavar="CODES", help="Show and count only these codes: O601, or O6 for all that begin so; errors always."
    ),
]
Ignore = Annotated[
    list[str] | None, typer.Option(metavar="CODES", help="Neither show nor count these codes; errors always count.")
]
ExitZero = Annotated[bool, typer.Option("--exit-zero", help="End with 0 whatever is found, unless there are errors.")]


def check(
    file: File,
    every: Every = False,
    select: Select = None,
    ignore: Ignore = None,
    exit_zero: ExitZero = False,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> int:
    """Report what is wrong and what the words leave open.

    And by how much, in metres and square kilometres; and whether the lengths, azimuths, areas and places that the text
    expects hold. FILE may be -: then the text comes from standard input.

    Exit code 0: nothing found but notes, and open words of which the text declares a reading. 3: part of the text means
    nothing. 4: warnings, or open words without a reading.
    """
    chosen = chosen_codes(select or (), ignore or ())
    with Front("check", as_json=as_json, quiet=quiet) as front:
        outcome = use_cases().check(file, front.progress)
        wanted = chosen.of(outcome.findings)
        left_out = len(outcome.findings) - len(wanted)
        code = front.finish(replace(outcome, findings=wanted), findings_are_the_result=True, every=every)
        if left_out:
            front.say(f"{left_out} {'finding is' if left_out == 1 else 'findings are'} left out, as was asked")
        return ExitCode.GOOD if exit_zero and code is ExitCode.FINDINGS else code
