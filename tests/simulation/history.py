"""One history: two parties, a mediator and an operator who may cheat, in one thread, with chance from a seed and made-up time.

A history goes on from one of a few dozen honest openings. It is made of rounds (propose, countersign, append, deliver,
cosign, exchange heads), each of which may go wrong in every way that `reliability.md`, section 8.2, lists.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import sha256
from io import BytesIO
from random import Random

from fakes.registers import Delegations, cheap_keys
from merestone.register.bundle import Contents, Record, read_bundle, written
from merestone.register.envelope import Envelope, read_envelope
from merestone.register.head import Head, read_head
from merestone.register.keys import Slot
from merestone.register.ledger import MemoryLedger
from merestone.register.refusal import RefusedError
from merestone.register.signing import Signature, Signer
from simulation import naive
from simulation.acts import BLOBS, UNKNOWN, Draft, Proposer, payload_type, spoil
from simulation.cheap import WatchedKey
from simulation.keeper import Keeper, Party
from simulation.naive import Log
from simulation.stores import copied, memory_store, moved_to_sqlite

OPENINGS = 48
SQLITE_EVERY = 8
"""One history in so many runs the parties on SQLite."""

OWNERS = {"a": ("a", "a.root"), "b": ("b", "b.root"), "operator": ("operator",), "mediator": ("mediator",)}


@dataclass
class Parcel:
    """What is put into a bundle, or came out of one."""

    first: int = 0
    entries: list[bytes] = field(default_factory=list)
    blobs: list[bytes] = field(default_factory=list)
    heads: list[Head] = field(default_factory=list)
    offers: list[Envelope] = field(default_factory=list)

    def bundle(self, register: str) -> bytes:
        """The bundle's bytes."""
        blobs = sorted((sha256(each).hexdigest(), each) for each in set(self.blobs))
        heads = sorted({(head.size, head.note()) for head in self.heads})
        offers = sorted({each.digest: each.document() for each in self.offers}.items())
        return b"".join(written(Contents(register, blobs, self.first, self.entries, heads, offers)))

    @staticmethod
    def read(data: bytes) -> Parcel:
        """What a bundle holds. Raises `RefusedError`."""
        found = Parcel()
        for item in read_bundle(BytesIO(data)):
            if item.kind is Record.ENTRY:
                found.first = found.first if found.entries else int(item.name)
                found.entries.append(item.data)
            elif item.kind is Record.BLOB:
                found.blobs.append(item.data)
            elif item.kind is Record.HEAD:
                found.heads.append(read_head(item.data))
            elif item.kind is Record.OFFER:
                found.offers.append(read_envelope(item.data))
        return found


