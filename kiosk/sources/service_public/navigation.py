"""Ways to other sheets: where a sheet stands in the official menu, and what else there is to see."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from xml.etree.ElementTree import Element

from kiosk.domain.procedure import Block, Section, SheetLink, children
from kiosk.sources.service_public.reading import Reading
from kiosk.sources.service_public.wording import CACHED, collapse

SHEET_ID = re.compile(r"^[FNR]\d+$")

_LINKING = """
Fiche Dossier SousDossier SousTheme DossierPere SousDossierPere SousThemePere Theme Niveau QuestionReponse
CommentFaireSi RechercheGuidee RechercheGuideePere FicheLiee FicheConnexe ServiceEnLigneAlternatif
"""
LINKING = frozenset(_LINKING.split())
"""Elements that name another sheet, or a group of them."""

ReadContent = Callable[[Element], tuple[Block, ...]]


def sheet_link(element: Element, reading: Reading, content: ReadContent) -> SheetLink:
    """Read a link; what it names besides (its theme, its dossier, its entries) stands inside it."""
    target = element.get("ID", "").strip()
    kind = element.tag if element.tag != "Niveau" else element.get("type", "").strip()
    if len(element) == 0:
        return _plain_link(target, reading.words(element), kind)
    title = ""
    inside: list[Block] = []
    if element.text and not element.text.isspace():
        title = collapse(element.text)
    for child in element:
        if child.tag == "Titre" and not title:
            title = reading.words(child)
        elif child.tag in LINKING:
            inside.append(sheet_link(child, reading, content))
        elif child.tag == "Audience":
            reading.metadata.append((child.tag, reading.words(child)))
        else:
            inside.extend(content(_alone(child)))
        if child.tail and not child.tail.isspace():
            reading.metadata.append((element.tag, collapse(child.tail)))
    return SheetLink(target, title, kind, tuple(inside))


@lru_cache(maxsize=CACHED)
def _plain_link(target: str, title: str, kind: str) -> SheetLink:
    # Every sheet of a dossier has a copy of its menu: one value serves them all.
    return SheetLink(target, title, kind)


def _alone(element: Element) -> Element:
    parent = Element("Texte")
    parent.append(element)
    return parent


def group(element: Element, reading: Reading, content: ReadContent) -> Section:
    """Read a titled group of links, as a dossier shows it."""
    link = sheet_link(element, reading, content)
    if link.target:
        reading.keep_attributes(element)
    return Section(link.title, link.blocks)


def targets(blocks: Iterable[Block]) -> Iterator[str]:
    """Yield the sheets that a page of the menu names, in order; groups of a dossier are no sheets."""
    for block in blocks:
        if isinstance(block, SheetLink) and SHEET_ID.match(block.target):
            yield block.target
        else:
            yield from targets(children(block))
