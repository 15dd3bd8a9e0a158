"""What every group of tests shares: the table of skipped groups, the published cases, the profiles of hypothesis."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

pytest_plugins = ["skip_table"]

ROOT = Path(__file__).resolve().parent.parent

settings.register_profile("default", derandomize=True, deadline=None, print_blob=True)
settings.register_profile(
    "soak", deadline=None, max_examples=5_000, print_blob=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests that are allowed the most time go first, lest one core is idle while the other finishes the longest."""
    items.sort(key=_allowed_s, reverse=True)


def _allowed_s(item: pytest.Item) -> float:
    marker = item.get_closest_marker("timeout")
    return float(marker.args[0]) if marker is not None and marker.args else 0.0


@pytest.fixture(scope="session")
def root() -> Path:
    """The folder of the project."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of material that tests may read and the project must not hold; the test is skipped without it.

    It lies beside the checkout, or where MERESTONE_SHARED says.
    """
    folder = Path(os.environ.get("MERESTONE_SHARED", ROOT.parent / "shared"))
    if not folder.is_dir():
        pytest.skip("needs the shared case data beside the checkout, or named by MERESTONE_SHARED")
    return folder


@pytest.fixture(scope="session")
def shared_cases(shared: Path) -> Path:
    """The folder of the published cases' tables; the test is skipped without it."""
    folder = shared / "cases"
    if not folder.is_dir():
        pytest.skip("needs the published cases in the shared case data")
    return folder
