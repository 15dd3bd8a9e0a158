"""Every interleaving of up to some steps of two parties, an operator, a courier and a thief, on the real desks.

Nothing here is by chance. A *node* is one desk as it stands: a real `Desk` over a store and a shelf in memory, and what its
holder has done there. A *state* is the three desks, the courier's hand and what the thief did. A step changes one desk, so
that the register's code runs once for each node, step and bundle; states are numbers, and each is gone on from once.

`explore` gives every state that can be reached in so many steps, and raises `ConsentError` with the steps that lead to the
first in which an invariant of consent (`docs/formats/register/consent.md`) does not hold.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import TypeAlias, cast

from fakes.registers import Delegations, cheap_keys
from merestone.casefile.progress import silent
from merestone.casefile.register import carrying, consent, cosigning, desk
from merestone.casefile.register.carrying import bundled, take_in
from merestone.casefile.register.consent import Listing, listing
from merestone.casefile.register.desk import Desk, Offer
from merestone.casefile.register.next_steps import accused
from merestone.casefile.register.rotating import rotations
from merestone.casefile.register.shelf import Shelf
from merestone.casefile.register.stick import laid_on
from merestone.register.bundle import written
from merestone.register.envelope import Envelope, read_envelope
from merestone.register.evidence import read_evidence
from merestone.register.head import Head
from merestone.register.keys import PARTIES, Slot
from merestone.register.ledger import Ledger, MemoryLedger
from merestone.register.objects import (
    Act,
    Content,
    KeyChange,
    KeyChangeKind,
    Status,
    Withdrawal,
    read_content,
    unsigned,
)
from merestone.register.refusal import RefusedError, Rule
from merestone.register.rules import accept
from merestone.register.signing import Signer
from merestone.register.store import Store
from simulation.cheap import CheapScheme
from simulation.remembering import remembering
from simulation.stores import MemoryStore

SCHEME = CheapScheme()
DESKS = ("a", "b", "operator")
HEAD_TIME = 1

State: TypeAlias = tuple[int, int, int, int, frozenset[str]]
"""The nodes of the three desks, the bundle in the courier's hand, and what the thief did."""


class ConsentError(AssertionError):
    """An invariant of consent does not hold."""


class MemoryShelf:
    """A desk's shelf in memory."""

    def __init__(self, offers: dict[str, bytes], blobs: dict[str, bytes]) -> None:
        self.offers, self.blobs = offers, blobs

    def digests(self) -> tuple[str, ...]:
        """The digests of all offers."""
        return tuple(sorted(self.offers))

    def path(self, digest: str) -> Path:
        """Where an offer lies."""
        return Path(digest)

    def read(self, digest: str) -> bytes:
        """The bytes of an offer."""
        return self.offers[digest]

    def has(self, digest: str) -> bool:
        """Whether an offer lies here."""
        return digest in self.offers

    def lay(self, digest: str, data: bytes) -> None:
        """Lays an offer here."""
        self.offers[digest] = data

    def take_away(self, digest: str) -> None:
        """Takes an offer away."""
        del self.offers[digest]

    def blob_path(self, digest: str) -> Path:
        """Where bytes lie."""
        return Path(digest)

    def blob(self, digest: str) -> bytes | None:
        """Bytes by their SHA-256."""
        return self.blobs.get(digest)

    def hold(self, digest: str, data: bytes) -> None:
        """Keeps bytes."""
        self.blobs[digest] = data

    def sweep(self, needed: frozenset[str]) -> None:
        """Lets all bytes go but those with these SHA-256."""
        for digest in self.blobs.keys() - needed:
            del self.blobs[digest]


@dataclass(frozen=True)
class Deeds:
    """What the holder of a desk has done there, beside what lies on it: the last head that each key remembers, the payloads
    that were signed, and those that were taken back."""

    remembered: tuple[tuple[str, Head], ...] = ()
    signed: frozenset[str] = frozenset()
    taken_back: frozenset[str] = frozenset()
    new_key: str = ""


