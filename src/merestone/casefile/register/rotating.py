"""A new key in place of an old one: by the old one itself, or by the root key where it is lost or in other hands."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from merestone.casefile.register.desk import Desk, Offer
from merestone.casefile.register.key_files import named, read_key_file, write_key_file
from merestone.casefile.register.reviewing import review
from merestone.casefile.register.signing import Passphrase, key_change, sign, signable, signer_name
from merestone.errors import UnwritableFileError, WrongRequestError
from merestone.register.keys import Slot
from merestone.register.objects import KeyChangeKind
from merestone.register.signing import PrivateKey


def rotated(
    desk: Desk,
    key: Path,
    stem: Path,
    passphrase: Passphrase,
    *,
    reason: str,
    recover: bool,
    today: date,
    since: int | None = None,
) -> tuple[Offer, Path]:
    """The change of keys as an offer that both keys have signed, and the file of the new key, sealed with the passphrase
    that is given for it; `since` is as in `key_change`. Nothing is written where the old key cannot be opened, or may not be replaced by this,
    or where a recovery must say since when the key was not safe."""
    old = read_key_file(key)
    if recover and not old.is_root:
        raise WrongRequestError(f"{key}: this is a signing key; a lost or stolen key is replaced with the root key")
    if recover and since is None:
        _check_nobody_rotated(desk, old.slot)
    old.opened(passphrase(key))
    new_root = old.is_root and not recover
    kind = KeyChangeKind.RECOVER if recover else KeyChangeKind.ROTATE_ROOT if old.is_root else KeyChangeKind.ROTATE
    path = named(stem, ".root.key" if new_root else ".key")
    new = PrivateKey.generate()
    offer = key_change(desk, kind, old.slot, new.public, reason, since=since)
    signer_name(old, signable(desk, offer, today))
    write_key_file(path, new, old.slot, old.identity, old.title, passphrase(path), is_root=new_root)
    try:
        return sign(desk, review(desk, offer), (key, path), passphrase, today), path
    except UnwritableFileError as error:
        done = f"the new key is in {path}, and no change of keys was offered: delete that file, and rotate again"
        raise UnwritableFileError(error.path, error.why, done) from error


def rotations(desk: Desk, slot: Slot) -> tuple[int, ...]:
    """The entries that replaced the signing key of a slot by that key alone, since the root key or an appointment last did. A
    thief with the signing key can make such a change too."""
    found: tuple[int, ...] = ()
    for index, change in desk.store.changes_in(slot):
        match change.change:
            case KeyChangeKind.ROTATE:
                found += (index,)
            case KeyChangeKind.RECOVER | KeyChangeKind.APPOINT:
                found = ()
            case _:
                pass
    return found


def _check_nobody_rotated(desk: Desk, slot: Slot) -> None:
    """A recovery on the present state declares the present key alone. If a thief had rotated the key, the stolen one would stay
    evidence against its owner."""
    made = rotations(desk, slot)
    if made:
        which = f"entry {made[0]}" if len(made) == 1 else f"each of the entries {', '.join(map(str, made))}"
        raise WrongRequestError(
            f"{which} replaced the signing key of {slot}, and a thief could have done that too. Give with --since how many entries the register "
            f"had when the key was last safe: the number of the first of these that you did not make, or {desk.store.size} if you made them all"
        )
