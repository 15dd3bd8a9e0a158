"""The rules, where no cheat of `tests/attacks` comes by: offers, who may sign, what an entry adds, every following status."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest

from fakes.refusals import refused
from fakes.registers import CheapKey, Delegations, Story, eventful
from merestone.register.keys import Slot
from merestone.register.ledger import ON_TRACK
from merestone.register.objects import Blob, KeyChangeKind, Kind, Reference, Status, unsigned
from merestone.register.refusal import RefusedError, Rule
from merestone.register.rules import CARRIES, check_offer, holding, missing_signers, possible_signers, root_of

DECLARED = [status for status in Status if status is not Status.CLAIMED]

MAY = {
    ("initialled", None),
    ("signed", None),
    ("signed", "initialled"),
    ("ratified", "signed"),
    ("ratified", "provisionally applied"),
    ("provisionally applied", "signed"),
    ("provisionally applied", "ratified"),
    ("in force", "signed"),
    ("in force", "ratified"),
    ("in force", "provisionally applied"),
    ("in force", "suspended"),
    ("suspended", "in force"),
    ("suspended", "provisionally applied"),
    ("ended", "in force"),
    ("ended", "provisionally applied"),
    ("ended", "suspended"),
}


def test_the_table_is_that_of_the_format() -> None:
    """Row by row as docs/formats/register/rules.md has it."""
    assert {(status.value, before and before.value) for status in CARRIES for before in CARRIES[status]} == MAY


def stood(status: Status) -> tuple[Story, Reference]:
    """A story in which something has a status, and no more."""
    way = {
        Status.INITIALLED: [Status.INITIALLED],
        Status.SIGNED: [Status.SIGNED],
        Status.RATIFIED: [Status.SIGNED, Status.RATIFIED],
        Status.APPLIED: [Status.SIGNED, Status.APPLIED],
        Status.IN_FORCE: [Status.SIGNED, Status.IN_FORCE],
        Status.SUSPENDED: [Status.SIGNED, Status.IN_FORCE, Status.SUSPENDED],
        Status.ENDED: [Status.SIGNED, Status.IN_FORCE, Status.ENDED],
    }[status]
    story = Story()
    carries = None
    for each in way:
        carries = next_step(story, each, carries)
    assert carries is not None
    return story, carries


def next_step(story: Story, status: Status, carries: Reference | None) -> Reference:
    """The status declared, naming what it takes dates from."""
    held = tuple(sorted({each.change for each in story.ledger.segments("S1")}))
    begin = "2026-01-01" if status in ON_TRACK else ""
    named = held if status in ON_TRACK else ()
    return story.step(story.people.change(status, begin, carries=carries, supersedes=named))


@pytest.mark.parametrize(("before", "after"), list(product(DECLARED, DECLARED)), ids=str)
def test_what_follows_on_what(before: Status, after: Status) -> None:
    """Every pair of statuses, as the table says."""
    story, carries = stood(before)
    if (after.value, before.value) in MAY:
        next_step(story, after, carries)
        return
    with refused(Rule.KINDS, story.ledger.size):
        next_step(story, after, carries)


@pytest.mark.parametrize("status", DECLARED)
def test_carried_once(status: Status) -> None:
    """To the same status a second time only where it stops a line."""
    for before in CARRIES[status] - {None}:
        assert before is not None
        story, carries = stood(before)
        next_step(story, status, carries)
        with refused(Rule.FORCE if status in {Status.SUSPENDED, Status.ENDED} else Rule.KINDS, story.ledger.size):
            next_step(story, status, carries)


def test_a_line_is_stopped_twice_on_other_dates() -> None:
    """Suspended for a year, and later for another."""
    story = Story()
    first = story.in_force()
    change = story.people.change
    for year in (2030, 2040):
        story.step(change(Status.SUSPENDED, f"{year}-01-01", f"{year + 1}-01-01", carries=first, supersedes=(first,)))
    assert [each.begin[:4] for each in story.ledger.segments("S1")] == ["2026", "2030", "2031", "2040", "2041"]


@pytest.mark.parametrize("status", [Status.APPLIED, Status.IN_FORCE])
def test_what_is_in_force_has_a_line(status: Status) -> None:
    """What was signed as words alone stays words."""
    story = Story()
    text = story.people.text(None)
    signed = story.step(story.people.change(Status.SIGNED, text=text))
    with refused(Rule.KINDS, 2, f"a change with the status {status} must have a line"):
        story.step(story.people.change(status, "2026-01-01", carries=signed, text=text))


@pytest.mark.parametrize("status", DECLARED)
@pytest.mark.parametrize(
    ("begin", "end"), [("", ""), ("", "2027-01-01"), ("2026-01-01", ""), ("2026-01-01", "2027-01-01")]
)
def test_dates_go_with_the_status(status: Status, begin: str, end: str) -> None:
    """On the track a beginning is needed; off it there are no dates."""
    before = {Status.INITIALLED: None, Status.SIGNED: None}.get(
        status, Status.IN_FORCE if status in {Status.SUSPENDED, Status.ENDED} else Status.SIGNED
    )
    story, carries = stood(before) if before else (Story(), None)
    named = (carries,) if carries and before is Status.IN_FORCE else ()
    change = story.people.change(status, begin, end, carries=carries, supersedes=named)
    good = bool(begin) if status in ON_TRACK else not begin and not end
    if good:
        story.step(change)
        return
    with refused(
        Rule.FORCE,
        story.ledger.size,
        "must have the day on which it begins" if status in ON_TRACK else "must not have dates",
    ):
        story.step(change)


@pytest.mark.parametrize("end", ["2026-01-01", "2025-12-31"])
def test_nothing_ends_before_it_begins(end: str) -> None:
    """Nor on the day on which it begins; claims too."""
    story = Story()
    people = story.people
    with refused(Rule.FORCE, 1, "must be later than the day on which it begins"):
        story.put(people.claim(story.ledger, Slot.A, people.change(Status.CLAIMED, "2026-01-01", end)), "a")
    signed = story.step(people.change(Status.SIGNED))
    with refused(Rule.FORCE, 2, "must be later than the day on which it begins"):
        story.step(people.change(Status.IN_FORCE, "2026-01-01", end, carries=signed))
    story.step(people.change(Status.IN_FORCE, "2026-01-01", "2026-01-02", carries=signed))


def test_a_claim_may_leave_its_dates_open() -> None:
    """Either, both or none."""
    for begin, end in (("", ""), ("2026-01-01", ""), ("", "2026-01-01"), ("2026-01-01", "2026-01-02")):
        story = Story()
        story.put(story.people.claim(story.ledger, Slot.B, story.people.change(Status.CLAIMED, begin, end)), "b")


def test_what_is_off_the_track_takes_no_place() -> None:
    """A signed change supersedes nothing."""
    story = Story()
    first = story.in_force()
    with refused(Rule.FORCE, 3, "must not replace anything"):
        story.step(story.people.change(Status.SIGNED, supersedes=(first,)))


def test_an_offer_is_judged_without_its_missing_signatures() -> None:
    """With none, with one, with both; a wrong one or a stranger's is refused."""
    story = Story()
    people = story.people
    offer = unsigned(people.act(story.ledger, people.change(Status.SIGNED)))
    half = offer.signed(people.register, "a", people.keys["a"])
    whole = half.signed(people.register, "b", people.keys["b"])
    for envelope, missing in ((offer, ("a", "b")), (half, ("b",)), (whole, ())):
        check_offer(story.ledger, envelope, people.scheme, story.ledger.has_blob)
        assert missing_signers(envelope) == missing
    with refused(Rule.SIGNERS, why="signature of b was not made with its key"):
        check_offer(
            story.ledger, half.signed(people.register, "b", people.keys["a"]), people.scheme, story.ledger.has_blob
        )
    with refused(Rule.SIGNERS, why="operator may not sign this"):
        check_offer(
            story.ledger,
            half.signed(people.register, "operator", people.keys["operator"]),
            people.scheme,
            story.ledger.has_blob,
        )
    stale = unsigned(people.act(story.ledger, people.change(Status.SIGNED), keys=7))
    with refused(Rule.KEY_SET):
        check_offer(story.ledger, stale, people.scheme, story.ledger.has_blob)