@dataclass
class Node:
    """A desk as it stands; never changed once it is made."""

    store: MemoryStore
    offers: dict[str, bytes]
    blobs: dict[str, bytes]
    deeds: Deeds

    def opened(self) -> tuple[Desk, MemoryShelf]:
        """A desk like this one, to be worked at."""
        shelf = MemoryShelf(dict(self.offers), dict(self.blobs))
        return Desk(Path("desk"), cast("Store", self.store.copy()), SCHEME, shelf), shelf

    @property
    def key(self) -> bytes:
        """What tells it from every other."""
        store = self.store
        heads = sorted((slot.value, size, head.note()) for (slot, size), head in store.kept_heads.items())
        deeds = self.deeds
        memory = sorted((name, head.size, head.root) for name, head in deeds.remembered)
        ghosts = (sorted(deeds.signed), sorted(deeds.taken_back), deeds.new_key)
        whole = (store.root(store.size), heads, sorted(self.offers.items()), sorted(store.proofs), memory, ghosts)
        return sha256(repr(whole).encode()).digest()


Step: TypeAlias = tuple[str, ...]


@dataclass
class World:
    """The keys, the act that is on the table, and every node that was met."""

    people: Delegations
    keys: dict[str, Signer]
    act: Envelope
    nodes: list[Node] = field(default_factory=list)
    number: dict[bytes, int] = field(default_factory=dict)
    bundles: list[bytes] = field(default_factory=list)
    bundle_number: dict[bytes, int] = field(default_factory=dict)
    done: dict[tuple[int, Step, int], int] = field(default_factory=dict)
    judged: dict[tuple[bytes, str], str] = field(default_factory=dict)
    held: set[tuple[int, int, Slot]] = field(default_factory=set)
    innocent: set[int] = field(default_factory=set)
    adverse: bool = True

    # ---- nodes and bundles ------------------------------------------------------------------------------------------

    def known(self, node: Node) -> int:
        """The number of a node."""
        key = node.key
        if key not in self.number:
            self.number[key] = len(self.nodes)
            self.nodes.append(node)
        return self.number[key]

    def _bundle(self, data: bytes) -> int:
        if data not in self.bundle_number:
            self.bundle_number[data] = len(self.bundles)
            self.bundles.append(data)
        return self.bundle_number[data]

    def packed(self, number: int) -> int:
        """The bundle that lies on a stick after a visit at a desk, with all that can go onto it."""
        place = (number, ("pack",), -1)
        if place not in self.done:
            desk, _ = self.nodes[number].opened()
            chosen = sorted(laid_on(desk, frozenset(), offers=True), key=lambda each: each.digest)
            self.done[place] = self._bundle(b"".join(written(bundled(desk, 0, chosen))))
        return self.done[place]

    def at_desk(self, number: int, step: Step, bundle: int = -1) -> int:
        """The node that a step at a desk leads to; the same where nothing comes of it."""
        place = (number, step, bundle)
        if place not in self.done:
            self.done[place] = self._worked(number, step, bundle)
        return self.done[place]

    def _worked(self, number: int, step: Step, bundle: int) -> int:
        node = self.nodes[number]
        desk, shelf = node.opened()
        try:
            deeds = _WORK[step[0]](self, desk, node.deeds, step[1:], bundle)
        except RefusedError:
            if cast("MemoryStore", desk.store).proofs.keys() == node.store.proofs.keys():
                return number
            deeds = node.deeds  # a refused bundle leaves evidence
        store = cast("MemoryStore", desk.store)
        made = Node(store, shelf.offers, shelf.blobs, deeds)
        return self.known(made)

    def envelope(self, make: Callable[[str], Content], ahead: bool | None) -> Envelope:
        """What `make` draws up, with the first nonce that gives it a digest before (`ahead`) or after the act's."""
        for number in range(256):
            made = unsigned(make(f"{number:032x}"))
            if ahead is None or (made.digest < self.act.digest) == ahead:
                return made
        raise AssertionError

    def withdrawal(self, ledger: Ledger, digest: str, by: Slot) -> Envelope:
        """A withdrawal, whose digest comes after the act's in an adverse world."""
        make = lambda nonce: self.people.withdrawal(ledger, digest, by, nonce=nonce)  # noqa: E731
        return self.envelope(make, not self.adverse if digest == self.act.digest else None)

    def key_change(
        self, ledger: Ledger, kind: KeyChangeKind, slot: Slot, new: str, since: int | None = None
    ) -> Envelope:
        """A change of keys; a rotation comes before the act in an adverse world, and a recovery after it. It is based on the
        present state, or on that of `since` entries."""
        ahead = None if kind is KeyChangeKind.RECOVER else self.adverse
        key, base = self.keys[new].public, self.people.base(ledger, since)
        make = lambda nonce: self.people.key_change(ledger, kind, slot, key, nonce=nonce, base=base)  # noqa: E731
        return self.envelope(make, not self.adverse if ahead is None else ahead)

    def signed(self, envelope: Envelope, **signers: str) -> Envelope:
        """An envelope signed with named keys."""
        for name, key in signers.items():
            envelope = envelope.signed(self.people.register, name.replace("_", "."), self.keys[key])
        return envelope


