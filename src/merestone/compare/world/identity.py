"""One name for one State in files that name it differently: ISO 3166-1 alpha-3 where there is one, the file's own else.

Under which code or name land goes here says nothing of whose it is.
"""

from __future__ import annotations

from functools import cache

_SAME = {"XKO": "XKX", "KOS": "XKX", "KV": "XKX", "XK": "XKX", "KOSOVO": "XKX"}
"""Codes and names in use for land without an ISO 3166-1 code of its own."""


@cache
def identity(text: str) -> str:
    """The alpha-3 code of an alpha-3, alpha-2 or numeric code or an English name of ISO 3166-1; other texts stripped."""
    from iso3166 import countries_by_alpha2, countries_by_alpha3, countries_by_name, countries_by_numeric

    stripped = text.strip()
    key = stripped.upper()
    if key in _SAME:
        return _SAME[key]
    numeric = countries_by_numeric.get(key.zfill(3)) if key.isdecimal() else None
    found = numeric or countries_by_alpha3.get(key) or countries_by_alpha2.get(key) or countries_by_name.get(key)
    return found.alpha3 if found else stripped
