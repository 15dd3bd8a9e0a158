"""The independent verifier of a Merestone register: one file, the standard library and `cryptography` (48 or later, with
ML-DSA-65), written from the pages in `formats/` and from nothing else.

    python verify_register.py PATH [--fingerprint a=HEX --fingerprint b=HEX] [--as-of DATE] [--known-at SIZE]
                                   [--manifest HEX] [--register BUNDLE_OR_FOLDER] [--json]

Take this file from somewhere else than the export that you verify with it, and compare its SHA-256 with the one that the
documentation of Merestone prints: whoever altered an export could have altered the verifier in it.

PATH is a bundle that begins at index 0, the folder of an export, a proof or evidence. Exit status: 0 accepted, 5 refused,
2 wrong use, 1 a file cannot be read. Read it from the top: JSON, forms of objects (rule E1), keys, envelopes, tree, heads,
history of a section, the rules E2 to E14, then the carriers. It consults no clock and no network and writes no file.
Software declares nothing in law: it says what the signed acts say.
"""

import argparse
import base64
import hashlib
import io
import json
import re
import signal
import sys
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from itertools import pairwise
from operator import itemgetter
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple, TypeAlias

try:
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
    from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA65PublicKey
except ImportError:
    sys.exit(
        "Nothing has been verified: this Python does not have the package `cryptography` 48 or later, which "
        "provides ML-DSA-65. With a network, `python3 -m pip install --upgrade cryptography` installs it."
    )

ENVELOPE_BYTES = NOTE_BYTES = 65_535
BLOB_BYTES = 67_108_864
PROOF_BYTES = 1_048_576
EVIDENCE_BYTES = 262_140
MANIFEST_BYTES = 1 << 30
PARTIES = ("a", "b")
SLOTS = ("a", "b", "depositary", "mediator", "operator")
SIGNERS = (*SLOTS, "a.root", "b.root", "new")
NO_END = "~"  # sorts after every date; written as the empty string
Reference: TypeAlias = tuple[int, int]  # index of the entry, number of the change


class Refused(Exception):
    """A register that is not accepted: which entry (if one), which rule, and why."""

    def __init__(self, index: int | None, rule: str, why: str) -> None:
        super().__init__(("" if index is None else f"entry {index}, ") + f"{rule}: {why}")
        self.index, self.rule, self.why = index, rule, why


class Wrong(Exception):
    """What is wrong with a thing that does not know its place; `rule` turns it into `Refused`."""


@contextmanager
def rule(name: str, index: int | None = None) -> Iterator[None]:
    """A block in which whatever is wrong breaks the rule `name`."""
    try:
        yield
    except Wrong as wrong:
        raise Refused(index, name, str(wrong)) from None


def demand(condition: object, why: str) -> None:
    """Nothing, or `Wrong` with the reason."""
    if not condition:
        raise Wrong(why)


def increasing(values: Iterable[Any], what: str) -> None:
    """Nothing, or `Wrong` where the values are not sorted or one stands twice."""
    demand(all(x < y for x, y in pairwise(values)), f"{what} are not sorted, or one is repeated")


def sha256(raw: bytes) -> bytes:
    """The 32 bytes of SHA-256."""
    return hashlib.sha256(raw).digest()


# ---- canonical JSON and forms (objects.md) -----------------------------------------------------------------------


