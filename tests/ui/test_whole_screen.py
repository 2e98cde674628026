"""`kiosk run` as a technician starts it: no profile, the whole screen of a real window server."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from PIL import Image, ImageGrab

from kiosk import display

pytestmark = pytest.mark.display

PAPER = (0xFB, 0xF7, 0xEF)
SECONDS = 30


def _screen_when_drawn(process: subprocess.Popen[bytes]) -> Image.Image:
    """Look at the screen until the terminal's paper covers its corner."""
    pause = threading.Event()
    for _ in range(SECONDS * 5):
        picture = ImageGrab.grab(xdisplay=os.environ["DISPLAY"]).convert("RGB")
        if picture.getpixel((2, 2)) == PAPER:
            return picture
        assert process.poll() is None, "the terminal ended"
        pause.wait(0.2)
    raise AssertionError("nothing was drawn")


def test_the_terminal_fills_the_screen_and_ends_when_it_is_told_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.setenv("SDL_AUDIODRIVER", "dummy")
    with display.available():
        width, height = display.size() or (0, 0)
        command = [sys.executable, "-m", "kiosk", "run", "--data", str(tmp_path / "data")]
        process = subprocess.Popen(command, stderr=subprocess.PIPE)
        try:
            picture = _screen_when_drawn(process)
            assert (width, height) == picture.size
            assert picture.getpixel((width - 3, height - 3)) == (255, 255, 255)
            process.send_signal(signal.SIGTERM)
            process.wait(20)
        finally:
            process.kill()
            _, errors = process.communicate()
    assert errors == b""
