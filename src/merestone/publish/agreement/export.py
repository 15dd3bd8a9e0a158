"""What every writer of a comparison of many lines is given."""

from __future__ import annotations

from dataclasses import dataclass

from merestone.compare.many.agreed import Agreement


@dataclass(frozen=True, slots=True)
class AgreementExport:
    """Many lines compared, and a title (one is made of how many they are where it is empty)."""

    agreement: Agreement
    title: str = ""
