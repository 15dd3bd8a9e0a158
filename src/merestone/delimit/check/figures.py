"""X701 to X706: a figure that the instrument prints and the compiled line does not agree; X711: one left unweighed;
X713: one that proves nothing."""

from __future__ import annotations

from collections.abc import Iterator

from merestone.delimit.check.evidence import Evidence
from merestone.delimit.check.printed_units import PrintedIn, printed_in
from merestone.delimit.expectations import Evaluated, Quantity
from merestone.delimit.misprints import Slip, Surroundings, slips_that_explain, ties_of
from merestone.delimit.printed_rows import with_rows
from merestone.delimit.scales import north_that_explains, scale_that_explains
from merestone.delimit.separators import separators_that_explain
from merestone.delimit.wording import exact_text, listed, unlike_texts, value_text
from merestone.description.tree import ExpectArea, ExpectDirection, ExpectDistance, ExpectLength
from merestone.diagnostics import Diagnostic, Label, Measure, Severity
from merestone.geodesy.winds import wind_of_azimuth

CODES = {
    Quantity.LENGTH: "X701",
    Quantity.AZIMUTH: "X702",
    Quantity.DIRECTION: "X703",
    Quantity.AREA: "X704",
    Quantity.COORDINATES: "X705",
    Quantity.DISTANCE: "X706",
}
MOST_SLIPS = 3
"""More single slips than this explain nothing: too many would do."""

SETTLES = (
    "the original of the instrument, its survey record, or a word of the parties on which of the two figures prevails"
)


def find(evidence: Evidence) -> Iterator[Diagnostic]:
    """One finding for each figure that disagrees by more than rounding explains, with the slips that would explain it."""
    disagreeing = [figure for figure in evidence.figures if not figure.agrees]
    if disagreeing:
        ends = [figure.ends for figure in disagreeing if figure.ends is not None]
        names = {name for end in ends for name in (end.start, end.end)}
        prints = with_rows(evidence.prints, evidence.compiled, names)
        around = Surroundings(evidence.figures, ties_of(evidence.compiled), prints)
        for figure in disagreeing:
            separators = separators_that_explain(figure, evidence.compiled.resolved.legs)
            grid = scale_that_explains(figure, evidence.compiled) or north_that_explains(figure, evidence.compiled)
            yield _disagreement(figure, slips_that_explain(figure, around), separators, grid)


def find_unweighed(evidence: Evidence) -> Iterator[Diagnostic]:
    """One note for each expectation that could not be held against anything."""
    for each in evidence.unevaluated:
        yield Diagnostic(
            "X711", Severity.NOTE, f"this could not be checked: {each.why}", each.expectation.span, subject=each.subject,
            hint="it is checked as soon as what it rests on compiles",
        )  # fmt: skip


def find_void(evidence: Evidence) -> Iterator[Diagnostic]:
    """One note for each figure that agrees, and would agree whatever the line were."""
    for figure in evidence.figures:
        if figure.agrees and figure.proves_nothing:
            unit, allowed = _printed_in(figure), _small(figure, figure.allowed)
            stated = exact_text(figure.expected, figure.unit) if unit is None else unit.stated(figure.expected)
            yield Diagnostic(
                "X713", Severity.NOTE,
                f"this check proves nothing: the {figure.quantity} of {figure.subject} may differ by {allowed} from the "
                f"{_about(figure)}{stated} that the instrument says, and {_explained(figure)}",
                figure.expectation.span, subject=figure.subject,
                hint="finer coordinates, azimuths or distances, or a smaller `within`, would make it a check",
                measures=(Measure("allowed by tolerance and rounding", _measured(figure, figure.allowed), _unit(figure)),),
            )  # fmt: skip


def _disagreement(
    figure: Evaluated, slips: tuple[Slip, ...], separators: tuple[Slip, ...], grid: str | None
) -> Diagnostic:
    likely = (*separators, *(slips if 0 < len(slips) <= MOST_SLIPS else ()))
    return Diagnostic(
        CODES[figure.quantity], Severity.WARNING, f"{_said(figure)}; {_explained(figure)}", figure.expectation.span,
        labels=tuple(Label(slip.span, f"{slip.likely} here would make it agree") for slip in likely),
        hint=_hint(slips, separators, grid), settles=SETTLES, subject=figure.subject,
        measures=(
            Measure(f"{figure.quantity} compiled", _measured(figure, figure.computed), _unit(figure)),
            Measure(f"{figure.quantity} stated", _measured(figure, figure.expected), _unit(figure)),
            Measure("difference", _measured(figure, figure.difference), _unit(figure)),
            Measure("allowed by tolerance and rounding", _measured(figure, figure.allowed), _unit(figure)),
        ),
    )  # fmt: skip


