"""Painting rectangles, texts and icons with Kivy's graphics; lengths in pixels from the top left corner."""

from __future__ import annotations

from dataclasses import dataclass

from kivy.graphics import Color, InstructionGroup, Line, Rectangle, RoundedRectangle
from kivy.graphics.texture import Texture

from kiosk.ui.theme.colours import Colour, rgba


@dataclass(frozen=True, slots=True)
class Frame:
    """A rectangle, its origin at the top left of the window."""

    x: float
    y: float
    width: float
    height: float

    def contains(self, x: float, y: float) -> bool:
        """Tell whether a point lies inside."""
        return self.x <= x < self.x + self.width and self.y <= y < self.y + self.height

    def inset(self, by: float) -> Frame:
        """Return the rectangle made smaller on each side."""
        return Frame(self.x + by, self.y + by, self.width - 2 * by, self.height - 2 * by)

    @property
    def right(self) -> float:
        """Return the x of the right edge."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """Return the y of the bottom edge."""
        return self.y + self.height


class Painter:
    """Adds instructions to a group; turns our top-left origin into Kivy's bottom-left one."""

    def __init__(self, group: InstructionGroup, window_height: float) -> None:
        self.group = group
        self.window_height = window_height

    def on(self, group: InstructionGroup) -> Painter:
        """Return a painter for another group of the same window."""
        return Painter(group, self.window_height)

    def _pos(self, frame: Frame) -> tuple[float, float]:
        return frame.x, self.window_height - frame.y - frame.height

    def fill(self, frame: Frame, colour: Colour, radius: float = 0.0) -> None:
        """Fill a rectangle."""
        self.group.add(Color(*rgba(colour)))
        size = (max(frame.width, 0), max(frame.height, 0))
        if radius:
            self.group.add(
                RoundedRectangle(
                    pos=self._pos(frame), size=size, radius=[min(radius, *(side / 2 for side in size))], segments=12
                )
            )
        else:
            self.group.add(Rectangle(pos=self._pos(frame), size=size))

    def outline(self, frame: Frame, colour: Colour, radius: float, width: float) -> None:
        """Draw the border of a rectangle, inside it."""
        inner = frame.inset(width / 2)
        x, y = self._pos(inner)
        self.group.add(Color(*rgba(colour)))
        self.group.add(Line(rounded_rectangle=(x, y, inner.width, inner.height, radius, 12), width=width / 2))

    def picture(self, texture: Texture, x: float, y: float, colour: Colour = "#FFFFFF") -> None:
        """Put a texture, coloured, with its top left corner on whole pixels."""
        width, height = texture.size
        frame = Frame(round(x), round(y), width, height)
        self.group.add(Color(*rgba(colour)))
        self.group.add(Rectangle(texture=texture, pos=self._pos(frame), size=(width, height)))

    def stretched(self, texture: Texture, frame: Frame) -> None:
        """Put a texture in a rectangle, as large as that."""
        self.group.add(Color(1, 1, 1, 1))
        self.group.add(Rectangle(texture=texture, pos=self._pos(frame), size=(frame.width, frame.height)))
