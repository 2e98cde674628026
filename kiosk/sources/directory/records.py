"""Records of a JSON or CSV file one after the other, so that a national file never has to fit in memory.

The streaming JSON libraries that are kept up were looked at and left: `ijson` 3.6 needs more than 3 GB of memory
for 40 kB of opening brackets, and stops at a literal NaN. Here the standard library reads one record at a time from
a window on the text, which is as fast and has its own limit on depth.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice

from kiosk.sources.directory.streams import Source, refuse
from kiosk.sources.report import ContentError

MAX_RECORD = 8_000_000
"""Characters of one record, or of anything beside the records."""

MAX_COLUMNS = 300
MANY = 20
"""Records looked at to know what a file holds."""

_SPACE = " \t\r\n"
_BEHIND = frozenset(f",:]}}{_SPACE}")
"""What stands behind a whole value inside a list or an object."""

Record = Mapping[str, object]

Numbered = Iterator[tuple[int, Record | None]]
"""Records with their numbers: the line in CSV, the place in the list in JSON, from 1 on.

What is no record, such as a number in the list or a line with too many cells, comes as None.
"""


@dataclass(frozen=True, slots=True)
class Records:
    """The records of a file, and what is known of them before they are read.

    `root` is the key of the list in JSON (empty for a bare list), `columns` are the names used by the first records.
    """

    root: str
    columns: frozenset[str]
    items: Numbered


def read_records(source: Source, roots: Sequence[str]) -> Records:
    """Open a file of records, JSON or CSV by its first character.

    Args:
        source: the file.
        roots: names under which a JSON object may hold the list.

    Raises:
        ContentError: it is neither; later, while reading, it is cut short or broken.
    """
    text = _Window(source)
    first = text.peek()
    if first in ("{", "["):
        return _json_records(text, roots)
    if not first:
        raise refuse(source.path, "The file is empty.", "Download it again.")
    return _csv_records(source, text.rest())


# -- JSON ------------------------------------------------------------------------------------------------------------


def _number(digits: str) -> int | float:
    # Longer ones are no numbers of ours; reading a million digits exactly takes seconds.
    return int(digits) if len(digits) < 20 else float(digits[:400])


_DECODER = json.JSONDecoder(parse_int=_number, parse_constant=lambda _: None)


class _Window:
    """The part of a text that is being read: what was read is forgotten, what is missing is fetched."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self._text = ""
        self._at = 0
        self._is_whole = False

    def peek(self) -> str:
        """Return the next character that is no space; empty at the end."""
        while True:
            while self._at < len(self._text) and self._text[self._at] in _SPACE:
                self._at += 1
            if self._at < len(self._text):
                return self._text[self._at]
            if not self._fetch():
                return ""

    def take(self, expected: str) -> str:
        """Step over one of some characters and return it.

        Raises:
            ContentError: something else stands there.
        """
        found = self.peek()
        if not found or found not in expected:
            raise self.broken()
        self._at += 1
        return found

    def value(self) -> object:
        """Read one JSON value.

        Raises:
            ContentError: it is broken, cut short, nested too deep or longer than a record may be.
        """
        self.peek()
        while True:
            try:
                value, end = _DECODER.raw_decode(self._text, self._at)
            except RecursionError as error:
                raise self.broken("It is nested too deep.") from error
            except ValueError as error:
                if not self._fetch():
                    raise self.broken() from error
                continue
            # A number that ends with the window may go on behind it: `-0` with `.5`.
            is_cut = self._text[end - 1] not in '}]"' and self._text[end : end + 1] not in _BEHIND
            if is_cut and self._fetch():
                continue
            self._at = end
            return value

    def rest(self) -> Iterator[str]:
        """Return all that was not read yet."""
        return chain((self._text[self._at :],), self.source.chunks)

    def broken(self, why: str = "") -> ContentError:
        """Make the error of JSON that cannot be read on."""
        reason = why or ("It is not JSON here: " + self._around() if self.peek() else "It ends too early.")
        return refuse(self.source.path, f"The file cannot be read to its end. {reason}", "Download it again.")

    def _around(self) -> str:
        return "".join(letter if letter.isprintable() else "?" for letter in self._text[self._at : self._at + 40])

    def _fetch(self) -> bool:
        """Fetch as much again as is waiting, so that a long record is not read again for every chunk."""
        if self._is_whole:
            return False
        self._text = self._text[self._at :]
        self._at = 0
        waiting = len(self._text)
        if waiting > MAX_RECORD:
            raise self.broken_by_length()
        pieces = [self._text]
        fetched = 0
        while fetched <= waiting:
            piece = next(self.source.chunks, None)
            if piece is None:
                self._is_whole = True
                break
            pieces.append(piece)
            fetched += len(piece)
        self._text = "".join(pieces)
        return fetched > 0

    def broken_by_length(self) -> ContentError:
        """Make the error of something far longer than a record."""
        message = f"One record is longer than {MAX_RECORD // 1_000_000} million characters, or its end is missing."
        return refuse(self.source.path, message, "Download it again.")


