"""A loss of power at any moment loses nothing that was acknowledged; with other settings of SQLite the same search finds that
it does (design of the register, Storage; F3 and F4 of the fault list)."""

from __future__ import annotations

import pytest

from crash.lose import SCENARIOS
from crash.programs import SOAK, answer

STATES = 250_000 if SOAK else 12_500
SEEDS = ("1", "2")


@pytest.mark.usefixtures("strace")
@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("setting", ["ours", "ours, small checkpoints"])
@pytest.mark.parametrize("scenario", SCENARIOS)
@pytest.mark.timeout(3_600)
def test_nothing_is_lost(scenario: str, setting: str, seed: str) -> None:
    """In 100,000 different states of the disk together, all that was acknowledged is there, nothing is half written, and the
    next thing can be done."""
    found = answer("lose", scenario, setting, str(STATES), seed)
    assert not found["problems"], found
    assert found["states"] >= STATES, found


@pytest.mark.usefixtures("strace")
@pytest.mark.parametrize(
    ("scenario", "setting", "problem"),
    [
        ("one connection", "delete, full", "lost"),
        ("one connection", "wal, normal", "lost"),
        ("one connection", "wal, off", "damaged"),
        ("one connection", "delete, off", "damaged"),
    ],
)
def test_the_search_finds_wrong_settings(scenario: str, setting: str, problem: str) -> None:
    """Python's default journal, or less syncing than the store asks for, is found to lose or damage what was acknowledged."""
    found = answer("lose", scenario, setting, "1500", "1")
    assert found["problems"].get(problem, 0) >= 3, found
