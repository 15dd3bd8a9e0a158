"""The cheat: a stranger, or a thief with one key, sends so many offers or so many bytes that a desk drowns in them."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from fakes.desks import PASSPHRASE, Desks
from merestone.casefile.progress import silent
from merestone.casefile.register import taking_offers
from merestone.casefile.register.carrying import Brought, receive, send
from merestone.casefile.register.desk import Offer
from merestone.casefile.register.key_files import read_key_file
from merestone.casefile.register.proposing import Wanted
from merestone.casefile.register.shelf import FolderShelf
from merestone.errors import UnwritableFileError
from merestone.register.bundle import Contents, written
from merestone.register.envelope import Envelope
from merestone.register.keys import Slot
from merestone.register.objects import Act, Blob, Description, KeyChange, KeyChangeKind, Statement, Status, unsigned
from merestone.register.signing import PrivateKey, Signature

JUNK = Signature(b"\1" * 64, b"\2" * 3_309)


@pytest.fixture
def desks(tmp_path: Path) -> Desks:
    """Three desks with a charter; on A's lies an offer that A has signed."""
    desks = Desks(tmp_path).charter()
    desks.propose(Wanted("S1", Status.SIGNED, texts={"en": desks.words()}))
    desks.sign("a", "a")
    return desks


def on_desk(desks: Desks, name: str = "a") -> tuple[Offer, ...]:
    """The offers on a desk."""
    with desks.desk(name) as desk:
        return desk.offers()


def act_on(desks: Desks) -> Act:
    """The act on A's desk."""
    content = on_desk(desks)[0].content
    assert isinstance(content, Act)
    return content


def another(act: Act, number: int) -> Envelope:
    """The same act with another nonce, unsigned."""
    return unsigned(replace(act, nonce=f"{number:032x}"))


def signed(desks: Desks, envelope: Envelope, name: str) -> Envelope:
    """An envelope that a key has signed."""
    key = read_key_file(desks.keys[name]).opened(PASSPHRASE)
    with desks.desk("a") as desk:
        return envelope.signed(desk.register, name, key)


def brought(desks: Desks, *envelopes: Envelope, blobs: tuple[bytes, ...] = (), to: str = "b") -> Brought:
    """What a desk says of a bundle that anybody could have made."""
    path = desks.folder / "stranger.bundle"
    with desks.desk(to) as desk:
        offers = sorted((each.digest, each.document()) for each in envelopes)
        held = sorted((Blob.of(each, "a/b").sha256, each) for each in blobs)
        path.write_bytes(b"".join(written(Contents(desk.register, blobs=held, offers=offers))))
        return receive(desk, str(path), silent)


def kept_bytes(desks: Desks, name: str = "b") -> list[int]:
    """How long the bytes are that lie beside the offers of a desk."""
    return sorted(path.stat().st_size for path in (desks.folder / name / "offers" / "blobs").iterdir())


def test_what_nobody_has_signed_is_not_kept(desks: Desks) -> None:
    """Unsigned, signed by nobody of the register, with signatures that do not hold: none of it lies on the desk, however much."""
    act = act_on(desks)
    strange = [another(act, number) for number in range(300)]
    forged = [
        Envelope(made.payload_type, made.payload, {name: JUNK})
        for made, name in zip((another(act, 1_000 + at) for at in range(4)), ("a", "b", "mediator", "x"), strict=True)
    ]
    found = brought(desks, *strange, *forged)
    assert on_desk(desks, "b") == found.offers == ()
    assert found.left_out[-1].startswith("304 offers were left out, without a signature by a key that counts")
    assert len(found.left_out) == 5
    honest = signed(desks, another(act, 2_000), "a")
    assert [each.digest for each in brought(desks, *strange, honest).offers] == [honest.digest]


def test_a_new_key_signs_for_nobody(desks: Desks) -> None:
    """A change of keys that only its own new key has signed is a stranger's; with the root key's signature it is taken."""
    with desks.desk("a") as desk:
        base = act_on(desks).base
        new = PrivateKey.generate()
        change = KeyChange(
            desk.register, base, 1, "0" * 32, KeyChangeKind.RECOVER, Slot.A, new.public, 99, "", "", "mine now"
        )
        envelope = unsigned(change).signed(desk.register, "new", new)
    assert brought(desks, envelope).offers == ()
    (taken,) = brought(desks, signed(desks, envelope, "a.root")).offers
    assert taken.is_complete


def test_a_strangers_bytes_are_not_kept(desks: Desks) -> None:
    """Sixty megabytes beside an unsigned offer leave nothing on the desk, and nothing after them either."""
    act = act_on(desks)
    data = os.urandom(60 << 20)
    words = Description(Blob.of(data, "application/pdf"), "fr")
    text = act.changes[0].text
    change = replace(act.changes[0], text=replace(text, descriptions=(*text.descriptions, words)))
    found = brought(desks, unsigned(replace(act, changes=(change,))), blobs=(data,))
    assert (found.offers, kept_bytes(desks)) == ((), [])


