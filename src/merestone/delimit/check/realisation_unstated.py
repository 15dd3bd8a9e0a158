"""O603: a frame is named, but not which realisation of it, or not the epoch of its coordinates."""

from __future__ import annotations

from collections.abc import Iterator

from merestone.delimit.check.evidence import Evidence
from merestone.delimit.frames_stated import lookup, with_statement
from merestone.delimit.wording import metres_text
from merestone.description.tree import FrameStatement
from merestone.diagnostics import Diagnostic, Measure, Severity
from merestone.geodesy.frame import Frame


def find(evidence: Evidence) -> Iterator[Diagnostic]:
    """One finding for each stated frame that stands for several realisations, or that needs an epoch and has none."""
    resolved = evidence.compiled.resolved
    for statement in ((resolved.frame,) if resolved.frame is not None else ()) + tuple(resolved.frames.values()):
        if statement.frame is None:
            continue
        found = lookup(statement.frame)
        if isinstance(found, Frame):
            yield from _of_frame(with_statement(found, statement), statement)


def _of_frame(frame: Frame, statement: FrameStatement) -> Iterator[Diagnostic]:
    if frame.ensemble_accuracy_m is not None:
        yield Diagnostic(
            "O603", Severity.OPEN,
            f"{frame.name} stands for several realisations, which agree to {metres_text(frame.ensemble_accuracy_m)} only, "
            "and the words do not say which is meant",
            statement.span, subject=f"frame {frame.name}",
            hint=f"name one, as in `frame {frame.name} (G1762) epoch 2016.0`" if frame.name == "WGS 84" else None,
            settles="the realisation and epoch of the survey that the coordinates come from",
            measures=(Measure("agreement of the realisations", frame.ensemble_accuracy_m, "m"),),
        )  # fmt: skip
    elif frame.is_dynamic and frame.epoch is None:
        yield Diagnostic(
            "O603", Severity.OPEN,
            f"the ground moves in {frame.name}, and the words do not say at which epoch the coordinates hold",
            statement.span, subject=f"frame {frame.name}",
            hint="add `epoch 2016.0`, and `fixed to plate NAME` where the line moves with the ground",
            settles="the epoch of the survey that the coordinates come from",
        )  # fmt: skip
