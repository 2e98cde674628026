"""Plain texts, progress and the field of what was typed."""

from __future__ import annotations

from dataclasses import dataclass, field

from kiosk.session.views import Field, Progress, Text, TextRole
from kiosk.ui.drawing.painter import Frame, Painter
from kiosk.ui.drawing.piece import Mark, Piece, Writing
from kiosk.ui.drawing.text import TextBlock
from kiosk.voice.script import Utterance

MOST_BARS = 8
"""Above this many, bars would be too small to count; the words beside them still say it."""


@dataclass(slots=True)
class TextPiece(Piece):
    """One sentence of a text, so that a long page can end between two."""

    element: Text = field(kw_only=True)
    sentence: str = field(kw_only=True)
    number: int = field(kw_only=True)
    _block: TextBlock | None = None

    def measure(self, width: float) -> float:
        """Return the height of the sentence."""
        self._block = self.kit.block(self.sentence, self.element.role, width, language=self.element.language)
        return float(self._block.height)

    def place(self, frame: Frame) -> None:
        """Put the sentence at the side where its language starts."""
        Piece.place(self, frame)
        if self._block is None:
            self.measure(frame.width)
        assert self._block is not None
        block = self._block
        is_right = block.is_right_to_left or self.kit.is_right_to_left
        x = frame.right - block.width if is_right else frame.x
        palette = self.kit.palette
        cap = self.kit.measures.cap(self.element.role)
        self.writings = [Writing(self.element.id, block, x, frame.y, palette.ink, palette.paper, cap, self.number)]

    def utterances(self) -> list[Utterance]:
        """Return the sentence, under the number that it has in its text."""
        if self.element.spoken is not None:
            return Piece.utterances(self) if self.number == 0 else []
        return [Utterance(f"{self.element.id}#{self.number}", self.sentence, self.element.language)]

    def paint(self, painter: Painter, said: str | None, pressed: str | None) -> None:
        """Draw the sentence."""
        del pressed
        self.write(painter, said)


@dataclass(slots=True)
class ProgressPiece(Piece):
    """Where one is: bars for the eye, the same in words beside them."""

    element: Progress = field(kw_only=True)
    _block: TextBlock | None = None

    def measure(self, width: float) -> float:
        """Return the height of the words."""
        self._block = self.kit.block(
            self.element.text, TextRole.BODY, width, language=self.element.language, is_bold=False
        )
        return float(self._block.height)

    def natural_width(self) -> float:
        """Return the width of bars and words on one line."""
        count = min(self.element.total, MOST_BARS)
        words = self.kit.natural_width(self.element.text, TextRole.BODY, is_bold=False, language=self.element.language)
        return count * (self._bar_width + self.kit.mm(2.5)) + self.kit.mm(4) + words

    @property
    def _bar_width(self) -> float:
        return self.kit.mm(9 if self.kit.measures.profile.is_landscape else 16)

    @property
    def _bars(self) -> list[tuple[Frame, bool]]:
        kit = self.kit
        width, height, gap = self._bar_width, kit.mm(3), kit.mm(2.5)
        total = min(self.element.total, MOST_BARS)
        y = self.frame.y + (self.frame.height - height) / 2
        bars = []
        for number in range(total):
            x = self.frame.x + number * (width + gap)
            if kit.is_right_to_left:
                x = self.frame.right - width - number * (width + gap)
            bars.append((Frame(x, y, width, height), number < self.element.number))
        return bars

    def place(self, frame: Frame) -> None:
        """Put the words after the bars."""
        Piece.place(self, frame)
        block = self._block
        assert block is not None
        bars = self._bars
        space = self.kit.mm(4)
        used = bars[-1][0].right - frame.x if not self.kit.is_right_to_left else frame.right - bars[-1][0].x
        x = frame.x + used + space
        if self.kit.is_right_to_left:
            x = frame.right - used - space - block.width
        palette = self.kit.palette
        cap = self.kit.measures.cap(TextRole.BODY)
        self.writings = [Writing(self.element.id, block, x, frame.y, palette.ink, palette.paper, cap)]

    def paint(self, painter: Painter, said: str | None, pressed: str | None) -> None:
        """Draw the bars, done ones full, others hollow."""
        del pressed
        palette = self.kit.palette
        for bar, is_done in self._bars:
            painter.fill(bar, palette.accent if is_done else palette.empty_mark, self.kit.mm(1.5))
            if not is_done:
                painter.outline(bar, palette.border, self.kit.mm(1.5), self.kit.mm(0.4))
        self.write(painter, said)


@dataclass(slots=True)
class FieldPiece(Piece):
    """What was typed. It is shown, never spoken."""

    element: Field = field(kw_only=True)

    def measure(self, width: float) -> float:
        """Return the height of one line and its frame."""
        del width
        line = self.kit.block(self.element.placeholder, TextRole.LEAD, 1e6, language=self.element.language).height
        return max(self.kit.mm(13), line + self.kit.mm(2))

    def place(self, frame: Frame) -> None:
        """Show the end of a text that is too long for the frame."""
        Piece.place(self, frame)
        kit, palette = self.kit, self.kit.palette
        text = self.element.value or self.element.placeholder
        space = frame.width - kit.mm(10)
        block = kit.block(text, TextRole.LEAD, 1e6, language=self.element.language)
        while block.width > space and len(text) > 1:
            text = text[1:]
            block = kit.block(text, TextRole.LEAD, 1e6, language=self.element.language)
        x = frame.x + kit.mm(5)
        if block.is_right_to_left:
            x = frame.right - kit.mm(5) - block.width
        y = frame.y + (frame.height - block.height) / 2
        cap = kit.measures.cap(TextRole.LEAD)
        self.writings = [Writing(self.element.id, block, x, y, palette.ink, palette.surface, cap)]

    def paint(self, painter: Painter, said: str | None, pressed: str | None) -> None:
        """Draw the frame, the text and a bar where the next letter comes."""
        del pressed, said
        kit, palette = self.kit, self.kit.palette
        painter.fill(self.frame, palette.surface, kit.mm(2))
        painter.outline(self.frame, palette.accent, kit.mm(2), kit.mm(0.7))
        self.write(painter, None)
        writing = self.writings[0]
        if self.element.value:
            frame = writing.frame
            x = frame.x - kit.mm(1.2) if writing.block.is_right_to_left else frame.right + kit.mm(0.8)
            painter.fill(Frame(x, frame.y + frame.height * 0.15, kit.mm(0.6), frame.height * 0.7), palette.accent)

    def marks(self) -> list[Mark]:
        """Describe the field."""
        palette = self.kit.palette
        cap = self.kit.measures.cap(TextRole.LEAD)
        text = self.element.value or self.element.placeholder
        return [
            Mark(
                "field",
                self.frame,
                text,
                cap,
                palette.ink,
                palette.surface,
                self.element.placeholder,
                True,
                self.element.id,
            )
        ]
