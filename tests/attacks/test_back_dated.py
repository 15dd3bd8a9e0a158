"""The cheat: an act is said to rest on an older state of the log, so that what has happened since looks unseen, or on a
state that never was."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fakes.refusals import refused
from fakes.registers import Story
from merestone.register.keys import Slot
from merestone.register.objects import Base, Status
from merestone.register.refusal import Rule


def test_an_act_whose_base_is_older_than_a_change_of_its_section() -> None:
    """Agreed before the section changed, put in after it: refused, until both look again."""
    story = Story()
    people = story.people
    offered = people.act(story.ledger, people.change(Status.SIGNED))
    elsewhere = people.act(story.ledger, people.change(Status.SIGNED, section="S2"))
    story.step(people.change(Status.SIGNED))
    with refused(Rule.UNDISTURBED, 2, "entry 1 changed the section S1 after the base of this act"):
        story.put(offered)
    story.put(elsewhere)
    story.put(replace(offered, base=people.base(story.ledger)))


def test_one_disturbed_section_of_several_is_enough() -> None:
    """An act of three sections is refused whole if one of them has changed."""
    story = Story()
    people = story.people
    three = people.act(story.ledger, *(people.change(Status.SIGNED, section=name) for name in ("S1", "S2", "S3")))
    story.step(people.change(Status.SIGNED, section="S3"))
    with refused(Rule.UNDISTURBED, 2):
        story.put(three)


def test_claims_disturb_only_claims_of_the_same_party() -> None:
    """A party cannot block an act by claiming, nor the other's claim; only its own older claim is out of date."""
    story = Story()
    people = story.people
    act = people.act(story.ledger, people.change(Status.SIGNED))
    of_a, of_b = (people.claim(story.ledger, slot, people.change(Status.CLAIMED)) for slot in (Slot.A, Slot.B))
    again = people.claim(story.ledger, Slot.A, people.change(Status.CLAIMED))
    story.put(of_a, "a")
    story.put(of_b, "b")
    with refused(Rule.UNDISTURBED, 3):
        story.put(again, "a")
    story.put(act)


@pytest.mark.parametrize("size", [0, 3, 4, 2**53 - 1])
def test_a_base_that_is_not_yet_or_never(size: int) -> None:
    """No entries, or more than there are."""
    story = Story()
    people = story.people
    story.step(people.change(Status.SIGNED, section="S2"))
    root = story.ledger.root(2).hex()
    with refused(Rule.BASE, 2, "and the log before it has size 2"):
        story.put(people.act(story.ledger, people.change(Status.SIGNED), base=Base(root, size)))


def test_a_base_with_the_root_of_another_size() -> None:
    """The size of one state with the root of the other."""
    story = Story()
    people = story.people
    story.step(people.change(Status.SIGNED, section="S2"))
    for size, other in ((1, 2), (2, 1)):
        wrong = Base(story.ledger.root(other).hex(), size)
        with refused(Rule.BASE, 2, "another root"):
            story.put(people.act(story.ledger, people.change(Status.SIGNED), base=wrong))
    story.put(people.act(story.ledger, people.change(Status.SIGNED), base=people.base(story.ledger, 1)))


def test_every_kind_rests_on_a_state() -> None:
    """A change of keys and a withdrawal with a base that never was are refused too."""
    from fakes.registers import CheapKey
    from merestone.register.objects import KeyChangeKind

    story = Story()
    people = story.people
    wrong = Base("0" * 64, 1)
    new = CheapKey(b"new")
    rotation = people.key_change(story.ledger, KeyChangeKind.ROTATE, Slot.A, new.public, base=wrong)
    with refused(Rule.BASE, 1):
        story.put(rotation, "a", "new", keys={"new": new})
    with refused(Rule.BASE, 1):
        story.put(people.withdrawal(story.ledger, "0" * 64, Slot.A, base=wrong), "a")