# ---- what is done at a desk -----------------------------------------------------------------------------------------


def _own_key(desk: Desk, slot: Slot, deeds: Deeds) -> str:
    """The name of the key that a party signs with: the new one once its change is an entry."""
    return deeds.new_key if deeds.new_key and _holds(desk, slot, deeds.new_key) else slot.value


def _holds(desk: Desk, slot: Slot, name: str) -> bool:
    holder = desk.store.holder(slot)
    return holder is not None and holder.key == KEYS[name].public


def _found(desk: Desk, digest: str) -> Offer | None:
    return next((each for each in desk.offers() if each.digest == digest), None)


def _sign(world: World, desk: Desk, deeds: Deeds, step: Step, _: int) -> Deeds:
    """A party signs the act that lies on its desk, if the desk says that it may."""
    slot, digest = Slot(step[0]), world.act.digest
    offer = _found(desk, digest)
    if offer is None or offer.rule or slot.value not in offer.missing:
        raise RefusedError(Rule.SIGNERS, "there is nothing to sign")
    desk.put_offer(world.signed(offer.envelope, **{slot.value: _own_key(desk, slot, deeds)}))
    return replace(deeds, signed=deeds.signed | {digest})


def _withdraw(world: World, desk: Desk, deeds: Deeds, step: Step, _: int) -> Deeds:
    """A party takes back its signature of the act or of its own rotation, or tries to veto a recovery by the other, which takes
    nothing back: no signature of its own is on it (C5)."""
    slot, what = Slot(step[0]), step[1]
    offer = _found(desk, world.act.digest) if what == "act" else _change_offered(desk, KeyChangeKind(what))
    if offer is None:
        raise RefusedError(Rule.WITHDRAWN, "there is nothing to take back")
    made = world.withdrawal(desk.store, offer.digest, slot)
    made = world.signed(made, **{slot.value: _own_key(desk, slot, deeds)})
    if desk.judged(made).obstacle:
        raise RefusedError(Rule.WITHDRAWN, "it could not be entered")
    desk.put_offer(made)
    own = {offer.digest} if slot.value in must_sign(desk.shelf, offer.digest) else set[str]()
    return replace(deeds, taken_back=deeds.taken_back | own)


def _change_offered(desk: Desk, kind: KeyChangeKind) -> Offer | None:
    found = [each for each in desk.offers() if isinstance(each.content, KeyChange) and each.content.change is kind]
    return found[0] if found else None


