"""The published verifier on registers made from the pages alone: it accepts the good and refuses the broken by rule."""

import base64
import hashlib
import io
import json
import random
import subprocess
import sys
from collections.abc import Callable
from functools import lru_cache, partial
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

pytest.importorskip("cryptography.hazmat.primitives.asymmetric.mldsa")

from merestone.register.published import verify_register as v
from unit.register.published import registers as r

FILE = Path(v.__file__)
P = 2**255 - 19


@lru_cache
def _history() -> r.Maker:
    return r.long_history()


def history() -> r.Maker:
    return _history().copy()


def verify(raw: bytes) -> v.Result:
    return v.verify_bundle(io.BytesIO(raw))


def refusal(raw: bytes) -> v.Refused:
    with pytest.raises(v.Refused) as caught:
        verify(raw)
    return caught.value


def test_accepts_a_register_with_every_kind_of_entry() -> None:
    """A long honest register is accepted, with its root, heads and agreed size."""
    m = history()
    size = len(m.entries)
    result = verify(m.bundle())
    assert (result.register, result.size, result.root) == (m.register, size, r.root(m.leaves()).hex())
    assert result.heads == {"a": size, "b": size, "operator": size}
    assert result.agreed_size == size


def test_the_agreed_size_is_the_smaller_of_the_parties() -> None:
    """Each slot's greatest head counts, and the agreed size is the smaller of the two parties'."""
    m = r.Maker().found()
    r.in_force(m, "east")
    heads = [m.head("a", "b", size=2), m.head("a", size=4), m.head("a", size=3), m.head("operator")]
    result = verify(m.bundle(*heads))
    assert result.heads == {"a": 4, "b": 2, "operator": 5}
    assert result.agreed_size == 2


def test_state_says_what_is_in_force_and_what_the_log_knew() -> None:
    """Segments, pending changes and claims stand in the state on both axes of time, as worked out by hand."""
    m = history()
    result = verify(m.bundle())
    state = result.state(result.size)
    assert result.state_digest(result.size) == hashlib.sha256(r.canonical(state)).hexdigest()
    sections = {one["section"]: one for one in state["sections"]}
    east = [(s["from"], s["to"], s["status"], s["index"]) for s in sections["east"]["segments"]]
    assert east == [
        ("2000-01-01", "2010-01-01", "in force", 7),
        ("2010-01-01", "2015-01-01", "in force", 12),
        ("2015-01-01", "2015-06-01", "suspended", 14),
        ("2015-06-01", "2016-01-01", "in force", 16),
        ("2016-01-01", "", "in force", 12),
    ]
    assert [(c["by"], c["index"]) for c in sections["east"]["claims"]] == [("a", 3), ("b", 2)]
    assert [s["status"] for s in sections["south"]["segments"]] == ["in force", "ended"]
    assert [(p["status"], p["index"]) for p in sections["west"]["pending"]] == [("initialled", 23)]
    assert [k["slot"] for k in state["keys"]] == ["a", "b", "depositary", "mediator", "operator"]
    early = result.state(8)
    assert early["sections"][0]["segments"] == [
        {"from": "2000-01-01", "to": "", "status": "in force", "index": 7, "change": 0}
    ]
    assert [k["slot"] for k in early["keys"]] == ["a", "b", "depositary", "operator"]


def test_state_at_a_size_is_that_of_the_shorter_log() -> None:
    """What the whole log says of size n is what the log of n entries said."""
    m = history()
    whole = verify(m.bundle())
    log = v.Log()
    log.blobs = whole.log.blobs
    for size, entry in enumerate(m.entries, 1):
        log.accept(entry)
        assert log.state(size) == whole.state(size)


# ---- broken entries ----------------------------------------------------------------------------------------------


def put_change(m: r.Maker, number: int = 0, **more: Any) -> None:
    """A step with one member of its change set to something else."""

    def edit(body: r.Object) -> None:
        body["changes"][number] |= more

    m.act("step", r.change("new", "initialled"), edit=edit)


def act_with(**more: Any) -> Callable[[r.Maker], object]:
    return lambda m: m.act("step", r.change("new", "initialled"), edit=lambda body: body.update(more))


def changed(**more: Any) -> Callable[[r.Maker], object]:
    return lambda m: put_change(m, **more)


def texted(**more: Any) -> Callable[[r.Maker], object]:
    return lambda m: m.act("step", r.change("new", "initialled", text=r.text(**more)))


def spoilt(edit: r.Edit) -> Callable[[r.Maker], object]:
    return lambda m: m.act("step", r.change("new", "initialled"), spoil=edit)


def signed_by(*signers: str) -> Callable[[r.Maker], object]:
    return lambda m: m.act("step", r.change("new", "initialled"), signers=signers)


def rewritten(edit: Callable[[bytes], bytes]) -> Callable[[r.Maker], object]:
    def put(m: r.Maker) -> None:
        m.act("step", r.change("new", "initialled"))
        m.entries[-1] = edit(m.entries[-1])

    return put


def payload_rewritten(edit: Callable[[bytes], bytes], kind: str = "act") -> Callable[[r.Maker], object]:
    def put(m: r.Maker) -> None:
        m.act("step", r.change("new", "initialled"))
        payload = edit(m.payloads[-1])
        m.entries[-1] = m.seal(kind, payload, {s: m.keys[s] for s in ("a", "b")})

    return put


def strip(half: str) -> r.Edit:
    def edit(outer: r.Object) -> None:
        outer["signatures"] = [s for s in outer["signatures"] if s["keyid"] != half]

    return edit


def swap(outer: r.Object) -> None:
    one, two = outer["signatures"][0], outer["signatures"][2]
    one["sig"], two["sig"] = two["sig"], one["sig"]


def stale(m: r.Maker, kind: str = "step", section: str = "west", by: str = "", status: str = "initialled") -> None:
    """An act whose base lies before the last change of its section."""
    base = m.base()
    m.act(kind, r.change(section, status), by=by)
    m.act(kind, r.change(section, status, text=r.text(r.OTHER_LINE)), by=by, edit=lambda b: b.update(base=base))


def replay(m: r.Maker) -> None:
    m.put(m.entries[5], m.payloads[5])


def resigned_replay(m: r.Maker) -> None:
    m.put(m.seal("act", m.payloads[5], {s: m.keys[s] for s in ("a", "b")}), m.payloads[5])


def foreign_key(m: r.Maker) -> None:
    m.act("step", r.change("new", "initialled"), signers={"a": r.Pair("thief"), "b": m.keys["b"]})


def old_key(m: r.Maker) -> None:
    m.act("step", r.change("new", "initialled"), signers={"a": r.Pair("Onea"), "b": m.keys["b"]})


def small_order(y: int, top: int = 0) -> r.Edit:
    return lambda body: body["key"].update(ed25519=r.b64((y | top << 255).to_bytes(32, "little")))


def late_withdrawal(m: r.Maker) -> None:
    m.act("step", r.change("new", "initialled"))
    m.withdraw(m.payloads[-1], "a")


def withdrawn_act(m: r.Maker) -> None:
    other = m.copy()
    base = m.base()
    other.act("step", r.change("new", "initialled"), edit=lambda b: b.update(nonce="0" * 32))
    m.withdraw(other.payloads[-1], "b")
    m.act("step", r.change("new", "initialled"), edit=lambda b: b.update(nonce="0" * 32, base=base))


