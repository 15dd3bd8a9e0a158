"""The colours of a world map tell pairs apart, whether versions differ by metres or by kilometres."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from merestone.publish.world.classes import class_of, classes_for


@pytest.mark.parametrize("scale_m", [1.0, 100.0, 10_000.0])
def test_no_class_holds_nearly_all(scale_m: float) -> None:
    """Of 308 pairs spread over two orders of magnitude no colour takes more than a third."""
    values = [scale_m * 10.0 ** (2.0 * number / 307.0) for number in range(308)]
    classes = classes_for(values)
    counts = Counter(class_of(classes, value).words for value in values)
    assert len(counts) >= 4
    assert max(counts.values()) <= 308 / 3


@given(st.lists(st.floats(0.0, 1e6), max_size=50))
def test_every_separation_has_a_class(values: list[float]) -> None:
    """Classes follow on one another, and each value lies in the one whose limits hold it."""
    classes = classes_for(values)
    limits = [kind.below_m for kind in classes]
    assert limits == sorted(set(limits))
    assert limits[-1] == float("inf")
    assert all(value < class_of(classes, value).below_m for value in values)
