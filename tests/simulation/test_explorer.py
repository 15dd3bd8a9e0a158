"""Every interleaving of up to some steps (MERESTONE_STEPS; `make soak`: eight), and every fault of consent planted again: the
explorer finds each, and nothing where nothing is planted."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace

import pytest

from merestone.casefile.register import consent, cosigning, next_steps
from merestone.casefile.register import desk as desks
from merestone.casefile.register.consent import Listing
from merestone.casefile.register.desk import Desk
from merestone.register import replica, rules
from merestone.register.keys import Slot
from simulation.explorer import ConsentError, begun, explore

STEPS = int(os.environ.get("MERESTONE_STEPS", "4"))
LEAST = {4: 800, 8: 100_000}
"""States that are come by at least, lest the explorer looked at hardly any."""


@pytest.mark.timeout(7_200)
@pytest.mark.parametrize("both_signed", [False, True], ids=["drafted", "signed"])
@pytest.mark.parametrize("adverse", [True, False], ids=["against", "with"])
def test_consent_holds_in_every_interleaving(*, both_signed: bool, adverse: bool) -> None:
    """From an act that is drafted, and from one that both have signed; whichever way the digests happen to lie."""
    world, first = begun(both_signed=both_signed, adverse=adverse)
    assert explore(world, first, STEPS) >= LEAST.get(STEPS, 100)


Plant = Callable[[pytest.MonkeyPatch], None]


def by_digest(patch: pytest.MonkeyPatch) -> None:
    """The operator enters offers in the order of their digests, and looks at no withdrawal on its desk."""
    patch.setattr(cosigning, "_turn", lambda _: 0)
    patch.setattr(desks, "_check_not_taken_back", lambda *_: None)


def acts_first(patch: pytest.MonkeyPatch) -> None:
    """What is withdrawn on the desk counts as complete, and withdrawals go last."""
    before = cosigning._turn
    patch.setattr(cosigning, "_turn", lambda offer: -before(offer))
    patch.setattr(desks, "_check_not_taken_back", lambda *_: None)


def own_withdrawal_cosigned(patch: pytest.MonkeyPatch) -> None:
    """A desk cosigns what it has taken back itself."""
    patch.setattr(cosigning, "check_not_taken_back", lambda *_: None)


def cosigned_unseen(patch: pytest.MonkeyPatch) -> None:
    """The list leaves out the first entry that is new."""
    before = consent.listing

    def listing(desk: Desk, *given: object) -> Listing:
        shown = before(desk, *given)  # type: ignore[arg-type]
        return replace(shown, rows=shown.rows[1:])

    patch.setattr("simulation.explorer.listing", listing)


def thief_s_heads_trusted(patch: pytest.MonkeyPatch) -> None:
    """What a thief cosigned with the stolen key counts as seen by its owner."""
    patch.setattr(consent, "declared", lambda *_: {})
    before = consent.listing

    def listing(*given: object) -> Listing:
        desk, slot, key, _, seconds = given
        return before(desk, slot, key, None, seconds)  # type: ignore[arg-type]

    patch.setattr("simulation.explorer.listing", listing)


def recovery_on_all_keys(patch: pytest.MonkeyPatch) -> None:
    """A recovery hangs on every change of keys."""
    patch.setattr(rules, "key_set", lambda ledger, _: ledger.key_changes)


def anybody_withdraws(patch: pytest.MonkeyPatch) -> None:
    """A withdrawal is of weight whatever it names."""
    patch.setattr(rules, "taken_back_by", lambda _: frozenset({Slot.A, Slot.B}))


def stolen_key_convicts(patch: pytest.MonkeyPatch) -> None:
    """A key convicts though it was declared stolen."""
    patch.setattr(next_steps, "declared", lambda *_: {})
    patch.setattr(replica, "declared", lambda *_: {})


PLANTS: tuple[tuple[Plant, bool, int, str], ...] = (
    (by_digest, True, 4, "had taken it back on that desk"),
    (acts_first, True, 4, "had taken it back on that desk"),
    (own_withdrawal_cosigned, True, 5, "cosigned what it had taken back"),
    (cosigned_unseen, True, 4, "unseen"),
    (thief_s_heads_trusted, True, 6, "unseen"),
    (recovery_on_all_keys, False, 4, "recovery of a's key was stopped"),
    (anybody_withdraws, False, 5, "recovery of a's key was stopped"),
    (stolen_key_convicts, False, 5, "is accused of what was signed with a key that it declared stolen"),
)


@pytest.mark.timeout(600)
@pytest.mark.parametrize(("plant", "both_signed", "steps", "said"), PLANTS, ids=[each[0].__name__ for each in PLANTS])
def test_each_fault_is_found(
    plant: Plant,
    both_signed: bool,
    steps: int,
    said: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """With the shortest way to it."""
    plant(monkeypatch)
    world, first = begun(both_signed=both_signed)
    with pytest.raises(ConsentError, match=said) as found:
        explore(world, first, steps)
    print(found.value)