def canonical(value: Any) -> bytes:
    """The RFC 8785 bytes of a value of strings, integers, arrays and objects with ASCII names."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode("utf-8")


def read_json(raw: bytes, form: Any) -> Any:
    """The value of a canonical JSON text. Rewriting it must give the same bytes, which no text with a member twice, white
    space, an exponent, `-0` or a lone surrogate survives; the form refuses every type and member that is not laid down, and
    so also every depth beyond 10.
    """
    try:
        value = json.loads(raw.decode("utf-8"))
        demand(canonical(value) == raw, "the JSON is not canonical (order, spaces, escapes, numbers, a name twice)")
    except (ValueError, RecursionError) as error:
        raise Wrong(f"it is not JSON in UTF-8 of the required form ({type(error).__name__})") from None
    check(value, form, "")
    return value


def decode64(string: Any) -> bytes:
    """The bytes of base64 in its one canonical form."""
    try:
        raw = base64.b64decode(string, validate=True)
    except (ValueError, TypeError):
        raise Wrong("not base64") from None
    demand(base64.b64encode(raw).decode() == string, "the base64 is not in its canonical form")
    return raw


def check(value: Any, form: Any, place: str) -> None:
    """Nothing, or `Wrong` if the value has not the form: an object with exactly the members of a dict, an array [FORM, least,
    most], one of a tuple of strings, an integer of a range, a string that matches an expression as a whole, or what a
    function accepts.
    """
    why = f"{place[1:] or 'the object'} does not have the required form"
    if isinstance(form, dict):
        demand(isinstance(value, dict) and value.keys() == form.keys(), f"{why}: its members must be {', '.join(form)}")
        for name, inner in form.items():
            check(value[name], inner, f"{place}.{name}")
    elif isinstance(form, list):
        inner, least, most = form
        demand(isinstance(value, list) and least <= len(value) <= most, f"{why}: it must have {least} to {most} values")
        for number, item in enumerate(value):
            check(item, inner, f"{place}.{number}")
    elif isinstance(form, tuple):
        demand(isinstance(value, str) and value in form, f"{why}: it must be one of {form}")
    elif isinstance(form, range):  # a truth value is no integer
        demand(type(value) is int and value in form, f"{why}: it must be an integer from {form[0]} to {form[-1]}")
    elif isinstance(form, str):
        demand(isinstance(value, str) and re.fullmatch(form, value), f"{why}: it must match {form}")
    else:
        try:
            form(value)
        except Wrong as wrong:
            raise Wrong(f"{why}: {wrong}") from None


_FORBIDDEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ue000-\uf8ff"
    "\ufe00-\ufe0f\ufeff\ufff9-\ufffb\ufffe\uffff\U000e0000-\U0010ffff]"
)


def check_text(value: Any) -> None:
    """A text: at most 1,000 code points, none of them invisible, directional, private or a control."""
    demand(isinstance(value, str) and len(value) <= 1_000, "not a string of at most 1,000 characters")
    if found := _FORBIDDEN.search(value):
        raise Wrong(f"it contains the forbidden character U+{ord(found.group()):04X}")


def check_open_date(value: Any) -> None:
    """A date of the Gregorian calendar, YYYY-MM-DD, that exists; or the empty string."""
    demand(isinstance(value, str) and re.fullmatch("([0-9]{4}-[0-9]{2}-[0-9]{2})?", value), "not a date YYYY-MM-DD")
    try:
        date(*map(int, value.split("-"))) if value else None
    except ValueError:
        raise Wrong(f"{value} does not exist") from None


# fmt: off
INTEGER, POSITIVE, ONE = range(2**53), range(1, 2**53), range(1, 2)
DIGEST, NONCE, NAME = "[0-9a-f]{64}", "[0-9a-f]{32}", "[A-Za-z0-9][A-Za-z0-9._-]{0,63}"
STRING = "(?s:.*)"  # what it may hold is said elsewhere
MEDIA_TYPE = "[a-z0-9.+-]{1,40}/[a-z0-9.+-]{1,80}(;charset=utf-8)?"
KEY = {
    "ed25519": lambda value: demand(len(decode64(value)) == 32, "not 32 bytes"),
    "ml_dsa_65": lambda value: demand(len(decode64(value)) == 1_952, "not 1,952 bytes"),
}
BLOB = {"length": range(BLOB_BYTES + 1), "media_type": MEDIA_TYPE, "sha256": DIGEST, "sha3_256": DIGEST}
REFERENCE = {"change": INTEGER, "index": INTEGER}
TEXT = {
    "descriptions": [{"blob": BLOB, "language": "[a-z]{2,3}(-[A-Za-z0-9]{1,8})*"}, 1, 16],
    "instruments": [{"article": check_text, "blob": [BLOB, 0, 1], "date": check_open_date, "title": check_text}, 0, 32],
    "line": [BLOB, 0, 1], "prevails": ("text", "coordinates", "neither"),
    "sources": [{"blob": BLOB, "title": check_text}, 0, 32], "tolerance_um": INTEGER,
}
# What a step to a status may carry on (rules.md, E13); the first five statuses each at most once.
MAY_CARRY = {
    "initialled": (),
    "signed": ("initialled",),
    "ratified": ("signed", "provisionally applied"),
    "provisionally applied": ("signed", "ratified"),
    "in force": ("signed", "ratified", "provisionally applied", "suspended"),
    "suspended": ("in force", "provisionally applied"),
    "ended": ("in force", "provisionally applied", "suspended"),
}
PENDING = ("initialled", "signed", "ratified")
TRACK = ("provisionally applied", "in force", "suspended", "ended")
CHANGE = {
    "section": NAME, "status": ("claimed", *MAY_CARRY), "valid_from": check_open_date, "valid_to": check_open_date,
    "carries": [REFERENCE, 0, 1], "supersedes": [REFERENCE, 0, 64], "text": TEXT,
}
ROLE = {"identity": NAME, "key": KEY, "root": [KEY, 0, 1], "slot": SLOTS, "title": check_text}
CHARTER = {
    "format": ("merestone-charter",), "version": ONE, "name": check_text, "nonce": NONCE, "roles": [ROLE, 3, 5],
    "succeeds": [{"register": DIGEST, "root": DIGEST, "size": POSITIVE}, 0, 1],
}
BOUND = {"version": ONE, "register": DIGEST, "base": {"root": DIGEST, "size": INTEGER}, "keys": INTEGER, "nonce": NONCE}
ACT = BOUND | {
    "format": ("merestone-act",), "kind": ("claim", "step", "correction", "exchange"), "by": (*PARTIES, ""),
    "title": check_text, "last_index": INTEGER, "answer_by": check_open_date, "changes": [CHANGE, 1, 16],
    "figures": [{"name": check_text, "value": check_text}, 0, 32],
    "toolchain": [{"name": check_text, "value": check_text}, 0, 64],
}
KEYS = BOUND | {
    "format": ("merestone-keys",), "change": ("rotate", "recover", "rotate-root", "appoint"), "slot": SLOTS, "key": KEY,
    "last_index": INTEGER, "identity": f"({NAME})?", "title": check_text, "reason": check_text,
}
WITHDRAWAL = BOUND | {"format": ("merestone-withdrawal",), "act": DIGEST, "by": PARTIES, "reason": check_text}
PAYLOADS = {
    f"application/vnd.merestone.{kind}+json;v=1": form
    for kind, form in {"charter": CHARTER, "act": ACT, "keys": KEYS, "withdrawal": WITHDRAWAL}.items()
}
SIGNATURE = {"keyid": STRING, "sig": STRING}
ENVELOPE = {"payload": STRING, "payloadType": tuple(PAYLOADS), "signatures": [SIGNATURE, 0, 16]}
PATH = [DIGEST, 0, 64]
PROOF = {
    "format": ("merestone-proof",), "version": ONE, "register": DIGEST, "index": INTEGER, "entry": STRING, "head": STRING,
    "path": PATH,
}
EVIDENCE = {
    "format": ("merestone-evidence",), "version": ONE, "register": DIGEST, "slot": SLOTS, "kind": ("one size", "one index"),
    "heads": [STRING, 2, 2], "keys": [KEY, 2, 2], "index": INTEGER, "leaves": [DIGEST, 0, 2], "paths": [PATH, 0, 2],
}
# fmt: on


def check_between_members(body: dict[str, Any]) -> None:
    """What objects.md asks of the members of a charter, act or change of keys together."""
    if body["format"] == "merestone-charter":
        roles = {role["slot"]: role for role in body["roles"]}
        increasing([role["slot"] for role in body["roles"]], "roles")
        demand({*PARTIES, "operator"} <= roles.keys(), "roles lack a, b or operator")
        demand(roles["a"]["identity"] < roles["b"]["identity"], "the identity of a does not come before that of b")
        for slot, role in roles.items():
            demand(len(role["root"]) == (slot in PARTIES), f"{slot}: a and b must have one root key, the others none")
        keys = [read_key(form) for role in body["roles"] for form in (role["key"], *role["root"])]
        demand(all(len(set(halves)) == len(keys) for halves in zip(*keys, strict=True)), "two keys share a half")
    elif body["format"] == "merestone-act":
        demand(
            (body["by"] != "") == (body["kind"] == "claim"),
            "`by` must name the party of a claim, and be empty otherwise",
        )
        increasing([change["section"] for change in body["changes"]], "sections")
        for change in body["changes"]:
            increasing(references(change["supersedes"]), "superseded changes")
            increasing([one["language"] for one in change["text"]["descriptions"]], "languages")
    elif body["format"] == "merestone-keys":
        demand(
            (body["identity"] != "") == (body["change"] == "appoint"),
            "an appointment must have an identity, and nothing else may",
        )
        demand(not body["title"] or body["change"] == "appoint", "only an appointment may have a title")


def references(values: list[dict[str, int]]) -> list[Reference]:
    """The (index, change) pairs of references."""
    return [(one["index"], one["change"]) for one in values]


# ---- keys (objects.md) -------------------------------------------------------------------------------------------

_P = 2**255 - 19
_OF_ORDER_8 = (
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
)
_SMALL_ORDER = {0, 1, _P - 1, *(int.from_bytes(bytes.fromhex(y), "little") for y in _OF_ORDER_8)}


class Key(NamedTuple):
    """A pair of public keys, raw; a signature by it is one by each half, and both must verify."""

    ed25519: bytes
    ml_dsa_65: bytes

    @property
    def fingerprint(self) -> str:
        """The SHA-256 of the key's JSON, hexadecimal."""
        form = {name: base64.b64encode(half).decode() for name, half in self._asdict().items()}
        return sha256(canonical(form)).hex()


def read_key(form: dict[str, str]) -> Key:
    """The key, whose Ed25519 half must be canonical and not of small order (a holder could deny what it signed with one)."""
    key = Key(decode64(form["ed25519"]), decode64(form["ml_dsa_65"]))
    y = int.from_bytes(key.ed25519, "little") & (2**255 - 1)
    demand(y < _P and y not in _SMALL_ORDER, "the Ed25519 half of a key is not canonical, or of small order")
    return key


@lru_cache(32)
def _public(key: Key) -> tuple[Ed25519PublicKey, MLDSA65PublicKey]:
    return Ed25519PublicKey.from_public_bytes(key.ed25519), MLDSA65PublicKey.from_public_bytes(key.ml_dsa_65)


def check_signature(key: Key, message: bytes, context: str, signature: tuple[bytes, bytes]) -> None:
    """Nothing, or `Wrong` naming the half that does not verify. Only ML-DSA signs the context besides."""
    half = "Ed25519"
    point = int.from_bytes(signature[0][:32], "little") & (2**255 - 1)
    demand(point not in _SMALL_ORDER, "the point R of the Ed25519 signature is of small order")
    try:
        _public(key)[0].verify(signature[0], message)
        half = "ML-DSA-65"
        _public(key)[1].verify(signature[1], message, context.encode())
    except (InvalidSignature, ValueError):
        raise Wrong(f"the {half} signature does not verify") from None


# ---- envelopes (objects.md) --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Envelope:
    """An envelope that has been read: what is signed, the payload's digest and object, both signatures of each signer."""

    signed: bytes
    digest: str
    body: Any
    signatures: dict[str, tuple[bytes, bytes]]


