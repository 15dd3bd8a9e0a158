"""Hostile and broken texts through the front door: findings and an exit code of the table, in bounded time and memory.

Each text is checked by the program in a process of its own, whose memory and processor time are limited.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

EXAMPLE = (Path(__file__).parents[2] / "examples" / "libya-chad.boundary").read_bytes()
HEAD = (
    "boundary «A - B»\nparties A «Aland», B «Bland»\nframe WGS 84 epoch 2016.0\nreading of straight lines: geodesic\n"
)
POINTS = "point A at 10°00'00.0\"N 20°00'00.0\"E\npoint B at 11°00'00.0\"N 21°00'00.0\"E\n"
MEMORY_BYTES = 4 << 30
"""Address space, most of it never used: the libraries alone reserve more than a gigabyte."""
PROCESSOR_S = 30


def limits() -> None:
    """What a process that reads a hostile text may use."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (PROCESSOR_S, PROCESSOR_S))


def run(*words: str, environment: dict[str, str] | None = None) -> subprocess.CompletedProcess[bytes]:
    """The program's answer."""
    return subprocess.run(
        [sys.executable, "-m", "merestone", *words],
        capture_output=True,
        check=False,
        timeout=120,
        preexec_fn=limits,
        env={**os.environ, "OPENBLAS_NUM_THREADS": "1", **(environment or {})},
    )


def section(*legs: str) -> str:
    """A section of these legs from A."""
    return "section M\n  from A\n" + "".join(f"  {leg}\n" for leg in legs)


def description(*legs: str, more: str = "") -> str:
    """A whole description of these legs from A."""
    return HEAD + POINTS + more + section(*legs)


def midpoints(numbers: range) -> str:
    """Points each of which is the midpoint of the one before and A; the first of B and A."""
    return "".join(f"point M{n} at the midpoint of {f'M{n - 1}' if n else 'B'} and A\n" for n in numbers)


