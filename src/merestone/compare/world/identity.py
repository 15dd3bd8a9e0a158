"""One name for one State in files that name it differently: ISO 3166-1 alpha-3 where there is one, the file's own else.

Under which code or name land goes here says nothing of whose it is.
"""

from __future__ import annotations

import difflib
import re
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources

_FORMAL = re.compile(
    r"(?:(?:federative|federal|islamic|democratic|socialist|people s|independent|cooperative|co operative|oriental|arab|"
    r"hashemite|united|bolivarian|plurinational|democratic socialist|federal democratic|lao people s democratic) )*"
    r"(?:republic|kingdom|state|states|commonwealth|principality|grand duchy|sultanate|union|federation) of (?:the )?"
)
"""What stands before the common name in a formal one."""
_SEVERAL = {"congo", "korea", "china", "virgin islands"}
"""Names that more than one formal name ends in: they are known only by what the table says."""


@cache
def identity(text: str) -> str:
    """The alpha-3 code of a code or a name in use for an entry of ISO 3166-1; other texts stripped.

    Taken are alpha-3, alpha-2 and numeric codes, the names of the standard, the common names of `common_names.toml`, and
    formal names with a common one in them, whatever their case, accents and full stops.
    """
    stripped = text.strip()
    return _codes().get(stripped.upper()) or _names().get(key := _key(stripped)) or _without_form(key) or stripped


def is_code(name: str) -> bool:
    """Whether a State is known by an alpha-3 code here."""
    return name in _alpha3()


def named_by(table: Mapping[str, str], text: str) -> str:
    """The identity of a State by a table of a user's own first (its names as compared: `compared_names`)."""
    own = table.get(_key(text))
    return identity(own if own is not None else text)


def compared_names(table: Mapping[str, str]) -> dict[str, str]:
    """A table of names to codes with its names as they are compared."""
    return {_key(name): code for name, code in table.items()}


def suggestions(name: str, count: int = 3) -> tuple[str, ...]:
    """The names that come nearest to one that is not known, each with its code, the best first."""
    known = _names()
    close = difflib.get_close_matches(_key(name), known, n=2 * count, cutoff=0.6)
    return tuple(dict.fromkeys(f"{key} ({known[key]})" for key in close))[:count]


def _without_form(key: str) -> str | None:
    match = _FORMAL.match(key)
    rest = key[match.end() :] if match else ""
    return _names().get(rest) if rest and rest not in _SEVERAL else None


@cache
def _alpha3() -> frozenset[str]:
    return frozenset(_names().values())


@cache
def _codes() -> dict[str, str]:
    """Alpha-3, alpha-2 and numeric codes, with and without leading zeros."""
    from iso3166 import countries

    found: dict[str, str] = {}
    for each in countries:
        numbers = (each.numeric, str(int(each.numeric)))
        found |= dict.fromkeys((each.alpha3, each.alpha2, *numbers), each.alpha3)
    return found


@cache
def _names() -> dict[str, str]:
    """Names as they are compared, and their codes; the standard's own come first."""
    from iso3166 import countries

    found = {_key(form): each.alpha3 for each in countries for form in (each.name, each.apolitical_name)}
    table = tomllib.loads(resources.files(__package__).joinpath("common_names.toml").read_text(encoding="utf-8"))
    for code, names in table.items():
        for name in names:
            found[_key(name)] = code
    turned: dict[str, set[str]] = {}
    for each in countries:
        for form in _turned(each.name):
            turned.setdefault(_key(form), set()).add(each.alpha3)
    return {**{key: min(codes) for key, codes in turned.items() if len(codes) == 1}, **found}


def _turned(name: str) -> Iterator[str]:
    """A name of the standard with what stands behind its comma before it, and without it."""
    common, comma, form = name.partition(", ")
    if comma and " and " not in form:
        yield f"{form} {common}"
        yield f"{form.removesuffix(' the')} the {common}"
        if _key(common) not in _SEVERAL:
            yield common


def _key(name: str) -> str:
    """A name as it is compared: without case, accents, punctuation and a leading `the`; `&` and `St.` written out."""
    plain = unicodedata.normalize("NFKD", name.replace("&", " and ").replace("ı", "i"))
    letters = "".join(each for each in plain if not unicodedata.combining(each)).casefold()
    words = re.sub(r"[^\w]+", " ", letters).split()
    words = ["saint" if word == "st" else word for word in words]
    return " ".join(words[1:] if words[:1] == ["the"] and len(words) > 1 else words)
