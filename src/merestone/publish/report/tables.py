"""The tables of the page: legs, vertices, readings, findings. Each row is tied to its part of the line."""

from __future__ import annotations

from collections.abc import Sequence
from math import isnan

from merestone.delimit.boundary_line import CompiledLeg, Gap
from merestone.publish.angles import Axis, azimuth_dms, decimal_degrees, dms
from merestone.publish.findings import SEVERITY_WORDS, place_text
from merestone.publish.report.anchors import Anchors, link
from merestone.publish.report.clauses import key_of
from merestone.publish.report.kinds import kind_text
from merestone.publish.report.markup import Content, Markup, bdi, element
from merestone.publish.report.model import LegReadings, Matter, Profile
from merestone.publish.report.numbers import grouped, rough, square_km
from merestone.publish.report.rows import over, row, table
from merestone.publish.report.ties import TiedPart, TiedVertex, Ties

LEGS_NOTE = "Azimuths at the start and, below, at the end: directions of travel, clockwise from true north."
VERTICES_NOTE = "Defining vertices, whole numbers of 0.000 000 001 degree in the frame of the description."
READINGS_NOTE = "The greatest separation of the two curves (Hausdorff distance), and the area between them."


def legs_table(ties: Ties, anchors: Anchors) -> Markup:
    """Legs with kind, length, both azimuths, greatest sigma across."""
    heads = ("Leg", "Length, m", "Azimuth", "Sigma across", "Kind")
    rows = [
        row({"id": f"row-{tied.key}", "data-k": tied.key}, anchors.to_map(tied.key), *_leg_cells(tied))
        for tied in ties.parts
    ]
    return table("Legs", heads, rows, LEGS_NOTE, css="folding")


def _leg_cells(tied: TiedPart) -> Sequence[Content]:
    part = tied.part
    name = over(bdi(part.name), bdi(tied.section.name))
    if isinstance(part, Gap):
        return name, "?", "?", "?", "gap: not computed"
    azimuths = [azimuth_dms(float(each), 2) for each in (*part.azimuths_start_deg[:1], *part.azimuths_end_deg[-1:])]
    return (
        name,
        grouped(part.length_m, 3),
        over(*azimuths) if azimuths else "",
        _sigma(_greatest_sigma(part)),
        kind_text(part),
    )


def _greatest_sigma(leg: CompiledLeg) -> float | None:
    known = [sigma for sigma in leg.across_sigma_m.tolist() if not isnan(sigma)]
    return max(known, default=None)


def _sigma(sigma_m: float | None) -> str:
    return "unknown" if sigma_m is None else "0 (exact by law)" if sigma_m == 0 else rough(sigma_m)


def vertices_table(ties: Ties, anchors: Anchors) -> Markup:
    """Vertices with coordinates both ways, what they rest on, tolerance and sigma."""
    heads = (
        "Vertex",
        "Latitude",
        "Longitude",
        "Sigma across",
        "Rests on",
        "Tolerance",
    )
    rows = [
        row(
            {"id": f"row-{vertex.key}", "data-k": vertex.key, "data-near": " ".join(vertex.parts) or None},
            anchors.to_map(vertex.key),
            bdi(vertex.name) if vertex.name else f"vertex {vertex.key[1:]}",
            over(dms(vertex.units[1], Axis.LATITUDE), decimal_degrees(vertex.units[1])),
            over(dms(vertex.units[0], Axis.LONGITUDE), decimal_degrees(vertex.units[0])),
            _sigma(vertex.sigma_m) if vertex.parts else "not on the line",
            vertex.source.value,
            _tolerance(vertex),
        )
        for vertex in ties.vertices
    ]
    return table("Vertices", heads, rows, VERTICES_NOTE, css="folding")


def _tolerance(vertex: TiedVertex) -> str:
    return rough(vertex.tolerance_m)


def readings_table(readings: tuple[LegReadings, ...], ties: Ties, anchors: Anchors) -> Markup | None:
    """The spread between each named pair of readings, leg by leg."""
    keys = {(tied.section.name, tied.part.name): tied.key for tied in ties.parts}
    rows = [
        _readings_row(one, profile, keys.get((one.section, one.leg)), anchors)
        for one in readings
        for profile in one.profiles
    ]
    heads = ("Leg", "Separation", "Area between", "One reading and another")
    return table("Readings", heads, rows, READINGS_NOTE, css="folding") if rows else None


def _readings_row(readings: LegReadings, profile: Profile, key: str | None, anchors: Anchors) -> Markup:
    """The spread of one pair."""
    return row(
        {"data-k": key},
        anchors.to_map(key),
        over(bdi(readings.leg), bdi(readings.section)),
        rough(profile.hausdorff_m),
        square_km(profile.area_m2),
        over(bdi(profile.one), bdi(profile.other)),
    )


def findings_table(matter: Matter, ties: Ties, anchors: Anchors) -> Markup:
    """Every finding with what would settle it."""
    if not matter.findings:
        return element("p", None, "The check did not find open words or contradictions.")
    rows = []
    for finding in matter.findings:
        key = key_of(finding, ties)
        place = link(anchors.to_line(finding.span.line), None, place_text(finding)) if finding.span else "the whole"
        rows.append(
            row(
                {"data-k": key},
                anchors.to_words(key),
                element("code", None, finding.code),
                SEVERITY_WORDS[finding.severity],
                place,
                element("span", {"dir": "auto"}, finding.sentence),
                bdi(finding.settles or finding.hint or ""),
            )
        )
    return table("Findings", ("Code", "What", "Where", "Finding", "What would settle it"), rows, None, css="prose")