TEXTS: dict[str, tuple[bytes | str, int, set[str]]] = {
    "empty": ("", 3, {"F802", "O602", "R404"}),
    "binary": (bytes(range(1, 256)) * 400, 3, {"T101"}),
    "zero bytes": (EXAMPLE.replace(b"section", b"sec\0tion"), 3, {"T101"}),
    "UTF-16": (EXAMPLE.decode().encode("utf-16"), 3, {"T101"}),
    "Latin-1": (EXAMPLE.decode().encode("latin-1", "replace"), 3, {"T101"}),
    "100 MB": (b"note x\n" * 15_000_000, 3, set()),
    "a line of 10 MB": (HEAD + POINTS + section("leg 1 geodesic to B") + "note " + "x" * 10_000_000, 3, {"T103"}),
    "90,000 quotations in one another": ("boundary " + "«" * 90_000 + "»" * 90_000 + "\n", 3, {"F802"}),
    "50,000 quotations that never close": (HEAD + "boundary «x\n" * 50_000, 3, {"T108", "R402"}),
    "60,000 lines that mean nothing": (HEAD + "asdf qwer\n" * 60_000, 3, {"S303"}),
    "a number of 100,000 digits": (description(f"leg 1 geodesic at azimuth 45° for {'9' * 100_000} km"), 3, {"C212"}),
    "an exponent": (description("leg 1 geodesic at azimuth 45° for 1e99999999 km"), 3, {"C230"}),
    "3,000 midpoints, last first": (
        description("leg 1 geodesic to M2999", more=midpoints(range(2_999, -1, -1))),
        4,
        {"G503"},
    ),
    "3,000 legs, each along the one before": (
        description("leg 0 geodesic to B", *(f"leg {n} along leg {n - 1} of M to B" for n in range(1, 3_000))),
        4,
        {"G503"},
    ),
    "a leg along itself": (description("leg 1 along leg 1 of M to B"), 3, {"R403"}),
    "a section along itself": (description("leg 1 along section M to B"), 3, {"R403"}),
    "a point on a leg that ends at it": (
        description("leg 1 geodesic to X", more="point X at 5 km along leg 1 from A\n"),
        3,
        {"R403"},
    ),
    "two frames that rest on each other": (
        description("leg 1 geodesic to B")
        + "frame X is «X» transformed to Y by 3 parameters tx 1 m ty 1 m tz 1 m\n"
        + "frame Y is «Y» transformed to X by 3 parameters tx 1 m ty 1 m tz 1 m\nlegs in X\n",
        4,
        {"F813"},
    ),
    "10,000 sections over one another": (
        HEAD + POINTS + "".join(f"section S{n}\n  from A\n  leg 1 geodesic to B\n" for n in range(10_000)),
        4,
        set(),
    ),
    "10,000 unknown names": (description(*(f"leg {n} geodesic to Q{n}" for n in range(10_000))), 3, {"R401"}),
    "2,000 unknown names like 2,000 known": (
        HEAD
        + POINTS
        + "".join(f"point Abcdefghij{n} at 10°N 20°E\n" for n in range(2_000))
        + section(*(f"leg {n} geodesic to Abcdefghik{n}" for n in range(2_000))),
        3,
        {"R401"},
    ),
    "a table without enough cells": (
        HEAD + "table points T columns name, latitude, longitude\n" + "  N1 | 60°N\n" * 3_000,
        3,
        {"S311", "S318"},
    ),
    "legs through a table that is not there": (
        HEAD
        + f"table points T from «none.csv»\n  sha256 {'0' * 64}\n  columns name, latitude, longitude\n"
        + "section M\n  legs geodesic through T\n",
        3,
        {"R409"},
    ),
    "legs through a table that nothing defines": (HEAD + "section M\n  legs geodesic through T\n", 3, {"R401"}),
    "an arc without radius": (description("leg 1 arc of 0 km about B clockwise to B"), 3, {"G510"}),
    "nearly opposite ends": (
        description("leg 1 geodesic to C", more="point C at 10°00'00.0\"S 160°00'00.0\"W\n"),
        3,
        {"G504"},
    ),
}


@pytest.mark.parametrize("name", TEXTS)
def test_a_hostile_text_is_answered(name: str, tmp_path: Path) -> None:
    """It gets these findings and this exit code, no traceback, and a message that a person can read to its end."""
    text, code, expected = TEXTS[name]
    path = tmp_path / "hostile.boundary"
    path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
    answer = run("check", str(path))
    said = (answer.stdout + answer.stderr).decode()
    assert answer.returncode == code, said[-2_000:]
    assert "Traceback" not in said
    assert "defect of Merestone" not in said
    assert len(said) < 100_000
    found = {
        line.split("[")[1][:4] for line in said.split("\n") if line.startswith(("error[", "open[", "warning[", "note["))
    }
    assert expected <= found


def test_a_program_gets_every_finding(tmp_path: Path) -> None:
    """A person is shown the first of very many findings of one kind, a program all of them."""
    path = tmp_path / "many.boundary"
    path.write_text(HEAD + "asdf qwer\n" * 1_000, encoding="utf-8")
    shown = run("check", str(path)).stdout.decode()
    assert shown.count("error[S303]") == 20
    assert "980 more of S303:" in shown
    assert "  and 968 more\n" in shown
    answer = json.loads(run("check", "--json", str(path)).stdout)
    assert Counter(each["code"] for each in answer["findings"])["S303"] == 1_000


