"""From a `.boundary` text to its tree, with everything that is wrong with it.

Statements are parsed one by one: a bad one is reported and does not hide the next. A `Reparser` keeps what it parsed
by the statement's own text, so that an edit parses one statement again.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from merestone.description import (
    constructions,
    directions,
    exchanges,
    frames,
    head,
    longitudes,
    points,
    sections,
    tables,
)
from merestone.description.collector import collector_paused
from merestone.description.conventions import NONE_DECLARED, Conventions, conventions_of
from merestone.description.cursor import Cursor, Refusal, did_you_mean
from merestone.description.keywords import BODY_WORDS, TOP_WORDS
from merestone.description.layout import LogicalLine, lay_out
from merestone.description.legs import LEG_KINDS
from merestone.description.legs.syntax import LegSyntax
from merestone.description.moving import moved, moved_finding
from merestone.description.refused import is_refused, refused_leg
from merestone.description.sections import Kinds
from merestone.description.tree import (
    Description,
    From,
    Leg,
    LegChain,
    LegTable,
    Point,
    PointTable,
    Section,
    Statement,
)
from merestone.diagnostics import Diagnostic, Span

BodyStatement: TypeAlias = From | Leg | LegChain | PointTable | LegTable
Node: TypeAlias = "Statement | BodyStatement"

DRAWN = (From, Leg, LegChain, Point)
"""Statements that put something on the ground: one of them that is not understood to its end means nothing as a whole."""


@dataclass(frozen=True, slots=True)
class Parsed:
    """A description, as much of it as could be understood, and everything that is wrong with its text."""

    description: Description
    diagnostics: tuple[Diagnostic, ...]
    refused: Mapping[str, int] = field(default_factory=dict)
    """What is not whole because a statement means nothing, with its line: `point NAME`, `section NAME`, `line N`."""
    is_text: bool = True
    """False where the bytes are no text, so that nothing in them was read."""


def parse(text: str | bytes, kinds: tuple[LegSyntax, ...] = LEG_KINDS) -> Parsed:
    """The tree of a text. Never raises for what a text holds."""
    return Reparser(kinds).parse(text)


CLAUSES_ALONE = ("words", "expect", "note")
"""What belongs to a leg and is no leg of its own: where it stands at the wrong indentation, the line has no gap."""

_POINT = re.compile(r"point +(?:«(?P<quoted>[^»]*)»|(?P<name>[^\s«]+))").match

_HEAD: Mapping[str, Callable[[Cursor], Statement]] = {
    "boundary": head.boundary,
    "reading": head.reading,
    "parties": head.parties,
    "instrument": head.instrument,
    "precedence": head.precedence,
    "source": head.source,
    "frame": frames.frame,
    "legs": frames.legs_in,
    "coordinates": head.coordinates,
    "decimal": head.decimal,
    "angles": head.angles,
    "letters": head.letters,
    "longitudes": longitudes.longitudes_from,
    "numbers": head.numbers,
    "tolerance": head.tolerance,
    "azimuths": directions.azimuths_from,
    "exchange": exchanges.exchange,
    "construction": constructions.construction,
    "feature": constructions.feature,
    "note": head.note,
}


_DECLARING = ("coordinates ", "decimal ", "angles ", "letters ", "longitudes ", "instrument ")
"""How statements begin that say how the instrument prints; they are read before all others."""


@dataclass(frozen=True, slots=True)
class _Remembered:
    """A statement that was parsed: on which line, its tree (None: it means nothing), its findings."""

    line: int
    node: Node | None
    findings: tuple[Diagnostic, ...]


class Reparser:
    """Parses versions of one text, each statement only when its own text is new.

    What is remembered is what the latest version holds; nothing else is kept.
    """

    def __init__(self, kinds: tuple[LegSyntax, ...] = LEG_KINDS) -> None:
        self._kinds = Kinds.of(kinds)
        self._conventions = NONE_DECLARED
        self._before: dict[object, _Remembered] = {}
        self._now: dict[object, _Remembered] = {}

    def parse(self, text: str | bytes) -> Parsed:
        """The tree of the text as it is now."""
        with collector_paused():
            return self._parse(text)

    def _parse(self, text: str | bytes) -> Parsed:
        layout = lay_out(text)
        self._conventions = conventions_declared(layout.statements, self._kinds)
        findings = list(layout.diagnostics)
        statements: list[Statement] = []
        refused: dict[str, int] = {}
        for logical in layout.statements:
            node = self._statement(logical, findings, inside=False)
            if node is None and (what := _refused(logical)):
                refused.setdefault(what, logical.line)
            if isinstance(node, Section):
                node = self._with_body(node, logical, findings)
                if node is not None and any(is_refused(part) for part in node.body):
                    refused.setdefault(f"section {node.name.text}", logical.line)
            elif logical.body:
                self._with_body(None, logical, findings)
            if node is not None and not isinstance(node, (From, Leg, LegChain, LegTable)):
                statements.append(node)
        self._before, self._now = self._now, {}
        findings.sort(key=_place)
        description = Description(tuple(statements), layout.comments)
        return Parsed(description, tuple(findings), refused, layout.is_text)

    def _with_body(self, section: Section | None, logical: LogicalLine, findings: list[Diagnostic]) -> Section | None:
        """A section with the statements inside it; they are read even where the section's own line means nothing."""
        body: list[BodyStatement] = []
        for inner in logical.body:
            before = len(findings)
            node = self._statement(inner, findings, inside=True)
            if isinstance(node, (From, Leg, LegChain, PointTable, LegTable)):
                body.append(node)
            elif node is None and len(findings) > before and _first_word(inner) not in CLAUSES_ALONE:
                body.append(refused_leg(inner, findings[before]))
        return None if section is None else replace(section, body=tuple(body))

    def _statement(self, logical: LogicalLine, findings: list[Diagnostic], *, inside: bool) -> Node | None:
        """One statement, from memory where its text is known."""
        conventions = self._conventions
        key = (
            logical.text,
            inside,
            logical.column,
            logical.rows,
            conventions,
            logical.segments and tuple((o, line - logical.line, column) for o, line, column in logical.segments),
        )
        known = self._now.get(key) or self._before.get(key)
        if known is None:
            node, found = parse_statement(logical, conventions, self._kinds, inside=inside)
            known = _Remembered(logical.line, node, found)
        elif known.line != logical.line:
            lines = logical.line - known.line
            node = None if known.node is None else moved(known.node, lines)
            known = _Remembered(logical.line, node, tuple(moved_finding(f, lines) for f in known.findings))
        self._now[key] = known
        findings.extend(known.findings)
        return known.node


