"""The register's commands as two people meet them who know nothing but what the commands say."""

from __future__ import annotations

import io
import json
import shutil
from pathlib import Path

import pytest

from fakes.desks import PASSPHRASE, TODAY, Desks, asked
from merestone.casefile.progress import silent
from merestone.casefile.register import cosigning, signing
from merestone.casefile.register.carrying import receive, send
from merestone.casefile.register.proposing import Wanted
from merestone.casefile.register.reviewing import review
from merestone.cli import main
from merestone.cli.exit_codes import ExitCode
from merestone.register.objects import Status

OPEN_LEG = """boundary «A line with an open leg»
frame WGS 84 (G1762) epoch 2016.0
point A at 45°10'30" S 130°20'00" W
point B at 45°02'12" S 129°11'45" W
section Sea
  from A
  leg 1 straight to B
  leg 2 parallel eastward until it meets meridian 128°30' W
"""


@pytest.fixture
def desks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desks:
    """Three desks with a charter; every passphrase known."""
    monkeypatch.setenv("MERESTONE_PASSPHRASE", PASSPHRASE)
    monkeypatch.chdir(tmp_path)
    return Desks(tmp_path).charter()


def _offered(desks: Desks, words: str = "The stone.") -> str:
    return desks.propose(Wanted("S1", Status.SIGNED, texts={"en": desks.words(words)})).digest[:8]


def _entered(desks: Desks, short: str, operator: str) -> None:
    """Signs one offer of A's desk for both parties, and enters it on a desk of the operator's."""
    with desks.desk("a") as desk:
        signed = signing.sign(desk, review(desk, desk.offer(short)), (desks.keys["a"], desks.keys["b"]), asked, TODAY)
        send(desk, Path("act.bundle"), 0, (signed,))
    (desks.folder / "operator.key.heads").unlink()  # which would remind an honest operator
    with desks.desk(operator) as desk:
        receive(desk, "act.bundle", silent)
        cosigning.append(desk, desks.keys["operator"], asked, 1)


def _said(capsys: pytest.CaptureFixture[str]) -> str:
    out, err = capsys.readouterr()
    return out + err


