"""What an entry may hold: charter, act, change of keys, withdrawal. Each is read strictly from bytes and written back.

The members and their order of explanation are those of `docs/formats/register/objects.md`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha3_256, sha256
from typing import Any, TypeAlias

from merestone.register.canonical import read, write
from merestone.register.envelope import Envelope
from merestone.register.fields import Fields, increasing, refuse
from merestone.register.keys import NEEDED, PARTIES, Holder, PublicKey, Slot, read_key, read_slot

MOST_BLOB_BYTES = 64 * 1024 * 1024
MEDIA_TYPE = re.compile(r"[a-z0-9.+-]{1,40}/[a-z0-9.+-]{1,80}(;charset=utf-8)?")
LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{1,8})*")


class Status(StrEnum):
    """What an act says of a section."""

    CLAIMED = "claimed"
    INITIALLED = "initialled"
    SIGNED = "signed"
    RATIFIED = "ratified"
    APPLIED = "provisionally applied"
    IN_FORCE = "in force"
    SUSPENDED = "suspended"
    ENDED = "ended"


class Kind(StrEnum):
    """The kinds of act."""

    CLAIM = "claim"
    STEP = "step"
    CORRECTION = "correction"
    EXCHANGE = "exchange"


class KeyChangeKind(StrEnum):
    """The kinds of change of keys."""

    ROTATE = "rotate"
    RECOVER = "recover"
    ROTATE_ROOT = "rotate-root"
    APPOINT = "appoint"


class Prevails(StrEnum):
    """What decides where the words and the coordinates part."""

    TEXT = "text"
    COORDINATES = "coordinates"
    NEITHER = "neither"


@dataclass(frozen=True, slots=True)
class Blob:
    """A reference to bytes: their length, what they are, and digests of two families, so that one can fall."""

    length: int
    media_type: str
    sha256: str
    sha3_256: str

    @staticmethod
    def of(data: bytes, media_type: str) -> Blob:
        """The reference to some bytes."""
        return Blob(len(data), media_type, sha256(data).hexdigest(), sha3_256(data).hexdigest())


@dataclass(frozen=True, slots=True)
class Base:
    """A state of the log: how many entries, and the root over them, in hexadecimal."""

    root: str
    size: int


@dataclass(frozen=True, slots=True, order=True)
class Reference:
    """Change number `change` of the act that is entry number `index`."""

    index: int
    change: int


@dataclass(frozen=True, slots=True)
class Description:
    """One of the equally authentic texts."""

    blob: Blob
    language: str


@dataclass(frozen=True, slots=True)
class Instrument:
    """A treaty, protocol or other instrument that the change rests on, with the article."""

    article: str
    blob: Blob | None
    date: str
    title: str


@dataclass(frozen=True, slots=True)
class SourceUsed:
    """Data or a map that the line was made from."""

    blob: Blob
    title: str


@dataclass(frozen=True, slots=True)
class Text:
    """What is agreed of a section: the texts, the compiled line, what prevails, and the tolerance in micrometres."""

    descriptions: tuple[Description, ...]
    instruments: tuple[Instrument, ...]
    line: Blob | None
    prevails: Prevails
    sources: tuple[SourceUsed, ...]
    tolerance_um: int

    @property
    def agreed(self) -> tuple[object, ...]:
        """What must stay the same when a change is carried on."""
        return self.line, self.descriptions, self.prevails, self.tolerance_um

    def blobs(self) -> tuple[Blob, ...]:
        """Everything it refers to."""
        return (
            *(each.blob for each in self.descriptions),
            *(each.blob for each in self.instruments if each.blob is not None),
            *((self.line,) if self.line is not None else ()),
            *(each.blob for each in self.sources),
        )


@dataclass(frozen=True, slots=True)
class Change:
    """What an act says of one section; an empty date is open."""

    section: str
    status: Status
    valid_from: str
    valid_to: str
    carries: Reference | None
    supersedes: tuple[Reference, ...]
    text: Text


@dataclass(frozen=True, slots=True)
class Statement:
    """A name and a value that people read; no rule looks at it."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Role:
    """Who stands in a slot when the register begins."""

    slot: Slot
    holder: Holder


