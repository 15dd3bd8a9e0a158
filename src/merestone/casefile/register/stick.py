"""One visit of the stick: what the others laid on it is taken in, and everything that is here goes back onto it.

A stick has one bundle, which grows: whoever has taken it in writes it anew with all that it held and what is new here. So
a register needs no more than that the stick goes round.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from merestone.casefile.files import check_writable
from merestone.casefile.progress import Progress
from merestone.casefile.register.carrying import WHOLE, Brought, Sent, receive, send
from merestone.casefile.register.desk import Desk, Offer
from merestone.errors import UnwritableFileError, WrongRequestError
from merestone.publish.text import counted
from merestone.register.head import Head
from merestone.register.objects import Withdrawal
from merestone.register.refusal import RefusedError, Rule

CHECKPOINT = "checkpoint"
"""What an export has and a stick has not."""


@dataclass(frozen=True, slots=True)
class Carried:
    """What a visit brought (None where nothing lay on the stick), the head that was cosigned, and what lies on the stick now."""

    brought: Brought | None
    head: Head | None
    sent: Sent


def bundle_on(stick: Path) -> Path | None:
    """The bundle that lies on a stick, None where it is empty. Raises `WrongRequestError` where there is no such folder, or it
    is an export."""
    if not stick.is_dir():
        raise WrongRequestError(
            f"{stick}: this is not a folder; name the folder of the stick, such as /media/you/STICK"
        )
    if (stick / CHECKPOINT).exists():
        raise WrongRequestError(
            f"{stick}: this is an export, and `carry` does not write into it: take it in with `sync`"
        )
    path = stick / WHOLE
    return path if path.exists() else None


def carry(
    desk: Desk,
    stick: Path,
    progress: Progress,
    *,
    cosign: Callable[[Desk], Head | None] | None = None,
    offers: bool = False,
) -> Carried:
    """Takes in the bundle that lies on a stick, cosigns if that is asked and agreed to, and writes it anew with all that is here.
    Offers that came on the stick stay on it while they can be entered; those of this desk alone go onto it where that is asked.

    Raises what `bundle_on`, `receive` and the cosigning raise; the stick then keeps what it had. That it can be written is tried
    before anything is cosigned, and where it cannot be, the refusal says what was done at this desk and stays done.
    """
    path = bundle_on(stick)
    brought = _taken_in(desk, path, progress) if path is not None else None
    head = None
    try:
        check_writable(stick / WHOLE)
        head = cosign(desk) if cosign is not None else None
        came = frozenset(each.digest for each in brought.offers) if brought is not None else frozenset[str]()
        return Carried(brought, head, send(desk, stick / WHOLE, 0, laid_on(desk, came, offers=offers)))
    except UnwritableFileError as error:
        raise UnwritableFileError(error.path, error.why, _done(brought, head)) from error


def _taken_in(desk: Desk, path: Path, progress: Progress) -> Brought:
    """What the bundle on a stick brings. Raises `RefusedError`, which says what to do with a bundle that is not whole."""
    try:
        return receive(desk, str(path), progress)
    except RefusedError as refusal:
        if refusal.rule is not Rule.BUNDLE:
            raise
        why = (
            f"{refusal.why}; nothing was cosigned, and the stick was not changed. If the stick was removed too early, rename {path.name} "
            "on it and carry again: everything here is then written to it. Ask whoever had the stick last to carry once more"
        )
        raise RefusedError(refusal.rule, why) from refusal


def _done(brought: Brought | None, head: Head | None) -> str:
    """What a visit has done at the desk although the stick could not be written."""
    done = []
    if brought is not None and (brought.entries or brought.heads or brought.offers):
        done.append("what was on the stick has been taken in here")
    if head is not None:
        done.append(
            f"your cosignature on {counted(head.size, 'entry', 'entries')} is made and kept here, and the others do not have it yet"
        )
    stays = "; ".join(done) or "nothing was taken in or cosigned here"
    return f"{stays}; the stick was not changed: carry again with a stick that can be written"


def laid_on(desk: Desk, came: frozenset[str], *, offers: bool) -> list[Offer]:
    """The offers that go onto a stick, while they can be entered: those that came on it, with `offers` the desk's own, and a
    signed withdrawal always, since it does nothing for its party as long as it lies here."""
    return [
        each
        for each in desk.offers()
        if not each.is_dead
        and (offers or each.digest in came or (isinstance(each.content, Withdrawal) and not each.missing))
    ]
