"""What is known while one sheet is read: ids given, words explained, elements never seen, attributes left over."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from xml.etree.ElementTree import Element

from kiosk.domain.procedure import Block, RoleSource, Section, Unknown
from kiosk.sources.service_public.names import Names
from kiosk.sources.service_public.wording import collapse, slug

_FIELDS = """
Publication: ID
ServiceComplementaire: ID
LienInterne: LienPublication
LienIntra: LienID
LienExterne: URL
Definition: ID
Abreviation: ID type
OuSAdresser: ID type
OuSAdresserSupport: ID type
QuiPeutMAider: ID type
RessourceWeb: URL
ServiceEnLigne: ID URL type
ServiceEnLigneAnnexe: ID URL type
NoticeLiee: ID URL numerocerfa autrenumero
Reference: URL
PourEnSavoirPlus: URL
LienWeb: URL
Partenaire: URL
Actualite: URL
Image: LienPublication
Illustration: LienPublication
estVrai: var
estFaux: var
estIndefini: var
affecteVrai: var
affecteFaux: var
Liste: type
Rangée: type
Rangee: type
Colonne: type
Cellule: fusionHorizontale fusionVerticale
Fiche: ID
Dossier: ID
SousDossier: ID
SousTheme: ID
DossierPere: ID
SousDossierPere: ID
SousThemePere: ID
Theme: ID
Niveau: ID type
QuestionReponse: ID
CommentFaireSi: ID
RechercheGuidee: ID
FicheLiee: ID
ServiceEnLigneAlternatif: ID
FicheConnexe: ID
RechercheGuideePere: ID
"""

HELD = {tag: frozenset(names.split()) for tag, names in (line.split(":") for line in _FIELDS.split("\n") if line)}
"""Attributes that always have a place of their own in the model."""

NOTHING: frozenset[str] = frozenset()

_JOINED = """
LienInterne LienExterne LienIntra Valeur Montant MiseEnEvidence Exposant Indice Expression Citation
TermeEtranger Variable
"""
JOINED = frozenset(_JOINED.split())
"""Elements that stand inside a sentence: 1<Exposant>er</Exposant> is one word."""


@dataclass(frozen=True, slots=True)
class Where:
    """What surrounds some content: whether it may ask and have steps, whether its lists are of papers."""

    asks: bool = True
    papers: RoleSource | None = None
    keys: frozenset[str] = frozenset()

    def boxed(self) -> Where:
        """Return the same inside a box, a list, a cell, a contact: where nobody can be asked anything."""
        return BOXED

    def with_papers(self, papers: RoleSource | None) -> Where:
        """Return the same where lists are of papers, or are not."""
        return self if papers is self.papers else replace(self, papers=papers)

    def under(self, key: str) -> Where:
        """Return the same below a question."""
        return replace(self, keys=self.keys | {key})


BOXED = Where(asks=False)
BODY = Where()


Reader = Callable[[Element, "Reading", Where, list[Block]], None]
"""Reads one kind of element where it stands, and adds its blocks to a list."""


@dataclass(slots=True)
class Reading:
    """The state of one sheet being read."""

    readers: Mapping[str, Reader]
    glossary: Collection[str] = frozenset()
    unknown: Counter[str] = field(default_factory=Counter)
    attributes: dict[str, None] = field(default_factory=dict)
    metadata: list[tuple[str, str]] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    headings: dict[int, Section] = field(default_factory=dict)
    targets: set[str] = field(default_factory=set)
    names: Names = field(default_factory=Names)
    keys: Names = field(default_factory=Names)

    def prepare(self, root: Element) -> None:
        """Keep every attribute that has no place in the model, and note which words the sheet explains."""
        kept = self.attributes
        for element in root.iter():
            if attributes := element.items():
                tag = element.tag
                held = HELD.get(tag, NOTHING)
                for name, value in attributes:
                    if name not in held:
                        kept[f"{tag}@{name}={value.strip()}"] = None
        self.glossary = {
            element.get("ID", "") for tag in ("Definition", "Abreviation") for element in root.iterfind(tag)
        }

    def read_block(self, element: Element, where: Where, out: list[Block]) -> None:
        """Read one element that is no part of a sentence, and add its blocks to a list."""
        reader = self.readers.get(element.tag)
        if reader is not None:
            reader(element, self, where, out)
            return
        # Never seen in any version: its words stay in place, its attributes are kept, its name is counted.
        self.unknown[element.tag] += 1
        self.keep_attributes(element)
        if len(element) == 0:
            out.append(Unknown(element.tag, self.words(element)))
        else:
            inside: list[Block] = []
            self.readers["Texte"](element, self, BOXED, inside)
            out.append(Unknown(element.tag, "", tuple(inside)))

    def keep_attributes(self, element: Element) -> None:
        """Keep the attributes of an element whose place in the model has no field for them."""
        for name, value in element.items():
            self.attributes[f"{element.tag}@{name}={value.strip()}"] = None

    def keep_names(self, tag: str, names: Iterable[str]) -> None:
        """Keep the names of conditions whose setter has no answer to stand on."""
        for name in names:
            self.attributes[f"{tag}@var={name}"] = None

    def new_id(self, text: str, otherwise: str = "partie") -> str:
        """Return an identifier made of a text, unique in this sheet."""
        return self.names.new(slug(text) or otherwise)

    def words(self, element: Element | None) -> str:
        """Return all the words of an element as one line: a title, a name."""
        if element is None:
            return ""
        if len(element) == 0:
            return collapse(element.text) if element.text else ""
        if len(element) == 1 and len(element[0]) == 0 and element[0].tag == "Paragraphe":
            inner = element[0]
            return collapse(f"{element.text or ''} {inner.text or ''} {inner.tail or ''}")
        pieces: list[str] = []
        self._gather(element, pieces)
        return collapse("".join(pieces))

    def _gather(self, element: Element, pieces: list[str]) -> None:
        if element.text:
            pieces.append(element.text)
        for child in element:
            is_apart = child.tag not in JOINED
            if is_apart:
                pieces.append(" ")
            # A line has no marks: what these point at is kept beside it.
            self.keep_attributes(child)
            self._gather(child, pieces)
            if is_apart:
                pieces.append(" ")
            if child.tail:
                pieces.append(child.tail)


def first(element: Element, *names: str) -> dict[str, Element]:
    """Return the first child of each of these names: the fields of a record. Others are its content."""
    found: dict[str, Element] = {}
    for child in element:
        tag = child.tag
        if tag in names and tag not in found:
            found[tag] = child
    return found