def step(*chain: tuple[str, r.Object], section: str = "new", start: int | None = None) -> Callable[[r.Maker], object]:
    """Steps that carry each the one before."""

    def put(m: r.Maker) -> None:
        last = start
        for status, more in chain:
            last = m.act("step", r.change(section, status, None if last is None else (last, 0), **more))

    return put


def twice_signed(m: r.Maker) -> None:
    first = m.act("step", r.change("new", "initialled"))
    m.act("step", r.change("new", "signed", (first, 0)))
    m.act("step", r.change("new", "signed", (first, 0)))


def carry_corrected(m: r.Maker) -> None:
    first = m.act("step", r.change("new", "initialled"))
    m.act("correction", r.change("new", "initialled", (first, 0), text=r.text(r.OTHER_LINE)))
    m.act("step", r.change("new", "signed", (first, 0)))


def correct_nothing(m: r.Maker) -> None:
    first = m.act("step", r.change("new", "initialled"))
    m.act("correction", r.change("new", "initialled", (first, 0)))


def correct_status(m: r.Maker) -> None:
    first = m.act("step", r.change("new", "initialled"))
    m.act("correction", r.change("new", "signed", (first, 0), text=r.text(r.OTHER_LINE)))


def correct_elsewhere(m: r.Maker) -> None:
    last = r.in_force(m, "new")
    dates = {"valid_from": "1990-01-01", "valid_to": "1991-01-01"}
    m.act("correction", r.change("new", "in force", (last, 0), **dates, text=r.text(r.OTHER_LINE)))


def correct_in_part(m: r.Maker) -> None:
    last = r.in_force(m, "new")
    part = {"valid_from": "2000-01-01", "valid_to": "2001-01-01", "supersedes": [(last, 0)]}
    m.act("correction", r.change("new", "in force", (last, 0), **part, text=r.text(r.OTHER_LINE)))


def correct_around(m: r.Maker) -> None:
    """The corrected change has two segments, and the dates are those of one of them."""
    first = r.in_force(m, "new")
    hold = {"valid_from": "2005-01-01", "valid_to": "2006-01-01", "supersedes": [(first, 0)]}
    m.act("step", r.change("new", "suspended", (first, 0), **hold))
    rest = {"valid_from": "2006-01-01", "supersedes": [(first, 0)]}
    m.act("correction", r.change("new", "in force", (first, 0), **rest, text=r.text(r.OTHER_LINE)))


def correct_carried(m: r.Maker) -> None:
    first = m.act("step", r.change("new", "initialled"))
    m.act("step", r.change("new", "signed", (first, 0)))
    m.act("correction", r.change("new", "initialled", (first, 0), text=r.text(r.OTHER_LINE)))


def withdrawn_keys(m: r.Maker) -> None:
    other, new, base = m.copy(), r.Pair("fresh"), m.base()
    edit = lambda body: body.update(nonce="0" * 32, base=base)  # noqa: E731
    other.rekey("rotate", "a", new, edit)
    m.withdraw(other.payloads[-1], "a")
    m.rekey("rotate", "a", new, edit)


def correct_too_wide(m: r.Maker) -> None:
    first = r.in_force(m, "new")
    signed = m.act("step", r.change("new", "signed"))
    m.act("step", r.change("new", "in force", (signed, 0), valid_from="2005-01-01", supersedes=[(first, 0)]))
    both = [(first, 0), (len(m.entries) - 1, 0)]
    m.act(
        "correction",
        r.change("new", "in force", (first, 0), valid_from="2000-01-01", supersedes=both, text=r.text(b"map")),
    )


def other_section(m: r.Maker) -> None:
    first = m.act("step", r.change("new", "initialled"))
    m.act("step", r.change("other", "signed", (first, 0)))


def altered_line(m: r.Maker) -> None:
    first = m.act("step", r.change("new", "initialled"))
    m.act("step", r.change("new", "signed", (first, 0), text=r.text(r.OTHER_LINE)))


def second_line(m: r.Maker) -> None:
    r.in_force(m, "new")
    r.in_force(m, "new", "2005-01-01", b"map")


def supersede_too_much(m: r.Maker) -> None:
    last = r.in_force(m, "new")
    signed = m.act("step", r.change("new", "signed"))
    m.act(
        "step",
        r.change(
            "new", "in force", (signed, 0), valid_from="1990-01-01", valid_to="2000-01-01", supersedes=[(last, 0)]
        ),
    )


def suspend_elsewhere(m: r.Maker) -> None:
    last = r.in_force(m, "new")
    m.act("step", r.change("new", "suspended", (last, 0), valid_from="1990-01-01", valid_to="1991-01-01"))


def claim(m: r.Maker, **more: Any) -> int:
    return m.act("claim", r.change("new", "claimed", **more), by="a")


def second_claim(m: r.Maker) -> None:
    claim(m)
    claim(m)


def others_claim(m: r.Maker) -> None:
    first = claim(m)
    m.act("claim", r.change("new", "claimed", supersedes=[(first, 0)]), by="b")


def swap_dates(m: r.Maker) -> None:
    claim(m, valid_from="2001-01-01", valid_to="2000-01-01")


def exchange(*pairs: tuple[str, str]) -> Callable[[r.Maker], object]:
    return lambda m: m.act("exchange", *(r.change(section, status) for section, status in pairs))


def exchange_dates(m: r.Maker) -> None:
    both = m.act("exchange", r.change("n", "signed"), r.change("s", "signed"))
    days = ("2001-01-01", "2001-01-02")
    m.act("exchange", *(r.change(s, "in force", (both, i), valid_from=days[i]) for i, s in enumerate("ns")))


def no_line(m: r.Maker) -> None:
    signed = m.act("step", r.change("new", "signed", text=r.text(b"")))
    m.act("step", r.change("new", "in force", (signed, 0), valid_from="2000-01-01", text=r.text(b"")))


def dated(**dates: Any) -> Callable[[r.Maker], object]:
    return step(("signed", {}), ("in force", dates))


def wrong_blob(field: str, value: object) -> Callable[[r.Maker], object]:
    return lambda m: m.act(
        "step", r.change("new", "initialled", text=r.text(line=b"") | {"line": [r.blob(r.LINE) | {field: value}]})
    )


def rekeyed(kind: str, slot: str, **more: Any) -> Callable[[r.Maker], object]:
    return lambda m: m.rekey(kind, slot, **more)


def reused_half(m: r.Maker) -> None:
    new = r.Pair("fresh")
    old = r.Pair("Onea")
    new.ml, new.form = old.ml, {**new.form, "ml_dsa_65": old.form["ml_dsa_65"]}
    m.rekey("rotate", "b", new)


def rekey_with_the_old_key(m: r.Maker) -> None:
    m.rekey("rotate", "a")
    m.rekey("recover", "a", signers=("a",))


def second_charter(m: r.Maker) -> None:
    other = r.Maker("Two").found()
    m.put(other.entries[0], other.payloads[0])


def rotate_nobody(m: r.Maker) -> None:
    start = r.Maker("Bare").found()
    m.__dict__.update(start.__dict__)
    m.rekey("rotate", "mediator", signers=("mediator",))


def repeated_withdrawal(m: r.Maker) -> None:
    m.withdraw(b"never", "a")
    m.withdraw(b"never", "b")
    m.withdraw(b"never", "a")


