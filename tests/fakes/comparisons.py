"""Comparisons made by hand, every figure consistent with the lines that it speaks of.

The second line is the first one moved aside by a stated offset: positive to the left of the common orientation. Where
the offset changes its sign the two meet, so that the zones between them are known without computing a matching.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from math import erf, sqrt

import numpy as np
from pyproj import Geod

from merestone.compare.claim import Claim, Label, Origin, Standing, Strand
from merestone.compare.comparison import (
    AtResolution,
    Balance,
    Comparison,
    Parting,
    Profile,
    Reach,
    Settings,
    Share,
    Side,
    Statistics,
    Stretch,
    Unmatched,
    Verdict,
    Zone,
)
from merestone.geodesy.ellipsoid import WGS84
from merestone.geodesy.frame import Frame
from merestone.geodesy.line import Floats
from merestone.geodesy.turning import Chord
from merestone.geodesy.uncertainty import Component, Local, Uncertainty
from merestone.sources.remark import Remark

GEOD = Geod(ellps="WGS84")
FRAME = Frame("WGS 84", "EPSG:4326", WGS84, ensemble_accuracy_m=2.0)
SIGMAS_M = (25.0, 40.0)
AMPLITUDES_M = (1830.0, -640.0, 210.0, -95.0, 48.0, -1210.0, 330.0, -22.0, 760.0, -150.0, 64.0, -410.0)
PER_ZONE = 60


@dataclass(frozen=True, slots=True)
class Sketch:
    """What a comparison is made from: where, how the lines part (an amplitude for each zone in metres), their names."""

    amplitudes_m: tuple[float, ...] = AMPLITUDES_M
    per_zone: int = PER_ZONE
    middle: tuple[float, float] = (45.4, 40.6)
    size_m: float = 200_000.0
    titles: tuple[str, str] = ("Line of 1976", "Line of 2024")
    claimants: tuple[str | None, str | None] = ("Avalon", "Borduria")
    standings: tuple[Standing, Standing] = (Standing.CLAIM, Standing.CLAIM)
    sides: tuple[str | None, str | None] = ("Avalon", "Borduria")
    exclave: bool = True
    tail: bool = True
    remarks: tuple[Remark, ...] = (
        Remark("D301", "the two files do not say in which realisation of WGS 84 they are", size=2.0, unit="m"),
        Remark("D201", "the polygons of the two States overlap", (45.1, 40.5), 81_000.0, "m2", "Line of 1976"),
    )


def of(sketch: Sketch) -> Comparison:
    """The comparison of a sketch."""
    one, two, offsets_m, edges = _lines(sketch)
    tail = _tail(one) if sketch.tail else one[:0]
    whole = np.concatenate([one, tail])
    ring = _square(sketch) if sketch.exclave else None
    first = _claim(sketch, 0, whole, None)
    second = _claim(sketch, 1, two, ring)
    along = (_along(whole)[: len(one)], _along(two))
    stretch = _stretch(one, two, offsets_m, along)
    zones = _zones(sketch, one, two, offsets_m, edges, along)
    if ring is not None:
        zones = (*zones, _exclave(sketch, ring, len(zones) + 1))
    unmatched: tuple[Unmatched, ...] = ()
    if sketch.tail:
        tail_m = Reach("main", float(along[0][-1]), float(_along(whole)[-1]))
        unmatched = (Unmatched(of_second=False, reach=tail_m, why="beyond the end", place=_place(tail[-1])),)
    if ring is not None:
        around_m = Reach("exclave", 0.0, float(_along(ring)[-1]))
        where = _place(ring[0])
        unmatched += (Unmatched(of_second=True, reach=around_m, why="closed line without counterpart", place=where),)
    statistics = (_statistics(stretch.profiles[0]), _statistics(stretch.profiles[1]))
    lengths_m = (float(along[0][-1]), float(along[1][-1]))
    ring_m = float(_along(ring)[-1]) if ring is not None else 0.0
    return Comparison(
        first=first,
        second=second,
        settings=Settings(),
        sides=sketch.sides,
        stretches=(stretch,),
        unmatched=unmatched,
        statistics=statistics,
        hausdorff_m=max(statistics[0].greatest_m, statistics[1].greatest_m),
        frechet_m=stretch.frechet_m,
        lengths_m=lengths_m,
        whole_lengths_m=(float(_along(whole)[-1]), lengths_m[1] + ring_m),
        resolutions=tuple(
            AtResolution(opening, (lengths_m[0] * (1 - opening / 2e5), lengths_m[1] * (1 - opening / 1.9e5)))
            for opening in (100.0, 1_000.0, 10_000.0)
        ),
        partings=_partings(zones, stretch),
        zones=zones,
        balance=_balance(zones),
        shares=_shares(zones, lengths_m),
        remarks=sketch.remarks,
    )


def ordinary() -> Comparison:
    """Two claims of some 200 km with twelve zones, an unmatched end, and an exclave that only the second has."""
    return of(Sketch())


def identical() -> Comparison:
    """Two lines that are one: no zone, nothing apart."""
    return of(Sketch(amplitudes_m=(0.0,), exclave=False, tail=False, remarks=()))


def one_zone() -> Comparison:
    """Two lines of two kilometres that bound one zone."""
    return of(Sketch(amplitudes_m=(85.0,), size_m=2_000.0, exclave=False, tail=False))


def many_zones(count: int = 3_000, per_zone: int = 8) -> Comparison:
    """Two lines that change sides all the time."""
    sizes = 5.0 + 25.0 * np.abs(np.sin(np.arange(count) * 0.37))
    return of(Sketch(amplitudes_m=tuple((sizes * (-1.0) ** np.arange(count)).tolist()), per_zone=per_zone))


def long_lines(vertices: int = 1_000_000) -> Comparison:
    """Two lines of very many vertices."""
    return of(Sketch(per_zone=vertices // len(AMPLITUDES_M)))


def over_the_antimeridian() -> Comparison:
    """Two lines that cross 180 degrees, run on beyond it."""
    return of(Sketch(middle=(179.8, 66.0), titles=("East first", "West first")))


def nobody_named() -> Comparison:
    """Two published versions that nobody put forward, of sides that nobody named."""
    return of(
        Sketch(sides=(None, None), claimants=(None, None), standings=(Standing.VERSION, Standing.READING), remarks=())
    )


ATTACK = "</script><script>alert(1)</script>\"'><img src=x onerror=alert(1)>\u202e=1+1"


def hostile() -> Comparison:
    """A comparison whose every text is an attack."""
    made = of(
        Sketch(
            titles=(ATTACK, f"=cmd|' /C calc'!A0 {ATTACK}"),
            claimants=(ATTACK, ATTACK),
            sides=(ATTACK, f"{ATTACK}B"),
            remarks=(Remark("D301", ATTACK, None, 1.0, ATTACK, ATTACK),),
        )
    )
    reach = made.unmatched[0].reach
    unmatched = (replace(made.unmatched[0], reach=replace(reach, strand=ATTACK), why=ATTACK), *made.unmatched[1:])
    return replace(made, unmatched=unmatched)


def swapped(made: Comparison) -> Comparison:
    """The same comparison with its inputs in the other order, by the contract of the values alone."""
    return replace(
        made,
        first=made.second,
        second=made.first,
        stretches=tuple(_swapped_stretch(one) for one in made.stretches),
        unmatched=tuple(replace(one, of_second=not one.of_second) for one in made.unmatched),
        statistics=None if made.statistics is None else (made.statistics[1], made.statistics[0]),
        lengths_m=_turned(made.lengths_m),
        whole_lengths_m=_turned(made.whole_lengths_m),
        resolutions=tuple(replace(one, lengths_m=_turned(one.lengths_m)) for one in made.resolutions),
        partings=tuple(
            replace(one, reaches=(one.reaches[1], one.reaches[0]), side=_other(one.side)) for one in made.partings
        ),
        zones=tuple(
            replace(
                one,
                in_first=_other(one.in_first),
                held_in_first=one.held_in_second,
                held_in_second=one.held_in_first,
                lengths_m=_turned(one.lengths_m),
                reaches=(one.reaches[1], one.reaches[0]),
            )
            for one in made.zones
        ),
        balance=replace(
            made.balance,
            left_in_first_m2=made.balance.right_in_first_m2,
            right_in_first_m2=made.balance.left_in_first_m2,
        ),
        shares=tuple(replace(one, lengths_m=_turned(one.lengths_m)) for one in made.shares),
    )


def _swapped_stretch(one: Stretch) -> Stretch:
    return replace(
        one,
        reaches=(one.reaches[1], one.reaches[0]),
        knots_m=one.knots_m[:, ::-1],
        profiles=(one.profiles[1], one.profiles[0]),
    )


def _turned(pair: tuple[float, float]) -> tuple[float, float]:
    return pair[1], pair[0]


def _other(side: Side) -> Side:
    return Side.RIGHT if side is Side.LEFT else Side.LEFT


def _lines(sketch: Sketch) -> tuple[Floats, Floats, Floats, list[int]]:
    """Both lines (n, 2) vertex by vertex, the offsets (n,) in metres, and the vertices at which they meet."""
    count = len(sketch.amplitudes_m)
    u = np.linspace(0.0, 1.0, count * sketch.per_zone + 1)
    x = (u - 0.5) * sketch.size_m * 0.82
    y = sketch.size_m * (0.16 * np.sin(5.1 * u) + 0.035 * np.sin(23 * u + 1.0) + 0.008 * np.sin(71 * u) - 0.1 * u)
    phase = np.pi * (u * count - np.minimum(np.floor(u * count), count - 1))
    which = np.minimum(np.floor(u * count), count - 1).astype(int)
    offsets = np.asarray(sketch.amplitudes_m)[which] * np.sin(phase) * (1 + 0.25 * np.sin(5 * phase))
    edges = [k * sketch.per_zone for k in range(count + 1)]
    offsets[edges] = 0.0
    dx, dy = np.gradient(x), np.gradient(y)
    size = np.hypot(dx, dy)
    moved = (x - dy / size * offsets, y + dx / size * offsets)
    return _lonlat(sketch, x, y), _lonlat(sketch, *moved), offsets, edges


def _lonlat(sketch: Sketch, x_m: Floats, y_m: Floats) -> Floats:
    """Metres east and north of the middle as longitude and latitude."""
    lon, lat = sketch.middle
    narrow = np.cos(np.radians(lat))
    return np.column_stack([lon + x_m / (111_320.0 * narrow), lat + y_m / 111_200.0])


def _along(line: Floats) -> Floats:
    """The chainages (n,) of the vertices of a line."""
    steps = GEOD.inv(line[:-1, 0], line[:-1, 1], line[1:, 0], line[1:, 1])[2]
    return np.concatenate([[0.0], np.cumsum(steps)])


def _tail(line: Floats) -> Floats:
    """Vertices that lead on from the end of a line."""
    ahead = (line[-1] - line[-2]) / np.linalg.norm(line[-1] - line[-2])
    return np.asarray(line[-1] + ahead * np.linspace(0.005, 0.06, 12)[:, None])


def _square(sketch: Sketch) -> Floats:
    """The outline of an exclave of four kilometres, counter-clockwise."""
    x = np.array([0.0, 4000.0, 4400.0, 300.0, 0.0]) + sketch.size_m * 0.1
    y = np.array([0.0, 200.0, 3900.0, 4200.0, 0.0]) + sketch.size_m * 0.2
    return _lonlat(sketch, x, y)


def _claim(sketch: Sketch, which: int, line: Floats, ring: Floats | None) -> Claim:
    left, right = sketch.sides
    strands = [Strand("main", line, left=left, right=right, labels=(Label("leg 1", 0, len(line) // 2),))]
    if ring is not None:
        strands.append(Strand("exclave", ring, ring=True, left=right, right=left))
    uncertainty = Uncertainty((Component(f"survey {which}", SIGMAS_M[which], Local(5_000.0)),))
    return Claim(
        sketch.titles[which],
        tuple(strands),
        FRAME,
        Chord.LONLAT,
        sketch.standings[which],
        sketch.claimants[which],
        uncertainty,
        Origin(f"line-{which + 1}.geojson", "boundary", f"{which + 1}" * 64, "GeoJSON", "made for a test"),
    )


def _profile(line: Floats, other: Floats, along_m: Floats, foot_m: Floats, sign: Floats) -> Profile:
    """The separations of matching vertices."""
    size = GEOD.inv(line[:, 0], line[:, 1], other[:, 0], other[:, 1])[2]
    sigma = np.full(len(line), sqrt(SIGMAS_M[0] ** 2 + SIGMAS_M[1] ** 2))
    share = np.array([erf(value) for value in (size / sigma / sqrt(2.0)).tolist()])
    return Profile(along_m, line, other, foot_m, size * sign, sigma, share)


def _stretch(one: Floats, two: Floats, offsets_m: Floats, along: tuple[Floats, Floats]) -> Stretch:
    sign = np.where(offsets_m < 0, -1.0, 1.0)
    profiles = (
        _profile(one, two, along[0], along[1], sign),
        _profile(two, one, along[1], along[0], -sign),
    )
    greatest = float(np.abs(profiles[0].separation_m).max())
    return Stretch(
        (Reach("main", 0.0, float(along[0][-1])), Reach("main", 0.0, float(along[1][-1]))),
        np.column_stack(along),
        profiles,
        (greatest, greatest * 1.01),
        ring=False,
    )


def _statistics(profile: Profile) -> Statistics:
    """The separations weighted by the length that each vertex stands for."""
    size = np.abs(profile.separation_m)
    weight = np.gradient(profile.along_m)
    order = np.argsort(size)
    share = np.cumsum(weight[order]) / weight.sum()
    median, p95 = (float(size[order][np.searchsorted(share, level)]) for level in (0.5, 0.95))
    at = int(np.argmax(size))
    return Statistics(
        float((size * weight).sum() / weight.sum()),
        median,
        p95,
        float(size[at]),
        _place(profile.lonlat[at]),
        _place(profile.foot[at]),
        "main",
        float(profile.along_m[at]),
    )


def _zones(
    sketch: Sketch, one: Floats, two: Floats, offsets_m: Floats, edges: list[int], along: tuple[Floats, Floats]
) -> tuple[Zone, ...]:
    found: list[Zone] = []
    for start, end in pairwise(edges):
        here = slice(start, end + 1)
        if not np.abs(offsets_m[here]).max() > 0.0:
            continue
        middle = (start + end) // 2
        side = Side.LEFT if offsets_m[middle] > 0 else Side.RIGHT
        ring = np.concatenate([one[here], two[here][-2::-1]])
        reaches = tuple(Reach("main", float(a[start]), float(a[end])) for a in along)
        number = len(found) + 1
        found.append(_zone(sketch, number, 0, side, ring, (reaches[0], reaches[1]), (one[middle] + two[middle]) / 2))
    return tuple(found)


def _zone(
    sketch: Sketch,
    number: int,
    stretch: int | None,
    side: Side,
    ring: Floats,
    reaches: tuple[Reach | None, Reach | None],
    place: Floats,
) -> Zone:
    signed = float(GEOD.polygon_area_perimeter(ring[:-1, 0], ring[:-1, 1])[0])
    area, ring = abs(signed), ring if signed > 0 else ring[::-1]
    lengths = tuple(0.0 if reach is None else reach.length_m for reach in reaches)
    longest = max(lengths)
    mean, sigma_m = area / longest, sqrt(SIGMAS_M[0] ** 2 + SIGMAS_M[1] ** 2)
    probability = erf(mean / sigma_m / sqrt(2.0))
    verdict = Verdict.DIFFERENT if probability > 0.95 else Verdict.UNDECIDABLE
    left, right = sketch.sides if side is Side.LEFT else sketch.sides[::-1]
    return Zone(
        number=number,
        stretch=stretch,
        in_first=side,
        held_in_first=left,
        held_in_second=right,
        polygons=((ring,),),
        area_m2=area,
        area_sigma_m2=sigma_m * sqrt(5_000.0 * longest),
        lengths_m=(lengths[0], lengths[1]),
        greatest_width_m=mean * 1.6,
        mean_width_m=mean,
        reaches=reaches,
        place=_place(place),
        neighbours=() if stretch is None else tuple(n for n in (number - 1, number + 1) if n > 0),
        probability=probability,
        verdict=Verdict.WITHIN_ERROR if probability < 0.68 else verdict,
    )


def _exclave(sketch: Sketch, ring: Floats, number: int) -> Zone:
    reach = Reach("exclave", 0.0, float(_along(ring)[-1]))
    return _zone(sketch, number, None, Side.LEFT, ring, (None, reach), ring[:-1].mean(axis=0))


def _partings(zones: tuple[Zone, ...], stretch: Stretch) -> tuple[Parting, ...]:
    """The stretches apart by more than the tolerance: here, the zones wide enough, without their tips."""
    found = []
    for zone in zones:
        one, two = zone.reaches
        if one is None or two is None or zone.greatest_width_m <= Settings().tolerance_m:
            continue
        inner = tuple(Reach(r.strand, r.from_m + 0.02 * r.length_m, r.to_m - 0.02 * r.length_m) for r in (one, two))
        profile = stretch.profiles[0]
        here = (profile.along_m >= one.from_m) & (profile.along_m <= one.to_m)
        greatest = float(np.abs(profile.separation_m[here]).max())
        found.append(Parting(0, (inner[0], inner[1]), greatest, zone.place, zone.in_first))
    return tuple(found)


def _balance(zones: tuple[Zone, ...]) -> Balance:
    sums = {side: sum(zone.area_m2 for zone in zones if zone.in_first is side) for side in Side}
    return Balance(sums[Side.LEFT], sums[Side.RIGHT], 0.0, 0)


def _shares(zones: tuple[Zone, ...], lengths_m: tuple[float, float]) -> tuple[Share, ...]:
    """The lengths of the zones by verdict; what lies in no zone is within the error."""
    sums = {
        verdict: [sum(z.lengths_m[k] for z in zones if z.verdict is verdict and None not in z.reaches) for k in (0, 1)]
        for verdict in Verdict
    }
    for k in (0, 1):
        sums[Verdict.WITHIN_ERROR][k] += lengths_m[k] - sum(held[k] for held in sums.values())
    return tuple(Share(verdict, (held[0], held[1])) for verdict, held in sums.items())


def _place(lonlat: Floats) -> tuple[float, float]:
    return float(lonlat[0]), float(lonlat[1])
