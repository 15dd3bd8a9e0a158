"""The signing view of an offer or an entry, from the exact bytes that are or were signed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from merestone.casefile.register.desk import Desk


@dataclass(frozen=True, slots=True)
class Shown:
    """The view as text and as facts, and how many characters in it are marked."""

    text: str
    facts: Mapping[str, Any]
    marks: int


def shown(desk: Desk, name: str) -> Shown:
    """The view of an offer (its first digits) or an entry (its index)."""
    return Shown("", {}, 0)
