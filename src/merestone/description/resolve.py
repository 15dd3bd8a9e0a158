"""Names tied to what they name: the pass between the tree and the compiler.

`resolve` never stops at the first problem. What is unknown is reported with what was probably meant; what is defined
twice keeps its first meaning; definitions that go round in a circle are reported once for each circle.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar, assert_never

from merestone.description import references
from merestone.description.azimuths import AzimuthsFrom
from merestone.description.circles import circles
from merestone.description.course_tables import CourseTable
from merestone.description.exchanges import Exchange, ExpectedShare
from merestone.description.named_lines import Construction, FeatureBinding
from merestone.description.needs import Needs, find_leg
from merestone.description.references import Referent
from merestone.description.resolved import Need, Resolved, ResolvedLeg
from merestone.description.shared_rows import meanings
from merestone.description.suggestions import Suggestions
from merestone.description.tree import (
    AnglesIn,
    DecimalSignIs,
    Description,
    FrameStatement,
    From,
    Instrument,
    Leg,
    LegChain,
    LegsIn,
    LegTable,
    Length,
    LettersIn,
    LongitudesFrom,
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
    Refused,
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
MOST_NAMES_OF_A_CIRCLE = 6
MOST_ROWS_SAID_TWICE = 20

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
    constructions: dict[str, Construction] = field(default_factory=dict)
    courses: dict[str, CourseTable] = field(default_factory=dict)
    exchanges: dict[str, Exchange] = field(default_factory=dict)
    features: dict[str, FeatureBinding] = field(default_factory=dict)
    single: dict[type, Statement] = field(default_factory=dict)
    row_names: frozenset[str] = frozenset()
    refused: Mapping[str, int] = field(default_factory=dict)
    suggestions: Suggestions = field(default_factory=Suggestions)

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
    refused: Mapping[str, int] | None = None,
) -> tuple[Resolved, tuple[Diagnostic, ...]]:
    """The description with its names resolved, and every finding.

    `table_rows` gives the names of the points of each table (they are points like others); `refused` is what is
    not whole because a statement could not be read (see `Parsed`).
    """
    tables = _Tables(refused=refused or {})
    rows = table_rows if table_rows is not None else {}
    tables.row_names = frozenset(name for names in rows.values() for name in names)
    for statement in description.statements:
        _enter(tables, statement)
    for section in tables.sections.values():
        _enter_legs(tables, section)
    needs = Needs(tables.points, tables.legs, tables.constructions, tables.features).all()
    resolved = _resolved(description, tables, needs)
    _check_head(tables, resolved)
    _check_names(tables)
    for exchange in tables.exchanges.values():
        _check_exchange(tables, exchange)
    _check_rows(tables, rows, resolved)
    resolved = replace(resolved, circular=_circles(tables, needs))
    return resolved, tuple(tables.found)


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
            _enter_section(tables, statement)
        case WordReading():
            tables.define(tables.words, statement.words, statement, "reading of", lambda each: each.span)
        case Construction() | FeatureBinding() | CourseTable() | Exchange():
            _enter_line(tables, statement)
        case FrameStatement(name=Name() as name):
            tables.define(tables.frames, name, statement, "frame", lambda each: each.span)
        case (
            Title()
            | ReadingBy()
            | Precedence()
            | LegsIn()
            | WithoutLetters()
            | DecimalSignIs()
            | AnglesIn()
            | LettersIn()
            | LongitudesFrom()
            | Numbers()
            | Tolerance()
            | StraightReading()
            | AzimuthsFrom()
            | FrameStatement()
        ):
            tables.once(statement)
        case _:
            return


def _enter_line(tables: _Tables, statement: Construction | FeatureBinding | CourseTable | Exchange) -> None:
    if isinstance(statement, Exchange):
        tables.define(tables.exchanges, statement.name, statement, "exchange", lambda each: each.name.span)
        return
    if isinstance(statement, CourseTable):
        tables.define(tables.courses, statement.name, statement, "table of courses", lambda each: each.name.span)
        return
    if isinstance(statement, FeatureBinding):
        tables.define(tables.features, statement.feature, statement, "feature", lambda each: each.feature.span)
        return
    what = "construction line or circle"
    tables.define(tables.constructions, statement.name, statement, what, lambda each: each.name.span)


def _enter_section(tables: _Tables, section: Section) -> None:
    tables.define(tables.sections, section.name, section, "section", lambda each: each.name.span)
    for part in section.body:
        if isinstance(part, PointTable):
            tables.define(tables.tables, part.name, part, "table", lambda each: each.name.span)


def _enter_legs(tables: _Tables, section: Section) -> None:
    """Name the legs of a section and tie each to the point that it starts from."""
    start: Name | None = None
    number, begun = 0, False
    for part in section.body:
        if isinstance(part, From):
            start = part.point
        for leg in legs_in(part):
            number += _counts(leg)
            if isinstance(leg, LegChain) and leg.points and start is None and not begun:
                start = leg.points[0]
            start, begun = _enter_leg(tables, section, leg, number, start), True
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


def legs_in(part: From | Leg | LegChain | PointTable | LegTable) -> tuple[Leg | LegChain, ...]:
    """The legs of one statement of a section, in order."""
    match part:
        case LegTable():
            return part.legs
        case Leg() | LegChain():
            return (part,)
        case From() | PointTable():
            return ()
        case _:
            assert_never(part)


def _enter_leg(tables: _Tables, section: Section, leg: Leg | LegChain, number: int, start: Name | None) -> Name | None:
    name = _name_of(leg, number)
    span = leg.name.span if leg.name is not None else leg.span
    first = tables.legs.get((section.name.text, name))
    if first is not None:  # it keeps its place in the line, under a name that nothing can refer to
        tables.found.append(_twice(f"leg {name} of {section.name.text}", span, first.node.span))
        name = f"{name} (line {span.line})"
    resolved = ResolvedLeg(section, name, leg, start)
    tables.legs[section.name.text, name] = resolved
    if first is None:
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


def _counts(leg: Leg | LegChain) -> int:
    """1 for a leg, 0 for a statement that means nothing and has no name."""
    return int(leg.name is not None or not isinstance(leg.kind, Refused))


def _name_of(leg: Leg | LegChain, number: int) -> str:
    """A leg's name: the one that it is given, else its number in the section, else, where it means nothing, its line."""
    if leg.name is not None:
        return leg.name.text
    return f"line {leg.span.line}" if isinstance(leg.kind, Refused) else str(number)


