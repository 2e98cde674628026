"""The clips of a visit: WAV files named by what they say, bounded in bytes, gone with the visit.

A clip tells what a resident listened to: it is a trace of the visit. So the caller gives a folder
in memory (`/dev/shm`, `XDG_RUNTIME_DIR`), it is private, emptied when a visit ends, and emptied
again at start in case the last run could not. What to render and when is left to `speaker`.
"""

import hashlib
import logging
import os
import re
import stat
import threading
from pathlib import Path

from kiosk.voice.errors import VoiceFailure, VoiceUnavailableError

logger = logging.getLogger(__name__)

# Only names that this class gives are ever deleted: a wrong folder in the settings costs nothing.
_OURS = re.compile(r"[0-9a-f]{64}(\.wav|\.\d+\.part)")


def clip_key(version: str, language: str, words_per_minute: int, text: str) -> str:
    """Name a clip by all that its sound depends on."""
    parts = (version, language, str(words_per_minute), text)
    data = "\0".join(parts).encode("utf-8", "surrogatepass")
    return hashlib.sha256(data).hexdigest()


class ClipCache:
    """Clips by key, the least recently used dropped first. Safe to share between threads."""

    def __init__(self, folder: Path, max_bytes: int) -> None:
        self._folder = folder
        self._max_bytes = max_bytes
        self._lock = threading.Lock()
        self._sizes: dict[str, int] = {}  # in order of use, the oldest first
        self._in_progress: set[Path] = set()
        self._serial = 0
        self._visit = 0
        try:
            self._prepare()
            self._empty()
        except OSError as error:
            # A kiosk without clips still works in silence: the error waits until one is needed.
            logger.warning("voice clips folder is unusable: %s", type(error).__name__)

    @property
    def visit(self) -> int:
        """Which visit it is, counted by `clear`."""
        return self._visit

    def get(self, key: str) -> Path | None:
        """Return the clip, now the most recently used, or None."""
        with self._lock:
            size = self._sizes.pop(key, None)
            if size is None:
                return None
            path = self._path(key)
            if not path.exists():  # the folder was emptied by somebody else
                return None
            self._sizes[key] = size
            return path

    def path_for(self, key: str, visit: int | None = None) -> Path:
        """Return a name to render this clip into, to be handed to `put` or `discard`.

        Raises:
            VoiceUnavailableError: the folder cannot be written, or that visit is over.
        """
        with self._lock:
            if visit is not None and visit != self._visit:
                raise VoiceUnavailableError(VoiceFailure.DROPPED)
            try:
                self._prepare()
            except OSError as error:
                raise VoiceUnavailableError(VoiceFailure.FOLDER) from error
            self._serial += 1
            temporary = self._folder / f"{key}.{self._serial}.part"
            self._in_progress.add(temporary)
            return temporary

    def put(self, key: str, temporary: Path) -> Path:
        """Take the file rendered under `temporary` in as the clip of `key`, and return its path.

        Raises:
            VoiceUnavailableError: it does not fit, or `clear` was called since `path_for`.
        """
        with self._lock:
            if temporary not in self._in_progress:
                # A late worker must not bring a clip of the visit before into this one.
                temporary.unlink(missing_ok=True)
                raise VoiceUnavailableError(VoiceFailure.DROPPED)
            self._in_progress.discard(temporary)
            try:
                size = temporary.stat().st_size
                if size > self._max_bytes:
                    temporary.unlink()
                    raise VoiceUnavailableError(VoiceFailure.FOLDER)
                temporary.rename(self._path(key))
                self._sizes.pop(key, None)
                self._sizes[key] = size
                self._evict()
            except OSError as error:
                raise VoiceUnavailableError(VoiceFailure.FOLDER) from error
            return self._path(key)

    def discard(self, temporary: Path) -> None:
        """Drop what a failed rendering may have left under `temporary`."""
        with self._lock:
            self._in_progress.discard(temporary)
            try:
                temporary.unlink(missing_ok=True)
            except OSError as error:
                logger.warning("voice clip was not dropped: %s", type(error).__name__)

    def clear(self) -> None:
        """Delete every clip, and refuse those still being rendered.

        Raises:
            VoiceUnavailableError: a clip could not be deleted and is still there.
        """
        with self._lock:
            self._visit += 1
            self._sizes.clear()
            self._in_progress.clear()
            try:
                self._empty()
            except OSError as error:
                raise VoiceUnavailableError(VoiceFailure.FOLDER) from error

    def _path(self, key: str) -> Path:
        return self._folder / f"{key}.wav"

    def _prepare(self) -> None:
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        found = self._folder.lstat()
        # /dev/shm is open to every account: a link or a folder laid there by another is refused.
        if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.getuid():
            raise PermissionError
        if stat.S_IMODE(found.st_mode) != 0o700:
            self._folder.chmod(0o700)

    def _empty(self) -> None:
        if not self._folder.is_dir():
            return
        for path in list(self._folder.iterdir()):
            if _OURS.fullmatch(path.name):
                path.unlink(missing_ok=True)

    def _evict(self) -> None:
        while sum(self._sizes.values()) > self._max_bytes:
            oldest = next(iter(self._sizes))
            self._path(oldest).unlink(missing_ok=True)
            del self._sizes[oldest]
