"""In which frame the coordinates of a foreign layer are counted: as its claim says, as its file says, or, where both are
silent, in WGS 84, which is said. What the file says and is not understood is refused."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np

from merestone.casefile.claim_file import Wanted
from merestone.casefile.projection_area import elsewhere
from merestone.errors import UnknownFrameError, UnreadableFileError
from merestone.geodesy.catalogue import find
from merestone.geodesy.frame import Frame
from merestone.sources.datum_shift import known_shifts
from merestone.sources.layer import Layer
from merestone.sources.remark import Remark
from merestone.sources.systems import system_of

WGS84 = "EPSG:4326"
_SAY_WHICH = 'name the right one in a .claim.toml, such as frame = "EPSG:4284"'


def geographic(wanted: Wanted, layer: Layer) -> tuple[Frame, Layer]:
    """The frame of a layer's longitudes and latitudes, and the layer in it: off its projection where it has one.

    Raise `UnreadableFileError` where the file states a system that is not understood and the claim states none.
    """
    from merestone.compare.lines.unprojected import unprojected
    from merestone.geodesy.registry import is_projected, projected

    code, layer = _code(wanted, layer)
    number = code.removeprefix("EPSG:")
    if code.startswith("EPSG:") and number.isdigit() and is_projected(int(number)):
        row = projected(int(number))
        if row is None:
            raise UnreadableFileError(wanted.file, f"its reference system {code} is withdrawn; {_SAY_WHICH}")
        frame = _found(wanted, f"EPSG:{row.base}")
        return frame, unprojected(_in_its_area(wanted, layer, code), code, frame.ellipsoid)
    return _found(wanted, code), layer


def _in_its_area(wanted: Wanted, layer: Layer, code: str) -> Layer:
    """The layer, with a remark where it lies outside the area of use of its projection; raise `UnreadableFileError` where
    it lies inside with northing and easting exchanged."""
    found = elsewhere(layer, code)
    if found is None:
        return layer
    far = f"{found.outside_m / 1000.0:,.0f} km" if math.isfinite(found.outside_m) else "far"
    sentence = f"its positions lie up to {far} outside the area in which its projection {found.grid} is used"
    if found.exchanged:
        raise UnreadableFileError(
            wanted.file, f"{sentence}, but inside it if easting and northing are exchanged; correct the file"
        )
    size = found.outside_m if math.isfinite(found.outside_m) else None
    return replace(layer, remarks=(*layer.remarks, Remark("D129", sentence, None, size, "m")))


def stated_code(wanted: Wanted, layer: Layer) -> str | None:
    """The code of the system that the file states, None where it states none; raise `UnreadableFileError` for one that
    is not understood."""
    if layer.crs_read:
        raise UnreadableFileError(wanted.file, f"its reference system {layer.crs_read} is not understood; {_SAY_WHICH}")
    return layer.crs


def _code(wanted: Wanted, layer: Layer) -> tuple[str, Layer]:
    """The code of the system to be used, and the layer with what must be said of that choice."""
    if wanted.frame is not None:
        code = system_of(wanted.frame)[0] or wanted.frame
        kept = [each for each in layer.remarks if each.code not in {"D107", "D108"}]
        stated = layer.crs or layer.crs_read
        if stated and stated != code:
            sentence = f"the claim states the frame {wanted.frame}, and the file states {stated}; the program follows the claim"
            kept.append(Remark("D124", sentence))
        return code, replace(layer, remarks=tuple(kept))
    by_file = stated_code(wanted, layer)
    if by_file is not None:
        return by_file, layer
    _refuse_metres(wanted, layer)
    rest = tuple(each for each in layer.remarks if each.code != "D107")
    return WGS84, replace(layer, remarks=(_assumed(layer), *rest))


def _found(wanted: Wanted, code: str) -> Frame:
    try:
        return find(code)
    except UnknownFrameError as unknown:
        meant = f" (nearest known: {' or '.join(unknown.suggestions)})" if unknown.suggestions else ""
        raise UnreadableFileError(
            wanted.file, f"its reference system {code} is not one that Merestone computes in{meant}; {_SAY_WHICH}"
        ) from unknown


def _assumed(layer: Layer) -> Remark:
    """That a layer which states nothing is taken as WGS 84, and how far off it would be in another frame of its place."""
    sentence = "the file does not state a reference system; the program takes it as WGS 84"
    if not layer.parts:
        return Remark("D107", sentence)
    place = layer.parts[0].lonlat[0]
    shifts = known_shifts((round(float(place[0]), 1), round(float(place[1]), 1)))
    if not shifts:
        return Remark("D107", sentence)
    size_m, widest = max((math.hypot(each.east_m, each.north_m), each.frame) for each in shifts)
    return Remark("D107", f"{sentence}; if it is in {widest}, it lies {size_m:.0f} m away", None, size_m, "m")


def _refuse_metres(wanted: Wanted, layer: Layer) -> None:
    """Refuse a layer without a reference system whose numbers cannot be degrees."""
    for part in layer.parts:
        if (np.abs(part.lonlat) > (360.0, 90.0)).any():
            raise UnreadableFileError(
                wanted.file,
                "it does not state a reference system, and its numbers are not longitudes and latitudes: they look like "
                'metres of a projection; name the projection in a .claim.toml, such as frame = "EPSG:32638"',
            )
