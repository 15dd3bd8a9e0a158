"""What a name that nothing defines was probably meant for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import islice

from merestone.description.alike import appearance, differing

MOST_NAMES_TO_SUGGEST_FROM = 5000
MOST_COMPARISONS = 50_000
"""Names compared for all suggestions of one description together (some 20 microseconds each)."""
MOST_NAMES_TO_LIST = 6


@dataclass(slots=True)
class Suggestions:
    """The suggestions of one description; the work for all of its unknown names together is bounded."""

    comparisons_left: int = MOST_COMPARISONS

    def hint(self, name: str, table: Mapping[str, object], what: str, also: tuple[str, ...] = ()) -> str:
        """The name that was probably meant, else the names that are defined (`also` are names that always are)."""
        close = self._closest(name, table, also)
        if close is not None:
            return _meant(name, close)
        names = [*islice(table, MOST_NAMES_TO_LIST), *also]
        if not names:
            return f"this description defines no {what}"
        return f"this description defines {_some(names, len(also) + len(table))}"

    def _closest(self, name: str, table: Mapping[str, object], also: tuple[str, ...]) -> str | None:
        """The defined name that looks most like an unknown one."""
        candidates = [*islice(table, MOST_NAMES_TO_SUGGEST_FROM), *also] if self.comparisons_left > 0 else []
        looks = appearance(name)
        alike = next((each for each in candidates if appearance(each) == looks), None)
        if alike is not None:
            return alike
        self.comparisons_left -= len(candidates)
        close = get_close_matches(name, candidates, n=1, cutoff=0.6)
        return close[0] if close else next((each for each in candidates if each.casefold() == name.casefold()), None)


def _meant(written: str, close: str) -> str:
    """The suggestion of a name; where the two look the same, in which letter they differ."""
    if written.split() == close.split():
        return f"did you mean {close}? The two differ only in their blanks"
    if appearance(written) != appearance(close) or written.casefold() == close.casefold():
        return f"did you mean {close}?"
    return f"did you mean {close}? It looks the same, but its letters are others: {differing(written, close)}"


def _some(names: list[str], count: int) -> str:
    listed = names[:MOST_NAMES_TO_LIST]
    return ", ".join(listed) + (f" and {count - len(listed)} more" if count > len(listed) else "")
