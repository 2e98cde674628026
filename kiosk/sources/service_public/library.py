"""The whole library, one procedure after the other, and a report that is complete when the last one was given.

Sheets go straight through, so that memory does not grow with the library. What depends on the others waits for
the end: pages of the menu (sheets that no dossier names are put there), guided searches (they take the title of
the page that leads to them), and sheets that do not say their theme.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Generic, TypeVar

from kiosk.domain.procedure import Kind, Procedure, SheetLink
from kiosk.sources.report import Problem, Severity
from kiosk.sources.service_public.archive import REMEDY, Library, LibraryError, open_library
from kiosk.sources.service_public.links import LibraryIndex, dangling, read_redirections
from kiosk.sources.service_public.markup import SheetError
from kiosk.sources.service_public.menu import Menu, read_tree, with_entries
from kiosk.sources.service_public.navigation import targets
from kiosk.sources.service_public.sheet import UNDATED, ReadSheet, read
from kiosk.sources.service_public.working import WorkerDiedError, spread

MOST_BAD = 0.05
"""The part of all sheets that may be unreadable; beyond it the archive is not to be trusted."""

Progress = Callable[[int, int], None]

_PUBLICS = {
    "part": "particuliers",
    "particuliers": "particuliers",
    "pro": "professionnels",
    "professionnels": "professionnels",
    "asso": "associations",
    "associations": "associations",
}
_WORDS = re.compile(r"[a-z]+")


@dataclass(frozen=True, slots=True)
class Origin:
    """An archive that content comes from: the licence wants its name and its date told."""

    name: str
    public: str
    dated: dt.date | None


@dataclass(slots=True)
class ImportReport:
    """What was read and what was found; complete when the last procedure was given."""

    origins: list[Origin] = field(default_factory=list)
    sheets: Counter[str] = field(default_factory=Counter)
    bad: int = 0
    ignored: int = 0
    doubles: int = 0
    unknown_elements: Counter[str] = field(default_factory=Counter)
    dangling_links: Counter[str] = field(default_factory=Counter)
    dropped_metadata: Counter[str] = field(default_factory=Counter)
    orphans: list[str] = field(default_factory=list)
    without_theme: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    index: LibraryIndex = field(default_factory=LibraryIndex)

    @property
    def total(self) -> int:
        """Return how many sheets were read."""
        return sum(self.sheets.values())

    @property
    def is_usable(self) -> bool:
        """Tell whether a pack can be built of it: there are sheets, and few were bad."""
        return bool(self.total) and self.bad <= MOST_BAD * (self.total + self.bad)


@dataclass(slots=True)
class _Waiting:
    """What waits for the end, and what is known of the sheets that are gone."""

    pages: list[Procedure] = field(default_factory=list)
    searches: list[Procedure] = field(default_factory=list)
    homeless: list[Procedure] = field(default_factory=list)
    themes: dict[str, str] = field(default_factory=dict)
    above: dict[str, list[str]] = field(default_factory=dict)
    leading: dict[str, list[tuple[bool, str]]] = field(default_factory=dict)
    searched: set[str] = field(default_factory=set)


Made = TypeVar("Made")

_File = tuple[str, bytes, str]
"""The name of a sheet, its bytes, whom its set is for."""

BATCH = 24
"""Sheets that a process reads at a time."""


@dataclass(frozen=True, slots=True)
class _Outcome(Generic[Made]):
    """What became of one file: why it was not read, or what was found and what was made of it.

    What waits for the end is found whole; of other sheets only what the end needs to know comes back.
    """

    name: str
    error: str = ""
    found: ReadSheet | None = None
    made: Made | None = None


def _same(procedure: Procedure) -> Procedure:
    return procedure


def _read_batch(convert: Callable[[Procedure], Made], files: list[_File]) -> list[_Outcome[Made]]:
    return [_read_file(convert, *file) for file in files]


def _read_file(convert: Callable[[Procedure], Made], name: str, data: bytes, public: str) -> _Outcome[Made]:
    try:
        found = read(data, name, public)
    except SheetError as error:
        return _Outcome(name, str(error))
    if _must_wait(found.procedure):
        return _Outcome(name, found=found)
    return _Outcome(name, found=replace(found, procedure=_remembered(found.procedure)), made=convert(found.procedure))


def _must_wait(procedure: Procedure) -> bool:
    return procedure.kind in {Kind.DOSSIER, Kind.THEME, Kind.GUIDED} or not procedure.theme


def _remembered(procedure: Procedure) -> Procedure:
    """Return a procedure without its text: what the end needs to know of it."""
    return replace(
        procedure,
        summary=(),
        description="",
        blocks=(),
        notices=(),
        services=(),
        contacts=(),
        references=(),
        glossary=(),
        navigation=tuple(_dossiers_above(procedure)),
        metadata=(),
        attributes=(),
    )


def _dossiers_above(procedure: Procedure) -> Iterator[SheetLink]:
    return (
        block
        for block in procedure.navigation
        if isinstance(block, SheetLink) and block.kind == "DossierPere" and block.target
    )


class LibraryImport:
    """A library being imported: `procedures()` gives them, `report` tells what was found."""

    def __init__(self, libraries: Sequence[tuple[Library, str]], progress: Progress) -> None:
        self._libraries = libraries
        self._progress = progress
        self._menu = Menu()
        self.report = ImportReport()

    def procedures(self) -> Iterator[Procedure]:
        """Yield every procedure once. What cannot be read is in the report."""
        return self.converted(_same)

    def converted(self, convert: Callable[[Procedure], Made], jobs: int = 1) -> Iterator[Made]:
        """Yield what `convert` makes of every procedure. What cannot be read is in the report.

        Args:
            convert: a function of a module, or a partial of one: it runs where the sheet is read.
            jobs: how many processes read; none but this one when 1.

        Raises:
            LibraryError: a process died, or all files together are too big.
        """
        report = self.report
        waiting = _Waiting()
        known = {name.removesuffix(".xml") for library, _ in self._libraries for name in library.sheets}
        report.index.dates = dict.fromkeys(known, UNDATED)
        total = sum(len(library.sheets) for library, _ in self._libraries)
        done = 0
        seen: set[str] = set()
        for library, public in self._libraries:
            with library:
                report.origins.append(Origin(library.path.name, public, library.dated))
                report.ignored += library.ignored
                self._read_indexes(library)
                files = ((name, data, public) for name, data in library)
                for outcome in self._outcomes(library, files, convert, min(jobs, max(1, len(library.sheets) // BATCH))):
                    done += 1
                    self._progress(done, total)
                    found = self._checked(outcome, library)
                    if found is None:
                        continue
                    if found.procedure.id in seen:
                        report.doubles += 1
                        continue
                    seen.add(found.procedure.id)
                    self._count(found)
                    if not _waits(found.procedure, waiting):
                        assert outcome.made is not None
                        yield outcome.made
                report.bad += sum(problem.kind == "sheet" for problem in library.problems)
                report.problems += library.problems
        for gone in known - seen:
            del report.index.dates[gone]
        for procedure in self._last(waiting):
            yield convert(procedure)

    @staticmethod
    def _outcomes(
        library: Library, files: Iterator[_File], convert: Callable[[Procedure], Made], jobs: int
    ) -> Iterator[_Outcome[Made]]:
        try:
            yield from spread(files, partial(_read_batch, convert), jobs, BATCH)
        except WorkerDiedError as error:
            raise LibraryError(library.path, f"It was not read: {error}.", "Build with `--jobs 1`.") from error

    def _checked(self, outcome: _Outcome[Made], library: Library) -> ReadSheet | None:
        found = outcome.found
        if found is None:
            library.report(outcome.name, outcome.error)
            return None
        for warning in found.warnings:
            message = f"The sheet is odd: {warning}"
            self.report.problems.append(
                Problem(f"{library.path.name}/{outcome.name}", 0, message, "Check it.", Severity.WARNING, "odd")
            )
        return found

    def _read_indexes(self, library: Library) -> None:
        for name, read_index in (("redirections.xml", self._read_moves), ("arborescence.xml", self._read_tree)):
            if name not in library.members:
                continue
            try:
                read_index(library.read(name))
            except SheetError as error:
                message = f"The index is left out: {error}"
                self.report.problems.append(
                    Problem(f"{library.path.name}/{name}", 0, message, REMEDY, Severity.WARNING, "index")
                )

    def _read_moves(self, data: bytes) -> None:
        self.report.index.moved.update(read_redirections(data))

    def _read_tree(self, data: bytes) -> None:
        tree = read_tree(data)
        self._menu.themes += [theme for theme in tree.themes if theme not in self._menu.themes]
        for parent, entries in tree.entries.items():
            for child in entries:
                self._menu.add(parent, child)

    def _count(self, found: ReadSheet) -> None:
        report, procedure = self.report, found.procedure
        report.sheets[procedure.kind] += 1
        report.unknown_elements.update(found.unknown)
        report.index.dates[procedure.id] = procedure.checked_on
        report.dangling_links.update(dangling(found.targets, report.index))

    def _last(self, waiting: _Waiting) -> Iterator[Procedure]:
        """Yield what waited, completed by what is known now."""
        menu = self._menu
        pages: dict[str, Procedure] = {page.id: page for page in waiting.pages}
        ordered = [pages[theme] for theme in menu.themes if theme in pages]
        ordered += [page for page in waiting.pages if page.id not in menu.themes]
        named = {page.id: set(targets((*page.blocks, *page.see_also))) for page in ordered}
        menu.add_pages(ordered)
        self._place_orphans(waiting, pages)
        homes = {sheet.id: self._home(sheet, waiting) for sheet in waiting.homeless}
        for key, theme in homes.items():
            if key in waiting.above and key not in menu.parents and theme in pages:
                menu.add(theme, key)
        for page in ordered:
            more = [child for child in menu.entries.get(page.id, ()) if child not in named[page.id]]
            theme = page.theme or menu.theme_of(page.id)
            waiting.themes[page.id] = theme
            shown = [child for child in more if self.report.index.now(child) and child not in waiting.searched]
            yield replace(with_entries(page, shown), theme=self._theme(page.id, theme))
        for sheet in waiting.homeless:
            yield replace(sheet, theme=self._theme(sheet.id, homes[sheet.id]))
        for search in waiting.searches:
            theme = search.theme or menu.theme_of(search.id)
            yield replace(search, title=_title(search, waiting, pages), theme=self._theme(search.id, theme))

    def _theme(self, sheet: str, theme: str) -> str:
        if not theme:
            self.report.without_theme.append(sheet)
        return theme

    def _home(self, sheet: Procedure, waiting: _Waiting) -> str:
        """Return the theme of a sheet that says none: of a page that names it, or of a sheet that it leads to."""
        near = (waiting.themes.get(link.target, "") for link in sheet.see_also)
        return self._menu.theme_of(sheet.id) or next(filter(None, near), "")

    def _place_orphans(self, waiting: _Waiting, pages: Mapping[str, Procedure]) -> None:
        """Put each sheet that no page names under the nearest page above it. Guided searches are reached otherwise."""
        for sheet, above in waiting.above.items():
            if sheet in self._menu.parents:
                continue
            self.report.orphans.append(sheet)
            page = next((one for one in above if one in pages), None)
            if page is not None:
                self._menu.add(page, sheet)


def _waits(procedure: Procedure, waiting: _Waiting) -> bool:
    """Keep what the end needs to know of a procedure; tell whether it has to wait itself."""
    title = procedure.title
    for link in procedure.see_also:
        if link.kind == "RechercheGuidee" and title:
            is_page = procedure.kind in {Kind.DOSSIER, Kind.THEME}
            waiting.leading.setdefault(link.target, []).append((not is_page, title))
    if procedure.theme:
        waiting.themes[procedure.id] = procedure.theme
    match procedure.kind:
        case Kind.DOSSIER | Kind.THEME:
            waiting.pages.append(procedure)
            return True
        case Kind.GUIDED:
            waiting.searches.append(procedure)
            waiting.searched.add(procedure.id)
            return True
        case Kind.SHEET:
            waiting.above[procedure.id] = _above(procedure)
    if _must_wait(procedure):
        waiting.homeless.append(procedure)
        return True
    return False


def _above(procedure: Procedure) -> list[str]:
    """Return the pages that a sheet says it stands under, the nearest first."""
    dossiers = [block.target for block in _dossiers_above(procedure)]
    levels = [level.target for level in reversed(procedure.breadcrumb) if level.target != procedure.id]
    return [*dossiers, *levels]


def _title(search: Procedure, waiting: _Waiting, pages: Mapping[str, Procedure]) -> str:
    """Return a title that people can read: of the dossier that leads to a search, of a sheet, of what is above it."""
    leading = sorted(waiting.leading.get(search.id, ()), key=lambda one: one[0])
    if leading:
        return leading[0][1]
    above = [pages[level].title for level in _above(search) if level in pages]
    levels = [level.title for level in reversed(search.breadcrumb) if level.target != search.id]
    return next(iter(above + levels), "")


def public_of(path: Path) -> str:
    """Tell whom a set is for by the name of its archive or folder (`…/pro/zip/…`, `vosdroits-associations.zip`)."""
    for part in reversed(path.parts[-3:]):
        for word in _WORDS.findall(part.lower()):
            if word in _PUBLICS:
                return _PUBLICS[word]
    return "particuliers"


def read_library(
    paths: Sequence[Path], progress: Progress = lambda _done, _total: None, publics: Sequence[str] = ()
) -> LibraryImport:
    """Open the sets of a library. `procedures()` of what is returned yields them; its `report` is then complete.

    A sheet that stands in several sets is taken from the first one.

    Args:
        paths: zips or folders.
        progress: called with how many sheets of how many were read.
        publics: whom each set is for, when the names of the archives do not tell.

    Raises:
        LibraryError: one of them cannot be read at all.
    """
    opened: list[tuple[Library, str]] = []
    try:
        for number, path in enumerate(paths):
            public = publics[number] if number < len(publics) else public_of(path)
            opened.append((open_library(path), public))
    except LibraryError:
        for library, _ in opened:
            library.close()
        raise
    return LibraryImport(opened, progress)