BROKEN: list[tuple[str, str, Callable[[r.Maker], object]]] = [
    ("white space", "E1", rewritten(lambda raw: raw.replace(b":", b": ", 1))),
    ("a member twice", "E1", rewritten(lambda raw: raw.replace(b'{"payload":', b'{"payload":"","payload":', 1))),
    ("no UTF-8", "E1", rewritten(lambda raw: raw + b"\xff")),
    ("byte order mark", "E1", rewritten(lambda raw: b"\xef\xbb\xbf" + raw)),
    ("deep nesting", "E1", rewritten(lambda _: b"[" * 60_000)),
    ("deep objects", "E1", rewritten(lambda _: b'{"a":' * 12_000)),
    ("empty entry", "E1", rewritten(lambda _: b"")),
    ("an array", "E1", rewritten(lambda _: b"[]")),
    (
        "a huge integer",
        "E1",
        payload_rewritten(lambda p: p.replace(b'"last_index":10000000', b'"last_index":' + b"9" * 9_000)),
    ),
    ("2^53", "E1", act_with(last_index=2**53)),
    ("minus", "E1", act_with(last_index=-1)),
    ("a fraction", "E1", payload_rewritten(lambda p: p.replace(b'"version":1', b'"version":1.0'))),
    ("an exponent", "E1", payload_rewritten(lambda p: p.replace(b'"version":1', b'"version":1e0'))),
    ("minus zero", "E1", payload_rewritten(lambda p: p.replace(b'"tolerance_um":1000', b'"tolerance_um":-0'))),
    ("leading zero", "E1", payload_rewritten(lambda p: p.replace(b'"tolerance_um":1000', b'"tolerance_um":01000'))),
    ("true", "E1", act_with(version=True)),
    ("null", "E1", act_with(title=None)),
    ("an array for a text", "E1", act_with(title=[])),
    ("a text for an array", "E1", act_with(changes="x")),
    ("a text for an integer", "E1", act_with(last_index="9")),
    ("an object for a date", "E1", act_with(answer_by={})),
    ("an array for a word", "E1", act_with(kind=["step"])),
    ("an integer for a name", "E1", changed(section=1)),
    ("an integer for a payload", "E1", spoilt(lambda outer: outer.update(payload=1))),
    (
        "unknown signer",
        "E1",
        spoilt(lambda o: [s.update(keyid=s["keyid"].replace("b/", "c/")) for s in o["signatures"]]),
    ),
    ("NaN", "E1", payload_rewritten(lambda p: p.replace(b'"version":1', b'"version":NaN'))),
    ("version 2", "E1", act_with(version=2)),
    ("another format", "E1", act_with(format="merestone-deed")),
    ("a lone surrogate", "E1", payload_rewritten(lambda p: p.replace(b'"An act"', b'"\\ud800"'))),
    ("a long escape", "E1", payload_rewritten(lambda p: p.replace(b'"An act"', b'"\\u0041n act"'))),
    ("a member more", "E1", act_with(more="")),
    ("bidi override", "E1", act_with(title="left\u202eright")),
    ("zero width space", "E1", act_with(title="a\u200bb")),
    ("tag character", "E1", act_with(title="a\U000e0041b")),
    ("1,001 characters", "E1", act_with(title="x" * 1001)),
    ("30 February", "E1", act_with(answer_by="2000-02-30")),
    ("year 0", "E1", act_with(answer_by="0000-01-01")),
    ("Arabic digits", "E1", act_with(answer_by="٢٠٠٠-01-01")),
    ("upper-case nonce", "E1", act_with(nonce="A" * 32)),
    ("by in a step", "E1", act_with(by="a")),
    ("no change", "E1", act_with(changes=[])),
    ("17 changes", "E1", lambda m: m.act("step", *(r.change(f"n{i:02}", "initialled") for i in range(17)))),
    ("sections unsorted", "E1", lambda m: m.act("step", r.change("z", "initialled"), r.change("y", "initialled"))),
    ("section twice", "E1", lambda m: m.act("step", r.change("y", "initialled"), r.change("y", "initialled"))),
    ("name with line feed", "E1", changed(section="new\n")),
    ("unknown status", "E1", changed(status="agreed")),
    ("carries two", "E1", changed(carries=[{"index": 1, "change": 0}] * 2)),
    ("supersedes twice", "E1", changed(supersedes=[{"index": 1, "change": 0}] * 2)),
    ("no description", "E1", texted(descriptions=[])),
    ("language twice", "E1", texted(descriptions=[{"blob": r.blob(r.WORDS), "language": "en"}] * 2)),
    ("bad language", "E1", texted(descriptions=[{"blob": r.blob(r.WORDS), "language": "EN"}])),
    ("bad media type", "E1", wrong_blob("media_type", "text/plain; charset=utf-8")),
    ("blob too long", "E1", wrong_blob("length", 67_108_865)),
    ("unknown type", "E1", payload_rewritten(bytes, "enrolment")),
    ("type confusion", "E1", payload_rewritten(bytes, "withdrawal")),
    ("bad base64", "E1", spoilt(lambda outer: outer.update(payload=outer["payload"] + "\n"))),
    ("unused bits", "E1", spoilt(lambda o: o["signatures"][0].update(sig=o["signatures"][0]["sig"][:-3] + "B=="))),
    ("signatures unsorted", "E1", spoilt(lambda outer: outer["signatures"].reverse())),
    ("half stripped: ml-dsa", "E1", spoilt(strip("a/ml-dsa-65"))),
    ("half stripped: ed25519", "E1", spoilt(strip("b/ed25519"))),
    ("unknown algorithm", "E1", spoilt(lambda o: o["signatures"][0].update(keyid="a/ecdsa"))),
    ("keyid twice", "E1", spoilt(lambda o: o["signatures"].insert(0, o["signatures"][0]))),
    ("envelope of 65,536", "bundle", rewritten(lambda raw: raw + b" " * 65_536)),
    ("second charter", "E2", second_charter),
    ("other register", "E3", act_with(register="0" * 64)),
    ("replay", "E4", replay),
    ("replay signed anew", "E4", resigned_replay),
    ("base beyond", "E5", lambda m: act_with(base={**m.base(), "size": len(m.entries) + 1})(m)),
    ("base 0", "E5", act_with(base={"root": r.root([]).hex(), "size": 0})),
    ("base of another log", "E5", lambda m: act_with(base={**m.base(), "root": "0" * 64})(m)),
    ("key sets", "E6", act_with(keys=1)),
    ("one party", "E7", signed_by("a")),
    ("operator for a party", "E7", signed_by("a", "operator")),
    ("operator besides", "E7", signed_by("a", "b", "operator")),
    ("root for signing key", "E7", signed_by("a.root", "b")),
    ("a claim by the other", "E7", lambda m: m.act("claim", r.change("new", "claimed"), by="a", signers=("b",))),
    ("a claim by both", "E7", lambda m: m.act("claim", r.change("new", "claimed"), by="a", signers=("a", "b"))),
    (
        "slots swapped",
        "E7",
        lambda m: m.act("step", r.change("n", "initialled"), signers={"a": m.keys["b"], "b": m.keys["a"]}),
    ),
    ("signatures swapped", "E7", spoilt(swap)),
    ("no signatures", "E7", spoilt(lambda outer: outer.update(signatures=[]))),
    ("foreign key", "E7", foreign_key),
    ("key of before the rotation", "E7", old_key),
    ("signed for another register", "E7", lambda m: m.act("step", r.change("n", "initialled"), as_of="0" * 64)),
    ("short signature", "E1", spoilt(lambda o: o["signatures"][1].update(sig="AAAA"))),
    ("withdrawal by both", "E7", lambda m: m.withdraw(b"x", "a", ("a", "b"))),
    ("withdrawal by the other", "E7", lambda m: m.withdraw(b"x", "a", ("b",))),
    ("rotate without the old key", "E7", lambda m: m.rekey("rotate", "a", signers=("b",))),
    ("recover with the signing key", "E7", rekey_with_the_old_key),
    ("appoint by one", "E7", lambda m: m.rekey("appoint", "mediator", signers=("a",))),
    ("key of small order", "E8", rekeyed("rotate", "a", edit=small_order(1))),
    ("key zero", "E8", rekeyed("rotate", "a", edit=small_order(0, 1))),
    ("key minus one", "E8", rekeyed("rotate", "a", edit=small_order(P - 1))),
    (
        "key of order 8",
        "E8",
        rekeyed(
            "rotate",
            "a",
            edit=small_order(
                int.from_bytes(
                    bytes.fromhex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"), "little"
                ),
                1,
            ),
        ),
    ),
    ("key not canonical", "E8", rekeyed("rotate", "a", edit=small_order(P + 3))),
    ("key used before", "E8", lambda m: m.rekey("rotate", "b", r.Pair("Onea"))),
    ("half used before", "E8", reused_half),
    ("recover the operator", "E8", rekeyed("recover", "operator", signers=("operator",))),
    ("rotate without a holder", "E8", rotate_nobody),
    ("appoint a party", "E8", rekeyed("appoint", "a")),
    ("rotate-root of the mediator", "E8", rekeyed("rotate-root", "mediator", signers=("mediator",))),
    ("expired", "E9", act_with(last_index=5)),
    ("withdrawn", "E10", withdrawn_act),
    ("withdrawal of an entry", "E10", late_withdrawal),
    ("withdrawn twice", "E10", repeated_withdrawal),
    ("stale base", "E11", stale),
    ("stale claim", "E11", lambda m: stale(m, "claim", by="a", status="claimed")),
    ("blob withheld", "E12", texted(line=b"not there")),
    ("blob of another length", "E12", wrong_blob("length", 7)),
    ("blob of another SHA3", "E12", wrong_blob("sha3_256", "0" * 64)),
    ("claimed in a step", "E13", lambda m: m.act("step", r.change("n", "claimed"))),
    ("initialled in a claim", "E13", lambda m: m.act("claim", r.change("n", "initialled"), by="a")),
    ("claim carries", "E13", lambda m: m.act("claim", r.change("new", "claimed", (1, 0)), by="a")),
    ("second claim unnamed", "E13", second_claim),
    ("supersedes the other's claim", "E13", others_claim),
    ("claim's dates", "E13", swap_dates),
    ("ratified from nothing", "E13", step(("ratified", {}))),
    ("in force from nothing", "E13", step(("in force", {"valid_from": "2000-01-01"}))),
    ("in force from initialled", "E13", step(("initialled", {}), ("in force", {"valid_from": "2000-01-01"}))),
    ("initialled carries", "E13", step(("initialled", {}), ("initialled", {}))),
    ("carried twice", "E13", twice_signed),
    ("carries itself", "E13", lambda m: step(("signed", {}), start=len(m.entries))(m)),
    ("carries a claim", "E13", step(("signed", {}), section="east", start=1)),
    ("carries a change of keys", "E13", step(("signed", {}), section="east", start=8)),
    ("carries another section", "E13", other_section),
    ("carries what was corrected", "E13", carry_corrected),
    ("line altered", "E13", altered_line),
    ("no line in force", "E13", no_line),
    ("correction of nothing", "E13", correct_nothing),
    ("correction carries nothing", "E13", lambda m: m.act("correction", r.change("n", "initialled"))),
    ("correction to another status", "E13", correct_status),
    ("exchange of one", "E13", exchange(("n", "signed"))),
    ("exchange of two statuses", "E13", exchange(("n", "signed"), ("s", "initialled"))),
    ("exchange on two days", "E13", exchange_dates),
    ("no valid_from", "E14", dated()),
    ("dates reversed", "E14", dated(valid_from="2001-01-01", valid_to="2001-01-01")),
    ("date on a pending status", "E14", step(("signed", {"valid_from": "2000-01-01"}))),
    ("pending supersedes", "E14", step(("signed", {"supersedes": [(1, 0)]}))),
    ("second line in force", "E14", second_line),
    ("supersedes too much", "E14", supersede_too_much),
    ("suspends elsewhere", "E14", suspend_elsewhere),
    ("corrects elsewhere", "E14", correct_elsewhere),
    ("corrects too wide", "E14", correct_too_wide),
    ("corrects in part", "E14", correct_in_part),
    ("corrects one of two segments", "E14", correct_around),
    ("corrects what was carried", "E13", correct_carried),
    ("withdrawn change of keys", "E10", withdrawn_keys),
    ("expired change of keys", "E9", rekeyed("rotate", "a", edit=lambda b: b.update(last_index=3))),
    ("a rotation that names somebody", "E1", rekeyed("rotate", "a", edit=lambda b: b.update(identity="x"))),
    ("a rotation with a title", "E1", rekeyed("rotate", "a", edit=lambda b: b.update(title="x"))),
    ("nobody appointed", "E1", rekeyed("appoint", "mediator", edit=lambda b: b.update(identity=""))),
    ("key of 33 bytes", "E1", rekeyed("rotate", "a", edit=lambda b: b["key"].update(ed25519=r.b64(bytes(33))))),
    ("key in hexadecimal", "E1", rekeyed("rotate", "a", edit=lambda b: b["key"].update(ed25519="0" * 64))),
]