class World:
    """Everybody, and all that they have made so far."""

    def __init__(self, rng: Random, tally: Counter[str]) -> None:
        self.rng, self.tally = rng, tally
        self.drafts: Random | None = None
        self.clock: Callable[[], int] = lambda: 1_900_000_000
        self.trace: list[str] = []
        self.show: Callable[[str], None] | None = None
        self.public = sha256()
        self.number = 0
        self.keyring: dict[str, WatchedKey] = {}
        self.branches: list[Keeper] = [Keeper(memory_store(), tally)]
        self.branch_of = {"a": 0, "b": 0}
        self.parties = {"a": Party.new(Slot.A, memory_store(), tally), "b": Party.new(Slot.B, memory_store(), tally)}
        self.offers: list[tuple[Envelope, list[str]]] = []
        self.offered: list[str] = []
        self.pool: list[Envelope] = []
        self.loose_heads: list[Head] = []
        self.parcels: list[bytes] = []
        self.agreed: dict[int, bytes] = {}

    def copy(self, rng: Random, tally: Counter[str], *, sqlite: bool) -> World:
        """The same world, going on by other chance."""
        other = World(rng, tally)
        other.number, other.keyring = self.number, dict(self.keyring)
        other.branches = [each.copy(tally) for each in self.branches]
        other.parties = {slot: each.copy(tally) for slot, each in self.parties.items()}
        for name in ("offers", "offered", "pool", "loose_heads", "parcels"):
            setattr(other, name, list(getattr(self, name)))
        other.agreed = dict(self.agreed)
        if sqlite:
            for party in other.parties.values():
                party.put_store(moved_to_sqlite(party.store))
        return other

    def fresh(self) -> int:
        """The next number."""
        self.number += 1
        return self.number

    def note(self, *what: object) -> None:
        """One more line of the trace."""
        line = " ".join(map(str, what))
        self.trace.append(line)
        if self.show is not None:
            self.show(line)

    # ---- beginning ----------------------------------------------------------------------------------------------

    def begin(self, *, mediator: bool) -> None:
        """The charter is signed by all, and everybody has it."""
        names = ("a", "a.root", "b", "b.root", "operator", *(("mediator",) if mediator else ()))
        people = Delegations(dict[str, Signer](cheap_keys(*names)), self.parties["a"].replica._scheme)
        for name in names:
            self._remember(WatchedKey(name))
        data = people.chartered(MemoryLedger())
        self.pool.append(read_envelope(data))
        self.append_one(0, data)
        for slot in self.parties:
            self.deliver(slot)
            self.cosign(slot)
        self.exchange()

    def _remember(self, key: WatchedKey) -> None:
        self.keyring[naive.key_document(*key.public.halves)["ed25519"]] = key

    def key(self, log: Log, name: str) -> WatchedKey | None:
        """The private key of a signer in a log."""
        public = log.key(name)
        return self.keyring.get(public["ed25519"]) if public else None

    # ---- proposing and signing ----------------------------------------------------------------------------------

    def propose(self, slot: str, *, flaw: bool = False, on: Log | None = None, kind: str = "") -> None:
        """A party proposes something, signs what is its own to sign, and sends it on."""
        log = on or self.parties[slot].log
        draft = Proposer(self.rng, log, slot, self.fresh, self.offered).draft(kind)
        if flaw:
            spoil(self.rng, draft, log)
        if draft.new_key is not None:
            self._remember(draft.new_key)
        payload = naive.canonical(draft.body)
        envelope = Envelope(payload_type(draft), payload, {})
        theirs = OWNERS["b" if slot == "a" else "a"]
        envelope = self._signed(envelope, log, draft, [name for name in draft.signers if name not in theirs])
        later = [name for name in draft.signers if name in theirs]
        self.note("propose", slot, draft.label, draft.flaw)
        self.offered.append(envelope.digest)
        if later:
            self.offers.append((envelope, later))
        else:
            self.pool.append(envelope)

    def _signed(self, envelope: Envelope, log: Log, draft: Draft | None, names: Sequence[str]) -> Envelope:
        for name in names:
            key = draft.new_key if draft and name == "new" else self.key(log, name)
            if key is not None:
                envelope = envelope.signed(log.register, name, key)
        return envelope

    def answer(self, *, careless: bool) -> None:
        """The other party looks at an offer, and signs it if its replica says that it may; a careless one signs anyway."""
        if not self.offers:
            return
        envelope, names = self.offers.pop(0 if self.rng.random() < 0.3 else -1)
        party = self.parties[names[0][0]]
        refused = party.check_offer(envelope)
        self.tally["offers refused" if refused else "offers signed"] += 1
        self.note("answer", names[0], refused or "signs")
        if refused and not careless:
            return
        envelope = self._signed(envelope, party.log, None, names)
        if self.rng.random() < 0.1:
            envelope = self._signed(envelope, party.log, None, ["mediator"])
        self.pool.append(envelope)

    # ---- the operator -------------------------------------------------------------------------------------------

    def append(self, branch: int, *, cheat: bool) -> None:
        """The operator enters something complete that lies about, mostly the newest; or cheats with it first."""
        if not self.pool:
            return
        gone = {digest for digest, _ in self.branches[branch].log.withdrawn}
        withdrawn = [each for each in self.pool if each.digest in gone]
        envelope = self.pool[-1] if self.rng.random() < 0.8 else self.rng.choice(withdrawn or self.pool)
        if cheat:
            envelope = self.cheated(envelope, self.branches[branch].log)
        self.append_one(branch, self._scarred(envelope.document()) if cheat else envelope.document())

    def _scarred(self, data: bytes) -> bytes:
        """Sometimes one bit flipped, or other bytes for the same JSON."""
        chance = self.rng.random()
        if chance < 0.1:
            return flipped(data, self.rng)
        return data.replace(b":", b": ", 1) if chance < 0.2 else data

    def append_one(self, branch: int, data: bytes) -> None:
        """Bytes become the next entry of a branch, or are refused."""
        keeper = self.branches[branch]
        key = self.key(keeper.log, "operator") or self.keyring[next(iter(self.keyring))]
        if not keeper.log.size:
            key = WatchedKey("operator")
        outcome = keeper.append(data, BLOBS if keeper.log.size < 2 else (), key, self.clock())
        self.note("append", branch, outcome)

    def cheated(self, envelope: Envelope, log: Log) -> Envelope:
        """The envelope with its signatures swapped, stripped, transplanted or made by others; or an old one again."""
        signatures = dict(envelope.signatures)
        names = sorted(signatures) or ["a"]
        name = self.rng.choice(names)
        other = self.rng.choice(sorted({"a", "b", "operator", "a.root", "b.root"} - {name}))
        kind = envelope.payload_type
        match self.rng.randrange(9):
            case 0:
                signatures.pop(name, None)
            case 1:
                signatures[name] = signatures.get(other, self.rng.choice(self.pool).signatures.get(name, NONE))
            case 2:
                signatures["a"], signatures["b"] = signatures.get("b", NONE), signatures.get("a", NONE)
            case 3:
                key = self.key(log, other)
                signatures[name] = envelope.signed(log.register, name, key).signatures[name] if key else NONE
            case 4:
                key = self.key(log, name)
                register, role = self.rng.choice(((log.register, other), ("cd" * 32, name)))
                signatures[name] = envelope.signed(register, role, key).signatures[role] if key else NONE
            case 5:
                key = self.key(log, other)
                signatures |= envelope.signed(log.register, other, key).signatures if key else {}
            case 6:
                kind = self.rng.choice(sorted(naive.TYPES))
            case 7:
                half = signatures.get(name, NONE)
                stripped = (bytes(64), half.ml_dsa_65) if self.rng.random() < 0.5 else (half.ed25519, bytes(3_309))
                signatures[name] = Signature(*stripped)
            case _:
                return read_envelope(self.rng.choice(log.data)) if log.data else envelope
        return Envelope(kind, envelope.payload, signatures)

    def fork(self, slot: str, back: int) -> None:
        """The operator tells one party another story, from some entries before its last."""
        source = self.branches[self.branch_of[slot]]
        size = max(1, min(source.log.size, self.parties[slot].log.size) - back)
        key = self.key(source.logs[size], "operator")
        if len(self.branches) >= MOST_BRANCHES or key is None:
            return
        branch = Keeper(memory_store(), self.tally)
        head = Head(source.log.register, size, source.logs[size].root, {}).signed(Slot.OPERATOR, key, self.clock())
        branch.take(list(source.log.data[:size]), BLOBS, [head])
        self.branches.append(branch)
        self.branch_of[slot] = len(self.branches) - 1
        self.tally["forks made"] += 1
        self.note("fork at", size)

    def part(self, slot: str, kind: str) -> None:
        """Something that one alone may enter goes into the branch that a party is shown, so that it parts from the others."""
        branch = self.branch_of[slot]
        self.propose(slot, on=self.branches[branch].log, kind=kind)
        self.append_one(branch, self.pool[-1].document())

    def restore(self, slot: str, *, misled: bool) -> None:
        """A party's store of long ago is put back; an operator may try to lead it another way from there."""
        self.parties[slot].restore(self.rng)
        if misled:
            self.fork(slot, 0)
            self.part(slot, "claim")
            self.deliver(slot)
        self.cosign(slot)

    # ---- carrying -----------------------------------------------------------------------------------------------

    def deliver(self, slot: str, *, cheat: bool = False, crash: bool = False) -> None:
        """A bundle from the operator's branch to a party; a cheat does something to it on the way."""
        party, branch = self.parties[slot], self.branches[self.branch_of[slot]]
        parcel = self.parcel(branch, party.log.size)
        if cheat:
            self.tamper(parcel, branch)
        data = parcel.bundle(branch.log.register)
        if cheat and self.rng.random() < 0.25:
            data = flipped(data, self.rng)
        if cheat and self.parcels and self.rng.random() < 0.1:
            data = self.rng.choice(self.parcels)
        self.parcels.append(data)
        self.public.update(data)
        self.hand_over(slot, data, crash_after=len(parcel.entries) if crash else 0)
        if crash:
            self.hand_over(slot, data)

    def parcel(self, keeper: Keeper, first: int) -> Parcel:
        """What a keeper has from an index on, with its newest heads."""
        first = min(first, keeper.log.size)
        heads = keeper.store.heads(keeper.log.size)
        return Parcel(first, list(keeper.log.data[first:]), list(BLOBS) if first < 2 else [], list(heads))

    def hand_over(self, slot: str, data: bytes, crash_after: int = 0) -> None:
        """A party reads a bundle and takes in what is new to it; where it sees a fork, it proves it if it can."""
        party = self.parties[slot]
        try:
            parcel = Parcel.read(data)
        except RefusedError as refusal:
            self.tally[f"bundle refused {refusal.rule.value}"] += 1
            self.note("bundle refused", slot, refusal.rule.value)
            return
        size = party.log.size
        if parcel.first > size:
            return
        entries = parcel.entries[size - parcel.first :]
        outcome = party.take(entries, parcel.blobs, parcel.heads, crash_after)
        if crash_after:
            party.put_store(copied(party.store))
        self.note("take", slot, outcome, party.log.size)
        if outcome == "fork" and not parcel.first:
            self._prove(party, parcel)

    def _prove(self, party: Party, parcel: Parcel) -> None:
        theirs = Log()
        roots = {}
        for data in parcel.entries:
            theirs = Log(leaves=(*theirs.leaves, sha256(b"\x00" + data).digest()))
            roots[theirs.size] = theirs.root
        for head in parcel.heads:
            if roots.get(head.size) != head.root or head.register != party.log.register:
                continue
            for slot in head.cosignatures:
                party.prove_fork(head, slot, parcel.entries)

    def tamper(self, parcel: Parcel, branch: Keeper) -> None:
        """Entries dropped, doubled, reordered, replaced or flipped; blobs and heads withheld, or signed anew over lies."""
        rng = self.rng
        action = rng.choice(TAMPERINGS)
        if action in CHANGED and parcel.entries:
            CHANGED[action](self, parcel.entries, rng.randrange(len(parcel.entries)))
        elif action == "blobs":
            parcel.blobs = [UNKNOWN, *(flipped(each, rng) for each in parcel.blobs[:1])]
        elif action == "heads":
            parcel.heads = [head for head in parcel.heads if rng.random() < 0.5]
        elif action == "cosignatures":
            parcel.heads = [head.only(Slot.OPERATOR) for head in parcel.heads]
        elif action == "swapped slots":
            parcel.heads = [swapped(head) for head in parcel.heads]
        else:
            self._stale(parcel, branch)
        if rng.random() < 0.6:
            self._sign_lies(parcel, branch)

    def _drop(self, entries: list[bytes], at: int) -> None:
        del entries[at]

    def _double(self, entries: list[bytes], at: int) -> None:
        entries.insert(at, entries[at])

    def _reverse(self, entries: list[bytes], at: int) -> None:
        entries.reverse()

    def _flip(self, entries: list[bytes], at: int) -> None:
        entries[at] = flipped(entries[at], self.rng)

    def _old(self, entries: list[bytes], at: int) -> None:
        entries[at] = self.rng.choice(self.branches[0].log.data)

    def _loose(self, entries: list[bytes], at: int) -> None:
        entries[at] = self.rng.choice(self.pool).document()

    def _stale(self, parcel: Parcel, branch: Keeper) -> None:
        """A rollback: the story ends earlier than it did."""
        keep = self.rng.randint(0, len(parcel.entries))
        del parcel.entries[keep:]
        size = parcel.first + keep
        parcel.heads = [head for head in branch.store.heads(max(0, size - 1)) if head.size <= size]

    def _sign_lies(self, parcel: Parcel, branch: Keeper) -> None:
        """The operator signs whatever the parcel has become."""
        leaves = [*branch.log.leaves[: parcel.first], *(sha256(b"\x00" + each).digest() for each in parcel.entries)]
        size = len(leaves)
        key = self.key(branch.logs[min(size, branch.log.size)], "operator")
        if key is not None and size:
            root = naive.tree_root(tuple(leaves))
            head = Head(branch.log.register, size, root, {}).signed(Slot.OPERATOR, key, self.clock())
            parcel.heads = [each for each in parcel.heads if each.size != size] + [head]

    # ---- cosigning and comparing --------------------------------------------------------------------------------

    def cosign(self, slot: str, *, lose: bool = False) -> None:
        """A party signs its state and sends the head to the operator and the other party, unless it is lost on the way."""
        party = self.parties[slot]
        key = self.key(party.log, slot)
        if key is None or not party.log.size:
            return
        head = party.cosign(key, self.clock())
        self.note("cosign", slot, head.size if head else "refused")
        if head is None:
            return
        self.public.update(head.body)
        if lose:
            again = party.cosign(key, self.clock())
            assert again is not None, "I7: a head cannot be asked for again"
            assert again.note() == head.note(), "I7: asked again, another head"
        self.loose_heads.append(head)

    def exchange(self) -> None:
        """Heads on the way reach the operator and both parties, in some order, some twice."""
        heads, self.loose_heads = self.loose_heads, []
        for head in heads:
            for keeper in (*self.branches, *self.parties.values()):
                new = any(head.size not in keeper.known_heads.get(slot, ()) for slot in head.cosignatures)
                if head.size <= keeper.log.size and self.rng.random() < (0.9 if new else 0.05):
                    keeper.take((), (), [head])
        self.check_agreed()

    def meet(self) -> None:
        """The parties show each other all they have: nobody can hide a fork from that."""
        order = ["a", "b"]
        self.rng.shuffle(order)
        giver, taker = (self.parties[slot] for slot in order)
        parcel = Parcel(0, list(giver.log.data), list(BLOBS), list(giver.store.heads(max(0, giver.log.size - 2))))
        self.hand_over(order[1], parcel.bundle(giver.log.register))
        shared = min(giver.log.size, taker.log.size)
        if giver.log.data[:shared] != taker.log.data[:shared]:
            self.tally["meetings that found a fork"] += 1
        self.note("meet")

    def check_agreed(self) -> None:
        """I1, I9: what both have agreed is one history, for ever."""
        if any(party.forgetful for party in self.parties.values()):
            return
        for party in self.parties.values():
            for size, root in party.effect().items():
                assert self.agreed.setdefault(size, root) == root, f"I9: two agreed histories at {size}"
        for size, root in self.agreed.items():
            for party in self.parties.values():
                assert any(own_size >= size for own_size, _ in party.signed), (
                    f"I1: {size} entries agreed without a signature of {party.slot}"
                )
                if party.agreed >= size:
                    assert party.logs[size].root == root, "I9: another history under what was agreed"

    # ---- what nobody else may see -------------------------------------------------------------------------------

    def draft_in_secret(self, slot: str) -> None:
        """I16: a party drafts, and checks what it drafts against its store; nobody else sees anything."""
        if self.drafts is None:
            return
        party = self.parties[slot]
        counter = iter(range(10**6, 10**7))
        draft = Proposer(self.drafts, party.log, slot, lambda: next(counter), []).draft()
        if self.drafts.random() < 0.5:
            spoil(self.drafts, draft, party.log)
        envelope = Envelope(payload_type(draft), naive.canonical(draft.body), {})
        party.check_offer(self._signed(envelope, party.log, draft, [slot] if slot in draft.signers else []))


