"""Two files as versions of all boundaries of the world, read beside each other."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import Path

from merestone.casefile.claim_file import ENDING, Wanted, read_claim_file
from merestone.casefile.claims import carried
from merestone.casefile.layer_frame import WGS84, geographic
from merestone.casefile.workers import Crew
from merestone.compare.claim import Claim, Origin
from merestone.compare.world.every_pair import boundaries
from merestone.compare.world.unmatched_names import unmatched_names
from merestone.compare.world.world import Version, version
from merestone.geodesy.catalogue import find
from merestone.geodesy.uncertainty import Uncertainty
from merestone.sources.file_names import as_text
from merestone.sources.layer import Layer
from merestone.sources.vectors import read_vectors


@dataclass(frozen=True, slots=True)
class Source:
    """A file of all boundaries: its layer where it has several, how sure it is, and a table of names to codes."""

    path: Path
    layer: str | None = None
    uncertainty: Uncertainty = field(default_factory=Uncertainty)
    names: Mapping[str, str] = field(default_factory=dict)


def read_versions(
    sources: tuple[Source, Source], workers: Crew, read: Callable[[int], None]
) -> tuple[Version, Version]:
    """Both versions in one frame, side by side: each is read by a child process, its boundaries are found by a worker,
    and `read` is told how many are done."""
    with ThreadPoolExecutor(len(sources)) as threads:
        found = []
        for done, task in enumerate([threads.submit(_version, source, workers) for source in sources]):
            found.append(task.result())
            read(done + 1)
    return _in_one_frame(_with_unmatched_names((found[0], found[1])))


def _with_unmatched_names(versions: tuple[Version, Version]) -> tuple[Version, Version]:
    """The versions with the names that only one of them has and that are not known among the remarks of its file."""
    unmatched = unmatched_names(versions)
    one, other = (
        replace(each, remarks=(*each.remarks, *(remark for remark in unmatched if remark.of == each.like.origin.file)))
        for each in versions
    )
    return one, other


@dataclass(frozen=True, slots=True, eq=False)
class Made:
    """A layer that was read, with what its boundaries are: a claim without strands, and the attribute that names States, and
    a table of names to codes."""

    layer: Layer
    like: Claim
    attribute: str | None
    names: Mapping[str, str]


def version_of(made: Made) -> Version:
    """The version of the boundaries of a layer."""
    return version(made.like, boundaries(made.layer, made.like.frame.ellipsoid, made.attribute, made.names))


def _version(source: Source, workers: Crew) -> Version:
    wanted = Wanted(source.path, layer=source.layer, uncertainty=source.uncertainty)
    if source.path.name.lower().endswith(ENDING):
        wanted = read_claim_file(source.path)
    frame, layer = geographic(wanted, read_vectors(wanted.file, wanted.layer))
    origin = Origin(layer.file, layer.name, layer.sha256, layer.format, wanted.note)
    title = wanted.title or as_text(wanted.file.name).split(".")[0]
    like = Claim(title, (), frame, wanted.edges, wanted.standing, wanted.claimant, wanted.uncertainty, origin)
    made = workers.one(version_of, Made(layer, like, wanted.state_attribute, source.names))
    remarks = tuple(replace(each, of=each.of or layer.file) for each in (*layer.remarks, *made.remarks))
    return replace(made, remarks=remarks)


def _in_one_frame(versions: tuple[Version, Version]) -> tuple[Version, Version]:
    """The versions as they are where both have one frame, in WGS 84 otherwise."""
    if versions[0].like.frame == versions[1].like.frame:
        return versions
    target = find(WGS84)
    one, other = (
        replace(
            each,
            like=replace(each.like, frame=target),
            claims={pair: carried(claim, target) for pair, claim in each.claims.items()},
        )
        for each in versions
    )
    return one, other
