"""A small official library, invented, in the official format: enough to show every screen that only official sheets have."""
# ruff: noqa: E501 - XML reads better in long lines

from __future__ import annotations

from pathlib import Path

_HEAD = (
    '<?xml version="1.0" encoding="utf-8"?>'
    '<Publication xmlns:dc="http://purl.org/dc/elements/1.1/" ID="{key}" type="{kind}">'
    "<dc:title>{title}</dc:title><dc:description>{description}</dc:description><dc:date>modified 2026-03-02</dc:date>"
)

_MENU = '<FilDAriane><Niveau ID="N19810" type="Theme">Papiers - Citoyenneté</Niveau></FilDAriane>'

_LONG = " ".join(
    f"La phrase numéro {number} parle de la fête des voisins et de la place qu’elle prend." for number in range(130)
)


def _paragraphs(*texts: str) -> str:
    return "".join(f"<Paragraphe>{text}</Paragraphe>" for text in texts)


def _chapter(title: str, body: str, attributes: str = "") -> str:
    return f"<Chapitre{attributes}><Titre><Paragraphe>{title}</Paragraphe></Titre>{body}</Chapitre>"


def _list(*items: str) -> str:
    return (
        '<Liste type="puce">' + "".join(f"<Item><Paragraphe>{item}</Paragraphe></Item>" for item in items) + "</Liste>"
    )


def _publication(key: str, title: str, body: str, kind: str = "Fiche d'information", description: str = "") -> str:
    head = _HEAD.format(key=key, kind=kind, title=title, description=description or f"{title}, en quelques mots.")
    return f"{head}{_MENU}{body}</Publication>"


TABLE = (
    '<Tableau><Titre>Prix selon la rue</Titre><Colonne largeur="50" type="header"/><Colonne largeur="50" type="normal"/>'
    '<Rangée type="header"><Cellule><Paragraphe>Rue</Paragraphe></Cellule><Cellule><Paragraphe>Prix</Paragraphe></Cellule></Rangée>'
    '<Rangée type="normal"><Cellule><Paragraphe>Petite rue</Paragraphe></Cellule><Cellule><Paragraphe><Valeur>10 €</Valeur></Paragraphe></Cellule></Rangée>'
    f'<Rangée type="normal"><Cellule><Paragraphe>Grande rue</Paragraphe></Cellule><Cellule>{_list("20 € en semaine", "30 € le dimanche")}</Cellule></Rangée>'
    "</Tableau>"
)
CONTACT = (
    '<OuSAdresser ID="R1" type="Local personnalisé sur SP"><Titre>Mairie</Titre><Complement>Service des fêtes</Complement>'
    '<PivotLocal>mairie</PivotLocal><RessourceWeb URL="https://exemple.invalid/mairie"/></OuSAdresser>'
)
SERVICE = (
    '<ServiceEnLigne ID="R2" URL="https://exemple.invalid/demande" type="Téléservice"><Titre>Demander une rue pour la fête</Titre>'
    '<Source ID="R3">Commune de Sainte-Exemple</Source></ServiceEnLigne>'
)
FORM = (
    '<ServiceEnLigne ID="R4" URL="https://exemple.invalid/form" type="Formulaire" numerocerfa="99999*01"><Titre>Formulaire de fête</Titre>'
    '<Source ID="R3">Commune de Sainte-Exemple</Source></ServiceEnLigne>'
)
WORD = '<LienIntra LienID="R5" type="Définition de glossaire">riverain</LienIntra>'
DEFINITION = f'<Definition ID="R5"><Titre>Riverain</Titre><Texte>{_paragraphs("Personne qui habite le long de la rue.")}</Texte></Definition>'


