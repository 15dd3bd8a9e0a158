"""On a disk that is full an append is refused; what was acknowledged stays, and with space it goes on (F2)."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from crash.operations import SCHEME, SECONDS, History, audited, refused
from merestone.register.refusal import Rule
from merestone.register.replica import Replica
from merestone.register.store import Store


def _mount(*arguments: str) -> bool:
    try:
        return subprocess.run(["mount", *arguments], capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        return False


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 600 KiB."""
    place = tmp_path / "disk"
    place.mkdir()
    if not _mount("-t", "tmpfs", "-o", "size=600k", "tmpfs", str(place)):
        pytest.skip("needs to be allowed to mount a small disk (root)")
    yield place
    subprocess.run(["umount", str(place)], check=True)


def test_a_full_disk(small_disk: Path, history: History) -> None:
    """Appends go on until the disk is full; all of them are there, the refused one is not, and with space it is taken."""
    path, operator, blobs = small_disk / "store", history.people.keys["operator"], history.people.blobs
    history.fill(path, 1)
    offers = [history.claim_after(1, number) for number in range(60)]

    def append(data: bytes) -> None:
        with Store.open(path) as store:
            Replica(store, SCHEME).append(data, blobs, operator, SECONDS)

    done = next(number for number, data in enumerate(offers) if refused(partial(append, data)) is not None)
    assert done >= 2
    entries = [row for row in audited(path) if row[0] == "entry"]
    assert [row[2] for row in entries[1:]] == offers[:done]
    assert _mount("-o", "remount,size=4m", str(small_disk))
    assert refused(lambda: append(offers[done - 1])) is Rule.ONCE
    append(offers[done])
    assert [row[2] for row in audited(path) if row[0] == "entry"][1:] == offers[: done + 1]
