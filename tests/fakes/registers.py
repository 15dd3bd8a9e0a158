"""Small registers for tests: delegations with keys, acts in a line, and a signature scheme that costs next to nothing.

`CheapScheme` keeps the shape of the real one (two halves, a context, a key that fits one seed) and none of its strength: for
histories by the thousand. What is about cryptography itself uses `HybridScheme` and `PrivateKey`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from hashlib import sha256, sha512
from typing import Any

from merestone.register.envelope import Envelope
from merestone.register.keys import Holder, PublicKey, Slot
from merestone.register.ledger import Accepted, Ledger, MemoryLedger
from merestone.register.objects import (
    Act,
    Base,
    Blob,
    Change,
    Charter,
    Content,
    Description,
    Instrument,
    KeyChange,
    KeyChangeKind,
    Kind,
    Prevails,
    Reference,
    Role,
    Status,
    Text,
    Withdrawal,
    unsigned,
)
from merestone.register.rules import accept, key_set
from merestone.register.signing import HybridScheme, PrivateKey, Scheme, Signature, Signer, WrongSignatureError

LINE = b'{"format":"merestone-line","version":1}'
WORDS = b"The line runs from the stone to the tree."


def _stretched(seed: bytes, length: int) -> bytes:
    return b"".join(sha512(seed + bytes([number])).digest() for number in range(length // 64 + 1))[:length]


@dataclass(frozen=True, slots=True)
class CheapKey:
    """A private key of the cheap scheme; the public key is its seed stretched, which is why it protects nothing."""

    seed: bytes

    @property
    def public(self) -> PublicKey:
        """The public key, in the shape of a real one."""
        return PublicKey(_stretched(b"e" + self.seed, 31) + b"\x20", _stretched(b"m" + self.seed, 1_952))

    def sign(self, message: bytes, context: bytes) -> Signature:
        """Both halves: hashes of the public key, the message and, for the second, the context."""
        return _cheap(self.public, message, context)


def _cheap(key: PublicKey, message: bytes, context: bytes) -> Signature:
    return Signature(
        sha512(key.ed25519 + message).digest(),
        _stretched(sha256(key.ml_dsa_65 + context + b"|" + message).digest(), 64) + bytes(3_309 - 64),
    )


class CheapScheme:
    """Checks what `CheapKey` signs."""

    def check(self, key: PublicKey, message: bytes, context: bytes, signature: Signature) -> None:
        """Raises `WrongSignatureError` unless both halves are the key's."""
        if signature != _cheap(key, message, context):
            raise WrongSignatureError


def cheap_keys(*names: str) -> dict[str, Signer]:
    """A cheap key for each name."""
    return {name: CheapKey(sha256(name.encode()).digest()) for name in names}


def real_keys(*names: str) -> dict[str, Signer]:
    """A real key for each name."""
    return {name: PrivateKey.generate() for name in names}


ROLES = ("a", "a.root", "b", "b.root", "operator")


