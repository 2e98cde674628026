"""Writing a pack: beside its final name, synced, then renamed, so that a half-written one is never seen."""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import itertools
import json
import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from sqlite_utils import Database

from kiosk.domain.place import Place
from kiosk.domain.procedure import Procedure
from kiosk.domain.theme import Theme
from kiosk.packs import codec
from kiosk.packs.bodies import SAMPLES, BodyWriter, learn_dictionary
from kiosk.packs.errors import PackError
from kiosk.packs.schema import APPLICATION_ID, FORMAT_VERSION, TABLES

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Entry:
    """A procedure as it is written: its columns, and its body as JSON. It can be made in another process."""

    columns: dict[str, object]
    body: bytes

    @classmethod
    def of(cls, procedure: Procedure) -> Entry:
        """Make the entry of a procedure."""
        columns: dict[str, object] = {
            "id": procedure.id,
            "kind": procedure.kind,
            "public": procedure.public,
            "theme": procedure.theme,
            "title": procedure.title,
            "source": procedure.source,
            "checked_on": str(procedure.checked_on),
            "popular": int(procedure.popular),
            "names": json.dumps(procedure.everyday_names, ensure_ascii=False),
            "icon": procedure.icon,
        }
        return cls(columns, codec.dump(procedure))


@dataclass(frozen=True, slots=True)
class Content:
    """What goes into a pack. `procedures` can be a stream: it is read once, `expected` is about how many there are.

    `redirections` and `official` (archives of official sheets and their dates) are asked for after the stream ended.
    """

    procedures: Iterable[Procedure | Entry]
    themes: tuple[Theme, ...]
    places: tuple[Place, ...]
    expected: int = 0
    redirections: Callable[[], Mapping[str, str]] = field(default=dict)
    official: Callable[[], Iterable[str]] = field(default=tuple)


Finish = Callable[[sqlite3.Connection], None]
"""What is added to the pack once everything else is in it: the tables of the search."""


def write_pack(
    path: Path,
    content: Content,
    built_at: dt.datetime,
    progress: Progress = lambda _done, _total: None,
    origin: str = "",
    finish: Finish = lambda _connection: None,
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
        version = _fill(unfinished, content, built_at, progress, origin, finish)
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


def _rows(procedures: Iterable[Procedure | Entry]) -> Iterator[dict[str, object]]:
    """Yield the rows of the procedures; the first ones wait until the dictionary is learnt from them."""
    stream = (one if isinstance(one, Entry) else Entry.of(one) for one in procedures)
    first = list(itertools.islice(stream, SAMPLES))
    dictionary = learn_dictionary([entry.body for entry in first])
    yield {"dictionary": dictionary}
    writer = BodyWriter(dictionary)
    for entry in itertools.chain(first, stream):
        digest = hashlib.sha256(entry.body).digest()
        yield {**entry.columns, "body": writer.pack(entry.body), "digest": digest}


def _fill(path: Path, content: Content, built_at: dt.datetime, progress: Progress, origin: str, finish: Finish) -> str:
    digests: list[bytes] = []
    connection = sqlite3.connect(path)
    try:
        # The file is thrown away when anything fails, and synced once at the end.
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("PRAGMA journal_mode = MEMORY")
        connection.executescript(TABLES)
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {FORMAT_VERSION}")
        database = Database(connection)
        with database.atomic():
            rows = _rows(content.procedures)
            database.table("dictionaries").insert({"id": 1, "body": next(rows)["dictionary"]})
            count = 0
            for count, row in enumerate(rows, 1):
                digests.append(row.pop("digest"))  # type: ignore[arg-type]
                connection.execute(_INSERT, row)
                progress(count, max(content.expected, count))
            for position, theme in enumerate(content.themes):
                body = codec.dump(theme)
                database.table("themes").insert({"position": position, "id": theme.id, "body": body.decode()})
                digests.append(body)
            for place in sorted(content.places, key=lambda one: one.id):
                body = codec.dump(place)
                database.table("places").insert({"id": place.id, "body": body.decode()})
                digests.append(body)
            redirections = content.redirections()
            database.table("redirections").insert_all(
                {"old": old, "new": new} for old, new in sorted(redirections.items())
            )
            digest = hashlib.sha256(b"".join(sorted(digests)))
            version = f"{built_at:%Y%m%d}-{digest.hexdigest()[:12]}"
            database.table("manifest").insert_all(
                {"name": name, "value": value}
                for name, value in {
                    "format_version": str(FORMAT_VERSION),
                    "content_version": version,
                    "built_at": built_at.isoformat(timespec="seconds"),
                    "languages": "fr",
                    "procedures": str(count),
                    "places": str(len(content.places)),
                    "origin": origin,
                    "official": json.dumps(list(content.official()), ensure_ascii=False),
                }.items()
            )
            finish(connection)
        connection.execute("VACUUM")
    finally:
        connection.close()
    return version


_INSERT = (
    "INSERT INTO procedures VALUES (:id, :kind, :public, :theme, :title, :source, :checked_on, :popular, :names, "
    ":icon, :body)"
)
