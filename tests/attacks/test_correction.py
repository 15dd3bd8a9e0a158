"""The cheat: under the name of a correction something else is changed than what is corrected."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fakes.refusals import refused
from fakes.registers import Story
from fakes.replicas import OTHER_LINE
from merestone.register.keys import Slot
from merestone.register.objects import Blob, Change, Kind, Reference, Status
from merestone.register.refusal import Rule


@pytest.fixture
def story() -> Story:
    """S1 in force since 2026, S2 since 2026, and another line at hand."""
    made = Story()
    made.ledger.hold_blob(OTHER_LINE)
    made.in_force("S1")
    made.in_force("S2")
    return made


FIRST, SECOND = Reference(2, 0), Reference(4, 0)


def correction(story: Story, **changed: object) -> Change:
    """S1 with the other line, from the same day."""
    text = replace(story.people.text(), line=Blob.of(OTHER_LINE, "application/json"))
    made = story.people.change(Status.IN_FORCE, "2026-01-01", carries=FIRST, supersedes=(FIRST,), text=text)
    return replace(made, **changed)  # type: ignore[arg-type]


def test_a_correction_takes_the_place_of_what_it_corrects(story: Story) -> None:
    """The honest one, and after it the corrected one is carried on no more."""
    corrected = story.step(correction(story), kind=Kind.CORRECTION)
    assert [each.change for each in story.ledger.segments("S1")] == [corrected]
    with refused(Rule.KINDS, 6, "has been corrected"):
        story.step(story.people.change(Status.ENDED, "2030-01-01", carries=FIRST, supersedes=(corrected,)))
    with refused(Rule.KINDS, 6, "has been corrected"):
        story.step(correction(story, supersedes=(corrected,)), kind=Kind.CORRECTION)


@pytest.mark.parametrize(
    ("changed", "rule", "why"),
    [
        ({"carries": None}, Rule.KINDS, "change with the same status"),
        ({"carries": Reference(1, 0)}, Rule.KINDS, "change with the same status"),
        ({"carries": SECOND}, Rule.KINDS, "does not exist, is a claim, or belongs to another section"),
        ({"status": Status.SUSPENDED}, Rule.KINDS, "change with the same status"),
        ({"status": Status.CLAIMED}, Rule.KINDS, "cannot have the status"),
        ({"supersedes": ()}, Rule.FORCE, "and nothing else"),
        ({"valid_from": "2027-01-01"}, Rule.FORCE, "the dates of the change that it corrects: from 2026-01-01 on"),
        ({"valid_from": "2025-01-01"}, Rule.FORCE, "the dates of the change that it corrects: from 2026-01-01 on"),
        ({"valid_to": "2027-01-01"}, Rule.FORCE, "the dates of the change that it corrects: from 2026-01-01 on"),
    ],
)
def test_whatever_else_it_does_is_refused(story: Story, changed: dict[str, object], rule: Rule, why: str) -> None:
    """Of another status, section or nothing; of some of the dates only; without saying so."""
    with refused(rule, 5, why):
        story.step(correction(story, **changed), kind=Kind.CORRECTION)


def test_a_correction_corrects_something(story: Story) -> None:
    """The same text again is none, and one without a line is none either."""
    with refused(Rule.KINDS, 5, "does not change anything"):
        story.step(correction(story, text=story.people.text()), kind=Kind.CORRECTION)
    with refused(Rule.KINDS, 5, "must have a line"):
        story.step(correction(story, text=story.people.text(line=None)), kind=Kind.CORRECTION)


def test_a_correction_displaces_nothing_else(story: Story) -> None:
    """What a later line has taken from what is corrected stays with that line."""
    change = story.people.change
    signed = story.step(change(Status.SIGNED))
    later = story.step(change(Status.IN_FORCE, "2030-01-01", carries=signed, supersedes=(FIRST,)))
    with refused(Rule.FORCE, 7, "and nothing else"):
        story.step(correction(story, supersedes=(FIRST, later)), kind=Kind.CORRECTION)
    with refused(Rule.FORCE, 7, "the dates of the change that it corrects: from 2026-01-01 on"):
        story.step(correction(story, valid_to="2030-01-01"), kind=Kind.CORRECTION)
    right = story.step(correction(story), kind=Kind.CORRECTION)
    track = [(each.begin, each.end, each.change) for each in story.ledger.segments("S1")]
    assert track == [("2026-01-01", "2030-01-01", right), ("2030-01-01", "", later)]


def test_what_holds_on_dates_apart_is_corrected_on_all_of_them(story: Story) -> None:
    """Suspended twice, for a year each, and ended: three segments are corrected by one act, the suspensions stay, and dates
    with an end have to be those of the act too."""
    change, text = story.people.change, story.people.text()
    signed = story.step(change(Status.SIGNED, section="S3"))
    dates = {"section": "S3", "begin": "2026-01-01", "end": "2040-01-01"}
    wrong = story.step(change(Status.IN_FORCE, carries=signed, **dates))  # type: ignore[arg-type]
    stops = []
    for begin, end in (("2028-01-01", "2029-01-01"), ("2031-01-01", "2032-01-01"), ("2039-01-01", "2040-01-01")):
        stop = change(Status.SUSPENDED, begin, end, carries=wrong, supersedes=(wrong,), section="S3", text=text)
        stops.append(story.step(stop))
    better = replace(text, line=Blob.of(OTHER_LINE, "application/json"))
    made = change(Status.IN_FORCE, carries=wrong, supersedes=(wrong,), text=better, **dates)
    size = story.ledger.size
    with refused(Rule.FORCE, size, "the dates of the change that it corrects: from 2026-01-01 to 2040-01-01"):
        story.step(replace(made, valid_to="2028-01-01"), kind=Kind.CORRECTION)
    right = story.step(made, kind=Kind.CORRECTION)
    assert [(each.begin, each.change) for each in story.ledger.segments("S3")] == [
        ("2026-01-01", right),
        ("2028-01-01", stops[0]),
        ("2029-01-01", right),
        ("2031-01-01", stops[1]),
        ("2032-01-01", right),
        ("2039-01-01", stops[2]),
    ]


def test_what_holds_no_date_any_more_is_not_corrected_into_force(story: Story) -> None:
    """Displaced whole by a later line, it does not come back by being corrected."""
    change = story.people.change
    signed = story.step(change(Status.SIGNED))
    later = story.step(change(Status.IN_FORCE, "2026-01-01", carries=signed, supersedes=(FIRST,)))
    for named in ((later,), (FIRST,), ()):
        with refused(Rule.FORCE, 7, "no longer holds on any date"):
            story.step(correction(story, supersedes=named), kind=Kind.CORRECTION)


def test_a_claim_is_not_corrected(story: Story) -> None:
    """A party makes a new claim instead."""
    people = story.people
    claim = story.put(people.claim(story.ledger, Slot.A, people.change(Status.CLAIMED)), "a")
    with refused(Rule.KINDS, 6, "does not exist, is a claim, or belongs to another section"):
        story.step(correction(story, carries=claim), kind=Kind.CORRECTION)
