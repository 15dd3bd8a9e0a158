"""From what a delegation wants to what is signed: an act, with its references found and its bytes laid on the desk.

What is carried on and what is displaced need not be named: where only one change can be meant it is found, otherwise the
choice is refused with the candidates.
"""

from __future__ import annotations

import secrets
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeAlias

from merestone.casefile.register.desk import Desk, Offer, drawn_up
from merestone.casefile.register.key_files import read_small
from merestone.errors import UnreadableFileError, WrongRequestError
from merestone.publish.register.media_types import DESCRIPTION, LINE
from merestone.register.keys import Slot
from merestone.register.ledger import ON_TRACK
from merestone.register.objects import (
    MOST_BLOB_BYTES,
    Act,
    Base,
    Blob,
    Change,
    Description,
    Instrument,
    Kind,
    Prevails,
    Reference,
    SourceUsed,
    Statement,
    Status,
    Text,
)
from merestone.register.rules import CARRIES, STOPS
from merestone.register.track import Segment, placed

MOST_DIGITS = 16
GOOD_FOR = 100
"""For how many further entries an offer is good unless it says otherwise."""

TOLERANCE_UM = 1_000
"""One millimetre: the tolerance of a line unless the act says otherwise."""

TABLE = "text/csv;charset=utf-8"
MEDIA_TYPES = {
    ".boundary": DESCRIPTION,
    ".txt": "text/plain;charset=utf-8",
    ".md": "text/markdown;charset=utf-8",
    ".pdf": "application/pdf",
    ".json": "application/json",
    ".csv": "text/csv;charset=utf-8",
    ".png": "image/png",
    ".tif": "image/tiff",
    ".tiff": "image/tiff",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


_Hold: TypeAlias = Callable[[bytes, str], Blob]
_LineOf: TypeAlias = Callable[[bytes, Path], tuple[Blob, tuple[SourceUsed, ...]]]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is wanted for one section. `texts` maps a language to a file; where the change carries another one on, it is
    empty and what was agreed is taken over. References are None where they are to be found."""

    section: str
    status: Status
    begin: str = ""
    end: str = ""
    texts: Mapping[str, Path] | None = None
    instruments: tuple[tuple[str, str, str, Path | None], ...] = ()
    sources: tuple[tuple[str, Path], ...] = ()
    prevails: Prevails = Prevails.NEITHER
    tolerance_um: int = TOLERANCE_UM
    carries: Reference | None = None


@dataclass(frozen=True, slots=True)
class Proposal:
    """What is wanted as one act."""

    kind: Kind
    title: str
    wanted: tuple[Wanted, ...]
    by: Slot | None = None
    answer_by: str = ""
    good_for: int = GOOD_FOR
    figures: tuple[tuple[str, str], ...] = ()


def propose(desk: Desk, proposal: Proposal, toolchain: Mapping[str, str]) -> Offer:
    """The act as an offer on the desk, its bytes beside it."""
    from merestone.casefile.register.lines import compiled_line

    store = desk.store
    if not store.size:
        raise WrongRequestError("the register has no charter yet: sign the charter and enter it first")
    blobs: dict[str, bytes] = {}

    def hold(data: bytes, media_type: str) -> Blob:
        blob = Blob.of(data, media_type)
        blobs[blob.sha256] = data
        return blob

    def line_of(data: bytes, path: Path) -> tuple[Blob, tuple[SourceUsed, ...]]:
        line = compiled_line(data, path)
        tables = tuple(SourceUsed(hold(table, TABLE), name) for name, table in line.tables)
        return hold(line.data, LINE), tables

    changes = tuple(
        sorted(
            (_change(desk, proposal, wanted, hold, line_of) for wanted in proposal.wanted),
            key=lambda each: each.section,
        )
    )
    act = Act(
        store.register,
        Base(store.root(store.size).hex(), store.size),
        store.key_changes,
        secrets.token_hex(16),
        proposal.kind,
        proposal.by,
        proposal.title,
        store.size - 1 + proposal.good_for,
        proposal.answer_by,
        changes,
        tuple(Statement(name, value) for name, value in proposal.figures),
        tuple(Statement(name, value) for name, value in toolchain.items()),
    )
    return desk.put_offer(drawn_up(act), tuple(blobs.values()))


def _change(desk: Desk, proposal: Proposal, wanted: Wanted, hold: _Hold, line_of: _LineOf) -> Change:
    carries = wanted.carries or _found_carried(desk, proposal, wanted)
    text = _text(desk, wanted, carries, hold, line_of)
    begin, end = _dates(desk, proposal, wanted, carries)
    change = Change(wanted.section, wanted.status, begin, end, carries, (), text)
    return replace(change, supersedes=_superseded(desk, proposal, change))


def _dates(desk: Desk, proposal: Proposal, wanted: Wanted, carries: Reference | None) -> tuple[str, str]:
    """The dates that were asked for; a correction for which none were has those of what it corrects."""
    standing = desk.store.standing(carries) if carries is not None else None
    if proposal.kind is Kind.CORRECTION and standing is not None and not wanted.begin and not wanted.end:
        return standing.change.valid_from, standing.change.valid_to
    return wanted.begin, wanted.end


def _found_carried(desk: Desk, proposal: Proposal, wanted: Wanted) -> Reference | None:
    """The one change that can be meant; None where the change begins something."""
    if proposal.kind is Kind.CLAIM:
        return None
    allowed = {wanted.status} if proposal.kind is Kind.CORRECTION else CARRIES[wanted.status] - {None}
    candidates = []
    for reference, _, status, _, _ in desk.store.history(wanted.section, desk.store.size):
        standing = desk.store.standing(reference)
        if status not in allowed or standing is None or standing.corrected:
            continue
        if proposal.kind is not Kind.CORRECTION and wanted.status not in STOPS and wanted.status in standing.carried_to:
            continue
        candidates.append((reference, status, bool(standing.carried_to)))
    fresh = [each for each in candidates if not each[2]] or candidates
    if len(fresh) == 1:
        return fresh[0][0]
    if not fresh and (proposal.kind is Kind.CORRECTION or None not in CARRIES[wanted.status]):
        names = " or ".join(sorted(status.value for status in allowed if status))
        raise WrongRequestError(
            f"section {wanted.section}: there is no change with the status {names} to carry forward to {wanted.status}"
        )
    if fresh and (wanted.texts is None or proposal.kind is Kind.CORRECTION):
        shown = ", ".join(f"{each.index}/{each.change} ({status})" for each, status, _ in fresh)
        raise WrongRequestError(f"section {wanted.section}: choose the change to carry forward with --carries: {shown}")
    return None


def _superseded(desk: Desk, proposal: Proposal, change: Change) -> tuple[Reference, ...]:
    if proposal.by is not None:
        claim = desk.store.claim(change.section, proposal.by)
        return (claim,) if claim is not None else ()
    if change.status not in ON_TRACK:
        return ()
    if proposal.kind is Kind.CORRECTION and change.carries is not None:
        return (change.carries,)
    new = Segment(change.valid_from, change.valid_to, Reference(desk.store.size, 0))
    return tuple(sorted(placed(desk.store.segments(change.section), new)[1]))


def _text(desk: Desk, wanted: Wanted, carries: Reference | None, hold: _Hold, line_of: _LineOf) -> Text:
    standing = desk.store.standing(carries) if carries is not None else None
    instruments = tuple(
        Instrument(article, hold(_read(path), media_type(path)) if path else None, day, title)
        for title, article, day, path in wanted.instruments
    )
    sources = tuple(SourceUsed(hold(_read(path), media_type(path)), title) for title, path in wanted.sources)
    if standing is not None and not wanted.texts:
        before = standing.change.text
        return replace(before, instruments=instruments or before.instruments, sources=sources or before.sources)
    if not wanted.texts:
        raise WrongRequestError(
            f"section {wanted.section}: give its text with --text LANGUAGE=FILE, or with `texts` in an act file"
        )
    descriptions, line = [], None
    for language, path in sorted(wanted.texts.items()):
        data = _read(path)
        descriptions.append(Description(hold(data, media_type(path)), language))
        if line is None and media_type(path) == DESCRIPTION:
            line, tables = line_of(data, path)
            sources += tables
    return Text(tuple(descriptions), instruments, line, wanted.prevails, sources, wanted.tolerance_um)


def media_type(path: Path) -> str:
    """What a file is taken for, by its name."""
    found = MEDIA_TYPES.get(path.suffix.lower())
    if found is None:
        raise WrongRequestError(f"{path}: the ending of this name is unknown; use one of {' '.join(MEDIA_TYPES)}")
    return found


def _read(path: Path) -> bytes:
    return read_small(path, MOST_BLOB_BYTES)


# ---- act files ------------------------------------------------------------------------------------------------------


def read_proposal(path: Path) -> Proposal:
    """What an act file (TOML) wants; paths in it are counted from its folder. Raises `UnreadableFileError`."""
    try:
        document = tomllib.loads(read_small(path, 1 << 20).decode("utf-8"))
        return _Toml(path.parent).proposal(document)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, KeyError, ValueError, OverflowError) as error:
        raise UnreadableFileError(path, f"this act file cannot be read: {_shown(error)}") from error
    except (TypeError, AttributeError, RecursionError) as error:
        why = (
            "a value is of the wrong kind (a number instead of a text, a list instead of a table); see docs/register.md"
        )
        raise UnreadableFileError(path, f"this act file cannot be read: {why}") from error


def _shown(error: Exception) -> str:
    return f"{error.args[0]} is missing" if isinstance(error, KeyError) else str(error)


@dataclass(frozen=True, slots=True)
class _Toml:
    folder: Path

    def proposal(self, document: dict[str, Any]) -> Proposal:
        known = {"kind", "title", "by", "answer_by", "good_for", "figures", "section"}
        _no_others(document, known)
        return Proposal(
            Kind(document.get("kind", "step")),
            str(document["title"]),
            tuple(self.wanted(each) for each in document["section"]),
            Slot(document["by"]) if "by" in document else None,
            str(document.get("answer_by", "")),
            int(document.get("good_for", GOOD_FOR)),
            tuple((str(name), str(value)) for name, value in document.get("figures", {}).items()),
        )

    def wanted(self, section: dict[str, Any]) -> Wanted:
        known = {
            "name",
            "status",
            "from",
            "to",
            "texts",
            "instruments",
            "sources",
            "prevails",
            "tolerance_m",
            "carries",
        }
        _no_others(section, known)
        texts = {str(language): self.folder / name for language, name in section.get("texts", {}).items()}
        return Wanted(
            str(section["name"]),
            Status(section["status"]),
            str(section.get("from", "")),
            str(section.get("to", "")),
            texts or None,
            tuple(self.instrument(each) for each in section.get("instruments", [])),
            tuple((str(each["title"]), self.folder / each["file"]) for each in section.get("sources", [])),
            Prevails(section.get("prevails", "neither")),
            round(float(section.get("tolerance_m", TOLERANCE_UM / 1e6)) * 1e6),
            reference(section["carries"]) if "carries" in section else None,
        )

    def instrument(self, each: dict[str, Any]) -> tuple[str, str, str, Path | None]:
        _no_others(each, {"title", "article", "date", "file"})
        path = self.folder / each["file"] if "file" in each else None
        return str(each["title"]), str(each.get("article", "")), str(each.get("date", "")), path


def _no_others(found: Mapping[str, Any], known: set[str]) -> None:
    if strange := sorted(set(found) - known):
        raise ValueError(f"{strange[0]!r} is unknown here; use one of {', '.join(sorted(known))}")


def reference(text: str) -> Reference:
    """A reference as people write it: `INDEX` or `INDEX/CHANGE`."""
    index, _, change = text.partition("/")
    if len(text) > MOST_DIGITS or not all(each.isascii() and each.isdecimal() for each in (index, change or "0")):
        raise WrongRequestError(f"{text!r} does not name a change: write INDEX/CHANGE, such as 4/0")
    return Reference(int(index), int(change or 0))
