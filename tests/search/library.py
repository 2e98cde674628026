"""A small library to search in, with synonyms of its own."""

from __future__ import annotations

import sqlite3

from kiosk.search.builder import build_index
from kiosk.search.documents import Document
from kiosk.search.finder import Finder
from kiosk.search.synonyms import Meaning, Narrow, Need, Synonyms


def a_document(
    key: str,
    title: str,
    kind: str = "sheet",
    *,
    names: tuple[str, ...] = (),
    source: str = "",
    related: tuple[str, ...] = (),
    audience: str = "particuliers",
    anchors: tuple[str, ...] = (),
    text: str = "",
    is_popular: bool = False,
) -> Document:
    """Make a document of the fields that matter to a test."""
    return Document(
        id=key,
        source=source or key,
        title=title,
        kind=kind,
        audience=audience,
        names=names,
        related=related,
        breadcrumb=(),
        summary="",
        headings=(),
        text=text,
        anchors=anchors,
        is_popular=is_popular,
    )


LIBRARY = (
    a_document(
        "carte",
        "Carte d’identité",
        "authored",
        names=("CNI", "pièce d’identité"),
        source="F1",
        related=("F2", "F3"),
        is_popular=True,
    ),
    a_document("F1", "Renouvellement de la carte d'identité d'un majeur", anchors=("carte d'identité",) * 5),
    a_document("F2", "Carte d'identité d'un majeur : en cas de perte"),
    a_document("F3", "Carte d'identité d'un majeur : en cas de vol"),
    a_document("F4", "Carte d'identité d'un mineur : première demande"),
    a_document("F5", "Peut-on voyager avec une carte d'identité de plus de 10 ans ?"),
    a_document("F10", "Carte Vitale", text="La sécurité sociale rembourse les soins à la pharmacie."),
    a_document("F11", "Déclaration de naissance"),
    a_document("F12", "Acte de naissance : demande de copie intégrale ou d'extrait"),
    a_document("F13", "Violence conjugale"),
    a_document("F14", "Faire une demande de logement social (HLM)"),
    a_document("F15", "Assistante maternelle : embauche"),
    a_document("F16", "Congé maternité d'une salariée du secteur privé"),
    a_document("F17", "Congé maternité dans la fonction publique"),
    a_document("F18", "Permis de conduire : retrait de points"),
    a_document("N1", "Carte d'identité", "dossier"),
    a_document("R1", "Carte d'identité : formulaire de demande", "service"),
    a_document("F900", "Congé maternité d'une cheffe d'entreprise", audience="professionnels"),
)

SYNONYMS = Synonyms(
    ignore=("bonjour", "voudrais", "veux"),
    weak=("plus", "sans"),
    common=("dame",),
    silent=("violence",),
    rewrite={"ou en est": "suivi"},
    groups={"conjoint": ("mari", "femme", "copain"), "frapper": ("frappe", "tape", "cogne")},
    narrow=(
        Narrow(("fonction publique",), ("fonctionnaire", "mairie")),
        Narrow(("mineur",), ("enfant", "fils")),
        Narrow(("en cas de perte",), ("perdu",)),
        Narrow(("en cas de vol",), ("volé",)),
    ),
    same=(("perdu", "perte", "égaré"), ("logement social", "HLM")),
    means=(Meaning(("nounou", "nourrice"), ("assistante maternelle",)), Meaning(("gamin",), ("mineur",))),
    needs=(
        Need("F13", ("<conjoint> <frapper>",), 1.1),
        Need("F10", ("carte verte",)),
    ),
)


def a_connection(documents: tuple[Document, ...] = LIBRARY, synonyms: Synonyms = SYNONYMS) -> sqlite3.Connection:
    """Build an index in memory."""
    connection = sqlite3.connect(":memory:", check_same_thread=False)
    build_index(connection, documents, synonyms)
    connection.commit()
    return connection


def a_finder(documents: tuple[Document, ...] = LIBRARY, synonyms: Synonyms = SYNONYMS) -> Finder:
    """Make a finder over an index in memory."""
    return Finder(a_connection(documents, synonyms))
