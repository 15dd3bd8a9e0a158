"""Trouble in how the library was called or in the world: one family of exceptions.

Trouble in what a *user wrote* is never an exception: it is a `Diagnostic` (see `merestone.diagnostics`), and a
stage returns every one it finds. What is raised from here carries the facts as attributes, so that a caller can
act on them without parsing the sentence.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any


class MerestoneError(Exception):
    """Base of every exception that Merestone raises on purpose; it passes from one process to another with its facts."""

    def __reduce__(self) -> tuple[Any, ...]:
        """Made again from its sentence and its facts, whatever its own arguments are."""
        return _again, (type(self), self.args, self.__dict__)


def _again(kind: type[MerestoneError], args: tuple[Any, ...], facts: dict[str, Any]) -> MerestoneError:
    error = kind.__new__(kind, *args)
    error.__dict__.update(facts)
    return error


class MixedFramesError(MerestoneError):
    """Two values in different frames were used together; transform one of them first."""

    def __init__(self, one: str, other: str) -> None:
        super().__init__(
            f"values in two different frames cannot be used together: {one} and {other}; transform one of them first"
        )
        self.one = one
        self.other = other


class TransformationRefusedError(MerestoneError):
    """No transformation that may be used leads from one frame to the other.

    `why` is a sentence; `what_to_do` says what would make it possible (a grid file to fetch, an operation to name);
    `usable` are the codes of the operations that may be used where they are named, best first.
    """

    def __init__(self, source: str, target: str, why: str, what_to_do: str, usable: tuple[str, ...] = ()) -> None:
        super().__init__(f"no transformation from {source} to {target}: {why}; {what_to_do}")
        self.usable = usable
        self.source = source
        self.target = target
        self.why = why
        self.what_to_do = what_to_do


class OutputRefusedError(MerestoneError):
    """One of the files that were asked for cannot be made, and so none was written; `cause` says why."""

    def __init__(self, path: str, cause: MerestoneError, advice: str = "") -> None:
        super().__init__(f"{path} cannot be made: {cause}{advice}. No file was written")
        self.path = path
        self.cause = cause


class UnknownFrameError(MerestoneError):
    """A frame was named that the catalogue and the EPSG registry do not hold."""

    def __init__(self, name: str, suggestions: tuple[str, ...] = (), counted_from: str = "", because: str = "") -> None:
        meant = f"; did you mean {', '.join(suggestions)}?" if suggestions else ""
        super().__init__(f"{name!r} is not a known frame{f': {because}' if because else ''}{meant}")
        self.name = name
        self.suggestions = suggestions
        self.counted_from = counted_from
        """The prime meridian of the system that is named, where it is not Greenwich; the suggestion is then its twin."""


class WrongRequestError(MerestoneError):
    """What was asked for cannot be asked for: an extension that names no format, an epoch that is no year."""


class NoFrameError(MerestoneError):
    """A geographic output was asked for of a line whose frame is unstated and for which no reading was declared."""

    def __init__(self, output: str) -> None:
        super().__init__(
            f"{output}: the description does not state the frame and declares no reading of it, so positions on the earth "
            "are not known; add `read as FRAME by «WHO»` to the frame"
        )
        self.output = output


class GeometryError(MerestoneError):
    """A geometric problem has no answer, or none that can be vouched for (nearly antipodal points, a pole)."""


class NoProjectionError(GeometryError):
    """A code or a name stands where a projection is needed, and names none."""


class UnusableLineError(GeometryError):
    """A line as it was given cannot be compared, whatever with: it comes too near a pole, or is a single place."""

    def __init__(self, strand: str, title: str, why: str) -> None:
        super().__init__(f"{strand} of {title} {why}")
        self.strand = strand
        self.title = title
        self.why = why


class UnreadableFileError(MerestoneError):
    """A file, or what stands at an address, could not be read as what it claims to be."""

    def __init__(self, path: Path | str, why: str) -> None:
        super().__init__(f"{path}: {why}")
        self.path = path
        self.why = why


class UnwritableFileError(MerestoneError):
    """An output could not be written; what stood there before is untouched. `done` says what has been done besides, where that
    is not nothing."""

    def __init__(self, path: Path, why: str, done: str = "nothing was written") -> None:
        super().__init__(f"{path}: {why}; {done}")
        self.path = path
        self.why = why
