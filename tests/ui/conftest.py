"""A real window under Xvfb, made once for all tests of the user interface in one process."""

from __future__ import annotations

import datetime as dt
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk import bootstrap, building, display, paths
from kiosk.packs.reader import PackReader
from kiosk.sources.authored.library import read_library
from tests.support.mini_library import write_mini_library

TODAY = dt.datetime(2026, 11, 23, 10, 0, tzinfo=dt.UTC)


@pytest.fixture(scope="session")
def shipped_pack(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pack of the content that ships, with a small official library, built once."""
    path = tmp_path_factory.mktemp("pack") / "shipped.sqlite"
    library = read_library(paths.assets(), TODAY.date())
    official = write_mini_library(tmp_path_factory.mktemp("official"))
    building.build_pack(path, library, building.synonyms_of(paths.assets()), TODAY, [official])
    return path


@pytest.fixture(scope="session")
def window() -> Iterator[None]:
    """Kivy's window, 1080 × 1920, with software rendering and sound written to a file."""
    os.environ["SDL_AUDIODRIVER"] = "disk"
    os.environ["SDL_DISKAUDIOFILE"] = str(Path(tempfile.mkdtemp(prefix="kiosk-sound-")) / "loudspeaker.raw")
    os.environ.pop("DISPLAY", None)
    os.environ.pop("WAYLAND_DISPLAY", None)
    with display.available():
        from kiosk.ui import window as kivy_window

        kivy_window.prepare((1080, 1920), is_windowed=True)
        from kivy.core.window import Window

        from kiosk.ui.launch import missing_fonts

        assert (int(Window.width), int(Window.height)) == (1080, 1920)
        assert missing_fonts() == ()
        yield


@pytest.fixture
def content(shipped_pack: Path) -> Iterator[PackReader]:
    """The shipped content, open."""
    reader = PackReader(shipped_pack)
    yield reader
    reader.close()


@pytest.fixture
def device(shipped_pack: Path, tmp_path: Path) -> Iterator[bootstrap.Device]:
    """A device with a data folder of its own, showing the shipped content."""
    opened = bootstrap.open_device(tmp_path / "data", shipped_pack)
    yield opened
    opened.close()
