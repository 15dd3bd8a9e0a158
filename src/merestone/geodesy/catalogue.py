"""Frames and grids by name or code.

`frames.toml` holds the names that instruments print; behind it stands the whole EPSG registry, by code or exact name.
A name is compared without letter case, spaces, hyphens and parentheses, and never guessed: what is close is offered
as a suggestion.
"""

from __future__ import annotations

import difflib
import re
import tomllib
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from importlib import resources

from merestone.errors import UnknownFrameError
from merestone.geodesy import registry
from merestone.geodesy.ellipsoid import Ellipsoid
from merestone.geodesy.frame import Frame

_CODE = re.compile(r"\s*(?:urn:ogc:def:crs:)?EPSG::?\s*([0-9]{1,7})\s*\Z", re.IGNORECASE)
_IGNORED = re.compile(r"[\s\-_.,'’()/]+")


@dataclass(frozen=True, slots=True)
class CatalogueRow:
    """A row of the catalogue as printed; `date` is the registry's date of the datum, "" where it has none."""

    name: str
    code: int
    aliases: tuple[str, ...]
    ellipsoid: str
    realisation: str
    area: str
    date: str
    notes: str


def _key(name: str) -> str:
    """A name as it is compared."""
    return _IGNORED.sub("", name.casefold())


def same_name(one: str, other: str) -> bool:
    """Whether two names are one when letter case, spaces, hyphens and parentheses do not count."""
    return _key(one) == _key(other)


def printed_code(text: str) -> int | None:
    """The number in `EPSG:nnnn` or the URN of a system, None where the text is not a code."""
    match = _CODE.match(text)
    return int(match[1]) if match else None


@lru_cache(maxsize=1)
def rows() -> tuple[CatalogueRow, ...]:
    """The rows of the catalogue in their printed order."""
    text = resources.files("merestone.geodesy").joinpath("frames.toml").read_text(encoding="utf-8")
    return tuple(
        CatalogueRow(
            name=row["name"],
            code=int(row["code"].removeprefix("EPSG:")),
            aliases=tuple(row.get("aliases", ())),
            ellipsoid=row["ellipsoid"],
            realisation=row.get("realisation", ""),
            area=row["area"],
            date=row.get("date", ""),
            notes=row.get("notes", ""),
        )
        for row in tomllib.loads(text)["frame"]
    )


@lru_cache(maxsize=1)
def _names() -> dict[str, tuple[int, str]]:
    """Compared name -> (code, printed name): the catalogue first, then every name of the registry."""
    found = {_key(name): (row.code, name) for row in rows() for name in (row.name, *row.aliases)}
    for code, name in registry.geographic_systems():
        found.setdefault(_key(name), (code, name))
    return found


def find(name_or_code: str) -> Frame:
    """The frame with this name or code; raises `UnknownFrameError` with what comes close.

    Takes the names of the catalogue and of the registry, and `EPSG:nnnn` of any geographic 2-D system counted from
    Greenwich. EPSG:4326 is the WGS 84 ensemble. A projected system is not a frame: see `find_grid`.
    """
    code = printed_code(name_or_code)
    if code is not None:
        return _frame(code, name_or_code)
    known = _names().get(_key(name_or_code))
    if known is None:
        raise UnknownFrameError(name_or_code, suggestions(name_or_code))
    return _frame(known[0], name_or_code)


def suggestions(name: str, count: int = 3) -> tuple[str, ...]:
    """The names in the catalogue and the registry that come closest to a mistyped one, best first."""
    names = _names()
    close = difflib.get_close_matches(_key(name), names, n=2 * count, cutoff=0.6)
    return tuple(dict.fromkeys(names[key][1] for key in close))[:count]


@lru_cache(maxsize=256)
def _frame(code: int, asked: str) -> Frame:
    """The frame of an EPSG code; `asked` is how it was named, for the error."""
    row = registry.system(code)
    if row is None:
        hint = f"EPSG:{code} as a grid" if registry.is_projected(code) else ""
        raise UnknownFrameError(asked, (hint,) if hint else (), because=registry.what_a_code_is(code))
    if row.kind != "geographic 2D":
        flat = tuple(f"EPSG:{flat}" for flat in registry.geographic_of_datum(row.datum)[:1])
        raise UnknownFrameError(asked, flat, because=registry.what_a_code_is(code))
    if row.prime_meridian != "Greenwich":
        raise UnknownFrameError(asked, _twin(code, row.name), row.prime_meridian)
    return Frame(
        name=row.name,
        code=f"EPSG:{code}",
        ellipsoid=Ellipsoid(row.ellipsoid, row.a_m, row.inverse_flattening),
        ensemble_accuracy_m=row.ensemble_accuracy_m,
        reference_epoch=None if row.reference_epoch is None else Decimal(str(row.reference_epoch)),
    )


def _twin(code: int, name: str) -> tuple[str, ...]:
    """The system that counts the same datum from Greenwich: the one to which the registry carries the longitudes, else the
    one whose name comes close."""
    carried = registry.counted_from_greenwich(code)
    row = registry.system(carried) if carried is not None else None
    if row is not None and row.prime_meridian == "Greenwich":
        return (row.name,)
    near = suggestions(re.sub(r"\(.*\)", "", name))
    return tuple(each for each in near if not same_name(each, name))[:1]


def plausible(lonlat: tuple[float, float], margin_deg: float = 0.0) -> tuple[Frame, ...]:
    """The frames that a place may be counted in when nothing is said: WGS 84, then those whose area covers it.

    `lonlat` in degrees; `margin_deg` widens the place to a box. The worldwide realisations of WGS 84 and ITRF are
    left out: they stay within the 2 m of the WGS 84 ensemble. In the order of their codes.
    """
    lon, lat = lonlat
    box = (lon - margin_deg, max(lat - margin_deg, -90.0), lon + margin_deg, min(lat + margin_deg, 90.0))
    found = [find("EPSG:4326")]
    for code in registry.systems_covering(*box):
        row = registry.system(code)
        if row is None or row.prime_meridian != "Greenwich" or row.reference_epoch is not None or code == 4326:
            continue
        found.append(_frame(code, f"EPSG:{code}"))
    return tuple(found)


def find_ellipsoid(name: str) -> Ellipsoid:
    """The ellipsoid of the registry with this name; raises `UnknownFrameError` with what comes close."""
    known = {_key(each): Ellipsoid(each, a_m, inverse) for each, a_m, inverse in registry.ellipsoids()}
    found = known.get(_key(name))
    if found is None:
        close = difflib.get_close_matches(_key(name), known, n=3, cutoff=0.5)
        raise UnknownFrameError(name, tuple(known[key].name for key in close))
    return found
