"""Tables: spans that fit, header cells, every row as wide as the others."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate

from kiosk.domain.procedure import Block, Cell, Row

MAX_COLUMNS = 100
"""Most columns of a table; the widest real one has seven."""


@dataclass(slots=True)
class DraftCell:
    """A cell as the file has it: spans can go beyond the table."""

    blocks: tuple[Block, ...]
    columns: int = 1
    rows: int = 1


@dataclass(slots=True)
class DraftRow:
    """A row as the file has it."""

    cells: list[DraftCell]
    is_header: bool = False


def span(written: str | None) -> int:
    """Read a span; 1 when it is no number or none."""
    text = (written or "1").strip()
    return max(1, min(int(text), MAX_COLUMNS)) if text.isascii() and text.isdigit() and len(text) < 5 else 1


def lay_out(rows: list[DraftRow], declared: int, header_columns: frozenset[int]) -> tuple[Row, ...]:
    """Clamp spans so that they stay in the table, pad short rows, mark header cells.

    Args:
        rows: as written.
        declared: how many columns the file declares; 0 when it does not.
        header_columns: the columns that name their rows.
    """
    _shorten_spans(rows, declared)
    placed, taken, width = _place(rows)
    width = max(width, min(declared, MAX_COLUMNS))
    made = []
    for row, positions, covered in zip(rows, placed, taken, strict=True):
        cells = [
            Cell(cell.blocks, cell.columns, cell.rows, row.is_header or position in header_columns)
            for cell, position in zip(row.cells, positions, strict=True)
        ]
        cells += [Cell(is_header=row.is_header)] * (width - covered)
        made.append(Row(tuple(cells), row.is_header))
    return tuple(made)


def _shorten_spans(rows: list[DraftRow], declared: int) -> None:
    """Keep spans in the table, and end one that would push the cells of a later row out of it."""
    widest = max(declared, *(len(row.cells) for row in rows), 1) if rows else 1
    above: list[tuple[DraftCell, int]] = []
    for number, row in enumerate(rows):
        above = [(cell, start) for cell, start in above if start + cell.rows > number]
        for cell in row.cells:
            cell.columns = min(cell.columns, widest)
            cell.rows = min(cell.rows, len(rows) - number)
        own = sum(cell.columns for cell in row.cells)
        if declared and above and own + sum(cell.columns for cell, _ in above) > declared:
            for cell, start in above:
                cell.rows = number - start
            above = []
        above += [(cell, number) for cell in row.cells if cell.rows > 1]


def _place(rows: list[DraftRow]) -> tuple[list[list[int]], list[int], int]:
    """Return the column where each cell starts, how many columns of each row are taken, and the most of them.

    Taken are those of a row's own cells and of cells that hang from above.
    """
    busy: dict[int, int] = {}
    placed: list[list[int]] = []
    taken = [0] * (len(rows) + 1)
    for number, row in enumerate(rows):
        position = 0
        positions = []
        for cell in row.cells:
            while busy.get(position, 0) > number:
                position += 1
            positions.append(position)
            if cell.rows > 1:
                busy.update(dict.fromkeys(range(position, position + cell.columns), number + cell.rows))
            taken[number] += cell.columns
            taken[number + cell.rows] -= cell.columns
            position += cell.columns
        placed.append(positions)
    covered = list(accumulate(taken))[:-1]
    return placed, covered, max(covered, default=0)
