"""Histories of registers by chance, and what can go wrong with them: proposals of every kind, some of them against a rule,
documents with something altered and signed anew, bundles with records lost, doubled, altered or cut off.

All of it follows from a `random.Random`: the same seed, the same bytes (keys are those of `CheapScheme`).
"""

from __future__ import annotations

import copy
import json
from base64 import b64decode, b64encode
from collections.abc import Iterable
from dataclasses import dataclass, field
from hashlib import sha256
from random import Random
from typing import Any, TypeAlias

from fakes.registers import LINE, WORDS, Delegations, Story, cheap_keys
from merestone.register.canonical import write
from merestone.register.envelope import Envelope, read_envelope
from merestone.register.head import Head
from merestone.register.keys import PARTIES, Slot
from merestone.register.ledger import ON_TRACK, Accepted
from merestone.register.objects import (
    Change,
    Content,
    KeyChange,
    KeyChangeKind,
    Kind,
    Reference,
    Status,
    Text,
    unsigned,
)
from merestone.register.refusal import RefusedError
from merestone.register.rules import CARRIES
from merestone.register.signing import Signer
from merestone.register.track import Segment, placed

OTHER_LINE = b"another line"
DAYS = ("2000-01-01", "2005-01-01", "2010-01-01", "2015-01-01", "2020-01-01")
SECTIONS = ("S1", "S2", "S3")
Record: TypeAlias = tuple[str, str, bytes]
Proposal: TypeAlias = tuple[Content, tuple[str, ...]]


@dataclass
class Told(Story):
    """A story that keeps who held which key at each size."""

    keys_at: list[dict[str, Signer]] = field(default_factory=lambda: [{}])
    drawer: list[bytes] = field(default_factory=list)

    def put_bytes(self, data: bytes) -> Accepted:
        """The bytes as the next entry. Raises `RefusedError`."""
        entry = super().put_bytes(data)
        if isinstance(entry.content, KeyChange):
            change = entry.content
            name = change.slot.value + (".root" if change.change is KeyChangeKind.ROTATE_ROOT else "")
            self.people.keys = {**self.people.keys, name: new_key(change.nonce)}
        self.keys_at.append(self.people.keys)
        return entry

    def try_bytes(self, data: bytes) -> bool:
        """Whether the bytes were accepted as the next entry."""
        try:
            self.put_bytes(data)
        except RefusedError:
            return False
        return True

    def head(self, size: int, slots: Iterable[str], seconds: int = 1_700_000_000) -> bytes:
        """A head of a size, signed by slots with their keys of that size."""
        head = Head(self.people.register, size, self.ledger.root(size), {})
        for slot in slots:
            head = head.signed(Slot(slot), self.keys_at[size][slot], seconds)
        return head.note()


def told(chance: Random) -> Told:
    """A register that has only its charter; some have a depositary."""
    people = Delegations.cheap(*(["depositary"] if chance.random() < 0.5 else []))
    people.blobs = (LINE, WORDS, OTHER_LINE)
    return Told(people)


def new_key(nonce: str) -> Signer:
    """The new key of the change of keys that has this nonce."""
    return cheap_keys(f"new {nonce}")["new " + nonce]


# ---- proposals ---------------------------------------------------------------------------------------------------


def proposal(chance: Random, story: Told) -> bytes:
    """An entry that somebody might bring next: mostly sensible, now and then against a rule or long in the drawer."""
    if story.drawer and chance.random() < 0.08:
        return chance.choice(story.drawer)
    make = chance.choices((_act, _claim, _exchange, _key_change, _withdrawal), (12, 3, 2, 3, 1))[0]
    content, signers = make(chance, story)
    new = {"new": new_key(content.nonce)} if isinstance(content, KeyChange) else {}
    names = [name for name in signers if name in {**story.people.keys, **new}]
    if chance.random() < 0.06:
        names = chance.sample(list({**story.people.keys, **new}), chance.randint(0, 3))
    data = story.people.signed(unsigned(content), *names, keys=new)
    if chance.random() < 0.1:
        story.drawer.append(data)
    return data


def _bound(chance: Random, story: Told) -> dict[str, Any]:
    """Base, key set and expiry of a proposal, mostly the present ones."""
    size = story.ledger.size
    base = size if chance.random() < 0.75 else chance.randint(1, size)
    last = size + 100 if chance.random() < 0.9 else size + chance.randint(-1, 2)
    return {"base": story.people.base(story.ledger, base), "last_index": max(last, 0)}


