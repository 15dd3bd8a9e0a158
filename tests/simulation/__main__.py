"""`python -m simulation SEED [END]`: runs one history and prints what happened, or many and prints what they held."""

from __future__ import annotations

import sys
from collections import Counter
from time import process_time

from simulation.history import history
from simulation.remembering import remembering


def main(first: int, end: int | None = None) -> None:
    """Runs histories and prints."""
    tally: Counter[str] = Counter()
    began = process_time()
    with remembering():
        if end is None:
            history(first, tally, show=print)
            return
        for seed in range(first, end):
            history(seed, tally)
    print(f"{process_time() - began:.1f} s of processor time")
    for name, count in sorted(tally.items()):
        print(f"{count:>9,}  {name}")


main(*map(int, sys.argv[1:3]))
