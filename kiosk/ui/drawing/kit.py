"""What every piece needs to draw itself: colours, lengths, texts in the right font."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from kivy.core.text import Label as CoreLabel
from kivy.graphics.texture import Texture

from kiosk import icons
from kiosk.session.views import TextRole
from kiosk.ui.drawing.text import Style, TextBlock
from kiosk.ui.theme import fonts
from kiosk.ui.theme.colours import Palette
from kiosk.ui.theme.measures import MAX_CHARACTERS, Measures

BOLD_ROLES = frozenset({TextRole.GREETING, TextRole.TITLE, TextRole.HEADING})
SMALLEST_CAP_MM = 4.8
"""No text is smaller (Section 508 402.4)."""


@lru_cache(maxsize=400)
def icon_texture(name: str, size: int) -> Texture | None:
    """Return an icon, white on nothing; None when the font has none of this name."""
    character = icons.character(name)
    if not character:
        return None
    label = CoreLabel(
        text=character, font_name=fonts.ICON_OUTLINES if name.startswith(icons.OUTLINE) else fonts.ICONS, font_size=size
    )
    label.refresh()
    return label.texture


@dataclass(frozen=True, slots=True)
class Kit:
    """The palette and the measures of one view."""

    palette: Palette
    measures: Measures
    is_right_to_left: bool = False

    def mm(self, millimetres: float) -> float:
        """Return pixels for millimetres."""
        return self.measures.mm(millimetres)

    def style(self, role: TextRole, *, is_bold: bool | None = None) -> Style:
        """Return the style of a role."""
        bold = role in BOLD_ROLES if is_bold is None else is_bold
        return Style.with_cap(self.measures.cap(role), is_bold=bold)

    def block(
        self,
        text: str,
        role: TextRole,
        width: float,
        *,
        language: str = "fr",
        is_bold: bool | None = None,
        align: str = "",
        one_sentence_a_line: bool = True,
    ) -> TextBlock:
        """Lay a text out, no wider than lines of 80 characters."""
        style = self.style(role, is_bold=is_bold)
        if self.is_right_to_left:
            # French lines of a mirrored page start at the same edge as the others.
            align = align or "right"
        comfortable = min(width, style.font_size * 0.5 * MAX_CHARACTERS)
        return TextBlock(
            text, style, max(comfortable, 1.0), language=language, align=align, one_sentence_a_line=one_sentence_a_line
        )

    def natural_width(self, text: str, role: TextRole, *, is_bold: bool = True, language: str = "fr") -> float:
        """Return the width of a text on one line."""
        return TextBlock(
            text, self.style(role, is_bold=is_bold), 1e6, language=language, one_sentence_a_line=False
        ).width

    def icon(self, name: str, height_mm: float) -> Texture | None:
        """Return an icon of about this height."""
        return icon_texture(name, int(self.mm(height_mm)))
