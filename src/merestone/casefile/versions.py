"""Two files as versions of all boundaries of the world, read beside each other."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np

from merestone.casefile.claim_file import ENDING, Wanted, read_claim_file
from merestone.casefile.claims import carried
from merestone.casefile.layer_frame import WGS84, geographic
from merestone.casefile.workers import Crew
from merestone.compare.claim import Claim, Origin
from merestone.compare.states.shared_edges import Pairing
from merestone.compare.states.state_polygons import Shapes
from merestone.compare.world.every_pair import boundaries
from merestone.compare.world.unmatched_names import unmatched_names
from merestone.compare.world.world import Version, lands_of, version
from merestone.errors import MerestoneError
from merestone.geodesy.catalogue import find
from merestone.geodesy.frame import Frame
from merestone.geodesy.operation import bounds_of, choose
from merestone.geodesy.uncertainty import Uncertainty
from merestone.sources.file_names import as_text
from merestone.sources.layer import Layer
from merestone.sources.remark import Remark
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
    first, second = versions
    if first.like.frame == second.like.frame:
        return versions
    target = find(WGS84)
    both_hold_land = bool(first.states and second.states)
    lands = [
        _carried_lands(one, other, target) if both_hold_land else ({}, {})
        for one, other in ((first, second), (second, first))
    ]
    one, other = (
        replace(
            each,
            like=replace(each.like, frame=target),
            claims={pair: carried(claim, target) for pair, claim in each.claims.items()},
            of_pairs=of_pairs,
            without_land=without,
            remarks=(*each.remarks, *_on_unlined(each, of_pairs)),
        )
        for each, (of_pairs, without) in zip(versions, lands, strict=True)
    )
    return one, other


def _on_unlined(version: Version, of_pairs: Mapping[Pairing, object]) -> tuple[Remark, ...]:
    if not of_pairs:
        return ()
    sentence = "it is in another frame, so land that changes between States without a common line is not looked for"
    return (Remark("D316", sentence, of=version.like.origin.file),)


Lands = tuple[dict[Pairing, tuple[Shapes, Shapes]], dict[Pairing, str]]
"""The land of pairs, and why others have none."""


def _carried_lands(version: Version, other: Version, target: Frame) -> Lands:
    """The land of every pair that has a line, by the operation that brings the pair's line to the frame; where only the
    other version has its line, by that for the same place. Of pairs without a line nothing is carried."""
    if version.like.frame == target:
        return {}, {}
    like = replace(version.like, frame=target)
    moved: dict[tuple[str, str], Shapes] = {}
    found: dict[Pairing, tuple[Shapes, Shapes]] = {}
    without: dict[Pairing, str] = {}
    for pair in sorted({*version.claims, *other.claims}):
        if not set(pair) <= set(version.states):
            continue
        claim = version.claims[pair] if pair in version.claims else other.claims[pair]
        box = bounds_of(np.concatenate([strand.lonlat for strand in claim.strands]))
        try:
            operation = choose(version.like.frame, target, box)
        except MerestoneError as error:
            without[pair] = f"the polygons cannot be transformed into one frame ({error})"
            continue
        for name in pair:
            if (name, operation.code) not in moved:
                moved[name, operation.code] = lands_of({name: version.states[name]}, like, operation)[name]
        found[pair] = moved[pair[0], operation.code], moved[pair[1], operation.code]
    return found, without
