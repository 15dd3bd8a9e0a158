"""A program: one operation, struck at each of its system calls in turn, and the store examined each time.

Run as a process of its own, since it forks: `python -m crash.endure NAME EVERY`; prints JSON. Each call that changes a file
gets each fault; of the others each EVERY-th of its kind, which a kill does not tell from the next call that changes one.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from crash.operations import (
    SCHEME,
    SECONDS,
    Contents,
    Files,
    History,
    Operation,
    audited,
    before,
    contents,
    lay_out,
    operations,
    refused,
)
from crash.struck import Outcome, Strike, calls, struck
from merestone.register.refusal import RefusedError
from merestone.register.replica import Replica
from merestone.register.store import Store

ERRORS = ("EIO", "ENOSPC")
CHANGES = frozenset(
    {"openat", "pwrite64", "write", "ftruncate", "fallocate", "fsync", "fdatasync", "unlink", "rename", "mmap"}
)
"""Calls that change a file, or could want for space."""


@dataclass
class Trial:
    """One operation, the store before it, and what is in it before and after."""

    history: History
    operation: Operation
    path: Path

    def __post_init__(self) -> None:
        self.files: Files = before(self.history, self.operation, self.path)
        self.start()
        self.contents_before: Contents = audited(self.path) if self.files else ()
        self.start()
        self.operation.perform(self.path)
        self.contents_after: Contents = audited(self.path)
        size = len([row for row in self.contents_after if row[0] == "entry"])
        self.next = self.history.claim_after(size) if size else self.history.entries[0]

    def start(self) -> None:
        """Puts the store back as it was before."""
        lay_out(self.files, self.path)

    def perform(self) -> None:
        """The operation, as the child does it; having been done before is as good."""
        try:
            self.operation.perform(self.path)
        except RefusedError as refusal:
            if refusal.rule not in self.operation.again or not self.done():
                raise

    def done(self) -> bool | None:
        """Whether the store is as after the operation (True), as before it (False), or as neither (None)."""
        if not self.files and refused(lambda: Store.open(self.path).close()) is not None:
            return False
        with Store.open(self.path) as store:
            found = contents(store)
        return {self.contents_before: False, self.contents_after: True}.get(found)

    def examine(self, outcome: Outcome) -> str:
        """What is wrong with the store after a strike; the empty string if nothing is."""
        if outcome.trouble:
            return outcome.trouble
        if not outcome.killed and not outcome.acknowledged:
            return "not acknowledged at the second try, and not killed"
        done = self.done()
        if done is None:
            return "half written"
        if outcome.acknowledged and not done:
            return "acknowledged, and lost"
        rule = refused(lambda: self.operation.perform(self.path))
        if rule is not None and not (done and rule in self.operation.again):
            return f"done again, it is refused ({rule})"
        if not self.done():
            return "done again, it is another"
        return self._append() if done else ""

    def _append(self) -> str:
        with Store.open(self.path) as store:
            size = store.size
            Replica(store, SCHEME).append(
                self.next, self.history.people.blobs, self.history.people.keys["operator"], SECONDS
            )
            return "" if store.size == size + 1 else "the next append does not follow"

    def strikes(self, every: int) -> Iterator[Strike]:
        """Each call killed at, and told that it failed."""
        self.start()
        for call, count in sorted(calls(self.perform, self.path).items()):
            changes = call in CHANGES
            for number in range(1, count + 1, 1 if changes else every):
                yield Strike(call, number, "signal=KILL")
                for error in ERRORS if changes else ERRORS[:1]:
                    yield Strike(call, number, f"error={error}")


def endure(name: str, every: int, folder: Path) -> dict[str, object]:
    """Figures and problems of one operation."""
    history = History()
    trial = Trial(history, operations(history)[name], folder / "store")
    tried: dict[str, int] = {}
    problems = []
    for strike in trial.strikes(every):
        trial.start()
        outcome = struck(trial.perform, trial.path, strike)
        tried[strike.fault] = tried.get(strike.fault, 0) + 1
        try:
            problem = trial.examine(outcome)
        except RefusedError as refusal:
            problem = f"refused: {refusal}"
        if problem:
            problems.append(f"{strike.call} {strike.number} {strike.fault}: {problem}")
    return {"tried": tried, "problems": problems}


if __name__ == "__main__":
    memory = Path("/dev/shm")  # noqa: S108 -- what is on it need not outlive us
    with TemporaryDirectory(dir=memory if memory.is_dir() else None) as made:
        print(json.dumps(endure(sys.argv[1], int(sys.argv[2]), Path(made))))
