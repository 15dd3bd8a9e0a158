"""The cheat: an act refers to a map or a text by its digest, and the bytes are kept back."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from fakes.refusals import refused
from fakes.registers import LINE, WORDS, Story
from fakes.replicas import Machines
from merestone.register.keys import Slot
from merestone.register.objects import Blob, Description, Instrument, SourceUsed, Status
from merestone.register.refusal import Rule

MISSING = Blob.of(b"nobody has this", "application/pdf")


@pytest.mark.parametrize(
    "changed",
    [
        {"line": MISSING},
        {"descriptions": (Description(MISSING, "en"),)},
        {"descriptions": (Description(Blob.of(WORDS, "text/plain"), "en"), Description(MISSING, "fr"))},
        {"instruments": (Instrument("1", MISSING, "", "A protocol"),)},
        {"sources": (SourceUsed(MISSING, "A map"),)},
    ],
    ids=["line", "words", "second language", "instrument", "source"],
)
def test_whatever_an_act_refers_to_is_there(changed: dict[str, object]) -> None:
    """The line, the words in each language, the instruments, the sources: one missing, and the act is refused."""
    story = Story()
    text = replace(story.people.text(), **changed)  # type: ignore[arg-type]
    change = story.people.change(Status.SIGNED, text=text)
    with refused(Rule.BLOBS, 1, MISSING.sha256):
        story.step(change)
    story.ledger.hold_blob(b"nobody has this")
    story.step(change)


def test_a_party_that_lacks_the_bytes_takes_nothing_in(tmp_path: Path) -> None:
    """The operator has them and sends the entry without: the party's replica stays where it was, and signs nothing new."""
    with Machines(tmp_path) as machines:
        machines.deliver(Slot.A)
        extra = b"a map"
        with machines.host.store.writing():
            machines.host.store.hold_blob(extra)
        text = replace(machines.people.text(), sources=(SourceUsed(Blob.of(extra, "image/png"), "A map"),))
        machines.put(machines.people.act(machines.host.store, machines.people.change(Status.SIGNED, text=text)))
        with refused(Rule.BLOBS, 1):
            machines.deliver(Slot.A)
        assert machines.replicas[Slot.A].store.size == 1
        machines.deliver(Slot.A, blobs=(LINE, WORDS, extra))
        assert machines.replicas[Slot.A].store.size == 2