def no_blob(blob: Blob) -> bool:
    """Nothing is at hand."""
    return False


def test_the_bytes_of_an_offer_may_lie_elsewhere() -> None:
    """In the ledger or not: who asks says where."""
    story = Story()
    people = story.people
    offer = unsigned(people.act(story.ledger, people.change(Status.SIGNED)))
    with refused(Rule.BLOBS):
        check_offer(story.ledger, offer, people.scheme, no_blob)
    elsewhere = unsigned(people.act(story.ledger, people.change(Status.SIGNED, text=people.text(b"{}"))))
    check_offer(story.ledger, elsewhere, people.scheme, lambda blob: True)


def test_a_charter_is_an_offer_too() -> None:
    """Before there is a register: its signers are those in it, its identity is its own digest."""
    from merestone.register.ledger import MemoryLedger

    people = Delegations.cheap()
    envelope = unsigned(people.charter())
    signed = envelope.signed(envelope.digest, "a", people.keys["a"])
    check_offer(MemoryLedger(), signed, people.scheme, no_blob)
    assert missing_signers(signed) == ("a.root", "b", "b.root", "operator")
    assert set(possible_signers(MemoryLedger(), envelope)) == set(people.keys)
    with refused(Rule.SIGNERS, why="signature of a was not made with its key"):
        check_offer(MemoryLedger(), envelope.signed("0" * 64, "a", people.keys["a"]), people.scheme, no_blob)
    with refused(Rule.PLACE):
        check_offer(Story(people).ledger, envelope, people.scheme, no_blob)