def _text(chance: Random, story: Told) -> Text:
    return story.people.text(
        chance.choice((LINE, LINE, LINE, OTHER_LINE, None)), tolerance_um=chance.choice((1_000, 1_000, 2_000))
    )


def _act(chance: Random, story: Told) -> Proposal:
    kind = Kind.CORRECTION if chance.random() < 0.25 else Kind.STEP
    sections = sorted(chance.sample(SECTIONS, 1 if chance.random() < 0.8 else 2))
    changes = [_change(chance, story, section, kind) for section in sections]
    besides = ("depositary",) if chance.random() < 0.2 else ()
    return story.people.act(story.ledger, *changes, kind=kind, **_bound(chance, story)), ("a", "b", *besides)


def _exchange(chance: Random, story: Told) -> Proposal:
    sections = sorted(chance.sample(SECTIONS, chance.choice((1, 2, 2, 2, 3))))
    status, day = chance.choice(list(CARRIES)), chance.choice(DAYS)
    changes = [_change(chance, story, section, Kind.STEP, status, day) for section in sections]
    return story.people.act(story.ledger, *changes, kind=Kind.EXCHANGE, **_bound(chance, story)), PARTIES


def _change(
    chance: Random, story: Told, section: str, kind: Kind, status: Status | None = None, day: str = ""
) -> Change:
    """A change that carries or corrects one of its section, or begins."""
    known = dict(story.ledger.changes(section)) if section in story.ledger.sections else {}
    carries = chance.choice(list(known)) if known and chance.random() < 0.9 else None
    if status is None:
        follow = [s for s in CARRIES if (known[carries].change.status if carries else None) in CARRIES[s]]
        status = chance.choice(follow) if follow and chance.random() < 0.9 else chance.choice(list(Status))
    if kind is Kind.CORRECTION and carries and chance.random() < 0.9:
        status = known[carries].change.status
    text = (
        known[carries].change.text if carries and kind is Kind.STEP and chance.random() < 0.93 else _text(chance, story)
    )
    begin, end = _dates(chance, status, day)
    if kind is Kind.CORRECTION and carries and chance.random() < 0.6:
        begin, end = known[carries].change.valid_from, known[carries].change.valid_to
    supersedes = _displaced(story, section, begin, end) if status in ON_TRACK and begin else ()
    if chance.random() < 0.07 and known:
        supersedes = tuple(sorted(chance.sample(list(known), min(len(known), chance.randint(0, 2)))))
    return Change(section, status, begin, end, carries, supersedes, text)


def _dates(chance: Random, status: Status, day: str) -> tuple[str, str]:
    if (status in ON_TRACK) == (chance.random() < 0.03):
        return "", ""
    begin = day or chance.choice(DAYS)
    later = [each for each in DAYS if each > begin] + [""]
    return begin, chance.choice(later) if chance.random() < 0.97 else DAYS[0]


def _displaced(story: Told, section: str, begin: str, end: str) -> tuple[Reference, ...]:
    new = Segment(begin, end, Reference(story.ledger.size, 0))
    return tuple(sorted(placed(story.ledger.segments(section), new)[1]))


def _claim(chance: Random, story: Told) -> Proposal:
    by, section = chance.choice(PARTIES), chance.choice(SECTIONS)
    standing = story.ledger.claim(section, by if chance.random() < 0.9 else Slot.A)
    begin, end = chance.choice(("", *DAYS)), chance.choice(("", *DAYS[2:]))
    change = Change(section, Status.CLAIMED, begin, end, None, (standing,) if standing else (), _text(chance, story))
    return story.people.claim(story.ledger, by, change, **_bound(chance, story)), (by,)


def _key_change(chance: Random, story: Told) -> Proposal:
    kind, slot = chance.choice(list(KeyChangeKind)), chance.choice(list(Slot))
    if chance.random() < 0.8:
        slot = chance.choice(PARTIES if kind is not KeyChangeKind.APPOINT else (Slot.OPERATOR, Slot.MEDIATOR))
    signers = {KeyChangeKind.ROTATE: [slot.value], KeyChangeKind.APPOINT: ["a", "b"]}.get(kind, [slot.value + ".root"])
    content = story.people.key_change(story.ledger, kind, slot, new_key("").public, **_bound(chance, story))
    key = new_key(content.nonce) if chance.random() < 0.93 else chance.choice(list(story.people.keys.values()))
    fitting = {name: getattr(content, name) for name in content.__slots__} | {"key": key.public}
    return KeyChange(**fitting), (*signers, "new")


