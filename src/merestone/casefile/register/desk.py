"""A delegation's desk: a folder with its replica of the register, and its own offers, which nobody sees before it hands them
over.

    register.sqlite   the replica: entries, blobs, heads (`merestone.register.store`)
    offers/           envelopes that lack signatures or a place in the log, and beside them the bytes they refer to

Offers and their bytes never enter the replica before they are entries, so what is made from the replica alone says nothing
about them.
"""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from merestone.casefile.register.shelf import FolderShelf, Shelf
from merestone.errors import UnreadableFileError, UnwritableFileError, WrongRequestError
from merestone.register.envelope import Envelope, read_envelope
from merestone.register.keys import Slot
from merestone.register.objects import (
    FORMS,
    Act,
    Blob,
    Charter,
    Content,
    KeyChange,
    Withdrawal,
    read_content,
    unsigned,
)
from merestone.register.refusal import RefusedError, Rule
from merestone.register.replica import Replica
from merestone.register.rules import check_offer, holding, missing_signers, taken_back_by
from merestone.register.signing import HybridScheme, Scheme
from merestone.register.store import Store

MOST_OFFERS = 256
"""How many offers have room on a desk: whoever sends bundles must not be able to bury it."""
WITHDRAWAL_TYPE = FORMS[Withdrawal].payload_type
STORE = "register.sqlite"
OFFERS = "offers"


@dataclass(frozen=True, slots=True)
class Offer:
    """An envelope on the desk: what it holds, who has still to sign, and why it cannot be entered, if it cannot, with the
    rule that says so."""

    envelope: Envelope
    content: Content
    missing: tuple[str, ...]
    obstacle: str
    rule: Rule | None = None

    @property
    def digest(self) -> str:
        """What it is called by: the SHA-256 of its payload."""
        return self.envelope.digest

    @property
    def is_complete(self) -> bool:
        """Whether it can become an entry now."""
        return not self.missing and not self.obstacle

    @property
    def is_dead(self) -> bool:
        """Whether it can never become an entry; what rests on entries or bytes that are not here may yet."""
        return self.rule not in (None, Rule.BASE, Rule.BLOBS, Rule.REGISTER)


