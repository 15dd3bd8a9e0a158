"""The length of a chain by the chords of its edges in space: enough to put strands in order or to tell wide from narrow.

An edge of 10 km is longer than its chord by a millimetre.
"""

from __future__ import annotations

import numpy as np

from merestone.geodesy.arrays import Floats
from merestone.geodesy.elementary import cartesian
from merestone.geodesy.ellipsoid import Ellipsoid


def chord_length_m(lonlat: Floats, ellipsoid: Ellipsoid) -> float:
    """Give the sum of the chords between the places (n, 2) of a chain in metres."""
    return float(np.sum(np.linalg.norm(np.diff(cartesian(ellipsoid, lonlat), axis=0), axis=1)))
