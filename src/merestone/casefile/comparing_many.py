"""Three lines and more compared at once: files in, which of them agree where out, and the files that were asked for."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from merestone.casefile.claims import Draft, in_one_frame
from merestone.casefile.comparing import CompareOptions, one_line, read_drafts, refuse_overwriting
from merestone.casefile.files import write_all
from merestone.casefile.private_folder import prepare_kernels
from merestone.casefile.progress import Progress
from merestone.compare.many.agreed import Agreement
from merestone.errors import WrongRequestError
from merestone.publish.agreement.export import AgreementExport
from merestone.publish.agreement.formats import WRITERS, writer_of
from merestone.sources.file_names import as_text

FEWEST = 3
"""From so many files on they are compared all at once."""


@dataclass(frozen=True, slots=True)
class ComparedMany:
    """Many lines compared, and the files written."""

    export: AgreementExport
    written: tuple[Path, ...] = ()

    @property
    def agreement(self) -> Agreement:
        """The comparison itself."""
        return self.export.agreement


def compare_many_files(paths: tuple[Path, ...], options: CompareOptions, progress: Progress) -> ComparedMany:
    """The lines of three or more files compared, one of each; writes the files asked for, all or none. Raises
    `WrongRequestError` for what is not said of many lines at once."""
    _refuse(paths, options)
    prepare_kernels()
    found = read_drafts(paths, options, progress)
    remarks = tuple(
        replace(remark, of=remark.of or as_text(path.name))
        for path, each in zip(paths, found, strict=True)
        for draft in each
        for remark in draft.remarks
    )
    chosen = tuple(one_line(each) for each in found)
    _refuse_outlines(chosen)
    from merestone.compare.many.agreement import agreement

    made = agreement(in_one_frame(chosen), options.settings, progress)
    export = AgreementExport(replace(made, remarks=(*remarks, *made.remarks)))
    return ComparedMany(export, _write(export, options, progress))


def _refuse(paths: tuple[Path, ...], options: CompareOptions) -> None:
    if options.overlays:
        raise WrongRequestError("--overlay can only be used with two lines; leave it out, or compare two files")
    if options.since is not None:
        raise WrongRequestError("--since can only be used with two lines; leave it out, or compare two files")
    for path in options.outputs:
        if writer_of(path.name) is None:
            known = " ".join(WRITERS)
            raise WrongRequestError(
                f"{path}: a comparison of many lines cannot be written in this format; write one of {known}"
            )
    refuse_overwriting(options.outputs, paths)


def _refuse_outlines(chosen: tuple[Draft, ...]) -> None:
    """Whole outlines are compared where all are of one State."""
    states = sorted({draft.alone.identity for draft in chosen if draft.alone is not None})
    if len(states) > 1 or (states and any(draft.alone is None for draft in chosen)):
        raise WrongRequestError(
            f"some files hold one State alone ({', '.join(states)}), so that their lines are whole outlines; give files "
            "that each hold a line or both States, or files that all hold the same State"
        )


def _write(export: AgreementExport, options: CompareOptions, progress: Progress) -> tuple[Path, ...]:
    contents: dict[Path, bytes] = {}
    for done, path in enumerate(options.outputs):
        progress(f"writing {path.name}", done, len(options.outputs))
        writer = writer_of(path.name)
        if writer is not None:
            contents[path] = writer(export)
    if contents:
        write_all(contents)
    return tuple(contents)
