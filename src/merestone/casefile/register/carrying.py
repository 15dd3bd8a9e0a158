"""What travels between desks: bundles out, bundles in, from a disk or an address. A bundle is read to its end and found
whole before anything of it is taken in."""

from __future__ import annotations

import tempfile
import urllib.request
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPException
from pathlib import Path
from typing import BinaryIO
from urllib.error import HTTPError

from merestone.casefile.files import write_stream
from merestone.casefile.progress import Progress
from merestone.casefile.register.desk import Desk, Offer
from merestone.casefile.register.key_files import read_start
from merestone.casefile.register.taking_offers import take_offers
from merestone.errors import UnreadableFileError, UnwritableFileError, WrongRequestError
from merestone.publish.text import counted
from merestone.register.bundle import MAGIC, Contents, Item, Record, read_bundle, written
from merestone.register.envelope import read_envelope
from merestone.register.evidence import Evidence
from merestone.register.head import read_head
from merestone.register.keys import Slot
from merestone.register.merkle import leaf_hash
from merestone.register.objects import Act, Charter, read_content
from merestone.register.refusal import RefusedError, Rule
from merestone.register.replica import ForkError, Taken

MOST_DOWNLOADED_BYTES = 8 << 30
PATIENCE_S = 60
WHOLE = "register.bundle"
"""What the bundle in an export is called."""


@dataclass(frozen=True, slots=True)
class Brought:
    """What a bundle brought that was not here: entries, heads by slot, offers; and which signatures on offers were left out,
    and why."""

    entries: int
    size: int
    heads: tuple[tuple[Slot, int], ...]
    offers: tuple[Offer, ...]
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sent:
    """What a bundle holds: entries from `first` up to `end`, offers, and its bytes."""

    path: Path
    first: int
    end: int
    offers: tuple[str, ...]
    size_bytes: int


def send(desk: Desk, path: Path, since: int, offers: Iterable[Offer]) -> Sent:
    """Writes a bundle of the entries from `since` on, the heads, and these offers."""
    check_written_over(path, MAGIC, "bundle")
    store = desk.store
    chosen = sorted(offers, key=lambda each: each.digest)
    if since > store.size:
        raise WrongRequestError(
            f"the log has {counted(store.size, 'entry', 'entries')}, and there are none from {since} on: ask for a smaller number"
        )
    with store.reading():
        end = store.size
        size_bytes = write_stream(path, written(bundled(desk, since, chosen)))
    return Sent(path, since, end, tuple(each.digest for each in chosen), size_bytes)


def bundled(desk: Desk, since: int, offers: Iterable[Offer]) -> Contents:
    """What a bundle of the entries from `since` on, the heads, and these offers holds; the offers in order of their digests."""
    store, chosen = desk.store, tuple(offers)
    wanted = {each for index in range(since, store.size) for each in _referred(store.entry(index))}
    wanted |= {each for offer in chosen for each in desk.blobs_of(offer.content)}
    return Contents(
        desk.register,
        ((digest, desk.blob(digest)) for digest in sorted(wanted)),
        since,
        store.entries(since, store.size),
        ((head.size, head.note()) for head in store.heads(since)),
        ((offer.digest, offer.envelope.document()) for offer in chosen),
    )


def check_written_over(path: Path, start: bytes, what: str) -> None:
    """Raises `UnwritableFileError` where a file stands that does not begin as one of this kind does: a slip of the hand must not
    cost a key or a store."""
    if path.is_file() and read_start(path, len(start)) not in {b"", start}:
        raise UnwritableFileError(
            path, f"another file is already there, and a {what} may replace only a {what}: choose another name"
        )


def since_for(desk: Desk, slot: Slot) -> int:
    """How many entries a slot is known to have: those of the last head that it signed."""
    head = desk.store.head(slot)
    return head.size if head is not None else 0


# ---- in ---------------------------------------------------------------------------------------------------------------


