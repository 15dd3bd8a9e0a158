"""What has to be done next with a register, by whom and with which command: said for the copy on one desk, which cannot know
what has happened on the others since they last met."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from merestone.casefile.register.desk import Desk, Offer
from merestone.publish.text import counted
from merestone.register.declared import declared
from merestone.register.evidence import Evidence, read_evidence
from merestone.register.keys import PARTIES, Slot
from merestone.register.objects import Charter, KeyChange, Withdrawal
from merestone.register.refusal import Rule

NOTHING = "there is nothing to sign, enter or cosign here"


def next_steps(desk: Desk, offers: tuple[Offer, ...]) -> list[str]:
    """The steps, in the order in which they should be taken; the last says what to carry to the others."""
    steps = steps_here(desk, offers)
    return [*steps, carry_step(desk, offers)] if desk.register else steps


def steps_here(desk: Desk, offers: tuple[Offer, ...]) -> list[str]:
    """The steps that lie before whoever sits at a desk, or that they know to lie before others; nothing of carrying."""
    steps = [*warnings(desk), *(offer_step(desk, each) for each in offers), *_to_cosign(desk, holder_names(desk))]
    return steps or ([NOTHING] if desk.register else [])


def offer_step(desk: Desk, offer: Offer) -> str:
    """What has to happen to one offer."""
    short = offer.digest[:8]
    if (
        isinstance(offer.content, Withdrawal)
        and offer.rule is Rule.WITHDRAWN
        and desk.store.has_payload(offer.content.act)
    ):
        return (
            f"offer {short} withdraws an act that was entered nevertheless: while the withdrawal is on this desk, the desk does not cosign "
            "that entry, and without the cosignature the entry has no effect; talk to the other parties; if the entry is to stand, run "
            f"`merestone register discard {desk.folder} {short}`"
        )
    obstacle = f"{offer.obstacle}, which `merestone explain {offer.rule.page}` explains" if offer.rule else ""
    if offer.is_dead:
        return (
            f"offer {short} can no longer be entered: {obstacle}; if it is still wanted, propose it again; "
            f"`merestone register discard {desk.folder} {short}` removes this one from your desk"
        )
    if offer.obstacle:
        return f"offer {short} cannot be judged here: {obstacle}; first take in the newer entries (`carry` or `sync`)"
    if offer.is_complete:
        return f"offer {short} is complete: the operator enters it with `merestone register append FOLDER -k KEY`"
    names = {**holder_names(desk), **_names_in(offer)}
    missing = ", ".join(_called(each, names) for each in offer.missing)
    begun = any(slot.value in offer.envelope.signatures for slot in PARTIES)
    command = "countersign" if begun else "sign"
    return (
        f"offer {short}: {missing} must sign, {'each ' if len(offer.missing) > 1 else ''}at their own desk: `merestone register show FOLDER {short}`, "
        f"then `merestone register {command} FOLDER {short} -k KEY`"
    )


def carry_step(desk: Desk, offers: tuple[Offer, ...]) -> str:
    """What brings all that is here to the others."""
    option = " --offers" if any(not each.obstacle for each in offers) else ""
    return (
        f"to bring what is here to the others, run `merestone register carry FOLDER STICK{option}` at every desk; FOLDER is the "
        f"folder of the register there, and {desk.folder} here"
    )


def holder_names(desk: Desk) -> dict[str, str]:
    """The short name of who holds each slot."""
    return {slot.value: holder.identity for slot in Slot if (holder := desk.store.holder(slot)) is not None}


def accused(desk: Desk) -> list[str]:
    """Against whom evidence is kept that convicts, with their short names, each once."""
    names = holder_names(desk)
    return sorted(
        {
            _called(each.slot.value, names)
            for each in map(read_evidence, desk.store.evidence())
            if not excuses(desk, each)
        }
    )


def excuses(desk: Desk, evidence: Evidence) -> dict[str, int]:
    """The fingerprints of the keys in evidence that the log declares lost or stolen, with the entry that does; what such a key
    signed convicts nobody."""
    stopped = declared(desk.store, evidence.slot)
    return {key.fingerprint: stopped[key] for key in evidence.keys if key in stopped}


def warnings(desk: Desk) -> Iterator[str]:
    """What stands before everything else: that somebody signed two histories."""
    who = ", ".join(accused(desk))
    if who:
        yield (
            f"EVIDENCE is kept here that {who} signed two histories: do not cosign; write it into a file with "
            f"`merestone register evidence {desk.folder} -o FILE`, and give the file to the joint commission"
        )
    for each in map(read_evidence, desk.store.evidence()):
        for index in excuses(desk, each).values():
            yield (
                f"a key of {each.slot.value} signed two histories, and entry {index} declares it lost or stolen: this proves nothing, "
                "because nobody can tell who signed"
            )


def _to_cosign(desk: Desk, names: Mapping[str, str]) -> Iterator[str]:
    size = desk.store.size
    for slot in PARTIES:
        head = desk.store.head(slot)
        cosigned = head.size if head is not None else 0
        if cosigned < size:
            yield (
                f"{_called(slot.value, names)} has cosigned {cosigned} of {counted(size, 'entry', 'entries')}, as far as this copy knows: when it has the "
                "stick, it reads `merestone register log FOLDER` and runs `merestone register witness FOLDER -k KEY`"
            )


def _names_in(offer: Offer) -> dict[str, str]:
    match offer.content:
        case Charter():
            return {role.slot.value: role.holder.identity for role in offer.content.roles}
        case KeyChange():
            return {"new": "the new key"}
        case _:
            return {}


def _called(name: str, names: Mapping[str, str]) -> str:
    """A slot with the short name of its holder: `b.root (LBY)`."""
    known = names.get(name.partition(".")[0])
    return f"{name} ({known})" if known else name
