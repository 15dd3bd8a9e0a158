"""The command line as its user meets it, with use cases put in place of the real ones."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

import merestone.casefile
from merestone.casefile.demo_comparison import DemoComparison
from merestone.casefile.outcome import Beside, DelimitOptions, Demonstration, GalleryRow, Misprint, Outcome
from merestone.casefile.progress import Progress
from merestone.cli import main
from merestone.cli.exit_codes import ExitCode
from merestone.diagnostics import Diagnostic, Measure, Severity, Span
from merestone.errors import (
    GeometryError,
    TransformationRefusedError,
    UnknownFrameError,
    UnreadableFileError,
    UnwritableFileError,
)

TEXT = "point A at 91° N, 24° E\n"
ERROR = Diagnostic("C204", Severity.ERROR, "a latitude beyond 90°", Span(1, 12, 1, 17))
OPEN = Diagnostic(
    "O101",
    Severity.OPEN,
    '"straight line" has no kind',
    Span(1, 1, 1, 6),
    measures=(Measure("separation", 6031.25, "m", ("geodesic", "loxodrome")),),
)
NOTE = Diagnostic("N901", Severity.NOTE, "said for completeness", Span(1, 1, 1, 6))

DEMONSTRATION = Demonstration(
    gallery=(GalleryRow("a.boundary", "A treaty", ("East", "West"), 936_984.25, 2, 0, 1, 0, None),),
    page=Path("/there/page.html"),
    beside=Beside("1", 936_984.25, 318.5, 315.25, 936_984.25, 318.5, 315.25),
    misprint=Misprint(Path("copy.boundary"), TEXT, "91°", "19°", (ERROR,)),
    edit=Path("a.boundary"),
    versions=DemoComparison("They could not be had.", None),
)


@dataclass
class Fakes:
    """Use cases that give back one outcome, or raise one exception, and remember what they were asked."""

    outcome: Outcome
    trouble: BaseException | None = None
    asked: list[object] = field(default_factory=list)

    def _answer(self, *asked: object) -> Outcome:
        self.asked.extend(asked)
        if self.trouble is not None:
            raise self.trouble
        return self.outcome

    def delimit(self, path: Path, options: DelimitOptions, progress: Progress) -> Outcome:
        """Remembers the options."""
        return self._answer(path, options)

    def check(self, path: Path, progress: Progress, *, every: bool = False) -> Outcome:
        """Remembers the path."""
        return self._answer(path)

    def readings(self, path: Path, progress: Progress) -> Outcome:
        """Remembers the path."""
        return self._answer(path)

    def format(self, path: Path) -> Outcome:
        """Remembers the path."""
        return self._answer(path)

    def demo(self, examples: Path, out: Path, progress: Progress) -> Demonstration:
        """Remembers both folders."""
        self._answer(examples, out)
        return DEMONSTRATION


Install = Callable[..., Fakes]


@pytest.fixture
def use_cases(monkeypatch: pytest.MonkeyPatch) -> Install:
    """Puts use cases with a given outcome in place of the real ones."""

    def install(*findings: Diagnostic, trouble: BaseException | None = None, **more: object) -> Fakes:
        facts = {"source": "a.boundary", "text": TEXT, "findings": findings, **more}
        fakes = Fakes(Outcome(**facts), trouble)  # type: ignore[arg-type]
        monkeypatch.setattr(merestone.casefile, "use_cases", fakes, raising=False)
        return fakes

    return install


@pytest.mark.parametrize(
    ("findings", "code"),
    [
        ((), ExitCode.GOOD),
        ((NOTE,), ExitCode.GOOD),
        ((OPEN, NOTE), ExitCode.FINDINGS),
        ((OPEN, ERROR), ExitCode.INVALID_INPUT),
    ],
)
@pytest.mark.parametrize("command", ["check", "delimit", "readings"])
def test_the_worst_finding_decides_the_exit_code(
    use_cases: Install, command: str, findings: tuple[Diagnostic, ...], code: ExitCode
) -> None:
    """Errors end with 3, open words and warnings with 4, notes and nothing with 0."""
    use_cases(*findings)
    assert main([command, "a.boundary"]) == code


def test_the_findings_are_what_check_gives(use_cases: Install, capsys: pytest.CaptureFixture[str]) -> None:
    """`check` prints findings and their count on standard output, and nothing elsewhere."""
    use_cases(ERROR, OPEN)
    main(["check", "a.boundary"])
    out, err = capsys.readouterr()
    assert out.startswith("error[C204]: a latitude beyond 90°\n --> a.boundary:1:12\n")
    assert out.endswith("1 error, 1 open word in a.boundary\n")
    assert err == ""


def test_the_line_is_what_delimit_gives(use_cases: Install, capsys: pytest.CaptureFixture[str]) -> None:
    """`delimit` prints the line's summary on standard output, findings and files written on standard error."""
    use_cases(OPEN, report="937 km", written=(Path("a.geojson"),))
    main(["delimit", "a.boundary", "-o", "a.geojson"])
    out, err = capsys.readouterr()
    assert out == "937 km\n"
    assert err.startswith("open[O101]")
    assert err.endswith("1 open word in a.boundary\nwrote a.geojson\n")


