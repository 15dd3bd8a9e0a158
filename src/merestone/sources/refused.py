"""Why a file is not read, as the part of `sources` that found it says it; `read_vectors` adds which file."""

from __future__ import annotations

from merestone.errors import MerestoneError


class RefusedError(MerestoneError):
    """The content cannot be read, or not be trusted: the sentence says why and what to do."""
