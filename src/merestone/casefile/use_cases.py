"""What the command line and the server call: one function for each thing that a user does with a description.

Each imports what it needs when it is called: `format` never loads numpy or PROJ.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from merestone.casefile.files import read_description
from merestone.casefile.other_kinds import refuse_other_kinds
from merestone.casefile.outcome import DelimitOptions, Demonstration, Difference, DiffOptions, Outcome
from merestone.casefile.progress import Progress

if TYPE_CHECKING:
    from merestone.casefile.comparing import Compared, CompareOptions
    from merestone.casefile.comparing_many import ComparedMany
    from merestone.casefile.world import WorldCompared, WorldOptions

__all__ = ["check", "compare", "compare_many", "compare_world", "delimit", "demo", "diff", "format", "readings"]


def delimit(path: Path, options: DelimitOptions, progress: Progress) -> Outcome:
    """The boundary line of a description: its summary, and the files asked for."""
    from merestone.casefile.asked_grid import outside_its_area
    from merestone.casefile.compiling import compile_file
    from merestone.casefile.exporting import export, summary
    from merestone.publish.line_facts import line_facts

    result = compile_file(path, progress, use_cache=options.cache)
    written = export(result, path, options, progress)
    return Outcome(
        str(path),
        result.text,
        (*result.findings, *outside_its_area(result.line, options.crs)),
        summary(result, path, options),
        line_facts(result.line),
        written,
    )


def check(path: Path, progress: Progress, *, every: bool = False) -> Outcome:
    """What the words leave open and by how much, and whether what they expect holds; `every`: figure by figure."""
    from merestone.casefile.compiling import compile_file
    from merestone.delimit.expectations import evaluate
    from merestone.publish.figures_compared import figures_facts, figures_text

    result = compile_file(path, progress)
    figures, others = evaluate(result.compiled)
    facts = {"figures": figures_facts(figures)}
    return Outcome(
        str(path), result.text, result.findings, facts=facts, closing=figures_text(figures, len(others), every=every)
    )


def readings(path: Path, progress: Progress) -> Outcome:
    """The table of readings, leg by leg, and of the whole line."""
    from merestone.casefile.compiling import compile_file
    from merestone.delimit.readings import readings as table_of
    from merestone.publish.readings_table import readings_facts, readings_text

    result = compile_file(path, progress, checked=False)
    table = table_of(result.compiled)
    return Outcome(str(path), result.text, result.findings, readings_text(table), readings_facts(table))


def format(path: Path) -> Outcome:  # noqa: A001 (the command's name)
    """The description in its canonical form, as the report."""
    from merestone.description.format import format_text
    from merestone.description.parser import parse

    data = read_description(path)
    refuse_other_kinds(path, data)
    parsed = parse(data)
    text = data.decode("utf-8", "replace")
    formatted = format_text(text)
    return Outcome(str(path), text, parsed.diagnostics, formatted, {"text": formatted})


def diff(old: Path, new: Path, options: DiffOptions, progress: Progress) -> Difference:
    """What differs between two descriptions, clause by clause and leg by leg; writes the files asked for."""
    from merestone.casefile.diffing import diff as found

    return found(old, new, options, progress)


def demo(examples: Path, out: Path, progress: Progress) -> Demonstration:
    """The demonstration on the descriptions of a folder; writes its page and the misprinted copy under `out`."""
    from merestone.casefile.demo import demo as shown

    return shown(examples, out, progress)


def compare(paths: tuple[Path, ...], options: CompareOptions, progress: Progress) -> Compared:
    """Where two lines part, and the files asked for."""
    from merestone.casefile.comparing import compare_files

    return compare_files(paths, options, progress)


def compare_world(paths: tuple[Path, ...], options: WorldOptions, progress: Progress) -> WorldCompared:
    """Where two versions of all boundaries part, pair by pair, and the files asked for."""
    from merestone.casefile.world import compare_world as compared

    return compared(paths, options, progress)


def compare_many(paths: tuple[Path, ...], options: CompareOptions, progress: Progress) -> ComparedMany:
    """Which of three or more lines agree where, and the files asked for."""
    from merestone.casefile.comparing_many import compare_many_files

    return compare_many_files(paths, options, progress)
