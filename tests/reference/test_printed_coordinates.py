"""Every coordinate that the published cases print is read, or refused with the reason and the likely reading."""

from __future__ import annotations

import csv
from pathlib import Path

from merestone.description.parser import parse

REFUSED: dict[tuple[str, str], tuple[str, ...]] = {
    ("abyei_2009", "W"): ("C201",),  # "south from": words, no latitude
    ("abyei_2009", "E"): ("C201",),
    ("argentina_chile_1984_beagle", "D"): ("C201",),  # "(meridian of C)"
    ("argentina_chile_1998_ice_field", "box-S"): ("C220",),  # a rectangle, two latitudes
    ("argentina_paraguay_1945_pilcomayo", "Pto. Santa Ana"): ("C208",),
    ("argentina_paraguay_1945_pilcomayo", "Pilcomayo mouth"): ("C220",),
    ("benin_niger_2005", "2"): ("C202",),
    **{("iran_qatar_1969", str(number)): ("C203", "C203") for number in range(2, 7)},
    ("libya_chad_1994", "1"): ("C201",),  # the table's remarks in brackets
    ("libya_chad_1994", "2"): ("S301",),  # the Tropic of Cancer
    ("libya_chad_1994", "3"): ("C201",),
    ("russia_china_2004", "7/1"): ("C229",),
    ("russia_china_2004", "7/2"): ("C229",),
    ("russia_china_2004", "10/2"): ("C229",),
    ("saudi_yemen_2000", "coast-albab"): ("C205", "C205"),
    ("saudi_yemen_2000", "coast-yt"): ("C205", "C205"),
    ("saudi_yemen_2000", "thar-yt"): ("C205", "C205"),
}
WITHOUT_LETTERS = {"french_mediterranean_2004"}
WITH_A_LIKELY_READING = {"C202", "C203", "C205", "C208"}


def test_every_printed_pair(shared_cases: Path) -> None:
    """Damaged and reversed numbers are refused, each with its reason; all others are read."""
    refused: dict[tuple[str, str], tuple[str, ...]] = {}
    read = 0
    for path in sorted(shared_cases.glob("*.csv")):
        head = "coordinates without letters are north, east\n" if path.stem in WITHOUT_LETTERS else ""
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                if not (row.get("lat_text") and row.get("lon_text")):
                    continue
                findings = parse(f"{head}point A at {row['lat_text']} {row['lon_text']}\n").diagnostics
                if findings:
                    refused[path.stem, row["id"]] = tuple(finding.code for finding in findings)
                else:
                    read += 1
                assert all(finding.hint for finding in findings if finding.code in WITH_A_LIKELY_READING)
    assert refused == REFUSED
    assert read > 150
