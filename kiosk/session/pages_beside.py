"""What stands one touch beside a procedure: a word explained, what a sheet rests on, the menu of a dossier."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kiosk.domain.procedure import Block, Definition, Procedure, Section, SheetLink
from kiosk.session.blocks import Blocks, TitleOf
from kiosk.session.composing import CONTENT_LANGUAGE, Composer
from kiosk.session.intents import OpenGroup, OpenProcedure
from kiosk.session.views import Button, ButtonKind, Element, Screen, TextRole, View

SHORT_MENU = 6
"""Entries of a dossier that are shown at once; a longer one first asks for the group."""


def definition_page(make: Composer, blocks: Blocks, entry: Definition) -> View:
    """What a word means."""
    body: list[Element] = [make.title(entry.term, CONTENT_LANGUAGE), *blocks.definition(entry)]
    return make.view(
        Screen.DEFINITION, body, context=blocks.procedure.title, pinned=(make.resume(make.tr("help.resume")),)
    )


def more_page(make: Composer, blocks: Blocks, official: tuple[str, ...]) -> View:
    """Other sheets, texts of law and pages that an official sheet points at, and the archive that it comes from."""
    procedure = blocks.procedure
    body: list[Element] = [make.title(make.tr("sheet.more"))]
    body += blocks.elements("see", procedure.see_also, [])
    if procedure.references:
        body.append(make.text("references", make.tr("more.references"), TextRole.HEADING))
        body += blocks.elements("reference", procedure.references, [])
    if official:
        body.append(make.text("archive", make.tr("more.archive", names=", ".join(official)), TextRole.NOTE))
    return make.view(Screen.MORE, body, context=procedure.title, pinned=(make.resume(make.tr("help.resume")),))


def pointed_page(make: Composer, blocks: Blocks, shown: tuple[Block, ...]) -> View:
    """The sheets that one page points at."""
    body: list[Element] = [make.title(make.tr("step.sheets"))]
    body += [
        blocks.link_button(f"sheet.{target}", target, title, ButtonKind.CHOICE)
        for target, title in blocks.pointers(shown).sheets.items()
    ]
    return make.view(
        Screen.MORE,
        body,
        name="more-page",
        context=blocks.procedure.title,
        pinned=(make.resume(make.tr("help.resume")),),
    )


@dataclass(frozen=True, slots=True)
class Group:
    """A group of a menu: its title, empty for the entries that stand in none, and its entries."""

    title: str
    links: tuple[SheetLink, ...]


def groups_of(menu: Procedure) -> tuple[Group, ...]:
    """Return the groups of a dossier or a theme in the order of the menu; those without an entry are left out."""
    found: list[Group] = []
    loose: list[SheetLink] = []
    for block in menu.blocks:
        if isinstance(block, SheetLink):
            loose.append(block)
        elif isinstance(block, Section):
            links = tuple(_links(block.blocks))
            if links:
                found.append(Group(block.title, links))
    return (*((Group("", tuple(loose)),) if loose else ()), *found)


def _links(blocks: tuple[Block, ...]) -> Iterator[SheetLink]:
    for block in blocks:
        if isinstance(block, SheetLink):
            yield block
        elif isinstance(block, Section):
            yield from _links(block.blocks)


def menu_buttons(make: Composer, menu: Procedure, title_of: TitleOf, tint: int, prefix: str = "") -> list[Element]:
    """Make the buttons of all entries of a menu that the library has, under the titles of their groups."""
    made: list[Element] = []
    for number, group in enumerate(groups_of(menu)):
        buttons = _entries(group, title_of, tint, f"{prefix}{number}")
        if buttons and group.title:
            made.append(make.text(f"group.{prefix}{number}", group.title, TextRole.HEADING, CONTENT_LANGUAGE))
        made += buttons
    return made


def _entries(group: Group, title_of: TitleOf, tint: int, prefix: str) -> list[Element]:
    made: list[Element] = []
    for number, link in enumerate(group.links):
        title = title_of(link.target)
        if title is None:
            continue
        icon = "folder-open" if link.target.startswith("N") else "file-lines"
        intent = OpenProcedure(link.target)
        label = link.title or title
        made.append(Button(f"entry.{prefix}.{number}", label, intent, icon=icon, tint=tint, language=CONTENT_LANGUAGE))
    return made


def dossier_page(make: Composer, menu: Procedure, blocks: Blocks, title_of: TitleOf, group: str, tint: int) -> View:
    """The menu of a dossier: all of a short one, the groups of a longer one, or one of its groups."""
    groups = groups_of(menu)
    body: list[Element] = []
    if group:
        chosen = groups[min(int(group), len(groups) - 1)] if groups else Group("", ())
        body.append(make.title(chosen.title or menu.title, CONTENT_LANGUAGE))
        body += _entries(chosen, title_of, tint, group)
        return make.view(Screen.DOSSIER, body, name=f"dossier-{menu.id}-{group}", context=menu.title)
    body.append(make.title(menu.title, CONTENT_LANGUAGE))
    body += blocks.elements("notice", (*menu.notices, *menu.summary), [])
    is_long = sum(len(one.links) for one in groups) > SHORT_MENU and any(one.title for one in groups)
    if not is_long:
        body += menu_buttons(make, menu, title_of, tint)
    else:
        for number, one in enumerate(groups):
            if not one.title:
                body += _entries(one, title_of, tint, str(number))
                continue
            intent = OpenGroup(number)
            label = one.title
            body.append(Button(f"group.{number}", label, intent, icon="list", tint=tint, language=CONTENT_LANGUAGE))
    rest = [block for block in menu.blocks if not isinstance(block, SheetLink | Section)]
    body += blocks.elements("rest", (*rest, *menu.services, *menu.contacts), [])
    body += blocks.elements("see", menu.see_also, [])
    return make.view(Screen.DOSSIER, body, name=f"dossier-{menu.id}")
