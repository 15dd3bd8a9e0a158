"""A comparison as facts for other programs: the JSON answer of `merestone compare --json`, under names that stay."""

from __future__ import annotations

import json
from math import isfinite

from merestone.compare.claim import Claim
from merestone.compare.comparison import Comparison, Identity, Profile, Reach, Since, Statistics, Stretch, Zone
from merestone.compare.lines.places import PlaceBeside
from merestone.compare.territory import TerritoryBalance
from merestone.geodesy.line import Floats, Place
from merestone.geodesy.uncertainty import Common, Component
from merestone.publish.comparison.export import ComparisonExport
from merestone.publish.comparison.fields import ordinal, wrapped_deg
from merestone.publish.comparison.figures import total_area_m2
from merestone.publish.comparison.words import standing, title
from merestone.publish.export import NOT_AGREED, frame_text
from merestone.sources.remark import Remark

SCHEMA = "merestone.compare/1"


def write_json(export: ComparisonExport) -> bytes:
    """The facts as UTF-8 JSON; the stations of the profiles are in `.profile.csv`."""
    text = json.dumps(facts(export), ensure_ascii=False, allow_nan=False, indent=1)
    return f"{text}\n".encode("utf-8", "surrogatepass")


def facts(export: ComparisonExport, *, profiles: bool = False) -> dict[str, object]:
    """All figures of a comparison; every key is always there, null where there is nothing to say.

    Pairs are of the first line and of the second. `profiles` adds the stations of every profile as arrays.
    """
    made = export.comparison
    return {
        "schema": SCHEMA,
        "title": title(export),
        "status": NOT_AGREED,
        "standing": standing(made),
        "territory_balance": None if made.territory is None else territory_facts(made.territory),
        "first": claim_facts(made.first),
        "second": claim_facts(made.second),
        "sides": {"left": made.sides[0], "right": made.sides[1]},
        "settings": {
            "tolerance_m": made.settings.tolerance_m,
            "error_m": made.settings.error_m,
            "different_above": made.settings.different_above,
            "within_error_below": made.settings.within_error_below,
            "reach_m": made.settings.reach_m,
        },
        "lengths_m": list(made.lengths_m),
        "whole_lengths_m": list(made.whole_lengths_m),
        "statistics": None if made.statistics is None else [_statistics(one) for one in made.statistics],
        "hausdorff_m": number(made.hausdorff_m),
        "frechet_m": [number(bound) for bound in made.frechet_m],
        "areas": {
            "between_m2": total_area_m2(made),
            "left_in_first_m2": made.balance.left_in_first_m2,
            "right_in_first_m2": made.balance.right_in_first_m2,
            "crumbs_m2": made.balance.crumbs_m2,
            "crumbs": made.balance.crumbs,
        },
        "verdicts": [{"verdict": share.verdict.value, "lengths_m": list(share.lengths_m)} for share in made.shares],
        "zones": [_zone(zone) for zone in made.zones],
        "since": None if made.identity is None else _identity(made.identity, made.zones),
        **_lists(made),
        "stretches": [_stretch(stretch, profiles=profiles) for stretch in made.stretches],
        "crossings": [
            {
                "name": one.name,
                "kind": one.kind,
                "place": place_facts(one.place),
                "line": "second" if one.of_second else "first",
                "zone": one.zone,
            }
            for one in export.crossings
        ],
        "places": [[_beside(one) for one in pair] for pair in export.places],
        "between": [
            {
                "zone": one.zone,
                "side_of_first": None if one.side is None else one.side.value,
                "layer": one.layer,
                "what": one.what,
                "count": one.count,
                "length_m": one.length_m,
                "people": one.people,
            }
            for one in export.between
        ],
        "remarks": [remark_facts(remark) for remark in made.remarks],
    }


def territory_facts(balance: TerritoryBalance) -> list[dict[str, object]]:
    """The land that changes hands, from the polygons: both ways, with how much of it one version gives to both."""
    return [
        {
            "held_in_first": land.held_in_first,
            "held_in_second": land.held_in_second,
            "area_m2": land.area_m2,
            "of_both_m2": land.of_both_m2,
        }
        for land in balance.changed
    ]


def _lists(made: Comparison) -> dict[str, object]:
    """Partings, unmatched parts, lengths at common resolutions."""
    return {
        "partings": [
            {
                "stretch": row.stretch + 1,
                "reaches": [reach_facts(reach) for reach in row.reaches],
                "greatest_m": row.greatest_m,
                "place": place_facts(row.place),
                "second_lies": row.side.value,
            }
            for row in made.partings
        ],
        "unmatched": [
            {
                "line": "second" if row.of_second else "first",
                **reach_facts(row.reach),
                "why": row.why,
                "place": place_facts(row.place),
            }
            for row in made.unmatched
        ],
        "resolutions": [{"opening_m": row.opening_m, "lengths_m": list(row.lengths_m)} for row in made.resolutions],
    }


