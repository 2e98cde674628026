"""What a person can set, with its steps. Everything goes back to the default at the end of the visit."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

DEFAULT_WORDS_PER_MINUTE = 125
RATES = (63, 78, 94, 125, 156, 188, 250)
"""Words a minute: seven steps from 50 to 200 % of the default (access.md C9)."""

VOLUMES = (0.1, 0.2, 0.35, 0.5, 0.65, 0.8, 1.0)
"""Share of the loudspeaker's full power; the installer sets the amplifier so that the default is 65 dBA at most."""

DEFAULT_RATE = RATES.index(DEFAULT_WORDS_PER_MINUTE)
DEFAULT_VOLUME = 4


class TextSize(StrEnum):
    """Text sizes: 5.6, 7.1 and 9.0 mm of cap height for running text."""

    NORMAL = "normal"
    LARGE = "large"
    EXTRA = "extra"


class Contrast(StrEnum):
    """Colour themes."""

    CALM = "calm"
    BLACK_ON_WHITE = "black-on-white"
    WHITE_ON_BLACK = "white-on-black"


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of one visit; a new value is the default."""

    language: str = "fr"
    size: TextSize = TextSize.NORMAL
    contrast: Contrast = Contrast.CALM
    is_voice_on: bool = True
    rate: int = DEFAULT_RATE
    volume: int = DEFAULT_VOLUME

    @property
    def words_per_minute(self) -> int:
        """Return the speed of the voice."""
        return RATES[self.rate]

    @property
    def loudness(self) -> float:
        """Return the volume of the voice, 0 to 1."""
        return VOLUMES[self.volume]
