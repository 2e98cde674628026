"""The real terminal when voice, sound, fonts, screen or pack are not well: the visit goes on and staff can read why."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from kiosk import bootstrap, paths
from kiosk.config import Config
from kiosk.packs.reader import PackReader
from kiosk.session.settings import Contrast, TextSize
from kiosk.texts import Texts
from kiosk.voice.engine import SpeechProcess
from tests.ui.terminal import Terminal

pytestmark = [pytest.mark.display, pytest.mark.usefixtures("window")]

READY = """import sys; print('{"ready": true, "languages": ["fr"], "version": "fake"}', flush=True); """
BROKEN = {
    "never answers": (sys.executable, "-c", READY + "sys.stdin.read()"),
    "is never ready": (sys.executable, "-c", "import sys; sys.stdin.read()"),
    "talks nonsense": (sys.executable, "-c", READY + "print('what?', flush=True); sys.stdin.read()"),
    "dies at once": ("/bin/false",),
    "is missing": ("/nowhere/at/all",),
}
UNAVAILABLE = Texts("fr").tr("voice.unavailable_short")
MOST_BLOCKED_SECONDS = 0.05


def broken_engine(how: str) -> SpeechProcess:
    return SpeechProcess(BROKEN[how], answer_seconds=0.2, ready_seconds=0.5, restart_pauses=(0.05,))


@pytest.fixture(params=BROKEN)
def silent(device: bootstrap.Device, request: pytest.FixtureRequest) -> Iterator[Terminal]:
    """A terminal whose speech engine is broken in one way."""
    terminal = Terminal(device, lambda: broken_engine(request.param))
    terminal.until(lambda: terminal.app.speaker is not None)
    yield terminal
    terminal.close()


def listen_label(terminal: Terminal) -> str:
    return terminal.driver.scene.view.nav[1].button.label


def check(terminal: Terminal, key: str) -> tuple[str, bool]:
    checks = terminal.app.controller.around.checks(Texts("fr"))
    found = next(one for one in checks if one.id == key)
    return found.value, found.is_well


def test_a_broken_voice_is_shown_on_the_button_and_told_to_staff_and_the_visit_goes_on(silent: Terminal) -> None:
    silent.tap("start")
    silent.until(lambda: listen_label(silent) == UNAVAILABLE)
    assert check(silent, "voice") == (Texts("fr").tr("check.failed"), False)
    silent.tap("theme.papiers", "procedure.carte-identite", "way.without_internet")
    assert silent.screen == "question"


def test_calls_to_a_broken_voice_never_hold_up_the_screen(silent: Terminal) -> None:
    speaker = silent.app.speaker
    assert speaker is not None
    said = silent.driver.stage.utterances()
    calls: list[Callable[[], None]] = [
        lambda: speaker.say(said, words_per_minute=125, volume=0.5),
        speaker.stop,
        lambda: speaker.say(said, words_per_minute=125, volume=0.5),
        lambda: speaker.prefetch(said, 125),
        speaker.forget,
    ]
    longest = 0.0
    for call in calls:
        begin = time.perf_counter()
        call()
        longest = max(longest, time.perf_counter() - begin)
        silent.driver.frame()
    assert longest < MOST_BLOCKED_SECONDS


def in_another_process(body: str, pack: Path, folder: Path, **environment: str) -> dict[str, object]:
    """Run a terminal of its own in another process; `found` is what it tells."""
    script = f"""
import json, sys
from pathlib import Path
from kiosk.ui import window
window.prepare((1080, 1920), is_windowed=True)
{body.partition("---")[0]}
from kiosk import bootstrap
from kiosk.texts import Texts
from tests.ui.terminal import Terminal
device = bootstrap.open_device(Path({str(folder)!r}), Path({str(pack)!r}))
terminal = Terminal(device)
terminal.until(lambda: terminal.app.speaker is not None)
def checks():
    return {{one.id: one.is_well for one in terminal.app.controller.around.checks(Texts("fr"))}}
found = {{}}
{body.partition("---")[2]}
sys.stdout.write(json.dumps(found) + "\\n")
sys.stdout.flush()
import os
os._exit(0)
"""
    done = subprocess.run(
        [sys.executable, "-c", script],
        env={**os.environ, "SDL_DISKAUDIOFILE": str(folder / "sound.raw"), **environment},
        cwd=paths.ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found: dict[str, object] = json.loads(done.stdout.splitlines()[-1])
    return found


def test_without_a_sound_device_the_visit_goes_on_and_staff_is_told_for_as_long_as_it_lasts(
    shipped_pack: Path, tmp_path: Path
) -> None:
    body = """---
from kiosk.ui import sound
terminal.app.player._now = lambda: terminal.seconds
terminal.tap("start")
shown = lambda: terminal.driver.scene.view.nav[1].button.label
terminal.until(lambda: shown() == Texts("fr").tr("voice.unavailable_short"))
terminal.seconds += sound.RETRY_SECONDS + 1
found["checks"] = checks()
terminal.tap("theme.papiers")
found["screen"] = terminal.screen
"""
    found = in_another_process(body, shipped_pack, tmp_path, SDL_AUDIODRIVER="bogus")
    assert found["screen"] == "procedures"
    assert {key: found["checks"][key] for key in ("voice", "sound")} == {"voice": False, "sound": False}  # type: ignore[index]


def test_without_fonts_the_terminal_draws_and_staff_is_told(shipped_pack: Path, tmp_path: Path) -> None:
    body = """
