"""The tables of the page: lines, who runs together, pairs, runs along the reference."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from merestone.compare.many.agreed import Agreement
from merestone.compare.many.constellations import constellations
from merestone.publish.agreement.figures import per_cent
from merestone.publish.agreement.matrices import Matrix, matrices
from merestone.publish.agreement.report.shown import Shown, left_out
from merestone.publish.agreement.words import groups_text, names, numbered
from merestone.publish.comparison.report.tables import REST, claim_entries, entries_list
from merestone.publish.comparison.table_text import reach_km
from merestone.publish.comparison.words import place_text
from merestone.publish.report.markup import Content, Markup, bdi, element, joined
from merestone.publish.report.numbers import grouped, rough
from merestone.publish.report.rows import row, table
from merestone.publish.text import counted


def lines_table(made: Agreement) -> Markup:
    """How each line stands along the reference."""
    heads = ("Line", "Most", "Fewer", "Alone", "Absent", "Beside", "Means")
    rows = [
        row(
            {"id": f"row-v{line + 1}", "data-k": f"v{line + 1}"},
            f"#map-v{line + 1}",
            bdi(name),
            *(grouped(each / 1000, 1) for each in (share.with_most_m, share.with_fewer_m, share.alone_m)),
            grouped(share.absent_m / 1000, 1),
            grouped(share.beside_m / 1000, 1),
            rough(stands.sum_m) + ("" if stands.may_be else " *"),
        )
        for line, (name, share, stands) in enumerate(
            zip(numbered(made), made.shares, made.reference.standings, strict=True)
        )
    ]
    note = (
        f"Km along {names(made)[made.reference.line]}: in the largest group there (if several are equally large, in any of "
        "them), in a smaller group, alone, absent. Beside: km of the line itself without a counterpart in the reference. "
        "Means: the sum of the mean separations from all other lines; * too little of the other lines corresponds, so the "
        "line cannot be the reference."
    )
    return table("Lines", heads, rows, note, css="numbers")


def constellations_table(made: Agreement) -> Markup:
    """In which ways the lines run together, the longest first."""
    heads = ("Groups, separated by bars", "Km", "Of it", "Runs", "Within")
    rows = [
        row(
            {},
            None,
            groups_text(one.groups, one.absent),
            grouped(one.length_m / 1000, 2),
            per_cent(made, one.length_m),
            grouped(one.runs, 0),
            rough(one.apart_m) if len(one.groups[0]) > 1 else "",
        )
        for one in constellations(made.runs)
    ]
    note = (
        "The numbers are those of the lines; a bar separates groups. Within: the greatest distance of two lines of the "
        "largest group. It may exceed the tolerance, because lines of a group may be connected through other lines."
    )
    return table("Which lines agree", heads, rows, note, rest=REST)


def pairs_tables(made: Agreement) -> Markup:
    """All tables of pairs."""
    return joined(*(joined(element("h3", None, each.name), _matrix(made, each)) for each in matrices(made)))


def _matrix(made: Agreement, each: Matrix) -> Markup:
    heads = ("Line", *(str(line) for line in range(1, len(made.claims) + 1)))
    rows = [row({}, None, bdi(name), *cells) for name, cells in zip(numbered(made), each.rows, strict=True)]
    return table(each.name, heads, rows, each.note, css="matrix")


def runs_table(made: Agreement, parts: Shown) -> Markup:
    """The runs along the reference that are listed."""
    heads = ("Km", "Length", "Groups, separated by bars", "Within", "Part of the line", "Middle")
    rows = [
        row(
            {"id": f"row-{key}", "data-k": key},
            f"#map-{key}",
            reach_km(run.reach),
            rough(run.reach.length_m),
            groups_text(run.groups, run.absent),
            rough(run.apart_m) if len(run.groups[0]) > 1 else "",
            bdi(run.reach.strand),
            place_text(run.place),
        )
        for key, run in parts.runs.items()
    ]
    said = left_out(made, parts)
    merged = (
        f"{counted(made.merged, 'run')} shorter than {rough(made.settings.tolerance_m)}, {rough(made.merged_m)} in "
        f"all, {'was' if made.merged == 1 else 'were'} joined to the more similar neighbour."
        if made.merged
        else None
    )
    return joined(
        *(element("p", {"class": "more"}, words) for words in (said, merged) if words), table("Runs", heads, rows, None)
    )


def stated(made: Agreement) -> Markup:
    """How each line is stated, and with what the comparison was made."""
    return entries_list(_entries(made))


def _entries(made: Agreement) -> Iterable[tuple[str, Content]]:
    for name, claim in zip(numbered(made), made.claims, strict=True):
        yield from _named(name, claim_entries("Line", claim))
    settings = made.settings
    chosen = f"lines agree within {rough(settings.tolerance_m)}; stretches more than {rough(settings.reach_m)} apart are not matched"
    yield "Settings", chosen


def _named(name: str, entries: Iterable[tuple[str, Content]]) -> Iterator[tuple[str, Content]]:
    """The entries under the line's own name."""
    for heading, value in entries:
        yield heading.replace("Line", name, 1), value
