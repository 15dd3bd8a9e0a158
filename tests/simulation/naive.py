"""A second, deliberately naive reading of `docs/formats/register/rules.md`: plain dictionaries, one table of days, everything
worked out anew. It shares no code with the register; what the two say of one entry must agree.

A `Log` never changes: `after` gives another one. `broken` gives every rule that an entry breaks, by name; the register names
one of them.
"""

from __future__ import annotations

import json
import re
from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from hashlib import sha3_256, sha256
from typing import Any, TypeAlias

from simulation.cheap import is_cheap

DAYS = ("0001-01-01", *(f"2030-01-{day:02d}" for day in range(1, 13)), "9999-12-31")
"""All days on which anything begins or ends in a simulation. Between two of them nothing changes."""

Ref: TypeAlias = tuple[int, int]
Json: TypeAlias = dict[str, Any]
Blobs: TypeAlias = Mapping[str, tuple[int, str]]

TYPES = {f"application/vnd.merestone.{name}+json;v=1": name for name in ("charter", "act", "keys", "withdrawal")}
COMMON = {"format", "version", "register", "base", "keys", "nonce"}
MEMBERS = {
    "act": COMMON | {"kind", "by", "title", "last_index", "answer_by", "changes", "figures", "toolchain"},
    "keys": COMMON | {"change", "slot", "key", "last_index", "identity", "title", "reason"},
    "withdrawal": COMMON | {"act", "by", "reason"},
    "charter": {"format", "version", "name", "nonce", "roles", "succeeds"},
}
FORCE = {"provisionally applied", "in force", "suspended", "ended"}
FOLLOWS = {
    "initialled": {""},
    "signed": {"", "initialled"},
    "ratified": {"signed", "provisionally applied"},
    "provisionally applied": {"signed", "ratified"},
    "in force": {"signed", "ratified", "provisionally applied", "suspended"},
    "suspended": {"in force", "provisionally applied"},
    "ended": {"in force", "provisionally applied", "suspended"},
}
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
AGREED = ("line", "descriptions", "prevails", "tolerance_um")