def _resolved(description: Description, tables: _Tables, needs: Mapping[Need, Sequence[Need]]) -> Resolved:
    def single(kind: type[T]) -> T | None:
        found = tables.single.get(kind)
        return found if isinstance(found, kind) else None

    title, reading_by = single(Title), single(ReadingBy)
    precedence, tolerance = single(Precedence), single(Tolerance)
    straight, legs_in = single(StraightReading), single(LegsIn)
    azimuths = single(AzimuthsFrom)
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
        longitudes=single(LongitudesFrom),
        precedence=precedence.order if precedence is not None else (),
        numbers=single(Numbers) or Numbers(Standing.ENACTED),
        tolerance=length,
        needs=needs,
        circular={},
        constructions=tables.constructions,
        courses=tables.courses,
        exchanges=tables.exchanges,
        north=azimuths.north if azimuths is not None else None,
        features=tables.features,
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
    counted = [resolved.longitudes, *(table.longitudes for table in resolved.tables.values())]
    authorities += [each.by for each in counted if each is not None]
    frames = [*tables.frames.values(), *([resolved.frame] if resolved.frame is not None else [])]
    authorities += [frame.read_by for frame in frames]
    for frame in frames:
        for table in frame.own.common_points or () if frame.own is not None else ():
            _check_one(tables, (Referent.TABLE, table, None))
    for authority in authorities:
        _check_reference(tables, authority)


def _check_rows(tables: _Tables, rows: Mapping[str, Iterable[str]], resolved: Resolved) -> None:
    """Report points of tables whose names stand elsewhere too; the first is kept, a statement before any table.

    Tables of common points hold no points of the line.
    """
    seen: set[str] = set(tables.points)
    common = common_tables(resolved)
    for table, names in rows.items():
        if table in common:
            continue
        here = set(names)
        for name in sorted(seen & here)[:MOST_ROWS_SAID_TWICE]:
            span = tables.tables[table].span if table in tables.tables else Span(1, 1, 1, 1)
            first = tables.points[name].name.span if name in tables.points else span
            tables.found.append(_twice(f"point {name} of table {table}", span, first))
        seen |= here


def common_tables(resolved: Resolved) -> frozenset[str]:
    """The tables that own frames take their common points from."""
    frames = [*resolved.frames.values(), *([resolved.frame] if resolved.frame is not None else [])]
    owns = [frame.own for frame in frames if frame.own is not None]
    return frozenset(table.text for own in owns for table in own.common_points or ())


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
    for reference in _of_named_lines(tables):
        _check_one(tables, reference)
    for section in tables.sections.values():
        for part in section.body:
            if isinstance(part, From):
                _check_one(tables, (Referent.POINT, part.point, None))
        for reference in (*references.of_clauses(section.clauses), *references.of_areas(section.clauses)):
            _check_one(tables, reference)
    for leg in tables.legs.values():
        for reference in references.of_leg(leg.node):
            _check_one(tables, reference, leg.section)