def test_quiet_leaves_results_and_errors(use_cases: Install, capsys: pytest.CaptureFixture[str]) -> None:
    """With --quiet an open word beside the result is not told, an error is."""
    use_cases(OPEN, ERROR, report="937 km")
    main(["delimit", "a.boundary", "--quiet"])
    out, err = capsys.readouterr()
    assert out == "937 km\n"
    assert err.startswith("error[C204]")
    assert "O101" not in err


def test_what_delimit_is_asked(use_cases: Install) -> None:
    """Every option of `delimit` reaches the use case."""
    fakes = use_cases()
    words = ["delimit", "a.boundary", "-o", "x.kml", "-o", "y.csv", "--crs", "EPSG:4326", "--epoch", "2010.0"]
    main([*words, "--tolerance", "5", "--no-cache"])
    options = DelimitOptions((Path("x.kml"), Path("y.csv")), "EPSG:4326", "2010.0", 5.0, cache=False)
    assert fakes.asked == [Path("a.boundary"), options]


def test_json_is_one_object(use_cases: Install, capsys: pytest.CaptureFixture[str]) -> None:
    """With --json everything stands in one object with its schema, and numbers are not rounded."""
    use_cases(OPEN, facts={"length_m": 936984.25}, written=(Path("a.kml"),))
    assert main(["delimit", "a.boundary", "--json"]) == ExitCode.FINDINGS
    out, err = capsys.readouterr()
    assert json.loads(out) == {
        "schema": "merestone.delimit/1",
        "source": "a.boundary",
        "findings": [
            {
                "code": "O101",
                "severity": "open",
                "sentence": '"straight line" has no kind',
                "subject": None,
                "span": {"line": 1, "column": 1, "end_line": 1, "end_column": 6},
                "labels": [],
                "expected": None,
                "hint": None,
                "settles": None,
                "measures": [
                    {"what": "separation", "value": 6031.25, "unit": "m", "between": ["geodesic", "loxodrome"]}
                ],
                "read_as": None,
            }
        ],
        "result": {"length_m": 936984.25},
        "written": ["a.kml"],
    }
    assert err == ""


@pytest.mark.parametrize(
    ("trouble", "code"),
    [
        (UnreadableFileError(Path("a.boundary"), "permission denied"), ExitCode.INVALID_INPUT),
        (UnwritableFileError(Path("a.kml"), "the disk is full"), ExitCode.FAILURE),
        (UnknownFrameError("WGS 48", ("WGS 84",)), ExitCode.USAGE),
        (TransformationRefusedError("A", "B", "its accuracy is unknown", "name an operation"), ExitCode.ACCURACY),
        (GeometryError("nearly antipodal"), ExitCode.FAILURE),
        (MemoryError(), ExitCode.FAILURE),
        (ZeroDivisionError("x"), ExitCode.FAILURE),
        (KeyboardInterrupt(), ExitCode.INTERRUPTED),
    ],
)
def test_trouble_in_the_world(
    use_cases: Install, capsys: pytest.CaptureFixture[str], trouble: BaseException, code: ExitCode
) -> None:
    """Every exception ends with a code of the table and a line on standard error, never with a traceback."""
    use_cases(trouble=trouble)
    assert main(["check", "a.boundary"]) == code
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("error: ") or err == "interrupted\n"
    assert "Traceback" not in err


def test_a_defect_of_ours_says_how_to_report_it(use_cases: Install, capsys: pytest.CaptureFixture[str]) -> None:
    """An exception that nobody foresaw is called ours, and the report asked for; with --debug it shows where."""
    use_cases(trouble=ZeroDivisionError("by zero"))
    main(["check", "a.boundary"])
    assert "defect of Merestone" in capsys.readouterr().err
    main(["check", "a.boundary", "--debug"])
    assert "Traceback" in capsys.readouterr().err


