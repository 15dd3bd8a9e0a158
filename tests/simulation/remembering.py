"""The register's readers are functions of bytes alone, and in a simulation five keepers read the same bytes: while histories
run, what was read once is remembered. Nothing else about them changes, and a planted defect in them stays in them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from types import ModuleType
from typing import Any

from merestone.register import objects, replica, rules, store
from merestone.register.envelope import Envelope, read_envelope
from merestone.register.head import read_head
from merestone.register.keys import PublicKey
from merestone.register.objects import read_content


def _by_payload(read: Callable[[Envelope], Any]) -> Callable[[Envelope], Any]:
    remembered = lru_cache(2048)(lambda kind, payload: read(Envelope(kind, payload, {})))
    return lambda envelope: remembered(envelope.payload_type, envelope.payload)


@contextmanager
def remembering(*more: ModuleType) -> Iterator[None]:
    """While it lasts, entries and heads are read once for the same bytes; `more` are further modules that read them."""
    faster: dict[str, Callable[..., Any]] = {
        "read_envelope": lru_cache(2048)(read_envelope),
        "read_content": _by_payload(read_content),
        "read_head": lru_cache(1024)(read_head),
    }
    from simulation import history, keeper

    places = [
        (module, name)
        for module in (objects, rules, store, replica, history, keeper, *more)
        for name in faster
        if hasattr(module, name)
    ]
    before: list[tuple[Any, str, Any]] = [(module, name, getattr(module, name)) for module, name in places]
    fingerprint = PublicKey.__dict__["fingerprint"]
    before.append((PublicKey, "fingerprint", fingerprint))
    try:
        for module, name in places:
            setattr(module, name, faster[name])
        setattr(PublicKey, "fingerprint", property(lru_cache(1024)(fingerprint.fget)))  # noqa: B010
        yield
    finally:
        for module, name, function in before:
            setattr(module, name, function)
