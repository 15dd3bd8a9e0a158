"""Arrays by what they hold: names for readers and type checkers that cost nothing when the program starts.

(`numpy.typing` takes a tenth of the time in which a small description is checked.)
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    """An array of float64; shape and unit stand in the docstring of what takes or gives it."""

    Flags = NDArray[np.bool_]
    """An array of truth values."""

    Indices = NDArray[np.intp]
    """An array of indices."""

    Integers = NDArray[np.int64]
    """An array of int64."""
else:
    Floats = Flags = Indices = Integers = np.ndarray
