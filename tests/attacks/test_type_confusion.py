"""The cheat: a signature given for one kind of thing is shown as given for another."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from fakes.refusals import refused
from fakes.registers import CheapKey, Delegations, Story
from fakes.replicas import Machines
from merestone.register.envelope import Envelope, entry_context, pae, read_envelope
from merestone.register.head import Head, head_context, read_head
from merestone.register.keys import Slot
from merestone.register.objects import (
    FORMS,
    Act,
    Charter,
    Content,
    KeyChange,
    KeyChangeKind,
    Status,
    Withdrawal,
    unsigned,
)
from merestone.register.refusal import RefusedError, Rule

TYPES = {kind: form.payload_type for kind, form in FORMS.items()}


def test_the_type_is_signed() -> None:
    """With another of the register's types the payload is read as that and refused; with a stranger's type it is refused."""
    story = Story(Delegations.real())
    people = story.people
    good = read_envelope(people.signed(unsigned(people.act(story.ledger, people.change(Status.SIGNED))), "a", "b"))
    for other in (TYPES[Charter], TYPES[KeyChange], TYPES[Withdrawal], "application/json", "", TYPES[Act] + " "):
        with refused(Rule.FORM, 1):
            story.put_bytes(replace(good, payload_type=other).document())
    story.put_bytes(good.document())


@pytest.mark.parametrize("kind", list(FORMS), ids=lambda kind: kind.__name__)
def test_the_bytes_of_one_kind_are_no_other(kind: type) -> None:
    """Even freshly signed under the other type: each kind says in its bytes what it is."""
    story = Story()
    people = story.people
    made: dict[type, Content] = {
        Act: people.act(story.ledger, people.change(Status.SIGNED)),
        KeyChange: people.key_change(story.ledger, KeyChangeKind.ROTATE, Slot.A, CheapKey(b"new").public),
        Withdrawal: people.withdrawal(story.ledger, "0" * 64, Slot.A),
        Charter: people.charter(),
    }
    payload = unsigned(made[kind]).payload
    for other in set(FORMS) - {kind}:
        with refused(Rule.FORM, 1):
            story.put_bytes(people.signed(Envelope(TYPES[other], payload, {}), "a", "b"))
        tagged = payload.replace(FORMS[kind].tag.encode(), FORMS[other].tag.encode())
        with refused(Rule.FORM, 1):
            story.put_bytes(people.signed(Envelope(TYPES[other], tagged, {}), "a", "b"))


def test_an_enrolment_is_no_charter() -> None:
    """What a delegation signs to say which key is its own does not begin a register."""
    people = Delegations.cheap()
    enrolment = b'{"format":"merestone-enrolment","version":1}'
    for payload_type in ("application/vnd.merestone.enrolment+json;v=1", TYPES[Charter]):
        envelope = Envelope(payload_type, enrolment, {})
        with pytest.raises(RefusedError) as caught:
            Story.put_bytes(Story(people), people.signed(envelope, *people.keys))
        assert caught.value.rule is Rule.FORM


def test_a_signature_on_a_head_is_none_on_an_entry(tmp_path: Path) -> None:
    """Not in an envelope whose bytes are the head's: the contexts differ, and so do the bytes before them."""
    people = Delegations.real()
    with Machines(tmp_path, people) as machines:
        register = machines.host.store.register
        head = machines.host.store.heads()[-1]
        made = head.signed(Slot.A, people.keys["a"], 7).cosignatures[Slot.A].signature
        act = unsigned(machines.act("S1"))
        stolen = replace(act, signatures={"a": made, "b": made})
        with refused(Rule.SIGNERS, 1):
            machines.append(stolen.document())
        assert entry_context(register, "a") != head_context(register, Slot.A)
        assert not pae(act.payload_type, act.payload).startswith(b"cosignature/v1")


def test_a_signature_on_an_entry_is_none_on_a_head(tmp_path: Path) -> None:
    """The signature of A on an act, in a note, does not verify."""
    people = Delegations.real()
    with Machines(tmp_path, people) as machines:
        signature = read_envelope(people.signed(unsigned(machines.act("S1")), "a", "b")).signatures["a"]
        head = machines.host.store.heads()[-1].signed(Slot.A, people.keys["a"], 7)
        made = replace(head.cosignatures[Slot.A], signature=signature)
        stolen = Head(head.register, head.size, head.root, {Slot.A: made})
        with refused(Rule.HEAD, why="not made with its key"):
            machines.host.receive(read_head(stolen.note()))
        machines.host.receive(head)
