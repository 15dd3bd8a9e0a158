"""The use cases that commands call, imported when the first one is called (they bring the numerical libraries)."""

from __future__ import annotations

from merestone.casefile.outcome import UseCases


def use_cases() -> UseCases:
    """Merestone's use cases."""
    from merestone.casefile import use_cases as module

    return module
