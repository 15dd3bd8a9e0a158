"""All boundaries of the world in two versions, against the plain way: shapely and PROJ, pair by pair.

Ours is the whole way from two files to a table, with one worker process and with two. The plain way is given the same
pairs as lines already read, in one process: both lines of a pair noded and polygonized in longitude and latitude
(`shapely.union_all`, `shapely.polygonize`), geodesic areas by `pyproj.Geod`, and `shapely.hausdorff_distance` in
degrees, which is neither a distance nor symmetric in east and north. It does not match what answers to what, so it has no
ends, no sides, no verdicts. Run: python -m benchmarks world; needs the shared data (`MERESTONE_SHARED`).
"""

from __future__ import annotations

import json
import os
import resource
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.clock import Row, in_fresh_process, peak_mib


def data() -> tuple[Path, Path] | None:
    """Natural Earth and OpenStreetMap, None where they are not there."""
    root = Path(os.environ.get("MERESTONE_SHARED", Path(__file__).resolve().parents[2] / "shared"))
    folder = root / "data" / "world-land-boundaries"
    files = folder / "countries-10m.topojson", folder / "osm_2017_world_land_boundaries.geojson.gz"
    return files if all(each.is_file() for each in files) else None


def versions(share: int) -> tuple[Any, Any]:
    """Both versions as read, every so many pairs of them."""
    from dataclasses import replace

    from merestone.casefile.private_folder import prepare_kernels
    from merestone.casefile.versions import Source, read_versions
    from merestone.casefile.workers import Alone

    prepare_kernels()
    files = data()
    assert files is not None
    one, other = read_versions((Source(files[0], "countries"), Source(files[1])), Alone(), lambda _: None)
    kept = sorted(set(one.claims) & set(other.claims))[::share]
    return tuple(replace(each, claims={pair: each.claims[pair] for pair in kept}) for each in (one, other))


def ours(workers: int) -> dict[str, float]:
    """Files to table, all pairs."""
    from merestone.casefile.progress import silent
    from merestone.casefile.world import WorldOptions, compare_world
    from merestone.publish.world.table_text import table_text

    files = data()
    assert files is not None
    clock = time.perf_counter()
    found = compare_world(files, WorldOptions(layers=("countries",), workers=workers), silent)
    table_text(found.export)
    wall_s = time.perf_counter() - clock
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return {
        "wall_s": wall_s, "processor_s": time.process_time() + children.ru_utime + children.ru_stime,
        "peak_mib": peak_mib(), "pairs": len(found.world.outcomes),
    }  # fmt: skip


def compared(share: int) -> dict[str, float]:
    """Our comparison alone, one process, of every so many pairs: the cost that is to be extrapolated."""
    from merestone.compare.comparison import Settings
    from merestone.compare.world.world import outcome

    one, other = versions(share)
    pairs = list(one.claims)
    outcome(pairs[0], one.claims[pairs[0]], other.claims[pairs[0]], Settings())
    began = time.process_time()
    found = [outcome(pair, one.claims[pair], other.claims[pair], Settings()) for pair in pairs]
    vertices = sum(sum(each.vertices) for each in found)
    return {
        "processor_s": time.process_time() - began, "vertices": vertices, "pairs": len(found), "peak_mib": peak_mib(),
    }  # fmt: skip


def plain(share: int) -> dict[str, float]:
    """The plain way on every so many pairs."""
    import shapely
    from pyproj import Geod

    geod = Geod(ellps="WGS84")
    one, other = versions(share)
    began, apart_s = time.process_time(), 0.0
    for pair in one.claims:
        lines = [
            shapely.MultiLineString([shapely.LineString(strand.lonlat) for strand in each.claims[pair].strands])
            for each in (one, other)
        ]
        faces = shapely.get_parts(shapely.polygonize(shapely.get_parts(shapely.union_all(lines))))
        sum(abs(geod.geometry_area_perimeter(face)[0]) for face in faces)
        start = time.process_time()
        shapely.hausdorff_distance(*lines)
        apart_s += time.process_time() - start
    whole_s = time.process_time() - began
    return {"processor_s": whole_s, "hausdorff_s": apart_s, "pairs": len(one.claims)}


def rows() -> Iterator[Row]:
    """Comparing beside the plain way, then the whole way with one worker and with two."""
    if data() is None:
        yield Row("world", "not measured", 0.0, 0.0, note="needs the shared data")
        return
    here = in_fresh_process("benchmarks.world", "compared", "1")
    peer = in_fresh_process("benchmarks.world", "plain", "1")
    note = f"plain: {peer['hausdorff_s']:.1f} s of it Hausdorff"
    size = f"{here['pairs']:.0f} pairs, {here['vertices']:.0f} vertices"
    yield Row(
        "compare every pair", size, here["processor_s"], here["processor_s"], "shapely", peer["processor_s"], note
    )
    for workers in (1, 2):
        whole = in_fresh_process("benchmarks.world", "ours", str(workers))
        note = f"files to table; {whole['peak_mib']:.0f} MiB in the process that gives the work"
        yield Row("world", f"workers: {workers}", whole["processor_s"], whole["wall_s"], note=note)


if __name__ == "__main__":
    work = {"ours": ours, "compared": compared, "plain": plain}[sys.argv[1]]
    print(json.dumps(work(int(sys.argv[2]))))
