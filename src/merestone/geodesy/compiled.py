"""How loops are compiled: by numba, without fastmath, kept on disk.

Modules of loops import this one, and so numba (half a second): they are imported by the functions that run them.
A compiled loop that calls one of another module is not compiled anew when only that other module has changed: whoever
changes `curved_edge` removes the `.nbi` files beside it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

from numba import njit

Loop = TypeVar("Loop", bound=Callable[..., Any])


def compiled(loop: Loop) -> Loop:
    """Give the loop compiled at its first call, the same for those who check types."""
    return cast(Loop, njit(cache=True)(loop))


def compiled_unlocked(loop: Loop) -> Loop:
    """Give the loop compiled so that threads can run it side by side; each must write only its own results."""
    return cast(Loop, njit(cache=True, nogil=True)(loop))
