"""A request to end from outside (SIGTERM, SIGHUP) dealt with as an interruption from the keyboard is: what was begun is
cleaned up, copies of foreign files among it, and the exit code says which signal it was."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

_NAMES = ("SIGTERM", "SIGHUP")


class Ending:
    """Which request came, if any."""

    def __init__(self) -> None:
        self.signal: int | None = None

    @property
    def exit_code(self) -> int | None:
        """128 and the number of the signal, as shells count; None where none came."""
        return None if self.signal is None else 128 + self.signal

    def hear(self, number: int, _frame: FrameType | None) -> None:
        """End as after an interruption; a second request while that lasts changes nothing."""
        if self.signal is None:
            self.signal = number
            raise KeyboardInterrupt


@contextmanager
def hearing_requests_to_end() -> Iterator[Ending]:
    """Hears requests to end, unless whoever started the program has them ignored (`nohup`) or handles them."""
    ending, before = Ending(), {}
    try:
        for number in (getattr(signal, name) for name in _NAMES if hasattr(signal, name)):
            if signal.getsignal(number) is signal.SIG_DFL:
                before[number] = signal.signal(number, ending.hear)
    except ValueError:  # not the main thread, which alone hears signals
        pass
    try:
        yield ending
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