def _feast() -> str:
    """The sheet that has everything: situations, questions, a table, papers, words explained, references."""
    papers = _chapter(
        "Pièces à fournir",
        _paragraphs("Préparez :") + _list("Un plan de la rue", "La liste des voisins"),
        ' type="pieces"',
    )
    ways = (
        '<BlocCas affichage="onglet" type="modalite">'
        f'<Cas type="enLigne"><Titre>En ligne</Titre>{_paragraphs("Ouvrez le site de la commune.")}{SERVICE}</Cas>'
        f'<Cas type="surPlace"><Titre>Sur place</Titre>{_paragraphs("Allez à la mairie.")}{CONTACT}</Cas></BlocCas>'
    )
    where = (
        '<BlocCas affichage="onglet"><Cas><Titre>Cas général</Titre>'
        f"{_paragraphs('La mairie répond.')}</Cas><Cas><Titre>À Paris</Titre>{_paragraphs('La mairie d’arrondissement répond.')}</Cas></BlocCas>"
    )
    body = (
        _chapter(
            "De quoi s’agit-il ?",
            _paragraphs(
                f'Chaque {WORD} peut aider. Voir aussi <LienInterne LienPublication="F90002" type="Fiche">la brocante</LienInterne>.'
            ),
        )
        + _chapter("Coût", _paragraphs("C’est gratuit.") + TABLE)
        + _chapter("Délai", _paragraphs("Demandez deux mois avant."))
        + papers
        + _chapter("Démarche", _paragraphs("Selon votre choix :") + ways + where)
        + _chapter("À lire ensuite", _paragraphs(_LONG))
        + "<ANoter><Titre>À noter</Titre><Paragraphe>le bruit s’arrête à 22 heures.</Paragraphe></ANoter>"
    )
    elsewhere = _chapter("Ce qui change", _paragraphs("Demandez à un voisin de la rue."))
    situations = (
        '<ListeSituations affichage="onglet"><Situation><Titre>Vous habitez ailleurs</Titre>'
        f"<Texte>{elsewhere}</Texte></Situation><Situation><Titre>Vous habitez la rue</Titre>"
        f"<Texte>{body}</Texte></Situation></ListeSituations>"
    )
    return _publication(
        "F90001",
        "Fête des voisins : fermer une rue",
        f"<Introduction><Texte>{_paragraphs('Pour fermer une rue, il faut une autorisation.')}</Texte></Introduction>{situations}"
        f'<OuSAdresser ID="R6" type="National"><Titre>Allô Fêtes</Titre><Texte>{_chapter("Par téléphone", _paragraphs("01 99 00 12 34"))}</Texte></OuSAdresser>'
        f'<Reference type="Texte de référence" URL="https://exemple.invalid/loi"><Titre>Loi des fêtes</Titre><Complement>Article 1</Complement></Reference>'
        f'{FORM}{DEFINITION}<QuestionReponse ID="F90002">Comment tenir un stand ?</QuestionReponse>',
    )


def sheets() -> dict[str, str]:
    """Return the files of the library by their names."""
    theme = (
        _HEAD.format(key="N19810", kind="Theme", title="Papiers - Citoyenneté", description="Les papiers.")
        + '<SousTheme ID="N90"><Titre>Vie de la rue</Titre><Dossier ID="N90001"><Titre>Fêtes de quartier</Titre></Dossier></SousTheme></Publication>'
    )
    groups = (
        '<SousDossier ID="N90001-1"><Titre>Préparer</Titre><Fiche ID="F90001">Fête des voisins : fermer une rue</Fiche></SousDossier>'
        '<SousDossier ID="N90001-2"><Titre>Vendre</Titre>'
        + "".join(f'<Fiche ID="F9000{number}">Stand numéro {number}</Fiche>' for number in range(2, 9))
        + "</SousDossier>"
    )
    dossier = _publication("N90001", "Fêtes de quartier", groups, "Dossier")
    stands = {
        f"F9000{number}.xml": _publication(
            f"F9000{number}",
            f"Stand numéro {number}",
            f"<Texte>{_paragraphs(f'Le stand {number} ouvre le matin.')}</Texte>",
            "Fiche Question-réponse",
        )
        for number in range(2, 9)
    }
    return {"N19810.xml": theme, "N90001.xml": dossier, "F90001.xml": _feast(), **stands}


def write_mini_library(folder: Path) -> Path:
    """Write the library into a folder and return it."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in sheets().items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder
