"""Is this terminal well? The findings that the staff page and `kiosk doctor` share."""

from __future__ import annotations

import datetime as dt
import json
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from kiosk import __version__, display
from kiosk.packs.reader import PackReader
from kiosk.session.pages_support import Check
from kiosk.texts import LANGUAGES, Texts
from kiosk.voice.engine import SpeechProcess
from kiosk.voice.errors import VoiceError

LOW_DISK_GB = 0.5
GIGABYTE = 1_000_000_000
VOICE_SECONDS = 2.0
PROBE_SECONDS = 30.0


class ScreenLike(Protocol):
    """What is told of a screen profile."""

    @property
    def name(self) -> str:
        """Name of the profile."""

    @property
    def width(self) -> int:
        """Width in pixels."""

    @property
    def height(self) -> int:
        """Height in pixels."""

    @property
    def is_too_small(self) -> bool:
        """Whether the screens cannot keep their sizes on it."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: `label` and `key` are text keys, `fields` fill the text."""

    id: str
    label: str
    key: str
    is_well: bool
    fields: tuple[tuple[str, str], ...] = ()
    literal: str = ""


def _exists(folder: Path) -> Path:
    """Return the folder, or its nearest parent that exists."""
    return next(parent for parent in (folder, *folder.absolute().parents) if parent.exists())


def of_device(data: Path, content: PackReader | None, notices: tuple[str, ...]) -> list[Finding]:
    """Look at program, content, disk and clock."""
    found = [Finding("version", "check.version", "", True, literal=__version__)]
    if content:
        manifest = content.manifest
        fields = (("version", manifest.content_version), ("count", str(manifest.procedures)))
        found.append(Finding("content", "check.content", "check.content_value", True, fields))
        if manifest.official:
            # The licence of the official sheets asks for the names and dates of their archives.
            found.append(Finding("official", "check.official", "", True, literal=", ".join(manifest.official)))
    else:
        found.append(Finding("content", "check.content", "check.content_none", False))
    free = shutil.disk_usage(_exists(data)).free / GIGABYTE
    found.append(Finding("disk", "check.disk", "check.disk_free", free > LOW_DISK_GB, (("free", f"{free:.1f}"),)))
    is_behind = bool(content) and dt.datetime.now(dt.UTC) < content.manifest.built_at  # type: ignore[union-attr]
    found.append(Finding("clock", "check.clock", "check.clock_behind" if is_behind else "check.ok", not is_behind))
    found += [Finding(f"notice.{number}", "notice.label", notice, False) for number, notice in enumerate(notices)]
    return found


def of_terminal(has_voice: bool, has_sound: bool, screen: ScreenLike, missing_fonts: tuple[str, ...]) -> list[Finding]:
    """Look at voice, sound, screen and fonts of the running terminal."""
    size = (("profile", screen.name), ("width", str(screen.width)), ("height", str(screen.height)))
    found = [
        Finding("voice", "check.voice", "check.ok" if has_voice else "check.failed", has_voice),
        Finding("sound", "check.sound", "check.ok" if has_sound else "check.failed", has_sound),
        Finding("screen", "check.screen", "check.screen_value", True, size),
    ]
    if screen.is_too_small:
        found.append(Finding("small", "notice.label", "notice.screen_small", False))
    return [*found, of_fonts(missing_fonts)]


def of_voice(seconds: float = VOICE_SECONDS) -> list[Finding]:
    """Let the speech engine say a sentence to a file, as the terminal does."""
    engine = SpeechProcess()
    engine.start()
    try:
        with tempfile.TemporaryDirectory(prefix="kiosk-doctor-") as folder:
            spoken = engine.render("Bonjour.", "fr", 125, Path(folder) / "test.wav")
        missing = [language for language in LANGUAGES if language not in engine.languages]
    except VoiceError:
        return [Finding("voice", "check.voice", "check.failed", False)]
    finally:
        engine.close(wait_seconds=seconds)
    if missing:
        fields = (("languages", ", ".join(missing)),)
        return [Finding("voice", "check.voice", "check.voice_missing", False, fields)]
    return [Finding("voice", "check.voice", "check.ok" if spoken > 0 else "check.failed", spoken > 0)]


def of_screen() -> list[Finding]:
    """Open a window in a process of its own and ask what it found: screen, fonts, loudspeaker."""
    probe = [sys.executable, "-m", "kiosk.ui.probe"]
    if not display.is_there():
        return [Finding("screen", "check.screen", "check.screen_none", False)]
    try:
        answer = subprocess.run(probe, capture_output=True, check=True, timeout=PROBE_SECONDS)  # noqa: S603 - our own
        found = json.loads(answer.stdout.splitlines()[-1])
    except (subprocess.SubprocessError, ValueError, IndexError):
        return [Finding("screen", "check.screen", "check.failed", False)]
    size = tuple((name, str(found[name])) for name in ("profile", "width", "height"))
    sound = bool(found["sound"])
    screen = Finding("screen", "check.screen", "check.screen_value", True, size)
    if found["too_small"]:
        screen = Finding("screen", "check.screen", "notice.screen_small", False)
    return [
        screen,
        of_fonts(tuple(found["missing_fonts"])),
        Finding("sound", "check.sound", "check.ok" if sound else "check.failed", sound),
    ]


def of_fonts(missing: tuple[str, ...]) -> Finding:
    """Say which fonts were replaced by others."""
    if missing:
        return Finding("fonts", "check.fonts", "check.fonts_missing", False, (("font", ", ".join(missing)),))
    return Finding("fonts", "check.fonts", "check.ok", True)


def in_words(finding: Finding, texts: Texts) -> Check:
    """Say a finding in the language of the screen."""
    value = finding.literal or texts.tr(finding.key, **dict(finding.fields))
    return Check(finding.id, texts.tr(finding.label), value, finding.is_well)
