"""How each kind of leg is drawn: one module for each kind, listed once here.

A kind whose node is not in the table is one that the language knows and the compiler does not yet: it leaves a named
gap. The table is passed along, so that a new kind can be tried without touching anything else.
"""

from __future__ import annotations

from collections.abc import Mapping

from merestone.delimit.drawn import LegGeometry
from merestone.delimit.legs import (
    along_feature,
    along_leg,
    along_line,
    along_section,
    arc,
    at_azimuth,
    at_right_angles,
    curve,
    geodesic,
    loxodrome,
    meridian,
    offset,
    parallel,
    straight,
    straight_on,
    towards,
    traverse,
)
from merestone.description.legs.along_circle import AlongCircleLeg
from merestone.description.legs.along_feature import AlongFeatureLeg
from merestone.description.legs.along_leg import AlongLegLeg
from merestone.description.legs.along_line import AlongLineLeg
from merestone.description.legs.along_section import AlongSectionLeg
from merestone.description.legs.arc import ArcLeg
from merestone.description.legs.at_azimuth import AtAzimuthLeg
from merestone.description.legs.at_right_angles import AtRightAnglesLeg
from merestone.description.legs.curve import CurveLeg
from merestone.description.legs.geodesic import GeodesicLeg
from merestone.description.legs.loxodrome import LoxodromeLeg
from merestone.description.legs.meridian import MeridianLeg
from merestone.description.legs.offset import OffsetLeg
from merestone.description.legs.parallel import ParallelLeg
from merestone.description.legs.straight import StraightLeg
from merestone.description.legs.straight_on import StraightOnLeg
from merestone.description.legs.towards import TowardsLeg
from merestone.description.legs.traverse import TraverseLeg

LEG_GEOMETRY: Mapping[type, LegGeometry] = {
    StraightLeg: straight.draw,
    GeodesicLeg: geodesic.draw,
    LoxodromeLeg: loxodrome.draw,
    ParallelLeg: parallel.draw,
    MeridianLeg: meridian.draw,
    StraightOnLeg: straight_on.draw,
    ArcLeg: arc.draw,
    AtAzimuthLeg: at_azimuth.draw,
    AtRightAnglesLeg: at_right_angles.draw,
    CurveLeg: curve.draw,
    TraverseLeg: traverse.draw,
    AlongLegLeg: along_leg.draw,
    AlongSectionLeg: along_section.draw,
    AlongLineLeg: along_line.draw,
    AlongCircleLeg: arc.draw_along_circle,
    AlongFeatureLeg: along_feature.draw,
    OffsetLeg: offset.draw,
    TowardsLeg: towards.draw,
}
