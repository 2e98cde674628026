"""Building the running terminal: window, stage, voice. Imported only after `window.prepare`."""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from kivy.core.window import Window

from kiosk import paths
from kiosk.session.controller import Controller
from kiosk.session.idle import IdleClock
from kiosk.ui.app import KioskApp
from kiosk.ui.sound import SdlPlayer
from kiosk.ui.theme import fonts
from kiosk.ui.theme.profiles import PROFILES, Profile, fitting
from kiosk.voice.clips import ClipCache
from kiosk.voice.engine import SpeechProcess
from kiosk.voice.speaker import Speaker


@dataclass(frozen=True, slots=True)
class VoiceParts:
    """How the voice is made; tests give a broken engine."""

    data: Path
    make_engine: Callable[[], SpeechProcess] = SpeechProcess
    clip_bytes: int = 64_000_000


def clip_folder(data: Path) -> Path:
    """Return the folder of a terminal's clips, in memory where the system has such a folder.

    Always the same one for a data folder: what a crash left behind is swept at the next start.
    """
    name = hashlib.sha256(str(data.absolute()).encode()).hexdigest()[:12]
    return paths.memory_folder() / f"kiosk-voice-{os.getuid()}-{name}"


def screen_profile(name: str) -> Profile:
    """Return the profile named, or the one that fits the window."""
    return PROFILES[name] if name else fitting(int(Window.width), int(Window.height))


def missing_fonts() -> tuple[str, ...]:
    """Return the names of the fonts that were replaced by others."""
    return fonts.register()


def build_app(
    controller: Controller,
    profile: Profile,
    idle: IdleClock,
    voice: VoiceParts,
    now: Callable[[], float] = time.monotonic,
) -> KioskApp:
    """Join visit, stage and voice."""
    fonts.register()

    def make_speaker(post: Callable[[Callable[[], None]], None]) -> Speaker:
        engine = voice.make_engine()
        app.player = SdlPlayer()
        speaker = Speaker(
            engine,
            ClipCache(clip_folder(voice.data), voice.clip_bytes),
            app.player,
            post,
            on_sentence=app.on_sentence,
            on_state=app.on_voice_state,
        )
        engine.start()
        return speaker

    app = KioskApp(controller, profile, make_speaker, idle, now)
    controller.around.voice_available = lambda: app.has_voice
    return app
