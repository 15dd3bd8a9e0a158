"""What a worker that compares pairs needs, made ready once before it is given work.

Importing this compares two small lines: what is compiled is then loaded (or compiled, at the first run of all), and the
workers that are forked from the process that did it have it too. `prepare_kernels` must have run.
"""

from __future__ import annotations

import numpy as np

from merestone.casefile.chunks import Chunk, Work, outcomes_of
from merestone.casefile.versions import version_of
from merestone.compare.claim import Claim, Strand
from merestone.compare.comparison import Settings
from merestone.geodesy.catalogue import find

__all__ = ["READY", "outcomes_of", "version_of"]


def _line(title: str, bend_deg: float) -> Claim:
    lonlat = np.array([[20.0, 45.0], [20.2, 45.1 + bend_deg], [20.4, 45.1 - bend_deg], [20.6, 45.2]])
    return Claim(title, (Strand("line", lonlat, left="Aland", right="Bland"),), find("EPSG:4326"))


READY = outcomes_of(Chunk((Work(("Aland", "Bland"), _line("one", 0.01), _line("other", -0.01)),), Settings()))
"""The outcome of the rehearsal, of no further use."""
