"""The official menu: which dossier and which theme each sheet is in, and the sheets that no dossier names."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from xml.etree.ElementTree import Element

from kiosk.domain.procedure import Kind, Procedure, SheetLink
from kiosk.sources.service_public.markup import local, parse
from kiosk.sources.service_public.navigation import SHEET_ID, targets


@dataclass(slots=True)
class Menu:
    """Who is under whom. A sheet can be in several dossiers; its first one counts for its theme."""

    themes: list[str] = field(default_factory=list)
    entries: dict[str, list[str]] = field(default_factory=dict)
    parents: dict[str, list[str]] = field(default_factory=dict)

    def add(self, parent: str, child: str) -> None:
        """Put a sheet under another one."""
        if child not in (under := self.entries.setdefault(parent, [])):
            under.append(child)
            self.parents.setdefault(child, []).append(parent)

    def add_pages(self, procedures: Iterable[Procedure]) -> None:
        """Add what the pages of themes and dossiers name."""
        for procedure in procedures:
            if procedure.kind is Kind.THEME and procedure.id not in self.themes:
                self.themes.append(procedure.id)
            for target in targets((*procedure.blocks, *procedure.see_also)):
                if target != procedure.id:
                    self.add(procedure.id, target)

    def theme_of(self, sheet: str) -> str:
        """Return the theme above a sheet, the nearest first; "" when there is none."""
        seen = {sheet}
        level = [sheet]
        while level:
            found = next((one for one in level if one in self.themes), None)
            if found is not None:
                return found
            level = [parent for one in level for parent in self.parents.get(one, ()) if parent not in seen]
            seen.update(level)
        return ""


def read_tree(data: bytes) -> Menu:
    """Read `arborescence.xml`: elements that have an id, inside each other.

    Raises:
        SheetError: it is not XML.
    """
    menu = Menu()
    _add_tree(parse(data), "", menu)
    return menu


def _add_tree(element: Element, above: str, menu: Menu) -> None:
    key = element.get("ID", "").strip()
    if SHEET_ID.match(key):
        is_theme = local(element.get("type") or " ").lower().startswith("th")
        if is_theme and key not in menu.themes:
            menu.themes.append(key)
        if above and above != key:
            menu.add(above, key)
        above = key
    for child in element:
        _add_tree(child, above, menu)


def with_entries(procedure: Procedure, more: Iterable[str]) -> Procedure:
    """Return a page of the menu with sheets that it does not name itself; their own titles serve."""
    links = tuple(SheetLink(target, "", "Fiche") for target in more)
    return replace(procedure, blocks=procedure.blocks + links) if links else procedure