def _refused(logical: LogicalLine) -> str | None:
    """What a statement of the head that means nothing would have defined; None where it cannot have been points."""
    named = _POINT(logical.text)
    if named is not None:
        return f"point {named['quoted'] or named['name']}"
    word = logical.text.split(maxsplit=1)[0] if logical.text.strip() else ""
    return None if word in TOP_WORDS and word not in ("point", "table") else f"line {logical.line}"


def _first_word(logical: LogicalLine) -> str:
    return logical.text.split(maxsplit=1)[0] if logical.text.strip() else ""


def _place(finding: Diagnostic) -> tuple[Span, str]:
    return finding.span or Span(0, 0, 0, 0), finding.code


def conventions_declared(statements: tuple[LogicalLine, ...], kinds: Kinds) -> Conventions:
    """What a text declares of how its numbers are printed, wherever it stands; of two declarations the first."""
    declaring = [each for each in statements if each.text.startswith(_DECLARING)]
    return conventions_of(parse_statement(each, NONE_DECLARED, kinds, inside=False)[0] for each in declaring)


def parse_statement(
    logical: LogicalLine, conventions: Conventions, kinds: Kinds, *, inside: bool
) -> tuple[Node | None, tuple[Diagnostic, ...]]:
    """One statement parsed, without the statements inside it: its tree or None, and its findings.

    `conventions` is what the head declares of how numbers are printed; `inside` is true inside a section.
    """
    cursor = Cursor(logical, conventions)
    node: Node | None = None
    try:
        node = _node(cursor, kinds, inside=inside)
        if node is not None and not cursor.at_end:
            raise cursor.unexpected()
    except Refusal as refusal:
        cursor.findings.append(refusal.finding)
        if isinstance(node, DRAWN):
            node = None  # words at its end that nothing was made of may say another length, place or datum
    return node, tuple(cursor.findings)


def _node(cursor: Cursor, kinds: Kinds, *, inside: bool) -> Node | None:
    """The tree of one statement, chosen by its first word."""
    word = cursor.word
    if inside:
        return _inside(cursor, kinds, word)
    match word:
        case "point":
            cursor.need("point")
            return points.point(cursor)
        case "section" | "ring":
            cursor.need(word)
            return sections.section(cursor, ring=word == "ring")
        case "table":
            cursor.need("table")
            return tables.table(cursor, kinds)
        case _:
            return _head(cursor, word)


def _head(cursor: Cursor, word: str) -> Statement:
    """The tree of a statement of the head."""
    parse_head = _HEAD.get(word)
    if parse_head is None:
        raise _no_statement(cursor, inside=False)
    cursor.need(word)
    return parse_head(cursor)


def _inside(cursor: Cursor, kinds: Kinds, word: str) -> Node | None:
    """The tree of a statement inside a section."""
    match word:
        case "leg":
            cursor.need("leg")
            return sections.leg(cursor, kinds)
        case "legs":
            cursor.need("legs")
            return sections.legs(cursor, kinds)
        case "from":
            cursor.need("from")
            return sections.from_point(cursor)
        case "then":
            cursor.need("then")
            return sections.then_from(cursor)
        case "table":
            cursor.need("table")
            if cursor.word == "courses":
                hint = "put the table above the section, and run along it with `leg ID traverse of NAME`"
                raise cursor.refuse("S307", "`table courses` cannot stand inside a section", cursor.here(), None, hint)
            return tables.table(cursor, kinds)
        case _:
            pass
    raise _no_statement(cursor, inside=True)


def _no_statement(cursor: Cursor, *, inside: bool) -> Refusal:
    """The refusal of a line that begins no statement."""
    known = BODY_WORDS if inside else TOP_WORDS
    token = cursor.token()
    listed = ", ".join(f"`{word}`" for word in known)
    if token in (TOP_WORDS if inside else BODY_WORDS):
        where = "stands outside every section: indent it below one" if not inside else "cannot stand inside a section"
        return cursor.refuse("S307", f"`{token}` {where}", cursor.here(), listed if inside else None)
    if inside and token in ("words", "expect", "note", "read"):
        hint = "indent it deeper than the leg that it belongs to"
        return cursor.refuse("S307", f"`{token}` stands at the indentation of a statement", cursor.here(), listed, hint)
    sentence = f"no statement begins with `{token[:60]}`"
    return cursor.refuse("S303", sentence, cursor.here(), listed, did_you_mean(token, known))
