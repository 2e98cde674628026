"""What a drawn element offers: its height for a width, its place, its paint, its targets, its sentences."""

from __future__ import annotations

from dataclasses import dataclass, field

from kiosk.session.intents import Intent
from kiosk.session.speech import utterances_of
from kiosk.ui.drawing.kit import Kit
from kiosk.ui.drawing.painter import Frame, Painter
from kiosk.ui.drawing.text import TextBlock
from kiosk.ui.theme.colours import Colour, contrast_ratio
from kiosk.voice.script import Utterance


@dataclass(frozen=True, slots=True)
class ToggleKeyboard:
    """Show the results instead of the keyboard, or the keyboard again: the screen's own business."""


@dataclass(frozen=True, slots=True)
class ShowMore:
    """Show the next part of a long page: the screen's own business."""


Action = Intent | ToggleKeyboard | ShowMore


@dataclass(frozen=True, slots=True)
class Target:
    """Something that answers touch."""

    id: str
    frame: Frame
    action: Action
    is_key: bool = False


@dataclass(frozen=True, slots=True)
class Mark:
    """One thing on the screen as `kiosk pictures` describes it: lengths in pixels."""

    role: str
    frame: Frame
    text: str
    cap: float
    foreground: Colour
    background: Colour
    spoken: str
    is_focusable: bool
    id: str


@dataclass(slots=True)
class Writing:
    """A text block placed on a ground, with the id that the voice knows it by."""

    key: str
    block: TextBlock
    x: float
    y: float
    ink: Colour
    ground: Colour
    cap: float
    first_sentence: int = 0

    @property
    def frame(self) -> Frame:
        """Return the box of the text itself."""
        left = min((line.x for line in self.block.lines), default=0.0)
        width = max((line.width for line in self.block.lines), default=0.0)
        return Frame(self.x + left, self.y, width, self.block.height)

    def line_frames(self, utterance: str) -> list[Frame]:
        """Return the lines of the sentence that an utterance says."""
        key, _, number = utterance.rpartition("#")
        if key != self.key or not number.isdigit():
            return []
        wanted = int(number) - self.first_sentence
        return [
            Frame(self.x + line.x, self.y + line.y, line.width, line.height)
            for line in self.block.lines
            if line.sentence == wanted
        ]


@dataclass(slots=True)
class Piece:
    """Base of everything drawn. `measure` is called first, then `place`, then `paint` as often as needed."""

    kit: Kit
    frame: Frame = field(default=Frame(0, 0, 0, 0))
    writings: list[Writing] = field(default_factory=list)

    @property
    def stretch(self) -> float:
        """Return how much higher than needed the piece may grow where a page has room to spare."""
        return 1.0

    def measure(self, width: float) -> float:
        """Return the height needed for a width, in pixels."""
        raise NotImplementedError

    def place(self, frame: Frame) -> None:
        """Take a place on the screen."""
        self.frame = frame

    def paint(self, painter: Painter, said: str | None, pressed: str | None) -> None:
        """Draw; `said` is the utterance being spoken, `pressed` the target under the finger."""
        raise NotImplementedError

    def targets(self) -> list[Target]:
        """Return what can be touched."""
        return []

    def marks(self) -> list[Mark]:
        """Describe what is drawn."""
        return self.text_marks(is_focusable=True)

    def text_marks(self, *, is_focusable: bool) -> list[Mark]:
        """Describe the texts; those of a button are not reached one by one."""
        return [
            Mark(
                "text",
                writing.frame,
                writing.block.text,
                writing.cap,
                writing.ink,
                writing.ground,
                writing.block.text,
                is_focusable,
                writing.key,
            )
            for writing in self.writings
        ]

    def utterances(self) -> list[Utterance]:
        """Return what the voice says of this piece, in order."""
        element = getattr(self, "element", None)
        return utterances_of([element]) if element is not None else []

    def says(self, utterance: str) -> bool:
        """Tell whether an utterance belongs here."""
        return any(writing.line_frames(utterance) for writing in self.writings)

    def write(self, painter: Painter, said: str | None) -> None:
        """Paint the texts, the sentence being said marked under them."""
        for writing in self.writings:
            if said:
                self._highlight(painter, writing, said)
            painter.picture(writing.block.texture, writing.x, writing.y, writing.ink)

    def _highlight(self, painter: Painter, writing: Writing, said: str) -> None:
        palette = self.kit.palette
        pad = self.kit.mm(1.0)
        frames = writing.line_frames(said)
        is_framed = palette.is_highlight_framed or contrast_ratio(palette.highlight, writing.ink) < 7
        for line in frames:
            box = Frame(line.x - pad, line.y, line.width + 2 * pad, line.height)
            if is_framed:
                # Where a lighter ground would drown the letters, a bar under the line says the same.
                bar = Frame(box.x, box.bottom - self.kit.mm(1.2), box.width, self.kit.mm(1.0))
                painter.fill(bar, writing.ink)
            else:
                painter.fill(box, palette.highlight, self.kit.mm(1.5))
