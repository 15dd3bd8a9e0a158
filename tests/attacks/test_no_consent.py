"""The cheat: something comes into force without the steps to which both agreed, or with other words than those signed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fakes.refusals import refused
from fakes.registers import Story
from fakes.replicas import OTHER_LINE, OTHER_WORDS
from merestone.register.keys import Slot
from merestone.register.objects import Blob, Description, Prevails, Reference, Status, Text
from merestone.register.refusal import Rule
from merestone.register.rules import CARRIES


def text_with(story: Story, **changed: object) -> Text:
    """The usual text with something else in it."""
    return replace(story.people.text(), **changed)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "changed",
    [
        {"line": Blob.of(OTHER_LINE, "application/json")},
        {"line": None},
        {"descriptions": (Description(Blob.of(OTHER_WORDS, "text/plain"), "en"),)},
        {"prevails": Prevails.COORDINATES},
        {"tolerance_um": 1_001},
    ],
    ids=["line", "no line", "words", "what prevails", "tolerance"],
)
def test_what_comes_into_force_is_what_was_signed(changed: dict[str, object]) -> None:
    """Another line, other words, another authority or tolerance: refused, though both signed that too."""
    story = Story()
    for data in (OTHER_LINE, OTHER_WORDS):
        story.ledger.hold_blob(data)
    change = story.people.change
    signed = story.step(change(Status.SIGNED))
    with refused(Rule.KINDS, 2):
        story.step(change(Status.IN_FORCE, "2026-01-01", carries=signed, text=text_with(story, **changed)))
    story.step(change(Status.IN_FORCE, "2026-01-01", carries=signed))


@pytest.mark.parametrize("status", [status for status in CARRIES if None not in CARRIES[status]])
def test_nothing_begins_in_the_middle(status: Status) -> None:
    """Ratified, applied, in force, suspended, ended: each carries something on."""
    story = Story()
    day = "" if status is Status.RATIFIED else "2026-01-01"
    with refused(Rule.KINDS, 1, "must carry another change forward"):
        story.step(story.people.change(status, day))


def test_a_claim_is_carried_nowhere() -> None:
    """What one party claims becomes nothing else without the other, and not with it either: both must say it anew."""
    story = Story()
    people = story.people
    claim = story.put(people.claim(story.ledger, Slot.A, people.change(Status.CLAIMED)), "a")
    for status, day in ((Status.SIGNED, ""), (Status.IN_FORCE, "2026-01-01")):
        with refused(Rule.KINDS, 2, "does not exist, is a claim, or belongs to another section"):
            story.step(people.change(status, day, carries=claim))
    story.step(people.change(Status.SIGNED))


def test_one_signature_is_carried_into_force_once() -> None:
    """The same agreement does not come into force a second time, on other dates."""
    story = Story()
    change = story.people.change
    signed = story.step(change(Status.SIGNED))
    story.step(change(Status.IN_FORCE, "2026-01-01", "2027-01-01", carries=signed))
    with refused(Rule.KINDS, 3, "already been carried forward to in force"):
        story.step(change(Status.IN_FORCE, "2030-01-01", carries=signed))


def test_what_is_carried_is_of_the_same_section_and_is_there() -> None:
    """Another section's agreement, one that is not there, and one's own act."""
    story = Story()
    change = story.people.change
    signed = story.step(change(Status.SIGNED, section="S2"))
    for carries in (signed, Reference(1, 1), Reference(0, 0), Reference(2, 0), Reference(9, 0)):
        with refused(Rule.KINDS, 2, "does not exist, is a claim, or belongs to another section"):
            story.step(change(Status.IN_FORCE, "2026-01-01", carries=carries))
    story.step(change(Status.IN_FORCE, "2026-01-01", carries=signed, section="S2"))
