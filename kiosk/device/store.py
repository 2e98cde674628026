"""The one database of this machine: WAL and synchronous=FULL, asserted at each open."""

from __future__ import annotations

import contextlib
import sqlite3
from pathlib import Path

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

from kiosk.device.errors import StorageError

BUSY_SECONDS = 2.0
FULL = 2
migrations = Migrations("device")


@migrations()
def create_staff_and_counters(database: Database) -> None:
    """Tables of the first version: staff code and its tries, anonymous counters by hour."""
    database.table("staff").create({"name": str, "value": str}, pk="name", strict=True)
    database.table("counters").create({"hour": str, "name": str, "count": int}, pk=("hour", "name"), strict=True)


def open_store(path: Path) -> Database:
    """Open the database, set it aside when it is damaged, bring its tables up to date.

    Raises:
        StorageError: the folder cannot be written, or SQLite does not give the durability asked for.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            return _open(path)
        except sqlite3.DatabaseError as error:
            if isinstance(error, sqlite3.OperationalError):
                raise
            _set_aside(path)
            return _open(path)
    except (OSError, sqlite3.Error) as error:
        raise StorageError(f"the data folder {path.parent} cannot be used: {error}") from error


def _set_aside(path: Path) -> None:
    """Rename a damaged database, never over one that was set aside before."""
    number = 1
    while path.with_name(f"{path.name}.damaged-{number}").exists():
        number += 1
    for suffix in ("-wal", "-shm", ""):  # the three belong together; the number is taken by the last
        part = path.with_name(path.name + suffix)
        if part.exists():
            part.rename(part.with_name(f"{part.name}.damaged-{number}"))


def _open(path: Path) -> Database:
    connection = sqlite3.connect(path, timeout=BUSY_SECONDS, check_same_thread=False)
    try:
        mode = connection.execute("PRAGMA journal_mode = WAL").fetchone()[0]
        connection.execute(f"PRAGMA synchronous = {FULL}")
        level = connection.execute("PRAGMA synchronous").fetchone()[0]
        if mode != "wal" or level != FULL:
            raise StorageError(f"{path} is not durable: journal {mode}, synchronous {level}")
        if connection.execute("PRAGMA quick_check").fetchone()[0] != "ok":
            raise sqlite3.DatabaseError("quick_check failed")
        database = Database(connection)
        migrations.apply(database)
    except BaseException:
        with contextlib.suppress(sqlite3.Error):
            connection.close()
        raise
    return database