@dataclass
class Delegations:
    """Everybody's private keys in one place, and what they could agree on. `nonces` counts, so that nothing is by chance."""

    keys: dict[str, Signer]
    scheme: Scheme
    register: str = ""
    nonces: int = 0
    blobs: tuple[bytes, ...] = (LINE, WORDS)

    @staticmethod
    def cheap(*more: str) -> Delegations:
        """Delegations with cheap keys; `more` are further slots."""
        return Delegations(cheap_keys(*ROLES, *more), CheapScheme())

    @staticmethod
    def real(*more: str) -> Delegations:
        """Delegations with real keys; `more` are further slots."""
        return Delegations(real_keys(*ROLES, *more), HybridScheme())

    def nonce(self) -> str:
        """The next nonce."""
        self.nonces += 1
        return f"{self.nonces:032x}"

    def charter(self, **changed: Any) -> Charter:
        """A charter of these keys."""
        titles = {
            Slot.A: ("AAA", "Republic of A"),
            Slot.B: ("BBB", "Republic of B"),
            Slot.OPERATOR: ("HOST", "The host"),
            Slot.DEPOSITARY: ("DEP", "The depositary"),
            Slot.MEDIATOR: ("MED", "The mediator"),
        }
        roles = tuple(
            Role(slot, Holder(*titles[slot], self.keys[slot.value].public, self._root(slot)))
            for slot in sorted(titles)
            if slot.value in self.keys
        )
        return Charter(**{"name": "A and B", "nonce": self.nonce(), "roles": roles, **changed})

    def _root(self, slot: Slot) -> PublicKey | None:
        signer = self.keys.get(f"{slot.value}.root")
        return signer.public if signer else None

    def chartered(self, ledger: Ledger) -> bytes:
        """The first entry, signed by all, put into a ledger if it takes entries."""
        envelope = unsigned(self.charter())
        self.register = envelope.digest
        return self.signed(envelope, *self.keys)

    def signed(self, envelope: Envelope, *names: str, keys: Mapping[str, Signer] | None = None) -> bytes:
        """The envelope signed by names, as an entry."""
        for name in names:
            envelope = envelope.signed(self.register, name, {**self.keys, **(keys or {})}[name])
        return envelope.document()

    def base(self, ledger: Ledger, size: int | None = None) -> Base:
        """A state of the ledger, the present one by default."""
        at = ledger.size if size is None else size
        return Base(ledger.root(at).hex(), at)

    def text(self, line: bytes | None = LINE, words: bytes = WORDS, **changed: Any) -> Text:
        """A text with one description and a line."""
        made = {
            "descriptions": (Description(Blob.of(words, "text/plain;charset=utf-8"), "en"),),
            "instruments": (Instrument("1", None, "2026-01-01", "Treaty of the Stone"),),
            "line": None if line is None else Blob.of(line, "application/json"),
            "prevails": Prevails.TEXT,
            "sources": (),
            "tolerance_um": 1_000,
        }
        return Text(**{**made, **changed})

    def change(
        self,
        status: Status,
        begin: str = "",
        end: str = "",
        *,
        carries: Reference | None = None,
        supersedes: tuple[Reference, ...] = (),
        section: str = "S1",
        text: Text | None = None,
    ) -> Change:
        """A change of one section."""
        return Change(section, status, begin, end, carries, supersedes, text or self.text())

    def act(self, ledger: Ledger, *changes: Change, **changed: Any) -> Act:
        """An act on the present state of a ledger, good for its next hundred entries."""
        made = {
            "register": self.register,
            "base": self.base(ledger),
            "keys": ledger.key_changes,
            "nonce": self.nonce(),
            "kind": Kind.STEP,
            "by": None,
            "title": "An act",
            "last_index": ledger.size + 100,
            "answer_by": "",
            "changes": changes,
        }
        return Act(**{**made, **changed})

    def claim(self, ledger: Ledger, by: Slot, change: Change, **changed: Any) -> Act:
        """A claim by one party."""
        return self.act(ledger, change, **{"kind": Kind.CLAIM, "by": by, **changed})

    def key_change(self, ledger: Ledger, kind: KeyChangeKind, slot: Slot, key: PublicKey, **changed: Any) -> KeyChange:
        """A change of keys on the present state."""
        made = {
            "register": self.register,
            "base": self.base(ledger),
            "keys": ledger.key_changes,
            "nonce": self.nonce(),
            "change": kind,
            "slot": slot,
            "key": key,
            "last_index": ledger.size + 100,
            "identity": "NEW" if kind is KeyChangeKind.APPOINT else "",
            "title": "",
            "reason": "as planned",
        }
        content = KeyChange(**{**made, **changed})
        return content if "keys" in changed else replace(content, keys=key_set(ledger, content))

    def withdrawal(self, ledger: Ledger, digest: str, by: Slot, **changed: Any) -> Withdrawal:
        """A party takes its signature back."""
        made = {
            "register": self.register,
            "base": self.base(ledger),
            "keys": ledger.key_changes,
            "nonce": self.nonce(),
            "act": digest,
            "by": by,
            "reason": "second thoughts",
        }
        content = Withdrawal(**{**made, **changed})
        return content if "keys" in changed else replace(content, keys=key_set(ledger, content))


