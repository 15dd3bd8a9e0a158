"""What the commands say of an export and a bundle beside writing them: the digest to publish, evidence, what nobody takes in."""

from __future__ import annotations

import json
import re
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


@pytest.fixture
def desks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desks:
    """Three desks with a charter, and an unsigned offer on A's; every passphrase known."""
    monkeypatch.setenv("MERESTONE_PASSPHRASE", PASSPHRASE)
    monkeypatch.chdir(tmp_path)
    desks = Desks(tmp_path).charter()
    desks.propose(Wanted("S1", Status.SIGNED, texts={"en": desks.words()}))
    return desks


def test_an_export_prints_what_must_be_published_elsewhere(desks: Desks, capsys: pytest.CaptureFixture[str]) -> None:
    """`export` prints the digest of the manifest; `verify` takes it, refuses another, and says what an export without it does not
    prove, and which files are not this version's."""
    assert main(["register", "export", "a", "-o", "public"]) == ExitCode.GOOD
    out, err = capsys.readouterr()
    found = re.search(r"(?m)^manifest  ([0-9a-f]{64})$", out)
    assert found
    assert "Publish this digest" in err
    assert "not in the export: 1 offer on this desk" in err
    assert main(["register", "verify", "public", "--manifest", found[1]]) == ExitCode.GOOD
    assert "nobody has signed the manifest" not in capsys.readouterr().err
    assert main(["register", "verify", "public"]) == ExitCode.GOOD
    assert "nobody has signed the manifest" in capsys.readouterr().err
    assert main(["register", "verify", "public", "--manifest", "0" * 64]) == ExitCode.INTEGRITY
    assert main(["register", "verify", "public/register.bundle", "--manifest", found[1]]) == ExitCode.USAGE
    assert "only an export has a manifest" in capsys.readouterr().err
    page = Path("public/index.html")
    page.write_bytes(page.read_bytes() + b"<p>all is well</p>")
    assert main(["register", "verify", "public"]) == ExitCode.INTEGRITY
    assert "index.html: it is not the file that the manifest lists" in capsys.readouterr().err


def test_a_bundle_names_what_nobody_takes_in(desks: Desks, capsys: pytest.CaptureFixture[str]) -> None:
    """An offer that nobody has signed is named when it is handed over, and when it is left out."""
    assert main(["register", "bundle", "a", "--offers", "-o", "a.bundle"]) == ExitCode.GOOD
    assert "what nobody has signed yet" in capsys.readouterr().err
    assert main(["register", "sync", "b", "a.bundle"]) == ExitCode.GOOD
    assert "1 offer was left out, without a signature by a key that counts" in capsys.readouterr().err


def test_evidence_is_said_wherever_something_leaves_the_desk(desks: Desks, capsys: pytest.CaptureFixture[str]) -> None:
    """The export holds it and says so, the bundle does not and says so, even where a user wants quiet; `verify` finds it."""
    shutil.copytree("operator", "forked")
    with desks.desk("a") as desk:
        desk.discard(desk.offer(""))
    for words, name in (("The stone.", "operator"), ("The tree.", "forked")):
        offer = desks.propose(Wanted("S1", Status.SIGNED, texts={"en": desks.words(words)}))
        with desks.desk("a") as desk:
            keys = (desks.keys["a"], desks.keys["b"])
            signed = signing.sign(desk, review(desk, desk.offer(offer.digest)), keys, asked, TODAY)
            send(desk, Path("act.bundle"), 0, (signed,))
            desk.discard(signed)
        Path("operator.key.heads").unlink()
        with desks.desk(name) as desk:
            receive(desk, "act.bundle", silent)
            cosigning.append(desk, desks.keys["operator"], asked, 1)
    for name in ("operator", "forked"):
        assert main(["register", "bundle", name, "-o", f"{name}.bundle", "-q"]) == ExitCode.GOOD
    assert main(["register", "sync", "a", "operator.bundle", "-q"]) == ExitCode.GOOD
    assert main(["register", "sync", "a", "forked.bundle", "-q"]) == ExitCode.INTEGRITY
    capsys.readouterr()
    assert main(["register", "bundle", "a", "-o", "a.bundle", "-q"]) == ExitCode.GOOD
    assert (
        "EVIDENCE is kept here that operator (HOST) signed two histories: it does not travel" in capsys.readouterr().out
    )
    assert main(["register", "export", "a", "-o", "public", "-q"]) == ExitCode.GOOD
    assert "signed two histories: this export publishes the evidence" in capsys.readouterr().out
    assert main(["register", "verify", "public", "-q"]) == ExitCode.GOOD
    assert "EVIDENCE  operator signed two histories" in capsys.readouterr().out
    assert main(["register", "verify", "public", "--json"]) == ExitCode.GOOD
    assert json.loads(capsys.readouterr().out)["accused"] == ["operator"]