def _recover(world: World, desk: Desk, deeds: Deeds, _: Step, __: int) -> Deeds:
    """A puts a new key into its slot with its root key; of a rotation that it finds there it says that it did not make it."""
    if deeds.new_key:
        raise RefusedError(Rule.NEW_KEY, "it is under way")
    made = world.key_change(desk.store, KeyChangeKind.RECOVER, Slot.A, "a2", next(iter(rotations(desk, Slot.A)), None))
    desk.put_offer(world.signed(made, a_root="a.root", new="a2"))
    return replace(deeds, new_key="a2")


def _rotate(world: World, desk: Desk, deeds: Deeds, _: Step, __: int) -> Deeds:
    """B changes its key as it does every year."""
    if deeds.new_key:
        raise RefusedError(Rule.NEW_KEY, "it is under way")
    made = world.key_change(desk.store, KeyChangeKind.ROTATE, Slot.B, "b2")
    desk.put_offer(world.signed(made, b="b", new="b2"))
    return replace(deeds, new_key="b2")


def _append(world: World, desk: Desk, deeds: Deeds, _: Step, __: int) -> Deeds:
    """The operator enters what is complete."""
    before = desk.store.size
    refused = taken_back_here(desk)
    heads: list[Head] = []
    cosigning.enter(desk, world.keys["operator"], HEAD_TIME, heads.append)
    for index in range(before, desk.store.size):
        digest = read_envelope(desk.store.entry(index)).digest
        if digest in refused:
            raise ConsentError(f"entry {index} was entered although {refused[digest]} had taken it back on that desk")
    remembered = tuple(("operator", head) for head in heads[-1:]) or deeds.remembered
    return replace(deeds, remembered=remembered)


def _cosign(world: World, desk: Desk, deeds: Deeds, step: Step, _: int) -> Deeds:
    """A party cosigns what is here."""
    slot = Slot(step[0])
    name = _own_key(desk, slot, deeds)
    floor = dict(deeds.remembered).get(name)
    shown = listing(desk, slot, desk.replica.check_key(slot, world.keys[name].public), floor, HEAD_TIME)
    if not cosigning.agreed_to(desk, shown, lambda _: True):
        return deeds
    head = cosigning.cosign(desk, shown, world.keys[name], HEAD_TIME, floor, lambda _: None)
    _check_seen(desk, deeds, shown, head)
    covered = {read_envelope(desk.store.entry(index)).digest for index in range(head.size)}
    if wrong := covered & deeds.taken_back:
        raise ConsentError(f"{slot} cosigned what it had taken back: {min(wrong)[:8]}")
    return replace(deeds, remembered=tuple({**dict(deeds.remembered), name: head}.items()))


def _check_seen(desk: Desk, deeds: Deeds, shown: Listing, head: Head) -> None:
    """Nothing is cosigned unseen: every entry that no head which this desk made covers was in the list."""
    before = max((each.size for _, each in deeds.remembered), default=0)
    unseen = set(range(before, head.size)) - {row.index for row in shown.rows}
    if unseen or desk.store.size != head.size:
        raise ConsentError(f"{shown.slot} cosigned entry {min(unseen, default=head.size)} unseen")


def _take(world: World, desk: Desk, deeds: Deeds, _: Step, bundle: int) -> Deeds:
    """A bundle is taken in."""
    take_in(desk, BytesIO(world.bundles[bundle]), silent)
    return deeds


# ---- what the thief does with A's signing key ------------------------------------------------------------------------


def _thief_withdraws(world: World, desk: Desk, deeds: Deeds, step: Step, _: int) -> Deeds:
    what = step[0]
    offer = _found(desk, world.act.digest) if what == "act" else _change_offered(desk, KeyChangeKind(what))
    if offer is None:
        raise RefusedError(Rule.WITHDRAWN, "there is nothing to take back")
    desk.take_offer(world.signed(world.withdrawal(desk.store, offer.digest, Slot.A), a="a"), ())
    return deeds


def _thief_rotates(world: World, desk: Desk, deeds: Deeds, _: Step, __: int) -> Deeds:
    made = world.key_change(desk.store, KeyChangeKind.ROTATE, Slot.A, "thief")
    desk.take_offer(world.signed(made, a="a", new="thief"), ())
    return deeds