class Desk:
    """The folder of a delegation, opened. Use as a context manager."""

    def __init__(self, folder: Path, store: Store, scheme: Scheme | None = None, shelf: Shelf | None = None) -> None:
        self.folder = folder
        self.store = store
        self.shelf: Shelf = shelf or FolderShelf(folder / OFFERS)
        self.scheme: Scheme = scheme or HybridScheme()
        self.replica = Replica(store, self.scheme)

    @staticmethod
    def create(folder: Path) -> Desk:
        """A new desk in a new or empty folder, which is as before where none can be made."""
        existed = folder.exists()
        try:
            folder.mkdir(parents=True, exist_ok=True)
            if any(folder.iterdir()):
                raise UnwritableFileError(folder, "this folder is not empty, and a new register needs an empty folder")
            (folder / OFFERS / "blobs").mkdir(parents=True)
        except OSError as error:
            raise UnwritableFileError(folder, (error.strerror or str(error)).lower()) from error
        try:
            return Desk(folder, Store.create(folder / STORE))
        except BaseException:
            _emptied(folder)
            if not existed:
                with contextlib.suppress(OSError):
                    folder.rmdir()
            raise

    @staticmethod
    @contextlib.contextmanager
    def new(folder: Path) -> Iterator[Desk]:
        """A new desk in a folder that is not there yet, which is gone again if nothing came of it."""
        with Desk.create(folder) as desk:
            try:
                yield desk
            except BaseException:
                desk.take_away()
                raise

    @staticmethod
    def open(folder: Path) -> Desk:
        """The desk in a folder. Raises `RefusedError` if there is none."""
        return Desk(folder, Store.open(folder / STORE))

    def __enter__(self) -> Desk:
        return self

    def __exit__(self, *_: object) -> None:
        self.store.close()

    def take_away(self) -> None:
        """Removes an empty desk; one that somebody has put something on stays."""
        if self.store.size or self.shelf.digests():
            return
        self.store.close()
        _emptied(self.folder)
        with contextlib.suppress(OSError):
            self.folder.rmdir()

    @property
    def register(self) -> str:
        """The register's identity; before there is a charter, that of the one that is offered."""
        return self.store.register or next((each.digest for each in self.offers() if _is_charter(each)), "")

    # ---- offers -----------------------------------------------------------------------------------------------------

    def taken_back(self, only: str = "") -> dict[str, frozenset[Slot]]:
        """The payloads that withdrawals on this desk take back (or `only` one of them), each with the parties whose signatures
        those bear. A signature by any key that the party has had counts: who once took something back has not agreed since."""
        found: dict[str, frozenset[Slot]] = {}
        for envelope, content in self._withdrawals():
            if content.act.startswith(only) and self._is_meant(envelope, content.by):
                found[content.act] = found.get(content.act, frozenset()) | {content.by}
        return found

    def _withdrawals(self) -> Iterator[tuple[Envelope, Withdrawal]]:
        for digest in self.shelf.digests():
            with contextlib.suppress(RefusedError, UnreadableFileError):  # what cannot be read is told by `offers`
                data = self.shelf.read(digest)
                envelope = read_envelope(data) if WITHDRAWAL_TYPE.encode() in data else None
                content = read_content(envelope) if envelope is not None else None
                if envelope is not None and isinstance(content, Withdrawal):
                    yield envelope, content

    def _is_meant(self, envelope: Envelope, by: Slot) -> bool:
        """Whether an envelope bears a signature of a party by a key that it has or had."""
        if by.value not in envelope.signatures:
            return False
        for key in self.store.keys_of(by):
            with contextlib.suppress(RefusedError):
                envelope.check(self.store.register, by.value, key, self.scheme)
                return True
        return False

    def offers(self) -> tuple[Offer, ...]:
        """All offers on the desk that are no entries yet, by digest."""
        found, taken_back = [], self.taken_back()
        for digest in self.shelf.digests():
            offer = self._lying(digest, taken_back)
            if not self.store.has_payload(offer.digest):
                found.append(offer)
        return tuple(found)

    def offer(self, name: str) -> Offer:
        """The offer whose digest begins so; without a name the only one that can still be entered. Raises `WrongRequestError`
        if there is none, or more than one."""
        offers = self.offers()
        found = [each for each in offers if each.digest.startswith(name.lower().replace(" ", ""))]
        if not name and len(found) > 1:
            found = [each for each in offers if not each.obstacle] or found
        if len(found) != 1:
            said = f" that begins with {name!r}" if name else ""
            if not offers:
                raise WrongRequestError(
                    f"there is no offer{said} on this desk: make one with propose, or take one in with sync"
                )
            known = "; ".join(f"{each.digest[:8]} {called(each.content)}" for each in offers)
            dead = not name and all(each.obstacle for each in offers)
            what = "no offer that can still be entered" if dead else "more than one offer" if found else "no offer"
            raise WrongRequestError(f"there is {what}{said} on this desk; name one by its first digits: {known}")
        return found[0]

    def _lying(self, digest: str, taken_back: Mapping[str, frozenset[Slot]]) -> Offer:
        try:
            offer = self.judged(read_envelope(self.shelf.read(digest)), taken_back)
        except (RefusedError, UnreadableFileError) as trouble:
            why = trouble.why
        else:
            if offer.digest == digest:
                return offer
            why = "it contains another offer than its name states"
        path = self.shelf.path(digest)
        raise RefusedError(Rule.FORM, f"{path}: {why}; delete this file, and ask for a bundle with the offer again")

    def take_offer(self, envelope: Envelope, blobs: tuple[bytes, ...]) -> tuple[Offer, tuple[str, ...]]:
        """Lays an offer on the desk that somebody hands over. Signatures that do not hold are left out, so that they take
        no place of one that does; why each was is said besides."""
        held, left_out = holding(self.store, envelope, self.scheme)
        return self.put_offer(held, blobs), left_out

    def put_offer(self, envelope: Envelope, blobs: tuple[bytes, ...] = ()) -> Offer:
        """Lays an offer on the desk; signatures are joined to those that are there already, none is ever lost. Raises
        `RefusedError` for one that would not fit an entry once it is signed."""
        with self.store.writing():  # or one of two who sign at once would take the other's signature away
            if self.shelf.has(envelope.digest):
                envelope = envelope.joined(self._lying(envelope.digest, {}).envelope)
            envelope.check_room(missing_signers(envelope))
            for data in blobs:
                self.put_blob(data)
            self.shelf.lay(envelope.digest, envelope.document())
        return self.judged(envelope)

    def discard(self, offer: Offer) -> None:
        """Takes an offer off this desk; copies of it elsewhere, and signatures on those, stay what they are."""
        self.shelf.take_away(offer.digest)
        self._sweep()

    def clear_entered(self) -> None:
        """Takes offers off the desk that have become entries, and the bytes that no other refers to."""
        for digest in self.shelf.digests():
            if self.store.has_payload(digest):
                with contextlib.suppress(UnwritableFileError):
                    self.shelf.take_away(digest)
        self._sweep()

    def _sweep(self) -> None:
        """Lets bytes go that no offer here refers to; none while there is an offer that cannot be read."""
        with self.store.writing(), contextlib.suppress(RefusedError, UnreadableFileError):
            contents = [read_content(read_envelope(self.shelf.read(each))) for each in self.shelf.digests()]
            blobs = (blob for each in contents if isinstance(each, Act) for blob in each.blobs())
            self.shelf.sweep(frozenset(blob.sha256 for blob in blobs))

    def judged(self, envelope: Envelope, taken_back: Mapping[str, frozenset[Slot]] | None = None) -> Offer:
        """An envelope as it would be on this desk; it is not laid there. `taken_back` is what the desk's own says, where that is
        known already."""
        content = read_content(envelope)
        known = self.taken_back(envelope.digest) if taken_back is None else taken_back
        try:
            check_offer(self.store, envelope, self.scheme, self._has_blob)
            _check_not_taken_back(content, known.get(envelope.digest, frozenset()))
        except RefusedError as refusal:
            return Offer(envelope, content, missing_signers(envelope), str(refusal), refusal.rule)
        return Offer(envelope, content, missing_signers(envelope), "")

    # ---- bytes ----------------------------------------------------------------------------------------------------------

    def put_blob(self, data: bytes) -> str:
        """Lays bytes on the desk; gives back their SHA-256."""
        digest = sha256(data).hexdigest()
        self.shelf.hold(digest, data)
        return digest

    def blob(self, digest: str) -> bytes:
        """Bytes by their SHA-256, from the replica or the desk. Raises `RefusedError` where they are not here."""
        data = self.shelf.blob(digest)
        if data is None:
            return self.store.blob(digest)
        if sha256(data).hexdigest() != digest:
            raise RefusedError(Rule.BLOBS, f"{self.shelf.blob_path(digest)}: these bytes have another SHA-256")
        return data

    def blobs_of(self, content: Content) -> dict[str, bytes]:
        """All bytes that an object refers to, by SHA-256; those that are not here are left out."""
        found = {}
        if isinstance(content, Act):
            for each in content.blobs():
                with contextlib.suppress(RefusedError):
                    found[each.sha256] = self.blob(each.sha256)
        return dict(sorted(found.items()))

    def _has_blob(self, blob: Blob) -> bool:
        try:
            return Blob.of(self.blob(blob.sha256), blob.media_type) == blob
        except RefusedError:
            return False


