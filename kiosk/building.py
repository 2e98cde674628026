"""From all sources of content to one pack: authored procedures, official sheets, places, the index of the search."""

from __future__ import annotations

import datetime as dt
import gc
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from kiosk import paths
from kiosk.domain.procedure import Kind, Procedure
from kiosk.domain.theme import Theme
from kiosk.packs.writer import Content, Entry, write_pack
from kiosk.search.builder import build_index
from kiosk.search.gathering import Gathered, Gathering, gathered
from kiosk.search.synonyms import Synonyms, SynonymsError, read_synonyms
from kiosk.sources.authored.library import Library
from kiosk.sources.directory.areas import Areas
from kiosk.sources.directory.kinds import service_kinds
from kiosk.sources.directory.merging import merge_places
from kiosk.sources.directory.reading import read_places_files
from kiosk.sources.report import ContentError, Problem
from kiosk.sources.service_public.library import ImportReport, LibraryImport, read_library
from kiosk.sources.service_public.links import cited_changes

Progress = Callable[[int, int], None]

SYNONYMS = "synonyms.yaml"
NO_SYNONYMS = Synonyms()


@dataclass(slots=True)
class Built:
    """What was built and what was found on the way. `official` is None without official sheets."""

    version: str
    procedures: int
    places: int
    official: ImportReport | None = None
    problems: list[Problem] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Prepared:
    """A procedure ready for the pack and for the search; it can be made in another process."""

    entry: Entry
    gathered: Gathered


def _prepare(themes: Mapping[str, str], procedure: Procedure) -> _Prepared:
    """Put a procedure under a theme of ours and make it ready."""
    if procedure.is_official:
        theme = procedure.id if procedure.kind is Kind.THEME else procedure.theme
        procedure = replace(procedure, theme=themes.get(theme, ""))
    return _Prepared(Entry.of(procedure), gathered(procedure))


class _Stream:
    """The entries of a pack, one by one; each is taken by the search too."""

    def __init__(self, library: Library, official: LibraryImport | None, jobs: int) -> None:
        self._library = library
        self._official = official
        self._jobs = jobs
        self._prepare = partial(_prepare, _ours(library.themes))
        self.gathering = Gathering()
        self.count = 0

    def __iter__(self) -> Iterator[Entry]:
        for procedure in self._library.procedures:
            yield self._take(self._prepare(procedure))
        if self._official is None:
            return
        for prepared in self._official.converted(self._prepare, self._jobs):
            yield self._take(prepared)
        if not self._official.report.is_usable:
            raise ContentError(_unusable(self._official.report))

    def _take(self, prepared: _Prepared) -> Entry:
        self.gathering.take(prepared.gathered)
        self.count += 1
        return prepared.entry

    def redirections(self) -> Mapping[str, str]:
        """Return where renamed official sheets are now."""
        return self._official.report.index.moved if self._official else {}

    def official_names(self) -> list[str]:
        """Return the archives of official sheets and their dates."""
        origins = self._official.report.origins if self._official else []
        return [f"{origin.name} {origin.dated}" if origin.dated else origin.name for origin in origins]


def _ours(themes: Sequence[Theme]) -> dict[str, str]:
    """Return our theme of each official one."""
    return {official: theme.id for theme in themes for official in theme.official}


def _unusable(report: ImportReport) -> list[Problem]:
    message = f"{report.bad} sheets cannot be read and {report.total} can." if report.bad else "There is no sheet."
    found = Problem("official library", 0, message, "Fetch the archive again; nothing was written.", kind="library")
    return [*report.problems, found]


def synonyms_of(folder: Path) -> Synonyms:
    """Read the synonyms of a folder of content, those that ship when it has none.

    Raises:
        ContentError: the file is wrong.
    """
    own = folder / SYNONYMS
    path = own if own.is_file() else paths.assets() / SYNONYMS
    if not path.is_file():
        return NO_SYNONYMS
    try:
        return read_synonyms(path)
    except SynonymsError as error:
        place, line, message = error.where
        raise ContentError([Problem(place, line, message, "Correct the line.", kind="synonyms")]) from error


def build_pack(
    out: Path,
    library: Library,
    synonyms: Synonyms,
    built_at: dt.datetime,
    official: Sequence[Path] = (),
    progress: Progress = lambda _done, _total: None,
    origin: str = "",
    jobs: int = 1,
) -> Built:
    """Write a pack of authored content and official sheets, with its search.

    Args:
        out: the pack to write.
        library: authored content without errors.
        synonyms: everyday words of the search.
        built_at: now, in UTC.
        official: zips or folders of official sheets.
        progress: called with how many sheets of how many were read.
        origin: the fingerprint of the content that ships, when it is that.
        jobs: how many processes read official sheets; none but this one when 1.

    Raises:
        ContentError: the official sheets cannot be used; nothing was written.
        PackError: the file cannot be written; what stood there is untouched.
    """
    imported = read_library(list(official), progress) if official else None
    stream = _Stream(library, imported, jobs)

    def finish(connection: sqlite3.Connection) -> None:
        build_index(connection, stream.gathering.documents(), synonyms)

    content = Content(stream, library.themes, library.places, 0, stream.redirections, stream.official_names)
    with _without_collector():
        version = write_pack(out, content, built_at, origin=origin, finish=finish)
    built = Built(version, stream.count, len(library.places), imported.report if imported else None)
    if imported:
        built.problems = [*imported.report.problems, *cited_changes(library.procedures, imported.report.index)]
    return built


@contextmanager
def _without_collector() -> Iterator[None]:
    """Leave the cycle collector off: millions of small values are made, none in a cycle, and it would walk them all."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def compare_cited(library: Library, official: Sequence[Path], progress: Progress) -> list[Problem]:
    """Tell which official sheets that ours cite vanished, moved or changed since they were read.

    Raises:
        ContentError: the official sheets cannot be used.
    """
    imported = read_library(list(official), progress)
    with _without_collector():
        for _ in imported.procedures():
            pass
    if not imported.report.is_usable:
        raise ContentError(_unusable(imported.report))
    return cited_changes(library.procedures, imported.report.index)


def with_places(
    library: Library, files: Sequence[Path], areas: Sequence[str], today: dt.date, *, is_extract: bool = False
) -> tuple[Library, list[Problem]]:
    """Put the places of official directories beside our own.

    A place that both have keeps our id and name; all else comes whole from the surer, or newer, record.

    Args:
        library: authored content.
        files: directories of places, of any known format.
        areas: INSEE codes of communes and codes of départements to keep.
        today: nothing is dated after it.
        is_extract: the files are parts of the national ones.

    Returns:
        The content with its places, and one problem for each record that could not be used.

    Raises:
        ContentError: a file or an area cannot be used.
    """
    if not files:
        return library, []
    try:
        wanted = Areas.of(areas)
    except ValueError as error:
        raise ContentError([Problem("--area", 0, f"{error}.", "Write 49007 or 49.", kind="area")]) from error
    kinds = service_kinds(paths.assets())
    floor = 0 if is_extract else None
    places, report = read_places_files(files, wanted, kinds=kinds, today=today, floor=floor)
    return replace(library, places=merge_places(library.places, places)), list(report.problems)
