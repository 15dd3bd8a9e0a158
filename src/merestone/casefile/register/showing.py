"""The signing view with all that this machine can find: the texts compiled again, and how far the line moves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from merestone.casefile.diffing import laid_on_one_another
from merestone.casefile.pipeline import Result
from merestone.casefile.progress import Progress, silent
from merestone.casefile.register.recompiling import Verdict, recompile_texts
from merestone.compare.texts.leg_shifts import DEFAULT_TOLERANCE_M, LegShifts
from merestone.diagnostics import Severity
from merestone.publish.register.signing_view import Found, Ground, SectionView, SigningView, signing_view, with_found
from merestone.register.envelope import Envelope
from merestone.register.objects import Text

NOT_DESCRIPTIONS = "the lines were not compared: this needs a description in force and one in the act"
COMPILED = "measured between the lines that the two texts compile to on this machine"


def full_view(
    envelope: Envelope, blobs: Mapping[str, bytes], ground: Ground, progress: Progress = silent
) -> SigningView:
    """The view of an act with what compiling its texts on this machine gives; `blobs` by SHA-256.

    Raises what `signing_view` raises.
    """
    progress("reading the act", 0, 1)
    plain = signing_view(envelope, blobs, ground)
    found = {}
    for number, each in enumerate(plain.sections):
        progress("compiling it again and comparing", number, len(plain.sections))
        found[each.change.section] = found_of(each, blobs)
    return with_found(plain, found)


def found_of(section: SectionView, blobs: Mapping[str, bytes]) -> Found:
    """What this machine finds of one section, whose blobs have been checked."""
    text = section.change.text
    verdict = recompile_texts(text, blobs)
    found = Found(verdict.agrees, verdict.sentences, open_words=verdict.open_words)
    if section.before is None or section.before.text.line == text.line:
        return found
    shifts, note = _shifts(section.before.text, verdict, blobs)
    return replace(found, shifts=shifts, note=note)


def _shifts(before: Text, verdict: Verdict, blobs: Mapping[str, bytes]) -> tuple[LegShifts | None, str]:
    """What moved from the line in force to the one in the act, both compiled here; and what must be said of it."""
    former = recompile_texts(before, blobs)
    old, new = _results(former), _results(verdict)
    language = next((each for each in new if each in old), None)
    if language is None:
        return None, NOT_DESCRIPTIONS
    if any(each.severity is Severity.ERROR for result in (old[language], new[language]) for each in result.findings):
        return None, "the lines were not compared: one of the texts does not compile"
    laid = laid_on_one_another(old[language], new[language], DEFAULT_TOLERANCE_M)
    notes = (COMPILED, laid.note, *(() if former.agrees else (f"about the line in force: {former.sentences[0]}",)))
    return laid.shifts, "; ".join(note for note in notes if note)


def _results(verdict: Verdict) -> dict[str, Result]:
    """What each text that is a description was compiled to, by language."""
    return {
        each.language: each.recompiled.result
        for each in verdict.texts
        if each.recompiled is not None and each.recompiled.result is not None
    }
