"""The date in files whose format must have one, where none is stated."""

from __future__ import annotations

from datetime import UTC, datetime

NO_DATE = datetime(1980, 1, 1, tzinfo=UTC)
"""The date of outputs where SOURCE_DATE_EPOCH is not set: visibly not a real one."""
