"""What passes from the child to its parent: one JSON and two plain arrays. The parent believes none of it unchecked."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np

from merestone.geodesy.arrays import Floats, Integers
from merestone.sources.chains import ROLES, RawLayer
from merestone.sources.layer import Layer, Part, Value
from merestone.sources.limits import ReadingLimits
from merestone.sources.refused import RefusedError
from merestone.sources.remark import Remark

ANSWER, LONLAT, CHAINS = "answer.json", "lonlat.npy", "chains.npy"
_NOT_UNDERSTOOD = "the process that read it gave no answer that can be used; report this with the file"
_CODE = re.compile(r"D1[0-9]{2}")
_SCALARS = (str, int, float, bool, type(None))


def write_refusal(folder: Path, sentence: str) -> None:
    """Leave the reason why nothing was read."""
    (folder / ANSWER).write_text(json.dumps({"refused": sentence}), encoding="utf-8")


def write_layer(folder: Path, raw: RawLayer, remarks: tuple[Remark, ...], limits: ReadingLimits) -> None:
    """Leave a layer that was read and checked; raise `RefusedError` where it is larger than the limits allow."""
    chains = raw.chains
    text = json.dumps(
        {
            "name": raw.name, "format": raw.format, "crs": raw.crs, "crs_read": "" if raw.crs else raw.crs_note,
            "attributes": [dict(each) for each in raw.attributes],
            "remarks": [asdict(remark) for remark in remarks],
        }
    )  # fmt: skip
    if len(text) > limits.attribute_bytes:
        raise RefusedError("its attributes are too large; leave out the columns that are not needed")
    np.save(folder / LONLAT, np.ascontiguousarray(chains.lonlat, dtype="<f8"), allow_pickle=False)
    table = np.column_stack([chains.counts, chains.feature, chains.role]).astype("<i8")
    np.save(folder / CHAINS, table, allow_pickle=False)
    (folder / ANSWER).write_text(text, encoding="utf-8")


def read_answer(folder: Path, limits: ReadingLimits) -> dict[str, Any]:
    """Give the child's answer; raise `RefusedError` with its reason where it refused."""
    try:
        answer = json.loads(_bounded(folder / ANSWER, limits.attribute_bytes))
    except (OSError, ValueError, RecursionError) as error:
        raise RefusedError(_NOT_UNDERSTOOD) from error
    if not isinstance(answer, dict):
        raise RefusedError(_NOT_UNDERSTOOD)
    if "refused" in answer:
        raise RefusedError(str(answer["refused"]))
    return answer


def read_layer(folder: Path, answer: dict[str, Any], file: str, sha256: str, limits: ReadingLimits) -> Layer:
    """Give the layer of an answer; raise `RefusedError` unless all of it fits together."""
    try:
        attributes = tuple(_attributes(each) for each in answer["attributes"])
        remarks = tuple(_remark(each) for each in answer["remarks"])
        name, format_name, crs = str(answer["name"]), str(answer["format"]), answer["crs"]
        crs_read = str(answer["crs_read"])
        lonlat, table = (_array(folder / each, limits) for each in (LONLAT, CHAINS))
        parts = _parts(lonlat.reshape(-1, 2).astype(np.float64), table.reshape(-1, 3).astype(np.int64), len(attributes))
    except (KeyError, TypeError, ValueError, OSError, EOFError) as error:
        raise RefusedError(_NOT_UNDERSTOOD) from error
    code = None if crs is None else str(crs)
    return Layer(file, name, format_name, sha256, code, attributes, parts, remarks, crs_read)


def _array(path: Path, limits: ReadingLimits) -> Any:
    if path.stat().st_size > limits.vertices * 24 + 1024:
        raise RefusedError(f"it holds more than {limits.vertices} vertices; cut it to the boundary that is meant")
    return np.load(path, allow_pickle=False)


def _parts(lonlat: Floats, table: Integers, features: int) -> tuple[Part, ...]:
    counts, feature, role = table.T
    fits = counts.min(initial=1) > 0 and counts.sum() == len(lonlat) and np.isfinite(lonlat).all()
    if not fits or not ((feature >= 0) & (feature < features) & (role >= 0) & (role < len(ROLES))).all():
        raise ValueError(_NOT_UNDERSTOOD)
    lonlat.flags.writeable = False
    pieces = np.split(lonlat, np.cumsum(counts)[:-1]) if len(counts) else []
    return tuple(Part(int(f), ROLES[int(r)], piece) for f, r, piece in zip(feature, role, pieces, strict=True))


def _attributes(given: Any) -> Mapping[str, Value]:
    if not isinstance(given, dict) or not all(isinstance(value, _SCALARS) for value in given.values()):
        raise ValueError(_NOT_UNDERSTOOD)
    return given


def _remark(given: Any) -> Remark:
    place, size = given["place"], given["size"]
    if not _CODE.fullmatch(given["code"]):
        raise ValueError(_NOT_UNDERSTOOD)
    return Remark(
        str(given["code"]), str(given["sentence"]), None if place is None else (float(place[0]), float(place[1])),
        None if size is None else float(size), str(given["unit"]), str(given["of"]),
    )  # fmt: skip


def _bounded(path: Path, most_bytes: int) -> bytes:
    if path.stat().st_size > most_bytes + 1024:
        raise ValueError(_NOT_UNDERSTOOD)
    return path.read_bytes()