def read_envelope(raw: bytes) -> Envelope:
    """The envelope in these bytes (E1)."""
    demand(len(raw) <= ENVELOPE_BYTES, "the envelope has more than 65,535 bytes")
    outer = read_json(raw, ENVELOPE)
    found = {one["keyid"]: decode64(one["sig"]) for one in outer["signatures"]}
    increasing([one["keyid"] for one in outer["signatures"]], "signatures")
    signers = sorted({keyid.partition("/")[0] for keyid in found})
    demand(
        found.keys() == {f"{s}/{half}" for s in signers for half in ("ed25519", "ml-dsa-65")},
        "one half of a signature is missing",
    )
    demand(set(signers) <= set(SIGNERS), "it names a signer that cannot exist")
    lengths = {"ed25519": 64, "ml-dsa-65": 3_309}
    demand(all(len(s) == lengths[k.partition("/")[2]] for k, s in found.items()), "a signature has the wrong length")
    signatures = {signer: (found[f"{signer}/ed25519"], found[f"{signer}/ml-dsa-65"]) for signer in signers}
    kind, payload = outer["payloadType"], decode64(outer["payload"])
    body = read_json(payload, PAYLOADS[kind])
    check_between_members(body)
    signed = b"DSSEv1 %d %b %d %b" % (len(kind), kind.encode(), len(payload), payload)
    return Envelope(signed, sha256(payload).hex(), body, signatures)


# ---- tree (log.md; RFC 6962, 2.1) --------------------------------------------------------------------------------


def leaf_hash(entry: bytes) -> bytes:
    """The leaf of an entry."""
    return sha256(b"\x00" + entry)


def node_hash(left: bytes, right: bytes) -> bytes:
    """The inner node over two nodes."""
    return sha256(b"\x01" + left + right)


class Tree:
    """The hashes of all whole subtrees: `levels[k]` holds those over 2^k leaves each. Any root takes O(log n) hashes."""

    def __init__(self) -> None:
        self.levels: list[bytearray] = [bytearray()]

    def __len__(self) -> int:
        return len(self.levels[0]) // 32

    def append(self, leaf: bytes) -> None:
        """One more leaf, and each subtree that it completes."""
        number, level, value = len(self), 0, leaf
        self.levels[0] += value
        while number & 1:
            number, level = number >> 1, level + 1
            value = node_hash(self.node(level - 1, 2 * number), value)
            if level == len(self.levels):
                self.levels.append(bytearray())
            self.levels[level] += value

    def node(self, level: int, number: int) -> bytes:
        """The hash of the whole subtree `number` of a level."""
        return bytes(self.levels[level][32 * number : 32 * number + 32])

    def root(self, size: int) -> bytes:
        """The root of the first `size` entries: the whole subtrees of `size` in binary, joined from the right."""
        value = b""
        for level in range(size.bit_length()):
            if size >> level & 1:
                whole = self.node(level, (size >> level) - 1)
                value = node_hash(whole, value) if value else whole
        return value or sha256(b"")


def root_of_path(leaf: bytes, index: int, size: int, path: list[bytes]) -> bytes:
    """The root that an inclusion proof leads to (RFC 9162, 2.1.3.2)."""
    demand(index < size, "the index is not below the size")
    place, last, value = index, size - 1, leaf
    for step in path:
        demand(last > 0, "the inclusion proof is too long")
        if place & 1 or place == last:
            value = node_hash(step, value)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            value = node_hash(value, step)
        place, last = place >> 1, last >> 1
    demand(last == 0, "the inclusion proof is too short")
    return value


# ---- heads (log.md) ----------------------------------------------------------------------------------------------

_NOTE = re.compile("(merestone\\.register/([0-9a-f]{64})\n([1-9][0-9]{0,15})\n([A-Za-z0-9+/]{43}=)\n)\n((?:[^\n]+\n)+)")
_HALVES = ((b"\n\x04", 64), (b"\n\xffmerestone/1 ml-dsa-65", 3_309))  # label in the key hash, bytes of a signature


@dataclass(frozen=True, slots=True)
class Note:
    """A head that has been read but not verified; `slots` has both timestamped signatures of each slot, with key hashes."""

    register: str
    size: int
    root: bytes
    body: bytes
    slots: dict[str, tuple[bytes, bytes]]

    def verify(self, slot: str, key: Key) -> None:
        """Nothing, or `Wrong` if the lines of the slot are not by this key."""
        name, lines = f"merestone.register/{self.register}/{slot}".encode(), self.slots[slot]
        for line, half, (label, _) in zip(lines, key, _HALVES, strict=True):
            demand(sha256(name + label + half)[:4] == line[:4], f"a key hash of {slot} does not belong to its key")
        message = b"cosignature/v1\ntime %d\n" % int.from_bytes(lines[0][4:12], "big") + self.body
        check_signature(key, message, f"merestone/1 head {self.register} {slot}", (lines[0][12:], lines[1][12:]))


def read_note(raw: bytes) -> Note:
    """The head in these bytes; at least one slot must have signed it."""
    demand(len(raw) <= NOTE_BYTES, "the head has more than 65,535 bytes")
    try:
        found = _NOTE.fullmatch(raw.decode("utf-8"))
    except ValueError:
        found = None
    if not found:
        raise Wrong("the head must have three lines, an empty one, and signature lines, in UTF-8")
    body, register, size, root, rest = found.groups()
    demand(int(size) in INTEGER, "the size of the head is more than 2^53 - 1")
    lines = [line.rpartition(" ") for line in rest[:-1].split("\n")]
    demand(len(lines) <= 16 and len(lines) % 2 == 0, "the signature lines must come in pairs, at most 16 lines")
    slots: dict[str, tuple[bytes, bytes]] = {}
    start = f"\u2014 merestone.register/{register}/"
    for (name, _, one), (same, _, two) in zip(lines[::2], lines[1::2], strict=True):
        slot, pair = name.removeprefix(start), (decode64(one), decode64(two))
        demand(
            slot in SLOTS and name == same == start + slot,
            "each pair of signature lines must name one slot of its register",
        )
        demand(
            [len(line) for line in pair] == [12 + size for _, size in _HALVES], f"a line of {slot} has the wrong length"
        )
        demand(
            pair[0][4:12] == pair[1][4:12] < b"\x80", f"the lines of {slot} have different times, or one beyond 2^63"
        )
        increasing([*slots, slot], "slots of the signature lines")
        slots[slot] = pair
    return Note(register, int(size), decode64(root), body.encode(), slots)


# ---- history of a section (rules.md, E14 and state) --------------------------------------------------------------


@dataclass(slots=True)
class Standing:
    """A segment, pending change or claim that entered the state with entry `born` and left it with entry `died`."""

    kind: str
    data: dict[str, Any]
    born: int
    died: float = float("inf")

    @property
    def change(self) -> Reference:
        """The change that it comes from."""
        return self.data["index"], self.data["change"]


@dataclass(slots=True)
class Section:
    """What the log says of one section: what stands now, and (`ever`) all that ever stood, for the state at any size."""

    born: int
    track: list[Standing] = field(default_factory=list)
    pending: dict[Reference, Standing] = field(default_factory=dict)
    claims: dict[str, Standing] = field(default_factory=dict)
    ever: list[Standing] = field(default_factory=list)
    changed: int = -1  # the last entry that changed it, claims apart

    def enter(self, kind: str, born: int, change: Reference, **more: str) -> Standing:
        """A change that now stands in the state as a thing of some kind."""
        self.ever.append(Standing(kind, {**more, "index": change[0], "change": change[1]}, born))
        return self.ever[-1]

    def span(self, start: str, end: str) -> slice:
        """The places in the track whose segments overlap [start, end)."""
        first = bisect_right(self.track, start, key=lambda s: s.data["from"])
        if first and (self.track[first - 1].data["to"] or NO_END) > start:
            first -= 1
        return slice(first, bisect_left(self.track, end or NO_END, lo=first, key=lambda s: s.data["from"]))

    def overlay(self, start: str, end: str, change: Reference, status: str) -> None:
        """The change put on the track in [start, end); what stood there is shortened, split or removed."""
        entry, where = change[0], self.span(start, end)
        taken, pieces = self.track[where], [(start, end, change, status)]
        if taken and (first := taken[0]).data["from"] < start:
            pieces.insert(0, (first.data["from"], start, first.change, first.data["status"]))
        if taken and (last := taken[-1]).data["to"] != end and (last.data["to"] or NO_END) > (end or NO_END):
            pieces.append((end, last.data["to"], last.change, last.data["status"]))
        for old in taken:
            old.died = entry
        self.track[where] = [
            self.enter("segments", entry, whose, **{"from": since, "to": to, "status": what})
            for since, to, whose, what in pieces
        ]

    def correct(self, wrong: Reference, change: Reference) -> None:
        """Every segment of a change becomes one of its correction."""
        for number, old in enumerate(self.track):
            if old.change == wrong:
                old.died = change[0]
                data = {name: old.data[name] for name in ("from", "to", "status")}
                self.track[number] = self.enter("segments", change[0], change, **data)

    def state(self, name: str, size: int) -> dict[str, Any]:
        """The section as known at a size."""

        def standing(kind: str, *order: str) -> list[dict[str, Any]]:
            found = [one.data for one in self.ever if one.kind == kind and one.born < size <= one.died]
            return sorted(found, key=itemgetter(*order))

        pending, claims = standing("pending", "index", "change"), standing("claims", "by")
        return {"section": name, "segments": standing("segments", "from"), "pending": pending, "claims": claims}


