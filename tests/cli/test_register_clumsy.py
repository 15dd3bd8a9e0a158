"""The register's commands in clumsy, unlucky and hostile hands: a sentence that says what to do, and an exit code of the table."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from fakes.desks import PASSPHRASE, Desks
from merestone.casefile.register.proposing import Wanted
from merestone.cli import main
from merestone.register.objects import Status

ACTING = "\x1b[2J\x9b31m\u202e\x7f"
"""Characters that clear a screen, colour it, and turn the direction of what follows."""
HUGE = "9" * 30


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Desks:
    """Three desks whose log has a section that is in force and whose words act on a terminal. Nobody changes them."""
    desks = Desks(tmp_path_factory.mktemp("desks")).charter()
    words = desks.words(f"The line runs {ACTING} to the tree.")
    line = words.with_suffix(".boundary")
    line.write_bytes((Path(__file__).parents[2] / "examples" / "libya-chad.boundary").read_bytes())
    desks.agree(Wanted("Main", Status.SIGNED, texts={"en": words, "fr": line}))
    desks.agree(Wanted("Main", Status.RATIFIED))
    desks.agree(Wanted("Main", Status.IN_FORCE, "2026-01-01"))
    (desks.folder / "passphrase").write_text(f"{PASSPHRASE}\n", encoding="utf-8")
    (desks.folder / "deep.json").write_text("[" * 100_000, encoding="utf-8")
    (desks.folder / "empty").write_bytes(b"")
    (desks.folder / "folder").mkdir()
    return desks


@pytest.fixture
def desks(shared: Desks, monkeypatch: pytest.MonkeyPatch) -> Desks:
    """The same, in whose folder the commands run."""
    monkeypatch.chdir(shared.folder)
    monkeypatch.setenv("MERESTONE_PASSPHRASE", PASSPHRASE)
    return shared


CLUMSY = {
    "no folder": ("status nowhere", 3, "`init` begins one"),
    "an empty folder": ("log folder", 3, "`init` begins one"),
    "a file for a folder": ("status passphrase", 3, "there is no register here"),
    "a folder to verify that is none": ("verify folder", 3, "neither a copy of a register nor an export"),
    "a folder to sync from that is none": ("sync a folder", 3, "this folder is not an export"),
    "a size beyond any": (f"history a Main --known-at {HUGE}", 2, "ask for 4 or fewer"),
    "a size of none": ("history a Main --known-at 0", 2, "--help"),
    "an entry beyond any": (f"show a entry:{'9' * 5_000}", 2, "there is no entry"),
    "a change beyond any": (f"propose a --section Main --status ended --carries {HUGE}/0", 2, "does not name a change"),
    "a change of many digits": (
        f"propose a --section Main --status ended --carries {'9' * 5_000}",
        2,
        "does not name a change",
    ),
    "no finite tolerance": ("propose a --section X --status signed --text en=words.txt --tolerance inf", 2, "--help"),
    "an offer good for ever": (f"propose a --section X --status signed --good-for {HUGE}", 2, "--help"),
    "a section with a space": (
        "propose a --section X|Y --status signed --text en=words.txt",
        2,
        "this cannot be offered",
    ),
    "a claim by nobody": ("propose a --section X --status claimed --text en=words.txt", 2, "--by a or --by b"),
    "a stem that is a folder": ("enrol a XX Title -o .", 2, "such as keys"),
    "a stem that is the root": ("enrol a XX Title -o /", 2, "such as /keys"),
    "no stem": ("rotate a -k a.key --new ..", 2, "is a folder: add a name for the files"),
    "deep JSON to verify": ("verify deep.json", 5, "not a bundle, proof or evidence"),
    "an enrolment that is none": (
        "init new --name X --enrolment a.key",
        5,
        "a.key: this file cannot be used as an enrolment",
    ),
    "a short fingerprint": ("verify a --fingerprint a=1234", 2, "64 digits"),
    "two fingerprints": (f"verify a --fingerprint a={'0' * 64} --fingerprint a={'1' * 64}", 2, "two fingerprints"),
    "a fingerprint of no key": (f"verify a --fingerprint a.rot={'0' * 64}", 2, "nobody holds a.rot"),
    "a bundle over a key": ("bundle a -o a.key", 1, "another file is already there"),
    "a bundle over a store": ("bundle a -o b/register.sqlite", 1, "another file is already there"),
    "a proof over a key": ("prove a 1 -o a.key", 1, "another file is already there"),
    "a long passphrase": ("witness a -k a.key --passphrase-file deep.json", 3, "too long for a passphrase"),
    "an address that is none": ("sync a http://[::1", 3, "check the address"),
    "an address with a bad port": ("sync a http://127.0.0.1:abc/", 3, "check the address"),
    "an address with a space": ("sync a http://127.0.0.1:1/a|b", 3, "check the address"),
}


@pytest.mark.parametrize("name", CLUMSY)
def test_what_is_said_says_what_to_do(desks: Desks, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Each slip ends in its exit code, a sentence, and JSON where that is asked for; no key and no store is touched."""
    words, code, sentence = CLUMSY[name]
    before = {path: path.read_bytes() for path in desks.folder.rglob("*") if path.is_file()}
    assert main(["register", *(word.replace("|", " ") for word in words.split()), "--json"]) == code
    out, err = capsys.readouterr()
    assert sentence in err
    assert "defect of Merestone" not in err
    assert json.loads(out)["exit_code"] == code
    after = {path: path.read_bytes() for path in desks.folder.rglob("*") if path.is_file()}
    assert {path: data for path, data in after.items() if "-shm" not in path.name and "-wal" not in path.name} == before


