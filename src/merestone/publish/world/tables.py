"""A world comparison as CSV and as a workbook (XLSX)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from merestone.publish.comparison.csv_tables import csv_table
from merestone.publish.comparison.fields import REMARKS
from merestone.publish.comparison.words import accuracy, edges, origin, standing, under_names
from merestone.publish.comparison.workbook import sheet_of
from merestone.publish.export import NOT_AGREED, frame_text
from merestone.publish.sheets import BookHead, Cell, Column, Sheet, write_book
from merestone.publish.world.export import NO_POSITION, WorldExport, summary, title
from merestone.publish.world.fields import ONLY_IN, PAIRS, only_in_rows, ranked_rows


def write_csv(export: WorldExport) -> bytes:
    """A row for each pair, ranked; every row says whose lines these are."""
    world = export.world
    marks = {"standing": NO_POSITION, "first": world.first.under_name, "second": world.second.under_name}
    return csv_table(PAIRS, ranked_rows(world), marks)


def write_workbook(export: WorldExport) -> bytes:
    """The pairs, those that one version alone has, remarks, and what the file is."""
    world = export.world
    one, two = under_names(world)
    said = f"{NO_POSITION[:1].upper()}{NO_POSITION[1:]}"
    head = BookHead(title(world), said, f"{one}; {two}", f"status: {NOT_AGREED}", export.dated, "the file as .json")
    return write_book(head, _sheets(export))


def _sheets(export: WorldExport) -> Iterator[Sheet]:
    world = export.world
    yield sheet_of("Pairs", PAIRS, ranked_rows(world))
    yield sheet_of("Only in one version", ONLY_IN, only_in_rows(world))
    yield sheet_of("Findings", REMARKS, (*world.differing, *world.remarks))
    yield Sheet("About", (Column("What", 24), Column("Said", 110)), _about(export))


def _about(export: WorldExport) -> Iterator[Sequence[Cell]]:
    """What the file is and what its columns mean."""
    world = export.world
    yield "Title", title(world)
    yield "In one sentence", summary(world)
    yield "Position", NO_POSITION
    yield "Standing", standing(world)
    for which, claim in (("First", world.first), ("Second", world.second)):
        yield f"{which} version", claim.under_name
        yield f"{which}, how stated", "; ".join(part for part in (edges(claim), accuracy(claim), origin(claim)) if part)
        yield f"{which}, frame", frame_text(claim.frame)
    yield "Rank", "By area between the versions, then by names; pairs that could not be compared last"
    yield "A and B", "The States of a pair in alphabetical order; what A has in one version alone, B has in the other"
    yield "Areas", "On the ellipsoid of the frame, of all closed areas between the two lines of a pair"
    yield (
        "Greatest separation",
        "The greatest geodesic distance of either line from the other (Hausdorff distance), of the parts with a counterpart",
    )
    yield "Separations exact to, m", world.settings.error_m
    yield "Different above", world.settings.different_above
    yield "Within the error below", world.settings.within_error_below
