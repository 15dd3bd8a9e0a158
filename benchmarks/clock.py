"""Time and memory as they are measured here: medians of several runs, processor time beside the time on the wall."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True, slots=True)
class Timed:
    """Seconds of the processor and on the wall (medians), and the result of the last run."""

    processor_s: float
    wall_s: float
    result: object = None


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the table: what was done, to how much, our seconds, and what else one would use with its seconds."""

    what: str
    size: str
    ours_s: float
    wall_s: float
    peer: str = ""
    peer_s: float | None = None
    note: str = ""


def timed(work: Callable[[], object], runs: int = 5) -> Timed:
    """The work done several times."""
    processor, wall, result = [], [], None
    for _ in range(runs):
        result = None
        began, clock = time.process_time(), time.perf_counter()
        result = work()
        processor.append(time.process_time() - began)
        wall.append(time.perf_counter() - clock)
    return Timed(median(processor), median(wall), result)


def in_fresh_process(module: str, *arguments: str) -> dict[str, float]:
    """What `python -m module ARGUMENTS` prints as JSON on its last line."""
    done = subprocess.run([sys.executable, "-m", module, *arguments], capture_output=True, text=True, check=True)
    values: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return values


def command(arguments: list[str], runs: int = 5) -> Timed:
    """A command in a process of its own: processor time of the child, and time until it ends."""
    processor, wall = [], []
    for _ in range(runs):
        before, clock = os.times(), time.perf_counter()
        subprocess.run(arguments, capture_output=True, check=False)
        after = os.times()
        wall.append(time.perf_counter() - clock)
        processor.append(after.children_user - before.children_user + after.children_system - before.children_system)
    return Timed(median(processor), median(wall))


def peak_mib() -> float:
    """The most memory that this process has held, in MiB (Linux counts in KiB, macOS in bytes)."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (2**20 if sys.platform == "darwin" else 2**10)