def _thief_signs(world: World, desk: Desk, deeds: Deeds, _: Step, __: int) -> Deeds:
    desk.take_offer(world.signed(world.act, a="a"), world.people.blobs)
    return deeds


def _thief_cosigns(world: World, desk: Desk, deeds: Deeds, step: Step, _: int) -> Deeds:
    """A head with A's stolen key: of what is here, or of another history."""
    store = desk.store
    root = store.root(store.size) if step[0] == "same" else sha256(b"another history").digest()
    size = store.size if step[0] == "same" else 1
    head = Head(store.register, size, root, {}).signed(Slot.A, world.keys["a"], HEAD_TIME)
    desk.replica.receive(head)
    return deeds


_WORK: dict[str, Callable[[World, Desk, Deeds, Step, int], Deeds]] = {
    "sign": _sign,
    "withdraw": _withdraw,
    "recover": _recover,
    "rotate": _rotate,
    "append": _append,
    "cosign": _cosign,
    "take": _take,
    "thief withdraws": _thief_withdraws,
    "thief rotates": _thief_rotates,
    "thief signs": _thief_signs,
    "thief cosigns": _thief_cosigns,
}

AT_DESKS: tuple[tuple[int, Step], ...] = (
    (0, ("sign", "a")),
    (1, ("sign", "b")),
    (0, ("withdraw", "a", "act")),
    (1, ("withdraw", "b", "act")),
    (1, ("withdraw", "b", "recover")),
    (0, ("withdraw", "a", "rotate")),
    (0, ("recover",)),
    (1, ("rotate",)),
    (2, ("append",)),
    (0, ("cosign", "a")),
    (1, ("cosign", "b")),
)
BY_THIEF: tuple[tuple[int, Step], ...] = (
    (2, ("thief withdraws", "act")),
    (2, ("thief withdraws", "recover")),
    (2, ("thief rotates",)),
    (1, ("thief signs",)),
    (1, ("thief cosigns", "same")),
    (1, ("thief cosigns", "other")),
)


# ---- invariants ------------------------------------------------------------------------------------------------------


def taken_back_here(desk: Desk) -> dict[str, str]:
    """The payloads that a party, whose signature they need, takes back by what lies on a desk, with who does."""
    found: dict[str, str] = {}
    for digest in desk.shelf.digests():
        envelope = read_envelope(desk.shelf.read(digest))
        content = read_content(envelope)
        needed = must_sign(desk.shelf, content.act) if isinstance(content, Withdrawal) else frozenset[str]()
        if isinstance(content, Withdrawal) and content.by.value in needed & envelope.signatures.keys():
            found[content.act] = content.by.value
    return found


def must_sign(shelf: Shelf, digest: str) -> frozenset[str]:
    """Whose signing key must be on an offer that lies on a desk; nobody's where it does not lie there."""
    content = read_content(read_envelope(shelf.read(digest))) if shelf.has(digest) else None
    match content:
        case Act(by=None):
            return frozenset({"a", "b"})
        case KeyChange(change=KeyChangeKind.ROTATE):
            return frozenset({content.slot.value})
        case _:
            return frozenset()


def check_state(world: World, state: State) -> None:
    """What must hold between the desks."""
    for number in state[:3]:
        _check_effect(world, state, number)
        for place, party in enumerate(PARTIES):
            pair = (_node(state, place), number, party)
            if pair not in world.held:
                _check_recovery(world, *pair)
                _check_withdrawals(world, *pair)
                world.held.add(pair)
        if number not in world.innocent:
            _check_accused(world, number)
            world.innocent.add(number)


