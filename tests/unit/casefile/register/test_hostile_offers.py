"""Offers that somebody else hands over: what they bring takes nothing away, and stops nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from fakes.desks import TODAY, Desks, asked
from merestone.casefile.progress import silent
from merestone.casefile.register import answers, enrolling, signing
from merestone.casefile.register.carrying import Brought, receive
from merestone.casefile.register.desk import Offer
from merestone.casefile.register.proposing import Wanted
from merestone.casefile.register.reviewing import review
from merestone.register.bundle import Contents, written
from merestone.register.envelope import Envelope
from merestone.register.objects import Status
from merestone.register.refusal import RefusedError, Rule
from merestone.register.signing import Signature

JUNK = Signature(b"\1" * 64, b"\2" * 3_309)


@pytest.fixture
def desks(tmp_path: Path) -> Desks:
    """Three desks with a charter; on A's lies an offer that A has signed."""
    desks = Desks(tmp_path).charter()
    desks.propose(Wanted("S1", Status.SIGNED, texts={"en": desks.words()}))
    desks.sign("a", "a")
    return desks


def on_desk(desks: Desks) -> Offer:
    """The one offer on A's desk."""
    with desks.desk("a") as desk:
        (offer,) = desk.offers()
        return offer


def brought(desks: Desks, *envelopes: Envelope) -> Brought:
    """What A's desk says of a bundle with these offers that anybody could have made."""
    with desks.desk("a") as desk:
        offers = sorted((each.digest, each.document()) for each in envelopes)
        bundle = Contents(desk.register, offers=offers)
        (desks.folder / "stranger.bundle").write_bytes(b"".join(written(bundle)))
        return receive(desk, str(desks.folder / "stranger.bundle"), silent)


@pytest.mark.parametrize("name", ["a", "b", "mediator", "nobody"])
def test_a_signature_that_does_not_hold_changes_nothing(desks: Desks, name: str) -> None:
    """A bundle with a false signature neither displaces the true one nor stands in its way; it is said that it was left out."""
    offer = on_desk(desks)
    found = brought(desks, Envelope(offer.envelope.payload_type, offer.envelope.payload, {name: JUNK}))
    assert on_desk(desks) == offer
    assert len(found.left_out) == 1
    assert f"{name} " in found.left_out[0]


def test_strangers_signatures_never_fill_an_offer(desks: Desks) -> None:
    """However many bundles bring signatures by nobody, the desk can be read, and the offer be signed."""
    offer = on_desk(desks)
    for group in range(4):
        names = {f"s{group}{each}": JUNK for each in range(8)}
        brought(desks, Envelope(offer.envelope.payload_type, offer.envelope.payload, names))
    desks.carry("a", "b", offers=True)
    desks.sign("b", "b")
    with desks.desk("b") as desk:
        assert [each.is_complete for each in desk.offers()] == [True]


def test_a_charter_of_another_register_stays_outside(desks: Desks, tmp_path: Path) -> None:
    """A bundle cannot bring the charter of another register onto a desk under this one's name."""
    (tmp_path / "other").mkdir()
    enrolments = tuple(tmp_path / f"{slot}.enrolment" for slot in ("a", "b", "operator"))
    other = enrolling.begin(tmp_path / "other" / "a", "Another", enrolments)
    with pytest.raises(RefusedError) as refusal:
        brought(desks, other.envelope)
    assert refusal.value.rule is Rule.REGISTER
    on_desk(desks)


def test_an_offer_too_long_to_be_signed_is_refused_at_once(desks: Desks) -> None:
    """An act that all signatures would make too long for an entry never lies on a desk."""
    long = tuple(("x" * 1_000, "y" * 500, "", None) for _ in range(7))
    wanted = [
        Wanted(f"S{number}", Status.SIGNED, texts={"en": desks.words()}, instruments=long) for number in range(2, 6)
    ]
    with pytest.raises(RefusedError, match="or divide it"):
        desks.propose(*wanted)
    on_desk(desks)


def test_a_spoiled_offer_says_which_file_to_take_away(desks: Desks) -> None:
    """Where an offer's file was spoiled, what is said names it and what to do; when that is done, all is as before."""
    offer = on_desk(desks)
    file = desks.folder / "a" / "offers" / f"{offer.digest}.offer"
    good = file.read_bytes()
    for spoiled in (b"", b"\xff", good[:-1], good.replace(b"payloadType", b"payloadtype"), b"[" * 70_000):
        file.write_bytes(spoiled)
        with desks.desk("a") as desk, pytest.raises(RefusedError, match=r"\.offer: .*delete this file"):
            answers.status(desk)
    file.unlink()
    brought(desks, offer.envelope)
    assert on_desk(desks) == offer


def test_spoiled_bytes_beside_an_offer_are_brought_anew(desks: Desks) -> None:
    """Where the bytes that an offer refers to were spoiled on the disk, the next bundle that brings them mends that."""
    offer = on_desk(desks)
    desks.carry("a", "b", offers=True)
    (blob,) = (desks.folder / "a" / "offers" / "blobs").iterdir()
    blob.write_bytes(b"others")
    assert on_desk(desks).obstacle
    desks.carry("b", "a", offers=True)
    assert on_desk(desks) == offer
    with desks.desk("a") as desk:
        signing.sign(desk, review(desk, desk.offer("")), (desks.keys["a"],), asked, TODAY)
