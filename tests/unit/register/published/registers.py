"""Registers made from the pages alone, good and broken, to try the published verifier on. Nothing of the package is used:
trees by the recursive definition, signatures by `cryptography`.
"""

import base64
import copy
import hashlib
import json
from collections.abc import Callable
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA65PrivateKey

Object = dict[str, Any]
Edit = Callable[[Object], object]
LINE, OTHER_LINE, WORDS, TREATY = b"line 1", b"line 2", b"from the mouth of the brook", b"treaty" * 1000


def canonical(value: Any) -> bytes:
    """RFC 8785 bytes of what the formats allow."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def b64(raw: bytes) -> str:
    """Base64."""
    return base64.b64encode(raw).decode()


def leaf(entry: bytes) -> bytes:
    """RFC 6962 leaf."""
    return hashlib.sha256(b"\0" + entry).digest()


def root(leaves: list[bytes]) -> bytes:
    """RFC 6962, 2.1, word for word."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    split = 1 << (len(leaves) - 1).bit_length() - 1
    return hashlib.sha256(b"\1" + root(leaves[:split]) + root(leaves[split:])).digest()


def path(index: int, leaves: list[bytes]) -> list[bytes]:
    """RFC 6962, 2.1.1, word for word."""
    if len(leaves) == 1:
        return []
    split = 1 << (len(leaves) - 1).bit_length() - 1
    if index < split:
        return [*path(index, leaves[:split]), root(leaves[split:])]
    return [*path(index - split, leaves[split:]), root(leaves[:split])]


class Pair:
    """A private key of both kinds, from a seed."""

    def __init__(self, seed: str) -> None:
        self.ed = Ed25519PrivateKey.from_private_bytes(hashlib.sha256(seed.encode()).digest())
        self.ml = MLDSA65PrivateKey.from_seed_bytes(hashlib.sha256(b"ml" + seed.encode()).digest())
        self.public = (self.ed.public_key().public_bytes_raw(), self.ml.public_key().public_bytes_raw())
        self.form = {"ed25519": b64(self.public[0]), "ml_dsa_65": b64(self.public[1])}

    def sign(self, message: bytes, context: str) -> tuple[bytes, bytes]:
        """Both signatures."""
        return self.ed.sign(message), self.ml.sign(message, context.encode())


def blob(raw: bytes, media_type: str = "text/plain;charset=utf-8") -> Object:
    """A reference to a blob."""
    one, two = hashlib.sha256(raw).hexdigest(), hashlib.sha3_256(raw).hexdigest()
    return {"length": len(raw), "media_type": media_type, "sha256": one, "sha3_256": two}


def text(line: bytes = LINE, **more: Any) -> Object:
    """The text of a change."""
    return {
        "descriptions": [{"blob": blob(WORDS), "language": "en"}, {"blob": blob(WORDS + b"!"), "language": "fr-CH"}],
        "instruments": [{"article": "1", "blob": [blob(TREATY)], "date": "1999-12-31", "title": "Treaty"}],
        "line": [blob(line)] if line else [],
        "prevails": "text",
        "sources": [{"blob": blob(b"map"), "title": "Map"}],
        "tolerance_um": 1000,
    } | more


def change(section: str, status: str, carries: tuple[int, int] | None = None, **more: Any) -> Object:
    """A change; references are (index, change)."""
    names = {"valid_from": "", "valid_to": "", "supersedes": [], "text": text()} | more
    names["supersedes"] = [{"index": i, "change": c} for i, c in names["supersedes"]]
    carried = [{"index": carries[0], "change": carries[1]}] if carries else []
    return {"section": section, "status": status, "carries": carried, **names}