@pytest.mark.parametrize(("rule", "put"), [pytest.param(rule, put, id=name) for name, rule, put in BROKEN])
def test_refuses_a_broken_entry_by_its_rule(rule: str, put: Callable[[r.Maker], object]) -> None:
    """The last entry breaks one rule, and is refused at its index for that rule."""
    m = history()
    put(m)
    found = refusal(m.bundle())
    assert (found.rule, found.index) == (rule, None if rule == "bundle" else len(m.entries) - 1), found.why


CHARTERS: list[tuple[str, str, dict[str, Any]]] = [
    ("roles unsorted", "E1", {"edit": lambda b: b["roles"].reverse()}),
    ("no operator", "E1", {"edit": lambda b: b["roles"].pop()}),
    ("identities in the wrong order", "E1", {"edit": lambda b: b["roles"][0].update(identity="z")}),
    ("same identity", "E1", {"edit": lambda b: b["roles"][0].update(identity="id-b")}),
    ("no root key", "E1", {"edit": lambda b: b["roles"][0].update(root=[])}),
    ("a root key for the operator", "E1", {"edit": lambda b: b["roles"][-1].update(root=[r.Pair("x").form])}),
    ("one key in two slots", "E1", {"edit": lambda b: b["roles"][1].update(key=b["roles"][0]["key"])}),
    (
        "one half in two slots",
        "E1",
        {"edit": lambda b: b["roles"][1]["key"].update(ed25519=b["roles"][0]["key"]["ed25519"])},
    ),
    ("identity key", "E1", {"edit": lambda b: b["roles"][0]["key"].update(ed25519=r.b64(b"\1" + bytes(31)))}),
    ("empty identity", "E1", {"edit": lambda b: b["roles"][0].update(identity="")}),
    (
        "succeeds an empty log",
        "E1",
        {"edit": lambda b: b.update(succeeds=[{"register": "0" * 64, "root": "0" * 64, "size": 0}])},
    ),
    (
        "succeeds two",
        "E1",
        {"edit": lambda b: b.update(succeeds=[{"register": "0" * 64, "root": "0" * 64, "size": 1}] * 2)},
    ),
    ("without the operator's signature", "E7", {"drop": "operator"}),
    ("without a root's signature", "E7", {"drop": "a.root"}),
    ("key not held", "E7", {"edit": lambda b: b["roles"][0].update(key=r.Pair("somebody").form)}),
]


