"""Counted things in sentences."""

from __future__ import annotations


def counted(count: int, one: str, several: str) -> str:
    """Give the count with the words for one or for several."""
    return f"{count} {one if count == 1 else several}"
