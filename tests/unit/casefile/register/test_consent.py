"""What a desk does for the party that sits at it: withdrawals first, nothing cosigned against one, nothing cosigned unseen."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from fakes.desks import Desks, asked
from fakes.refusals import refused
from merestone.casefile.register import cosigning, signing
from merestone.casefile.register.consent import Listing
from merestone.casefile.register.desk import Offer
from merestone.casefile.register.key_files import read_key_file, remember, write_key_file
from merestone.casefile.register.next_steps import next_steps
from merestone.casefile.register.proposing import Wanted
from merestone.casefile.register.reviewing import review
from merestone.casefile.register.stick import laid_on
from merestone.errors import WrongRequestError
from merestone.register.head import Head
from merestone.register.keys import Slot
from merestone.register.objects import KeyChange, KeyChangeKind, Status
from merestone.register.refusal import Rule
from merestone.register.signing import PrivateKey

TODAY = date(2026, 11, 25)
IN_2030 = 1_893_456_000


@pytest.fixture
def desks(tmp_path: Path) -> Desks:
    """A register with its charter."""
    return Desks(tmp_path).charter()


def offered(desks: Desks, section: str = "S1", **changed: object) -> Offer:
    """An act that both have signed, which lies on every desk."""
    offer = desks.propose(Wanted(section, Status.SIGNED, texts={"en": desks.words()}), **changed)  # type: ignore[arg-type]
    desks.sign("a", "a")
    desks.carry("a", "b", offers=True)
    desks.sign("b", "b")
    for taker in ("operator", "a"):
        desks.carry("b", taker, offers=True)
    return offer


def take_back(desks: Desks, by: str, offer: Offer) -> Offer:
    """A party withdraws an offer at its desk."""
    with desks.desk(by) as desk:
        made = signing.withdrawal(desk, offer, Slot(by), "second thoughts")
        return signing.sign(desk, review(desk, made), (desks.keys[by],), asked, TODAY)


def entered(desks: Desks, seconds: int = 1) -> list[str]:
    """What the operator enters: the kinds of the entries."""
    with desks.desk("operator") as desk:
        first = desk.store.size
        cosigning.append(desk, desks.keys["operator"], asked, seconds)
        return [type(desk.store.content(index)).__name__ for index in range(first, desk.store.size)]


def test_withdrawals_go_in_before_what_they_take_back(desks: Desks) -> None:
    """Six acts and their withdrawals on the operator's desk at once, whose digests lie as they happen to lie."""
    for number, offer in enumerate([offered(desks, f"S{number}") for number in range(6)]):
        take_back(desks, "ab"[number % 2], offer)
    for giver in ("a", "b"):
        desks.carry(giver, "operator", offers=True)
    assert entered(desks) == ["Withdrawal"] * 6


def test_a_desk_cosigns_nothing_that_it_has_taken_back(desks: Desks) -> None:
    """The operator entered it before the withdrawal came; discarding that is the word that it may stand after all."""
    offer = offered(desks)
    withdrawal = take_back(desks, "a", offer)
    with desks.desk("a") as desk:
        assert "takes its signature back" in desk.offer(offer.digest).obstacle
        assert [each.digest for each in laid_on(desk, frozenset(), offers=False)] == [withdrawal.digest]
    assert entered(desks) == ["Act"]
    desks.carry("operator", "a")
    with refused(Rule.COSIGNING, why="the withdrawal on this desk takes back the signature of a on entry 1"):
        desks.witness("a")
    with desks.desk("a") as desk:
        assert "the desk does not cosign that entry" in next_steps(desk, desk.offers())[0]
        desk.discard(desk.offer(withdrawal.digest))
    desks.witness("a")


def test_what_is_cosigned_was_listed(desks: Desks) -> None:
    """Every new entry with its signers; none of it is cosigned where nobody agrees, or where more came in meanwhile."""
    offered(desks)
    assert entered(desks) == ["Act"]
    desks.carry("operator", "a")
    seen: list[Listing] = []

    def no(listing: Listing) -> bool:
        seen.append(listing)
        return False

    def distracted(_: Listing) -> bool:
        offered(desks, "S2")
        entered(desks)
        desks.carry("operator", "a")
        return True

    with desks.desk("a") as desk:
        assert cosigning.witness(desk, desks.keys["a"], asked, 1, no) is None
        rows = [(row.index, row.what, row.title, row.signers) for row in seen[0].rows]
        assert rows == [(1, "act", "S1 signed: «An act»", ("a", "b"))]
        with refused(Rule.COSIGNING, why="entries came in after these were shown"):
            cosigning.witness(desk, desks.keys["a"], asked, 1, distracted)
        head = desk.store.head(Slot.A)
        assert head is not None
        assert head.size == 1
    desks.witness("a")


