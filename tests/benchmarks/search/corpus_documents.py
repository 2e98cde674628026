"""Documents to search in, made straight from the official XML and our own procedures.

A measure of the search alone: it reads of a sheet what the search needs and no more, so that it can be run
whatever the importer does.
"""

from __future__ import annotations

import datetime as dt
import xml.etree.ElementTree as ET
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from kiosk import paths
from kiosk.search.documents import Document
from kiosk.search.gathering import Gathering, gathered
from kiosk.sources.authored.library import read_library

DC = "{http://purl.org/dc/elements/1.1/}"
AUDIENCES = ("particuliers", "professionnels", "associations")
_NAVIGATION = (
    "FilDAriane Theme SousThemePere DossierPere SousDossierPere VoirAussi OuSAdresser Reference ServiceEnLigne "
    "PourEnSavoirPlus Definition Abreviation QuestionReponse CommentFaireSi Audience Canal SurTitre Condition"
)
NAVIGATION = frozenset(_NAVIGATION.split())
HEADINGS = frozenset({"Situation", "Cas", "Chapitre", "SousChapitre", "SousTheme", "SousDossier"})
MOST_TEXT = 40_000
"""Characters of text kept of one sheet."""


def _words(element: ET.Element) -> str:
    return " ".join("".join(element.itertext()).split())


def _body(element: ET.Element, into: list[str]) -> None:
    if element.tag in NAVIGATION or element.tag.startswith(DC):
        return
    if element.text:
        into.append(element.text)
    for child in element:
        _body(child, into)
        if child.tail:
            into.append(child.tail)


def _branches(element: ET.Element, path: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Yield (target, titles of the branches that lead there, joined)."""
    for child in element:
        if child.tag in ("Problematique", "Branche"):
            title = child.find("Titre")
            yield from _branches(child, (*path, _words(title)) if title is not None else path)
        elif child.tag == "LienInterne" and path:
            yield child.get("LienPublication", ""), " ".join(path[-2:])
        else:
            yield from _branches(child, path)


def _pointers(root: ET.Element) -> Iterator[tuple[str, str]]:
    """Yield (id of a sheet, text by which this page points there)."""
    for element in root.iter():
        if element.tag == "LienInterne":
            text = _words(element)
            if text:
                yield element.get("LienPublication", ""), text
        elif element.tag in ("Fiche", "QuestionReponse", "CommentFaireSi") and not len(element):
            if element.text:
                yield element.get("ID", ""), element.text
        elif element.tag == "FicheLiee" or (element.tag == "Fiche" and len(element)):
            title = element.find("Titre")
            yield element.get("ID", ""), _words(title) if title is not None else _words(element)
    if root.get("type") == "Recherche guidée":
        # A branch says little without what the search is about.
        about = " ".join((root.findtext(DC + "title") or "").replace("*", " ").split())
        for key, branches in _branches(root, ()):
            yield key, f"{about} {branches}"


def _kind(root: ET.Element) -> str:
    kind = root.get("type", "")
    if root.tag == "ServiceComplementaire":
        return "service"
    return {"Dossier": "dossier", "Theme": "theme", "Recherche guidée": "guided"}.get(kind, "sheet")


def _document(root: ET.Element, audience: str, anchors: tuple[str, ...]) -> Document:
    key = root.get("ID", "")
    crumbs = [_words(level) for level in root.iterfind("FilDAriane/Niveau")][1:-1]
    crumbs += [_words(level) for level in root.iterfind("SousThemePere")]
    crumbs += [_words(level) for level in root.iterfind("SousDossierPere")]
    headings = [
        _words(title)
        for element in root.iter()
        if element.tag in HEADINGS and (title := element.find("Titre")) is not None
    ]
    headings += [_words(term) for path in ("Definition", "Abreviation") for term in root.iterfind(f"{path}/Titre")]
    text: list[str] = []
    for child in root:
        if child.tag not in NAVIGATION:
            _body(child, text)
    return Document(
        id=key,
        source=key,
        title=" ".join((root.findtext(DC + "title") or "").split()),
        kind=_kind(root),
        audience=audience,
        names=(),
        related=(),
        breadcrumb=tuple(crumbs),
        summary=" ".join((root.findtext(DC + "description") or "").split()),
        headings=tuple(dict.fromkeys(headings)),
        text=" ".join(text)[:MOST_TEXT],
        anchors=anchors,
    )


def official(folder: Path, audiences: tuple[str, ...] = AUDIENCES[:1]) -> list[Document]:
    """Return the documents of the official sheets in `folder`, one folder an audience."""
    found = []
    for audience in audiences:
        roots = [ET.parse(path).getroot() for path in sorted((folder / audience).glob("[FNR]*.xml"))]
        anchors: dict[str, list[str]] = defaultdict(list)
        for root in roots:
            own = root.get("ID")
            for key, text in _pointers(root):
                if key != own:
                    anchors[key].append(" ".join(text.split()))
        found += [_document(root, audience, tuple(anchors[root.get("ID", "")])) for root in roots]
    return found


def authored() -> list[Document]:
    """Return the documents of our own procedures, as the pack gives them to the search."""
    gathering = Gathering()
    for procedure in read_library(paths.assets(), dt.date(2026, 11, 23)).procedures:
        gathering.take(gathered(procedure))
    return list(gathering.documents())
