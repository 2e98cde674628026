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
from kiosk.domain.procedure import Kind, Procedure, ProcedureId
from kiosk.packs import codec
from kiosk.packs.bodies import BodyReader
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

_CURRENT_ID = """
WITH RECURSIVE way (id) AS (
    SELECT ? UNION SELECT new FROM redirections JOIN way ON old = way.id
    WHERE way.id NOT IN (SELECT id FROM procedures)
) SELECT id FROM way
"""
"""The ids that a sheet had and has, the present one last. UNION drops repeated ids: a circle ends too."""


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
    kind: Kind = Kind.AUTHORED


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
                self._bodies = BodyReader(self._dictionary())
                self.cards = tuple(self._cards("kind = 'authored'"))
                self._themes_held = self._held()
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
            official=tuple(str(name) for name in json.loads(values.get("official", "[]"))),
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

    @property
    def _is_first_format(self) -> bool:
        return self.manifest.format_version == 1

    def _dictionary(self) -> bytes:
        if self._is_first_format:
            return b""
        row: tuple[bytes] = self._connection.execute("SELECT body FROM dictionaries WHERE id = 1").fetchone()
        return row[0]

    def _cards(self, where: str, *arguments: str) -> list[Card]:
        """Return the cards of some procedures, in the order of their titles; format 1 holds authored ones only."""
        kind = "'authored' AS kind" if self._is_first_format else "kind"
        query = (
            f"SELECT id, title, theme, icon, source, names, popular, {kind} FROM procedures "  # noqa: S608 - constants
            f"WHERE {where} ORDER BY title"
        )
        with self._lock:
            rows = self._connection.execute(query, arguments).fetchall()
        return [
            Card(
                ProcedureId(key),
                title,
                theme,
                icon,
                source,
                tuple(str(name) for name in json.loads(names)),
                bool(popular),
                Kind(name),
            )
            for key, title, theme, icon, source, names, popular, name in rows
        ]

    def card(self, key: str) -> Card | None:
        """Return the card of one procedure, found by its id or an older one, or None.

        Raises:
            PackDamagedError: it is there but cannot be read.
        """
        try:
            found = self._cards("id = ?", self.current_id(key))
        except _UNREADABLE as error:
            raise PackDamagedError(f"the procedures of {self.path} cannot be read") from error
        return found[0] if found else None

    def menus(self, theme: str) -> tuple[Card, ...]:
        """Return the official themes whose sheets belong to one of our themes.

        Raises:
            PackDamagedError: they cannot be read.
        """
        if self._is_first_format:
            return ()
        try:
            return tuple(self._cards("kind = 'theme' AND theme = ?", theme))
        except _UNREADABLE as error:
            raise PackDamagedError(f"the themes of {self.path} cannot be read") from error

    def _held(self) -> frozenset[str]:
        where = "" if self._is_first_format else " WHERE kind IN ('authored', 'theme')"
        return frozenset(self._column(f"SELECT DISTINCT theme FROM procedures{where}"))  # noqa: S608 - constants

    def has_theme(self, theme: str) -> bool:
        """Tell whether there is something to choose in a theme."""
        return theme in self._themes_held

    def sheet_ids(self) -> list[str]:
        """Return the ids of the official sheets that are read step by step, in order."""
        if self._is_first_format:
            return []
        return self._column("SELECT id FROM procedures WHERE kind IN ('sheet', 'guided') ORDER BY id")

    def current_id(self, key: str) -> str:
        """Return the id that a renamed official sheet has now, however often it was renamed; any other as it is."""
        return key if self._is_first_format else self._column(_CURRENT_ID, key)[-1]

    def procedure(self, key: str) -> Procedure | None:
        """Return one procedure, or None when the pack has none of this id.

        Raises:
            PackDamagedError: it is there but cannot be read.
        """
        try:
            with self._lock:
                query = "SELECT body FROM procedures WHERE id = ?"
                found = self._connection.execute(query, (key,)).fetchone()
                # The search reads on a thread of its own, and what unpacks serves one thread at a time.
                body = found and (found[0] if self._is_first_format else self._bodies.unpack(found[0]))
            if found is None:
                current = self.current_id(key)
                return self.procedure(current) if current != key else None
            return codec.load_procedure(body, self.manifest.format_version)
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
