"""The signing view for a terminal: rows of pieces with a tone each, 100 columns wide, the same without colours."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from merestone.publish.diff_text import COLUMNS, Piece, Row, Tone, clause_rows, geometry_rows, plain_text
from merestone.publish.register.characters import Mark
from merestone.publish.register.exact_rows import bullet, grouped, heading, isolated_row, item, numbered, sentence
from merestone.publish.register.line_rows import line_rows
from merestone.publish.register.meaning import MEANING
from merestone.publish.register.signing_view import SectionView, SigningView, Together
from merestone.publish.register.text_view import TextView
from merestone.publish.text import counted
from merestone.register.objects import Change, Instrument, Prevails, Reference, Statement, Status

MOST_MARKS = 200
"""How many marks of one text a person is given as a list; every one of them stands in the text besides."""

PREVAILS = {
    Prevails.TEXT: "where the words and the coordinates differ, the words prevail",
    Prevails.COORDINATES: "where the words and the coordinates differ, the coordinates prevail",
    Prevails.NEITHER: "where the words and the coordinates differ, neither prevails",
}


def view_text(view: SigningView, columns: int = COLUMNS) -> str:
    """The view as text, each row with its line end."""
    return plain_text(view_rows(view, columns))


def view_rows(view: SigningView, columns: int = COLUMNS) -> list[Row]:
    """The rows of the view."""
    return [row for part in _parts(view, columns) for row in part]


def _parts(view: SigningView, columns: int) -> Iterator[Iterator[Row]]:
    yield _head(view, columns)
    yield _refusals(view, columns)
    yield _cautions(view, columns)
    for section in view.sections:
        yield _section(section, view, columns)
    yield _together(view.together, columns)
    yield _statements(view, columns)
    yield _end(view, columns)


# ---- the act ----------------------------------------------------------------------------------------------------


def _head(view: SigningView, columns: int) -> Iterator[Row]:
    act = view.act
    who = f"by slot {act.by.value} alone" if act.by else "by both parties"
    answer = f"; to be answered by {act.answer_by}" if act.answer_by else ""
    yield heading(f"Act: {act.title}")
    yield ()
    yield from item("kind", f"{act.kind.value}, {who}", columns)
    yield from item("register", f"{view.ground.name} {grouped(act.register)}".strip(), columns)
    yield from item("digest", f"{grouped(view.digest)}", columns)
    yield from item("", f"SHA-256 of the {view.length:,} bytes that are signed", columns)
    yield from item("made on", f"the log at size {act.base.size}, root {grouped(act.base.root)}", columns)
    yield from item("expires", f"it can be entry {act.last_index} of the log at the latest{answer}", columns)
    yield from item("keys", f"key set {act.keys}; nonce {act.nonce}", columns)
    for slot in view.signers:
        holder = view.ground.holders.get(slot)
        who = (
            f"{holder.title} ({holder.identity}), key {grouped(holder.key.fingerprint)}" if holder else "not known here"
        )
        yield from item(f"slot {slot.value}", who, columns)
    yield ()


def _refusals(view: SigningView, columns: int) -> Iterator[Row]:
    if not view.refusals:
        return
    yield (Piece("DO NOT SIGN", Tone.REMOVED),)
    for why in view.refusals:
        yield from bullet(why, columns, "  ", Tone.REMOVED)
    yield ()


def _cautions(view: SigningView, columns: int) -> Iterator[Row]:
    if not view.cautions:
        return
    yield (Piece("CAUTION", Tone.REMOVED),)
    for each in view.cautions:
        yield from bullet(each, columns, "  ")
    yield ()


def _together(together: Together | None, columns: int) -> Iterator[Row]:
    """Who gains what of whom over all sections, to the square metre; nothing for an act that moves one line only."""
    if together is None:
        return
    yield heading("What the sections of this act give and take together")
    for each in together.balance.exchanges:
        yield from item("land", f"{_land(each.to_first_m2)} to {each.first} from {each.second}", columns, "  ")
        yield from item("", f"{_land(each.to_second_m2)} to {each.second} from {each.first}", columns, "  ")
        gains = each.first if each.net_to_first_m2 >= 0.0 else each.second
        yield from item("balance", f"{_land(abs(each.net_to_first_m2))} more to {gains}", columns, "  ")
    if together.balance.other_m2:
        whose = f"{_land(together.balance.other_m2)} change sides, and the texts do not say from which party to which"
        yield from item("not said", whose, columns, "  ")
    for section in together.left_out:
        yield from item("left out", f"section {section}: see its difference above", columns, "  ")
    yield ()


def _land(area_m2: float) -> str:
    return f"{area_m2 / 1e6:,.6f} km²" if area_m2 >= 1e6 else f"{area_m2:,.0f} m²"


def _statements(view: SigningView, columns: int) -> Iterator[Row]:
    for title, statements in (("Figures", view.act.figures), ("Toolchain", view.act.toolchain)):
        if statements:
            yield heading(f"{title}: stated, not checked")
            yield from _named(statements, columns)
            yield ()


def _named(statements: Sequence[Statement], columns: int) -> Iterator[Row]:
    for each in statements:
        yield from sentence(f"{each.name}: {each.value}", columns, "  ")


def _end(view: SigningView, columns: int) -> Iterator[Row]:
    yield heading("What a signature means, and what it does not mean")
    for paragraph in MEANING:
        yield from sentence(paragraph, columns, "  ")
    yield ()
    yield from item("digest", grouped(view.digest), columns)


# ---- a section --------------------------------------------------------------------------------------------------


def _section(section: SectionView, view: SigningView, columns: int) -> Iterator[Row]:
    change = section.change
    yield heading(f"Section {change.section}: {_status(change)}")
    yield from _ground(change, view, columns)
    yield from _agreed(change, columns)
    for text in section.texts:
        yield ()
        yield from _text(text, columns)
    yield ()
    yield heading(f"Section {change.section}: the line")
    if section.line is None:
        yield from sentence("the act does not have a line for this section", columns, "  ")
    else:
        yield from line_rows(section.line, columns)
    yield ()
    yield from _difference(section, columns)
    yield ()
    yield heading(f"Section {change.section}: open words")
    yield from _open(section, columns)
    yield ()
    yield heading(f"Section {change.section}: compiled again on this machine")
    for words in section.found.sentences or ("not done",):
        yield from bullet(words, columns, "  ", Tone.REMOVED if section.found.agrees is False else Tone.PLAIN)
    yield ()


def _open(section: SectionView, columns: int) -> Iterator[Row]:
    if not section.open_words:
        yield from sentence("the line does not state open words, and this machine did not find any", columns, "  ")
    for title, words in (
        ("as the line says", section.open_in_line),
        ("as this machine finds", section.found.open_words),
    ):
        if words:
            yield from sentence(title, columns, "  ", Tone.SOFT)
        for each in words:
            yield from bullet(each, columns, "  ")


def _status(change: Change) -> str:
    if not change.valid_from and not change.valid_to:
        return change.status.value
    begin = f"from {change.valid_from}" if change.valid_from else "from an unstated day"
    return f"{change.status.value} {begin}, {f'to {change.valid_to}, that day not included' if change.valid_to else 'without end'}"


def _ground(change: Change, view: SigningView, columns: int) -> Iterator[Row]:
    carries = "nothing" if change.carries is None else _referred(change.carries, view)
    yield from item("carries", carries, columns, "  ")
    for each in change.supersedes:
        yield from item("replaces", _referred(each, view), columns, "  ")
    if not change.supersedes:
        yield from item("replaces", "nothing", columns, "  ")


def _referred(reference: Reference, view: SigningView) -> str:
    """A change in words, by its place in the log and by what it says."""
    place = f"change {reference.change} of entry {reference.index}"
    change = view.ground.changes.get(reference)
    return f"{place}, not known here" if change is None else f"{place}: {change.section} {_status(change)}"


def _agreed(change: Change, columns: int) -> Iterator[Row]:
    text = change.text
    yield from item("prevails", PREVAILS[text.prevails], columns, "  ")
    within = f"a curve compiled again may lie {text.tolerance_um / 1000.0:,.3f} mm from the signed one"
    yield from item("tolerance", within, columns, "  ")
    for instrument in text.instruments:
        yield from item("instrument", _instrument(instrument), columns, "  ")
    for source in text.sources:
        blob = source.blob
        said = f"{source.title}: {blob.length:,} bytes of {blob.media_type}, SHA-256 {grouped(blob.sha256)}"
        yield from item("source", said, columns, "  ")


def _instrument(instrument: Instrument) -> str:
    article = f", {instrument.article}" if instrument.article else ""
    dated = f" of {instrument.date}" if instrument.date else ""
    blob = f", SHA-256 {grouped(instrument.blob.sha256)}" if instrument.blob else ""
    return f"{instrument.title}{dated}{article}{blob}"


def _text(text: TextView, columns: int) -> Iterator[Row]:
    yield heading(f"The words in {text.language}")
    yield from item("file", f"{text.blob.length:,} bytes of {text.blob.media_type}", columns, "  ")
    yield from item("SHA-256", grouped(text.blob.sha256), columns, "  ")
    yield from item("SHA3-256", grouped(text.blob.sha3_256), columns, "  ")
    if text.shown is None:
        yield from sentence(f"not shown: {text.why_not}", columns, "  ", Tone.REMOVED)
        return
    yield from numbered(text.shown.lines, columns)
    yield from _marks(text, columns)


def _marks(text: TextView, columns: int) -> Iterator[Row]:
    shown = text.shown
    if shown is None:
        return
    if shown.marks:
        yield (Piece(f"  {counted(len(shown.marks), 'mark')} in this text", Tone.REMOVED),)
    for mark in shown.marks[:MOST_MARKS]:
        yield from sentence(mark_words(mark), columns, "    ")
    if len(shown.marks) > MOST_MARKS:
        yield from sentence(f"and {len(shown.marks) - MOST_MARKS} more; the text shows all of them", columns, "    ")
    if not shown.marks:
        yield from sentence("this text does not contain an invisible, foreign or misleading character", columns, "  ")
    for count, one, many in (
        (shown.no_break_spaces, "no-break space, shown as a space", "no-break spaces, shown as spaces"),
        (
            shown.joiners,
            "joiner that the spelling of its script requires",
            "joiners that the spelling of its script requires",
        ),
        (
            shown.carriage_returns,
            "line that ends with a carriage return and a line feed",
            "lines that end with a carriage return and a line feed",
        ),
    ):
        if count:
            yield from sentence(f"also: {counted(count, one, many)}", columns, "  ")


def mark_words(mark: Mark) -> str:
    """A mark in words: where, what, why."""
    return f"line {mark.line}, column {mark.column}: {mark.name} {mark.why.value}"


def _difference(section: SectionView, columns: int) -> Iterator[Row]:
    before = section.before
    yield heading(f"Section {section.change.section}: the difference from what is in force")
    if before is None:
        yield from sentence("nothing is in force for this section: all of it is new", columns, "  ")
        return
    until = f" to {before.end}" if before.end else ""
    place = f"change {before.reference.change} of entry {before.reference.index}"
    yield from item("in force", f"{place}: {before.status.value} from {before.begin}{until}", columns, "  ")
    for change in section.text_changes:
        yield from item(f"words {change.language}", change.sentence, columns, "  ")
        if change.clauses:
            yield from map(isolated_row, clause_rows(change.clauses, columns))
    if before.text.line == section.change.text.line:
        yield from item("line", "the same as the line in force, byte for byte", columns, "  ")
    else:
        yield from geometry_rows(section.found.shifts, section.found.note, columns)
    yield from _terms(section, columns)


def _terms(section: SectionView, columns: int) -> Iterator[Row]:
    if section.before is None:
        return
    old, new = section.before.text, section.change.text
    if old.prevails is not new.prevails:
        yield from item("prevails", f"was: {PREVAILS[old.prevails]}", columns, "  ")
    if old.tolerance_um != new.tolerance_um:
        yield from item("tolerance", f"was {old.tolerance_um / 1000.0:,.3f} mm", columns, "  ")
    if section.change.status in (Status.SUSPENDED, Status.ENDED):
        yield from item(
            "effect", f"from {section.change.valid_from} the line is {section.change.status.value}", columns, "  "
        )
