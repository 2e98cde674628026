"""Millimetres to pixels for one screen and one text size: every length of the interface starts here."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.session.settings import TextSize
from kiosk.session.views import TextRole
from kiosk.ui.theme.profiles import Profile

CAP_MM = {TextSize.NORMAL: 5.6, TextSize.LARGE: 7.1, TextSize.EXTRA: 9.0}
"""Cap height of running text (VVSG 2.0 7.1-G; EN 301 549 5.1.4 asks 7.3 mm at 600 mm in one mode)."""

SMALLER: dict[TextSize, tuple[TextSize, ...]] = {
    TextSize.EXTRA: (TextSize.LARGE, TextSize.NORMAL),
    TextSize.LARGE: (TextSize.NORMAL,),
    TextSize.NORMAL: (),
}
"""Sizes to fall back to, largest first, where something would not fit the screen."""

CHOICE_MM = 30.0
CHOICE_WIDTH_MM = 90.0
SHORT_CHOICE_WIDTH_MM = 76.0
"""The same on a low screen, where two columns of answers on one page beat one column on two."""

TILE_WIDTH_MM = 62.0
FACE_WIDTH_MM = 48.0
NAV_MM = 23.0
KEY_MM = 16.0
GAP_MM = 6.0
MAX_CHARACTERS = 80

_ROLES = {
    TextRole.GREETING: 1.6,
    TextRole.WELCOME: 1.1,
    TextRole.TITLE: 1.35,
    TextRole.LEAD: 1.1,
    TextRole.HEADING: 1.08,
    TextRole.BODY: 1.0,
    TextRole.NOTE: 0.96,
}
_ROOMIER = {TextRole.GREETING: 2.4, TextRole.WELCOME: 1.45}
"""The same on a high screen, which has room to greet."""

_CALMER_WHEN_LARGE = {TextSize.NORMAL: 1.0, TextSize.LARGE: 0.75, TextSize.EXTRA: 0.5}
"""Share of a title's extra size that stays when all text grows: a title must not push its page away."""


@dataclass(frozen=True, slots=True)
class Measures:
    """Lengths in pixels for a screen and a text size."""

    profile: Profile
    size: TextSize

    def mm(self, millimetres: float) -> float:
        """Return whole pixels for a length that does not depend on the text size."""
        return float(round(millimetres * self.profile.scale * self.profile.px_per_mm))

    def cap_mm(self, role: TextRole = TextRole.BODY) -> float:
        """Return the cap height of a text, in millimetres on the glass."""
        roles = _ROLES if self.profile.is_landscape else {**_ROLES, **_ROOMIER}
        extra = roles[role] - 1
        factor = 1 + (extra * _CALMER_WHEN_LARGE[self.size] if extra > 0 else extra)
        return CAP_MM[self.size] * factor * self.profile.scale

    def cap(self, role: TextRole = TextRole.BODY) -> float:
        """Return the cap height of a text in pixels."""
        return self.cap_mm(role) * self.profile.px_per_mm

    @property
    def growth(self) -> float:
        """Return how much larger than the default everything informational is."""
        return CAP_MM[self.size] / CAP_MM[TextSize.NORMAL]

    @property
    def gap(self) -> float:
        """Return the space between two things to touch."""
        return self.mm(GAP_MM)

    @property
    def margin(self) -> float:
        """Return the space at the edges of the glass."""
        share = 0.025 if self.profile.is_landscape else 0.03
        return self.mm(min(9.0, max(3.0, self.profile.width_mm / self.profile.scale * share - 2)))

    @property
    def icon_box(self) -> float:
        """Return the side of the tinted square behind an icon."""
        return self.mm(20.0 * (1 + (self.growth - 1) * 0.5))
