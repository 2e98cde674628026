"""From the elements of a view to rows, and from rows to the parts of a page that fit the screen.

Nothing scrolls: what does not fit comes on the next part, behind « Suite ».
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from kiosk.session.views import (
    Box,
    Button,
    ButtonKind,
    Element,
    Field,
    Keys,
    Progress,
    QrBox,
    Row,
    Text,
    TextRole,
    Tick,
)
from kiosk.ui.drawing.boxes import BoxPiece, QrPiece
from kiosk.ui.drawing.buttons import ButtonPiece
from kiosk.ui.drawing.keys import KeysPiece
from kiosk.ui.drawing.kit import Kit
from kiosk.ui.drawing.painter import Frame
from kiosk.ui.drawing.piece import Piece
from kiosk.ui.drawing.texts import FieldPiece, ProgressPiece, TextPiece
from kiosk.ui.drawing.ticks import TickPiece
from kiosk.ui.theme.measures import (
    CHOICE_WIDTH_MM,
    FACE_WIDTH_MM,
    SHORT_CHOICE_WIDTH_MM,
    SMALLER,
    TILE_WIDTH_MM,
)
from kiosk.voice.script import split_sentences

BOX_WIDTH_MM = 150.0
LEAST_FILL = 0.4
MOST_CHOICES = 6
"""Answers on one screen: more are hard to hold in mind (docs/accessibility.md)."""

TICK_WIDTH_MM = 100.0


@dataclass(slots=True)
class FlowRow:
    """Pieces side by side, and the gap above them."""

    pieces: list[Piece]
    gap: float
    columns: int = 1
    keeps_next: bool = False
    is_optional: bool = False
    height: float = 0.0
    natural_height: float = 0.0

    def measure(self, width: float, gap: float) -> float:
        """Return the height of the row: that of its highest piece."""
        column = (width - (self.columns - 1) * gap) / self.columns
        self.height = self.natural_height = max(piece.measure(column) for piece in self.pieces)
        return self.height

    @property
    def stretch(self) -> float:
        """Return how much higher than needed the row may grow."""
        return min(piece.stretch for piece in self.pieces)

    @property
    def choices(self) -> int:
        """Return how many answers to choose from stand in the row."""
        kinds = [piece.element.kind for piece in self.pieces if isinstance(piece, ButtonPiece)]
        return sum(kind is ButtonKind.CHOICE for kind in kinds)

    def place(self, x: float, y: float, width: float, gap: float, *, mirrored: bool) -> None:
        """Put the pieces in their columns."""
        column = (width - (self.columns - 1) * gap) / self.columns
        for number, piece in enumerate(self.pieces):
            position = self.columns - 1 - number if mirrored else number
            left = round(x + position * (column + gap))
            piece.place(Frame(left, round(y), int(column), self.height))


@dataclass(slots=True)
class Part:
    """What one screenful of a long page shows."""

    rows: list[FlowRow] = field(default_factory=list)
    height: float = 0.0

    @property
    def choices(self) -> int:
        """Return how many answers to choose from are shown."""
        return sum(row.choices for row in self.rows)

    @property
    def pieces(self) -> list[Piece]:
        """Return the pieces shown, in reading order."""
        return [piece for row in self.rows for piece in row.pieces]


class Flow:
    """Makes the rows of a body and cuts them into parts."""

    def __init__(self, kit: Kit, width: float, height: float, *, is_compact: bool = False) -> None:
        self.kit = kit
        self.width = width
        self.height = height
        self.is_compact = is_compact

    def parts(self, elements: Sequence[Element]) -> list[Part]:
        """Cut a body into parts, each no higher than the space; there is always one."""
        parts = [Part()]
        pending: list[FlowRow] = []
        for row in self._rows(elements):
            self._measure(row)
            pending.append(row)
            if row.keeps_next:
                continue
            self._append(parts, pending)
            pending = []
        if pending:
            self._append(parts, pending)
        return parts

    def _measure(self, row: FlowRow) -> None:
        """Measure a row; what would be higher than the screen is written a step smaller."""
        gap = self.kit.measures.gap
        for size in SMALLER[self.kit.measures.size]:
            if row.measure(self.width, gap) <= self.height:
                return
            kit = replace(self.kit, measures=replace(self.kit.measures, size=size))
            for piece in row.pieces:
                piece.kit = kit
        row.measure(self.width, gap)

    def _append(self, parts: list[Part], group: list[FlowRow]) -> None:
        needed = sum(row.height + row.gap for row in group)
        if needed > self.height and len(group) > 1:
            # Kept together they would fit nowhere: a box is cut, anything else follows on the next part.
            room = self.height - sum(row.height + row.gap for row in group[:-1]) - group[-1].gap
            for row in self._cut(group, room):
                self._append(parts, [row])
            return
        if group[0].is_optional and parts[-1].rows and parts[-1].height + needed > self.height:
            return
        room = self.height - parts[-1].height - group[0].gap
        if self._can_fill(parts[-1], group, room):
            # A low screen has few lines: a box begins in what is left of them.
            for row in self._cut(group, room):
                self._append(parts, [row])
            return
        is_full = parts[-1].choices + sum(row.choices for row in group) > MOST_CHOICES
        if parts[-1].rows and (is_full or parts[-1].height + needed > self.height):
            parts.append(Part())
        part = parts[-1]
        for row in group:
            if not part.rows:
                row.gap = 0.0
            part.rows.append(row)
            part.height += row.height + row.gap

    def _can_fill(self, part: Part, group: list[FlowRow], room: float) -> bool:
        if not self.kit.measures.profile.is_landscape or len(group) > 1 or not part.rows:
            return False
        piece = group[0].pieces[0]
        is_long_box = isinstance(piece, BoxPiece) and len(piece.element.lines) > 2 and len(group[0].pieces) == 1
        return is_long_box and room < group[0].height and room > self.height * LEAST_FILL

    def _cut(self, group: list[FlowRow], room: float) -> list[FlowRow]:
        """Cut the box that ends a group so that its first piece is no higher than the room."""
        *before, last = group
        piece = last.pieces[0]
        if len(last.pieces) > 1 or not isinstance(piece, BoxPiece):
            return group
        rows = [FlowRow([part], last.gap) for part in piece.split(self.width, room)]
        for row in rows:
            self._measure(row)
        return [*before, *rows]

    # -- rows ----------------------------------------------------------------------------------------------------

    def _columns(self, minimum_mm: float, count: int, most: int = 2) -> int:
        gap = self.kit.measures.gap
        fitting = int((self.width + gap) // (self.kit.mm(minimum_mm) + gap))
        return max(1, min(fitting, count, most))

    def _rows(self, elements: Sequence[Element]) -> Iterable[FlowRow]:
        run: list[Element] = []
        for element in elements:
            if run and self._group(run[0]) != self._group(element):
                yield from self._run_rows(run)
                run = []
            if self._group(element):
                run.append(element)
            else:
                yield from self._single(element)
        if run:
            yield from self._run_rows(run)

    @staticmethod
    def _group(element: Element) -> str:
        """Name the elements that can stand side by side."""
        match element:
            case Button(kind=ButtonKind.CHOICE):
                return "choice"
            case Tick():
                return "tick"
            case Box() | QrBox():
                return "box"
            case _:
                return ""

    def _run_rows(self, run: list[Element]) -> Iterable[FlowRow]:
        gap = self.kit.measures.gap
        group = self._group(run[0])
        if group == "box":
            yield from self._box_rows(run)
            return
        landscape = self.kit.measures.profile.is_landscape
        minimum = CHOICE_WIDTH_MM if group == "choice" else TICK_WIDTH_MM
        if self.kit.measures.profile.is_short and group == "choice":
            minimum = SHORT_CHOICE_WIDTH_MM
        columns = self._columns(minimum, len(run)) if landscape else 1
        rows = self._grid(run, columns)
        if columns > 1 and (self._cuts_words(rows) or any(row.measure(self.width, gap) > self.height for row in rows)):
            rows = self._grid(run, 1)
        if group == "choice":
            # The answers to one question stay together when a page can hold them.
            total = sum(row.measure(self.width, gap) + gap for row in rows)
            if total <= self.height * 0.8 and len(run) <= MOST_CHOICES:
                for row in rows[:-1]:
                    row.keeps_next = True
        yield from rows

    def _cuts_words(self, rows: list[FlowRow]) -> bool:
        gap = self.kit.measures.gap
        column = (self.width - (rows[0].columns - 1) * gap) / rows[0].columns
        pieces = [piece for row in rows for piece in row.pieces if isinstance(piece, ButtonPiece)]
        return any(piece.least_width() > column for piece in pieces)

    def _grid(self, run: list[Element], columns: int) -> list[FlowRow]:
        gap = self.kit.measures.gap
        return [
            FlowRow(
                [self._piece(element) for element in run[start : start + columns]],
                gap,
                columns,
                is_optional=_are_optional(run[start : start + columns]),
            )
            for start in range(0, len(run), columns)
        ]

    def _box_rows(self, run: list[Element]) -> Iterable[FlowRow]:
        gap = self.kit.measures.gap
        columns = self._columns(BOX_WIDTH_MM, len(run))
        for start in range(0, len(run), columns):
            pieces = [self._piece(element) for element in run[start : start + columns]]
            row = FlowRow(pieces, gap, columns, is_optional=_are_optional(run))
            if row.measure(self.width, gap) <= self.height:
                yield row
                continue
            for piece in pieces:
                parts: Iterable[Piece] = [piece]
                if isinstance(piece, BoxPiece):
                    parts = piece.split(self.width, self.height)
                for part in parts:
                    yield FlowRow([part], gap)

    def _single(self, element: Element) -> Iterable[FlowRow]:
        gap = self.kit.measures.gap
        match element:
            case Text():
                yield from self._text_rows(element)
            case Row():
                yield from self._button_rows(element)
            case Progress():
                yield FlowRow([self._piece(element)], gap * 0.5)
            case _:
                yield FlowRow([self._piece(element)], gap)

    def _text_rows(self, element: Text) -> Iterable[FlowRow]:
        gap = self.kit.measures.gap
        sentences = split_sentences(element.text, element.language) or [element.text]
        for number, sentence in enumerate(sentences):
            above = gap * 0.55 if number == 0 else self.kit.mm(0.5)
            if element.role in {TextRole.TITLE, TextRole.HEADING}:
                above = gap * 0.6
            piece = TextPiece(self.kit, element=element, sentence=sentence, number=number)
            keeps = element.role in {TextRole.TITLE, TextRole.HEADING, TextRole.GREETING}
            yield FlowRow([piece], above, keeps_next=keeps)

    def _button_rows(self, row: Row) -> Iterable[FlowRow]:
        gap = self.kit.measures.gap
        pieces = [ButtonPiece(self.kit, element=button) for button in row.buttons]
        if row.buttons[0].kind is ButtonKind.TILE:
            is_wide = self.kit.measures.profile.is_landscape or len(pieces) == 3
            minimum = FACE_WIDTH_MM if len(pieces) == 3 else TILE_WIDTH_MM
            columns = self._columns(minimum, len(pieces), 3 if is_wide else 2)
        else:
            columns = self._widest_columns(pieces)
        for start in range(0, len(pieces), columns):
            chunk = pieces[start : start + columns]
            yield FlowRow(list(chunk), gap, columns)

    def _widest_columns(self, pieces: list[ButtonPiece]) -> int:
        """Choose the most columns in which every label stands on one line."""
        gap = self.kit.measures.gap
        widest = max(piece.natural_width() for piece in pieces)
        if not self.kit.measures.profile.is_landscape and pieces[0].element.kind is ButtonKind.CHOICE:
            return 1
        for columns in range(min(len(pieces), 4), 1, -1):
            # Three buttons in two columns look lost: all in one row, pairs, or one under the other.
            if len(pieces) % columns == 0 and (self.width - (columns - 1) * gap) / columns >= widest:
                return columns
        return 1

    def _piece(self, element: Element) -> Piece:
        match element:
            case Button():
                return ButtonPiece(self.kit, element=element, is_compact=self.is_compact)
            case Tick():
                return TickPiece(self.kit, element=element)
            case Box():
                return BoxPiece(self.kit, element=element)
            case QrBox():
                return QrPiece(self.kit, element=element)
            case Progress():
                return ProgressPiece(self.kit, element=element)
            case Field():
                return FieldPiece(self.kit, element=element)
            case Keys():
                return KeysPiece(self.kit, element=element)
            case _:
                raise TypeError(f"no piece draws {type(element).__name__}")


def _are_optional(elements: Iterable[Element]) -> bool:
    """Tell whether a row of these is left out where it alone would make a page longer than the screen."""
    return all(isinstance(one, Box | Button) and one.is_optional for one in elements)
