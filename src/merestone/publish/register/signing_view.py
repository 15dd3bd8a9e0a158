"""What a signer is shown of an act, as values: made from the exact bytes that would be signed, and from nothing else.

The envelope's payload is parsed again; every blob is checked against the length and both digests that the act states. What
the log says before the act (`Ground`) and what this machine found when it compiled the texts (`Found`) are set beside it.
Whatever speaks against signing is in `refusals`: `sign` goes on only where there is none.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from merestone.compare.texts.land_balance import LandBalance, land_balance
from merestone.compare.texts.leg_shifts import LegShifts
from merestone.errors import MerestoneError
from merestone.publish.register.line_view import LineView, line_view
from merestone.publish.register.media_types import LINE
from merestone.publish.register.text_changes import TextChange, text_changes
from merestone.publish.register.text_view import TextView, text_view
from merestone.register.envelope import Envelope
from merestone.register.keys import Holder, Slot
from merestone.register.objects import Act, Blob, Change, Reference, Status, Text, read_content


class NotAnActError(MerestoneError):
    """The payload is another object of the register than an act: a charter, a change of keys or a withdrawal."""

    def __init__(self, kind: str) -> None:
        super().__init__(f"this is not an act but a {kind}, which does not have a text or a line to show")
        self.kind = kind


class WrongBlobError(MerestoneError):
    """Bytes that an act refers to are missing, or are others than it says; `sha256` is what the act calls them."""

    def __init__(self, sha256: str, why: str) -> None:
        super().__init__(f"blob {sha256}: {why}")
        self.sha256 = sha256
        self.why = why


@dataclass(frozen=True, slots=True)
class InForce:
    """What holds for a section before the act: which change, its status and dates, and its text."""

    reference: Reference
    status: Status
    begin: str
    end: str
    text: Text


@dataclass(frozen=True, slots=True)
class Ground:
    """What the log says before the act: the register's name, how many entries it has, who stands in which slot, what is
    in force for each section, and the changes that the act refers to."""

    name: str = ""
    size: int = 0
    holders: Mapping[Slot, Holder] = field(default_factory=dict)
    in_force: Mapping[str, InForce] = field(default_factory=dict)
    changes: Mapping[Reference, Change] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Found:
    """What this machine found of a section: whether its texts compile to the signed line (None: not tried) and the
    sentences that say so, how far the line moved from what is in force, and what the words leave open."""

    agrees: bool | None = None
    sentences: tuple[str, ...] = ()
    shifts: LegShifts | None = None
    note: str = ""
    open_words: tuple[str, ...] = ()


NOTHING_FOUND = Found(note="the lines were not compared on this machine")


@dataclass(frozen=True, slots=True)
class SectionView:
    """One change of the act: its texts and its line as shown, what became of the words, and what stands in force."""

    change: Change
    texts: tuple[TextView, ...]
    line: LineView | None
    before: InForce | None
    text_changes: tuple[TextChange, ...]
    found: Found

    @property
    def moves(self) -> bool:
        """Whether the line is another than the one in force."""
        return self.before is not None and self.before.text.line != self.change.text.line

    @property
    def open_in_line(self) -> tuple[str, ...]:
        """What the line says itself that it leaves open."""
        return () if self.line is None else self.line.open_words

    @property
    def open_words(self) -> tuple[str, ...]:
        """What remains open: as the line itself says it, then as this machine found it in the words."""
        return (*self.open_in_line, *self.found.open_words)


@dataclass(frozen=True, slots=True)
class Together:
    """The balance of land over the sections of an act, and those that are not in it: their lines were not laid on one another."""

    balance: LandBalance
    left_out: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SigningView:
    """All that is shown. `digest` is the SHA-256 of the payload: what is signed. `refusals` speak against signing; `cautions` do
    not, and must be known before."""

    act: Act
    digest: str
    length: int
    ground: Ground
    sections: tuple[SectionView, ...]
    signers: tuple[Slot, ...]
    refusals: tuple[str, ...]
    cautions: tuple[str, ...] = ()

    @property
    def together(self) -> Together | None:
        """What the sections give and take together; None unless lines of two or more move."""
        moves = [each for each in self.sections if each.moves]
        if len(moves) < 2:
            return None
        laid = [each.found.shifts for each in moves if each.found.shifts is not None]
        return Together(land_balance(laid), tuple(each.change.section for each in moves if each.found.shifts is None))


def signing_view(envelope: Envelope, blobs: Mapping[str, bytes], ground: Ground | None = None) -> SigningView:
    """The view of the act that an envelope holds, before anything is compiled; `blobs` by SHA-256.

    Raises `RefusedError` where the payload is not well formed, `NotAnActError`, and `WrongBlobError`.
    """
    act = read_content(envelope)
    if not isinstance(act, Act):
        raise NotAnActError(type(act).__name__)
    ground = ground or Ground()
    sections = tuple(_section(change, blobs, ground) for change in act.changes)
    signers = (act.by,) if act.by else (Slot.A, Slot.B)
    length = len(envelope.payload)
    return SigningView(act, envelope.digest, length, ground, sections, signers, tuple(_refusals(sections)))


def with_found(view: SigningView, found: Mapping[str, Found]) -> SigningView:
    """The view with what this machine found, by section; what it refuses is among the refusals."""
    sections = tuple(replace(each, found=found.get(each.change.section, each.found)) for each in view.sections)
    return replace(view, sections=sections, refusals=tuple(_refusals(sections)))


def checked_blob(blob: Blob, blobs: Mapping[str, bytes]) -> bytes:
    """The bytes that a reference means. Raises `WrongBlobError`."""
    data = blobs.get(blob.sha256)
    if data is None:
        raise WrongBlobError(blob.sha256, "its bytes are missing, so the act cannot be shown")
    if Blob.of(data, blob.media_type) != blob:
        raise WrongBlobError(
            blob.sha256, "the bytes here are not the signed ones: their length or one of their digests differs"
        )
    return data


def _section(change: Change, blobs: Mapping[str, bytes], ground: Ground) -> SectionView:
    texts = tuple(
        text_view(each.language, each.blob, checked_blob(each.blob, blobs)) for each in change.text.descriptions
    )
    before = ground.in_force.get(change.section)
    for blob in (*change.text.blobs(), *(before.text.blobs() if before else ())):
        checked_blob(blob, blobs)
    signed = change.text.line
    line = None if signed is None else line_view(signed, checked_blob(signed, blobs))
    changed = () if before is None else text_changes(_bytes_of(before.text, blobs), _bytes_of(change.text, blobs))
    return SectionView(change, texts, line, before, changed, NOTHING_FOUND)


def _bytes_of(text: Text, blobs: Mapping[str, bytes]) -> dict[str, tuple[Blob, bytes]]:
    """The descriptions of a text by language."""
    return {each.language: (each.blob, checked_blob(each.blob, blobs)) for each in text.descriptions}


def _refusals(sections: tuple[SectionView, ...]) -> Iterator[str]:
    for section in sections:
        name = section.change.section
        if section.line is None and section.change.status in (Status.IN_FORCE, Status.APPLIED):
            yield f"section {name}: a change with the status {section.change.status.value} must have a line"
        if section.line is not None:
            yield from (f"section {name}: {why}" for why in section.line.refusals)
            if section.change.text.line is not None and section.change.text.line.media_type != LINE:
                yield f"section {name}: the media type of the line is not {LINE}, so no machine reads it as a line"
        yield from (f"section {name}, {text.language}: {text.trouble}" for text in section.texts if text.trouble)
        if section.found.agrees is False:
            yield f"section {name}: {section.found.sentences[0]}"
