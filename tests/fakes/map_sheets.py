"""A made-up map sheet on disk: 1:100 000, Pulkovo 1942, Gauss-Krüger zone 8, scanned askew."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from merestone.geodesy.catalogue import find
from merestone.geodesy.line import Floats
from merestone.geodesy.projection import Projection

SHEET = """\
title = "K-38-88"
scale = 100000
edition = "1976"
duty_date = "1979"
publisher = "General Staff"
frame = "Pulkovo 1942"
projection = "Pulkovo 1942 / Gauss-Kruger zone 8"
unit = "mm"
y_axis = "up"
method = "affine"
control = "control.csv"
line = "line.csv"
line_width_mm = 0.2
digitising_sigma_mm = 0.1
left = "North"
right = "South"
"""
FRAME = find("Pulkovo 1942")
PLANE = Projection("EPSG:28408", FRAME.ellipsoid)
ORIGIN_M = PLANE.forward(np.array([[45.0, 40.8]]))[0]
TURN_DEG = 1.7


def ground_m(sheet_mm: Floats) -> Floats:
    """East and north of places on the true sheet: (n, 2) mm -> (n, 2) m."""
    c, s = np.cos(np.radians(TURN_DEG)), np.sin(np.radians(TURN_DEG))
    return np.asarray(sheet_mm @ np.array([[c, s], [-s, c]]) * 100.0 + ORIGIN_M)


def lonlat(sheet_mm: Floats) -> Floats:
    """Longitude and latitude of places on the true sheet."""
    return PLANE.inverse(ground_m(sheet_mm))


def crosses(count: int = 4) -> Floats:
    """Crosses of the sheet, (n, 2) mm."""
    axis = np.linspace(10.0, 360.0, count)
    return np.column_stack([each.ravel() for each in np.meshgrid(axis, axis)])


def drawn_line() -> Floats:
    """A line of seven places across the sheet, mm."""
    x = np.linspace(20.0, 350.0, 7)
    return np.column_stack([x, 180.0 + 90.0 * np.sin(x / 60.0)])


def control_table(sheet_mm: Floats, ground: Floats, columns: str = "lon,lat") -> str:
    """A table of control points."""
    rows = zip(sheet_mm.tolist(), ground.tolist(), strict=True)
    lines = [f"C{n},{x:.6f},{y:.6f},{a:.12f},{b:.12f}" for n, ((x, y), (a, b)) in enumerate(rows, start=1)]
    return f"name,x,y,{columns}\n" + "\n".join(lines) + "\n"


def line_table(sheet_mm: Floats) -> str:
    """A table of a digitised line."""
    return "x,y\n" + "\n".join(f"{x:.6f},{y:.6f}" for x, y in sheet_mm.tolist()) + "\n"


def write(folder: Path, *, sheet: str = SHEET, control: str | None = None, line: str | None = None) -> Path:
    """The sheet's files in a folder; gives back its description."""
    path = folder / "k-38-88.sheet.toml"
    path.write_text(sheet, encoding="utf-8")
    (folder / "control.csv").write_text(control or control_table(crosses(), lonlat(crosses())), encoding="utf-8")
    (folder / "line.csv").write_text(line or line_table(drawn_line()), encoding="utf-8")
    return path
