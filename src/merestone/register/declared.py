"""Which keys of a slot were declared lost or stolen: what such a key signs convicts nobody, for nobody can tell whose hand it was."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from typing import Protocol

from merestone.register.envelope import Envelope, read_envelope
from merestone.register.keys import Holder, PublicKey, Slot
from merestone.register.objects import KeyChange, KeyChangeKind, read_content
from merestone.register.refusal import RefusedError
from merestone.register.signing import Scheme


class KeyHistory(Protocol):
    """What is asked of a log."""

    def holder_at(self, slot: Slot, size: int) -> Holder | None:
        """Who stands in a slot after the first `size` entries."""

    @property
    def register(self) -> str:
        """The register's identity."""

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
        for holder in filter(None, (log.holder_at(slot, size) for size in sizes)):
            found.setdefault(holder.key, index)
    return found


def _declares(log: KeyHistory, index: int, change: KeyChange) -> bool:
    if change.change is KeyChangeKind.APPOINT:
        before = log.holder_at(change.slot, index)
        return before is not None and before.identity == change.identity
    return change.change is KeyChangeKind.RECOVER


def stopped(log: KeyHistory, slot: Slot, theirs: Iterable[bytes], scheme: Scheme) -> frozenset[PublicKey]:
    """The signing keys of a slot that a log, or another history of the same register, declares lost or stolen. What stands in
    the other history counts if it bears the signature of a root key that the slot had here: nobody else could have made it."""
    found = set(declared(log, slot))
    for data in theirs:
        with suppress(RefusedError):
            envelope = read_envelope(data)
            content = read_content(envelope)
            if isinstance(content, KeyChange) and content.change is KeyChangeKind.RECOVER and content.slot is slot:
                sizes = {content.base.size, *(at + 1 for at, _ in log.changes_in(slot) if at >= content.base.size)}
                holders = [holder for size in sizes if (holder := log.holder_at(slot, size)) is not None]
                signed = any(_signed_by_root(log, envelope, slot, each, scheme) for each in holders)
                found |= {each.key for each in holders} if signed else set()
    return frozenset(found)


def _signed_by_root(log: KeyHistory, envelope: Envelope, slot: Slot, holder: Holder, scheme: Scheme) -> bool:
    name = f"{slot.value}.root"
    if holder.root is None or name not in envelope.signatures:
        return False
    try:
        envelope.check(log.register, name, holder.root, scheme)
    except RefusedError:
        return False
    return True
