"""Signing an offer with the keys one holds, and taking a signature back."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

from merestone.casefile.register.desk import Desk, Offer, drawn_up
from merestone.casefile.register.enrolling import Enrolled
from merestone.casefile.register.key_files import KeyFile, read_key_file
from merestone.casefile.register.proposing import GOOD_FOR
from merestone.casefile.register.reviewing import Review
from merestone.errors import WrongRequestError
from merestone.register.canonical import GREATEST_INTEGER
from merestone.register.keys import Holder, PublicKey, Slot
from merestone.register.objects import Act, Base, Charter, KeyChange, KeyChangeKind, Withdrawal
from merestone.register.refusal import RefusedError, Rule
from merestone.register.rules import BY_ROOT, key_set, possible_signers, taken_back_by

NEVER = GREATEST_INTEGER
"""The last index of what its signers alone may let lapse."""

Passphrase = Callable[[Path], str]
"""Asks for the passphrase of a key file."""


def offer_to_sign(desk: Desk, name: str, keys: tuple[Path, ...], *, others: bool) -> Offer:
    """The offer whose digest begins so; without a name the only one that waits for a signature of these keys, and with
    `others` that somebody else has signed. Raises `WrongRequestError` where there is none, or more than one."""
    own = {f"{key.slot}.root" if key.is_root else key.slot.value for key in map(read_key_file, keys)}
    sides = own | {each.removesuffix(".root") for each in own}
    if name:
        found = desk.offer(name)
    else:
        waiting = [each for each in desk.offers() if not each.obstacle and own & set(each.missing)]
        begun = [each for each in waiting if set(each.envelope.signatures) - sides] if others else waiting
        found = begun[0] if len(begun) == 1 else desk.offer("")
    if others and not {each.removesuffix(".root") for each in found.envelope.signatures} - sides:
        raise WrongRequestError(
            "nobody else has signed this offer yet: run `sign`; `countersign` adds a second signature"
        )
    return found


def sign(desk: Desk, reviewed: Review, keys: tuple[Path, ...], passphrase: Passphrase, today: date) -> Offer:
    """The offer with the signatures of these keys, on the desk. Raises `RefusedError` where its review found something that speaks
    against signing or is of another state of the log, where it could not become an entry, where its `answer_by` has passed, or
    where a key has nothing to sign on it."""
    if type(reviewed) is not Review:
        raise RefusedError(Rule.SIGNERS, "it is not signed: the program signs only what it has reviewed")
    offer = reviewed.offer
    content, envelope = offer.content, offer.envelope
    allowed = signable(desk, offer, today)
    reviewed.check(desk)
    register = envelope.digest if isinstance(content, Charter) else desk.store.register
    for path in keys:
        key = read_key_file(path)
        envelope = envelope.signed(register, signer_name(key, allowed), key.opened(passphrase(path)))
    return desk.put_offer(envelope)


def signable(desk: Desk, offer: Offer, today: date) -> Mapping[str, PublicKey]:
    """Who may sign an offer, with their keys. Raises `RefusedError` where nobody may."""
    if offer.rule:
        why = offer.obstacle.removesuffix(f" ({offer.rule})")
        raise RefusedError(offer.rule, f"it is not signed, because it could not become an entry: {why}")
    content = offer.content
    if isinstance(content, Act) and content.answer_by and today.isoformat() > content.answer_by:
        raise RefusedError(Rule.EXPIRY, f"it was to be answered by {content.answer_by}, and today is {today}")
    return possible_signers(desk.store, offer.envelope)


def signer_name(key: KeyFile, allowed: Mapping[str, PublicKey]) -> str:
    """What a key signs as. Raises `RefusedError` where it has nothing to sign."""
    names = [name for name, public in allowed.items() if public == key.public]
    if not names:
        who = ", ".join(sorted(allowed)) or "nobody"
        raise RefusedError(Rule.SIGNERS, f"{key.path}: this key may not sign this; its signers are: {who}")
    return names[0]


def withdrawal(desk: Desk, offer: Offer, by: Slot, reason: str) -> Offer:
    """What is to be signed to take one's signature on an offer back; it comes onto the desk when it is signed. Raises
    `WrongRequestError` for an offer that needs no signature of `by`: to withdraw that would change nothing."""
    if by not in taken_back_by(offer.content):
        raise WrongRequestError(
            f"offer {offer.digest[:8]} does not need the signing key of {by}, so {by} cannot withdraw it: "
            "this is so for a recovery, and for what the other party declares alone"
        )
    made = Withdrawal(*_common(desk), offer.digest, by, reason)
    return desk.judged(drawn_up(replace(made, keys=key_set(desk.store, made))))


def key_change(
    desk: Desk,
    kind: KeyChangeKind,
    slot: Slot,
    key: PublicKey,
    reason: str,
    holder: Holder | None = None,
    since: int | None = None,
) -> Offer:
    """What is to be signed to put a new key into a slot, and with `holder` a new holder; it comes onto the desk when it is
    signed. `since` is the size of the log that it is based on, the present one by default: a recovery declares the keys that
    the slot had from there on. Raises `WrongRequestError` for a size that the log has not had."""
    who = (holder.identity, holder.title) if holder else ("", "")
    last_index = NEVER if kind in BY_ROOT else desk.store.size - 1 + GOOD_FOR
    made = KeyChange(*_common(desk), kind, slot, key, last_index, *who, reason)
    return desk.judged(drawn_up(replace(made, keys=key_set(desk.store, made), base=_base(desk, since))))


def appointment(desk: Desk, enrolled: Enrolled, reason: str) -> Offer:
    """What is to be signed to appoint whoever enrolled."""
    return key_change(desk, KeyChangeKind.APPOINT, enrolled.slot, enrolled.holder.key, reason, enrolled.holder)


def _common(desk: Desk) -> tuple[str, Base, int, str]:
    store = desk.store
    if not store.size:
        raise WrongRequestError("the register has no charter yet")
    return store.register, _base(desk, None), store.key_changes, secrets.token_hex(16)


def _base(desk: Desk, since: int | None) -> Base:
    size = desk.store.size if since is None else since
    if not 1 <= size <= desk.store.size:
        raise WrongRequestError(f"the register has never had {size} entries; it has {desk.store.size}")
    return Base(desk.store.root(size).hex(), size)
