"""Cards, coloured notes and codes for a telephone."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

import qrcode
from kivy.graphics.texture import Texture
from qrcode.constants import ERROR_CORRECT_M

from kiosk.session.views import Box, Line, QrBox, TextRole, Tone
from kiosk.ui.drawing.kit import Kit
from kiosk.ui.drawing.painter import Frame, Painter
from kiosk.ui.drawing.piece import Mark, Piece, Writing
from kiosk.ui.drawing.text import TextBlock
from kiosk.ui.theme.colours import Paint

QUIET_MODULES = 4
"""White modules around a code (ISO/IEC 18004)."""

MASK = 3
MODULE_MM = 0.7
SMALL_MODULE_MM = 0.5
"""Least side of a module: telephones read the first at arm's length, the second from a hand away (low screens)."""


@dataclass(slots=True)
class BoxPiece(Piece):
    """A framed group of lines, with an icon at its side."""

    element: Box = field(kw_only=True)
    _title: TextBlock | None = None
    _lines: list[tuple[Line, TextBlock]] = field(default_factory=list)
    _line_icons: list[tuple[str, float, float, str]] = field(default_factory=list)

    @property
    def _paint(self) -> Paint:
        return self.kit.palette.tones[self.element.tone]

    @property
    def _icon_space(self) -> float:
        return self.kit.mm(7 * self.kit.measures.growth + 5) if self.element.icon else 0.0

    def _line_icon_space(self, line: Line) -> float:
        return self.kit.mm(5 * self.kit.measures.growth + 4) if line.icon else 0.0

    def measure(self, width: float) -> float:
        """Return the height of title and lines."""
        kit = self.kit
        space = width - 2 * kit.mm(4) - self._icon_space
        self._title = None
        height = 2 * kit.mm(4)
        if self.element.title:
            self._title = kit.block(
                self.element.title, TextRole.BODY, space, language=self.element.language, is_bold=True
            )
            height += self._title.height
        self._lines = [
            (
                line,
                kit.block(
                    line.text,
                    TextRole.BODY,
                    space - self._line_icon_space(line),
                    language=line.language,
                    is_bold=line.is_strong,
                ),
            )
            for line in self.element.lines
        ]
        return height + sum(block.height for _, block in self._lines)

    def split(self, width: float, height: float) -> list[BoxPiece]:
        """Return boxes that each fit a height, cut between lines. A single line is never cut."""
        if self.measure(width) <= height or len(self.element.lines) < 2:
            return [self]
        half = len(self.element.lines) // 2
        first = replace(self.element, lines=self.element.lines[:half])
        rest = replace(self.element, lines=self.element.lines[half:], title="")
        return [part for element in (first, rest) for part in BoxPiece(self.kit, element=element).split(width, height)]

    def place(self, frame: Frame) -> None:
        """Put icon, title and lines in their places."""
        Piece.place(self, frame)
        self.measure(frame.width)
        kit, paint = self.kit, self._paint
        cap = kit.measures.cap(TextRole.BODY)
        offset = kit.mm(4) + self._icon_space
        y = frame.y + kit.mm(4)

        def across(start: float, width: float) -> float:
            return frame.right - start - width if kit.is_right_to_left else frame.x + start

        self.writings = []
        self._line_icons = []
        if self._title:
            x = across(offset, self._title.width)
            self.writings.append(Writing(self.element.id, self._title, x, y, paint.ink, paint.ground, cap))
            y += self._title.height
        for line, block in self._lines:
            indent = self._line_icon_space(line)
            if line.icon:
                icon = kit.icon(line.icon, 5 * kit.measures.growth)
                if icon:
                    line_height = block.height / max(block.line_count, 1)
                    at = across(offset, icon.width), y + (line_height - icon.height) / 2
                    self._line_icons.append((line.icon, *at, self._line_ink(line)))
            x = across(offset + indent, block.width)
            self.writings.append(Writing(line.id, block, x, y, paint.ink, paint.ground, cap))
            y += block.height

    def _line_ink(self, line: Line) -> str:
        palette = self.kit.palette
        return palette.tones[line.tone].ink if line.tone is not Tone.PLAIN else self._paint.ink

    def paint(self, painter: Painter, said: str | None, pressed: str | None) -> None:
        """Draw the card."""
        del pressed
        kit, palette, paint = self.kit, self.kit.palette, self._paint
        painter.fill(self.frame, paint.ground, kit.mm(3))
        if self.element.tone is Tone.PLAIN or palette.is_highlight_framed:
            painter.outline(
                self.frame, palette.line if not palette.is_highlight_framed else palette.border, kit.mm(3), kit.mm(0.5)
            )
        texture = kit.icon(self.element.icon, 7 * kit.measures.growth) if self.element.icon else None
        if texture:
            first = self.writings[0].block if self.writings else None
            line_height = first.height / max(first.line_count, 1) if first else texture.height
            x = self.frame.x + kit.mm(4)
            if kit.is_right_to_left:
                x = self.frame.right - kit.mm(4) - texture.width
            painter.picture(texture, x, self.frame.y + kit.mm(4) + (line_height - texture.height) / 2, self._icon_ink)
        for name, icon_x, icon_y, ink in self._line_icons:
            icon = kit.icon(name, 5 * kit.measures.growth)
            if icon:
                painter.picture(icon, icon_x, icon_y, ink)
        self.write(painter, said)

    @property
    def _icon_ink(self) -> str:
        return self.kit.palette.accent if self.element.tone is Tone.PLAIN else self._paint.ink

    def marks(self) -> list[Mark]:
        """Describe the texts and the icon."""
        marks = Piece.marks(self)
        if self.element.icon:
            side = self.kit.mm(7 * self.kit.measures.growth)
            x = self.frame.right - self.kit.mm(4) - side if self.kit.is_right_to_left else self.frame.x + self.kit.mm(4)
            frame = Frame(x, self.frame.y + self.kit.mm(4), side, side)
            marks.append(
                Mark(
                    "icon",
                    frame,
                    self.element.title or self.element.lines[0].text,
                    0.0,
                    self._icon_ink,
                    self._paint.ground,
                    "",
                    False,
                    f"{self.element.id}.icon",
                )
            )
        return marks


