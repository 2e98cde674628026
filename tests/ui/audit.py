"""What every screen must keep to, read from its description (the JSON that `kiosk pictures` writes).

Numbers are those of docs/accessibility.md: rows A2, A3, A9, A10, B1–B3, B5, A5.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import Any

from kiosk.ui.theme.colours import contrast_ratio

LEAST_TEXT_MM = {"normal": 4.8, "large": 6.4, "extra": 8.5}
SMALLEST_TEXT_MM = 4.8
LEAST_CONTRAST = {"calm": 10.0, "black-on-white": 20.0, "white-on-black": 20.0}
LEAST_TARGET_MM = 12.7
LEAST_GAP_MM = 2.54
OUR_GAP_MM = 5.6
TOLERANCE_MM = 0.35
"""A pixel or so: boxes are rounded to whole pixels."""

Description = dict[str, Any]
Box = tuple[float, float, float, float]


def _box(element: Description) -> Box:
    x, y, width, height = element["box_mm"]
    return x, y, x + width, y + height


def _gap(first: Box, second: Box) -> float:
    """Return the distance between two boxes; negative when they overlap."""
    across = max(first[0] - second[2], second[0] - first[2])
    along = max(first[1] - second[3], second[1] - first[3])
    return max(across, along)


def _inside(inner: Box, outer: Box) -> bool:
    return (
        inner[0] >= outer[0] - TOLERANCE_MM
        and inner[1] >= outer[1] - TOLERANCE_MM
        and inner[2] <= outer[2] + TOLERANCE_MM
        and inner[3] <= outer[3] + TOLERANCE_MM
    )


def faults(document: Description) -> Iterator[str]:
    """Yield one sentence for each rule that a screen breaks."""
    name = f"{document['name']} part {document['part']}"
    elements = document["elements"]
    width, height = document["screen_mm"]
    buttons = [element for element in elements if element["role"] == "button"]
    texts = [element for element in elements if element["role"] == "text"]
    yield from (f"{name}: {fault}" for fault in _bounds(elements, (0.0, 0.0, width, height)))
    yield from (f"{name}: {fault}" for fault in _targets(buttons))
    yield from (f"{name}: {fault}" for fault in _letters(elements, document))
    yield from (f"{name}: {fault}" for fault in _places(texts, buttons))
    yield from (f"{name}: {fault}" for fault in _words(elements))


def _bounds(elements: list[Description], screen: Box) -> Iterator[str]:
    for element in elements:
        if not _inside(_box(element), screen):
            yield f"{element['id']} leaves the screen: {element['box_mm']}"


def _targets(buttons: list[Description]) -> Iterator[str]:
    for button in buttons:
        _, _, width, height = button["box_mm"]
        if min(width, height) < LEAST_TARGET_MM:
            yield f"{button['id']} is {width} × {height} mm"
        if button["id"].startswith(("choice.", "way.", "paper.")) and height < 30 - TOLERANCE_MM:
            yield f"the answer {button['id']} is {height} mm high"
        if button["id"].startswith("nav.") and min(width, height) < 23 - TOLERANCE_MM:
            yield f"{button['id']} is {width} × {height} mm"
        if button["id"].startswith(("key.", "pin.")) and min(width, height) < 16 - TOLERANCE_MM:
            yield f"the key {button['id']} is {width} × {height} mm"
    for first, second in combinations(buttons, 2):
        gap = _gap(_box(first), _box(second))
        if gap < OUR_GAP_MM - TOLERANCE_MM:
            yield f"{first['id']} and {second['id']} are {gap:.1f} mm apart"


def _letters(elements: list[Description], document: Description) -> Iterator[str]:
    least = LEAST_CONTRAST[document["theme"]]
    for element in elements:
        ratio = contrast_ratio(element["foreground"], element["background"])
        if ratio < least:
            yield f"{element['id']} has a contrast of {ratio:.1f}"
        cap = element["cap_height_mm"]
        if cap is not None and cap < SMALLEST_TEXT_MM:
            yield f"{element['id']} has letters of {cap} mm"


def _places(texts: list[Description], buttons: list[Description]) -> Iterator[str]:
    """Texts keep to their button, off other buttons and off each other: nothing is cut or covered."""
    owners = {button["id"]: _box(button) for button in buttons}
    for text in texts:
        box = _box(text)
        owner = next((key for key in owners if text["id"] == key or text["id"].startswith(f"{key}.")), None)
        if owner and not _inside(box, owners[owner]):
            yield f"the text of {owner} leaves it: {text['text']!r}"
        for key, other in owners.items():
            if key != owner and _gap(box, other) < -TOLERANCE_MM:
                yield f"{text['id']} lies under {key}"
    for first, second in combinations(texts, 2):
        # The line of a font reaches below its letters: an overlap of a millimetre is air on air.
        if _gap(_box(first), _box(second)) < -1.2:
            yield f"{first['id']} overlaps {second['id']}"


def _words(elements: list[Description]) -> Iterator[str]:
    for element in elements:
        if element["role"] in {"button", "text", "field"} and not element["text"].strip():
            yield f"{element['id']} has no words"
        if element["focus"] is not None and not element["spoken"].strip():
            yield f"{element['id']} says nothing"
        if "…" in element["text"] or element["text"].endswith("..."):
            yield f"{element['id']} is shortened"
