"""Which offers of a bundle are laid on a desk: those that a key of the register has signed, as many of each signer as have room.

A bundle can be made by anybody. So the signature comes first: an offer that nobody of the register has signed is not kept, nor are
its bytes; and a signer whose key is in other hands can fill no more than its own share of the desk.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha3_256
from typing import BinaryIO

from merestone.casefile.register.desk import MOST_OFFERS, Desk, Offer
from merestone.register.bundle import Record, read_bundle
from merestone.register.envelope import Envelope, read_envelope
from merestone.register.objects import Act, Blob, Content, read_content
from merestone.register.refusal import RefusedError
from merestone.register.rules import NEW, holding

MOST_OF_ONE = 64
"""How many offers of one signer have room on a desk."""
MOST_BYTES_OF_ONE = 256 << 20
"""How many bytes the offers of one signer may refer to that are in no entry yet."""
MOST_TOLD = 20


@dataclass(slots=True)
class _Room:
    """What lies on a desk already: all offers, and of each signer how many that can still be entered, and their bytes."""

    lying: set[str]
    counts: dict[str, int] = field(default_factory=dict)
    sizes: dict[str, int] = field(default_factory=dict)

    @staticmethod
    def on(desk: Desk) -> _Room:
        offers = desk.offers()
        room = _Room({each.digest for each in offers})
        for each in offers:
            if not each.is_dead:
                room._count(_signers(each.envelope), _new_bytes(desk, each.content))
        return room

    def taken(self, envelope: Envelope, size: int) -> bool:
        """Whether an offer whose signatures hold finds room; it then has its place. One that lies here already has one."""
        if envelope.digest in self.lying:
            return True
        signers = [
            name
            for name in _signers(envelope)
            if self.counts.get(name, 0) < MOST_OF_ONE and self.sizes.get(name, 0) + size <= MOST_BYTES_OF_ONE
        ]
        if not signers or len(self.lying) >= MOST_OFFERS:
            return False
        self.lying.add(envelope.digest)
        self._count(_signers(envelope), size)
        return True

    def _count(self, signers: frozenset[str], size: int) -> None:
        for name in signers:
            self.counts[name] = self.counts.get(name, 0) + 1
            self.sizes[name] = self.sizes.get(name, 0) + size


def take_offers(desk: Desk, stream: BinaryIO) -> tuple[tuple[Offer, ...], tuple[str, ...]]:
    """The offers of a bundle that lie on the desk now, and sentences about what was left out. The stream is read from its beginning,
    record by record: nothing of an offer that is not taken is kept in memory."""
    told = list(_room_made(desk))
    room, unsigned, surplus = _Room.on(desk), 0, 0
    laid: dict[str, Envelope] = {}
    for envelope in _offers_in(stream):
        if desk.store.has_payload(envelope.digest):
            continue
        held, doubts = holding(desk.store, envelope, desk.scheme)
        told += [f"offer {envelope.digest[:8]}: a signature was left out: {why}" for why in doubts][
            : MOST_TOLD - len(told)
        ]
        if envelope.digest not in room.lying and not _signers(held):
            unsigned += 1
        elif not room.taken(held, _new_bytes(desk, read_content(held))):
            surplus += 1
        else:
            laid.update(_laid(desk, held, told))
    _lay_blobs(desk, stream, laid)
    if unsigned:
        told.append(
            f"{_were(unsigned)} left out, without a signature by a key that counts in this register now; sign first, then hand over"
        )
    if surplus:
        told.append(
            f"{_were(surplus)} left out: a desk has room for {MOST_OFFERS} offers, and for {MOST_OF_ONE} offers and "
            f"{MOST_BYTES_OF_ONE >> 20} MiB of one signer"
        )
    return tuple(map(desk.judged, laid.values())), tuple(told)


def _were(number: int, which: str = "") -> str:
    return f"1 offer{which} was" if number == 1 else f"{number} offers{which} were"


def _room_made(desk: Desk) -> Iterator[str]:
    """Where a desk is full, what can never be entered is taken off it."""
    offers = desk.offers()
    dead = [each for each in offers if each.is_dead]
    if len(offers) < MOST_OFFERS or not dead:
        return
    for each in dead:
        desk.discard(each)
    yield f"{_were(len(dead), ' that can never be entered')} removed from this desk to make room"


def _laid(desk: Desk, held: Envelope, told: list[str]) -> dict[str, Envelope]:
    """The envelope as it lies on the desk now; nothing of one that could never fit an entry, which is told."""
    try:
        return {held.digest: desk.put_offer(held).envelope}
    except RefusedError as refusal:
        told.append(f"offer {held.digest[:8]} was left out: {refusal}")
        return {}


def _offers_in(stream: BinaryIO) -> Iterator[Envelope]:
    stream.seek(0)
    yield from (read_envelope(item.data) for item in read_bundle(stream) if item.kind is Record.OFFER)


def _lay_blobs(desk: Desk, stream: BinaryIO, laid: dict[str, Envelope]) -> None:
    """Lays the bytes beside the offers that refer to them, one after another; what is not as an act says is not kept."""
    wanted = {
        (blob.sha256, blob.sha3_256, blob.length) for each in laid.values() for blob in _blobs(read_content(each))
    }
    names = {name for name, _, _ in wanted}
    stream.seek(0)
    for item in read_bundle(stream) if wanted else ():
        if item.kind is not Record.BLOB or item.name not in names:
            continue
        if (item.name, sha3_256(item.data).hexdigest(), len(item.data)) in wanted:
            desk.put_blob(item.data)


def _signers(envelope: Envelope) -> frozenset[str]:
    """Who has signed, but for a new key: anybody can make one and sign with it."""
    return frozenset(envelope.signatures) - {NEW}


def _new_bytes(desk: Desk, content: Content) -> int:
    """How many bytes an object refers to that are in no entry."""
    return sum(each.length for each in _blobs(content) if not desk.store.has_blob(each))


def _blobs(content: Content) -> tuple[Blob, ...]:
    return tuple(content.blobs()) if isinstance(content, Act) else ()