# ---- the rules (rules.md) ----------------------------------------------------------------------------------------


@dataclass(slots=True)
class Change:
    """What later changes need to know of one that stands: its text, and the part of it that a step must not alter."""

    section: str
    status: str
    text: bytes
    kept: bytes
    dates: tuple[str, str]
    corrected: bool = False
    carried_to: set[str] = field(default_factory=set)


def change_of(form: dict[str, Any]) -> Change:
    """The record of a change, with digests for texts."""
    kept = {name: form["text"][name] for name in ("line", "descriptions", "prevails", "tolerance_um")}
    text, dates = sha256(canonical(form["text"])), (form["valid_from"], form["valid_to"])
    return Change(form["section"], form["status"], text, sha256(canonical(kept)), dates)


class Log:
    """The accepted entries so far, and all that the rules must know of them."""

    def __init__(self) -> None:
        self.tree = Tree()
        self.identity = ""
        self.charter: dict[str, Any] = {}
        self.blobs: dict[str, tuple[int, str]] = {}  # SHA-256: length and SHA3-256
        self.keys: dict[str, list[tuple[int, Key]]] = {}  # signer: (holds from this size on, key)
        self.payloads: set[str] = set()
        self.key_changes: list[tuple[str, str]] = []  # what was changed, in which slot
        self.stops: list[tuple[str, int, int]] = []  # slot, base and index of what declares its keys lost or stolen
        self.names: dict[str, str] = {}  # slot: identity
        self.withdrawn: set[tuple[str, str]] = set()  # payload, by which party
        self.changes: dict[Reference, Change] = {}
        self.sections: dict[str, Section] = {}

    @property
    def size(self) -> int:
        """The number of accepted entries."""
        return len(self.tree)

    def need(self, rule: str, condition: object, why: str) -> None:
        """Nothing, or `Refused`: the next entry breaks the rule."""
        if not condition:
            raise Refused(self.size, rule, why)

    def key(self, signer: str, size: int) -> Key | None:
        """The key of a slot (or of `a.root`, `b.root`) after the first `size` entries."""
        return next((key for since, key in reversed(self.keys.get(signer, [])) if since <= size), None)

    def accept(self, raw: bytes) -> None:
        """The entry taken in at the next index, or `Refused` with a rule that it breaks."""
        i = self.size
        with rule("E1", i):
            envelope = read_envelope(raw)
        body, what = envelope.body, envelope.body["format"].removeprefix("merestone-")
        self.need("E2", (what == "charter") == (i == 0), "entry 0 must be a charter, and no other entry may be")
        if what != "charter":
            base = body["base"]
            self.need("E3", body["register"] == self.identity, "made for another register")
            self.need("E4", envelope.digest not in self.payloads, "the same payload is already an entry")
            self.need("E5", 1 <= base["size"] <= i, "the size of the base is not between 1 and the index")
            self.need("E5", self.tree.root(base["size"]).hex() == base["root"], "the base is not of this log")
            count = self._key_changes_for(body)
            self.need("E6", body["keys"] == count, f"depends on {count} changes of keys, not on {body['keys']}")
        if what == "keys":
            with rule("E8", i):  # before E7, because the new key signs and must be fit to
                self._check_new_key(body)
        with rule("E7", i):
            self._check_signatures(envelope, body["register"] if what != "charter" else envelope.digest)
        if what in {"act", "keys"}:
            self.need("E9", i <= body["last_index"], f"could be an entry up to index {body['last_index']} only")
            gone = [by for by in self._signers(body)[0] if (envelope.digest, by) in self.withdrawn]
            self.need("E10", not gone, f"was withdrawn by {', '.join(gone)}")
        if what == "withdrawal":
            self.need("E10", body["act"] not in self.payloads, "withdraws what is already an entry")
            mine = (body["act"], body["by"])
            self.need("E10", mine not in self.withdrawn, "withdraws what the party has already withdrawn")
        if what == "act":
            self._check_act(body, i)
        self._take_effect(envelope, what, i)
        self.payloads.add(envelope.digest)
        self.tree.append(leaf_hash(raw))

    def _key_changes_for(self, body: dict[str, Any]) -> int:
        """What `keys` must be in an object: the charter, and the changes of keys before it that it depends on."""
        change = body.get("change", body["format"])
        by_root = ("recover", "rotate-root")
        counted = {
            "merestone-withdrawal": ("rotate", "recover"),
            "appoint": ("appoint",),
            **dict.fromkeys(by_root, by_root),
        }
        if change not in counted:
            return 1 + len(self.key_changes)
        slot = body["slot"] if "slot" in body else body["by"]
        return 1 + len([what for what, where in self.key_changes if what in counted[change] and where == slot])

    def _check_new_key(self, body: dict[str, Any]) -> None:
        """E8."""
        change, slot, new = body["change"], body["slot"], read_key(body["key"])
        used = {half for held in self.keys.values() for _, key in held for half in key}
        demand(not used & set(new), "a half of the new key was in this register before")
        demand(change == "rotate" or (slot in PARTIES) == (change != "appoint"), f"{change} is not for {slot}")
        demand(change == "appoint" or slot in self.keys, f"{slot} has no holder")

    def _signers(self, body: dict[str, Any]) -> tuple[dict[str, Key | None], set[str]]:
        """Whose signatures an entry must have, with their keys; and who may sign besides."""
        what, more = body["format"], set[str]()
        if what == "merestone-charter":
            forms = {role["slot"]: role["key"] for role in body["roles"]}
            forms |= {role["slot"] + ".root": key for role in body["roles"] for key in role["root"]}
            return {signer: read_key(form) for signer, form in forms.items()}, more
        if what == "merestone-keys":
            names = {"rotate": (body["slot"],), "appoint": PARTIES}.get(body["change"], (body["slot"] + ".root",))
            return {name: self.key(name, self.size) for name in names} | {"new": read_key(body["key"])}, more
        if what == "merestone-act":
            more = {"depositary", "mediator"}
        return {name: self.key(name, self.size) for name in ([body["by"]] if body["by"] else PARTIES)}, more

    def _check_signatures(self, envelope: Envelope, register: str) -> None:
        """E7: exactly the signers asked for and allowed, each with the key that the register (not the envelope) gives."""
        keys, more = self._signers(envelope.body)
        demand(keys.keys() <= envelope.signatures.keys(), f"lacks a signature of {', '.join(keys)}")
        for signer, signature in envelope.signatures.items():
            key = keys[signer] if signer in keys else self.key(signer, self.size) if signer in more else None
            if key is None:
                raise Wrong(f"{signer} may not sign this, or has no key")
            check_signature(key, envelope.signed, f"merestone/1 entry {register} {signer}", signature)

    def _check_act(self, body: dict[str, Any], i: int) -> None:
        changes, kind = body["changes"], body["kind"]
        for change in changes:
            section = self.sections.get(change["section"], Section(i))
            claim = section.claims.get(body["by"])
            last = section.changed if kind != "claim" else claim.born if claim else -1
            self.need("E11", last < body["base"]["size"], f"entry {last} changed {change['section']} after the base")
            for blob in blobs_of(change["text"]):
                same = self.blobs.get(blob["sha256"]) == (blob["length"], blob["sha3_256"])
                self.need("E12", same, f"blob {blob['sha256']} is missing, or has another length or SHA3-256")
        with rule("E13", i):
            for change in changes:
                self._check_kind(body, change)
            if kind == "exchange":
                demand(len(changes) > 1, "an exchange must have at least two changes")
                begun = {(change["status"], change["valid_from"]) for change in changes}
                demand(len(begun) == 1, "an exchange must have one status and one valid_from")
        with rule("E14", i):
            for change in changes:
                if kind != "claim":
                    self._check_force(change, kind)

    def _check_kind(self, body: dict[str, Any], change: dict[str, Any]) -> None:
        """E13 of one change."""
        kind, status, new = body["kind"], change["status"], change_of(change)
        demand(
            (status == "claimed") == (kind == "claim"),
            "a claim must have the status `claimed`, and no other act may have it",
        )
        lineless = status in {"in force", "provisionally applied"} and not change["text"]["line"]
        demand(not lineless, f"`{status}` must have a line")
        if kind == "claim":
            demand(not change["carries"], "a claim must not carry a change")
            claim = self.sections.get(change["section"], Section(0)).claims.get(body["by"])
            asked = [claim.change] if claim else []
            demand(
                references(change["supersedes"]) == asked, f"a claim must supersede exactly the present claim: {asked}"
            )
            check_interval(change)
            return
        if not change["carries"]:
            demand(
                kind != "correction" and status in {"initialled", "signed"}, f"`{status}` must carry a change forward"
            )
            return
        carried = self.changes.get(references(change["carries"])[0])
        if carried is None or carried.section != change["section"] or carried.corrected:
            raise Wrong("what is carried is not an earlier change of the section, or was corrected")
        if kind == "correction":
            demand(carried.status == status, "a correction must have the status of what it corrects")
            demand(
                status not in PENDING or not carried.carried_to,
                "a correction must not correct what was carried forward",
            )
            demand(new.text != carried.text, "the correction does not change anything")
        else:
            demand(carried.status in MAY_CARRY[status], f"`{status}` may not carry `{carried.status}`")
            once = status not in {"suspended", "ended"}
            demand(not once or status not in carried.carried_to, f"has already been carried to `{status}`")
            demand(new.kept == carried.kept, "a step must not alter line, descriptions, prevails or tolerance")

    def _check_force(self, change: dict[str, Any], kind: str) -> None:
        """E14 of one change."""
        status, start, end = change["status"], change["valid_from"], change["valid_to"]
        named, carried = references(change["supersedes"]), references(change["carries"])
        if status not in TRACK:
            demand(not start and not end and not named, f"`{status}` must not have dates or supersede anything")
            return
        demand(start, f"`{status}` must have valid_from")
        check_interval(change)
        if kind == "correction":
            self._check_correction(change, named, carried[0])
            return
        track = self.sections[change["section"]].track
        taken = track[self.sections[change["section"]].span(start, end)]
        displaced = sorted({segment.change for segment in taken})
        demand(named == displaced, f"supersedes {named}, but takes dates from {displaced}")
        displaces = status in {"suspended", "ended"}
        demand(not displaces or carried[0] in named, f"`{status}` must supersede what it carries")

    def _check_correction(self, change: dict[str, Any], named: list[Reference], wrong: Reference) -> None:
        """E14 of a correction on the track."""
        old = self.changes[wrong]
        demand(named == [wrong], "a correction must supersede what it corrects, and nothing else")
        demand(
            (change["valid_from"], change["valid_to"]) == old.dates, f"the dates of what it corrects are {old.dates}"
        )
        track = self.sections[change["section"]].track
        demand(any(segment.change == wrong for segment in track), "what it corrects no longer holds on any date")

    def _take_effect(self, envelope: Envelope, what: str, i: int) -> None:
        """An accepted entry enters the state."""
        body = envelope.body
        if what == "charter":
            self.charter, self.identity = body, envelope.digest
            self.keys = {signer: [(1, key)] for signer, key in self._signers(body)[0].items() if key}
            self.names = {role["slot"]: role["identity"] for role in body["roles"]}
        elif what == "keys":
            signer = body["slot"] + (".root" if body["change"] == "rotate-root" else "")
            self.keys.setdefault(signer, []).append((i + 1, read_key(body["key"])))
            self.key_changes.append((body["change"], body["slot"]))
            again = body["change"] == "appoint" and self.names.get(body["slot"]) == body["identity"]
            if body["change"] == "recover" or again:
                self.stops.append((body["slot"], body["base"]["size"], i))
            if body["change"] == "appoint":
                self.names[body["slot"]] = body["identity"]
        elif what == "withdrawal":
            self.withdrawn.add((body["act"], body["by"]))
        else:
            for number, change in enumerate(body["changes"]):
                self._enter_change(body, change, (i, number))

    def _enter_change(self, body: dict[str, Any], form: dict[str, Any], change: Reference) -> None:
        i, status = change[0], form["status"]
        section = self.sections.setdefault(form["section"], Section(i))
        self.changes[change] = change_of(form)
        if status == "claimed":
            if body["by"] in section.claims:
                section.claims[body["by"]].died = i
            section.claims[body["by"]] = section.enter("claims", i, change, by=body["by"])
            return
        section.changed = i
        for reference in references(form["carries"]):
            carried = self.changes[reference]
            carried.corrected = body["kind"] == "correction"
            carried.carried_to.add(status)
            if reference in section.pending:
                section.pending.pop(reference).died = i
        if status in PENDING:
            section.pending[change] = section.enter("pending", i, change, status=status)
        elif body["kind"] == "correction":
            section.correct(references(form["carries"])[0], change)
        else:
            section.overlay(form["valid_from"], form["valid_to"], change, status)

    def declared(self, slot: str) -> set[Key]:
        """The keys of a slot that entries declare lost or stolen: those that it had from the base of such an entry up to it."""
        stops = [(base, index) for of, base, index in self.stops if of == slot]
        held = self.keys.get(slot, [])
        if not held:
            return set()
        ends = [since for since, _ in held[1:]] + [self.size + 1]  # a key is held after so many entries and more
        spans = [(since, end - 1, key) for (since, key), end in zip(held, ends, strict=True)]
        return {key for since, last, key in spans for base, index in stops if since <= index and last >= base}

    def state(self, size: int) -> dict[str, Any]:
        """The state as known at a size."""
        keys = []
        for slot in SLOTS:
            key, root = self.key(slot, size), self.key(slot + ".root", size)
            if key:
                keys.append({"slot": slot, "key": key.fingerprint, "root": root.fingerprint if root else ""})
        known = [(name, section) for name, section in sorted(self.sections.items()) if section.born < size]
        sections = [section.state(name, size) for name, section in known]
        return {"register": self.identity, "size": size, "keys": keys, "sections": sections}

    def check_note(self, note: Note) -> None:
        """A head of this log: its root, and each of its signatures with the slot's key after that many entries."""
        demand(note.register == self.identity, "the head belongs to another register")
        demand(note.size <= self.size, f"the head has size {note.size}, and the log has size {self.size}")
        demand(
            note.root == self.tree.root(note.size),
            f"the head of size {note.size} does not have the root of the entries",
        )
        for slot in note.slots:
            key = self.key(slot, note.size)
            if key is None:
                raise Wrong(f"signed by {slot}, which has no holder")
            note.verify(slot, key)


