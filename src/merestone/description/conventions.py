"""How the instrument prints its numbers, as the head declares it: what reading a number or coordinate needs to know."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from merestone.description.tree import AnglesIn, DecimalSign, DecimalSignIs, WithoutLetters
from merestone.geodesy.angle import LetterG


@dataclass(frozen=True, slots=True)
class Conventions:
    """What the head declares of coordinates without letters, of the decimal sign and of the letter g; None where it does
    not."""

    without_letters: WithoutLetters | None = None
    decimal_sign: DecimalSign | None = None
    letter_g: LetterG | None = None


NONE_DECLARED = Conventions()


def conventions_of(statements: Iterable[object]) -> Conventions:
    """What the statements of a head declare; of two declarations of one thing the first."""
    found = NONE_DECLARED
    for statement in statements:
        match statement:
            case WithoutLetters():
                found = replace(found, without_letters=found.without_letters or statement)
            case DecimalSignIs():
                found = replace(found, decimal_sign=found.decimal_sign or statement.sign)
            case AnglesIn():
                found = replace(found, letter_g=found.letter_g or statement.unit)
            case _:
                pass
    return found