class Maker:
    """A register in the making, with everybody's private keys."""

    def __init__(self, name: str = "One") -> None:
        self.keys = {s: Pair(name + s) for s in ("a", "b", "operator", "depositary", "a.root", "b.root")}
        self.entries: list[bytes] = []
        self.payloads: list[bytes] = []
        self.blobs = {LINE, OTHER_LINE, WORDS, WORDS + b"!", TREATY, b"map"}
        self.register = ""
        self.name = name
        self.key_sets = 0
        self.rekeyed: list[tuple[str, str]] = []
        self.count = 0

    def copy(self) -> "Maker":
        """A maker that goes on by itself."""
        other = copy.copy(self)
        other.keys, other.entries, other.blobs = dict(self.keys), list(self.entries), set(self.blobs)
        other.payloads, other.rekeyed = list(self.payloads), list(self.rekeyed)
        return other

    def nonce(self) -> str:
        """128 bits."""
        self.count += 1
        return hashlib.sha256(f"{self.name} {self.count}".encode()).hexdigest()[:32]

    def leaves(self, size: int | None = None) -> list[bytes]:
        """The leaves of the first entries."""
        return [leaf(one) for one in self.entries[:size]]

    def base(self, size: int | None = None) -> Object:
        """A reference to a state of the log."""
        leaves = self.leaves(size)
        return {"root": root(leaves).hex(), "size": len(leaves)}

    def seal(
        self,
        kind: str,
        payload: bytes,
        signers: dict[str, Pair],
        spoil: Edit = lambda _: None,
        as_of: str | None = None,
    ) -> bytes:
        """An envelope."""
        name = f"application/vnd.merestone.{kind}+json;v=1"
        message = b"DSSEv1 " + f"{len(name)} {name} {len(payload)} ".encode() + payload
        signatures = []
        for signer, pair in signers.items():
            context = f"merestone/1 entry {self.register if as_of is None else as_of} {signer}"
            for algorithm, sig in zip(("ed25519", "ml-dsa-65"), pair.sign(message, context), strict=True):
                signatures.append({"keyid": f"{signer}/{algorithm}", "sig": b64(sig)})
        outer = {
            "payload": b64(payload),
            "payloadType": name,
            "signatures": sorted(signatures, key=lambda s: s["keyid"]),
        }
        spoil(outer)
        return canonical(outer)

    def put(self, raw: bytes, payload: bytes) -> int:
        """The index of an entry now appended."""
        self.entries.append(raw)
        self.payloads.append(payload)
        return len(self.entries) - 1

    def found(self, edit: Edit = lambda _: None, spoil: Edit = lambda _: None, drop: str = "") -> "Maker":
        """The charter put."""
        roles = []
        for slot in sorted(s for s in self.keys if "." not in s):
            roots = [self.keys[slot + ".root"].form] if slot in "ab" else []
            roles.append(
                {
                    "identity": f"id-{slot}",
                    "key": self.keys[slot].form,
                    "root": roots,
                    "slot": slot,
                    "title": "Títle " + slot,
                }
            )
        body: Object = {
            "format": "merestone-charter",
            "version": 1,
            "name": self.name,
            "nonce": self.nonce(),
            "roles": roles,
            "succeeds": [],
        }
        edit(body)
        payload = canonical(body)
        self.register = hashlib.sha256(payload).hexdigest()
        signers = {s: p for s, p in self.keys.items() if s != drop}
        self.put(self.seal("charter", payload, signers, spoil), payload)
        self.key_sets = 1
        return self

    def head_of(self, kind: str) -> Object:
        """The members that all objects but the charter have."""
        common = {"format": f"merestone-{kind}", "version": 1, "register": self.register}
        return common | {"base": self.base(), "keys": self.key_sets, "nonce": self.nonce()}

    def act(
        self,
        kind: str,
        *changes: Object,
        by: str = "",
        edit: Edit = lambda _: None,
        spoil: Edit = lambda _: None,
        signers: tuple[str, ...] | dict[str, Pair] | None = None,
        as_of: str | None = None,
    ) -> int:
        """The index of an act now appended."""
        body = self.head_of("act") | {
            "kind": kind,
            "by": by,
            "title": "An act",
            "last_index": 10_000_000,
            "answer_by": "",
        }
        body |= {"changes": list(changes), "figures": [{"name": "km", "value": "1"}], "toolchain": []}
        edit(body)
        payload = canonical(body)
        names = signers or ((by,) if by else ("a", "b"))
        pairs = names if isinstance(names, dict) else {s: self.keys[s] for s in names}
        return self.put(self.seal("act", payload, pairs, spoil, as_of), payload)

    def counted(self, kinds: set[str], slot: str) -> int:
        """The charter, and how many changes of these kinds there are in a slot."""
        return 1 + sum(kind in kinds and where == slot for kind, where in self.rekeyed)

    def rekey(
        self,
        kind: str,
        slot: str,
        new: Pair | None = None,
        edit: Edit = lambda _: None,
        signers: tuple[str, ...] | None = None,
    ) -> int:
        """The index of a change of keys now appended."""
        new = new or Pair(f"{self.name} new {len(self.entries)}")
        body = self.head_of("keys") | {"change": kind, "slot": slot, "key": new.form, "reason": "Because"}
        body |= {"identity": "who-" + slot, "title": "Who"} if kind == "appoint" else {"identity": "", "title": ""}
        body["last_index"] = 10_000_000
        if kind in {"recover", "rotate-root"}:
            body["keys"] = self.counted({"recover", "rotate-root"}, slot)
        elif kind == "appoint":
            body["keys"] = self.counted({"appoint"}, slot)
        edit(body)
        payload = canonical(body)
        names = signers or {"rotate": (slot,), "appoint": ("a", "b")}.get(kind, (slot + ".root",))
        pairs = {s: self.keys.get(s, new) for s in names} | {"new": new}
        self.keys[slot + ".root" if kind == "rotate-root" else slot] = new
        self.key_sets += 1
        self.rekeyed.append((kind, slot))
        return self.put(self.seal("keys", payload, pairs), payload)

    def withdraw(self, payload: bytes, by: str, signers: tuple[str, ...] = (), edit: Edit = lambda _: None) -> int:
        """The index of a withdrawal now appended."""
        body = self.head_of("withdrawal") | {"act": hashlib.sha256(payload).hexdigest(), "by": by, "reason": "No"}
        body["keys"] = self.counted({"rotate", "recover"}, by)
        edit(body)
        return self.put(
            self.seal("withdrawal", canonical(body), {s: self.keys[s] for s in signers or (by,)}), canonical(body)
        )

    def head(
        self,
        *slots: str,
        size: int | None = None,
        seconds: int = 1_700_000_000,
        spoil: Callable[[bytes], bytes] = bytes,
    ) -> bytes:
        """A head, signed by slots."""
        size = len(self.entries) if size is None else size
        origin = f"merestone.register/{self.register}"
        body = f"{origin}\n{size}\n{b64(root(self.leaves(size)))}\n".encode()
        lines = b""
        for slot in sorted(slots):
            name, pair = f"{origin}/{slot}", self.keys[slot]
            message = b"cosignature/v1\ntime %d\n" % seconds + body
            labels = (b"\n\x04", b"\n\xffmerestone/1 ml-dsa-65")
            signatures = pair.sign(message, f"merestone/1 head {self.register} {slot}")
            for label, public, sig in zip(labels, pair.public, signatures, strict=True):
                hint = hashlib.sha256(name.encode() + label + public).digest()[:4]
                lines += f"— {name} {b64(hint + seconds.to_bytes(8, 'big') + sig)}\n".encode()
        return spoil(body + b"\n" + lines)

    def bundle(
        self, *heads: bytes, records: Callable[[list[tuple[str, str, bytes]]], object] = lambda _: None
    ) -> bytes:
        """A bundle of all there is."""
        rows = [("register", self.register, b"")]
        rows += sorted(("blob", hashlib.sha256(one).hexdigest(), one) for one in self.blobs)
        rows += [("entry", str(i), one) for i, one in enumerate(self.entries)]
        notes = sorted(heads or (self.head("a", "b", "operator"),), key=lambda n: (int(n.split(b"\n")[1]), n))
        rows += [("head", note.split(b"\n")[1].decode(), note) for note in notes]
        records(rows)
        return pack(rows)


