"""The active pack and the previous one.

`packs/current.sqlite` is shown. A pack that cannot be opened is set aside, never deleted; the previous one
takes its place, or a new one is built from the content that ships with the program. What a pack is, and how
one is built, is told from outside.
"""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from kiosk.device.errors import ContentRefusedError

logger = logging.getLogger(__name__)

Pack = TypeVar("Pack")


@dataclass(frozen=True, slots=True)
class Opened(Generic[Pack]):
    """The pack to show, and what staff should know about how it was chosen (message codes)."""

    pack: Pack
    notices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ContentStore(Generic[Pack]):
    """The packs of one folder. `open_pack` and `build_default` raise ContentRefusedError."""

    folder: Path
    open_pack: Callable[[Path], Pack]
    build_default: Callable[[Path], None]
    is_outdated: Callable[[Pack], bool]
    close_pack: Callable[[Pack], None] = lambda _pack: None

    @property
    def current(self) -> Path:
        """Return where the pack that is shown lies."""
        return self.folder / "current.sqlite"

    @property
    def previous(self) -> Path:
        """Return where the pack shown before lies."""
        return self.folder / "previous.sqlite"

    def open(self) -> Opened[Pack]:
        """Open the best pack there is.

        Raises:
            ContentRefusedError: none can be opened and none can be built.
        """
        notices: list[str] = []
        for path in (self.current, self.previous):
            if not path.exists():
                continue
            try:
                return Opened(self._renewed(self.open_pack(path)), tuple(notices))
            except ContentRefusedError as error:
                logger.warning("pack set aside: %s", error)
                self._set_aside(path)
                notices.append("pack_set_aside")
        if self.current.exists():
            raise ContentRefusedError(f"{self.current} is damaged and cannot be set aside")
        self.build_default(self.current)
        if notices:
            notices.append("pack_rebuilt")
        return Opened(self.open_pack(self.current), tuple(notices))

    def _renewed(self, pack: Pack) -> Pack:
        """Build the default pack anew when the program came with newer content; a published pack stays."""
        if not self.is_outdated(pack):
            return pack
        newer = self.folder / "next.sqlite"
        try:
            self.build_default(newer)
            # Between the two renames a cut leaves the previous pack, which is shown then.
            if self.current.exists():
                self.current.replace(self.previous)
            newer.replace(self.current)
            renewed = self.open_pack(self.current)
        except (ContentRefusedError, OSError) as error:
            logger.warning("the newer content of the program cannot be used: %s", error)
            return pack
        self.close_pack(pack)
        return renewed

    def _set_aside(self, path: Path) -> None:
        stamp = dt.datetime.now(dt.UTC).strftime("%Y%m%dT%H%M%S")
        number = 0
        while list(self.folder.glob(f"*.refused-{stamp}-{number:04d}")):
            number += 1
        try:
            path.rename(path.with_suffix(f".refused-{stamp}-{number:04d}"))
        except OSError as error:
            # The previous pack may still open; nothing is written over this one (see `open`).
            logger.warning("%s cannot be set aside: %s", path, error.strerror)

    def refused(self) -> list[Path]:
        """Return the packs that were set aside, oldest first."""
        return sorted(self.folder.glob("*.refused-*"), key=lambda path: path.suffix)
