"""The cheat: an act with a line that its words do not describe, in every wrapping that keeps a machine from compiling them."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from fakes.acts import line_of
from fakes.desks import Desks
from fakes.forger import WORDS, Forger, forged_line
from fakes.refusals import refused
from merestone.casefile.register.recompiling import Pinned, compile_pinned
from merestone.publish.export import Export, into_the_lines_frame
from merestone.publish.line_json import write_line
from merestone.publish.register.media_types import DESCRIPTION
from merestone.register.refusal import Rule

PLAIN = "text/plain;charset=utf-8"


@pytest.fixture
def forger(tmp_path: Path) -> Forger:
    """A register whose charter is cosigned, and somebody who means to cheat."""
    desks = Desks(tmp_path).charter()
    return Forger(desks)


def test_the_honest_act_is_countersigned(forger: Forger) -> None:
    """A line that its description compiles to, with the words in prose besides, is signed."""
    digest = forger.offered(line_of(WORDS), ("en", DESCRIPTION, WORDS), ("fr", PLAIN, b"La ligne va de A en B."))
    assert set(forger.countersigned(digest).envelope.signatures) == {"b"}


@pytest.mark.parametrize("media_type", [PLAIN, "text/plain", "application/pdf", "image/png", "text/csv", "a/b"])
def test_words_that_no_machine_compiles(forger: Forger, media_type: str) -> None:
    """Prose, a scan, anything: where no text is a description, a line is not signed."""
    digest = forger.offered(forged_line(), ("en", media_type, b"The line runs from A to B."))
    with refused(Rule.SIGNERS, why="no machine can show that the line follows from the words"):
        forger.countersigned(digest)


@pytest.mark.parametrize("media_type", [PLAIN, "application/octet-stream", "text/vnd.merestone.boundary"])
def test_a_description_under_another_name(forger: Forger, media_type: str) -> None:
    """The description itself, called something else so that it is not compiled; alone, and beside one that is."""
    alone = forger.offered(forged_line(), ("en", media_type, WORDS))
    other = WORDS.replace(b"10\xc2\xb0 N 21", b"11\xc2\xb0 N 21")
    beside = forger.offered(line_of(WORDS), ("en", DESCRIPTION, WORDS), ("fr", media_type, other))
    for digest in (alone, beside):
        with refused(Rule.SIGNERS, why="is a description, and the act gives it the media type"):
            forger.countersigned(digest)


@pytest.mark.parametrize("words", [b"", b"\n", WORDS.partition(b"section")[0], WORDS + b"leg 2 nonsense\n"])
def test_a_description_that_says_nothing_of_the_line(forger: Forger, words: bytes) -> None:
    """An empty description, one without a section, one with errors: none of them compiles to the line."""
    digest = forger.offered(forged_line(), ("en", DESCRIPTION, words))
    with refused(Rule.SIGNERS, why="Main"):
        forger.countersigned(digest)


def test_an_empty_line_with_an_empty_description(forger: Forger) -> None:
    """A line without a leg is what such a description compiles to, and is nothing to sign."""
    empty = WORDS.partition(b"section")[0]
    with refused(Rule.SIGNERS, why="the line does not have a leg"):
        forger.countersigned(forger.offered(line_of(empty), ("en", DESCRIPTION, empty)))


def test_one_language_draws_the_line_and_another_does_not(forger: Forger) -> None:
    """Of several texts each must compile to the line, whichever comes first."""
    other = WORDS.replace(b"10\xc2\xb0 N 21", b"10\xc2\xb001' N 21")
    for first, second in ((WORDS, other), (other, WORDS)):
        digest = forger.offered(line_of(WORDS), ("en", DESCRIPTION, first), ("fr", DESCRIPTION, second))
        with refused(Rule.SIGNERS, why="does not compile to the signed line on this machine"):
            forger.countersigned(digest)


def test_a_table_that_is_not_among_the_sources(forger: Forger) -> None:
    """A description whose coordinates stand in a file that the act does not bring cannot be compiled, so it is not signed; with
    the file it is."""
    table = b"name,latitude,longitude\nB,10 N,21 E\n"
    named = f"table points T from «t.csv» sha256 {hashlib.sha256(table).hexdigest()} columns name, latitude, longitude"
    words = WORDS.replace("point B at 10° N 21° E".encode(), named.encode())
    made = compile_pinned(words, [Pinned("t.csv", table)]).line
    steps = into_the_lines_frame(made)
    line = write_line(Export(made, steps, steps))
    with refused(Rule.SIGNERS, why="does not compile"):
        forger.countersigned(forger.offered(line, ("en", DESCRIPTION, words)))
    offer = forger.countersigned(forger.offered(line, ("en", DESCRIPTION, words), sources=(("t.csv", table),)))
    assert set(offer.envelope.signatures) == {"b"}


def test_a_forged_line_with_its_true_description(forger: Forger) -> None:
    """The plain forgery: the words say one thing, the line lies 1.84 km off."""
    with refused(Rule.SIGNERS, why="does not compile to the signed line on this machine"):
        forger.countersigned(forger.offered(forged_line(), ("en", DESCRIPTION, WORDS)))
