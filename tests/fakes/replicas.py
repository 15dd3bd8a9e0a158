"""Three machines that share nothing: the host's, and one of each party, each with its store on a disk."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from fakes.registers import LINE, WORDS, Delegations
from merestone.register.head import Head
from merestone.register.keys import Slot
from merestone.register.objects import Act, Content, Reference, Status, unsigned
from merestone.register.replica import Replica, Taken
from merestone.register.store import Store


@dataclass
class Machines:
    """The replicas by slot, and the clock that everybody claims to have."""

    folder: Path
    people: Delegations = field(default_factory=Delegations.cheap)
    seconds: int = 1_800_000_000
    replicas: dict[Slot, Replica] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        for slot in (Slot.A, Slot.B, Slot.OPERATOR):
            store = Store.create(self.folder / f"{slot.value}.register")
            self.replicas[slot] = Replica(store, self.people.scheme)
        self.append(self.people.chartered(self.host.store), blobs=self.people.blobs)

    def close(self) -> None:
        """Closes every store."""
        for replica in self.replicas.values():
            replica.store.close()

    def __enter__(self) -> Machines:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def with_host(self, host: Replica) -> Machines:
        """The same parties with another log of the operator's."""
        other = Machines.__new__(Machines)
        other.__dict__.update(self.__dict__)
        other.replicas = {**self.replicas, Slot.OPERATOR: host}
        return other

    @property
    def host(self) -> Replica:
        """The operator's machine."""
        return self.replicas[Slot.OPERATOR]

    def append(self, data: bytes, blobs: Iterable[bytes] = ()) -> Head:
        """The operator puts an entry in."""
        return self.host.append(data, blobs, self.people.keys["operator"], self.seconds)

    def put(self, content: Content, *names: str) -> Reference:
        """An object signed (by both parties by default) and put in by the operator."""
        self.append(self.people.signed(unsigned(content), *(names or ("a", "b"))))
        return Reference(self.host.store.size - 1, 0)

    def step(self, section: str, status: Status = Status.SIGNED, **changed: object) -> Reference:
        """A section that both parties sign."""
        return self.put(self.act(section, status, **changed))

    def act(self, section: str, status: Status = Status.SIGNED, **changed: object) -> Act:
        """The act of one section, on the state of the host's log."""
        return self.people.act(self.host.store, self.people.change(status, section=section), **changed)

    def deliver(self, to: Slot, *, heads: Iterable[Head] | None = None, blobs: Iterable[bytes] | None = None) -> Taken:
        """What the host has and a party does not, taken in by the party."""
        theirs, ours = self.host.store, self.replicas[to]
        return ours.take(
            list(theirs.entries(ours.store.size)),
            self.people.blobs if blobs is None else blobs,
            theirs.heads() if heads is None else heads,
        )

    def cosign(self, slot: Slot, floor: Head | None = None) -> Head:
        """The slot signs the state of its own store."""
        return self.replicas[slot].cosign(slot, self.people.keys[slot.value], self.seconds, floor)

    def agree(self) -> None:
        """Both parties take in all there is and cosign, and everybody learns of it."""
        heads = []
        for slot in (Slot.A, Slot.B):
            self.deliver(slot)
            heads.append(self.cosign(slot))
        for replica in self.replicas.values():
            for head in heads:
                replica.receive(head)


OTHER_LINE = LINE.replace(b"1}", b"2}")
OTHER_WORDS = WORDS.replace(b"tree", b"well")