def test_trouble_as_json(use_cases: Install, capsys: pytest.CaptureFixture[str]) -> None:
    """A program that asked for JSON gets one object for a failure too."""
    use_cases(trouble=UnreadableFileError(Path("a.boundary"), "permission denied"))
    main(["check", "a.boundary", "--json"])
    assert json.loads(capsys.readouterr().out) == {
        "schema": "merestone.error/1",
        "kind": "UnreadableFileError",
        "sentence": "a.boundary: permission denied",
        "exit_code": 3,
    }


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["delimt", "a"], "Did you mean 'delimit'"),
        (["check"], "Missing argument 'FILE'"),
        (["check", "a", "--jsn"], "No such option: --jsn"),
        (["delimit", "a", "--tolerance", "-1"], "--tolerance"),
        (["delimit", "a", "--tolerance", "nan"], "--tolerance"),
        (["format", "a", "--write", "--check"], "cannot be used together"),
        (["explain", "Q999"], "'Q999' is not the code of a finding or the name of a rule"),
    ],
)
def test_a_wrong_command_line(
    use_cases: Install, capsys: pytest.CaptureFixture[str], words: list[str], said: str
) -> None:
    """What is wrong with the command line is said, where help is too, and the exit code is 2."""
    fakes = use_cases()
    assert main(words) == ExitCode.USAGE
    err = capsys.readouterr().err
    assert said in err
    assert "--help` lists the arguments and options" in err
    assert fakes.asked == []


def test_format_prints(use_cases: Install, capsys: pytest.CaptureFixture[str]) -> None:
    """`format` alone prints the canonical text, byte for byte, and leaves the file."""
    use_cases(OPEN, report="point A\n")
    assert main(["format", "a.boundary", "-q"]) == ExitCode.GOOD
    assert capsys.readouterr().out == "point A\n"


def test_format_writes(use_cases: Install, tmp_path: Path) -> None:
    """`format --write` puts the canonical text into the file."""
    path = tmp_path / "a.boundary"
    path.write_text(TEXT)
    use_cases(report="point A\n")
    assert main(["format", str(path), "--write"]) == ExitCode.GOOD
    assert path.read_text() == "point A\n"


def test_format_never_writes_what_it_could_not_read(use_cases: Install, tmp_path: Path) -> None:
    """A text with errors stays as it is."""
    path = tmp_path / "a.boundary"
    path.write_text(TEXT)
    use_cases(ERROR, report="")
    assert main(["format", str(path), "--write"]) == ExitCode.INVALID_INPUT
    assert path.read_text() == TEXT


@pytest.mark.parametrize(("report", "code"), [(TEXT, ExitCode.GOOD), ("point A\n", ExitCode.FINDINGS)])
def test_format_checks(use_cases: Install, report: str, code: ExitCode) -> None:
    """`format --check` ends with 4 where the file is not in its canonical form."""
    use_cases(report=report)
    assert main(["format", "a.boundary", "--check"]) == code


def test_demo_tells_what_it_is_for(use_cases: Install, capsys: pytest.CaptureFixture[str]) -> None:
    """`demo` prints the gallery, the page, the misprint with its caret, and what to do next; open words are no failure."""
    fakes = use_cases()
    assert main(["demo", "--out", "there"]) == ExitCode.GOOD
    out = capsys.readouterr().out
    assert fakes.asked == [Path("examples"), Path("there")]
    for part in ("A treaty", "937.0", "/there/page.html", "error[C204]", "           ^^^^^", "merestone check"):
        assert part in out


def test_demo_as_json(use_cases: Install, capsys: pytest.CaptureFixture[str]) -> None:
    """The gallery is there for programs too, its numbers not rounded."""
    use_cases()
    main(["demo", "--json"])
    answer = json.loads(capsys.readouterr().out)
    assert (answer["schema"], answer["gallery"][0]["length_m"]) == ("merestone.demo/1", 936_984.25)


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    """`version` names what the numbers come from."""
    assert main(["version", "--json"]) == ExitCode.GOOD
    assert set(json.loads(capsys.readouterr().out)) == {"schema", "merestone", "python", "numpy", "pyproj", "proj"}


def test_an_interruption_inside_a_text_that_is_run_ends_with_its_exit_code(tmp_path: Path) -> None:
    """Where an interruption meets a dataclass in the making the program ends with 130, not by the signal."""
    (tmp_path / "interrupted_import.py").write_text(
        "from merestone import cli\n"
        "cli._run = lambda words: exec('raise KeyboardInterrupt')\n"
        "raise SystemExit(cli.main(['check']))\n",
        encoding="utf-8",
    )
    ended = subprocess.run(
        [sys.executable, "-m", "interrupted_import"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert (ended.returncode, ended.stderr) == (ExitCode.INTERRUPTED, "interrupted\n")
