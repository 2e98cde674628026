"""Every screen, in every profile, size and language, keeps to the sizes and contrasts of docs/accessibility.md."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from kiosk import bootstrap
from kiosk.config import Config
from kiosk.packs.reader import PackReader
from kiosk.session.pages_support import Check
from kiosk.session.settings import Contrast, TextSize
from kiosk.session.views import View
from kiosk.texts import Texts
from tests.ui.audit import LEAST_TEXT_MM, faults

if TYPE_CHECKING:
    from kiosk.ui.drawing.scene import Scene

pytestmark = [pytest.mark.display, pytest.mark.usefixtures("window")]

PROFILES = ("portrait-21", "landscape-15", "tablet-10", "portrait-32")


def _no_checks(texts: Texts) -> tuple[Check, ...]:
    return (Check("voice", texts.tr("check.voice"), texts.tr("check.ok"), True),)


def _views(device: bootstrap.Device, content: PackReader, language: str) -> Iterator[tuple[View, object]]:
    from kiosk.ui.pictures import tour

    controller = bootstrap.build_controller(device, Config(), _no_checks)
    for view in tour(controller, content, language):
        yield view, controller


def _descriptions(view: View, profile_name: str, size: TextSize, contrast: Contrast) -> Iterator[dict[str, object]]:
    from kiosk.ui.pictures import Look, describe
    from kiosk.ui.theme.profiles import PROFILES as KNOWN

    look = Look(KNOWN[profile_name], size, contrast, view.language)
    for scene in _scenes(view, profile_name, size, contrast):
        yield describe(scene, look)


def _scenes(view: View, profile_name: str, size: TextSize, contrast: Contrast) -> Iterator[Scene]:
    """Lay a view out and show its parts one after the other."""
    from kiosk.ui.drawing.kit import Kit
    from kiosk.ui.drawing.scene import Scene
    from kiosk.ui.theme.colours import PALETTES
    from kiosk.ui.theme.measures import Measures
    from kiosk.ui.theme.profiles import PROFILES as KNOWN

    profile = KNOWN[profile_name]
    for is_hidden in (False, True):
        kit = Kit(PALETTES[contrast], Measures(profile, size), view.is_right_to_left)
        scene = Scene(view, kit, is_keyboard_hidden=is_hidden)
        for part in range(len(scene.parts)):
            scene.show_part(part)
            yield scene
        if not any(target.id == "toggle" for target in scene.targets()):
            return


@pytest.mark.parametrize("language", ["fr", "en", "ar"])
@pytest.mark.parametrize("size", list(TextSize))
@pytest.mark.parametrize("profile", PROFILES)
def test_nothing_is_cut_small_or_covered(
    profile: str, size: TextSize, language: str, device: bootstrap.Device, content: PackReader
) -> None:
    found = [
        fault
        for view, _ in _views(device, content, language)
        for document in _descriptions(view, profile, size, Contrast.CALM)
        for fault in faults(document)
    ]
    assert found == []


@pytest.mark.parametrize("contrast", list(Contrast))
def test_every_theme_has_its_contrast(contrast: Contrast, device: bootstrap.Device, content: PackReader) -> None:
    found = [
        fault
        for view, _ in _views(device, content, "fr")
        for document in _descriptions(view, "portrait-21", TextSize.NORMAL, contrast)
        for fault in faults(document)
    ]
    assert found == []


@pytest.mark.parametrize("size", list(TextSize))
def test_running_text_has_the_size_that_was_chosen(
    size: TextSize, device: bootstrap.Device, content: PackReader
) -> None:
    small = [
        (document["name"], element["id"], element["cap_height_mm"])
        for view, _ in _views(device, content, "fr")
        for document in _descriptions(view, "portrait-21", size, Contrast.CALM)
        for element in document["elements"]  # type: ignore[attr-defined]
        if element["cap_height_mm"] and element["cap_height_mm"] < LEAST_TEXT_MM[size]
        if not element["id"].startswith(("key.", "pin."))
    ]
    assert small == []


@pytest.mark.parametrize("size", list(TextSize))
@pytest.mark.parametrize("profile", PROFILES)
def test_no_word_is_cut_in_two(profile: str, size: TextSize, device: bootstrap.Device, content: PackReader) -> None:
    cut = [
        (view.name, writing.block.text)
        for view, _ in _views(device, content, "fr")
        for scene in _scenes(view, profile, size, Contrast.CALM)
        for piece in scene.pieces
        for writing in piece.writings
        if writing.block.cuts_word
    ]
    assert cut == []


def test_the_audit_finds_a_covered_text_a_small_target_and_a_pale_one(
    device: bootstrap.Device, content: PackReader
) -> None:
    view, _ = next(_views(device, content, "fr"))
    document = next(_descriptions(view, "portrait-21", TextSize.NORMAL, Contrast.CALM))
    elements = document["elements"]
    assert isinstance(elements, list)
    start = next(element for element in elements if element["id"] == "start")
    title = next(element for element in elements if element["id"] == "title" and element["role"] == "text")
    start["box_mm"] = [*title["box_mm"][:2], 12.0, 12.0]
    title["foreground"] = "#AAAAAA"
    found = list(faults(document))
    assert any("lies under start" in fault for fault in found)
    assert any("is 12.0 × 12.0 mm" in fault for fault in found)
    assert any("contrast" in fault for fault in found)


def test_navigation_stands_at_the_same_place_on_every_screen(device: bootstrap.Device, content: PackReader) -> None:
    places: dict[str, set[tuple[float, ...]]] = {}
    for view, _ in _views(device, content, "fr"):
        for document in _descriptions(view, "portrait-21", TextSize.NORMAL, Contrast.CALM):
            for element in document["elements"]:  # type: ignore[attr-defined]
                if element["id"].startswith("nav.") and element["role"] == "button":
                    places.setdefault(element["id"], set()).add(tuple(element["box_mm"]))
    assert {key: len(boxes) for key, boxes in places.items()} == dict.fromkeys(places, 1)
    assert len(places) == 5


def test_a_right_to_left_screen_is_mirrored(device: bootstrap.Device, content: PackReader) -> None:
    def back_of(language: str) -> float:
        views = [view for view, _ in _views(device, content, language) if view.name == "home"]
        document = next(_descriptions(views[0], "portrait-21", TextSize.NORMAL, Contrast.CALM))
        found = [element for element in document["elements"] if element["id"] == "nav.back"]  # type: ignore[attr-defined]
        return float(found[0]["box_mm"][0])

    assert back_of("fr") < 20
    assert back_of("ar") > 150


def test_a_sentence_of_any_length_fits_the_smallest_screen_at_the_largest_size(
    device: bootstrap.Device, content: PackReader
) -> None:
    from kiosk.session.views import Text

    view = next(view for view, _ in _views(device, content, "fr") if view.name == "home")
    body = tuple(
        replace(
            element, text="Voici une phrase plus longue que toutes celles que nous avons écrites jusqu’ici, vraiment."
        )
        if isinstance(element, Text)
        else element
        for element in view.body
    )
    long_view = replace(view, body=body)
    found = [
        fault
        for document in _descriptions(long_view, "tablet-10", TextSize.EXTRA, Contrast.CALM)
        for fault in faults(document)
    ]
    assert found == []