@dataclass(frozen=True, slots=True)
class Charter:
    """How a register begins: its name, who stands in which slot with which keys, and what it goes on from."""

    name: str
    nonce: str
    roles: tuple[Role, ...]
    succeeds: tuple[str, Base] | None = None


@dataclass(frozen=True, slots=True)
class Act:
    """What two parties declare of sections, or one party claims."""

    register: str
    base: Base
    keys: int
    nonce: str
    kind: Kind
    by: Slot | None
    title: str
    last_index: int
    answer_by: str
    changes: tuple[Change, ...]
    figures: tuple[Statement, ...] = ()
    toolchain: tuple[Statement, ...] = ()

    def blobs(self) -> tuple[Blob, ...]:
        """Everything it refers to."""
        return tuple(blob for change in self.changes for blob in change.text.blobs())


@dataclass(frozen=True, slots=True)
class KeyChange:
    """A new key in a slot."""

    register: str
    base: Base
    keys: int
    nonce: str
    change: KeyChangeKind
    slot: Slot
    key: PublicKey
    last_index: int
    identity: str
    title: str
    reason: str


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """A party takes back its signature from an act that is no entry yet."""

    register: str
    base: Base
    keys: int
    nonce: str
    act: str
    by: Slot
    reason: str


Content: TypeAlias = Charter | Act | KeyChange | Withdrawal


# ---- reading ---------------------------------------------------------------------------------------------------


def read_blob(value: Any, where: str) -> Blob:
    """A reference to a blob."""
    fields = Fields(value, where, "length", "media_type", "sha256", "sha3_256")
    return Blob(
        fields.integer("length", MOST_BLOB_BYTES),
        fields.matching("media_type", MEDIA_TYPE, "media type"),
        fields.digest("sha256"),
        fields.digest("sha3_256"),
    )


def _base(value: Any, where: str) -> Base:
    fields = Fields(value, where, "root", "size")
    return Base(fields.digest("root"), fields.integer("size"))


def _reference(value: Any, where: str) -> Reference:
    fields = Fields(value, where, "change", "index")
    return Reference(fields.integer("index"), fields.integer("change"))


def _at_most_one(fields: Fields, name: str, read_item: Callable[[Any, str], Any]) -> Any:
    return next(iter(fields.items(name, 0, 1, read_item)), None)


def _description(value: Any, where: str) -> Description:
    fields = Fields(value, where, "blob", "language")
    return Description(fields.one("blob", read_blob), fields.matching("language", LANGUAGE, "language"))


def _instrument(value: Any, where: str) -> Instrument:
    fields = Fields(value, where, "article", "blob", "date", "title")
    return Instrument(
        fields.text("article"), _at_most_one(fields, "blob", read_blob), fields.open_date("date"), fields.text("title")
    )


def _source(value: Any, where: str) -> SourceUsed:
    fields = Fields(value, where, "blob", "title")
    return SourceUsed(fields.one("blob", read_blob), fields.text("title"))


def _statement(value: Any, where: str) -> Statement:
    fields = Fields(value, where, "name", "value")
    return Statement(fields.text("name"), fields.text("value"))


def _text(value: Any, where: str) -> Text:
    names = ("descriptions", "instruments", "line", "prevails", "sources", "tolerance_um")
    fields = Fields(value, where, *names)
    descriptions = fields.items("descriptions", 1, 16, _description)
    increasing([each.language for each in descriptions], fields.path("descriptions"), "languages")
    return Text(
        descriptions,
        fields.items("instruments", 0, 32, _instrument),
        _at_most_one(fields, "line", read_blob),
        Prevails(fields.choice("prevails", [each.value for each in Prevails])),
        fields.items("sources", 0, 32, _source),
        fields.integer("tolerance_um"),
    )


