"""One file of the official library to one `Procedure`: nothing is left out, nothing is hidden.

What a sheet is follows from what it holds, not from the type it gives itself: those change from one version of the
format to the next.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass, field, replace
from xml.etree.ElementTree import Element

from kiosk.domain.dating import PartialDate
from kiosk.domain.procedure import (
    Block,
    Definition,
    Form,
    Kind,
    Paragraph,
    Procedure,
    ProcedureId,
    SheetLink,
    Ways,
)
from kiosk.sources.service_public import records
from kiosk.sources.service_public.blocks import READERS, content, grouped
from kiosk.sources.service_public.markup import SheetError, parse
from kiosk.sources.service_public.navigation import group, sheet_link, targets
from kiosk.sources.service_public.reading import BODY, BOXED, Reading, first
from kiosk.sources.service_public.wording import collapse

NAME = re.compile(r"^([FNR]\d+)\.xml$")
NUMBERED = re.compile(r"^N\d+$")
ROOTS = frozenset({"Publication", "ServiceComplementaire"})
UNDATED = PartialDate(1970)

_DAY = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")


@dataclass(slots=True)
class ReadSheet:
    """A procedure and what was found while reading it."""

    procedure: Procedure
    unknown: dict[str, int]
    warnings: tuple[str, ...]
    targets: frozenset[str]


@dataclass(slots=True)
class _Sheet:
    """A sheet being read: its root, and what the children of the root become."""

    root: Element
    key: str
    kind: Kind
    reading: Reading
    title: str = ""
    description: str = ""
    dated: str = ""
    notices: list[Block] = field(default_factory=list)
    summary: list[Paragraph] = field(default_factory=list)
    cost: list[Paragraph] = field(default_factory=list)
    duration: list[Paragraph] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    services: list[Block] = field(default_factory=list)
    contacts: list[Block] = field(default_factory=list)
    references: list[Block] = field(default_factory=list)
    see_also: list[SheetLink] = field(default_factory=list)
    glossary: list[Definition] = field(default_factory=list)
    breadcrumb: list[SheetLink] = field(default_factory=list)
    navigation: list[Block] = field(default_factory=list)

    def content(self, parent: Element, without: Collection[Element] = ()) -> tuple[Block, ...]:
        """Read what an element holds where nobody is asked anything."""
        return content(parent, self.reading, BOXED, without)

    def link(self, element: Element) -> SheetLink:
        """Read a link that says where the sheet stands."""
        return sheet_link(element, self.reading, self.content)

    def shown_link(self, element: Element) -> SheetLink:
        """Read a link that people can follow."""
        link = self.link(element)
        self.reading.targets.add(link.target)
        return link


def read_sheet(data: bytes, name: str, public: str) -> Procedure:
    """Read one file.

    A guided search has no title: its own is an internal one, which the library replaces (`library.py`).

    Args:
        data: the file.
        name: its name, such as `F1341.xml`.
        public: whom the set that it belongs to is for: particuliers, professionnels, associations.

    Raises:
        SheetError: it cannot be read; one line says why.
    """
    return read(data, name, public).procedure


def read(data: bytes, name: str, public: str) -> ReadSheet:
    """Read one file, with what was found on the way.

    Raises:
        SheetError: it cannot be read; one line says why.
    """
    root = parse(data)
    if root.tag not in ROOTS:
        raise SheetError(f"it is a “{root.tag}”, not a sheet.")
    expected = NAME.match(name)
    key = root.get("ID", "").strip() or (expected[1] if expected else "")
    if not key:
        raise SheetError("it has no identifier.")
    reading = Reading(READERS)
    reading.prepare(root)
    if expected and expected[1] != key:
        reading.warnings.append(f"its identifier is {key}.")
    sheet = _Sheet(root, key, _kind(root, key), reading)
    try:
        _read_parts(sheet)
    except RecursionError as error:
        raise SheetError("its elements are nested too deeply.") from error
    procedure = _procedure(sheet, public)
    return ReadSheet(procedure, dict(reading.unknown), tuple(reading.warnings), frozenset(reading.targets))


def _kind(root: Element, key: str) -> Kind:
    if root.tag == "ServiceComplementaire":
        return Kind.SERVICE
    tags = {child.tag for child in root}
    if "Problematiques" in tags:
        return Kind.GUIDED
    if key.startswith("N"):
        is_theme = "SousTheme" in tags or root.get("type", "").startswith("Th")
        return Kind.THEME if is_theme else Kind.DOSSIER
    return Kind.SHEET


def _read_parts(sheet: _Sheet) -> None:
    _stray(sheet.root.text, sheet)
    for child in sheet.root:
        reader = PARTS.get(child.tag)
        if reader is not None:
            reader(sheet, child)
        elif child.tag.startswith("dc:"):
            _metadata(sheet, child)
        else:
            sheet.reading.read_block(child, BODY, sheet.blocks)
        if child.tail:
            _stray(child.tail, sheet)


def _stray(text: str | None, sheet: _Sheet) -> None:
    if text and not text.isspace():
        sheet.blocks.append(Paragraph(collapse(text)))


def _metadata(sheet: _Sheet, child: Element) -> None:
    sheet.reading.metadata.append((child.tag, sheet.reading.words(child)))


def _title(sheet: _Sheet, child: Element) -> None:
    if sheet.title or sheet.kind is Kind.GUIDED:
        _metadata(sheet, child)
    else:
        sheet.title = sheet.reading.words(child)


def _description(sheet: _Sheet, child: Element) -> None:
    if sheet.description:
        _metadata(sheet, child)
    else:
        sheet.description = sheet.reading.words(child)


def _dated(sheet: _Sheet, child: Element) -> None:
    sheet.dated = sheet.dated or sheet.reading.words(child)
    _metadata(sheet, child)


def _breadcrumb(sheet: _Sheet, element: Element) -> None:
    for child in element:
        level = sheet.link(child)
        if sheet.kind is Kind.GUIDED and level.target == sheet.key:
            # Its own level has its internal title, which nobody must see.
            sheet.reading.metadata.append((child.tag, level.title))
            sheet.reading.keep_attributes(child)
        else:
            sheet.breadcrumb.append(level)


def _place(sheet: _Sheet, child: Element) -> None:
    sheet.navigation.append(sheet.link(child))


def _notice(sheet: _Sheet, child: Element) -> None:
    sheet.reading.read_block(child, BODY, sheet.notices)


def _contact(sheet: _Sheet, child: Element) -> None:
    sheet.reading.read_block(child, BODY, sheet.contacts)


def _service(sheet: _Sheet, child: Element) -> None:
    sheet.reading.read_block(child, BODY, sheet.services)


def _reference(sheet: _Sheet, child: Element) -> None:
    if child.tag == "LienWeb" and sheet.kind is Kind.SERVICE:
        sheet.services.append(_own_service(sheet, child))
    else:
        sheet.reading.read_block(child, BODY, sheet.references)


def _introduction(sheet: _Sheet, element: Element) -> None:
    blocks = content(element, sheet.reading, BODY)
    for number, block in enumerate(blocks):
        if not isinstance(block, Paragraph):
            sheet.blocks.extend(blocks[number:])
            return
        sheet.summary.append(block)


def _fact(sheet: _Sheet, element: Element) -> None:
    """Read the cost or the delay of newer files: a fact of the first page when it is plain text."""
    blocks = content(element, sheet.reading, BODY)
    lines = [block for block in blocks if isinstance(block, Paragraph)]
    if len(lines) < len(blocks):
        sheet.blocks.extend(blocks)
    elif element.tag == "Cout":
        sheet.cost.extend(lines)
    else:
        sheet.duration.extend(lines)


def _guided(sheet: _Sheet, child: Element) -> None:
    # The title of a guided search is internal: that of the page that it becomes serves.
    target = child.get("ID", "").strip()
    sheet.reading.targets.add(target)
    sheet.see_also.append(SheetLink(target, "", child.tag))
    _metadata(sheet, child)


def _see_also(sheet: _Sheet, child: Element) -> None:
    sheet.see_also.append(sheet.shown_link(child))


def _other_sheets(sheet: _Sheet, element: Element) -> None:
    group = sheet.link(element)
    if group.title:
        sheet.see_also.append(SheetLink("", group.title, element.tag))
    for block in group.blocks:
        link = block if isinstance(block, SheetLink) else SheetLink("", "", "", (block,))
        sheet.reading.targets.add(link.target)
        sheet.see_also.append(link)


def _entry(sheet: _Sheet, child: Element) -> None:
    sheet.blocks.append(sheet.shown_link(child))


def _group(sheet: _Sheet, element: Element) -> None:
    section = group(element, sheet.reading, sheet.content)
    sheet.reading.targets.update(targets(section.blocks))
    sheet.blocks.append(section)


def _explained(sheet: _Sheet, child: Element) -> None:
    sheet.glossary.append(records.definition(child, sheet.reading, sheet.content))


def _own_service(sheet: _Sheet, element: Element) -> Block:
    """Read the address of the service that an R sheet is about."""
    fields = first(element, "Source")
    url = element.get("URL", "").strip()
    provider = sheet.reading.words(fields.get("Source"))
    blocks = sheet.content(element, list(fields.values()))
    made = records.make_service(sheet.root, sheet.reading, "", url, provider, blocks)
    if isinstance(made, Form):
        number, other = sheet.root.find("NumeroCerfa"), sheet.root.find("AutreNumero")
        return replace(made, number=sheet.reading.words(number), other_number=sheet.reading.words(other))
    return made


PARTS: dict[str, Callable[[_Sheet, Element], None]] = {
    "dc:title": _title,
    "dc:description": _description,
    "dc:date": _dated,
    **dict.fromkeys(("SurTitre", "Audience", "Canal", "Cible", "NumeroCerfa", "AutreNumero", "NbEtapes"), _metadata),
    "FilDAriane": _breadcrumb,
    **dict.fromkeys(("Theme", "SousThemePere", "DossierPere", "SousDossierPere", "RechercheGuideePere"), _place),
    **dict.fromkeys(("Avertissement", "InformationComplementaire"), _notice),
    "Introduction": _introduction,
    **dict.fromkeys(("Cout", "Delai"), _fact),
    **dict.fromkeys(records.CONTACTS, _contact),
    **dict.fromkeys(records.SERVICES, _service),
    **dict.fromkeys(records.REFERENCES, _reference),
    "RechercheGuidee": _guided,
    "VoirAussi": _other_sheets,
    **dict.fromkeys(("QuestionReponse", "CommentFaireSi", "FicheLiee", "FicheConnexe"), _see_also),
    "ServiceEnLigneAlternatif": _see_also,
    **dict.fromkeys(("Fiche", "Dossier"), _entry),
    **dict.fromkeys(("SousDossier", "SousTheme"), _group),
    **dict.fromkeys(("Definition", "Abreviation"), _explained),
}
"""What each child of the root becomes; others are part of the body."""


def _procedure(sheet: _Sheet, public: str) -> Procedure:
    if not sheet.title and sheet.kind is not Kind.GUIDED:
        raise SheetError("it has no title.")
    return Procedure(
        id=ProcedureId(sheet.key),
        theme=_theme(sheet),
        title=sheet.title,
        source=sheet.key,
        checked_on=_date(sheet),
        summary=tuple(sheet.summary),
        audience=(),
        cost=tuple(sheet.cost),
        duration=tuple(sheet.duration),
        ways=Ways((), ()),
        blocks=tuple(grouped(sheet.blocks, sheet.reading)),
        kind=sheet.kind,
        public=public,
        description=sheet.description,
        notices=tuple(sheet.notices),
        services=tuple(sheet.services),
        contacts=tuple(sheet.contacts),
        references=tuple(sheet.references),
        see_also=tuple(sheet.see_also),
        glossary=tuple(sheet.glossary),
        breadcrumb=tuple(sheet.breadcrumb),
        navigation=tuple(sheet.navigation),
        metadata=tuple(pair for pair in sheet.reading.metadata if pair[1]),
        attributes=tuple(sheet.reading.attributes),
    )


def _theme(sheet: _Sheet) -> str:
    """Return the official theme: what the sheet says, or the highest level above it that is one."""
    if sheet.kind is Kind.THEME:
        return sheet.key
    for block in sheet.navigation:
        if isinstance(block, SheetLink) and block.kind == "Theme" and block.target:
            return block.target
    return next(
        (level.target for level in sheet.breadcrumb if NUMBERED.match(level.target) and level.target != sheet.key), ""
    )


def _date(sheet: _Sheet) -> PartialDate:
    root = sheet.root
    for written in (sheet.dated, root.get("dateMaj", ""), root.get("dateDerniereModificationImportante", "")):
        found = _DAY.search(written)
        if found:
            try:
                return PartialDate.parse(found[0])
            except ValueError:
                continue
    sheet.reading.warnings.append("it has no date that can be read.")
    return UNDATED
