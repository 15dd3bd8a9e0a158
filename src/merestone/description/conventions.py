"""How the instrument prints its numbers, as the head declares it: what reading a number or coordinate needs to know."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from merestone.description.tree import DecimalSign, DecimalSignIs, WithoutLetters


@dataclass(frozen=True, slots=True)
class Conventions:
    """What the head declares of coordinates without letters and of the decimal sign; None where it does not."""

    without_letters: WithoutLetters | None = None
    decimal_sign: DecimalSign | None = None


NONE_DECLARED = Conventions()


def conventions_of(statements: Iterable[object]) -> Conventions:
    """What the statements of a head declare; of two declarations of one thing the first."""
    letters, sign = None, None
    for statement in statements:
        if isinstance(statement, WithoutLetters):
            letters = letters or statement
        elif isinstance(statement, DecimalSignIs):
            sign = sign or statement.sign
    return Conventions(letters, sign)
