"""`merestone explain`: codes of findings and rules of the register, and the pages as somebody would follow them."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer.main

from fakes.desks import Desks
from merestone.casefile.register.proposing import Wanted
from merestone.cli import explanations, main
from merestone.cli.app import app
from merestone.cli.failures import explain_failure
from merestone.register.objects import Status
from merestone.register.refusal import RefusedError, Rule

QUOTED = re.compile(r"`([^`]+)`")
REGISTER = ("merestone", "register")


def options_of(command: Any) -> set[str]:
    """The names of a command's options."""
    return {name for each in command.params for name in (*each.opts, *each.secondary_opts)}


@pytest.fixture(scope="module")
def program() -> Any:
    """The command `merestone` with all below it."""
    return typer.main.get_command(app)


def command_lines(text: str, program: Any) -> Iterator[list[str]]:
    """What a page quotes as a command line, word by word: from `merestone` on, or a command of the register by its name."""
    of_register = program.commands["register"].commands
    for words in map(str.split, QUOTED.findall(text)):
        if words[0] == "merestone":
            yield words
        elif words[0] in of_register:
            yield [*REGISTER, *words]


def quoted_options(text: str) -> set[str]:
    """The options that a page quotes by themselves."""
    return {words[0] for words in map(str.split, QUOTED.findall(text)) if words[0].startswith("-")}


def parsed(words: list[str], program: Any) -> tuple[Any, list[str]]:
    """The command that words name, and the words after it."""
    command, left = program, words[1:]
    while left and left[0] in getattr(command, "commands", {}):
        command, left = command.commands[left[0]], left[1:]
    assert not hasattr(command, "commands"), f"there is no {' '.join(words)}"
    return command, left


@pytest.mark.parametrize("rule", Rule)
def test_every_rule_is_explained(rule: Rule, capsys: pytest.CaptureFixture[str]) -> None:
    """Each rule has a page under its own name, in any case, and where it has a blank also without."""
    for name in {rule.value, rule.value.upper(), rule.page}:
        assert main(["explain", name]) == 0
        assert capsys.readouterr().out.startswith(f"# {rule.page}: ")


@pytest.mark.parametrize("rule", Rule)
def test_every_refusal_names_its_page_once(rule: Rule, capsys: pytest.CaptureFixture[str]) -> None:
    """A refusal is one line, and the next says what to type to read more; JSON is as it was."""
    refusal = RefusedError(rule, "it is so", 3)
    explain_failure(refusal, debug=False, as_json=True)
    out, err = capsys.readouterr()
    assert err == f"error: entry 3: it is so ({rule})\n  `merestone explain {rule.page}` says more\n"
    assert json.loads(out) == {
        "schema": "merestone.error/1",
        "kind": "RefusedError",
        "sentence": f"entry 3: it is so ({rule})",
        "exit_code": 5,
    }


@pytest.mark.parametrize("rule", Rule)
def test_a_page_names_only_commands_and_options_that_there_are(rule: Rule, program: Any) -> None:
    """Whoever types what a page says is not told that there is no such command or option."""
    page = explanations.page(rule.page)
    named = 0
    for words in command_lines(page, program):
        command, left = parsed(words, program)
        assert {word for word in left if word.startswith("-")} <= options_of(command), words
        named += 1
    assert named > 0
    everywhere = set().union(*map(options_of, program.commands["register"].commands.values()))
    assert quoted_options(page) <= everywhere


def test_codes_are_listed_in_order(capsys: pytest.CaptureFixture[str]) -> None:
    """Letters and numbers come first, E2 before E10, and then words; each with its title in one column."""
    main(["explain"])
    lines = capsys.readouterr().out.splitlines()
    listed = [line.split()[0] for line in lines]
    assert listed == list(explanations.codes())
    assert listed.index("D409") < listed.index("E1") < listed.index("E2") < listed.index("E10") < listed.index("F801")
    assert listed[-9:] == sorted(rule.page for rule in Rule if not re.fullmatch("E[0-9]+", rule))
    assert len({len(line) - len(line[9:].lstrip()) for line in lines}) == 1


def test_codes_are_listed_for_programs(capsys: pytest.CaptureFixture[str]) -> None:
    """With --json each code has its title, and a page says how its code is spelled."""
    main(["explain", "--json"])
    assert json.loads(capsys.readouterr().out)["codes"]["E14"] == "the dates and what is in force do not go together"
    main(["explain", "KEY FILE", "--json"])
    found = json.loads(capsys.readouterr().out)
    assert found["code"] == "key-file"
    assert found["title"] == "the key file cannot be opened"
    assert found["text"] == explanations.page("key-file")


@pytest.mark.parametrize(
    ("asked", "meant"), [("cosignig", "cosigning"), ("E141", "E14"), ("C999", "C209"), ("keyfile", "key-file")]
)
def test_a_near_code_is_suggested(asked: str, meant: str, capsys: pytest.CaptureFixture[str]) -> None:
    """A code that is misspelled is answered with those that are near."""
    assert main(["explain", asked]) == 2
    suggested = capsys.readouterr().err.partition("did you mean ")[2].partition("?")[0].split(", ")
    assert meant in suggested


@pytest.fixture(scope="module")
def said(root: Path) -> str:
    """Every string in the program."""
    trees = (ast.parse(path.read_text(encoding="utf-8")) for path in (root / "src" / "merestone").rglob("*.py"))
    return "\n".join(
        node.value
        for tree in trees
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    )


@pytest.mark.parametrize("rule", Rule)
def test_what_a_page_quotes_of_a_refusal_is_said(rule: Rule, said: str) -> None:
    """The words by which a reader finds the step that is meant are words of the program."""
    _, _, steps = explanations.page(rule.page).partition("## What settles it")
    quoted = re.findall(r'"([^"]+)"', re.sub(r"`[^`]*`", "", " ".join(steps.split())))
    assert [each for each in quoted if each.removesuffix(" ...") not in said] == []


def test_what_cannot_be_entered_names_its_page(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What `propose`, `sync` and `sign` say of an obstacle says where to read more, once."""
    desks = Desks(tmp_path).charter()
    folder, why = str(tmp_path / "a"), "S1: a change with the status signed must not have dates (E14)"
    words = ["--status", "signed", "--from", "2027-01-01", "--text", f"en={desks.words()}"]
    assert main(["register", "propose", folder, "--section", "S1", *words]) == 2
    assert capsys.readouterr().err.endswith(f"so no offer was made: {why}; `merestone explain E14` says more\n")

    offer = desks.propose(Wanted("S1", Status.SIGNED, "2027-01-01", texts={"en": desks.words()})).digest
    bundle = str(tmp_path / "offers.bundle")
    assert main(["register", "bundle", folder, "--offer", offer, "-o", bundle]) == 0
    assert main(["register", "sync", str(tmp_path / "b"), bundle]) == 0
    assert "what nobody has signed yet" in capsys.readouterr().err  # so the other desk does not take it in

    assert main(["register", "sign", folder, offer, "-k", str(desks.keys["a"]), "--yes"]) == 5
    assert capsys.readouterr().err.endswith(f"could not become an entry: {why}\n  `merestone explain E14` says more\n")
