"""The tables of a pack and the version of their format.

A device reads every format version that was ever shipped, and refuses a newer one kindly.
"""

FORMAT_VERSION = 1
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
CREATE TABLE procedures (
    id         TEXT PRIMARY KEY,
    theme      TEXT NOT NULL,
    title      TEXT NOT NULL,
    source     TEXT NOT NULL,
    checked_on TEXT NOT NULL,
    popular    INTEGER NOT NULL,
    names      TEXT NOT NULL,
    icon       TEXT NOT NULL,
    body       TEXT NOT NULL
) STRICT;
CREATE INDEX procedures_by_theme ON procedures (theme, title);
CREATE TABLE places (
    id   TEXT PRIMARY KEY,
    body TEXT NOT NULL
) STRICT;
"""
