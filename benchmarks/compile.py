"""Compile prose: from text to integers with provenance, beside the least that one could do with the same text.

The floor is a regular expression over the text and a loop over `pyproj.Geod.inv`: no names checked, no findings, no
exact decimals, no canonical form.
"""

from __future__ import annotations

import itertools
import json
import re
import sys
from collections.abc import Iterator

from benchmarks.clock import Row, in_fresh_process, peak_mib, timed
from benchmarks.descriptions import by_distance, many_sections, prose, unknown_names

SIZES = (1_000, 10_000, 100_000)
SHAPES = (many_sections, by_distance, unknown_names)
_PLACE = re.compile(r"""^point (\S+) at (\d+)°(\d+)'([\d.]+)" N (\d+)°(\d+)'([\d.]+)" E$""", re.MULTILINE)
_LEG = re.compile(r"^  leg geodesic to (\S+)$", re.MULTILINE)


def compiled(text: str, *, checked: bool = False) -> object:
    """The text taken the whole way by a new pipeline."""
    from merestone.casefile.pipeline import Pipeline

    return Pipeline(no_table).run(text, checked=checked)


def no_table(path: str, digest: str | None) -> str:
    """The descriptions here name no files."""
    raise FileNotFoundError(path, digest)


def floor(text: str) -> list[tuple[float, float, float]]:
    """The bare floor: azimuths and length of every leg as floats."""
    from pyproj import Geod

    geod = Geod(ellps="WGS84")
    places = {
        name: (int(e) + int(f) / 60 + float(g) / 3600, int(a) + int(b) / 60 + float(c) / 3600)
        for name, a, b, c, e, f, g in _PLACE.findall(text)
    }
    names = ["P0", *_LEG.findall(text)]
    return [geod.inv(*places[one], *places[other]) for one, other in itertools.pairwise(names)]


def rows() -> Iterator[Row]:
    """One row for each size of prose, with and without the checker, and for other shapes of description."""
    compiled(prose(20), checked=True)
    for legs in SIZES:
        text, runs = prose(legs), 5 if legs <= 10_000 else 1
        ours, peer = timed(lambda t=text: compiled(t), runs), timed(lambda t=text: floor(t), runs)
        memory = in_fresh_process("benchmarks.compile", str(legs))["peak_mib"]
        note = f"{ours.processor_s / legs * 1e6:.0f} us a leg; {memory:.0f} MiB"
        yield Row("compile", f"{legs} legs", ours.processor_s, ours.wall_s, "regex + Geod.inv", peer.processor_s, note)
        ours = timed(lambda t=text: compiled(t, checked=True), runs)
        note = f"{ours.processor_s / legs * 1e6:.0f} us a leg"
        yield Row("compile, check", f"{legs} legs", ours.processor_s, ours.wall_s, note=note)
    for shape in SHAPES:
        for legs in (1_000, 10_000):
            text = shape(legs)
            ours = timed(lambda t=text: compiled(t, checked=True), 1)
            what = f"compile, check: {shape.__name__.replace('_', ' ')}"
            note = f"{ours.processor_s / legs * 1e6:.0f} us a leg"
            yield Row(what, f"{legs} legs", ours.processor_s, ours.wall_s, note=note)


if __name__ == "__main__":
    compiled(prose(int(sys.argv[1])))
    print(json.dumps({"peak_mib": peak_mib()}))
