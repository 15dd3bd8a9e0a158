"""The disk that loses power: what is certain is kept, and what is not can be lost in every way that is said."""

from __future__ import annotations

from random import Random

from crash.disk import SECTOR, Disk, Event, Made, Removed, Synced, Truncated, Written

OLD = b"o" * 4 * SECTOR
NEW = b"n" * 4 * SECTOR


def _outcomes(*events: Event, times: int = 3_000) -> set[tuple[tuple[str, bytes], ...]]:
    disk = Disk()
    for event in events:
        disk.happen(event)
    chance = Random(1)
    return {tuple(sorted(disk.left(chance).items())) for _ in range(times)}


def _file(*events: Event) -> set[bytes]:
    return {data for ((_, data),) in _outcomes(Made("one", 1), Written(1, 0, OLD), Synced(1), Synced(0), *events)}


def test_what_was_synced_is_kept() -> None:
    """After a sync of file and folder there is one outcome."""
    assert _file(Written(1, 0, NEW), Synced(1)) == {NEW}


def test_what_was_not_synced_may_be_lost_torn_or_garbage() -> None:
    """A write may be whole, absent, in some of its sectors, or garbage; a sector is never in two parts."""
    found = _file(Written(1, 0, NEW))
    assert {OLD, NEW} <= found
    sectors = {data[at : at + SECTOR] for data in found for at in range(0, len(data), SECTOR)}
    assert {OLD[:SECTOR], NEW[:SECTOR]} < sectors
    assert any({OLD[:SECTOR], NEW[:SECTOR]} == {data[:SECTOR], data[SECTOR : 2 * SECTOR]} for data in found)


def test_writes_may_change_places() -> None:
    """The second of two writes may be there without the first; a file may be longer than what was written in it."""
    found = _file(Written(1, 0, NEW), Written(1, len(OLD), NEW))
    assert OLD + NEW in found
    assert NEW in found
    assert OLD + bytes(len(NEW)) in found


def test_a_truncation_may_be_lost() -> None:
    """A file may have its old length or its new one, until it is synced."""
    assert _file(Truncated(1, 5)) == {OLD, OLD[:5]}
    assert _file(Truncated(1, 5), Synced(1)) == {OLD[:5]}


def test_names_are_certain_once_the_folder_is() -> None:
    """A file made or removed may not be, until the folder is synced; the first change of two is never the one that is lost."""
    made: tuple[Event, ...] = (Made("one", 1), Synced(1))
    names = [tuple(name for name, _ in outcome) for outcome in _outcomes(*made, Made("two", 2))]
    assert set(names) == {(), ("one",), ("one", "two")}
    assert _outcomes(*made, Synced(0), Removed("one")) == {(("one", b""),), ()}
    assert _outcomes(*made, Synced(0), Removed("one"), Synced(0)) == {()}