MOST_BRANCHES = 3
NONE = Signature(bytes(64), bytes(3_309))
CHANGED = {
    "drop": World._drop,
    "double": World._double,
    "reverse": World._reverse,
    "flip": World._flip,
    "old": World._old,
    "loose": World._loose,
}
TAMPERINGS = (*CHANGED, "loose", "blobs", "heads", "cosignatures", "swapped slots", "stale", "stale")


def flipped(data: bytes, rng: Random) -> bytes:
    """The bytes with one bit the other way."""
    at = rng.randrange(len(data))
    return data[:at] + bytes([data[at] ^ 1 << rng.randrange(8)]) + data[at + 1 :]


def swapped(head: Head) -> Head:
    """The head with one slot's cosignature under another slot's name."""
    made = dict(head.cosignatures)
    slots = sorted(made)
    return Head(head.register, head.size, head.root, {Slot.A if slots[0] is Slot.B else Slot.B: made[slots[0]]})


@lru_cache(OPENINGS)
def opening(number: int) -> World:
    """An honest beginning: the charter, then some rounds."""
    world = World(Random(f"opening {number}"), Counter())
    world.begin(mediator=number % 3 != 0)
    for _ in range(1 + number % 12):
        honest_round(world)
    return world


def honest_round(world: World) -> None:
    """One proposal by a party, all the way."""
    world.propose(world.rng.choice("ab"), flaw=False)
    world.answer(careless=False)
    world.append(0, cheat=False)
    for slot in world.parties:
        world.deliver(slot)
    for slot in world.parties:
        world.cosign(slot)
    world.exchange()