@pytest.mark.parametrize("place", range(0, len(EXAMPLE), len(EXAMPLE) // 7))
def test_a_text_cut_off_anywhere(place: int, tmp_path: Path) -> None:
    """An example that ends too early, in the middle of a letter even, is answered with findings."""
    path = tmp_path / "cut.boundary"
    path.write_bytes(EXAMPLE[:place])
    answer = run("check", str(path))
    assert answer.returncode in (0, 3, 4)
    assert b"Traceback" not in answer.stderr
    assert answer.stdout


@pytest.mark.parametrize(
    ("path", "sentence"),
    [
        ("../secret.csv", "it lies outside the folder of the description"),
        ("/etc/passwd", "it lies outside the folder of the description"),
        ("\\\\server\\share", "it lies outside the folder of the description"),
        ("/vsicurl/http://example.org/x.csv", "it lies outside the folder of the description"),
        ("http://example.org/x.csv", "it lies outside the folder of the description"),
        ("link.csv", "it lies outside the folder of the description"),
        ("pipe", "it is not an ordinary file"),
        ("folder", "it is not an ordinary file"),
        ("none.csv", "there is no such file or folder"),
    ],
)
def test_a_table_stays_inside_the_case(path: str, sentence: str, tmp_path: Path) -> None:
    """No path of a table leads out of the folder of its description, or waits for what never comes."""
    (tmp_path / "secret.csv").write_text("name,latitude,longitude\nSECRET,1°N,2°E\n", encoding="utf-8")
    case = tmp_path / "case"
    (case / "folder").mkdir(parents=True)
    (case / "link.csv").symlink_to(tmp_path / "secret.csv")
    os.mkfifo(case / "pipe")
    text = HEAD + f"table points T from «{path}»\n  sha256 {'0' * 64}\n  columns name, latitude, longitude\n"
    (case / "x.boundary").write_text(text, encoding="utf-8")
    answer = run("check", str(case / "x.boundary"))
    assert answer.returncode == 3
    assert sentence in answer.stdout.decode()
    assert b"SECRET" not in answer.stdout


def test_a_table_with_another_digest(tmp_path: Path) -> None:
    """A table that is not the one whose digest stands in the description is not read."""
    (tmp_path / "t.csv").write_text("name,latitude,longitude\nA,1°N,2°E\n", encoding="utf-8")
    text = HEAD + f"table points T from «t.csv»\n  sha256 {'0' * 64}\n  columns name, latitude, longitude\n"
    (tmp_path / "x.boundary").write_text(text, encoding="utf-8")
    answer = run("check", str(tmp_path / "x.boundary"))
    assert answer.returncode == 3
    assert b"error[R409]" in answer.stdout


def test_an_unknown_format_is_a_matter_of_usage(tmp_path: Path) -> None:
    """An output whose extension names no format is a mistake on the command line, and nothing is written."""
    path = tmp_path / "x.boundary"
    path.write_bytes(EXAMPLE)
    answer = run("delimit", str(path), "-o", str(tmp_path / "x.nope"))
    assert answer.returncode == 2
    assert not (tmp_path / "x.nope").exists()


def test_streams_that_are_closed(tmp_path: Path) -> None:
    """A program that starts without standard output and error ends as it would have."""
    path = tmp_path / "x.boundary"
    path.write_bytes(EXAMPLE)
    command = f'"{sys.executable}" -m merestone check "{path}"'
    for closed in (">&-", "2>&-", "<&- >&- 2>&-"):
        assert subprocess.run(["sh", "-c", f"{command} {closed}"], check=False, timeout=60).returncode == 0


@pytest.mark.parametrize("ending", [".line.json", ".html", ".docx", ".xlsx", ".gpkg"])
def test_same_bytes_in_every_environment(ending: str, tmp_path: Path) -> None:
    """Neither the seed of hashes nor the time zone nor the locale is in an output."""
    path = tmp_path / "x.boundary"
    path.write_bytes(EXAMPLE)
    outputs = []
    for seed, zone, locale in (("1", "UTC", "C"), ("2", "Asia/Kathmandu", "C.UTF-8")):
        out = tmp_path / f"{seed}{ending}"
        words = ("delimit", str(path), "--no-cache", "-o", str(out))
        answer = run(*words, environment={"PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": locale})
        assert answer.returncode == 0, answer.stderr
        outputs.append(out.read_bytes())
    assert outputs[0] == outputs[1]
