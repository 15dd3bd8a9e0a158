"""The cheat: the same value in other bytes, so that one act has two digests, or a digest two readings."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from fakes.refusals import refused
from fakes.registers import Delegations, Story
from merestone.register.envelope import Envelope
from merestone.register.objects import Status, unsigned
from merestone.register.refusal import Rule

WAYS: dict[str, Callable[[bytes], bytes]] = {
    "a space": lambda data: data.replace(b'":', b'": ', 1),
    "a line feed at the end": lambda data: data + b"\n",
    "a space before": lambda data: b" " + data,
    "indented": lambda data: json.dumps(json.loads(data), indent=1, ensure_ascii=False).encode(),
    "other order": lambda data: json.dumps(
        dict(reversed(json.loads(data).items())), separators=(",", ":"), ensure_ascii=False
    ).encode(),
    "an escaped letter": lambda data: data.replace(b"merestone-act", b"merestone-\\u0061ct").replace(
        b'"payload":', b'"\\u0070ayload":'
    ),
    "an escaped solidus": lambda data: data.replace(b"/", b"\\/", 1),
    "a byte order mark": lambda data: b"\xef\xbb\xbf" + data,
    "UTF-16": lambda data: data.decode().encode("utf-16-le"),
    "Latin-1": lambda data: data.replace(b"An act", "Un acte signé".encode("latin-1")).replace(b"a/ed", b"\xe9/ed"),
    "something after it": lambda data: data + b"{}",
    "a comma too many": lambda data: data[:-1] + b",}",
    "a fraction": lambda data: data.replace(b":1,", b":1.0,").replace(b'"sig"', b'"sig":1.0,"sig"', 1),
    "an exponent": lambda data: data.replace(b":1,", b":1e0,").replace(b'"sig"', b'"sig":1e0,"sig"', 1),
    "not a number": lambda data: data.replace(b":1,", b":NaN,").replace(b'"sig"', b'"sig":NaN,"sig"', 1),
    "cut short": lambda data: data[:-1],
}


@pytest.fixture(scope="module")
def story() -> Story:
    """A register."""
    return Story(Delegations.cheap())


@pytest.mark.parametrize("way", WAYS)
def test_what_is_signed_has_one_form(story: Story, way: str) -> None:
    """Both parties signed the other bytes, and still they are refused."""
    good = unsigned(story.people.act(story.ledger, story.people.change(Status.SIGNED)))
    other = Envelope(good.payload_type, WAYS[way](good.payload), {})
    assert other.payload != good.payload
    with refused(Rule.FORM, 1):
        story.put_bytes(story.people.signed(other, "a", "b"))


@pytest.mark.parametrize("way", WAYS)
def test_an_entry_has_one_form(story: Story, way: str) -> None:
    """The envelope's bytes are a leaf of the log: written otherwise they would be another leaf."""
    people = story.people
    data = people.signed(unsigned(people.act(story.ledger, people.change(Status.SIGNED))), "a", "b")
    other = WAYS[way](data)
    assert other != data
    with refused(Rule.FORM, 1):
        story.put_bytes(other)


def test_the_payload_has_one_base64(story: Story) -> None:
    """Padding left out, unused bits set, the alphabet for addresses, a line break."""
    people = story.people
    for pad in range(3):
        act = people.act(story.ledger, people.change(Status.SIGNED), title="x" * (pad + 1))
        data = people.signed(unsigned(act), "a", "b")
        text = json.loads(data)["payload"].encode()
        others = [text + b"=", text[:40] + b"\\n" + text[40:], b" " + text]
        if text.endswith(b"="):
            stem = text.rstrip(b"=")
            others += [stem, stem[:-1] + bytes([stem[-1] + 1]) + text[len(stem) :]]
        for other in others:
            with refused(Rule.FORM, 1, "base64"):
                story.put_bytes(data.replace(text, other))
    with refused(Rule.FORM, 1, "base64"):
        story.put_bytes(data.replace(b'"sig":"', b'"sig":"-_-_', 1))


def test_the_one_form_is_accepted(story: Story) -> None:
    """What a writer makes is what a reader takes, in any language."""
    story.step(story.people.change(Status.SIGNED), title="Vertrag über die Grenze — مرز — 国境 \U0001f5fa")
