"""X709: the same clause in two languages with different numbers.

Numbers are compared as values and in order of size, so that word order plays no part. Only clauses that print equally
many numbers are compared: one language may spell out what the other prints.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations

from merestone.delimit.check.evidence import Evidence
from merestone.description.tree import Clause, Words
from merestone.diagnostics import Diagnostic, Label, Severity

_AFTER_SIGN = re.compile(r"(?<=[0-9])\s*['’′´\"”″]\s*[.,](?=[0-9])")
"""A minute or second sign printed before its decimals: 07',3 is 07.3."""
_NUMBER = re.compile(r"[0-9]+(?:[ \u00a0\u202f][0-9]{3}(?![0-9]))*(?:[.,][0-9]+)?")


def numbers_in(text: str) -> tuple[Decimal, ...]:
    """The numbers printed in a text, as values, smallest first."""
    joined = _AFTER_SIGN.sub(".", text)
    found = (re.sub(r"\s", "", match.group()).replace(",", ".") for match in _NUMBER.finditer(joined))
    return tuple(sorted(Decimal(number) for number in found))


def find(evidence: Evidence) -> Iterator[Diagnostic]:
    """One finding for each pair of quotations in two languages that print different numbers."""
    resolved = evidence.compiled.resolved
    for name, point in resolved.points.items():
        yield from _compare(point.clauses, f"point {name}")
    for name, section in resolved.sections.items():
        yield from _compare(section.clauses, f"section {name}")
    for leg in resolved.legs.values():
        yield from _compare(leg.node.clauses, f"leg {leg.name} of {leg.section.name.text}")


def _compare(clauses: tuple[Clause, ...], subject: str) -> Iterator[Diagnostic]:
    words = [clause for clause in clauses if isinstance(clause, Words) and clause.language is not None]
    for one, other in combinations(words, 2):
        if one.language == other.language or one.article != other.article:
            continue
        here, there = numbers_in(one.text), numbers_in(other.text)
        if len(here) == len(there) and here != there:
            yield Diagnostic(
                "X709", Severity.WARNING,
                f"the words in {one.language} and in {other.language} print different numbers: "
                f"{_differing(here, there)} against {_differing(there, here)}",
                other.span, labels=(Label(one.span, f"the words in {one.language}"),), subject=subject,
                hint="compare both with the authentic texts; the instrument may say which language prevails",
                settles="the authentic text in the language that prevails, or a correction agreed by the parties",
            )  # fmt: skip


def _differing(here: tuple[Decimal, ...], there: tuple[Decimal, ...]) -> str:
    alone = Counter(here) - Counter(there)
    return ", ".join(str(number) for number in sorted(alone.elements()))
