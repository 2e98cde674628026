"""The list of papers as plain text, small enough for a code that any telephone reads without network."""

from __future__ import annotations

from kiosk.domain.place import Place
from kiosk.domain.sheet import PersonalSheet
from kiosk.session.composing import Composer

MAX_BYTES = 900
"""About version 22 of a QR code at correction level M: 105 modules, each 0.6 mm on a code 70 mm wide."""


def sheet_text(make: Composer, sheet: PersonalSheet, places: tuple[Place, ...]) -> str:
    """Return title and papers, then places and prices while they fit. Papers are never left out."""
    lines = [sheet.title]
    if sheet.papers:
        lines.append(f"{make.tr('sheet.papers')} :")
        lines += [f"[{'x' if paper.is_ticked else ' '}] {paper.item.name}" for paper in sheet.papers]
    optional = [
        [place.name, *place.address, f"{place.postcode} {place.commune}".strip(), place.phone] for place in places
    ]
    optional.append([line.text for line in sheet.cost])
    optional.append([line.text for line in (sheet.without_internet if not sheet.papers else ())])
    for group in optional:
        wanted = [*lines, *(text for text in group if text)]
        if len("\n".join(wanted).encode()) <= MAX_BYTES:
            lines = wanted
    return "\n".join(lines).replace("\u00a0", " ")
