"""Colours of the three themes, each pair of text and ground at 10:1 at least (20:1 in the high-contrast ones)."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.session.settings import Contrast

Colour = str
"""`#RRGGBB`."""


def luminance(colour: Colour) -> float:
    """Return the relative luminance, 0 to 1 (WCAG 2.2)."""
    channels = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast_ratio(first: Colour, second: Colour) -> float:
    """Return the contrast of two colours, 1 to 21 (WCAG 2.2)."""
    light, dark = sorted((luminance(first), luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def rgba(colour: Colour) -> tuple[float, float, float, float]:
    """Return a colour as Kivy takes it."""
    red, green, blue = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    return red, green, blue, 1.0


@dataclass(frozen=True, slots=True)
class Paint:
    """A ground and what is written on it."""

    ground: Colour
    ink: Colour


@dataclass(frozen=True, slots=True)
class Palette:
    """All colours of one theme. `tints` are for icons: 1 to 6, the theme of a subject."""

    paper: Colour
    ink: Colour
    surface: Colour
    border: Colour
    line: Colour
    action: Paint
    action_pressed: Colour
    danger: Paint
    danger_pressed: Colour
    pressed: Colour
    accent: Colour
    highlight: Colour
    is_highlight_framed: bool
    focus: Colour
    empty_mark: Colour
    tints: tuple[Paint, ...]
    tones: dict[str, Paint]

    def tint(self, number: int) -> Paint:
        """Return the tint of a subject, 1 to 6."""
        return self.tints[(number - 1) % len(self.tints)]


def _calm() -> Palette:
    blue = Paint("#E4EEF8", "#0A3157")
    red = Paint("#F7E1DC", "#641208")
    green = Paint("#E6F2E6", "#0F3D1E")
    yellow = Paint("#FFE9B8", "#4A3000")
    return Palette(
        paper="#FBF7EF",
        ink="#1C1B22",
        surface="#FFFFFF",
        border="#8A7F6C",
        line="#D9CFBE",
        action=Paint("#0B3A66", "#FFFFFF"),
        action_pressed="#06243F",
        danger=Paint("#5C0F0B", "#FFFFFF"),
        danger_pressed="#3A0806",
        pressed="#E4EEF8",
        accent="#0B3A66",
        highlight="#FFE9B8",
        is_highlight_framed=False,
        focus="#0B3A66",
        empty_mark="#D9CFBE",
        tints=(blue, red, green, yellow, Paint("#EFE6F5", "#3F1A63"), Paint("#E3F1F0", "#063C3A")),
        tones={
            "plain": Paint("#FFFFFF", "#1C1B22"),
            "info": Paint("#E4EEF8", "#0A3157"),
            "tip": yellow,
            "warning": red,
            "good": green,
        },
    )


def _two_colours(paper: Colour, ink: Colour) -> Palette:
    plain = Paint(paper, ink)
    inverse = Paint(ink, paper)
    return Palette(
        paper=paper,
        ink=ink,
        surface=paper,
        border=ink,
        line=ink,
        action=inverse,
        action_pressed=paper,
        danger=inverse,
        danger_pressed=paper,
        pressed=ink,
        accent=ink,
        highlight=ink,
        is_highlight_framed=True,
        focus=ink,
        empty_mark=paper,
        tints=(plain,) * 6,
        tones=dict.fromkeys(("plain", "info", "tip", "warning", "good"), plain),
    )


PALETTES: dict[Contrast, Palette] = {
    Contrast.CALM: _calm(),
    Contrast.BLACK_ON_WHITE: _two_colours("#FFFFFF", "#000000"),
    Contrast.WHITE_ON_BLACK: _two_colours("#000000", "#FFFFFF"),
}
