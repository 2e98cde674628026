"""The library as it comes: a zip or a folder. Nothing is written to disk, nothing beyond the limits is read.

Only files named like a sheet (`F1341.xml`) and two indexes count, wherever they stand; others are counted and left.
"""

from __future__ import annotations

import datetime as dt
import os
import re
import stat
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from kiosk.sources.report import ContentError, Problem, Severity
from kiosk.sources.service_public.markup import MAX_SIZE, SheetError

MAX_MEMBERS = 200_000
"""Most files of an archive; the official one has about 6,000."""

MAX_TOTAL = 2_000_000_000
"""Most bytes of all sheets together; the official ones have about 140 million."""

MAX_RATIO = 300
"""How much smaller a file can be in the zip; official sheets are 3 to 20 times smaller there."""

ALWAYS_READ = 1_000_000
"""Files up to this size are read whatever their ratio: a sheet of repeated words is no bomb."""

SHEET = re.compile(r"^[FNR]\d+\.xml$")
INDEXES = frozenset({"arborescence.xml", "redirections.xml"})


BROKEN_ZIP = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError)
"""What a zip that is cut short, damaged or packed in an unknown way raises."""


class LibraryError(ContentError):
    """The library cannot be read at all: one line says why and what to do."""

    def __init__(self, path: Path | str, message: str, remedy: str) -> None:
        super().__init__([Problem(str(path), 0, message, remedy, kind="library")])


@dataclass(slots=True)
class Library:
    """An open zip or folder: which sheets it has, and how to read one."""

    path: Path
    members: dict[str, Path | zipfile.ZipInfo] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    ignored: int = 0
    dated: dt.date | None = None
    read_bytes: int = 0
    _zip: zipfile.ZipFile | None = None

    @property
    def sheets(self) -> list[str]:
        """Return the names of the sheets, in order."""
        return sorted(name for name in self.members if SHEET.match(name))

    def __iter__(self) -> Iterator[tuple[str, bytes]]:
        """Yield each sheet with its bytes; one that cannot be read is reported and left out."""
        for name in self.sheets:
            try:
                yield name, self.read(name)
            except SheetError as error:
                self.report(name, str(error))

    def read(self, name: str) -> bytes:
        """Return the bytes of one file.

        Raises:
            SheetError: it cannot be read, or it is too big.
            LibraryError: all files together are too big.
        """
        member = self.members[name]
        try:
            data = self._from_zip(member) if isinstance(member, zipfile.ZipInfo) else _from_folder(member)
        except (*BROKEN_ZIP, OSError) as error:
            raise SheetError(f"it cannot be read ({error}).") from error
        if len(data) > MAX_SIZE:
            raise SheetError(f"it has more than {MAX_SIZE} bytes.")
        self.read_bytes += len(data)
        if self.read_bytes > MAX_TOTAL:
            raise LibraryError(self.path, f"It holds more than {MAX_TOTAL} bytes.", "Fetch the official archive again.")
        return data

    def _from_zip(self, member: zipfile.ZipInfo) -> bytes:
        if member.flag_bits & 0x1:
            raise SheetError("it is encrypted.")
        if member.file_size > MAX_SIZE:
            raise SheetError(f"it has more than {MAX_SIZE} bytes.")
        if member.file_size > max(ALWAYS_READ, MAX_RATIO * member.compress_size):
            raise SheetError("it is far too big for its place in the zip.")
        assert self._zip is not None
        # Sizes written in the zip can lie: no more than the limit is ever unpacked.
        with self._zip.open(member) as file:
            return file.read(MAX_SIZE + 1)

    def report(self, name: str, message: str, severity: Severity = Severity.WARNING) -> None:
        """Note what is wrong with one file."""
        self.problems.append(
            Problem(f"{self.path.name}/{name}", 0, f"The sheet is left out: {message}", REMEDY, severity, "sheet")
        )

    def close(self) -> None:
        """Close the zip."""
        if self._zip is not None:
            self._zip.close()

    def __enter__(self) -> Library:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


