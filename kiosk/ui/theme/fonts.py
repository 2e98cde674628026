"""Fonts: Andika for Latin and Cyrillic, Noto for Arabic, Font Awesome for icons; a missing one is replaced and told."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from kivy import kivy_data_dir
from kivy.core.text import Label as CoreLabel
from kivy.core.text import LabelBase

from kiosk import icons

FOLDERS = (Path("/usr/share/fonts/truetype"), Path("/usr/share/fonts"), Path("/usr/local/share/fonts"))
TEXT = "kiosk-text"
ARABIC = "kiosk-arabic"
ICONS = "kiosk-icons"
ICON_OUTLINES = "kiosk-icon-outlines"
BOLD = "-bold"

_FILES = {
    TEXT: "andika/Andika-Regular.ttf",
    TEXT + BOLD: "andika/Andika-Bold.ttf",
    ARABIC: "noto/NotoSansArabic-Regular.ttf",
    ARABIC + BOLD: "noto/NotoSansArabic-Bold.ttf",
}
_FALLBACKS = ("noto/NotoSans-Regular.ttf", "dejavu/DejaVuSans.ttf")
_NAMES = {TEXT: "Andika", ARABIC: "Noto Sans Arabic", ICONS: "Font Awesome"}
_MEASURED_AT = 200


def _find(relative: str) -> Path | None:
    return next((folder / relative for folder in FOLDERS if (folder / relative).exists()), None)


@cache
def register() -> tuple[str, ...]:
    """Make the fonts known to Kivy and return the names of those that are missing.

    A missing text font is replaced by Noto Sans, DejaVu or the font that Kivy ships; without the icon font
    icons are left out: words always stand beside them.
    """
    missing = []
    fallback = next((path for relative in _FALLBACKS if (path := _find(relative))), None)
    for name, relative in _FILES.items():
        path = _find(relative) or fallback
        if _find(relative) is None and not name.endswith(BOLD):
            missing.append(_NAMES[name])
        LabelBase.register(name, str(path) if path else _kivy_font())
    icon_font = icons.font_file()
    if icon_font is None:
        missing.append(_NAMES[ICONS])
    outlines = icons.font_file(is_outline=True)
    LabelBase.register(ICONS, str(icon_font) if icon_font else _kivy_font())
    LabelBase.register(ICON_OUTLINES, str(outlines) if outlines else _kivy_font())
    return tuple(missing)


def _kivy_font() -> str:
    """Return the font that Kivy ships: always there."""
    return str(Path(kivy_data_dir) / "fonts" / "Roboto-Regular.ttf")


def family(language: str) -> str:
    """Return the font that writes a language."""
    return ARABIC if language == "ar" else TEXT


@cache
def cap_ratio(font: str) -> float:
    """Return the height of a capital H as a share of the font size, measured on its pixels."""
    label = CoreLabel(text="H", font_name=font, font_size=_MEASURED_AT)
    label.refresh()
    width, height = label.texture.size
    pixels = label.texture.pixels
    rows = [
        row for row in range(height) if any(pixels[(row * width + column) * 4 + 3] > 127 for column in range(width))
    ]
    # Without a graphics context nothing is drawn: Andika's own figure serves.
    return len(rows) / _MEASURED_AT if rows and len(rows) < _MEASURED_AT else 0.725
