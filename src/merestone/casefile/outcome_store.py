"""Outcomes of pairs kept while all are computed, so that an interrupted run goes on where it stopped: data, never code.

One small file for each pair in a private folder that bears a digest of all that an outcome depends on: both files, what
was asked, and the code. A file is written under another name and renamed; one that cannot be read is computed anew.
"""

from __future__ import annotations

import json
import os
import shutil
from contextlib import suppress
from dataclasses import asdict
from hashlib import blake2b
from pathlib import Path
from typing import Any

from merestone.casefile.leg_store import digest_of_code
from merestone.casefile.private_folder import PRIVATE, cache_folder
from merestone.compare.comparison import Settings
from merestone.compare.states.shared_edges import Pairing
from merestone.compare.world.passing import Passing
from merestone.compare.world.world import Measures, PairOutcome, Version

_CODE = ("casefile", "compare", "geodesy", "sources")


class OutcomeStore:
    """The outcomes of one world comparison; whatever goes wrong with it costs time and nothing else."""

    def __init__(self, folder: Path | None) -> None:
        """Open the folder, or start it; without one nothing is kept."""
        self._folder = folder
        if folder is not None:
            try:
                folder.mkdir(mode=PRIVATE, parents=True, exist_ok=True)
            except OSError:
                self._folder = None

    def get(self, pair: Pairing) -> PairOutcome | None:
        """The outcome that was kept for a pair, None where there is none that can be used."""
        if self._folder is None:
            return None
        try:
            found = _outcome(json.loads(self._path(self._folder, pair).read_bytes()))
        except (OSError, ValueError, TypeError, KeyError, RecursionError):
            return None
        return found if found.pair == pair else None

    def put(self, outcome: PairOutcome) -> None:
        """Keep an outcome, whole or not at all."""
        if self._folder is None:
            return
        path = self._path(self._folder, outcome.pair)
        fresh = path.with_suffix(f".{os.getpid()}")
        with suppress(OSError):
            fresh.write_text(json.dumps(asdict(outcome)), encoding="utf-8")
            fresh.replace(path)

    def forget(self) -> None:
        """Remove all outcomes: the run has come to its end."""
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)

    @staticmethod
    def _path(folder: Path, pair: Pairing) -> Path:
        return folder / f"{blake2b(json.dumps(pair).encode(), digest_size=12).hexdigest()}.json"


def store_for(versions: tuple[Version, Version], settings: Settings) -> OutcomeStore:
    """The store of exactly this comparison."""
    base = cache_folder()
    if base is None:
        return OutcomeStore(None)
    what = [digest_of_code(_CODE), repr(settings), *(_said(each) for each in versions)]
    return OutcomeStore(base / "world" / blake2b(json.dumps(what).encode(), digest_size=16).hexdigest())


def _said(version: Version) -> str:
    """All that the outcomes depend on in a version: its file by digest, how it was read, and what each pair
    and each State holds.

    The same names may stand for other lines: a table of names can exchange two States.
    """
    like = version.like
    held = blake2b(digest_size=16)
    for pair, claim in sorted(version.claims.items()):
        for strand in claim.strands:
            held.update(repr((pair, strand.name, strand.left, strand.right, len(strand.lonlat))).encode())
            held.update(strand.lonlat.tobytes())
    for name, state in sorted(version.states.items()):
        for ring in state.rings:
            held.update(repr((name, len(state.shells), len(ring))).encode())
            held.update(ring.tobytes())
    held.update(repr(sorted(version.without_land.items())).encode())
    return repr((like.title, like.origin, like.frame.code, like.edges, like.uncertainty, held.hexdigest()))


def _outcome(kept: Any) -> PairOutcome:
    measures = kept["measures"]
    passing = kept["passing"]
    return PairOutcome(
        _two(kept["pair"]), _two(kept["whole_m"]), _two(kept["vertices"]),
        None if measures is None else Measures(**{key: _value(value) for key, value in measures.items()}),
        str(kept["why_not"]),
        None if passing is None else Passing(**{key: _value(value) for key, value in passing.items()}),
        str(kept["no_balance"]),
    )  # fmt: skip


def _value(value: Any) -> Any:
    return _two(value) if isinstance(value, list) else value


def _two(value: Any) -> Any:
    one, other = value
    return one, other