def hostile_round(world: World) -> None:
    """A round in which anything may go wrong."""
    rng = world.rng

    def chance(of: float) -> bool:
        return rng.random() < of

    betray(world, chance)
    world.draft_in_secret(rng.choice("ab"))
    for _ in range(2 if chance(0.3) else 1):
        slot = rng.choice("ab")
        world.propose(slot, flaw=chance(0.3), on=world.branches[world.branch_of[slot]].log if chance(0.2) else None)
    for _ in range(2):
        world.answer(careless=chance(0.6))
    for number in range(len(world.branches)):
        world.append(number, cheat=chance(0.3))
    for slot in sorted(world.parties, key=lambda _: rng.random()):
        if chance(0.85):
            world.deliver(slot, cheat=chance(0.25), crash=chance(0.05))
        if chance(0.8):
            world.cosign(slot, lose=chance(0.1))
    if chance(0.8):
        world.exchange()
    if len(world.branches) > 1 and chance(0.3):
        world.meet()


def betray(world: World, chance: Callable[[float], bool]) -> None:
    """Forks, changes of keys in a fork, and old backups put back, with an operator who makes use of that."""
    rng = world.rng
    if chance(0.15):
        world.parties[rng.choice("ab")].keep_backup()
    if chance(0.08):
        slot = rng.choice("ab")
        world.fork(slot, rng.randint(0, 3))
        world.part(slot, "claim")
    if len(world.branches) > 1 and chance(0.1):
        world.part(rng.choice("ab"), "rotation")
    if chance(0.10):
        world.restore(rng.choice("ab"), misled=chance(0.4))


