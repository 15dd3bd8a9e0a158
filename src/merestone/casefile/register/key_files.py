"""Private keys in files: sealed with a passphrase, and beside each the last heads that it signed.

A key file is canonical JSON. The passphrase goes through scrypt (RFC 7914), and the two seeds are sealed with AES-256-GCM whose
associated data is the rest of the file, so that no part of it can be exchanged. The heads beside it (`KEY.heads`) are what an
old copy of a store cannot know: a key signs no smaller head, and no other of the same size.
"""

from __future__ import annotations

import secrets
from base64 import b64decode, b64encode
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

from merestone.casefile.files import check_writable, write_new, write_whole
from merestone.errors import UnreadableFileError, WrongRequestError
from merestone.register.canonical import read, write
from merestone.register.fields import Fields, decoded_base64
from merestone.register.head import Head, read_head
from merestone.register.keys import PublicKey, Slot, read_key, read_slot
from merestone.register.refusal import RefusedError, Rule
from merestone.register.signing import PrivateKey

MOST_BYTES = 65_536
COST = 17
"""Base-2 logarithm of scrypt's N: 128 MiB and a third of a second for each guess."""

MOST_COST = 22
PRIVATE = 0o600
"""Who may read a key file: its owner."""


@dataclass(frozen=True, slots=True)
class KeyFile:
    """What stands in a key file for everybody to read: whose key it is, for what, and its public part."""

    path: Path
    slot: Slot
    is_root: bool
    identity: str
    title: str
    public: PublicKey
    sealed: bytes

    @property
    def signer(self) -> str:
        """What it signs entries as."""
        return f"{self.slot.value}.root" if self.is_root else self.slot.value

    def opened(self, passphrase: str) -> PrivateKey:
        """The private key. Raises `RefusedError` where the passphrase is another one or the file was changed."""
        from cryptography.exceptions import InvalidTag
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        fields = Fields(read(self.sealed, MOST_BYTES), "", *_MEMBERS)
        cost = fields.integer("cost", MOST_COST)
        salt, nonce, sealed = (decoded_base64(fields.string(name), name) for name in ("salt", "nonce", "sealed"))
        try:
            seeds = AESGCM(_stretched(passphrase, salt, cost)).decrypt(nonce, sealed, _open_part(fields))
        except (InvalidTag, ValueError):
            _refuse(self.path, "the passphrase does not belong to this key, or the file was changed")
        key = PrivateKey(seeds[:32], seeds[32:])
        if key.public != self.public:
            _refuse(self.path, "the private and the public key do not belong together")
        return key


_OPEN = ("format", "version", "slot", "use", "identity", "title", "public", "cost", "salt", "nonce")
_MEMBERS = (*_OPEN, "sealed")


def write_key_file(
    path: Path,
    key: PrivateKey,
    slot: Slot,
    identity: str,
    title: str,
    passphrase: str,
    *,
    is_root: bool,
    cost: int = COST,
) -> KeyFile:
    """Writes a new key file, that nobody else can read; one that is there already is never written over."""
    write_new({path: sealed(key, slot, identity, title, passphrase, is_root=is_root, cost=cost)}, PRIVATE)
    return read_key_file(path)


