"""How the index lies in a database: a table of pages, and a few packed columns beside it.

The packed columns are numbers, one after the other, compressed, each with its checksum. All tables are named
`search_…`, are made anew by `builder.build_index` and can be thrown away at any time.
"""

from __future__ import annotations

import json
import sqlite3
import sys
import zlib
from array import array
from collections.abc import Iterable
from typing import Any

VERSION = 1
"""Version of these tables; an index of another version is refused and has to be built again."""

TABLES = """
CREATE TABLE search_pages (
    number   INTEGER PRIMARY KEY,
    id       TEXT NOT NULL,
    source   TEXT NOT NULL,
    title    TEXT NOT NULL,
    kind     TEXT NOT NULL,
    audience TEXT NOT NULL,
    related  TEXT NOT NULL,
    prior    INTEGER NOT NULL,
    narrow   INTEGER NOT NULL
) STRICT;
CREATE TABLE search_columns (
    name  TEXT PRIMARY KEY,
    check_sum INTEGER NOT NULL,
    body  BLOB NOT NULL
) STRICT;
"""
DROP = "DROP TABLE IF EXISTS search_pages; DROP TABLE IF EXISTS search_columns;"

INSERT_PAGE = "INSERT INTO search_pages VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
SELECT_PAGES = "SELECT id, source, title, kind, audience, related, prior, narrow FROM search_pages ORDER BY number"


class SearchIndexError(Exception):
    """The tables of the index are missing, damaged or of another version: the index has to be built again."""


class ColumnWriter:
    """Writes packed columns."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def _write(self, name: str, body: bytes) -> None:
        packed = zlib.compress(body, 6)
        self._connection.execute("INSERT INTO search_columns VALUES (?, ?, ?)", (name, zlib.crc32(packed), packed))

    def numbers(self, name: str, code: str, values: Iterable[int]) -> None:
        """Write whole numbers; `code` is the array type: B, H or I."""
        packed = array(code, values)
        if sys.byteorder == "big":
            packed.byteswap()
        self._write(name, packed.tobytes())

    def lines(self, name: str, values: Iterable[str]) -> None:
        """Write words, none of which holds a line break."""
        self._write(name, "\n".join(values).encode())

    def structure(self, name: str, value: object) -> None:
        """Write a small structure as JSON."""
        self._write(name, json.dumps(value, separators=(",", ":"), ensure_ascii=False).encode())


class ColumnReader:
    """Reads packed columns back.

    Every method raises:
        SearchIndexError: the column is missing or damaged.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def _read(self, name: str) -> bytes:
        try:
            row = self._connection.execute(
                "SELECT check_sum, body FROM search_columns WHERE name = ?", (name,)
            ).fetchone()
            if row is None or zlib.crc32(row[1]) != row[0]:
                raise SearchIndexError(f"the search index is damaged: its {name} cannot be read")
            return zlib.decompress(row[1])
        except (sqlite3.Error, zlib.error, TypeError) as error:
            raise SearchIndexError(f"the search index is damaged: its {name} cannot be read ({error})") from error

    def numbers(self, name: str, code: str) -> array[int]:
        """Read whole numbers."""
        packed: array[int] = array(code)
        try:
            packed.frombytes(self._read(name))
        except ValueError as error:
            raise SearchIndexError(f"the search index is damaged: its {name} is cut short") from error
        if sys.byteorder == "big":
            packed.byteswap()
        return packed

    def lines(self, name: str) -> list[str]:
        """Read words."""
        body = self._read(name).decode(errors="replace")
        return body.split("\n") if body else []

    def structure(self, name: str) -> Any:
        """Read a small structure."""
        try:
            return json.loads(self._read(name))
        except ValueError as error:
            raise SearchIndexError(f"the search index is damaged: its {name} is no JSON") from error
