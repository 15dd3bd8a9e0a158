"""The independent verifier of a Merestone register: one file, the standard library and `cryptography` (45 or later, with
ML-DSA-65), written from the pages in `formats/` and from nothing else.

    python verify_register.py PATH [--fingerprint a=HEX --fingerprint b=HEX] [--as-of DATE] [--known-at SIZE]
                                   [--register BUNDLE_OR_FOLDER] [--json]

PATH is a bundle that begins at index 0, the folder of an export, a proof file or a file of evidence. Exit status: 0 accepted,
5 refused, 2 wrong use, 1 a file cannot be read. Read it from the top: JSON, forms of objects (rule E1), keys, envelopes, tree,
heads, history of a section, the rules E2 to E14, then the carriers. It consults no clock and no network and writes no file.
Software declares nothing in law: it says what the signed acts say.
"""

import argparse
import base64
import binascii
import hashlib
import io
import json
import re
import signal
import struct
import sys
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from operator import itemgetter
from pathlib import Path
from typing import Any, BinaryIO, TypeAlias

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA65PublicKey

ENVELOPE_BYTES = NOTE_BYTES = 65_535
BLOB_BYTES = 67_108_864
PROOF_BYTES = 1_048_576  # of a proof or evidence file: no honest one comes near
PARTIES = ("a", "b")
SLOTS = ("a", "b", "depositary", "mediator", "operator")
SIGNERS = ("a", "a.root", "b", "b.root", "depositary", "mediator", "new", "operator")
FOREVER = 1 << 62
NO_END = "~"  # sorts after every date; written as the empty string
Reference: TypeAlias = tuple[int, int]  # index of the entry, number of the change
Form: TypeAlias = Callable[[Any], None]


class Refused(Exception):
    """A register that is not accepted: which entry (if one), which rule, and why."""

    def __init__(self, index: int | None, rule: str, why: str) -> None:
        place = "" if index is None else f"entry {index}, "
        super().__init__(f"{place}{rule}: {why}")
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


# ---- canonical JSON (objects.md) ---------------------------------------------------------------------------------

_WRITER = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def canonical(value: Any) -> bytes:
    """The RFC 8785 bytes of a value of strings, integers, arrays and objects with ASCII names."""
    return _WRITER.encode(value).encode("utf-8")


def read_json(raw: bytes, form: Form) -> Any:
    """The value of a canonical JSON text. Rewriting it must give the same bytes, which no text with a member twice, white
    space, a fraction, `-0` or a lone surrogate survives; `form` refuses every type and member that is not laid down, and so
    also every depth beyond 10.
    """
    try:
        value = json.loads(raw.decode("utf-8"))
        same = canonical(value) == raw
    except (ValueError, RecursionError) as error:
        raise Wrong(f"not JSON in UTF-8 as laid down ({type(error).__name__})") from None
    demand(same, "JSON that is not canonical: order, white space, escapes, numbers or a member twice")
    form(value)
    return value


def decode64(string: str) -> bytes:
    """The bytes of base64 in its one canonical form."""
    try:
        raw = base64.b64decode(string, validate=True)
    except (ValueError, binascii.Error):
        raise Wrong("not base64") from None
    demand(base64.b64encode(raw).decode() == string, "base64 that is not in its one canonical form")
    return raw


def sha256(raw: bytes) -> bytes:
    """The 32 bytes of SHA-256."""
    return hashlib.sha256(raw).digest()


# ---- forms: each is a function that accepts a value or raises Wrong (objects.md) ---------------------------------


def record(**fields: Form) -> Form:
    """The form of an object with exactly these members."""
    why = f"not an object with exactly the members {', '.join(sorted(fields))}"

    def check(value: Any) -> None:
        demand(isinstance(value, dict) and value.keys() == fields.keys(), why)
        for name, form in fields.items():
            try:
                form(value[name])
            except Wrong as wrong:
                raise Wrong(f"{name}: {wrong}") from None

    return check


def listing(form: Form, least: int, most: int) -> Form:
    """The form of an array of `least` to `most` values of one form."""

    def check(value: Any) -> None:
        demand(isinstance(value, list) and least <= len(value) <= most, f"not an array of {least} to {most} values")
        for item in value:
            form(item)

    return check


def word(*choices: str) -> Form:
    """The form of a string that is one of the choices."""
    why = f"not one of {', '.join(map(repr, choices))}"
    return lambda value: demand(isinstance(value, str) and value in choices, why)


def pattern(expression: str, what: str) -> Form:
    """The form of a string that matches the expression as a whole."""
    matches, why = re.compile(expression).fullmatch, f"not {what}"
    return lambda value: demand(isinstance(value, str) and matches(value), why)


def check_integer(value: Any, most: int = 2**53 - 1) -> None:
    """An integer from 0 to `most`; a truth value is none."""
    demand(type(value) is int and 0 <= value <= most, f"not an integer from 0 to {most}")


def check_string(value: Any) -> None:
    """A string; what it may hold is said elsewhere."""
    demand(isinstance(value, str), "not a string")


_FORBIDDEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ue000-\uf8ff"
    "\ufe00-\ufe0f\ufeff\ufff9-\ufffb\ufffe\uffff\U000e0000-\U0010ffff]"
)


def check_text(value: Any) -> None:
    """A text: at most 1,000 code points, none of them invisible, directional, private or a control."""
    demand(isinstance(value, str) and len(value) <= 1_000, "not a string of at most 1,000 characters")
    found = _FORBIDDEN.search(value)
    if found:
        raise Wrong(f"holds the forbidden character U+{ord(found.group()):04X}")


