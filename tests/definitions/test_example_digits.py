"""The digits of every example are the digits that the case tables give, one by one."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "examples"

ROWS_TO_POINTS: dict[str, tuple[str, dict[str, str]]] = {
    "abyei": ("abyei_2009", {"NW": "NW", "NE": "NE"}),
    "beagle": ("argentina_chile_1984_beagle", {name: name for name in "ABCDEF"}),
    "ice-field": ("argentina_chile_1998_ice_field", {"B1": "B1", "B2": "B2"}),
    "pilcomayo": (
        "argentina_paraguay_1945_pilcomayo",
        {
            "Horqueta": "Horqueta", "Zanja de la China": "Zanja", "La Palmita": "La-Palmita",
            "Pto. Santa Ana": "Santa-Ana", "Tap. B. Madrid": "Madrid", "Pto. Isleta": "Isleta",
            "Esmeralda": "Esmeralda", "Pilcomayo mouth": "Mouth",
        },
    ),
    "benin-niger": ("benin_niger_2005", {"1": "P1", "claim-Benin": "Claimed-start"}),
    "damaged/benin-niger": ("benin_niger_2005", {"1": "P1", "2": "P2"}),
    "burkina-niger": ("burkina_niger_2013", {"Tong-Tong": "Tong-Tong", "Sirba": "Sirba"}),
    "french-mediterranean": ("french_mediterranean_2004", {str(n): f"P{n}" for n in range(16)}),
    "hong-kong": ("hong_kong_1997", {str(n): f"P{n}" for n in range(1, 5)}),
    "damaged/iran-qatar": ("iran_qatar_1969", {str(n): f"P{n}" for n in range(2, 7)}),
    "libya-chad": ("libya_chad_1994", {"1": "P1", "2": "P2", "3": "P3"}),
    "prairie-creek": ("nahanni_prairie_creek", {f"P{n}": f"P{n}" for n in range(1, 20)}),
    "nunavut": ("nunavut_west", {f"N{n}": f"N{n}" for n in (1, 2, 3, 4, 5, 6, 7, *range(9, 19))}),
    "romania-ukraine": ("romania_ukraine_2009", {str(n): f"P{n}" for n in range(2, 6)}),
    "russia-china": ("russia_china_2004", {"7/1": "7/1", "7/2": "7/2", "10/2": "10/2"}),
    "damaged/russia-china": ("russia_china_2004", {"7/1": "7/1", "7/2": "7/2"}),
    "saudi-yemen": ("saudi_yemen_2000", {"coast-en": "Coast", "thar-en": "Al-Thar", "end": "End"}),
    "damaged/saudi-yemen": (
        "saudi_yemen_2000",
        {"coast-albab": "Coast-commas", "coast-yt": "Coast-reversed", "thar-yt": "Al-Thar-reversed"},
    ),
}  # fmt: skip


def digits(text: str) -> list[str]:
    """The groups of digits of a text, in order."""
    return re.findall(r"\d+", text)


def printed(text: str) -> str:
    """A cell of a case table without the explanation in words that follows a value ("24 E (24th meridian east)")."""
    return re.sub(r"\(\D*\)|\(\d+(?:st|nd|rd|th) meridian[^)]*\)|\(parallel[^)]*\)", "", text)


def definitions(example: str) -> dict[str, str]:
    """What an example prints as each point's own coordinates: the rest of its line, or the cells of its row."""
    text = (EXAMPLES / f"{example}.boundary").read_text(encoding="utf-8")
    found = {m[1]: m[2] + m[3] for m in re.finditer(r"^ +(\S+) +\|([^|\n]+)\|([^|\n]+)$", text, re.MULTILINE)}
    found |= {m[1]: m[2] for m in re.finditer(r"^point (\S+)[^\n]*? at ([^\n]*)$", text, re.MULTILINE)}
    return {name: re.sub(r" in \w+$| also at .*$", "", said) for name, said in found.items()}


def case_rows(cases: Path, name: str) -> dict[str, dict[str, str]]:
    """The rows of a case table by their identifier."""
    with (cases / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        return {row["id"]: row for row in csv.DictReader(lines)}


@pytest.mark.parametrize("example", sorted(ROWS_TO_POINTS))
def test_digits_are_those_of_the_case(example: str, shared_cases: Path) -> None:
    """Every point of the example carries the digits of its row, group by group (a row may give one coordinate only)."""
    table, names = ROWS_TO_POINTS[example]
    rows, said = case_rows(shared_cases, table), definitions(example)
    for row_id, name in names.items():
        latitude, longitude = printed(rows[row_id]["lat_text"]), printed(rows[row_id]["lon_text"])
        found = digits(said[name])
        assert found in _as_printed(latitude, longitude, rows, table), (name, latitude, longitude, said[name])


def _as_printed(latitude: str, longitude: str, rows: dict[str, dict[str, str]], table: str) -> list[list[str]]:
    """The groups of digits in either order; a longitude that a row takes from another point is that point's."""
    if table == "argentina_chile_1984_beagle" and not digits(longitude):
        longitude = rows["C"]["lon_text"]
    return [digits(latitude) + digits(longitude), digits(longitude) + digits(latitude)]


def test_digits_of_the_fishing_zone(shared_cases: Path) -> None:
    """All 130 rows of the Canadian limit carry the digits, signs and letters of the case, character by character."""
    rows = case_rows(shared_cases, "canada_greenland_zone6")
    text = (EXAMPLES / "canada-zone-6.boundary").read_text(encoding="utf-8")
    found = {m[1]: (m[2], m[3]) for m in re.finditer(r"^  (\S+) +\| (\S+) +\| (\S+)$", text, re.MULTILINE)}
    assert found == {name: (row["lat_text"], row["lon_text"]) for name, row in rows.items()}
    assert len(found) == 130


def test_readings_of_lost_degree_signs_keep_every_digit(shared_cases: Path) -> None:
    """The reading of the Iran-Qatar coordinates adds degree signs and changes no digit."""
    rows, said = case_rows(shared_cases, "iran_qatar_1969"), definitions("iran-qatar")
    for number in range(2, 7):
        found = "".join(digits(said[f"P{number}"]))
        assert found == "".join(digits(rows[str(number)]["lat_text"] + rows[str(number)]["lon_text"]))


def test_published_lengths_of_palena(shared_cases: Path) -> None:
    """Every length that the mission printed stands as an expectation of its leg, in order."""
    with (shared_cases / "palena_legs.csv").open(encoding="utf-8", newline="") as lines:
        printed_lengths = [row["length_as_published"] for row in csv.DictReader(lines)]
    text = (EXAMPLES / "palena.boundary").read_text(encoding="utf-8")
    through_g1 = "1.2 km"
    expected = re.findall(r"expect length ([\d.]+ k?m)", text)
    published = [re.sub(r"^about | \(.*\)$", "", length) for length in printed_lengths if length]
    assert expected == [length for length in published if length != through_g1]
