"""The tables of the page: zones, both lines, partings, unmatched parts, lengths, what lies between, remarks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from merestone.compare.claim import Claim
from merestone.compare.comparison import Comparison, Zone
from merestone.publish.comparison.export import ComparisonExport
from merestone.publish.comparison.figures import column_heads, common_rows, sides_text, statistics_rows
from merestone.publish.comparison.noticed import is_accuracy_stated, judged, narrow, narrow_text, noticed
from merestone.publish.comparison.report.shown import Shown, left_out_zones
from merestone.publish.comparison.table_text import reach_km
from merestone.publish.comparison.words import (
    ORDINALS,
    accuracy,
    edges,
    holders,
    identity_text,
    origin,
    place_text,
    short_names,
    size_text,
)
from merestone.publish.export import frame_text
from merestone.publish.report.markup import Content, Markup, bdi, element, joined
from merestone.publish.report.numbers import grouped, rough, square_km
from merestone.publish.report.rows import over, row, table
from merestone.sources.remark import Remark

JUDGED = "verdict with the probability that land changes sides"
NOT_JUDGED = "there is no verdict, because no accuracy is stated"
REST = "the other formats have all rows"


def zones_table(made: Comparison, parts: Shown, drawn: frozenset[str]) -> Markup:
    """Every zone that is shown: who has it, how large, how wide, where, how sure."""
    since = element("p", None, bdi(identity_text(made))) if made.identity is not None else None
    if not made.zones:
        return joined(element("p", None, "No land lies between the two lines."), since)
    one, two = short_names(made)
    judging = is_accuracy_stated(made)
    heads = ("Zone", "Who has it", "Area, km²", "Width, m", "Along, km", *(("Verdict",) if judging else ()))
    keys = {zone.number: key for key, zone in parts.zones.items()}
    wide, thin = (
        [
            row({"id": f"row-{key}", "data-k": key}, _target(key, drawn), *_zone(made, zone))
            for zone in zones
            if (key := keys.get(zone.number))
        ]
        for zones in (noticed(made), narrow(made))
    )
    note = (
        f"Who has the zone and where it lies along the line, first in {one}, then in {two}. Area with one standard "
        f"deviation; greatest and mean width; {JUDGED if judging else NOT_JUDGED}. Kilometres are counted in the common "
        "orientation."
    )
    left_out = left_out_zones(made, parts)
    said = element("p", {"class": "more"}, left_out) if left_out else None
    folded = element(
        "details",
        {"class": "narrow"},
        element("summary", None, f"{narrow_text(made)}."),
        table("Narrow zones", heads, thin, note, css="held", rest=REST),
    )
    largest = table("Zones", heads, wide, note, css="held", rest=REST) if wide else None
    return joined(since, said, largest, folded if thin else None)


def gone_table(made: Comparison) -> Markup | None:
    """Zones of the earlier comparison that are none now; their numbers are not given again."""
    if made.identity is None or not made.identity.gone:
        return None
    rows = [
        row(
            {},
            None,
            zone.name,
            f"{grouped(zone.area_m2 / 1e6, 3)} km²",
            "earlier" if zone.gone_before else "since then",
        )
        for zone in made.identity.gone
    ]
    note = "These zones of an earlier comparison no longer exist; their numbers are not used again."
    return table("Gone zones", ("Zone", "Was", "Gone"), rows, note, rest=REST)


def _zone(made: Comparison, zone: Zone) -> Sequence[Content]:
    one, two = holders(zone)
    return (
        zone.name if zone.since is None else over(zone.name, zone.since.value),
        over(bdi(one), bdi(two)),
        joined(over(grouped(zone.area_m2 / 1e6, 3), f"± {grouped(zone.area_sigma_m2 / 1e6, 3)}"), *_was(zone)),
        over(grouped(zone.greatest_width_m, 0), f"mean {grouped(zone.mean_width_m, 0)}"),
        over(*map(reach_km, zone.reaches)),
        *([over(*judged(made, zone))] if is_accuracy_stated(made) else ()),
    )


def _was(zone: Zone) -> Iterator[Content]:
    """The area of a zone in the earlier comparison, below that of now."""
    if zone.area_before_m2 is not None:
        yield " "
        yield element("span", {"class": "sub"}, f"was {grouped(zone.area_before_m2 / 1e6, 3)}")


def _target(key: str, drawn: frozenset[str]) -> str | None:
    return f"#map-{key}" if key in drawn else None


def lines_table(made: Comparison) -> Markup:
    """Both lines side by side, then what stands for both at once."""
    heads = ("What", *column_heads(made)[1:])
    rows = [row({}, None, name, *map(bdi, values)) for name, *values in statistics_rows(made)]
    facts = (
        element("div", None, element("dt", None, bdi(name)), element("dd", None, value))
        for name, value in common_rows(made)
    )
    return joined(table("Both lines", heads, rows, None), element("dl", {"class": "facts-head"}, *facts))


def partings_table(parts: Shown, drawn: frozenset[str]) -> Markup | None:
    """Stretches further apart than the tolerance."""
    heads = ("No.", "Km of first", "Km of second", "Greatest", "Second lies", "At")
    rows = [
        row(
            {"id": f"row-{key}", "data-k": key},
            _target(key, drawn),
            key[1:],
            *map(reach_km, one.reaches),
            rough(one.greatest_m),
            f"to the {one.side.value}",
            place_text(one.place),
        )
        for key, one in sorted(parts.partings.items(), key=lambda item: -item[1].greatest_m)
    ]
    return table("Stretches further apart than the tolerance", heads, rows, None) if rows else None


def unmatched_table(parts: Shown, drawn: frozenset[str]) -> Markup | None:
    """Parts of a line without a counterpart."""
    heads = ("No.", "Line", "Part of the line", "Km", "Length", "Why")
    rows = [
        row(
            {"id": f"row-{key}", "data-k": key},
            _target(key, drawn),
            key[1:],
            ORDINALS[int(one.of_second)],
            bdi(one.reach.strand),
            reach_km(one.reach),
            rough(one.reach.length_m),
            bdi(one.why),
        )
        for key, one in parts.unmatched.items()
    ]
    return table("Without counterpart", heads, rows, None) if rows else None


def resolutions_table(made: Comparison) -> Markup | None:
    """Lengths as walked with dividers of one opening."""
    one, two = short_names(made)
    rows = [
        row(
            {},
            None,
            rough(each.opening_m),
            *(f"{grouped(length / 1000, 3)} km" for length in each.lengths_m),
            _ratio(each.lengths_m),
        )
        for each in made.resolutions
    ]
    note = "Both lines are measured with dividers of the same opening. Only then can the lengths of a detailed and a generalised line be compared."
    return table("Lengths", ("Dividers", one, two, "First : second"), rows, note) if rows else None


def _ratio(lengths_m: tuple[float, float]) -> str:
    return f"{lengths_m[0] / lengths_m[1]:.4f}" if lengths_m[1] else ""


def between_table(export: ComparisonExport, parts: Shown) -> Markup | None:
    """What lies in the zones."""
    heads = ("Zone", "Side of first", "Layer", "What", "How many", "Length", "People")
    rows = [
        row(
            {"data-k": parts.zone_key(one.zone)},
            None,
            "all" if one.zone is None else f"Z{one.zone}",
            "both" if one.side is None else one.side.value,
            bdi(one.layer),
            bdi(one.what),
            grouped(one.count, 0),
            "" if one.length_m is None else rough(one.length_m),
            "" if one.people is None else grouped(one.people, 0),
        )
        for one in export.between
    ]
    return table("What lies between", heads, rows, None, rest=REST) if rows else None


def crossings_table(export: ComparisonExport, parts: Shown, drawn: frozenset[str]) -> Markup | None:
    """Where something crosses one of the lines."""
    heads = ("No.", "Name", "Kind", "Line", "Zone", "At")
    rows = [
        row(
            {"id": f"row-{key}", "data-k": key, "data-near": parts.zone_key(one.zone)},
            _target(key, drawn),
            key[1:],
            bdi(one.name),
            bdi(one.kind),
            ORDINALS[int(one.of_second)],
            "" if one.zone is None else f"Z{one.zone}",
            place_text(one.place),
        )
        for key, one in parts.crossings.items()
    ]
    hidden = len(export.crossings) - len(rows)
    said = element("p", {"class": "more"}, f"{grouped(hidden, 0)} more are in the GeoPackage.") if hidden else None
    return joined(table("Crossings", heads, rows, None), said) if rows else None


def remarks_table(remarks: Sequence[Remark]) -> Markup | None:
    """What a reader must know of the sources and of the computation."""
    rows = [
        row(
            {},
            None,
            element("code", None, remark.code),
            bdi(remark.of),
            bdi(remark.sentence),
            bdi(size_text(remark)),
            "" if remark.place is None else place_text(remark.place),
        )
        for remark in remarks
    ]
    heads = ("Code", "Of", "Finding", "Size", "At")
    return table("Findings", heads, rows, None, css="said-in-full", rest=REST) if rows else None


def stated(made: Comparison) -> Markup:
    """How each line is stated, and with what the comparison was made."""
    settings = made.settings
    chosen = (
        f"stretches more than {rough(settings.tolerance_m)} apart are listed; separations are exact to "
        f"{rough(settings.error_m)}; different above a probability of {settings.different_above:g}, within the error below "
        f"{settings.within_error_below:g}; stretches more than {rough(settings.reach_m)} apart are not matched"
    )
    entries: Iterable[tuple[str, Content]] = (
        *claim_entries("First line", made.first),
        *claim_entries("Second line", made.second),
        ("Sides", bdi(sides_text(made))),
        ("Settings", chosen),
        (
            "Land between",
            f"{square_km(made.balance.left_in_first_m2)} left of the first, {square_km(made.balance.right_in_first_m2)} right of it",
        ),
    )
    return entries_list(entries)


def entries_list(entries: Iterable[tuple[str, Content]]) -> Markup:
    """Names and what is said of each."""
    return element(
        "dl",
        {"class": "facts-head stated"},
        *(
            element("div", {"class": "wide"}, element("dt", None, name), element("dd", None, value))
            for name, value in entries
        ),
    )


def claim_entries(name: str, claim: Claim) -> Iterator[tuple[str, Content]]:
    """A line as it is stated, as entries of a list: under whose name, then how and from where."""
    yield name, bdi(claim.under_name)
    parts = (edges(claim), accuracy(claim), f"frame {frame_text(claim.frame)}", origin(claim))
    yield f"{name}, as stated", bdi("; ".join(part for part in parts if part))
