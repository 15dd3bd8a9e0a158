"""A text compiled again beside the line that would be signed: what agrees, what is refused, and where."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from fakes.acts import Desk, changed, line_of
from merestone.casefile.register.recompiling import NOTHING_COMPILED, Pinned, compile_pinned, recompile, recompile_texts
from merestone.publish.export import Export, into_the_lines_frame
from merestone.publish.line_json import write_line
from merestone.publish.register.media_types import DESCRIPTION
from merestone.register.objects import Description

TOLERANCE_UM = 1_000


@pytest.fixture(scope="module")
def chad(root: Path) -> bytes:
    """The description of the judgment on Libya and Chad."""
    return (root / "examples" / "libya-chad.boundary").read_bytes()


@pytest.fixture(scope="module")
def line(chad: bytes) -> bytes:
    """The line that it compiles to."""
    return line_of(chad)


def moved(line: bytes, leg: int, vertex: int, *, lon: int = 0, lat: int = 0) -> bytes:
    """The line with one vertex of one leg moved by units."""

    def move(document: Any) -> None:
        vertices = document["line"]["sections"][0]["parts"][leg]["vertices"]
        vertices["longitude"][vertex] += lon
        vertices["latitude"][vertex] += lat

    return changed(line, move)


def test_the_same_bytes_agree(chad: bytes, line: bytes) -> None:
    """A text that compiles to the signed line agrees byte for byte."""
    found = recompile(chad, line, TOLERANCE_UM)
    assert (found.agrees, found.is_equal, found.parts) == (True, True, 0)
    assert found.sentence == "the text compiles on this machine to the signed line, byte for byte"
    assert found.signed_sha256 == found.here_sha256 != ""
    assert any(words.startswith("leg 1 of Main: the kind of this straight line") for words in found.open_words)


@pytest.mark.parametrize("lon", [-1, 0, 1])
@pytest.mark.parametrize("lat", [-1, 1])
def test_one_unit_is_accepted(chad: bytes, line: bytes, lon: int, lat: int) -> None:
    """A vertex one unit away is what another toolchain may give: the bytes differ and the lines agree."""
    found = recompile(chad, moved(line, 1, 1, lon=lon, lat=lat), TOLERANCE_UM)
    assert (found.agrees, found.is_equal) == (True, False)
    assert "within one unit or its own tolerance" in found.sentence


@pytest.mark.parametrize(("lon", "lat", "distance_mm"), [(2, 0, 0.205), (0, 2, 0.221), (-2, 0, 0.205), (0, -2, 0.221)])
def test_two_units_are_refused(chad: bytes, line: bytes, lon: int, lat: int, distance_mm: float) -> None:
    """A vertex two units away is refused, and section, leg, vertex, both coordinates and the distance are said."""
    found = recompile(chad, moved(line, 1, 1, lon=lon, lat=lat), TOLERANCE_UM)
    (at,) = found.parts_at
    assert not found.agrees
    assert (at.section, at.leg, at.vertex) == ("Main", "2", 1)
    assert at.signed == (15_000_000_000 + lon, 23_000_000_000 + lat)
    assert at.here == (15_000_000_000, 23_000_000_000)
    assert at.distance_mm == pytest.approx(distance_mm, abs=1e-3)


def test_the_sentence_of_a_refusal(chad: bytes, line: bytes) -> None:
    """The sentence names the vertex and says what was allowed."""
    assert recompile(chad, moved(line, 1, 1, lat=2), TOLERANCE_UM).sentence == (
        "the text does not compile to the signed line on this machine: leg 2 of Main, vertex 2 (P3): "
        "the signed line has 23.000000002 15.000000000, and the text compiles to 23.000000000 15.000000000: "
        "they are 0.221 mm apart, and at most one unit of 1e-9 degree is allowed"
    )


def test_a_wide_tolerance_in_the_file_gives_no_room(chad: bytes, line: bytes) -> None:
    """A file cannot allow itself more: the tolerances that count are those of the words, and another one is refused."""

    def widen(document: Any) -> None:
        for part in document["line"]["sections"][0]["parts"]:
            part["vertices"]["tolerance_um"] = [10_000_000, 10_000_000]

    found = recompile(chad, changed(moved(line, 1, 1, lat=50), widen), TOLERANCE_UM)
    assert not found.agrees
    assert (
        "the signed line has a tolerance of 10000000 µm, and the text compiles to a tolerance of 120 µm"
        in found.parts_at[0].sentence
    )
    assert any(each.distance_mm for each in found.parts_at)


def _leg(document: Any) -> Any:
    return document["line"]["sections"][0]["parts"][0]


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (
            lambda d: _leg(d)["words"][0].update(text="a crooked line"),
            "leg 1 of Main: words: the signed line has en «a crooked line»",
        ),
        (
            lambda d: _leg(d).update(kind="loxodrome"),
            "leg 1 of Main: kind: the signed line has loxodrome, and the text compiles to geodesic",
        ),
        (
            lambda d: _leg(d)["reading"].update(name="loxodrome"),
            "leg 1 of Main: reading: the signed line has loxodrome, loxodrome, straight in longitude",
        ),
        (lambda d: _leg(d)["reading"].update(by="somebody"), "author of its reading"),
        (lambda d: _leg(d).update(said="leg 1 straight to P3"), "leg 1 of Main: said"),
        (
            lambda d: (_leg(d).update(name="I"), d["derived"]["legs"][0].update(leg="I")),
            "leg I of Main: name: the signed line has I, and the text compiles to 1",
        ),
        (lambda d: _leg(d)["notes"].append("x"), "leg 1 of Main: notes"),
        (lambda d: _leg(d)["vertices"].update(name=["P1", "P9"]), "names of its vertices"),
        (lambda d: _leg(d)["vertices"].update(source=["table", "computed"]), "sources of its vertices"),
        (lambda d: d["line"].update(title="Another"), "the line: title"),
        (lambda d: d["line"].update(reading_by="Another"), "the line: author of the reading"),
        (lambda d: d["line"]["parties"].pop(), "titles of the parties"),
        (lambda d: d["line"]["frame"].update(name="WGS 72"), "the line: frame: the signed line has WGS 72 (EPSG:4326)"),
        (lambda d: d["line"]["frame_reading"].update(also=[]), "reading of the frame"),
        (lambda d: d["line"]["points"].pop(), "number of points"),
        (lambda d: d["line"]["points"][0].update(latitude=19_500_000_009), "point P1"),
        (lambda d: d["line"]["sections"][0].update(right_or_inside="CHD"), "who is on the right or inside"),
        (lambda d: d["line"]["sections"][0].update(status="demarcated"), "section Main: status"),
        (
            lambda d: d["line"]["sections"].append({**d["line"]["sections"][0], "parts": []}),
            "number of sections: the signed line has 2, and the text compiles to 1",
        ),
    ],
)
def test_another_line_is_refused(chad: bytes, line: bytes, spoil: Callable[[Any], object], said: str) -> None:
    """Whatever else than a unit differs in the compared part is refused and named."""
    found = recompile(chad, changed(line, spoil), TOLERANCE_UM)
    assert not found.agrees
    assert said in found.sentence


def test_the_line_of_another_description_is_refused(chad: bytes, root: Path) -> None:
    """The line of one case does not pass for that of another."""
    other = line_of((root / "examples" / "benin-niger.boundary").read_bytes())
    found = recompile(chad, other, TOLERANCE_UM)
    assert not found.agrees
    assert "Benin" in found.sentence


def test_a_gap_is_no_leg(chad: bytes, line: bytes, root: Path) -> None:
    """A leg signed where the words leave a gap, and a gap where they give a leg, are refused."""
    gap = json.loads(line_of((root / "examples" / "benin-niger.boundary").read_bytes()))["line"]["sections"][0][
        "parts"
    ][0]

    def put_gap(document: Any) -> None:
        document["line"]["sections"][0]["parts"][0] = gap
        document["derived"]["legs"].pop(0)

    assert (
        "the signed line has a gap, and the text compiles to a leg"
        in recompile(chad, changed(line, put_gap), 0).sentence
    )
    rivers = chad.replace(b"leg 1 straight to P2", "leg 1 thalweg of «a river» to P2".encode())
    assert any("the text leaves a gap here" in each.sentence for each in recompile(rivers, line, 0).parts_at)


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda d: d["derived"]["legs"][0].update(length_um=1), "leg 1 of Main: its stated length"),
        (lambda d: d["derived"]["legs"][1]["lengths_um"].__setitem__(0, None), "leg 2 of Main: its stated length"),
        (lambda d: d["derived"]["legs"][1]["azimuths_at_end"].__setitem__(0, 5), "leg 2 of Main: its stated length"),
        (lambda d: d["derived"].update(length_um=5), "length of the whole line"),
        (lambda d: d["derived"]["areas"].append({"section": "Main", "area_m2": "1.00"}), "areas of other rings"),
    ],
)
def test_false_figures_are_refused(chad: bytes, line: bytes, spoil: Callable[[Any], object], said: str) -> None:
    """Figures beside the compared part are signed with it: false ones are refused though the line is the right one."""
    found = recompile(chad, changed(line, spoil), TOLERANCE_UM)
    assert (found.agrees, found.is_equal) == (False, True)
    assert said in found.sentence


def test_figures_may_differ_in_their_last_place(chad: bytes, line: bytes) -> None:
    """A length or azimuth that fell the other way on another machine is no reason to refuse."""

    def last_place(document: Any) -> None:
        for leg in document["derived"]["legs"]:
            leg["length_um"] += 1
            leg["azimuths_at_start"][0] -= 1

    assert recompile(chad, changed(line, last_place), TOLERANCE_UM).agrees


def test_a_line_without_a_frame_is_refused(chad: bytes, line: bytes) -> None:
    """A line without a frame agrees with nothing."""
    found = recompile(chad, changed(line, lambda d: d["line"].update(frame=None)), TOLERANCE_UM)
    assert found.sentence == "the signed line does not have a frame, so its coordinates do not give positions"


def test_what_is_no_line_is_refused(chad: bytes) -> None:
    """Bytes that are no canonical line are refused with the reader's reason."""
    assert recompile(chad, b"{}", TOLERANCE_UM).sentence.startswith("the signed line cannot be read: ")


