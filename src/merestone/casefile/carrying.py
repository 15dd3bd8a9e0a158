"""The way from the frames of a line to the frame of an output: one named operation for each frame, or a refusal."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache

import numpy as np

from merestone.delimit.boundary_line import BoundaryLine
from merestone.delimit.canonical import degrees
from merestone.delimit.frames_in_use import FramesInUse
from merestone.delimit.own_transformation import OwnOperation
from merestone.geodesy.frame import Frame
from merestone.geodesy.operation import Bounds, Operation, choose
from merestone.geodesy.plate import at_epoch, model_for
from merestone.publish.export import Step, Steps, unchanged


def bounds_of_line(line: BoundaryLine) -> Bounds:
    """The box around all vertices of a line in degrees: west, south, east, north; the whole world where it has none."""
    chains = [degrees(leg.vertices) for leg in line.legs]
    if not chains:
        return -180.0, -90.0, 180.0, 90.0
    lonlat = np.concatenate(chains)
    low, high = lonlat.min(axis=0), lonlat.max(axis=0)
    return float(low[0]), float(low[1]), float(high[0]), float(high[1])


def moves_to(frame: Frame, target: Frame) -> bool:
    """Whether two frames are one frame at two epochs, so that plate motion leads from one to the other."""
    same = frame.code == target.code and frame.epoch is not None and target.epoch is not None
    return same and frame.is_dynamic and frame.epoch != target.epoch


def _motion(frame: Frame, epoch: Decimal) -> Step:
    years = float(epoch - (frame.epoch or epoch))
    model = model_for(frame)
    return Step(
        f"motion of plate {frame.plate} over {years:+g} years by {model.name}",
        model.precision_mm_per_year / 1000.0 * abs(years),
        lambda lonlat: at_epoch(lonlat, frame, epoch)[0],
    )


def operation_to(frame: Frame, target: Frame, frames: FramesInUse, bounds: Bounds) -> Operation | OwnOperation:
    """The operation from a frame of a description to that of an output: what the description uses, states or names comes
    first, then the best over the bounds. Raises `TransformationRefusedError` where none may be used."""
    own = frames.chosen.get((frame, target)) or frames.stated_between(frame, target)
    return own if own is not None else choose(frame, target, bounds, frames.operation_named(frame, target, bounds))


def steps_to(target: Frame, frames: FramesInUse, bounds: Bounds) -> Steps:
    """The steps that lead to a frame from whatever frame a leg was computed in.

    The operations that the description itself uses come first; beyond them the best named one over the line's bounds.
    Raises `TransformationRefusedError` where none may be used.
    """

    @lru_cache(maxsize=64)
    def step(frame: Frame) -> Step:
        if frame == target:
            return unchanged(f"none: {frame.name} is the frame of the output")
        if moves_to(frame, target):
            return _motion(frame, target.epoch or Decimal(0))
        operation = operation_to(frame, target, frames, bounds)
        if isinstance(operation, Operation) and not operation.steps:
            return unchanged(f"none: {frame.name} and {target.name} are the same frame")
        return Step(f"{operation.code} {operation.name}", operation.accuracy_m, operation.apply)

    return step