def _withdrawal(chance: Random, story: Told) -> Proposal:
    by = chance.choice(PARTIES)
    known = [*story.drawer, *story.entries[-2:]]
    digest = (
        read_envelope(chance.choice(known)).digest if known and chance.random() < 0.9 else chance.randbytes(32).hex()
    )
    base = _bound(chance, story)["base"]
    return story.people.withdrawal(story.ledger, digest, by, base=base), (by,)


# ---- something altered ---------------------------------------------------------------------------------------------

ODD: tuple[Any, ...] = (
    0, 1, -1, 2**53 - 1, 2**53, 10**400, True, None, 1.5, 1.0, "", "a", "b", "x" * 1_001, "x" * 1_000, "\u202e", "\u200c", "é",
    "\ud800", "\n", "\x7f", "2000-02-30", "2000-02-29", "0001-01-01", "0000-01-01", "0" * 64, "0" * 63, "A" * 64, "AA==", "AB==",
    "AAAA", "step", "claim", "exchange", "correction", "in force", "claimed", "en", "operator", "mediator", "a.root", "new",
    [], {}, [[]], [{}], "AQ" + "A" * 41 + "=", "7" + "/" * 41 + "38=", {"change": 0, "index": 1}, {"change": 1, "index": 0},
    "application/vnd.merestone.keys+json;v=1", "a/ed25519", "zh-Hant-TW", "e1", "text/plain; charset=utf-8", "coordinates",
)  # fmt: skip


def altered(chance: Random, document: Any) -> Any:
    """The document with one thing in it altered (or, rarely, nothing)."""
    document = copy.deepcopy(document)
    holder, key = chance.choice(list(_places(document)))
    value = holder[key]
    match chance.randrange(8):
        case 0 | 1:
            holder[key] = copy.deepcopy(chance.choice(ODD))
        case 2 | 3:
            holder[key] = copy.deepcopy(
                chance.choice([h[k] for h, k in _places(document) if type(h[k]) is type(value)])
            )
        case 4 if isinstance(value, list) and value:
            chance.shuffle(value) if len(value) > 1 else value.append(copy.deepcopy(value[0]))
        case 5 if isinstance(holder, list):
            holder.append(copy.deepcopy(value)) if chance.random() < 0.5 else holder.pop(key)
        case 6 if isinstance(holder, dict):
            holder[chance.choice(("more", "index", "blob"))] = holder.pop(key)
        case 7 if isinstance(value, int):
            holder[key] = value + chance.choice((-1, 1))
        case _ if isinstance(value, str) and value:
            at = chance.randrange(len(value))
            holder[key] = value[:at] + chance.choice("aA0b/=-1 ") + value[at + chance.randrange(2) :]
        case _:
            holder[key] = copy.deepcopy(chance.choice(ODD))
    return document


def _places(document: Any) -> Iterable[tuple[Any, Any]]:
    """Each place in a document as (what holds it, its name or number)."""
    items = list(document.items()) if isinstance(document, dict) else list(enumerate(document))
    for name, value in items:
        yield document, name
        if isinstance(value, dict | list):
            yield from _places(value)


def rewritten(value: Any) -> bytes:
    """Bytes as canonical as they can be for a value that may be none of ours."""
    try:
        return write(value)
    except (ValueError, UnicodeError):
        return json.dumps(value, sort_keys=True, separators=(",", ":")).encode()


def altered_payload(chance: Random, story: Told, data: bytes, size: int) -> bytes:
    """The entry with its payload altered and signed anew by the same signers, with their keys before entry `size`."""
    envelope = read_envelope(data)
    document = json.loads(envelope.payload)
    for _ in range(chance.choice((1, 1, 1, 2))):
        document = altered(chance, document)
    payload = rewritten(document)
    nonce = json.loads(envelope.payload)["nonce"]
    keys = {**story.people.keys, **story.keys_at[size], "new": new_key(nonce)}
    names = [name for name in envelope.signatures if name in keys]
    register = story.people.register if size else sha256(payload).hexdigest()
    fresh = Envelope(envelope.payload_type, payload, {})
    for name in names:
        fresh = fresh.signed(register, name, keys[name])
    return fresh.document()


def altered_envelope(chance: Random, data: bytes) -> bytes:
    """The entry with its envelope altered and signed by nobody anew."""
    if chance.random() < 0.3:
        return altered_bytes(chance, data)
    return rewritten(altered(chance, json.loads(data)))


