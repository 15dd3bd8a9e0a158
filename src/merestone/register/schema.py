"""The tables of a replica's store. Entries, blobs and heads are what counts; all else follows from them by the rules and is
kept so that an answer need not be replayed. `verify` replays and compares.

A row of `segment` holds on two axes: on the dates from `begins` up to `ends`, as known from the entry `since` until the
entry `until`, which took it out (null while none has). Nothing is ever taken out of the table, so it answers for every size."""

from __future__ import annotations

APPLICATION_ID = 0x4D524547
"""`MREG`: what the file says it is (SQLite's application_id)."""

VERSION = 3

TABLES = """
CREATE TABLE entry (
    idx INTEGER PRIMARY KEY,
    data BLOB NOT NULL,
    payload TEXT NOT NULL UNIQUE
) STRICT;
CREATE TABLE subtree (
    level INTEGER NOT NULL,
    position INTEGER NOT NULL,
    hash BLOB NOT NULL,
    PRIMARY KEY (level, position)
) STRICT, WITHOUT ROWID;
CREATE TABLE blob (
    sha256 TEXT PRIMARY KEY,
    sha3_256 TEXT NOT NULL,
    length INTEGER NOT NULL,
    data BLOB NOT NULL
) STRICT;
CREATE TABLE head (
    slot TEXT NOT NULL,
    size INTEGER NOT NULL,
    note BLOB NOT NULL,
    PRIMARY KEY (slot, size)
) STRICT;
CREATE TABLE evidence (digest TEXT PRIMARY KEY, document BLOB NOT NULL) STRICT;
CREATE TABLE key_change (idx INTEGER PRIMARY KEY, slots TEXT NOT NULL, what TEXT NOT NULL) STRICT;
CREATE TABLE holder (
    slot TEXT NOT NULL,
    since INTEGER NOT NULL,
    identity TEXT NOT NULL,
    title TEXT NOT NULL,
    key TEXT NOT NULL,
    root TEXT NOT NULL,
    PRIMARY KEY (slot, since)
) STRICT, WITHOUT ROWID;
CREATE TABLE half (half BLOB PRIMARY KEY) STRICT, WITHOUT ROWID;
CREATE TABLE withdrawn (
    payload TEXT NOT NULL,
    by TEXT NOT NULL,
    idx INTEGER NOT NULL,
    PRIMARY KEY (payload, by)
) STRICT, WITHOUT ROWID;
CREATE TABLE change (
    idx INTEGER NOT NULL,
    number INTEGER NOT NULL,
    section TEXT NOT NULL,
    by TEXT NOT NULL,
    status TEXT NOT NULL,
    begins TEXT NOT NULL,
    ends TEXT NOT NULL,
    line TEXT NOT NULL,
    PRIMARY KEY (idx, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX change_of_section ON change (section, idx, number);
CREATE TABLE carried (
    idx INTEGER NOT NULL,
    number INTEGER NOT NULL,
    to_status TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (idx, number, to_status, at)
) STRICT, WITHOUT ROWID;
CREATE TABLE corrected (
    idx INTEGER NOT NULL,
    number INTEGER NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (idx, number)
) STRICT, WITHOUT ROWID;
CREATE TABLE claim (
    section TEXT NOT NULL,
    by TEXT NOT NULL,
    idx INTEGER NOT NULL,
    number INTEGER NOT NULL,
    PRIMARY KEY (section, by)
) STRICT, WITHOUT ROWID;
CREATE TABLE section (
    name TEXT PRIMARY KEY,
    named INTEGER NOT NULL,
    declared INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE segment (
    section TEXT NOT NULL,
    begins TEXT NOT NULL,
    ends TEXT NOT NULL,
    idx INTEGER NOT NULL,
    number INTEGER NOT NULL,
    since INTEGER NOT NULL,
    until INTEGER,
    PRIMARY KEY (section, begins, since)
) STRICT, WITHOUT ROWID;
CREATE INDEX segment_now ON segment (section, begins) WHERE until IS NULL;
"""

STATEMENTS = tuple(statement.strip() for statement in TABLES.split(";\n") if statement.strip())
"""What makes the tables, one after another; SQLite keeps each as it stands here."""

DERIVED = (
    "subtree",
    "key_change",
    "holder",
    "half",
    "withdrawn",
    "change",
    "carried",
    "corrected",
    "claim",
    "section",
    "segment",
)
"""The tables that follow from the entries."""

ORDER = {
    "entry": "idx",
    "subtree": "level, position",
    "blob": "sha256",
    "head": "slot, size",
    "evidence": "digest",
    "key_change": "idx",
    "holder": "slot, since",
    "half": "half",
    "withdrawn": "payload, by",
    "change": "idx, number",
    "carried": "idx, number, to_status, at",
    "corrected": "idx, number, at",
    "claim": "section, by",
    "section": "name",
    "segment": "section, begins, since",
}
"""Every table, with the columns that its rows are read in the order of."""
