"""What one party's machine does with its store: takes entries in, receives heads, cosigns. Everything it accepts went through
`rules`, and nothing is acknowledged before it is durable."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256

from merestone.register.declared import declared, stopped
from merestone.register.evidence import Evidence, Leaf
from merestone.register.head import Head
from merestone.register.keys import PublicKey, Slot
from merestone.register.merkle import Tree, inclusion_proof, leaf_hash, new_subtrees
from merestone.register.refusal import RefusedError, Rule
from merestone.register.rules import accept
from merestone.register.signing import Scheme, Signer
from merestone.register.store import Store


class ForkError(RefusedError):
    """A slot has signed a head that this log cannot have. `evidence` proves it where it could be made."""

    def __init__(self, slot: Slot, theirs: Head, evidence: Evidence | None) -> None:
        proof = (
            "this folder keeps the evidence"
            if evidence
            else "a complete bundle of the other history would prove it: ask for one"
        )
        super().__init__(
            Rule.HEAD,
            f"{slot} has signed another history: its head of size {theirs.size} does not belong to this log; {proof}",
        )
        self.slot = slot
        self.theirs = theirs
        self.evidence = evidence


@dataclass(frozen=True, slots=True)
class Taken:
    """What was taken in: how many entries, whose heads, and why heads were left out."""

    entries: int
    heads: tuple[tuple[Slot, int], ...]
    left_out: tuple[str, ...] = ()


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
        """Takes in the entries after those that are here, all or none; blobs, entries and heads are asked for in this order, so
        that one stream can bring them. Entries need a head by the operator that covers
        exactly them; heads by others are taken in too. Raises `RefusedError`, and `ForkError` for a head of another log."""
        try:
            with self.store.writing():
                for data in blobs:
                    self.store.hold_blob(data)
                count = self._append(entries, each)
                known = tuple(heads)
                if count and not any(h.size == self.store.size and Slot.OPERATOR in h.cosignatures for h in known):
                    raise RefusedError(Rule.LOG, "the operator has not signed a head over exactly these entries")
                found: list[tuple[Slot, int]] = []
                left_out: list[str] = []
                for head in known:
                    counted, doubts = self._discounted(head)
                    found.extend(self._receive(counted) if counted.cosignatures or not doubts else ())
                    left_out.extend(doubts)
                return Taken(count, tuple(found), tuple(left_out))
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

    def cosign(
        self,
        slot: Slot,
        signer: Signer,
        seconds: int,
        floor: Head | None = None,
        about_to: Callable[[Head], None] = lambda _: None,
    ) -> Head:
        """The slot's signature on the state of this log, stored before it is given back. `floor` is the last head that the
        key's holder remembers from elsewhere than this store: an older store than that signs nothing. `about_to` hears of
        the head once it has been found to be that of these entries, before it is signed."""
        self.check_floor(slot, floor)
        with self.store.writing():
            return self._cosigned(slot, signer, seconds, about_to)

    def receive(self, head: Head) -> tuple[tuple[Slot, int], ...]:
        """Checks every cosignature of a head of this log and keeps it; one by a key that was declared lost or stolen counts for
        nothing where it is none of this log. Raises `ForkError` for one of another log."""
        try:
            with self.store.writing():
                counted, doubts = self._discounted(head)
                return self._receive(counted) if counted.cosignatures or not doubts else ()
        except ForkError as fork:
            self._keep(fork)
            raise

    def _discounted(self, head: Head) -> tuple[Head, tuple[str, ...]]:
        """A head without the cosignatures that count for nothing, and why they do not: those by a key that this log declares lost
        or stolen, on another history than this one or on entries after the key was stopped."""
        doubts = {slot: why for slot in head.cosignatures if (why := self._doubt(head, slot))}
        return head.only(*(slot for slot in head.cosignatures if slot not in doubts)), tuple(doubts.values())

    def _doubt(self, head: Head, slot: Slot) -> str:
        for key, index in declared(self.store, slot).items():
            of_this_log = head.size <= index and head.root == self.store.root(head.size)
            if head.register == self.store.register and not of_this_log and _is_by(head, slot, key, self._scheme):
                return (
                    f"a head of size {head.size} is signed with a key of {slot} that entry {index} declares lost or stolen: it is left "
                    f"out, and proves nothing against {slot}"
                )
        return ""

    def evidence_of_fork(self, fork: ForkError, their_entries: Iterable[bytes]) -> Evidence | None:
        """The proof that a slot signed two histories, from the entries of the other one; None if it signed no head here
        that parts from it, or if one of the two was signed with a key that either history declares lost or stolen. The keys of the
        two heads may differ: keys are changed."""
        entries = tuple(their_entries)
        theirs = Tree(map(leaf_hash, entries))
        if fork.theirs.size > theirs.size or theirs.root(fork.theirs.size) != fork.theirs.root:
            raise RefusedError(Rule.EVIDENCE, "the entries do not have the root of the head")
        shared = min(self.store.size, fork.theirs.size)
        index = next((i for i in range(shared) if theirs.subtree(0, i) != self.store.subtree(0, i)), None)
        ours = self.store.head(fork.slot)
        holder = self.store.holder_at(fork.slot, ours.size) if ours else None
        if index is None or ours is None or holder is None or ours.size <= index:
            return None
        leaves = (
            Leaf(self.store.subtree(0, index), inclusion_proof(index, ours.size, self.store.subtree)),
            Leaf(theirs.subtree(0, index), inclusion_proof(index, fork.theirs.size, theirs.subtree)),
        )
        keys = holder.key, self._key_of(fork)
        if stopped(self.store, fork.slot, entries, self._scheme) & set(keys):
            return None
        evidence = Evidence(fork.slot, keys, (ours, fork.theirs.only(fork.slot)), index, leaves)
        evidence.check(self._scheme)
        self._keep(ForkError(fork.slot, fork.theirs, evidence))
        return evidence

    def _key_of(self, fork: ForkError) -> PublicKey:
        """The key of this log that signed the other history's head, if it is any of the slot's: the latest that verifies it."""
        for key in self.store.keys_of(fork.slot):
            with suppress(RefusedError):
                fork.theirs.check(fork.slot, key, self._scheme)
                return key
        raise RefusedError(
            Rule.EVIDENCE, f"the head is not signed with any key that {fork.slot} has had in this register"
        )

    def _append(self, entries: Iterable[bytes], each: Callable[[int], None]) -> int:
        count = 0
        for count, data in enumerate(entries, 1):
            self.store.add(accept(self.store, data, self._scheme))
            each(count)
        return count

    def _receive(self, head: Head) -> tuple[tuple[Slot, int], ...]:
        size = self.store.size
        if head.register != self.store.register:
            raise RefusedError(Rule.HEAD, "the head belongs to another register")
        if head.size > size:
            raise RefusedError(
                Rule.HEAD,
                f"the head has size {head.size}, and this copy has size {size}: take in the missing entries first",
            )
        if not head.cosignatures:
            raise RefusedError(Rule.HEAD, "nobody has signed the head")
        for slot in head.cosignatures:
            holder = self.store.holder_at(slot, head.size)
            if holder is None:
                raise RefusedError(Rule.HEAD, f"nobody holds the slot {slot}")
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
        return Evidence(slot, (holder.key, holder.key), (ours, theirs.only(slot)))

    def _keep(self, fork: ForkError) -> None:
        if fork.evidence is None:
            return
        document = fork.evidence.document()
        with self.store.writing():
            self.store.put_evidence(sha256(document).hexdigest(), document)

    def _cosigned(
        self, slot: Slot, signer: Signer, seconds: int, about_to: Callable[[Head], None] = lambda _: None
    ) -> Head:
        store = self.store
        public = self.check_key(slot, signer.public)
        size = store.size
        before = store.head(slot)
        since = before.size if before is not None else 0
        if before is not None and (since > size or store.root(since) != before.root):
            raise RefusedError(
                Rule.COSIGNING, f"{slot} has signed a head of size {since} that does not belong to this store"
            )
        if before is not None and since == size:
            about_to(before)
            return before
        unsigned = Head(store.register, size, self._rebuilt(since, size), {})
        about_to(unsigned)
        head = unsigned.signed(slot, signer, seconds)
        head.check(slot, public, self._scheme)
        store.put_head(slot, head)
        return head

    def _rebuilt(self, since: int, size: int) -> bytes:
        """The root, after every entry since the last signature was read back, and every hash that it completes made again: a
        bit that flipped on the way to the disk, or there, is found before it is signed."""
        subtree = self.store.subtree
        for index in range(since, size):
            for level, position, hashed in new_subtrees(index, leaf_hash(self.store.entry(index)), subtree):
                if hashed != subtree(level, position):
                    raise RefusedError(Rule.LOG, f"the store is damaged: hash {level}/{position} is wrong", index)
        return self.store.root(size)

    def check_key(self, slot: Slot, public: PublicKey) -> PublicKey:
        """The key, which is the one that a slot has now. Raises `RefusedError` for another."""
        holder = self.store.holder(slot)
        if holder is None or holder.key != public:
            why = f"this is not the key of {slot} in this register"
            raise RefusedError(Rule.COSIGNING, why if self.store.size else "the register has no charter yet")
        return public

    def check_floor(self, slot: Slot, floor: Head | None) -> None:
        """Raises `RefusedError` where this store does not have the last head that a key remembers."""
        if floor is None:
            return
        size = self.store.size
        if floor.register != self.store.register:
            raise RefusedError(Rule.COSIGNING, "the file of heads beside the key is for another register")
        if floor.size > size or self.store.root(floor.size) != floor.root:
            raise RefusedError(
                Rule.COSIGNING,
                f"{slot} has signed a head of size {floor.size}, and this store does not have it: the store is an older copy. "
                "Take in a bundle that has that head, then try again",
            )


def _is_by(head: Head, slot: Slot, key: PublicKey, scheme: Scheme) -> bool:
    """Whether a slot's cosignature on a head is a key's."""
    try:
        head.check(slot, key, scheme)
    except RefusedError:
        return False
    return True
