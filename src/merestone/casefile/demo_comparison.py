"""What the demonstration compares: two published versions of one boundary, neither of them anybody's claim."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from merestone.casefile.claim_file import ENDING
from merestone.casefile.comparing import CompareOptions, compare_files
from merestone.casefile.files import write_whole
from merestone.casefile.progress import Progress
from merestone.casefile.published_versions import (
    NATURAL_EARTH,
    OPENSTREETMAP,
    Published,
    VersionsUnavailableError,
    kept,
)

PAGE = "armenia-azerbaijan.html"
_STROKE_M = 0.2e-3 * 10_000_000 / 12**0.5
"""A line drawn 0.2 mm wide at 1:10,000,000 lies somewhere within its 2 km: as a standard deviation."""
_SIMPLIFIED_M = 10.0 / 3**0.5
"""A line kept within 10 m of its original on either side, as a standard deviation."""

_CLAIMS = (
    (
        NATURAL_EARTH,
        f"""\
title = "Natural Earth 4.1"
file = "{NATURAL_EARTH.kept_as}"
layer = "countries"
between = ["ARM", "AZE"]
note = "{NATURAL_EARTH.source}"
accuracy = [{{ source = "line of 0.2 mm at 1:10,000,000", sigma_m = {_STROKE_M:.1f}, correlation_m = 10000.0 }}]
""",
    ),
    (
        OPENSTREETMAP,
        f"""\
title = "OpenStreetMap 2017"
file = "{OPENSTREETMAP.kept_as}"
between = ["ARM", "AZE"]
note = "{OPENSTREETMAP.source}"
accuracy = [{{ source = "kept within 10 m of the original", sigma_m = {_SIMPLIFIED_M:.1f}, correlation_m = 100.0 }}]
""",
    ),
)


@dataclass(frozen=True, slots=True)
class DemoComparison:
    """What the demonstration shows of two versions: the sentence and the page, or why there are none; the files that
    say what is compared, and the sources."""

    sentence: str
    page: Path | None
    claims: tuple[Path, ...] = ()
    sources: tuple[str, ...] = ()


def demo_comparison(out: Path, progress: Progress) -> DemoComparison:
    """Natural Earth and OpenStreetMap between Armenia and Azerbaijan, compared; says why where they cannot be had."""
    from merestone.publish.comparison.figures import sentence

    try:
        claims = tuple(_claim(published, text, progress) for published, text in _CLAIMS)
    except VersionsUnavailableError as missing:
        return DemoComparison(
            f"{missing}. The demonstration therefore leaves out the comparison of two published versions.", None
        )
    page = out / PAGE
    made = compare_files(claims, CompareOptions((page,)), progress)
    return DemoComparison(sentence(made.comparison), page, claims, (NATURAL_EARTH.source, OPENSTREETMAP.source))


def _claim(published: Published, text: str, progress: Progress) -> Path:
    """The file that says what is compared, beside the published version."""
    path = kept(published, progress)
    claim = path.with_name(path.stem + ENDING)
    write_whole(claim, text.encode())
    return claim