def _change(value: Any, where: str) -> Change:
    names = ("section", "status", "valid_from", "valid_to", "carries", "supersedes", "text")
    fields = Fields(value, where, *names)
    supersedes = fields.items("supersedes", 0, 64, _reference)
    increasing(supersedes, fields.path("supersedes"), "references")
    return Change(
        fields.name("section"),
        Status(fields.choice("status", [each.value for each in Status])),
        fields.open_date("valid_from"),
        fields.open_date("valid_to"),
        _at_most_one(fields, "carries", _reference),
        supersedes,
        fields.one("text", _text),
    )


def _role(value: Any, where: str) -> Role:
    fields = Fields(value, where, "identity", "key", "root", "slot", "title")
    slot = read_slot(fields)
    root = _at_most_one(fields, "root", read_key)
    if (root is not None) != (slot in PARTIES):
        refuse(fields.path("root"), "a party must have a root key, and no other slot may have one")
    return Role(slot, Holder(fields.name("identity"), fields.text("title"), fields.one("key", read_key), root))


def _succeeds(value: Any, where: str) -> tuple[str, Base]:
    fields = Fields(value, where, "register", "root", "size")
    return fields.digest("register"), Base(fields.digest("root"), fields.integer("size", least=1))


def _charter(payload: Any) -> Charter:
    fields = Fields(payload, "", "format", "version", "name", "nonce", "roles", "succeeds")
    _format(fields, "merestone-charter")
    roles = fields.items("roles", len(NEEDED), len(Slot), _role)
    increasing([role.slot.value for role in roles], "/roles", "slots")
    by_slot = {role.slot: role.holder for role in roles}
    if missing := [slot.value for slot in NEEDED if slot not in by_slot]:
        refuse("/roles", f"nobody holds the slot {missing[0]}")
    if not by_slot[Slot.A].identity < by_slot[Slot.B].identity:
        refuse("/roles", "the parties are not in the order of their identities")
    halves = [half for role in roles for half in halves_of(role.holder)]
    if len(set(halves)) != len(halves):
        refuse("/roles", "one key, or one half of a key, is used twice")
    return Charter(fields.text("name"), fields.nonce("nonce"), roles, _at_most_one(fields, "succeeds", _succeeds))


def halves_of(holder: Holder) -> tuple[bytes, ...]:
    """The halves of all keys that a holder has."""
    return (*holder.key.halves, *(holder.root.halves if holder.root else ()))


_COMMON = ("format", "version", "register", "base", "keys", "nonce")


def _act(payload: Any) -> Act:
    own = ("kind", "by", "title", "last_index", "answer_by", "changes", "figures", "toolchain")
    fields = Fields(payload, "", *_COMMON, *own)
    _format(fields, "merestone-act")
    by = fields.choice("by", ("", *PARTIES))
    kind = Kind(fields.choice("kind", [each.value for each in Kind]))
    if bool(by) != (kind is Kind.CLAIM):
        refuse("/by", "a claim must name one party here, and an act of another kind must not")
    changes = fields.items("changes", 1, 16, _change)
    increasing([change.section for change in changes], "/changes", "sections")
    return Act(
        fields.digest("register"),
        fields.one("base", _base),
        fields.integer("keys"),
        fields.nonce("nonce"),
        kind,
        Slot(by) if by else None,
        fields.text("title"),
        fields.integer("last_index"),
        fields.open_date("answer_by"),
        changes,
        fields.items("figures", 0, 32, _statement),
        fields.items("toolchain", 0, 64, _statement),
    )


def _key_change(payload: Any) -> KeyChange:
    own = ("change", "slot", "key", "last_index", "identity", "title", "reason")
    fields = Fields(payload, "", *_COMMON, *own)
    _format(fields, "merestone-keys")
    appoints = fields.string("change") == KeyChangeKind.APPOINT
    identity, title = (fields.name("identity") if appoints else fields.string("identity")), fields.text("title")
    if not appoints and (identity or title):
        refuse("/identity", "only an appointment names a holder; identity and title must be empty")
    return KeyChange(
        fields.digest("register"),
        fields.one("base", _base),
        fields.integer("keys"),
        fields.nonce("nonce"),
        KeyChangeKind(fields.choice("change", [each.value for each in KeyChangeKind])),
        read_slot(fields),
        fields.one("key", read_key),
        fields.integer("last_index"),
        identity,
        title,
        fields.text("reason"),
    )


