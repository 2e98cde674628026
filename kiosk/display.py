"""A screen to draw on: the one that is there, or a pretended one (Xvfb) for as long as it is needed."""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

PRETENDED_SCREEN = "1920x1920x24"
START_SECONDS = 20.0


class DisplayError(Exception):
    """There is no screen and none can be pretended."""


def is_there() -> bool:
    """Tell whether there is a screen to open a window on: named, and answering when it is an X11 server."""
    if os.environ.get("WAYLAND_DISPLAY"):
        return True
    return bool(os.environ.get("DISPLAY")) and (_x11() is None or size() is not None)


def _x11() -> ctypes.CDLL | None:
    try:
        return ctypes.CDLL("libX11.so.6")
    except OSError:
        return None


def size() -> tuple[int, int] | None:
    """Return the pixels of the X11 screen; None on Wayland or when it cannot be told."""
    x11 = _x11()
    if x11 is None or not os.environ.get("DISPLAY"):
        return None
    x11.XOpenDisplay.restype = ctypes.c_void_p
    connection = ctypes.c_void_p(x11.XOpenDisplay(None))
    if not connection:
        return None
    screen = x11.XDefaultScreen(connection)
    found = int(x11.XDisplayWidth(connection, screen)), int(x11.XDisplayHeight(connection, screen))
    x11.XCloseDisplay(connection)
    return found


@contextmanager
def available() -> Iterator[None]:
    """Give a screen for the time of a block.

    Raises:
        DisplayError: there is none, and Xvfb is missing or does not start.
    """
    if is_there():
        yield
        return
    server = shutil.which("Xvfb")
    if server is None:
        raise DisplayError("there is no screen here and Xvfb is missing; `make setup` installs it")
    readable, writable = os.pipe()
    process = subprocess.Popen(  # noqa: S603 - a program of the system
        [server, "-displayfd", str(writable), "-screen", "0", PRETENDED_SCREEN, "-nolisten", "tcp"],
        pass_fds=(writable,),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(writable)
    try:
        with os.fdopen(readable) as pipe:
            number = pipe.readline().strip()
        if not number:
            raise DisplayError("Xvfb did not start")
        os.environ["DISPLAY"] = f":{number}"
        yield
    finally:
        os.environ.pop("DISPLAY", None)
        process.terminate()
        process.wait(START_SECONDS)
