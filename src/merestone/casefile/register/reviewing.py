"""The review that stands before every signature: what an offer says, shown from its own bytes, with its texts compiled again.

`sign` takes a `Review` and nothing else, and `review` alone makes one. A review is sealed with a secret of this process, so that
one that was put together by hand, or altered, is refused; and it is bound to the offer's digest and to the state of the log that
it was made on, so that it is good for nothing else.
"""

from __future__ import annotations

import hmac
import json
import secrets
from dataclasses import dataclass, field

from merestone.casefile.progress import Progress, silent
from merestone.casefile.register.desk import Desk, Offer
from merestone.casefile.register.views import Shown, view_of
from merestone.register.refusal import RefusedError, Rule

_SECRET = secrets.token_bytes(32)


@dataclass(frozen=True, slots=True)
class Review:
    """An offer as it was reviewed: the offer, what was shown of it, and the size and root (hexadecimal, empty where there is no
    entry yet) of the log that it was reviewed on. Raises `RefusedError` unless `review` makes it."""

    offer: Offer
    shown: Shown
    size: int
    root: str
    seal: bytes = field(repr=False)

    def __post_init__(self) -> None:
        self._check_seal()

    def check(self, desk: Desk) -> None:
        """Raises `RefusedError` where something speaks against signing, where the log has changed since the review, or where no
        review made this."""
        self._check_seal()
        self.check_unopposed()
        if (self.size, self.root) != _state(desk):
            _refuse("the register has changed since the offer was reviewed; review it again")

    def check_unopposed(self) -> None:
        """Raises `RefusedError` where the review found something that speaks against signing."""
        if self.shown.refusals:
            _refuse("; ".join(self.shown.refusals))

    def _check_seal(self) -> None:
        if not hmac.compare_digest(self.seal, _seal(self.offer, self.shown, self.size, self.root)):
            _refuse("the program signs only what it has reviewed, and this was not reviewed")


def review(desk: Desk, offer: Offer, progress: Progress = silent) -> Review:
    """The review of an offer, whether or not it lies on the desk yet. Raises what `view_of` raises."""
    size, root = _state(desk)
    shown = view_of(desk, offer.envelope, size, progress)
    return Review(offer, shown, size, root, _seal(offer, shown, size, root))


def _state(desk: Desk) -> tuple[int, str]:
    size = desk.store.size
    return size, desk.store.root(size).hex() if size else ""


def _seal(offer: Offer, shown: Shown, size: int, root: str) -> bytes:
    """A code over what a signature rests on, which only this process can make."""
    said = [offer.envelope.payload_type, offer.digest, size, root, shown.text, list(shown.refusals)]
    return hmac.digest(_SECRET, json.dumps(said).encode(), "sha256")


def _refuse(why: str) -> None:
    raise RefusedError(Rule.SIGNERS, f"it is not signed: {why}")
