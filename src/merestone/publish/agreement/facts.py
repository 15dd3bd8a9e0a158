"""A comparison of many lines as facts for other programs, under names that stay."""

from __future__ import annotations

import json

from merestone.compare.many.agreed import Agreement, Group, PairFigures, Run, Share
from merestone.compare.many.constellations import constellations
from merestone.publish.agreement.export import AgreementExport
from merestone.publish.agreement.figures import why_reference
from merestone.publish.agreement.words import standing, title
from merestone.publish.comparison.facts import claim_facts, number, place_facts, reach_facts, remark_facts
from merestone.publish.export import NOT_AGREED

SCHEMA = "merestone.agreement/1"


def write_json(export: AgreementExport) -> bytes:
    """The facts as UTF-8 JSON."""
    text = json.dumps(facts(export), ensure_ascii=False, allow_nan=False, indent=1)
    return f"{text}\n".encode("utf-8", "surrogatepass")


def facts(export: AgreementExport) -> dict[str, object]:
    """All figures; every key is always there, null where there is nothing to say. Lines are named by their number in the
    order of the inputs, from 1."""
    made = export.agreement
    return {
        "schema": SCHEMA,
        "title": title(export),
        "status": NOT_AGREED,
        "standing": standing(),
        "agree_all_along": made.as_one,
        "settings": {"tolerance_m": made.settings.tolerance_m, "reach_m": made.settings.reach_m},
        "sides": {"left": made.sides[0], "right": made.sides[1]},
        "lines": [
            {"line": line, **claim_facts(claim), "along_reference": _share(share)}
            for line, (claim, share) in enumerate(zip(made.claims, made.shares, strict=True), 1)
        ],
        "pairs": [_pair(pair) for pair in made.pairs],
        "reference": _reference(made),
        "together_m": made.together_m,
        "constellations": [
            {
                "groups": _groups(one.groups),
                "absent": _lines(one.absent),
                "length_m": one.length_m,
                "runs": one.runs,
                "greatest_m": one.apart_m,
            }
            for one in constellations(made.runs)
        ],
        "runs": [_run(run) for run in made.runs],
        "merged": {"runs": made.merged, "length_m": made.merged_m},
        "remarks": [remark_facts(remark) for remark in made.remarks],
    }


def _share(share: Share) -> dict[str, float]:
    return {
        "with_most_m": share.with_most_m,
        "with_fewer_m": share.with_fewer_m,
        "alone_m": share.alone_m,
        "absent_m": share.absent_m,
        "of_it_beside_m": share.beside_m,
    }


def _pair(pair: PairFigures) -> dict[str, object]:
    return {
        "lines": _lines(pair.lines),
        "hausdorff_m": number(pair.hausdorff_m),
        "means_m": None if pair.means_m is None else list(pair.means_m),
        "left_in_first_m2": pair.left_in_first_m2,
        "right_in_first_m2": pair.right_in_first_m2,
        "lengths_m": list(pair.lengths_m),
        "whole_lengths_m": list(pair.whole_lengths_m),
        "partings": pair.partings,
        "unmatched": pair.unmatched,
    }


def _reference(made: Agreement) -> dict[str, object]:
    return {
        "line": made.reference.line + 1,
        "why": why_reference(made),
        "length_m": made.length_m,
        "sums_of_means_m": [standing_.sum_m for standing_ in made.reference.standings],
        "answered": [standing_.answered for standing_ in made.reference.standings],
        "considered": [standing_.may_be for standing_ in made.reference.standings],
    }


def _run(run: Run) -> dict[str, object]:
    return {
        **reach_facts(run.reach),
        "groups": _groups(run.groups),
        "absent": _lines(run.absent),
        "greatest_m": run.apart_m,
        "middle": place_facts(run.place),
    }


def _groups(groups: tuple[Group, ...]) -> list[list[int]]:
    return [_lines(group) for group in groups]


def _lines(lines: Group) -> list[int]:
    return [line + 1 for line in lines]
