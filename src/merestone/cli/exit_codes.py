"""What the number that a command ends with means: the same for every command."""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum
from typing import assert_never

from merestone.diagnostics import Diagnostic, Severity


class ExitCode(IntEnum):
    """The table of exit codes."""

    GOOD = 0
    FAILURE = 1
    """Something in the world failed (a disk, a permission), or Merestone itself did."""
    USAGE = 2
    """The command line says something that there is not."""
    INVALID_INPUT = 3
    """What the user gave cannot be read, or part of it means nothing."""
    FINDINGS = 4
    """Finished; there are findings, or differences."""
    INTEGRITY = 5
    """A signature or a digest does not hold."""
    ACCURACY = 6
    """The result would lie outside the accuracy that was asked for."""
    INTERRUPTED = 130


def of_findings(findings: Iterable[Diagnostic]) -> ExitCode:
    """The exit code that a list of findings calls for: the worst of them decides.

    Notes do not count, nor do open words of which the description declares a reading.
    """
    worst = ExitCode.GOOD
    for finding in findings:
        match finding.severity:
            case Severity.ERROR:
                return ExitCode.INVALID_INPUT
            case Severity.OPEN | Severity.WARNING:
                if not finding.settled:
                    worst = ExitCode.FINDINGS
            case Severity.NOTE:
                pass
            case _:
                assert_never(finding.severity)
    return worst
