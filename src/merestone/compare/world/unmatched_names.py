"""States that only one of two versions names, by names that are nowhere known: most likely the same under two names."""

from __future__ import annotations

import difflib
from collections.abc import Iterator

from merestone.compare.world.identity import is_code, suggestions
from merestone.compare.world.world import Version
from merestone.sources.remark import Remark

MOST_TOLD = 50


def unmatched_names(versions: tuple[Version, Version]) -> tuple[Remark, ...]:
    """A remark (D317) for every State of a boundary that only one version names and that has no code of ISO 3166-1, with
    the names that come nearest: of the other version, and of those that are known."""
    named = [{name for pair in version.claims for name in pair} for version in versions]
    found: list[Remark] = []
    for version, own, other in zip(versions, named, reversed(named), strict=True):
        lone = sorted(name for name in own - other if not is_code(name))
        found += [_remark(name, version, sorted(other - own)) for name in lone]
    return tuple(_limited(found))


def _remark(name: str, version: Version, of_other: list[str]) -> Remark:
    near = difflib.get_close_matches(name.casefold(), {each.casefold(): each for each in of_other}, 2, 0.7)
    here = [each for each in of_other if each.casefold() in near]
    nearest = ", ".join([*here, *suggestions(name)][:3])
    pairs = sum(name in pair for pair in version.claims)
    meant = f"; nearest: {nearest}" if nearest else ""
    sentence = f"only this file names «{name}», which is not a known name of a State; its pairs are not compared; give it a code with --names{meant}"
    return Remark("D317", sentence, None, float(pairs), "pairs", version.like.origin.file)


def _limited(found: list[Remark]) -> Iterator[Remark]:
    yield from found[:MOST_TOLD]
    if len(found) > MOST_TOLD:
        rest = len(found) - MOST_TOLD
        sentence = f"{rest} more {'name is' if rest == 1 else 'names are'} in one file only"
        yield Remark("D317", sentence, None, float(rest), "names", found[-1].of)
