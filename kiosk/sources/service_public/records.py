"""What a sheet names: offices, services online, forms, texts of law, pictures, words explained."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from xml.etree.ElementTree import Element

from kiosk.domain.procedure import Block, Contact, Definition, Figure, Form, OnlineService, Paragraph, Reference
from kiosk.sources.service_public.conditions import condition
from kiosk.sources.service_public.inline import FIGURES
from kiosk.sources.service_public.reading import Reading, first

Content = Callable[[Element, Sequence[Element]], tuple[Block, ...]]
"""Reads all that an element holds, but for some children."""

ReadRecord = Callable[[Element, Reading, Content, list[Block]], None]

_PAPER = ("Formulaire", "Modèle de document", "Notice")


def contact(element: Element, reading: Reading, content: Content, out: list[Block]) -> None:
    """Read an office, a call centre, a website to turn to."""
    if any(child.tag in CONTACTS for child in element):
        # Newer sheets group several of them.
        out.extend(content(element, ()))
        reading.keep_attributes(element)
        return
    fields = first(element, "Titre", "Complement", "PivotLocal", "Source")
    sites = [child for child in element if child.tag == "RessourceWeb" and not reading.words(child)]
    out.append(
        Contact(
            element.get("ID", "").strip(),
            reading.words(fields.get("Titre")),
            reading.words(fields.get("PivotLocal")),
            reading.words(fields.get("Complement")),
            element.get("type", "").strip(),
            tuple(address for site in sites if (address := site.get("URL", "").strip())),
            reading.words(fields.get("Source")),
            content(element, [*fields.values(), *sites]),
        )
    )


def _pivot(element: Element, reading: Reading, _content: Content, out: list[Block]) -> None:
    out.append(Contact("", "", reading.words(element)))


def service(element: Element, reading: Reading, content: Content, out: list[Block]) -> None:
    """Read a service online, a form or a letter to copy; an annex has its address in a link of its own."""
    fields = first(element, "Titre", "Source", "Condition", "LienWeb")
    title = reading.words(fields.get("Titre"))
    url = element.get("URL", "").strip()
    link = fields.get("LienWeb")
    source = fields.get("Source")
    read = list(fields.values())
    if link is not None:
        own = first(link, "Source")
        if url or source is not None or len(link) > len(own) or (link.text or "").strip():
            read.remove(link)
        else:
            url, source = link.get("URL", "").strip(), own.get("Source")
    out.append(
        make_service(
            element, reading, title, url, reading.words(source), content(element, read), fields.get("Condition")
        )
    )


def make_service(
    element: Element,
    reading: Reading,
    title: str,
    url: str,
    provider: str,
    blocks: tuple[Block, ...] = (),
    own: Element | None = None,
) -> Form | OnlineService:
    """Make the block of a service out of its parts and the attributes of its element."""
    key = element.get("ID", "").strip()
    kind = element.get("type", "").strip()
    number = element.get("numerocerfa", "").strip()
    other = element.get("autrenumero", "").strip()
    holds = condition(own, reading)
    if kind.startswith(_PAPER):
        return Form(
            title, number, url, id=key, kind=kind, other_number=other, provider=provider, blocks=blocks, condition=holds
        )
    return OnlineService(title, url, id=key, kind=kind, provider=provider, blocks=blocks, condition=holds)


def _notice(element: Element, reading: Reading, _content: Content, out: list[Block]) -> None:
    out.append(
        Form(
            reading.words(element),
            element.get("numerocerfa", "").strip(),
            element.get("URL", "").strip(),
            id=element.get("ID", "").strip(),
            kind=element.get("type", "Notice").strip(),
            other_number=element.get("autrenumero", "").strip(),
        )
    )


def reference(element: Element, reading: Reading, content: Content, out: list[Block]) -> None:
    """Read a text of law, a page for more, a partner."""
    fields = first(element, "Titre", "Complement", "Source", "Condition")
    title = fields.get("Titre")
    read = list(fields.values())
    is_bare = len(element) == 0
    out.append(
        Reference(
            reading.words(element if is_bare else title),
            element.get("URL", "").strip(),
            element.tag,
            reading.words(fields.get("Source")),
            reading.words(fields.get("Complement")),
            () if is_bare else content(element, read),
            condition=condition(fields.get("Condition"), reading),
        )
    )


def commented_link(element: Element, reading: Reading, content: Content, out: list[Block]) -> None:
    """Read a link with its comment: the comment stands first."""
    fields = first(element, "LienExterne", "Source")
    out.extend(content(element, list(fields.values())))
    link = fields.get("LienExterne")
    url = "" if link is None else link.get("URL", "").strip()
    out.append(Reference(reading.words(link), url, element.tag, reading.words(fields.get("Source"))))


def figure(element: Element, reading: Reading, content: Content, out: list[Block]) -> None:
    """Read a picture: its words stand for it."""
    fields = first(element, "TexteDeRemplacement", "Legende", "Credits", "Description")
    description = fields.get("Description")
    is_line = description is None or (len(description) == 1 and description[0].tag == "Paragraphe")
    if not is_line:
        del fields["Description"]
    out.append(
        Figure(
            element.get("LienPublication", "").strip(),
            reading.words(fields.get("TexteDeRemplacement")),
            reading.words(fields.get("Legende")),
            reading.words(fields.get("Credits")),
            reading.words(fields.get("Description")),
            content(element, list(fields.values())),
        )
    )


def _source(element: Element, reading: Reading, _content: Content, out: list[Block]) -> None:
    """Keep the name of a provider that stands on its own."""
    text = reading.words(element)
    if text:
        out.append(Paragraph(text))


def definition(element: Element, reading: Reading, content: Content) -> Definition:
    """Read a word explained, or an abbreviation written out."""
    fields = first(element, "Titre")
    kind = element.get("type", "").strip() or "definition"
    term = reading.words(fields.get("Titre"))
    return Definition(element.get("ID", "").strip(), term, content(element, list(fields.values())), kind)


CONTACTS = frozenset({"OuSAdresser", "OuSAdresserSupport", "QuiPeutMAider"})
SERVICES = frozenset({"ServiceEnLigne", "ServiceEnLigneAnnexe"})
REFERENCES = frozenset({"Reference", "PourEnSavoirPlus", "LienWeb", "RessourceWeb", "Partenaire", "Actualite"})

RECORDS: dict[str, ReadRecord] = {
    **dict.fromkeys(CONTACTS, contact),
    **dict.fromkeys(SERVICES, service),
    **dict.fromkeys(REFERENCES, reference),
    **dict.fromkeys(FIGURES, figure),
    "LienExterneCommente": commented_link,
    "NoticeLiee": _notice,
    "PivotLocal": _pivot,
    "Source": _source,
}