def check_open_date(value: Any) -> None:
    """A date of the Gregorian calendar, YYYY-MM-DD, that exists; or the empty string."""
    if value == "":
        return
    demand(isinstance(value, str) and re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", value), "not a date YYYY-MM-DD")
    try:
        date(int(value[:4]), int(value[5:7]), int(value[8:]))
    except ValueError:
        raise Wrong(f"{value} does not exist") from None


def increasing(values: list[Any], what: str) -> None:
    """Nothing, or Wrong where the values are not sorted or one stands twice."""
    demand(all(x < y for x, y in pairwise(values)), f"{what} not sorted, or one stands twice")


DIGEST = pattern("[0-9a-f]{64}", "64 hexadecimal digits in lower case")
NONCE = pattern("[0-9a-f]{32}", "32 hexadecimal digits in lower case")
NAME = pattern("[A-Za-z0-9][A-Za-z0-9._-]{0,63}", "a name")
ONE: Form = lambda value: demand(type(value) is int and value == 1, "not 1")  # noqa: E731
LANGUAGE = pattern("[a-z]{2,3}(-[A-Za-z0-9]{1,8})*", "a tag of a language")
MEDIA_TYPE = pattern("[a-z0-9.+-]{1,40}/[a-z0-9.+-]{1,80}(;charset=utf-8)?", "a media type")
KEY = record(ed25519=DIGEST, ml_dsa_65=pattern("[0-9a-f]{3904}", "3,904 hexadecimal digits in lower case"))
BASE = record(root=DIGEST, size=check_integer)
REFERENCE = record(change=check_integer, index=check_integer)
BLOB = record(length=lambda v: check_integer(v, BLOB_BYTES), media_type=MEDIA_TYPE, sha256=DIGEST, sha3_256=DIGEST)
PAIR = record(name=check_text, value=check_text)
TEXT = record(
    descriptions=listing(record(blob=BLOB, language=LANGUAGE), 1, 16),
    instruments=listing(
        record(article=check_text, blob=listing(BLOB, 0, 1), date=check_open_date, title=check_text), 0, 32
    ),
    line=listing(BLOB, 0, 1),
    prevails=word("text", "coordinates", "neither"),
    sources=listing(record(blob=BLOB, title=check_text), 0, 32),
    tolerance_um=check_integer,
)
# What a change may carry on (rules.md, E13); the first five each at most once.
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
CHANGE = record(
    section=NAME,
    status=word("claimed", *MAY_CARRY),
    valid_from=check_open_date,
    valid_to=check_open_date,
    carries=listing(REFERENCE, 0, 1),
    supersedes=listing(REFERENCE, 0, 64),
    text=TEXT,
)
_HEAD = {"version": ONE, "register": DIGEST, "base": BASE, "keys": check_integer, "nonce": NONCE}
_CHARTER = record(
    format=word("merestone-charter"),
    version=ONE,
    name=check_text,
    nonce=NONCE,
    roles=listing(
        record(identity=NAME, key=KEY, root=listing(KEY, 0, 1), slot=word(*SLOTS), title=check_text), 3, len(SLOTS)
    ),
    succeeds=listing(record(register=DIGEST, root=DIGEST, size=check_integer), 0, 1),
)
_ACT = record(
    **_HEAD,
    format=word("merestone-act"),
    kind=word("claim", "step", "correction", "exchange"),
    by=word("a", "b", ""),
    title=check_text,
    last_index=check_integer,
    answer_by=check_open_date,
    changes=listing(CHANGE, 1, 16),
    figures=listing(PAIR, 0, 32),
    toolchain=listing(PAIR, 0, 64),
)
_KEYS = record(
    **_HEAD,
    format=word("merestone-keys"),
    change=word("rotate", "recover", "rotate-root", "appoint"),
    slot=word(*SLOTS),
    key=KEY,
    reason=check_text,
)
_WITHDRAWAL = record(**_HEAD, format=word("merestone-withdrawal"), act=DIGEST, by=word(*PARTIES), reason=check_text)


def check_charter(value: Any) -> None:
    """A charter: its roles in order, party a before party b, root keys for the parties only, no half of a key twice."""
    _CHARTER(value)
    roles = {role["slot"]: role for role in value["roles"]}
    increasing([role["slot"] for role in value["roles"]], "roles are")
    demand({"a", "b", "operator"} <= roles.keys(), "roles lack a, b or operator")
    demand(roles["a"]["identity"] < roles["b"]["identity"], "the identity of a does not come before that of b")
    keys = []
    for slot, role in roles.items():
        demand(len(role["root"]) == (slot in PARTIES), f"{slot}: a and b have one root key, the others none")
        keys += [role["key"], *role["root"]]
    for key in keys:
        check_key(key)
    for half in ("ed25519", "ml_dsa_65"):
        demand(len({key[half] for key in keys}) == len(keys), f"two keys share their {half} half")


def check_act(value: Any) -> None:
    """An act: `by` only in a claim; changes, superseded changes and languages sorted, none twice."""
    _ACT(value)
    demand((value["by"] != "") == (value["kind"] == "claim"), "by is for a claim, and empty in the other kinds")
    increasing([change["section"] for change in value["changes"]], "sections are")
    for change in value["changes"]:
        increasing(references(change["supersedes"]), "superseded changes are")
        increasing([one["language"] for one in change["text"]["descriptions"]], "languages are")


def references(values: list[dict[str, int]]) -> list[Reference]:
    """The (index, change) pairs of references."""
    return [(one["index"], one["change"]) for one in values]


_TYPE = "application/vnd.merestone.%s+json;v=1"
PAYLOADS = {
    _TYPE % "charter": check_charter,
    _TYPE % "act": check_act,
    _TYPE % "keys": _KEYS,
    _TYPE % "withdrawal": _WITHDRAWAL,
}
ENVELOPE = record(
    payload=check_string,
    payloadType=word(*PAYLOADS),
    signatures=listing(record(keyid=check_string, sig=check_string), 0, 16),
)

# ---- keys (objects.md) -------------------------------------------------------------------------------------------

_P = 2**255 - 19
_SMALL_ORDER = {0, 1, _P - 1} | {
    int.from_bytes(bytes.fromhex(y), "little")
    for y in (
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
    )
}


def check_key(form: dict[str, str]) -> None:
    """A key whose Ed25519 half is canonical and not of small order (with which a holder could deny what it signed)."""
    y = int.from_bytes(bytes.fromhex(form["ed25519"]), "little") & (2**255 - 1)
    demand(y < _P, "the Ed25519 half is not canonical")
    demand(y not in _SMALL_ORDER, "the Ed25519 half is of small order")


class Key:
    """A pair of public keys; a signature by it is one by each half, and both must verify."""

    def __init__(self, form: dict[str, str]) -> None:
        self.fingerprint = sha256(canonical(form)).hex()
        self.halves = (bytes.fromhex(form["ed25519"]), bytes.fromhex(form["ml_dsa_65"]))
        try:
            self._ed25519 = Ed25519PublicKey.from_public_bytes(self.halves[0])
            self._ml_dsa_65 = MLDSA65PublicKey.from_public_bytes(self.halves[1])
        except ValueError:
            raise Wrong("a half of a key is no public key") from None

    def verify(self, message: bytes, context: str, signatures: tuple[bytes, bytes]) -> None:
        """Nothing, or Wrong naming the half that does not verify. Only ML-DSA signs the context besides."""
        half = "Ed25519"
        point = int.from_bytes(signatures[0][:32], "little") & (2**255 - 1)
        demand(point not in _SMALL_ORDER, "the point R of the Ed25519 signature is of small order")
        try:
            self._ed25519.verify(signatures[0], message)
            half = "ML-DSA-65"
            self._ml_dsa_65.verify(signatures[1], message, context.encode())
        except (InvalidSignature, ValueError):
            raise Wrong(f"the {half} signature does not verify") from None


# ---- envelopes (objects.md) --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Envelope:
    """An envelope that has been read: type, payload, its object, and both signatures of each signer."""

    kind: str
    payload: bytes
    digest: str
    body: Any
    signatures: dict[str, tuple[bytes, bytes]]

    def signed(self) -> bytes:
        """What is signed: the pre-authentication encoding of DSSE."""
        kind = self.kind.encode()
        return b"DSSEv1 %d %b %d %b" % (len(kind), kind, len(self.payload), self.payload)


def read_envelope(raw: bytes) -> Envelope:
    """The envelope in these bytes (E1)."""
    demand(len(raw) <= ENVELOPE_BYTES, "an envelope of more than 65,535 bytes")
    outer = read_json(raw, ENVELOPE)
    increasing([one["keyid"].encode() for one in outer["signatures"]], "signatures are")
    found: dict[str, dict[str, bytes]] = {}
    for one in outer["signatures"]:
        signer, _, algorithm = one["keyid"].partition("/")
        demand(signer in SIGNERS and algorithm in {"ed25519", "ml-dsa-65"}, f"unknown keyid {one['keyid']!r:.90}")
        found.setdefault(signer, {})[algorithm] = decode64(one["sig"])
    for signer, halves in found.items():
        demand(len(halves) == 2, f"{signer}: one half of the signature is missing")
    pairs = {signer: (halves["ed25519"], halves["ml-dsa-65"]) for signer, halves in found.items()}
    kind, payload = outer["payloadType"], decode64(outer["payload"])
    return Envelope(kind, payload, sha256(payload).hex(), read_json(payload, PAYLOADS[kind]), pairs)


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


@dataclass(frozen=True, slots=True)
class Cosignature:
    """Both lines of one slot under a head: key hashes, time, signatures."""

    hashes: tuple[bytes, bytes]
    seconds: int
    signatures: tuple[bytes, bytes]


@dataclass(frozen=True, slots=True)
class Note:
    """A head that has been read but not verified."""

    register: str
    size: int
    root: bytes
    body: bytes
    slots: dict[str, Cosignature]

    def verify(self, slot: str, key: Key) -> None:
        """Nothing, or Wrong if the lines of the slot are not by this key."""
        one, name = self.slots[slot], f"merestone.register/{self.register}/{slot}\n".encode()
        labels = (b"\x04", b"\xffmerestone/1 ml-dsa-65")
        hashes = tuple(sha256(name + label + half)[:4] for label, half in zip(labels, key.halves, strict=True))
        demand(hashes == one.hashes, f"{slot}: a key hash that is not of its key")
        message = b"cosignature/v1\ntime %d\n" % one.seconds + self.body
        try:
            key.verify(message, f"merestone/1 head {self.register} {slot}", one.signatures)
        except Wrong as wrong:
            raise Wrong(f"{slot}: {wrong}") from None


_NOTE = re.compile("(merestone\\.register/([0-9a-f]{64})\n([1-9][0-9]{0,15})\n([A-Za-z0-9+/]{43}=)\n)\n((?:[^\n]+\n)+)")
_LINE = re.compile("\u2014 merestone\\.register/([0-9a-f]{64})/([a-z]+) ([A-Za-z0-9+/=]+)")


def read_note(raw: bytes) -> Note:
    """The head in these bytes; at least one slot must have signed it."""
    demand(len(raw) <= NOTE_BYTES, "a head of more than 65,535 bytes")
    try:
        found = _NOTE.fullmatch(raw.decode("utf-8"))
    except ValueError:
        raise Wrong("a head that is not UTF-8") from None
    if not found:
        raise Wrong("a head that is not three lines, an empty one, and signature lines")
    body, register, size, root, rest = found.groups()
    lines = rest[:-1].split("\n")
    demand(len(lines) <= 16, "more than 16 signature lines")
    demand(len(lines) % 2 == 0, "a slot signs with two lines")
    slots = [_read_cosignature(register, *lines[at : at + 2]) for at in range(0, len(lines), 2)]
    increasing([slot for slot, _ in slots], "slots of the signature lines are")
    return Note(register, int(size), decode64(root), body.encode(), dict(slots))


def _read_cosignature(register: str, first: str, second: str) -> tuple[str, Cosignature]:
    """The slot and the cosignature of two lines, Ed25519 first."""
    one, two = _LINE.fullmatch(first), _LINE.fullmatch(second)
    if not one or not two:
        raise Wrong("a signature line that is not as laid down")
    demand(one.group(1) == two.group(1) == register, "a signature line of another register")
    slot = one.group(2)
    demand(slot == two.group(2) and slot in SLOTS, "signature lines that do not stand in pairs of a slot")
    blobs = decode64(one.group(3)), decode64(two.group(3))
    demand((len(blobs[0]), len(blobs[1])) == (12 + 64, 12 + 3309), f"{slot}: signature lines of a wrong length")
    demand(blobs[0][4:12] == blobs[1][4:12], f"{slot}: its two lines have different times")
    seconds = int.from_bytes(blobs[0][4:12], "big")
    demand(seconds < 2**63, f"{slot}: a time beyond 2^63")
    return slot, Cosignature((blobs[0][:4], blobs[1][:4]), seconds, (blobs[0][12:], blobs[1][12:]))


# ---- history of a section (rules.md, E14 and state) --------------------------------------------------------------


@dataclass(slots=True)
class Lived:
    """Something that entered the state with entry `born` and left it with entry `died`."""

    kind: str
    data: dict[str, Any]
    born: int
    died: int = FOREVER


@dataclass(slots=True)
class Segment:
    """The dates [start, end) on which one change of the track holds."""

    start: str
    end: str
    change: Reference
    status: str
    lived: Lived


@dataclass(slots=True)
class Section:
    """What the log says of one section: what stands now, and (`ever`) all that ever stood, for the state at any size."""

    born: int
    track: list[Segment] = field(default_factory=list)
    pending: dict[Reference, Lived] = field(default_factory=dict)
    claims: dict[str, Lived] = field(default_factory=dict)
    ever: list[Lived] = field(default_factory=list)
    changed: int = -1  # the last entry that changed it, claims apart

    def enter(self, kind: str, born: int, change: Reference, **more: str) -> Lived:
        """A change that now stands in the state as a thing of some kind."""
        self.ever.append(Lived(kind, {**more, "index": change[0], "change": change[1]}, born))
        return self.ever[-1]

    def span(self, start: str, end: str) -> tuple[int, int]:
        """The range of places in the track whose segments overlap [start, end)."""
        first = bisect_right(self.track, start, key=lambda s: s.start)
        if first and self.track[first - 1].end > start:
            first -= 1
        return first, bisect_left(self.track, end, lo=first, key=lambda s: s.start)

    def overlay(self, start: str, end: str, change: Reference, status: str) -> None:
        """The change put on the track in [start, end); what stood there is shortened, split or removed."""
        entry, (first, last) = change[0], self.span(start, end)
        taken = self.track[first:last]
        pieces = [(start, end, change, status)]
        if taken and taken[0].start < start:
            pieces.insert(0, (taken[0].start, start, taken[0].change, taken[0].status))
        if taken and taken[-1].end > end:
            pieces.append((end, taken[-1].end, taken[-1].change, taken[-1].status))
        for old in taken:
            old.lived.died = entry
        self.track[first:last] = [self._segment(entry, *piece) for piece in pieces]

    def _segment(self, born: int, start: str, end: str, change: Reference, status: str) -> Segment:
        dates = {"from": start, "to": "" if end == NO_END else end, "status": status}
        return Segment(start, end, change, status, self.enter("segments", born, change, **dates))

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
    """What later changes need to know of one that stands: digests of its text whole, and of what a step must not alter."""

    section: str
    status: str
    text: bytes
    kept: bytes
    corrected: bool = False
    carried_to: frozenset[str] = frozenset()


def change_of(form: dict[str, Any]) -> Change:
    """The record of a change."""
    text = form["text"]
    kept = {name: text[name] for name in ("line", "descriptions", "prevails", "tolerance_um")}
    return Change(form["section"], form["status"], sha256(canonical(text)), sha256(canonical(kept)))


class Log:
    """The accepted entries so far, and all that the rules must know of them."""

    def __init__(self) -> None:
        self.tree = Tree()
        self.identity = ""
        self.charter: dict[str, Any] = {}
        self.blobs: dict[str, tuple[int, str]] = {}  # SHA-256: length and SHA3-256
        self.keys: dict[str, list[tuple[int, Key]]] = {}  # signer: (holds from this size on, key)
        self.key_sets = 0
        self.halves: set[bytes] = set()
        self.payloads: set[str] = set()
        self.withdrawn: set[str] = set()
        self.changes: dict[Reference, Change] = {}
        self.sections: dict[str, Section] = {}

    @property
    def size(self) -> int:
        """The number of accepted entries."""
        return len(self.tree)

    def key(self, signer: str, size: int) -> Key | None:
        """The key of a slot (or of `a.root`, `b.root`) after the first `size` entries."""
        held = self.keys.get(signer, [])
        place = bisect_right(held, size, key=lambda pair: pair[0])
        return held[place - 1][1] if place else None

    def accept(self, raw: bytes) -> None:
        """The entry taken in at the next index, or Refused with the first rule that it breaks."""
        index = self.size
        with rule("E1", index):
            envelope = read_envelope(raw)
        with rule("E2", index):
            charter = envelope.body["format"] == "merestone-charter"
            demand(charter == (index == 0), "entry 0 must be a charter, and no other entry may be")
        if charter:
            self._found(envelope)
        else:
            self._follow(envelope, index)
        self.payloads.add(envelope.digest)
        self.tree.append(leaf_hash(raw))

    def _found(self, envelope: Envelope) -> None:
        """The charter: every key of it proves that its holder has it."""
        self.charter, self.identity = envelope.body, envelope.digest
        keys: dict[str, Key] = {}
        with rule("E7", 0):
            for role in self.charter["roles"]:
                keys[role["slot"]] = Key(role["key"])
                if role["root"]:
                    keys[role["slot"] + ".root"] = Key(role["root"][0])
            self._check_signatures(envelope, keys)
        for signer, key in keys.items():
            self._hold(signer, key, 1)
        self.key_sets = 1

    def _hold(self, signer: str, key: Key, size: int) -> None:
        self.keys.setdefault(signer, []).append((size, key))
        self.halves.update(key.halves)

    def _check_signatures(self, envelope: Envelope, keys: dict[str, Key]) -> None:
        """E7, second half: every signer's two signatures, with the key that the register (not the envelope) gives."""
        message = envelope.signed()
        for signer, signatures in envelope.signatures.items():
            demand(signer in keys, f"{signer} may not sign this, or has no key")
            try:
                keys[signer].verify(message, f"merestone/1 entry {self.identity} {signer}", signatures)
            except Wrong as wrong:
                raise Wrong(f"{signer}: {wrong}") from None
        missing = sorted(keys.keys() - envelope.signatures)
        demand(not missing, f"lacks a signature of {', '.join(missing)}")

    def _follow(self, envelope: Envelope, index: int) -> None:
        """Any entry but the charter."""
        body, kind = envelope.body, envelope.body["format"]
        with rule("E3", index):
            demand(body["register"] == self.identity, "made for another register")
        with rule("E4", index):
            demand(envelope.digest not in self.payloads, "the same payload is an entry already")
        with rule("E5", index):
            base = body["base"]
            demand(1 <= base["size"] <= index, "the size of the base is not between 1 and the index")
            demand(self.tree.root(base["size"]).hex() == base["root"], "the base is not a state of this log")
        with rule("E6", index):
            demand(body["keys"] == self.key_sets, f"made for {body['keys']} key sets, and there are {self.key_sets}")
        if kind == "merestone-keys":
            self._change_keys(envelope, index)
        elif kind == "merestone-withdrawal":
            self._withdraw(envelope, index)
        else:
            self._act(envelope, index)

    def _signers(self, names: tuple[str, ...], index: int) -> dict[str, Key]:
        """The keys of these signers before entry `index`."""
        keys = {name: self.key(name, index) for name in names}
        demand(all(keys.values()), "a signer that is asked for has no key")
        return {name: key for name, key in keys.items() if key}

    def _change_keys(self, envelope: Envelope, index: int) -> None:
        """E8 stands before E7 here, because the new key signs and must be fit to."""
        body = envelope.body
        change, slot = body["change"], body["slot"]
        with rule("E8", index):
            check_key(body["key"])
            key = Key(body["key"])
            demand(not self.halves & set(key.halves), "a half of the new key was in this register before")
            demand(change == "rotate" or (slot in PARTIES) == (change != "appoint"), f"{change} is not for {slot}")
            demand(change == "appoint" or slot in self.keys, f"{slot} has no holder")
        with rule("E7", index):
            asked = {"rotate": (slot,), "appoint": PARTIES}.get(change, (slot + ".root",))
            self._check_signatures(envelope, {**self._signers(asked, index), "new": key})
        self._hold(slot + ".root" if change == "rotate-root" else slot, key, index + 1)
        self.key_sets += 1

    def _withdraw(self, envelope: Envelope, index: int) -> None:
        act = envelope.body["act"]
        with rule("E7", index):
            self._check_signatures(envelope, self._signers((envelope.body["by"],), index))
        with rule("E10", index):
            demand(act not in self.payloads, "withdraws what is an entry already")
            demand(act not in self.withdrawn, "withdraws what is withdrawn already")
        self.withdrawn.add(act)

    def _act(self, envelope: Envelope, index: int) -> None:
        body = envelope.body
        with rule("E7", index):
            asked = (body["by"],) if body["kind"] == "claim" else PARTIES
            more = tuple(slot for slot in ("depositary", "mediator") if slot in envelope.signatures)
            self._check_signatures(envelope, self._signers(asked + more, index))
        with rule("E9", index):
            demand(index <= body["last_index"], f"might be an entry up to index {body['last_index']} only")
        with rule("E10", index):
            demand(envelope.digest not in self.withdrawn, "was withdrawn")
        with rule("E11", index):
            self._check_undisturbed(body)
        with rule("E12", index):
            for change in body["changes"]:
                self._check_blobs(change["text"])
        with rule("E13", index):
            self._check_kind(body)
        with rule("E14", index):
            for change in body["changes"]:
                self._check_force(change, body["kind"])
        for number, change in enumerate(body["changes"]):
            self._take_effect(body, change, (index, number))

    def _check_undisturbed(self, body: dict[str, Any]) -> None:
        """E11: nothing happened to the sections since the base that the signers saw."""
        for change in body["changes"]:
            section = self.sections.get(change["section"])
            if section:
                claim = body["kind"] == "claim"
                standing = section.claims.get(body["by"])
                last = section.changed if not claim else standing.born if standing else -1
                demand(last < body["base"]["size"], f"entry {last} changed {change['section']} after the base")

    def _check_blobs(self, text: dict[str, Any]) -> None:
        """E12."""
        named = [one["blob"] for one in text["descriptions"] + text["sources"]] + text["line"]
        for blob in named + [one for instrument in text["instruments"] for one in instrument["blob"]]:
            have = self.blobs.get(blob["sha256"])
            demand(have, f"blob {blob['sha256']} is not there")
            demand(have == (blob["length"], blob["sha3_256"]), f"blob {blob['sha256']} has another length or SHA3-256")

    # -- E13: kinds of act

    def _check_kind(self, body: dict[str, Any]) -> None:
        kind, changes = body["kind"], body["changes"]
        for change in changes:
            demand((change["status"] == "claimed") == (kind == "claim"), "`claimed` is for claims, and for no others")
            line_needed = change["status"] in {"in force", "provisionally applied"}
            demand(change["text"]["line"] or not line_needed, f"`{change['status']}` without a line")
            if kind == "claim":
                self._check_claim(body["by"], change)
            elif kind == "correction":
                self._check_correction(change)
            else:
                self._check_step(change)
        if kind == "exchange":
            demand(len(changes) > 1, "an exchange has at least two changes")
            same = {(change["status"], change["valid_from"]) for change in changes}
            demand(len(same) == 1, "an exchange has one status and one valid_from")

    def _check_claim(self, by: str, change: dict[str, Any]) -> None:
        demand(not change["carries"], "a claim carries nothing")
        section = self.sections.get(change["section"])
        standing = section.claims.get(by) if section else None
        asked = [(standing.data["index"], standing.data["change"])] if standing else []
        demand(
            references(change["supersedes"]) == asked, f"a claim must supersede the one of {by} that stands: {asked}"
        )
        start, end = change["valid_from"], change["valid_to"]
        demand(not start or not end or start < end, "valid_from is not before valid_to")

    def _carried(self, change: dict[str, Any]) -> Change | None:
        """The change that this one carries, which must stand, be of the same section and uncorrected."""
        if not change["carries"]:
            return None
        carried = self.changes.get(references(change["carries"])[0])
        if carried is None or carried.section != change["section"]:
            raise Wrong("what is carried is not an earlier change of the section")
        demand(not carried.corrected, "what is carried was corrected")
        return carried

    def _check_step(self, change: dict[str, Any]) -> None:
        status, carried = change["status"], self._carried(change)
        if carried is None:
            demand(status in {"initialled", "signed"}, f"`{status}` must carry a change on")
            return
        demand(carried.status in MAY_CARRY[status], f"`{status}` may not carry `{carried.status}`")
        repeatable = status in {"suspended", "ended"}
        demand(repeatable or status not in carried.carried_to, f"was carried to `{status}` before")
        demand(change_of(change).kept == carried.kept, "a step may not alter line, descriptions, prevails or tolerance")

    def _check_correction(self, change: dict[str, Any]) -> None:
        carried = self._carried(change)
        if carried is None:
            raise Wrong("a correction carries the change that it corrects")
        demand(carried.status == change["status"], "a correction has the status of what it corrects")
        demand(change_of(change).text != carried.text, "a correction that corrects nothing")

    # -- E14: what is in force when

    def _check_force(self, change: dict[str, Any], kind: str) -> None:
        status, start, end = change["status"], change["valid_from"], change["valid_to"]
        named, carried = references(change["supersedes"]), references(change["carries"])
        if kind == "claim":
            return
        if status not in TRACK:
            demand(not start and not end and not named, f"`{status}` has no dates and supersedes nothing")
            return
        demand(start, f"`{status}` must have valid_from")
        demand(not end or start < end, "valid_from is not before valid_to")
        section = self.sections[change["section"]]
        first, last = section.span(start, end or NO_END)
        taken = sorted({segment.change for segment in section.track[first:last]})
        demand(named == taken, f"supersedes {named}, but takes dates from {taken}")
        displaces = status in {"suspended", "ended"}
        demand(not displaces or carried[0] in named, f"`{status}` must supersede what it carries")
        demand(kind != "correction" or named == carried, "a correction supersedes exactly what it corrects")

    def _take_effect(self, body: dict[str, Any], form: dict[str, Any], change: Reference) -> None:
        """An accepted change enters the state."""
        index, status = change[0], form["status"]
        section = self.sections.setdefault(form["section"], Section(index))
        self.changes[change] = change_of(form)
        if body["kind"] == "claim":
            if body["by"] in section.claims:
                section.claims[body["by"]].died = index
            section.claims[body["by"]] = section.enter("claims", index, change, by=body["by"])
            return
        section.changed = index
        for reference in references(form["carries"]):
            carried = self.changes[reference]
            carried.corrected = body["kind"] == "correction"
            carried.carried_to |= {status}
            if reference in section.pending:
                section.pending.pop(reference).died = index
        if status in PENDING:
            section.pending[change] = section.enter("pending", index, change, status=status)
        if status in TRACK:
            section.overlay(form["valid_from"], form["valid_to"] or NO_END, change, status)

    def state(self, size: int) -> dict[str, Any]:
        """The state as known at a size."""
        keys = []
        for slot in sorted(slot for slot in self.keys if slot in SLOTS):
            key, root = self.key(slot, size), self.key(slot + ".root", size)
            if key:
                keys.append({"slot": slot, "key": key.fingerprint, "root": root.fingerprint if root else ""})
        known = [(name, section) for name, section in sorted(self.sections.items()) if section.born < size]
        sections = [section.state(name, size) for name, section in known]
        return {"register": self.identity, "size": size, "keys": keys, "sections": sections}

    def check_note(self, note: Note) -> None:
        """A head of this log: its root, and each of its signatures with the slot's key after that many entries."""
        demand(note.register == self.identity, "a head of another register")
        demand(note.size <= self.size, f"a head of size {note.size}, beyond the {self.size} entries")
        demand(note.root == self.tree.root(note.size), f"the head of size {note.size} has not the root of the entries")
        for slot in note.slots:
            key = self.key(slot, note.size)
            if key is None:
                raise Wrong(f"signed by {slot}, which has no holder")
            note.verify(slot, key)


# ---- bundle (carriers.md) ----------------------------------------------------------------------------------------


class Result:
    """A register that was accepted."""

    def __init__(self, log: Log) -> None:
        self.log = log
        self.notes: dict[int, set[str]] = {}  # size: slots that signed a head of it
        self.offers = 0

    @property
    def register(self) -> str:
        """The register's identity."""
        return self.log.identity

    @property
    def size(self) -> int:
        """The number of entries."""
        return self.log.size

    @property
    def root(self) -> str:
        """The root of all entries, hexadecimal."""
        return self.log.tree.root(self.size).hex()

    @property
    def heads(self) -> dict[str, int]:
        """For each slot that signed a head, the greatest size of one."""
        return {slot: size for size in sorted(self.notes) for slot in sorted(self.notes[size])}

    @property
    def agreed_size(self) -> int:
        """The size up to which both parties have cosigned."""
        return min(self.heads.get(party, 0) for party in PARTIES)

    def state(self, size: int) -> dict[str, Any]:
        """The state as known at a size from 1 on."""
        if not 1 <= size <= self.size:
            raise ValueError(f"size must be from 1 to {self.size}")
        return self.log.state(size)

    def state_digest(self, size: int) -> str:
        """The SHA-256 of the canonical state, hexadecimal."""
        return sha256(canonical(self.state(size))).hex()


_RECORD = re.compile(rb"(register|blob|entry|head|offer|end) ([0-9a-f]{1,64}) (0|[1-9][0-9]{0,15})\n")
_KINDS = ("register", "blob", "entry", "head", "offer", "end")
_MOST = {
    "register": 0,
    "blob": BLOB_BYTES,
    "entry": ENVELOPE_BYTES,
    "head": NOTE_BYTES,
    "offer": ENVELOPE_BYTES,
    "end": 64,
}


class Records:
    """The records of a bundle, read once from front to back, blobs in pieces; all that was read goes into the digest."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream, self._digest, self._count = stream, hashlib.sha256(), 0
        self._take(stream.readline(32), b"merestone-bundle/1\n", "the first line is not merestone-bundle/1")

    def _take(self, got: bytes, expected: bytes, why: str) -> None:
        demand(got == expected, why)
        self._digest.update(got)

    def header(self) -> tuple[str, str, int]:
        """Kind, name and length of the next record; at `end` the digest so far is compared."""
        before = self._digest.hexdigest().encode()
        line = self._stream.readline(128)
        found = _RECORD.fullmatch(line)
        if not found:
            raise Wrong(f"record {self._count} has no proper header line (cut off?): {line[:40]!r}")
        kind, name, length = found.group(1).decode(), found.group(2).decode(), int(found.group(3))
        demand(length <= _MOST[kind], f"record {self._count}: a {kind} of {length} bytes is too long")
        self._digest.update(line)
        if kind == "end":
            demand(name == str(self._count) and length == 64, "the end says another number of records")
            self._take(self.bytes(64), before, "the digest at the end is not that of the bytes before it")
            demand(not self._stream.read(1), "something stands after the end")
        self._count += 1
        return kind, name, length

    def pieces(self, length: int) -> Iterator[bytes]:
        """The bytes of the record in pieces, and the line feed after them."""
        while length:
            piece = self._stream.read(min(length, 1 << 20))
            demand(piece, "the bundle is cut off")
            self._digest.update(piece)
            length -= len(piece)
            yield piece
        self._take(self._stream.read(1), b"\n", "a record does not end with a line feed")

    def bytes(self, length: int) -> bytes:
        """The bytes of the record at once."""
        return b"".join(self.pieces(length))


class BundleReader:
    """The order of a bundle's records, and each of them taken in."""

    def __init__(self, stream: BinaryIO) -> None:
        with rule("bundle"):
            self.records = Records(stream)
        self.result = Result(Log())
        self.named = ""  # the identity in the first record
        self.last: tuple[int, Any] = (-1, None)  # rank of the kind, and the record's place within it

    def read(self) -> Result:
        """The register in the bundle, or Refused."""
        while True:
            with rule("bundle"):
                kind, name, length = self.records.header()
                demand((kind == "register") == (self.last[0] < 0), "`register` is the first record, exactly once")
                if kind == "end":
                    break
                self._in_order(kind, name if kind != "head" else -1)
            take = {
                "register": self._register,
                "blob": self._blob,
                "entry": self._entry,
                "head": self._head,
                "offer": self._offer,
            }
            take[kind](name, length)
        log = self.result.log
        with rule("bundle"):
            demand(log.size, "a bundle without entries from index 0 on is no whole register")
            last = self.result.notes.get(log.size, set())
            demand("operator" in last, f"no head of the {log.size} entries that the operator signed")
        return self.result

    def _in_order(self, kind: str, place: Any) -> None:
        """Kinds in their order, and within a kind each record after the one before."""
        rank = _KINDS.index(kind)
        demand(rank >= self.last[0], f"a record `{kind}` stands too late")
        if rank == self.last[0] and kind in {"blob", "offer"}:
            demand(place > self.last[1], f"records `{kind}` are not sorted by name, or one stands twice")
        if rank != self.last[0] or kind != "head":
            self.last = (rank, place)

    def _register(self, name: str, length: int) -> None:
        with rule("bundle"):
            DIGEST(name)
            self.records.bytes(length)
            self.named = name

    def _blob(self, name: str, length: int) -> None:
        with rule("bundle"):
            one, two = hashlib.sha256(), hashlib.sha3_256()
            for piece in self.records.pieces(length):
                one.update(piece)
                two.update(piece)
            demand(one.hexdigest() == name, f"blob {name} has another SHA-256")
            self.result.log.blobs[name] = (length, two.hexdigest())

    def _entry(self, name: str, length: int) -> None:
        log = self.result.log
        with rule("bundle"):
            demand(
                name == str(log.size), f"entry {name} stands where entry {log.size} must (a whole register begins at 0)"
            )
            raw = self.records.bytes(length)
        log.accept(raw)
        with rule("bundle"):
            demand(log.identity == self.named, "the identity in the first record is not that of the charter")

    def _head(self, name: str, length: int) -> None:
        with rule("bundle"):
            raw = self.records.bytes(length)
        with rule("head"):
            note = read_note(raw)
            self.result.log.check_note(note)
        with rule("bundle"):
            demand(name == str(note.size), "a head under the name of another size")
            place = (note.size, raw)
            demand(
                self.last[1] == -1 or place > self.last[1],
                "heads are not sorted by size and bytes, or one stands twice",
            )
            self.last = (self.last[0], place)
        self.result.notes.setdefault(note.size, set()).update(note.slots)

    def _offer(self, name: str, length: int) -> None:
        """An offer has no effect; it must only be an envelope with a payload of this name."""
        with rule("bundle"):
            demand(
                read_envelope(self.records.bytes(length)).digest == name, "an offer under the name of another payload"
            )
        self.result.offers += 1


def verify_bundle(stream: BinaryIO) -> Result:
    """The register in a bundle that begins at index 0, every rule checked; or Refused."""
    return BundleReader(stream).read()


# ---- export (carriers.md; C2SP tlog-tiles) -----------------------------------------------------------------------


def read_file(path: Path, most: int) -> bytes:
    """The bytes of a regular file of at most `most` bytes."""
    demand(path.is_file(), f"{path.name} is missing or no file")
    with path.open("rb") as stream:
        raw = stream.read(most + 1)
    demand(len(raw) <= most, f"{path.name} is too long")
    return raw


def tile_name(level: str, number: int, width: int) -> str:
    """The path of a tile below `tile/`: the number in groups of three digits, all but the last with an x."""
    groups = [f"{number % 1000:03d}"]
    while number := number // 1000:
        groups.insert(0, f"x{number % 1000:03d}")
    return f"{level}/{'/'.join(groups)}" + ("" if width == 256 else f".p/{width}")


_TILE = re.compile("(entries|0|[1-9][0-9]?)/((?:x[0-9]{3}/)*[0-9]{3})(?:\\.p/([1-9][0-9]{0,2}))?")


def _check_tile(log: Log, name: str, raw: bytes) -> None:
    """One tile, whole or partial, of this log or of a smaller size of it."""
    found = _TILE.fullmatch(name)
    if not found:
        raise Wrong(f"tile/{name} is not the path of a tile")
    level, number, width = found.group(1), int(re.sub("[x/]", "", found.group(2))), int(found.group(3) or 256)
    demand(tile_name(level, number, width) == name and width <= 256, f"tile/{name} is not the path of a tile")
    start, height = number * 256, 0 if level == "entries" else 8 * int(level)
    hashes = log.tree.levels[height] if height < len(log.tree.levels) else bytearray()
    expected = hashes[32 * start : 32 * (start + width)]
    demand(len(expected) == 32 * width, f"tile/{name} lies beyond the log")
    demand((_hashes_of_entries(raw) if level == "entries" else raw) == expected, f"tile/{name} is not of this log")


def _hashes_of_entries(raw: bytes) -> bytes:
    """The leaves of the entries in a tile of entries."""
    leaves, place = [], 0
    while place < len(raw):
        demand(place + 2 <= len(raw), "a tile of entries is cut off")
        (length,) = struct.unpack_from(">H", raw, place)
        demand(place + 2 + length <= len(raw), "a tile of entries is cut off")
        leaves.append(leaf_hash(raw[place + 2 : place + 2 + length]))
        place += 2 + length
    return b"".join(leaves)


def files_below(folder: Path) -> dict[str, Path]:
    """The files below a folder by their relative path."""
    return {one.relative_to(folder).as_posix(): one for one in sorted(folder.rglob("*")) if not one.is_dir()}


def verify_export(folder: Path) -> Result:
    """The register in the folder of an export: its bundle, and that tiles, blobs, heads and checkpoint say the same."""
    with rule("export"):
        demand((folder / "register.bundle").is_file(), "register.bundle is missing")
    with (folder / "register.bundle").open("rb") as stream:
        result = verify_bundle(stream)
    with rule("export"):
        _check_tiles(result.log, files_below(folder / "tile"))
        _check_blob_files(result.log, files_below(folder / "blob"))
        _check_heads(result, folder)
    return result


def _check_tiles(log: Log, files: dict[str, Path]) -> None:
    needed = {tile_name("entries", number, width) for number, width in _widths(log.size)}
    for level in range(8):
        needed |= {tile_name(str(level), number, width) for number, width in _widths(log.size >> 8 * level)}
    missing = sorted(needed - files.keys())
    demand(not missing, f"tile/{missing[:1]} is missing")
    for name, path in files.items():
        _check_tile(log, name, read_file(path, 256 * (2 + ENVELOPE_BYTES)))


def _widths(count: int) -> Iterator[tuple[int, int]]:
    """Number and width of each tile that `count` hashes fill."""
    yield from ((number, 256) for number in range(count >> 8))
    if count & 255:
        yield count >> 8, count & 255


def _check_blob_files(log: Log, files: dict[str, Path]) -> None:
    demand(
        files.keys() == {f"{name[:2]}/{name}" for name in log.blobs}, "blob/ and the bundle do not hold the same blobs"
    )
    for name, path in files.items():
        demand(sha256(read_file(path, BLOB_BYTES)).hex() == name[3:], f"blob/{name} has another SHA-256")


def _check_heads(result: Result, folder: Path) -> None:
    files = files_below(folder / "heads")
    demand(files.keys() == set(map(str, result.notes)), "heads/ and the bundle do not hold heads of the same sizes")
    for name, path in files.items():
        note = read_note(read_file(path, NOTE_BYTES))
        demand(str(note.size) == name, f"heads/{name} is a head of another size")
        result.log.check_note(note)
        demand(note.slots.keys() == result.notes[note.size], f"heads/{name} and the bundle differ in who signed")
    newest = read_file(folder / "heads" / str(result.size), NOTE_BYTES)
    demand(read_file(folder / "checkpoint", NOTE_BYTES) == newest, "checkpoint is not the newest head")


# ---- proof and evidence (carriers.md, log.md) --------------------------------------------------------------------

_PATH = listing(DIGEST, 0, 63)
PROOF = record(
    format=word("merestone-proof"),
    version=ONE,
    register=DIGEST,
    index=check_integer,
    entry=check_string,
    head=check_string,
    path=_PATH,
)
EVIDENCE = record(
    format=word("merestone-evidence"),
    version=ONE,
    register=DIGEST,
    slot=word(*SLOTS),
    kind=word("one size", "one index"),
    heads=listing(check_string, 2, 2),
    key=KEY,
    index=check_integer,
    leaves=listing(DIGEST, 0, 2),
    paths=listing(_PATH, 0, 2),
)


def verify_proof(raw: bytes, known: Result) -> dict[str, Any]:
    """What a proof shows: that an entry stands in the log under a head, with the keys of a register that was verified."""
    with rule("proof"):
        proof = read_json(raw, PROOF)
        entry, note, index = decode64(proof["entry"]), read_note(proof["head"].encode()), proof["index"]
        demand(proof["register"] == known.register, "a proof of another register")
        leaf = leaf_hash(entry)
        root = root_of_path(leaf, index, note.size, [bytes.fromhex(one) for one in proof["path"]])
        demand(root == note.root, "the path does not lead to the root of the head")
        known.log.check_note(note)
        demand(leaf == known.log.tree.node(0, index), "the register has another entry at this index")
    return {"index": index, "size": note.size, "root": root.hex(), "signed_by": sorted(note.slots)}


def verify_evidence(raw: bytes) -> dict[str, Any]:
    """What evidence shows: that the holder of one key signed two heads that no log can both have."""
    with rule("evidence"):
        evidence = read_json(raw, EVIDENCE)
        slot, key, index = evidence["slot"], Key(evidence["key"]), evidence["index"]
        check_key(evidence["key"])
        first, second = (read_note(head.encode()) for head in evidence["heads"])
        for note in (first, second):
            demand(note.register == evidence["register"], "a head of another register")
            demand(slot in note.slots, f"a head that {slot} did not sign")
            note.verify(slot, key)
        leaves, paths = evidence["leaves"], evidence["paths"]
        if evidence["kind"] == "one size":
            demand(first.size == second.size and first.root != second.root, "not two roots of one size")
            demand(index == 0 and not leaves and not paths, "`one size` has index 0, no leaves and no paths")
        else:
            demand(
                len(leaves) == len(paths) == 2 and leaves[0] != leaves[1], "not two different leaves with their paths"
            )
            for note, leaf, path in zip((first, second), leaves, paths, strict=True):
                steps = [bytes.fromhex(one) for one in path]
                demand(
                    root_of_path(bytes.fromhex(leaf), index, note.size, steps) == note.root,
                    "a path that does not lead to its root",
                )
    sizes = [first.size, second.size]
    return {"slot": slot, "fingerprint": key.fingerprint, "kind": evidence["kind"], "sizes": sizes, "index": index}


# ---- command line ------------------------------------------------------------------------------------------------


def check_fingerprints(result: Result, given: dict[str, str]) -> None:
    """The fingerprints that the user has from elsewhere: each is of the slot's key in the charter or of the newest one."""
    for signer, fingerprint in given.items():
        held = result.log.keys.get(signer, [])
        known = {held[0][1].fingerprint, held[-1][1].fingerprint} if held else set()
        if fingerprint not in known:
            raise Refused(None, "fingerprint", f"the key of {signer} in this register is another than the one given")


def grouped(fingerprint: str) -> str:
    """A fingerprint in eight groups of eight digits."""
    return " ".join(fingerprint[at : at + 8] for at in range(0, 64, 8))


def on_date(section: dict[str, Any], day: str) -> dict[str, Any] | None:
    """The one segment that holds a date."""
    holds = (s for s in section["segments"] if s["from"] <= day and (not s["to"] or day < s["to"]))
    return next(holds, None)


def _table(state: dict[str, Any], day: str) -> Iterator[str]:
    """What each section's state is at the date, or on all dates where none is asked for."""
    for section in state["sections"]:
        yield f"  {section['section']}"
        held = on_date(section, day) if day else None
        segments = section["segments"] if not day else [held] if held else []
        for one in segments:
            no_line = "; no line is in force" if one["status"] == "ended" else ""
            yield f"    {one['from']} to {one['to'] or 'no end':10}  {one['status']} (act {one['index']}, change {one['change']}{no_line})"
        if not segments:
            yield f"    no line is in force{' on ' + day if day else ''}"
        for one in section["pending"]:
            yield f"    pending: {one['status']} (act {one['index']}, change {one['change']})"
        for one in section["claims"]:
            yield f"    claimed by {one['by']} (act {one['index']}, change {one['change']})"


def _report(result: Result, size: int, given: dict[str, str], day: str) -> Iterator[str]:
    """The lines for people."""
    log = result.log
    yield f"accepted: {log.charter['name']}\nregister   {result.register}"
    for role in log.charter["roles"]:
        yield f"  {role['slot']}: {role['title']} ({role['identity']})"
    yield "keys after the last entry"
    for signer, held in sorted(log.keys.items()):
        yield f"  {signer:10}  {grouped(held[-1][1].fingerprint)}"
    if not set(PARTIES) <= given.keys():
        yield "  These keys were taken from the register itself: whoever made it could have made them."
        yield "  Compare them with each party over another channel, or give them with --fingerprint."
    yield f"size       {result.size}\nroot       {result.root}"
    yield from (f"  {slot} cosigned up to size {upto}" for slot, upto in sorted(result.heads.items()))
    yield f"agreed     {result.agreed_size} (both parties have cosigned up to here)"
    if result.agreed_size < result.size:
        yield f"  the {result.size - result.agreed_size} entries after that have no effect in this register yet"
    if result.offers:
        yield f"offers     {result.offers} (without effect; their signatures were not checked)"
    agreed = "agreed" if size <= result.agreed_size else "NOT YET AGREED by both parties"
    yield f"state known at size {size} ({agreed}), digest {result.state_digest(size)}" + (f", on {day}" if day else "")
    yield from _table(result.state(size), day)
    yield "Software declares nothing in law: this is what the signed acts say."


def _summary(result: Result, size: int, day: str) -> dict[str, Any]:
    """The same for machines."""
    state = result.state(size)
    summary = {
        "accepted": True,
        "register": result.register,
        "size": result.size,
        "root": result.root,
        "heads": result.heads,
        "agreed_size": result.agreed_size,
        "known_at": size,
        "state_digest": result.state_digest(size),
        "state": state,
    }
    if day:
        summary["as_of"] = {section["section"]: on_date(section, day) for section in state["sections"]}
    return summary


def verify_path(path: Path) -> Result:
    """The register in a bundle or in the folder of an export."""
    if path.is_dir():
        return verify_export(path)
    with path.open("rb") as stream:
        return verify_bundle(stream)


def _arguments(values: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="verify_register.py", description="Verify a Merestone register, offline.")
    parser.add_argument("path", type=Path, help="bundle, folder of an export, proof or evidence")
    parser.add_argument("--fingerprint", action="append", default=[], type=_fingerprint, metavar="SLOT=HEX")
    parser.add_argument("--as-of", default="", type=_day, metavar="DATE", help="the state on this date (YYYY-MM-DD)")
    parser.add_argument("--known-at", type=int, metavar="SIZE", help="as the log knew it (default: agreed size)")
    parser.add_argument("--register", type=Path, help="for a proof: the bundle or export that has the keys")
    parser.add_argument("--json", action="store_true", help="one JSON object")
    given = parser.parse_args(values)
    given.fingerprint = dict(given.fingerprint)
    return given


def _fingerprint(text: str) -> tuple[str, str]:
    slot, _, digits = text.partition("=")
    digits = re.sub(r"\s", "", digits).lower()
    if slot not in SIGNERS or slot == "new" or not re.fullmatch("[0-9a-f]{64}", digits):
        raise argparse.ArgumentTypeError("SLOT=64 hexadecimal digits, as in a=0123...")
    return slot, digits


def _day(text: str) -> str:
    try:
        check_open_date(text)
    except Wrong as wrong:
        raise argparse.ArgumentTypeError(str(wrong)) from None
    return text


class Misused(Exception):
    """The program was called in a way that makes no sense."""


def _run(given: argparse.Namespace) -> tuple[dict[str, Any], list[str]]:
    """What was found, for machines and for people; raises Refused, Misused or OSError."""
    path: Path = given.path
    if not path.is_dir():
        with path.open("rb") as stream:
            raw = stream.read(PROOF_BYTES + 1) if stream.read(1) == b"{" else b""
        if raw:
            return _run_small(b"{" + raw, given)
    result = verify_path(path)
    check_fingerprints(result, given.fingerprint)
    size = result.agreed_size or result.size if given.known_at is None else given.known_at
    if not 1 <= size <= result.size:
        raise Misused(f"--known-at must be from 1 to {result.size}")
    return _summary(result, size, given.as_of), list(_report(result, size, given.fingerprint, given.as_of))


def _run_small(raw: bytes, given: argparse.Namespace) -> tuple[dict[str, Any], list[str]]:
    """A proof or a piece of evidence."""
    if len(raw) > PROOF_BYTES:
        raise Refused(None, "proof", "a file too long to be a proof or evidence")
    if b'"format":"merestone-evidence"' in raw:
        found = verify_evidence(raw)
        says = "accepted: the holder of one key, as slot {slot}, signed two heads that no log can both have"
        lines = [
            says.format(**found),
            f"  key {grouped(found['fingerprint'])}",
            f"  {found['kind']}, sizes {found['sizes']}",
        ]
        lines.append(f"  It weighs against {found['slot']} if the key is its key: compare it over another channel.")
        return {"accepted": True, "evidence": found}, lines
    if given.register is None:
        raise Misused("a proof needs --register with the bundle or export that has the keys")
    known = verify_path(given.register)
    check_fingerprints(known, given.fingerprint)
    found = verify_proof(raw, known)
    signed = ", ".join(found["signed_by"])
    lines = [f"accepted: entry {found['index']} of {known.register} stands in its log of {found['size']} entries"]
    return {"accepted": True, "proof": found}, [*lines, f"  root {found['root']}, signed by {signed}"]


def main(values: list[str] | None = None) -> int:
    """The exit status: 0 accepted, 5 refused, 2 wrong use, 1 a file cannot be read."""
    given = _arguments(values)
    if hasattr(signal, "SIGPIPE"):
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)  # `| head` ends it in silence
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        summary, lines = _run(given)
    except Refused as refused:
        answer = {"accepted": False, "index": refused.index, "rule": refused.rule, "why": refused.why}
        print(json.dumps(answer) if given.json else f"REFUSED: {refused}")
        return 5
    except Misused as misused:
        print(misused, file=sys.stderr)
        return 2
    except OSError as error:
        print(f"cannot be read: {error}", file=sys.stderr)
        return 1
    print(json.dumps(summary, ensure_ascii=False, sort_keys=True) if given.json else "\n".join(lines))
    return 0


if __name__ == "__main__":
    sys.exit(main())