def blobs_of(text: dict[str, Any]) -> list[dict[str, Any]]:
    """The references to blobs in the text of a change."""
    named = [one["blob"] for one in text["descriptions"] + text["sources"]]
    return [*named, *text["line"], *(blob for instrument in text["instruments"] for blob in instrument["blob"])]


def check_interval(change: dict[str, Any]) -> None:
    """Nothing, or `Wrong` if both dates are there and the first is not before the second."""
    start, end = change["valid_from"], change["valid_to"]
    demand(not start or not end or start < end, "valid_from is not before valid_to")


# ---- bundle (carriers.md) ----------------------------------------------------------------------------------------


class Result:
    """A register that was accepted: identity, number of entries, root, for each slot the greatest size that it signed, and
    the size that both parties have signed; `notes` has the lines of each slot under heads of each size.
    """

    def __init__(self, log: Log, notes: dict[int, dict[str, list[tuple[bytes, bytes]]]], offers: int) -> None:
        self.log, self.notes, self.offers = log, notes, offers
        self.register, self.size = self.log.identity, self.log.size
        self.root = self.log.tree.root(self.size).hex()
        self.heads = {slot: size for size in sorted(self.notes) for slot in sorted(self.notes[size])}
        self.agreed_size = min(self.heads.get(party, 0) for party in PARTIES)
        self.manifest, self.evidence = (
            "",
            list[str](),
        )  # of an export: the SHA-256 of SHA256SUMS, and whom evidence convicts

    def state(self, size: int) -> dict[str, Any]:
        """The state as known at a size from 1 on."""
        demand(1 <= size <= self.size, f"size must be from 1 to {self.size}")
        return self.log.state(size)

    def state_digest(self, size: int) -> str:
        """The SHA-256 of the canonical state, hexadecimal."""
        return sha256(canonical(self.state(size))).hex()