def altered_bytes(chance: Random, data: bytes) -> bytes:
    """The bytes with a bit flipped, or some lost or put in."""
    at = chance.randrange(len(data)) if chance.random() < 0.5 else chance.randrange(min(len(data), 200))
    piece = (
        bytes([data[at] ^ 1 << chance.randrange(8)])
        if chance.random() < 0.5
        else chance.choice((b"", b" ", b"0", b"\n"))
    )
    return data[:at] + piece + data[at + 1 :]


def altered_note(chance: Random, story: Told, note: bytes) -> bytes:
    """A head with bytes, lines or halves altered, or of another size or root, or signed by whoever should not."""
    lines = note.split(b"\n")
    match chance.randrange(6):
        case 0:
            return altered_bytes(chance, note)
        case 1:
            at = chance.randrange(len(lines))
            lines[at : at + 1] = [] if chance.random() < 0.5 else [lines[at], chance.choice(lines)]
        case 2:
            lines[4:-1] = chance.sample(lines[4:-1], len(lines[4:-1]))
        case 3:
            at = chance.randrange(4, len(lines) - 1)
            name, _, coded = lines[at].rpartition(b" ")
            raw = altered_bytes(chance, b64decode(coded))
            lines[at] = name + b" " + json.dumps(_b64(raw)).strip('"').encode()
        case 4:
            lines[chance.randrange(3)] = chance.choice(
                (b"1", b"0", b"01", b"9" * 17, _b64(bytes(32)).encode(), b"", b"merestone.register/" + b"0" * 64)
            )
        case _:
            size = chance.randint(1, story.ledger.size)
            head = Head(story.people.register, size, story.ledger.root(chance.randint(1, story.ledger.size)), {})
            who = chance.choice(list(Slot))
            signer = story.keys_at[chance.randint(1, story.ledger.size)].get(who.value) or story.people.keys["a"]
            return head.signed(who, signer, chance.choice((0, 2**63 - 1))).note()
    return b"\n".join(lines)


def _b64(raw: bytes) -> str:
    return b64encode(raw).decode()


# ---- bundles -------------------------------------------------------------------------------------------------------


def history(chance: Random, proposals: int) -> Told:
    """A register after some proposals, those accepted that were good."""
    story = told(chance)
    for _ in range(proposals):
        story.try_bytes(proposal(chance, story))
    return story


def records(chance: Random, story: Told) -> list[Record]:
    """The records of a good bundle of a story: some heads besides the one it must have, and sometimes an offer."""
    rows: list[Record] = [("register", story.people.register, b"")]
    rows += sorted(("blob", sha256(data).hexdigest(), data) for data in story.people.blobs)
    rows += [("entry", str(index), data) for index, data in enumerate(story.entries)]
    notes = {(story.ledger.size, story.head(story.ledger.size, _some(chance, story, story.ledger.size) | {"operator"}))}
    for _ in range(chance.choice((0, 0, 1, 2))):
        size = chance.randint(1, story.ledger.size)
        notes.add((size, story.head(size, _some(chance, story, size) or {"a"}, chance.randrange(2**32))))
    rows += [("head", str(size), note) for size, note in sorted(notes)]
    offers = {read_envelope(data).digest: data for data in story.drawer[:2]}
    return rows + [("offer", digest, data) for digest, data in sorted(offers.items())]


def _some(chance: Random, story: Told, size: int) -> set[str]:
    return {slot for slot in story.keys_at[size] if "." not in slot and chance.random() < 0.6}


def altered_records(chance: Random, rows: list[Record]) -> list[Record]:
    """Records lost, doubled, exchanged or renamed, or with other bytes."""
    rows, at = list(rows), chance.randrange(len(rows))
    kind, name, data = rows[at]
    match chance.randrange(7):
        case 0:
            del rows[at]
        case 1:
            rows.insert(chance.choice((at, chance.randrange(len(rows)))), rows[at])
        case 2:
            other = chance.randrange(len(rows))
            rows[at], rows[other] = rows[other], rows[at]
        case 3:
            rows[at] = (kind, chance.choice(("0", "1", "2", "01", "x", "0" * 64, chance.choice(rows)[1])), data)
        case 4:
            rows[at] = (kind, name, altered_bytes(chance, data) if data else b"x")
        case 5:
            rows.insert(at, (kind, chance.choice(("0", "0" * 64, "f" * 64)), chance.choice((b"", data))))
        case _:
            rows[at] = (chance.choice(("register", "blob", "entry", "head", "offer", "end", "note")), name, data)
    return rows