@pytest.mark.parametrize(("rule", "how"), [pytest.param(rule, how, id=name) for name, rule, how in CHARTERS])
def test_refuses_a_broken_charter(rule: str, how: dict[str, Any]) -> None:
    """A charter that is not as laid down founds nothing."""
    found = refusal(r.Maker().found(**how).bundle())
    assert (found.rule, found.index) == (rule, 0), found.why


def test_refuses_a_register_that_begins_with_an_act() -> None:
    """Entry 0 is a charter (E2)."""
    m = r.Maker().found()
    m.act("step", r.change("n", "initialled"))
    m.entries = m.entries[1:]
    assert refusal(m.bundle()).rule == "E2"


# ---- heads -------------------------------------------------------------------------------------------------------


def unsorted(text: bytes, signatures: bytes) -> bytes:
    lines = signatures.splitlines(keepends=True)
    return text + b"\n\n" + b"".join([*lines[2:], *lines[:2]])


SPOILT_HEADS: list[tuple[str, Callable[[bytes], bytes]]] = [
    ("another root", lambda n: n.replace(n.split(b"\n")[2], base64.b64encode(bytes(32)), 1)),
    ("another size", lambda n: n.replace(b"\n5\n", b"\n4\n", 1)),
    ("size 0", lambda n: n.replace(b"\n5\n", b"\n0\n", 1)),
    ("leading zero", lambda n: n.replace(b"\n5\n", b"\n05\n", 1)),
    ("extension line", lambda n: n.replace(b"\n\n", b"\nmore\n\n", 1)),
    ("no signatures", lambda n: n.split(b"\n\n")[0] + b"\n\n"),
    ("no line feed at the end", lambda n: n[:-1]),
    ("hyphen for dash", lambda n: n.replace("—".encode(), b"-", 1)),
    ("one line of a slot", lambda n: n[: n.rindex("—".encode())]),
    (
        "lines reversed",
        lambda n: n.split(b"\n\n")[0] + b"\n\n" + b"\n".join(reversed(n.split(b"\n\n")[1][:-1].split(b"\n"))) + b"\n",
    ),
    ("slots unsorted", lambda n: unsorted(*n.split(b"\n\n"))),
    ("signed twice", lambda n: n + n.split(b"\n\n")[1]),
    ("17 lines", lambda n: n + n.split(b"\n\n")[1] * 2),
    ("unknown slot", lambda n: n.replace(b"/operator ", b"/stranger ")),
    ("slot without a holder", lambda n: n.replace(b"/operator ", b"/mediator ")),
    ("another slot's name", lambda n: n.replace(b"/b ", b"/c ")),
    ("carriage returns", lambda n: n.replace(b"\n", b"\r\n")),
    ("no UTF-8", lambda n: n + b"\xff\n"),
]


@pytest.mark.parametrize("spoil", [pytest.param(spoil, id=name) for name, spoil in SPOILT_HEADS])
def test_refuses_a_broken_head(spoil: Callable[[bytes], bytes]) -> None:
    """A head that is not as laid down, or not of this log, is refused."""
    m = r.Maker().found()
    r.in_force(m, "n")
    bad = m.head("a", "b", "operator", spoil=spoil)
    rows = lambda found: found.append(("head", "5", bad))  # noqa: E731
    with pytest.raises(v.Refused) as caught:
        verify(m.bundle(m.head("operator", size=1), records=rows))
    assert caught.value.rule == "head"


def cosignature(edit: Callable[[bytearray], object], line: int) -> Callable[[bytes], bytes]:
    """A head with bytes of one signature line changed."""

    def spoil(note: bytes) -> bytes:
        lines = note.split(b"\n")
        name, _, coded = lines[4 + line].rpartition(b" ")
        raw = bytearray(base64.b64decode(coded))
        edit(raw)
        lines[4 + line] = name + b" " + base64.b64encode(raw)
        return b"\n".join(lines)

    return spoil


@pytest.mark.parametrize("line", range(6))
@pytest.mark.parametrize("place", [0, 3, 4, 11, 12, -1])
def test_each_part_of_a_cosignature_counts(line: int, place: int) -> None:
    """Key hash, time and signature of each line are checked; a byte more or less is refused."""
    m = r.Maker().found()
    for edit in (
        lambda raw: raw.__setitem__(place, raw[place] ^ 0x81),
        lambda raw: raw.append(0),
        lambda raw: raw.pop(),
    ):
        assert refusal(m.bundle(m.head("a", "b", "operator", spoil=cosignature(edit, line)))).rule == "head"


def test_a_head_of_another_register_is_refused() -> None:
    """A valid head of another register, or lines of it, are not taken for ours."""
    m, other = r.Maker().found(), r.Maker("Two").found()
    mixed = b"\n".join([*m.head("operator").split(b"\n")[:4], *other.head("operator").split(b"\n")[4:]])
    for bad in (other.head("operator"), mixed):
        assert refusal(m.bundle(bad)).rule == "head"


def test_a_text_has_at_most_1000_characters_and_an_envelope_65535_bytes() -> None:
    """The bounds themselves are allowed."""
    v.check_text("\U0001f600" * 1000)
    with pytest.raises(v.Wrong):
        v.check_text("x" * 1001)
    for size, reason in ((65_535, "not JSON"), (65_536, "more than 65,535")):
        with pytest.raises(v.Wrong, match=reason):
            v.read_envelope(b"x" * size)
        with pytest.raises(v.Wrong, match="head"):
            v.read_note(b"x" * size)


def test_a_head_is_signed_with_the_key_after_its_entries() -> None:
    """The old key signs no head of a size that includes the rotation, and the new key none before it."""
    m = r.Maker().found()
    old = m.copy()
    m.rekey("rotate", "a")
    old.entries = m.entries
    good = verify(m.bundle(m.head("operator"), old.head("a", size=1)))
    assert good.heads == {"a": 1, "operator": 2}
    for bad in (old.head("a", size=2), m.head("a", size=1)):
        assert refusal(m.bundle(m.head("operator"), bad)).rule == "head"


def test_refuses_two_times_in_one_cosignature() -> None:
    """Both lines of a slot have one time."""
    m = r.Maker().found()
    one, two = m.head("operator"), m.head("operator", seconds=1)
    mixed = b"\n".join([*one.split(b"\n")[:5], *two.split(b"\n")[5:]])
    assert "different times" in refusal(m.bundle(mixed)).why


# ---- bundles -----------------------------------------------------------------------------------------------------


def small() -> r.Maker:
    m = r.Maker().found()
    r.in_force(m, "n")
    return m


