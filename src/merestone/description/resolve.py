"""Names tied to what they name: the pass between the tree and the compiler.

`resolve` never stops at the first problem. What is unknown is reported with what was probably meant; what is defined
twice keeps its first meaning; definitions that go round in a circle are reported once for each circle.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from itertools import islice
from typing import TypeVar

from merestone.description import references
from merestone.description.alike import appearance, differing
from merestone.description.circles import circles, stepping_stones
from merestone.description.references import Referent
from merestone.description.resolved import Resolved, ResolvedLeg
from merestone.description.tree import (
    Description,
    FrameStatement,
    From,
    Instrument,
    Leg,
    LegChain,
    LegsIn,
    LegTable,
    Length,
    Name,
    Numbers,
    OnLeg,
    Parties,
    Party,
    Point,
    PointTable,
    Precedence,
    ReadingBy,
    Reference,
    Section,
    Source,
    Standing,
    Statement,
    StatusBy,
    StraightReading,
    Title,
    Tolerance,
    ToPoint,
    WithoutLetters,
    WordReading,
)
from merestone.diagnostics import Diagnostic, Label, Severity, Span

SIDES_WITHOUT_PARTY = ("nobody", "open")
MOST_NAMES_TO_SUGGEST_FROM = 5000
MOST_COMPARISONS = 40_000
MOST_CIRCLES = 100
MOST_OF_A_CIRCLE = 12
MOST_LEVELS = 25
"""How many definitions may rest on one another before those in between are computed first."""

T = TypeVar("T")


@dataclass(slots=True)
class _Tables:
    """The tables while they are being filled."""

    found: list[Diagnostic] = field(default_factory=list)
    parties: dict[str, Party] = field(default_factory=dict)
    instruments: dict[str, Instrument] = field(default_factory=dict)
    sources: dict[str, Source] = field(default_factory=dict)
    points: dict[str, Point] = field(default_factory=dict)
    tables: dict[str, PointTable] = field(default_factory=dict)
    sections: dict[str, Section] = field(default_factory=dict)
    legs: dict[tuple[str, str], ResolvedLeg] = field(default_factory=dict)
    legs_by_name: dict[str, list[ResolvedLeg]] = field(default_factory=dict)
    frames: dict[str, FrameStatement] = field(default_factory=dict)
    words: dict[str, WordReading] = field(default_factory=dict)
    single: dict[type, Statement] = field(default_factory=dict)
    row_names: frozenset[str] = frozenset()
    refused: frozenset[str] = frozenset()
    compared: int = 0

    def define(self, table: dict[str, T], name: Name, value: T, what: str, span_of: Callable[[T], Span]) -> None:
        """Enter a name once; a second definition is reported and changes nothing."""
        first = table.setdefault(name.text, value)
        if first is not value:
            self.found.append(_twice(f"{what} {name.text}", name.span, span_of(first)))

    def once(self, statement: Statement) -> None:
        """Enter a statement that may be made once."""
        first = self.single.setdefault(type(statement), statement)
        if first is not statement:
            self.found.append(_twice(f"the statement `{_keyword(statement)}`", statement.span, first.span))


def resolve(
    description: Description,
    table_rows: Mapping[str, Iterable[str]] | None = None,
    refused: frozenset[str] = frozenset(),
) -> tuple[Resolved, tuple[Diagnostic, ...]]:
    """The description with its names resolved, and every finding.

    `table_rows` gives the names of the points of each table (they are points like others); `refused` is what
    is not whole because a statement could not be read (see `Parsed`).
    """
    tables = _Tables(refused=refused)
    if table_rows:
        tables.row_names = frozenset(name for names in table_rows.values() for name in names)
    for statement in description.statements:
        _enter(tables, statement)
    for section in tables.sections.values():
        _enter_legs(tables, section)
    resolved = _resolved(description, tables)
    _check_head(tables, resolved)
    _check_names(tables)
    nodes = _graph(tables)
    tables.found.extend(_circles(tables, nodes))
    deep = (_node(tables, key) for key in stepping_stones(nodes, MOST_LEVELS))
    return replace(resolved, deep=tuple(each for each in deep if each is not None)), tuple(tables.found)


def _enter(tables: _Tables, statement: Statement) -> None:
    match statement:
        case Parties():
            for party in statement.parties:
                tables.define(tables.parties, party.name, party, "party", lambda each: each.name.span)
        case Instrument():
            tables.define(tables.instruments, statement.name, statement, "instrument", lambda each: each.name.span)
        case Source():
            tables.define(tables.sources, statement.name, statement, "source", lambda each: each.name.span)
        case Point():
            tables.define(tables.points, statement.name, statement, "point", lambda each: each.name.span)
        case PointTable():
            tables.define(tables.tables, statement.name, statement, "table", lambda each: each.name.span)
        case Section():
            tables.define(tables.sections, statement.name, statement, "section", lambda each: each.name.span)
            for part in statement.body:
                if isinstance(part, PointTable):
                    tables.define(tables.tables, part.name, part, "table", lambda each: each.name.span)
        case WordReading():
            tables.define(tables.words, statement.words, statement, "reading of", lambda each: each.span)
        case FrameStatement(name=Name() as name):
            tables.define(tables.frames, name, statement, "frame", lambda each: each.span)
        case (
            Title()
            | ReadingBy()
            | Precedence()
            | LegsIn()
            | WithoutLetters()
            | Numbers()
            | Tolerance()
            | StraightReading()
            | FrameStatement()
        ):
            tables.once(statement)
        case _:
            return


def _enter_legs(tables: _Tables, section: Section) -> None:
    """Name the legs of a section and tie each to the point that it starts from."""
    start: Name | None = None
    number = 0
    for part in section.body:
        match part:
            case From():
                start = part.point
            case LegTable():
                for leg in part.legs:
                    number += 1
                    start = _enter_leg(tables, section, leg, number, start)
            case Leg() | LegChain():
                number += 1
                start = _enter_leg(tables, section, part, number, start)
            case PointTable():
                continue
    if number == 0 and f"section {section.name.text}" not in tables.refused:
        tables.found.append(
            Diagnostic(
                "R405",
                Severity.ERROR,
                f"section {section.name.text} has no legs",
                section.name.span,
                hint="say `from POINT` and then one `leg` after another below it",
                subject=section.name.text,
            )
        )


def _enter_leg(tables: _Tables, section: Section, leg: Leg | LegChain, number: int, start: Name | None) -> Name | None:
    name = leg.name.text if leg.name is not None else str(number)
    if isinstance(leg, LegChain) and start is None and leg.points:
        start = leg.points[0]
    resolved = ResolvedLeg(section, name, leg, start)
    span = leg.name.span if leg.name is not None else leg.span
    first = tables.legs.setdefault((section.name.text, name), resolved)
    if first is not resolved:
        tables.found.append(_twice(f"leg {name} of {section.name.text}", span, first.node.span))
    else:
        tables.legs_by_name.setdefault(name, []).append(resolved)
        if number == 1 and start is None and not isinstance(leg, LegChain):
            tables.found.append(
                Diagnostic(
                    "R406",
                    Severity.ERROR,
                    f"section {section.name.text} does not say where it starts",
                    span,
                    hint="write `from POINT` before its first leg",
                    subject=section.name.text,
                )
            )
    if isinstance(leg, LegChain):
        return leg.up_to or (leg.points[-1] if leg.points else None)
    return leg.ending.point if isinstance(leg.ending, ToPoint) else None


def _resolved(description: Description, tables: _Tables) -> Resolved:
    def single(kind: type[T]) -> T | None:
        found = tables.single.get(kind)
        return found if isinstance(found, kind) else None

    title, reading_by = single(Title), single(ReadingBy)
    precedence, tolerance = single(Precedence), single(Tolerance)
    straight, legs_in = single(StraightReading), single(LegsIn)
    length: Length | None = tolerance.length if tolerance is not None else None
    return Resolved(
        description=description,
        title=title.text if title is not None else "",
        reading_by=reading_by.who if reading_by is not None else None,
        parties=tables.parties,
        instruments=tables.instruments,
        sources=tables.sources,
        points=tables.points,
        tables=tables.tables,
        sections=tables.sections,
        legs=tables.legs,
        frame=single(FrameStatement),
        frames=tables.frames,
        legs_in=legs_in.frame if legs_in is not None else None,
        straight=straight.declared if straight is not None else None,
        words=tables.words,
        without_letters=single(WithoutLetters),
        precedence=precedence.order if precedence is not None else (),
        numbers=single(Numbers) or Numbers(Standing.ENACTED),
        tolerance=length,
        refused=tables.refused,
    )


def _check_head(tables: _Tables, resolved: Resolved) -> None:
    if not resolved.title:
        tables.found.append(
            Diagnostic(
                "R404",
                Severity.ERROR,
                "the description has no title",
                Span(1, 1, 1, 1),
                hint="begin with `boundary «TITLE»`",
            )
        )
    for section in tables.sections.values():
        if section.sides is not None:
            for side in (section.sides.first, section.sides.second):
                if side.text not in SIDES_WITHOUT_PARTY:
                    _known(tables, tables.parties, side, "party", SIDES_WITHOUT_PARTY)
        if section.status is not None:
            _check_status(tables, section.status)
    declared = [leg.node.read_as for leg in tables.legs.values() if leg.node.read_as is not None]
    authorities = [reading.by for reading in declared]
    authorities += [resolved.straight.by] if resolved.straight is not None else []
    authorities += [reading.by for reading in tables.words.values()]
    frames = [*tables.frames.values(), *([resolved.frame] if resolved.frame is not None else [])]
    authorities += [frame.read_by for frame in frames]
    for authority in authorities:
        _check_reference(tables, authority)


def _check_status(tables: _Tables, status: StatusBy) -> None:
    _check_reference(tables, status.by)


def _check_reference(tables: _Tables, reference: Reference | None) -> None:
    if reference is not None and reference.instrument is not None:
        _known(tables, tables.instruments, reference.instrument, "instrument")


def _check_names(tables: _Tables) -> None:
    for point in tables.points.values():
        for definition in point.definitions:
            for reference in references.of_definition(definition):
                _check_one(tables, reference)
        for reference in references.of_clauses(point.clauses):
            _check_one(tables, reference)
    for section in tables.sections.values():
        for part in section.body:
            if isinstance(part, From):
                _check_one(tables, (Referent.POINT, part.point, None))
        for reference in references.of_clauses(section.clauses):
            _check_one(tables, reference)
    for leg in tables.legs.values():
        for reference in references.of_leg(leg.node):
            _check_one(tables, reference, leg.section)


def _check_one(tables: _Tables, reference: references.Reference_, here: Section | None = None) -> None:
    referent, name, leg = reference
    match referent:
        case Referent.POINT:
            if name.text not in tables.row_names and f"point {name.text}" not in tables.refused:
                _known(tables, tables.points, name, "point")
        case Referent.SECTION:
            _known(tables, tables.sections, name, "section")
        case Referent.TABLE:
            _known(tables, tables.tables, name, "table")
        case Referent.SOURCE:
            _known(tables, tables.sources, name, "source")
        case Referent.WORDS:
            if name.text not in tables.words:
                tables.found.append(_words_without_reading(name))
        case Referent.LEG:
            if leg is not None:
                _check_leg(tables, leg, here)
        case Referent.FRAME:
            return


def _check_leg(tables: _Tables, leg: OnLeg, here: Section | None) -> None:
    if find_leg(tables.legs, tables.legs_by_name, leg, here) is not None:
        return
    candidates = tables.legs_by_name.get(leg.leg.text, [])
    if leg.section is None and len(candidates) > 1:
        where = ", ".join(each.section.name.text for each in candidates)
        tables.found.append(
            Diagnostic(
                "R408",
                Severity.ERROR,
                f"leg {leg.leg.text} stands in more than one section: {where}",
                leg.leg.span,
                hint=f"say which: `leg {leg.leg.text} of {candidates[0].section.name.text}`",
            )
        )
    elif leg.section is None or leg.section.text in tables.sections:
        known = tables.legs_by_name
        _known(tables, known if leg.section is None else {}, leg.leg, "leg")


def find_leg(
    legs: Mapping[tuple[str, str], ResolvedLeg],
    by_name: Mapping[str, list[ResolvedLeg]],
    leg: OnLeg,
    here: Section | None,
) -> ResolvedLeg | None:
    """The leg that a reference means: in the section it names, else in this one, else the only one of that name."""
    if leg.section is not None:
        return legs.get((leg.section.text, leg.leg.text))
    if here is not None and (here.name.text, leg.leg.text) in legs:
        return legs[(here.name.text, leg.leg.text)]
    candidates = by_name.get(leg.leg.text, [])
    return candidates[0] if len(candidates) == 1 else None


def _known(tables: _Tables, table: Mapping[str, object], name: Name, what: str, also: tuple[str, ...] = ()) -> None:
    if name.text in table:
        return
    names = [*list(table)[:MOST_NAMES_TO_SUGGEST_FROM], *also]
    defined = f"this description defines {_some(names)}" if names else f"this description defines no {what}"
    tables.found.append(
        Diagnostic(
            "R401",
            Severity.ERROR,
            f"no {what} is called {name.text}",
            name.span,
            expected=f"the name of a {what}",
            hint=_meant(tables, name.text, names) or defined,
        )
    )


def _meant(tables: _Tables, written: str, names: list[str]) -> str | None:
    """What was probably meant by an unknown name; a text with very many of them is not searched for each."""
    looks = appearance(written)
    alike = next((each for each in names if appearance(each) == looks), None)
    if alike is not None and alike.casefold() != written.casefold():
        return f"did you mean {alike}? It looks the same, but its letters are others: {differing(written, alike)}"
    if alike is None and tables.compared < MOST_COMPARISONS:
        tables.compared += len(names)
        alike = next(iter(get_close_matches(written, names, n=1, cutoff=0.6)), None)
    return None if alike is None else f"did you mean {alike}?"


def _some(names: list[str]) -> str:
    return ", ".join(names[:6]) + (f" and {len(names) - 6} more" if len(names) > 6 else "")


def _words_without_reading(name: Name) -> Diagnostic:
    return Diagnostic(
        "R407",
        Severity.ERROR,
        f"«{name.text}» has no reading",
        name.span,
        expected="a statement that says how these words are read",
        hint=f"write `reading of «{name.text}»: parallel ANGLE N by «WHO»`, with `also` for other readings",
    )


def _twice(what: str, span: Span, first: Span) -> Diagnostic:
    return Diagnostic(
        "R402",
        Severity.ERROR,
        f"{what} is defined twice",
        span,
        (Label(first, "first defined here"),),
        hint="rename one of them; the first is kept",
    )


def _keyword(statement: Statement) -> str:
    names: dict[type, str] = {
        Title: "boundary",
        ReadingBy: "reading by",
        Precedence: "precedence",
        FrameStatement: "frame",
        LegsIn: "legs in",
        WithoutLetters: "coordinates without letters",
        Numbers: "numbers",
        Tolerance: "tolerance",
        StraightReading: "reading of straight lines",
    }
    return names.get(type(statement), type(statement).__name__.lower())


def _graph(tables: _Tables) -> dict[str, list[str]]:
    """What each point, leg and section needs to be computed."""
    nodes: dict[str, list[str]] = {}
    for name, point in tables.points.items():
        found = (each for definition in point.definitions for each in references.of_definition(definition))
        nodes[f"point {name}"] = _needs(tables, found, None)
    before: ResolvedLeg | None = None
    for leg in tables.legs.values():
        needs = _needs(tables, references.of_leg(leg.node), leg.section)
        if leg.start is not None:
            needs.append(f"point {leg.start.text}")
        elif before is not None and before.section is leg.section:
            needs.append(_leg_key(before))
        nodes[_leg_key(leg)] = needs
        nodes.setdefault(f"section {leg.section.name.text}", []).append(_leg_key(leg))
        before = leg
    return nodes


def _circles(tables: _Tables, nodes: Mapping[str, list[str]]) -> Iterable[Diagnostic]:
    """One finding for each circle of definitions: a point by a leg that ends at the point, and the like."""
    for circle in islice(circles(nodes), MOST_CIRCLES):
        named = [_node(tables, key) for key in circle]
        first = next((each for each in named if each is not None), None)
        shown = [*circle[:MOST_OF_A_CIRCLE], "…"] if len(circle) > MOST_OF_A_CIRCLE else circle
        yield Diagnostic(
            "R403",
            Severity.ERROR,
            f"the definition goes round in a circle: {' → '.join((*shown, circle[0]))}",
            first.name.span if isinstance(first, Point) else first.node.span if first is not None else None,
            hint="give one of them by coordinates, or by points that do not depend on it",
        )


def _node(tables: _Tables, key: str) -> Point | ResolvedLeg | None:
    """The point or leg of a node of the graph; None for a section."""
    what, _, name = key.partition(" ")
    if what == "point":
        return tables.points.get(name)
    leg, _, section = name.rpartition(" of ")
    return tables.legs.get((section, leg)) if what == "leg" else None


def _needs(tables: _Tables, found: Iterable[references.Reference_], here: Section | None) -> list[str]:
    """The nodes that references lead to; `leg 1 of M` needs that leg and not all of M."""
    every = tuple(found)
    of_legs = {id(leg.section) for _, _, leg in every if leg is not None}
    needs = []
    for referent, name, leg in every:
        if referent is Referent.POINT and name.text in tables.points:
            needs.append(f"point {name.text}")
        elif referent is Referent.SECTION and name.text in tables.sections and id(name) not in of_legs:
            needs.append(f"section {name.text}")
        elif leg is not None:
            target = find_leg(tables.legs, tables.legs_by_name, leg, here)
            needs += [_leg_key(target)] if target is not None else []
    return needs


def _leg_key(leg: ResolvedLeg) -> str:
    return f"leg {leg.name} of {leg.section.name.text}"
