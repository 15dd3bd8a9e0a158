"""The date that outputs bear whose format must have one."""

from __future__ import annotations

import os
from datetime import UTC, datetime

from merestone.publish.no_date import NO_DATE


def date_of_outputs() -> datetime:
    """The date in files that must have one: `SOURCE_DATE_EPOCH`, else one that is visibly not a real one."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    return datetime.fromtimestamp(int(epoch), UTC) if epoch.isdecimal() and len(epoch) < 12 else NO_DATE
