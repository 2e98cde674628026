"""Whole visits on the real terminal: fingers in, pictures and sound out, no network."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest

from kiosk import bootstrap
from kiosk.session.visit import Visit
from kiosk.voice.speaker import VoiceState
from tests.ui.terminal import Loudspeaker, Terminal

pytestmark = [pytest.mark.display, pytest.mark.usefixtures("window")]


@pytest.fixture
def terminal(device: bootstrap.Device) -> Iterator[Terminal]:
    opened = Terminal(device)
    yield opened
    opened.close()


@pytest.fixture
def loudspeaker(terminal: Terminal) -> Loudspeaker:
    terminal.until(lambda: terminal.app.speaker is not None)
    return Loudspeaker()


def to_sheet(terminal: Terminal, choices: dict[str, str]) -> None:
    """Answer the questions by name, others by their first answer, until the sheet."""
    for _ in range(40):
        if terminal.screen == "sheet":
            return
        if terminal.screen == "question":
            ids = [target.id for target in terminal.driver.scene.targets()]
            wanted = choices.get(terminal.name.removeprefix("question-"))
            first = next((key for key in ids if key.startswith("choice.")), None)
            terminal.tap(f"choice.{wanted}" if wanted else str(first))
        else:
            terminal.tap("next")
    raise AssertionError("the sheet was not reached")


@pytest.mark.parametrize(
    ("theme", "procedure", "way"),
    [
        ("papiers", "carte-identite", "without_internet"),
        ("sante", "carte-vitale", "with_internet"),
        ("logement", "logement-social", "with_someone"),
        ("famille", "acte-naissance", "without_internet"),
    ],
)
def test_a_resident_goes_from_welcome_to_the_sheet_by_touch_with_the_voice_on(
    terminal: Terminal, loudspeaker: Loudspeaker, theme: str, procedure: str, way: str
) -> None:
    loudspeaker.mark()
    terminal.tap("start", f"theme.{theme}", f"procedure.{procedure}")
    assert terminal.screen == "intro"
    terminal.tap(f"way.{way}")
    to_sheet(terminal, {})
    assert "Ma fiche" in terminal.texts()
    terminal.until(lambda: loudspeaker.loudest() > 1000)
    assert terminal.app.voice_state is VoiceState.SPEAKING
    terminal.tap("nav.leave", "finish")
    assert terminal.screen == "feedback"
    terminal.tap("face.good")
    assert terminal.screen == "welcome"
    assert terminal.app.controller.visit == Visit()


def test_the_sentence_being_spoken_is_highlighted(terminal: Terminal, loudspeaker: Loudspeaker) -> None:
    terminal.tap("start")
    terminal.until(lambda: terminal.driver.stage.said == "title#0")


def test_any_touch_silences_the_voice_within_150_milliseconds(terminal: Terminal, loudspeaker: Loudspeaker) -> None:
    from kiosk.ui.driving import Finger

    terminal.tap("start")
    terminal.until(lambda: loudspeaker.loudest() > 1000)
    Finger(5, 1000).down()
    start = loudspeaker.size
    terminal.until(lambda: loudspeaker.size > start + 44100 * 4)
    loudspeaker.start = start + int(44100 * 0.15) * 4
    assert loudspeaker.loudest() == 0


def test_listen_repeats_the_page(terminal: Terminal, loudspeaker: Loudspeaker) -> None:
    terminal.tap("start")
    terminal.seconds += 1
    terminal.driver.tap_at(5, 1000)
    assert not terminal.app.speaker.is_speaking  # type: ignore[union-attr]
    loudspeaker.mark()
    terminal.tap("nav.listen")
    terminal.until(lambda: loudspeaker.loudest() > 1000)


def test_a_touch_that_slides_off_a_button_does_nothing(terminal: Terminal) -> None:
    from kiosk.ui.driving import Finger

    frame = terminal.driver.target("start").frame
    finger = Finger(frame.x + 20, frame.y + 20)
    finger.down()
    finger.slide(frame.x + 20, frame.bottom + 300)
    finger.up()
    assert terminal.screen == "welcome"
    other = Finger(frame.x + 20, frame.bottom + 300)
    other.down()
    other.slide(frame.x + 20, frame.y + 20)
    other.up()
    assert terminal.screen == "welcome"


def test_a_second_finger_does_nothing(terminal: Terminal) -> None:
    from kiosk.ui.driving import Finger

    frame = terminal.driver.target("start").frame
    settings = terminal.driver.target("nav.settings").frame
    first = Finger(frame.x + 20, frame.y + 20)
    second = Finger(settings.x + 20, settings.y + 20)
    first.down()
    second.down()
    second.up()
    assert terminal.screen == "welcome"
    first.up()
    assert terminal.screen == "home"


def test_a_double_tap_acts_once_and_a_slow_second_tap_acts_again(terminal: Terminal) -> None:
    terminal.tap("start", "theme.papiers", "procedure.carte-identite", "way.without_internet")
    terminal.tap("nav.help")
    assert terminal.screen == "help"
    frame = terminal.driver.target("nav.back").frame
    terminal.seconds += 1
    terminal.driver.tap_at(frame.x + 9, frame.y + 9)
    first = terminal.name
    terminal.seconds += 0.1
    terminal.driver.tap_at(frame.x + 9, frame.y + 9)
    assert terminal.name == first
    terminal.seconds += 0.6
    terminal.driver.tap_at(frame.x + 9, frame.y + 9)
    assert terminal.name != first


def test_silence_brings_a_warning_and_then_erases_everything(terminal: Terminal, loudspeaker: Loudspeaker) -> None:
    terminal.tap("start", "theme.papiers", "procedure.carte-identite", "way.without_internet")
    terminal.app.speaker.stop()  # type: ignore[union-attr]
    terminal.app._tick(0)
    terminal.seconds += 181
    terminal.app._tick(0)
    assert terminal.screen == "idle"
    assert "45 secondes" in " ".join(terminal.texts()).replace("\u00a0", " ") or "44 secondes" in " ".join(
        terminal.texts()
    )
    terminal.seconds += 46
    terminal.app._tick(0)
    assert terminal.screen == "welcome"
    assert terminal.app.controller.visit == Visit()


def test_answering_the_warning_goes_on_at_the_same_page(terminal: Terminal) -> None:
    terminal.tap("start", "theme.papiers")
    terminal.until(lambda: terminal.app.speaker is not None)
    terminal.app.speaker.stop()  # type: ignore[union-attr]
    terminal.app._tick(0)
    terminal.seconds += 181
    terminal.app._tick(0)
    assert terminal.screen == "idle"
    terminal.tap("here")
    assert terminal.screen == "procedures"
    terminal.app._tick(0)
    assert terminal.screen == "procedures"


def test_the_clock_stands_still_while_the_voice_speaks(terminal: Terminal, loudspeaker: Loudspeaker) -> None:
    terminal.tap("start")
    terminal.until(lambda: loudspeaker.loudest() > 1000)
    terminal.app._tick(0)
    terminal.seconds += 500
    terminal.app._tick(0)
    assert terminal.screen == "home"


def test_after_a_visit_nothing_of_it_is_reachable_in_memory_or_on_disk(
    terminal: Terminal, device: bootstrap.Device
) -> None:
    canary = "zqxwvkj"
    terminal.tap("start", "search")
    for letter in canary:
        terminal.tap(f"key.{letter}")
    assert canary in terminal.texts()
    terminal.tap("nav.leave", "finish", "skip")
    assert terminal.screen == "welcome"
    gc.collect()
    holders = [
        type(holder)
        for holder in gc.get_objects()
        for held in gc.get_referents(holder)
        if type(held) is str and canary in held and held is not canary
    ]
    assert holders == []
    kept = [path for path in device.data.rglob("*") if path.is_file() and canary.encode() in path.read_bytes()]
    assert kept == []


def test_the_clips_of_a_visit_are_wiped_with_it(
    terminal: Terminal, loudspeaker: Loudspeaker, device: bootstrap.Device
) -> None:
    from kiosk.ui.launch import clip_folder

    terminal.tap("start")
    terminal.until(lambda: loudspeaker.loudest() > 1000)
    assert list(clip_folder(device.data).glob("*.wav"))
    terminal.tap("nav.leave", "finish", "skip")
    assert not list(clip_folder(device.data).glob("*.wav"))


def test_settings_change_the_page_and_are_back_at_the_end(terminal: Terminal) -> None:
    terminal.tap("nav.settings", "size.extra", "contrast.white-on-black", "voice", "rate.faster", "volume.louder")
    settings = terminal.app.controller.visit.settings
    assert (settings.size, settings.contrast, settings.is_voice_on) == ("extra", "white-on-black", False)
    assert terminal.driver.scene.kit.palette.paper == "#000000"
    terminal.tap("resume", "start", "nav.leave", "finish", "skip")
    assert terminal.app.controller.visit == Visit()
    assert terminal.driver.scene.kit.palette.paper == "#FBF7EF"


def test_arabic_mirrors_the_terminal_and_speaks_arabic(terminal: Terminal, loudspeaker: Loudspeaker) -> None:
    terminal.tap("language.ar")
    assert terminal.driver.scene.view.is_right_to_left
    assert terminal.driver.target("nav.back").frame.x > 700
    assert {one.language for one in terminal.driver.stage.utterances()} == {"ar"}
    terminal.until(lambda: loudspeaker.loudest() > 1000)


def test_five_taps_on_the_name_and_the_code_open_the_staff_corner(device: bootstrap.Device) -> None:
    device.staff.set_pin("2468")  # type: ignore[union-attr]
    terminal = Terminal(device)
    try:
        frame = terminal.driver.scene.context_frame
        for _ in range(5):
            terminal.seconds += 0.4
            terminal.driver.tap_at(frame.x + 10, frame.y + 10)
        assert terminal.screen == "staff-pin"
        terminal.tap("pin.1", "pin.1", "pin.1", "pin.1", "pin.enter")
        assert "Ce code est faux." in " ".join(terminal.texts())
        terminal.tap("pin.2", "pin.4", "pin.6", "pin.8", "pin.enter")
        assert terminal.screen == "staff"
        assert any(f"{device.content.manifest.procedures} démarches" in text for text in terminal.texts())
        terminal.tap("quit")
        assert terminal.app.controller.is_quitting
    finally:
        terminal.close()


def test_forty_random_touches_a_second_never_crash_nor_send_anything(terminal: Terminal) -> None:
    import random

    from kiosk.ui.driving import Finger

    chance = random.Random(20261123)
    for number in range(2000):
        terminal.seconds += 1 / 40
        finger = Finger(chance.uniform(0, 1080), chance.uniform(0, 1920))
        finger.down()
        if chance.random() < 0.3:
            finger.slide(chance.uniform(0, 1080), chance.uniform(0, 1920))
        finger.up()
        if number % 50 == 0:
            terminal.driver.frame()
    assert not terminal.app.controller.is_quitting
    assert terminal.driver.scene.pieces
