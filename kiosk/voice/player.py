"""The loudspeaker as the voice sees it. The real one is in `kiosk.ui`, over SDL."""

from collections.abc import Callable
from pathlib import Path
from typing import Protocol


class Player(Protocol):
    """Plays one clip at a time. Called on the UI thread only; none of its methods raises."""

    @property
    def is_available(self) -> bool:
        """Whether there is an audio output at all."""
        ...

    def play(self, path: Path, volume: float, on_end: Callable[[], None]) -> None:
        """Start a clip at a volume of 0 to 1 and return at once.

        `on_end` is called once, on any thread, when the clip is over, or at once when it cannot
        be played. Calls that come after `stop` are harmless.
        """
        ...

    def stop(self) -> None:
        """Silence, before this returns. Harmless when nothing is playing."""
        ...
