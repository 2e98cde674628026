"""A shorter sound buffer than Kivy's: the voice starts and stops sooner than an ear can tell.

Kivy opens SDL's mixer with 4,096 frames, 93 ms at 44.1 kHz, and offers no setting. SDL_mixer keeps a mixer that
is open in the same format, so ours is opened first, in the very libraries that Kivy's wheel brings.
"""

from __future__ import annotations

import ctypes
import logging
import sys
from pathlib import Path

import kivy

logger = logging.getLogger(__name__)

RATE = 44100
CHANNELS = 2
FRAMES = 512
"""12 ms. SDL mixes in a thread of its own, so a busy screen does not starve it."""

_SIGNED_16_BIT = 0x8010 if sys.byteorder == "little" else 0x9010
_INIT_AUDIO = 0x10


def _library(name: str) -> ctypes.CDLL | None:
    folder = Path(kivy.__file__).parent.parent / "Kivy.libs"
    found = sorted(folder.glob(f"{name}-*.so*"))
    return ctypes.CDLL(str(found[0])) if found else None


def open_early() -> bool:
    """Open the mixer with the short buffer; tell whether that worked. Without it Kivy opens its own, later."""
    try:
        sdl, mixer = _library("libSDL2-2"), _library("libSDL2_mixer-2")
    except OSError as error:
        logger.warning("the short sound buffer is not to be had: %s", error)
        return False
    if sdl is None or mixer is None:
        return False
    if sdl.SDL_InitSubSystem(_INIT_AUDIO) != 0:
        return False
    return int(mixer.Mix_OpenAudio(RATE, _SIGNED_16_BIT, CHANNELS, FRAMES)) == 0