def sealed(
    key: PrivateKey, slot: Slot, identity: str, title: str, passphrase: str, *, is_root: bool, cost: int = COST
) -> bytes:
    """The bytes of a key file."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    salt, nonce = secrets.token_bytes(16), secrets.token_bytes(12)
    document: dict[str, Any] = {
        "format": "merestone-key-file",
        "version": 1,
        "slot": slot.value,
        "use": "root" if is_root else "signing",
        "identity": identity,
        "title": title,
        "public": key.public.document(),
        "cost": cost,
        "salt": b64encode(salt).decode(),
        "nonce": b64encode(nonce).decode(),
    }
    seeds = key.ed25519_seed + key.ml_dsa_65_seed
    hidden = AESGCM(_stretched(passphrase, salt, cost)).encrypt(nonce, seeds, write(document))
    return write({**document, "sealed": b64encode(hidden).decode()})


def read_key_file(path: Path) -> KeyFile:
    """The open part of a key file. Raises `UnreadableFileError` or `RefusedError`."""
    data = read_small(path, MOST_BYTES)
    try:
        fields = Fields(read(data, MOST_BYTES), "", *_MEMBERS)
        fields.constant("format", "merestone-key-file")
        fields.constant("version", 1)
        use = fields.choice("use", ("root", "signing"))
        slot, public = read_slot(fields), fields.one("public", read_key)
        return KeyFile(path, slot, use == "root", fields.name("identity"), fields.text("title"), public, data)
    except RefusedError as trouble:
        _refuse(path, f"this is not a key file: {trouble.why}")


def _stretched(passphrase: str, salt: bytes, cost: int) -> bytes:
    from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

    return Scrypt(salt=salt, length=32, n=1 << cost, r=8, p=1).derive(passphrase.encode())


def _open_part(fields: Fields) -> bytes:
    return write({name: fields.raw(name) for name in _OPEN})


def read_start(path: Path, most_bytes: int) -> bytes:
    """The first bytes of a file. Raises `UnreadableFileError`."""
    try:
        with path.open("rb") as stream:
            return stream.read(most_bytes)
    except OSError as error:
        raise UnreadableFileError(path, (error.strerror or str(error)).lower()) from error
    except ValueError as error:  # a NUL in the name
        raise UnreadableFileError(path, "this cannot be the name of a file") from error


def read_small(path: Path, most_bytes: int) -> bytes:
    """The bytes of a small file. Raises `UnreadableFileError`."""
    data = read_start(path, most_bytes + 1)
    if len(data) > most_bytes:
        raise UnreadableFileError(path, f"it has more than {most_bytes:,} bytes")
    return data


def named(stem: Path, end: str) -> Path:
    """The file of a stem that ends so. Raises `WrongRequestError` where the stem names a folder and no file."""
    if stem.name in {"", ".."}:
        raise WrongRequestError(f"'{stem}' is a folder: add a name for the files, such as {stem / 'keys'}")
    return stem.with_name(f"{stem.name}{end}")


# ---- what a key remembers ------------------------------------------------------------------------------------------


def _beside(path: Path) -> Path:
    return path.with_name(f"{path.name}.heads")


def remembered(key: KeyFile, register: str) -> Head | None:
    """The last head of a register that a key remembers to have signed."""
    path = _beside(key.path)
    try:
        note = _heads(path).get(register)
        return read_head(b64decode(note)) if note is not None else None
    except (RefusedError, TypeError, ValueError) as trouble:
        _refuse(
            path,
            f"the file of heads of this key cannot be read ({trouble}), and without it the program does not sign heads: restore the copy "
            "that was kept with the key",
        )


def _heads(path: Path) -> dict[str, Any]:
    """The notes of the last heads by register; none where there is no file yet."""
    if not path.exists() and not path.is_symlink():
        return {}
    heads = read(read_small(path, 1 << 20), 1 << 20)
    if type(heads) is not dict:
        raise TypeError("an object is expected here")
    return heads


def check_memory(key: KeyFile) -> None:
    """Raises `UnwritableFileError` where a key could not note what it signs: before anything is signed."""
    check_writable(_beside(key.path))


def remember(key: KeyFile, head: Head) -> None:
    """Notes that a key is about to sign a head, before it does."""
    path = _beside(key.path)
    heads = _heads(path)
    heads[head.register] = b64encode(Head(head.register, head.size, head.root, {}).note()).decode()
    write_whole(path, write(heads))


def _refuse(path: Path, why: str) -> NoReturn:
    raise RefusedError(Rule.KEY_FILE, f"{path}: {why}")
