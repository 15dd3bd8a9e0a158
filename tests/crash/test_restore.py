"""An old copy of a store that is put back signs nothing that would contradict what its key has signed since (I5, F7)."""

from __future__ import annotations

from pathlib import Path

import pytest

from crash.operations import SCHEME, SECONDS, History
from merestone.register.keys import Slot
from merestone.register.refusal import RefusedError, Rule
from merestone.register.replica import Replica
from merestone.register.store import Store


def test_an_old_copy_does_not_cosign(memory: Path, history: History) -> None:
    """It refuses to cosign below the last head that the key remembers, until it has taken in what it lacks."""
    path, key = memory / "store", history.people.keys["b"]
    history.fill(path, 3)
    old = path.read_bytes()
    with Store.open(path) as store:
        replica = Replica(store, SCHEME)
        replica.take(history.entries[3:5], history.people.blobs, history.heads[4:5])
        floor = replica.cosign(Slot.B, key, SECONDS)
    path.write_bytes(old)
    with Store.open(path) as store:
        replica = Replica(store, SCHEME)
        with pytest.raises(RefusedError, match="older copy") as refused:
            replica.cosign(Slot.B, key, SECONDS, floor)
        assert refused.value.rule is Rule.COSIGNING
        assert store.head(Slot.B) is None
        replica.take(history.entries[3:6], history.people.blobs, history.heads[5:6])
        assert replica.cosign(Slot.B, key, SECONDS, floor).size == 6


def test_a_copy_of_another_history_does_not_cosign(memory: Path, history: History) -> None:
    """A store whose log parts from the last head that the key remembers signs nothing, though it is as long."""
    path = memory / "store"
    history.fill(path, 1)
    with Store.open(path) as store:
        replica = Replica(store, SCHEME)
        operator = history.people.keys["operator"]
        replica.append(history.claim_after(1), history.people.blobs, operator, SECONDS)
        with pytest.raises(RefusedError, match="older copy"):
            replica.cosign(Slot.B, history.people.keys["b"], SECONDS, history.heads[1])
