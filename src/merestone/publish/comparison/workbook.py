"""A comparison as a workbook (XLSX): summary, zones, profile, partings, unmatched parts, resolutions, what lies
between, crossings, remarks, and what the file is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

from merestone.compare.comparison import Comparison
from merestone.publish.comparison.export import ComparisonExport
from merestone.publish.comparison.fields import (
    BETWEEN,
    CROSSINGS,
    GONE,
    PARTINGS,
    REMARKS,
    RESOLUTIONS,
    UNMATCHED,
    ZONES,
    Field,
    Fields,
    cells,
)
from merestone.publish.comparison.figures import balance_rows, common_rows, sentence, sides_text, statistics_rows
from merestone.publish.comparison.stations import LABELS, MEASURED, blocks
from merestone.publish.comparison.words import (
    accuracy,
    edges,
    identity_text,
    origin,
    short_names,
    standing,
    title,
    under_names,
)
from merestone.publish.export import NOT_AGREED, frame_text
from merestone.publish.sheets import (
    HEADING_ROWS,
    MOST_ROWS,
    BookHead,
    Cell,
    Column,
    Sheet,
    TooManyRowsError,
    write_book,
)

T = TypeVar("T")

MOST_STATIONS = 10_000
"""Of a longer profile the sheet holds so many stations in each direction; `.profile.csv` has all."""


def write_workbook(export: ComparisonExport) -> bytes:
    """The workbook as bytes. Raises `TooManyRowsError` for more zones than a sheet has rows."""
    made = export.comparison
    longest = max(len(made.zones), len(made.partings), len(export.crossings), len(export.between)) + HEADING_ROWS
    if longest > MOST_ROWS:
        raise TooManyRowsError(longest)
    one, two = under_names(made)
    whole_in = "the file as .json"
    head = BookHead(title(export), standing(made), f"{one}; {two}", f"status: {NOT_AGREED}", export.dated, whole_in)
    return write_book(head, _sheets(export))


def _sheets(export: ComparisonExport) -> Iterator[Sheet]:
    made = export.comparison
    yield _summary(export)
    yield sheet_of("Zones", ZONES, made.zones)
    if made.identity is not None:
        yield sheet_of("Gone zones", GONE, made.identity.gone)
    yield _profile(made)
    yield sheet_of("Stretches apart", PARTINGS, made.partings)
    yield sheet_of("No counterpart", UNMATCHED, made.unmatched)
    yield sheet_of("Resolutions", RESOLUTIONS, made.resolutions)
    if export.between:
        yield sheet_of("Between", BETWEEN, export.between)
    if export.crossings:
        yield sheet_of("Crossings", CROSSINGS, export.crossings)
    yield sheet_of("Findings", REMARKS, made.remarks)
    yield Sheet("About", (Column("What", 24), Column("Said", 110)), _about(export))


def _profile(made: Comparison) -> Sheet:
    """The stations of both directions, thinned where there are too many."""
    labels = [Column(heading, 12, "0" if key == "stretch" else "") for key, heading in LABELS]
    measured = [Column(each.heading, 14, f"{0:.{each.decimals}f}") for each in MEASURED]
    rows = (row for block in blocks(made, MOST_STATIONS) for row in block.rows())
    return Sheet("Profile", labels + measured, rows)


def sheet_of(name: str, fields: Fields[T], rows: Iterable[T]) -> Sheet:
    """A sheet of rows under the headings of their fields."""
    return Sheet(name, [_column(field) for field in fields], (cells(fields, row) for row in rows))


def _column(field: Field[T]) -> Column:
    decimals = field.decimals
    return Column(field.heading, field.width, "" if decimals is None else f"{0:.{decimals}f}")


def _summary(export: ComparisonExport) -> Sheet:
    """What the terminal prints of both lines, side by side."""
    made = export.comparison
    one, two = short_names(made)
    rows: list[Sequence[Cell]] = [(f"territory balance: {name}", value, None) for name, value in balance_rows(made)]
    rows += [("whose", *under_names(made)), *statistics_rows(made)]
    rows += [(name, value, None) for name, value in common_rows(made)]
    rows.append(("in one sentence", sentence(made), None))
    return Sheet("Summary", (Column("What", 44), Column(one, 44), Column(two, 44)), rows)


def _about(export: ComparisonExport) -> Iterator[Sequence[Cell]]:
    """What the file is and what its columns mean."""
    made = export.comparison
    yield "Title", title(export)
    yield "Standing", standing(made)
    yield "Agreed", NOT_AGREED
    for which, claim in (("First", made.first), ("Second", made.second)):
        yield f"{which} line", claim.under_name
        yield f"{which}, how stated", "; ".join(part for part in (edges(claim), accuracy(claim), origin(claim)) if part)
        yield f"{which}, frame", frame_text(claim.frame)
    yield "Sides", sides_text(made)
    yield "Stretches are listed above, m", made.settings.tolerance_m
    yield "Separations exact to, m", made.settings.error_m
    yield "Different above", made.settings.different_above
    yield "Within the error below", made.settings.within_error_below
    if made.identity is not None:
        yield "Zones numbered as in", identity_text(made)
    yield "Chainages", "Metres from the start of a part of a line, in the common orientation"
    yield "Separation", "Geodesic, positive where the other line lies to the left of the common orientation"
    yield "Areas", "On the ellipsoid of the frame; sigma is a standard deviation"
    count = sum(len(stretch.profiles[0].along_m) + len(stretch.profiles[1].along_m) for stretch in made.stretches)
    if count > MOST_STATIONS:
        said = f"{MOST_STATIONS} stations in each direction at most, evenly chosen, of {count} in all"
        yield "Profile", f"{said}; the greatest is among them; .profile.csv has all"