def canonical(value: object) -> bytes:
    """The canonical JSON of a value."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


@dataclass(frozen=True)
class Entry:
    """An envelope that was read: type, payload in bytes and as JSON, halves of signatures by keyid."""

    kind: str
    payload_type: str
    payload: bytes
    body: Json
    halves: dict[str, bytes]

    @property
    def digest(self) -> str:
        """The SHA-256 of the payload."""
        return sha256(self.payload).hexdigest()

    @property
    def signers(self) -> set[str]:
        """Who signed with at least one half."""
        return {keyid.rpartition("/")[0] for keyid in self.halves}


@lru_cache(4096)
def entry(data: bytes) -> Entry | None:
    """The entry that bytes hold; None if they break E1 as far as a simulation can break it."""
    try:
        envelope = json.loads(data)
        payload = b64decode(envelope["payload"], validate=True)
        body = json.loads(payload)
        halves = {each["keyid"]: b64decode(each["sig"]) for each in envelope["signatures"]}
        whole = canonical(envelope) == data and canonical(body) == payload
        keyids = [each["keyid"] for each in envelope["signatures"]]
        kind = TYPES[envelope["payloadType"]]
        well = whole and keyids == sorted(set(keyids)) and set(body) == MEMBERS[kind] and _well_formed(kind, body)
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
    return Entry(kind, envelope["payloadType"], payload, body, halves) if well else None


def _well_formed(kind: str, body: Json) -> bool:
    if body["version"] != 1 or body["format"] != f"merestone-{kind}":
        return False
    if kind == "keys":
        named = (body["identity"], body["title"])
        return bool(NAME.fullmatch(named[0])) if body["change"] == "appoint" else named == ("", "")
    if kind != "act":
        return True
    sections = [change["section"] for change in body["changes"]]
    dates = [change[end] for change in body["changes"] for end in ("valid_from", "valid_to")]
    displaced = [[(ref["index"], ref["change"]) for ref in change["supersedes"]] for change in body["changes"]]
    return (
        (body["kind"] == "claim") == (body["by"] in {"a", "b"})
        and bool(sections)
        and sections == sorted(set(sections))
        and all(day == "" or day in DAYS for day in dates)
        and all(refs == sorted(set(refs)) for refs in displaced)
    )


def tree_root(leaves: tuple[bytes, ...]) -> bytes:
    """The root over leaf hashes, as RFC 6962 defines it."""
    if len(leaves) == 1:
        return leaves[0]
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return sha256(b"\x01" + tree_root(leaves[:split]) + tree_root(leaves[split:])).digest()


@dataclass(frozen=True)
class Log:
    """The entries of one log and what follows from them."""

    leaves: tuple[bytes, ...] = ()
    data: tuple[bytes, ...] = ()
    register: str = ""
    keys: Mapping[str, Json] = field(default_factory=dict)
    roots: Mapping[str, Json] = field(default_factory=dict)
    names: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    halves: frozenset[str] = frozenset()
    key_sets: int = 0
    payloads: frozenset[str] = frozenset()
    withdrawn: frozenset[tuple[str, str]] = frozenset()
    rekeyed: tuple[tuple[str, str], ...] = ()
    stops: tuple[tuple[str, int, int], ...] = ()
    changes: Mapping[Ref, tuple[Json, str]] = field(default_factory=dict)
    carried: frozenset[tuple[Ref, str]] = frozenset()
    corrected: frozenset[Ref] = frozenset()
    claims: Mapping[tuple[str, str], Ref] = field(default_factory=dict)
    declared: Mapping[str, int] = field(default_factory=dict)
    table: Mapping[str, Mapping[str, Ref]] = field(default_factory=dict)

    @property
    def size(self) -> int:
        """How many entries there are."""
        return len(self.leaves)

    @cached_property
    def root(self) -> bytes:
        """The root over all entries."""
        return tree_root(self.leaves)

    def root_at(self, size: int) -> bytes:
        """The root over the first entries."""
        return self.root if size == self.size else tree_root(self.leaves[:size])

    def key(self, signer: str) -> Json | None:
        """The key of `a`, `a.root`, `operator`, ..."""
        return self.roots.get(signer[:-5]) if signer.endswith(".root") else self.keys.get(signer)

    def after(self, data: bytes) -> Log:
        """The log with one more entry, whatever the rules say of it."""
        read = entry(data)
        assert read is not None
        made: dict[str, Any] = {name: getattr(self, name) for name in self.__dataclass_fields__}
        made["leaves"] = (*self.leaves, sha256(b"\x00" + data).digest())
        made["data"] = (*self.data, data)
        made["payloads"] = self.payloads | {read.digest}
        _AFTER[read.kind](self, made, read)
        return Log(**made)

    @cached_property
    def state(self) -> Json:
        """The state document."""
        names = sorted({change["section"] for change, _ in self.changes.values()})
        return {
            "register": self.register,
            "size": self.size,
            "keys": [
                {"slot": slot, "key": fingerprint(self.keys[slot]), "root": fingerprint(self.roots.get(slot))}
                for slot in sorted(self.keys)
            ],
            "sections": [self._section(name) for name in names],
        }

    def _section(self, name: str) -> Json:
        own = sorted(
            (ref, change) for ref, (change, by) in self.changes.items() if change["section"] == name and not by
        )
        gone = {ref for ref, _ in self.carried} | self.corrected
        pending = [
            (ref, change["status"]) for ref, change in own if change["status"] in {"initialled", "signed", "ratified"}
        ]
        return {
            "section": name,
            "segments": [
                {"from": first, "to": end, "status": self.changes[ref][0]["status"], "index": ref[0], "change": ref[1]}
                for first, end, ref in runs(self.table.get(name, {}))
            ],
            "pending": [
                {"status": status, "index": ref[0], "change": ref[1]} for ref, status in pending if ref not in gone
            ],
            "claims": [
                {"by": by, "index": ref[0], "change": ref[1]}
                for (section, by), ref in sorted(self.claims.items())
                if section == name
            ],
        }


def fingerprint(key: Json | None) -> str:
    """The SHA-256 of a key's canonical JSON; empty for none."""
    return _fingerprint(key["ed25519"], key["ml_dsa_65"]) if key else ""


@lru_cache(1024)
def _fingerprint(ed25519: str, ml_dsa_65: str) -> str:
    return sha256(canonical({"ed25519": ed25519, "ml_dsa_65": ml_dsa_65})).hexdigest()


def runs(row: Mapping[str, Ref]) -> list[tuple[str, str, Ref]]:
    """The runs of days that one change holds: first day, day after the last (empty: open), change."""
    found: list[tuple[str, str, Ref]] = []
    for number, day in enumerate(DAYS):
        ref = row.get(day)
        if ref is None:
            continue
        after = DAYS[number + 1] if number + 1 < len(DAYS) else ""
        if found and found[-1][1] == day and found[-1][2] == ref:
            found[-1] = (found[-1][0], after, ref)
        else:
            found.append((day, after, ref))
    return found


