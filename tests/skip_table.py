"""A pytest plugin: ends a run with a table of what was skipped, by group, and why.

With MERESTONE_NO_SKIPS=1 a run in which anything was skipped fails: what decides whether a change lands must have
run everything.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable
from pathlib import PurePosixPath
from typing import cast

import pytest
from _pytest.terminal import TerminalReporter

Row = tuple[str, str]
"""Group and reason."""


def pytest_terminal_summary(terminalreporter: TerminalReporter) -> None:
    """Prints the table."""
    rows = _rows(terminalreporter)
    if not rows:
        terminalreporter.write_line("skipped: nothing")
        return
    terminalreporter.section("skipped groups")
    for line in table(rows):
        terminalreporter.write_line(line)


@pytest.hookimpl(tryfirst=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fails the run where nothing may be skipped and something was."""
    reporter = cast("TerminalReporter | None", session.config.pluginmanager.get_plugin("terminalreporter"))
    if os.environ.get("MERESTONE_NO_SKIPS") != "1" or reporter is None or not _rows(reporter):
        return
    if session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def table(rows: Iterable[Row]) -> list[str]:
    """The table's lines: how many tests of which group, for which reason, in the order of the groups."""
    counted = sorted(Counter(rows).items())
    wide = max(len(group) for (group, _), _ in counted)
    return [f"{group:<{wide}}  {count:>4}  {reason}" for (group, reason), count in counted]


def _rows(reporter: TerminalReporter) -> list[Row]:
    return [_row(report) for report in reporter.stats.get("skipped", [])]


def _row(report: pytest.TestReport | pytest.CollectReport) -> Row:
    path = PurePosixPath(report.nodeid.split("::", 1)[0])
    group = path.parts[1] if len(path.parts) > 2 and path.parts[0] == "tests" else path.parts[0]
    reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
    return group, reason.removeprefix("Skipped: ")
