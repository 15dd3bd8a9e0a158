"""A disk that loses power: what a recorded series of writes may have left behind, if the power goes at any moment.

A file's writes and truncations are certain once the file was synced; before that any of them may be missing, torn at sectors of
512 bytes, out of order with others, or hold garbage. Names of files (made, removed) are certain once the folder was synced;
before that the first few of them may be there, in their order. This is a model: it takes a sync to be honest, and a sector to
be written whole, or as garbage. What was mapped into memory (SQLite's `-shm`) is lost.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random
from typing import TypeAlias

SECTOR = 512


@dataclass(frozen=True, slots=True)
class Made:
    """A file has a new name."""

    name: str
    inode: int


@dataclass(frozen=True, slots=True)
class Removed:
    """A name is gone."""

    name: str


@dataclass(frozen=True, slots=True)
class Written:
    """Bytes at a place of a file."""

    inode: int
    offset: int
    data: bytes


@dataclass(frozen=True, slots=True)
class Truncated:
    """A file has this length."""

    inode: int
    length: int


@dataclass(frozen=True, slots=True)
class Synced:
    """All of a file is on the disk; of the folder if `inode` is 0."""

    inode: int


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """The program said that something is done."""


Event: TypeAlias = Made | Removed | Written | Truncated | Synced | Acknowledged


@dataclass(slots=True)
class _File:
    certain: bytearray = field(default_factory=bytearray)
    pending: list[Written | Truncated] = field(default_factory=list)


@dataclass(slots=True)
class Disk:
    """The disk while the events happen to it, one after another."""

    files: dict[int, _File] = field(default_factory=dict)
    names: dict[str, int] = field(default_factory=dict)
    pending: list[Made | Removed] = field(default_factory=list)
    acknowledged: int = 0

    def happen(self, event: Event) -> None:
        """One more event."""
        match event:
            case Made() | Removed():
                self.pending.append(event)
                if isinstance(event, Made):
                    self.files[event.inode] = _File()
            case Written() | Truncated():
                self.files[event.inode].pending.append(event)
            case Synced(inode=0):
                self.names = self._named(len(self.pending))
                self.pending.clear()
            case Synced(inode=inode):
                file = self.files[inode]
                file.certain = _applied(file.certain, file.pending)
                file.pending.clear()
            case Acknowledged():
                self.acknowledged += 1

    @property
    def uncertain(self) -> bool:
        """Whether a loss of power now could leave more than one thing behind."""
        return bool(self.pending or any(self.files[inode].pending for inode in self.names.values()))

    def kept(self) -> dict[str, bytes]:
        """The files if nothing is lost."""
        names = self._named(len(self.pending))
        return {name: bytes(_applied(file.certain, file.pending)) for name, file in self._files(names)}

    def left(self, chance: Random) -> dict[str, bytes]:
        """The files as a loss of power may leave them."""
        names = self._named(chance.randint(0, len(self.pending)))
        weather = Weather.by(chance)
        return {name: bytes(weather.left(file.certain, file.pending)) for name, file in self._files(names)}

    def _files(self, names: dict[str, int]) -> list[tuple[str, _File]]:
        return [(name, self.files[inode]) for name, inode in names.items()]

    def _named(self, count: int) -> dict[str, int]:
        names = dict(self.names)
        for event in self.pending[:count]:
            if isinstance(event, Made):
                names[event.name] = event.inode
            else:
                names.pop(event.name, None)
        return names


def _applied(certain: bytearray, pending: list[Written | Truncated]) -> bytearray:
    data = bytearray(certain)
    for event in pending:
        if isinstance(event, Truncated):
            _lengthen(data, event.length)
            del data[event.length :]
        else:
            _put(data, event.offset, event.data)
    return data


def _lengthen(data: bytearray, length: int) -> None:
    if len(data) < length:
        data.extend(bytes(length - len(data)))


def _put(data: bytearray, offset: int, written: bytes) -> None:
    _lengthen(data, offset)
    data[offset : offset + len(written)] = written


@dataclass(frozen=True, slots=True)
class Weather:
    """How bad one loss of power is: the shares of writes that are kept whole and torn, and of sectors that are garbage."""

    chance: Random
    whole: float
    torn: float
    garbage: float

    @staticmethod
    def by(chance: Random) -> Weather:
        """One at random: from everything kept to everything lost."""
        whole = chance.choice((0.0, 0.1, 0.5, 0.9, 0.97, 1.0))
        return Weather(chance, whole, chance.choice((0.0, 0.3, 1.0)), chance.choice((0.0, 0.0, 0.05, 0.5)))

    def left(self, certain: bytearray, pending: list[Written | Truncated]) -> bytearray:
        """What may be left of a file. Each write that is not kept whole is torn or lost; a lost one may still have
        lengthened the file."""
        data = bytearray(certain)
        for event in pending:
            kept = self.chance.random() < self.whole
            if isinstance(event, Truncated):
                if kept:
                    _lengthen(data, event.length)
                    del data[event.length :]
            elif kept:
                _put(data, event.offset, event.data)
            elif self.chance.random() < self.torn:
                self._tear(data, event)
            elif self.chance.random() < 0.2:
                _lengthen(data, event.offset + len(event.data))
        return data

    def _tear(self, data: bytearray, event: Written) -> None:
        begin, end = event.offset, event.offset + len(event.data)
        while begin < end:
            stop = min(end, begin - begin % SECTOR + SECTOR)
            if self.chance.random() < self.garbage:
                _put(data, begin, self.chance.randbytes(stop - begin))
            elif self.chance.random() < 0.5:
                _put(data, begin, event.data[begin - event.offset : stop - event.offset])
            begin = stop
