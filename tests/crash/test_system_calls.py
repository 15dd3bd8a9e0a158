"""Killed at any system call, or told that it failed, a replica has lost nothing it acknowledged and goes on (I6, I7)."""

from __future__ import annotations

import pytest

from crash.operations import History, operations
from crash.programs import SOAK, answer

EVERY = "1" if SOAK else "12"
"""Which of the calls that change nothing are tried too."""


@pytest.mark.usefixtures("strace")
@pytest.mark.parametrize("name", operations(History()))
@pytest.mark.timeout(3_600)
def test_every_call(name: str) -> None:
    """SIGKILL, EIO and ENOSPC at each call that changes a file, and at others: what was acknowledged is there, what was not
    is there whole or not at all, and done again it is there once."""
    found = answer("endure", name, EVERY)
    assert not found["problems"], found["problems"][:5]
    assert min(found["tried"].values()) >= 20, found["tried"]
