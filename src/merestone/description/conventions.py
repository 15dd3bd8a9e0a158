"""How the instrument prints its numbers, as the head declares it: what reading a number or coordinate needs to know."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from fractions import Fraction

from merestone.description.hemisphere_letters import UNLETTERED, Lettering
from merestone.description.tree import (
    AnglesIn,
    DecimalSign,
    DecimalSignIs,
    Instrument,
    LettersIn,
    LongitudesFrom,
    WithoutLetters,
)
from merestone.geodesy.angle import AngleTrouble, Form, LetterG, Scanned, scan_angle
from merestone.geodesy.angle_damage import decimals_or_groups, point_against_declaration


@dataclass(frozen=True, slots=True)
class Conventions:
    """What the head declares of coordinates without letters, of the decimal sign, of the letter g and of what longitudes are counted from, None where it does
    not; and the languages that letters of hemispheres are read in: that which is declared, else those of the instruments."""

    without_letters: WithoutLetters | None = None
    decimal_sign: DecimalSign | None = None
    letter_g: LetterG | None = None
    angles_in_groups: bool = False
    lettering: Lettering = UNLETTERED
    longitudes: LongitudesFrom | None = None

    @property
    def zero_deg(self) -> Fraction:
        """Where the count of longitudes begins, in exact degrees east of Greenwich."""
        return Fraction(0) if self.longitudes is None else self.longitudes.zero_deg

    def scan(self, text: str, start: int) -> Scanned | AngleTrouble:
        """The angle that begins at an offset of a text, read as is declared, or what is wrong with it."""
        scanned = self.scan_bare(text, start)
        if isinstance(scanned, AngleTrouble) or scanned.form is not Form.BARE or scanned.angle.unit_denominator == 1:
            return scanned
        if self.angles_in_groups:
            return decimals_or_groups(scanned)
        if self.decimal_sign not in (None, DecimalSign.POINT) and "." in scanned.angle.text:
            return point_against_declaration(scanned, self.decimal_sign)
        return scanned

    def scan_bare(self, text: str, start: int) -> Scanned | AngleTrouble:
        """The same, for those who refuse every number without a sign of degrees, whatever its decimals."""
        comma = self.decimal_sign is DecimalSign.COMMA
        return scan_angle(text, start, self.letter_g, comma_is_decimal=comma, in_groups=self.angles_in_groups)


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
                found = (
                    found
                    if found.letter_g is not None
                    else replace(found, letter_g=statement.unit, angles_in_groups=statement.in_groups)
                )
            case LongitudesFrom():
                found = replace(found, longitudes=found.longitudes or statement)
            case LettersIn():
                letters = letters or statement.language
            case Instrument():
                instruments.update(dict.fromkeys(statement.languages))
            case _:
                pass
    return replace(found, lettering=Lettering((letters,), declared=True) if letters else Lettering(tuple(instruments)))
