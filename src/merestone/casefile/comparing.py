"""Lines compared: files in, a comparison with its remarks out, and the files that were asked for."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from merestone.casefile.claims import Asked, Draft, behind, drafts, facing, in_one_frame
from merestone.casefile.dated import date_of_outputs
from merestone.casefile.earlier_zones import check_ending, earlier_zones
from merestone.casefile.files import write_all
from merestone.casefile.land_of_claims import land_of_both
from merestone.casefile.name_table import read_names
from merestone.casefile.private_folder import prepare_kernels
from merestone.casefile.progress import Progress
from merestone.compare.claim import Claim
from merestone.compare.comparison import Comparison, Settings
from merestone.compare.lines.places import PlaceBeside
from merestone.errors import UnwritableFileError, WrongRequestError
from merestone.geodesy.line import Place
from merestone.geodesy.uncertainty import Uncertainty
from merestone.publish.comparison.export import ComparisonExport
from merestone.sources.remark import Remark

if TYPE_CHECKING:
    from merestone.compare.states.territories import Territories

MIDWAY = 2
"""Where, of the drafts of outlines that were drawn apart, the line midway stands."""


@dataclass(frozen=True, slots=True)
class CompareOptions:
    """What a user may ask of a comparison.

    `outputs` the files to write, their format by extension; `between` the two States meant; `accuracies` one for each
    file, in their order; `overlays` files of what may lie between the lines; `settings` of the
    comparison; `layers` the layer of each file, in their order, where a file holds
    several; `take` which kind of each file, `lines` or `polygons`, in their order; `places` (longitude, latitude) of which to say on whose side they lie; `since` the GeoPackage of an earlier
    comparison, whose zones keep their numbers; `names` a table of the names of States and their codes.
    """

    outputs: tuple[Path, ...] = ()
    between: tuple[str, str] | None = None
    join_within_m: float = 2_500.0
    accuracies: tuple[Uncertainty, ...] = ()
    overlays: tuple[Path, ...] = ()
    settings: Settings = field(default_factory=Settings)
    layers: tuple[str, ...] = ()
    places: tuple[Place, ...] = ()
    since: Path | None = None
    take: tuple[str, ...] = ()
    names: Path | None = None


@dataclass(frozen=True, slots=True)
class Compared:
    """A comparison with what its outputs show beside it, and the files written."""

    export: ComparisonExport
    written: tuple[Path, ...] = ()

    @property
    def comparison(self) -> Comparison:
        """The comparison itself."""
        return self.export.comparison


def compare_files(paths: tuple[Path, ...], options: CompareOptions, progress: Progress) -> Compared:
    """Two lines compared, from two files or from one that holds two; writes the files asked for, all or none."""
    from merestone.publish.comparison.formats import format_of

    for path in options.outputs:
        if format_of(path.name) is None:
            _refuse(path)
    since = () if options.since is None else (options.since,)
    for path in since:
        check_ending(path)
    refuse_overwriting(options.outputs, (*paths, *options.overlays, *since))
    prepare_kernels()
    chosen, remarks = _two_drafts(paths, options, progress)
    export = _compared(chosen, remarks, options, progress)
    written = _write(export, options, progress)
    return Compared(export, written)


def refuse_overwriting(outputs: tuple[Path, ...], sources: tuple[Path, ...]) -> None:
    """Raises `UnwritableFileError` where an output is one of the files that are read."""
    read = {file.resolve() for source in sources for file in (source, *behind(source))}
    for path in outputs:
        if path.exists() and path.resolve() in read:
            raise UnwritableFileError(path, "it is one of the files that are compared; give another name")


def _refuse(path: Path) -> None:
    from merestone.publish.comparison.formats import extensions

    raise WrongRequestError(
        f"{path}: a comparison cannot be written in this format; write one of {' '.join(extensions())}"
    )


def read_drafts(paths: tuple[Path, ...], options: CompareOptions, progress: Progress) -> list[tuple[Draft, ...]]:
    """The drafts of every file."""
    if len(options.layers) > len(paths):
        raise WrongRequestError("--layer is given more often than there are files; give it once for each file")
    if len(options.take) > len(paths):
        raise WrongRequestError("--take is given more often than there are files; give it once for each file")
    names = {} if options.names is None else read_names(options.names)
    found = []
    for number, path in enumerate(paths):
        progress("reading", number, len(paths))
        accuracy = options.accuracies[number] if number < len(options.accuracies) else Uncertainty()
        layer = options.layers[number] if number < len(options.layers) else None
        take = options.take[number] if number < len(options.take) else None
        asked = Asked(
            options.between, options.join_within_m, options.settings.tolerance_m, accuracy, layer, take, names
        )
        found.append(drafts(path, asked, progress))
    return found


def _two_drafts(
    paths: tuple[Path, ...], options: CompareOptions, progress: Progress
) -> tuple[tuple[Draft, ...], tuple[Remark, ...]]:
    """The two lines that are meant, and the remarks on their files."""
    if len(paths) > 2:
        raise WrongRequestError("two lines are compared here; three and more go to compare_many_files")
    found = read_drafts(paths, options, progress)
    remarks = tuple(remark for each in found for draft in each for remark in draft.remarks)
    if len(found) == 1:
        if len(found[0]) < 2:
            raise WrongRequestError(f"{paths[0]} holds one line; name a second file with the line to compare it with")
        return found[0][:2], remarks
    chosen = tuple(one_line(each) for each in found)
    names = [draft.alone.identity for draft in chosen if draft.alone is not None]
    if len(set(names)) == len(chosen):
        chosen = facing(chosen[0], chosen[1], options.join_within_m)
        remarks = tuple(remark for draft in chosen for remark in draft.remarks)
    return chosen, remarks


def one_line(found: tuple[Draft, ...]) -> Draft:
    """The one line of a file: where outlines were drawn apart, that midway between them."""
    if len(found) == MIDWAY:
        raise WrongRequestError(
            "the GeoPackage of a comparison holds both of its lines; choose one with --layer first_line or --layer second_line"
        )
    return found[MIDWAY] if len(found) > MIDWAY else found[0]


def _compared(
    chosen: tuple[Draft, ...], remarks: tuple[Remark, ...], options: CompareOptions, progress: Progress
) -> ComparisonExport:
    from merestone.compare.lines.compare import compare
    from merestone.compare.states.territories import territory_balance

    first, second = told_apart(in_one_frame(chosen))
    earlier = None if options.since is None else earlier_zones(options.since, first.frame)
    land, unknown = land_of_both(chosen, (first, second))
    balance = None if land is None else territory_balance(land)
    made = compare(first, second, options.settings, progress, balance)
    if earlier is not None:
        from merestone.compare.lines.zone_identity import with_identity

        made = with_identity(made, earlier)
    made = replace(made, remarks=(*remarks, *unknown, *made.remarks))
    export = ComparisonExport(made, dated=date_of_outputs(), places=_places(made, land, options.places))
    if not options.overlays:
        return export
    from merestone.casefile.overlays import with_what_lies_between

    return with_what_lies_between(export, options.overlays, progress)


def _places(
    made: Comparison, land: Territories | None, places: tuple[Place, ...]
) -> tuple[tuple[PlaceBeside, PlaceBeside], ...]:
    from merestone.compare.lines.places import beside, held_by

    if not places:
        return ()
    one, other = (beside(claim, np.array(places)) for claim in (made.first, made.second))
    if land is not None:
        one = tuple(held_by(each, land.holders(each.place, of_second=False)) for each in one)
        other = tuple(held_by(each, land.holders(each.place, of_second=True)) for each in other)
    return tuple(zip(one, other, strict=True))


def told_apart(claims: tuple[Claim, ...]) -> tuple[Claim, ...]:
    """The claims, those of one title with the name of their file behind it."""
    titles = [claim.title for claim in claims]
    return tuple(
        replace(claim, title=f"{claim.title} ({claim.origin.file})") if titles.count(claim.title) > 1 else claim
        for claim in claims
    )


def _write(export: ComparisonExport, options: CompareOptions, progress: Progress) -> tuple[Path, ...]:
    from merestone.publish.comparison.formats import write

    contents: dict[Path, bytes] = {}
    for done, path in enumerate(options.outputs):
        progress(f"writing {path.name}", done, len(options.outputs))
        contents[path] = write(path.name, export)
    if contents:
        write_all(contents)
    return tuple(contents)