@pytest.mark.parametrize(("answer", "code"), [("n\n", ExitCode.FAILURE), ("", ExitCode.USAGE)])
def test_who_does_not_sign_is_told_of_no_defect(
    desks: Desks, answer: str, code: ExitCode, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """An answer of no, or none at all, signs nothing and is nobody's defect."""
    _offered(desks)
    monkeypatch.setattr("sys.stdin", io.StringIO(answer))
    assert main(["register", "sign", "a", "-k", "a.key"]) == code
    assert "defect" not in _said(capsys)
    with desks.desk("a") as desk:
        assert desk.offer("").envelope.signatures == {}


def test_status_says_what_is_next_by_whom_and_how(desks: Desks, capsys: pytest.CaptureFixture[str]) -> None:
    """At every stage of an act the status names who has to do something, and the command."""
    short = _offered(desks)
    stages = [
        ("a", f"offer {short}: a (AAA), b (BBB) must sign", f"sign FOLDER {short} -k KEY"),
        ("b", f"offer {short}: b (BBB) must sign", f"countersign FOLDER {short} -k KEY"),
        ("operator", f"offer {short} is complete: the operator enters it", "append FOLDER -k KEY"),
        ("operator", "a (AAA) has cosigned 1 of 2 entries", "witness FOLDER -k KEY"),
        ("operator", "there is nothing to sign, enter or cosign here", "carry FOLDER STICK"),
    ]
    for stage, (name, *sentences) in enumerate(stages):
        assert main(["register", "status", name]) == ExitCode.GOOD
        said = _said(capsys)
        assert all(each in said for each in sentences), said
        _go_on(desks, stage)


def _go_on(desks: Desks, stage: int) -> None:
    """What is next at each stage of an act."""
    if stage == 0:
        desks.sign("a", "a")
        desks.carry("a", "b", offers=True)
    elif stage == 1:
        desks.sign("b", "b")
        desks.carry("b", "operator", offers=True)
    elif stage == 2:
        with desks.desk("operator") as desk:
            cosigning.append(desk, desks.keys["operator"], asked, 1)
    elif stage == 3:
        desks.enter()


def test_offers_that_are_dead_stand_in_nobodys_way(desks: Desks, capsys: pytest.CaptureFixture[str]) -> None:
    """An offer that can no longer be entered is not meant where none is named, is not handed over, and can be discarded."""
    dead, chosen = _offered(desks, "The tree."), _offered(desks)
    _entered(desks, chosen, "operator")
    desks.carry("operator", "a")
    live = _offered(desks, "The well.")
    assert main(["register", "sign", "a", "-k", "a.key", "--yes", "-q"]) == ExitCode.GOOD
    assert main(["register", "bundle", "a", "--offers", "-o", "x.bundle"]) == ExitCode.GOOD
    assert "1 offer," in _said(capsys)
    assert main(["register", "discard", "a", dead]) == ExitCode.GOOD
    with desks.desk("a") as desk:
        assert [each.digest[:8] for each in desk.offers()] == [live]


def test_the_offer_meant_is_the_one_that_waits_for_the_key(desks: Desks, capsys: pytest.CaptureFixture[str]) -> None:
    """Where each side has laid an offer down, each signs its own and countersigns the other's without naming it; nobody
    countersigns what they alone have signed."""
    mine = _offered(desks)
    desks.sign("a", "a")
    desks.carry("a", "b", offers=True)
    words = str(desks.words("The well."))
    assert main(["register", "propose", "b", "--section", "S2", "--status", "signed", "--text", f"en={words}"]) == 0
    assert main(["register", "countersign", "b", "-k", "b.key", "--yes", "-q"]) == ExitCode.GOOD
    assert main(["register", "sign", "b", "-k", "b.key", "--yes", "-q"]) == ExitCode.GOOD
    with desks.desk("b") as desk:
        theirs = next(each.digest for each in desk.offers() if each.missing)
        assert desk.offer(mine).missing == ()
    capsys.readouterr()
    assert main(["register", "countersign", "b", theirs, "-k", "b.key", "--yes"]) == ExitCode.USAGE
    assert "nobody else has signed" in _said(capsys)


def test_a_bundle_says_which_offers_stay_behind(desks: Desks, capsys: pytest.CaptureFixture[str]) -> None:
    """A bundle without the offers on the desk names them: whoever forgot --offers learns it before the stick travels."""
    short = _offered(desks)
    assert main(["register", "bundle", "a", "-o", "x.bundle"]) == ExitCode.GOOD
    assert f"not in the bundle, and still on this desk: {short}" in _said(capsys)


def test_what_could_never_be_entered_is_not_laid_on_the_desk(desks: Desks, capsys: pytest.CaptureFixture[str]) -> None:
    """A step into force without a day is refused, with the reason, and leaves no offer behind."""
    desks.signed_words()
    asked_for = ["register", "propose", "a", "--section", "S1", "--status", "in force"]
    assert main(asked_for) == ExitCode.USAGE
    assert "must have the day on which it begins" in _said(capsys)
    with desks.desk("a") as desk:
        assert desk.offers() == ()


def test_a_leg_that_is_not_in_the_line_is_said_before_anybody_signs(
    desks: Desks, capsys: pytest.CaptureFixture[str]
) -> None:
    """Proposing and signing a text whose leg could not be computed says so, though the line is compiled byte for byte."""
    Path("open.boundary").write_text(OPEN_LEG, encoding="utf-8")
    asked_for = ["register", "propose", "a", "--section", "Sea", "--status", "signed", "--text", "en=open.boundary"]
    for command in (asked_for, ["register", "sign", "a", "-k", "a.key", "--yes"]):
        assert main(command) == ExitCode.GOOD
        assert "CAUTION: leg 1 of Sea is not in the line" in _said(capsys)


def test_evidence_is_named_and_travels_as_a_file(desks: Desks, capsys: pytest.CaptureFixture[str]) -> None:
    """Who signed two histories is named by sync, status and verify, and the evidence is a file that a third person checks."""
    shutil.copytree("operator", "forked")
    for words, name in (("The stone.", "operator"), ("The tree.", "forked")):
        _entered(desks, _offered(desks, words), name)
    desks.carry("operator", "a")
    assert main(["register", "evidence", "a"]) == ExitCode.GOOD
    assert main(["register", "bundle", "forked", "-o", "f.bundle", "-q"]) == ExitCode.GOOD
    capsys.readouterr()
    who = "EVIDENCE is kept here that operator (HOST) signed two histories"
    for command, code in (("sync a f.bundle", ExitCode.INTEGRITY), ("status a", ExitCode.FINDINGS)):
        assert main(["register", *command.split()]) == code
        assert who in _said(capsys)
    assert main(["register", "verify", "a"]) == ExitCode.GOOD
    assert who in _said(capsys)
    assert main(["register", "evidence", "a", "-o", "two.evidence"]) == ExitCode.FINDINGS
    capsys.readouterr()
    assert main(["register", "verify", "two.evidence"]) == ExitCode.GOOD
    assert "operator signed two histories: a log of 2 entries" in _said(capsys)
    Path("stick").mkdir()
    for command in ("witness a -k a.key --yes", "carry a stick -k a.key --yes"):
        assert main(["register", *command.split()]) == ExitCode.INTEGRITY
        assert (
            "nothing is cosigned, because this folder keeps evidence that operator (HOST) signed two histories"
            in _said(capsys)
        )
        assert not list(Path("stick").iterdir())
    with desks.desk("a") as desk:
        assert desk.store.agreed_size == 1
    assert main(["register", "carry", "a", "stick", "-k", "a.key", "--yes", "--despite-evidence"]) == ExitCode.GOOD
    assert "cosigned 2 entries" in _said(capsys)


def test_a_stick_goes_round_by_the_commands_alone(desks: Desks, capsys: pytest.CaptureFixture[str]) -> None:
    """Every visit says what it brought, what was cosigned, and what is next; a desk that has no copy yet gets one."""
    stick = desks.folder / "stick"
    stick.mkdir()
    short = _offered(desks)
    rounds = [
        ("sign a -k a.key --yes", "to sign: b"),
        ("carry a stick --offers", "the stick did not contain a bundle"),
        ("carry b stick", "0 new entries, 1 in all; 1 offer"),
        ("countersign b -k b.key --yes", "complete"),
        ("carry b stick", "wrote stick/register.bundle, with 1 offer"),
        ("carry operator stick", f"offer {short} is complete"),
        ("append operator -k operator.key", "entry 1  "),
        ("carry operator stick", "with 0 offers"),
        (
            "carry a stick -k a.key --yes",
            "1 new entry, 2 in all; 0 offers\nentry 1  step  An act\ncosigned 2 entries; both parties have cosigned 1",
        ),
        ("carry b stick -k b.key --yes", "cosigned 2 entries; both parties have cosigned 2"),
        ("carry a stick", "there is nothing to sign, enter or cosign here"),
        ("carry third stick", "third is a new copy: run `status`, and compare its fingerprints"),
    ]
    for command, sentence in rounds:
        assert main(["register", *command.split()]) == ExitCode.GOOD
        assert sentence in _said(capsys), command
    assert main(["register", "carry", "fourth", "none"]) == ExitCode.USAGE
    assert "this is not a folder" in _said(capsys)
    (desks.folder / "empty").mkdir()
    assert main(["register", "carry", "fourth", "empty"]) == ExitCode.USAGE
    assert not (desks.folder / "fourth").exists()


def test_carry_answers_a_program(desks: Desks, capsys: pytest.CaptureFixture[str]) -> None:
    """As JSON: what was brought, what was cosigned, what lies on the stick now."""
    (desks.folder / "stick").mkdir()
    for name in ("operator", "a"):
        assert (
            main(["register", "carry", name, "stick", "--json", *(["-k", "a.key", "--yes"] if name == "a" else [])])
            == 0
        )
    first, second = (json.loads(each) for each in _documents(capsys.readouterr().out))
    assert (first["brought"], first["cosigned"], first["agreed_size"]) == (None, None, 1)
    assert second["brought"]["entries"] == 0
    assert second["cosigned"]["size"] == 1
    assert second["written"] == ["stick/register.bundle"]


def _documents(out: str) -> list[str]:
    """The JSON documents that were printed one after another."""
    found, decoder = [], json.JSONDecoder()
    while out.strip():
        out = out.lstrip()
        end = decoder.raw_decode(out)[1]
        found.append(out[:end])
        out = out[end:]
    return found