def _check_effect(world: World, state: State, number: int) -> None:
    """Silence changes nothing, and what a party took back has no effect: the act is in effect for any desk only if each
    party signed it and cosigned it at its own desk, and has not taken it back; or its key was in other hands."""
    store = world.nodes[number].store
    digests = [each.digest for each in store.accepted[: store.agreed_size]]
    if world.act.digest not in digests:
        return
    index = digests.index(world.act.digest)
    for place, party in enumerate(PARTIES):
        deeds = world.nodes[_node(state, place)].deeds
        if party is Slot.A and state[4] & {"thief signs", "thief cosigns same"}:
            continue
        if world.act.digest not in deeds.signed:
            raise ConsentError(f"the act is in effect, and {party} has not signed it")
        if world.act.digest in deeds.taken_back:
            raise ConsentError(f"the act is in effect, and {party} has taken it back")
        if not any(head.size > index for _, head in deeds.remembered):
            raise ConsentError(f"the act is in effect, and {party} has cosigned nothing that holds it")


def _check_recovery(world: World, own: int, number: int, party: Slot) -> None:
    """Nobody can stop the recovery of a key but its holder: once a party has signed one, it can be the next entry of every log."""
    for digest, data in world.nodes[own].offers.items():
        content = read_content(read_envelope(data))
        recovery = isinstance(content, KeyChange) and content.change is KeyChangeKind.RECOVER and content.slot is party
        if recovery and (why := world_says(world, number, digest, data)):
            raise ConsentError(f"the recovery of {party}'s key was stopped: {why}")


def _check_withdrawals(world: World, own: int, number: int, party: Slot) -> None:
    """Nobody can stop a withdrawal but who made it: it can be the next entry while what it takes back is none, and while its
    party has the key that it had."""
    store = world.nodes[number].store
    holder = store.holder(party)
    if holder is None or holder.key != world.keys[party.value].public:
        return
    for digest, data in world.nodes[own].offers.items():
        envelope = read_envelope(data)
        content = read_content(envelope)
        if not isinstance(content, Withdrawal) or content.by is not party or party.value not in envelope.signatures:
            continue
        why = "" if store.has_payload(content.act) else world_says(world, number, digest, data)
        if why and "has already withdrawn it" not in why:
            raise ConsentError(f"a withdrawal by {party} was stopped: {why}")


def _node(state: State, place: int) -> int:
    return (state[0], state[1], state[2])[place]


def world_says(world: World, number: int, digest: str, data: bytes) -> str:
    """Why an envelope cannot be the next entry of a desk's log; nothing where it can, or is an entry, or rests on more."""
    store = world.nodes[number].store
    place = (store.root(store.size), digest)
    if place not in world.judged:
        world.judged[place] = _refusal(store, digest, data)
    return world.judged[place]


def _refusal(store: MemoryStore, digest: str, data: bytes) -> str:
    if store.has_payload(digest):
        return ""
    content = read_content(read_envelope(data))
    if content.base.size > store.size or store.root(content.base.size).hex() != content.base.root:  # type: ignore[union-attr]
        return ""
    try:
        accept(cast("MemoryLedger", store), data, SCHEME)
    except RefusedError as refusal:
        return str(refusal)
    return ""


def _check_accused(world: World, number: int) -> None:
    """What a key signs after it was declared stolen convicts nobody; and whoever was honest is never accused."""
    desk, _ = world.nodes[number].opened()
    if not desk.store.evidence():
        return
    others = {read_evidence(each).slot for each in desk.store.evidence()} - {Slot.A}
    if others:
        raise ConsentError(f"{min(others)} is accused, who signed one history")
    recovered = any(
        isinstance(each.content, KeyChange) and each.content.change is KeyChangeKind.RECOVER
        for each in world.nodes[number].store.accepted
    )
    if recovered and accused(desk):
        raise ConsentError("A is accused of what was signed with a key that it declared stolen")


# ---- exploring -------------------------------------------------------------------------------------------------------

KEYS = cheap_keys("a", "a.root", "b", "b.root", "operator", "a2", "b2", "thief")