@dataclass(frozen=True)
class Outcome:
    """What a history came to: what happened, each party's state, and a digest of all that others saw."""

    trace: tuple[str, ...]
    states: tuple[object, ...]
    public: str


def clocks(kind: int) -> Callable[[], int]:
    """A clock that is right, or one that is fifty years off and runs backwards."""
    if not kind:
        return lambda: 1_900_000_000
    rng = Random(kind)
    return lambda: max(0, 1_900_000_000 + rng.choice((-1, 1)) * rng.randrange(50 * 366 * 86_400))


def history(
    seed: int, tally: Counter[str], *, clock: int = 0, secret: int = 0, show: Callable[[str], None] | None = None
) -> Outcome:
    """Runs one history; raises AssertionError where an invariant breaks. `show` is told each step."""
    world = opening(seed % OPENINGS).copy(Random(f"history {seed}"), tally, sqlite=seed // OPENINGS % SQLITE_EVERY == 0)
    world.show = show
    world.clock, world.drafts = clocks(clock), Random(secret) if secret else None
    for party in world.parties.values():
        if world.rng.random() < 0.3:
            party.keep_backup()
    for _ in range(world.rng.choice((1, 2, 3, 4))):
        hostile_round(world)
    if len(world.branches) > 1:
        world.meet()
    if world.rng.random() < 0.25:
        world.parties[world.rng.choice("ab")].check_replay()
    tally["histories"] += 1
    states = tuple((party.agreed, party.log.state) for party in world.parties.values())
    return Outcome(tuple(world.trace), states, world.public.hexdigest())
