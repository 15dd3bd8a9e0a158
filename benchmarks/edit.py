"""One leg edited in a running process, beside compiling the whole description again."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.clock import Row, timed
from benchmarks.compile import compiled, no_table
from benchmarks.descriptions import place_text, prose

LEGS = (300, 3_000)


def rows() -> Iterator[Row]:
    """One row for each size: with findings, as an editor shows them; each run edits another point."""
    from merestone.casefile.pipeline import Pipeline

    for legs in LEGS:
        text, pipeline = prose(legs), Pipeline(no_table)
        pipeline.run(text)
        numbers = iter(range(10, legs))

        def edit(text: str = text, pipeline: Pipeline = pipeline, numbers: Iterator[int] = numbers) -> object:
            number = next(numbers)
            before = f"point P{number} at {place_text(number)}"
            return pipeline.run(text.replace(before, before.replace("at 40°", "at 39°")))

        ours, peer = timed(edit, 9), timed(lambda t=text: compiled(t, checked=True), 5)
        yield Row("edit one point", f"{legs} legs", ours.processor_s, ours.wall_s, "all anew", peer.processor_s)
