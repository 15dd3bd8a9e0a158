"""The statements `section` and `ring`, and those inside them: `from`, `then from`, `leg`, `legs`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from merestone.description.clauses import clauses
from merestone.description.cursor import Cursor, did_you_mean
from merestone.description.keywords import CLAUSE_WORDS
from merestone.description.legs.syntax import LegSyntax
from merestone.description.line_phrases import line
from merestone.description.phrases import choice, declared_reading, frame, reference
from merestone.description.tree import (
    Clause,
    DeclaredReading,
    Ending,
    ForDistance,
    From,
    Leg,
    LegChain,
    LegNode,
    Name,
    Open,
    Section,
    Sides,
    Status,
    StatusBy,
    ToPoint,
    UntilMeets,
)

_STATUSES = tuple(status.value for status in Status)


@dataclass(frozen=True, slots=True)
class Kinds:
    """The kinds of leg by the first word of their opening phrases, longest phrase first."""

    by_word: Mapping[str, tuple[tuple[tuple[str, ...], LegSyntax], ...]]

    @staticmethod
    def of(kinds: tuple[LegSyntax, ...]) -> Kinds:
        """The table for these kinds."""
        table: dict[str, list[tuple[tuple[str, ...], LegSyntax]]] = {}
        for syntax in kinds:
            for opening in syntax.opening:
                words = tuple(opening.split())
                table.setdefault(words[0], []).append((words, syntax))
        return Kinds({word: tuple(sorted(found, key=lambda f: -len(f[0]))) for word, found in table.items()})

    def at(self, cursor: Cursor) -> LegSyntax | None:
        """The kind whose opening phrase stands here."""
        for words, syntax in self.by_word.get(cursor.word, ()):
            if cursor.peek(*words):
                return syntax
        return None


# ---- head of a section ------------------------------------------------------------------------------------------


def section(cursor: Cursor, *, ring: bool) -> Section:
    """A section or ring without its body, after its word."""
    name = cursor.name("the name of a ring" if ring else "the name of a section")
    title = cursor.quoted_or_none()
    sides = _sides(cursor, ring=ring) if cursor.take("with") else None
    status = None
    if cursor.sign(",") or cursor.word in _STATUSES:
        status = _status(cursor)
    said = () if cursor.at_end else clauses(cursor, passing_over=True)
    return Section(name, title, ring, sides, status, said, (), cursor.logical.span(0, cursor.size))


def _sides(cursor: Cursor, *, ring: bool) -> Sides:
    """`SIDE on the right, SIDE on the left`, or `SIDE inside, SIDE outside`, in either order."""
    start = cursor.start
    one, other = (("inside",), ("outside",)) if ring else (("on", "the", "right"), ("on", "the", "left"))
    name = _side(cursor)
    first = cursor.take(*one)
    if not first and not cursor.take(*other):
        raise cursor.unexpected()
    if not cursor.sign(","):
        raise cursor.unexpected()
    second = _side(cursor)
    cursor.need(*(other if first else one))
    return Sides(*((name, second) if first else (second, name)), cursor.span(start))


def _side(cursor: Cursor) -> Name:
    """A party's identity, `nobody` or `open`."""
    if cursor.word == "open":
        span = cursor.here()
        cursor.need("open")
        return Name("open", span)
    return cursor.name("a party, `nobody` or `open`")


def _status(cursor: Cursor) -> StatusBy:
    """`STATUS [by REF] [on DATE]`."""
    start = cursor.start
    word = cursor.take_any(_STATUSES)
    if word is None:
        raise cursor.unexpected()
    authority = reference(cursor) if cursor.take("by") else None
    return StatusBy(Status(word), authority, cursor.date() if cursor.take("on") else None, cursor.span(start))


# ---- body of a section ------------------------------------------------------------------------------------------


def from_point(cursor: Cursor) -> From:
    """`from POINT`, after `from`."""
    return From(cursor.name("a point"), False, cursor.span(0))


def then_from(cursor: Cursor) -> From:
    """`then from POINT`, after `then`."""
    cursor.need("from")
    return From(cursor.name("a point"), True, cursor.span(0))


def leg(cursor: Cursor, kinds: Kinds) -> Leg:
    """One leg, after `leg`."""
    name, kind = _name_and_kind(cursor, kinds)
    end = _ending(cursor)
    if cursor.at_end:
        return Leg(name, kind, end, None, None, (), cursor.logical.span(0, cursor.size))
    return Leg(name, kind, end, *_said(cursor), cursor.logical.span(0, cursor.size))


