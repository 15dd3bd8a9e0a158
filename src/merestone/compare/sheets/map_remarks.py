"""What a reader of a map line must know of its sheet: control, scale, dates, and what was left unsaid."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from merestone.compare.sheets.sheet_ground import SheetGround
from merestone.geodesy.line import Floats, Place
from merestone.sources.map_sheet import MapSheet, SheetUnit
from merestone.sources.remark import Remark

_FEW_DEGREES_OF_FREEDOM = 4
_FURTHEST_BEYOND = 0.1
"""Share of the control points' extent from which a line outside them is remarked on."""
_SCALE_OFF = 0.02
"""Paper shrinks and stretches by some tenths of a percent; more is a wrong scale, unit or control point."""
_MISFIT_MM = 0.5


def sheet_remarks(
    sheet: MapSheet, ground: SheetGround, places: Floats, tolerance_m: float | None
) -> tuple[Remark, ...]:
    """The remarks on a sheet and the places (n, 2) digitised from it, in the order of their codes."""
    found = [
        *_few_points(sheet, ground),
        *_suspects(sheet, ground),
        *_beyond(sheet, ground, places),
        *_wrong_scale(sheet, ground),
        *_too_coarse(sheet, tolerance_m),
        *_undated(sheet),
        *_unstated(sheet),
        *_misfit(sheet, ground),
    ]
    return tuple(found)


def _few_points(sheet: MapSheet, ground: SheetGround) -> Iterator[Remark]:
    """Too little redundancy to trust the residuals."""
    spare = ground.fit.degrees_of_freedom
    if spare >= _FEW_DEGREES_OF_FREEDOM:
        return
    so = (
        "the fit is not checked, and the uncertainty of the line does not include it"
        if not spare
        else "the fit is hardly checked"
    )
    count = f"{len(sheet.control)} control points for the method {sheet.method} leave {spare} degrees of freedom"
    yield Remark("D401", f"{count}: {so}", size=float(spare), of=sheet.title)


def _suspects(sheet: MapSheet, ground: SheetGround) -> Iterator[Remark]:
    """Control points that do not belong to the rest."""
    for index in ground.fit.suspects:
        point = sheet.control[index]
        east_m, north_m = ground.fit.left_out_m[index]
        sentence = (
            f"control point {point.name} lies {abs(east_m):.0f} m {'east' if east_m > 0 else 'west'} and "
            f"{abs(north_m):.0f} m {'north' if north_m > 0 else 'south'} of the position that the other control points give it"
        )
        size = float(np.hypot(east_m, north_m))
        yield Remark("D402", sentence, _place(ground, np.array([point.sheet])), size, "m", sheet.title)


def _beyond(sheet: MapSheet, ground: SheetGround, places: Floats) -> Iterator[Remark]:
    """A line that runs on beyond the control points."""
    beyond_m = ground.fit.beyond_m(ground.upright(places))
    furthest = int(beyond_m.argmax())
    extent_m = float(np.ptp(ground.fit.ground_m, axis=0).max())
    if beyond_m[furthest] > _FURTHEST_BEYOND * extent_m:
        sentence = f"the line runs up to {beyond_m[furthest]:.0f} m beyond the control points, where its position is extrapolated"
        place = _place(ground, places[[furthest]])
        yield Remark("D403", sentence, place, float(beyond_m[furthest]), "m", sheet.title)


def _wrong_scale(sheet: MapSheet, ground: SheetGround) -> Iterator[Remark]:
    """A stated scale that the control points contradict."""
    found = ground.fit.metres_per_unit * 1000.0
    if sheet.unit is SheetUnit.MILLIMETRE and abs(found / sheet.scale - 1.0) > _SCALE_OFF:
        sentence = f"the stated scale of the sheet is 1:{sheet.scale}, but its control points give 1:{found:.0f}"
        yield Remark("D404", sentence, size=found, of=sheet.title)


def _too_coarse(sheet: MapSheet, tolerance_m: float | None) -> Iterator[Remark]:
    """A drawn line wider than the separations that are looked for."""
    if sheet.line_width_mm is None or tolerance_m is None:
        return
    width_m = sheet.line_width_mm * sheet.scale / 1000.0
    if width_m > tolerance_m:
        sentence = (
            f"the drawn line is {sheet.line_width_mm:g} mm wide, which is {width_m:.0f} m on the ground at 1:{sheet.scale} "
            f"and more than the tolerance of {tolerance_m:g} m; within this width the map does not decide"
        )
        yield Remark("D405", sentence, size=width_m, unit="m", of=sheet.title)


def _undated(sheet: MapSheet) -> Iterator[Remark]:
    """A sheet without its edition or its duty date."""
    missing = [what for what, text in (("edition", sheet.edition), ("duty date", sheet.duty_date)) if not text]
    if missing:
        sentence = f"the sheet's {' and '.join(missing)} {'are' if len(missing) > 1 else 'is'} not stated"
        yield Remark("D406", sentence, of=sheet.title)


def _unstated(sheet: MapSheet) -> Iterator[Remark]:
    """Errors that nobody stated, and that the uncertainty leaves out."""
    errors = (("line_width_mm", sheet.line_width_mm), ("digitising_sigma_mm", sheet.digitising_sigma_mm))
    missing = [name for name, value in errors if value is None]
    if missing:
        sentence = (
            f"{' and '.join(missing)} not stated, so the uncertainty of the line does not include it and is too small"
        )
        yield Remark("D407", sentence, of=sheet.title)


def _misfit(sheet: MapSheet, ground: SheetGround) -> Iterator[Remark]:
    """A fit worse than a draughtsman would be."""
    sigma_m, allowed_m = ground.fit.sigma_m, _MISFIT_MM * sheet.scale / 1000.0
    if sigma_m is not None and sigma_m > allowed_m:
        sentence = (
            f"the control points fit only to {sigma_m:.0f} m, worse than {_MISFIT_MM} mm at 1:{sheet.scale}; check the frame, "
            "the projection and the method"
        )
        yield Remark("D408", sentence, size=sigma_m, unit="m", of=sheet.title)


def _place(ground: SheetGround, sheet: Floats) -> Place:
    lon, lat = ground.lonlat(sheet)[0]
    return float(lon), float(lat)
