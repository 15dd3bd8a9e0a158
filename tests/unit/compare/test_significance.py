"""What is said of significance, beside lines drawn at random from the same model."""

from __future__ import annotations

import numpy as np
import pytest

from fakes.claims import claim
from merestone.compare.comparison import Settings, Verdict
from merestone.compare.lines.compare import compare
from merestone.compare.lines.significance import Doubt, Edge, on_left, real, zone_area_sigma_m2
from merestone.geodesy.line import Floats
from merestone.geodesy.uncertainty import Common, Component, Local, Uncertainty

DRAWS = 4_000


def drawn(uncertainty: Uncertainty, at_m: Floats, noise: np.random.Generator, fields: dict[str, Floats]) -> Floats:
    """One error vector (east, north) at every place along a line; errors of one source are the same error."""
    total = np.zeros((len(at_m), 2))
    for component in uncertainty.components:
        key = f"{component.source} {component.correlation}"
        if key not in fields:
            fields[key] = _field(component, at_m, noise)
        total += component.sigma_m * fields[key]
    return total


def _field(component: Component, at_m: Floats, noise: np.random.Generator) -> Floats:
    """A field of unit variance: constant, or with an exponential correlation along the line (by its covariance)."""
    match component.correlation:
        case Common(azimuth_deg=None):
            return np.tile(noise.normal(size=2), (len(at_m), 1))
        case Common(azimuth_deg=azimuth):
            direction = np.array([np.sin(np.radians(azimuth or 0.0)), np.cos(np.radians(azimuth or 0.0))])
            return np.tile(noise.normal() * direction, (len(at_m), 1))
        case Local(length_m=length_m):
            covariance = np.exp(-np.abs(at_m[:, None] - at_m[None, :]) / length_m)
            root = np.linalg.cholesky(covariance + 1e-9 * np.eye(len(at_m)))
            return np.asarray(root @ noise.normal(size=(len(at_m), 2)))


FIRST = Uncertainty((Component("survey", 12.0, Local(300.0)), Component("frame", 4.0, Common())))
SECOND = Uncertainty(
    (Component("frame", 4.0, Common()), Component("sheet", 9.0, Common(60.0)), Component("pen", 5.0, Local(80.0)))
)
SHARED = Uncertainty((Component("survey", 7.0, Local(300.0)),))


@pytest.mark.parametrize(("one", "two"), [(FIRST, SECOND), (FIRST, SHARED), (SECOND, Uncertainty())])
def test_the_sigma_of_an_area_is_that_of_areas_drawn_from_the_model(one: Uncertainty, two: Uncertainty) -> None:
    """Areas between two edges displaced at random scatter by the standard deviation that is computed."""
    noise = np.random.default_rng(11)
    at_m = np.arange(0.0, 1500.0, 20.0)
    azimuths = 90.0 + 30.0 * np.sin(at_m / 200.0), 90.0 + 30.0 * np.cos(at_m / 250.0)
    edges = [Edge(at_m, azimuth, np.full(len(at_m), 20.0)) for azimuth in azimuths]
    normals = [np.column_stack([-np.cos(np.radians(a)), np.sin(np.radians(a))]) * 20.0 for a in azimuths]
    changes = []
    for _ in range(DRAWS):
        fields: dict[str, Floats] = {}
        moved = [drawn(uncertainty, at_m, noise, fields) for uncertainty in (one, two)]
        changes.append(np.sum(moved[0] * normals[0]) - np.sum(moved[1] * normals[1]))
    expected = float(np.std(changes))
    found = zone_area_sigma_m2(Doubt(one, two, Settings()), edges[0], edges[1])
    assert found == pytest.approx(expected, rel=4.0 / np.sqrt(2.0 * DRAWS))


def test_errors_of_one_source_cancel() -> None:
    """Two lines that share their only error differ for certain, however large it is."""
    shared = Uncertainty((Component("frame", 500.0, Common()),))
    first, second = np.array([[10.0, 0.0], [10.2, 0.0]]), np.array([[10.0, 0.0005], [10.2, 0.0005]])
    made = compare(claim(first, uncertainty=shared), claim(second, uncertainty=shared), Settings())
    assert made.zones[0].verdict is Verdict.DIFFERENT
    assert made.zones[0].area_sigma_m2 == 0.0
    assert {share.verdict for share in made.shares if share.lengths_m[0] > 0} == {Verdict.DIFFERENT}


@pytest.mark.parametrize(
    ("sigma_m", "verdict"), [(20.0, Verdict.DIFFERENT), (40.0, Verdict.UNDECIDABLE), (70.0, Verdict.WITHIN_ERROR)]
)
def test_a_separation_of_56_metres_is_judged_by_its_sigma(sigma_m: float, verdict: Verdict) -> None:
    """55.3 m are 2.8, 1.4 and 0.8 standard deviations: above 95 %, between, below 68 %."""
    unsure = Uncertainty((Component("survey", sigma_m, Common()),))
    first, second = np.array([[10.0, 0.0], [10.2, 0.0]]), np.array([[10.0, 0.0005], [10.2, 0.0005]])
    made = compare(claim(first, uncertainty=unsure), claim(second), Settings())
    lengths = {share.verdict: share.lengths_m[0] for share in made.shares}
    assert lengths[verdict] == pytest.approx(made.lengths_m[0])


def test_the_probability_of_being_real_is_that_of_a_smaller_error() -> None:
    """One standard deviation holds 68.27 % of all errors, two 95.45 %; without a sigma the error of computation decides."""
    found = real(np.array([10.0, 20.0, 5.0, 0.001]), np.array([10.0, 10.0, 0.0, 0.0]), 0.01)
    assert found == pytest.approx([0.682689, 0.954500, 1.0, 0.0], abs=1e-6)


def test_the_probability_of_a_side_is_that_of_the_normal_error() -> None:
    """On the line both sides are equally likely; a sigma to the left it is 84.13 %."""
    found = on_left(np.array([0.0, 10.0, -10.0, 1.0, 0.0]), np.array([10.0, 10.0, 10.0, 0.0, 0.0]))
    assert found == pytest.approx([0.5, 0.841345, 0.158655, 1.0, 0.5], abs=1e-6)