def days_of(change: Json) -> list[str]:
    """The days on which a change says it holds."""
    return [day for day in DAYS if change["valid_from"] <= day and (not change["valid_to"] or day < change["valid_to"])]


def reference(value: Json) -> Ref:
    """A reference as a pair."""
    return value["index"], value["change"]


# ---- what an entry adds ---------------------------------------------------------------------------------------------


def _after_charter(_: Log, made: dict[str, Any], read: Entry) -> None:
    made["register"] = read.digest
    made["keys"] = {role["slot"]: role["key"] for role in read.body["roles"]}
    made["roots"] = {role["slot"]: role["root"][0] for role in read.body["roles"] if role["root"]}
    made["names"] = {role["slot"]: (role["identity"], role["title"]) for role in read.body["roles"]}
    made["halves"] = frozenset(
        half for role in read.body["roles"] for key in (role["key"], *role["root"]) for half in key.values()
    )
    made["key_sets"] = 1


def _after_keys(log: Log, made: dict[str, Any], read: Entry) -> None:
    name = "roots" if read.body["change"] == "rotate-root" else "keys"
    made[name] = {**getattr(log, name), read.body["slot"]: read.body["key"]}
    if read.body["change"] == "appoint":
        made["names"] = {**log.names, read.body["slot"]: (read.body["identity"], read.body["title"])}
    made["halves"] = log.halves | set(read.body["key"].values())
    made["key_sets"] = log.key_sets + 1
    made["rekeyed"] = (*log.rekeyed, (read.body["change"], read.body["slot"]))
    known = log.names.get(read.body["slot"], ("", ""))[0]
    if read.body["change"] == "recover" or (read.body["change"] == "appoint" and known == read.body["identity"]):
        made["stops"] = (*log.stops, (read.body["slot"], read.body["base"]["size"], log.size))


def _after_withdrawal(log: Log, made: dict[str, Any], read: Entry) -> None:
    made["withdrawn"] = log.withdrawn | {(read.body["act"], read.body["by"])}


def _after_act(log: Log, made: dict[str, Any], read: Entry) -> None:
    by = read.body["by"]
    for name in ("changes", "claims", "declared", "table"):
        made[name] = dict(getattr(log, name))
    for number, change in enumerate(read.body["changes"]):
        ref, section = (log.size, number), change["section"]
        made["changes"][ref] = change, by
        if by:
            made["claims"][section, by] = ref
            continue
        made["declared"][section] = log.size
        if change["status"] in FORCE:
            row = log.table.get(section, {})
            days = days_of(change)
            if read.body["kind"] == "correction":
                days = [day for day, held in row.items() if held == reference(change["carries"][0])]
            made["table"][section] = {**row, **dict.fromkeys(days, ref)}
        for carried in map(reference, change["carries"]):
            if read.body["kind"] == "correction":
                made["corrected"] = made["corrected"] | {carried}
            else:
                made["carried"] = made["carried"] | {(carried, change["status"])}


_AFTER = {"charter": _after_charter, "keys": _after_keys, "withdrawal": _after_withdrawal, "act": _after_act}


# ---- which rules an entry breaks ------------------------------------------------------------------------------------


def broken(log: Log, data: bytes, blobs: Blobs, *, offer: bool = False) -> set[str]:
    """Every rule that an entry breaks as the next of a log; for an offer, signatures may be missing."""
    try:
        return _broken(log, data, blobs, offer=offer)
    except (LookupError, TypeError, ValueError, AttributeError):
        return {"E1"}


def _broken(log: Log, data: bytes, blobs: Blobs, *, offer: bool) -> set[str]:
    read = entry(data)
    if read is None:
        return {"E1"}
    if (read.kind == "charter") != (log.size == 0):
        return {"E2"} | _signatures(log, read, offer=offer)
    found = _signatures(log, read, offer=offer)
    if read.kind == "charter":
        return found
    body = read.body
    size, root = body["base"]["size"], body["base"]["root"]
    found |= {"E3"} if body["register"] != log.register else set()
    found |= {"E4"} if read.digest in log.payloads else set()
    found |= {"E5"} if not 1 <= size <= log.size or log.root_at(size).hex() != root else set()
    found |= {"E6"} if body["keys"] != keys_counted(log, read.kind, body) else set()
    if read.kind in {"act", "keys"}:
        found |= {"E9"} if log.size > body["last_index"] else set()
        found |= {"E10"} if any((read.digest, by) in log.withdrawn for by in wanted(log, read)[0]) else set()
    if read.kind == "keys":
        found |= {"E8"} if _bad_key(log, body) else set()
    if read.kind == "withdrawal":
        again = body["act"] in log.payloads or (body["act"], body["by"]) in log.withdrawn
        found |= {"E10"} if again else set()
    if read.kind == "act":
        found |= _act(log, body, blobs)
    return found


