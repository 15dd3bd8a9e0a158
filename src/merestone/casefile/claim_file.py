"""A `.claim.toml` file: what a file of vectors does not say of the line in it (who claims it, how sure it is)."""

from __future__ import annotations

import difflib
import math
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from merestone.casefile.files import read_description
from merestone.compare.claim import Standing
from merestone.compare.lines.significance import stated_component
from merestone.errors import UnreadableFileError
from merestone.geodesy.turning import Chord
from merestone.geodesy.uncertainty import Component, Uncertainty

ENDING = ".claim.toml"
_LARGEST_BYTES = 1 << 20
_TEXTS = ("title", "standing", "claimant", "file", "layer", "edges", "frame", "state_attribute", "outline_of", "note")
_SIDES = ("left", "right")
_KEYS = (*_TEXTS, *_SIDES, "between", "accuracy")
_EDGES = {"lonlat": Chord.LONLAT, "geodesic": Chord.GEODESIC}


@dataclass(frozen=True, slots=True)
class Wanted:
    """How a line is to be read from a file of vectors, and what is said of it.

    `between` the two States whose common boundary is meant; `state_attribute` what names a State in the file;
    `outline_of` the State whose own outline counts where outlines were drawn apart; `left`, `right` who lies on either
    side of lines in the direction of their vertices; `frame` declares one where the file names none.
    """

    file: Path
    title: str = ""
    standing: Standing = Standing.VERSION
    claimant: str | None = None
    layer: str | None = None
    edges: Chord = Chord.LONLAT
    frame: str | None = None
    between: tuple[str, str] | None = None
    state_attribute: str | None = None
    outline_of: str | None = None
    left: str | None = None
    right: str | None = None
    note: str = ""
    uncertainty: Uncertainty = field(default_factory=Uncertainty)


def read_claim_file(path: Path) -> Wanted:
    """What a `.claim.toml` asks for; raises `UnreadableFileError` where it says something that there is not."""
    entries = _entries(path)
    for key in entries:
        if key not in _KEYS:
            close = difflib.get_close_matches(key, _KEYS, 1)
            raise UnreadableFileError(
                path, f"{key!r} is not a key of a claim" + (f"; did you mean {close[0]!r}?" if close else "")
            )
    texts = {key: _text(path, entries, key) for key in (*_TEXTS, *_SIDES)}
    if texts["file"] is None:
        raise UnreadableFileError(path, 'it does not name a file; add a line such as file = "lines.gpkg"')
    return Wanted(
        _inside(path, texts["file"]),
        texts["title"] or "",
        _standing(path, texts["standing"]),
        texts["claimant"],
        texts["layer"],
        _edges(path, texts["edges"]),
        texts["frame"],
        _between(path, entries.get("between")),
        texts["state_attribute"],
        texts["outline_of"],
        texts["left"],
        texts["right"],
        texts["note"] or "",
        Uncertainty(tuple(_component(path, each) for each in _list(path, entries.get("accuracy", [])))),
    )


def _entries(path: Path) -> dict[str, Any]:
    data = read_description(path, _LARGEST_BYTES)
    try:
        return tomllib.loads(data.decode("utf-8"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
        raise UnreadableFileError(path, f"it is not valid TOML: {error}") from error


def _text(path: Path, entries: dict[str, Any], key: str) -> str | None:
    value = entries.get(key)
    if value is None:
        return None
    if not isinstance(value, str) or not value.strip() or len(value) > 10_000:
        raise UnreadableFileError(path, f"{key} must be a text in quotation marks, not {value!r:.60}")
    return value.strip()


def _inside(path: Path, name: str) -> Path:
    """The file that is named, which lies in the folder of the claim, or deeper, links followed."""
    if not name.isprintable():
        raise UnreadableFileError(path, f"{name!r:.80} is not a file name")
    base = path.parent.resolve()
    found = (path.parent / name).resolve()
    if Path(name).is_absolute() or name.startswith(("/", "\\")) or "://" in name or not found.is_relative_to(base):
        raise UnreadableFileError(
            path, f"{name!r} lies outside the folder of the claim; put the file into that folder or a folder in it"
        )
    return found


def _standing(path: Path, text: str | None) -> Standing:
    try:
        return Standing(text) if text else Standing.VERSION
    except ValueError:
        raise UnreadableFileError(path, f"standing must be one of {', '.join(Standing)}, not {text!r}") from None


def _edges(path: Path, text: str | None) -> Chord:
    if text is not None and text not in _EDGES:
        raise UnreadableFileError(path, f"edges must be one of {', '.join(_EDGES)}, not {text!r}")
    return _EDGES[text or "lonlat"]


def _between(path: Path, value: Any) -> tuple[str, str] | None:
    if value is None:
        return None
    if not (isinstance(value, list) and len(value) == 2 and all(isinstance(each, str) and each for each in value)):
        raise UnreadableFileError(path, 'between must name two States, such as between = ["ARM", "AZE"]')
    return value[0], value[1]


def _list(path: Path, value: Any) -> list[dict[str, Any]]:
    if not (isinstance(value, list) and all(isinstance(each, dict) for each in value)):
        raise UnreadableFileError(path, "accuracy must be a list of tables: [[accuracy]] with source and sigma_m")
    return value


def _component(path: Path, entry: dict[str, Any]) -> Component:
    unknown = set(entry) - {"source", "sigma_m", "correlation_m"}
    source, sigma_m, correlation_m = (entry.get(key) for key in ("source", "sigma_m", "correlation_m"))
    if unknown or not isinstance(source, str) or not source.strip():
        raise UnreadableFileError(
            path, "each accuracy needs source and sigma_m; correlation_m may be added if the errors vary along the line"
        )
    length_m = None if correlation_m is None else _positive(path, source, correlation_m)
    return stated_component(source.strip(), _positive(path, source, sigma_m), length_m)


def _positive(path: Path, source: str, value: Any) -> float:
    number = isinstance(value, int | float) and not isinstance(value, bool)
    if not number or not math.isfinite(value) or not value > 0:
        raise UnreadableFileError(
            path, f"the accuracy of {source!r} must be positive numbers of metres, not {value!r:.40}"
        )
    return float(value)
