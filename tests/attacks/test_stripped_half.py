"""The cheat: of the two signatures of a hybrid key one is left out, emptied, or replaced, in the hope that one is enough."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from fakes.refusals import refused
from fakes.registers import Delegations, Story
from merestone.register.canonical import write
from merestone.register.envelope import read_envelope
from merestone.register.objects import Status, unsigned
from merestone.register.refusal import Rule

HALVES = ("ed25519", "ml_dsa_65")
KEYIDS = ("a/ed25519", "a/ml-dsa-65", "b/ed25519", "b/ml-dsa-65")


@pytest.fixture(scope="module")
def story() -> Story:
    """A register with real keys."""
    return Story(Delegations.real())


@pytest.fixture(scope="module")
def act(story: Story) -> bytes:
    """An act signed by both."""
    people = story.people
    return people.signed(unsigned(people.act(story.ledger, people.change(Status.SIGNED))), "a", "b")


def altered(data: bytes, which: str, **members: Any) -> bytes:
    """The envelope with one signature's members others; without members it is left out."""
    document = json.loads(data)
    kept = [each if each["keyid"] != which else {**each, **members} for each in document["signatures"]]
    document["signatures"] = kept if members else [each for each in kept if each["keyid"] != which]
    return write(document)


@pytest.mark.parametrize("keyid", KEYIDS)
def test_a_half_left_out_is_missed(story: Story, act: bytes, keyid: str) -> None:
    """Whichever half of whichever signature."""
    with refused(Rule.SIGNERS, 1, "half of the signature"):
        story.put_bytes(altered(act, keyid))


@pytest.mark.parametrize("keyid", KEYIDS)
def test_an_emptied_half_has_the_wrong_length(story: Story, act: bytes, keyid: str) -> None:
    """No bytes, one too few, one too many."""
    for sig in ("", "AAAA", "A" * 4 * 1200):
        with refused(Rule.FORM, 1, "bytes; this one has"):
            story.put_bytes(altered(act, keyid, sig=sig))


@pytest.mark.parametrize("half", HALVES)
@pytest.mark.parametrize("name", ["a", "b"])
def test_a_replaced_half_does_not_verify(story: Story, act: bytes, name: str, half: str) -> None:
    """Zeros of the right length, and the other party's half."""
    envelope = read_envelope(act)
    for other in (
        bytes(len(getattr(envelope.signatures[name], half))),
        getattr(envelope.signatures["ab"["ba".index(name)]], half),
    ):
        broken = replace(envelope.signatures[name], **{half: other})
        with refused(Rule.SIGNERS, 1, f"signature of {name} was not made with its key"):
            story.put_bytes(replace(envelope, signatures={**envelope.signatures, name: broken}).document())


def test_an_algorithm_nobody_knows_is_refused(story: Story, act: bytes) -> None:
    """The envelope does not choose the algorithm: `none` and a weaker one are refused."""
    for algorithm in ("none", "rsa", "ml-dsa-44", ""):
        with refused(Rule.FORM, 1, "algorithm is unknown"):
            story.put_bytes(altered(act, "b/ml-dsa-65", keyid=f"b/{algorithm}"))


def test_whole_signatures_are_accepted(act: bytes, story: Story) -> None:
    """Nothing was wrong with the act itself."""
    story.put_bytes(act)
