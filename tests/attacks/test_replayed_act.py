"""The cheat: an act that both signed once is put in a second time, in the same register or in another one."""

from __future__ import annotations

from dataclasses import replace

from fakes.refusals import refused
from fakes.registers import Delegations, Story
from merestone.register.envelope import read_envelope
from merestone.register.objects import Status, read_content, unsigned
from merestone.register.refusal import Rule


def test_the_same_bytes_are_no_second_entry() -> None:
    """The entry is refused the second time, however much later."""
    story = Story()
    story.step(story.people.change(Status.SIGNED))
    again = story.entries[1]
    for _ in range(2):
        with refused(Rule.ONCE, story.ledger.size):
            story.put_bytes(again)
        story.step(story.people.change(Status.SIGNED, section="S2"))


def test_new_signatures_make_no_new_act() -> None:
    """What counts is the payload: signed anew, with other signature bytes, it is the same act."""
    story = Story(Delegations.real())
    content = story.people.act(story.ledger, story.people.change(Status.SIGNED))
    story.put(content)
    with refused(Rule.ONCE, 2):
        story.put(content)


def test_an_act_of_one_register_is_good_for_no_other() -> None:
    """Two registers of the same parties with the same keys: the act names its register, and is refused in the other."""
    one = Story()
    other = Story(replace(one.people, register=""))
    assert one.ledger.register != other.ledger.register
    act = one.people.act(one.ledger, one.people.change(Status.SIGNED))
    with refused(Rule.REGISTER, 1):
        other.put(replace(act, register=one.ledger.register))
    other.put(replace(act, register=other.ledger.register, base=other.people.base(other.ledger)))


def test_a_register_written_over_spoils_the_signatures() -> None:
    """With the other register's name in it, the act no longer has the signatures it had."""
    one = Story()
    act = one.people.act(one.ledger, one.people.change(Status.SIGNED))
    signed = read_envelope(one.people.signed(unsigned(act), "a", "b"))
    other = Story(replace(one.people, register=""))
    renamed = unsigned(replace(act, register=other.ledger.register, base=other.people.base(other.ledger)))
    with refused(Rule.SIGNERS, 1):
        other.put_bytes(replace(renamed, signatures=signed.signatures).document())


def test_the_second_half_names_the_register() -> None:
    """Signatures made for the same bytes in another register's context do not verify: the context has its identity."""
    story = Story(Delegations.real())
    envelope = unsigned(story.people.act(story.ledger, story.people.change(Status.SIGNED)))
    elsewhere = envelope.signed("0" * 64, "a", story.people.keys["a"]).signed("0" * 64, "b", story.people.keys["b"])
    with refused(Rule.SIGNERS, 1, "signature of a was not made with its key"):
        story.put_bytes(elsewhere.document())
    assert read_content(envelope) == story.put_bytes(story.people.signed(envelope, "a", "b")).content
