"""The one place where an entry is judged: rules E1 to E14 of `docs/formats/register/rules.md`, in their order, without I/O.

`accept` gives back what the entry adds to the ledger, or raises `RefusedError` with the rule. It never returns a truth
value, reads no clock, and looks at nothing but the ledger and the bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import NoReturn

from merestone.register.envelope import Envelope, read_envelope
from merestone.register.keys import PARTIES, Holder, PublicKey, Slot
from merestone.register.ledger import ON_TRACK, Accepted, Ledger, Placement, Standing
from merestone.register.objects import (
    Act,
    Base,
    Blob,
    Change,
    Charter,
    Content,
    KeyChange,
    KeyChangeKind,
    Kind,
    Reference,
    Status,
    Withdrawal,
    halves_of,
    read_content,
)
from merestone.register.refusal import RefusedError, Rule
from merestone.register.signing import Scheme
from merestone.register.track import Segment, corrected, placed

NEW = "new"
"""The signer who shows that the holder of a new key has it."""

MAY_SIGN_BESIDES = frozenset({Slot.DEPOSITARY, Slot.MEDIATOR})

CARRIES: Mapping[Status, frozenset[Status | None]] = {
    Status.INITIALLED: frozenset({None}),
    Status.SIGNED: frozenset({None, Status.INITIALLED}),
    Status.RATIFIED: frozenset({Status.SIGNED, Status.APPLIED}),
    Status.APPLIED: frozenset({Status.SIGNED, Status.RATIFIED}),
    Status.IN_FORCE: frozenset({Status.SIGNED, Status.RATIFIED, Status.APPLIED, Status.SUSPENDED}),
    Status.SUSPENDED: frozenset({Status.IN_FORCE, Status.APPLIED}),
    Status.ENDED: frozenset({Status.IN_FORCE, Status.APPLIED, Status.SUSPENDED}),
}
"""Which status a change may carry on, by its own; None: it may begin."""

STOPS = frozenset({Status.SUSPENDED, Status.ENDED})
"""Statuses that stop a line for some dates; a change may be carried to them more than once."""

BY_ROOT = frozenset({KeyChangeKind.RECOVER, KeyChangeKind.ROTATE_ROOT})
"""The changes of keys that a root key makes."""

OF_SIGNING_KEY = frozenset({KeyChangeKind.ROTATE, KeyChangeKind.RECOVER})
"""The changes that put another signing key into a party's slot."""

NEEDS_LINE = frozenset({Status.APPLIED, Status.IN_FORCE})


def accept(ledger: Ledger, data: bytes, scheme: Scheme) -> Accepted:
    """What the next entry adds to the ledger. Raises `RefusedError` with its index and the first rule it breaks."""
    try:
        return _accepted(ledger, data, scheme)
    except RefusedError as refusal:
        raise refusal.at(ledger.size) from None


def check_offer(ledger: Ledger, envelope: Envelope, scheme: Scheme, has_blob: Callable[[Blob], bool]) -> None:
    """Raises `RefusedError` if an envelope could not be the next entry even with every signature, or if a signature that it
    has is wrong. Signatures may be missing, and its bytes may lie elsewhere than in the ledger: `has_blob` says where."""
    content = read_content(envelope)
    _judge(ledger, envelope, content, has_blob)
    for name in envelope.signatures:
        _check_signature(ledger, envelope, content, name, scheme)


def holding(ledger: Ledger, envelope: Envelope, scheme: Scheme) -> tuple[Envelope, tuple[str, ...]]:
    """An envelope with those of its signatures alone that are by the keys that count now, and why the others are not."""
    content = read_content(envelope)
    held, doubts = {}, []
    for name, signature in envelope.signatures.items():
        try:
            _check_signature(ledger, envelope, content, name, scheme)
            held[name] = signature
        except RefusedError as refusal:
            doubts.append(str(refusal))
    return Envelope(envelope.payload_type, envelope.payload, held), tuple(doubts)


def _check_signature(ledger: Ledger, envelope: Envelope, content: Content, name: str, scheme: Scheme) -> None:
    signers = _signers(ledger, content)
    if name not in signers:
        _refuse(Rule.SIGNERS, f"{name} may not sign this")
    envelope.check(_identity(ledger, content, envelope), name, signers[name], scheme)