_RECORD = re.compile(rb"(register|blob|entry|head|offer|end) ([0-9a-f]{1,64}) (0|[1-9][0-9]{0,15})\n")
_KINDS = ("register", "blob", "entry", "head", "offer", "end")
_MOST = dict(zip(_KINDS, (0, BLOB_BYTES, ENVELOPE_BYTES, NOTE_BYTES, ENVELOPE_BYTES, 64), strict=True))  # bytes


def records(stream: BinaryIO) -> Iterator[tuple[str, str, bytes]]:
    """Kind, name and bytes of each record before the last, which must have their number and digest."""
    first = stream.readline(32)
    demand(first == b"merestone-bundle/1\n", "the first line is not merestone-bundle/1")
    digest, count = hashlib.sha256(first), 0
    while True:
        line = stream.readline(128)
        found = _RECORD.fullmatch(line)
        if not found:
            raise Wrong(f"record {count} does not have a header line of the required form (cut off?): {line[:40]!r}")
        kind, name, length = found[1].decode(), found[2].decode(), int(found[3])
        demand(length <= _MOST[kind], f"record {count}: a {kind} of {length} bytes is too long")
        raw = stream.read(length)
        demand(len(raw) == length and stream.read(1) == b"\n", f"record {count} is cut off, or no line feed ends it")
        if kind == "end":
            demand(
                name == str(count) and raw == digest.hexdigest().encode(),
                "the end record states another number or digest",
            )
            demand(not stream.read(1), "something follows the end")
            return
        digest.update(line + raw + b"\n")
        count += 1
        yield kind, name, raw


def verify_bundle(stream: BinaryIO) -> Result:
    """The register in a bundle that begins at index 0, every rule checked; or `Refused`."""
    log, named, offers = Log(), "", 0
    notes: dict[int, dict[str, list[tuple[bytes, bytes]]]] = {}
    last: Any = (-1, None)
    with rule("bundle"):
        for kind, name, raw in records(stream):
            place: Any = (_KINDS.index(kind), name)
            if kind == "register":
                demand(not named, "`register` is repeated")
                check(name, DIGEST, ".register")
                named = name
            elif kind == "blob":
                demand(sha256(raw).hex() == name, f"blob {name} has another SHA-256")
                log.blobs[name] = (len(raw), hashlib.sha3_256(raw).hexdigest())
            elif kind == "entry":
                demand(name == str(log.size), f"entry {name} comes where entry {log.size} must come")
                place = (place[0], log.size)
                log.accept(raw)
            elif kind == "head":
                with rule("head"):
                    note = read_note(raw)
                    log.check_note(note)
                demand(name == str(note.size), "a head has the name of another size")
                place = (place[0], (note.size, raw))
                for slot, lines in note.slots.items():
                    notes.setdefault(note.size, {}).setdefault(slot, []).append(lines)
            else:  # an offer has no effect; it must only be an envelope with a payload of this name
                demand(read_envelope(raw).digest == name, "an offer has the name of another payload")
                offers += 1
            demand(named, "the first record is not `register`")
            demand(last < place, f"records are out of order at `{kind} {name}`, or one is repeated")
            last = place
        demand(log.size and log.identity == named, "the identity in the first record is not that of the charter")
        demand("operator" in notes.get(log.size, ()), f"the operator has not signed a head of size {log.size}")
    return Result(log, notes, offers)


# ---- export (carriers.md; C2SP tlog-tiles) -----------------------------------------------------------------------

# Each level of tiles, and over how many leaves (as a power of two) each of its hashes is.
LEVELS = {"entries": 0, **{str(level): 8 * level for level in range(8)}}


def read_file(path: Path, most: int) -> bytes:
    """The bytes of a regular file of at most `most` bytes."""
    demand(path.is_file(), f"{path.name} is missing or is not a file")
    with path.open("rb") as stream:
        raw = stream.read(most + 1)
    demand(len(raw) <= most, f"{path.name} is too long")
    return raw


def files_below(folder: Path) -> dict[str, Path]:
    """The files below a folder by their relative path."""
    return {one.relative_to(folder).as_posix(): one for one in sorted(folder.rglob("*")) if not one.is_dir()}


def verify_export(folder: Path) -> Result:
    """The register in the folder of an export: its bundle, and that tiles, blobs, heads and checkpoint say the same."""
    with rule("export"):
        demand((folder / "register.bundle").is_file(), "register.bundle is missing")
        with (folder / "register.bundle").open("rb") as stream:
            result = verify_bundle(stream)
        check_export(result, folder)
        result.manifest = check_manifest(folder)
        result.evidence = list(check_evidence_files(result, folder))
    return result


def check_manifest(folder: Path) -> str:
    """The SHA-256 of SHA256SUMS, which must list every file of the export but itself, no other, each with its digest."""
    raw = read_file(folder / "SHA256SUMS", MANIFEST_BYTES)
    demand(not raw or raw.endswith(b"\n"), "SHA256SUMS does not end with a line feed")
    rows = [re.fullmatch("([0-9a-f]{64})  ([0-9A-Za-z._/-]+)", row) for row in raw.decode("latin-1").split("\n")[:-1]]
    listed = {row[2]: row[1] for row in rows if row}
    demand(all(rows), "SHA256SUMS has a line without the required form")
    increasing([row[2] for row in rows if row], "the lines of SHA256SUMS")
    lying = {
        one.relative_to(folder).as_posix(): one for one in folder.rglob("*") if one.is_symlink() or not one.is_dir()
    }
    demand(not lying.pop("SHA256SUMS").is_symlink(), "SHA256SUMS is not an ordinary file")
    demand(lying.keys() <= listed.keys(), f"{min(lying.keys() - listed.keys(), default='')} is not in SHA256SUMS")
    demand(listed.keys() <= lying.keys(), f"{min(listed.keys() - lying.keys(), default='')} is missing")
    for name, path in lying.items():
        demand(path.is_file() and not path.is_symlink(), f"{name} is not an ordinary file")
        digest = hashlib.sha256()
        with path.open("rb") as stream:
            while piece := stream.read(1 << 20):
                digest.update(piece)
        demand(digest.hexdigest() == listed[name], f"{name} is not the file that SHA256SUMS lists")
    return sha256(raw).hex()


def check_evidence_files(result: Result, folder: Path) -> Iterator[str]:
    """The slot that each piece of evidence in the export convicts; each must hold against this register and its keys."""
    for name, path in files_below(folder / "evidence").items():
        raw = read_file(path, EVIDENCE_BYTES)
        demand(name == f"{sha256(raw).hex()}.json", f"evidence/{name} has another SHA-256")
        yield verify_evidence(raw, result)["slot"]


