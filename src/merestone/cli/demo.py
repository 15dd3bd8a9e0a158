"""`merestone demo`."""

from __future__ import annotations

import sys
import textwrap
from pathlib import Path
from typing import Annotated

import typer

from merestone.casefile.outcome import Demonstration, GalleryRow
from merestone.cli.exit_codes import ExitCode
from merestone.cli.front import Front, show_findings
from merestone.cli.options import AsJson, Quiet
from merestone.cli.render import Source
from merestone.cli.table import table
from merestone.cli.use_cases import use_cases

Examples = Annotated[Path, typer.Option(metavar="FOLDER", help="The folder of the examples.")]
Out = Annotated[Path, typer.Option(metavar="FOLDER", help="The folder for the files that the demonstration writes.")]
HEADINGS = ("instrument", "parties", "km", "legs", "gaps", "open", "apart", "area")


def demo(
    examples: Examples = Path("examples"), out: Out = Path("out"), as_json: AsJson = False, quiet: Quiet = False
) -> int:
    """Compile the examples and show them.

    The demonstration prints a table of all examples and writes a page for a browser. It compares one leg with
    GeographicLib, finds a misprint, and compares two published versions of one boundary (fetched once with npm).
    """
    with Front("demo", as_json=as_json, quiet=quiet) as front:
        shown = use_cases().demo(examples, out, front.progress)
        front.progress.close()
        if as_json:
            front.answer(facts(shown), "")
            return ExitCode.GOOD
        _show(shown, examples)
        return ExitCode.GOOD


def _show(shown: Demonstration, examples: Path) -> None:
    say = sys.stdout.write
    say("The examples: each instrument, its compiled line, and how far apart its readings are\n\n")
    rows = [row_of(row) for row in shown.gallery]
    notes = [readings_of(row) for row in shown.gallery]
    say(table(HEADINGS, rows, right=frozenset({2, 3, 4, 5, 6, 7}), notes=notes))
    say("\nkm, legs: the computed part of the line; gaps: legs along rivers, divides or map lines, which are not yet\n")
    say(
        "compiled; open: the number of open words; apart, area: the greatest distance and area between two readings of\n"
    )
    say(
        "the words, which are named below the row. A row without readings is an instrument that names the kind of every computed leg.\n\n"
    )
    _show_beside(shown)
    _show_misprint(shown)
    _show_versions(shown)
    say(
        f"The page shows the words on the left and the line on the right. Open it in a browser:\n\n  {shown.page.resolve()}\n\n"
    )
    say("Now change the description and run it again:\n\n")
    say(f"  edit   {examples / 'libya-chad.boundary'}\n")
    say(f"  run    .venv/bin/merestone check {examples / 'libya-chad.boundary'}\n")
    say(f"         .venv/bin/merestone delimit {examples / 'libya-chad.boundary'} -o {shown.page}\n")


def row_of(row: GalleryRow) -> tuple[str, ...]:
    """The cells of one example."""
    spread = row.spread
    return (
        row.title,
        " ".join(row.parties),
        f"{row.length_m / 1000.0:,.1f}" if row.legs else "",
        str(row.legs or ""),
        str(row.gaps or ""),
        str(row.open_words or ""),
        "" if spread is None else _metres(spread.separation_m),
        "" if spread is None else _area(spread.area_m2),
    )


def readings_of(row: GalleryRow) -> str:
    """The two readings that lie furthest apart."""
    return "" if row.spread is None else f"{row.spread.first} / {row.spread.second}"


def _metres(value_m: float) -> str:
    if value_m >= 10_000.0:
        return f"{value_m / 1000.0:,.1f} km"
    return f"{value_m:,.0f} m" if value_m >= 10.0 else f"{value_m:.1f} m" if value_m >= 0.1 else "< 0.1 m"


def _area(value_m2: float) -> str:
    km2 = value_m2 / 1e6
    return f"{km2:,.0f} km²" if km2 >= 10.0 else f"{km2:.2f} km²" if km2 >= 0.01 else f"{value_m2:,.0f} m²"


def _show_beside(shown: Demonstration) -> None:
    beside = shown.beside
    rows = [
        ("Merestone", f"{beside.length_m:,.4f}", f"{beside.azimuth_start_deg:.9f}", f"{beside.azimuth_end_deg:.9f}"),
        (
            "GeographicLib",
            f"{beside.other_length_m:,.4f}",
            f"{beside.other_azimuth_start_deg:.9f}",
            f"{beside.other_azimuth_end_deg:.9f}",
        ),
    ]
    sys.stdout.write(
        f"Leg {beside.leg} of Libya-Chad, read as a geodesic, compared with an independent computation\n\n"
    )
    sys.stdout.write(table(("", "length m", "azimuth at start", "azimuth at end"), rows, right=frozenset({1, 2, 3})))
    sys.stdout.write("\n")


def _show_misprint(shown: Demonstration) -> None:
    misprint = shown.misprint
    sys.stdout.write(
        f"A misprint: one digit of the Beagle treaty is changed from {misprint.was} to {misprint.became}; the check finds it\n\n"
    )
    sys.stdout.flush()
    show_findings(misprint.findings, Source.of(str(misprint.file), misprint.text), sys.stdout)


def _show_versions(shown: Demonstration) -> None:
    say, versions = sys.stdout.write, shown.versions
    say("Two published versions of one boundary, compared. Neither is a claim of a State.\n\n")
    say(textwrap.fill(versions.sentence, 100, initial_indent="  ", subsequent_indent="  ") + "\n\n")
    if versions.page is not None:
        for source in versions.sources:
            say(f"  {source}\n")
        say(
            f"\nThe page shows both lines, the land between them, and how certain it is:\n\n  {versions.page.resolve()}\n\n"
        )
        say("This command prints the same and every zone:\n\n  .venv/bin/merestone compare \\\n")
        say(" \\\n".join(f"      {claim}" for claim in versions.claims) + "\n\n")


def facts(shown: Demonstration) -> dict[str, object]:
    """The demonstration as JSON holds it."""
    return {
        "gallery": [
            {
                "file": row.file,
                "title": row.title,
                "parties": list(row.parties),
                "length_m": row.length_m,
                "legs": row.legs,
                "gaps": row.gaps,
                "open_words": row.open_words,
                "greatest_spread": None
                if row.spread is None
                else {
                    "between": [row.spread.first, row.spread.second],
                    "separation_m": row.spread.separation_m,
                    "area_m2": row.spread.area_m2,
                },
            }
            for row in shown.gallery
        ],
        "page": str(shown.page.resolve()),
        "versions": {
            "sentence": shown.versions.sentence,
            "page": None if shown.versions.page is None else str(shown.versions.page.resolve()),
        },
        "misprint": [finding.code for finding in shown.misprint.findings],
    }
