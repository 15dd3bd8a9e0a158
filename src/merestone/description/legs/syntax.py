"""What a kind of leg brings to the language: its words, its record, how it is read and printed, an example."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from merestone.description.cursor import Cursor
from merestone.description.tree import LegNode


@dataclass(frozen=True, slots=True)
class LegSyntax:
    """One kind of leg. `opening` are the phrases that it begins with (`straight on`); the longest that fits is taken.

    `parse` stands before the opening phrase and returns a `node`; `print` is its inverse. `example` is a whole leg
    statement. A kind that is not `compiled` yet ends in a diagnostic of the compiler.
    """

    name: str
    opening: tuple[str, ...]
    node: type
    parse: Callable[[Cursor], LegNode]
    print: Callable[[Any], str]
    example: str
    compiled: bool = True
