"""How the instrument prints its numbers, as the head declares it: what reading a number or coordinate needs to know."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from merestone.description.tree import AnglesIn, DecimalSign, DecimalSignIs, Instrument, LettersIn, WithoutLetters
from merestone.geodesy.angle import LetterG


@dataclass(frozen=True, slots=True)
class Conventions:
    """What the head declares of coordinates without letters, of the decimal sign and of the letter g, None where it does
    not; and the languages that letters of hemispheres are read in: that which is declared, else those of the instruments."""

    without_letters: WithoutLetters | None = None
    decimal_sign: DecimalSign | None = None
    letter_g: LetterG | None = None
    languages: tuple[str, ...] = ()


NONE_DECLARED = Conventions()


def conventions_of(statements: Iterable[object]) -> Conventions:
    """What the statements of a head declare; of two declarations of one thing the first."""
    found, letters, instruments = NONE_DECLARED, "", dict[str, None]()
    for statement in statements:
        match statement:
            case WithoutLetters():
                found = replace(found, without_letters=found.without_letters or statement)
            case DecimalSignIs():
                found = replace(found, decimal_sign=found.decimal_sign or statement.sign)
            case AnglesIn():
                found = replace(found, letter_g=found.letter_g or statement.unit)
            case LettersIn():
                letters = letters or statement.language
            case Instrument():
                instruments.update(dict.fromkeys(statement.languages))
            case _:
                pass
    return replace(found, languages=(letters,) if letters else tuple(instruments))