def test_what_somebody_else_cosigned_with_the_key_is_listed_and_marked(desks: Desks) -> None:
    """The key remembers its last head: a larger one that bears its signature was made elsewhere."""
    offered(desks)
    entered(desks)
    desks.carry("operator", "a")
    path = desks.keys["a"]
    key = read_key_file(path)
    seen: list[Listing] = []

    def yes(listing: Listing) -> bool:
        seen.append(listing)
        return True

    with desks.desk("a") as desk:
        store = desk.store
        before = Head(store.register, 1, store.root(1), {})
        desk.replica.receive(Head(store.register, 2, store.root(2), {}).signed(Slot.A, key.opened(asked(path)), 1))
        remember(key, before)
        cosigning.witness(desk, path, asked, 1, yes)
    assert [row.index for row in seen[0].rows] == [1]
    assert "somebody else has the key" in seen[0].marks[0]


def test_what_was_to_be_answered_is_not_entered_after_that_day(desks: Desks) -> None:
    """Signed in time by both, and entered years later by nobody who is honest; by another, it is marked in the list."""
    offer = offered(desks, answer_by="2027-01-01")
    assert entered(desks, IN_2030) == []
    with desks.desk("operator") as desk:
        assert [each.digest for each in cosigning.late(desk, IN_2030)] == [offer.digest]
        assert cosigning.late(desk, 1) == ()
    assert entered(desks) == ["Act"]
    desks.carry("operator", "a")
    seen: list[Listing] = []

    def collected(listing: Listing) -> bool:
        seen.append(listing)
        return False

    with desks.desk("a") as desk:
        cosigning.witness(desk, desks.keys["a"], asked, IN_2030, collected)
    assert seen[0].marks == ("entry 1 was to be answered by 2027-01-01, and today is 2030-01-01",)


def test_a_recovery_goes_in_before_acts_and_nobody_takes_it_back(desks: Desks) -> None:
    """It voids what the stolen key signed; the program does not even draw up a withdrawal of it."""
    offered(desks)
    with desks.desk("a") as desk:
        new = PrivateKey.generate()
        path = desks.folder / "new.key"
        change = signing.key_change(desk, KeyChangeKind.RECOVER, Slot.A, new.public, "stolen")
        desks.keys["new"] = path
        root, old = desks.keys["a.root"], desks.keys["a"]
        write_key_file(path, new, Slot.A, "AAA", "Republic of A", asked(path), is_root=False, cost=4)
        signed = signing.sign(desk, review(desk, change), (root, path), asked, TODAY)
        with pytest.raises(WrongRequestError, match="never had 9 entries"):
            signing.key_change(desk, KeyChangeKind.RECOVER, Slot.A, new.public, "stolen", since=9)
        earlier = signing.key_change(desk, KeyChangeKind.RECOVER, Slot.A, new.public, "stolen", since=1)
        assert isinstance(earlier.content, KeyChange)
        assert (earlier.content.base.size, earlier.obstacle) == (1, "")
    desks.carry("a", "operator", offers=True)
    for by in ("a", "b"):
        with desks.desk(by) as desk, pytest.raises(WrongRequestError, match=f"so {by} cannot withdraw it"):
            signing.withdrawal(desk, signed, Slot(by), "no")
    assert entered(desks) == ["KeyChange"]
    desks.carry("operator", "a")
    with desks.desk("a") as desk, refused(Rule.COSIGNING, why="not the key of a"):
        cosigning.witness(desk, old, asked, 1, lambda _: True)


def test_an_unsigned_withdrawal_of_another_hand_keeps_nothing_out(desks: Desks) -> None:
    """Only a withdrawal that bears its party's signature counts on a desk."""
    offer = offered(desks)
    with desks.desk("operator") as desk:
        made = signing.withdrawal(desk, offer, Slot.A, "somebody's")
        desk.put_offer(made.envelope)
        assert desk.taken_back() == {}
    assert entered(desks) == ["Act"]
