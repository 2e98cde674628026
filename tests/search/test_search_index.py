"""The tables of the index: read as they were written, and refused when they are damaged."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from kiosk.search import storage
from kiosk.search.builder import build_index
from kiosk.search.finder import Finder
from kiosk.search.storage import SearchIndexError
from tests.search.library import LIBRARY, SYNONYMS, a_connection


def test_an_index_in_a_file_is_read_and_the_file_let_go(tmp_path: Path) -> None:
    path = tmp_path / "index.sqlite"
    connection = sqlite3.connect(path)
    build_index(connection, LIBRARY, SYNONYMS)
    connection.commit()
    connection.close()
    finder = Finder(path)
    finder.warm()
    path.unlink()
    assert finder.search("naissance")


def test_opening_reads_nothing(tmp_path: Path) -> None:
    finder = Finder(tmp_path / "missing.sqlite")
    with pytest.raises(SearchIndexError):
        finder.search("carte")


def test_a_database_without_an_index_is_refused() -> None:
    with pytest.raises(SearchIndexError):
        Finder(sqlite3.connect(":memory:")).search("carte")


@pytest.mark.parametrize("table", ["search_pages", "search_columns"])
def test_a_missing_table_is_one_clear_error(table: str) -> None:
    connection = a_connection()
    connection.execute(f"DROP TABLE {table}")
    with pytest.raises(SearchIndexError, match="damaged"):
        Finder(connection).search("carte")


def columns() -> list[str]:
    """Return the names of all packed columns."""
    return [row[0] for row in a_connection().execute("SELECT name FROM search_columns ORDER BY name")]


@pytest.mark.parametrize("column", columns())
@pytest.mark.parametrize("damage", ["flip", "cut", "gone", "null"])
def test_a_damaged_column_is_one_clear_error(column: str, damage: str) -> None:
    connection = a_connection()
    (body,) = connection.execute("SELECT body FROM search_columns WHERE name = ?", (column,)).fetchone()
    match damage:
        case "flip":
            middle = len(body) // 2
            body = body[:middle] + bytes([body[middle] ^ 1]) + body[middle + 1 :]
        case "cut":
            body = body[:-1]
        case "null":
            body = b""
        case _:
            pass
    if damage == "gone":
        connection.execute("DELETE FROM search_columns WHERE name = ?", (column,))
    else:
        connection.execute("UPDATE search_columns SET body = ? WHERE name = ?", (body, column))
    with pytest.raises(SearchIndexError, match=f"damaged: its {column}"):
        Finder(connection).search("carte")


def test_missing_pages_are_one_clear_error() -> None:
    connection = a_connection()
    connection.execute("DELETE FROM search_pages WHERE number = 3")
    with pytest.raises(SearchIndexError, match="lacks pages"):
        Finder(connection).search("carte")


def test_an_index_of_another_version_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    connection = a_connection()
    monkeypatch.setattr(storage, "VERSION", storage.VERSION + 1)
    with pytest.raises(SearchIndexError, match="another version"):
        Finder(connection).search("carte")


def test_all_tables_are_named_search() -> None:
    names = [row[0] for row in a_connection().execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    assert names
    assert all(name.startswith("search_") for name in names)


def test_the_same_library_makes_the_same_index() -> None:
    one, other = ("\n".join(a_connection().iterdump()) for _ in range(2))
    assert one == other
