"""Kivy's settings, made before Kivy is first imported: nothing goes to a home folder, no argument is read."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

from kiosk import display

_SETTINGS = {
    "KIVY_NO_ARGS": "1",
    "KIVY_NO_CONFIG": "1",
    "KIVY_NO_ENV_CONFIG": "1",
    "KIVY_NO_FILELOG": "1",
    "KIVY_NO_CONSOLELOG": "1",
    "KIVY_LOG_MODE": "PYTHON",
    "KIVY_AUDIO": "sdl2",
    "KIVY_WINDOW": "sdl2",
    "KIVY_TEXT": "sdl2",
    "KIVY_IMAGE": "sdl2",
    "SDL_VIDEO_ALLOW_SCREENSAVER": "0",
    # SDL would turn the signals that end a program into a wish to close the window, which is refused.
    "SDL_NO_SIGNAL_HANDLERS": "1",
}


def prepare(size: tuple[int, int] | None, *, is_windowed: bool, home: Path | None = None) -> None:
    """Set Kivy up for a window of this size, or the whole screen without one.

    To be called once, before any `import kivy`.
    """
    if "kivy.core.window" in sys.modules:
        raise RuntimeError("Kivy's window was imported before it was set up")
    # A borderless window as large as the screen: SDL's own full screen waits for a window manager.
    size = size or display.size()
    width, height = size or (1080, 1920)
    for name, value in _SETTINGS.items():
        os.environ.setdefault(name, value)
    os.environ.setdefault("KIVY_HOME", str(home or Path(tempfile.gettempdir()) / "kiosk-kivy"))
    from kivy.config import Config

    settings: dict[str, dict[str, int | str]] = {
        "graphics": {
            "width": width,
            "height": height,
            "fullscreen": "0" if size else "auto",
            "borderless": "0" if is_windowed else "1",
            "resizable": "0",
            "position": "auto" if is_windowed else "custom",
            "left": 0,
            "top": 0,
            "show_cursor": "1" if is_windowed else "0",
            "multisamples": 0,
            "maxfps": 60,
            "window_state": "visible",
        },
        "kivy": {"exit_on_escape": "0", "log_enable": "0", "log_level": "warning", "keyboard_mode": ""},
        # A mouse stands for one finger; its right button would stand for a second one.
        "input": {"mouse": "mouse,disable_multitouch"},
    }
    for name in [option for option in Config.options("input") if option != "mouse"]:
        # SDL's window gives the touches; a second provider would give each of them twice.
        Config.remove_option("input", name)
    for section, options in settings.items():
        for key, option in options.items():
            Config.set(section, key, str(option))
