"""News of a long job, with a clock that the test turns."""

from __future__ import annotations

import io

from merestone.cli.progress import LINE_EVERY_S, PATIENCE_S, Reporter


class Clock:
    """A clock that stands still until it is turned."""

    def __init__(self) -> None:
        self.now_s = 100.0

    def __call__(self) -> float:
        """The time in seconds."""
        return self.now_s


class Screen(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        """Whether it is a terminal: yes."""
        return True


def test_a_short_job_shows_nothing() -> None:
    """What is done within a second leaves no trace."""
    stream, clock = io.StringIO(), Clock()
    reporter = Reporter(stream=stream, clock=clock)
    for done in range(100):
        clock.now_s += PATIENCE_S / 200
        reporter("computing legs", done, 100)
    assert stream.getvalue() == ""


def test_plain_lines_come_now_and_then() -> None:
    """Where nobody draws a bar, a line comes after a second and then every ten."""
    stream, clock = io.StringIO(), Clock()
    reporter = Reporter(stream=stream, clock=clock)
    clock.now_s += PATIENCE_S
    reporter("computing legs", 1, 3)
    reporter("computing legs", 2, 3)
    clock.now_s += LINE_EVERY_S
    reporter("computing legs", 3, 3)
    assert stream.getvalue() == "computing legs (1 of 3 done)\ncomputing legs (3 of 3 done)\n"


def test_plain_lines_end_with_the_end_of_the_job() -> None:
    """Where lines were written, the last one says once that the job is finished; not where it failed."""
    for failed, ending in ((False, "finished\n"), (True, "")):
        stream, clock = io.StringIO(), Clock()
        reporter = Reporter(stream=stream, clock=clock)
        clock.now_s += PATIENCE_S
        reporter("reading", 0, 4)
        reporter.close(failed=failed)
        reporter.close()
        assert stream.getvalue() == f"reading (0 of 4 done)\n{ending}"


def test_a_short_job_says_nothing_of_its_end() -> None:
    """Where no line was written, none says that the job is finished."""
    stream, clock = io.StringIO(), Clock()
    reporter = Reporter(stream=stream, clock=clock)
    reporter("reading", 0, 4)
    reporter.close()
    assert stream.getvalue() == ""


def test_quiet_is_quiet() -> None:
    """A silent reporter never writes."""
    stream, clock = io.StringIO(), Clock()
    reporter = Reporter(silent=True, stream=stream, clock=clock)
    clock.now_s += 1000.0
    reporter("computing legs", 1, 3)
    assert stream.getvalue() == ""


def test_a_terminal_gets_a_bar_that_goes_away() -> None:
    """On a terminal a bar is drawn, and taken away at the end."""
    stream, clock = Screen(), Clock()
    reporter = Reporter(stream=stream, clock=clock)
    clock.now_s += PATIENCE_S
    reporter("computing legs", 1, 3)
    reporter.close()
    reporter.close()
    assert "computing legs" in stream.getvalue()
    assert "1/3" in stream.getvalue()