from kiosk.ui.theme import fonts
fonts.FOLDERS = ()
fonts.register.cache_clear()
---
terminal.tap("start", "theme.papiers", "procedure.carte-identite")
found["screen"] = terminal.screen
found["fonts"] = checks()["fonts"]
found["lines"] = sum(mark.cap > 0 and mark.frame.width > 0 for mark in terminal.driver.scene.marks())
"""
    found = in_another_process(body, shipped_pack, tmp_path)
    assert (found["screen"], found["fonts"]) == ("intro", False)
    assert int(str(found["lines"])) > 5


@pytest.mark.parametrize("size", list(TextSize))
@pytest.mark.parametrize("pixels", [(800, 480), (480, 800), (640, 480)])
def test_a_screen_smaller_than_any_profile_shows_every_page(
    device: bootstrap.Device, content: PackReader, pixels: tuple[int, int], size: TextSize
) -> None:
    from kiosk.ui.drawing.kit import Kit
    from kiosk.ui.drawing.scene import Scene
    from kiosk.ui.pictures import tour
    from kiosk.ui.theme.colours import PALETTES
    from kiosk.ui.theme.measures import Measures
    from kiosk.ui.theme.profiles import fitting

    profile = fitting(*pixels)
    assert profile.is_too_small
    controller = bootstrap.build_controller(device, Config(), lambda _texts: ())
    empty = []
    for view in tour(controller, content, "fr"):
        kit = Kit(PALETTES[Contrast.CALM], Measures(profile, size), view.is_right_to_left)
        scene = Scene(view, kit)
        for part in range(len(scene.parts)):
            scene.show_part(part)
            if not scene.pieces:
                empty.append(view.name)
    assert empty == []


@pytest.fixture
def terminal(device: bootstrap.Device) -> Iterator[Terminal]:
    """A terminal as it stands in a town hall: no window to close."""
    opened = Terminal(device)
    opened.app.is_windowed = False
    yield opened
    opened.close()


def test_the_window_cannot_be_closed(terminal: Terminal) -> None:
    from kivy.core.window import Window

    assert Window.dispatch("on_request_close", source="keyboard") is True


def test_staff_that_quits_closes_the_window(terminal: Terminal) -> None:
    from kivy.core.window import Window

    terminal.app.controller.is_quitting = True
    assert not Window.dispatch("on_request_close")


@pytest.mark.parametrize("key", [27, 282, 293, 292], ids=["Escape", "F1", "F12", "F11"])
def test_a_key_of_a_keyboard_opens_and_closes_nothing(terminal: Terminal, key: int) -> None:
    from kivy.core.window import Window

    stopped: list[object] = []
    terminal.app.bind(on_stop=stopped.append)
    Window.dispatch("on_keyboard", key, key, None, [])
    terminal.driver.frame()
    assert Window.children == [terminal.driver.stage]
    assert stopped == []


def test_a_corrupt_pack_is_rebuilt_and_told_on_the_staff_page(tmp_path: Path) -> None:
    packs = tmp_path / "data" / "packs"
    packs.mkdir(parents=True)
    (packs / "current.sqlite").write_bytes(b"rubbish")
    device = bootstrap.open_device(tmp_path / "data")
    device.staff.set_pin("2468")  # type: ignore[union-attr]
    terminal = Terminal(device)
    try:
        frame = terminal.driver.scene.context_frame
        for _ in range(5):
            terminal.seconds += 0.4
            terminal.driver.tap_at(frame.x + 10, frame.y + 10)
        terminal.tap("pin.2", "pin.4", "pin.6", "pin.8", "pin.enter")
        shown = " ".join(" ".join(terminal.texts()).split())
    finally:
        terminal.close()
        device.close()
    assert " ".join(Texts("fr").tr("notice.pack_set_aside").split()) in shown
    assert list(packs.glob("*.refused-*"))


def test_two_terminals_keep_their_clips_apart(tmp_path: Path) -> None:
    from kiosk.ui.launch import clip_folder

    assert clip_folder(tmp_path / "one") != clip_folder(tmp_path / "two")


def test_clips_left_by_a_crash_are_swept_at_the_next_start(device: bootstrap.Device) -> None:
    from kiosk.ui.launch import clip_folder

    folder = clip_folder(device.data)
    folder.mkdir(mode=0o700, parents=True)
    (folder / f"{'a' * 64}.wav").write_bytes(b"what somebody heard")
    terminal = Terminal(device)
    try:
        terminal.until(lambda: terminal.app.speaker is not None)
        assert list(folder.iterdir()) == []
    finally:
        terminal.close()


def test_the_signal_to_end_ends_the_terminal_and_wipes_its_clips(shipped_pack: Path, tmp_path: Path) -> None:
    memory = tmp_path / "memory"
    memory.mkdir()
    command = [sys.executable, "-m", "kiosk", "run", f"--data={tmp_path / 'data'}", f"--pack={shipped_pack}"]
    environment = {**os.environ, "XDG_RUNTIME_DIR": str(memory), "SDL_DISKAUDIOFILE": str(tmp_path / "sound.raw")}
    process = subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True)
    try:
        for _ in range(100):
            if psutil.Process(process.pid).children():
                break
            with pytest.raises(subprocess.TimeoutExpired):
                process.wait(0.1)
        process.send_signal(signal.SIGTERM)
        _, errors = process.communicate(timeout=20)
    finally:
        process.kill()
    assert (process.returncode, "Traceback" in errors) == (0, False)
    assert list(memory.rglob("*.wav")) == []
