"""The demonstration: the gallery of examples, one line beside an independent computation, one misprint found."""

from __future__ import annotations

import importlib
from pathlib import Path

from merestone.casefile.compiling import compile_file, table_reader
from merestone.casefile.demo_comparison import demo_comparison
from merestone.casefile.exporting import content, wanted_format
from merestone.casefile.files import read_description, write_whole
from merestone.casefile.outcome import Beside, DelimitOptions, Demonstration, GalleryRow, Misprint
from merestone.casefile.pipeline import Pipeline, Result
from merestone.casefile.private_folder import are_kernels_compiled
from merestone.casefile.progress import Progress
from merestone.delimit.boundary_line import CompiledLeg
from merestone.delimit.canonical import degrees
from merestone.delimit.readings import readings
from merestone.diagnostics import Severity
from merestone.errors import UnreadableFileError

SHOWN = "libya-chad.boundary"
"""The example whose page is opened."""
MISPRINTED = "beagle.boundary"
RIGHT, WRONG = "55°22',9", "55°29',9"
"""One digit of point C of the Beagle description, as printed and changed."""


def demo(examples: Path, out: Path, progress: Progress) -> Demonstration:
    """The demonstration on the descriptions of a folder; writes its page and the misprinted copy under `out`."""
    files = sorted(examples.glob("*.boundary"))
    shown = examples / SHOWN
    if shown not in files:
        raise UnreadableFileError(shown, "the demonstration needs this example; name the folder with --examples")
    rows: list[GalleryRow] = []
    results: dict[Path, Result] = {}
    for done, path in enumerate(files):
        progress("compiling the examples", done, len(files))
        results[path] = compile_file(path, lambda *_: None)
        rows.append(gallery_row(path, results[path]))
    progress("writing the page", 0, 1)
    page = out / "libya-chad.html"
    out.mkdir(parents=True, exist_ok=True)
    write_whole(page, content(results[shown], shown, wanted_format(page), DelimitOptions((page,)), page))
    beside = beside_geographiclib(results[shown].line.legs[0])
    versions = demo_comparison(out, progress)
    if not are_kernels_compiled():
        progress("compiling for this machine, once", 0, 1)
        importlib.import_module("merestone.casefile.warm")
    return Demonstration(tuple(rows), page, beside, misprint(examples / MISPRINTED, out), shown, versions)


def gallery_row(path: Path, result: Result) -> GalleryRow:
    """The row of one example."""
    line = result.line
    table = readings(result.compiled)
    return GalleryRow(
        path.name,
        line.title,
        tuple(result.compiled.resolved.parties),
        line.length_m,
        sum(len(leg.lengths_m) for leg in line.legs),
        len(line.gaps),
        sum(each.severity is Severity.OPEN for each in result.findings),
        sum(each.severity is Severity.ERROR for each in result.findings),
        table.greatest,
    )


def beside_geographiclib(leg: CompiledLeg) -> Beside:
    """A geodesic leg beside GeographicLib (Karney's own code in Python, independent of PROJ's copy)."""
    from geographiclib.geodesic import Geodesic

    (lon1, lat1), (lon2, lat2) = degrees(leg.vertices[[0, -1]])
    other = Geodesic(leg.frame.ellipsoid.a_m, leg.frame.ellipsoid.f).Inverse(lat1, lon1, lat2, lon2)
    return Beside(
        leg.name,
        leg.length_m,
        float(leg.azimuths_start_deg[0]),
        float(leg.azimuths_end_deg[-1]),
        other["s12"],
        other["azi1"] % 360.0,
        other["azi2"] % 360.0,
    )


def misprint(original: Path, out: Path) -> Misprint:
    """A copy of an example with one digit changed, checked."""
    text = read_description(original).decode()
    if RIGHT not in text:
        raise UnreadableFileError(original, f"it does not contain {RIGHT}, which the demonstration changes")
    changed = text.replace(RIGHT, WRONG, 1)
    copy = out / "beagle-misprinted.boundary"
    write_whole(copy, changed.encode())
    found = Pipeline(table_reader(out)).run(changed).findings
    known = {(each.code, each.subject) for each in Pipeline(table_reader(out)).run(text).findings}
    new = tuple(each for each in found if (each.code, each.subject) not in known)
    return Misprint(copy, changed, RIGHT, WRONG, new)