ROWS: list[tuple[str, Callable[[list[Any]], object]]] = [
    ("no register record", lambda rows: rows.pop(0)),
    ("register twice", lambda rows: rows.insert(0, rows[0])),
    ("another register before it", lambda rows: rows.insert(0, ("register", "0" * 64, b""))),
    ("another identity", lambda rows: rows.__setitem__(0, ("register", "0" * 64, b""))),
    ("register with bytes", lambda rows: rows.__setitem__(0, (*rows[0][:2], b"x"))),
    ("blobs unsorted", lambda rows: rows.insert(1, rows.pop(2))),
    ("blob twice", lambda rows: rows.insert(1, rows[1])),
    ("blob under another name", lambda rows: rows.__setitem__(1, ("blob", "0" * 64, b"x"))),
    ("blob after the entries", lambda rows: rows.append(("blob", "f" * 64, b""))),
    ("entry left out", lambda rows: rows.pop(9)),
    ("entry twice", lambda rows: rows.insert(9, rows[9])),
    ("begins at 1", lambda rows: rows.pop(7)),
    ("index with a zero", lambda rows: rows.__setitem__(8, ("entry", "01", rows[8][2]))),
    ("no head", lambda rows: rows.pop()),
    ("head twice", lambda rows: rows.append(rows[-1])),
    ("head under another size", lambda rows: rows.__setitem__(-1, ("head", "4", rows[-1][2]))),
    ("unknown kind", lambda rows: rows.append(("note", "0", b""))),
    ("offer under another name", lambda rows: rows.append(("offer", "0" * 64, rows[8][2]))),
    ("entry too long", lambda rows: rows.insert(12, ("entry", "5", b"x" * 65_536))),
    ("no entries", lambda rows: rows.__delitem__(slice(1, None))),
    ("an end in the middle", lambda rows: rows.insert(3, ("end", "3", b"0" * 64))),
]


@pytest.mark.parametrize("records", [pytest.param(records, id=name) for name, records in ROWS])
def test_refuses_a_bundle_whose_records_are_out_of_order(records: Callable[[list[Any]], object]) -> None:
    """A record that does not stand where it must makes a bundle refused."""
    found = refusal(small().bundle(records=records))
    assert found.rule == "bundle", found


def test_refuses_a_bundle_without_the_operators_newest_head() -> None:
    """The newest head of a bundle is signed by the operator, and covers all entries."""
    m = small()
    for heads in ([m.head("a", "b")], [m.head("operator", size=4)]):
        assert refusal(m.bundle(*heads)).rule == "bundle"


def test_offers_have_no_effect() -> None:
    """An offer that only one party has signed is counted, and changes nothing."""
    m = small()
    other = m.copy()
    other.act("step", r.change("east", "signed"), signers=("a",))
    offer = ("offer", hashlib.sha256(other.payloads[-1]).hexdigest(), other.entries[-1])
    with_offer, without = verify(m.bundle(records=lambda rows: rows.append(offer))), verify(m.bundle())
    assert (with_offer.offers, without.offers) == (1, 0)
    assert with_offer.state(5) == without.state(5)


def test_every_truncation_is_refused() -> None:
    """A bundle cut off anywhere is refused, and nothing else happens."""
    raw = r.Maker().found().bundle()
    for cut in [*range(400), *range(400, len(raw), 997), len(raw) - 1]:
        refusal(raw[:cut])
    refusal(raw + b"\n")


def test_every_flipped_bit_is_refused() -> None:
    """A bit flipped anywhere is found, although the digest at the end is made anew where it can be."""
    raw = r.Maker().found().bundle()
    chance = random.Random(4)
    for _ in range(300):
        place = chance.randrange(len(raw))
        spoilt = bytearray(raw)
        spoilt[place] ^= 1 << chance.randrange(8)
        refusal(bytes(spoilt))
        at = spoilt.rindex(b"\nend ") + 1 if b"\nend " in spoilt else 0
        if place < at:
            head = bytes(spoilt[:at])
            name, blobs = spoilt[at:].split(b"\n")[0], hashlib.sha256(head).hexdigest().encode()
            try:
                accepted = verify(head + name + b"\n" + blobs + b"\n")
            except v.Refused:
                continue
            pytest.fail(f"accepted with a bit flipped at {place}: {accepted.register}")


@given(st.binary(max_size=300))
def test_no_bytes_bring_it_down(raw: bytes) -> None:
    """Arbitrary bytes, alone or after a good first line, are refused and nothing else."""
    for start in (b"", b"merestone-bundle/1\n", b"merestone-bundle/1\nregister " + b"0" * 64 + b" 0\n\n"):
        refusal(start + raw)


# ---- tree and track ----------------------------------------------------------------------------------------------


def test_roots_and_paths_are_those_of_the_recursive_definition() -> None:
    """The root of each earlier size, and each inclusion proof, agree with RFC 6962 word for word."""
    tree, leaves = v.Tree(), [hashlib.sha256(bytes([i])).digest() for i in range(35)]
    for leaf in leaves:
        tree.append(leaf)
    for size in range(36):
        assert tree.root(size) == r.root(leaves[:size])
        for index in range(size):
            path = r.path(index, leaves[:size])
            assert v.root_of_path(leaves[index], index, size, path) == r.root(leaves[:size])
            for wrong in ([*path, bytes(32)], path[:-1]):
                if wrong != path:
                    with pytest.raises(v.Wrong):
                        demand_root(leaves[index], index, size, wrong, tree.root(size))


def demand_root(leaf: bytes, index: int, size: int, path: list[bytes], root: bytes) -> None:
    v.demand(v.root_of_path(leaf, index, size, path) == root, "another root")


@given(st.lists(st.tuples(st.integers(1, 28), st.integers(1, 28) | st.none()), max_size=12))
def test_the_track_is_what_painting_day_by_day_gives(intervals: list[tuple[int, int | None]]) -> None:
    """Segments never overlap, and each day has the change that was painted on it last."""
    section, days = v.Section(0), dict[int, int]()
    for entry, (start, end) in enumerate(intervals):
        if end is not None and end <= start:
            continue
        dates = f"2000-01-{start:02}", f"2000-01-{end:02}" if end else ""
        painted = range(start, end or 29)
        assert {s.change[0] for s in section.track[section.span(*dates)]} == {days[d] for d in painted if d in days}
        section.overlay(*dates, (entry, 0), "in force")
        days |= dict.fromkeys(painted, entry)
        segments = section.state("n", entry + 1)["segments"]
        got = {d: v.on_date({"segments": segments}, f"2000-01-{d:02}") for d in range(1, 29)}
        assert {d: s["index"] for d, s in got.items() if s} == days
        assert all(x["to"] and x["to"] <= y["from"] for x, y in pairwise(segments))


# ---- export, proof, evidence, command line -----------------------------------------------------------------------


def tile_path(level: str, number: int, width: int) -> str:
    digits = f"{number:03d}" if number < 1000 else f"x{number // 1000:03d}/{number % 1000:03d}"
    return f"tile/{level}/{digits}" + ("" if width == 256 else f".p/{width}")


