"""A bit that flips in a file is found, or changes no answer; there is never another answer that is accepted (I3, F5)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path
from random import Random
from typing import Any

import pytest

from crash.operations import SCHEME, SECONDS, History, contents, files, refused
from crash.programs import SOAK
from merestone.register.audit import audit
from merestone.register.bundle import Contents, read_bundle, written
from merestone.register.head import Head
from merestone.register.keys import Slot
from merestone.register.ledger import MemoryLedger
from merestone.register.refusal import RefusedError, Rule
from merestone.register.replica import Replica
from merestone.register.state import state
from merestone.register.store import Store

SAMPLES = 50_000 if SOAK else 600
PAGE = 4_096
ENTRIES = 4


def _flipped(data: bytes, places: Iterable[int], chance: Random) -> Iterator[bytes]:
    for place in places:
        other = bytearray(data)
        other[place] ^= 1 << chance.randrange(8)
        yield bytes(other)


def _answers(path: Path) -> Any:
    """All that a store says, once it was audited."""
    with Store.open(path) as store:
        ledger = audit(store, SCHEME)
        sections = store.sections(store.size)
        asked = [store.in_force("2026-06-01", store.size), [store.history(each, store.size) for each in sections]]
        return contents(store), state(ledger), asked, store.heads()


@pytest.fixture
def small(memory: Path, history: History) -> Path:
    """A store of a few entries, one file."""
    path = memory / "store"
    history.fill(path, ENTRIES)
    assert set(files(path)) == {""}
    return path


def test_a_flipped_bit_of_a_store(small: Path) -> None:
    """Every byte of the header, the beginning of every page and a sample of the rest: refused, or the same answers."""
    good, answers, chance = small.read_bytes(), _answers(small), Random(5)
    heads_of_pages = [at + byte for at in range(0, len(good), PAGE) for byte in range(8)]
    places = [*range(100), *heads_of_pages, *chance.sample(range(len(good)), SAMPLES)]
    found = 0
    for data in _flipped(good, places, chance):
        small.write_bytes(data)
        try:
            assert _answers(small) == answers
        except RefusedError:
            found += 1
        finally:
            for beside in ("-wal", "-shm"):
                small.with_name(small.name + beside).unlink(missing_ok=True)
    assert found > len(places) // 4


def test_a_flipped_bit_in_a_log_of_writes(small: Path, history: History) -> None:
    """In the log of what is not yet in the file, the entries before stay, and what is accepted is what was written."""
    with Store.open(small) as store:
        before = contents(store)
        Replica(store, SCHEME).append(
            history.entries[ENTRIES], history.people.blobs, history.people.keys["operator"], SECONDS
        )
        after, good, log = contents(store), *(files(small)[suffix] for suffix in ("", "-wal"))
    chance, beside = Random(6), small.with_name(small.name + "-wal")
    seen = set()
    for data in _flipped(log, [*range(64), *chance.sample(range(len(log)), SAMPLES // 2)], chance):
        small.write_bytes(good)
        beside.write_bytes(data)
        try:
            with Store.open(small) as store:
                audit(store, SCHEME)
                seen.add(contents(store))
        except RefusedError:
            pass
        finally:
            beside.unlink(missing_ok=True)
            small.with_name(small.name + "-shm").unlink(missing_ok=True)
    assert seen <= {before, after}


def test_a_flipped_bit_of_a_bundle(history: History) -> None:
    """Every flipped bit and every cut of a bundle is refused."""
    heads = [(head.size, head.note()) for head in history.heads[:ENTRIES]]
    blobs = sorted((blob, data) for data, blob in _named(history.people.blobs))
    whole = Contents(history.people.register, blobs, 0, history.entries[:ENTRIES], heads)
    good, chance = b"".join(written(whole)), Random(7)
    assert list(read_bundle(BytesIO(good)))
    places = [*range(300), *range(len(good) - 150, len(good)), *chance.sample(range(len(good)), 4 * SAMPLES)]
    for data in _flipped(good, places, chance):
        with pytest.raises(RefusedError):
            list(read_bundle(BytesIO(data)))
    for place in chance.sample(range(len(good)), SAMPLES):
        with pytest.raises(RefusedError):
            list(read_bundle(BytesIO(good[:place])))


def _named(blobs: Iterable[bytes]) -> Iterator[tuple[bytes, str]]:
    from hashlib import sha256

    return ((data, sha256(data).hexdigest()) for data in blobs)


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE entry SET data = CAST(replace(CAST(data AS TEXT), 'a', 'b') AS BLOB) WHERE idx = 3",
        "UPDATE subtree SET hash = zeroblob(32) WHERE level = 0 AND position = 3",
        "UPDATE subtree SET hash = zeroblob(32) WHERE level = 1 AND position = 1",
        "UPDATE subtree SET hash = zeroblob(32) WHERE level = 2 AND position = 0",
    ],
)
def test_a_flipped_bit_is_not_signed(small: Path, history: History, damage: str) -> None:
    """An entry, or a hash of any level, that is not what it was is found before a head over it is signed."""
    key = history.people.keys["b"]
    with Store.open(small) as store:
        store._execute(damage)
        assert refused(lambda: Replica(store, SCHEME).cosign(Slot.B, key, SECONDS)) is Rule.LOG
        assert store.head(Slot.B) is None


def test_a_head_of_another_log_is_not_given_back(small: Path, history: History) -> None:
    """A head in the store that is not of its entries is refused, not handed out as the signature that was asked for."""
    other = Head(history.ledger.register, ENTRIES, bytes(32), {}).signed(Slot.B, history.people.keys["b"], SECONDS)
    with Store.open(small) as store:
        store.put_head(Slot.B, other)
        key = history.people.keys["b"]
        assert refused(lambda: Replica(store, SCHEME).cosign(Slot.B, key, SECONDS)) is Rule.COSIGNING


def test_an_empty_ledger_is_no_register(memory: Path) -> None:
    """The audit of a store without entries finds nothing, and nothing wrong."""
    with Store.create(memory / "store") as store:
        assert state(audit(store, SCHEME)) == state(MemoryLedger())
