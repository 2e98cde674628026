"""`kiosk pictures` from end to end: what its JSON says is what its PNG holds; and telephones read the codes drawn."""

from __future__ import annotations

import fcntl
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import zxingcpp
from PIL import Image

from kiosk import paths
from kiosk.packs.reader import PackReader
from kiosk.session.settings import Contrast, TextSize
from kiosk.session.views import QrBox, Screen
from tests.support.visits import a_controller, open_procedure, to_sheet

PROFILE = "tablet-10"
SIZE = (1280, 800)
PROMISED = {
    "id": str, "role": str, "box_mm": list, "text": str, "cap_height_mm": float | None, "foreground": str,
    "background": str, "spoken": str, "focus": int | None,
}  # fmt: skip
NEAR = 40
SAMPLE = (200, 60)
PROCEDURES = sorted(path.stem for path in (paths.ROOT / "assets" / "procedures").glob("*.yaml"))


@pytest.fixture(scope="session")
def folder(shipped_pack: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pictures of one profile, drawn by the command without a screen, in the calm look and in white on black.

    Drawn once for all processes of a run: the second one waits for the first.
    """
    base = tmp_path_factory.getbasetemp()
    out = (base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base) / "all-pictures"
    with out.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (out / "done").exists():
            draw_pictures(out, shipped_pack)
            (out / "done").touch()
    return out


def draw_pictures(out: Path, pack: Path) -> None:
    environment = {name: value for name, value in os.environ.items() if name not in {"DISPLAY", "WAYLAND_DISPLAY"}}
    command = [
        sys.executable, "-m", "kiosk", "pictures", f"--out={out}", f"--profile={PROFILE}", "--theme=calm",
        "--theme=white-on-black", f"--pack={pack}",
    ]  # fmt: skip
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=100, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def picture_of(path: Path) -> Image.Image:
    with Image.open(path) as opened:
        return opened.convert("RGB")


@pytest.fixture(scope="session")
def documents(folder: Path) -> dict[str, dict[str, Any]]:
    """What the JSON of each picture says."""
    return {path.stem: json.loads(path.read_text()) for path in folder.glob("*.json")}


def near(pixel: tuple[int, ...], colour: str) -> bool:
    return all(abs(pixel[at] - int(colour[1 + 2 * at : 3 + 2 * at], 16)) < NEAR for at in range(3))


@pytest.mark.display
def test_beside_each_picture_stands_its_description(folder: Path) -> None:
    pictures = {path.stem for path in folder.glob("*.png")}
    assert pictures == {path.stem for path in folder.glob("*.json")}
    assert len(pictures) > 40


@pytest.mark.display
def test_pictures_have_the_pixels_of_their_profile(folder: Path) -> None:
    assert {picture_of(path).size for path in folder.glob("*.png")} == {SIZE}


@pytest.mark.display
def test_every_screen_but_the_unavailable_one_is_drawn(documents: dict[str, dict[str, Any]]) -> None:
    assert {document["screen"] for document in documents.values()} == set(Screen) - {Screen.UNAVAILABLE}


@pytest.mark.display
def test_each_description_says_what_it_is_of(documents: dict[str, dict[str, Any]]) -> None:
    names = ("profile", "size", "language", "px_per_mm")
    heads = {tuple(document[name] for name in names) for document in documents.values()}
    assert heads == {(PROFILE, "normal", "fr", 5.88)}
    assert {document["theme"] for document in documents.values()} == {"calm", "white-on-black"}


@pytest.mark.display
def test_each_element_has_the_promised_fields(documents: dict[str, dict[str, Any]]) -> None:
    wrong = [
        (name, element["id"], field)
        for name, document in documents.items()
        for element in document["elements"]
        for field, kind in PROMISED.items()
        if field not in element or not isinstance(element[field], kind)
    ]
    assert wrong == []
    roles = {element["role"] for document in documents.values() for element in document["elements"]}
    assert roles == {"button", "text", "icon", "field"}


@pytest.mark.display
def test_focus_goes_through_what_can_be_focused_in_order(documents: dict[str, dict[str, Any]]) -> None:
    orders = [[e["focus"] for e in document["elements"] if e["focus"]] for document in documents.values()]
    assert [order for order in orders if order != list(range(1, len(order) + 1))] == []


@pytest.mark.display
@pytest.mark.parametrize("theme", ["calm", "white-on-black"])
def test_the_colours_that_are_told_are_those_that_are_drawn(
    folder: Path, documents: dict[str, dict[str, Any]], theme: str
) -> None:
    wrong = []
    for name, document in documents.items():
        if document["theme"] != theme or document["screen"] not in {"home", "sheet", "question", "step"}:
            continue
        picture = picture_of(folder / f"{name}.png")
        density = document["px_per_mm"]
        # The first sentence is being said: its ground is the highlight's.
        said = next((element["id"] for element in document["elements"] if element["role"] == "text"), "")
        for element in document["elements"]:
            if element["role"] != "text" or element["id"] in {said, "title", "progress"}:
                continue
            x, y, width, height = (value * density for value in element["box_mm"])
            sample = picture.crop((int(x), int(y), int(x + width), int(y + height))).resize(
                SAMPLE, Image.Resampling.NEAREST
            )
            pixels = sample.getcolors(SAMPLE[0] * SAMPLE[1]) or []
            total = sum(count for count, _ in pixels)
            ink = sum(count for count, pixel in pixels if near(pixel, element["foreground"])) / total
            ground = sum(count for count, pixel in pixels if near(pixel, element["background"])) / total
            if not (0.02 < ink < 0.5 and ground > 0.4):
                wrong.append((name, element["id"], round(ink, 3), round(ground, 3)))
    assert wrong == []


@pytest.mark.display
def test_white_on_black_is_mostly_black(folder: Path) -> None:
    pale = []
    for path in folder.glob("*white-on-black*.png"):
        histogram = picture_of(path).convert("L").histogram()
        if sum(histogram[:40]) < 0.6 * sum(histogram):
            pale.append(path.stem)
    assert pale == []


def codes_read(picture: Image.Image) -> set[str]:
    return {code.text for code in zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormat.QRCode)}


@pytest.fixture
def drawn(window: None, content: PackReader, tmp_path: Path) -> Iterator[Any]:
    """Draw the sheet of a procedure as it stands on the glass and return data given and data read."""
    from kivy.core.window import Window

    from kiosk.ui import pictures
    from kiosk.ui.stage import Stage
    from kiosk.ui.theme.profiles import PROFILES

    profile = PROFILES["portrait-21"]
    stage = Stage(profile, lambda _action, _target: None, *[lambda: None] * 3)
    Window.add_widget(stage)

    def draw(key: str, contrast: Contrast) -> tuple[set[str], set[str]]:
        controller = a_controller(content)
        open_procedure(controller, key)
        view = to_sheet(controller)[-1]
        look = replace(controller.visit.settings, size=TextSize.NORMAL, contrast=contrast)
        read: set[str] = set()
        stage.show(view, look)
        assert stage.scene is not None
        for part in range(len(stage.scene.parts)):
            stage.show_part(part)
            pictures._save_picture(tmp_path / "part.png")
            read |= codes_read(picture_of(tmp_path / "part.png"))
        return {element.data for element in view.body if isinstance(element, QrBox)}, read

    yield draw
    Window.remove_widget(stage)


@pytest.mark.display
@pytest.mark.parametrize("key", PROCEDURES)
def test_the_codes_on_the_glass_read_back_as_list_and_address(drawn: Any, key: str) -> None:
    given, read = drawn(key, Contrast.CALM)
    assert len(given) == 2
    assert read == given


@pytest.mark.display
@pytest.mark.parametrize("contrast", [Contrast.BLACK_ON_WHITE, Contrast.WHITE_ON_BLACK])
def test_the_codes_are_read_in_every_look(drawn: Any, contrast: Contrast) -> None:
    given, read = drawn("rsa", contrast)
    assert read == given
