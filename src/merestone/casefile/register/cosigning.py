"""What a replica signs: the operator puts complete offers into the log, and every slot signs heads of what it has replayed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from merestone.casefile.register.desk import Desk, Offer
from merestone.casefile.register.key_files import KeyFile, check_memory, read_key_file, remember, remembered
from merestone.casefile.register.next_steps import accused
from merestone.casefile.register.signing import Passphrase
from merestone.errors import UnwritableFileError, WrongRequestError
from merestone.register.head import Head
from merestone.register.keys import Slot
from merestone.register.objects import Charter
from merestone.register.refusal import RefusedError, Rule
from merestone.register.signing import Signer


@dataclass(frozen=True, slots=True)
class Entered:
    """An offer that has become an entry."""

    index: int
    digest: str


def append(desk: Desk, path: Path, passphrase: Passphrase, seconds: int) -> tuple[Entered, ...]:
    """Puts every complete offer on the desk into the log, one after another, each with the operator's head over it. An older
    copy of the store than the key remembers enters nothing: it would sign another history."""
    key = read_key_file(path)
    if key.slot is not Slot.OPERATOR:
        raise WrongRequestError(f"{path}: this is a key of the slot {key.slot}; the operator's is needed")
    floor = remembered(key, desk.store.register)
    signer = key.opened(passphrase(path))
    desk.replica.check_floor(key.slot, floor)
    check_memory(key)
    return enter(desk, signer, seconds, lambda head: _remember_entered(key, head))


def _remember_entered(key: KeyFile, head: Head) -> None:
    """Notes the head over an entry that is in the log already. Raises `UnwritableFileError`, which says so."""
    try:
        remember(key, head)
    except UnwritableFileError as error:
        done = (
            f"entry {head.size - 1} is in the log and its head is signed; what could not be written is the key's memory of that "
            "head: make room there, and keep this copy of the register"
        )
        raise UnwritableFileError(error.path, error.why, done) from error


def enter(desk: Desk, signer: Signer, seconds: int, signed: Callable[[Head], None]) -> tuple[Entered, ...]:
    """The complete offers on the desk, which are entries now; `signed` hears of each head that the operator signs."""
    entered = []
    while (offer := _next(desk)) is not None:
        index = desk.store.size
        head = desk.replica.append(
            offer.envelope.document(), tuple(desk.blobs_of(offer.content).values()), signer, seconds
        )
        signed(head)
        entered.append(Entered(index, offer.digest))
    desk.clear_entered()
    return tuple(entered)


def _next(desk: Desk) -> Offer | None:
    """The next complete offer; a charter before all others."""
    complete = [each for each in desk.offers() if each.is_complete]
    charters = [each for each in complete if isinstance(each.content, Charter)]
    return next(iter(charters or complete), None)


def witness(desk: Desk, path: Path, passphrase: Passphrase, seconds: int, *, despite_evidence: bool = False) -> Head:
    """The head of all entries here, signed with this key. The key notes what it is about to sign before it does, so that an
    older copy of the store is found out. Raises `RefusedError` where evidence is kept that somebody signed two histories,
    unless whoever signs has settled that."""
    key: KeyFile = read_key_file(path)
    if key.is_root:
        raise WrongRequestError(f"{path}: heads are signed with the signing key, and this is a root key")
    if (against := accused(desk)) and not despite_evidence:
        raise RefusedError(
            Rule.COSIGNING,
            f"nothing is cosigned, for evidence is kept that {', '.join(against)} signed two histories: "
            f"`merestone register evidence {desk.folder} -o FILE` writes it out for the joint commission; once it is settled which "
            "history stands, --despite-evidence cosigns this one",
        )
    floor = remembered(key, desk.store.register)
    signer = key.opened(passphrase(path))
    return desk.replica.cosign(key.slot, signer, seconds, floor, lambda head: remember(key, head))
