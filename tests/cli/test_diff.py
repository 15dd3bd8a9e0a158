"""`merestone diff` through the front door, on real descriptions with real changes."""

from __future__ import annotations

import json
from html import unescape
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from merestone.cli import main
from merestone.cli.exit_codes import ExitCode

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
LIBYA_CHAD = EXAMPLES / "libya-chad.boundary"
BEAGLE = EXAMPLES / "beagle.boundary"


def changed(folder: Path, source: Path, *changes: tuple[str, str]) -> Path:
    """A copy of a description with some of its text changed."""
    text = source.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    path = folder / f"new-{source.name}"
    path.write_text(text, encoding="utf-8")
    return path


def facts(capsys: pytest.CaptureFixture[str], old: Path, new: Path) -> dict[str, Any]:
    main(["diff", str(old), str(new), "--json", "--quiet"])
    answer: dict[str, Any] = json.loads(capsys.readouterr().out)
    return answer


def test_the_same_text_has_no_difference(capsys: pytest.CaptureFixture[str]) -> None:
    """A description beside itself ends with 0 and says that both texts say the same and draw the same line."""
    assert main(["diff", str(LIBYA_CHAD), str(LIBYA_CHAD)]) == ExitCode.GOOD
    out = capsys.readouterr().out
    assert "Clauses: the descriptions say the same" in out
    assert "Geometry: the same line" in out


