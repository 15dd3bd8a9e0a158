"""All boundaries of the world compared: two files in, a ranked comparison out, and the files that were asked for.

What takes long to import is imported when the workers have been started, so that they start meanwhile.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from merestone.casefile.files import write_all
from merestone.casefile.progress import Progress
from merestone.casefile.workers import Crew, cores, crew
from merestone.compare.comparison import Settings
from merestone.errors import UnwritableFileError, WrongRequestError
from merestone.geodesy.uncertainty import Uncertainty

if TYPE_CHECKING:
    from merestone.casefile.outcome_store import OutcomeStore
    from merestone.casefile.versions import Source
    from merestone.compare.world.world import PairOutcome, Version, WorldComparison
    from merestone.publish.world.export import WorldExport


@dataclass(frozen=True, slots=True)
class WorldOptions:
    """What a user may ask: files to write, accuracies and layers in the order of the files, settings, how many workers
    (None: one for each core), or the address of a Dask scheduler; a table of names and their codes."""

    outputs: tuple[Path, ...] = ()
    accuracies: tuple[Uncertainty, ...] = ()
    layers: tuple[str, ...] = ()
    settings: Settings = field(default_factory=Settings)
    workers: int | None = None
    scheduler: str | None = None
    names: Path | None = None


@dataclass(frozen=True, slots=True)
class WorldCompared:
    """The comparison with what its outputs show beside it, and the files written."""

    export: WorldExport
    written: tuple[Path, ...] = ()

    @property
    def world(self) -> WorldComparison:
        """The comparison itself."""
        return self.export.world


def compare_world(paths: tuple[Path, ...], options: WorldOptions, progress: Progress) -> WorldCompared:
    """Every pair of States that two files have, compared; writes the files asked for, all or none."""
    _check_inputs(paths, options)
    _check_outputs(paths, options)
    progress("reading", 0, len(paths))
    with crew(options.workers or cores(), options.scheduler) as workers:
        from merestone.casefile.versions import read_versions

        versions = read_versions(_sources(paths, options), workers, lambda done: progress("reading", done, len(paths)))
        found, store = _outcomes(versions, options, workers, progress)
    export = _export(versions, found, options)
    written = _write(export, options, progress)
    store.forget()
    return WorldCompared(export, written)


def _export(versions: tuple[Version, Version], found: tuple[PairOutcome, ...], options: WorldOptions) -> WorldExport:
    from merestone.casefile.dated import date_of_outputs
    from merestone.compare.world.world import compared
    from merestone.publish.world.export import WorldExport

    return WorldExport(compared(versions, found, options.settings), date_of_outputs())


def _check_inputs(paths: tuple[Path, ...], options: WorldOptions) -> None:
    if len(paths) != 2:
        raise WrongRequestError("--every-pair compares two files; name two files")
    for what, given in (("--accuracy", options.accuracies), ("--layer", options.layers)):
        if len(given) > 2:
            raise WrongRequestError(
                f"{what} is given more often than there are files; give it once for each of the two files"
            )


def _sources(paths: tuple[Path, ...], options: WorldOptions) -> tuple[Source, Source]:
    from merestone.casefile.name_table import read_names
    from merestone.casefile.versions import Source

    names = {} if options.names is None else read_names(options.names)
    one, other = (
        Source(
            path,
            options.layers[number] or None if number < len(options.layers) else None,
            options.accuracies[number] if number < len(options.accuracies) else Uncertainty(),
            names,
        )
        for number, path in enumerate(paths)
    )
    return one, other


def _check_outputs(paths: tuple[Path, ...], options: WorldOptions) -> None:
    if not options.outputs:
        return
    from merestone.publish.world.formats import extensions, format_of

    for path in options.outputs:
        if format_of(path.name) is None:
            known = " ".join(extensions())
            raise WrongRequestError(
                f"{path}: a comparison of all pairs cannot be written in this format; write one of {known}"
            )
        if path.exists() and path.resolve() in {source.resolve() for source in paths}:
            raise UnwritableFileError(path, "it is one of the files that are compared; give another name")


def _outcomes(
    versions: tuple[Version, Version], options: WorldOptions, workers: Crew, progress: Progress
) -> tuple[tuple[PairOutcome, ...], OutcomeStore]:
    """The outcomes of all pairs (`work_of`): those kept from a run that was interrupted, and the others;
    and the store that keeps them until the run has ended."""
    from merestone.casefile.chunks import chunks_for, outcomes_of
    from merestone.casefile.outcome_store import store_for
    from merestone.casefile.world_work import work_of

    store = store_for(versions, options.settings)
    work = work_of(versions)
    found = [kept for each in work if (kept := store.get(each.pair)) is not None]
    done_already = {each.pair for each in found}
    missing = [each for each in work if each.pair not in done_already]
    chunks = chunks_for(options.workers or cores(), missing, options.settings)
    progress("comparing pairs", len(found), len(work))
    for done in workers.each(outcomes_of, chunks):
        for each in done:
            store.put(each)
        found += done
        progress("comparing pairs", len(found), len(work))
    return tuple(found), store


def _write(export: WorldExport, options: WorldOptions, progress: Progress) -> tuple[Path, ...]:
    from merestone.publish.world.formats import write

    contents: dict[Path, bytes] = {}
    for done, path in enumerate(options.outputs):
        progress(f"writing {path.name}", done, len(options.outputs))
        contents[path] = write(path.name, export)
    if contents:
        write_all(contents)
    return tuple(contents)
