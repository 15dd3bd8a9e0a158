"""`merestone check`."""

from __future__ import annotations

from merestone.cli.front import Front
from merestone.cli.options import AsJson, File, Quiet
from merestone.cli.use_cases import use_cases


def check(file: File, as_json: AsJson = False, quiet: Quiet = False) -> int:
    """Say what the words leave open.

    And by how much, in metres and square kilometres; and whether the lengths, azimuths, areas and places that the text
    expects hold.

    Exit code 0: nothing found. 3: part of the text means nothing. 4: open words or warnings.
    """
    with Front("check", as_json=as_json, quiet=quiet) as front:
        return front.finish(use_cases().check(file, front.progress), findings_are_the_result=True)