def keys_counted(log: Log, kind: str, body: Json) -> int:
    """E6: how many changes of keys an object hangs on, the charter counted."""
    of = {"recover": {"recover", "rotate-root"}, "rotate-root": {"recover", "rotate-root"}, "appoint": {"appoint"}}
    if kind == "withdrawal":
        kinds, slot = {"rotate", "recover"}, body["by"]
    elif kind == "keys" and body["change"] in of:
        kinds, slot = of[body["change"]], body["slot"]
    else:
        return log.key_sets
    count: int = min(log.key_sets, 1) + sum(change in kinds and where == slot for change, where in log.rekeyed)
    return count


def wanted(log: Log, read: Entry) -> tuple[set[str], set[str]]:
    """Who must sign, and who may besides."""
    body = read.body
    if read.kind == "charter":
        slots = {role["slot"] for role in body["roles"]}
        return slots | {"a.root", "b.root"}, set()
    if read.kind == "withdrawal":
        return {body["by"]}, set()
    if read.kind == "keys":
        first = {
            "rotate": {body["slot"]},
            "recover": {f"{body['slot']}.root"},
            "rotate-root": {f"{body['slot']}.root"},
            "appoint": {"a", "b"},
        }
        return first[body["change"]] | {"new"}, set()
    return {body["by"]} if body["by"] else {"a", "b"}, {"depositary", "mediator"} & set(log.keys)


def _signatures(log: Log, read: Entry, *, offer: bool) -> set[str]:
    must, may = wanted(log, read)
    signed = read.signers
    if (must - signed and not offer) or signed - must - may or len(read.halves) != 2 * len(signed):
        return {"E7"}
    keyring = log
    register = log.register
    if read.kind == "charter":
        made: dict[str, Any] = {}
        _after_charter(log, made, read)
        keyring, register = Log(keys=made["keys"], roots=made["roots"]), read.digest
    kind = read.payload_type.encode()
    message = b"DSSEv1 %d %b %d %b" % (len(kind), kind, len(read.payload), read.payload)
    for name in signed:
        key = read.body["key"] if name == "new" else keyring.key(name)
        context = f"merestone/1 entry {register} {name}".encode()
        one, other = read.halves.get(f"{name}/ed25519"), read.halves.get(f"{name}/ml-dsa-65")
        if key is None or one is None or other is None or not is_cheap(key, message, context, one, other):
            return {"E7"}
    return set()


def _bad_key(log: Log, body: Json) -> bool:
    party = body["slot"] in {"a", "b"}
    named = {
        "rotate": body["slot"] in log.keys,
        "recover": party,
        "rotate-root": party,
        "appoint": not party,
    }
    return not named[body["change"]] or bool(set(body["key"].values()) & log.halves)


def _act(log: Log, body: Json, blobs: Blobs) -> set[str]:
    found: set[str] = set()
    if body["kind"] == "exchange":
        alike = {(change["status"], change["valid_from"]) for change in body["changes"]}
        found |= {"E13"} if len(body["changes"]) < 2 or len(alike) > 1 else set()
    for change in body["changes"]:
        found |= _change(log, body, change)
        found |= (
            {"E12"} if any(blobs.get(b["sha256"]) != (b["length"], b["sha3_256"]) for b in _blobs(change)) else set()
        )
    return found


def _change(log: Log, body: Json, change: Json) -> set[str]:
    section, by = change["section"], body["by"]
    last = log.claims.get((section, by), (-1, 0))[0] if by else log.declared.get(section, -1)
    found = {"E11"} if last >= body["base"]["size"] else set()
    found |= _dates(change)
    if (body["kind"] == "claim") != (change["status"] == "claimed"):
        return found | {"E13"}
    if by:
        standing = log.claims.get((section, by))
        named = [reference(each) for each in change["supersedes"]]
        return found | ({"E13"} if change["carries"] or named != ([standing] if standing else []) else set())
    found |= {"E13"} if not _follows(log, body["kind"], change) else set()
    return found | ({"E14"} if not _forced(log, body["kind"], change) else set())


