"""What the margins of a map hold, as rectangles that names keep off: bar, north, standing, labels of the graticule."""

from __future__ import annotations

from merestone.publish.report.furniture import furniture_boxes
from merestone.publish.report.labels import Room
from merestone.publish.report.net import edge_texts
from merestone.publish.report.sheet import Sheet

_LOWER_PX = 62.0
_CORNER_PX = (50.0, 66.0)


def keep_off_margins(room: Room, sheet: Sheet, standing: str) -> None:
    """Take the room of all that stands in the margins of a sheet."""
    room.take(0, sheet.height_px - _LOWER_PX, sheet.width_px, sheet.height_px)
    room.take(sheet.width_px - _CORNER_PX[0], 0, sheet.width_px, _CORNER_PX[1])
    furniture = furniture_boxes(sheet, standing)
    for box in (*furniture, *(text.box for text in edge_texts(sheet, furniture))):
        room.take(*box)
