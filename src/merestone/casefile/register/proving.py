"""Checking what others hand over: a bundle, an export, a proof, evidence, or one's own replica, from nothing."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

from merestone.casefile.progress import Progress
from merestone.casefile.register.desk import Desk
from merestone.casefile.register.key_files import read_start
from merestone.casefile.register.next_steps import excuses
from merestone.errors import UnreadableFileError, WrongRequestError
from merestone.register.bundle import Item, Record, read_bundle
from merestone.register.canonical import read, write
from merestone.register.declared import declared
from merestone.register.envelope import read_envelope
from merestone.register.evidence import read_evidence
from merestone.register.fields import DIGEST, Fields, decoded_base64, refuse
from merestone.register.head import Head, read_head
from merestone.register.keys import PARTIES, Holder, PublicKey, Slot
from merestone.register.ledger import MemoryLedger
from merestone.register.merkle import check_inclusion, inclusion_proof, leaf_hash
from merestone.register.objects import Charter, read_content
from merestone.register.refusal import RefusedError, Rule
from merestone.register.rules import NEW, accept, root_of
from merestone.register.signing import HybridScheme, Scheme
from merestone.register.state import state, state_digest

MOST_PROOF_BYTES = 1 << 20


@dataclass(frozen=True, slots=True)
class Verified:
    """A whole register, verified from nothing: who stands where, which sizes each slot has cosigned, and the state digest at
    the agreed size; `keys` are all signing keys that each slot has had, `stopped` those that were declared lost or stolen.

    Of an export besides: the SHA-256 of its manifest, the slots that evidence in it convicts, and the files that follow from no
    entry and are not those that this version of Merestone writes."""

    register: str
    name: str
    size: int
    root: str
    heads: Mapping[Slot, int]
    agreed_size: int
    state_digest: str
    state: Mapping[str, Any]
    holders: Mapping[Slot, Holder]
    founders: Mapping[Slot, Holder]
    keys: Mapping[Slot, frozenset[PublicKey]] = field(default_factory=dict)
    stopped: Mapping[Slot, frozenset[PublicKey]] = field(default_factory=dict)
    manifest_sha256: str = ""
    accused: tuple[str, ...] = ()
    of_others: tuple[str, ...] = ()

    @property
    def facts(self) -> dict[str, Any]:
        """All of it for programs."""
        export = {"manifest": self.manifest_sha256, "accused": list(self.accused), "of_others": list(self.of_others)}
        return {
            **(export if self.manifest_sha256 else {}),
            "register": self.register,
            "name": self.name,
            "size": self.size,
            "root": self.root,
            "heads": {slot.value: size for slot, size in sorted(self.heads.items())},
            "agreed_size": self.agreed_size,
            "state_digest": self.state_digest,
            "fingerprints": {
                slot.value: {
                    "identity": holder.identity,
                    "title": holder.title,
                    "key": holder.key.fingerprint,
                    "root": holder.root.fingerprint if holder.root else "",
                }
                for slot, holder in sorted(self.holders.items())
            },
        }


def verify_bundle(stream: BinaryIO, progress: Progress, scheme: Scheme | None = None) -> Verified:
    """Everything in a bundle that has a register from its beginning. Raises `RefusedError`."""
    checker = scheme or HybridScheme()
    ledger = MemoryLedger()
    holders: dict[int, dict[Slot, Holder]] = {0: {}}
    heads: list[Head] = []
    name = ""
    for item in read_bundle(stream):
        if item.kind is Record.REGISTER:
            name = item.name
        elif item.kind is Record.BLOB:
            ledger.hold_blob(item.data)
        elif item.kind is Record.ENTRY:
            if int(item.name) != ledger.size:
                raise RefusedError(
                    Rule.BUNDLE,
                    f"the bundle begins with entry {item.name}, and only a bundle that begins with entry 0 can be verified alone",
                )
            entry = accept(ledger, item.data, checker)
            ledger.add(entry)
            if entry.changes_keys:
                holders[ledger.size] = dict(ledger.holders)
            progress("verifying entries", ledger.size, ledger.size + 1)
        elif item.kind is Record.HEAD:
            heads.append(read_head(item.data))
        elif item.kind is Record.OFFER:
            _check_offer_form(item)
    if not ledger.size or ledger.register != name:
        raise RefusedError(Rule.BUNDLE, "the entries of the bundle are not those of the register that it names")
    signed = _checked_heads(ledger, holders, heads, checker)
    if signed.get(Slot.OPERATOR) != ledger.size:
        raise RefusedError(Rule.BUNDLE, f"the operator has not signed a head of size {ledger.size} in the bundle")
    agreed = min(signed.get(slot, 0) for slot in PARTIES)
    return _verified(ledger, signed, agreed)


def _check_offer_form(item: Item) -> None:
    """An offer has no effect, but it is an envelope of an object and has its payload's digest for a name."""
    envelope = read_envelope(item.data)
    read_content(envelope)
    if strange := envelope.signatures.keys() - {*Slot, *map(root_of, PARTIES), NEW}:
        raise RefusedError(Rule.FORM, f"{min(strange)} is not the name of a signer")
    if envelope.digest != item.name:
        raise RefusedError(Rule.BUNDLE, f"the offer {item.name[:8]}... has another digest than its name")


