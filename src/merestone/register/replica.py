"""What one party's machine does with its store: takes entries in, receives heads, cosigns. Everything it accepts went through
`rules`, and nothing is acknowledged before it is durable."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256

from merestone.register.evidence import Evidence, Leaf
from merestone.register.head import Head
from merestone.register.keys import PublicKey, Slot
from merestone.register.merkle import Tree, inclusion_proof, leaf_hash
from merestone.register.refusal import RefusedError, Rule
from merestone.register.rules import accept
from merestone.register.signing import Scheme, Signer
from merestone.register.store import Store


class ForkError(RefusedError):
    """A slot has signed a head that this log cannot have. `evidence` proves it where it could be made."""

    def __init__(self, slot: Slot, theirs: Head, evidence: Evidence | None) -> None:
        proof = "the evidence is kept" if evidence else "their entries are needed to prove it: ask for a whole bundle"
        super().__init__(
            Rule.HEAD, f"{slot} has signed another history: its head of size {theirs.size} is none of this log; {proof}"
        )
        self.slot = slot
        self.theirs = theirs
        self.evidence = evidence


@dataclass(frozen=True, slots=True)
class Taken:
    """What was taken in: how many entries, and whose heads."""

    entries: int
    heads: tuple[tuple[Slot, int], ...]


class Replica:
    """A store with the rules before it."""

    def __init__(self, store: Store, scheme: Scheme) -> None:
        self.store = store
        self._scheme = scheme

    def take(
        self,
        entries: Iterable[bytes],
        blobs: Iterable[bytes] = (),
        heads: Iterable[Head] = (),
        *,
        each: Callable[[int], None] = lambda _: None,
    ) -> Taken:
        """Takes in the entries after those that are here, all or none. Entries need a head by the operator that covers
        exactly them; heads by others are taken in too. Raises `RefusedError`, and `ForkError` for a head of another log."""
        known = tuple(heads)
        try:
            with self.store.writing():
                for data in blobs:
                    self.store.hold_blob(data)
                count = self._append(entries, each)
                if count and not any(h.size == self.store.size and Slot.OPERATOR in h.cosignatures for h in known):
                    raise RefusedError(Rule.LOG, "the operator has signed no head over exactly these entries")
                return Taken(count, tuple(place for head in known for place in self._receive(head)))
        except ForkError as fork:
            self._keep(fork)
            raise

    def append(self, data: bytes, blobs: Iterable[bytes], signer: Signer, seconds: int) -> Head:
        """The operator's next entry, with the operator's head over it, stored in one piece."""
        with self.store.writing():
            for each in blobs:
                self.store.hold_blob(each)
            self._append((data,), lambda _: None)
            return self._cosigned(Slot.OPERATOR, signer, seconds)

    def cosign(self, slot: Slot, signer: Signer, seconds: int, floor: Head | None = None) -> Head:
        """The slot's signature on the state of this log, stored before it is given back. `floor` is the last head that the
        key's holder remembers from elsewhere than this store: an older store than that signs nothing."""
        if floor is not None:
            self._check_floor(slot, floor)
        with self.store.writing():
            return self._cosigned(slot, signer, seconds)

    def receive(self, head: Head) -> tuple[tuple[Slot, int], ...]:
        """Checks every cosignature of a head of this log and keeps it. Raises `ForkError` for one of another log."""
        try:
            with self.store.writing():
                return self._receive(head)
        except ForkError as fork:
            self._keep(fork)
            raise

    def evidence_of_fork(self, fork: ForkError, their_entries: Iterable[bytes]) -> Evidence | None:
        """The proof that a slot signed two histories, from the entries of the other one; None if it signed no head here
        that parts from it by the same key."""
        theirs = Tree(map(leaf_hash, their_entries))
        if fork.theirs.size > theirs.size or theirs.root(fork.theirs.size) != fork.theirs.root:
            raise RefusedError(Rule.EVIDENCE, "the entries are not those of the head")
        theirs_key = self._key(fork.slot, fork.theirs.size)
        shared = min(self.store.size, fork.theirs.size)
        index = next((i for i in range(shared) if theirs.subtree(0, i) != self.store.subtree(0, i)), None)
        if index is None or theirs_key is None:
            return None
        ours = next((head for head in self._signed(fork.slot, theirs_key) if head.size > index), None)
        if ours is None:
            return None
        leaves = (
            Leaf(self.store.subtree(0, index), inclusion_proof(index, ours.size, self.store.subtree)),
            Leaf(theirs.subtree(0, index), inclusion_proof(index, fork.theirs.size, theirs.subtree)),
        )
        evidence = Evidence(fork.slot, theirs_key, (ours, fork.theirs.only(fork.slot)), index, leaves)
        evidence.check(self._scheme)
        self._keep(ForkError(fork.slot, fork.theirs, evidence))
        return evidence

    def _key(self, slot: Slot, size: int) -> PublicKey | None:
        holder = self.store.holder_at(slot, size)
        return holder.key if holder else None

    def _signed(self, slot: Slot, key: PublicKey) -> Iterator[Head]:
        """The heads here that a slot signed by a key, by size: a key may have been changed between two of them."""
        for head in self.store.heads():
            if slot in head.cosignatures and self._key(slot, head.size) == key:
                yield head.only(slot)

    def _append(self, entries: Iterable[bytes], each: Callable[[int], None]) -> int:
        count = 0
        for count, data in enumerate(entries, 1):
            self.store.add(accept(self.store, data, self._scheme))
            each(count)
        return count

    def _receive(self, head: Head) -> tuple[tuple[Slot, int], ...]:
        size = self.store.size
        if head.register != self.store.register:
            raise RefusedError(Rule.HEAD, "the head is of another register")
        if head.size > size:
            raise RefusedError(
                Rule.HEAD, f"the head is of {head.size} entries, and {size} are here: take those in first"
            )
        for slot in head.cosignatures:
            holder = self.store.holder_at(slot, head.size)
            if holder is None:
                raise RefusedError(Rule.HEAD, f"nobody stands in the slot {slot}")
            head.check(slot, holder.key, self._scheme)
            if head.root != self.store.root(head.size):
                raise ForkError(slot, head, self._evidence(slot, head))
            self.store.put_head(slot, head)
        return tuple((slot, head.size) for slot in head.cosignatures)

    def _evidence(self, slot: Slot, theirs: Head) -> Evidence | None:
        """The evidence that two heads of one size are, if the slot signed that size here too."""
        ours = self.store.head(slot, theirs.size)
        holder = self.store.holder_at(slot, theirs.size)
        if ours is None or holder is None:
            return None
        return Evidence(slot, holder.key, (ours, theirs.only(slot)))

    def _keep(self, fork: ForkError) -> None:
        if fork.evidence is None:
            return
        document = fork.evidence.document()
        with self.store.writing():
            self.store.put_evidence(sha256(document).hexdigest(), document)

    def _cosigned(self, slot: Slot, signer: Signer, seconds: int) -> Head:
        store = self.store
        holder = store.holder(slot)
        if holder is None or holder.key != signer.public:
            raise RefusedError(Rule.COSIGNING, f"this is not the key of {slot} in this register")
        size = store.size
        before = store.head(slot)
        if before is not None and before.size == size:
            return before
        since = before.size if before is not None else 0
        if before is not None and (since > size or store.root(since) != before.root):
            raise RefusedError(
                Rule.COSIGNING, f"{slot} has signed a head of {since} entries that is none of this store"
            )
        root = self._rebuilt(since, size)
        head = Head(store.register, size, root, {}).signed(slot, signer, seconds)
        head.check(slot, holder.key, self._scheme)
        store.put_head(slot, head)
        return head

    def _rebuilt(self, since: int, size: int) -> bytes:
        """The root, after every entry since the last signature was read back and hashed again: a bit that flipped on the way
        to the disk is found before it is signed."""
        for index in range(since, size):
            self.store.entry(index)
        return self.store.root(size)

    def _check_floor(self, slot: Slot, floor: Head) -> None:
        size = self.store.size
        if floor.register != self.store.register:
            raise RefusedError(Rule.COSIGNING, "the key remembers another register")
        if floor.size > size or self.store.root(floor.size) != floor.root:
            raise RefusedError(
                Rule.COSIGNING,
                f"{slot} has signed a head of {floor.size} entries, and this store does not have it: it is an older copy. "
                "Take in a bundle that has that head, then try again",
            )
