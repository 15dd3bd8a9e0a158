"""How a use case tells of its progress, without knowing who listens."""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """Somebody who wants to know how far a long job is."""

    def __call__(self, stage: str, done: int, total: int) -> None:
        """Told that of `total` pieces of the stage (a phrase such as `computing legs`), `done` are finished."""


def silent(stage: str, done: int, total: int) -> None:
    """Tells nobody."""
