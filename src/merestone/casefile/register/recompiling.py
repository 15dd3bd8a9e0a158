"""The texts of an act compiled again on the signer's machine, from the bytes of the act and its pinned sources alone, and
the line that comes out beside the one that would be signed."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from merestone.casefile.pipeline import Pipeline, ReadTable, Result
from merestone.casefile.private_folder import prepare_kernels
from merestone.casefile.register.agreement import FOLLOWS_DATA, Disagreement, disagreements
from merestone.casefile.register.figures import figure_disagreements
from merestone.description.parser import parse
from merestone.description.refused import is_refused
from merestone.description.tree import Leg, LegChain, LegTable, Section
from merestone.diagnostics import Diagnostic, Severity
from merestone.errors import UnreadableFileError
from merestone.publish.export import Export, into_the_lines_frame
from merestone.publish.line_json import write_line
from merestone.publish.line_reader import LineFormatError, read_line
from merestone.publish.register.media_types import DESCRIPTION
from merestone.publish.register.stated_figures import StatedFigures, stated_figures
from merestone.publish.stored_line import StoredLine
from merestone.publish.text import counted
from merestone.register.objects import Blob, Description, Text

MOST_SHOWN = 20
"""How many places where two lines part are kept; there can be one for every vertex."""


@dataclass(frozen=True, slots=True)
class Pinned:
    """A source that the act refers to: its title there, and its bytes, already checked against the act's digests."""

    title: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Recompiled:
    """What compiling a text again gave: whether the lines agree, whether their compared bytes are equal, where they part
    (the first of them), how many places that are, a sentence, the digests of the compared bytes (SHA-256, empty where there
    is no line), and what the compiler found in the text."""

    agrees: bool
    is_equal: bool
    parts_at: tuple[Disagreement, ...]
    parts: int
    sentence: str
    signed_sha256: str
    here_sha256: str
    findings: tuple[Diagnostic, ...]
    result: Result | None

    @property
    def open_words(self) -> tuple[str, ...]:
        """What the words of the text leave open, as the checker found it."""
        return tuple(_open(each) for each in self.findings if each.severity is Severity.OPEN)


def _open(finding: Diagnostic) -> str:
    about = f"{finding.subject}: " if finding.subject and finding.subject not in finding.sentence else ""
    return f"{about}{finding.sentence} [{finding.code}]"


def compile_pinned(description: bytes, sources: Sequence[Pinned] = (), *, checked: bool = True) -> Result:
    """The result of a description compiled from bytes; its tables are those among the sources."""
    prepare_kernels()
    return Pipeline(pinned_tables(sources)).run(description, checked=checked)


def pinned_tables(sources: Sequence[Pinned]) -> ReadTable:
    """Reads tables out of the pinned sources: by the digest that the description states, else by their title."""
    by_title = {source.title: source.data for source in sources}
    by_digest = {hashlib.sha256(source.data).hexdigest(): source.data for source in sources}

    def read(name: str, sha256: str | None) -> str:
        data = by_title.get(name) if sha256 is None else by_digest.get(sha256.lower())
        if data is None:
            why = (
                "it is not among the act's sources"
                if sha256 is None
                else f"no source of the act has the SHA-256 {sha256}"
            )
            raise UnreadableFileError(Path(name), why)
        try:
            return data.decode("utf-8")
        except UnicodeDecodeError as error:
            raise UnreadableFileError(Path(name), f"byte {error.start + 1} is not UTF-8") from error

    return read


def recompile(
    description: bytes,
    signed_line: bytes,
    tolerance_um: int,
    sources: Sequence[Pinned] = (),
    *,
    wording: bool = True,
    follows_data: frozenset[str] = FOLLOWS_DATA,
) -> Recompiled:
    """Whether a description compiles on this machine to the line that would be signed, and where not.

    `tolerance_um` is the act's, in micrometres, for legs whose kind is in `follows_data`. Without `wording` the names and
    words are let be: for the texts in the languages that the line is not written in.
    """
    try:
        signed = read_line(signed_line)
        signed_figures = stated_figures(signed_line, signed)
    except LineFormatError as error:
        return _refused(f"the signed line cannot be read: {error}")
    if signed.frame is None:
        return _refused("the signed line does not have a frame, so its coordinates do not give positions", signed)
    result = compile_pinned(description, sources)
    errors = [each for each in result.findings if each.severity is Severity.ERROR]
    if errors:
        where = f", line {errors[0].span.line}" if errors[0].span else ""
        said = f"the text does not compile on this machine ({counted(len(errors), 'error')}{'; the first' if len(errors) > 1 else ''}{where}: {errors[0].sentence})"
        return _refused(said, signed, result)
    here, here_figures = _compiled_here(result)
    if signed.compared == here.compared:
        found = list(figure_disagreements(signed_figures, here_figures, here))
    else:
        found = list(disagreements(signed, here, tolerance_um, wording=wording, follows_data=follows_data))
        if wording and not found:
            found = list(figure_disagreements(signed_figures, here_figures, here))
    return _weighed(signed, here, found, result, wording=wording)


def _compiled_here(result: Result) -> tuple[StoredLine, StatedFigures]:
    """The line compiled here as whoever reads its canonical bytes finds it."""
    steps = into_the_lines_frame(result.line)
    data = write_line(Export(result.line, steps, steps))
    line = read_line(data)
    return line, stated_figures(data, line)


