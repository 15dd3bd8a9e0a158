"""Two versions of a description, compared: clause by clause, then the lines that they compile to."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from merestone.casefile.carried_line import carried_line
from merestone.casefile.carrying import bounds_of_line, steps_to
from merestone.casefile.compiling import compile_file
from merestone.casefile.files import write_all
from merestone.casefile.outcome import Difference, DiffOptions, Version
from merestone.casefile.pipeline import Result
from merestone.casefile.progress import Progress
from merestone.compare.texts.clauses import clause_differences, legs_that_answer
from merestone.compare.texts.leg_shifts import LegName, LegShifts, leg_shifts
from merestone.delimit.boundary_line import BoundaryLine
from merestone.diagnostics import Severity
from merestone.errors import TransformationRefusedError, UnwritableFileError, WrongRequestError
from merestone.publish.diff_json import clause_json, shifts_json
from merestone.publish.diff_text import diff_rows, plain_text
from merestone.publish.export import frame_text
from merestone.publish.findings_json import findings_json
from merestone.publish.report.markup import Markup

DESCRIPTION = ".boundary"
WRITTEN = (".html", ".svg", ".json", ".txt")

Answers = Sequence[tuple[LegName, LegName]]
"""Which leg of the new line answers to which of the old one."""


def diff(old: Path, new: Path, options: DiffOptions, progress: Progress) -> Difference:
    """What differs between two descriptions; writes the files asked for, all or none.

    Raises `WrongRequestError` for other kinds of file and for outputs of a kind that is not written.
    """
    _refuse_others([old, new], options.outputs)
    before, after = (compile_file(path, progress, use_cache=options.cache, checked=False) for path in (old, new))
    progress("comparing", 0, 1)
    clauses = clause_differences(before.description, after.description)
    laid = laid_on_one_another(before, after, options.tolerance_m)
    found = Difference(_version(old, before), _version(new, after), clauses, laid.shifts, laid.note)
    found = replace(found, facts=_facts(found), written=options.outputs)
    _write(found, laid, (old, new))
    progress("comparing", 1, 1)
    return found


def _version(path: Path, result: Result) -> Version:
    errors = tuple(each for each in result.findings if each.severity is Severity.ERROR)
    return Version(str(path), result.text, errors)


def _facts(found: Difference) -> dict[str, object]:
    return {
        "old": {"source": found.old.source, "findings": findings_json(found.old.errors)},
        "new": {"source": found.new.source, "findings": findings_json(found.new.errors)},
        "differ": not found.is_none,
        "clauses": [clause_json(change) for change in found.clauses],
        "geometry": None if found.shifts is None else shifts_json(found.shifts),
        "note": found.note or None,
    }


def _refuse_others(files: Sequence[Path], outputs: Sequence[Path]) -> None:
    for path in files:
        if path.suffix.lower() != DESCRIPTION:
            raise WrongRequestError(
                f"{path}: `diff` compares a description ({DESCRIPTION}) only with another description; "
                "`merestone compare` compares its line with any other line"
            )
    for path in outputs:
        if path.suffix.lower() not in WRITTEN:
            raise WrongRequestError(
                f"{path}: a difference cannot be written in this format; write one of {' '.join(WRITTEN)}"
            )


@dataclass(frozen=True, slots=True)
class Laid:
    """The old line as it was laid on the new one, what moved (None where it could not be), and what must be said."""

    old: BoundaryLine
    new: BoundaryLine
    shifts: LegShifts | None
    note: str


def laid_on_one_another(before: Result, after: Result, tolerance_m: float) -> Laid:
    """What moved, and what must be said of how it was found."""
    answers = legs_that_answer(before.description, after.description)
    old, new = before.line, after.line
    if (old.frame is None) != (new.frame is None):
        which = "old" if old.frame is None else "new"
        why = f"the frame of the {which} line is not stated and no reading of it is declared, so the lines were not compared"
        return Laid(old, new, None, why)
    note = ""
    if old.frame is None:
        note = "the frame of both lines is not stated; they were compared as if both were in the same frame"
    else:
        try:
            old, note = _in_frames_of(before, after, answers)
        except TransformationRefusedError as refused:
            return Laid(old, new, None, str(refused))
    return Laid(old, new, leg_shifts(old, new, answers, tolerance_m), note)


def _in_frames_of(before: Result, after: Result, answers: Answers) -> tuple[BoundaryLine, str]:
    """The old line in the frames of the new one, and which operation led there."""
    old, new = before.line, after.line
    frames = {(leg.section, leg.name): leg.frame for leg in new.legs}
    own = {(leg.section, leg.name): leg.frame for leg in old.legs}
    leg_targets = {one: frames[other] for one, other in answers if one in own and other in frames}
    if new.frame is None or old.frame is None:
        return old, ""
    if old.frame == new.frame and all(own[name] == frame for name, frame in leg_targets.items()):
        return old, ""
    bounds = bounds_of_line(old)
    in_use = before.compiled.computation.frames
    steps = {target: steps_to(target, in_use, bounds) for target in {new.frame, *leg_targets.values()}}
    carried = carried_line(old, new.frame, leg_targets, steps)
    if old.frame == new.frame:
        return (
            carried,
            "some legs were computed in another frame than before; their old version was transformed into the new frame",
        )
    step = steps[new.frame](old.frame)
    sure = "" if step.accuracy_m is None else f", accuracy {step.accuracy_m:g} m"
    names = f"the old line is in {frame_text(old.frame)}, the new one in {frame_text(new.frame)}"
    return carried, f"{names}; the old line was transformed by {step.operation}{sure}"


def _write(found: Difference, laid: Laid, sources: tuple[Path, Path]) -> None:
    contents: dict[Path, bytes] = {}
    for path in found.written:
        if path.exists() and path.resolve() in {source.resolve() for source in sources}:
            raise UnwritableFileError(path, "it is one of the descriptions that are compared; give another name")
        contents[path] = _content(found, laid, path)
    if contents:
        write_all(contents)


def _content(found: Difference, laid: Laid, path: Path) -> bytes:
    names = found.old.source, found.new.source
    match path.suffix.lower():
        case ".json":
            answer = {"schema": "merestone.diff/1", **found.facts}
            return (json.dumps(answer, ensure_ascii=False, allow_nan=False, indent=2) + "\n").encode()
        case ".svg":
            from merestone.publish.diff_picture import NothingToDrawError, diff_picture

            if laid.shifts is None:
                raise NothingToDrawError(laid.note)
            return diff_picture(laid.old, laid.new, laid.shifts)
        case ".html":
            from merestone.publish.diff_page import diff_page

            return diff_page(names, found.clauses, found.shifts, found.note, _inline_picture(laid))
        case _:
            return plain_text(diff_rows(names, found.clauses, found.shifts, found.note)).encode()


def _inline_picture(laid: Laid) -> tuple[Markup, str] | None:
    """The map for the page with its style sheet; None where there is nothing to draw."""
    from merestone.publish.diff_picture import STYLE, diff_svg

    if laid.shifts is None or not (laid.old.legs or laid.new.legs):
        return None
    return diff_svg(laid.old, laid.new, laid.shifts), STYLE