def drawn_up(content: Content) -> Envelope:
    """The envelope of a new object. Raises `WrongRequestError` where what was asked to be said cannot be said in one."""
    try:
        return unsigned(content)
    except RefusedError as refusal:
        raise WrongRequestError(f"this cannot be offered: {refusal.why}") from refusal


def called(content: Content) -> str:
    """What people know an object by: its title, or what it does."""
    match content:
        case Charter():
            return f"«{content.name}»"
        case Act():
            return f"«{content.title}»"
        case KeyChange():
            return f"«{content.change.value} {content.slot.value}»"
        case Withdrawal():
            return f"«withdrawal of {content.act[:8]}»"


def _check_not_taken_back(content: Content, by: frozenset[Slot]) -> None:
    """Raises `RefusedError` where a party whose signature an offer needs takes it back on this desk."""
    if who := by & taken_back_by(content):
        raise RefusedError(Rule.WITHDRAWN, f"{min(who)} takes its signature back, and the withdrawal is on this desk")


def _emptied(folder: Path) -> None:
    """Takes what a desk begins with out of its folder."""
    shutil.rmtree(folder / OFFERS, ignore_errors=True)
    for end in ("", "-wal", "-shm"):
        with contextlib.suppress(OSError):
            (folder / f"{STORE}{end}").unlink()


def _is_charter(offer: Offer) -> bool:
    return isinstance(offer.content, Charter)
