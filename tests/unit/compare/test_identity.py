"""One State under the names that public files print is one; what is not known is said with what comes near."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from merestone.compare.world.identity import compared_names, identity, is_code, named_by, suggestions

IN_USE = {
    "IRN": ["Iran", "IRAN", "irn", "IR", "364", "Iran, Islamic Republic of", "Islamic Republic of Iran",
            "Iran (Islamic Republic of)"],
    "RUS": ["Russia", "Russian Federation", "the Russian Federation", "643"],
    "BOL": ["Bolivia", "Plurinational State of Bolivia"],
    "TZA": ["Tanzania", "United Republic of Tanzania", "Tanzania, United Republic of"],
    "USA": ["United States of America", "United States", "the United States", "U.S.A."],
    "GBR": ["United Kingdom", "UK", "GB"],
    "CIV": ["Ivory Coast", "Côte d'Ivoire", "Cote d’Ivoire"],
    "COD": ["Democratic Republic of the Congo", "Dem. Rep. Congo", "DR Congo", "Congo, Democratic Republic of the"],
    "COG": ["Republic of the Congo", "Congo", "Congo-Brazzaville"],
    "KOR": ["South Korea", "Republic of Korea", "Korea, Republic of"],
    "PRK": ["North Korea", "Democratic People's Republic of Korea"],
    "MKD": ["Macedonia", "North Macedonia", "Republic of North Macedonia"],
    "SRB": ["Republic of Serbia", "Serbia"],
    "SWZ": ["eSwatini", "Swaziland"],
    "TUR": ["Turkey", "Türkiye", "Turkiye"],
    "CZE": ["Czech Republic", "Czechia"],
    "LCA": ["St. Lucia", "Saint Lucia"],
    "BIH": ["Bosnia and Herz.", "Bosnia & Herzegovina", "Bosnia and Herzegovina"],
    "BHS": ["The Bahamas", "Bahamas"],
    "AFG": ["4", "004", "AF"],
    "XKX": ["Kosovo", "XKO", "KOS"],
    "ESP": ["Kingdom of Spain"],
    "NRU": ["Nauru"],
}  # fmt: skip


@pytest.mark.parametrize(("code", "name"), [(code, name) for code, names in IN_USE.items() for name in names])
def test_a_name_in_use_is_known(code: str, name: str) -> None:
    """Common, formal and abbreviated names and every code lead to one alpha-3 code."""
    assert identity(name) == code
    assert is_code(code)


@pytest.mark.parametrize(
    "name", ["Korea", "Virgin Islands", "Somaliland", "Northern Cyprus", "Republic of China", "AAA"]
)
def test_what_may_mean_two_or_is_not_listed_stays_as_it_is(name: str) -> None:
    """A name is never guessed: what two entries share, and what has no entry, is the file's own."""
    assert identity(name) == name
    assert not is_code(name)


def test_a_table_of_a_user_goes_first() -> None:
    """Names are compared as everywhere; a code or a name may stand for the State."""
    table = compared_names({"Persia": "IRN", "The Two Congos": "COD"})
    assert [named_by(table, name) for name in ("persia", "two congos", "Iran", "Nowhere")] == [
        "IRN",
        "COD",
        "IRN",
        "Nowhere",
    ]


def test_what_comes_near_is_offered_with_its_code() -> None:
    """A slip of a letter is told with the name that is meant."""
    assert suggestions("Azerbajan")[0] == "azerbaijan (AZE)"


def test_names_and_codes_of_a_public_file_agree(shared: Path) -> None:
    """Natural Earth's land boundaries print a name and a code on either side: both lead to one identity, but for the
    areas that have no entry in ISO 3166-1."""
    path = shared / "data/world-land-boundaries/ne_10m_admin_0_boundary_lines_land_v4.0.geojson.gz"
    with gzip.open(path) as file:
        features = json.load(file)["features"]
    apart = {
        (properties[f"adm0_{side}"], properties[f"adm0_a3_{side[0]}"])
        for feature in features
        for properties in [{key.lower(): value for key, value in feature["properties"].items()}]
        for side in ("left", "right")
        if identity(properties[f"adm0_{side}"]) != identity(properties[f"adm0_a3_{side[0]}"])
    }
    assert {code for _, code in apart} == {"ESB", "WSB", "CYN", "CNM", "SOL", "KAB", "KAS", "USG"}
