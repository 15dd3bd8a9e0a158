"""The cheat: the signing tool is called past its review, with a review of something else, or with one made by hand."""

from __future__ import annotations

import copy
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from fakes.acts import line_of
from fakes.desks import TODAY, Desks, asked
from fakes.forger import WORDS, Forger, forged_line
from fakes.refusals import refused
from merestone.casefile.register import reviewing, signing
from merestone.casefile.register.desk import Desk, Offer
from merestone.casefile.register.proposing import Wanted
from merestone.casefile.register.reviewing import Review, review
from merestone.casefile.register.views import Shown
from merestone.publish.register.media_types import DESCRIPTION
from merestone.register.objects import Status
from merestone.register.refusal import RefusedError, Rule

CLEAN = Shown("nothing speaks against it", {})


@pytest.fixture
def forger(tmp_path: Path) -> Forger:
    """A register whose charter is cosigned; nothing lies on B's desk."""
    return Forger(Desks(tmp_path).charter())


def signed(forger: Forger, desk: Desk, reviewed: Any) -> Offer:
    """What B's tool makes of a review, true or not."""
    return signing.sign(desk, reviewed, (forger.desks.keys["b"],), asked, TODAY)


def test_an_offer_is_no_review(forger: Forger) -> None:
    """The offer itself, and whatever looks like a review, is not signed; nor is what only inherits from one."""
    digest = forger.offered(forged_line(), ("en", DESCRIPTION, WORDS))
    with forger.desks.desk("b") as desk:
        offer = desk.offer(digest)

        class Likeness:
            """Has the face of a review and checks nothing."""

            def __init__(self) -> None:
                self.offer, self.shown, self.size, self.root = offer, CLEAN, desk.store.size, ""

            def check(self, _: Desk) -> None:
                """Finds nothing."""

        for other in (offer, Likeness(), None):
            with refused(Rule.SIGNERS, why="signs only what it has reviewed"):
                signed(forger, desk, other)
        assert desk.offer(digest).envelope.signatures == {}


def test_a_review_found_something(forger: Forger) -> None:
    """The review of a line 1.84 km off its words says so, and is signed by nobody."""
    digest = forger.offered(forged_line(), ("en", DESCRIPTION, WORDS))
    with forger.desks.desk("b") as desk:
        found = review(desk, desk.offer(digest))
        with refused(Rule.SIGNERS, why="1,843,463.7"):
            signed(forger, desk, found)
        with refused(Rule.SIGNERS, why="does not compile"):
            found.check_unopposed()


FORGERIES: list[Callable[[Review, Review], object]] = [
    lambda bad, _: replace(bad, shown=CLEAN),
    lambda bad, good: replace(bad, shown=good.shown),
    lambda bad, good: replace(good, offer=bad.offer),
    lambda bad, good: Review(bad.offer, good.shown, good.size, good.root, good.seal),
    lambda bad, _: Review(bad.offer, CLEAN, bad.size, bad.root, b""),
    lambda bad, good: replace(good, size=good.size + 1),
    lambda bad, good: replace(good, root="0" * 64),
]


@pytest.mark.parametrize("forge", FORGERIES)
def test_no_review_is_made_by_hand(forger: Forger, forge: Callable[[Review, Review], object]) -> None:
    """A review with another verdict, another offer or another state than the one that was made is none."""
    bad, good = _both(forger)
    with refused(Rule.SIGNERS, why="and this was not reviewed"):
        forge(bad, good)


def _both(forger: Forger) -> tuple[Review, Review]:
    bad = forger.offered(forged_line(), ("en", DESCRIPTION, WORDS))
    good = forger.offered(line_of(WORDS), ("en", DESCRIPTION, WORDS))
    with forger.desks.desk("b") as desk:
        return review(desk, desk.offer(bad)), review(desk, desk.offer(good))


def test_a_review_altered_in_place_is_found_out(forger: Forger) -> None:
    """Python lets a determined caller write into anything; what was sealed is compared once more before the signature."""
    bad, good = _both(forger)
    empty = object.__new__(Review)
    for name in ("offer", "shown", "size", "root", "seal"):
        object.__setattr__(empty, name, getattr(bad if name == "offer" else good, name))
    object.__setattr__(bad, "shown", CLEAN)
    with forger.desks.desk("b") as desk:
        for forged in (bad, empty):
            with refused(Rule.SIGNERS, why="and this was not reviewed"):
                signed(forger, desk, forged)
        assert set(signed(forger, desk, copy.copy(good)).envelope.signatures) == {"b"}


def test_a_review_of_yesterdays_log_is_good_for_nothing(forger: Forger) -> None:
    """Where an entry has come in since, what was shown may no longer be true: the offer is reviewed again."""
    digest = forger.offered(line_of(WORDS), ("en", DESCRIPTION, WORDS))
    with forger.desks.desk("b") as desk:
        before = review(desk, desk.offer(digest))
    forger.desks.agree(Wanted("S1", Status.SIGNED, texts={"en": forger.desks.words()}))
    with forger.desks.desk("b") as desk:
        with refused(Rule.SIGNERS, why="the register has changed since"):
            signed(forger, desk, before)
        assert set(signed(forger, desk, review(desk, desk.offer(digest))).envelope.signatures) == {"b"}


def test_a_review_of_another_log_of_the_same_size(forger: Forger, tmp_path: Path) -> None:
    """It is the root that tells two logs apart: a review made on one is good for no other that is as long."""
    digest = forger.offered(line_of(WORDS), ("en", DESCRIPTION, WORDS))
    (tmp_path / "other").mkdir()
    other = Desks(tmp_path / "other").charter()
    with forger.desks.desk("b") as desk, other.desk("b") as elsewhere:
        found = review(desk, desk.offer(digest))
        found.check(desk)
        assert desk.store.size == elsewhere.store.size
        with refused(Rule.SIGNERS, why="the register has changed since"):
            found.check(elsewhere)


def test_a_review_of_another_process_is_none(forger: Forger, monkeypatch: pytest.MonkeyPatch) -> None:
    """The seal is this process's own: a review that was kept somewhere is made again."""
    _, good = _both(forger)
    monkeypatch.setattr(reviewing, "_SECRET", b"another")
    with forger.desks.desk("b") as desk, pytest.raises(RefusedError, match="and this was not reviewed"):
        signed(forger, desk, good)
