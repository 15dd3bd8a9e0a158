"""How a comparison of many lines speaks of them: numbered in the order of the inputs, each under its claimant's name.

Numbers save room in tables. They rank nothing, and no sentence puts one line above another.
"""

from __future__ import annotations

from collections import Counter

from merestone.compare.many.agreed import Agreement, Group, Run
from merestone.publish.agreement.export import AgreementExport
from merestone.publish.comparison.words import cut
from merestone.publish.export import NOT_AGREED
from merestone.publish.report.numbers import grouped, rough
from merestone.publish.text import plain


def title(export: AgreementExport) -> str:
    """The title given, else how many lines there are."""
    return plain(export.title or f"Which of {len(export.agreement.claims)} lines agree where")


def names(made: Agreement) -> tuple[str, ...]:
    """The lines' titles cut to a width, told apart by their number where two are one."""
    short = [cut(plain(claim.title).strip() or "untitled") for claim in made.claims]
    count = Counter(short)
    return tuple(name if count[name] == 1 else f"{name} ({line + 1})" for line, name in enumerate(short))


def numbered(made: Agreement) -> tuple[str, ...]:
    """The lines' names after their numbers."""
    return tuple(f"{line + 1} {name}" for line, name in enumerate(names(made)))


def standing() -> str:
    """The sentence that every output carries, without a full stop."""
    return f"{NOT_AGREED}; shown without prejudice to the position of any party, each line under the name of its author"


def numbers_of(group: Group) -> str:
    """A group by the numbers of its lines."""
    return " ".join(str(line + 1) for line in group)


def groups_text(groups: tuple[Group, ...], absent: Group = ()) -> str:
    """Who runs together by numbers, groups set apart by bars: `1 2 4 | 3; absent 5`."""
    together = " | ".join(map(numbers_of, groups))
    return f"{together}; absent {numbers_of(absent)}" if absent else together


def run_said(made: Agreement, run: Run) -> str:
    """A run in words, for those who hear the page."""
    called = names(made)
    parts = [f"{_listed(called, group)} {'together' if len(group) > 1 else 'alone'}" for group in run.groups]
    parts += [f"{_listed(called, run.absent)} absent"] if run.absent else []
    reach = run.reach
    where = f"km {grouped(reach.from_m / 1000, 2)} to {grouped(reach.to_m / 1000, 2)} of {plain(reach.strand)}"
    return f"{where}, {rough(reach.length_m)}: {'; '.join(parts)}"


def _listed(called: tuple[str, ...], group: Group) -> str:
    return ", ".join(called[line] for line in group)


def map_standing() -> str:
    """The standing for a drawing, as short as it may be."""
    return "Not agreed; each line is that of its author"
