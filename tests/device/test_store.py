"""The one database: durable, set aside when it is damaged, honest when it cannot be had."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from sqlite_utils import Database

from kiosk.device import store as store_module
from kiosk.device.errors import StorageError
from kiosk.device.store import open_store
from tests.device.conftest import OpenStore


def test_it_is_in_wal_mode_at_each_open(store: OpenStore) -> None:
    assert [store().execute("PRAGMA journal_mode").fetchone()[0] for _ in range(2)] == ["wal", "wal"]


def test_it_syncs_fully_at_each_open(store: OpenStore) -> None:
    assert [store().execute("PRAGMA synchronous").fetchone()[0] for _ in range(2)] == [2, 2]


def test_what_was_written_is_there_after_a_restart(store: OpenStore) -> None:
    store().table("staff").insert({"name": "pin", "value": "x"})
    assert store().table("staff").get("pin")["value"] == "x"


def test_its_tables_are_made_once(store: OpenStore) -> None:
    store()
    assert {"staff", "counters"} <= set(store().table_names())


@pytest.mark.parametrize("content", [b"no database at all" * 100, b"SQLite format 3\x00" + b"\xff" * 5000])
def test_a_damaged_file_is_set_aside_and_a_new_one_opened(store: OpenStore, path: Path, content: bytes) -> None:
    path.parent.mkdir()
    path.write_bytes(content)
    assert "staff" in store().table_names()
    assert [file.read_bytes() for file in path.parent.glob("device.sqlite.damaged*")] == [content]


def test_a_damaged_file_is_set_aside_with_its_wal_and_shm(
    store: OpenStore, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, calls = store_module._open, iter([True])

    def damaged_once(one: Path) -> Database:
        if next(calls, False):
            raise sqlite3.DatabaseError("database disk image is malformed")
        return real(one)

    monkeypatch.setattr(store_module, "_open", damaged_once)
    path.parent.mkdir()
    for suffix in ("", "-wal", "-shm"):
        path.with_name(path.name + suffix).write_bytes(b"damaged" * 1000)
    store()
    assert {file.name for file in path.parent.glob("*.damaged*")} == {
        "device.sqlite.damaged-1",
        "device.sqlite-wal.damaged-1",
        "device.sqlite-shm.damaged-1",
    }


def test_a_second_damaged_file_does_not_take_the_place_of_the_first(store: OpenStore, path: Path) -> None:
    path.parent.mkdir()
    for content in (b"first" * 1000, b"second" * 1000):
        path.write_bytes(content)
        store().close()
    kept = {file.read_bytes()[:5] for file in path.parent.glob("device.sqlite.damaged*")}
    assert kept == {b"first", b"secon"}


def test_a_page_damaged_inside_is_noticed(store: OpenStore, path: Path) -> None:
    database = store()
    database.table("counters").insert_all({"hour": "h", "name": f"n{n}", "count": n} for n in range(2000))
    database.close()
    content = bytearray(path.read_bytes())
    content[8192:40960] = b"\xee" * (40960 - 8192)
    path.write_bytes(content)
    assert store().table("counters").count == 0


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StorageError, match="cannot be used"):
        open_store(tmp_path / "file" / "device.sqlite")


def test_a_folder_that_cannot_be_written_is_told() -> None:
    with pytest.raises(StorageError, match="cannot be used"):
        open_store(Path("/proc/device.sqlite"))


def test_a_database_that_another_program_locks_is_not_set_aside(
    store: OpenStore, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store().close()
    monkeypatch.setattr(store_module, "BUSY_SECONDS", 0.05)
    other = sqlite3.connect(path)
    other.execute("PRAGMA locking_mode = EXCLUSIVE")
    other.execute("BEGIN EXCLUSIVE")
    with pytest.raises(StorageError):
        open_store(path)
    other.close()
    assert not list(path.parent.glob("*.damaged*"))


def test_a_disk_that_cannot_do_wal_is_refused(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = sqlite3.connect
    monkeypatch.setattr("kiosk.device.store.sqlite3.connect", lambda *_args, **_options: real(":memory:"))
    with pytest.raises(StorageError, match="not durable: journal memory"):
        open_store(path)
