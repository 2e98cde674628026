"""Papers to tick: a box, the name of the paper, what it must be like."""

from __future__ import annotations

from dataclasses import dataclass, field

from kiosk.session.views import TextRole, Tick
from kiosk.ui.drawing.painter import Frame, Painter
from kiosk.ui.drawing.piece import Mark, Piece, Target, Writing
from kiosk.ui.drawing.text import TextBlock
from kiosk.ui.theme.measures import CHOICE_MM


@dataclass(slots=True)
class TickPiece(Piece):
    """A paper that one has or not: a box to tick, its name, what it must be like."""

    element: Tick = field(kw_only=True)
    _blocks: list[TextBlock] = field(default_factory=list)

    @property
    def _side(self) -> float:
        return self.kit.mm(12 * (1 + (self.kit.measures.growth - 1) * 0.6))

    def measure(self, width: float) -> float:
        """Return the height of name and details."""
        kit = self.kit
        space = width - self._side - kit.mm(4 + 6 + 4)
        self._blocks = [
            kit.block(self.element.label, TextRole.BODY, space, language=self.element.language, is_bold=True)
        ]
        self._blocks += [
            kit.block(text, TextRole.NOTE, space, language=self.element.language) for text in self.element.details
        ]
        return max(kit.mm(CHOICE_MM), sum(block.height for block in self._blocks) + kit.mm(5))

    def place(self, frame: Frame) -> None:
        """Put the texts beside the box."""
        Piece.place(self, frame)
        self.measure(frame.width)
        kit, palette = self.kit, self.kit.palette
        y = frame.y + (frame.height - sum(block.height for block in self._blocks)) / 2
        offset = kit.mm(4) + self._side + kit.mm(6)
        self.writings = []
        for number, block in enumerate(self._blocks):
            x = frame.right - offset - block.width if kit.is_right_to_left else frame.x + offset
            key = self.element.id if number == 0 else f"{self.element.id}.{number - 1}"
            role = TextRole.BODY if number == 0 else TextRole.NOTE
            self.writings.append(Writing(key, block, x, y, palette.ink, palette.surface, kit.measures.cap(role)))
            y += block.height

    @property
    def _box(self) -> Frame:
        kit, side = self.kit, self._side
        x = self.frame.right - kit.mm(4) - side if kit.is_right_to_left else self.frame.x + kit.mm(4)
        return Frame(x, self.frame.y + (self.frame.height - side) / 2, side, side)

    def paint(self, painter: Painter, said: str | None, pressed: str | None) -> None:
        """Draw the card, the box, the tick."""
        kit, palette = self.kit, self.kit.palette
        is_pressed = pressed == self.element.id
        painter.fill(self.frame, palette.border, kit.mm(3))
        ground = palette.pressed if is_pressed and not palette.is_highlight_framed else palette.surface
        edge = 0.0 if is_pressed else kit.mm(0.6)
        top = Frame(self.frame.x, self.frame.y, self.frame.width, self.frame.height - edge)
        painter.fill(top.inset(kit.mm(0.4)), ground, kit.mm(2.6))
        box = self._box
        if self.element.is_ticked:
            painter.fill(box, palette.action.ground, kit.mm(2))
            tick = kit.icon("check", self._side / kit.mm(1) * 0.7)
            if tick:
                painter.picture(
                    tick,
                    box.x + (box.width - tick.width) / 2,
                    box.y + (box.height - tick.height) / 2,
                    palette.action.ink,
                )
        else:
            painter.outline(box, palette.accent, kit.mm(2), kit.mm(0.9))
        self.write(painter, said)

    def targets(self) -> list[Target]:
        """Return the whole card."""
        return [Target(self.element.id, self.frame, self.element.intent)]

    def marks(self) -> list[Mark]:
        """Describe the card as one button, and its texts."""
        palette = self.kit.palette
        cap = self.kit.measures.cap(TextRole.BODY)
        spoken = f"{self.element.label} {self.element.spoken}"
        button = Mark(
            "button", self.frame, self.element.label, cap, palette.ink, palette.surface, spoken, True, self.element.id
        )
        return [button, *self.text_marks(is_focusable=False)]
