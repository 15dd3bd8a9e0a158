"""How a register begins: keys are made, enrolments exchanged and compared, a charter drawn up for everybody to sign."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from merestone.casefile.files import write_new
from merestone.casefile.register.desk import Desk, Offer, drawn_up
from merestone.casefile.register.key_files import PRIVATE, KeyFile, named, read_small, sealed
from merestone.errors import UnwritableFileError, WrongRequestError
from merestone.register.canonical import read, write
from merestone.register.envelope import MOST_BYTES, Envelope, pae, read_envelope
from merestone.register.fields import Fields
from merestone.register.keys import NEEDED, PARTIES, Holder, PublicKey, Slot, grouped, read_key, read_slot
from merestone.register.objects import Base, Charter, Role
from merestone.register.refusal import RefusedError, Rule
from merestone.register.signing import HybridScheme, PrivateKey, Signer, WrongSignatureError

ENROLMENT_TYPE = "application/vnd.merestone.enrolment+json;v=1"


@dataclass(frozen=True, slots=True)
class Enrolled:
    """A slot's public keys as they were handed over, each shown to be in its holder's hands."""

    slot: Slot
    holder: Holder


@dataclass(frozen=True, slots=True)
class NewKeys:
    """The files of a new enrolment, and what is in it."""

    enrolled: Enrolled
    key: Path
    root: Path | None
    enrolment: Path


def enrol(slot: Slot, identity: str, title: str, stem: Path, passphrase: str) -> NewKeys:
    """New keys for a slot, sealed in `STEM.key` and, for a party, `STEM.root.key`; and `STEM.enrolment` to hand over."""
    key, root = PrivateKey.generate(), PrivateKey.generate() if slot in PARTIES else None
    paths = [named(stem, end) for end in (".key", ".root.key", ".enrolment")]
    for path in paths:
        if path.exists():
            raise UnwritableFileError(
                path, "this file already exists, and a key is never overwritten: choose another name"
            )
    envelope = enrolment(slot, Holder(identity, title, key.public, root.public if root else None), key, root)
    enrolled = read_enrolment(envelope)
    files = {paths[0]: sealed(key, slot, identity, title, passphrase, is_root=False)}
    if root is not None:
        files[paths[1]] = sealed(root, slot, identity, title, passphrase, is_root=True)
    write_new({**files, paths[2]: envelope}, PRIVATE)
    paths[2].chmod(0o644)
    return NewKeys(enrolled, paths[0], paths[1] if root else None, paths[2])


def enrolment(slot: Slot, holder: Holder, key: Signer, root: Signer | None) -> bytes:
    """An enrolment's bytes, signed with every key in it."""
    payload = write(
        {
            "format": "merestone-enrolment",
            "version": 1,
            "identity": holder.identity,
            "key": holder.key.document(),
            "nonce": secrets.token_hex(16),
            "root": [holder.root.document()] if holder.root else [],
            "slot": slot.value,
            "title": holder.title,
        }
    )
    message = pae(ENROLMENT_TYPE, payload)
    signers = {"key": key, **({"root": root} if root else {})}
    signatures = {name: signer.sign(message, _context(name)) for name, signer in signers.items()}
    return Envelope(ENROLMENT_TYPE, payload, signatures).document()


def read_enrolment(data: bytes) -> Enrolled:
    """Who enrols, once every key has signed. Raises `RefusedError`."""
    envelope = read_envelope(data)
    if envelope.payload_type != ENROLMENT_TYPE:
        raise RefusedError(Rule.ENROLMENT, "it is a file of another kind")
    names = ("format", "version", "identity", "key", "nonce", "root", "slot", "title")
    fields = Fields(read(envelope.payload, MOST_BYTES), "", *names)
    fields.constant("format", "merestone-enrolment")
    fields.constant("version", 1)
    fields.nonce("nonce")
    slot, key = read_slot(fields), fields.one("key", read_key)
    roots = fields.items("root", *((1, 1) if slot in PARTIES else (0, 0)), read_key)
    keys = {"key": key, **({"root": roots[0]} if roots else {})}
    if set(envelope.signatures) != set(keys):
        raise RefusedError(Rule.ENROLMENT, "each of its keys must sign it, and no other key may")
    for name, public in keys.items():
        _check(envelope, name, public)
    return Enrolled(slot, Holder(fields.name("identity"), fields.text("title"), key, roots[0] if roots else None))


def enrolment_in(path: Path) -> Enrolled:
    """Who enrols in a file. Raises `UnreadableFileError`, and `RefusedError` with the file's name."""
    try:
        return read_enrolment(read_small(path, MOST_BYTES))
    except RefusedError as refusal:
        raise RefusedError(
            Rule.ENROLMENT, f"{path}: this file cannot be used as an enrolment: {refusal.why}"
        ) from refusal


def _check(envelope: Envelope, name: str, key: PublicKey) -> None:
    message = pae(envelope.payload_type, envelope.payload)
    try:
        HybridScheme().check(key, message, _context(name), envelope.signatures[name])
    except WrongSignatureError:
        raise RefusedError(
            Rule.ENROLMENT,
            f"its signature with the {_KEYS[name]} is wrong, so its holder has not proved to have that key",
        ) from None


_KEYS = {"key": "signing key", "root": "root key"}


def _context(name: str) -> bytes:
    return f"merestone/1 enrolment {name}".encode()


def begin(folder: Path, name: str, enrolments: tuple[Path, ...], succeeds: tuple[str, Base] | None = None) -> Offer:
    """A desk in a new folder, with the charter as its first offer."""
    enrolled = [enrolment_in(path) for path in enrolments]
    slots = [each.slot for each in enrolled]
    if len(set(slots)) != len(slots):
        raise WrongRequestError("two enrolments are for the same slot: give one enrolment for each slot")
    if missing := [slot.value for slot in NEEDED if slot not in slots]:
        raise WrongRequestError(
            f"an enrolment for the slot {missing[0]} is missing (a, b and operator are needed; depositary and mediator may be added)"
        )
    roles = tuple(Role(each.slot, each.holder) for each in sorted(enrolled, key=lambda each: each.slot))
    charter = drawn_up(Charter(name, secrets.token_hex(16), roles, succeeds))
    with Desk.create(folder) as desk:
        return desk.put_offer(charter)


def fingerprints(holder: Holder) -> dict[str, str]:
    """The fingerprints of a holder's keys as people compare them."""
    return {
        "key": grouped(holder.key.fingerprint),
        **({"root": grouped(holder.root.fingerprint)} if holder.root else {}),
    }


def described(key: KeyFile) -> dict[str, Any]:
    """What everybody may know of a key file."""
    return {
        "slot": key.slot.value,
        "use": "root" if key.is_root else "signing",
        "identity": key.identity,
        "title": key.title,
        "fingerprint": key.public.fingerprint,
    }
