"""Plate motion against the parameters and the computation of PROJ, and a published magnitude."""

from __future__ import annotations

import os
import re
from decimal import Decimal
from pathlib import Path

import numpy as np
import pyproj
import pytest

from merestone.geodesy.catalogue import find
from merestone.geodesy.plate import (
    ITRF2014_PMM,
    ITRF2020_PMM,
    EpochError,
    PlateModel,
    UnknownPlateError,
    at_epoch,
    velocity_m_per_year,
)

PLACE = np.array([[45.5, 40.5]])


def proj_parameters(file: str, suffix: str) -> dict[str, dict[str, float]]:
    """The plate entries of one of PROJ's files: plate -> parameter -> value in PROJ's units (arc seconds, metres)."""
    folder = pyproj.datadir.get_data_dir().split(os.pathsep)[0]
    text = Path(folder, file).read_text(encoding="utf-8")
    found = re.findall(rf"^<([A-Z]{{4}}){suffix}> \+proj=helmert (.*)$", text, re.MULTILINE)
    return {plate: {k: float(v) for k, v in re.findall(r"\+(d\w+)=(\S+)", rest)} for plate, rest in found}


@pytest.mark.parametrize(
    ("model", "file", "suffix"), [(ITRF2014_PMM, "ITRF2014", ""), (ITRF2020_PMM, "ITRF2020", "_T")]
)
def test_every_pole_is_the_one_that_proj_carries(model: PlateModel, file: str, suffix: str) -> None:
    """The rotation vectors and origin rates agree with PROJ's own transcription of the papers, to the last digit."""
    proj = proj_parameters(file, suffix)
    assert sorted(proj) == sorted(plate.code for plate in model.plates)
    for plate in model.plates:
        rates = proj[plate.code]
        assert plate.rotation_mas_per_year == pytest.approx([1000 * rates[k] for k in ("drx", "dry", "drz")], abs=1e-9)
        assert model.origin_rate_mm_per_year == pytest.approx([1000 * rates.get(k, 0.0) for k in ("dx", "dy", "dz")])


@pytest.mark.parametrize("model", [ITRF2014_PMM, ITRF2020_PMM])
@pytest.mark.parametrize("place", [(45.5, 40.5), (-71.7, -43.6), (179.9, 66.0)])
def test_ten_years_of_motion_agree_with_proj(model: PlateModel, place: tuple[float, float]) -> None:
    """The place ten years on is within 0.05 mm of what PROJ's time-dependent Helmert gives with the same numbers."""
    frame = find("ITRF2014" if model is ITRF2014_PMM else "ITRF2020").at(Decimal(2010), "EURA")
    rx, ry, rz = (value / 1000 for value in model.plate("EURA").rotation_mas_per_year)
    dx, dy, dz = (value / 1000 for value in model.origin_rate_mm_per_year)
    proj = pyproj.Transformer.from_pipeline(
        "+proj=pipeline +step +proj=unitconvert +xy_in=deg +xy_out=rad +step +proj=cart +ellps=GRS80"
        f" +step +proj=helmert +dx={dx} +dy={dy} +dz={dz} +drx={rx} +dry={ry} +drz={rz} +t_epoch=2010"
        " +convention=position_vector +step +inv +proj=cart +ellps=GRS80 +step +proj=unitconvert +xy_in=rad +xy_out=deg"
    )
    lon, lat, _, _ = proj.transform(*place, 0.0, 2020.0)
    moved, at = at_epoch(np.array([place]), frame, Decimal(2020), model=model)
    metres = pyproj.Geod(ellps="GRS80").inv(lon, lat, moved[0, 0], moved[0, 1])[2]
    assert metres < 5e-5
    assert at.epoch == Decimal(2020)


def test_eurasia_carries_the_caucasus_28_cm_in_ten_years() -> None:
    """At 45.5° E 40.5° N the plate moves 0.28 m in ten years by either model, to the north-east."""
    for model in (ITRF2014_PMM, ITRF2020_PMM):
        east, north = velocity_m_per_year(model, "EURA", find("ITRF2014"), PLACE)[0] * 10
        assert np.hypot(east, north) == pytest.approx(0.28, abs=0.01)
        assert east > north > 0


def test_coordinates_without_an_epoch_or_in_a_plate_fixed_frame_are_not_moved() -> None:
    """No epoch, no plate, a frame that moves with its plate, or an unknown plate: refused."""
    with pytest.raises(EpochError, match="need an epoch"):
        at_epoch(PLACE, find("ITRF2014"), Decimal(2020), plate="EURA")
    with pytest.raises(EpochError, match="need an epoch and a plate"):
        at_epoch(PLACE, find("ITRF2014").at(Decimal(2010)), Decimal(2020))
    with pytest.raises(EpochError, match="moves with its plate"):
        at_epoch(PLACE, find("Pulkovo 1942").at(Decimal(2010), "EURA"), Decimal(2020))
    with pytest.raises(UnknownPlateError, match="ATLA"):
        at_epoch(PLACE, find("ITRF2014").at(Decimal(2010)), Decimal(2020), plate="ATLA")