def export(m: r.Maker, folder: Path) -> Path:
    """An export written from the pages."""
    head = m.head("a", "b", "operator")
    files = {"register.bundle": m.bundle(head), "checkpoint": head, f"heads/{len(m.entries)}": head}
    for one in m.blobs:
        name = hashlib.sha256(one).hexdigest()
        files[f"blob/{name[:2]}/{name}"] = one
    leaves = m.leaves()
    for start in range(0, len(leaves), 256):
        rows = m.entries[start : start + 256]
        files[tile_path("entries", start // 256, len(rows))] = b"".join(len(x).to_bytes(2, "big") + x for x in rows)
        files[tile_path("0", start // 256, len(rows))] = b"".join(leaves[start : start + 256])
    tops = [r.root(leaves[at : at + 256]) for at in range(0, len(leaves) - 255, 256)]
    if tops:
        files[tile_path("1", 0, len(tops))] = b"".join(tops)
    for name, raw in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(raw)
    return listed(folder)


def listed(folder: Path) -> Path:
    """The export with a manifest of what lies in it."""
    lying = {one.relative_to(folder).as_posix(): one for one in folder.rglob("*") if one.is_file()}
    lying.pop("SHA256SUMS", None)
    rows = (f"{hashlib.sha256(lying[name].read_bytes()).hexdigest()}  {name}\n" for name in sorted(lying))
    (folder / "SHA256SUMS").write_text("".join(rows))
    return folder


def cli(*arguments: object) -> tuple[int, str]:
    done = subprocess.run([sys.executable, FILE, *map(str, arguments)], capture_output=True, text=True, check=False)
    assert "Traceback" not in done.stderr
    return done.returncode, done.stdout + done.stderr


def test_an_export_is_accepted_and_each_of_its_files_counts(tmp_path: Path) -> None:
    """An export of 300 entries is accepted; one byte of any file of its parts spoilt, or a file lost, is refused."""
    m = small()
    while len(m.entries) < 260:
        m.withdraw(str(len(m.entries)).encode(), "a")
    folder = export(m, tmp_path)
    assert v.verify_export(folder).size == 260
    files = [one for one in folder.rglob("*") if one.is_file() and one.name not in {"register.bundle", "SHA256SUMS"}]
    assert {"000", "4", "1", "checkpoint", "260"} <= {one.name for one in files}
    result = v.verify_export(folder)
    for one in files:
        good = one.read_bytes()
        for bad in (good[:-1] + bytes([good[-1] ^ 1]), good + b"x", None):
            one.write_bytes(bad) if bad is not None else one.unlink()
            with pytest.raises((v.Wrong, v.Refused)):
                v.check_export(result, folder)
            one.write_bytes(good)
    (folder / "tile/0/001.p/5").write_bytes(bytes(160))
    with pytest.raises(v.Refused, match="beyond"):
        v.verify_export(folder)


def test_the_manifest_lists_every_file_and_no_other(tmp_path: Path) -> None:
    """A file that is altered, lost, added or a link is refused, and so is a manifest that is not as laid down; one that was made anew
    is accepted, and told by its digest."""
    folder = export(small(), tmp_path)
    (folder / "index.html").write_text("honest")
    before = v.verify_export(listed(folder)).manifest
    sums = folder / "SHA256SUMS"
    good = sums.read_bytes()
    assert before == hashlib.sha256(good).hexdigest()
    rows = good.splitlines(keepends=True)
    for bad in (
        b"".join(reversed(rows)),
        good[:-1],
        good + b"\n",
        good + rows[-1],
        good.upper(),
        good.replace(b"  ", b" *"),
        b"",
    ):
        sums.write_bytes(bad)
        with pytest.raises(v.Refused):
            v.verify_export(folder)
    sums.write_bytes(good)
    (folder / "index.html").write_text("forged")
    with pytest.raises(v.Refused, match=r"index\.html is not the file"):
        v.verify_export(folder)
    assert v.verify_export(listed(folder)).manifest != before
    (folder / "more").mkdir()
    assert v.verify_export(folder).size
    (folder / "more" / "robots.txt").write_text("")
    with pytest.raises(v.Refused, match=r"more/robots\.txt is not in"):
        v.verify_export(folder)
    (folder / "more" / "robots.txt").unlink()
    (folder / "more" / "link").symlink_to(folder / "blob", target_is_directory=True)
    with pytest.raises(v.Refused, match="more/link is not in"):
        v.verify_export(folder)
    with_link = [*sums.read_text().splitlines(keepends=True), "0" * 64 + "  more/link\n"]
    sums.write_text("".join(sorted(with_link, key=lambda row: row[66:])))
    with pytest.raises(v.Refused, match="more/link is not an ordinary file"):
        v.verify_export(folder)
    (folder / "more" / "link").unlink()
    with pytest.raises(v.Refused, match="more/link is missing"):
        v.verify_export(folder)
    assert cli(listed(folder), "--manifest", before)[0] == 5
    code, said = cli(folder, "--manifest", hashlib.sha256(sums.read_bytes()).hexdigest())
    assert (code, "Nobody has signed it" in said) == (0, True)
    assert cli(folder, "--manifest", "12")[0] == 2
    assert cli(folder / "register.bundle", "--manifest", before)[0] == 2


def proof(m: r.Maker, at: int, **more: Any) -> bytes:
    path = [one.hex() for one in r.path(at, m.leaves())]
    head = m.head("a", "b").decode()
    body = {"format": "merestone-proof", "version": 1, "register": m.register, "index": at, "head": head, "path": path}
    return r.canonical(body | {"entry": r.b64(m.entries[at])} | more)


def test_a_proof_is_checked_with_the_keys_of_a_register(tmp_path: Path) -> None:
    """A proof shows its entry under its head; another index, path or entry is refused."""
    m = small()
    known = verify(m.bundle())
    assert v.verify_proof(proof(m, 3), known)["signed_by"] == ["a", "b"]
    other = small()
    other.keys["a"] = r.Pair("thief")
    for bad in (
        proof(m, 3, index=2),
        proof(m, 3, path=[]),
        proof(m, 3, entry="AAAA"),
        proof(m, 3, register="0" * 64),
        proof(m, 3, index=9),
        proof(other, 3),
        proof(m, 3)[:-1],
        b"{" * 100_000,
    ):
        with pytest.raises(v.Refused):
            v.verify_proof(bad, known)
    (tmp_path / "p").write_bytes(proof(m, 3))
    (tmp_path / "b").write_bytes(m.bundle())
    assert cli(tmp_path / "p", "--register", tmp_path / "b")[0] == 0
    assert cli(tmp_path / "p")[0] == 2


def fork() -> tuple[r.Maker, r.Maker]:
    m = small()
    other = m.copy()
    m.act("step", r.change("x", "signed"))
    other.act("step", r.change("y", "signed"))
    other.act("step", r.change("z", "signed"))
    return m, other


def evidence(kind: str, one: r.Maker, two: r.Maker, size: int | None = None, **more: Any) -> bytes:
    heads = [one.head("operator").decode(), two.head("operator", size=size).decode()]
    body = {"format": "merestone-evidence", "version": 1, "register": one.register, "slot": "operator", "kind": kind}
    body |= {
        "heads": heads,
        "keys": [one.keys["operator"].form, two.keys["operator"].form],
        "index": 0,
        "leaves": [],
        "paths": [],
    }
    return r.canonical(body | more)


def test_evidence_shows_a_fork_and_nothing_else(tmp_path: Path) -> None:
    """Two heads that no log can both have convict the key; two that one log can have do not."""
    m, other = fork()
    leaves, paths = (
        [m.leaves()[5].hex(), other.leaves()[5].hex()],
        [[h.hex() for h in r.path(5, x.leaves())] for x in (m, other)],
    )
    one_size, one_index = (
        evidence("one size", m, other, 6),
        evidence("one index", m, other, index=5, leaves=leaves, paths=paths),
    )
    assert v.verify_evidence(one_size)["sizes"] == [6, 6]
    assert v.verify_evidence(one_index)["sizes"] == [6, 7]
    same = [m.leaves()[4].hex()] * 2
    for bad in (
        evidence("one size", m, m),
        evidence("one size", m, other),
        evidence("one size", m, other, 6, index=1),
        evidence("one index", m, other, index=5, leaves=leaves, paths=paths[::-1]),
        evidence(
            "one index",
            m,
            other,
            index=4,
            leaves=same,
            paths=[[h.hex() for h in r.path(4, x.leaves())] for x in (m, other)],
        ),
        evidence("one size", m, other, 6, slot="a"),
        evidence("one size", m, other, 6, keys=[m.keys["a"].form] * 2),
        evidence("one size", m, other, 6, keys=[m.keys["operator"].form, m.keys["a"].form]),
        evidence("one size", m, other, 6, keys=[m.keys["operator"].form]),
        evidence("one size", m, other, 6, register="0" * 64),
    ):
        with pytest.raises(v.Refused):
            v.verify_evidence(bad)
    (tmp_path / "e").write_bytes(one_index)
    assert cli(tmp_path / "e")[0] == 0


def test_a_head_by_a_key_that_the_slot_never_had_accuses_nobody(tmp_path: Path) -> None:
    """An honest head, and another by the forger's own key: neither a register nor the fingerprint of the honest key lets it pass,
    nor is a slot that nobody holds accused."""
    m, other = fork()
    other.keys["a"] = r.Pair("thief")
    heads = [each.head("a", size=6).decode() for each in (m, other)]
    forged = evidence("one size", m, other, 6, slot="a", heads=heads, keys=[m.keys["a"].form, other.keys["a"].form])
    own, strange = (v.read_key(each.keys["a"].form).fingerprint for each in (m, other))
    (tmp_path / "e").write_bytes(forged)
    (tmp_path / "b").write_bytes(m.bundle())
    register = ("--register", tmp_path / "b")
    with pytest.raises(v.Refused, match="never the key of a"):
        v.verify_evidence(forged, verify(m.bundle()))
    assert cli(tmp_path / "e")[0] == 0  # two keys, and nothing that says whose
    for asked in (
        ("--fingerprint", f"a={own}"),
        ("--fingerprint", f"a={strange}"),
        ("--fingerprint", f"a={'0' * 64}"),
        register,
        (*register, "--fingerprint", f"a={own}"),
    ):
        assert cli(tmp_path / "e", *asked)[0] == 5, asked
    nobody = r.Pair("nobody")
    m.keys["mediator"] = other.keys["mediator"] = nobody
    heads = [each.head("mediator", size=6).decode() for each in (m, other)]
    document = evidence("one size", m, other, 6, slot="mediator", heads=heads, keys=[nobody.form] * 2)
    (tmp_path / "e").write_bytes(document)
    assert cli(tmp_path / "e", *register)[0] == 5


@pytest.mark.parametrize(
    ("given", "code"),
    [
        (("--fingerprint", "rubbish"), 2),
        (("--fingerprint", "b=" + "0" * 64), 2),
        (("--manifest", "0" * 64), 2),
        (("--as-of", "2030-01-01"), 2),
        (("--known-at", "3"), 2),
    ],
)
def test_what_cannot_be_compared_with_evidence_is_wrong_use(given: tuple[str, str], code: int, tmp_path: Path) -> None:
    """Nothing that a user gives to be compared is left out in silence."""
    (tmp_path / "e").write_bytes(accused("a", *fork()))
    assert cli(tmp_path / "e")[0] == 0
    assert cli(tmp_path / "e", *given)[0] == code


def accused(slot: str, one: r.Maker, two: r.Maker) -> bytes:
    """Two heads of six entries by a slot, which no log can both have."""
    heads = [each.head(slot, size=6).decode() for each in (one, two)]
    return evidence("one size", one, two, 6, slot=slot, heads=heads, keys=[one.keys[slot].form] * 2)


@pytest.mark.parametrize("kind", ["recover", "rotate"])
def test_a_key_that_was_declared_lost_or_stolen_convicts_nobody(kind: str, tmp_path: Path) -> None:
    """Whoever looks the key up in the register is told; one that was only rotated convicts, and without a register all do."""
    m, other = fork()
    document = accused("a", m, other)
    before = verify(m.bundle())
    m.rekey(kind, "a")
    known = verify(m.bundle())
    assert v.verify_evidence(document)["slot"] == v.verify_evidence(document, before)["slot"] == "a"
    (tmp_path / "e").write_bytes(document)
    (tmp_path / "b").write_bytes(m.bundle())
    if kind == "rotate":
        assert v.verify_evidence(document, known)["slot"] == "a"
        return
    with pytest.raises(v.Refused, match="declared lost or stolen proves nothing"):
        v.verify_evidence(document, known)
    assert cli(tmp_path / "e", "--register", tmp_path / "b")[0] == 5
    with pytest.raises(v.Refused, match="another register"):
        v.verify_evidence(document, verify(r.Maker("Two").found().bundle()))


def named(identity: str, body: r.Object) -> None:
    """Whoever is appointed goes by this name."""
    body["identity"] = identity


def test_an_appointment_of_the_same_holder_declares_the_key_it_had() -> None:
    """And one of another holder leaves the old one's key what it was."""
    for identity, convicts in (("id-operator", False), ("somebody-else", True)):
        m, other = fork()
        document = accused("operator", m, other)
        m.rekey("appoint", "operator", edit=partial(named, identity))
        known = verify(m.bundle())
        assert (set(map(v.read_key, [json.loads(document)["keys"][0]])) <= known.log.declared("operator")) != convicts


def test_the_command_line_says_what_it_found(tmp_path: Path) -> None:
    """Exit status, the object for machines, fingerprints, dates and sizes are as the pages and the help say."""
    m = history()
    file = tmp_path / "register.bundle"
    file.write_bytes(m.bundle())
    status, out = cli(file, "--as-of", "2015-02-01")
    assert status == 0
    assert "Compare them with each party over another channel" in out
    assert "suspended (act 14, change 0)" in out
    prints = {s: hashlib.sha256(r.canonical(r.Pair("One" + s).form)).hexdigest() for s in "ab"}
    given = [f"--fingerprint={slot}={value}" for slot, value in prints.items()]
    status, out = cli(file, "--json", "--known-at", 8, *given)
    found = json.loads(out)
    assert (status, found["accepted"], found["known_at"], found["size"]) == (0, True, 8, len(m.entries))
    assert cli(file, f"--fingerprint=a={prints['b']}")[0] == 5
    assert cli(file, "--known-at", 999)[0] == 2
    assert cli(file, "--as-of", "2015-02-30")[0] == 2
    assert cli(tmp_path / "none")[0] == 1
    m.act("step", r.change("n", "ended"))
    file.write_bytes(m.bundle())
    status, out = cli(file, "--json")
    refused = json.loads(out)
    assert (status, refused["accepted"], refused["rule"], refused["index"]) == (5, False, "E13", len(m.entries) - 1)
