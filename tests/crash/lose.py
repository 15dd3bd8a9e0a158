"""A program: some appends are recorded, the power is lost in many ways, and each time the store is opened and examined.

Run as a process of its own, since it forks: `python -m crash.lose SCENARIO SETTING STATES SEED`; prints JSON.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from time import process_time

from crash.disk import Disk, Event
from crash.operations import SCHEME, SECONDS, Contents, Files, History, audited, contents, lay_out
from crash.recording import recorded
from merestone.register import store as production
from merestone.register.keys import Slot
from merestone.register.refusal import RefusedError
from merestone.register.replica import Replica
from merestone.register.store import Store

NAME = "store"
ENTRIES = 5
Done = Callable[[], None]
Setting = tuple[tuple[str, str | None], ...]

SETTINGS: Mapping[str, Setting] = {
    "ours": production.SETTINGS,
    "ours, small checkpoints": (*production.SETTINGS, ("wal_autocheckpoint = 8", None)),
    "delete, full": (("journal_mode = DELETE", "delete"), ("synchronous = FULL", None)),
    "wal, normal": (("journal_mode = WAL", "wal"), ("synchronous = NORMAL", None)),
    "wal, off": (("journal_mode = WAL", "wal"), ("synchronous = OFF", None), ("wal_autocheckpoint = 8", None)),
    "delete, off": (("journal_mode = DELETE", "delete"), ("synchronous = OFF", None)),
}
"""What the store tells SQLite, in the recorded process: as it does, and as it must not. The second is Python's default."""


def steps(history: History) -> list[Callable[[Replica], object]]:
    """What happens to a store after it was made, in order."""
    people = history.people
    operator = people.keys["operator"]

    def appending(data: bytes) -> Callable[[Replica], object]:
        return lambda replica: replica.append(data, people.blobs, operator, SECONDS)

    return [
        *map(appending, history.entries[:ENTRIES]),
        lambda replica: replica.cosign(Slot.B, people.keys["b"], SECONDS),
    ]


def one_connection(path: Path, history: History, done: Done) -> None:
    """All through one connection."""
    with Store.create(path) as store:
        done()
        for step in steps(history):
            step(Replica(store, SCHEME))
            done()


def many_connections(path: Path, history: History, done: Done) -> None:
    """Each through its own connection, so that the file is checkpointed and the log removed each time."""
    Store.create(path).close()
    done()
    for step in steps(history):
        with Store.open(path) as store:
            step(Replica(store, SCHEME))
            done()


SCENARIOS = {"one connection": one_connection, "many connections": many_connections}


@dataclass
class Loss:
    """The examination of many losses of power in one recording."""

    path: Path
    history: History
    events: list[Event]
    expected: list[Contents] = field(default_factory=lambda: [()])
    problems: Counter[str] = field(default_factory=Counter)
    example: dict[str, str] = field(default_factory=dict)
    seen: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        disk = Disk()
        for event in self.events:
            disk.happen(event)
            if disk.acknowledged == len(self.expected):
                self.lay_out(disk.kept())
                self.expected.append(audited(self.path))
        self.known = {found: number for number, found in enumerate(self.expected)}
        self.steps: list[Callable[[Replica], object] | None] = [None, *steps(self.history)]

    def lay_out(self, left: Mapping[str, bytes]) -> None:
        """The files as they were left, without the shared memory."""
        found: Files = {name.removeprefix(NAME): data for name, data in left.items() if not name.endswith("-shm")}
        lay_out(found, self.path)

    def lose(self, states: int, chance: Random) -> None:
        """Loses the power until so many different states were examined, at the moments at which something can be lost:
        evenly, and where few ways are left that were not seen, no longer."""
        fresh = [number for number, disk in enumerate(self._moments()) if disk.uncertain]
        for disk in self._moments():
            self._lose_once(disk, disk.kept())
        while fresh and len(self.seen) < states:
            each = -(-(states - len(self.seen)) // len(fresh))
            wanted, fresh = set(fresh), []
            for number, disk in enumerate(self._moments()):
                if number in wanted and sum(self._lose_once(disk, disk.left(chance)) for _ in range(each)) > each / 5:
                    fresh.append(number)

    def _lose_once(self, disk: Disk, left: Mapping[str, bytes]) -> bool:
        """Whether this was not seen before."""
        state = hash((disk.acknowledged, *sorted(left.items())))
        if state in self.seen:
            return False
        self.seen.add(state)
        self.lay_out(left)
        problem = self._problem(disk.acknowledged)
        if problem:
            kind, _, more = problem.partition(": ")
            self.problems[kind] += 1
            self.example.setdefault(kind, more)
        return True

    def _moments(self) -> Iterator[Disk]:
        disk = Disk()
        for event in self.events:
            disk.happen(event)
            yield disk

    def _problem(self, acknowledged: int) -> str:
        try:
            with Store.open(self.path) as store:
                found = self.known.get(contents(store))
        except RefusedError as refusal:
            if acknowledged:
                return f"{'damaged' if 'damaged' in refusal.why else 'lost'}: {refusal}"
            found = 0
        if found is None:
            return "half written"
        if found < acknowledged:
            return f"lost: {acknowledged} acknowledged, {found} there"
        return self._go_on(found) if len(self.seen) % 25 == 0 else ""

    def _go_on(self, found: int) -> str:
        """The next thing is done, and nothing else has changed."""
        if found + 1 >= len(self.expected):
            return ""
        try:
            with Store.open(self.path) if found else Store.create(self.path) as store:
                step = self.steps[found]
                if step is not None:
                    step(Replica(store, SCHEME))
                return "" if contents(store) == self.expected[found + 1] else "wrong afterwards"
        except RefusedError as refusal:
            return f"stuck: {refusal}"


def lose(scenario: str, setting: str, states: int, seed: int, folder: Path) -> dict[str, object]:
    """Figures and problems of one recording."""
    history = History()
    path = folder / NAME

    def action(done: Done) -> None:
        production.SETTINGS = SETTINGS[setting]  # type: ignore[assignment]
        SCENARIOS[scenario](path, history, done)

    events = recorded(action, path)
    _check_recording(events, folder)
    for each in folder.iterdir():
        each.unlink()
    loss = Loss(path, history, events)
    begun = process_time()
    loss.lose(states, Random(seed))
    return {
        "events": len(events),
        "states": len(loss.seen),
        "states_per_s": round(len(loss.seen) / (process_time() - begun)),
        "problems": dict(loss.problems),
        "examples": loss.example,
    }


def _check_recording(events: list[Event], folder: Path) -> None:
    """Raises `AssertionError` unless the events, all of them carried out, make the files that are there."""
    disk = Disk()
    for event in events:
        disk.happen(event)
    there = {each.name: each.read_bytes() for each in folder.iterdir() if each.name.startswith(NAME)}
    for files in (there, kept := disk.kept()):
        files.pop(f"{NAME}-shm", None)
    if kept != there:
        raise AssertionError(f"recorded: {sorted(kept)}, there: {sorted(there)}, or other bytes")


if __name__ == "__main__":
    memory = Path("/dev/shm")  # noqa: S108 -- what is on it need not outlive us
    with TemporaryDirectory(dir=memory if memory.is_dir() else None) as made:
        print(json.dumps(lose(sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4]), Path(made))))
