"""What the register's commands say in words: counts agree with their nouns, and no sentence of the help is cut off."""

from __future__ import annotations

from pathlib import Path

import pytest

from fakes.desks import PASSPHRASE, Desks
from merestone.casefile.register.proposing import Wanted
from merestone.cli import main
from merestone.cli.exit_codes import ExitCode
from merestone.register.objects import Status


@pytest.fixture
def desks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desks:
    """Three desks, and on A's the draft of a charter; every passphrase known."""
    monkeypatch.setenv("MERESTONE_PASSPHRASE", PASSPHRASE)
    monkeypatch.chdir(tmp_path)
    return Desks(tmp_path)


def _said(command: str, capsys: pytest.CaptureFixture[str], code: ExitCode = ExitCode.GOOD) -> str:
    assert main(["register", *command.split()]) == code
    out, err = capsys.readouterr()
    return out + err


def test_no_sentence_of_the_help_is_cut_off(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """On 80 columns every command is listed with its whole first sentence, and none has a sentence that goes on."""
    monkeypatch.setenv("COLUMNS", "80")
    said = _said("--help", capsys)
    _, _, commands = said.partition("Commands:\n")
    rows = [row for row in commands.splitlines() if row.strip()]
    assert len(rows) == 24
    assert [row for row in rows if not row.endswith(".") or row.endswith("...")] == []


def test_nothing_is_agreed_before_anybody_has_cosigned(desks: Desks, capsys: pytest.CaptureFixture[str]) -> None:
    """A register without entries has no size that both have cosigned."""
    assert "the parties have not both cosigned an entry yet" in _said("state a", capsys)
    assert "as known at size" not in _said("state a", capsys)


def test_one_entry_is_one_entry(desks: Desks, capsys: pytest.CaptureFixture[str]) -> None:
    """One is counted in the singular: what is agreed, what is in the log, what still has no effect."""
    desks.charter()
    assert "\nagreed    1 entry, state " in _said("verify a", capsys)
    assert "error: there is no entry '7'; the log has 1 entry\n" in _said("show a entry:7", capsys, ExitCode.USAGE)
    asked = _said("state a --known-at 5", capsys, ExitCode.USAGE)
    assert asked.startswith("error: both parties have cosigned 1 entry, and an answer as known at 5 could still change")
    asked = _said("bundle a --since 5 -o x.bundle", capsys, ExitCode.USAGE)
    assert asked == "error: the log has 1 entry, and there are none from 5 on: ask for a smaller number\n"


def test_an_offer_is_named_with_its_title(desks: Desks, capsys: pytest.CaptureFixture[str]) -> None:
    """`status` lists what an offer is, its title, its sections, and who has signed it; one signer signs at one desk."""
    desks.charter()
    offer = desks.propose(Wanted("S1", Status.SIGNED, texts={"en": desks.words()})).digest[:8]
    said = _said("status a", capsys)
    assert f"  {offer}  step «An act» (S1: signed; not signed yet)\n" in said
    assert f"offer {offer}: a (AAA), b (BBB) must sign, each at their own desk: `" in said
    desks.sign("a", "a")
    said = _said("status a", capsys)
    assert f"  {offer}  step «An act» (S1: signed; signed by a)\n" in said
    assert f"offer {offer}: b (BBB) must sign, at their own desk: `" in said


def test_there_is_no_evidence_to_write(desks: Desks, capsys: pytest.CaptureFixture[str]) -> None:
    """Where nobody signed two histories, `evidence -o` says so, and writes nothing."""
    desks.charter()
    assert _said("evidence a -o e.json", capsys, ExitCode.USAGE) == "error: there is no evidence here\n"
    said = _said("evidence a ab -o e.json", capsys, ExitCode.USAGE)
    assert said == "error: there is no evidence here that begins with 'ab'\n"
    assert not Path("e.json").exists()