def missing_signers(envelope: Envelope) -> tuple[str, ...]:
    """Who has still to sign an envelope, in order."""
    content = read_content(envelope)
    return tuple(sorted(_needed(content) - set(envelope.signatures)))


def possible_signers(ledger: Ledger, envelope: Envelope) -> Mapping[str, PublicKey]:
    """Who may sign an envelope, with their keys."""
    return _signers(ledger, read_content(envelope))


def _accepted(ledger: Ledger, data: bytes, scheme: Scheme) -> Accepted:
    envelope = read_envelope(data)  # E1
    content = read_content(envelope)
    placements = _judge(ledger, envelope, content, ledger.has_blob)
    _check_signatures(ledger, envelope, content, scheme)  # E7, last: it costs the most
    identity = _identity(ledger, content, envelope)
    index = ledger.size
    match content:
        case Charter():
            holders = tuple((role.slot, role.holder) for role in content.roles)
            halves = tuple(half for _, holder in holders for half in halves_of(holder))
            return Accepted(index, data, envelope.digest, content, identity, holders, halves)
        case KeyChange():
            holder = _next_holder(ledger, content)
            return Accepted(
                index, data, envelope.digest, content, identity, ((content.slot, holder),), content.key.halves
            )
        case Withdrawal():
            return Accepted(index, data, envelope.digest, content, identity, withdraws=(content.act, content.by))
        case _:  # an act
            corrects = content.kind is Kind.CORRECTION
            return Accepted(index, data, envelope.digest, content, identity, placements=placements, corrects=corrects)


def _judge(
    ledger: Ledger, envelope: Envelope, content: Content, has_blob: Callable[[Blob], bool]
) -> tuple[Placement, ...]:
    """All rules but that of signatures; gives back where an act's changes come to stand."""
    if isinstance(content, Charter) != (ledger.size == 0):  # E2
        _refuse(Rule.PLACE, "the first entry must be a charter, and no other entry may be one")
    if isinstance(content, Charter):
        return ()
    if content.register != ledger.register:  # E3
        _refuse(Rule.REGISTER, "it is for another register")
    if ledger.has_payload(envelope.digest):  # E4
        _refuse(Rule.ONCE, "the same act is already an entry")
    _check_base(ledger, content.base)  # E5
    if content.keys != (keys := key_set(ledger, content)):  # E6
        _refuse(Rule.KEY_SET, f"it was made under key set {content.keys}, and key set {keys} is in use now")
    match content:
        case KeyChange():
            _check_new_key(ledger, content)  # E8
            _check_still_good(ledger, envelope.digest, content)
            return ()
        case Withdrawal():
            _check_withdrawal(ledger, content)  # E10
            return ()
        case _:  # an act
            return _judge_act(ledger, envelope.digest, content, has_blob)


def key_set(ledger: Ledger, content: Act | KeyChange | Withdrawal) -> int:
    """E6: how many of the changes of keys that an object hangs on there are, the charter counted."""
    match content:
        case KeyChange(change=KeyChangeKind.RECOVER | KeyChangeKind.ROTATE_ROOT):
            return ledger.key_changes_in(content.slot, BY_ROOT)
        case KeyChange(change=KeyChangeKind.APPOINT):
            return ledger.key_changes_in(content.slot, frozenset({KeyChangeKind.APPOINT}))
        case Withdrawal():
            return ledger.key_changes_in(content.by, OF_SIGNING_KEY)
        case _:
            return ledger.key_changes


def _check_base(ledger: Ledger, base: Base) -> None:
    """E5: the parties looked at a state that this log has had."""
    if not 1 <= base.size <= ledger.size:
        _refuse(Rule.BASE, f"its base has size {base.size}, and the log before it has size {ledger.size}")
    if ledger.root(base.size).hex() != base.root:
        _refuse(Rule.BASE, f"its base is not a state of this log, which has another root at size {base.size}")


# ---- signatures (E7) ---------------------------------------------------------------------------------------------


