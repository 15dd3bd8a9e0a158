"""What the parties of a simulation propose, as JSON, and what a cheat does to it before it is signed.

Proposals are made from the naive log of the proposer, and are valid unless a flaw is put in: a generator whose acts are seldom
valid finds nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass
from random import Random

from merestone.register.objects import Blob
from simulation.cheap import WatchedKey
from simulation.naive import DAYS, FOLLOWS, FORCE, Json, Log, Ref, days_of, key_document, keys_counted, reference

SECTIONS = ("S1", "S2", "S3")
LINES = tuple(b'{"format":"merestone-line","n":%d}' % number for number in range(3))
WORDS = tuple(b"The line runs from the stone to tree %d." % number for number in range(2))
UNKNOWN = b"nobody has these bytes"
BLOBS = (*LINES, *WORDS)


def blob(data: bytes, media_type: str) -> Json:
    """A reference to bytes, as JSON."""
    made = Blob.of(data, media_type)
    return {"length": made.length, "media_type": media_type, "sha256": made.sha256, "sha3_256": made.sha3_256}


_LINE_REFS = [[], *([blob(each, "application/json")] for each in LINES)]
_WORD_REFS = [blob(each, "text/plain;charset=utf-8") for each in WORDS]


@dataclass
class Draft:
    """What somebody is about to sign: the kind of object, its body, who should sign, and what was done to it."""

    kind: str
    label: str
    body: Json
    signers: list[str]
    new_key: WatchedKey | None = None
    flaw: str = ""


def text(rng: Random, *, line: int = -1) -> Json:
    """A text of a section: one description, mostly with a line."""
    at = line if line >= 0 else rng.choice((0, 1, 2, 3, 1, 2))
    return {
        "descriptions": [{"blob": rng.choice(_WORD_REFS), "language": "en"}],
        "instruments": [],
        "line": deepcopy(_LINE_REFS[at]),
        "prevails": "text",
        "sources": [],
        "tolerance_um": 1_000,
    }


def name_displaced(log: Log, change: Json) -> None:
    """Lets a change name what it displaces."""
    row = log.table.get(change["section"], {})
    taken = sorted({row[day] for day in days_of(change) if day in row}) if change["status"] in FORCE else []
    change["supersedes"] = [{"index": ref[0], "change": ref[1]} for ref in taken]


class Proposer:
    """Makes proposals on a log. `fresh` gives the next number for nonces and keys; `offered` are payloads signed and not
    entered, which could be withdrawn."""

    def __init__(self, rng: Random, log: Log, by: str, fresh: Callable[[], int], offered: list[str]) -> None:
        self.rng, self.log, self.by, self.fresh, self.offered = rng, log, by, fresh, offered

    def draft(self, kind: str = "") -> Draft:
        """A valid proposal, of some kind or the one asked for."""
        if kind:
            return self.claim() if kind == "claim" else self.keys(("rotate", "operator"))
        kind_of = self.rng.choices(
            (self.step, self.exchange, self.correction, self.claim, self.keys, self.withdrawal), (48, 10, 10, 6, 12, 8)
        )[0]
        return kind_of() or self.step()

    def common(self) -> Json:
        """The members that all objects but the charter have."""
        log = self.log
        return {
            "version": 1,
            "register": log.register,
            "base": {"root": log.root.hex(), "size": log.size},
            "keys": log.key_sets,
            "nonce": f"{self.fresh():032x}",
        }

    def act(self, kind: str, changes: list[Json], by: str = "") -> Draft:
        """An act of some changes."""
        body = self.common() | {
            "format": "merestone-act",
            "kind": kind,
            "by": by,
            "title": "An act",
            "last_index": self.log.size + self.rng.choice((1, 2, 5, 50)),
            "answer_by": "",
            "changes": sorted(changes, key=lambda each: str(each["section"])),
            "figures": [],
            "toolchain": [],
        }
        return Draft("act", kind, body, [by] if by else ["a", "b"])

    def change(self, section: str, status: str, carried: Ref | None, days: tuple[str, str], body: Json) -> Json:
        """A change that names what it displaces."""
        made = {
            "section": section,
            "status": status,
            "valid_from": days[0],
            "valid_to": days[1],
            "carries": [{"index": carried[0], "change": carried[1]}] if carried else [],
            "supersedes": [],
            "text": body,
        }
        name_displaced(self.log, made)
        return made

    def options(self, section: str) -> list[tuple[str, Ref | None]]:
        """The statuses that could come next, with what they carry."""
        found: list[tuple[str, Ref | None]] = [("initialled", None), ("signed", None)]
        row = set(self.log.table.get(section, {}).values())
        for ref, (change, by) in self.log.changes.items():
            if by or change["section"] != section or ref in self.log.corrected:
                continue
            for status, before in FOLLOWS.items():
                stops = status in {"suspended", "ended"}
                if change["status"] not in before or (not stops and (ref, status) in self.log.carried):
                    continue
                if (stops and ref not in row) or (status in FORCE and not stops and not change["text"]["line"]):
                    continue
                found += [(status, ref)] * (1 if status == "ratified" else 3)
        return found

    def days(self, section: str, status: str, carried: Ref | None) -> tuple[str, str]:
        """Dates that go with a status."""
        if status not in FORCE:
            return "", ""
        begin = self.rng.randrange(len(DAYS))
        if status in {"suspended", "ended"}:
            held = [day for day, ref in self.log.table[section].items() if ref == carried]
            begin = DAYS.index(self.rng.choice(held))
        end = self.rng.choice(("", *DAYS[begin + 1 :])) if self.rng.random() < 0.6 else ""
        return DAYS[begin], end

    def _next(self, section: str, status: str, carried: Ref | None, begin: str = "") -> Json:
        days = self.days(section, status, carried)
        if begin and status in FORCE:
            days = begin, ""
        body = deepcopy(self.log.changes[carried][0]["text"]) if carried else text(self.rng)
        return self.change(section, status, carried, days, body)

    def step(self) -> Draft:
        """One section or two take a step."""
        sections = self.rng.sample(SECTIONS, self.rng.choice((1, 1, 1, 2)))
        return self.act("step", [self._next(each, *self.rng.choice(self.options(each))) for each in sections])

    def exchange(self) -> Draft | None:
        """Two sections take one step together."""
        options = {section: self.options(section) for section in SECTIONS}
        possible = [
            (status, found)
            for status in FOLLOWS
            if status not in {"suspended", "ended"}
            and len(found := [(s, ref) for s, each in options.items() for own, ref in each if own == status]) > 1
            and len({section for section, _ in found}) > 1
        ]
        status, found = self.rng.choice(possible)
        chosen = dict(self.rng.sample(found, len(found)))
        begin = self.rng.choice(DAYS) if status in FORCE else ""
        pair = sorted(chosen)[:2]
        return self.act("exchange", [self._next(each, status, chosen[each], begin) for each in pair])

    def correction(self) -> Draft | None:
        """An error is put right."""
        possible = []
        for ref, (change, by) in self.log.changes.items():
            carried = change["status"] not in FORCE and any(ref == each for each, _ in self.log.carried)
            if by or ref in self.log.corrected or carried:
                continue
            row = self.log.table.get(change["section"], {})
            if change["status"] not in FORCE or ref in row.values():
                possible.append((ref, change))
        if not possible:
            return None
        ref, change = self.rng.choice(possible)
        days = (change["valid_from"], change["valid_to"])
        body = deepcopy(change["text"])
        body["tolerance_um"] += 1
        if body["line"]:
            body["line"] = deepcopy(_LINE_REFS[self.rng.randrange(1, 4)])
        made = self.change(change["section"], change["status"], ref, days, body)
        made["supersedes"] = deepcopy(made["carries"]) if change["status"] in FORCE else []
        return self.act("correction", [made])

    def claim(self) -> Draft:
        """One party claims."""
        section = self.rng.choice(SECTIONS)
        standing = self.log.claims.get((section, self.by))
        made = self.change(section, "claimed", None, self.rng.choice((("", ""), (DAYS[2], DAYS[5]))), text(self.rng))
        made["supersedes"] = [{"index": standing[0], "change": standing[1]}] if standing else []
        return self.act("claim", [made], self.by)

    def keys(self, asked: tuple[str, str] | None = None) -> Draft:
        """A key is changed, lost, or given to a newcomer."""
        change, slot = asked or self.rng.choice(
            (
                ("rotate", self.by),
                ("rotate", self.by),
                ("rotate", "operator"),
                ("recover", self.by),
                ("rotate-root", self.by),
                ("appoint", "operator"),
                ("appoint", "mediator"),
            )
        )
        number = self.fresh()
        key = WatchedKey(f"key {number}")
        body = self.common() | {
            "format": "merestone-keys",
            "change": change,
            "slot": slot,
            "key": key_document(*key.public.halves),
            "last_index": self.log.size + self.rng.choice((1, 2, 5, 50)),
            "identity": f"NEW-{number}" if change == "appoint" else "",
            "title": "A newcomer" if change == "appoint" else "",
            "reason": "as planned",
        }
        body["keys"] = keys_counted(self.log, "keys", body)
        first = {"rotate": [slot], "appoint": ["a", "b"]}.get(change, [f"{slot}.root"])
        return Draft("keys", change, body, [*first, "new"], key)

    def withdrawal(self) -> Draft | None:
        """A signature is taken back."""
        gone = self.log.payloads | {digest for digest, by in self.log.withdrawn if by == self.by}
        open_offers = [each for each in self.offered if each not in gone]
        if not open_offers:
            return None
        return self.withdrawing(self.rng.choice(open_offers))

    def withdrawing(self, digest: str) -> Draft:
        """A withdrawal that names some payload."""
        body = self.common() | {
            "format": "merestone-withdrawal",
            "act": digest,
            "by": self.by,
            "reason": "second thoughts",
        }
        body["keys"] = keys_counted(self.log, "withdrawal", body)
        return Draft("withdrawal", "withdrawal", body, [self.by])


# ---- flaws ----------------------------------------------------------------------------------------------------------


def _one(rng: Random, draft: Draft) -> Json:
    found: Json = rng.choice(draft.body["changes"])
    return found


def _other_text(rng: Random, draft: Draft, log: Log) -> None:
    change = _one(rng, draft)
    change["text"] = text(rng) | {"tolerance_um": rng.choice((1_000, 2_000))}


def _swapped_line(rng: Random, draft: Draft, log: Log) -> None:
    _one(rng, draft)["text"]["line"] = deepcopy(rng.choice(_LINE_REFS))


def _missing_blob(rng: Random, draft: Draft, log: Log) -> None:
    made = blob(UNKNOWN, "application/json")
    if rng.random() < 0.6:
        made = blob(LINES[0], "application/json")
        member = rng.choice(("length", "sha256", "sha3_256"))
        made[member] = made[member] + 1 if member == "length" else "0" * 64
    where = _one(rng, draft)["text"]
    place = rng.choice(("line", "sources", "instruments"))
    if place == "line":
        where["line"] = [made]
    elif place == "sources":
        where["sources"] = [{"blob": made, "title": "Map"}]
    else:
        where["instruments"] = [{"article": "1", "blob": [made], "date": "", "title": "Treaty"}]


def _dates(rng: Random, draft: Draft, log: Log) -> None:
    change = _one(rng, draft)
    change["valid_from"], change["valid_to"] = rng.choice(("", *DAYS)), rng.choice(("", *DAYS))
    if draft.label != "claim" and rng.random() < 0.6:
        name_displaced(log, change)


def _wider(rng: Random, draft: Draft, log: Log) -> None:
    change = _one(rng, draft)
    if change["valid_from"] and draft.label != "claim":
        change["valid_from"], change["valid_to"] = rng.choice((DAYS[0], change["valid_from"])), ""
        name_displaced(log, change)


def _any_sequel(rng: Random, draft: Draft, log: Log) -> None:
    """Some earlier change is carried to some status, with dates and all, whether it may be or not."""
    earlier = [(ref, change) for ref, (change, by) in log.changes.items() if not by]
    if draft.label not in {"step", "exchange", "correction"} or not earlier:
        return
    ref, change = rng.choice(earlier)
    status = rng.choice(list(FOLLOWS))
    begin = rng.randrange(len(DAYS))
    dates = (DAYS[begin], rng.choice(("", *DAYS[begin + 1 :]))) if status in FORCE else ("", "")
    made = deepcopy(change) | {"status": status, "valid_from": dates[0], "valid_to": dates[1]}
    made["carries"] = [{"index": ref[0], "change": ref[1]}]
    name_displaced(log, made)
    draft.body |= {"kind": "step", "changes": [made]}


def _supersedes(rng: Random, draft: Draft, log: Log) -> None:
    change = _one(rng, draft)
    if change["supersedes"] and rng.random() < 0.7:
        change["supersedes"].pop(rng.randrange(len(change["supersedes"])))
    else:
        refs = {reference(each) for each in change["supersedes"]} | {rng.choice([(1, 0), *log.changes])}
        change["supersedes"] = [{"index": ref[0], "change": ref[1]} for ref in sorted(refs)]


def _second_in_force(rng: Random, draft: Draft, log: Log) -> None:
    change = _one(rng, draft)
    change["supersedes"] = []


def _carries(rng: Random, draft: Draft, log: Log) -> None:
    change = _one(rng, draft)
    ref = rng.choice([(1, 0), (log.size, 0), *log.changes])
    change["carries"] = [] if rng.random() < 0.3 else [{"index": ref[0], "change": ref[1]}]


def _status(rng: Random, draft: Draft, log: Log) -> None:
    _one(rng, draft)["status"] = rng.choice(("claimed", *FOLLOWS))


def _kind(rng: Random, draft: Draft, log: Log) -> None:
    draft.body["kind"] = rng.choice(("step", "correction", "exchange"))


def _expiry(rng: Random, draft: Draft, log: Log) -> None:
    draft.body["last_index"] = max(0, log.size - rng.choice((0, 1, 1, 2)))


def _base(rng: Random, draft: Draft, log: Log) -> None:
    size = rng.choice((0, log.size + 1, rng.randint(1, log.size), rng.randint(1, log.size)))
    root = log.root_at(size).hex() if 1 <= size <= log.size and rng.random() < 0.8 else log.root.hex()
    draft.body["base"] = {"root": root, "size": size}


def _key_set(rng: Random, draft: Draft, log: Log) -> None:
    draft.body["keys"] += rng.choice((-1, 1))


def _register(rng: Random, draft: Draft, log: Log) -> None:
    draft.body["register"] = "ab" * 32


def _form(rng: Random, draft: Draft, log: Log) -> None:
    body = draft.body
    rng.choice(
        (
            lambda: body.update(version=2),
            lambda: body.update(more=1),
            lambda: body.pop("nonce"),
            lambda: body.update(format="merestone-charter"),
        )
    )()


def _act_form(rng: Random, draft: Draft, log: Log) -> None:
    changes = draft.body["changes"]
    match rng.randrange(5):
        case 0:
            changes.append(deepcopy(changes[0]))
        case 1:
            changes[0]["valid_to"] = "2030-02-30"
        case 2:
            draft.body["by"] = "" if draft.body["by"] else "a"
        case 3:
            draft.body["changes"] = []
        case _:
            draft.body["changes"] = [deepcopy(changes[0]) | {"section": "T"}, *changes]


def _known_key(rng: Random, draft: Draft, log: Log) -> None:
    old = rng.choice([*log.keys.values(), *log.roots.values()])
    half = rng.choice(("ed25519", "ml_dsa_65"))
    draft.body["key"] = {**draft.body["key"], half: old[half]}


def _wrong_slot(rng: Random, draft: Draft, log: Log) -> None:
    draft.body["slot"] = rng.choice(("a", "b", "depositary", "mediator", "operator"))
    draft.body["change"] = rng.choice(("rotate", "recover", "rotate-root", "appoint"))
    slot = draft.body["slot"]
    draft.body["identity"] = "NEW" if draft.body["change"] == "appoint" else ""
    draft.body["title"] = ""
    first = {"rotate": [slot], "appoint": ["a", "b"]}.get(draft.body["change"], [f"{slot}.root"])
    draft.signers = [name for name in first if log.key(name)] + ["new"]
    draft.body["keys"] = keys_counted(log, "keys", draft.body)


def _newcomer(rng: Random, draft: Draft, log: Log) -> None:
    draft.body[rng.choice(("identity", "title"))] = "" if draft.body["identity"] else "NEW"


def _late_correction(rng: Random, draft: Draft, log: Log) -> None:
    carried = [ref for ref, _ in sorted(log.carried) if log.changes[ref][0]["status"] not in FORCE]
    if not carried or draft.body["kind"] == "claim":
        return
    ref = rng.choice(carried)
    made = deepcopy(log.changes[ref][0]) | {"carries": [{"index": ref[0], "change": ref[1]}], "supersedes": []}
    made["text"]["tolerance_um"] += 1
    draft.body |= {"kind": "correction", "changes": [made]}


def _withdrawn(rng: Random, draft: Draft, log: Log) -> None:
    draft.body["act"] = rng.choice(sorted(log.payloads | {digest for digest, _ in log.withdrawn}))


Flaw = Callable[[Random, Draft, Log], None]
ANY: tuple[Flaw, ...] = (_base, _base, _key_set, _register, _form)
FLAWS: dict[str, tuple[Flaw, ...]] = {
    "act": (
        *ANY,
        _other_text,
        _swapped_line,
        _missing_blob,
        _missing_blob,
        _dates,
        _dates,
        _wider,
        _any_sequel,
        _any_sequel,
        _any_sequel,
        _supersedes,
        _supersedes,
        _second_in_force,
        _second_in_force,
        _carries,
        _carries,
        _status,
        _status,
        _kind,
        _expiry,
        _expiry,
        _late_correction,
        _late_correction,
        _act_form,
    ),
    "keys": (
        *ANY,
        _expiry,
        _expiry,
        _newcomer,
        _known_key,
        _known_key,
        _known_key,
        _wrong_slot,
        _wrong_slot,
        _wrong_slot,
    ),
    "withdrawal": (*ANY, _withdrawn, _withdrawn, _withdrawn),
}


def spoil(rng: Random, draft: Draft, log: Log) -> None:
    """Puts a flaw into a proposal; what it breaks, if anything, the naive reading says."""
    flaw = rng.choice(FLAWS[draft.kind])
    flaw(rng, draft, log)
    draft.flaw = flaw.__name__.strip("_")


def payload_type(draft: Draft) -> str:
    """The type of a draft's payload."""
    return f"application/vnd.merestone.{draft.kind}+json;v=1"
