"""Acts on real descriptions for tests: the line that a description compiles to, and acts, blobs and grounds around it."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

import rfc8785

from merestone.casefile.register.recompiling import compile_pinned
from merestone.delimit.boundary_line import Toolchain
from merestone.publish.export import Export, into_the_lines_frame
from merestone.publish.line_json import write_line
from merestone.publish.register.media_types import DESCRIPTION, LINE
from merestone.publish.register.signing_view import Ground, InForce
from merestone.register.envelope import Envelope
from merestone.register.keys import Holder, PublicKey, Slot
from merestone.register.objects import (
    Act,
    Base,
    Blob,
    Change,
    Description,
    Instrument,
    Kind,
    Prevails,
    Reference,
    Statement,
    Status,
    Text,
    unsigned,
)

SECTION = "Main"
PLAIN = "text/plain;charset=utf-8"
FORMER = Reference(5, 0)

HOLDERS = {
    Slot.A: Holder("CHD", "Republic of Chad", PublicKey(b"c" * 32, b"c" * 1_952)),
    Slot.B: Holder("LBY", "State of Libya", PublicKey(b"l" * 32, b"l" * 1_952)),
}


def line_of(description: bytes) -> bytes:
    """The canonical line that a description compiles to here."""
    line = replace(compile_pinned(description, checked=False).line, toolchain=Toolchain("any", "any", "any"))
    steps = into_the_lines_frame(line)
    return write_line(Export(line, steps, steps))


def changed(line: bytes, change: Callable[[Any], object]) -> bytes:
    """The canonical bytes of a line after `change` did something to its JSON."""
    document = json.loads(line)
    change(document)
    return rfc8785.dumps(document)


@dataclass
class Desk:
    """What lies before a signer: the bytes by their SHA-256, and how an act on them is made."""

    blobs: dict[str, bytes] = field(default_factory=dict)

    def blob(self, data: bytes, media_type: str) -> Blob:
        """A reference to bytes that are kept."""
        made = Blob.of(data, media_type)
        self.blobs[made.sha256] = data
        return made

    def text(self, line: bytes | None, media_type: str = DESCRIPTION, /, **by_language: bytes) -> Text:
        """A text in some languages, with a line."""
        descriptions = tuple(
            Description(self.blob(data, media_type), language) for language, data in sorted(by_language.items())
        )
        instrument = Instrument("paragraph 77", None, "1994-02-03", "Judgment of the Court")
        blob = None if line is None else self.blob(line, LINE)
        return Text(descriptions, (instrument,), blob, Prevails.TEXT, (), 1_000)

    def with_plain(self, text: Text, language: str, words: str) -> Text:
        """The text with one more authentic text, which is plain and no description."""
        more = Description(self.blob(words.encode(), PLAIN), language)
        return replace(text, descriptions=tuple(sorted((*text.descriptions, more), key=lambda each: each.language)))

    def act(self, text: Text, status: Status = Status.IN_FORCE, **members: Any) -> Envelope:
        """An act on one section with a text, unsigned."""
        begin = "2026-01-01" if status in (Status.IN_FORCE, Status.APPLIED) else ""
        change = Change(SECTION, status, begin, "", FORMER, (FORMER,) if begin else (), text)
        made = {
            "register": "0f" * 32,
            "base": Base("1e" * 32, 7),
            "keys": 1,
            "nonce": "2d" * 16,
            "kind": Kind.CORRECTION,
            "by": None,
            "title": "Correction of point P3",
            "last_index": 99,
            "answer_by": "2027-01-01",
            "changes": (change,),
            "figures": (Statement("length", "1 050 km"),),
            "toolchain": (Statement("merestone", "0.3"),),
        }
        return unsigned(Act(**{**made, **members}))

    def ground(self, text: Text) -> Ground:
        """A log in which a text is in force since the beginning of 2020."""
        change = Change(SECTION, Status.IN_FORCE, "2020-01-01", "", None, (), text)
        in_force = InForce(FORMER, Status.IN_FORCE, "2020-01-01", "", text)
        return Ground("Chad and Libya", 7, HOLDERS, {SECTION: in_force}, {FORMER: change})