def _json_records(text: _Window, roots: Sequence[str]) -> Records:
    root = ""
    if text.peek() == "{":
        root = _find_list(text, roots)
    if text.peek() != "[":
        raise text.broken("It should be a list of records.")
    items = _json_items(text, is_in_object=bool(root))
    first = list(islice(items, MANY))
    columns = frozenset(str(name) for _, record in first for name in record or ())
    return Records(root, columns, chain(first, items))


def _find_list(text: _Window, roots: Sequence[str]) -> str:
    """Step into an object up to the list of records, over whatever stands before it."""
    text.take("{")
    while text.peek() == '"':
        key = text.value()
        text.take(":")
        if key in roots and text.peek() == "[":
            return str(key)
        text.value()
        if text.take(",}") == "}":
            break
    names = " or ".join(f"“{root}”" for root in roots)
    raise refuse(text.source.path, f"The file has no list {names}.", "Give the file as it was downloaded.")


def _json_items(text: _Window, *, is_in_object: bool) -> Numbered:
    text.take("[")
    number = 0
    is_last = text.peek() == "]"
    if is_last:
        text.take("]")
    while not is_last:
        number += 1
        value = text.value()
        yield number, value if isinstance(value, dict) else None
        is_last = text.take(",]") == "]"
    # Without its last bracket the file was cut short: what came before may lack records.
    while is_in_object and text.take(",}") == ",":
        text.value()
        text.take(":")
        text.value()
    if text.peek():
        raise text.broken()


# -- CSV -------------------------------------------------------------------------------------------------------------


def _csv_records(source: Source, pieces: Iterator[str]) -> Records:
    lines = _lines(pieces)
    head = next(lines, "")
    delimiter = max(",;\t|", key=head.count)
    try:
        columns = [name.strip().lower() for name in next(csv.reader([head], delimiter=delimiter), [])]
    except csv.Error:
        columns = []
    if not 2 <= len(columns) <= MAX_COLUMNS:
        raise refuse(source.path, "The file is neither JSON nor CSV.", "Give the file as it was downloaded.")
    return Records("", frozenset(columns), _csv_items(lines, columns, delimiter))


def _csv_items(lines: Iterator[str], columns: Sequence[str], delimiter: str) -> Numbered:
    reader = csv.reader(lines, delimiter=delimiter)
    while True:
        number = reader.line_num + 2
        try:
            cells = next(reader, None)
        except csv.Error:
            # A cell without an end, or far too long: the reader goes on with the next line.
            yield number, None
            continue
        if cells is None:
            return
        if cells:
            yield number, dict(zip(columns, cells, strict=False)) if len(cells) <= len(columns) else None


def _lines(pieces: Iterator[str]) -> Iterator[str]:
    """Cut a text into lines. Of one that never ends only the beginning is kept: it is no record of ours."""
    waiting = ""
    for piece in pieces:
        *whole, rest = piece.split("\n")
        for line in whole:
            yield f"{waiting}{line}\n"
            waiting = ""
        if len(waiting) < MAX_RECORD:
            waiting += rest
    if waiting:
        yield waiting
