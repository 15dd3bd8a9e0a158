"""Lines for comparisons of many: three versions of which two agree on one half and another two on the other."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from fakes.claims import claim, wandering
from merestone.compare.claim import Claim, Origin, Standing
from merestone.compare.comparison import Settings
from merestone.compare.many.agreed import Agreement
from merestone.compare.many.agreement import agreement
from merestone.geodesy.line import Floats

HOSTILE = "<script>alert(1)</script>\u202e\"'&=cmd|'/c calc'!A1"


def moved(chain: Floats, first: int, last: int, north_deg: float) -> Floats:
    """The line with the vertices from one to another moved north."""
    copy = chain.copy()
    copy[first:last, 1] += north_deg
    return copy


def three_versions() -> tuple[Claim, ...]:
    """Alpha and Beta are one on the western half, Beta and Gamma on the eastern; where they part, by about 555 m."""
    chain = wandering(5, 200)
    return (
        claim(moved(chain, 100, 200, 5e-3), title="Alpha"),
        claim(chain, title="Beta"),
        claim(moved(chain, 0, 100, 5e-3), title="Gamma"),
    )


def four_versions() -> tuple[Claim, ...]:
    """The three, and Delta: Alpha's first quarter alone."""
    alpha, beta, gamma = three_versions()
    return alpha, beta, gamma, claim(alpha.strands[0].lonlat[:50], title="Delta")


def ordinary() -> Agreement:
    """The four versions compared."""
    return agreement(four_versions(), Settings())


def hostile() -> Agreement:
    """The three with names that mean harm."""
    made = []
    for number, one in enumerate(three_versions()):
        strands = tuple(replace(strand, name=HOSTILE, left=HOSTILE, right=HOSTILE + "r") for strand in one.strands)
        origin = Origin(HOSTILE, HOSTILE, note=HOSTILE)
        title = HOSTILE if number < 2 else "=1+1"
        made.append(
            replace(one, title=title, claimant=HOSTILE, standing=Standing.CLAIM, strands=strands, origin=origin)
        )
    return agreement(tuple(made), Settings())


def identical() -> Agreement:
    """One line three times."""
    return agreement(tuple(claim(wandering(1), title=name) for name in ("A", "B", "C")), Settings())


def strangers() -> Agreement:
    """Two versions of one line, and a third line a thousand kilometres away."""
    far = wandering(1) + np.array([12.0, 0.0])
    return agreement(
        (claim(wandering(1), title="A"), claim(wandering(1), title="B"), claim(far, title="C")), Settings()
    )