def begun(*, adverse: bool = True, both_signed: bool = False) -> tuple[World, State]:
    """A register with its charter, cosigned by both; an act is drafted on A's desk, or signed by both on all desks."""
    people = Delegations({name: KEYS[name] for name in ("a", "a.root", "b", "b.root", "operator")}, SCHEME)
    store = MemoryStore()
    store.add(accept(store, people.chartered(store), SCHEME))
    head = Head(people.register, 1, store.root(1), {})
    for slot in (*PARTIES, Slot.OPERATOR):
        store.put_head(slot, head.signed(slot, KEYS[slot.value], HEAD_TIME))
    act = unsigned(people.act(store, people.change(Status.SIGNED), nonce="7" * 32))
    world = World(people, dict(KEYS), act, adverse=adverse)
    blobs = {sha256(each).hexdigest(): each for each in people.blobs}
    numbers = []
    for place, name in enumerate(DESKS):
        deeds = Deeds(tuple([(name, head)] if name != "operator" else ()))
        offers = {act.digest: act.document()} if place == 0 else {}
        if both_signed:
            offers = {act.digest: world.signed(act, a="a", b="b").document()}
            deeds = replace(deeds, signed=frozenset({act.digest}) if place < 2 else frozenset())
        numbers.append(world.known(Node(store.copy(), offers, dict(blobs) if offers else {}, deeds)))
    return world, (numbers[0], numbers[1], numbers[2], -1, frozenset())


def successors(world: World, state: State, *, thief: bool = True) -> Iterator[tuple[str, State]]:
    """Every step that changes something, and the state that it leads to."""
    for place, step in AT_DESKS:
        number = world.at_desk(_node(state, place), step)
        if number != _node(state, place):
            yield " ".join(step), _put(state, place, number)
    yield from _carried(world, state)
    for place, step in BY_THIEF if thief else ():
        number = world.at_desk(_node(state, place), step)
        if number != _node(state, place):
            yield " ".join(step), (*_put(state, place, number)[:4], state[4] | {" ".join(step)})


def _carried(world: World, state: State) -> Iterator[tuple[str, State]]:
    """What a courier can do: take what one desk has to another, now or, with the last that was in its hand, later again."""
    hands = [(f"carry {DESKS[giver]}", world.packed(_node(state, giver)), giver) for giver in range(3)]
    for told, bundle, giver in [*hands, *([("carry the last again", state[3], -1)] if state[3] >= 0 else [])]:
        for taker in range(3):
            number = world.at_desk(_node(state, taker), ("take",), bundle)
            if giver != taker and number != _node(state, taker):
                yield f"{told} to {DESKS[taker]}", (*_put(state, taker, number)[:3], bundle, state[4])


def _put(state: State, place: int, number: int) -> State:
    nodes = [*state[:3]]
    nodes[place] = number
    return nodes[0], nodes[1], nodes[2], state[3], state[4]


def explore(world: World, first: State, depth: int, *, thief: bool = True) -> int:
    """How many states can be reached in at most `depth` steps. Raises `ConsentError` with the shortest way to a wrong one."""
    with remembering(desk, carrying, consent, cosigning, sys.modules[__name__]):
        return _explored(world, first, depth, thief=thief)


def _explored(world: World, first: State, depth: int, *, thief: bool) -> int:
    way: dict[State, tuple[State | None, str]] = {first: (None, "")}
    frontier = [first]
    for _ in range(depth):
        following = []
        for state in frontier:
            steps = successors(world, state, thief=thief)
            while True:
                try:
                    named = next(steps, None)
                except ConsentError as error:
                    raise ConsentError(f"{error}; after: {_told(way, state)}") from error
                if named is None:
                    break
                name, reached = named
                if reached in way:
                    continue
                way[reached] = (state, name)
                try:
                    check_state(world, reached)
                except ConsentError as error:
                    raise ConsentError(f"{error}; after: {_told(way, reached)}") from error
                following.append(reached)
        frontier = following
    return len(way)


def _told(way: dict[State, tuple[State | None, str]], state: State) -> str:
    steps = []
    before: State | None = state
    while before is not None:
        before, name = way[before]
        steps.append(name)
    return ", ".join(reversed([each for each in steps if each]))
