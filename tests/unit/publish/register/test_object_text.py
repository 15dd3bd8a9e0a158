"""Charters, changes of keys and withdrawals as a signer is shown them."""

from __future__ import annotations

import pytest

from fakes.registers import Story
from merestone.publish.register.exact_rows import grouped
from merestone.publish.register.object_text import AnActError, object_text
from merestone.register.keys import Slot
from merestone.register.objects import Base, Content, KeyChangeKind, Status, unsigned


def shown(content: Content) -> str:
    """An object as it is shown, on one line."""
    return " ".join(object_text(unsigned(content)).split())


@pytest.fixture
def story() -> Story:
    """A register that has begun."""
    return Story()


def test_a_charter(story: Story) -> None:
    """A charter shows who stands in which slot, with the fingerprints of every key, and its own digest."""
    charter = story.people.charter()
    text = shown(charter)
    for role in charter.roles:
        assert f"{role.holder.title} ({role.holder.identity})" in text
        assert grouped(role.holder.key.fingerprint) in text
        assert role.holder.root is None or grouped(role.holder.root.fingerprint) in text
    assert text.endswith(f"digest {grouped(unsigned(charter).digest)}")
    assert "succeeds no earlier register" in text


def test_a_charter_that_goes_on(story: Story) -> None:
    """A charter that goes on from an earlier register names it and its last root."""
    text = shown(story.people.charter(succeeds=("ab" * 32, Base("cd" * 32, 9))))
    assert f"register {grouped('ab' * 32)} at size 9, root {grouped('cd' * 32)}" in text


@pytest.mark.parametrize("kind", [KeyChangeKind.ROTATE, KeyChangeKind.RECOVER, KeyChangeKind.ROTATE_ROOT])
def test_a_change_of_keys(story: Story, kind: KeyChangeKind) -> None:
    """A change of keys shows the slot, what it does, the new key's fingerprint and the reason."""
    key = story.people.keys["a"].public
    text = shown(story.people.key_change(story.ledger, kind, Slot.A, key, reason="lost\u00a0laptop"))
    assert text.startswith(f"Change of keys: {kind.value}, slot a")
    assert grouped(key.fingerprint) in text
    assert "lost laptop" in text


def test_a_withdrawal(story: Story) -> None:
    """A withdrawal shows whose it is, and the digest of the act that it stops."""
    text = shown(story.people.withdrawal(story.ledger, "ef" * 32, Slot.B))
    assert text.startswith(f"Withdrawal by slot b of the act {grouped('ef' * 32)}")
    assert "second thoughts" in text


def test_an_act_is_shown_otherwise(story: Story) -> None:
    """An act is not shown without its texts."""
    act = story.people.act(story.ledger, story.people.change(Status.SIGNED))
    with pytest.raises(AnActError):
        object_text(unsigned(act))