def check_export(result: Result, folder: Path) -> None:
    """The files of an export beside its bundle."""
    log, tiles, blobs, heads = result.log, *(files_below(folder / name) for name in ("tile", "blob", "heads"))
    needed = {tile_name(level, *tile) for level, height in LEVELS.items() for tile in _tiles(log.size >> height)}
    demand(needed <= tiles.keys(), f"tile/{min(needed - tiles.keys(), default='')} is missing")
    for name, path in tiles.items():
        check_tile(log, name, read_file(path, 256 * (2 + ENVELOPE_BYTES)))
    demand(blobs.keys() == {f"{name[:2]}/{name}" for name in log.blobs}, "blob/ and the bundle hold different blobs")
    for name, path in blobs.items():
        demand(sha256(read_file(path, BLOB_BYTES)).hex() == name[3:], f"blob/{name} has another SHA-256")
    demand(heads.keys() == set(map(str, result.notes)), "heads/ and the bundle hold heads of different sizes")
    for name, path in heads.items():
        note, known = read_note(read_file(path, NOTE_BYTES)), result.notes[int(name)]
        demand((note.register, str(note.size)) == (log.identity, name), f"heads/{name} is another head")
        demand(note.root == log.tree.root(note.size), f"heads/{name} has another root")
        same = note.slots.keys() == known.keys() and all(lines in known[slot] for slot, lines in note.slots.items())
        demand(same, f"heads/{name} and the bundle differ in who signed")
    newest = read_file(folder / "heads" / str(result.size), NOTE_BYTES)
    demand(read_file(folder / "checkpoint", NOTE_BYTES) == newest, "checkpoint is not the newest head")


def _tiles(count: int) -> Iterator[tuple[int, int]]:
    """Number and width of each tile that `count` hashes fill."""
    yield from ((number, 256) for number in range(count >> 8))
    if count & 255:
        yield count >> 8, count & 255


def tile_name(level: str, number: int, width: int) -> str:
    """The path of a tile below `tile/`: the number in groups of three digits, all but the last with an x."""
    groups = [f"{number % 1000:03d}"]
    while number := number // 1000:
        groups.insert(0, f"x{number % 1000:03d}")
    return f"{level}/{'/'.join(groups)}" + ("" if width == 256 else f".p/{width}")


def check_tile(log: Log, name: str, raw: bytes) -> None:
    """One tile, whole or partial, of this log or of a smaller size of it."""
    found = re.fullmatch("(entries|[0-7])/((?:x[0-9]{3}/)*[0-9]{3})(?:\\.p/([1-9][0-9]{0,2}))?", name)
    level, digits, part = found.groups() if found else ("0", "0", "0")
    number, width = int(re.sub("[x/]", "", digits)), int(part or 256)
    demand(tile_name(level, number, width) == name and width <= 256, f"tile/{name} is not the path of a tile")
    height = LEVELS[level]
    hashes = log.tree.levels[height] if height < len(log.tree.levels) else b""
    expected = hashes[8192 * number : 8192 * number + 32 * width]
    got = raw if level != "entries" else b""
    while level == "entries" and raw:
        length = 2 + int.from_bytes(raw[:2], "big")
        demand(length <= len(raw), f"tile/{name} is cut off")
        got, raw = got + leaf_hash(raw[2:length]), raw[length:]
    demand(got == expected and len(got) == 32 * width, f"tile/{name} is not of this log, or lies beyond it")


# ---- proof and evidence (carriers.md, log.md) --------------------------------------------------------------------


def check_path(note: Note, index: int, leaf: bytes, path: list[str]) -> None:
    """Nothing, or `Wrong` if the inclusion proof does not lead from the leaf to the root of the head."""
    root = root_of_path(leaf, index, note.size, [bytes.fromhex(one) for one in path])
    demand(root == note.root, "the path does not lead to the root of the head")


def verify_proof(raw: bytes, known: Result) -> dict[str, Any]:
    """What a proof shows: that an entry stands in the log under a head, with the keys of a register that was verified."""
    with rule("proof"):
        demand(len(raw) <= PROOF_BYTES, "the file is too long for a proof")
        proof = read_json(raw, PROOF)
        leaf, note, index = leaf_hash(decode64(proof["entry"])), read_note(proof["head"].encode()), proof["index"]
        demand(proof["register"] == known.register, "the proof belongs to another register")
        check_path(note, index, leaf, proof["path"])
        known.log.check_note(note)
    return {"index": index, "size": note.size, "root": note.root.hex(), "signed_by": sorted(note.slots)}


def verify_evidence(raw: bytes, known: Result | None = None) -> dict[str, Any]:
    """What evidence shows: that the holder of a slot signed two heads that no log can both have, if these were its keys. With a
    register that was verified, `Refused` if the slot never had one of them, or if it was declared lost or stolen.
    """
    with rule("evidence"):
        demand(len(raw) <= EVIDENCE_BYTES, "the file is too long for evidence")
        evidence = read_json(raw, EVIDENCE)
        slot, index, leaves, paths = (evidence[name] for name in ("slot", "index", "leaves", "paths"))
        keys, heads = list(map(read_key, evidence["keys"])), [read_note(one.encode()) for one in evidence["heads"]]
        for note, key in zip(heads, keys, strict=True):
            demand(note.register == evidence["register"], "the head belongs to another register")
            demand(slot in note.slots, f"{slot} did not sign the head")
            note.verify(slot, key)
        if evidence["kind"] == "one size":
            demand(
                heads[0].size == heads[1].size and heads[0].root != heads[1].root,
                "the heads do not have one size and two roots",
            )
            demand(index == 0 and not leaves and not paths, "`one size` must have index 0, no leaves and no paths")
        else:
            demand(
                len(leaves) == len(paths) == 2 and leaves[0] != leaves[1],
                "there are not two different leaves with paths",
            )
            for note, leaf, path in zip(heads, leaves, paths, strict=True):
                check_path(note, index, bytes.fromhex(leaf), path)
        if known:
            demand(evidence["register"] == known.register, "the evidence belongs to another register")
            held = {key for _, key in known.log.keys.get(slot, [])}
            demand(set(keys) <= held, f"one of its keys was never the key of {slot} in this register")
            declared = known.log.declared(slot)
            demand(not declared & set(keys), f"a key of {slot} that was declared lost or stolen proves nothing")
    prints, sizes = [key.fingerprint for key in keys], [note.size for note in heads]
    return {"slot": slot, "fingerprints": prints, "kind": evidence["kind"], "sizes": sizes, "index": index}


# ---- command line ------------------------------------------------------------------------------------------------


def verify_path(path: Path) -> Result:
    """The register in a bundle or in the folder of an export."""
    if path.is_dir():
        return verify_export(path)
    with path.open("rb") as stream:
        return verify_bundle(stream)


def fingerprints_given(given: list[str]) -> Iterator[tuple[str, str]]:
    """Whose key each fingerprint is of that the user has from elsewhere, and its digits."""
    for one in given:
        signer, _, digits = one.partition("=")
        fingerprint = re.sub(r"\s", "", digits).lower()
        well = signer in SIGNERS[:-1] and re.fullmatch(DIGEST, fingerprint)
        demand(well, "--fingerprint SLOT=64 hexadecimal digits, as in a=0123...")
        yield signer, fingerprint


def check_fingerprints(result: Result, given: list[str]) -> None:
    """Each fingerprint is of the slot's key in the charter or of the newest one."""
    for signer, fingerprint in fingerprints_given(given):
        held = result.log.keys.get(signer, [])
        good = {key.fingerprint for since, key in held if since == 1} | {key.fingerprint for _, key in held[-1:]}
        if fingerprint not in good:
            raise Refused(
                None, "fingerprint", f"the key of {signer} in this register does not have the fingerprint given"
            )


def check_accused(found: dict[str, Any], given: list[str], known: Result | None) -> None:
    """Each fingerprint is of a key in the evidence, and without a register none of its keys is another."""
    expected = set()
    for signer, fingerprint in fingerprints_given(given):
        demand(signer == found["slot"], f"the evidence is against {found['slot']} and has no key of {signer}")
        expected.add(fingerprint)
    held = set(found["fingerprints"])
    if expected - held:
        raise Refused(None, "evidence", f"the keys of {found['slot']} in it do not have the fingerprint given")
    if expected and held - expected and not known:
        raise Refused(
            None, "evidence", "nothing confirms its second key: give the --fingerprint of that key, or --register"
        )