def _check_exchange(tables: _Tables, exchange: Exchange) -> None:
    """Report rings and parties of an exchange that are not defined, and a ring that it moves twice."""
    seen: dict[str, Span] = {}
    for transfer in exchange.transfers:
        _known(tables, tables.sections, transfer.ring, "ring")
        for party in (transfer.giver, transfer.taker):
            _known(tables, tables.parties, party, "party")
        first = seen.setdefault(transfer.ring.text, transfer.ring.span)
        if first is not transfer.ring.span:
            tables.found.append(_twice(f"ring {transfer.ring.text} of the exchange", transfer.ring.span, first))
    for expected in exchange.expected:
        if isinstance(expected, ExpectedShare):
            _known(tables, tables.parties, expected.party, "party")


def _of_named_lines(tables: _Tables) -> Iterator[references.Reference_]:
    """The names in construction lines and circles, and in what stands for features."""
    for construction in tables.constructions.values():
        yield from references.of_line(construction.line)
    for feature in tables.features.values():
        yield from references.of_line(feature.line)


def _check_one(tables: _Tables, reference: references.Reference_, here: Section | None = None) -> None:
    referent, name, leg = reference
    match referent:
        case Referent.POINT:
            _check_point(tables, name)
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
        case Referent.LINE | Referent.CIRCLE | Referent.COURSES:
            _check_drawn(tables, referent, name)
        case Referent.FRAME | Referent.FEATURE:
            return


def _check_drawn(tables: _Tables, referent: Referent, name: Name) -> None:
    """Report a construction, of this sort, or a table of courses that is not defined."""
    if referent is Referent.COURSES:
        _known(tables, tables.courses, name, referent.value)
        return
    circle = referent is Referent.CIRCLE
    of_this_sort = {each: known for each, known in tables.constructions.items() if known.circle == circle}
    _known(tables, of_this_sort, name, referent.value)


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
    elif leg.section is None:
        _known(tables, tables.legs_by_name, leg.leg, "leg")
    elif leg.section.text in tables.sections:
        known = {name: each for (section, name), each in tables.legs.items() if section == leg.section.text}
        _known(tables, known, leg.leg, "leg")


def _check_point(tables: _Tables, name: Name) -> None:
    """Report a point that nothing defines, or that rows of several tables are called; not one that could not be read."""
    if name.text in tables.row_names or not {f"point {name.text}", f"row {name.text}"}.isdisjoint(tables.refused):
        return
    rows = {what.removeprefix("row ") for what in tables.refused if what.startswith("row ")}
    several = meanings(name.text, tables.row_names | rows) if name.text not in tables.points else ()
    if not several:
        _known(tables, tables.points, name, "point")
        return
    sentence = f"{len(several)} tables have a point {name.text}"
    hint = f"say which is meant: {' or '.join(several)}"
    tables.found.append(Diagnostic("R401", Severity.ERROR, sentence, name.span, hint=hint))


def _known(tables: _Tables, table: Mapping[str, object], name: Name, what: str, also: tuple[str, ...] = ()) -> None:
    if name.text in table:
        return
    tables.found.append(
        Diagnostic(
            "R401",
            Severity.ERROR,
            f"no {what} is called {name.text}",
            name.span,
            expected=f"the name of a {what}",
            hint=tables.suggestions.hint(name.text, table, what, also),
        )
    )


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
        DecimalSignIs: "decimal sign",
        AnglesIn: "angles in",
        LettersIn: "letters in",
        LongitudesFrom: "longitudes from",
        Numbers: "numbers",
        Tolerance: "tolerance",
        StraightReading: "reading of straight lines",
        AzimuthsFrom: "azimuths",
    }
    return names.get(type(statement), type(statement).__name__.lower())


def _circles(tables: _Tables, needs: Mapping[Need, Sequence[Need]]) -> dict[Need, Diagnostic]:
    """What goes round in circles, with one finding for each: a point by a leg that ends at the point, and the like."""
    circular: dict[Need, Diagnostic] = {}
    for circle in circles(needs):
        said = [_said(need) for need in circle[:MOST_NAMES_OF_A_CIRCLE]]
        if len(circle) > MOST_NAMES_OF_A_CIRCLE:
            said.append(f"{len(circle) - MOST_NAMES_OF_A_CIRCLE} more")
        finding = Diagnostic(
            "R403",
            Severity.ERROR,
            f"the definition goes round in a circle: {' → '.join((*said, said[0]))}",
            _span_of(tables, circle[0]),
            hint="give one of them by coordinates, or by points that do not depend on it",
            subject=said[0],
        )
        tables.found.append(finding)
        for need in circle:
            circular.setdefault(need, finding)
    return circular


def _span_of(tables: _Tables, need: Need) -> Span:
    if need[0] == "point":
        return tables.points[need[1]].name.span
    if need[0] == "construction":
        return tables.constructions[need[1]].name.span
    if need[0] == "feature":
        return tables.features[need[1]].feature.span
    node = tables.legs[need[1], need[2]].node
    return node.name.span if node.name is not None else node.span


def _said(need: Need) -> str:
    return f"leg {need[2]} of {need[1]}" if need[0] == "leg" else " ".join(need)
