"""Every page does what it says: its code runs, its output is the program's, its links lead somewhere."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from docs_runner import PageIsWrongError, blocks, install_program, run_page, same_output

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted(
    path
    for pattern in ("*.md", "docs/**/*.md", "examples/**/*.md", "src/merestone/explanations/*.md")
    for path in ROOT.glob(pattern)
)
LINK = re.compile(r"\[[^\]]*\]\((?P<target>[^)\s]+)\)")


def _id(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


@pytest.fixture(scope="session")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the command `merestone`."""
    return install_program(tmp_path_factory.mktemp("program"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a copy of the examples."""
    if (ROOT / "examples").is_dir():
        shutil.copytree(ROOT / "examples", tmp_path / "examples")
    return tmp_path


@pytest.mark.timeout(1_800)  # the register's page runs some three hundred commands
@pytest.mark.parametrize("page", PAGES, ids=_id)
def test_the_code_of_a_page_runs(page: Path, folder: Path, program: Path) -> None:
    """Every block of the page runs and gives what the page shows."""
    text = page.read_text(encoding="utf-8")
    run = {"python", "console", "boundary"}
    to_run = [each for each in blocks(text) if each.language in run or any(w.startswith("file=") for w in each.words)]
    assert run_page(text, folder, program) == len(to_run)


@pytest.mark.parametrize("page", PAGES, ids=_id)
def test_the_links_of_a_page_lead_somewhere(page: Path) -> None:
    """Every link to a file of the project leads to one."""
    text = re.sub(r"```.*?```|`[^`\n]*`", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    targets = [match["target"].split("#")[0] for match in LINK.finditer(text)]
    lost = [each for each in targets if each and "://" not in each and not (page.parent / each).exists()]
    assert lost == []


@pytest.mark.parametrize(
    "page",
    [
        "```python\nassert 1 == 2\n```\n",
        "```python\n>>> 1 + 1\n3\n```\n",
        "```console\n$ echo one\ntwo\n```\n",
        "```console\n$ false\n```\n",
        "```console exit=3\n$ true\n```\n",
        "```console\nno command\n```\n",
    ],
)
def test_a_page_that_lies_is_found(page: str, tmp_path: Path, program: Path) -> None:
    """A planted falsehood in each kind of block is found."""
    with pytest.raises(AssertionError):
        run_page(page, tmp_path, program)


def test_a_true_page_runs(tmp_path: Path, program: Path) -> None:
    """Blocks share names and folder, indented blocks run too, and other languages are left alone."""
    page = (
        "```python\nx = 2\nfrom pathlib import Path\n_ = Path('made').write_text('4')\n```\n"
        "```python\n>>> x\n2\n```\n"
        "1. item\n   ```console\n   $ cat made\n   4\n   $ merestone --version\n   merestone ...\n   ```\n"
        "```sh\nfalse\n```\n"
    )
    assert run_page(page, tmp_path, program) == 3


def test_the_line_of_a_fault_is_told(tmp_path: Path, program: Path) -> None:
    """Who writes a page is told where it is wrong."""
    with pytest.raises(PageIsWrongError, match=r"^line 3: "):
        run_page("# Title\n\n```console\n$ false\n```\n", tmp_path, program)


@pytest.mark.parametrize(
    ("shown", "given", "same"),
    [
        ("a\nb\n", "a\nb\n", True),
        ("a\n...\nd\n", "a\nb\nc\nd\n", True),
        ("a\n...\nd\n", "a\nd\n", True),
        ("length ... km\n", "length 937 km\n", True),
        ("length ... km\n", "length 937 m\n", False),
        ("a\n", "a\nb\n", False),
        ("a.c\n", "abc\n", False),
        ("a\n", "a   \n\n", True),
    ],
)
def test_output_is_compared(shown: str, given: str, same: bool) -> None:
    """Output is compared line by line, with an ellipsis for what is left out."""
    assert same_output(shown, given) is same
