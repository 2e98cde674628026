"""The loudspeaker: clips played by SDL's mixer through Kivy. It can be silenced at once."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path

from kivy.core.audio import Sound, SoundLoader

logger = logging.getLogger(__name__)


class SdlPlayer:
    """Plays one clip at a time."""

    def __init__(self) -> None:
        self._sound: Sound | None = None
        self._has_failed = False

    @property
    def is_available(self) -> bool:
        """Tell whether the last clip could be played; hopeful until one was tried."""
        return not self._has_failed

    def play(self, path: Path, volume: float, on_end: Callable[[], None]) -> None:
        """Start a clip, the one before cut; `on_end` comes once, when it is over or cannot be played."""
        self.stop()
        try:
            sound = SoundLoader.load(str(path))
        except Exception as error:  # noqa: BLE001 - a sound driver may raise anything, and the visit goes on without it
            logger.warning("no sound: %s", type(error).__name__)
            sound = None
        if sound is None:
            self._has_failed = True
            on_end()
            return
        self._has_failed = False
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
        if sound.state != "play":
            self._has_failed = True
            self._sound = None
            on_end()

    def stop(self) -> None:
        """Silence."""
        sound, self._sound = self._sound, None
        if sound is not None:
            sound.stop()
            sound.unload()
