"""What of a comparison of many lines the page shows, each part under one key on strip, map and table."""

from __future__ import annotations

from dataclasses import dataclass

from merestone.compare.many.agreed import Agreement, Run
from merestone.publish.report.numbers import grouped

MOST_RUNS = 300


@dataclass(frozen=True, slots=True)
class Shown:
    """The longest runs by key in their order along the reference (`r1`, ...), and the keys of the lines (`v1`, ...)."""

    runs: dict[str, Run]
    lines: tuple[str, ...]


def shown(made: Agreement) -> Shown:
    """The longest runs."""
    ranked = sorted(range(len(made.runs)), key=lambda at: (-made.runs[at].reach.length_m, at))[:MOST_RUNS]
    return Shown(
        {f"r{at + 1}": made.runs[at] for at in sorted(ranked)},
        tuple(f"v{line + 1}" for line in range(len(made.claims))),
    )


def left_out(made: Agreement, parts: Shown) -> str | None:
    """What is said where not all runs are listed."""
    hidden = len(made.runs) - len(parts.runs)
    if hidden <= 0:
        return None
    rest_m = made.length_m - sum(run.reach.length_m for run in parts.runs.values())
    return (
        f"The {grouped(len(parts.runs), 0)} longest of {grouped(len(made.runs), 0)} runs are listed; the others, "
        f"{grouped(rest_m / 1000, 1)} km together, are drawn and are in the tables (.csv, .json)."
    )
