"""Who runs together along the reference as CSV (RFC 4180, UTF-8): a row for each run, a column for each line."""

from __future__ import annotations

import csv
import io

from merestone.compare.many.agreed import Agreement, Run
from merestone.publish.agreement.export import AgreementExport
from merestone.publish.agreement.words import numbers_of
from merestone.publish.comparison.fields import wrapped_deg
from merestone.publish.text import cell

KEYS = (
    "strand",
    "from_m",
    "to_m",
    "length_m",
    "groups",
    "together",
    "absent",
    "greatest_m",
    "latitude_deg",
    "longitude_deg",
)


def write_runs(export: AgreementExport) -> bytes:
    """The rows under their keys. In the column of a line stands the number of its group in that row, nothing where the
    line is absent; at the end, that nothing is agreed and whose the reference is."""
    made = export.agreement
    out = io.StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_MINIMAL)
    lines = [cell(f"line {line}: {claim.under_name}") for line, claim in enumerate(made.claims, 1)]
    writer.writerow((*KEYS, *lines, "reference", "standing"))
    marks = cell(made.claims[made.reference.line].under_name), "not agreed"
    for run in made.runs:
        writer.writerow((*_cells(run), *_groups(made, run), *marks))
    return out.getvalue().encode("utf-8", "replace")


def _cells(run: Run) -> tuple[str, ...]:
    lon, lat = run.place
    reach = run.reach
    return (
        cell(reach.strand),
        *(f"{value:.3f}" for value in (reach.from_m, reach.to_m, reach.length_m)),
        str(len(run.groups)),
        " | ".join(map(numbers_of, run.groups)),
        numbers_of(run.absent),
        f"{run.apart_m:.3f}",
        f"{lat:.9f}",
        f"{wrapped_deg(lon):.9f}",
    )


def _groups(made: Agreement, run: Run) -> tuple[str, ...]:
    """The number of each line's group, from 1."""
    held = {line: str(number) for number, group in enumerate(run.groups, 1) for line in group}
    return tuple(held.get(line, "") for line in range(len(made.claims)))
