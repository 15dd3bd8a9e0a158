"""The frames of a description in use, and the operations that carry places from one to another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from merestone.delimit.boundary_line import ReadingTaken
from merestone.delimit.common_points import from_common_points
from merestone.delimit.drawn import TroubleError, trouble
from merestone.delimit.fix import Place
from merestone.delimit.frames_stated import Stated, frame_of, lookup, stated_frame
from merestone.delimit.longitudes_counted import counted_from
from merestone.delimit.operation_chosen import chosen_operation, middle
from merestone.delimit.operations_apart import odd_one, said, served
from merestone.delimit.own_transformation import OwnOperation, own_transformation
from merestone.delimit.printed_places import box_of, named_places
from merestone.description.point_rows import PointColumns
from merestone.description.resolved import Resolved
from merestone.description.tree import Name
from merestone.description.tree import OwnTransformation as Said
from merestone.diagnostics import Diagnostic
from merestone.errors import TransformationRefusedError
from merestone.geodesy.catalogue import find
from merestone.geodesy.frame import Frame
from merestone.geodesy.line import Floats
from merestone.geodesy.operation import Bounds, Operation, choose, leads
from merestone.geodesy.own_frame import OwnTransformation
from merestone.geodesy.uncertainty import Component

UNSTATED = "WGS 84"
"""On whose ellipsoid lengths and spreads are computed where no frame is stated: for findings, never for an export."""


@dataclass(slots=True)
class FramesInUse:
    """The frame of the description, those of its names, and one operation for each pair that is used.

    `is_stated` is False where the frame is open and no reading was declared: then there is no geographic export.
    """

    resolved: Resolved
    description: Frame
    is_stated: bool
    reading: ReadingTaken | None
    named: dict[str, Stated | Diagnostic]
    default_legs: Frame
    whole: Stated | None = None
    columns: Mapping[str, PointColumns] = field(default_factory=dict)
    findings: list[Diagnostic] = field(default_factory=list)
    chosen: dict[tuple[Frame, Frame], Operation | OwnOperation] = field(default_factory=dict)
    _named_places: list[tuple[str, Place]] | None = None

    def of_point(self, name: Name | None) -> Frame:
        """The frame that a point is counted in."""
        return self.description if name is None else self._named(name)

    def of_legs(self, name: Name | None) -> Frame:
        """The frame that a leg is computed in: its own, else that of all legs, else that of the description."""
        return self.default_legs if name is None else self._named(name)

    def _named(self, name: Name) -> Frame:
        stated = self.named.get(name.text)
        if stated is None:
            found = lookup(name)
            stated = self.named[name.text] = found if isinstance(found, Diagnostic) else Stated(found)
        if isinstance(stated, Diagnostic):
            raise TroubleError(stated)
        return stated.frame

    def _known(self) -> list[Stated]:
        named = [stated for stated in self.named.values() if isinstance(stated, Stated)]
        return named if self.whole is None else [self.whole, *named]

    def from_description(self, place: Place, frame: Frame) -> Place:
        """A place of the description in another frame."""
        return self.between(place, self.description, frame)

    def to_description(self, place: Place, frame: Frame) -> Place:
        """A place in another frame in that of the description."""
        return self.between(place, frame, self.description)

    def between(self, place: Place, source: Frame, target: Frame) -> Place:
        """A place carried from one frame to another."""
        if source == target:
            return place
        moved = self.operation(source, target).apply(np.array([place]))
        return float(moved[0, 0]), float(moved[0, 1])

    def many_to_description(self, lonlat: Floats, frame: Frame) -> Floats:
        """Places (n, 2) in another frame in that of the description."""
        if frame == self.description:
            return lonlat
        return self.operation(frame, self.description).apply(lonlat)

    def operation(self, source: Frame, target: Frame) -> Operation | OwnOperation:
        """The one operation between two frames for the whole description; raises `TroubleError` where there is none."""
        if (source, target) not in self.chosen:
            self.chosen[source, target] = self._choose(source, target)
        return self.chosen[source, target]

    def stated_between(self, source: Frame, target: Frame) -> OwnOperation | None:
        """The transformation that a frame of the description states of its own, one way or the other."""
        for stated in self._known():
            own = stated.statement.own if stated.statement is not None else None
            if own is not None and own.operation is None and stated.frame in (source, target):
                aim = self._named(own.target)
                if stated.frame == source and _same(aim, target):
                    return OwnOperation(self._own(own, stated.frame, target))
                if stated.frame == target and _same(aim, source):
                    return OwnOperation(self._own(own, stated.frame, source), inverse=True)
        return None

    def _choose(self, source: Frame, target: Frame) -> Operation | OwnOperation:
        own = self.stated_between(source, target)
        if own is not None:
            return own
        code = self.operation_named(source, target, self._bounds())
        try:
            operation = choose(source, target, self._bounds(), code)
        except TransformationRefusedError as refused:
            raise self._refused(source, target, code, refused) from refused
        self._tell(operation, named=code is not None)
        return operation

    def _refused(
        self, source: Frame, target: Frame, code: str | None, refused: TransformationRefusedError
    ) -> TroubleError:
        """The finding that no operation serves the whole description, and which points each serves where they differ."""
        found = served(source, target, code, self._places())
        if not found:
            return trouble("F804", str(refused), None, refused.what_to_do)
        point = self.resolved.points.get(odd_one(found))
        hint = f"{refused.what_to_do}; or describe the parts that lie apart each by itself"
        sentence = f"no one transformation from {source.name} to {target.name} serves all points: {said(found)}"
        return trouble("F804", sentence, point.span if point is not None else None, hint, f"point {odd_one(found)}")

    def _tell(self, operation: Operation, *, named: bool) -> None:
        """Add what was chosen, and how far from it the other operations put the middle of the line, once for a pair."""
        if operation.steps and (operation.target, operation.source) not in self.chosen:
            self.findings.append(chosen_operation(operation, middle(self._bounds()), named=named))

    def _own(self, said: Said, source: Frame, target: Frame) -> OwnTransformation:
        """The transformation that a frame states of its own, by parameters or from common points."""
        if said.common_points is None:
            return own_transformation(said, source, target)
        found, findings = from_common_points(said, said.common_points, self.columns, source, target)
        self.findings += [finding for finding in findings if finding not in self.findings]
        return found

    def operation_named(self, source: Frame, target: Frame, bounds: Bounds) -> str | None:
        """The code of the operation that the description names between two frames, or as a step from one to the other.

        An operation that is named to a third frame, and is no step of a way between these two, says nothing about them.
        """
        for stated in self._known():
            code, aim = self._named_by(stated)
            if code is None or stated.frame not in (source, target):
                continue
            other = target if stated.frame == source else source
            if (aim is not None and _same(aim, other)) or leads(source, target, bounds, code):
                return code
        return None

    def _named_by(self, stated: Stated) -> tuple[str | None, Frame | None]:
        """The operation that a statement of a frame names, and the frame that it names it to."""
        statement = stated.statement
        if statement is None:
            return None, None
        if statement.own is not None and statement.own.operation is not None:
            return statement.own.operation, self._named(statement.own.target)
        return (statement.read_as.operation, None) if statement.read_as is not None else (None, None)

    def components(self, frame: Frame) -> tuple[Component, ...]:
        """The uncertainty that carrying a place from a frame to that of the description brings: common to the line."""
        if frame == self.description:
            return ()
        return self.operation(frame, self.description).uncertainty.components

    def _bounds(self) -> Bounds:
        """The box around every place that the description prints, in degrees."""
        return box_of(np.array([place for _, place in self._places()]).reshape(-1, 2))

    def _places(self) -> list[tuple[str, Place]]:
        """Every place that points print, with its point; found once."""
        if self._named_places is None:
            self._named_places = named_places(self.resolved, self.columns, self.of_point)
        return self._named_places


def _same(one: Frame, other: Frame) -> bool:
    """Whether two frames are one but for the epoch, plate and heights that a statement adds."""
    return one == other or (one.code is not None and one.code == other.code)


def frames_in_use(
    resolved: Resolved, columns: Mapping[str, PointColumns]
) -> tuple[FramesInUse, tuple[Diagnostic, ...]]:
    """The frames of a description, and what is wrong or open about them; `columns` are its tables of points."""
    whole = stated_frame(resolved)
    findings = list(whole.findings)
    if resolved.longitudes is not None:
        findings.append(counted_from(resolved.longitudes))
    for name, table in resolved.tables.items():
        if table.longitudes is not None:
            findings.append(counted_from(table.longitudes, f"table {name}"))
    description = whole.stated.frame if whole.stated is not None else _for_findings(resolved)
    named: dict[str, Stated | Diagnostic] = {}
    for name, statement in resolved.frames.items():
        if statement.frame is None:
            continue
        found = frame_of(statement)
        if isinstance(found, Diagnostic):
            findings.append(found)
        named[name] = found if isinstance(found, Diagnostic) else Stated(found, None, statement)
    frames = FramesInUse(
        resolved, description, whole.stated is not None, whole.reading, named, description, whole.stated, columns
    )
    if resolved.legs_in is not None:
        try:
            frames.default_legs = frames.of_point(resolved.legs_in)
        except TroubleError as ended:
            findings.append(ended.finding)
    return frames, tuple(findings)


def _for_findings(resolved: Resolved) -> Frame:
    """The frame whose ellipsoid findings are measured on where none is stated: the first candidate, else WGS 84."""
    candidates = resolved.frame.candidates if resolved.frame is not None else ()
    for candidate in candidates:
        found = lookup(candidate.frame)
        if isinstance(found, Frame):
            return found
    return find(UNSTATED)
