"""A downloaded file as text: found in its archive, decoded piece by piece, with limits on what it may hold.

Nothing is ever unpacked to the disk and no more is held than a record. What is wrong with the file as a whole is
told by one `ContentError`; letters that are not UTF-8 become U+FFFD and are the concern of the record they stand in.
"""

from __future__ import annotations

import bz2
import codecs
import gzip
import lzma
import tarfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, BinaryIO, cast

from kiosk.sources.report import ContentError, Problem

MEMBER = "data.gouv_local.json"
"""How the name of the member that holds the official directory ends; its archive has others."""

MAX_BYTES = 3_000_000_000
"""Unpacked bytes of one file; the official directory had 273 MB in August 2026."""

MAX_BYTES_BEFORE = 300_000_000
"""Unpacked bytes of an archive before the member that is looked for."""

MAX_MEMBERS = 1000
CHUNK = 1 << 20

_PACKED: dict[bytes, Callable[[BinaryIO], IO[bytes]]] = {
    b"BZh": bz2.BZ2File,
    b"\x1f\x8b": lambda raw: cast(IO[bytes], gzip.GzipFile(fileobj=raw)),
    b"\xfd7zXZ\x00": lzma.LZMAFile,
}
_WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_UNREADABLE = (OSError, EOFError, tarfile.TarError, lzma.LZMAError, ValueError)
"""What a file that is cut short or damaged makes the readers of archives raise."""


def refuse(path: str, message: str, remedy: str, line: int = 0) -> ContentError:
    """Make the error of a file that cannot be used."""
    return ContentError([Problem(path, line, message, remedy)])


@dataclass(frozen=True, slots=True)
class Source:
    """A file being read: how reports call it, and under which name it was published."""

    path: str
    origin: str
    chunks: Iterator[str]


class _Limited:
    """A binary stream that refuses to give more than it may; its limit can be raised on the way."""

    def __init__(self, stream: IO[bytes], limit: int, path: str) -> None:
        self._stream = stream
        self.limit = limit
        self._path = path
        self._given = 0

    def read(self, size: int = CHUNK) -> bytes:
        """Return the next bytes.

        Raises:
            ContentError: there are more than the limit, or they cannot be read.
        """
        try:
            data = self._stream.read(min(size, CHUNK))
        except _UNREADABLE as error:
            raise _damaged(self._path, error) from error
        self._given += len(data)
        if self._given > self.limit:
            message = f"The file unpacks to more than {self.limit // 1_000_000} MB."
            raise refuse(self._path, message, "Download it again from its publisher.")
        return data


def _damaged(path: str, error: BaseException) -> ContentError:
    reason = getattr(error, "strerror", None) or str(error) or "it ends too early"
    return refuse(path, f"The file cannot be read ({reason}).", "Download it again.")


@contextmanager
def open_source(path: Path) -> Iterator[Source]:
    """Open a file, or the member of an archive that holds the data. Its text is read while it is asked for.

    Raises:
        ContentError: it is missing, cut short, damaged, far too large, no UTF-8 text, or its archive has no data;
            the reading of the text raises it too.
    """
    shown = path.name
    with ExitStack() as stack:
        try:
            raw = stack.enter_context(path.open("rb"))
            head = raw.read(6)
            is_tar = _is_tar(raw)
        except OSError as error:
            raise _damaged(shown, error) from error
        if not head:
            raise refuse(shown, "The file is empty.", "Download it again.")
        unpack = next((unpack for magic, unpack in _PACKED.items() if head.startswith(magic)), None)
        if unpack is None and not is_tar:
            yield Source(shown, shown, _decoded(_Limited(raw, MAX_BYTES, shown), shown))
            return
        stream = stack.enter_context(unpack(raw)) if unpack else raw
        data, origin = _member(stack, stream, shown)
        yield Source(shown, origin, _decoded(data, shown))


def _is_tar(raw: BinaryIO) -> bool:
    raw.seek(257)
    magic = raw.read(5)
    raw.seek(0)
    return magic == b"ustar"


def _member(stack: ExitStack, stream: IO[bytes], shown: str) -> tuple[_Limited, str]:
    """Find the data in an archive, which is read once from front to back."""
    limited = _Limited(stream, MAX_BYTES_BEFORE, shown)
    try:
        opened = tarfile.open(fileobj=cast(BinaryIO, limited), mode="r|", bufsize=CHUNK)  # noqa: SIM115 - the stack
        archive = stack.enter_context(opened)
        for number, member in enumerate(archive):
            if number >= MAX_MEMBERS:
                raise refuse(shown, f"The archive has more than {MAX_MEMBERS} members.", "Download it again.")
            data = archive.extractfile(member) if member.isfile() and member.name.endswith(MEMBER) else None
            if data is not None:
                limited.limit += MAX_BYTES
                return _Limited(data, MAX_BYTES, shown), member.name.removeprefix("./")
    except tarfile.TarError as error:
        raise _damaged(shown, error) from error
    raise refuse(shown, f"The archive has no member *{MEMBER}.", "Download all_latest.tar.bz2 again.")


def _decoded(data: _Limited, shown: str) -> Iterator[str]:
    decoder = codecs.getincrementaldecoder("utf-8-sig")(errors="replace")
    is_first = True
    while piece := data.read(CHUNK):
        if is_first and piece.startswith(_WIDE):
            raise refuse(shown, "The file is UTF-16.", "Save it as UTF-8.")
        if is_first and b"\x00" in piece[:1024]:
            raise refuse(shown, "The file is no text.", "Give the file as it was downloaded: JSON, CSV or tar.bz2.")
        is_first = False
        yield decoder.decode(piece)
    yield decoder.decode(b"", final=True)
