"""How a command shows what it has to say: results on standard output, everything else on standard error."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self, TextIO

from merestone.casefile.outcome import Outcome
from merestone.casefile.private_folder import are_kernels_compiled
from merestone.cli.exit_codes import ExitCode, of_findings
from merestone.cli.grouped import grouped, is_abridged
from merestone.cli.progress import Reporter
from merestone.cli.render import Source, render, summary
from merestone.cli.terminal import columns, write_rows
from merestone.diagnostics import Diagnostic, Severity
from merestone.publish.findings_json import findings_json

_ACTING = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
"""Characters that act on a terminal and that JSON lets stand as they are: they are written as escapes."""

ABRIDGED = "Findings of one kind are grouped. `merestone check --all` shows each of them in full."
"""What is said where a reader was spared something."""


class Front:
    """One command's way to its user; a context manager, so that a progress bar never outlives the command.

    `command` names the command and so its JSON schema, `merestone.COMMAND/1`.
    """

    def __init__(self, command: str, *, as_json: bool = False, quiet: bool = False) -> None:
        self._command = command
        self._as_json = as_json
        self._quiet = quiet
        self.progress = Reporter(silent=quiet)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.progress.close(failed=kind is not None)

    def finish(self, outcome: Outcome, *, findings_are_the_result: bool = False, every: bool = False) -> ExitCode:
        """Shows an outcome and gives back the exit code that it calls for; `every`: no finding is abridged."""
        self.progress.close()
        if self._as_json:
            self._answer_outcome(outcome)
        else:
            self._show(outcome, findings_are_the_result=findings_are_the_result, every=every)
        return of_findings(outcome.findings)

    def answer(self, facts: Mapping[str, object], text: str) -> None:
        """Shows a result that is no outcome of a use case: as JSON or as text."""
        if self._as_json:
            self._write_json(facts)
        else:
            sys.stdout.write(text if text.endswith("\n") or not text else text + "\n")

    def say(self, text: str) -> None:
        """Tells something that is not the result; not when the user wants quiet."""
        if not self._quiet:
            sys.stderr.write(text + "\n")

    def show_beside(self, written: Sequence[Path], show: Callable[[], object]) -> None:
        """Has a result shown and names the files that were written; with files, a user who wants quiet gets these alone."""
        if not (self._quiet and written):
            show()
        for path in written:
            self.say(f"wrote {path}")

    def say_if_it_compiles(self) -> None:
        """Tells, before a comparison, that the first one of all compiles the program for this machine."""
        if not are_kernels_compiled():
            self.say("The first comparison compiles code for this machine. This takes about a minute, once.")

    def _show(self, outcome: Outcome, *, findings_are_the_result: bool, every: bool) -> None:
        source = Source.of(outcome.source, outcome.text)
        if outcome.report and not (self._quiet and outcome.written):
            sys.stdout.write(outcome.report if outcome.report.endswith("\n") else outcome.report + "\n")
            sys.stdout.flush()
        stream = sys.stdout if findings_are_the_result else sys.stderr
        shown = self._wanted(outcome.findings, findings_are_the_result=findings_are_the_result)
        show_findings(shown, source, stream, every=every)
        if findings_are_the_result:
            sys.stdout.write(summary(outcome.findings, source) + "\n")
            if outcome.closing and not self._quiet:
                sys.stdout.write(outcome.closing + "\n")
        elif outcome.findings:
            self.say(summary(outcome.findings, source))
        for path in outcome.written:
            self.say(f"wrote {path}")

    def _wanted(self, findings: Iterable[Diagnostic], *, findings_are_the_result: bool) -> list[Diagnostic]:
        everything = findings_are_the_result or not self._quiet
        return [finding for finding in findings if everything or finding.severity is Severity.ERROR]

    def _answer_outcome(self, outcome: Outcome) -> None:
        self._write_json(
            {
                "source": outcome.source,
                "findings": findings_json(outcome.findings),
                "result": dict(outcome.facts),
                "written": [str(path) for path in outcome.written],
            }
        )

    def _write_json(self, facts: Mapping[str, object]) -> None:
        write_json(self._command, facts)


def show_findings(findings: Iterable[Diagnostic], source: Source, stream: TextIO, *, every: bool = False) -> None:
    """Writes findings as a person reads them: by kind and in brief, or every one whole in the order of the text."""
    found = tuple(findings)
    if every:
        for finding in found:
            write_rows([*render(finding, source, columns(stream)), ()], stream)
        return
    write_rows(list(grouped(found, source, columns(stream))), stream)
    if is_abridged(found):
        stream.write(f"{ABRIDGED}\n\n")


def write_json(command: str, facts: Mapping[str, object]) -> None:
    """Writes the one JSON object of a command to standard output, its schema first."""
    answer = {"schema": f"merestone.{command}/1", **facts}
    text = json.dumps(answer, ensure_ascii=False, allow_nan=False, indent=2)
    sys.stdout.write(_ACTING.sub(lambda found: f"\\u{ord(found[0]):04x}", text) + "\n")
