"""Fifty official sheets, spread over the library, are drawn with nothing cut."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk import bootstrap
from kiosk.config import Config
from kiosk.packs.reader import PackReader
from kiosk.session.settings import Contrast, TextSize
from tests.support.whole_library import whole_library
from tests.ui.audit import faults

pytestmark = [pytest.mark.display, pytest.mark.slow, pytest.mark.timeout(1200), pytest.mark.usefixtures("window")]

DRAWN = 50


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pack of the whole library."""
    return whole_library(tmp_path_factory.getbasetemp())


@pytest.fixture
def device(library: Path, tmp_path: Path) -> Iterator[bootstrap.Device]:
    """A terminal with the whole library."""
    opened = bootstrap.open_device(tmp_path / "data", library)
    yield opened
    opened.close()


@pytest.mark.parametrize(("profile", "size"), [("portrait-21", "normal"), ("landscape-15", "large")])
def test_fifty_sheets_are_drawn_with_nothing_cut(profile: str, size: str, device: bootstrap.Device) -> None:
    from kivy.core.window import Window

    from kiosk.ui.pictures import Look, describe, tour_of
    from kiosk.ui.stage import Stage
    from kiosk.ui.theme.profiles import PROFILES

    content = device.content
    assert isinstance(content, PackReader)
    keys = content.sheet_ids()
    chosen = keys[:: len(keys) // DRAWN][:DRAWN]
    controller = bootstrap.build_controller(device, Config(), lambda _texts: ())
    look = Look(PROFILES[profile], TextSize(size), Contrast.CALM, "fr")
    stage = Stage(look.profile, lambda _action, _target: None, *([lambda: None] * 3))
    Window.add_widget(stage)
    found: list[str] = []
    drawn = 0
    for view in tour_of(controller, content, "fr", chosen):
        stage.show(view, controller.visit.settings.__class__(size=look.size))
        assert stage.scene is not None
        for part in range(len(stage.scene.parts)):
            stage.show_part(part)
            Window.dispatch("on_draw")
            drawn += 1
            # Three dots are a fault of ours, but official sentences have them of their own.
            told = (fault for fault in faults(describe(stage.scene, look)) if not fault.endswith("is shortened"))
            found += [f"part {part + 1}: {fault}" for fault in told]
    Window.remove_widget(stage)
    assert drawn > 5 * DRAWN
    assert "\n".join(found) == ""