def test_one_digit_moves_one_leg(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A digit of P1 is one clause, then one leg that moved north by a minute, and the land between."""
    new = changed(tmp_path, LIBYA_CHAD, ("19°30' N", "19°31' N"))
    assert main(["diff", str(LIBYA_CHAD), str(new)]) == ExitCode.FINDINGS
    out = capsys.readouterr().out
    assert "point P1 at the intersection of meridian 24° E and parallel [-19°30'-] {+19°31'+} N" in out
    assert "leg 1 of Main moved up to 1.84 km north over 937 km, 756 km² change sides" in out
    assert out.index("Clauses") < out.index("Geometry")
    assert "leg 2" not in out


def test_the_answer_for_programs(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The JSON has schema, both sources, the clauses with their words, and legs with unrounded figures."""
    new = changed(tmp_path, BEAGLE, ("55°22',9", "55°29',9"))
    answer = facts(capsys, BEAGLE, new)
    assert answer["schema"] == "merestone.diff/1"
    assert (answer["old"]["source"], answer["new"]["source"], answer["differ"]) == (str(BEAGLE), str(new), True)
    (clause,) = answer["clauses"]
    assert (clause["change"], clause["subject"], clause["old_span"]["line"]) == ("changed", "point C", 33)
    assert {"fate": "added", "text": " 55°29',9"} in clause["words"]
    legs = {leg["new"]["leg"]: leg for leg in answer["geometry"]["legs"]}
    assert set(legs) == {"B-C", "C-D"}
    (land,) = legs["B-C"]["land"]
    assert (land["held_in_old"], land["held_in_new"]) == ("CHL", "ARG")
    assert land["area_m2"] == pytest.approx(145e6, rel=0.01)
    (vertex,) = legs["B-C"]["vertices"]
    assert vertex["old"] == {"longitude": "-65.726666667", "latitude": "-55.381666667"}


def test_exchanging_the_files_mirrors_the_answer(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """From new to old the same legs with figures and hands exchanged."""
    new = changed(tmp_path, BEAGLE, ("55°22',9", "55°29',9"))
    there, back = facts(capsys, BEAGLE, new), facts(capsys, new, BEAGLE)
    for one, other in zip(there["geometry"]["legs"], back["geometry"]["legs"], strict=True):
        assert (one["old"], one["new"]) == (other["new"], other["old"])
        assert one["greatest_m"] == pytest.approx(other["greatest_m"], rel=1e-9)
        assert one["lengths_m"] == other["lengths_m"][::-1]
        hands = [(each["held_in_old"], each["held_in_new"]) for each in one["land"]]
        assert hands == [(each["held_in_new"], each["held_in_old"]) for each in other["land"]]


def test_a_reading_moves_what_it_reads(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Another reading of straight lines is one clause, moves both legs, and names both readings."""
    new = changed(tmp_path, LIBYA_CHAD, ("lines: geodesic by", "lines: loxodrome by"))
    answer = facts(capsys, LIBYA_CHAD, new)
    assert [clause["subject"] for clause in answer["clauses"]] == ["reading of straight lines"]
    legs = answer["geometry"]["legs"]
    assert [leg["new"]["kind"] for leg in legs] == ["straight, read as loxodrome"] * 2
    assert 5_900.0 < legs[0]["greatest_m"] < 6_100.0


def test_another_frame_is_carried_and_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Where the frame is read otherwise, the old line is carried by a named operation, and every leg moved some metres."""
    new = changed(tmp_path, BEAGLE, ("read as WGS 84 by", "read as WGS 72 by"))
    answer = facts(capsys, BEAGLE, new)
    assert "EPSG:1237" in answer["note"]
    assert [5.0 < leg["greatest_m"] < 15.0 for leg in answer["geometry"]["legs"]] == [True] * 5


def test_words_in_one_language_move_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Changed words are a difference, and the line is the same."""
    new = changed(tmp_path, BEAGLE, ("«linea loxodromica»", "«línea loxodrómica»"))
    answer = facts(capsys, BEAGLE, new)
    assert [(each["subject"], each["aspect"]) for each in answer["clauses"]] == [("leg A-B of Sea", "words in es")]
    assert answer["geometry"]["legs"] == []


def test_a_leg_put_in_is_told_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A leg put in and the next numbered anew: one added, one renamed; the line moved where one leg became two."""
    new = changed(
        tmp_path,
        LIBYA_CHAD,
        ("point P3", "point P2a at 23°10' N 15°20' E\npoint P3"),
        ("  leg 2 straight to P3", "  leg 2 straight to P2a\n  leg 3 straight to P3"),
    )
    answer = facts(capsys, LIBYA_CHAD, new)
    assert [(each["change"], each["subject"]) for each in answer["clauses"]] == [
        ("added", "point P2a"),
        ("added", "leg 2 of Main"),
        ("renamed", "leg 2 of Main"),
    ]
    assert answer["geometry"]["only_new"] == []
    (leg,) = answer["geometry"]["legs"]
    assert (leg["old"]["legs"], leg["new"]["legs"]) == (["2"], ["2", "3"])
    assert leg["sentence"].startswith("legs 2 and 3 of Main (was leg 2 of Main) moved up to")
    assert [section["new"] for section in answer["geometry"]["sections"]] == ["Main"]


def test_a_text_that_means_nothing_is_shown_as_such(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An error in either text ends with 3 and is shown with its file, line and caret; the rest is compared."""
    new = changed(tmp_path, LIBYA_CHAD, ("parallel 19°30' N", "parallel 99°30' N"))
    assert main(["diff", str(LIBYA_CHAD), str(new)]) == ExitCode.INVALID_INPUT
    out, err = capsys.readouterr()
    assert "error[" in err
    assert f"{new}:36:" in err
    assert "Clauses" in out


def test_files_are_written_whole_or_not_at_all(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """JSON, text, page and picture are written as shown, well-formed, without script or request."""
    new = changed(tmp_path, BEAGLE, ("55°22',9", "55°29',9"))
    names = [tmp_path / f"out.{kind}" for kind in ("json", "txt", "svg", "html")]
    words = ["diff", str(BEAGLE), str(new)]
    for name in names:
        words += ["-o", str(name)]
    assert main(words) == ExitCode.FINDINGS
    assert json.loads(names[0].read_text())["differ"] is True
    assert "145 km² to ARG from CHL" in names[1].read_text()
    drawn = names[2].read_text()
    assert ET.fromstring(drawn).tag.endswith("svg")  # noqa: S314 (our own output)
    assert "script" not in drawn
    assert "http" not in drawn.replace("http://www.w3.org/2000/svg", "")
    page = unescape(names[3].read_text())
    assert "default-src 'none'" in page
    assert "<del>55°22',9</del> <ins>55°29',9</ins>" in page
    assert "<script" not in page
    capsys.readouterr()
    assert main([*words, "-o", str(tmp_path / "out.gpkg")]) == ExitCode.USAGE
    assert ".svg" in capsys.readouterr().err


def test_the_descriptions_are_not_overwritten(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An output that is one of the descriptions, here by a link, is refused."""
    new = changed(tmp_path, BEAGLE, ("55°22',9", "55°29',9"))
    link = tmp_path / "link.txt"
    link.symlink_to(new)
    before = new.read_bytes()
    assert main(["diff", str(BEAGLE), str(new), "-o", str(link)]) == ExitCode.FAILURE
    assert new.read_bytes() == before


@pytest.mark.parametrize("name", ["line.geojson", "line.gpkg", "line"])
def test_other_kinds_of_file_are_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str) -> None:
    """What is no description is refused with a sentence that says what is taken."""
    (tmp_path / name).write_text("{}")
    assert main(["diff", str(BEAGLE), str(tmp_path / name)]) == ExitCode.USAGE
    assert ".boundary" in capsys.readouterr().err


def test_hostile_words_stay_words(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Escape sequences, direction overrides and markup in a text reach neither the terminal nor the picture."""
    hostile = "«\x1b[31mred \u202egnp <script>alert(1)</script>»"
    new = changed(
        tmp_path,
        BEAGLE,
        ("«linea loxodromica»", hostile),
        ("reading by «the Merestone", "reading by «<b>the Merestone"),
    )
    drawn = tmp_path / "x.svg"
    main(["diff", str(BEAGLE), str(new), "-o", str(drawn)])
    out = capsys.readouterr().out
    assert "\x1b" not in out
    assert "\u202e" not in out
    assert "<b>" not in drawn.read_text()


@pytest.mark.parametrize("command", ["compare", "diff"])
def test_quiet_with_a_file_prints_nothing(command: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """With `-q` and `-o` the file alone has the result; with `-q` alone it is printed."""
    words = [command, str(BEAGLE), str(changed(tmp_path, BEAGLE, ("55°22',9", "55°29',9"))), "-q"]
    made = tmp_path / "made.json"
    assert main([*words, "-o", str(made)]) == ExitCode.FINDINGS
    shown = capfd.readouterr()
    assert (shown.out, shown.err) == ("", "")
    assert made.stat().st_size > 1000
    assert main(words) == ExitCode.FINDINGS
    assert "beagle" in capfd.readouterr().out
