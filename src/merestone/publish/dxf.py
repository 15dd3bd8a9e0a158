"""DXF (AutoCAD 2010) on a grid: legs as polylines by the instrument's status, vertices as points with their names.

A drawing program joins vertices straight in the plane, so chains are densified there to the tolerance.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import numpy as np

from merestone.delimit.boundary_line import UNITS_PER_DEGREE
from merestone.errors import NoFrameError
from merestone.geodesy.grid import Grid
from merestone.publish.catalogue import Row, catalogue
from merestone.publish.drawing import drawn_legs
from merestone.publish.export import Export, standing
from merestone.publish.gridded import bounds, needed, plane_chain
from merestone.publish.line_json import digest
from merestone.publish.map_styles import STROKES, status_value
from merestone.publish.text import plain

if TYPE_CHECKING:
    from ezdxf.document import Drawing
    from ezdxf.layouts.layout import Modelspace

_UNITS = {1.0: 6, 0.3048: 2, 1200.0 / 3937.0: 21}
"""The header's code for the unit of the drawing ($INSUNITS): metres, feet, US survey feet; 0 for any other."""
_BLACK_OR_WHITE = 7
"""The colour that a drawing program shows against its ground (AutoCAD Color Index)."""
_DARK = 64
_TEXT_SHARE = 1.0 / 150.0
"""The height of names as a part of the drawing's greater side."""


def write_dxf(export: Export) -> bytes:
    """The drawing as UTF-8 bytes, the same for the same line. Raises `WrongRequestError` where no grid was named."""
    import ezdxf

    if export.line.frame is None:
        raise NoFrameError("DXF")
    grid = needed(export.grid, "a drawing (.dxf)", northing_easting=True)
    ezdxf.options.write_fixed_meta_data_for_testing = True  # type: ignore[attr-defined]  # no date, no random number
    drawing = ezdxf.new("R2010", setup=True, units=_UNITS.get(grid.unit_m, 0))  # type: ignore[attr-defined]
    drawing.header.custom_vars.append("Title", plain(export.line.title))
    drawing.header.custom_vars.append("Standing", plain(standing(export.line)))
    drawing.header.custom_vars.append("System", f"{grid.code} {grid.name}, {grid.unit}")
    drawing.header.custom_vars.append("SHA-256 of the canonical line", digest(export.line))
    space = drawing.modelspace()
    chains = [
        (leg.section.status, leg.leg.name, plane_chain(grid, leg.chain, export.tolerance_m))
        for leg in drawn_legs(export.line, export.tolerance_m, export.to_frame)
    ]
    for status, _, chain in chains:
        layer = _layer(drawing, status_value(status), STROKES[status].colour)
        space.add_lwpolyline(chain.tolist(), dxfattribs={"layer": layer})
    west, south, east, north = bounds(chain for *_, chain in chains)
    height = max(east - west, north - south) * _TEXT_SHARE or 1.0
    _vertices(drawing, space, export, grid, height)
    at = (west, south - 4.0 * height)
    space.add_text(plain(standing(export.line)), height=height, dxfattribs={"layer": "STANDING"}).set_placement(at)
    out = io.StringIO(newline="")
    drawing.write(out)
    return out.getvalue().encode()


def _layer(drawing: Drawing, status: str, colour: tuple[int, int, int]) -> str:
    """The layer of a status, made where it is not there yet."""
    name = f"BOUNDARY {plain(status).upper()}"
    if name not in drawing.layers:
        if max(colour) < _DARK:  # black on paper, white on the black ground of a screen
            drawing.layers.add(name, color=_BLACK_OR_WHITE)
        else:
            drawing.layers.add(name, true_color=(colour[0] << 16) | (colour[1] << 8) | colour[2])
    return name


def _vertices(drawing: Drawing, space: Modelspace, export: Export, grid: Grid, height: float) -> None:
    """Every vertex as a point, with its name beside it."""
    rows = [row for row in catalogue(export.line) if isinstance(row, Row)]
    for layer in ("VERTICES", "NAMES", "STANDING"):
        drawing.layers.add(layer)
    if not rows:
        return
    lonlat = np.array([[row.longitude, row.latitude] for row in rows]) / UNITS_PER_DEGREE
    for row, (east, north) in zip(rows, grid.easting_northing(lonlat).tolist(), strict=True):
        space.add_point((east, north), dxfattribs={"layer": "VERTICES"})
        if row.name:
            text = space.add_text(plain(row.name), height=height, dxfattribs={"layer": "NAMES"})
            text.set_placement((east + height, north + height))