def claim_facts(claim: Claim) -> dict[str, object]:
    """A claim: title, standing, claimant, edges, frame, uncertainty, origin."""
    return {
        "title": claim.title,
        "under_name": claim.under_name,
        "claimant": claim.claimant,
        "standing": claim.standing.value,
        "frame": frame_text(claim.frame),
        "edges": claim.edges.value,
        "uncertainty": [_component(part) for part in claim.uncertainty.components],
        "strands": [
            {
                "name": strand.name,
                "ring": strand.ring,
                "vertices": len(strand.lonlat),
                "left": strand.left,
                "right": strand.right,
            }
            for strand in claim.strands
        ],
        "origin": {
            "file": claim.origin.file,
            "layer": claim.origin.layer,
            "format": claim.origin.format,
            "sha256": claim.origin.sha256,
            "note": claim.origin.note,
        },
    }


def _component(part: Component) -> dict[str, object]:
    shape = part.correlation
    common = isinstance(shape, Common)
    return {
        "source": part.source,
        "sigma_m": part.sigma_m,
        "common": common,
        "azimuth_deg": shape.azimuth_deg if isinstance(shape, Common) else None,
        "correlation_length_m": None if isinstance(shape, Common) else shape.length_m,
    }


def _statistics(one: Statistics) -> dict[str, object]:
    return {
        "mean_m": one.mean_m,
        "median_m": one.median_m,
        "p95_m": one.p95_m,
        "greatest_m": one.greatest_m,
        "place": place_facts(one.place),
        "nearest": place_facts(one.foot),
        "strand": one.strand,
        "along_m": one.along_m,
    }


def _zone(zone: Zone) -> dict[str, object]:
    return {
        "name": zone.name,
        "stretch": ordinal(zone.stretch),
        "held_in_first": zone.held_in_first,
        "held_in_second": zone.held_in_second,
        "side_of_first": zone.in_first.value,
        "area_m2": zone.area_m2,
        "area_sigma_m2": number(zone.area_sigma_m2),
        "edges_m": list(zone.lengths_m),
        "greatest_width_m": number(zone.greatest_width_m),
        "mean_width_m": number(zone.mean_width_m),
        "reaches": [None if reach is None else reach_facts(reach) for reach in zone.reaches],
        "place": place_facts(zone.place),
        "neighbours": [f"Z{number_}" for number_ in zone.neighbours],
        "probability": number(zone.probability),
        "verdict": zone.verdict.value,
        "since": None if zone.since is None else zone.since.value,
        "area_before_m2": zone.area_before_m2,
    }


def _identity(identity: Identity, zones: tuple[Zone, ...]) -> dict[str, object]:
    """The earlier comparison, and which of its zones are kept, new and gone."""
    return {
        "file": identity.origin.file,
        "sha256": identity.origin.sha256,
        "lines": list(identity.lines),
        **{each.value: [zone.name for zone in zones if zone.since is each] for each in Since},
        "gone": [
            {"name": zone.name, "area_m2": zone.area_m2, "gone_before": zone.gone_before} for zone in identity.gone
        ],
    }


def reach_facts(reach: Reach) -> dict[str, object]:
    """A part of a strand."""
    return {"strand": reach.strand, "from_m": reach.from_m, "to_m": reach.to_m}


def _stretch(stretch: Stretch, *, profiles: bool) -> dict[str, object]:
    one, two = stretch.profiles
    return {
        "reaches": [reach_facts(reach) for reach in stretch.reaches],
        "ring": stretch.ring,
        "frechet_m": [number(bound) for bound in stretch.frechet_m],
        "profiles": [_profile(one), _profile(two)] if profiles else None,
    }


def _profile(profile: Profile) -> dict[str, object]:
    return {
        "along_m": _numbers(profile.along_m, 3),
        "lon_deg": _numbers(profile.lonlat[:, 0], 9),
        "lat_deg": _numbers(profile.lonlat[:, 1], 9),
        "foot_along_m": _numbers(profile.foot_along_m, 3),
        "separation_m": _numbers(profile.separation_m, 3),
        "sigma_m": _numbers(profile.sigma_m, 3),
        "probability": _numbers(profile.probability, 6),
    }


def _numbers(values: Floats, decimals: int) -> list[float | None]:
    """The numbers rounded, null for what is not finite; never a negative zero."""
    return [value + 0.0 if isfinite(value) else None for value in values.round(decimals).tolist()]


def _beside(one: PlaceBeside) -> dict[str, object]:
    return {
        "place": place_facts(one.place),
        "offset_m": number(one.offset_m),
        "sigma_m": number(one.sigma_m),
        "left_probability": number(one.left_probability),
        "left": one.left,
        "right": one.right,
        "held_by": None if one.held_by is None else list(one.held_by),
    }


def number(value: float) -> float | None:
    """A number that JSON can hold."""
    return value if isfinite(value) else None


def place_facts(place: Place) -> dict[str, float]:
    """A place, longitude within half a turn, to 1e-9 degree."""
    return {"lon_deg": round(wrapped_deg(place[0]), 9), "lat_deg": round(place[1], 9)}


def remark_facts(remark: Remark) -> dict[str, object]:
    """A remark."""
    return {
        "code": remark.code,
        "sentence": remark.sentence,
        "place": None if remark.place is None else place_facts(remark.place),
        "size": remark.size,
        "unit": remark.unit,
        "of": remark.of,
    }
