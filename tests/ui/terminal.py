"""The real terminal for tests: built as `kiosk run` builds it, its clock in the hands of the test."""

from __future__ import annotations

import os
import struct
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk import bootstrap
from kiosk.config import Config
from kiosk.voice.engine import SpeechProcess

if TYPE_CHECKING:
    from kiosk.ui.app import KioskApp
    from kiosk.ui.driving import Driver

TRELAZE = Config(insee="49353")


class Terminal:
    """A running terminal with a clock of its own: a tap lasts a second."""

    def __init__(
        self,
        device: bootstrap.Device,
        make_engine: Callable[[], SpeechProcess] = SpeechProcess,
        config: Config = TRELAZE,
    ) -> None:
        from kiosk.ui.driving import Driver

        self.seconds = 1000.0
        self.app: KioskApp = bootstrap.build_app(
            device, config, "portrait-21", is_windowed=True, now=lambda: self.seconds, make_engine=make_engine
        )
        self.driver: Driver = Driver(self.app)
        self.driver.start()

    @property
    def name(self) -> str:
        """Name of the view shown."""
        return self.driver.scene.view.name

    @property
    def screen(self) -> str:
        """Screen shown."""
        return str(self.driver.scene.view.screen)

    def tap(self, *keys: str) -> None:
        """Tap targets, a second apart; a page longer than the screen is turned until the target is there."""
        for key in keys:
            self.seconds += 1
            for _ in range(20):
                ids = [target.id for target in self.driver.scene.targets()]
                if key in ids or "more" not in ids:
                    break
                self.driver.tap("more")
                self.seconds += 1
            self.driver.tap(key)

    def until(self, is_reached: Callable[[], bool], seconds: float = 10.0) -> None:
        """Wait for a state of the real terminal."""
        assert self.driver.until(is_reached, seconds), f"not reached on {self.name}"

    def texts(self) -> list[str]:
        """Everything written on the screen."""
        return [mark.text for mark in self.driver.scene.marks()]

    def close(self) -> None:
        """End it."""
        self.driver.stop()


class Loudspeaker:
    """What SDL's disk driver writes: the sound that would leave the loudspeaker."""

    def __init__(self) -> None:
        self.path = Path(os.environ["SDL_DISKAUDIOFILE"])
        self.start = self.size

    @property
    def size(self) -> int:
        """Bytes written so far."""
        return self.path.stat().st_size if self.path.exists() else 0

    def mark(self) -> None:
        """Listen from now on."""
        self.start = self.size

    def loudest(self) -> int:
        """The loudest sample since the mark, 0 to 32767."""
        if not self.path.exists():
            return 0
        with self.path.open("rb") as stream:
            stream.seek(self.start)
            data = stream.read()
        count = len(data) // 2
        return max((abs(value) for value in struct.unpack(f"<{count}h", data[: count * 2])), default=0)
