"""The statement `exchange`: which rings go from whom to whom, and what the instrument says of their areas.

An instrument that exchanges territory prints the area that a party gives, takes or gains in all, or says that what is
exchanged is equal. Such a figure belongs to several rings together, so it cannot stand on any one of them.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from merestone.description.cursor import Cursor
from merestone.description.grid_coordinates import grid_system
from merestone.description.spelling import area_text, name_text, projection_text, quoted
from merestone.description.tree import NOWHERE, Area, Name
from merestone.diagnostics import Span

SHARES = ("gives", "takes", "gains", "loses")


@dataclass(frozen=True, slots=True)
class Transfer:
    """A ring whose land goes from one party to another."""

    ring: Name
    giver: Name
    taker: Name
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class ExpectedShare:
    """The instrument prints what a party `gives`, `takes`, `gains` or `loses` in all, on the ellipsoid or on a grid."""

    party: Name
    share: str
    area: Area
    within: Area | None = None
    projection: Name | None = None
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class ExpectedBalance:
    """The instrument says that every party takes as much as it gives."""

    within: Area | None = None
    projection: Name | None = None
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Exchange:
    """Rings that change hands together, and what the instrument says of their areas."""

    name: Name
    title: str | None
    transfers: tuple[Transfer, ...]
    expected: tuple[ExpectedShare | ExpectedBalance, ...] = ()
    span: Span = field(default=NOWHERE, compare=False, repr=False)


def exchange(cursor: Cursor) -> Exchange:
    """`NAME [«TITLE»] ring NAME from PARTY to PARTY, ... [expect ...] ...`, after `exchange`."""
    name = cursor.name("the name of the exchange")
    title = cursor.quoted_or_none()
    transfers = [_transfer(cursor)]
    while cursor.sign(","):
        transfers.append(_transfer(cursor))
    expected: list[ExpectedShare | ExpectedBalance] = []
    while not cursor.at_end:
        cursor.need("expect")
        expected.append(_expected(cursor))
    return Exchange(name, title, tuple(transfers), tuple(expected), cursor.span(0))


def _transfer(cursor: Cursor) -> Transfer:
    start = cursor.start
    cursor.need("ring")
    ring = cursor.name("the name of a ring")
    cursor.need("from")
    giver = cursor.name("a party")
    cursor.need("to")
    return Transfer(ring, giver, cursor.name("a party"), cursor.span(start))


def _expected(cursor: Cursor) -> ExpectedShare | ExpectedBalance:
    """`balance [within AREA] [on PROJECTION]` or `PARTY (gives | takes | gains | loses) AREA ...`, after `expect`."""
    start = cursor.start
    if cursor.take("balance"):
        within, projection = _within(cursor)
        return ExpectedBalance(within, projection, cursor.span(start))
    party = cursor.name("`balance`, or a party")
    share = cursor.take_any(SHARES)
    if share is None:
        raise cursor.unexpected()
    area = cursor.stated_area()
    within, projection = _within(cursor)
    return ExpectedShare(party, share, area, within, projection, cursor.span(start))


def _within(cursor: Cursor) -> tuple[Area | None, Name | None]:
    within = cursor.area() if cursor.take("within") else None
    return within, grid_system(cursor) if cursor.take("on") else None


def exchange_parts(statement: Exchange) -> tuple[str, list[str]]:
    """The statement as it is written: its beginning, and what it expects."""
    title = "" if statement.title is None else f" {quoted(statement.title)}"
    transfers = ", ".join(
        f"ring {name_text(each.ring)} from {name_text(each.giver)} to {name_text(each.taker)}"
        for each in statement.transfers
    )
    return f"exchange {name_text(statement.name)}{title} {transfers}", [_text(each) for each in statement.expected]


def _text(expected: ExpectedShare | ExpectedBalance) -> str:
    within = "" if expected.within is None else f" within {area_text(expected.within)}"
    on = "" if expected.projection is None else f" on {projection_text(expected.projection)}"
    if isinstance(expected, ExpectedBalance):
        return f"expect balance{within}{on}"
    # A party called "balance" is quoted, so that it is told from the word.
    party = quoted(expected.party.text) if expected.party.text == "balance" else name_text(expected.party)
    return f"expect {party} {expected.share} {area_text(expected.area)}{within}{on}"
