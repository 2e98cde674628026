"""Writing a pack: beside its final name, synced, then renamed, so that a half-written one is never seen."""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import json
import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from sqlite_utils import Database

from kiosk.domain.place import Place
from kiosk.domain.procedure import Procedure
from kiosk.domain.theme import Theme
from kiosk.packs import codec
from kiosk.packs.errors import PackError
from kiosk.packs.schema import APPLICATION_ID, FORMAT_VERSION, TABLES

Progress = Callable[[int, int], None]


def write_pack(
    path: Path,
    procedures: Iterable[Procedure],
    themes: Iterable[Theme],
    places: Iterable[Place],
    built_at: dt.datetime,
    progress: Progress = lambda _done, _total: None,
    origin: str = "",
) -> str:
    """Write a pack and return its content version.

    The content version is the build day and a digest of the content: the same content built twice on one
    day has the same version.

    Raises:
        PackError: the file cannot be written; what stood at `path` is still there, untouched.
    """
    unfinished = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished.unlink(missing_ok=True)
        version = _fill(unfinished, list(procedures), list(themes), list(places), built_at, progress, origin)
        _sync(unfinished)
        unfinished.replace(path)
        _sync(path.parent)
    except (OSError, sqlite3.Error) as error:
        raise PackError(f"the pack {path} cannot be written: {error}") from error
    finally:
        for leftover in (unfinished, unfinished.with_name(f"{unfinished.name}-journal")):
            with contextlib.suppress(OSError):
                leftover.unlink(missing_ok=True)
    return version


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _rows(procedures: list[Procedure]) -> Iterator[dict[str, object]]:
    for procedure in sorted(procedures, key=lambda one: one.id):
        yield {
            "id": procedure.id,
            "theme": procedure.theme,
            "title": procedure.title,
            "source": procedure.source,
            "checked_on": str(procedure.checked_on),
            "popular": int(procedure.popular),
            "names": json.dumps(procedure.everyday_names, ensure_ascii=False),
            "icon": procedure.icon,
            "body": codec.dump(procedure),
        }


def _fill(
    path: Path,
    procedures: list[Procedure],
    themes: list[Theme],
    places: list[Place],
    built_at: dt.datetime,
    progress: Progress,
    origin: str,
) -> str:
    digest = hashlib.sha256()
    total = len(procedures) + len(places)
    connection = sqlite3.connect(path)
    try:
        connection.executescript(TABLES)
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {FORMAT_VERSION}")
        database = Database(connection)
        with database.atomic():
            for done, row in enumerate(_rows(procedures), 1):
                database.table("procedures").insert(row)
                digest.update(str(row["body"]).encode())
                progress(done, total)
            for position, theme in enumerate(themes):
                body = codec.dump(theme)
                database.table("themes").insert({"position": position, "id": theme.id, "body": body})
                digest.update(body.encode())
            for done, place in enumerate(sorted(places, key=lambda one: one.id), 1):
                body = codec.dump(place)
                database.table("places").insert({"id": place.id, "body": body})
                digest.update(body.encode())
                progress(len(procedures) + done, total)
            version = f"{built_at:%Y%m%d}-{digest.hexdigest()[:12]}"
            database.table("manifest").insert_all(
                {"name": name, "value": value}
                for name, value in {
                    "format_version": str(FORMAT_VERSION),
                    "content_version": version,
                    "built_at": built_at.isoformat(timespec="seconds"),
                    "languages": "fr",
                    "procedures": str(len(procedures)),
                    "places": str(len(places)),
                    "origin": origin,
                }.items()
            )
        connection.execute("VACUUM")
    finally:
        connection.close()
    return version