def receive(desk: Desk, source: str, progress: Progress) -> Brought:
    """Takes in what a bundle brings: entries, heads and offers. `source` is a bundle, the folder of an export, or the address
    of one of the two. Raises `RefusedError`, and `ForkError` where somebody has signed another history."""
    with opened(source, progress) as stream:
        try:
            return take_in(desk, stream, progress)
        except RefusedError as refusal:
            if refusal.rule is not Rule.BUNDLE or refusal.index is not None:
                raise
            raise RefusedError(refusal.rule, f"{source}: {refusal.why}; nothing from it was taken in") from refusal


def take_in(desk: Desk, stream: BinaryIO, progress: Progress) -> Brought:
    """Takes in what a bundle brings that can be read twice; raises what `receive` raises."""
    survey = _surveyed(desk, stream)
    progress("taking in", 0, survey.entries)
    taken = _taken(desk, stream, survey, progress)
    try:
        offers, left_out = take_offers(desk, stream)
    except UnwritableFileError as error:
        done = f"its entries and heads were taken in ({counted(desk.store.size, 'entry', 'entries')} in all), and some of its offers were not"
        raise UnwritableFileError(error.path, error.why, done) from error
    desk.clear_entered()
    return Brought(taken.entries, desk.store.size, taken.heads, offers, (*taken.left_out, *left_out))


@dataclass(frozen=True, slots=True)
class _Survey:
    """What a whole bundle holds of interest to a replica."""

    first: int
    entries: int
    needed: frozenset[str]


def _surveyed(desk: Desk, stream: BinaryIO) -> _Survey:
    """Reads a bundle to its end, so that it is known to be whole, and finds what is new in it."""
    size, register = desk.store.size, desk.register
    first, end, named = None, 0, ""
    needed: set[str] = set()
    for item in read_bundle(stream):
        if item.kind is Record.REGISTER:
            named = item.name
            if register and named != register:
                raise RefusedError(Rule.REGISTER, f"the bundle belongs to another register, {named[:8]}...")
        if item.kind is Record.ENTRY:
            first = int(item.name) if first is None else first
            end = int(item.name) + 1
            if int(item.name) >= size:
                needed.update(_referred(item.data))
        if item.kind is Record.OFFER:
            _check_offer(item, named)
    if first is not None and first > size:
        raise RefusedError(
            Rule.BUNDLE,
            f"the bundle begins with entry {first}, and this copy has size {size}: ask for a bundle with --since {size}",
        )
    stream.seek(0)
    return _Survey(first or 0, max(end - size, 0), frozenset(needed))


def _check_offer(item: Item, register: str) -> None:
    """Raises `RefusedError` where an offer has another name than its digest, or, above all a charter, is of another register than
    the bundle."""
    envelope = read_envelope(item.data)
    if envelope.digest != item.name:
        raise RefusedError(Rule.BUNDLE, f"the offer {item.name[:8]}... has another digest than its name")
    content = read_content(envelope)
    if (item.name if isinstance(content, Charter) else content.register) != register:
        raise RefusedError(Rule.REGISTER, f"the offer {item.name[:8]}... in the bundle belongs to another register")


def _referred(data: bytes) -> tuple[str, ...]:
    content = read_content(read_envelope(data))
    return tuple(each.sha256 for each in content.blobs()) if isinstance(content, Act) else ()


def _taken(desk: Desk, stream: BinaryIO, survey: _Survey, progress: Progress) -> Taken:
    size = desk.store.size
    items = _Ahead(read_bundle(stream))
    blobs = (item.data for item in items.of(Record.REGISTER, Record.BLOB) if item.name in survey.needed)
    try:
        taken = desk.replica.take(
            _new_entries(desk, items, size),
            blobs,
            (read_head(item.data) for item in items.of(Record.HEAD)),
            each=lambda done: progress("taking in", done, survey.entries),
        )
    except ForkError as fork:
        if fork.evidence is None:
            _prove(desk, stream)
        raise
    except _OtherHistoryError:
        _prove(desk, stream)
        raise
    return taken


class _OtherHistoryError(RefusedError):
    """A bundle has another entry at an index than this replica."""


def _new_entries(desk: Desk, items: _Ahead, size: int) -> Iterator[bytes]:
    """The entries that are not here; those that are must be the same."""
    for item in items.of(Record.ENTRY):
        index = int(item.name)
        if index >= size:
            yield item.data
        elif leaf_hash(item.data) != desk.store.subtree(0, index):
            raise _OtherHistoryError(
                Rule.LOG, "the bundle has another entry than this copy: one log has two histories", index
            )