def _printed_in(figure: Evaluated) -> PrintedIn | None:
    match figure.expectation:
        case ExpectLength(length=printed) | ExpectDistance(length=printed) | ExpectArea(area=printed):
            return printed_in(printed)
        case _:
            return None


def _small(figure: Evaluated, value: float) -> str:
    unit = _printed_in(figure)
    return value_text(value, figure.unit) if unit is None else unit.rough(value)


def _about(figure: Evaluated) -> str:
    """The word that an instrument puts before an approximate figure."""
    match figure.expectation:
        case ExpectLength(length=printed) | ExpectDistance(length=printed) | ExpectArea(area=printed):
            return "about " if printed.about else ""
        case _:
            return ""


def _said(figure: Evaluated) -> str:
    unit = _printed_in(figure)
    on = f" on {figure.on_plane}" if figure.on_plane is not None else ""
    if unit is not None:
        return (
            f"the {figure.quantity} of {figure.subject}{on} is {unit.exact(figure.computed)}, and the instrument says "
            f"{_about(figure)}{unit.stated(figure.expected)}: {unit.apart(abs(figure.difference))} apart"
        )
    apart = value_text(abs(figure.difference), figure.unit)
    if figure.quantity is Quantity.COORDINATES:
        return f"{figure.subject} compiles to a place {apart} from the coordinates that the instrument prints for it"
    computed, stated = unlike_texts(figure.computed, figure.expected, figure.unit)
    if isinstance(figure.expectation, ExpectDirection):
        return (
            f"{figure.subject} runs {wind_of_azimuth(figure.computed)} (azimuth {computed}), and the instrument says "
            f"{figure.expectation.wind}: {apart} from the middle of that direction"
        )
    kind = f" along the {figure.ends.kind}" if figure.quantity is Quantity.AZIMUTH and figure.ends is not None else ""
    return f"the {figure.quantity} of {figure.subject}{on} is {computed}{kind}, and the instrument says {_about(figure)}{stated}: {apart} apart"


def _explained(figure: Evaluated) -> str:
    """What explains how much of the difference."""
    own = figure.own if figure.stated is None else figure.stated
    source = "the printed precision of the figure" if figure.stated is None else "the stated tolerance"
    if isinstance(figure.expectation, ExpectDirection):
        source = "half the sector of a compass direction"
    parts = f"{source} allows {_small(figure, own)}"
    if figure.rounding > 0.0:
        parts += f", and that of what it rests on {_small(figure, figure.rounding)} more"
    return parts


def _hint(slips: tuple[Slip, ...], separators: tuple[Slip, ...], grid: str | None) -> str:
    if grid is not None:
        return grid
    if not separators:
        return _slips_said(slips)
    first = "; ".join(f"{slip.where} {slip.likely} instead of {slip.printed}" for slip in separators)
    said = f"suspect the separator first: {first}"
    return f"{said}; also, {_slips_said(slips)}" if slips else said


def _slips_said(slips: tuple[Slip, ...]) -> str:
    if not slips:
        return (
            "no single misprint explains it: no digit changed or exchanged with its neighbour, and no hemisphere letter"
        )
    said = [f"{slip.where} {slip.likely} instead of {slip.printed}" for slip in slips]
    if len(slips) == 1:
        return f"one misprint would explain it: {said[0]}"
    if len(slips) <= MOST_SLIPS:
        return f"{len(slips)} misprints would each explain it: {'; '.join(said)}"
    return f"{len(slips)} misprints would each explain it, too many to choose from: {listed(said, 3)}"


def _unit(figure: Evaluated) -> str:
    return "km2" if figure.unit == "m2" else figure.unit


def _measured(figure: Evaluated, value: float) -> float:
    return value / 1e6 if figure.unit == "m2" else value
