"""The whole signing view of a real case, word for word, and what it shows of planted defects."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from geographiclib.geodesic import Geodesic as Oracle

from fakes.acts import FORMER, SECTION, Desk, changed, line_of
from merestone.casefile.register.showing import full_view
from merestone.compare.texts.land_balance import LandBalance
from merestone.publish.register.exact_rows import grouped
from merestone.publish.register.signing_view import (
    Ground,
    InForce,
    NotAnActError,
    SigningView,
    Together,
    WrongBlobError,
    signing_view,
)
from merestone.publish.register.view_json import view_json
from merestone.publish.register.view_text import view_text
from merestone.publish.text import width
from merestone.register.keys import Slot
from merestone.register.objects import Change, Description, Kind, Prevails, Status, Withdrawal, unsigned

HERE = Path(__file__).parent
GOLDEN = HERE / "libya_chad_view.txt"
DIGEST = re.compile(r"[0-9a-f]{8}(?:\s+[0-9a-f]{8}){7}")
ARABIC = "خط مستقيم من النقطة ١٢\u200b إلى P3\nabc \u202ecba\n"


@pytest.fixture(scope="module")
def chad(root: Path) -> bytes:
    """The description of the judgment on Libya and Chad."""
    return (root / "examples" / "libya-chad.boundary").read_bytes()


@pytest.fixture(scope="module")
def corrected(chad: bytes) -> bytes:
    """The same with point P3 ten seconds further north, and a Cyrillic letter in a word."""
    words = chad.replace("parallel 23° N".encode(), "parallel 23°00'10\" N".encode())
    return words.replace(b"and from that point", "and from that p\u043eint".encode())


@pytest.fixture(scope="module")
def view(chad: bytes, corrected: bytes) -> SigningView:
    """The view of the correction, with an Arabic text besides."""
    desk = Desk()
    former = desk.text(line_of(chad), en=chad)
    latter = desk.with_plain(desk.text(line_of(corrected), en=corrected), "ar", ARABIC)
    return full_view(desk.act(latter), desk.blobs, desk.ground(former))


def test_the_view_of_a_real_case(view: SigningView) -> None:
    """The view of the correction is this text, to the letter; but for digests, which hold figures in their last place."""
    assert DIGEST.sub("DIGEST", view_text(view)) == GOLDEN.read_text(encoding="utf-8")


def test_the_digest_is_shown_first_and_last(view: SigningView) -> None:
    """What is signed is named by its digest in groups of eight, at the top and at the foot."""
    rows = [row for row in view_text(view).split("\n") if row.startswith("digest       ")]
    assert rows == [f"digest       {grouped(view.digest)}"] * 2


def test_no_row_is_wider_than_the_page(view: SigningView) -> None:
    """No row is wider than a hundred columns."""
    assert max(map(width, view_text(view).split("\n"))) <= 100


def test_deceiving_characters_are_shown(view: SigningView) -> None:
    """A look-alike letter, a zero-width space and an override are named where they stand, and none is passed on."""
    text = view_text(view)
    assert "and from that p\u043e⟦U+043E CYRILLIC SMALL LETTER O⟧int a straight line" in text
    assert "⟦U+200B ZERO WIDTH SPACE⟧" in text
    assert "⟦U+202E RIGHT-TO-LEFT OVERRIDE⟧cba" in text
    assert "⟦ARABIC-INDIC DIGITS 12⟧" in text
    assert not set(text) & {"\u200b", "\u202e"}


def test_a_text_from_right_to_left_is_isolated(view: SigningView) -> None:
    """A row that runs from right to left stands in an isolate, each mark in it in one that runs from left to right."""
    (row,) = [row for row in view_text(view).split("\n") if "ARABIC-INDIC" in row and "│" in row]
    assert row.startswith("   1 │ \u2067")
    assert row.endswith("\u2069")
    assert "\u2066⟦U+200B ZERO WIDTH SPACE⟧\u2069" in row


def test_the_json_holds_the_same_facts(view: SigningView) -> None:
    """The view as JSON has the digest, the marks, the legs, the difference and the verdict."""
    facts = json.loads(json.dumps(view_json(view)))
    (section,) = facts["sections"]
    assert facts["digest"] == view.digest
    assert [mark["name"] for mark in section["descriptions"][1]["marks"]] == ["U+043E CYRILLIC SMALL LETTER O"]
    assert [part["leg"] for part in section["line"]["sections"][0]["parts"]] == ["1", "2"]
    assert section["line"]["sections"][0]["parts"][0]["figures"] == "measured here"
    assert section["in_force"]["geometry"]["legs"][0]["greatest_m"] == pytest.approx(307.7, abs=0.2)
    assert {change["subject"] for each in section["in_force"]["words"] for change in each["clauses"]} == {
        "point P3",
        "leg 2 of Main",
    }
    assert section["compiled_again"]["agrees"] is True
    assert facts["refusals"] == []
    assert facts["signers"][0]["title"] == "Republic of Chad"


def test_a_moved_vertex_is_not_to_be_signed(chad: bytes) -> None:
    """A line with one vertex two units off is headed by a refusal that names the vertex; one unit off it is not."""
    for units, refused in ((1, False), (2, True)):
        desk = Desk()

        def move(document: dict[str, dict[str, list[dict[str, list[dict[str, dict[str, list[int]]]]]]]]) -> None:
            document["line"]["sections"][0]["parts"][1]["vertices"]["latitude"][1] += units  # noqa: B023 (called at once)

        text = desk.text(changed(line_of(chad), move), en=chad)
        shown = full_view(desk.act(text), desk.blobs, desk.ground(text))
        assert bool(shown.refusals) is refused
        assert ("DO NOT SIGN" in view_text(shown)) is refused
        assert all("leg 2 of Main, vertex 2 (P3)" in why for why in shown.refusals)


def test_a_line_without_a_frame_is_not_to_be_signed(chad: bytes) -> None:
    """A line without a frame is refused before anything is compiled, and again by compiling."""
    desk = Desk()

    def no_frame(document: dict[str, dict[str, None]]) -> None:
        document["line"]["frame"] = None

    text = desk.text(changed(line_of(chad), no_frame), en=chad)
    assert signing_view(desk.act(text), desk.blobs).refusals == (
        "section Main: the line does not have a frame, so its coordinates do not give positions",
    )


def test_one_word_in_one_language(chad: bytes) -> None:
    """Of two languages only the one in which a word changed is told, with the word."""
    desk = Desk()
    line = line_of(chad)
    french = chad.replace("words en «and from".encode(), "words fr «et de".encode())
    former = desk.text(line, en=chad, fr=french)
    latter = desk.text(line, en=chad, fr=french.replace("«et de".encode(), "«puis de".encode()))
    text = view_text(full_view(desk.act(latter), desk.blobs, desk.ground(former)))
    assert "words en     byte for byte the text in force" in text
    assert "words fr     compared with the text in force, clause by clause" in text
    assert "words fr «[-et-] {+puis+} de that point a straight line»" in text.replace(
        "[-«et-] {+«puis+}", "«[-et-] {+puis+}"
    )
    assert "line         the same as the line in force, byte for byte" in text


def test_what_is_new_and_what_is_gone(chad: bytes) -> None:
    """A language that comes or goes, another rule of what prevails and another tolerance are told."""
    desk = Desk()
    line = line_of(chad)
    former = desk.with_plain(desk.text(line, en=chad), "fr", "Le texte.")
    latter = replace(
        desk.with_plain(desk.text(line, en=chad), "ar", "x"), prevails=Prevails.NEITHER, tolerance_um=2_500
    )
    text = view_text(signing_view(desk.act(latter), desk.blobs, desk.ground(former)))
    assert "words ar     this language is new" in text
    assert "words fr     a text in this language is in force, and this act does not have one" in text
    assert "prevails     was: where the words and the coordinates differ, the words prevail" in text
    assert "tolerance    was 1.000 mm" in text


def test_nothing_in_force(chad: bytes) -> None:
    """Where nothing is in force all of the act is new; what is not known here is said to be."""
    desk = Desk()
    text = view_text(signing_view(desk.act(desk.text(line_of(chad), en=chad)), desk.blobs))
    assert "nothing is in force for this section: all of it is new" in text
    assert "change 0 of entry 5, not known here" in text
    assert "slot a       not known here" in text


def _side(name: str, latitude: str) -> bytes:
    """A description of one section from east to west whose middle lies on a latitude; Chad is on its left."""
    return (
        f"boundary «{name}»\nreading by «Nobody»\nparties CHD «Chad», LBY «Libya»\n"
        "frame WGS 84 (G1762) epoch 2016.0 fixed in frame\n"
        f"point P at 23° N 17° E\npoint Q at {latitude} N 16° E\npoint R at 23° N 15° E\n"
        f"section {name} with CHD on the left, LBY on the right\n  from P\n  leg 1 geodesic to Q\n  leg 2 geodesic to R\n"
    ).encode()


def test_what_sections_give_and_take_together() -> None:
    """An act that moves two lines ends with who gains what of whom over both, to the square metre; of one line it does not."""
    desk = Desk()
    before, after = {}, {}
    for name, old, new in (("East", "23°", "23°03'"), ("West", "23°12'", "23°09'")):
        before[name] = desk.text(line_of(_side(name, old)), en=_side(name, old))
        after[name] = desk.text(line_of(_side(name, new)), en=_side(name, new))
    changes = tuple(
        Change(name, Status.IN_FORCE, "2026-01-01", "", FORMER, (FORMER,), text) for name, text in after.items()
    )
    in_force = {name: InForce(FORMER, Status.IN_FORCE, "2020-01-01", "", text) for name, text in before.items()}
    ground = replace(desk.ground(before["East"]), in_force=in_force)
    envelope = desk.act(after["East"], kind=Kind.EXCHANGE, changes=changes)
    shown = full_view(envelope, desk.blobs, ground)
    together = shown.together
    assert together is not None
    (exchange,) = together.balance.exchanges
    east_m2, west_m2 = _kite_m2(23.0, 23.05), _kite_m2(23.15, 23.2)
    assert (exchange.to_first_m2, exchange.to_second_m2) == pytest.approx((east_m2, west_m2), rel=1e-9)
    said = view_text(shown)
    assert "What the sections of this act give and take together" in said
    assert f"  land         {east_m2 / 1e6:,.6f} km² to CHD from LBY\n" in said
    assert f"               {west_m2 / 1e6:,.6f} km² to LBY from CHD\n" in said
    more = "CHD" if east_m2 > west_m2 else "LBY"
    assert f"  balance      {abs(east_m2 - west_m2):,.0f} m² more to {more}\n" in said
    facts = view_json(shown)["together"]
    assert facts == {
        "land": [
            {"to": "CHD", "from": "LBY", "m2": exchange.to_first_m2},
            {"to": "LBY", "from": "CHD", "m2": exchange.to_second_m2},
        ],
        "not_said_m2": 0,
        "left_out": [],
    }
    assert signing_view(envelope, desk.blobs, ground).together == Together(LandBalance((), 0), ("East", "West"))
    one = full_view(desk.act(after["East"], changes=changes[:1]), desk.blobs, ground)
    assert one.together is None
    assert view_json(one)["together"] is None


def _kite_m2(low_deg: float, high_deg: float) -> float:
    """The land between two lines from 17° E, 23° N to 15° E, 23° N over two latitudes at 16° E, by geographiclib."""
    polygon = Oracle.WGS84.Polygon()
    for lat, lon in ((23.0, 17.0), (low_deg, 16.0), (23.0, 15.0), (high_deg, 16.0)):
        polygon.AddPoint(lat, lon)
    return abs(float(polygon.Compute(reverse=False, sign=True)[2]))


def test_a_claim_is_by_one_party(chad: bytes) -> None:
    """Of a claim only the party that makes it is shown as signer."""
    desk = Desk()
    envelope = desk.act(desk.text(line_of(chad), en=chad), Status.CLAIMED, kind=Kind.CLAIM, by=Slot.B)
    shown = full_view(envelope, desk.blobs, Ground())
    assert shown.signers == (Slot.B,)
    assert "claim, by slot b alone" in view_text(shown)


def test_in_force_without_a_line(chad: bytes) -> None:
    """What would be in force without a line is not to be signed."""
    desk = Desk()
    assert signing_view(desk.act(desk.text(None, en=chad)), desk.blobs).refusals == (
        "section Main: a change with the status in force must have a line",
    )


def test_a_pdf_is_not_shown(chad: bytes) -> None:
    """A text that is no text for a machine is named with its digest, and neither shown nor compiled."""
    desk = Desk()
    text = desk.text(line_of(chad), fr=chad)
    pdf = Description(desk.blob(b"%PDF-1.7\n\xff", "application/pdf"), "en")
    text = replace(text, descriptions=(pdf, *text.descriptions))
    shown = full_view(desk.act(text), desk.blobs, desk.ground(text))
    said = view_text(shown)
    assert shown.refusals == ()
    assert "not shown: these bytes are application/pdf and not text" in said
    assert "en: application/pdf cannot be compiled by a machine" in said


def test_a_line_without_a_leg_is_not_to_be_signed(chad: bytes) -> None:
    """A line in which no leg could be computed holds no place to sign for."""
    desk = Desk()
    head = chad.partition(b"section ")[0]
    text = desk.text(line_of(head), en=head)
    assert (
        "section Main: the line does not have a leg"
        in full_view(desk.act(text), desk.blobs, desk.ground(text)).refusals[0]
    )


def test_bytes_that_are_not_utf8_are_refused(chad: bytes) -> None:
    """A text that claims to be UTF-8 and is not is not shown and not to be signed."""
    desk = Desk()
    text = desk.text(line_of(chad), "text/plain;charset=utf-8", en=b"Lin\xe9")
    assert signing_view(desk.act(text), desk.blobs).refusals == (
        "section Main, en: the text must be UTF-8, and byte 4 is not",
    )


def test_a_line_of_another_media_type_is_refused(chad: bytes) -> None:
    """A line that does not say by its media type that it is one is not to be signed."""
    desk = Desk()
    text = desk.text(None, en=chad)
    text = replace(text, line=desk.blob(line_of(chad), "application/json"))
    assert (
        "the media type of the line is not application/vnd.merestone.line+json"
        in signing_view(desk.act(text), desk.blobs).refusals[0]
    )


def test_the_bytes_must_be_those_of_the_act(chad: bytes) -> None:
    """Missing bytes, and others under their name, are an error and no view."""
    desk = Desk()
    text = desk.text(line_of(chad), en=chad)
    name = text.descriptions[0].blob.sha256
    for blobs in ({}, {**desk.blobs, name: chad + b"\n"}):
        with pytest.raises(WrongBlobError) as caught:
            signing_view(desk.act(text), blobs)
        assert caught.value.sha256 == name


def test_other_objects_are_no_acts(chad: bytes) -> None:
    """A withdrawal holds no text and no line, and is no act."""
    desk = Desk()
    act = signing_view(desk.act(desk.text(line_of(chad), en=chad)), desk.blobs).act
    withdrawal = Withdrawal(act.register, act.base, 1, act.nonce, "3c" * 32, Slot.A, "second thoughts")
    with pytest.raises(NotAnActError):
        signing_view(unsigned(withdrawal), desk.blobs)


def test_lines_that_cannot_be_laid_on_one_another(chad: bytes, corrected: bytes) -> None:
    """Where the text in force is no description, or does not compile, the metres are missing and it is said why."""
    desk = Desk()
    latter = desk.text(line_of(corrected), en=corrected)
    plain = replace(desk.text(line_of(chad), "text/plain", en=chad))
    broken = desk.text(line_of(chad), en=chad.replace(b"straight to P3", b"straight to P4"))
    for former, why in ((plain, "this needs a description in force"), (broken, "one of the texts does not compile")):
        text = view_text(full_view(desk.act(latter), desk.blobs, desk.ground(former)))
        assert why in text.replace("\n  ", " ")


def test_the_line_in_force_is_compiled_too(chad: bytes, corrected: bytes) -> None:
    """Where the text in force compiles here to another line than is in force, that is said beside the metres."""
    desk = Desk()
    former = desk.text(line_of(corrected), en=chad)
    moved = chad.replace("parallel 23° N".encode(), "parallel 23°00'20\" N".encode())
    text = view_text(full_view(desk.act(desk.text(line_of(moved), en=moved)), desk.blobs, desk.ground(former)))
    assert "about the line in force: en: the text does not compile to the signed line on this machine" in " ".join(
        text.split()
    )


def test_suspension(chad: bytes) -> None:
    """A suspension of what is in force says from when, and that neither words nor line change."""
    desk = Desk()
    text = desk.text(line_of(chad), en=chad)
    envelope = desk.act(text)
    act = signing_view(envelope, desk.blobs).act
    change = replace(act.changes[0], status=Status.SUSPENDED, valid_from="2027-03-01", valid_to="2028-01-01")
    said = view_text(signing_view(unsigned(replace(act, changes=(change,))), desk.blobs, desk.ground(text)))
    assert f"Section {SECTION}: suspended from 2027-03-01, to 2028-01-01, that day not included" in said
    assert f"carries      change 0 of entry {FORMER.index}" in said
    assert "effect       from 2027-03-01 the line is suspended" in said
