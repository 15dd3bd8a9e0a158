"""Descriptions of any size, made up: zigzags that never cross themselves, with coordinates to a hundredth of a second."""

from __future__ import annotations

from itertools import count, islice

HEAD = "boundary «A line for measuring»\nreading by «nobody»\nparties A «A», B «B»\nframe WGS 84\n\n"
SECTION = "\nsection S with A on the right, B on the left\n  from P0\n"


def place_text(number: int) -> str:
    """The coordinates of one point of the zigzag, running eastward half a second each step."""
    half_seconds = 36_000 + number
    degrees, rest = divmod(half_seconds, 7_200)
    minutes, halves = divmod(rest, 120)
    return f"40°{7 * number % 11:02d}'{13 * number % 59:02d}.25\" N {degrees}°{minutes:02d}'{halves / 2:05.2f}\" E"


def prose(legs: int) -> str:
    """One section of geodesic legs, each between points of the text."""
    points = "".join(f"point P{number} at {place_text(number)}\n" for number in range(legs + 1))
    return HEAD + points + SECTION + "".join(f"  leg geodesic to P{number}\n" for number in range(1, legs + 1))


def many_sections(legs: int) -> str:
    """A section for every ten legs, each leg with words and an expectation of its course."""
    out = [HEAD, *(f"point P{number} at {place_text(number)}\n" for number in range(legs + 1))]
    numbers = count(1)
    for section in range(0, legs, 10):
        out.append(f"\nsection S{section} with A on the right, B on the left\n  from P{section}\n")
        out += [
            f"  leg geodesic to P{number}\n    words «thence in a straight line to boundary point {number}»\n"
            for number in islice(numbers, 10)
        ]
    return "".join(out)


def by_distance(legs: int) -> str:
    """Legs by azimuth and distance: each starts where the one before it ends."""
    runs = "".join(f"  leg geodesic at azimuth {60 + 60 * (number % 2)}° for 100 m\n" for number in range(legs))
    return f"{HEAD}point P0 at {place_text(0)}\n{SECTION}{runs}"


def unknown_names(legs: int) -> str:
    """Every leg runs to a point that is not defined, with a name close to one that is."""
    return prose(legs).replace("geodesic to P", "geodesic to Q")


def table_rows(points: int) -> str:
    """Indented rows of degrees with nine decimals, one point a row, running eastward from 10 to at most 170 degrees."""
    step = 160.0 / points
    return "".join(
        f"  P{number} | {40 + 7 * number % 11 / 100:.9f}° N | {10 + number * step:.9f}° E\n" for number in range(points)
    )
