"""The lines that features take from the files of sources, read before anything is computed."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path, PurePosixPath

from merestone.casefile.claim_file import Wanted
from merestone.casefile.layer_frame import geographic
from merestone.delimit.source_line import SourceKey, SourceLine
from merestone.description.named_lines import FeatureBinding, OnSource
from merestone.description.tree import Description, Source
from merestone.diagnostics import Diagnostic, Severity, Span
from merestone.errors import MerestoneError, UnreadableFileError
from merestone.geodesy.line import Floats
from merestone.sources.layer import Layer, Role
from merestone.sources.remark import Remark

Read = Callable[[str, str | None], str]
WITH_LINES = ("line", "survey", "waters")
"""Kinds of source whose files may hold the line of a feature; maps and elevations are pictures."""


def source_lines(
    description: Description, read: Read
) -> tuple[dict[SourceKey, SourceLine | Diagnostic], list[Diagnostic]]:
    """The line of every source that a feature is bound to, or why it has none; and what is to be known of the files."""
    sources = {each.name.text: each for each in description.statements if isinstance(each, Source)}
    found: dict[SourceKey, SourceLine | Diagnostic] = {}
    told: list[Diagnostic] = []
    for bound in _bound(description):
        key = bound.source.text, bound.layer
        source = sources.get(bound.source.text)
        if source is None or source.kind not in WITH_LINES or key in found:
            continue
        made, remarks = _line_of(source, bound, read)
        found[key] = made
        told += [_told(remark, bound.span) for remark in remarks]
        if isinstance(made, Diagnostic):
            told.append(made)
    return found, told


def _bound(description: Description) -> list[OnSource]:
    bindings = [each for each in description.statements if isinstance(each, FeatureBinding)]
    return [each.line for each in bindings if isinstance(each.line, OnSource)]


def _line_of(source: Source, bound: OnSource, read: Read) -> tuple[SourceLine | Diagnostic, tuple[Remark, ...]]:
    if source.sha256 is None:
        sentence = f"the source {source.name.text} gives a line but has no digest"
        return _unread(sentence, bound.span, "add `sha256` and the digest of the file, so that a change is noticed"), ()
    try:
        text = read(source.path, source.sha256)
        layer, line = _read_line(text, source.path, bound.layer)
    except MerestoneError as error:
        hint = "name a file of text (GeoJSON, KML, TopoJSON) in the folder of this description"
        return _unread(f"the source {source.name.text} cannot be read: {error}", bound.span, hint), ()
    if isinstance(line, str):
        return _unread(
            f"the source {source.name.text} {line}", bound.span, "keep exactly one line in it"
        ), layer.remarks
    return line, layer.remarks


def _read_line(text: str, path: str, layer_name: str | None) -> tuple[Layer, SourceLine | str]:
    """The layer of a file, and its one line, or what is the matter with its lines."""
    from merestone.sources.vectors import read_vectors

    with tempfile.TemporaryDirectory(prefix="merestone-") as folder:
        copy = Path(folder) / PurePosixPath(path).name
        copy.write_text(text, encoding="utf-8", newline="")
        try:
            frame, layer = geographic(Wanted(copy), read_vectors(copy, layer_name))
        except UnreadableFileError as error:
            raise UnreadableFileError(path, error.why) from error
    line = _one_line(layer)
    return layer, line if isinstance(line, str) else SourceLine(frame, line)


def _one_line(layer: Layer) -> Floats | str:
    from merestone.compare.lines.joined import joined_strands

    roles = {part.role for part in layer.parts}
    if Role.LINE in roles:
        strands = joined_strands(layer, left="left")
        if len(strands) == 1:
            return strands[0].lonlat
        return f"holds {len(strands)} lines that do not join into one, but a feature must be one line"
    rings = [part.lonlat for part in layer.parts if part.role in (Role.SHELL, Role.HOLE)]
    if len(rings) == 1:
        return rings[0]
    return f"holds {len(rings)} outlines, but a feature must be one line" if rings else "does not hold a line"


def _unread(sentence: str, span: Span, hint: str) -> Diagnostic:
    return Diagnostic("R409", Severity.ERROR, sentence, span, hint=hint)


def _told(remark: Remark, span: Span) -> Diagnostic:
    return Diagnostic(remark.code, Severity.WARNING, remark.sentence, span)