@dataclass
class Story:
    """A ledger in memory that acts are put into, one after another."""

    people: Delegations = field(default_factory=Delegations.cheap)
    ledger: MemoryLedger = field(default_factory=MemoryLedger)
    entries: list[bytes] = field(default_factory=list)

    def __post_init__(self) -> None:
        for data in self.people.blobs:
            self.ledger.hold_blob(data)
        self.put_bytes(self.people.chartered(self.ledger))

    def put_bytes(self, data: bytes) -> Accepted:
        """The bytes as the next entry. Raises `RefusedError`."""
        entry = accept(self.ledger, data, self.people.scheme)
        self.ledger.add(entry)
        self.entries.append(data)
        return entry

    def put(self, content: Content, *names: str, keys: Mapping[str, Signer] | None = None) -> Reference:
        """An object as the next entry, signed by names (both parties by default); gives back its first change."""
        self.put_bytes(self.people.signed(unsigned(content), *(names or ("a", "b")), keys=keys))
        return Reference(self.ledger.size - 1, 0)

    def step(self, *changes: Change, **changed: Any) -> Reference:
        """A step by both parties."""
        return self.put(self.people.act(self.ledger, *changes, **changed))

    def in_force(self, section: str = "S1", begin: str = "2026-01-01", **changed: Any) -> Reference:
        """A section signed, then in force from a day."""
        change = self.people.change
        signed = self.step(change(Status.SIGNED, section=section))
        return self.step(change(Status.IN_FORCE, begin, carries=signed, section=section, **changed))


Build = Callable[[Story], object]
"""Something that a test does to a story."""


def eventful() -> Story:
    """A register in which everything has happened once: claims, every status, a correction, an exchange, a withdrawal, and
    each change of keys."""
    story = Story(Delegations.cheap("depositary"))
    people, ledger = story.people, story.ledger
    change = people.change
    other = LINE.replace(b"1}", b"2}")
    ledger.hold_blob(other)
    first = story.put(people.claim(ledger, Slot.A, change(Status.CLAIMED, "1990-01-01", "1999-01-01")), "a")
    story.put(people.claim(ledger, Slot.A, change(Status.CLAIMED, supersedes=(first,))), "a")
    story.put(people.claim(ledger, Slot.B, change(Status.CLAIMED), title="B's claim"), "b", "depositary")
    story.put(people.withdrawal(ledger, "7" * 64, Slot.B), "b")
    initialled = story.step(change(Status.INITIALLED))
    signed = story.step(change(Status.SIGNED, carries=initialled))
    applied = story.step(change(Status.APPLIED, "2026-01-01", "2028-01-01", carries=signed))
    ratified = story.step(change(Status.RATIFIED, carries=signed))
    in_force = story.step(change(Status.IN_FORCE, "2027-01-01", carries=ratified, supersedes=(applied,)))
    better = people.text(other)
    corrected = story.step(
        change(Status.IN_FORCE, "2027-01-01", carries=in_force, supersedes=(in_force,), text=better),
        kind=Kind.CORRECTION,
    )
    suspended = story.step(
        change(Status.SUSPENDED, "2030-01-01", "2031-01-01", carries=corrected, supersedes=(corrected,), text=better)
    )
    story.step(change(Status.ENDED, "2030-06-01", carries=suspended, supersedes=(corrected, suspended), text=better))
    two = [change(Status.SIGNED, section=name, text=people.text(None)) for name in ("S2", "S3")]
    story.put(people.act(ledger, *two, kind=Kind.EXCHANGE), "a", "b", "depositary")
    kinds = (
        (KeyChangeKind.ROTATE, Slot.OPERATOR, ("operator", "new")),
        (KeyChangeKind.ROTATE, Slot.A, ("a", "new")),
        (KeyChangeKind.RECOVER, Slot.B, ("b.root", "new")),
        (KeyChangeKind.ROTATE_ROOT, Slot.B, ("b.root", "new")),
        (KeyChangeKind.APPOINT, Slot.MEDIATOR, ("a", "b", "new")),
        (KeyChangeKind.APPOINT, Slot.DEPOSITARY, ("a", "b", "new")),
    )
    for number, (kind, slot, names) in enumerate(kinds):
        new = CheapKey(b"new%d" % number)
        story.put(people.key_change(ledger, kind, slot, new.public), *names, keys={"new": new})
        name = f"{slot.value}.root" if kind is KeyChangeKind.ROTATE_ROOT else slot.value
        people.keys = {**people.keys, name: new}
    story.put(people.act(ledger, change(Status.INITIALLED, section="S4")), "a", "b", "mediator", "depositary")
    return story
