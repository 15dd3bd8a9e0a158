"""The writes of a real process on the files of a store, in their order, as strace tells them."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from crash.disk import Acknowledged, Event, Made, Removed, Synced, Truncated, Written
from crash.struck import traced

_LINE = re.compile(r"(?:\d+ +)?(\w+)\((.*)\) += (-?\d+)")
_OPENED = re.compile(r'AT_FDCWD, "([^"]*)", (\S+?)(?:, 0\d+)?')
_WRITTEN = re.compile(r'(\d+), "([^"]*)", (\d+)(?:, (\d+))?')

HARMLESS = frozenset(
    [
        "newfstatat",
        "fstat",
        "stat",
        "lstat",
        "access",
        "faccessat2",
        "readlink",
        "pread64",
        "read",
        "lseek",
        "fcntl",
        "close",
        "fchown",
        "fchmod",
        "mmap",
        "munmap",
    ]
)
"""Calls that change nothing that a loss of power could lose (a mapping is of the `-shm`, which is lost anyway)."""

FOLDER = 0
SAYS = "acknowledged"


def recorded(action: Callable[[Callable[[], None]], None], path: Path) -> list[Event]:
    """What a process does to the store at `path` while it carries out the action, which calls what it is given whenever
    something is done."""
    log, said = path.with_name("writes"), path.with_name(SAYS)

    def speaking() -> None:
        says = os.open(said, os.O_WRONLY | os.O_CREAT)
        action(lambda: _say(says))
        os.close(says)

    outcome = traced(speaking, path, ["-o", str(log), "-xx", "-s", "1000000", "-P", str(said)])
    if outcome.trouble or not outcome.acknowledged:
        raise AssertionError(outcome)
    lines = log.read_text().splitlines()
    return list(_Reading(path.parent).events(lines))


def _say(says: int) -> None:
    os.write(says, b"done")


@dataclass
class _Reading:
    folder: Path
    opened: dict[int, int] = field(default_factory=dict)
    names: dict[str, int] = field(default_factory=dict)
    inodes: int = 0
    says: int = -1

    def events(self, lines: list[str]) -> Iterator[Event]:
        for line in lines:
            matched = _LINE.match(line)
            if matched is None:
                if not line.startswith("+++"):
                    raise AssertionError(f"what is this: {line[:200]}")
            elif int(matched[3]) >= 0:
                yield from self._event(matched[1], matched[2], int(matched[3]))

    def _event(self, call: str, arguments: str, result: int) -> Iterator[Event]:
        match call:
            case "openat":
                yield from self._open(arguments, result)
            case "pwrite64" | "write":
                yield self._write(call, arguments)
            case "ftruncate":
                handle, length = arguments.split(", ")
                yield Truncated(self.opened[int(handle)], int(length))
            case "fsync" | "fdatasync":
                yield Synced(self.opened[int(arguments)])
            case "unlink":
                name = self._name(arguments.strip('"'))
                del self.names[name]
                yield Removed(name)
            case _ if call not in HARMLESS:
                raise AssertionError(f"a call that the model does not know: {call}")

    def _name(self, escaped: str) -> str:
        path = Path(bytes.fromhex(escaped.replace("\\x", "")).decode())
        return "" if path == self.folder else path.name

    def _open(self, arguments: str, handle: int) -> Iterator[Event]:
        matched = _OPENED.fullmatch(arguments)
        if matched is None:
            raise AssertionError(f"an opening that the model does not know: {arguments}")
        name = self._name(matched[1])
        if name == SAYS:
            self.says = handle
            return
        if name and name not in self.names:
            self.inodes += 1
            self.names[name] = self.inodes
            yield Made(name, self.inodes)
        self.opened[handle] = self.names[name] if name else FOLDER
        if "O_TRUNC" in matched[2]:
            yield Truncated(self.opened[handle], 0)

    def _write(self, call: str, arguments: str) -> Event:
        matched = _WRITTEN.fullmatch(arguments)
        if matched is None:
            raise AssertionError(f"a write that the model does not know: {arguments[:200]}")
        handle, data = int(matched[1]), bytes.fromhex(matched[2].replace("\\x", ""))
        if handle == self.says:
            return Acknowledged()
        if call == "write" or len(data) != int(matched[3]):
            raise AssertionError("a write without a place, or cut short in the recording")
        return Written(self.opened[handle], int(matched[4]), data)
