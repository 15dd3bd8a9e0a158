"""Somebody who draws up acts by hand, as whoever has changed the program can, for the tests of what a desk signs."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import Any

from fakes.acts import changed, line_of
from fakes.desks import TODAY, Desks, asked
from merestone.casefile.register import signing
from merestone.casefile.register.desk import Offer, drawn_up
from merestone.casefile.register.reviewing import review
from merestone.publish.register.media_types import LINE
from merestone.register.objects import Act, Base, Blob, Change, Description, Kind, Prevails, SourceUsed, Status, Text

WORDS = """boundary «A line»
reading by «the test» on 2026-11
parties AAA «A», BBB «B»
frame WGS 84 (G1762) epoch 2016.0
point A at 10° N 20° E
point B at 10° N 21° E
section Main «the line» with AAA on the left, BBB on the right
  from A
  leg 1 geodesic to B
""".encode()
ONE_MINUTE = 16_666_667
"""In units of 1e-9 degree: 1.84 km of latitude."""


def _moved(document: Any) -> None:
    document["line"]["sections"][0]["parts"][0]["vertices"]["latitude"][1] += ONE_MINUTE


def forged_line() -> bytes:
    """The line of the words, with its far end a minute further north."""
    return changed(line_of(WORDS), _moved)


@dataclass
class Forger:
    """Lays acts on B's desk."""

    desks: Desks

    def offered(
        self,
        line: bytes,
        *texts: tuple[str, str, bytes],
        sources: tuple[tuple[str, bytes], ...] = (),
        name: str = "Main",
    ) -> str:
        """The digest of an act with this line and these texts (language, media type, bytes)."""
        blobs: list[bytes] = [line]

        def blob(data: bytes, media_type: str) -> Blob:
            blobs.append(data)
            return Blob.of(data, media_type)

        descriptions = tuple(Description(blob(data, kind), language) for language, kind, data in sorted(texts))
        used = tuple(SourceUsed(blob(data, "text/csv"), title) for title, data in sources)
        text = Text(descriptions, (), Blob.of(line, LINE), Prevails.TEXT, used, 1_000)
        change = Change(name, Status.SIGNED, "", "", None, (), text)
        with self.desks.desk("b") as desk:
            size = desk.store.size
            base = Base(desk.store.root(size).hex(), size)
            bound = (desk.store.register, base, 1, secrets.token_hex(16))
            act = Act(*bound, Kind.STEP, None, "Signed", 99, "", (change,), (), ())
            return desk.put_offer(drawn_up(act), tuple(blobs)).digest

    def countersigned(self, digest: str) -> Offer:
        """What B's tool makes of it. Raises `RefusedError`."""
        with self.desks.desk("b") as desk:
            return signing.sign(desk, review(desk, desk.offer(digest)), (self.desks.keys["b"],), asked, TODAY)
