"""What a description says its longitudes are counted from, told with the value that was applied and its source."""

from __future__ import annotations

from fractions import Fraction

from merestone.delimit.authority import authority
from merestone.description.tree import LongitudesFrom
from merestone.diagnostics import Diagnostic, Severity
from merestone.geodesy.prime_meridians import BY_NAME


def counted_from(declared: LongitudesFrom, subject: str | None = None) -> Diagnostic:
    """The note that shows the meridian, its value and where the value is from."""
    known = BY_NAME.get(declared.meridian.casefold())
    of = f"the longitudes of {subject}" if subject else "longitudes"
    sentence = f"{of} are counted from {declared.meridian}, {_dms(declared.zero_deg)} of Greenwich"
    if declared.at is None and known is not None:
        sentence += f" (EPSG:{known.code}, {known.name})"
    elif known is not None:
        sentence += f" as stated{_by(declared)}; the EPSG registry has {_dms(known.east_deg)} (EPSG:{known.code})"
    else:
        sentence += f" as stated{_by(declared)}"
    return Diagnostic("F826", Severity.NOTE, sentence, declared.span, subject=subject)


def _by(declared: LongitudesFrom) -> str:
    return f" by {authority(declared.by)}" if declared.by is not None else ", by nobody named"


def _dms(value_deg: Fraction) -> str:
    """Degrees, minutes and seconds to a thousandth of a second, with the letter: 2°20'14.025" E."""
    thousandths = round(abs(value_deg) * 3_600_000)
    minutes, rest = divmod(thousandths, 60_000)
    return f"{minutes // 60}°{minutes % 60:02d}'{rest / 1000:06.3f}\" {'W' if value_deg < 0 else 'E'}"
