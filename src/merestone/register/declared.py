"""Which keys of a slot were declared lost or stolen: what such a key signs convicts nobody, for nobody can tell whose hand it was."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Protocol

from merestone.register.keys import Holder, PublicKey, Slot
from merestone.register.objects import KeyChange, KeyChangeKind


class KeyHistory(Protocol):
    """What is asked of a log."""

    def holder_at(self, slot: Slot, size: int) -> Holder | None:
        """Who stands in a slot after the first `size` entries."""

    def changes_in(self, slot: Slot) -> Iterable[tuple[int, KeyChange]]:
        """The changes of keys in a slot, with their indices, in order."""


def declared(log: KeyHistory, slot: Slot) -> Mapping[PublicKey, int]:
    """The signing keys of a slot that an entry declares lost or stolen, with its index: those that the slot had from the base of
    a `recover` up to it, and likewise for an `appoint` that names the holder it had (`log.md`, Evidence)."""
    found: dict[PublicKey, int] = {}
    changes = list(log.changes_in(slot))
    for index, change in changes:
        if not _declares(log, index, change):
            continue
        sizes = [change.base.size, *(at + 1 for at, _ in changes if change.base.size <= at < index)]
        for holder in (log.holder_at(slot, size) for size in sizes):
            if holder is not None:
                found.setdefault(holder.key, index)
    return found


def _declares(log: KeyHistory, index: int, change: KeyChange) -> bool:
    if change.change is KeyChangeKind.APPOINT:
        before = log.holder_at(change.slot, index)
        return before is not None and before.identity == change.identity
    return change.change is KeyChangeKind.RECOVER
