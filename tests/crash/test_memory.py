"""Where memory runs out, an append says so, and nothing is lost or half written (F8)."""

from __future__ import annotations

import pytest

from crash.programs import SOAK, answer


@pytest.mark.parametrize("name", ["step in force", "take", "creation"])
def test_little_memory(name: str) -> None:
    """With any little memory the operation is done or refused, and the store is as after it or as before."""
    found = answer("starve", name, "600" if SOAK else "60")
    assert not found["problems"], found["problems"][:5]
    assert found["ended"]["refused"] >= 3, found
    assert found["ended"]["done"] >= 3, found
