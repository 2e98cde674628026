# ruff: noqa: SIM905 - names are the matter here; they stay in lines
"""What the audit reads of an official sheet: its words, its attributes and the order of its parts.

It shares no code with the importer on purpose: what one of them overlooks, the other must notice.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

INLINE = frozenset(
    "Citation Exposant Expression Indice LienExterne LienInterne LienIntra MiseEnEvidence Montant TermeEtranger Valeur "
    "Variable".split()
)
"""Elements inside a sentence: `1<Exposant>er</Exposant>` is one word."""

CODES = frozenset({"PivotLocal", "NumeroCerfa", "AutreNumero"})
"""Elements whose text is a key or a number: the model may hold it as a code or as words."""

LAYOUT = frozenset(
    """
    Liste@type Rangée@type Rangee@type Colonne@type BlocCas@affichage ListeSituations@affichage
    Cellule@fusionHorizontale Cellule@fusionVerticale
    """.split()
)
"""Attributes that become booleans and numbers."""

RECORDS = {
    **dict.fromkeys(("Reference", "PourEnSavoirPlus"), ("Titre", "Complement", "Source")),
    **dict.fromkeys(("Image", "Illustration"), ("TexteDeRemplacement", "Legende", "Credits", "Description")),
}
"""Elements that are records: sheets give their fields in one order or another, and the model in this one."""

_FORMAT = frozenset({"noNamespaceSchemaLocation", "schemaLocation"})


POINTERS = {"LienInterne": "LienPublication", "LienIntra": "LienID", "LienExterne": "URL"}
"""Elements that point at something, and the attribute that says at what."""

LEADING = frozenset({*POINTERS.values(), "URL"})
"""Attributes that lead somewhere: to have kept them beside the words is not enough."""


class AuditError(Exception):
    """A sheet cannot be audited: one line says why."""


@dataclass(frozen=True, slots=True)
class Run:
    """The words of one sentence, title or field, and the element they stand in; `is_code` when it is a key."""

    element: str
    text: str
    is_code: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """One child of the root: its name and its words, in document order."""

    name: str
    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Attribute:
    """An attribute, as element@attribute, and its value. Who follows it gets somewhere when it `leads`."""

    name: str
    value: str
    leads: bool


@dataclass(frozen=True, slots=True)
class SheetText:
    """All that a sheet says: parts in order, attributes, and pointers: a target and the words that lead there."""

    parts: tuple[Part, ...]
    attributes: tuple[Attribute, ...]
    pointers: tuple[tuple[str, str], ...]


class _Builder(ET.TreeBuilder):
    def doctype(self, name: str, pubid: str | None, system: str | None) -> None:  # noqa: ARG002
        """Refuse a document type: no official sheet has one, and entities come with it."""
        raise AuditError("it declares a document type")


def parse(data: bytes) -> Element:
    """Read the XML of a sheet.

    Raises:
        AuditError: it is not XML, or it declares a document type.
    """
    parser = ET.XMLParser(target=_Builder())  # noqa: S314  # no document type, so no entity
    try:
        parser.feed(data)
        root = parser.close()
    except (ET.ParseError, LookupError, ValueError) as error:
        raise AuditError(f"it is not well-formed XML ({error})") from error
    assert isinstance(root, Element)
    return root


def name_of(element: Element) -> str:
    """Return the name of an element without its namespace."""
    return _local(element.tag)


def _local(name: str) -> str:
    return name.rpartition("}")[2]


def read_xml(root: Element) -> SheetText:
    """Gather the words and attributes of a sheet."""
    parts = []
    for child in root:
        runs: list[Run] = []
        _gather(child, runs)
        parts.append(Part(name_of(child), tuple(runs)))
    if root.text and root.text.strip():
        parts.insert(0, Part(name_of(root), (Run(name_of(root), root.text),)))
    return SheetText(tuple(parts), tuple(_attributes(root)), tuple(_pointers(root, is_line=False)))


def _attributes(element: Element, is_title: bool = False) -> Iterator[Attribute]:
    name = name_of(element)
    is_title = is_title or name == "Titre"
    for attribute, value in element.attrib.items():
        local = _local(attribute)
        full = f"{name}@{local}"
        if local not in _FORMAT and full not in LAYOUT and (written := collapsed(value)):
            yield Attribute(full, written, leads=local in LEADING and not is_title)
    for child in element:
        yield from _attributes(child, is_title)


def _pointers(element: Element, is_line: bool) -> Iterator[tuple[str, str]]:
    """Yield what the sentences point at; a title has words only, and a link that stands alone is no sentence."""
    name = name_of(element)
    if name == "Titre":
        return
    target = element.get(POINTERS[name], "") if name in POINTERS else ""
    if is_line and target:
        yield collapsed(target), collapsed("".join(element.itertext()))
    for child in element:
        yield from _pointers(child, is_line or name == "Paragraphe")


def collapsed(text: str) -> str:
    """Return a text with one space for any white space, and none around."""
    return " ".join(text.split())


def _gather(element: Element, runs: list[Run]) -> None:
    """Add the sentences of an element; a block inside a sentence cuts it in two."""
    if len(element) == 0:
        if element.text and element.text.strip():
            name = name_of(element)
            runs.append(Run(name, element.text, name in CODES))
        return
    if _is_sentence(element):
        pieces: list[str] = []
        _gather_sentence(element, pieces, runs)
        _flush(element, pieces, runs)
        return
    for child in _in_order(element):
        _gather(child, runs)


def _in_order(element: Element) -> Iterable[Element]:
    fields = RECORDS.get(name_of(element))
    if fields is None:
        return element
    return sorted(element, key=lambda child: fields.index(name) if (name := name_of(child)) in fields else len(fields))


def _is_sentence(element: Element) -> bool:
    """Tell whether an element mixes text and elements, or holds nothing but elements of a sentence."""
    if element.text and element.text.strip():
        return True
    return any(child.tail and child.tail.strip() for child in element) or all(
        name_of(child) in INLINE for child in element
    )


def _gather_sentence(element: Element, pieces: list[str], runs: list[Run]) -> None:
    pieces.append(element.text or "")
    for child in element:
        if _is_block(child):
            _flush(element, pieces, runs)
            _gather(child, runs)
        else:
            _gather_sentence(child, pieces, runs)
        pieces.append(child.tail or "")


def _is_block(element: Element) -> bool:
    """Tell whether an element inside a sentence is none of its words: a list, a picture, a paragraph of its own."""
    name = name_of(element)
    return name not in INLINE and (name == "Paragraphe" or any(name_of(child) not in INLINE for child in element))


def _flush(element: Element, pieces: list[str], runs: list[Run]) -> None:
    text = "".join(pieces)
    pieces.clear()
    if text.strip():
        runs.append(Run(name_of(element), text))
