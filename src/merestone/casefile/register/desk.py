"""A delegation's desk: a folder with its replica of the register, and its own offers, which nobody sees before it hands them
over.

    register.sqlite   the replica: entries, blobs, heads (`merestone.register.store`)
    offers/           envelopes that lack signatures or a place in the log, and beside them the bytes they refer to

Offers and their bytes never enter the replica before they are entries, so what is made from the replica alone says nothing
about them.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from merestone.casefile.files import write_whole
from merestone.casefile.register.key_files import read_small
from merestone.errors import UnwritableFileError, WrongRequestError
from merestone.register import envelope as envelopes
from merestone.register.envelope import Envelope, read_envelope
from merestone.register.objects import MOST_BLOB_BYTES, Act, Blob, Charter, Content, read_content
from merestone.register.refusal import RefusedError, Rule
from merestone.register.replica import Replica
from merestone.register.rules import check_offer, missing_signers
from merestone.register.signing import HybridScheme, Scheme
from merestone.register.store import Store

STORE = "register.sqlite"
OFFERS = "offers"


@dataclass(frozen=True, slots=True)
class Offer:
    """An envelope on the desk: what it holds, who has still to sign, and what the rules say to it, if it cannot be entered."""

    envelope: Envelope
    content: Content
    missing: tuple[str, ...]
    refusal: RefusedError | None

    @property
    def digest(self) -> str:
        """What it is called by: the SHA-256 of its payload."""
        return self.envelope.digest

    @property
    def obstacle(self) -> str:
        """Why it cannot be entered; empty where it can."""
        return str(self.refusal) if self.refusal else ""

    @property
    def is_complete(self) -> bool:
        """Whether it can become an entry now."""
        return not self.missing and self.refusal is None


class Desk:
    """The folder of a delegation, opened. Use as a context manager."""

    def __init__(self, folder: Path, store: Store, scheme: Scheme | None = None) -> None:
        self.folder = folder
        self.store = store
        self.scheme: Scheme = scheme or HybridScheme()
        self.replica = Replica(store, self.scheme)

    @staticmethod
    def create(folder: Path) -> Desk:
        """A new desk in a new or empty folder."""
        try:
            folder.mkdir(parents=True, exist_ok=True)
            if any(folder.iterdir()):
                raise UnwritableFileError(folder, "a register begins in an empty folder")
            (folder / OFFERS / "blobs").mkdir(parents=True)
        except OSError as error:
            raise UnwritableFileError(folder, (error.strerror or str(error)).lower()) from error
        return Desk(folder, Store.create(folder / STORE))

    @staticmethod
    def open(folder: Path) -> Desk:
        """The desk in a folder. Raises `RefusedError` if there is none."""
        return Desk(folder, Store.open(folder / STORE))

    def __enter__(self) -> Desk:
        return self

    def __exit__(self, *_: object) -> None:
        self.store.close()

    @property
    def register(self) -> str:
        """The register's identity; before there is a charter, that of the one that is offered."""
        return self.store.register or next((each.digest for each in self.offers() if _is_charter(each)), "")

    # ---- offers -----------------------------------------------------------------------------------------------------

    def offers(self) -> tuple[Offer, ...]:
        """All offers on the desk that are no entries yet, by digest."""
        found = []
        for path in sorted((self.folder / OFFERS).glob("*.offer")):
            offer = self._judged(read_envelope(read_small(path, envelopes.MOST_BYTES)))
            if offer.digest != path.stem:
                raise RefusedError(Rule.FORM, f"{path}: it holds another offer than its name says")
            if not self.store.has_payload(offer.digest):
                found.append(offer)
        return tuple(found)

    def offer(self, name: str) -> Offer:
        """The offer whose digest begins so; without a name the only one there is. Raises `WrongRequestError` if there is none,
        or more than one."""
        offers = self.offers()
        found = [each for each in offers if each.digest.startswith(name.lower().replace(" ", ""))]
        if len(found) != 1:
            known = ", ".join(f"{each.digest[:8]}" for each in offers) or "none"
            said = f" that begins with {name!r}" if name else ""
            what = "more than one offer" if found else "no offer"
            raise WrongRequestError(f"there is {what}{said} here; offers on this desk: {known}")
        return found[0]

    def put_offer(self, envelope: Envelope, blobs: Iterator[bytes] | tuple[bytes, ...] = ()) -> Offer:
        """Lays an offer on the desk; signatures are joined to those that are there already, none is ever lost. Raises
        `RefusedError` for one that would not fit an entry once it is signed."""
        envelope.check_room(missing_signers(envelope))
        for data in blobs:
            self.put_blob(data)
        path = self.folder / OFFERS / f"{envelope.digest}.offer"
        if path.exists():
            envelope = envelope.joined(read_envelope(read_small(path, envelopes.MOST_BYTES)))
        write_whole(path, envelope.document())
        return self._judged(envelope)

    def clear_entered(self) -> None:
        """Takes offers off the desk that have become entries; the bytes of others stay."""
        for path in (self.folder / OFFERS).glob("*.offer"):
            if self.store.has_payload(path.stem):
                with contextlib.suppress(OSError):
                    path.unlink()

    def _judged(self, envelope: Envelope) -> Offer:
        return Offer(envelope, read_content(envelope), missing_signers(envelope), self._refusal(envelope))

    def _refusal(self, envelope: Envelope) -> RefusedError | None:
        """What stands against an envelope's becoming an entry."""
        try:
            check_offer(self.store, envelope, self.scheme, self._has_blob)
        except RefusedError as refusal:
            return refusal
        return None

    # ---- bytes ----------------------------------------------------------------------------------------------------------

    def put_blob(self, data: bytes) -> str:
        """Lays bytes on the desk; gives back their SHA-256."""
        digest = sha256(data).hexdigest()
        path = self._blob_path(digest)
        if not path.exists():
            write_whole(path, data)
        return digest

    def blob(self, digest: str) -> bytes:
        """Bytes by their SHA-256, from the replica or the desk. Raises `RefusedError` where they are not here."""
        path = self._blob_path(digest)
        if not path.exists():
            return self.store.blob(digest)
        data = read_small(path, MOST_BLOB_BYTES)
        if sha256(data).hexdigest() != digest:
            raise RefusedError(Rule.BLOBS, f"{path}: the bytes are others")
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

    def _blob_path(self, digest: str) -> Path:
        return self.folder / OFFERS / "blobs" / digest


def _is_charter(offer: Offer) -> bool:
    return isinstance(offer.content, Charter)
