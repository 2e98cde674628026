"""Tables as a person hears them: row by row, each cell after the name of its column."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import zip_longest

from kiosk.domain.procedure import Block, Table

Flat = Callable[[Iterable[Block]], Iterator[str]]
"""Turns blocks into plain lines."""

MOST_SPAN = 200
"""Most rows or columns that one cell covers; the longest real table has 78 rows."""


@dataclass(frozen=True, slots=True)
class RowLine:
    """One line of a row as it is read; `is_name` when it says what the row or the next lines are about."""

    text: str
    is_name: bool = False


@dataclass(frozen=True, slots=True)
class _Read:
    """One cell as lines. `is_first` is not set where a wide cell goes on."""

    lines: tuple[str, ...]
    is_first: bool


def table_rows(table: Table, flat: Flat) -> Iterator[tuple[RowLine, ...]]:
    """Yield the rows of a table as lines: « column : cell », or the cell alone where its column has no name.

    Spans are followed as far as they fit: official tables are not always rectangular. Headings over nothing but empty
    cells are read alone: they are what the table says.
    """
    names: list[str] = []
    unsaid: dict[str, None] = {}
    is_read = False
    for is_header, cells in _grid(table, flat):
        if is_header:
            if is_read:
                yield from _alone(unsaid)
            names = _headings([] if is_read else names, [" ".join(cell.lines) for cell in cells])
            unsaid = dict.fromkeys(name for name in names if name)
            is_read = False
            continue
        is_read = True
        for name, cell in zip(names, cells, strict=False):
            if cell.is_first and cell.lines:
                unsaid.pop(name, None)
        row = [line for number, cell in enumerate(cells) if cell.is_first for line in _said(names, number, cell.lines)]
        if row:
            yield (RowLine(row[0].text, is_name=True), *row[1:])
    yield from _alone(unsaid)


def _alone(names: Iterable[str]) -> Iterator[tuple[RowLine, ...]]:
    lines = tuple(RowLine(name, is_name=True) for name in names)
    if lines:
        yield lines


def _headings(above: list[str], texts: list[str]) -> list[str]:
    """Put a second row of headings under the first."""
    return [
        over if over == text else ", ".join(filter(None, (over, text)))
        for over, text in zip_longest(above, texts, fillvalue="")
    ]


def _said(names: list[str], number: int, lines: tuple[str, ...]) -> Iterator[RowLine]:
    name = names[number] if number < len(names) else ""
    if name and len(lines) > 1:
        yield RowLine(f"{name}\u00a0:", is_name=True)
        yield from map(RowLine, lines)
    else:
        yield from (RowLine(f"{name}\u00a0: {line}" if name else line) for line in lines)


def _grid(table: Table, flat: Flat) -> Iterator[tuple[bool, list[_Read]]]:
    """Yield each row with one cell for each column; a high cell is read again in each of its rows."""
    pending: dict[int, tuple[int, _Read]] = {}
    for row in table.rows:
        cells: list[_Read] = []
        for cell in row.cells:
            _fill(cells, pending)
            lines = tuple(flat(cell.blocks))
            for offset in range(min(max(cell.columns, 1), MOST_SPAN)):
                read = _Read(lines, offset == 0)
                if cell.rows > 1:
                    pending[len(cells)] = (min(cell.rows, MOST_SPAN) - 1, read)
                cells.append(read)
        _fill(cells, pending)
        yield row.is_header, cells


def _fill(cells: list[_Read], pending: dict[int, tuple[int, _Read]]) -> None:
    """Put the high cells of the rows above where they reach into this one."""
    while len(cells) in pending:
        left, read = pending.pop(len(cells))
        if left > 1:
            pending[len(cells)] = (left - 1, read)
        cells.append(read)
