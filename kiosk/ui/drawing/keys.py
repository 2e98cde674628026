"""Keyboards and keypads: rows of keys that share the width."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from kiosk.session.views import Keys
from kiosk.ui.drawing.buttons import ButtonPiece
from kiosk.ui.drawing.painter import Frame, Painter
from kiosk.ui.drawing.piece import Mark, Piece, Target
from kiosk.ui.theme.measures import GAP_MM, KEY_MM

KEY_HEIGHT_PORTRAIT_MM = 20.0
MAX_KEY_WIDTH_MM = 44.0
EDGE_MM = 1.7
"""Least space between a key and the edge of the glass."""


@dataclass(slots=True)
class KeysPiece(Piece):
    """All keys of one keyboard."""

    element: Keys = field(kw_only=True)
    _keys: list[ButtonPiece] = field(default_factory=list)

    @property
    def _key_height(self) -> float:
        measures = self.kit.measures
        if measures.profile.is_landscape:
            return self.kit.mm(KEY_MM)
        return self.kit.mm(KEY_HEIGHT_PORTRAIT_MM * measures.growth)

    def measure(self, width: float) -> float:
        """Return the height of all rows."""
        del width
        rows = len(self.element.rows)
        return rows * self._key_height + (rows - 1) * self.kit.mm(GAP_MM)

    def place(self, frame: Frame) -> None:
        """Share the width among the keys of each row."""
        Piece.place(self, frame)
        kit = self.kit
        gap = kit.mm(GAP_MM)
        columns = max(self._columns(row) for row in range(len(self.element.rows)))
        width = frame.width
        if (width - (columns - 1) * gap) / columns < kit.mm(KEY_MM):
            # A small screen gives its margins to the keys.
            width = kit.measures.profile.width - 2 * kit.mm(EDGE_MM)
        unit = min((width - (columns - 1) * gap) / columns, kit.mm(MAX_KEY_WIDTH_MM))
        start = (kit.measures.profile.width - columns * unit - (columns - 1) * gap) / 2
        self._keys = []
        for number, row in enumerate(self.element.rows):
            x, y = start, frame.y + number * (self._key_height + gap)
            for button in row:
                share = self.element.widths.get(button.id, 1.0)
                width = unit * share + gap * (share - 1)
                # Keyboards are not mirrored: letters stand where people know them.
                key = ButtonPiece(replace(kit, is_right_to_left=False), element=button)
                key.place(Frame(round(x), round(y), int(width), self._key_height))
                self._keys.append(key)
                x += width + gap

    def _columns(self, row: int) -> float:
        return sum(self.element.widths.get(button.id, 1.0) for button in self.element.rows[row])

    def paint(self, painter: Painter, said: str | None, pressed: str | None) -> None:
        """Draw all keys."""
        for key in self._keys:
            key.paint(painter, said, pressed)

    def targets(self) -> list[Target]:
        """Return all keys."""
        return [target for key in self._keys for target in key.targets()]

    def marks(self) -> list[Mark]:
        """Describe all keys."""
        return [mark for key in self._keys for mark in key.marks()]