def _check_signatures(ledger: Ledger, envelope: Envelope, content: Content, scheme: Scheme) -> None:
    keys = _signers(ledger, content)
    signed = set(envelope.signatures)
    if missing := _needed(content) - signed:
        _refuse(Rule.SIGNERS, f"the signature of {min(missing)} is missing")
    if strange := signed - set(keys):
        _refuse(Rule.SIGNERS, f"{min(strange)} may not sign this")
    register = _identity(ledger, content, envelope)
    for name in sorted(signed):
        envelope.check(register, name, keys[name], scheme)


def _identity(ledger: Ledger, content: Content, envelope: Envelope) -> str:
    return envelope.digest if isinstance(content, Charter) else ledger.register


def _signers(ledger: Ledger, content: Content) -> Mapping[str, PublicKey]:
    """Who may sign, with the key that each signature must be by."""
    if isinstance(content, Charter):
        return dict(_keys_of({role.slot: role.holder for role in content.roles}))
    allowed = _needed(content)
    if isinstance(content, Act):
        allowed |= {slot.value for slot in MAY_SIGN_BESIDES}
    asked = [slot for slot in Slot if allowed & {slot.value, root_of(slot)}]
    keys = dict(_keys_of({slot: holder for slot in asked if (holder := ledger.holder(slot)) is not None}))
    if isinstance(content, KeyChange):
        keys[NEW] = content.key
    return {name: key for name, key in keys.items() if name in allowed}


def _keys_of(holders: Mapping[Slot, Holder]) -> list[tuple[str, PublicKey]]:
    signing = [(slot.value, holder.key) for slot, holder in holders.items()]
    return signing + [(root_of(slot), holder.root) for slot, holder in holders.items() if holder.root is not None]


def root_of(slot: Slot) -> str:
    """What a party signs as with its root key."""
    return f"{slot.value}.root"


def _needed(content: Content) -> frozenset[str]:
    """Who must sign."""
    match content:
        case Charter():
            return frozenset(name for name, _ in _keys_of({role.slot: role.holder for role in content.roles}))
        case Withdrawal():
            return frozenset({content.by.value})
        case KeyChange(change=KeyChangeKind.ROTATE):
            return frozenset({content.slot.value, NEW})
        case KeyChange(change=KeyChangeKind.RECOVER | KeyChangeKind.ROTATE_ROOT):
            return frozenset({root_of(content.slot), NEW})
        case KeyChange():
            return frozenset({*(slot.value for slot in PARTIES), NEW})
        case _:  # an act
            return frozenset({content.by.value} if content.by else {slot.value for slot in PARTIES})


def taken_back_by(content: Content) -> frozenset[Slot]:
    """The parties that can take a signature on an object back: those that must sign it with their signing keys."""
    needed = frozenset[str]() if isinstance(content, Charter | Withdrawal) else _needed(content)
    return frozenset(slot for slot in PARTIES if slot.value in needed)


# ---- changes of keys and withdrawals (E8, E10) ---------------------------------------------------------------------


def _check_new_key(ledger: Ledger, content: KeyChange) -> None:
    party = content.slot in PARTIES
    match content.change:
        case KeyChangeKind.RECOVER | KeyChangeKind.ROTATE_ROOT if not party:
            _refuse(Rule.NEW_KEY, f"{content.slot} has no root key")
        case KeyChangeKind.APPOINT if party:
            _refuse(Rule.NEW_KEY, f"{content.slot} is a party, and a party changes its own keys")
        case KeyChangeKind.ROTATE if ledger.holder(content.slot) is None:
            _refuse(Rule.NEW_KEY, f"nobody holds the slot {content.slot}")
        case _:
            pass
    if any(ledger.knows_half(half) for half in content.key.halves):
        _refuse(Rule.NEW_KEY, "the key, or one half of it, was in this register before")


def _next_holder(ledger: Ledger, content: KeyChange) -> Holder:
    old = ledger.holder(content.slot)
    if old is None or content.change is KeyChangeKind.APPOINT:
        return Holder(content.identity, content.title, content.key)
    if content.change is KeyChangeKind.ROTATE_ROOT:
        return Holder(old.identity, old.title, old.key, content.key)
    return Holder(old.identity, old.title, content.key, old.root)


