"""Which findings a user wants to see: codes or their beginnings, as `--select` and `--ignore` name them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import typer

from merestone.diagnostics import Diagnostic, Severity


@dataclass(frozen=True, slots=True)
class ChosenCodes:
    """Beginnings of codes: a finding is wanted if one of `select` (empty: any) begins its code and none of `ignore`.

    An error is always wanted: what cannot be read cannot be passed over.
    """

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()

    def wants(self, finding: Diagnostic) -> bool:
        """Whether a finding is shown and counts."""
        if finding.severity is Severity.ERROR:
            return True
        selected = not self.select or finding.code.startswith(self.select)
        return selected and not finding.code.startswith(self.ignore)

    def of(self, findings: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
        """The findings that are wanted."""
        return tuple(finding for finding in findings if self.wants(finding))


def chosen_codes(select: Sequence[str], ignore: Sequence[str]) -> ChosenCodes:
    """The choice that two options make, each of codes separated by commas; refuses what begins no code."""
    return ChosenCodes(_beginnings("--select", select), _beginnings("--ignore", ignore))


def _beginnings(option: str, said: Sequence[str]) -> tuple[str, ...]:
    from merestone.cli.explanations import codes

    found = tuple(word.strip().upper() for each in said for word in each.split(",") if word.strip())
    known = codes()
    for beginning in found:
        if not any(code.startswith(beginning) for code in known):
            raise typer.BadParameter(f"{option}: no code begins with {beginning} (`merestone explain` lists all codes)")
    return found
