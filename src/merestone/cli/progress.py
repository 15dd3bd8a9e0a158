"""News of a long job: a bar on a terminal, a plain line now and then otherwise, nothing for what takes under a second.

The clock is read here and decides only what is shown, never what is computed.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from time import monotonic
from typing import TYPE_CHECKING, TextIO

from merestone.cli.terminal import is_terminal

if TYPE_CHECKING:
    from rich.progress import Progress as Bar

PATIENCE_S = 1.0
"""How long a job may take before anything is shown."""

LINE_EVERY_S = 10.0
"""How often a plain line is written where no bar can be drawn."""


class Reporter:
    """A listener for `merestone.casefile.progress.Progress` that shows what it hears on standard error."""

    def __init__(
        self, *, silent: bool = False, stream: TextIO | None = None, clock: Callable[[], float] = monotonic
    ) -> None:
        self._silent = silent
        self._stream = sys.stderr if stream is None else stream
        self._clock = clock
        self._next = clock() + PATIENCE_S
        self._bar: Bar | None = None
        self._wrote = False

    def __call__(self, stage: str, done: int, total: int) -> None:
        """Shows the news once the job has taken long enough."""
        if self._silent or (self._bar is None and self._clock() < self._next):
            return
        if is_terminal(self._stream):
            self._draw(stage, done, total)
        else:
            self._next = self._clock() + LINE_EVERY_S
            self._stream.write(f"{stage} ({done} of {total} done)\n")
            self._stream.flush()
            self._wrote = True

    def close(self, *, failed: bool = False) -> None:
        """Takes the bar away; where plain lines were written, a last one says that the job is finished."""
        if self._bar is not None:
            self._bar.stop()
            self._bar = None
        if self._wrote and not failed:
            self._stream.write("finished\n")
            self._stream.flush()
        self._wrote = False

    def _draw(self, stage: str, done: int, total: int) -> None:
        if self._bar is None:
            self._bar = self._new_bar()
            self._bar.add_task(stage)
            self._bar.start()
        self._bar.update(self._bar.task_ids[0], description=stage, completed=done, total=total)

    def _new_bar(self) -> Bar:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

        return Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeRemainingColumn(),
            console=Console(file=self._stream),
            transient=True,
        )