def _prove(desk: Desk, stream: BinaryIO) -> None:
    """Makes evidence out of a bundle that has the whole of another history, against each slot that signed both. Raises
    `ForkError` with the first that it finds."""
    stream.seek(0)
    items = list(read_bundle(stream))
    theirs = [item.data for item in items if item.kind is Record.ENTRY]
    heads = [read_head(item.data) for item in items if item.kind is Record.HEAD]
    for head in heads:
        for slot in head.cosignatures:
            evidence = _evidence(desk, ForkError(slot, head.only(slot), None), theirs)
            if evidence is not None:
                raise ForkError(slot, head, evidence)


def _evidence(desk: Desk, fork: ForkError, theirs: list[bytes]) -> Evidence | None:
    try:
        return desk.replica.evidence_of_fork(fork, theirs)
    except RefusedError:
        return None


class _Ahead:
    """A stream of records that can be taken kind by kind."""

    def __init__(self, items: Iterator[Item]) -> None:
        self._items = items
        self._next = next(items, None)

    def of(self, *kinds: Record) -> Iterator[Item]:
        """The records of these kinds that come next."""
        while self._next is not None and self._next.kind in kinds:
            yield self._next
            self._next = next(self._items, None)


# ---- where from -----------------------------------------------------------------------------------------------------


@contextmanager
def opened(source: str, progress: Progress) -> Iterator[BinaryIO]:
    """A bundle as a file that can be read twice: from a path, the folder of an export, or an http(s) address."""
    if source.lower().startswith(("http://", "https://")):
        with tempfile.TemporaryFile() as fetched:
            _download(source, fetched, progress)
            yield fetched
        return
    path = Path(source)
    if path.is_dir():
        if not (path / WHOLE).is_file():
            raise UnreadableFileError(path, "this folder is not an export; if a bundle is in it, name the bundle")
        path /= WHOLE
    try:
        stream = path.open("rb")
    except OSError as error:
        raise UnreadableFileError(path, (error.strerror or str(error)).lower()) from error
    with stream:
        if stream.seekable():
            yield stream
            return
        with tempfile.TemporaryFile() as fetched:
            _copied(path, stream.read, fetched)
            yield fetched


class _NoOtherScheme(urllib.request.HTTPRedirectHandler):
    """Follows a redirection only to http and https."""

    def redirect_request(self, *given: object) -> urllib.request.Request | None:
        """The next request; None where the address is of another kind."""
        address = str(given[-1])
        if not address.startswith(("http://", "https://")):
            return None
        return super().redirect_request(*given)  # type: ignore[arg-type]


def _download(address: str, stream: BinaryIO, progress: Progress) -> None:
    whole = address if address.endswith(".bundle") else f"{address.rstrip('/')}/{WHOLE}"
    opener = urllib.request.build_opener(_NoOtherScheme())
    try:
        with opener.open(whole, timeout=PATIENCE_S) as answer:
            total = int(answer.headers.get("Content-Length") or 0)
            _copied(whole, answer.read1, stream, lambda done: progress("fetching", done, max(total, done)))
    except (OSError, HTTPException, ValueError) as error:
        why = getattr(error, "reason", None) or error
        if isinstance(error, HTTPError):
            error.close()
        raise UnreadableFileError(whole, f"it could not be fetched: {why}; check the address") from error


def _copied(
    source: Path | str, read: Callable[[int], bytes], stream: BinaryIO, each: Callable[[int], None] = lambda _: None
) -> None:
    """What is read piece by piece, written to a file that is then at its beginning. What does not begin as a bundle is not
    read on."""
    done = 0
    start = b""
    while piece := read(1 << 20):
        if done < len(MAGIC):
            start += piece[: len(MAGIC)]
            if not MAGIC.startswith(start[: len(MAGIC)]):
                raise UnreadableFileError(source, "this is not a bundle of a register")
        done += len(piece)
        if done > MOST_DOWNLOADED_BYTES:
            raise UnreadableFileError(source, "it is larger than 8 GiB")
        stream.write(piece)
        each(done)
    stream.seek(0)