def test_a_text_with_errors_is_refused(chad: bytes, line: bytes) -> None:
    """A text that does not compile here is refused, with the first error and its line."""
    found = recompile(chad.replace(b"leg 2 straight to P3", b"leg 2 straight to P4"), line, TOLERANCE_UM)
    assert not found.agrees
    assert "does not compile on this machine (1 error, line 47: " in found.sentence


# ---- sources ----------------------------------------------------------------------------------------------------

STONES = b"name,latitude,longitude\nS1,10.0 N,20.0 E\nS2,10.5 N,20.5 E\nS3,11.0 N,20.7 E\n"
OTHER_STONES = STONES.replace(b"20.5", b"20.6")


def _with_table(stones: bytes) -> bytes:
    digest = hashlib.sha256(stones).hexdigest()
    return f"""boundary «Stones»
reading by «the test» on 2026-11
parties AAA «A», BBB «B»
frame WGS 84
table points Stones from «stones.csv» sha256 {digest} columns name, latitude, longitude
section Main «by the stones»
  from S1
  legs geodesic through Stones
""".encode()


def test_tables_come_from_the_pinned_sources() -> None:
    """A table is read from the act's sources, by the digest that the text states, whatever lies on the signer's disk."""
    words = _with_table(STONES)
    result = compile_pinned(words, [Pinned("the stones", STONES)])
    steps = into_the_lines_frame(result.line)
    line = write_line(Export(result.line, steps, steps))
    assert recompile(words, line, TOLERANCE_UM, [Pinned("the stones", STONES)]).is_equal
    for sources in ((), [Pinned("stones.csv", OTHER_STONES)]):
        found = recompile(words, line, TOLERANCE_UM, sources)
        assert not found.agrees
        assert "no source of the act has the SHA-256" in found.sentence
    other = recompile(_with_table(OTHER_STONES), line, TOLERANCE_UM, [Pinned("the stones", OTHER_STONES)])
    assert any(each.vertex == 1 and (each.distance_mm or 0.0) > 1e6 for each in other.parts_at)


