"""Files as claims that can be compared: descriptions, map sheets, lines and polygons of States, in one frame."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from merestone.casefile.claim_file import ENDING, Wanted, read_claim_file
from merestone.casefile.layer_frame import WGS84, geographic
from merestone.casefile.progress import Progress
from merestone.compare.claim import Claim, Origin, Strand
from merestone.compare.lines.doubled import once_each
from merestone.compare.lines.edge_matching import edge_matched, gaps_left_open
from merestone.compare.lines.joined import joined_strands
from merestone.errors import UnreadableFileError, WrongRequestError
from merestone.geodesy.catalogue import find
from merestone.geodesy.frame import Frame
from merestone.geodesy.operation import choose
from merestone.geodesy.turning import Chord
from merestone.geodesy.uncertainty import Uncertainty
from merestone.publish.text import counted
from merestone.sources.file_names import as_text
from merestone.sources.layer import Layer
from merestone.sources.remark import Remark
from merestone.sources.taken import LINES, taken

if TYPE_CHECKING:
    from merestone.compare.states.state import State

SHEET_ENDING = ".sheet.toml"
DESCRIPTION_ENDING = ".boundary"

Build = Callable[[Frame], Claim]
"""Makes the claim in a frame."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A line that was read: its frame, the claim it makes in whatever frame is asked for, what to know of it, and, where
    the file holds one State and so the line is its whole outline, that State. `states`: the one or two States whose
    polygons the line was taken from, in alphabetical order, none where it was not."""

    frame: Frame
    build: Build
    remarks: tuple[Remark, ...] = ()
    alone: State | None = None
    states: tuple[State, ...] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """What the command line says of a file: the States meant, how outlines drawn apart are joined, a stated
    accuracy, the layer, whether its `lines` or `polygons` are taken (polygons where it has any, if unsaid), and a table of
    names to codes."""

    between: tuple[str, str] | None = None
    join_within_m: float = 2_500.0
    tolerance_m: float = 10.0
    uncertainty: Uncertainty = field(default_factory=Uncertainty)
    layer: str | None = None
    take: str | None = None
    names: Mapping[str, str] = field(default_factory=dict)


def drafts(path: Path, asked: Asked, progress: Progress) -> tuple[Draft, ...]:
    """The lines of a file: one, or two where it holds the outlines of two States that were drawn apart.

    Raise `WrongRequestError` where what is asked is said by the file itself: its layer, or how sure it is.
    """
    name = path.name.lower()
    if asked.layer and name.endswith((DESCRIPTION_ENDING, SHEET_ENDING, ENDING)):
        raise WrongRequestError(
            f"{path}: --layer can only be used with files of vectors; a claim names its layer itself"
        )
    if name.endswith(DESCRIPTION_ENDING):
        from merestone.casefile.described_claims import description_draft

        return (_as_sure_as(description_draft(path, progress), path, asked.uncertainty),)
    if name.endswith(SHEET_ENDING):
        return (_as_sure_as(_sheet_draft(path, asked), path, asked.uncertainty),)
    if asked.take and name.endswith((DESCRIPTION_ENDING, SHEET_ENDING)):
        raise WrongRequestError(f"{path}: --take can only be used with files of vectors; this file holds one line")
    from merestone.casefile.written_lines import written_draft

    own = written_draft(path)
    if own is not None:
        if asked.layer or asked.take:
            raise WrongRequestError(
                f"{path}: --layer and --take can only be used with files of vectors; this file holds one line"
            )
        return (_as_sure_as(own, path, asked.uncertainty),)
    wanted = read_claim_file(path) if name.endswith(ENDING) else Wanted(path, layer=asked.layer)
    found = _vector_drafts(replace(wanted, between=wanted.between or asked.between), asked)
    return tuple(_as_sure_as(draft, path, asked.uncertainty) for draft in found)


def behind(path: Path) -> tuple[Path, ...]:
    """The files that are read because a claim names them; none where the claim cannot be read, which is said later."""
    if not path.name.lower().endswith(ENDING):
        return ()
    try:
        return (read_claim_file(path).file,)
    except UnreadableFileError:
        return ()


def _as_sure_as(draft: Draft, path: Path, uncertainty: Uncertainty) -> Draft:
    """The draft with the accuracy that the command line states of its file."""
    if not any(component.sigma_m for component in uncertainty.components):
        return draft
    return replace(draft, build=partial(_stated_as_sure, draft, path, uncertainty))


def _stated_as_sure(draft: Draft, path: Path, uncertainty: Uncertainty, target: Frame) -> Claim:
    if draft.build(draft.frame).uncertainty.components:
        raise WrongRequestError(
            f"{path}: the file states its own accuracy; leave out --accuracy, or give 0 for this file"
        )
    claim = draft.build(target)
    return replace(claim, uncertainty=uncertainty.plus(claim.uncertainty))


def in_one_frame(found: tuple[Draft, ...]) -> tuple[Claim, ...]:
    """The claims of drafts in one frame: their own where all have the same, WGS 84 otherwise."""
    frames = {draft.frame for draft in found}
    target = frames.pop() if len(frames) == 1 else find(WGS84)
    return tuple(draft.build(target) for draft in found)


def carried(claim: Claim, target: Frame) -> Claim:
    """A claim in another frame, by a named operation whose error it then shares; raises
    `TransformationRefusedError` where none may be used."""
    if claim.frame == target:
        return claim
    box = np.concatenate([strand.lonlat for strand in claim.strands])
    low, high = box.min(axis=0), box.max(axis=0)
    operation = choose(claim.frame, target, (float(low[0]), float(low[1]), float(high[0]), float(high[1])))
    strands = tuple(replace(strand, lonlat=operation.apply(strand.lonlat)) for strand in claim.strands)
    note = "; ".join(
        filter(None, (claim.origin.note, f"transformed from {claim.frame} by {operation.code} ({operation.name})"))
    )
    return replace(
        claim,
        frame=target,
        strands=strands,
        uncertainty=claim.uncertainty.plus(operation.uncertainty),
        origin=replace(claim.origin, note=note),
    )


def _sheet_draft(path: Path, asked: Asked) -> Draft:
    from merestone.compare.sheets.map_line import map_line
    from merestone.sources.sheet_files import read_sheet

    made = map_line(read_sheet(path), tolerance_m=asked.tolerance_m)
    return Draft(made.claim.frame, partial(carried, made.claim), made.remarks)


def _vector_drafts(wanted: Wanted, asked: Asked) -> tuple[Draft, ...]:
    from merestone.sources.vectors import read_vectors

    layer = read_vectors(wanted.file, wanted.layer)
    if wanted.layer is None and _is_of_comparison(layer):
        both = (replace(wanted, layer=name) for name in COMPARED)
        return tuple(draft for each in both for draft in _vector_drafts(each, asked))
    wanted = _as_compared(wanted, layer)
    layer, left = taken(layer, asked.take or (LINES if _is_written_line(layer) else None))
    frame, layer = geographic(wanted, layer)
    remarks = tuple(replace(each, of=each.of or layer.file) for each in (*layer.remarks, *left))
    states: tuple[State, ...] = ()
    if any(part.role.value in {"shell", "hole"} for part in layer.parts):
        try:
            lines, more, states = _between_states(wanted, layer, asked)
        except WrongRequestError as error:
            raise WrongRequestError(
                f"{error}; or compare its lines with --take lines" if left else str(error)
            ) from error
        remarks += tuple(replace(each, of=each.of or layer.file) for each in more)
    else:
        layer, doubled = once_each(layer)
        layer, closed = edge_matched(layer, frame.ellipsoid)
        strands = joined_strands(layer, wanted.left, wanted.right)
        left_open = gaps_left_open(strands, frame.ellipsoid, layer.file)
        remarks += tuple(replace(each, of=layer.file) for each in (*doubled, *closed, *left_open))
        lines = [(wanted.title or as_text(wanted.file.stem), strands)]
    alone = states[0] if len(states) == 1 else None
    found = [
        Draft(frame, partial(carried, _claim(wanted, layer, frame, *line)), alone=alone, states=states)
        for line in lines
    ]
    drawn = [strand for _, each in lines for strand in each]
    return (replace(found[0], remarks=_at_the_line(remarks, drawn, layer.file)), *found[1:])


COMPARED = ("first_line", "second_line")
"""The layers of both lines in a GeoPackage of a comparison."""


def _is_of_comparison(layer: Layer) -> bool:
    """Whether a layer is one of the lines in a GeoPackage that a comparison wrote."""
    has = set(layer.attributes[0]) if layer.attributes else set()
    return layer.name in COMPARED and {"strand", "ring", "edges", *COMPARED} <= has


def _is_written_line(layer: Layer) -> bool:
    """Whether a layer is a line that this program wrote: it holds the legs, and its rings once more as polygons."""
    marks = {"section", "standing", "reading_by", "without_prejudice", "derived"}
    return any(marks <= set(row) and ("leg" in row or row.get("what") == "leg") for row in layer.attributes)


def _as_compared(wanted: Wanted, layer: Layer) -> Wanted:
    """What is wanted, with the kind of edges and the sides that a comparison wrote beside its lines."""
    if not _is_of_comparison(layer):
        return wanted
    row = layer.attributes[0]
    edges = next((edge for edge in Chord if edge.value == row["edges"]), wanted.edges)
    sides = [
        str(each) if each is not None and all(one.get(key) == each for one in layer.attributes) else None
        for key, each in (("left", row.get("left")), ("right", row.get("right")))
    ]
    return replace(wanted, edges=edges, left=wanted.left or sides[0], right=wanted.right or sides[1])


_NEAR_DEG = 0.5


def _at_the_line(remarks: tuple[Remark, ...], strands: list[Strand], file: str) -> tuple[Remark, ...]:
    """The remarks that concern the line: those without a place, and those whose place lies within half a degree of the
    box around it. How many others the file has is said."""
    if not strands:
        return remarks
    places = np.concatenate([strand.lonlat for strand in strands])
    low, high = places.min(axis=0) - _NEAR_DEG, places.max(axis=0) + _NEAR_DEG

    def concerns(remark: Remark) -> bool:
        return remark.place is None or bool((remark.place >= low).all() and (remark.place <= high).all())

    kept = tuple(remark for remark in remarks if concerns(remark))
    others = len(remarks) - len(kept)
    if not others:
        return kept
    sentence = f"{counted(others, 'more finding')} {'concerns' if others == 1 else 'concern'} other parts of the file"
    return (*kept, Remark("D306", sentence, size=float(others), unit="findings", of=file))


def _claim(wanted: Wanted, layer: Layer, frame: Frame, title: str, strands: tuple[Strand, ...]) -> Claim:
    origin = Origin(layer.file, layer.name, layer.sha256, layer.format, wanted.note)
    return Claim(title, strands, frame, wanted.edges, wanted.standing, wanted.claimant, wanted.uncertainty, origin)


def facing(one: Draft, other: Draft, join_within_m: float) -> tuple[Draft, Draft]:
    """The outlines of two States from a file each, as far as they face each other: two lines drawn apart."""
    from merestone.compare.states.common_boundary import common_boundary

    if one.alone is None or other.alone is None or one.frame != other.frame:
        raise WrongRequestError(
            "the outlines of two States can only be compared if each file holds one State and both are in the same frame"
        )
    boundary = common_boundary(one.alone, other.alone, join_within_m)
    drawn = dict(zip(boundary.pair, boundary.as_drawn, strict=True))
    made = [
        replace(draft, build=partial(_faced, draft, drawn[draft.alone.identity]), alone=None, states=())
        for draft in (one, other)
        if draft.alone is not None
    ]
    return replace(made[0], remarks=(*made[0].remarks, *boundary.remarks)), made[1]


def _faced(draft: Draft, strands: tuple[Strand, ...], target: Frame) -> Claim:
    whole = draft.build(draft.frame)
    return carried(replace(whole, strands=strands), target)


def _not_held(asked: tuple[str, ...], held: tuple[str, ...]) -> str:
    """Which of the States that were asked for a file does not hold, with the name that comes close."""
    said = ""
    for name in asked:
        if name not in held:
            close = get_close_matches(name, held, 1, 0.6)
            said += f"it does not hold {name!r}" + (f" (did you mean {close[0]!r}?)" if close else "") + "; "
    return said


def _between_states(
    wanted: Wanted, layer: Layer, asked: Asked
) -> tuple[list[tuple[str, tuple[Strand, ...]]], tuple[Remark, ...], tuple[State, ...]]:
    """The common boundary of two States of a layer: one line, or each State's own outline where these lie apart; the
    whole outline where the layer holds one State only; and the States."""
    from merestone.compare.states.common_boundary import common_boundary
    from merestone.compare.states.state import outline_of
    from merestone.compare.states.states_of_layer import states_of_layer

    called = partial(_called, wanted.between or (), asked.names)
    found = states_of_layer(layer, wanted.state_attribute, called)
    states = {state.identity: state for state in found.states}
    title = wanted.title or as_text(wanted.file.stem)
    if len(states) == 1:
        (state,) = states.values()
        return [(title, outline_of(state, wanted.between))], found.remarks, (state,)
    pair = wanted.between or (tuple(sorted(states)) if len(states) == 2 else None)
    if pair is None or not set(pair) <= set(states):
        raise WrongRequestError(
            f"{wanted.file}: {_not_held(pair or (), tuple(states))}it holds {_some(tuple(states))}; name two of them, such as "
            f"--between {','.join(sorted(states)[:2]) or 'A,B'}"
        )
    others = [state for name, state in states.items() if name not in pair]
    boundary = common_boundary(states[pair[0]], states[pair[1]], asked.join_within_m, others=others)
    remarks = (*found.remarks, *boundary.remarks)
    both = states[boundary.pair[0]], states[boundary.pair[1]]
    if not any((boundary.strands, *boundary.as_drawn)):
        raise WrongRequestError(
            f"{wanted.file}: {boundary.remarks[-1].sentence}; name two States that border each other"
        )
    if boundary.matched:
        return [(title, boundary.strands)], remarks, both
    if wanted.outline_of is not None:
        outline_of_state = _called(boundary.pair, asked.names, wanted.outline_of)
        if outline_of_state not in boundary.pair:
            raise WrongRequestError(
                f"{wanted.file}: outline_of names {wanted.outline_of}; name {boundary.pair[0]} or {boundary.pair[1]}"
            )
        return [(title, boundary.as_drawn[boundary.pair.index(outline_of_state)])], remarks, both
    names = [f"{title}, outline of {state}" for state in boundary.pair]
    return [*zip(names, boundary.as_drawn, strict=True), (f"{title}, midway", boundary.strands)], remarks, both


def _called(wanted: tuple[str, ...], table: Mapping[str, str], name: str) -> str:
    """What a State is called: by the name that is asked for where that means the same, by its code where a table is given,
    as the file calls it otherwise."""
    from merestone.compare.world.identity import named_by

    if name in wanted:
        return name
    code = named_by(table, name)
    return next((each for each in wanted if named_by(table, each) == code), code if table else name)


def _some(names: tuple[str, ...]) -> str:
    shown = ", ".join(names[:8])
    return f"{counted(len(names), 'State')} ({shown}{', ...' if len(names) > 8 else ''})"
