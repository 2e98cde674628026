"""The loudspeaker: clips played by SDL's mixer through Kivy. It can be silenced at once."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from pathlib import Path

from kivy.core.audio import Sound, SoundLoader

from kiosk.ui import mixer

logger = logging.getLogger(__name__)

RETRY_SECONDS = 5.0
"""A loudspeaker that failed is tried again after this: a cable is plugged in again, a server comes back."""


class SdlPlayer:
    """Plays one clip at a time."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._sound: Sound | None = None
        self._failed_at = float("-inf")
        self.has_failed = False
        self._is_first = True

    @property
    def is_available(self) -> bool:
        """Tell whether clips can be played: hopeful, and again a while after a failure."""
        return self._now() - self._failed_at > RETRY_SECONDS

    def play(self, path: Path, volume: float, on_end: Callable[[], None]) -> None:
        """Start a clip, the one before cut; `on_end` comes once, when it is over or cannot be played."""
        self.stop()
        if self._is_first:
            # Not before: an open mixer wakes the processor forty times a second.
            self._is_first = False
            mixer.open_early()
        try:
            sound = SoundLoader.load(str(path))
        except Exception as error:  # noqa: BLE001 - a sound driver may raise anything, and the visit goes on without it
            logger.warning("no sound: %s", type(error).__name__)
            sound = None
        if sound is None:
            self._fail(on_end)
            return
        self._sound = sound
        sound.volume = volume

        def ended(stopped: Sound) -> None:
            # `stop` takes the clip away first: what ends after that was silenced, not played to its end.
            if self._sound is not None and self._sound is stopped:
                self._sound = None
                stopped.unload()
                on_end()

        sound.bind(on_stop=ended)
        sound.play()
        if sound.state == "play":
            self.has_failed = False
        else:
            self._sound = None
            self._fail(on_end)

    def _fail(self, on_end: Callable[[], None]) -> None:
        self._failed_at = self._now()
        self.has_failed = True
        on_end()

    def stop(self) -> None:
        """Silence."""
        sound, self._sound = self._sound, None
        if sound is not None:
            sound.stop()
            sound.unload()
