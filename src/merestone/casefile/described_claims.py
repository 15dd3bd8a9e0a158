"""A description as a claim: the line as its words are read, leg by leg."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

from merestone.casefile.carrying import bounds_of_line, steps_to
from merestone.casefile.claims import Draft
from merestone.casefile.compiling import compile_file
from merestone.casefile.drawn_strands import DRAWN_M, Around, Drawn, strands_of
from merestone.casefile.pipeline import Result
from merestone.casefile.progress import Progress
from merestone.compare.claim import Claim, Origin, Standing, Strand
from merestone.delimit.boundary_line import CompiledSection, Gap
from merestone.diagnostics import Severity
from merestone.errors import NoFrameError, UnreadableFileError
from merestone.geodesy.frame import Frame
from merestone.geodesy.uncertainty import Component, Correlation, Uncertainty
from merestone.publish.drawing import drawn_leg
from merestone.publish.export import Steps
from merestone.publish.text import counted
from merestone.sources.file_names import as_text
from merestone.sources.remark import Remark


def description_draft(path: Path, progress: Progress) -> Draft:
    """The line of a description as a draft; raises `UnreadableFileError` where part of it means nothing, and
    `NoFrameError` where its frame is open."""
    result = compile_file(path, progress, use_cache=True, checked=False)
    errors = [each for each in result.findings if each.severity is Severity.ERROR]
    if errors:
        raise UnreadableFileError(path, f"it has {counted(len(errors), 'error')}; `merestone check` shows where")
    if result.line.frame is None:
        raise NoFrameError(str(path))
    return Draft(result.line.frame, lambda target: _claim(path, result, target), _remarks(path, result))


def _claim(path: Path, result: Result, target: Frame) -> Claim:
    line = result.line
    steps = steps_to(target, result.compiled.computation.frames, bounds_of_line(line))
    used = sorted({steps(leg.frame).operation for leg in line.legs if steps(leg.frame).accuracy_m is not None})
    accuracy = [steps(leg.frame) for leg in line.legs]
    carried = tuple(Component(step.operation, step.accuracy_m) for step in accuracy if step.accuracy_m)
    return Claim(
        line.title,
        tuple(strand for section in line.sections for strand in _strands(section, steps)),
        target,
        standing=Standing.READING,
        claimant=line.reading_by,
        uncertainty=_widest(tuple(part for leg in line.legs for part in leg.components) + carried),
        origin=Origin(
            as_text(path.name), "", hashlib.sha256(result.text.encode()).hexdigest(), "description", "; ".join(used)
        ),
    )


def _widest(components: tuple[Component, ...]) -> Uncertainty:
    """Each source once, with the greatest sigma that any leg has of it."""
    found: dict[tuple[str, Correlation], Component] = {}
    for each in components:
        key = (each.source, each.correlation)
        if key not in found or each.sigma_m > found[key].sigma_m:
            found[key] = each
    return Uncertainty(tuple(found.values()))


def _strands(section: CompiledSection, steps: Steps) -> tuple[Strand, ...]:
    """The strands of a section: its legs in a row, a new strand after every gap."""
    legs = section.legs
    if not legs:
        return ()
    parts = [
        None if isinstance(part, Gap) else Drawn(part.name, drawn_leg(section, part, DRAWN_M, steps).chain)
        for part in section.parts
    ]
    around = Around(section.name, section.ring, section.right, section.left, legs[0].frame.ellipsoid)
    return strands_of(around, parts)


def _remarks(path: Path, result: Result) -> tuple[Remark, ...]:
    found = []
    if result.line.gaps:
        count = len(result.line.gaps)
        sentence = f"{counted(count, 'leg')} could not be computed and {'is' if count == 1 else 'are'} missing from the line; `merestone check` says why"
        found.append(Remark("D305", sentence, size=float(count), unit="parts", of=as_text(path.name)))
    return tuple(replace(each, of=as_text(path.name)) for each in found)