def test_a_source_that_is_no_text_is_refused() -> None:
    """A table that is not UTF-8 is trouble in the text that names it."""
    found = recompile(_with_table(b"\xff"), line_of(b"boundary \xc2\xabx\xc2\xbb"), 0, [Pinned("stones", b"\xff")])
    assert not found.agrees


# ---- several languages ------------------------------------------------------------------------------------------


def _in_french(chad: bytes) -> bytes:
    french = chad.replace("boundary «Chad and Libya: the line".encode(), "boundary «Tchad et Libye : la ligne".encode())
    return french.replace(
        "words en «and from that point a straight line»".encode(), "words fr «et de ce point»".encode()
    )


def test_every_language_is_compiled(chad: bytes, line: bytes) -> None:
    """Of equally authentic texts one agrees wholly, the others in all but their language."""
    desk = Desk()
    verdict = recompile_texts(desk.text(line, en=chad, fr=_in_french(chad)), desk.blobs)
    assert verdict.agrees is True
    assert [sentence[:3] for sentence in verdict.sentences] == ["en:", "fr:"]
    assert verdict.sentences[1].endswith(
        "to the legs, readings and vertices of the signed line; its words were not compared"
    )


def test_a_language_that_draws_another_line_is_refused(chad: bytes, line: bytes) -> None:
    """A text that means another line in one language is refused, and that language is named first."""
    desk = Desk()
    french = _in_french(chad).replace("23°26'37\"".encode(), "23°26'38\"".encode())
    verdict = recompile_texts(desk.text(line, en=chad, fr=french), desk.blobs)
    assert verdict.agrees is False
    assert verdict.sentences[0].startswith("fr: the text does not compile to the signed line on this machine")
    assert "point P2" in verdict.sentences[0]