def _check_withdrawal(ledger: Ledger, content: Withdrawal) -> None:
    if ledger.has_payload(content.act):
        _refuse(Rule.WITHDRAWN, "what it withdraws is already an entry")
    if content.by in ledger.withdrawn_by(content.act):
        _refuse(Rule.WITHDRAWN, f"{content.by} has already withdrawn it")


# ---- acts (E9 to E14) ----------------------------------------------------------------------------------------------


def _judge_act(ledger: Ledger, digest: str, act: Act, has_blob: Callable[[Blob], bool]) -> tuple[Placement, ...]:
    _check_still_good(ledger, digest, act)
    for change in act.changes:
        _check_undisturbed(ledger, act, change)  # E11
    for blob in act.blobs():
        if not has_blob(blob):  # E12
            _refuse(Rule.BLOBS, f"the bytes with the SHA-256 {blob.sha256} are missing or altered")
    _check_exchange(act)
    return tuple(_placement(ledger, act, number, change) for number, change in enumerate(act.changes))


def _check_still_good(ledger: Ledger, digest: str, content: Act | KeyChange) -> None:
    """E9 and E10: the offer has neither lapsed nor been taken back by a party that must sign it."""
    if ledger.size > content.last_index:
        _refuse(
            Rule.EXPIRY, f"it could be entry {content.last_index} at the latest, and the next entry is {ledger.size}"
        )
    if ledger.withdrawn_by(digest) & taken_back_by(content):
        _refuse(Rule.WITHDRAWN, "a party has taken its signature back")


def _check_undisturbed(ledger: Ledger, act: Act, change: Change) -> None:
    last = ledger.last_declared(change.section) if act.by is None else ledger.last_claimed(change.section, act.by)
    if last >= act.base.size:
        _refuse(Rule.UNDISTURBED, f"entry {last} changed the section {change.section} after the base of this act")


def _check_exchange(act: Act) -> None:
    """E13: several sections change as one."""
    if act.kind is not Kind.EXCHANGE:
        return
    if len(act.changes) < 2:
        _refuse(Rule.KINDS, "an exchange must have at least two sections")
    if len({(change.status, change.valid_from) for change in act.changes}) > 1:
        _refuse(Rule.KINDS, "the changes of an exchange must have one status and begin on one day")


def _placement(ledger: Ledger, act: Act, number: int, change: Change) -> Placement:
    reference = Reference(ledger.size, number)
    _check_dates(change)
    if (act.kind is Kind.CLAIM) != (change.status is Status.CLAIMED):
        _refuse(Rule.KINDS, f"{change.section}: an act of the kind {act.kind} cannot have the status {change.status}")
    if act.by is not None:
        _check_claim(ledger, act.by, change)
        return Placement(reference, change, act.by, None)
    carried = _carried(ledger, change)
    if act.kind is Kind.CORRECTION:
        _check_correction(change, carried)
    else:
        _check_step(change, carried)
    return Placement(reference, change, None, _track(ledger, act.kind, reference, change, carried))


def _check_dates(change: Change) -> None:
    """E14: dates and what they say go together."""
    if change.status in ON_TRACK:
        if not change.valid_from:
            _refuse(
                Rule.FORCE,
                f"{change.section}: a change with the status {change.status} must have the day on which it begins",
            )
    elif change.status is not Status.CLAIMED and (change.valid_from or change.valid_to):
        _refuse(Rule.FORCE, f"{change.section}: a change with the status {change.status} must not have dates")
    if change.valid_from and change.valid_to and change.valid_from >= change.valid_to:
        _refuse(Rule.FORCE, f"{change.section}: the day on which it ends must be later than the day on which it begins")


def _check_claim(ledger: Ledger, by: Slot, change: Change) -> None:
    if change.carries is not None:
        _refuse(Rule.KINDS, f"{change.section}: a claim must not carry another change forward")
    standing = ledger.claim(change.section, by)
    if change.supersedes != ((standing,) if standing is not None else ()):
        _refuse(
            Rule.KINDS,
            f"{change.section}: a claim must replace the present claim of {by}, if there is one, and nothing else",
        )