REMEDY = "Fetch the archive again; if it stays so, tell the publisher."


def _from_folder(path: Path) -> bytes:
    with path.open("rb", buffering=0) as file:
        if os.fstat(file.fileno()).st_size > MAX_SIZE:
            raise SheetError(f"it has more than {MAX_SIZE} bytes.")
        return file.read()


def open_library(path: Path) -> Library:
    """Open a zip or a folder and list its sheets; iterating yields each name with its bytes.

    Raises:
        LibraryError: there is nothing there, it cannot be read, or it has no sheet.
    """
    try:
        if path.is_dir():
            library = _open_folder(path)
        elif path.exists():
            library = _open_zip(path)
        else:
            raise LibraryError(path, "There is no such file or folder.", "Give the zip of the library, or its folder.")
    except OSError as error:
        raise LibraryError(path, f"It cannot be read: {error.strerror}.", "Check who may read it.") from error
    if not library.sheets:
        library.close()
        raise LibraryError(path, "It has no sheet (F….xml, N….xml, R….xml).", "Give the zip of the library.")
    return library


def _open_folder(path: Path) -> Library:
    library = Library(path)
    newest = 0.0
    for folder, folders, names in os.walk(path, onerror=_refuse):
        # Always in the same order, so that the same copy of a sheet wins.
        folders.sort()
        for name in sorted(names):
            file = Path(folder) / name
            if not (SHEET.match(name) or name in INDEXES):
                library.ignored += 1
            elif file.is_symlink():
                library.report(name, "it is a link, not a file.")
            else:
                newest = max(newest, file.stat().st_mtime)
                _add(library, name, file)
        if len(library.members) > MAX_MEMBERS:
            raise LibraryError(path, f"It has more than {MAX_MEMBERS} files.", "Give the folder of the library only.")
    if newest:
        library.dated = dt.datetime.fromtimestamp(newest, dt.UTC).date()
    return library


def _refuse(error: OSError) -> None:
    raise error


def _open_zip(path: Path) -> Library:
    try:
        file = zipfile.ZipFile(path)
    except (*BROKEN_ZIP, ValueError) as error:
        raise LibraryError(path, f"It is no complete zip ({error}).", "Fetch it again: it was cut short.") from error
    library = Library(path, _zip=file)
    try:
        _list_zip(library, file)
    except LibraryError:
        library.close()
        raise
    return library


def _list_zip(library: Library, file: zipfile.ZipFile) -> None:
    members = file.infolist()
    if len(members) > MAX_MEMBERS:
        raise LibraryError(library.path, f"It has more than {MAX_MEMBERS} files.", "Fetch the official archive again.")
    total = 0
    newest: tuple[int, ...] = ()
    for member in members:
        if member.is_dir():
            continue
        whole = PurePosixPath(member.filename.replace("\\", "/"))
        name = whole.name
        if not (SHEET.match(name) or name in INDEXES):
            library.ignored += 1
        elif whole.is_absolute() or ".." in whole.parts or ":" in whole.parts[0]:
            library.report(name, f"its place in the zip is “{member.filename}”.")
        elif stat.S_ISLNK(member.external_attr >> 16):
            library.report(name, "it is a link, not a file.")
        else:
            total += member.file_size
            newest = max(newest, member.date_time[:3])
            _add(library, name, member)
    if total > MAX_TOTAL:
        raise LibraryError(
            library.path, f"It would unpack to more than {MAX_TOTAL} bytes.", "Fetch the official archive again."
        )
    if newest:
        try:
            library.dated = dt.date(newest[0], newest[1], newest[2])
        except ValueError:
            library.dated = None


def _add(library: Library, name: str, member: Path | zipfile.ZipInfo) -> None:
    if name in library.members:
        message = "There are two files of this name; the last one counts."
        library.problems.append(
            Problem(f"{library.path.name}/{name}", 0, message, "Keep one.", Severity.WARNING, "double")
        )
    library.members[name] = member
