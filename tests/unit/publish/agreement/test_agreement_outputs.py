"""Text, JSON and CSV of a comparison of many lines."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest

from fakes import agreements
from merestone.publish.agreement.csv_runs import write_runs
from merestone.publish.agreement.export import AgreementExport
from merestone.publish.agreement.facts import write_json
from merestone.publish.agreement.formats import WRITERS, writer_of
from merestone.publish.agreement.matrices import matrices
from merestone.publish.agreement.table_text import table_text
from merestone.publish.agreement.words import groups_text, names

MADE = {
    "ordinary": agreements.ordinary(),
    "identical": agreements.identical(),
    "strangers": agreements.strangers(),
    "hostile": agreements.hostile(),
}


@pytest.fixture(params=sorted(MADE))
def export(request: pytest.FixtureRequest) -> AgreementExport:
    """Each of the comparisons in turn."""
    return AgreementExport(MADE[request.param])


@pytest.mark.parametrize("ending", sorted(WRITERS))
def test_the_same_comparison_gives_the_same_bytes(export: AgreementExport, ending: str) -> None:
    """Each format written twice gives identical bytes, and says that nothing is agreed."""
    written = WRITERS[ending](export)
    assert written == WRITERS[ending](export)
    assert b"ot agreed" in written


def test_the_facts_hold_every_pair_and_every_run(export: AgreementExport) -> None:
    """JSON has its schema, a pair for any two lines, runs that add up, and lines by number from 1."""
    made = export.agreement
    facts: dict[str, Any] = json.loads(write_json(export))
    assert facts["schema"] == "merestone.agreement/1"
    assert facts["status"] == "not agreed"
    count = len(made.claims)
    assert [line["line"] for line in facts["lines"]] == list(range(1, count + 1))
    assert len(facts["pairs"]) == count * (count - 1) // 2
    assert sum(run["to_m"] - run["from_m"] for run in facts["runs"]) == pytest.approx(facts["reference"]["length_m"])
    for run in facts["runs"]:
        assert sorted(sum(run["groups"], run["absent"])) == list(range(1, count + 1))


def test_the_table_says_who_runs_with_whom(export: AgreementExport) -> None:
    """CSV has a row for each run; in the columns of the lines stand the numbers of their groups, nothing for absent."""
    made = export.agreement
    rows = list(csv.DictReader(io.StringIO(write_runs(export).decode(), newline="")))
    assert len(rows) == len(made.runs)
    for row, run in zip(rows, made.runs, strict=True):
        cells = [value for key, value in row.items() if key.startswith("line ")]
        assert [line for line, value in enumerate(cells) if value == ""] == list(run.absent)
        assert [int(cells[group[0]]) for group in run.groups] == list(range(1, len(run.groups) + 1))
        assert row["standing"] == "not agreed"


def test_the_text_begins_with_what_matters() -> None:
    """The terminal shows the standing, each line with its number, the sentence, the reference and why, and all tables."""
    said = table_text(AgreementExport(MADE["ordinary"]))
    assert said.index("Not agreed") < said.index("  1  Alpha") < said.index("all 4 lines agree")
    assert "Reference: Beta. It was chosen because the sum of its mean separations" in said
    for each in matrices(MADE["ordinary"]):
        assert each.name in said
    assert "1 4 2 | 3" not in said
    assert "Delta" in said


def test_a_pair_without_an_answer_has_a_dash() -> None:
    """Lines that do not answer to each other have a dash, never a zero or a number that is none."""
    table = next(matrices(MADE["strangers"]))
    assert [row[2] for row in table.rows] == ["-", "-", ""]
    assert "nan" not in table_text(AgreementExport(MADE["strangers"])).lower()


def test_identical_lines_are_said_to_be_so() -> None:
    """Where all agree all along, the sentence says that and no more."""
    assert "All 3 lines are within 10.0 m of one another along their whole length." in table_text(
        AgreementExport(MADE["identical"])
    )


def test_equal_titles_are_told_apart() -> None:
    """Lines of one title carry their number."""
    one, two, other = names(MADE["hostile"])
    assert one != two
    assert one.endswith("(1)")
    assert other == "=1+1"


def test_hostile_text_is_no_command_and_no_formula() -> None:
    """Direction overrides and formulas do not survive in text and table."""
    export = AgreementExport(MADE["hostile"])
    assert "\u202e" not in table_text(export)
    table = write_runs(export).decode()
    assert "\u202e" not in table
    assert not any(cell[:1] in "=+-@" for row in csv.reader(io.StringIO(table, newline="")) for cell in row if cell)


def test_groups_are_printed_by_number() -> None:
    """Groups by the numbers of their lines, set apart by bars."""
    assert groups_text(((0, 1, 3), (2,)), (4,)) == "1 2 4 | 3; absent 5"


def test_an_ending_of_two_lines_is_not_taken_for_another() -> None:
    """`.profile.csv` and `.gpkg` are refused, not written as something else; case does not matter."""
    assert writer_of("a.profile.csv") is None
    assert writer_of("a.gpkg") is None
    assert writer_of("A.CSV") is WRITERS[".csv"]