def pack(rows: list[tuple[str, str, bytes]]) -> bytes:
    """The bytes of a bundle with these records and its end."""
    out = bytearray(b"merestone-bundle/1\n")
    for kind, name, raw in rows:
        out += f"{kind} {name} {len(raw)}\n".encode() + raw + b"\n"
    digest = hashlib.sha256(out).hexdigest().encode()
    return bytes(out) + f"end {len(rows)} 64\n".encode() + digest + b"\n"


def in_force(maker: Maker, section: str, start: str = "2000-01-01", line: bytes = LINE) -> int:
    """A section carried to in force in four acts: the index of the last."""
    last: int | None = None
    for status in ("initialled", "signed", "ratified", "in force"):
        dates = {"valid_from": start} if status == "in force" else {}
        carries = None if last is None else (last, 0)
        last = maker.act("step", change(section, status, carries, text=text(line), **dates))
    assert last is not None
    return last


def long_history() -> Maker:
    """A register with every kind of entry."""
    m = Maker().found()
    first = m.act("claim", change("east", "claimed", text=text(b"")), by="a")
    m.act("claim", change("east", "claimed", valid_from="1900-01-01"), by="b", signers=("b", "depositary"))
    m.act("claim", change("east", "claimed", supersedes=[(first, 0)]), by="a")
    east = in_force(m, "east")
    m.rekey("rotate", "a")
    signed = m.act("step", change("east", "signed", text=text(OTHER_LINE)), signers=("a", "b", "depositary"))
    amended = m.act(
        "step",
        change("east", "in force", (signed, 0), valid_from="2010-01-01", supersedes=[(east, 0)], text=text(OTHER_LINE)),
    )
    m.rekey("recover", "b")
    m.act(
        "correction",
        change("east", "in force", (amended, 0), valid_from="2010-01-01", supersedes=[(amended, 0)], text=text(b"map")),
    )
    corrected = len(m.entries) - 1
    m.rekey("rotate-root", "a")
    hold = change(
        "east",
        "suspended",
        (corrected, 0),
        valid_from="2015-01-01",
        valid_to="2016-01-01",
        supersedes=[(corrected, 0)],
        text=text(b"map"),
    )
    suspended = m.act("step", hold)
    m.rekey("appoint", "mediator")
    resume = change(
        "east",
        "in force",
        (suspended, 0),
        valid_from="2015-06-01",
        valid_to="2016-01-01",
        supersedes=[(suspended, 0)],
        text=text(b"map"),
    )
    m.act("step", resume, signers=("a", "b", "mediator", "depositary"))
    pair = [change(s, "signed") for s in ("north", "south")]
    both = m.act("exchange", *pair)
    m.act(
        "exchange",
        *(change(s, "in force", (both, i), valid_from="2001-01-01") for i, s in enumerate(("north", "south"))),
    )
    m.withdraw(b"an act that never came", "a")
    over = len(m.entries) - 2
    m.act("step", change("south", "ended", (over, 1), valid_from="2020-01-01", supersedes=[(over, 1)]))
    m.rekey("appoint", "operator")
    loose = m.act("step", change("west", "initialled"))
    m.act("correction", change("west", "initialled", (loose, 0), text=text(OTHER_LINE)))
    m.act(
        "step",
        change("west", "provisionally applied", (m.act("step", change("west", "signed")), 0), valid_from="2002-02-28"),
    )
    m.rekey("rotate", "mediator")
    return m