def test_who_may_sign_what() -> None:
    """With their keys, as they are now."""
    story = Story(Delegations.cheap("mediator"))
    people = story.people
    new = CheapKey(b"new")

    def signers(content: object) -> set[str]:
        found = possible_signers(story.ledger, unsigned(content))  # type: ignore[arg-type]
        assert all(key == (new if name == "new" else people.keys[name]).public for name, key in found.items())
        return set(found)

    assert signers(people.act(story.ledger, people.change(Status.SIGNED))) == {"a", "b", "mediator"}
    assert signers(people.claim(story.ledger, Slot.B, people.change(Status.CLAIMED))) == {"b", "mediator"}
    assert signers(people.withdrawal(story.ledger, "0" * 64, Slot.A)) == {"a"}
    for kind, slot, expected in (
        (KeyChangeKind.ROTATE, Slot.OPERATOR, {"operator", "new"}),
        (KeyChangeKind.RECOVER, Slot.B, {"b.root", "new"}),
        (KeyChangeKind.ROTATE_ROOT, Slot.A, {"a.root", "new"}),
        (KeyChangeKind.APPOINT, Slot.MEDIATOR, {"a", "b", "new"}),
    ):
        assert signers(people.key_change(story.ledger, kind, slot, new.public)) == expected
    assert root_of(Slot.B) == "b.root"


def test_holders_change_as_the_kind_says() -> None:
    """Signing key or root key, and the name stays; who is appointed into an empty slot has none."""
    story = eventful()
    holders = story.ledger.holders
    keys = {name: signer.public for name, signer in story.people.keys.items()}
    assert {slot.value: holder.key for slot, holder in holders.items()} == {
        slot.value: keys[slot.value] for slot in Slot
    }
    assert [holders[slot].root for slot in Slot] == [keys["a.root"], keys["b.root"], None, None, None]
    assert [holders[slot].identity for slot in Slot] == ["AAA", "BBB", "NEW", "NEW", "HOST"]
    assert holders[Slot.MEDIATOR].title == ""
    assert story.ledger.key_changes == 7


