"""What a replica signs: the operator puts complete offers into the log, and every slot signs heads of what it has replayed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from merestone.casefile.register.consent import Listing, check_not_taken_back, lapsed, listing
from merestone.casefile.register.desk import Desk, Offer
from merestone.casefile.register.key_files import KeyFile, check_memory, read_key_file, remember, remembered
from merestone.casefile.register.next_steps import accused
from merestone.casefile.register.signing import Passphrase
from merestone.errors import UnwritableFileError, WrongRequestError
from merestone.register.head import Head
from merestone.register.keys import Slot
from merestone.register.objects import Act, Charter, KeyChange, KeyChangeKind, Withdrawal
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
        raise WrongRequestError(f"{path}: this is a key of the slot {key.slot}; the key of the operator is needed")
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
            f"entry {head.size - 1} is in the log and its head is signed, but the file of heads of the key could not be written: "
            "make room there, and keep this copy of the register"
        )
        raise UnwritableFileError(error.path, error.why, done) from error


def enter(desk: Desk, signer: Signer, seconds: int, signed: Callable[[Head], None]) -> tuple[Entered, ...]:
    """The complete offers on the desk, which are entries now; `signed` hears of each head that the operator signs."""
    entered = []
    while (offer := _next(desk, seconds)) is not None:
        index = desk.store.size
        head = desk.replica.append(
            offer.envelope.document(), tuple(desk.blobs_of(offer.content).values()), signer, seconds
        )
        signed(head)
        entered.append(Entered(index, offer.digest))
    desk.clear_entered()
    return tuple(entered)


def _next(desk: Desk, seconds: int) -> Offer | None:
    """The next complete offer that was answered in time, in the order of `_turn`."""
    complete = [each for each in desk.offers() if each.is_complete and not _is_late(each, seconds)]
    return min(complete, key=_turn, default=None)


def _turn(offer: Offer) -> int:
    """When an offer has its turn: a charter, withdrawals before what they take back, a recovery before what a thief could have
    signed, and other changes of keys after the acts that they would void."""
    match offer.content:
        case Charter():
            return 0
        case Withdrawal():
            return 1
        case KeyChange(change=KeyChangeKind.RECOVER):
            return 2
        case KeyChange(change=KeyChangeKind.APPOINT):
            return 4
        case KeyChange():
            return 5
        case _:
            return 3


def _is_late(offer: Offer, seconds: int) -> bool:
    return isinstance(offer.content, Act) and lapsed(offer.content, seconds)


def late(desk: Desk, seconds: int) -> tuple[Offer, ...]:
    """The complete offers that are not entered, for the day by which they were to be answered has passed."""
    return tuple(each for each in desk.offers() if each.is_complete and _is_late(each, seconds))


def witness(
    desk: Desk,
    path: Path,
    passphrase: Passphrase,
    seconds: int,
    agree: Callable[[Listing], bool],
    *,
    despite_evidence: bool = False,
) -> Head | None:
    """The head of all entries here, signed with this key; None where `agree`, which is shown what would be cosigned, says no. The
    key notes what it is about to sign before it does, so that an older copy of the store is found out.

    Raises `RefusedError` where evidence is kept that somebody signed two histories, unless whoever signs has settled that; and
    where an entry is one that the key's slot takes back on this desk, whatever `agree` says.
    """
    key: KeyFile = read_key_file(path)
    if key.is_root:
        raise WrongRequestError(f"{path}: this is a root key; heads are signed with the signing key")
    if (against := accused(desk)) and not despite_evidence:
        raise RefusedError(
            Rule.COSIGNING,
            f"nothing is cosigned, because this folder keeps evidence that {', '.join(against)} signed two histories: "
            f"`merestone register evidence {desk.folder} -o FILE` writes it into a file for the joint commission; once the parties have "
            "decided that this history stands, cosign it with --despite-evidence",
        )
    floor = remembered(key, desk.store.register)
    desk.replica.check_key(key.slot, key.public)
    shown = listing(desk, key.slot, key.public, floor, seconds)
    if not agreed_to(desk, shown, agree):
        return None
    signer = key.opened(passphrase(path))
    return cosign(desk, shown, signer, seconds, floor, lambda head: remember(key, head))


def agreed_to(desk: Desk, shown: Listing, agree: Callable[[Listing], bool]) -> bool:
    """Whether what would be cosigned may be: whoever is shown it says so, and it is nothing that was taken back here."""
    check_not_taken_back(desk, shown)
    return not shown.rows or agree(shown)


def cosign(
    desk: Desk,
    shown: Listing,
    signer: Signer,
    seconds: int,
    floor: Head | None,
    about_to: Callable[[Head], None],
) -> Head:
    """The head of exactly the entries that were shown. Raises `RefusedError` where others have come in since."""

    def checked(head: Head) -> None:
        shown.check(head)
        about_to(head)

    return desk.replica.cosign(shown.slot, signer, seconds, floor, checked)
