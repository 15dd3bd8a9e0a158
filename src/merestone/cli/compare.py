"""`merestone compare`."""

from __future__ import annotations

import math
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from merestone.cli.exit_codes import ExitCode
from merestone.cli.front import Front
from merestone.cli.options import AsJson, Quiet
from merestone.cli.use_cases import use_cases

if TYPE_CHECKING:
    from merestone.casefile.comparing import Compared, CompareOptions
    from merestone.casefile.comparing_many import ComparedMany
    from merestone.geodesy.uncertainty import Uncertainty

Files = Annotated[
    list[Path],
    typer.Argument(
        metavar="FILE",
        help="The files of the lines: the first line, then the second, and so on. The order decides the names first and "
        "second, not the distances and areas. A file is a description (.boundary), a map sheet (.sheet.toml), a claim (.claim.toml), or "
        "lines or polygons of States as GeoPackage, GeoJSON, TopoJSON, Shapefile, KML, FlatGeobuf or CSV. One file is enough "
        "if it holds two States whose outlines were drawn apart.",
    ),
]
Output = Annotated[
    list[Path] | None,
    typer.Option(
        "--output",
        "-o",
        metavar="FILE",
        help="Also write the comparison to FILE: .html .svg .json .csv .txt; for two lines also .profile.csv .xlsx .gpkg. May be given more than once. With -q, the comparison is then not printed.",
    ),
]
Between = Annotated[
    str | None,
    typer.Option(
        metavar="A,B",
        help="The two States whose common boundary is compared: names in the files, other names in use, or ISO codes.",
    ),
]
Tolerance = Annotated[
    float,
    typer.Option(
        "--tolerance",
        metavar="METRES",
        min=0.0,
        help="List stretches that are further apart than this. Three or more lines agree where they are closer than this.",
    ),
]
Accuracy = Annotated[
    list[str] | None,
    typer.Option(
        "--accuracy",
        metavar="SIGMA[:LENGTH]",
        help="The standard deviation of a line in metres, and the length over which its errors are alike (without a length: "
        "along the whole line). Give it once for each file, in the order of the files.",
    ),
]
Join = Annotated[
    float,
    typer.Option(
        "--join-within",
        metavar="METRES",
        min=0.1,
        help="The largest distance between the outlines of two States that face each other.",
    ),
]
Overlay = Annotated[
    list[Path] | None,
    typer.Option(
        "--overlay",
        metavar="FILE",
        help="A layer of settlements, roads, waters or other features. The report lists those that lie between the lines.",
    ),
]
Places = Annotated[
    list[str] | None,
    typer.Option(
        "--place",
        metavar="LON,LAT",
        help="A position. The report shows on which side of each line it lies, and how certain that is.",
    ),
]
Above = Annotated[
    float,
    typer.Option("--different-above", min=0.5, max=1.0, help="A difference with a higher probability counts as real."),
]
Below = Annotated[
    float,
    typer.Option(
        "--within-error-below",
        min=0.0,
        max=1.0,
        help="A difference with a lower probability counts as within the error.",
    ),
]
Earlier = Annotated[
    Path | None,
    typer.Option(
        "--since",
        metavar="FILE",
        help="The GeoPackage of an earlier comparison of these lines. Its zones keep their numbers, new zones get "
        "numbers that were not used before, and zones that are gone are listed.",
    ),
]
EveryPair = Annotated[
    bool,
    typer.Option(
        "--every-pair", help="Compare the boundary of every pair of States that both files hold, and rank the pairs."
    ),
]
Layers = Annotated[
    list[str] | None,
    typer.Option(
        "--layer", metavar="NAME", help="The layer to read. Give it once for each file, in the order of the files."
    ),
]
Take = Annotated[
    list[str] | None,
    typer.Option(
        "--take",
        metavar="KIND",
        help="What to read from a file that holds both: lines or polygons. Give it once for each file, in the order of the "
        "files. Without it, polygons are read.",
    ),
]
Names = Annotated[
    Path | None,
    typer.Option(
        "--names",
        metavar="TABLE",
        help="A CSV table of the names in the files and the States they mean. Each row has a name and a code, such as Persia,IRN.",
    ),
]
Workers = Annotated[
    int | None,
    typer.Option(metavar="N", min=1, help="With --every-pair: the number of processes. Without it, one for each core."),
]
Scheduler = Annotated[
    str | None,
    typer.Option(
        metavar="ADDRESS",
        help="With --every-pair: the address of a Dask cluster that compares, such as tcp://host:8786.",
    ),
]