def test_a_refusal_says_where_and_why() -> None:
    """Rule, sentence and index."""
    story = Story()
    with pytest.raises(RefusedError) as caught:
        story.put_bytes(b"")
    assert str(caught.value) == "entry 1: it is not JSON: Expecting value at character 0 (E1)"
    assert str(RefusedError(Rule.HEAD, "why")) == "why (head)"
    with refused(Rule.PLACE, 0, "the first entry must be a charter, and no other entry may be one"):
        from merestone.register.ledger import MemoryLedger
        from merestone.register.rules import accept

        act = story.people.act(story.ledger, story.people.change(Status.SIGNED))
        accept(MemoryLedger(), story.people.signed(unsigned(act), "a", "b"), story.people.scheme)
    with refused(Rule.FORCE, 3, "S1: it replaces 2/0, and the act says that it replaces nothing"):
        story.in_force()
        story.step(story.people.change(Status.ENDED, "2030-01-01", carries=Reference(2, 0)))
    with refused(Rule.FORCE, 3, "S1: it replaces nothing, and the act says that it replaces 2/0"):
        story.step(
            story.people.change(
                Status.ENDED, "1990-01-01", "1991-01-01", carries=Reference(2, 0), supersedes=(Reference(2, 0),)
            )
        )


def test_an_act_on_the_first_state_is_good_as_long_as_nothing_disturbs_it() -> None:
    """Its base may be the charter alone, however long the log."""
    story = Story()
    people = story.people
    base = people.base(story.ledger, 1)
    for number in range(3):
        story.step(people.change(Status.SIGNED, section=f"S{number}"), base=base)
    with refused(Rule.UNDISTURBED, 4):
        story.step(people.change(Status.SIGNED, section="S0"), base=replace(people.base(story.ledger, 1)))


def test_a_change_of_keys_lapses_and_is_taken_back_as_an_act_is() -> None:
    """After its last index, and after a withdrawal."""
    story = Story()
    people = story.people
    new = CheapKey(b"new")
    change = people.key_change(story.ledger, KeyChangeKind.ROTATE, Slot.A, new.public, last_index=1)
    story.step(people.change(Status.SIGNED))
    with refused(Rule.EXPIRY, 2, "it could be entry 1 at the latest"):
        story.put(change, "a", "new", keys={"new": new})
    later = replace(change, last_index=3)
    story.put(people.withdrawal(story.ledger, unsigned(later).digest, Slot.A), "a")
    with refused(Rule.WITHDRAWN, 3, "taken its signature back"):
        story.put(later, "a", "new", keys={"new": new})
    story.put(replace(later, nonce=people.nonce()), "a", "new", keys={"new": new})


@pytest.mark.parametrize("status", [Status.INITIALLED, Status.SIGNED, Status.RATIFIED])
def test_what_was_carried_on_is_corrected_where_it_was_carried(status: Status) -> None:
    """Off the track a change that has been carried is not corrected itself."""
    story, carries = stood(status)
    text = story.people.text(tolerance_um=2_000)
    after = (
        Status.SIGNED
        if status is Status.INITIALLED
        else Status.RATIFIED
        if status is Status.SIGNED
        else Status.IN_FORCE
    )
    next_step(story, after, carries)
    with refused(Rule.KINDS, story.ledger.size, "was carried forward cannot be corrected: correct the later change"):
        story.step(story.people.change(status, carries=carries, text=text), kind=Kind.CORRECTION)


def test_who_is_appointed_is_named() -> None:
    """Into a slot that somebody holds, too."""
    story = Story()
    new = CheapKey(b"new")
    change = story.people.key_change(
        story.ledger, KeyChangeKind.APPOINT, Slot.OPERATOR, new.public, identity="NEWHOST", title="Another host"
    )
    story.put(change, "a", "b", "new", keys={"new": new})
    holder = story.ledger.holder(Slot.OPERATOR)
    assert holder is not None
    assert (holder.identity, holder.title, holder.key, holder.root) == ("NEWHOST", "Another host", new.public, None)


def test_of_an_offers_signatures_those_that_hold_are_kept() -> None:
    """A true signature stays; a false one and a stranger's are left out, each with why."""
    story = Story()
    people = story.people
    offer = unsigned(people.act(story.ledger, people.change(Status.SIGNED)))
    half = offer.signed(people.register, "a", people.keys["a"])
    false = half.signed(people.register, "b", people.keys["a"]).signed(people.register, "x", people.keys["b"])
    held, why = holding(story.ledger, false, people.scheme)
    assert held == half
    assert why == ("the signature of b was not made with its key (E7)", "x may not sign this (E7)")
    assert holding(story.ledger, half, people.scheme) == (half, ())