def _weighed(
    signed: StoredLine, here: StoredLine, found: list[Disagreement], result: Result, *, wording: bool
) -> Recompiled:
    equal = signed.compared == here.compared
    if found:
        more = f" (the first of {len(found)} differences)" if len(found) > 1 else ""
        sentence = f"the text does not compile to the signed line on this machine{more}: {found[0].sentence}"
    elif equal:
        sentence = "the text compiles on this machine to the signed line, byte for byte"
    elif wording:
        sentence = (
            "the text compiles on this machine to the signed line, each vertex within one unit or its own tolerance"
        )
    else:
        sentence = "the text compiles on this machine to the legs, readings and vertices of the signed line; its words were not compared"
    signed_sha256, here_sha256 = (hashlib.sha256(each.compared).hexdigest() for each in (signed, here))
    return Recompiled(
        not found,
        equal,
        tuple(found[:MOST_SHOWN]),
        len(found),
        sentence,
        signed_sha256,
        here_sha256,
        result.findings,
        result,
    )


def _refused(why: str, signed: StoredLine | None = None, result: Result | None = None) -> Recompiled:
    digest = "" if signed is None else hashlib.sha256(signed.compared).hexdigest()
    findings = () if result is None else result.findings
    return Recompiled(False, False, (Disagreement(why),), 1, why, digest, "", findings, result)


# ---- all the texts of a section ---------------------------------------------------------------------------------

NOTHING_COMPILED = (
    "none of its texts is a description, so no machine can show that the line follows from the words; "
    "propose it again, and add the words as a description"
)
"""What refuses a line whose words nobody's machine can compile."""


@dataclass(frozen=True, slots=True)
class TextRecompiled:
    """One of the texts: its language, and what compiling it gave; None where its media type is not that of a description,
    so that no machine can compile it."""

    language: str
    media_type: str
    recompiled: Recompiled | None


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a section's line is what its texts compile to here; `agrees` is None where there is no line, and False where no
    text is a description that compiles to it; `sentences` say so, what refuses first."""

    agrees: bool | None
    sentences: tuple[str, ...]
    texts: tuple[TextRecompiled, ...]

    @property
    def open_words(self) -> tuple[str, ...]:
        """What the words leave open, each once, in the order of the texts."""
        compiled = (text.recompiled for text in self.texts if text.recompiled is not None)
        return tuple(dict.fromkeys(words for each in compiled for words in each.open_words))


def recompile_texts(text: Text, blobs: Mapping[str, bytes]) -> Verdict:
    """Every text of a section compiled again. `blobs` by SHA-256, already checked against the act's digests.

    The line is written in the words of one of the texts, which must agree with it wholly; each other must agree in all but
    its language.
    """
    if text.line is None:
        return Verdict(None, ("there is no line to compile again",), ())
    found = [_compiled(each, text, text.line, blobs) for each in text.descriptions]
    return _verdict([_in_its_own_words(each, text, blobs, found) for each in found])


def _compiled(each: Description, text: Text, line: Blob, blobs: Mapping[str, bytes]) -> TextRecompiled:
    """What compiling one of the texts gave; its media type says whether it is compiled at all."""
    data, media_type = blobs[each.blob.sha256], each.blob.media_type
    if media_type == DESCRIPTION:
        sources = [Pinned(source.title, blobs[source.blob.sha256]) for source in text.sources]
        return TextRecompiled(
            each.language, media_type, recompile(data, blobs[line.sha256], text.tolerance_um, sources)
        )
    if _is_nearly(media_type) or reads_as_description(data):
        return TextRecompiled(each.language, media_type, _refused(_mislabelled(media_type)))
    return TextRecompiled(each.language, media_type, None)


def _is_nearly(media_type: str) -> bool:
    """Whether it is the media type of descriptions, written in another way."""
    return media_type.partition(";")[0] == DESCRIPTION.partition(";")[0]


def _mislabelled(media_type: str) -> str:
    return (
        f"this text is a description, and the act gives it the media type {media_type}, so no machine compiles it; "
        f"a description must have the media type {DESCRIPTION}"
    )


_LEG = re.compile(rb"(?m)^[ \t]*legs?[ \t]")


def reads_as_description(data: bytes) -> bool:
    """Whether bytes, whatever they are called, hold a leg of a section in the language of descriptions."""
    if not _LEG.search(data):
        return False
    statements = parse(data.decode("utf-8", "replace")).description.statements
    parts = [part for each in statements if isinstance(each, Section) for part in each.body]
    return any(isinstance(part, Leg | LegChain | LegTable) and not is_refused(part) for part in parts)


def _in_its_own_words(
    each: TextRecompiled, text: Text, blobs: Mapping[str, bytes], found: Sequence[TextRecompiled]
) -> TextRecompiled:
    """A text that does not agree wholly, compared without its wording where another one does."""
    whole = any(other.recompiled is not None and other.recompiled.agrees for other in found)
    if each.media_type != DESCRIPTION or each.recompiled is None or each.recompiled.agrees:
        return each
    if not whole or text.line is None:
        return each
    blob = next(one.blob for one in text.descriptions if one.language == each.language)
    sources = [Pinned(source.title, blobs[source.blob.sha256]) for source in text.sources]
    again = recompile(blobs[blob.sha256], blobs[text.line.sha256], text.tolerance_um, sources, wording=False)
    return TextRecompiled(each.language, each.media_type, again)


def _verdict(found: Sequence[TextRecompiled]) -> Verdict:
    compiled = [each for each in found if each.recompiled is not None]
    against = [_said(each) for each in compiled if each.recompiled is not None and not each.recompiled.agrees]
    rest = [_said(each) for each in found if each.recompiled is None or each.recompiled.agrees]
    if not compiled:
        against.append(NOTHING_COMPILED)
    return Verdict(not against, (*against, *rest), tuple(found))


def _said(each: TextRecompiled) -> str:
    if each.recompiled is None:
        return f"{each.language}: {each.media_type} cannot be compiled by a machine; only {DESCRIPTION} can"
    return f"{each.language}: {each.recompiled.sentence}"