def _code(data: str) -> Any:  # qrcode types its class by the picture that it would make; we take its modules
    # A fixed mask: trying all eight takes a tenth of a second, and telephones read every one.
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=QUIET_MODULES, mask_pattern=MASK)
    code.add_data(data)
    return code


@lru_cache(maxsize=4)
def _side_modules(data: str) -> int:
    """Return how many modules a code has on a side, its quiet zone included, without drawing it."""
    code = _code(data)
    code.best_fit(start=1)
    return int(code.version) * 4 + 17 + 2 * QUIET_MODULES


@lru_cache(maxsize=4)
def _modules(data: str) -> tuple[tuple[bool, ...], ...]:
    code = _code(data)
    code.make(fit=True)
    return tuple(tuple(bool(module) for module in row) for row in code.get_matrix())


def forget_codes() -> None:
    """Forget the codes drawn for a visit."""
    _modules.cache_clear()
    _side_modules.cache_clear()


def qr_texture(data: str) -> Texture:
    """Return a code, one pixel a module, with its quiet zone."""
    rows = _modules(data)
    side = len(rows)
    texture = Texture.create(size=(side, side), colorfmt="luminance")
    texture.mag_filter = "nearest"
    texture.min_filter = "nearest"
    # Textures start at the bottom row.
    pixels = bytes(0 if module else 255 for row in reversed(rows) for module in row)
    texture.blit_buffer(pixels, colorfmt="luminance", bufferfmt="ubyte")
    return texture


@dataclass(slots=True)
class QrPiece(Piece):
    """A code and the words that say what it gives."""

    element: QrBox = field(kw_only=True)
    _texture: Texture | None = None
    _blocks: list[TextBlock] = field(default_factory=list)
    _is_stacked: bool = False

    def _side(self, kit: Kit) -> float:
        modules = _side_modules(self.element.data)
        return float(modules * max(1, round(kit.mm(SMALL_MODULE_MM if kit.measures.profile.is_short else MODULE_MM))))

    def measure(self, width: float) -> float:
        """Return the height of code and words."""
        kit = self.kit
        side = self._side(kit)
        space = width - side - kit.mm(4 + 6 + 4)
        if space < kit.mm(60) and not kit.measures.profile.is_short:
            space = width - 2 * kit.mm(4)
            self._is_stacked = True
        else:
            self._is_stacked = False
        self._blocks = [
            kit.block(self.element.title, TextRole.BODY, space, language=self.element.language, is_bold=True),
            kit.block(self.element.text, TextRole.BODY, space, language=self.element.language),
        ]
        words = float(sum(block.height for block in self._blocks))
        padding = kit.mm(2 if kit.measures.profile.is_short else 4)
        return (side + words if self._is_stacked else max(side, words)) + 2 * padding

    @property
    def _code_frame(self) -> Frame:
        kit, side = self.kit, self._side(self.kit)
        x = self.frame.right - kit.mm(4) - side if kit.is_right_to_left else self.frame.x + kit.mm(4)
        y = self.frame.y + kit.mm(4) if self._is_stacked else self.frame.y + (self.frame.height - side) / 2
        return Frame(round(x), round(y), side, side)

    def place(self, frame: Frame) -> None:
        """Put the code, and the words beside or under it."""
        Piece.place(self, frame)
        self.measure(frame.width)
        kit, palette = self.kit, self.kit.palette
        code = self._code_frame
        total = sum(block.height for block in self._blocks)
        y = code.bottom if self._is_stacked else frame.y + (frame.height - total) / 2
        offset = kit.mm(4) if self._is_stacked else kit.mm(4 + 6) + code.width
        self.writings = []
        for block, key in zip(self._blocks, (self.element.id, f"{self.element.id}.text"), strict=True):
            x = frame.right - offset - block.width if kit.is_right_to_left else frame.x + offset
            self.writings.append(
                Writing(key, block, x, y, palette.ink, palette.surface, kit.measures.cap(TextRole.BODY))
            )
            y += block.height

    def paint(self, painter: Painter, said: str | None, pressed: str | None) -> None:
        """Draw the card; the code is black on white in every theme, or telephones do not read it."""
        del pressed
        kit, palette = self.kit, self.kit.palette
        painter.fill(self.frame, palette.surface, kit.mm(3))
        painter.outline(
            self.frame, palette.line if not palette.is_highlight_framed else palette.border, kit.mm(3), kit.mm(0.5)
        )
        if self._texture is None:
            self._texture = qr_texture(self.element.data)
        painter.stretched(self._texture, self._code_frame)
        self.write(painter, said)

    def marks(self) -> list[Mark]:
        """Describe words and code."""
        code = Mark(
            "icon",
            self._code_frame,
            self.element.title,
            0.0,
            "#000000",
            "#FFFFFF",
            "",
            False,
            f"{self.element.id}.code",
        )
        return [*Piece.marks(self), code]
