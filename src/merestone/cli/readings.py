"""`merestone readings`."""

from __future__ import annotations

from merestone.cli.front import Front
from merestone.cli.options import AsJson, File, Quiet
from merestone.cli.use_cases import use_cases


def readings(file: File, as_json: AsJson = False, quiet: Quiet = False) -> int:
    """Measure how far apart the readings of the words are.

    Leg by leg and for the whole line: the greatest separation in metres and the area in square kilometres between
    each two named readings of the words.
    """
    with Front("readings", as_json=as_json, quiet=quiet) as front:
        return front.finish(use_cases().readings(file, front.progress))
