"""All pairs of two files: the same bytes whoever does the work, and however often it was interrupted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from fakes.worlds import lines_file, polygons_file
from merestone.casefile import chunks as module
from merestone.casefile.chunks import Chunk, outcomes_of
from merestone.casefile.outcome_store import OutcomeStore, _said, store_for
from merestone.casefile.private_folder import cache_folder
from merestone.casefile.progress import silent
from merestone.casefile.world import WorldOptions, compare_world
from merestone.compare.claim import Claim, Strand
from merestone.compare.comparison import Settings
from merestone.compare.states.state import State
from merestone.compare.world.passing import Passing
from merestone.compare.world.world import PairOutcome, Version
from merestone.errors import UnwritableFileError, WrongRequestError
from merestone.geodesy.catalogue import find

LAND = Passing((3.0, 4.5), (3.0, 0.1), (0.1, 0.2), (20.5, 41.25), None)
ENDINGS = (".json", ".csv", ".xlsx", ".svg", ".txt")


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, Path]:
    """Both versions of the small world, and a private folder for this test."""
    kernels = cache_folder()
    if kernels is not None:
        monkeypatch.setenv("NUMBA_CACHE_DIR", str(kernels / "kernels"))
    monkeypatch.setenv("MERESTONE_CACHE", str(tmp_path / "private"))
    return polygons_file(tmp_path), lines_file(tmp_path)


def outputs(folder: Path, files: tuple[Path, Path], options: WorldOptions) -> list[bytes]:
    """What one run writes."""
    folder.mkdir()
    paths = tuple(folder / f"world{ending}" for ending in ENDINGS)
    compare_world(files, replace(options, outputs=paths), silent)
    return [path.read_bytes() for path in paths]


def test_two_workers_write_the_bytes_that_one_writes(tmp_path: Path, files: tuple[Path, Path]) -> None:
    """How many processes share the work changes no byte of any output."""
    one = outputs(tmp_path / "one", files, WorldOptions(workers=1))
    two = outputs(tmp_path / "two", files, WorldOptions(workers=2))
    assert one == two


def test_a_cluster_writes_the_bytes_that_one_process_writes(tmp_path: Path, files: tuple[Path, Path]) -> None:
    """The same code on a Dask scheduler gives the same bytes."""
    distributed = pytest.importorskip("distributed", reason="needs the extra `cluster`")
    one = outputs(tmp_path / "one", files, WorldOptions(workers=1))
    with distributed.LocalCluster(
        n_workers=1, threads_per_worker=1, processes=False, dashboard_address=":0", protocol="tcp"
    ) as cluster:
        there = outputs(tmp_path / "there", files, WorldOptions(scheduler=cluster.scheduler_address))
    assert one == there


def test_no_scheduler_at_an_address_is_said(files: tuple[Path, Path]) -> None:
    """An address that nobody answers at is an error with that address, not a hang."""
    pytest.importorskip("distributed", reason="needs the extra `cluster`")
    with pytest.raises(WrongRequestError, match="nowhere"):
        compare_world(files, WorldOptions(scheduler="nowhere://127.0.0.1:1"), silent)


def test_an_interrupted_run_goes_on_where_it_stopped(
    tmp_path: Path, files: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was finished before the interruption is not computed again, and the bytes are those of an undisturbed run."""
    undisturbed = outputs(tmp_path / "undisturbed", files, WorldOptions(workers=1))
    real = outcomes_of
    seen: list[tuple[str, str]] = []

    def counted(interrupted_at: int) -> Callable[[Chunk], list[PairOutcome]]:
        def work(chunk: Chunk) -> list[PairOutcome]:
            if len(seen) == interrupted_at:
                raise KeyboardInterrupt
            seen.extend(work.pair for work in chunk.pairs)
            return real(chunk)

        return work

    monkeypatch.setattr(module, "outcomes_of", counted(2))
    with pytest.raises(KeyboardInterrupt):
        compare_world(files, WorldOptions(workers=1), silent)
    first = list(seen)
    kept = list((tmp_path / "private" / "world").rglob("*.json"))
    assert len(first) == len(kept) == 2
    kept[0].write_text('{"pair": ["Aland"', encoding="utf-8")
    seen.clear()
    monkeypatch.setattr(module, "outcomes_of", counted(-1))
    again = outputs(tmp_path / "again", files, WorldOptions(workers=1))
    assert len(seen) == 3, "two missing and one that was damaged"
    assert again == undisturbed
    assert list((tmp_path / "private" / "world").rglob("*.json")) == [], "nothing is kept of a run that ended"


