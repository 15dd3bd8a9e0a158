"""The cheat: a member occurs twice, so that one program reads the first and another the last."""

from __future__ import annotations

import pytest

from fakes.refusals import refused
from fakes.registers import Story
from merestone.register.envelope import Envelope, read_envelope
from merestone.register.objects import Status, unsigned
from merestone.register.refusal import Rule


@pytest.mark.parametrize(
    ("found", "doubled"),
    [
        (b'"by":""', b'"by":"","by":""'),
        (b'"status":"signed"', b'"status":"signed","status":"in force"'),
        (b'"status":"signed"', b'"status":"in force","status":"signed"'),
        (b'"language":"en"', b'"language":"en","language":"fr"'),
        (b'"size":1', b'"size":1,"size":1'),
        (b'"by":""', b'"by":"","\\u0062y":"a"'),
    ],
)
def test_a_member_twice_in_what_is_signed(found: bytes, doubled: bytes) -> None:
    """Signed by both parties, at any depth, also where the second name is written with an escape."""
    story = Story()
    good = unsigned(story.people.act(story.ledger, story.people.change(Status.SIGNED)))
    assert good.payload.count(found) == 1
    twice = Envelope(good.payload_type, good.payload.replace(found, doubled), {})
    with refused(Rule.FORM, 1, "has the same member twice"):
        story.put_bytes(story.people.signed(twice, "a", "b"))
    story.put_bytes(story.people.signed(good, "a", "b"))


def test_a_member_twice_in_the_envelope() -> None:
    """Two payloads, two types, two lists of signatures."""
    story = Story()
    data = story.people.signed(unsigned(story.people.act(story.ledger, story.people.change(Status.SIGNED))), "a", "b")
    for name in (b'{"payload":"', b',"payloadType":"', b',"signatures":['):
        at = data.index(name)
        end = data.find(b',"', at + 1) if name != b',"signatures":[' else len(data) - 1
        doubled = data[:end] + b"," + data[at:end].lstrip(b"{,") + data[end:]
        with refused(Rule.FORM, why="has the same member twice"):
            read_envelope(doubled)
    read_envelope(data)
