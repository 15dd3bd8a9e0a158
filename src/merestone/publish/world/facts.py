"""A world comparison as facts for other programs, under names that stay."""

from __future__ import annotations

import json

from merestone.publish.comparison.facts import claim_facts, remark_facts
from merestone.publish.comparison.fields import Fields, T, cells
from merestone.publish.comparison.words import standing
from merestone.publish.export import NOT_AGREED
from merestone.publish.world.export import NO_POSITION, WorldExport, title
from merestone.publish.world.fields import ONLY_IN, PAIRS, only_in_rows, ranked_rows

SCHEMA = "merestone.world/1"


def write_json(export: WorldExport) -> bytes:
    """The facts as UTF-8 JSON."""
    text = json.dumps(facts(export), ensure_ascii=False, allow_nan=False, indent=1)
    return f"{text}\n".encode("utf-8", "surrogatepass")


def facts(export: WorldExport) -> dict[str, object]:
    """Every pair under the keys of its columns; every key is always there, null where there is nothing to say."""
    world = export.world
    return {
        "schema": SCHEMA,
        "title": title(world),
        "status": NOT_AGREED,
        "position": NO_POSITION,
        "standing": standing(world),
        "first": claim_facts(world.first),
        "second": claim_facts(world.second),
        "settings": {
            "error_m": world.settings.error_m,
            "different_above": world.settings.different_above,
            "within_error_below": world.settings.within_error_below,
            "reach_m": world.settings.reach_m,
        },
        "pairs": [_row(PAIRS, row) for row in ranked_rows(world)],
        "only_in_one": [_row(ONLY_IN, row) for row in only_in_rows(world)],
        "differing": [remark_facts(each) for each in world.differing],
        "remarks": [remark_facts(each) for each in world.remarks],
    }


def _row(fields: Fields[T], row: T) -> dict[str, object]:
    return dict(zip((field.key for field in fields), cells(fields, row), strict=True))
