"""The difference of two descriptions as text: clauses first, then what moved; rows of pieces with a tone each.

Without colour it reads the same: what went stands in [-…-], what came in {+…+}.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from merestone.compare.texts.changed_words import Fate
from merestone.compare.texts.clauses import ChangeKind, ClauseChange
from merestone.compare.texts.leg_shifts import LegShift, LegShifts, SectionShift
from merestone.diagnostics import Span
from merestone.publish.findings import quantity
from merestone.publish.shift_words import leg_sentence, length_sentence, lone_legs, section_sentence, vertex_sentence
from merestone.publish.text import counted, plain, width

COLUMNS = 100
MOST_VERTICES = 12
"""How many changed vertices of one leg a person is shown; a program gets all."""


class Tone(StrEnum):
    """How a piece of text is to be shown where there are colours."""

    PLAIN = "plain"
    HEAD = "head"
    SOFT = "soft"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text with one tone."""

    text: str
    tone: Tone = Tone.PLAIN


Row = tuple[Piece, ...]
"""One row of text without its line end."""

_MARKS = {Fate.KEPT: ("", ""), Fate.REMOVED: ("[-", "-]"), Fate.ADDED: ("{+", "+}")}
_TONES = {Fate.KEPT: Tone.PLAIN, Fate.REMOVED: Tone.REMOVED, Fate.ADDED: Tone.ADDED}


def plain_text(rows: Iterable[Row]) -> str:
    """Rows as text, each with its line end."""
    return "".join("".join(piece.text for piece in row).rstrip() + "\n" for row in rows)


def diff_rows(
    names: tuple[str, str],
    clauses: Sequence[ClauseChange],
    shifts: LegShifts | None,
    note: str,
    columns: int = COLUMNS,
) -> list[Row]:
    """The rows that show a difference between the descriptions of these names, `columns` wide."""
    rows: list[Row] = [_head(f"{names[0]} → {names[1]}"), ()]
    rows += clause_rows(clauses, columns)
    rows.append(())
    rows += geometry_rows(shifts, note, columns)
    return rows


def _head(text: str) -> Row:
    return (Piece(plain(text), Tone.HEAD),)


# ---- clauses ----------------------------------------------------------------------------------------------------


def clause_rows(clauses: Sequence[ClauseChange], columns: int = COLUMNS) -> Iterator[Row]:
    """The rows that show what two texts say differently."""
    if not clauses:
        yield _head("Clauses: the descriptions say the same")
        return
    yield _head(f"Clauses: {counted(len(clauses), 'change')}")
    for change in clauses:
        subject = ", ".join(part for part in (change.subject, change.aspect) if part)
        yield (
            Piece(f"  {change.kind.value} ", _tone(change.kind)),
            Piece(plain(subject), Tone.HEAD),
            Piece(f"  {change_lines(change)}", Tone.SOFT),
        )
        yield from _words(change, columns)


def _tone(kind: ChangeKind) -> Tone:
    return {ChangeKind.ADDED: Tone.ADDED, ChangeKind.REMOVED: Tone.REMOVED}.get(kind, Tone.HEAD)


def change_lines(change: ClauseChange) -> str:
    """Where to look: `line 36`, `line 36 -> 40`, by the lines of the two files."""
    old, new = _line(change.old_span), _line(change.new_span)
    if old and new:
        return f"line {old}" if old == new else f"line {old} → {new}"
    return f"line {old or new} of the {'old' if old else 'new'} description" if old or new else ""


def _line(span: Span | None) -> int:
    return 0 if span is None else span.line


def _words(change: ClauseChange, columns: int) -> Iterator[Row]:
    """The words of a change, folded: what is whole old or new has no marks of its own."""
    if change.kind is ChangeKind.MOVED:
        return
    if change.old is None or change.new is None:
        tone = Tone.ADDED if change.old is None else Tone.REMOVED
        yield from folded_pieces([Piece(change.old or change.new or "", tone)], columns, "      ")
        return
    pieces = []
    for run in change.words:
        opened, closed = _MARKS[run.fate]
        words = run.text.lstrip()
        space = run.text[: len(run.text) - len(words)] if words else ""
        pieces += [Piece(space), Piece(f"{opened}{words or run.text}{closed}", _TONES[run.fate])]
    yield from folded_pieces(pieces, columns, "      ")