def _checked_heads(
    ledger: MemoryLedger, holders: Mapping[int, Mapping[Slot, Holder]], heads: Iterable[Head], scheme: Scheme
) -> dict[Slot, int]:
    """The largest size that each slot has signed, every signature checked with the key of that size."""
    signed: dict[Slot, int] = {}
    for head in heads:
        if head.register != ledger.register or head.size > ledger.size:
            raise RefusedError(
                Rule.HEAD,
                f"a head of size {head.size} belongs to another register, or to entries that are missing here",
            )
        if head.root != ledger.root(head.size):
            raise RefusedError(Rule.HEAD, f"a head of size {head.size} belongs to another history")
        known = holders[max(size for size in holders if size <= head.size)]
        if not head.cosignatures:
            raise RefusedError(Rule.HEAD, "nobody has signed a head")
        for slot in head.cosignatures:
            if slot not in known:
                raise RefusedError(Rule.HEAD, f"nobody holds the slot {slot}")
            head.check(slot, known[slot].key, scheme)
            signed[slot] = max(signed.get(slot, 0), head.size)
    return signed


def _verified(ledger: MemoryLedger, signed: Mapping[Slot, int], agreed: int) -> Verified:
    charter = ledger.accepted[0].content
    at_agreed = ledger if agreed == ledger.size else ledger.at(agreed)
    document = state(at_agreed) if agreed else {}
    return Verified(
        ledger.register,
        charter.name if isinstance(charter, Charter) else "",
        ledger.size,
        ledger.root(ledger.size).hex(),
        signed,
        agreed,
        state_digest(document) if document else "",
        document,
        dict(ledger.holders),
        dict(ledger.accepted[0].holders),
        _all_keys(ledger),
        {slot: frozenset(declared(ledger, slot)) for slot in Slot},
    )


def _all_keys(ledger: MemoryLedger) -> dict[Slot, frozenset[PublicKey]]:
    found: dict[Slot, frozenset[PublicKey]] = {}
    for slot, holder in (each for entry in ledger.accepted for each in entry.holders):
        found[slot] = found.get(slot, frozenset()) | {holder.key}
    return found


def verify_desk(desk: Desk) -> Verified:
    """A replica audited from nothing: every entry replayed, every derived table compared. Raises `RefusedError`."""
    from merestone.register.audit import audit

    if not desk.store.size:
        raise WrongRequestError("the register has no charter yet: there is nothing to verify")
    ledger = audit(desk.store, desk.scheme)
    signed = {slot: head.size for slot in Slot if (head := desk.store.head(slot)) is not None}
    return _verified(ledger, signed, desk.store.agreed_size)


def check_manifest_given(found: Verified, given: str) -> None:
    """Raises `RefusedError` where an export's manifest is another than the one whose SHA-256 came over another channel."""
    digits = "".join(given.split()).lower()
    if digits and not found.manifest_sha256:
        raise WrongRequestError("only an export has a manifest, and this is not an export")
    if digits and digits != found.manifest_sha256:
        raise RefusedError(Rule.EXPORT, "the manifest of this export does not have the digest that was given")


def check_fingerprints(found: Verified, expected: Mapping[str, str]) -> None:
    """Raises `RefusedError` where a fingerprint that came over another channel is neither that of the register's newest key
    nor that of the one in its charter."""
    for name, fingerprint in expected.items():
        slot, _, root = name.partition(".")
        known = root in {"", "root"}
        holders = [each[Slot(slot)] for each in (found.holders, found.founders) if known and slot in each]
        keys = [key for each in holders if (key := each.root if root else each.key) is not None]
        if not keys:
            raise WrongRequestError(f"nobody holds {name} in this register")
        if fingerprint.replace(" ", "").lower() not in {key.fingerprint for key in keys}:
            raise RefusedError(Rule.SIGNERS, f"the key of {name} has another fingerprint than the one expected")


# ---- proofs ------------------------------------------------------------------------------------------------------------


def prove(desk: Desk, index: int) -> bytes:
    """A proof that an entry is in the log: the entry, its path, and a head with every signature known."""
    store = desk.store
    heads = [head for head in store.heads() if head.size > index]
    if index >= store.size or not heads:
        raise WrongRequestError(f"no signed head covers entry {index}")
    head = max(heads, key=lambda each: (len(each.cosignatures), each.size))
    return write(
        {
            "format": "merestone-proof",
            "version": 1,
            "register": store.register,
            "index": index,
            "entry": b64encode(store.entry(index)).decode(),
            "head": head.note().decode(),
            "path": [each.hex() for each in inclusion_proof(index, head.size, store.subtree)],
        }
    )


