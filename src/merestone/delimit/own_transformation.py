"""A commission's own transformation, from the words of the description to what computes it."""

from __future__ import annotations

from dataclasses import dataclass

from merestone.delimit.drawn import trouble
from merestone.delimit.lengths import metres
from merestone.description.tree import OwnTransformation as Said
from merestone.geodesy.frame import Frame
from merestone.geodesy.line import Floats
from merestone.geodesy.own_frame import (
    Convention,
    OwnTransformation,
    Parameters,
    SevenParameters,
    TenParameters,
    ThreeParameters,
)
from merestone.geodesy.uncertainty import Uncertainty

_TO_METRES = {"m": 1.0, "mm": 1e-3, "cm": 1e-2, "km": 1e3}
_CONVENTIONS = {
    "position vector": Convention.POSITION_VECTOR,
    "coordinate frame": Convention.COORDINATE_FRAME,
}

Triple = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class OwnOperation:
    """A commission's own transformation in use, the way it is stated or back."""

    transformation: OwnTransformation
    inverse: bool = False

    @property
    def code(self) -> str:
        """What stands for a code: whose transformation it is."""
        return ("inverse of " if self.inverse else "") + self.transformation.statement

    @property
    def name(self) -> str:
        """The name of the transformation."""
        return self.transformation.statement

    @property
    def accuracy_m(self) -> float:
        """The stated accuracy in metres."""
        return self.transformation.accuracy_m

    @property
    def steps(self) -> tuple[str, ...]:
        """Its one step."""
        return (self.code,)

    @property
    def uncertainty(self) -> Uncertainty:
        """What it adds to every place."""
        return self.transformation.uncertainty

    def apply(self, lonlat: Floats) -> Floats:
        """The places (n, 2) carried over."""
        return self.transformation.apply(lonlat, inverse=self.inverse)


def own_transformation(said: Said, source: Frame, target: Frame) -> OwnTransformation:
    """The transformation that the description states; raises `TroubleError` where a part of it is missing."""
    if said.accuracy is None:
        raise trouble(
            "F809",
            f"the transformation from {source.name} states no accuracy, so what it does to the line is unknown",
            said.span,
            "add `accuracy LENGTH`, as its authors give it",
        )
    statement = f"own transformation {source.name} to {target.name}"
    return OwnTransformation(source, target, _parameters(said), metres(said.accuracy), statement)


def _parameters(said: Said) -> Parameters:
    values = {each.name: float(each.number.value) for each in said.parameters}
    metre = {each.name: _TO_METRES.get(each.unit, 1.0) for each in said.parameters}

    def triple(names: str) -> Triple:
        missing = [name for name in names.split() if name not in values]
        if missing:
            raise trouble(
                "F810", f"the transformation lacks {', '.join(missing)}", said.span, "give all its parameters"
            )
        one, two, three = (values[name] * metre[name] for name in names.split())
        return one, two, three

    shift = triple("tx ty tz")
    if len(values) == 3:
        return ThreeParameters(shift)
    convention = _CONVENTIONS.get(said.convention or "")
    if convention is None:
        raise trouble(
            "F811",
            "the transformation has rotations and does not say which sign convention they follow",
            said.span,
            "add `position vector` or `coordinate frame`: the other one turns the line the wrong way",
        )
    rotation, scale_ppm = triple("rx ry rz"), values.get("ds", 0.0)
    if len(values) > 7:
        return TenParameters(shift, rotation, scale_ppm, triple("x y z"), convention)
    return SevenParameters(shift, rotation, scale_ppm, convention)
