"""The other objects of a register as a signer is shown them: charter, change of keys, withdrawal."""

from __future__ import annotations

from collections.abc import Iterator

from merestone.errors import MerestoneError
from merestone.publish.diff_text import COLUMNS, Row, plain_text
from merestone.publish.register.exact_rows import grouped, heading, item
from merestone.register.envelope import Envelope
from merestone.register.keys import Holder
from merestone.register.objects import Act, Charter, KeyChange, KeyChangeKind, Withdrawal, read_content

_CHANGES = {
    KeyChangeKind.ROTATE: "the holder of the slot replaces the signing key",
    KeyChangeKind.RECOVER: "the party replaces its signing key, and signs with its root key: the old key is lost or not trusted",
    KeyChangeKind.ROTATE_ROOT: "the party replaces its root key",
    KeyChangeKind.APPOINT: "both parties appoint a new holder, or a new key, for the slot",
}


class AnActError(MerestoneError):
    """The payload is an act: `signing_view` shows it, with its texts and its line."""


def object_text(envelope: Envelope, columns: int = COLUMNS) -> str:
    """A charter, a change of keys or a withdrawal as text, from the exact bytes that would be signed.

    Raises `RefusedError` where the payload is not well formed, and `AnActError`.
    """
    match read_content(envelope):
        case Charter() as charter:
            rows = _charter(charter, columns)
        case KeyChange() as change:
            rows = _key_change(change, columns)
        case Withdrawal() as withdrawal:
            rows = _withdrawal(withdrawal, columns)
        case Act():
            raise AnActError("an act is shown with its texts and its line")
    return plain_text([*rows, *item("digest", grouped(envelope.digest), columns)])


def _charter(charter: Charter, columns: int) -> Iterator[Row]:
    yield heading(f"Charter: {charter.name}")
    for role in charter.roles:
        yield from _holder(role.slot.value, role.holder, columns)
    if charter.succeeds is None:
        yield from item("succeeds", "no earlier register", columns)
    else:
        register, base = charter.succeeds
        said = f"register {grouped(register)} at size {base.size}, root {grouped(base.root)}"
        yield from item("succeeds", said, columns)
    yield from item("nonce", charter.nonce, columns)


def _holder(slot: str, holder: Holder, columns: int) -> Iterator[Row]:
    yield from item(f"slot {slot}" if len(slot) == 1 else slot, f"{holder.title} ({holder.identity})", columns)
    yield from item("", f"signing key {grouped(holder.key.fingerprint)}", columns)
    if holder.root is not None:
        yield from item("", f"root key {grouped(holder.root.fingerprint)}", columns)


def _key_change(change: KeyChange, columns: int) -> Iterator[Row]:
    yield heading(f"Change of keys: {change.change.value}, slot {change.slot.value}")
    yield from item("what it does", _CHANGES[change.change], columns)
    yield from item("new key", grouped(change.key.fingerprint), columns)
    yield from item("old key", "does not count from the entry of this change on", columns)
    yield from item("reason", change.reason, columns)
    yield from _made_on(change, columns)


def _withdrawal(withdrawal: Withdrawal, columns: int) -> Iterator[Row]:
    yield heading(f"Withdrawal by slot {withdrawal.by.value}")
    yield from item("of the act", grouped(withdrawal.act), columns)
    yield from item("what it does", "that act can no longer become an entry of this register", columns)
    yield from item("reason", withdrawal.reason, columns)
    yield from _made_on(withdrawal, columns)


def _made_on(made: KeyChange | Withdrawal, columns: int) -> Iterator[Row]:
    yield from item("register", grouped(made.register), columns)
    yield from item("made on", f"the log at size {made.base.size}, root {grouped(made.base.root)}", columns)
    yield from item("keys", f"key set {made.keys}; nonce {made.nonce}", columns)