def folded_pieces(pieces: Iterable[Piece], columns: int, indent: str) -> Iterator[Row]:
    """Pieces broken into rows at spaces, each row with its indent."""
    row: list[Piece] = [Piece(indent)]
    used = start = width(indent)
    for word in _breakable(pieces):
        wide = sum(width(piece.text) for piece in word)
        if used + wide > max(columns, 40) and used > start:
            yield tuple(row)
            row, used = [Piece(indent)], start
            word = [Piece(word[0].text.lstrip(), word[0].tone), *word[1:]]  # noqa: PLW2901
            wide = sum(width(piece.text) for piece in word)
        row += word
        used += wide
    if used > start:
        yield tuple(row)


def _breakable(pieces: Iterable[Piece]) -> Iterator[list[Piece]]:
    """Words with the space before them; pieces that touch without a space stay together."""
    word: list[Piece] = []
    for piece in pieces:
        for part in _split(plain(piece.text)):
            if part[0] == " " and word:
                yield word
                word = []
            word.append(Piece(part, piece.tone))
    if word:
        yield word


def _split(text: str) -> Iterator[str]:
    """A text cut before its spaces."""
    start = 0
    for at in range(1, len(text)):
        if text[at] == " " and text[at - 1] != " ":
            yield text[start:at]
            start = at
    if text:
        yield text[start:]


# ---- geometry ---------------------------------------------------------------------------------------------------


def geometry_heading(shifts: LegShifts | None) -> str:
    """What became of the line, as a heading."""
    if shifts is None:
        return "Geometry: the lines were not compared"
    if not any((shifts.legs, shifts.sections, shifts.only_old, shifts.only_new)):
        return "Geometry: the same line"
    if not (_moved(shifts) or shifts.only_old or shifts.only_new) and not _sections_that_moved(shifts):
        turned = any(section.shift.displacement.turned for section in shifts.sections)
        return f"Geometry: the same line, {'written from its other end' if turned else 'written in other legs'}"
    return f"Geometry: {counted(len(_moved(shifts)), 'leg')} moved more than {_least(shifts.tolerance_m)}"


def _least(tolerance_m: float) -> str:
    return f"{tolerance_m * 1000.0:g} mm" if tolerance_m < 0.1 else quantity(tolerance_m, "m")


def sections_that_add(shifts: LegShifts) -> tuple[SectionShift, ...]:
    """The sections as wholes that say more than the one leg that moved in them."""
    alone = len(_moved(shifts)) == 1 and not (shifts.only_old or shifts.only_new)
    return tuple(each for each in shifts.sections if not alone or each.exchanged or each.shift.displacement.turned)


def _sections_that_moved(shifts: LegShifts) -> bool:
    return any(each.shift.displacement.greatest_m > shifts.tolerance_m for each in shifts.sections)


def _moved(shifts: LegShifts) -> list[LegShift]:
    """The legs that moved, and those that could not be compared."""
    return [leg for leg in shifts.legs if leg.shift is None or leg.shift.displacement.greatest_m > shifts.tolerance_m]


def geometry_rows(shifts: LegShifts | None, note: str, columns: int = COLUMNS) -> Iterator[Row]:
    """The rows that show what moved."""
    yield _head(geometry_heading(shifts))
    if shifts is None:
        yield from folded_pieces([Piece(note)], columns, "  ")
        return
    if note:
        yield from folded_pieces([Piece(note, Tone.SOFT)], columns, "  ")
    for leg in shifts.legs:
        yield from _leg(leg, shifts.tolerance_m, columns)
    for sentence in lone_legs(shifts):
        yield from folded_pieces([Piece(sentence)], columns, "  ")
    for section in sections_that_add(shifts):
        yield from folded_pieces([Piece(section_sentence(section, shifts.tolerance_m))], columns, "  ")


def _leg(leg: LegShift, tolerance_m: float, columns: int) -> Iterator[Row]:
    yield from folded_pieces([Piece(leg_sentence(leg, tolerance_m), Tone.HEAD)], columns, "  ")
    below = [] if leg.shift is None else [length_sentence(leg.shift)]
    shown = leg.vertices[:MOST_VERTICES]
    below += [vertex_sentence(change) for change in shown]
    if len(leg.vertices) > len(shown):
        below.append(f"and {len(leg.vertices) - len(shown)} more vertices; --json gives all of them")
    for sentence in below:
        if sentence is not None:
            yield from folded_pieces([Piece(sentence)], columns, "      ")