def test_a_line_in_the_words_of_no_text_is_refused(chad: bytes, line: bytes) -> None:
    """The line must hold the words of one of the texts."""
    desk = Desk()
    assert recompile_texts(desk.text(line, fr=_in_french(chad)), desk.blobs).agrees is False


PROSE = b"The line runs from the stone to the tree.\n  leg by leg, as section 3 says of\n  leg 2 on the map.\n"


@pytest.mark.parametrize("media_type", ["application/pdf", "text/plain;charset=utf-8", "text/plain", "text/csv"])
def test_a_line_whose_words_nobody_can_compile_is_refused(line: bytes, media_type: str) -> None:
    """Where no text is a description, nothing shows that the line follows from the words, and the verdict is against it."""
    desk = Desk()
    verdict = recompile_texts(desk.text(line, media_type, en=PROSE, fr=PROSE), desk.blobs)
    assert verdict.agrees is False
    assert verdict.sentences[0] == NOTHING_COMPILED
    assert verdict.sentences[1] == f"en: {media_type} cannot be compiled by a machine; only {DESCRIPTION} can"


def test_prose_beside_a_description_is_said_not_to_be_compiled(chad: bytes, line: bytes) -> None:
    """One text that compiles to the line is enough; of the other it is said that no machine compiles it."""
    desk = Desk()
    verdict = recompile_texts(desk.with_plain(desk.text(line, en=chad), "ar", PROSE.decode()), desk.blobs)
    assert verdict.agrees is True
    assert verdict.sentences[0].startswith("ar: text/plain;charset=utf-8 cannot be compiled by a machine")


MISLABELLED = ["text/plain", "application/octet-stream", "text/vnd.merestone.boundary", "text/markdown;charset=utf-8"]


@pytest.mark.parametrize("media_type", MISLABELLED)
@pytest.mark.parametrize("spoil", [b"", b"nonsense\n", b"\xff\n"])
def test_a_description_under_another_name_is_refused(chad: bytes, line: bytes, media_type: str, spoil: bytes) -> None:
    """A second language that is a description and is called something else would not be compiled: it is refused, whatever it
    draws and whatever else stands in it."""
    desk = Desk()
    text = desk.text(line, en=chad)
    hidden = Description(desk.blob(spoil + _in_french(chad), media_type), "fr")
    verdict = recompile_texts(replace(text, descriptions=(*text.descriptions, hidden)), desk.blobs)
    assert verdict.agrees is False
    assert verdict.sentences[0].startswith(
        f"fr: this text is a description, and the act gives it the media type {media_type},"
    )


def test_an_empty_text_compiles_to_no_line(line: bytes) -> None:
    """An empty description is not the line's words."""
    desk = Desk()
    assert recompile_texts(desk.text(line, en=b""), desk.blobs).agrees is False


def test_without_a_line_nothing_is_compiled(chad: bytes) -> None:
    """A change without a line has nothing to compile again."""
    desk = Desk()
    assert recompile_texts(desk.text(None, en=chad), desk.blobs).agrees is None


RING = """boundary «A ring»
reading by «the test» on 2026-11
parties AAA «A», BBB «B»
frame WGS 84
point A at 10° N 20° E
point B at 10° N 20.1° E
point C at 10.1° N 20.1° E
ring Around «a ring» with AAA inside, BBB outside
  from A
  leg 1 geodesic to B
  leg 2 geodesic to C
  leg 3 geodesic to A
""".encode()


@pytest.mark.parametrize(("more_m2", "agrees"), [(0.01, True), (1_000.0, False)])
def test_areas_are_compared(more_m2: float, agrees: bool) -> None:
    """The stated area of a ring may differ by what two units along it are, and by no more."""

    def more(document: Any) -> None:
        (area,) = document["derived"]["areas"]
        area["area_m2"] = f"{float(area['area_m2']) + more_m2:.2f}"

    found = recompile(RING, changed(line_of(RING), more), TOLERANCE_UM)
    assert found.agrees is agrees
    assert ("ring Around: the act states an area of" in found.sentence) is not agrees
