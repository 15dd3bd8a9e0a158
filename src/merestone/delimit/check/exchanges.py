"""X712: what an exchange gives, takes or balances is not what the instrument says; X711: where it cannot be counted."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from merestone.delimit.areas import UncountedAreaError, ring_area_m2
from merestone.delimit.check.evidence import Evidence
from merestone.delimit.check.printed_units import printed_in
from merestone.delimit.expectations import open_area_m2
from merestone.delimit.lengths import last_place_m2, square_metres
from merestone.delimit.wording import area_text, unlike_texts
from merestone.description.exchanges import Exchange, ExpectedBalance, ExpectedShare
from merestone.diagnostics import Diagnostic, Measure, Severity

SETTLES = "the survey that the areas were counted from, or a word of the parties on which of the two figures prevails"


def find(evidence: Evidence) -> Iterator[Diagnostic]:
    """One finding for each figure of an exchange that disagrees by more than print and coordinates explain."""
    for exchange in evidence.compiled.resolved.exchanges.values():
        for expected in exchange.expected:
            try:
                yield from _weighed(evidence, exchange, expected)
            except UncountedAreaError as reason:
                yield Diagnostic(
                    "X711", Severity.NOTE, f"this could not be checked: {reason}", expected.span,
                    subject=f"exchange {exchange.name.text}", hint="it is checked as soon as what it rests on compiles",
                )  # fmt: skip


def _weighed(evidence: Evidence, exchange: Exchange, expected: ExpectedShare | ExpectedBalance) -> Iterator[Diagnostic]:
    areas_m2 = [ring_area_m2(each.ring, evidence.compiled.line, expected.projection) for each in exchange.transfers]
    open_m2 = sum(open_area_m2(evidence.compiled, each.ring.text) for each in exchange.transfers)
    within_m2 = square_metres(expected.within) if expected.within is not None else None
    if isinstance(expected, ExpectedShare):
        computed = _share(exchange, areas_m2, expected.party.text, expected.share)
        stated, own = square_metres(expected.area), last_place_m2(expected.area) / 2.0
        said = f"{expected.party.text} {expected.share}"
        allowed = open_m2 + (own if within_m2 is None else within_m2)
        if abs(computed - stated) > allowed:
            yield _finding(exchange, expected, said, computed, stated, allowed)
        return
    parties = sorted({name.text for each in exchange.transfers for name in (each.giver, each.taker)})
    gains = {party: _share(exchange, areas_m2, party, "gains") for party in parties}
    party, gain = max(gains.items(), key=lambda each: each[1])
    allowed = open_m2 + (within_m2 or 0.0)
    if gain > allowed:
        yield _finding(exchange, expected, f"{party} gains", gain, 0.0, allowed)


def _share(exchange: Exchange, areas_m2: list[float], party: str, share: str) -> float:
    """What a party gives, takes, gains or loses in all, in m²."""
    pairs = list(zip(exchange.transfers, areas_m2, strict=True))
    given = sum(area for transfer, area in pairs if transfer.giver.text == party)
    taken = sum(area for transfer, area in pairs if transfer.taker.text == party)
    return {"gives": given, "takes": taken, "gains": taken - given, "loses": given - taken}[share]


def _finding(
    exchange: Exchange,
    expected: ExpectedShare | ExpectedBalance,
    said: str,
    computed: float,
    stated: float,
    allowed: float,
) -> Diagnostic:
    unit = printed_in(expected.area) if isinstance(expected, ExpectedShare) else None
    rough: Callable[[float], str] = area_text if unit is None else unit.rough
    shown, instrument = unlike_texts(computed, stated, "m2")
    if unit is not None:
        shown, instrument = unit.exact(computed), unit.stated(stated)
    if isinstance(expected, ExpectedBalance):
        instrument = "that it balances"
    return Diagnostic(
        "X712", Severity.WARNING,
        f"by exchange {exchange.name.text}, {said} {shown}, and the instrument says {instrument}: "
        f"{rough(abs(computed - stated))} apart; the printed precision allows {rough(allowed)}",
        expected.span, settles=SETTLES, subject=f"exchange {exchange.name.text}",
        measures=(
            Measure("area compiled", computed, "m2"), Measure("area stated", stated, "m2"),
            Measure("difference", computed - stated, "m2"),
            Measure("allowed by tolerance and rounding", allowed, "m2"),
        ),
    )  # fmt: skip