def test_an_outcome_comes_out_of_the_store_as_it_went_in(tmp_path: Path, files: tuple[Path, Path]) -> None:
    """Every figure survives to the last bit, of pairs with measures and without."""
    store = OutcomeStore(tmp_path / "store")
    found = compare_world(files, WorldOptions(workers=1), silent).world.outcomes
    for each in (*found, PairOutcome(("Xland", "Yland"), (1.0, 2.0), (3, 4), None, "a reason", LAND, "no reason")):
        assert store.get(each.pair) is None
        store.put(each)
        assert store.get(each.pair) == each


def test_other_lines_under_the_same_names_are_another_comparison(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where a table of names exchanges what two names stand for, no outcome of the interrupted run is taken."""
    monkeypatch.setenv("MERESTONE_CACHE", str(tmp_path / "private"))
    claims = {}
    for shift_deg in (0.0, 1.0):
        lonlat = np.array([[10.0 + shift_deg, 45.0], [10.0 + shift_deg, 46.0]])
        claims[shift_deg] = Claim("world", (Strand("line", lonlat, left="A", right="B"),), find("EPSG:4326"))
    like = replace(claims[0.0], strands=())
    one, other = (
        Version(like, {("A", "B"): claims[first], ("A", "C"): claims[second]}, {}, ())
        for first, second in ((0.0, 1.0), (1.0, 0.0))
    )
    outcome = PairOutcome(("A", "B"), (1.0, 2.0), (3, 4), None, "a reason")
    store_for((one, one), Settings()).put(outcome)
    assert store_for((one, one), Settings()).get(("A", "B")) == outcome
    assert store_for((other, one), Settings()).get(("A", "B")) is None


def test_other_land_behind_the_same_lines_is_another_comparison() -> None:
    """An island that only the polygons have is part of what an interrupted run is known by."""
    line = Claim("world", (), find("EPSG:4326"))
    small, large = (
        Version(line, {}, {}, (), {"A": State("A", (np.array([[0.0, 0.0], [size, 0.0], [size, size], [0.0, 0.0]]),))})
        for size in (1.0, 2.0)
    )
    assert _said(small) == _said(small)
    assert _said(small) != _said(large)


def test_progress_counts_every_pair(files: tuple[Path, Path]) -> None:
    """Whoever listens hears of reading and of every pair, up to the last."""
    heard: list[tuple[str, int, int]] = []
    compare_world(files, WorldOptions(workers=1), lambda *news: heard.append(news))
    assert ("reading", 2, 2) in heard
    assert heard[-1] == ("comparing pairs", 4, 4)


REFUSED = (
    (WorldOptions(outputs=(Path("w.gpkg"),)), r"write one of \.json"),
    (WorldOptions(layers=("a", "b", "c")), "once for each of the two files"),
)


@pytest.mark.parametrize(("options", "said"), REFUSED)
def test_what_cannot_be_asked_for_is_said_before_anything_is_read(
    files: tuple[Path, Path], options: WorldOptions, said: str
) -> None:
    """A wrong format or one layer too many is refused with what is known."""
    with pytest.raises(WrongRequestError, match=said):
        compare_world(files, options, silent)


def test_three_files_are_refused_and_a_source_is_never_overwritten(files: tuple[Path, Path]) -> None:
    """All pairs are compared of two files, and neither is written to."""
    with pytest.raises(WrongRequestError, match="two files"):
        compare_world((*files, files[0]), WorldOptions(), silent)
    own = files[0].rename(files[0].with_suffix(".json"))
    with pytest.raises(UnwritableFileError, match="one of the files"):
        compare_world((own, files[1]), WorldOptions(outputs=(own,)), silent)
