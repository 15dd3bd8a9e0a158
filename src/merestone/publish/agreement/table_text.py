"""A comparison of many lines as the terminal prints it: the sentence, the lines, the tables of pairs, who runs with whom."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from merestone.compare.many.agreed import Agreement, Run
from merestone.compare.many.constellations import Constellation, constellations
from merestone.publish.agreement.export import AgreementExport
from merestone.publish.agreement.figures import per_cent, sentence, why_reference
from merestone.publish.agreement.matrices import matrices
from merestone.publish.agreement.words import groups_text, names, numbered, standing, title
from merestone.publish.comparison.table_text import reach_km
from merestone.publish.comparison.words import accuracy, edges, origin, place_text
from merestone.publish.plain_table import PAGE_COLUMNS, indented, item, table
from merestone.publish.report.head import capital
from merestone.publish.report.numbers import grouped, rough
from merestone.publish.text import counted, folded, plain, width

MOST_ROWS = 40
"""A list on the terminal holds no more rows; it says how many were left out, and other formats have all."""

SHARE_HEADINGS = ("line", "with most", "with fewer", "alone", "absent", "beside it", "sum of means m")
CONSTELLATION_HEADINGS = ("groups", "km", "of it", "runs", "apart m")
RUN_HEADINGS = ("part of line", "from-to km", "length km", "groups", "apart m", "middle")
NUMBERS = frozenset({*SHARE_HEADINGS[1:], *CONSTELLATION_HEADINGS[1:], "from-to km", "length km"})


def write_text(export: AgreementExport) -> bytes:
    """The whole text as UTF-8 bytes."""
    return table_text(export).encode("utf-8", "replace")


def table_text(export: AgreementExport) -> str:
    """What the terminal prints, lines ended by line feeds."""
    return "\n".join(line.rstrip() for line in _lines(export)) + "\n"


def _lines(export: AgreementExport) -> Iterator[str]:
    made, name = export.agreement, title(export)
    yield name
    yield "=" * min(max(1, width(name)), PAGE_COLUMNS)
    yield from folded(f"{capital(standing())}.", PAGE_COLUMNS)
    yield ""
    for line, claim in enumerate(made.claims, 1):
        yield from item(f"{line:>3}", claim.under_name, 5)
        yield from item("", "; ".join(part for part in (edges(claim), accuracy(claim), origin(claim)) if part), 5)
    yield ""
    yield from folded(sentence(made), PAGE_COLUMNS)
    yield from folded(
        f"Reference: {names(made)[made.reference.line]}. It was chosen because {why_reference(made)}.", PAGE_COLUMNS
    )
    yield from _shares(made)
    yield from _constellations(made)
    yield from _matrices(made)
    yield from _runs(made)
    yield from _remarks(made)


def _shares(made: Agreement) -> Iterator[str]:
    """Each line's part along the reference."""
    yield from _headed(
        "Along the reference, km",
        f"{kilometres_of(made)} in all; `beside it`: length of the line itself without a counterpart in the reference.",
    )
    rows = [
        (
            name,
            *(
                grouped(each / 1000, 1)
                for each in (share.with_most_m, share.with_fewer_m, share.alone_m, share.absent_m)
            ),
            grouped(share.beside_m / 1000, 1),
            grouped(stands.sum_m, 1) + ("" if stands.may_be else " (part)"),
        )
        for name, share, stands in zip(numbered(made), made.shares, made.reference.standings, strict=True)
    ]
    yield from table(SHARE_HEADINGS, rows, NUMBERS)


def kilometres_of(made: Agreement) -> str:
    """The length of the reference."""
    return f"{grouped(made.length_m / 1000, 1)} km"


def _constellations(made: Agreement) -> Iterator[str]:
    found = constellations(made.runs)
    yield from _headed(
        f"Which lines agree ({counted(len(found), 'grouping')})",
        "The numbers are those of the lines; a bar separates lines that do not agree.",
    )
    yield from _rows(CONSTELLATION_HEADINGS, [_constellation(made, one) for one in found])


def _constellation(made: Agreement, one: Constellation) -> tuple[str, ...]:
    return (
        groups_text(one.groups, one.absent),
        grouped(one.length_m / 1000, 2),
        per_cent(made, one.length_m),
        grouped(one.runs, 0),
        grouped(one.apart_m, 1),
    )


def _matrices(made: Agreement) -> Iterator[str]:
    heads = tuple(str(line) for line in range(1, len(made.claims) + 1))
    for each in matrices(made):
        yield from _headed(each.name, each.note)
        rows = [(name, *cells) for name, cells in zip(numbered(made), each.rows, strict=True)]
        yield from table(("", *heads), rows, frozenset(heads))


def _runs(made: Agreement) -> Iterator[str]:
    """The longest runs in their order along the reference."""
    ranked = sorted(range(len(made.runs)), key=lambda at: (-made.runs[at].reach.length_m, at))
    shown = [made.runs[at] for at in sorted(ranked[:MOST_ROWS])]
    merged = (
        f" {counted(made.merged, 'run')} shorter than {rough(made.settings.tolerance_m)}, {rough(made.merged_m)} in all, "
        f"{'was' if made.merged == 1 else 'were'} joined to the more similar neighbour."
        if made.merged
        else ""
    )
    yield from _headed(
        f"Runs along the reference ({grouped(len(made.runs), 0)})",
        f"Kilometres along the reference, in its own direction.{merged}",
    )
    yield from table(RUN_HEADINGS, [_run(run) for run in shown], NUMBERS)
    if len(shown) < len(made.runs):
        rest_m = made.length_m - sum(run.reach.length_m for run in shown)
        yield f"  and {grouped(len(made.runs) - len(shown), 0)} shorter runs, {grouped(rest_m / 1000, 1)} km in all"


def _run(run: Run) -> tuple[str, ...]:
    return (
        run.reach.strand,
        reach_km(run.reach),
        grouped(run.reach.length_m / 1000, 3),
        groups_text(run.groups, run.absent),
        grouped(run.apart_m, 1),
        place_text(run.place),
    )


def _remarks(made: Agreement) -> Iterator[str]:
    if not made.remarks:
        return
    yield from _headed(f"Findings ({grouped(len(made.remarks), 0)})", "")
    for remark in made.remarks[:MOST_ROWS]:
        of = f"{plain(remark.of)}: " if remark.of else ""
        where = f", at {place_text(remark.place)}" if remark.place else ""
        yield from indented(f"{remark.code} {of}{remark.sentence}{where}", 2)
    if len(made.remarks) > MOST_ROWS:
        yield f"  and {grouped(len(made.remarks) - MOST_ROWS, 0)} more"


def _headed(name: str, note: str) -> Iterator[str]:
    yield ""
    yield name
    if note:
        yield from indented(note, 2)


def _rows(headings: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> Iterator[str]:
    """A table cut to what a terminal shows, with a count of what was cut."""
    yield from table(headings, rows[:MOST_ROWS], NUMBERS)
    if len(rows) > MOST_ROWS:
        yield f"  and {grouped(len(rows) - MOST_ROWS, 0)} more"
