"""The cheat: somebody who is somebody here signs for somebody else."""

from __future__ import annotations

from itertools import combinations

import pytest

from fakes.refusals import refused
from fakes.registers import Delegations, Story
from merestone.register.keys import Slot
from merestone.register.ledger import MemoryLedger
from merestone.register.objects import Status, unsigned
from merestone.register.refusal import Rule
from merestone.register.rules import accept

EVERYBODY = ("a", "a.root", "b", "b.root", "depositary", "mediator", "operator")
MAY_BE_THERE = {"depositary", "mediator"}
SETS = [names for count in range(4) for names in combinations(EVERYBODY, count)]


@pytest.fixture(scope="module")
def story() -> Story:
    """A register with every slot."""
    return Story(Delegations.cheap("depositary", "mediator"))


@pytest.mark.parametrize("names", SETS, ids="+".join)
def test_an_act_is_signed_by_both_parties_and_by_whom_it_may_be(story: Story, names: tuple[str, ...]) -> None:
    """Every set of up to three signers: only A and B, with depositary or mediator besides, make an act."""
    people = story.people
    act = people.act(story.ledger, people.change(Status.SIGNED))
    good = {"a", "b"} <= set(names) <= {"a", "b", *MAY_BE_THERE}
    data = people.signed(unsigned(act), *names)
    if good:
        story.put_bytes(data)
        return
    with refused(Rule.SIGNERS, story.ledger.size):
        story.put_bytes(data)


@pytest.mark.parametrize("names", SETS, ids="+".join)
def test_a_claim_is_signed_by_its_party(names: tuple[str, ...]) -> None:
    """The other party does not sign it, nor can it be made for one."""
    story = Story(Delegations.cheap("depositary", "mediator"))
    people = story.people
    claim = people.claim(story.ledger, Slot.A, people.change(Status.CLAIMED))
    data = people.signed(unsigned(claim), *names)
    if {"a"} <= set(names) <= {"a", *MAY_BE_THERE}:
        story.put_bytes(data)
        return
    with refused(Rule.SIGNERS, 1):
        story.put_bytes(data)


@pytest.mark.parametrize("left_out", EVERYBODY)
def test_a_charter_is_signed_by_every_key_in_it(left_out: str) -> None:
    """Whoever is in it without having signed has not shown that the key is theirs."""
    people = Delegations.cheap("depositary", "mediator")
    envelope = unsigned(people.charter())
    people.register = envelope.digest

    def put(*names: str) -> None:
        accept(MemoryLedger(), people.signed(envelope, *names, keys={"new": people.keys["a"]}), people.scheme)

    with refused(Rule.SIGNERS, 0, f"signature of {left_out} is missing"):
        put(*(name for name in EVERYBODY if name != left_out))
    with refused(Rule.SIGNERS, 0, "new may not sign this"):
        put(*EVERYBODY, "new")
    put(*EVERYBODY)