@dataclass(frozen=True, slots=True)
class Proven:
    """An entry that is in a log, and who has signed the head that says so."""

    register: str
    index: int
    size: int
    signers: tuple[Slot, ...]
    entry: bytes


def check_proof(data: bytes, desk: Desk) -> Proven:
    """The entry that a proof proves, its head checked with the keys of a replica. Raises `RefusedError`."""
    names = ("format", "version", "register", "index", "entry", "head", "path")
    fields = Fields(read(data, MOST_PROOF_BYTES), "", *names)
    fields.constant("format", "merestone-proof")
    fields.constant("version", 1)
    head = read_head(fields.string("head").encode())
    entry = decoded_base64(fields.string("entry"), "/entry")
    index, path = fields.integer("index"), fields.items("path", 0, 64, _hash)
    if not head.register == fields.digest("register") == desk.store.register:
        raise RefusedError(Rule.PROOF, "the proof belongs to another register than this copy")
    if head.size > desk.store.size or head.root != desk.store.root(head.size):
        raise RefusedError(
            Rule.PROOF,
            f"its head of size {head.size} covers more entries than this copy has, or belongs to another history",
        )
    for slot in head.cosignatures:
        holder = desk.store.holder_at(slot, head.size)
        if holder is None:
            raise RefusedError(Rule.HEAD, f"nobody holds the slot {slot}")
        head.check(slot, holder.key, desk.scheme)
    if not head.cosignatures:
        raise RefusedError(Rule.PROOF, "nobody has signed the head")
    check_inclusion(index, head.size, leaf_hash(entry), path, head.root)
    return Proven(head.register, index, head.size, tuple(sorted(head.cosignatures)), entry)


def _hash(value: Any, where: str) -> bytes:
    if type(value) is not str or not DIGEST.fullmatch(value):
        refuse(where, "a digest is expected here")
    return bytes.fromhex(value)


def check_evidence(
    data: bytes, expected: Mapping[str, str], scheme: Scheme | None = None, *, keys_known: bool = False
) -> dict[str, Any]:
    """What evidence shows, its signatures checked; `expected` may have the fingerprint of the accused slot's key. Unless the keys
    are looked up in a register (`keys_known`, `check_convicts`), that must be the only key in it: whoever adds a head by a key of his
    own to an honest one would accuse the party otherwise."""
    evidence = read_evidence(data)
    evidence.check(scheme or HybridScheme())
    prints = [key.fingerprint for key in evidence.keys]
    if others := expected.keys() - {evidence.slot.value}:
        raise WrongRequestError(f"the evidence is against {evidence.slot}, and does not contain a key of {min(others)}")
    if any(each.replace(" ", "").lower() not in prints for each in expected.values()):
        raise RefusedError(Rule.EVIDENCE, "the keys in it have other fingerprints than the one expected")
    if expected and not keys_known and len(set(prints)) > 1:
        raise RefusedError(
            Rule.EVIDENCE,
            f"it contains two keys, and only one has the fingerprint expected. Only a copy of the register shows whether {evidence.slot} "
            "ever had the other key",
        )
    one, other = evidence.heads
    return {
        "register": one.register,
        "slot": evidence.slot.value,
        "fingerprints": prints,
        "sizes": [one.size, other.size],
        "roots": [one.root.hex(), other.root.hex()],
        "index": evidence.index if evidence.leaves else None,
    }


def check_convicts(data: bytes, desk: Desk) -> None:
    """Raises `RefusedError` where evidence is of another register than a replica's, or rests on a key that the slot never had there
    or that its log declares lost or stolen."""
    evidence = read_evidence(data)
    if evidence.heads[0].register != desk.store.register:
        raise RefusedError(Rule.EVIDENCE, "the evidence belongs to another register than this copy")
    if not set(evidence.keys) <= set(desk.store.keys_of(evidence.slot)):
        raise RefusedError(Rule.EVIDENCE, f"it contains a key that {evidence.slot} has never had in this register")
    for index in excuses(desk, evidence).values():
        raise RefusedError(
            Rule.EVIDENCE,
            f"entry {index} declares this key of {evidence.slot} lost or stolen: nobody can tell who signed, so the evidence proves nothing",
        )


def kind_of_file(path: Path) -> str:
    """What a file to be verified is: `bundle`, `proof` or `evidence`."""
    if not path.is_file():
        raise UnreadableFileError(path, "it is neither a file nor a folder")
    if read_start(path, 200).startswith(b"merestone-bundle/"):
        return "bundle"
    try:
        document = json.loads(read_start(path, MOST_PROOF_BYTES))
        return {"merestone-proof": "proof", "merestone-evidence": "evidence"}[document["format"]]
    except (ValueError, KeyError, TypeError, RecursionError):
        raise RefusedError(Rule.BUNDLE, f"{path}: this is not a bundle, proof or evidence of a register") from None