def _carried(ledger: Ledger, change: Change) -> Standing | None:
    """What a change carries on or corrects, if anything. Raises `RefusedError` if there is no such change."""
    if change.carries is None:
        return None
    carried = ledger.standing(change.carries)
    if carried is None or carried.change.section != change.section or carried.by is not None:
        _refuse(
            Rule.KINDS,
            f"{change.section}: the change to be carried forward does not exist, is a claim, or belongs to another section",
        )
    if carried.corrected:
        _refuse(Rule.KINDS, f"{change.section}: the change to be carried forward has been corrected")
    return carried


def _check_step(change: Change, carried: Standing | None) -> None:
    before = carried.change.status if carried is not None else None
    if before not in CARRIES[change.status]:
        where = f"cannot follow {before}" if before else "must carry another change forward"
        _refuse(Rule.KINDS, f"{change.section}: the status {change.status} {where}")
    if change.status in NEEDS_LINE and change.text.line is None:
        _refuse(Rule.KINDS, f"{change.section}: a change with the status {change.status} must have a line")
    if carried is None:
        return
    if change.status not in STOPS and change.status in carried.carried_to:
        _refuse(Rule.KINDS, f"{change.section}: the change has already been carried forward to {change.status}")
    if change.text.agreed != carried.change.text.agreed:
        _refuse(
            Rule.KINDS,
            f"{change.section}: the line, the texts, what prevails or the tolerance differ from what was {before}",
        )


def _check_correction(change: Change, carried: Standing | None) -> None:
    if carried is None or carried.change.status is not change.status:
        _refuse(Rule.KINDS, f"{change.section}: a correction must correct a change with the same status")
    if change.status not in ON_TRACK and carried.carried_to:
        _refuse(
            Rule.KINDS,
            f"{change.section}: a change with the status {change.status} that was carried forward cannot be corrected: correct the later change",
        )
    if change.status in NEEDS_LINE and change.text.line is None:
        _refuse(Rule.KINDS, f"{change.section}: a change with the status {change.status} must have a line")
    if change.text == carried.change.text:
        _refuse(Rule.KINDS, f"{change.section}: the correction does not change anything")


def _track(
    ledger: Ledger, kind: Kind, reference: Reference, change: Change, carried: Standing | None
) -> tuple[Segment, ...] | None:
    """E14: the track as it becomes; what is displaced was named, all of it and nothing else."""
    if change.status not in ON_TRACK:
        if change.supersedes:
            _refuse(Rule.FORCE, f"{change.section}: a change with the status {change.status} must not replace anything")
        return None
    if kind is Kind.CORRECTION and carried is not None and change.carries is not None:
        return _corrected_track(ledger, reference, change, carried.change, change.carries)
    before = ledger.segments(change.section)
    track, displaced = placed(before, Segment(change.valid_from, change.valid_to, reference))
    if displaced != set(change.supersedes):
        _refuse(
            Rule.FORCE,
            f"{change.section}: it replaces {_named(displaced)}, and the act says that it replaces {_named(change.supersedes)}",
        )
    if change.status in STOPS and change.carries not in displaced:
        _refuse(Rule.FORCE, f"{change.section}: its dates do not meet those of the change that it carries forward")
    return track


def _corrected_track(
    ledger: Ledger, reference: Reference, change: Change, wrong: Change, carries: Reference
) -> tuple[Segment, ...]:
    """E14: the track with each segment of what is corrected in the correction's name, and nothing else touched."""
    before = ledger.segments(change.section)
    if all(each.change != carries for each in before):
        _refuse(Rule.FORCE, f"{change.section}: the change that it corrects no longer holds on any date")
    if (change.valid_from, change.valid_to) != (wrong.valid_from, wrong.valid_to):
        dates = f"from {wrong.valid_from} to {wrong.valid_to}" if wrong.valid_to else f"from {wrong.valid_from} on"
        _refuse(
            Rule.FORCE, f"{change.section}: a correction must have the dates of the change that it corrects: {dates}"
        )
    if change.supersedes != (carries,):
        _refuse(
            Rule.FORCE, f"{change.section}: a correction must replace the change that it corrects, and nothing else"
        )
    return corrected(before, carries, reference)


def _named(references: Collection[Reference]) -> str:
    return ", ".join(f"{each.index}/{each.change}" for each in sorted(references)) or "nothing"


def _refuse(rule: Rule, why: str) -> NoReturn:
    raise RefusedError(rule, why)