def _withdrawal(payload: Any) -> Withdrawal:
    fields = Fields(payload, "", *_COMMON, "act", "by", "reason")
    _format(fields, "merestone-withdrawal")
    return Withdrawal(
        fields.digest("register"),
        fields.one("base", _base),
        fields.integer("keys"),
        fields.nonce("nonce"),
        fields.digest("act"),
        Slot(fields.choice("by", PARTIES)),
        fields.text("reason"),
    )


def _format(fields: Fields, name: str) -> None:
    fields.constant("format", name)
    fields.constant("version", 1)


@dataclass(frozen=True, slots=True)
class _Form:
    payload_type: str
    read: Callable[[Any], Content]
    tag: str


FORMS: Mapping[type, _Form] = {
    Charter: _Form("application/vnd.merestone.charter+json;v=1", _charter, "merestone-charter"),
    Act: _Form("application/vnd.merestone.act+json;v=1", _act, "merestone-act"),
    KeyChange: _Form("application/vnd.merestone.keys+json;v=1", _key_change, "merestone-keys"),
    Withdrawal: _Form("application/vnd.merestone.withdrawal+json;v=1", _withdrawal, "merestone-withdrawal"),
}
_BY_TYPE = {form.payload_type: form.read for form in FORMS.values()}


def read_content(envelope: Envelope) -> Content:
    """What an envelope holds, by its type. Raises `RefusedError` (E1)."""
    read_object = _BY_TYPE.get(envelope.payload_type)
    if read_object is None:
        refuse("/payloadType", "a register does not have objects of this type")
    return read_object(read(envelope.payload, len(envelope.payload)))


# ---- writing ---------------------------------------------------------------------------------------------------


def unsigned(content: Content) -> Envelope:
    """The envelope of a new object, with no signature yet; what it holds has been read back, so it is well formed."""
    form = FORMS[type(content)]
    envelope = Envelope(form.payload_type, write({"format": form.tag, "version": 1, **_members(content)}), {})
    read_content(envelope)
    return envelope


def _members(content: Content) -> dict[str, Any]:
    members = {name: _plain(getattr(content, name)) for name in content.__slots__}
    if isinstance(content, Charter):
        members["roles"] = [_plain_role(role) for role in content.roles]
        members["succeeds"] = (
            [{"register": content.succeeds[0], **_plain(content.succeeds[1])}] if content.succeeds else []
        )
    return members


def _plain_role(role: Role) -> dict[str, Any]:
    holder = role.holder
    return {
        "slot": role.slot.value,
        "identity": holder.identity,
        "title": holder.title,
        "key": holder.key.document(),
        "root": [holder.root.document()] if holder.root else [],
    }


_LISTED_WHEN_ONE = frozenset({"carries", "line"})
"""Members that are one or none, written as an array of one or none, as is an instrument's blob."""


def _plain(value: Any) -> Any:
    if isinstance(value, PublicKey):
        return value.document()
    if isinstance(value, str | int):
        return value.value if isinstance(value, StrEnum) else value
    if value is None:
        return ""
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return {name: _listed(value, name) for name in value.__slots__}


def _listed(value: Any, name: str) -> Any:
    member = getattr(value, name)
    if name in _LISTED_WHEN_ONE or (name == "blob" and isinstance(value, Instrument)):
        return [] if member is None else [_plain(member)]
    return _plain(member)


def text_document(text: Text) -> dict[str, Any]:
    """A text as it stands in JSON."""
    return dict(_plain(text))


def read_text(value: Any, where: str = "") -> Text:
    """A text out of JSON."""
    return _text(value, where)
