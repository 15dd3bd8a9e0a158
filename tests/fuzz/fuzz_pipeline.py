"""Coverage-guided fuzzing of the whole way from a text to its findings. Not part of `make test`.

    pip install atheris
    PYTHONPATH=src python tests/fuzz/fuzz_pipeline.py FOLDER_FOR_NEW_TEXTS examples -max_total_time=600 -max_len=6000

Stops at the first text that raises, or that takes longer than `-timeout=` seconds, and leaves it in a file `crash-...`.
"""

from __future__ import annotations

import sys

import atheris

with atheris.instrument_imports(include=["merestone"]):
    from merestone.casefile.pipeline import Pipeline
    from merestone.description.format import format_text
    from merestone.errors import MerestoneError


def no_files(path: str, sha256: str | None) -> str:
    """Every table is missing: what is attacked is the text."""
    raise MerestoneError(f"{path} ({sha256}) is not at hand")


def one_text(data: bytes) -> None:
    """Takes one text the whole way; whatever is raised is a defect."""
    Pipeline(no_files).run(data)
    once = format_text(data.decode("utf-8", "replace"))
    assert format_text(once) == once, "formatting twice is not formatting once"


if __name__ == "__main__":
    atheris.Setup(sys.argv, one_text)
    atheris.Fuzz()
