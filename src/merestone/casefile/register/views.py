"""The signing view of what lies on a desk, or stands in its log: gathered from the store, made by `showing`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from merestone.casefile.progress import Progress, silent
from merestone.casefile.register.desk import Desk
from merestone.errors import WrongRequestError
from merestone.publish.register.signing_view import Ground, InForce
from merestone.publish.text import counted
from merestone.register.envelope import Envelope, read_envelope
from merestone.register.keys import Slot
from merestone.register.objects import Act, Change, Charter, Content, Reference

IN_LOG = "entry:"
"""What stands before an index where an entry is meant and no offer."""

LAST_DAY = "9999-12-31"


@dataclass(frozen=True, slots=True)
class Shown:
    """The view as text and as facts; what speaks against signing; what was compiled here and agrees; how many characters are
    marked; and what does not speak against it and must be known before."""

    text: str
    facts: Mapping[str, Any]
    refusals: tuple[str, ...] = ()
    compiled: tuple[str, ...] = ()
    marks: int = 0
    cautions: tuple[str, ...] = ()


def shown(desk: Desk, name: str, progress: Progress = silent) -> Shown:
    """The view of an offer (by its first digits, or the only one) or of an entry (`entry:INDEX`)."""
    if name.startswith(IN_LOG):
        index = name.removeprefix(IN_LOG)
        if not (len(index) < 17 and index.isascii() and index.isdecimal() and int(index) < desk.store.size):
            raise WrongRequestError(
                f"there is no entry {index!r}; the log has {counted(desk.store.size, 'entry', 'entries')}"
            )
        return view_of(desk, read_envelope(desk.store.entry(int(index))), int(index), progress)
    return view_of(desk, desk.offer(name).envelope, desk.store.size, progress)


def view_of(desk: Desk, envelope: Envelope, size: int, progress: Progress = silent) -> Shown:
    """The view of an envelope against what the first `size` entries say."""
    from merestone.casefile.register.showing import full_view
    from merestone.publish.register.object_text import object_text
    from merestone.publish.register.view_json import view_json
    from merestone.publish.register.view_text import view_text
    from merestone.register.objects import read_content

    act = read_content(envelope)
    if not isinstance(act, Act):
        text = object_text(envelope)
        return Shown(text, {"digest": envelope.digest, "text": text})
    ground = _ground(desk, act, size)
    texts = [*(each.text for each in act.changes), *(each.text for each in ground.in_force.values())]
    blobs = {blob.sha256: desk.blob(blob.sha256) for text in texts for blob in text.blobs()}
    view = replace(full_view(envelope, blobs, ground, progress), cautions=cautions(desk, envelope))
    compiled = tuple(
        f"{section.change.section}: {sentence}" for section in view.sections for sentence in section.found.sentences
    )
    marks = sum(len(text.shown.marks) for section in view.sections for text in section.texts if text.shown)
    return Shown(view_text(view), view_json(view), view.refusals, compiled, marks, view.cautions)


def cautions(desk: Desk, envelope: Envelope) -> tuple[str, ...]:
    """What whoever signs an act must know before: the legs that are not in its lines, and what runs along them under another
    name; nothing for what is no act, or whose bytes are not here."""
    from merestone.casefile.register.beside import beside
    from merestone.register.objects import read_content

    content = read_content(envelope)
    return (*left_out(desk, content), *beside(desk, content, envelope.digest))


def left_out(desk: Desk, content: Content) -> tuple[str, ...]:
    """The legs that are not in the lines of an act, each in a sentence that says why."""
    from merestone.publish.line_reader import read_line
    from merestone.publish.stored_line import StoredGap

    if not isinstance(content, Act):
        return ()
    lines = [read_line(desk.blob(each.text.line.sha256)) for each in content.changes if each.text.line is not None]
    parts = [(section.name, part) for line in lines for section in line.sections for part in section.parts]
    gaps = [(section, part) for section, part in parts if isinstance(part, StoredGap)]
    return tuple(f"leg {gap.name} of {section} is not in the line: {gap.why} [{gap.code}]" for section, gap in gaps)


def _ground(desk: Desk, act: Act, size: int) -> Ground:
    charter = desk.store.content(0)
    return Ground(
        charter.name if isinstance(charter, Charter) else "",
        size,
        {slot: holder for slot in Slot if (holder := desk.store.holder_at(slot, size)) is not None},
        dict(_in_force(desk, act, size)),
        dict(_referred(desk, act)),
    )


def _in_force(desk: Desk, act: Act, size: int) -> Iterator[tuple[str, InForce]]:
    """What holds for each section of an act when it begins, as known after `size` entries; of a change without dates, what
    holds last."""
    for change in act.changes:
        found = desk.store.in_force(change.valid_from or LAST_DAY, size).get(change.section)
        standing = desk.store.standing(found.reference) if found else None
        if found is not None and standing is not None:
            before = standing.change
            held = InForce(found.reference, before.status, before.valid_from, before.valid_to, before.text)
            yield change.section, held


def _referred(desk: Desk, act: Act) -> Iterator[tuple[Reference, Change]]:
    for change in act.changes:
        for reference in (*((change.carries,) if change.carries else ()), *change.supersedes):
            standing = desk.store.standing(reference)
            if standing is not None:
                yield reference, standing.change
