"""Memory that GEOS took in many small pieces, given back to the system.

GEOS divides the plane in some million small pieces of memory. When they are free again, glibc keeps a few hundred of
them at hand, scattered, and no long array fits between; the rest of the comparison then takes its memory beside what lies
idle. It goes back to the system when asked for (malloc_trim); other C libraries do so by themselves, or have no such call.
Nothing that is computed depends on it.
"""

from __future__ import annotations

import ctypes
from functools import lru_cache
from typing import Any

WORTH_IT = 100_000
"""Vertices of both lines below which there is too little to give back for the time that it takes."""


def give_back(vertices: int) -> None:
    """Give free memory back to the system where so many vertices make it worth while."""
    trim = _malloc_trim()
    if trim is not None and vertices >= WORTH_IT:
        trim(0)


@lru_cache(maxsize=1)
def _malloc_trim() -> Any:
    """The function of glibc, None where the C library is another."""
    try:
        return ctypes.CDLL(None).malloc_trim
    except (AttributeError, OSError, TypeError):
        return None
