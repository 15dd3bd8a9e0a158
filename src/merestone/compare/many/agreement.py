"""Many lines compared at once: which of them agree where, along one of them that is least far from all."""

from __future__ import annotations

from merestone.compare.claim import Claim
from merestone.compare.comparison import Settings
from merestone.compare.lines.compare import Progress, silent
from merestone.compare.many.agreed import Agreement, PairFigures, Run, Share
from merestone.compare.many.agreeing_runs import runs_of
from merestone.compare.many.medoid import medoid
from merestone.compare.many.pair_figures import pair_figures
from merestone.compare.many.side_by_side import SideBySide


def agreement(claims: tuple[Claim, ...], settings: Settings, progress: Progress = silent) -> Agreement:
    """Which lines agree where. All in one frame, two at least: raise `MixedFramesError` otherwise, and `GeometryError`
    for what cannot be compared.

    Exchanging lines exchanges what is said of them; the reference does not change unless two are alike in all.
    """
    pairs, remarks = pair_figures(claims, settings, progress)
    reference = medoid(claims, pairs, settings.reach_m)
    progress("matching with the reference line", 0, 1)
    lines = SideBySide.of(claims, reference.line, settings)
    runs: list[Run] = []
    short: list[float] = []
    for strand in range(len(lines.tracks)):
        progress("comparing along the reference line", strand, len(lines.tracks))
        found, merged_m = runs_of(lines, strand, settings.tolerance_m)
        runs += found
        short += merged_m
    shares = tuple(_share(line, reference.line, runs, pairs) for line in range(len(claims)))
    return Agreement(claims, settings, pairs, reference, tuple(runs), shares, len(short), float(sum(short)), remarks)


def _share(line: int, reference: int, runs: list[Run], pairs: tuple[PairFigures, ...]) -> Share:
    """Along how much of the reference a line runs with whom."""
    lengths_m = dict.fromkeys(("most", "fewer", "alone", "absent"), 0.0)
    for run in runs:
        lengths_m[_standing(line, run)] += run.reach.length_m
    beside_m = 0.0
    for pair in pairs:
        if line != reference and set(pair.lines) == {line, reference}:
            mine = pair.lines.index(line)
            beside_m = max(pair.whole_lengths_m[mine] - pair.lengths_m[mine], 0.0)
    return Share(lengths_m["most"], lengths_m["fewer"], lengths_m["alone"], lengths_m["absent"], beside_m)


def _standing(line: int, run: Run) -> str:
    """With whom a line runs along a run."""
    if line in run.with_most:
        return "most"
    if line in run.absent:
        return "absent"
    return "alone" if (line,) in run.groups else "fewer"