def test_bytes_are_kept_only_as_the_act_says(desks: Desks) -> None:
    """An act that calls a large blob small does not get it past the bound: bytes of another length are others."""
    act, data = act_on(desks), b"x" * 5_000
    short = replace(Blob.of(data, "text/plain"), length=5)
    change = replace(act.changes[0], text=replace(act.changes[0].text, descriptions=(Description(short, "en"),)))
    envelope = signed(desks, unsigned(replace(act, changes=(change,))), "a")
    (offer,) = brought(desks, envelope, blobs=(data,)).offers
    assert offer.obstacle
    assert kept_bytes(desks) == []


def test_a_thief_fills_no_more_than_one_signers_share(desks: Desks, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of one signer's offers as many are kept as have room for one, by number and by bytes; the other party's come in all the same,
    and what lies there already still gets its signatures."""
    monkeypatch.setattr(taking_offers, "MOST_OF_ONE", 6)
    act = act_on(desks)
    flood = [signed(desks, another(act, number), "b") for number in range(10)]
    found = brought(desks, *flood, to="a")
    assert len(found.offers) == 6
    assert found.left_out == (
        "4 offers were left out: a desk has room for 256 offers, and for 6 offers and 256 MiB of one signer",
    )
    mine = on_desk(desks)
    honest = signed(desks, another(act, 99), "a")
    assert honest.digest in {each.digest for each in brought(desks, honest, to="a").offers}
    both = signed(desks, mine[0].envelope, "b" if "a" in mine[0].envelope.signatures else "a")
    assert set(brought(desks, both, to="a").offers[0].envelope.signatures) == {"a", "b"}
    monkeypatch.setattr(taking_offers, "MOST_BYTES_OF_ONE", 10)
    assert brought(desks, signed(desks, another(act, 100), "a"), to="a").offers == ()


def test_a_desk_has_a_bound_in_all(desks: Desks, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a desk is full, what can never be entered makes room, and that is said."""
    act = act_on(desks)
    monkeypatch.setattr(taking_offers, "MOST_OFFERS", 4)
    dead = [signed(desks, unsigned(replace(act, nonce=f"{at:032x}", keys=7)), "a") for at in range(3)]
    assert len(brought(desks, *dead, to="a").offers) == 3
    live = [signed(desks, another(act, at), "b") for at in range(5)]
    found = brought(desks, *live, to="a")
    assert len(found.offers) == 3
    assert found.left_out[0] == "3 offers that can never be entered were removed from this desk to make room"
    assert len(on_desk(desks)) == 4
    assert all(not each.is_dead for each in on_desk(desks))


def test_an_offer_too_long_to_be_signed_stops_nothing(desks: Desks) -> None:
    """One offer that could never fit an entry is left out, and the next is taken."""
    act = act_on(desks)
    many = tuple(Statement(f"{at}", "y" * 1_000) for at in range(41))
    long = replace(act, figures=many[:32], toolchain=many[32:])
    envelopes = [signed(desks, unsigned(long), "a"), signed(desks, another(act, 5), "a")]
    found = brought(desks, *envelopes)
    assert [each.digest for each in found.offers] == [envelopes[1].digest]
    assert "divide it" in found.left_out[0]


def test_bytes_go_with_their_offers(desks: Desks) -> None:
    """What no offer refers to any more is taken off the desk when an offer goes or is entered; what another refers to stays."""
    offer = on_desk(desks)[0]
    other = desks.propose(Wanted("S2", Status.SIGNED, texts={"en": desks.words()}))
    third = desks.propose(Wanted("S3", Status.SIGNED, texts={"en": desks.words("Something else.")}))
    assert len(kept_bytes(desks, "a")) == 2
    with desks.desk("a") as desk:
        desk.discard(desk.offer(third.digest))
        assert len(kept_bytes(desks, "a")) == 1
        desk.discard(desk.offer(other.digest))
        assert len(kept_bytes(desks, "a")) == 1
        assert desk.offer(offer.digest).obstacle == ""
        desk.discard(desk.offer(offer.digest))
    assert kept_bytes(desks, "a") == []
    desks.signed_words("S4")
    for name in ("a", "b", "operator"):
        assert kept_bytes(desks, name) == []


def test_where_an_offer_cannot_be_read_nothing_is_swept(desks: Desks) -> None:
    """Of a spoiled offer nobody knows which bytes it needs: they stay."""
    (first,) = on_desk(desks)
    other = desks.propose(Wanted("S2", Status.SIGNED, texts={"en": desks.words("Other words.")}))
    with desks.desk("a") as desk:
        found = desk.offer(other.digest)
        (desks.folder / "a" / "offers" / f"{first.digest}.offer").write_bytes(b"spoiled")
        desk.discard(found)
    assert len(kept_bytes(desks, "a")) == 2


def test_where_offers_have_no_room_on_the_disk_the_entries_stay(desks: Desks, monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk that is full when the offers come: what was taken in before is said to have been."""
    path = desks.folder / "whole.bundle"
    with desks.desk("a") as desk:
        send(desk, path, 0, desk.offers())

    def full(self: FolderShelf, digest: str, _: bytes) -> None:
        raise UnwritableFileError(self.path(digest), "the disk is full")

    monkeypatch.setattr(FolderShelf, "lay", full)
    with desks.desk("new") as desk:
        with pytest.raises(
            UnwritableFileError,
            match=r"the disk is full; its entries and heads were taken in \(1 entry in all\), and some of its offers were not",
        ):
            receive(desk, str(path), silent)
        assert (desk.store.size, desk.offers()) == (1, ())
