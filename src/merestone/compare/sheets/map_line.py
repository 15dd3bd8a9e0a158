"""A line digitised from a map sheet as a claim, as sure as the sheet is.

Components of its uncertainty, each a standard deviation along one axis, S the scale's denominator:

| error | sigma | correlation |
|---|---|---|
| control points | greatest along the line, by propagation of the fit | one vector for the sheet |
| distortion of the sheet | of unit weight (spline: of points left out) | the spacing of the control points |
| which part of the drawn line | w S / 1000 √12: half its width to either side, rectangular (JCGM 100:2008, 4.3.7) | `correlation_mm` |
| digitising | as stated, in mm, times S / 1000 | `correlation_mm` |

The residuals hold the errors of measuring control points along with the distortion of the sheet; they cannot be told
apart, so the second row is on the safe side. What is unstated is left out, and a remark says so.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from merestone.compare.claim import Claim, Origin, Standing, Strand
from merestone.compare.sheets.map_remarks import sheet_remarks
from merestone.compare.sheets.sheet_ground import SheetGround, followed, lay
from merestone.geodesy.line import Floats
from merestone.geodesy.turning import Chord
from merestone.geodesy.uncertainty import Common, Component, Local, Uncertainty
from merestone.sources.map_sheet import DigitisedLine
from merestone.sources.remark import Remark


@dataclass(frozen=True, slots=True, eq=False)
class MapLine:
    """A digitised line as a claim in the sheet's own frame, how its sheet lies on the ground, and what to know."""

    claim: Claim
    ground: SheetGround
    remarks: tuple[Remark, ...]


def map_line(
    line: DigitisedLine,
    *,
    standing: Standing = Standing.VERSION,
    claimant: str | None = None,
    error_m: float = 0.01,
    tolerance_m: float | None = None,
) -> MapLine:
    """The claim that a digitised line makes, with remarks on its sheet.

    `error_m`: how closely vertices follow edges straight on the sheet; `tolerance_m`: the separation that the
    comparison is to tell, against which the drawn line's width is judged. Raises `GeometryError` where the sheet
    cannot be laid.
    """
    sheet = line.sheet
    ground = lay(sheet)
    strands = tuple(_strand(line, ground, name, places, error_m) for name, places in line.chains)
    everywhere = np.vstack([places for _, places in line.chains])
    claim = Claim(
        title=sheet.name,
        strands=strands,
        frame=sheet.frame,
        edges=Chord.LONLAT,
        standing=standing,
        claimant=claimant,
        uncertainty=uncertainty(line, ground),
        origin=Origin(line.file, "", line.sha256, "map sheet", sheet.publisher),
    )
    return MapLine(claim, ground, sheet_remarks(sheet, ground, everywhere, tolerance_m))


def uncertainty(line: DigitisedLine, ground: SheetGround) -> Uncertainty:
    """The components of a digitised line, see above; what is unstated is left out."""
    sheet, fit = line.sheet, ground.fit
    ground_m_per_mm = sheet.scale / 1000.0
    components = []
    if fit.sigma_m is not None:
        places = ground.upright(np.vstack([places for _, places in line.chains]))
        control_m = float(fit.position_sigma_m(places).max())
        components.append(Component(f"control points of {sheet.name}", control_m, Common()))
        components.append(Component(f"distortion of {sheet.name}", fit.sigma_m, Local(fit.spacing_m)))
    along = Local(sheet.correlation_mm * ground_m_per_mm)
    if sheet.line_width_mm is not None:
        width_m = sheet.line_width_mm * ground_m_per_mm
        components.append(Component(f"width of the line drawn on {sheet.name}", width_m / math.sqrt(12.0), along))
    if sheet.digitising_sigma_mm is not None:
        digitising_m = sheet.digitising_sigma_mm * ground_m_per_mm
        components.append(Component(f"digitising {line.file}", digitising_m, along))
    return Uncertainty(tuple(components))


def _strand(line: DigitisedLine, ground: SheetGround, name: str, places: Floats, error_m: float) -> Strand:
    """A chain on the sheet as a strand; a place that stands twice in a row counts once."""
    fresh = np.concatenate([[True], np.any(np.diff(places, axis=0) != 0.0, axis=1)])
    lonlat, departure_m = followed(ground, line.sheet.frame.ellipsoid, places[fresh], error_m)
    ring = int(fresh.sum()) > 3 and bool(np.all(places[0] == places[-1]))
    return Strand(name or line.sheet.title, lonlat, ring, line.left, line.right, (), departure_m)
