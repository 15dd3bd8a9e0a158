"""A program: one append in a child that may have little more memory than it has, and the store examined each time.

Run as a process of its own, since it forks: `python -m crash.starve NAME COUNT`; prints JSON.
"""

from __future__ import annotations

import gc
import json
import os
import resource
import sys
import traceback
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

from crash.endure import Trial
from crash.operations import History, operations
from crash.struck import ACKNOWLEDGED, Outcome
from merestone.register.refusal import RefusedError

STATM = Path("/proc/self/statm")
STEP_BYTES = 16_384


def starved(trial: Trial, spare_bytes: int) -> Outcome:
    """What becomes of the operation in a child that may have so much more memory than it has."""
    told, tell = os.pipe()
    child = os.fork()
    if child == 0:
        _be_the_child(trial, spare_bytes, tell)
    os.close(tell)
    with os.fdopen(told, "rb") as reader:
        said = reader.read()
    _, status = os.waitpid(child, 0)
    clean = os.WIFEXITED(status) and os.WEXITSTATUS(status) == 0
    return Outcome(said.endswith(ACKNOWLEDGED), b"refused" in said, False, "" if clean else f"{status}: {said!r}")


def _be_the_child(trial: Trial, spare_bytes: int, tell: int) -> None:
    code = 0
    try:
        size_bytes = _size_bytes()
        kept = _eaten(size_bytes)
        _limit(size_bytes + spare_bytes)
        try:
            trial.operation.perform(trial.path)
            os.write(tell, ACKNOWLEDGED)
        except (RefusedError, MemoryError):
            os.write(tell, b"refused\n")
        del kept
    except BaseException:  # noqa: BLE001 -- the child says whatever it is, and ends
        _limit(resource.RLIM_INFINITY)
        os.write(tell, traceback.format_exc().encode())
        code = 9
    os._exit(code)


def _eaten(size_bytes: int) -> list[bytes]:
    """All memory that a process of this size has and does not use, in blocks."""
    gc.collect()
    blocks: list[bytes] = [b""] * 20_000
    _limit(size_bytes)
    number = 0
    for size in (65_536, 4_096, 1_024):
        try:
            while number < len(blocks):
                blocks[number] = bytes(size)
                number += 1
        except MemoryError:
            pass
    return blocks


def _size_bytes() -> int:
    with STATM.open() as statm:
        return int(statm.read().split()[0]) * resource.getpagesize()


def _limit(size: int) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (size, resource.RLIM_INFINITY))


def starve(name: str, count: int, folder: Path) -> dict[str, object]:
    """How often it was done and refused, and what was wrong."""
    history = History()
    trial = Trial(history, operations(history)[name], folder / "store")
    ended: Counter[str] = Counter()
    problems = []
    for number in range(count):
        trial.start()
        outcome = starved(trial, number * STEP_BYTES)
        ended["done" if outcome.acknowledged else "refused"] += 1
        # Its process has ended; that it was not killed, and did not try again, is how this differs from a strike.
        problem = outcome.trouble or trial.examine(Outcome(outcome.acknowledged, outcome.refused, True, ""))
        if problem:
            problems.append(f"{number * STEP_BYTES} bytes: {problem}")
    return {"ended": ended, "problems": problems}


if __name__ == "__main__":
    memory = Path("/dev/shm")  # noqa: S108 -- what is on it need not outlive us
    with TemporaryDirectory(dir=memory if memory.is_dir() else None) as made:
        print(json.dumps(starve(sys.argv[1], int(sys.argv[2]), Path(made))))
