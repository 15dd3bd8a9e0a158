"""The cheat: whoever serves an export alters what no signature covers: its page, its formats, the verifier in it, the evidence."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from fakes.desks import Desks, asked
from fakes.refusals import refused
from merestone.casefile.progress import silent
from merestone.casefile.register import cosigning, proving
from merestone.casefile.register.carrying import receive, send
from merestone.casefile.register.exporting import Exported, export, verify_export
from merestone.casefile.register.manifest import MANIFEST, manifest_of
from merestone.casefile.register.proposing import Wanted
from merestone.register.keys import Slot
from merestone.register.objects import Status
from merestone.register.published import verify_register as published
from merestone.register.refusal import RefusedError, Rule
from merestone.register.replica import ForkError


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Exported]:
    """An export of a register with a charter and an act."""
    desks = Desks(tmp_path_factory.mktemp("shared")).charter()
    desks.signed_words()
    with desks.desk("a") as desk:
        made = export(desk, desks.folder / "public", silent)
    return desks.folder / "public", made


@pytest.fixture
def public(shared: tuple[Path, Exported], tmp_path: Path) -> Path:
    """A copy of it, that may be spoiled."""
    return Path(shutil.copytree(shared[0], tmp_path / "public"))


def both_refuse(public: Path, why: str) -> None:
    """Merestone and the independent verifier refuse the export, with these words."""
    with pytest.raises(RefusedError, match=why) as refusal:
        verify_export(public, silent)
    assert refusal.value.rule in {Rule.EXPORT, Rule.EVIDENCE}
    with pytest.raises(published.Refused):
        published.verify_export(public)


def altered(name: str) -> Callable[[Path], object]:
    """One sentence more in a file."""
    return lambda public: (public / name).write_bytes((public / name).read_bytes() + b"# all is well\n")


def _moved_away(file: Path) -> None:
    """A link in place of a file, to the same bytes elsewhere."""
    file.symlink_to(file.rename(file.parent.parent / "elsewhere"))


ALTERATIONS: dict[str, Callable[[Path], object]] = {
    "page": altered("index.html"),
    "rules": altered("formats/rules.md"),
    "vectors": altered("formats/vectors/bad.json"),
    "verifier": altered("verify_register.py"),
    "a page that is gone": lambda public: (public / "formats" / "log.md").unlink(),
    "one file more": lambda public: (public / "README.txt").write_text("verify with tool.py"),
    "a hidden one": lambda public: (public / "formats" / ".htaccess").write_text("x"),
    "a strange name": lambda public: (public / "a b").write_text("x"),
    "a link": lambda public: (public / "more").symlink_to("/etc", target_is_directory=True),
    "a manifest that is a link": lambda public: _moved_away(public / MANIFEST),
    "no manifest": lambda public: (public / MANIFEST).unlink(),
    "an empty manifest": lambda public: (public / MANIFEST).write_bytes(b""),
    "another manifest": altered(MANIFEST),
}


def test_the_honest_export_is_accepted(public: Path, shared: tuple[Path, Exported]) -> None:
    """Both accept it, name the same manifest, and that is what `export` printed and `sha256sum` would check."""
    _, made = shared
    first, other = verify_export(public, silent), published.verify_export(public)
    assert first.manifest_sha256 == other.manifest == made.manifest_sha256
    assert (first.of_others, first.accused, other.evidence) == ((), (), [])
    assert sum(path.is_file() for path in public.rglob("*")) == made.files
    proving.check_manifest_given(first, " ".join([made.manifest_sha256[:32], made.manifest_sha256[32:].upper()]))


@pytest.mark.parametrize("name", ALTERATIONS)
def test_nothing_is_altered_without_the_manifest(public: Path, name: str) -> None:
    """One byte in any file, one file less or more, and both refuse."""
    ALTERATIONS[name](public)
    both_refuse(public, "manifest|the required form|ordinary files|must list the files")


@pytest.mark.parametrize("name", ["page", "rules", "verifier", "a page that is gone", "one file more"])
def test_a_manifest_made_anew_is_another(public: Path, shared: tuple[Path, Exported], name: str) -> None:
    """Whoever alters a file can write the manifest anew, as the pages say. Then its digest is another than was published, and what
    this version of Merestone would have written otherwise is named."""
    ALTERATIONS[name](public)
    (public / MANIFEST).write_bytes(manifest_of(public))
    found = verify_export(public, silent)
    assert found.manifest_sha256 == published.verify_export(public).manifest
    with refused(Rule.EXPORT, why="does not have the digest that was given"):
        proving.check_manifest_given(found, shared[1].manifest_sha256)
    assert (name == "one file more") or len(found.of_others) == 1


def test_evidence_is_published_and_cannot_be_forged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a desk keeps against somebody goes into its export, where both verifiers find whom it convicts; evidence that does not
    hold, or is about a key that this register has never had, is refused."""
    desks = Desks(tmp_path).charter()
    shutil.copytree(desks.folder / "operator", desks.folder / "forked")
    for words, name in (("The stone.", "operator"), ("The tree.", "forked")):
        offer = desks.propose(Wanted("S1", Status.SIGNED, texts={"en": desks.words(words)}))
        desks.sign("a", "a", "b")
        with desks.desk("a") as desk:
            send(desk, desks.folder / "act.bundle", 0, (desk.offer(offer.digest),))
            desk.discard(desk.offer(offer.digest))
        (desks.folder / "operator.key.heads").unlink()
        with desks.desk(name) as desk:
            receive(desk, str(desks.folder / "act.bundle"), silent)
            cosigning.append(desk, desks.keys["operator"], asked, 1)
    desks.carry("operator", "a")
    with pytest.raises(ForkError):
        desks.carry("forked", "a")
    with desks.desk("a") as desk:
        assert export(desk, tmp_path / "public", silent).evidence == 1
    public = tmp_path / "public"
    assert verify_export(public, silent).accused == ("operator",)
    assert published.verify_export(public).evidence == ["operator"]
    assert "signed two histories" in (public / "index.html").read_text(encoding="utf-8")
    (file,) = (public / "evidence").iterdir()
    good = file.read_bytes()
    with desks.desk("a") as desk, monkeypatch.context() as patched:
        patched.setattr("merestone.casefile.register.exporting.excuses", lambda *_: {"the key": 2})
        assert export(desk, tmp_path / "stolen", silent).evidence == 0  # of a key declared stolen: it convicts nobody
    found = verify_export(public, silent)
    stolen = replace(found, stopped={Slot.OPERATOR: found.keys[Slot.OPERATOR]})
    monkeypatch.setattr("merestone.casefile.register.exporting.verify_bundle", lambda *_: stolen)
    with refused(Rule.EVIDENCE, why="declared lost or stolen proves nothing"):
        verify_export(public, silent)
    monkeypatch.undo()
    file.rename(public / "evidence" / "other.json")
    (public / MANIFEST).write_bytes(manifest_of(public))
    both_refuse(public, "its name is not the SHA-256 of its bytes")
    (public / "evidence" / "other.json").unlink()
    strangers = Desks(_made(tmp_path / "strangers")).charter()
    with strangers.desk("a") as desk:
        other = export(desk, tmp_path / "elsewhere", silent)
    assert other.evidence == 0
    (tmp_path / "elsewhere" / "evidence").mkdir()
    (tmp_path / "elsewhere" / "evidence" / file.name).write_bytes(good)
    (tmp_path / "elsewhere" / MANIFEST).write_bytes(manifest_of(tmp_path / "elsewhere"))
    both_refuse(tmp_path / "elsewhere", "a key that this register has never had")


def _made(folder: Path) -> Path:
    folder.mkdir()
    return folder