def check_expected_manifest(result: Result, given: str) -> None:
    """The SHA-256 of SHA256SUMS that the user has from elsewhere, if any."""
    digits = re.sub(r"\s", "", given).lower()
    demand(
        not given or (re.fullmatch(DIGEST, digits) and result.manifest),
        "--manifest is for an export: 64 hexadecimal digits",
    )
    if given and digits != result.manifest:
        raise Refused(None, "export", "SHA256SUMS does not have the SHA-256 given with --manifest")


def grouped(fingerprint: str) -> str:
    """A fingerprint in eight groups of eight digits."""
    return " ".join(fingerprint[at : at + 8] for at in range(0, 64, 8))


def on_date(section: dict[str, Any], day: str) -> dict[str, Any] | None:
    """The one segment that holds a date."""
    holds = (s for s in section["segments"] if s["from"] <= day and (not s["to"] or day < s["to"]))
    return next(holds, None)


def _sections(state: dict[str, Any], day: str) -> Iterator[str]:
    """What each section's state is at the date, or on all dates where none is asked for."""
    for section in state["sections"]:
        yield f"  {section['section']}"
        held = on_date(section, day) if day else None
        segments = section["segments"] if not day else [held] if held else []
        for one in segments:
            what = one["status"] + (": no line is in force" if one["status"] == "ended" else "")
            yield f"    {one['from']} to {one['to'] or 'no end':10}  {what} (act {one['index']}, change {one['change']})"
        if not segments:
            yield "    no line is in force"
        for one in section["pending"] + section["claims"]:
            what = f"pending: {one['status']}" if "status" in one else f"claimed by {one['by']}"
            yield f"    {what} (act {one['index']}, change {one['change']})"


def _report(result: Result, size: int, given: argparse.Namespace) -> Iterator[str]:
    """The lines for people."""
    yield f"accepted: {result.log.charter['name']}\nregister   {result.register}\nkeys after the last entry"
    for signer, held in sorted(result.log.keys.items()):
        yield f"  {signer:10}  {grouped(held[-1][1].fingerprint)}"
    if not set(PARTIES) <= {one[0] for one in given.fingerprint}:
        yield "  These keys were taken from the register itself: whoever made the register could have made the keys."
        yield "  Compare them with each party over another channel, or give them with --fingerprint."
    yield f"size       {result.size}\nroot       {result.root}"
    yield from (f"  {slot} cosigned up to size {upto}" for slot, upto in sorted(result.heads.items()))
    yield f"agreed     {result.agreed_size} (both parties have cosigned up to here; later entries have no effect yet)"
    yield from (f"EVIDENCE: {slot} signed two histories; see evidence/" for slot in sorted(set(result.evidence)))
    if result.manifest:
        yield f"manifest   {result.manifest}"
        yield "  SHA256SUMS lists these files and no others. Nobody has signed it: whoever alters a file can alter it too."
        yield "  index.html, formats/ and the verifier in the folder rest on it alone. Compare it with what the publisher"
        yield "  says elsewhere, or give that with --manifest."
    yield f"offers     {result.offers} (without effect; their signatures were not checked)"
    agreed = "agreed" if size <= result.agreed_size else "NOT YET AGREED by both parties"
    day = f", on {given.as_of}" if given.as_of else ""
    yield f"state known at size {size} ({agreed}), digest {result.state_digest(size)}{day}"
    yield from _sections(result.state(size), given.as_of)
    yield "Software declares nothing in law: this is what the signed acts say."


def check_small(given: argparse.Namespace) -> None:
    """A proof or evidence has neither a manifest nor a state."""
    demand(not given.manifest, "--manifest is for an export, and this is a proof or evidence")
    demand(not given.as_of and given.known_at is None, "--as-of and --known-at are for a register")


def _run(given: argparse.Namespace) -> tuple[dict[str, Any], list[str]]:
    """What was found, for machines and for people; raises Refused, OSError, or Wrong for wrong use."""
    check_open_date(given.as_of)
    if not given.path.is_dir():
        with given.path.open("rb") as stream:
            raw = stream.read(PROOF_BYTES + 1)
        if b'"format":"merestone-evidence"' in raw[:PROOF_BYTES] and raw[:1] == b"{":
            check_small(given)
            known = verify_path(given.register) if given.register else None
            found = verify_evidence(raw, known)
            check_accused(found, given.fingerprint, known)
            lines = [
                f"accepted: {found['slot']} signed two heads that cannot belong to one log, "
                f"of size {found['sizes'][0]} and of size {found['sizes'][1]}"
            ]
            lines += [f"  with the key {grouped(one)}" for one in found["fingerprints"]]
            lines.append("  It counts only if these keys belonged to that slot: compare them over another channel.")
            if not given.register:
                lines.append(
                    "  It proves nothing if the register declares them lost or stolen: give --register to check."
                )
            return {"evidence": found}, lines
        if raw[:1] == b"{":
            check_small(given)
            demand(given.register, "a proof needs --register with the bundle or export that has the keys")
            known = verify_path(given.register)
            check_fingerprints(known, given.fingerprint)
            found = verify_proof(raw, known)
            says = f"accepted: entry {found['index']} of {known.register} is in its log, under the head of size {found['size']}"
            return {"proof": found}, [says, f"  root {found['root']}, signed by {', '.join(found['signed_by'])}"]
    result = verify_path(given.path)
    check_fingerprints(result, given.fingerprint)
    check_expected_manifest(result, given.manifest)
    size = given.known_at if given.known_at is not None else result.agreed_size or result.size
    state, found = result.state(size), {"known_at": size, "state_digest": result.state_digest(size)}
    found |= {name: getattr(result, name) for name in ("register", "size", "root", "heads", "agreed_size", "offers")}
    if result.manifest:
        found |= {"manifest": result.manifest, "evidence": sorted(result.evidence)}
    if given.as_of:
        found["as_of"] = {section["section"]: on_date(section, given.as_of) for section in state["sections"]}
    return found | {"state": state}, list(_report(result, size, given))


def main(values: list[str] | None = None) -> int:
    """The exit status: 0 accepted, 5 refused, 2 wrong use, 1 a file cannot be read."""
    parser = argparse.ArgumentParser(prog="verify_register.py", description="Verify a Merestone register, offline.")
    parser.add_argument("path", type=Path, help="bundle, folder of an export, proof or evidence")
    parser.add_argument(
        "--fingerprint",
        action="append",
        default=[],
        metavar="SLOT=HEX",
        help="a fingerprint that you have from a party itself: a=..., a.root=..., b=...; may be repeated",
    )
    parser.add_argument("--as-of", default="", metavar="DATE", help="the state on this date (YYYY-MM-DD)")
    parser.add_argument("--known-at", type=int, metavar="SIZE", help="as the log knew it (default: agreed size)")
    parser.add_argument("--register", type=Path, help="for a proof or evidence: the bundle or export that has the keys")
    parser.add_argument("--manifest", default="", metavar="HEX", help="the SHA-256 of SHA256SUMS, from its publisher")
    parser.add_argument("--json", action="store_true", help="one JSON object")
    given = parser.parse_args(values)
    if hasattr(signal, "SIGPIPE"):
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)  # `| head` ends it in silence
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        found, lines = _run(given)
    except Refused as refused:
        answer = {"accepted": False, "index": refused.index, "rule": refused.rule, "why": refused.why}
        print(json.dumps(answer) if given.json else f"REFUSED: {refused}")
        return 5
    except (Wrong, OSError) as error:
        print(f"cannot be read: {error}" if isinstance(error, OSError) else error, file=sys.stderr)
        return 1 if isinstance(error, OSError) else 2
    answer = {"accepted": True} | found
    print(json.dumps(answer, ensure_ascii=False, sort_keys=True) if given.json else "\n".join(lines))
    return 0


if __name__ == "__main__":
    sys.exit(main())
