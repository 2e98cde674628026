"""Places and themes in YAML to domain values."""

from __future__ import annotations

import re

from opening_hours import validate

from kiosk import icons
from kiosk.domain.place import Accessibility, Place, Position
from kiosk.domain.theme import Theme
from kiosk.sources.authored.document import Mapping, Sequence, Text, Tree
from kiosk.sources.authored.reading import FACT_KEYS, Reading

PLACE_KEYS = (
    *("id", "name", "services", "annex", "commune", "insee", "communes", "address", "postcode", "phone", "website"),
    *("opening_hours", "notes", "accessibility", "position", *FACT_KEYS),
)
_INSEE = re.compile(r"^(?:[0-9]{5}|2[AB][0-9]{3})$")
TINTS = range(1, 7)


def read_places(tree: Tree, reading: Reading) -> list[Place]:
    """Read one file of places."""
    return [
        place for item in _list(tree, reading, "places") if (place := _place(reading.mapping(item, "A place"), reading))
    ]


def _list(tree: Tree, reading: Reading, what: str) -> tuple[Tree, ...]:
    if isinstance(tree, Sequence):
        return tree.items
    reading.error(tree.line, f"A file of {what} is a list.", "Start each entry with `- id: …`.")
    return ()


def _place(mapping: Mapping, reading: Reading) -> Place | None:
    reading.allow(mapping, PLACE_KEYS, "A place")
    evidence = reading.evidence(mapping)
    if evidence is None:
        reading.error(mapping.line, "A place needs its source and date.", "Add source, dated and confidence.", "fact")
        return None
    if not reading.items(mapping.values.get("services"), "services"):
        reading.error(mapping.line, "A place without services is never found.", "Add `services: [mairie]`.")
    hours = reading.text(mapping, "opening_hours", required=False, raw=True)
    if hours and not validate(hours):
        reading.error(
            mapping.lines["opening_hours"],
            f"“{hours}” are no opening hours.",
            "Use the OpenStreetMap syntax, or leave them out.",
        )
        hours = ""
    return Place(
        id=reading.id(mapping),
        name=reading.text(mapping, "name"),
        services=reading.texts(mapping, "services", raw=True),
        evidence=evidence,
        commune=reading.text(mapping, "commune", required=False),
        insee=reading.text(mapping, "insee", required=False, raw=True),
        address=reading.texts(mapping, "address"),
        postcode=reading.text(mapping, "postcode", required=False, raw=True),
        phone=reading.text(mapping, "phone", required=False),
        website=reading.text(mapping, "website", required=False, raw=True),
        opening_hours=hours,
        position=_position(mapping, reading),
        communes=_communes(mapping, reading),
        notes=reading.texts(mapping, "notes"),
        is_annex=_annex(mapping, reading),
        accessibility=_accessibility(mapping, reading),
    )


def _communes(mapping: Mapping, reading: Reading) -> tuple[str, ...]:
    codes = reading.texts(mapping, "communes", raw=True)
    for code in codes:
        if not _INSEE.match(code):
            message = f"“{code}” is no INSEE code."
            reading.error(mapping.lines["communes"], message, 'Write the codes of the communes served: ["49007"].')
    return codes


def _annex(mapping: Mapping, reading: Reading) -> bool:
    written = reading.text(mapping, "annex", required=False, raw=True)
    if written not in ("", "true", "false"):
        reading.error(mapping.lines["annex"], f"“{written}” is neither true nor false.", "Write `annex: true`.")
    return written == "true"


def _accessibility(mapping: Mapping, reading: Reading) -> Accessibility:
    written = reading.text(mapping, "accessibility", required=False, raw=True)
    if not written:
        return Accessibility.UNKNOWN
    if written not in list(Accessibility):
        known = ", ".join(Accessibility)
        reading.error(mapping.lines["accessibility"], f"“{written}” is no accessibility.", f"Write one of: {known}.")
        return Accessibility.UNKNOWN
    return Accessibility(written)


def _position(mapping: Mapping, reading: Reading) -> Position | None:
    numbers = reading.texts(mapping, "position", raw=True)
    if not numbers:
        return None
    try:
        latitude, longitude = (float(number) for number in numbers)
        if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
            raise ValueError
    except ValueError:
        reading.error(mapping.lines["position"], "A position is [latitude, longitude].", "Write two numbers.")
        return None
    return Position(latitude, longitude)


def read_themes(tree: Tree, reading: Reading) -> list[Theme]:
    """Read the file of themes."""
    themes = []
    for item in _list(tree, reading, "themes"):
        mapping = reading.mapping(item, "A theme")
        reading.allow(mapping, ("id", "icon", "tint", "title", "official"), "A theme")
        titles = mapping.values.get("title")
        names = {
            language: title.value
            for language, title in (titles.values.items() if isinstance(titles, Mapping) else ())
            if isinstance(title, Text)
        }
        tint = reading.text(mapping, "tint", raw=True)
        if "fr" not in names:
            reading.error(mapping.line, "A theme needs a French title.", "Add `title: {fr: …}`.")
            continue
        if tint not in {str(number) for number in TINTS}:
            reading.error(mapping.line, "The tint of a theme is 1 to 6.", "Choose one.")
            continue
        icon = reading.text(mapping, "icon", raw=True)
        if icon and not icons.exists(icon):
            reading.error(
                mapping.lines["icon"], f"There is no icon “{icon}”.", "Choose a Font Awesome 6 Free solid icon.", "link"
            )
        official = reading.texts(mapping, "official", raw=True)
        themes.append(Theme(reading.id(mapping), icon, int(tint), names, official))
    return themes
