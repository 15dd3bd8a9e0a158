"""The Fréchet distance: Merestone on the ellipsoid against GEOS in the plane, which has the discrete one.

Ours is told the Hausdorff distance's place in a comparison: a lower bound, here the answer of an earlier run less a
thousandth, so that one decision suffices, and told nothing, so that it is sought. Run: python -m benchmarks frechet
"""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.chains import versions
from benchmarks.clock import Row, timed
from merestone.geodesy.ellipsoid import WGS84
from merestone.geodesy.frechet import frechet_distance

SIZES = ((1_000, 5), (10_000, 3), (100_000, 3), (1_000_000, 1))
GEOS_UP_TO = 10_000
"""Beyond, GEOS needs the square of it in memory."""


def rows() -> Iterator[Row]:
    """Two rows for each size: told a bound, and told none."""
    frechet_distance(WGS84, *versions(100), with_path=True)
    for vertices, runs in SIZES:
        first, second = versions(vertices)
        sought = timed(lambda f=first, s=second: frechet_distance(WGS84, f, s), runs)
        bound_m = sought.result.at_most_m / 1.001
        told = timed(lambda f=first, s=second, b=bound_m: frechet_distance(WGS84, f, s, b), runs)
        peer, peer_s = _geos(first, second)
        size, note = f"2 x {vertices:,} vertices", f"{sought.result.at_most_m:.1f} m"
        yield Row("Fréchet, bound known", size, told.processor_s, told.wall_s, peer, peer_s, note)
        yield Row("Fréchet, sought", size, sought.processor_s, sought.wall_s, peer, peer_s, note)


def _geos(first: object, second: object) -> tuple[str, float | None]:
    import shapely

    if len(first) > GEOS_UP_TO:
        return "", None
    one, other = shapely.LineString(first), shapely.LineString(second)
    return "shapely.frechet_distance", timed(lambda: shapely.frechet_distance(one, other), 1).processor_s
