"""Who, or which article of which instrument, something rests on, in words."""

from __future__ import annotations

from merestone.description.tree import Reference


def authority(reference: Reference | None) -> str | None:
    """The person, or the instrument and the place in it; None where nothing is said."""
    if reference is None:
        return None
    if reference.who is not None:
        return reference.who
    name = reference.instrument.text if reference.instrument is not None else ""
    return f"{name} {reference.locator}".strip() if reference.locator else name