def _dates(change: Json) -> set[str]:
    begin, end = change["valid_from"], change["valid_to"]
    wrong = (
        (change["status"] in FORCE and not begin)
        or (change["status"] not in FORCE | {"claimed"} and (begin or end))
        or (begin and end and begin >= end)
    )
    return {"E14"} if wrong else set()


def _follows(log: Log, kind: str, change: Json) -> bool:
    status = change["status"]
    needs_line = status in {"in force", "provisionally applied"}
    if needs_line and not change["text"]["line"]:
        return False
    before: Json | None = None
    for ref in map(reference, change["carries"]):
        found, by = log.changes.get(ref, ({}, "nobody"))
        if by or found["section"] != change["section"] or ref in log.corrected:
            return False
        before = found
    if kind == "correction":
        gone = status not in FORCE and any(ref == reference(change["carries"][0]) for ref, _ in log.carried if before)
        return before is not None and before["status"] == status and before["text"] != change["text"] and not gone
    if (before["status"] if before else "") not in FOLLOWS[status]:
        return False
    if before is None:
        return True
    again = (reference(change["carries"][0]), status) in log.carried and status not in {"suspended", "ended"}
    return not again and all(before["text"][name] == change["text"][name] for name in AGREED)


def _forced(log: Log, kind: str, change: Json) -> bool:
    named = {reference(each) for each in change["supersedes"]}
    if change["status"] not in FORCE:
        return not named
    row = log.table.get(change["section"], {})
    days = days_of(change)
    displaced = {row[day] for day in days if day in row}
    carried = {reference(each) for each in change["carries"]}
    if kind == "correction":
        dates = [
            (found["valid_from"], found["valid_to"]) for ref in carried if (found := log.changes.get(ref, ({},))[0])
        ]
        return (
            named == carried and carried <= set(row.values()) and dates == [(change["valid_from"], change["valid_to"])]
        )
    if displaced != named:
        return False
    return change["status"] not in {"suspended", "ended"} or carried <= displaced


def _blobs(change: Json) -> list[Json]:
    text = change["text"]
    return [
        *(each["blob"] for each in text["descriptions"]),
        *(blob for each in text["instruments"] for blob in each["blob"]),
        *text["line"],
        *(each["blob"] for each in text["sources"]),
    ]


def held(blobs: tuple[bytes, ...]) -> dict[str, tuple[int, str]]:
    """Digests of blobs, as `broken` asks for them."""
    return {sha256(each).hexdigest(): (len(each), sha3_256(each).hexdigest()) for each in blobs}


# ---- heads ----------------------------------------------------------------------------------------------------------


def note_signers(note: bytes, key_of: Any) -> set[str]:
    """The slots that signed a note, each checked with the key that `key_of` has for it."""
    body, _, signatures = note.decode().partition("\n\n")
    origin = body.split("\n")[0]
    lines = signatures.splitlines()
    found = set()
    for one, other in zip(lines[::2], lines[1::2], strict=True):
        name = one.split(" ")[1]
        slot = name.rpartition("/")[2]
        halves = [b64decode(line.split(" ")[2]) for line in (one, other)]
        seconds = int.from_bytes(halves[0][4:12], "big")
        message = f"cosignature/v1\ntime {seconds}\n{body}\n".encode()
        context = f"merestone/1 head {origin.rpartition('/')[2]} {slot}".encode()
        key = key_of(slot)
        assert key is not None, f"nobody is {slot}"
        assert halves[1][4:12] == halves[0][4:12], "times"
        assert is_cheap(key, message, context, halves[0][12:], halves[1][12:]), f"signature of {slot}"
        hashes = [
            sha256(name.encode() + b"\n" + kind + b64decode(key[half])).digest()[:4]
            for kind, half in ((b"\x04", "ed25519"), (b"\xffmerestone/1 ml-dsa-65", "ml_dsa_65"))
        ]
        assert hashes == [half[:4] for half in halves], "hashes of keys"
        found.add(slot)
    return found


def key_document(ed25519: bytes, ml_dsa_65: bytes) -> Json:
    """A key as JSON."""
    return {"ed25519": b64encode(ed25519).decode(), "ml_dsa_65": b64encode(ml_dsa_65).decode()}
