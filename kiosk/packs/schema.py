"""The tables of a pack and the version of their format.

A device reads every format version that was ever shipped, and refuses a newer one kindly.

* 1: bodies are JSON text; boxes hold `lines`, all paragraphs.
* 2: official procedures beside authored ones, bodies compressed with a dictionary that the pack carries,
  redirections of old ids, and the tables of the search (`search_*`), which can be made again from the rest.
"""

FORMAT_VERSION = 2
APPLICATION_ID = 0x4B494F53
"""SQLite application id of a pack: the letters KIOS. It tells a pack from any other database."""

TABLES = """
CREATE TABLE manifest (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT;
CREATE TABLE themes (
    position INTEGER PRIMARY KEY,
    id       TEXT NOT NULL UNIQUE,
    body     TEXT NOT NULL
) STRICT;
CREATE TABLE dictionaries (
    id   INTEGER PRIMARY KEY,
    body BLOB NOT NULL
) STRICT;
CREATE TABLE procedures (
    id         TEXT PRIMARY KEY,
    kind       TEXT NOT NULL,
    public     TEXT NOT NULL,
    theme      TEXT NOT NULL,
    title      TEXT NOT NULL,
    source     TEXT NOT NULL,
    checked_on TEXT NOT NULL,
    popular    INTEGER NOT NULL,
    names      TEXT NOT NULL,
    icon       TEXT NOT NULL,
    body       BLOB NOT NULL
) STRICT;
CREATE INDEX procedures_by_kind ON procedures (kind, theme, title);
CREATE TABLE redirections (
    old TEXT PRIMARY KEY,
    new TEXT NOT NULL
) STRICT;
CREATE TABLE places (
    id   TEXT PRIMARY KEY,
    body TEXT NOT NULL
) STRICT;
"""
