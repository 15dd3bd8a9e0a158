"""Ten thousand histories (`make soak`: many more) with a cheating operator, and what may not make a difference to any.

One that fails says how to run it alone. The generator is judged as well: each kind of act came into force often, each rule
refused something often, forks were made and seen; and by the planted defects (`test_defects.py`).
"""

from __future__ import annotations

import os
from collections import Counter

import pytest

from simulation.history import history
from simulation.remembering import remembering

HISTORIES = int(os.environ.get("MERESTONE_HISTORIES", "10000"))
CASES = 20
PAIRS = HISTORIES // 100
FIRST = int(os.environ.get("MERESTONE_FIRST_HISTORY", "0"))

LEAST_IN_500 = {
    "accepted step": 120,
    "accepted claim": 60,
    "accepted correction": 20,
    "accepted exchange": 20,
    "accepted rotate": 6,
    "accepted recover": 3,
    "accepted rotate-root": 1,
    "accepted appoint": 2,
    "accepted withdrawal": 6,
    "status initialled": 50,
    "status signed": 80,
    "status ratified": 15,
    "status provisionally applied": 25,
    "status in force": 30,
    "status suspended": 4,
    "status ended": 5,
    "displacing": 25,
    "refused E1": 30,
    "refused E2": 12,
    "refused E3": 3,
    "refused E4": 70,
    "refused E5": 50,
    "refused E6": 5,
    "refused E7": 50,
    "refused E8": 3,
    "refused E9": 5,
    "refused E10": 1,
    "refused E11": 12,
    "refused E12": 3,
    "refused E13": 10,
    "refused E14": 8,
    "cosigned": 800,
    "cosigning refused": 1,
    "restored": 15,
    "restored without the floor": 5,
    "forks made": 40,
    "forks seen": 80,
    "evidence": 40,
    "meetings that found a fork": 8,
    "take crash": 12,
    "take E4": 15,
    "take head": 15,
    "bundle refused bundle": 30,
    "offers refused": 100,
    "offers signed": 200,
}
"""What five hundred histories must at least hold, or they show nothing."""


def run(seed: int, tally: Counter[str]) -> None:
    """One history; says how to run it again if it fails."""
    try:
        history(seed, tally)
    except Exception as trouble:
        again = f"PYTHONPATH=src:tests .venv/bin/python -m simulation {seed}"
        raise AssertionError(f"history {seed}: {trouble!r}\nto see it again: {again}") from trouble


@pytest.mark.timeout(3_000)
@pytest.mark.parametrize("case", range(CASES))
def test_invariants_hold_after_every_step(case: int) -> None:
    """I1 to I5, I7 to I13 and I15 hold after every step of every history, and enough happens in them."""
    tally: Counter[str] = Counter()
    count = HISTORIES // CASES
    with remembering():
        for seed in range(FIRST + case * count, FIRST + (case + 1) * count):
            run(seed, tally)
    print(dict(sorted(tally.items())))
    few = {name: tally[name] for name, least in LEAST_IN_500.items() if tally[name] < least * count // 500}
    assert not few, f"the generator makes too few: {few}"


def test_clocks_change_no_answer() -> None:
    """I14: with clocks that are fifty years off and run backwards, the same acts are accepted and the same states reached."""
    differing = 0
    for seed in range(FIRST, FIRST + PAIRS):
        right, wrong = history(seed, Counter()), history(seed, Counter(), clock=seed + 1)
        assert right.trace == wrong.trace, f"history {seed}"
        assert right.states == wrong.states, f"history {seed}"
        differing += right.public != wrong.public
    assert differing > PAIRS * 0.8, "the clocks were the same"


def test_secret_drafts_change_no_public_byte() -> None:
    """I16: whatever the parties draft and never publish, the bytes that others see are the same."""
    for seed in range(FIRST, FIRST + PAIRS):
        one, other, none = (history(seed, Counter(), secret=secret) for secret in (1, 2, 0))
        assert one.public == other.public == none.public, f"history {seed}"
        assert one.trace == other.trace == none.trace, f"history {seed}"
