"""Reading a pack: opened read-only, checked once, then asked for one thing at a time."""

from __future__ import annotations

import datetime as dt
import json
import sqlite3
import threading
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from kiosk.domain.place import Place
from kiosk.domain.procedure import Procedure, ProcedureId
from kiosk.packs import codec
from kiosk.packs.errors import PackDamagedError, PackMissingError, PackTooNewError
from kiosk.packs.manifest import Manifest
from kiosk.packs.schema import APPLICATION_ID, FORMAT_VERSION

_UNREADABLE = (
    sqlite3.Error,
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    ArithmeticError,
    RecursionError,
    ExceptionGroup,
)
"""All that a file with other bytes, rows or JSON than a pack's can raise."""


def _reason(error: BaseException) -> str:
    return "content of another shape" if isinstance(error, ExceptionGroup) else str(error)


@dataclass(frozen=True, slots=True)
class Card:
    """What a list shows of a procedure, without reading all of it."""

    id: ProcedureId
    title: str
    theme: str
    icon: str
    source: str
    names: tuple[str, ...]
    is_popular: bool


class PackReader:
    """One open pack."""

    def __init__(self, path: Path) -> None:
        """Open and check a pack.

        Raises:
            PackMissingError: there is no file.
            PackTooNewError: the format is newer than this program.
            PackDamagedError: it is no pack, is cut short, or its tables do not hold what its manifest says.
        """
        self.path = path
        if not path.is_file():
            raise PackMissingError(f"there is no pack at {path}")
        self._lock = threading.Lock()
        try:
            self._connection = sqlite3.connect(
                f"file:{quote(str(path.resolve()))}?mode=ro&immutable=1", uri=True, check_same_thread=False
            )
            try:
                self.manifest = self._check()
                self.themes = tuple(
                    codec.load_theme(body) for body in self._column("SELECT body FROM themes ORDER BY position")
                )
                self.cards = tuple(self._cards())
                self._places: tuple[Place, ...] | None = None
            except BaseException:
                self._connection.close()
                raise
        except _UNREADABLE as error:
            raise PackDamagedError(f"{path} is not a whole pack ({_reason(error)})") from error

    def _check(self) -> Manifest:
        if self._value("PRAGMA application_id") != APPLICATION_ID:
            raise PackDamagedError(f"{self.path} is not a pack")
        version = int(self._value("PRAGMA user_version"))
        if version > FORMAT_VERSION:
            raise PackTooNewError(
                f"{self.path} has format {version}, this program reads up to {FORMAT_VERSION}: update the program"
            )
        if version < 1:
            raise PackDamagedError(f"{self.path} has no format version")
        if self._value("PRAGMA quick_check") != "ok":
            raise PackDamagedError(f"{self.path} is damaged")
        values = dict(self._connection.execute("SELECT name, value FROM manifest"))
        built_at = dt.datetime.fromisoformat(values["built_at"])
        manifest = Manifest(
            format_version=int(values["format_version"]),
            content_version=values["content_version"],
            built_at=built_at if built_at.tzinfo else built_at.replace(tzinfo=dt.UTC),
            languages=tuple(values["languages"].split()),
            procedures=int(values["procedures"]),
            places=int(values["places"]),
            origin=values.get("origin", ""),
        )
        for table, expected in (("procedures", manifest.procedures), ("places", manifest.places)):
            if self._value(f"SELECT count(*) FROM {table}") != expected:  # noqa: S608 - two constants
                raise PackDamagedError(f"{self.path} lacks {table}")
        return manifest

    def _value(self, query: str) -> int | str:
        row: tuple[int | str] = self._connection.execute(query).fetchone()
        return row[0]

    def _column(self, query: str, *arguments: str) -> list[str]:
        with self._lock:
            return [row[0] for row in self._connection.execute(query, arguments)]

    def _cards(self) -> list[Card]:
        query = "SELECT id, title, theme, icon, source, names, popular FROM procedures ORDER BY title"
        return [
            Card(
                ProcedureId(key),
                title,
                theme,
                icon,
                source,
                tuple(str(name) for name in json.loads(names)),
                bool(popular),
            )
            for key, title, theme, icon, source, names, popular in self._connection.execute(query)
        ]

    def procedure(self, key: str) -> Procedure | None:
        """Return one procedure, or None when the pack has none of this id.

        Raises:
            PackDamagedError: it is there but cannot be read.
        """
        try:
            found = self._column("SELECT body FROM procedures WHERE id = ?", key)
            return codec.load_procedure(found[0]) if found else None
        except _UNREADABLE as error:
            raise PackDamagedError(f"the procedure {key} of {self.path} cannot be read") from error

    @property
    def places(self) -> tuple[Place, ...]:
        """Return all places, read once."""
        if self._places is None:
            try:
                self._places = tuple(
                    codec.load_place(body) for body in self._column("SELECT body FROM places ORDER BY id")
                )
            except _UNREADABLE as error:
                raise PackDamagedError(f"the places of {self.path} cannot be read") from error
        return self._places

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()
