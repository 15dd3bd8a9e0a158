"""The figures that an instrument prints a second time, beside what was compiled: for people and for programs."""

from __future__ import annotations

from collections.abc import Sequence

from merestone.delimit.expectations import Evaluated, Quantity
from merestone.delimit.wording import unlike_texts, value_text


def figures_facts(figures: Sequence[Evaluated]) -> list[dict[str, object]]:
    """Every figure with its unit (m, m2 or deg), what was printed and computed, their difference and what is allowed."""
    return [
        {
            "figure": str(figure.quantity),
            "of": figure.subject,
            "unit": figure.unit,
            "printed": figure.expected,
            "computed": figure.computed,
            "difference": figure.difference,
            "allowed": figure.allowed,
            "agrees": figure.agrees,
            "proves_nothing": figure.agrees and figure.proves_nothing,
        }
        for figure in figures
    ]


def figures_text(figures: Sequence[Evaluated], not_compared: int, *, every: bool) -> str:
    """How many figures were compared and how many agree; with `every`, a line for each. Empty where there are none."""
    if not figures:
        return f"compared no figure of the instrument with the line: {_left(not_compared)}" if not_compared else ""
    agree = sum(figure.agrees for figure in figures)
    void = sum(figure.agrees and figure.proves_nothing for figure in figures)
    whole = "1 figure" if len(figures) == 1 else f"{len(figures)} figures"
    said = (
        "all agree"
        if agree == len(figures) > 1
        else "it agrees"
        if agree == 1 == len(figures)
        else f"{agree} of them agree"
    )
    said = "it disagrees" if (agree, len(figures)) == (0, 1) else said
    more = "" if not void else f", {void} of these by a tolerance so wide that it proves nothing (X713)"
    left = f"; {_left(not_compared)}" if not_compared else ""
    head = f"compared {whole} of the instrument with the line: {said}{more}{left}"
    return "\n".join([head, *map(_row, figures)]) if every else head


def _left(count: int) -> str:
    return f"{count} could not be compared (X711)"


def _row(figure: Evaluated) -> str:
    verdict = "agrees" if figure.agrees else "disagrees"
    allowed = (
        f"off by {value_text(abs(figure.difference), figure.unit)}, allowed {value_text(figure.allowed, figure.unit)}"
    )
    if figure.quantity is Quantity.COORDINATES:
        return f"  {verdict}: the coordinates of {figure.subject}: {allowed}"
    computed, printed = unlike_texts(figure.computed, figure.expected, figure.unit)
    return f"  {verdict}: the {figure.quantity} of {figure.subject}: printed {printed}, computed {computed}, {allowed}"
