"""Every planted defect is found. `make test` plants every second one, `make soak` all (MERESTONE_DEFECTS=all).

README.md has the list, with the check that finds each first; `python -m simulation.planting --table` writes it.
"""

from __future__ import annotations

import os

import pytest

from simulation.checks import CHECKS, main
from simulation.defects import DEFECTS
from simulation.planting import found_by

EVERY = 1 if os.environ.get("MERESTONE_DEFECTS") == "all" else 2
CASES = 16
PLANTED = range(0, len(DEFECTS), EVERY)


def test_the_register_as_it_is_passes_every_check() -> None:
    """Nothing is found where nothing was planted."""
    assert main(*(check.__name__ for check in CHECKS if check.__name__ != "histories")) == 0


def test_there_are_enough_and_each_is_another() -> None:
    """At least fifty are planted in every run, and no two are the same."""
    assert len(PLANTED) >= 50
    assert len({(each.module, each.old, each.new) for each in DEFECTS}) == len(DEFECTS)


@pytest.mark.timeout(1_200)
@pytest.mark.parametrize("case", range(CASES))
def test_planted_defects_are_found(case: int) -> None:
    """A check fails for each defect, and the list says which."""
    survivors = []
    for number in PLANTED[case::CASES]:
        check, said = found_by(DEFECTS[number])
        print(f"{number:>3} {DEFECTS[number].module:9} {check or 'NOBODY':14} {DEFECTS[number].harm}   [{said}]")
        survivors += [] if check else [DEFECTS[number]]
    assert not survivors
