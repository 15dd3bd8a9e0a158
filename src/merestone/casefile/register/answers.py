"""What a register answers: the log, the state on a date as known at a size, the history of a section, and who is behind a
clause or a vertex. Each answer is a value that the command line shows and JSON can hold."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from merestone.casefile.register.desk import Desk
from merestone.casefile.register.next_steps import accused, excuses, next_steps
from merestone.errors import WrongRequestError
from merestone.publish.text import counted
from merestone.register.evidence import read_evidence
from merestone.register.keys import Slot, grouped
from merestone.register.objects import Act, Change, Charter, Content, KeyChange, Reference, Status, Withdrawal
from merestone.register.refusal import RefusedError, Rule
from merestone.register.store import Held


@dataclass(frozen=True, slots=True)
class SectionState:
    """A section on a day: the change that holds (None: no line is in force), and whether both have cosigned it."""

    section: str
    status: Status | None
    reference: Reference | None
    line: str


def known_size(desk: Desk, known_at: int | None) -> int:
    """The size at which an answer is given: the agreed size unless another is asked for, which must not be above it."""
    agreed = desk.store.agreed_size
    if known_at is None:
        return agreed
    if known_at > agreed:
        raise WrongRequestError(
            f"both parties have cosigned {counted(agreed, 'entry', 'entries')}, and an answer as known at {known_at} could still change; "
            f"ask for {agreed} or fewer, or see the log for what is pending"
        )
    return known_at


def state(desk: Desk, day: str, size: int) -> tuple[SectionState, ...]:
    """Each section on a day, as known at a size."""
    holds = desk.store.in_force(day, size)
    return tuple(_section_state(section, holds.get(section)) for section in desk.store.sections(size))


def _section_state(section: str, found: Held | None) -> SectionState:
    if found is None:
        return SectionState(section, None, None, "")
    return SectionState(section, found.status, found.reference, "" if found.status is Status.ENDED else found.line)


def _change(desk: Desk, reference: Reference) -> Change:
    content = desk.store.content(reference.index)
    if not isinstance(content, Act) or reference.change >= len(content.changes):
        raise RefusedError(Rule.LOG, f"there is no change {reference.index}/{reference.change}")
    return content.changes[reference.change]


# ---- the log ----------------------------------------------------------------------------------------------------------


def log(desk: Desk, since: int = 0) -> list[dict[str, Any]]:
    """The entries from one on, in order: what each is, who signed, and whether both parties have cosigned it."""
    from merestone.register.envelope import read_envelope

    agreed = desk.store.agreed_size
    rows = []
    for index, data in enumerate(desk.store.entries(since), since):
        envelope = read_envelope(data)
        rows.append(
            {
                "index": index,
                **told(desk.store.content(index)),
                "signers": sorted(envelope.signatures),
                "digest": envelope.digest,
                "agreed": index < agreed,
            }
        )
    return rows


def told(content: Content) -> dict[str, Any]:
    """What an object is, in a few words."""
    match content:
        case Charter():
            return {"what": "charter", "title": content.name, "sections": []}
        case Act():
            title = f"{content.title} (claim of {content.by.value})" if content.by else content.title
            sections = [f"{each.section}: {each.status.value}" for each in content.changes]
            return {"what": content.kind.value, "title": title, "sections": sections}
        case KeyChange():
            return {
                "what": f"keys: {content.change.value}",
                "title": f"slot {content.slot.value}: {content.reason}",
                "sections": [],
            }
        case Withdrawal():
            return {
                "what": "withdrawal",
                "title": f"by {content.by.value}, of {content.act[:8]}: {content.reason}",
                "sections": [],
            }


# ---- status -------------------------------------------------------------------------------------------------------------


def status(desk: Desk) -> dict[str, Any]:
    """Where the register stands and what has to be done next, by whom."""
    store = desk.store
    heads = {slot.value: head.size for slot in Slot if (head := store.head(slot)) is not None}
    offers = desk.offers()
    return {
        "register": desk.register,
        "size": store.size,
        "root": store.root(store.size).hex() if store.size else "",
        "agreed_size": store.agreed_size,
        "heads": heads,
        "holders": {
            slot.value: {
                "identity": holder.identity,
                "title": holder.title,
                "fingerprint": grouped(holder.key.fingerprint),
                "root": grouped(holder.root.fingerprint) if holder.root else "",
            }
            for slot in Slot
            if (holder := store.holder(slot)) is not None
        },
        "offers": [
            {
                "digest": each.digest,
                **told(each.content),
                "signed": sorted(each.envelope.signatures),
                "missing": list(each.missing),
                "obstacle": each.obstacle,
            }
            for each in offers
        ],
        "evidence": sum(not excuses(desk, read_evidence(each)) for each in store.evidence()),
        "accused": accused(desk),
        "next": next_steps(desk, offers),
    }


# ---- history and origin ------------------------------------------------------------------------------------------------


def history(desk: Desk, section: str, size: int) -> list[dict[str, Any]]:
    """All that happened to a section, in the order of the log; `agreed` where both parties have cosigned it."""
    if size > desk.store.size:
        raise WrongRequestError(
            f"the log has {counted(desk.store.size, 'entry', 'entries')}: ask for {desk.store.size} or fewer"
        )
    agreed = desk.store.agreed_size
    rows = []
    for reference, by, what, begin, end in desk.store.history(section, size):
        content = desk.store.content(reference.index)
        title = content.title if isinstance(content, Act) else ""
        change = _change(desk, reference)
        rows.append(
            {
                "index": reference.index,
                "change": reference.change,
                "status": what.value,
                "by": by.value if by else "both",
                "from": begin,
                "to": end,
                "title": title,
                "carries": _shown(change.carries),
                "supersedes": [_shown(each) for each in change.supersedes],
                "agreed": reference.index < agreed,
                "closed_by": list(desk.store.closed_by(reference, size)),
                "line": change.text.line.sha256 if change.text.line else "",
            }
        )
    if not rows:
        known = ", ".join(desk.store.sections(size))
        raise WrongRequestError(
            f"there is no section {section!r} here{f'; the sections are: {known}' if known else ''}"
        )
    return rows


def _shown(reference: Reference | None) -> str:
    return f"{reference.index}/{reference.change}" if reference else ""


@dataclass(frozen=True, slots=True)
class Origin:
    """Which act brought a clause or a vertex in, with its instruments and signers."""

    what: str
    reference: Reference
    title: str
    status: Status
    instruments: tuple[str, ...]
    signers: tuple[str, ...]


def origin(desk: Desk, section: str, what: str, day: str, size: int) -> tuple[Origin, ...]:
    """For each clause or vertex of the line of a day that contains `what`: the first act that had it, in the unbroken
    sequence of acts that led to that line."""
    from merestone.register.envelope import read_envelope

    found = desk.store.in_force(day, size).get(section)
    if found is None:
        raise WrongRequestError(f"no line of {section} is in force on {day}")
    chain = _lineage(desk, found.reference)
    items = [(each, _items(desk, _change(desk, each))) for each in chain]
    results = []
    for item in sorted(items[0][1]):
        if what.casefold() not in item.casefold():
            continue
        first = chain[0]
        for reference, held in items:
            if item not in held:
                break
            first = reference
        act = desk.store.content(first.index)
        change = _change(desk, first)
        signers = read_envelope(desk.store.entry(first.index)).signatures
        title = act.title if isinstance(act, Act) else ""
        instruments = tuple(
            " ".join(part for part in (each.title, each.article and f"article {each.article}", each.date) if part)
            for each in change.text.instruments
        )
        results.append(Origin(item, first, title, change.status, instruments, tuple(sorted(signers))))
    if not results:
        raise WrongRequestError(f"no clause or vertex of {section} contains {what!r}")
    return tuple(results)


def _lineage(desk: Desk, reference: Reference) -> list[Reference]:
    """The change, what it carries on, and so on back; where that begins, what it displaced."""
    chain, seen = [reference], {reference}
    while True:
        change = _change(desk, chain[-1])
        before = change.carries or max(change.supersedes, default=None) or _displaced_earlier(desk, chain)
        if before is None or before in seen:
            return chain
        chain.append(before)
        seen.add(before)


def _displaced_earlier(desk: Desk, chain: list[Reference]) -> Reference | None:
    """What the changes carried on to took the place of: an amended line goes on from the line before it."""
    for reference in chain:
        displaced = [each for each in _change(desk, reference).supersedes if each not in chain]
        if displaced:
            return max(displaced)
    return None


def _items(desk: Desk, change: Change) -> frozenset[str]:
    """The clauses of every text that can be read as text, and the named vertices of the line."""
    items: set[str] = set()
    for each in change.text.descriptions:
        if each.blob.media_type.startswith("text/"):
            text = desk.blob(each.blob.sha256).decode("utf-8", "replace")
            items |= {line.strip() for line in text.splitlines() if line.strip()}
    if change.text.line is not None:
        items |= _vertices(desk.blob(change.text.line.sha256))
    return frozenset(items)


def _vertices(line: bytes) -> set[str]:
    try:
        document = json.loads(line)["line"]
        parts = [part for section in document["sections"] for part in section["parts"] if part["part"] == "leg"]
        return {
            f"vertex {name or '(unnamed)'} {longitude} {latitude}"
            for part in parts
            for name, longitude, latitude in zip(
                part["vertices"]["name"], part["vertices"]["longitude"], part["vertices"]["latitude"], strict=True
            )
        }
    except (KeyError, TypeError, ValueError, RecursionError):
        return set()
