"""Where files lie: what ships with the product, and where this machine keeps its state."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import platformdirs

PACKAGE = Path(__file__).resolve().parent
ROOT = PACKAGE.parent


def assets() -> Path:
    """Return the folder of authored content; `KIOSK_ASSETS` names another."""
    return Path(os.environ.get("KIOSK_ASSETS") or ROOT / "assets")


def locales() -> Path:
    """Return the folder of the terminal's own texts."""
    return Path(os.environ.get("KIOSK_LOCALES") or ROOT / "locales")


def default_data() -> Path:
    """Return the data folder used when none is given; `KIOSK_DATA` names another."""
    given = os.environ.get("KIOSK_DATA")
    return Path(given) if given else platformdirs.user_data_path("kiosk", appauthor=False)


def memory_folder() -> Path:
    """Return a folder kept in memory where there is one: what lies there is gone with the power."""
    for candidate in (os.environ.get("XDG_RUNTIME_DIR"), "/dev/shm"):  # noqa: S108 - checked, then a private folder inside
        if candidate and os.access(candidate, os.W_OK | os.X_OK):
            return Path(candidate)
    return Path(tempfile.gettempdir())