def legs(cursor: Cursor, kinds: Kinds) -> LegChain:
    """A chain of legs, after `legs`."""
    name, kind = _name_and_kind(cursor, kinds)
    cursor.need("through")
    first = cursor.name("a table of points, or points")
    points, table, up_to = [first], None, None
    if cursor.take("to"):
        up_to = cursor.name("a point")
    elif cursor.sign(","):
        points.append(cursor.name("a point"))
        while cursor.sign(","):
            points.append(cursor.name("a point"))
    else:
        table, points = first, []
    said = _said(cursor)
    return LegChain(name, kind, table, tuple(points), *said, up_to, cursor.logical.span(0, cursor.size))


def _name_and_kind(cursor: Cursor, kinds: Kinds) -> tuple[Name | None, LegNode]:
    """`[ID] KIND`."""
    syntax = kinds.at(cursor)
    if syntax is not None:
        return None, syntax.parse(cursor)
    words = list(kinds.by_word)
    if cursor.word in kinds.by_word:
        return None, _no_kind(cursor, kinds)
    first, first_span = cursor.word, cursor.here()
    name = cursor.name("the leg's name, or its kind")
    syntax = kinds.at(cursor)
    if syntax is not None:
        return name, syntax.parse(cursor)
    if (
        first
        and (hint := did_you_mean(first, words))
        and (cursor.word in ("to", "through", "until", "for", "open", "on"))
    ):
        raise cursor.refuse("S305", f"`{first}` is not a kind of leg", first_span, _kind_list(kinds), hint)
    return name, _no_kind(cursor, kinds)


def _kind_list(kinds: Kinds) -> str:
    """The openings of the kinds of leg, for a message."""
    openings = [" ".join(words) for found in kinds.by_word.values() for words, _ in found]
    return f"a kind of leg ({', '.join(openings[:6])} ...)"


_OTHER_WORDS = {
    "rhumb": "a rhumb line is written `loxodrome`",
    "great": "the line of a great circle, on the ellipsoid, is written `geodesic`",
    "orthodrome": "an orthodrome, on the ellipsoid, is written `geodesic`",
    "line": "write `straight` where the words say no more than a line, else its kind",
}
"""What a surveyor may call a kind of leg, and how it is written here."""


def _no_kind(cursor: Cursor, kinds: Kinds) -> LegNode:
    """Refuse a leg whose kind cannot be understood."""
    if cursor.at_end:
        raise cursor.unexpected(_kind_list(kinds))
    phrases = [" ".join(words) for words, _ in kinds.by_word.get(cursor.word, ())]
    hint = f"did you mean `{phrases[0]}`?" if phrases else did_you_mean(cursor.token(), list(kinds.by_word))
    hint = _OTHER_WORDS.get(cursor.token().lower(), hint)
    sentence = f"`{cursor.token()[:60]}` is not a kind of leg"
    raise cursor.refuse("S305", sentence, cursor.here(), _kind_list(kinds), hint)


def _ending(cursor: Cursor) -> Ending:
    """How a leg ends."""
    start = cursor.start
    if cursor.take("to"):
        return ToPoint(cursor.name("a point"), cursor.span(start))
    if cursor.take("until", "it", "meets"):
        met = line(cursor)
        return UntilMeets(met, choice(cursor), cursor.span(start))
    if cursor.take("for"):
        return ForDistance(cursor.stated_length(), cursor.span(start))
    if cursor.take("open"):
        return Open(cursor.span(start))
    if cursor.at_end or cursor.word in CLAUSE_WORDS:
        span = cursor.logical.span(cursor.done, cursor.done + 1)
        expected = "`to POINT`, `until it meets LINE`, `for LENGTH` or `open`"
        raise cursor.refuse("S306", "the leg does not say how it ends", span, expected)
    raise cursor.unexpected()


def _said(cursor: Cursor) -> tuple[Name | None, DeclaredReading | None, tuple[Clause, ...]]:
    """`[in FRAME] [read as READING BY] [CLAUSE] ...`."""
    name = frame(cursor) if cursor.take("in") else None
    read_as = declared_reading(cursor) if cursor.take("read", "as") else None
    return name, read_as, clauses(cursor)