def compare(
    files: Files,
    output: Output = None,
    between: Between = None,
    tolerance: Tolerance = 10.0,
    accuracy: Accuracy = None,
    join_within: Join = 2_500.0,
    overlay: Overlay = None,
    place: Places = None,
    different_above: Above = 0.95,
    within_error_below: Below = 0.68,
    every_pair: EveryPair = False,
    layer: Layers = None,
    take: Take = None,
    since: Earlier = None,
    names: Names = None,
    workers: Workers = None,
    scheduler: Scheduler = None,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> int:
    """Compare two or more boundary lines.

    For two lines, the report shows where they differ, by how much, which land lies between them, and how certain each
    difference is. For three or more lines, it shows which agree and where.

    Exit code 0: the lines do not differ; three or more lines agree within the tolerance. 4: they differ.
    """
    from merestone.compare.comparison import Settings

    accuracies = _accuracies(files, accuracy or [])
    _check_figures(tolerance, join_within, different_above, within_error_below)
    settings = Settings(tolerance_m=tolerance, different_above=different_above, within_error_below=within_error_below)
    outputs = tuple(output or ())
    if every_pair:
        from merestone.casefile.world import WorldOptions
        from merestone.cli.world import compare_every_pair

        _refuse(between=between, overlay=overlay, place=place, since=since, take=take)
        asked = WorldOptions(outputs, accuracies, tuple(layer or ()), settings, workers, scheduler, names)
        return compare_every_pair(tuple(files), asked, as_json=as_json, quiet=quiet)
    from merestone.casefile.comparing import CompareOptions

    _refuse(workers=workers, scheduler=scheduler)
    options = CompareOptions(
        outputs,
        _pair(between),
        join_within,
        accuracies,
        tuple(overlay or ()),
        settings,
        tuple(layer or ()),
        tuple(map(_place, place or ())),
        since,
        tuple(map(_kind, take or ())),
        names,
    )
    from merestone.casefile.comparing_many import FEWEST

    run = compare_two if len(files) < FEWEST else _run_many
    return run(tuple(files), options, as_json=as_json, quiet=quiet)


def _check_figures(tolerance: float, join_within: float, above: float, below: float) -> None:
    """Refuse distances without end, and thresholds between which nothing can lie."""
    for name, value in (("--tolerance", tolerance), ("--join-within", join_within)):
        if math.isinf(value):
            raise typer.BadParameter("give a number of metres", param_hint=name)
    if below > above:
        raise typer.BadParameter(
            f"{below:g} is larger than {above:g}, the value of --different-above", param_hint="--within-error-below"
        )


def _refuse(**given: object) -> None:
    """Refuse options that mean nothing together with what else was asked for."""
    for name, value in given.items():
        if value:
            why = "needs" if name in {"workers", "scheduler"} else "cannot be used with"
            raise typer.BadParameter(f"this option {why} --every-pair", param_hint=f"--{name}")


def compare_two(files: tuple[Path, ...], options: CompareOptions, *, as_json: bool, quiet: bool) -> ExitCode:
    """Compares two lines and shows what was found; the exit code that it calls for."""
    from merestone.publish.comparison.facts import facts
    from merestone.publish.comparison.table_text import table_text

    with Front("compare", as_json=as_json, quiet=quiet) as front:
        front.say_if_it_compiles()
        found = use_cases().compare(files, options, front.progress)
        front.progress.close()
        if as_json:
            front.answer({**facts(found.export), "written": [str(path) for path in found.written]}, "")
        else:
            front.show_beside(found.written, lambda: sys.stdout.write(table_text(found.export)))
        return _exit_code(found)


def _run_many(files: tuple[Path, ...], options: CompareOptions, *, as_json: bool, quiet: bool) -> ExitCode:
    from merestone.publish.agreement.facts import facts
    from merestone.publish.agreement.table_text import table_text

    with Front("compare", as_json=as_json, quiet=quiet) as front:
        front.say_if_it_compiles()
        found: ComparedMany = use_cases().compare_many(files, options, front.progress)
        front.progress.close()
        if as_json:
            front.answer({**facts(found.export), "written": [str(path) for path in found.written]}, "")
        else:
            front.show_beside(found.written, lambda: sys.stdout.write(table_text(found.export)))
        return ExitCode.GOOD if found.agreement.as_one else ExitCode.FINDINGS


def _exit_code(found: Compared) -> ExitCode:
    made = found.comparison
    # Lines that lie on one another can still be run along differently: back and forth.
    order = made.frechet_m[0] > made.settings.tolerance_m
    apart = bool(made.zones or made.partings or made.unmatched or order or not made.stretches)
    return ExitCode.FINDINGS if apart else ExitCode.GOOD


def _pair(text: str | None) -> tuple[str, str] | None:
    if text is None:
        return None
    names = [name.strip() for name in text.split(",")]
    if len(names) != 2 or not all(names) or names[0] == names[1]:
        raise typer.BadParameter(
            f"{text!r} does not name two States; write two names or codes, such as ARM,AZE", param_hint="--between"
        )
    return names[0], names[1]


def _kind(text: str) -> str:
    if text not in {"lines", "polygons"}:
        raise typer.BadParameter(f"{text!r} is not known; write lines or polygons", param_hint="--take")
    return text


def _place(text: str) -> tuple[float, float]:
    lon, _, lat = text.partition(",")
    try:
        place = float(lon), float(lat)
    except ValueError:
        place = float("nan"), float("nan")
    if not (abs(place[0]) <= 360.0 and abs(place[1]) <= 90.0):
        raise typer.BadParameter(
            f"{text!r} is not a longitude and a latitude in degrees, such as 45.51,40.63", param_hint="--place"
        )
    return place


def _accuracies(files: list[Path], texts: list[str]) -> tuple[Uncertainty, ...]:
    """The accuracies stated of the files. Each is an error of its own: files of one name are told apart by their
    folder, or two errors would pass for one and cancel in a difference; one file given twice has one error."""
    if len(texts) > len(files):
        raise typer.BadParameter(
            "it is given more often than there are files; give it once for each file", param_hint="--accuracy"
        )
    from merestone.sources.file_names import as_text

    found = []
    for file, text in zip(files, texts, strict=False):
        alike = any(other.name == file.name and other != file for other in files)
        found.append(_accuracy(as_text(str(file) if alike else file.name), text))
    return tuple(found)


def _accuracy(file: str, text: str) -> Uncertainty:
    from merestone.compare.lines.significance import stated_component
    from merestone.geodesy.uncertainty import Uncertainty

    sigma, colon, length = text.partition(":")
    try:
        sigma_m, length_m = float(sigma), float(length) if colon else None
        component = stated_component(f"accuracy given for {file}", sigma_m, length_m)
    except ValueError:
        component = None
    if component is None or (length_m is not None and math.isinf(length_m)):
        raise typer.BadParameter(
            f"{text!r} is not an accuracy; write metres, such as 20, or 20:500 if errors are alike over 500 m",
            param_hint="--accuracy",
        )
    return Uncertainty((component,))