@pytest.mark.parametrize(
    "words", ["origin a Main line --as-of 2026-06-01", "show a entry:1", "log a", "history a Main"]
)
@pytest.mark.parametrize("form", [(), ("--json",)])
def test_no_text_of_another_acts_on_the_terminal(
    desks: Desks, words: str, form: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    """Whatever characters stand in signed words, none of them reaches the terminal as it is."""
    assert main(["register", *words.split(), *form]) in {0, 4}
    out, err = capsys.readouterr()
    assert out
    assert not set(ACTING) - set("[2J31m") & set(out + err)


def test_a_proof_is_held_against_the_fingerprints_given(desks: Desks, capsys: pytest.CaptureFixture[str]) -> None:
    """A fingerprint from elsewhere counts for a proof as for a whole register."""
    proof = str(desks.folder / "one.proof")
    assert main(["register", "prove", "a", "1", "-o", proof]) == 0
    assert main(["register", "verify", proof, "--register", "a"]) == 0
    assert main(["register", "verify", proof, "--register", "a", "--fingerprint", f"a={'0' * 64}"]) == 5
    assert "another fingerprint" in capsys.readouterr().err
    Path(proof).unlink()


def test_an_export_beside_a_store_is_not_verified_by_mistake(desks: Desks, tmp_path: Path) -> None:
    """Where a store lies in an export, nothing is called verified."""
    public = tmp_path / "public"
    assert main(["register", "export", "a", "-o", str(public)]) == 0
    assert main(["register", "verify", str(public)]) == 0
    (public / "register.sqlite").write_bytes((desks.folder / "b" / "register.sqlite").read_bytes())
    assert main(["register", "verify", str(public)]) == 2


@pytest.mark.parametrize("source", ["empty", "nowhere", "deep.json", "a.key", "http://127.0.0.1:1/"])
def test_a_copy_that_nothing_came_of_is_gone(desks: Desks, source: str) -> None:
    """A new folder into which nothing could be taken is not left behind; one that was there before stays."""
    assert main(["register", "sync", "fresh", source]) in {3, 5}
    assert not (desks.folder / "fresh").exists()
    assert main(["register", "sync", "b", source]) in {3, 5}
    assert (desks.folder / "b" / "register.sqlite").is_file()


def test_an_empty_register_has_nothing_to_verify(
    desks: Desks, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A register whose charter is not entered yet is said to have nothing to verify, and no key signs its head."""
    enrolments = [word for slot in ("a", "b", "operator") for word in ("--enrolment", f"{slot}.enrolment")]
    new = str(tmp_path / "new")
    assert main(["register", "init", new, "--name", "X", *enrolments]) == 0
    assert main(["register", "verify", new]) == 2
    assert main(["register", "witness", new, "-k", "a.key"]) == 5
    assert capsys.readouterr().err.count("no charter yet") == 2


# ---- what answers at an address ---------------------------------------------------------------------------------------

ANSWERS = {
    "no HTTP": b"what?\r\n\r\n",
    "nothing": b"",
    "a line that does not end": b"HTTP/1.1 200 OK\r\nX: " + b"x" * 70_000,
    "very many headers": b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 500 + b"\r\n",
    "a chunk that is none": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nmerestZZ\r\n",
    "a length that is none": b"HTTP/1.1 200 OK\r\nContent-Length: \x1b[2J\r\n\r\n",
    "a page": b"HTTP/1.1 200 OK\r\n\r\n<html>" + b"x" * 10_000_000,
    "not found": "HTTP/1.1 404 \x1b[2J\u202e\r\nContent-Length: 0\r\n\r\n".encode(),
    "a way to a file": b"HTTP/1.1 302 Found\r\nLocation: file:///etc/passwd\r\n\r\n",
}


@pytest.fixture(params=sorted(ANSWERS))
def address(request: pytest.FixtureRequest) -> Iterator[str]:
    """An address at which a hostile server gives one answer."""

    class Hostile(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.wfile.write(ANSWERS[request.param])

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Hostile)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/public"
    server.shutdown()
    server.server_close()


def test_a_hostile_server_gets_a_sentence(desks: Desks, address: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Whatever a server answers that is no bundle, the command says so, with the address, and takes in nothing."""
    assert main(["register", "sync", "a", address]) == 3
    said = capsys.readouterr().err
    assert f"{address}/register.bundle: " in said
    assert "\x1b" not in said
    assert "\u202e" not in said
