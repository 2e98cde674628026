"""The content of the golden packs, and the script that wrote them: `python -m tests.support.golden_pack`.

A device reads every format that was ever shipped: a golden pack is written once for each version and never again.
What a format holds is said here for good; a new format gets content of its own beside it.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from pathlib import Path

from kiosk.domain.dating import PartialDate
from kiosk.domain.place import Accessibility, Place
from kiosk.domain.procedure import (
    Callout,
    CalloutKind,
    Cell,
    Choice,
    Contact,
    Definition,
    Figure,
    Form,
    Item,
    ItemList,
    Kind,
    ListRole,
    Mark,
    MarkKind,
    OnlineService,
    Paragraph,
    PlaceRef,
    Procedure,
    Question,
    QuestionKind,
    Reference,
    RoleSource,
    Row,
    Section,
    SheetLink,
    Step,
    StepRole,
    Table,
    Unknown,
    Way,
    Ways,
)
from kiosk.domain.theme import Theme
from kiosk.packs.schema import FORMAT_VERSION
from kiosk.packs.writer import Content, write_pack
from tests.support.builders import (
    a_line,
    a_menu,
    a_place,
    a_procedure,
    a_theme,
    a_tip,
    an_evidence,
    an_official,
    lines,
    papers,
)

FOLDER = Path(__file__).parent.parent / "data" / "packs"
BUILT_AT = dt.datetime(2026, 11, 23, 8, 0, tzinfo=dt.UTC)
MENUS = 120
"""Enough small bodies for a dictionary to be learnt from."""


def golden_procedure() -> Procedure:
    """Return an authored procedure with every kind of block and field of format 1."""
    step = Step(
        "papiers",
        "Préparez vos papiers",
        (
            Paragraph("Prenez l’original.", an_evidence("F1344", "2026", "M"), ("oui",)),
            papers("photo", Item("perte", "Déclaration", lines("Signée."), an_evidence(), ("non",))),
            ItemList(ListRole.PLAIN, (Item("un", "Un"),), ("oui",)),
            a_tip("Venez tôt.", a_line("Venez à deux.", "non"), when=("oui", "non")),
            PlaceRef("mairie"),
            OnlineService("France Titres", "https://ants.gouv.fr"),
            Form("Déclaration de perte", "14011", "https://www.service-public.gouv.fr/f", ("non",)),
            Ways(lines("Ouvrez le site."), lines("Téléphonez."), lines("Demandez de l’aide.")),
        ),
        "clipboard-list",
        lines("Il vous manque un papier ? Demandez."),
    )
    choices = (Choice("oui", "Oui", "check"), Choice("non", "Non", blocks=(Step("perte", "Dites-le"),)))
    return a_procedure(
        Question("carte", "Votre carte, vous l’avez toujours ?", choices, lines("Cherchez bien.")),
        step,
        checked_on=PartialDate(2026),
        everyday_names=("CNI", "pièce d’identité"),
        related=("F1344",),
        icon="id-card",
        popular=True,
        common_mistakes=lines("Venir sans rendez-vous."),
    )


def golden_official_procedure() -> Procedure:
    """Return an official procedure with every kind of block, field and name of format 2, each away from its default."""
    some = ("ou-paris", "ou-ailleurs")
    marks = tuple(Mark(kind, 0, number, f"cible {kind}") for number, kind in enumerate(MarkKind, 1))
    inside = (Paragraph("Le 39 39.", an_evidence("F2", "2026-05-04", "M"), some, marks),)
    table = Table(
        (
            Row((Cell(lines("Âge"), columns=2, is_header=True), Cell(lines("Prix"))), is_header=True),
            Row((Cell(lines("0"), rows=2), Cell(lines("5")), Cell(lines("17 €")))),
        ),
        "Tarifs",
        "Prix selon l’âge",
        some,
    )
    details = (*inside, table)
    items = (Item("photo", "Une photo", details, an_evidence(), some, marks, "and(T1,not(T2))"),)
    blocks = (
        Callout(CalloutKind.REMINDER, inside, some, "Rappel"),
        *(Callout(kind, inside) for kind in CalloutKind),
        Section("Sur place", (table,), some, "T1"),
        *(ItemList(role, items, some, source) for role in ListRole for source in RoleSource),
        PlaceRef("mairie", some),
        Contact("C1", "Mairie", "mairie", "Service état civil", "Local", ("https://a.fr",), "État", inside, some),
        OnlineService("Démarche", "https://b.fr", some, "R1", "Téléservice", "Ministère", inside, "T1"),
        Form(
            "Demande", "12100", "https://c.fr", some, "R2", "Formulaire", "51000", "Ministère", inside, "undefined(T1)"
        ),
        Reference("Code civil", "https://d.fr", "Loi", "Légifrance", "Article 9", inside, some, "or(T1,T2)"),
        SheetLink("F3", "Autre fiche", "Fiche", inside, some),
        Figure("photo.jpg", "Une carte", "La carte", "Un auteur", "Recto et verso", inside, some),
        Unknown("Nouveau", "Du texte", inside, some),
        Ways(lines("Sur le site."), lines("Au guichet."), lines("Avec une aide."), some),
    )
    inner = tuple(
        Step(role, f"Étape {role}", blocks, "coins", lines("Demandez."), some, role, "T1", "Autre titre")
        for role in StepRole
    )
    ask = tuple(
        Question(
            f"q-{kind}",
            "Comment ?",
            (
                Choice(
                    f"{kind}-1", "Sur place", "building", inner, Way.WITHOUT_INTERNET, "T3", ("T1",), ("T2",), "Oui."
                ),
                Choice(f"{kind}-2", "En ligne", way=Way.WITH_INTERNET),
                Choice(f"{kind}-3", "Avec quelqu’un", way=Way.WITH_SOMEONE),
            ),
            inside,
            some,
            kind,
        )
        for kind in QuestionKind
    )
    where = (Choice("ou-paris", "À Paris"), Choice("ou-ailleurs", "Ailleurs"))
    return an_official(
        Question("ou", "", where, kind=QuestionKind.TERRITORY),
        *ask,
        summary=inside,
        audience=inside,
        cost=lines("17 €"),
        duration=lines("Deux mois"),
        ways=Ways(lines("Le site."), lines("Le guichet."), lines("Une aide."), some),
        common_mistakes=lines("Venir sans papiers."),
        everyday_names=("papiers",),
        related=("carte-identite",),
        icon="landmark",
        popular=True,
        public="associations",
        description="En quelques mots",
        notices=blocks[:1],
        services=blocks[5:6],
        contacts=blocks[4:5],
        references=blocks[7:8],
        see_also=(SheetLink("F3"),),
        glossary=(Definition("D1", "Livret", inside, "abbreviation"),),
        breadcrumb=(SheetLink("N1", "Papiers"),),
        navigation=blocks[:1],
        metadata=(("spatial", "France"),),
        attributes=("inconnu=1",),
    )


def golden_menu(number: int) -> Procedure:
    """Return one of many small official menus."""
    kind = (Kind.DOSSIER, Kind.THEME, Kind.SERVICE, Kind.GUIDED)[number % 4]
    links = tuple(SheetLink(f"F{one}", f"Fiche numéro {one}") for one in range(number, number + 12))
    return a_menu(f"N{number}", Section(f"Groupe {number}", links), kind=kind, title=f"Menu {number}")


def golden_place() -> Place:
    """Return a place with every field of format 1."""
    return a_place(
        address=("1 place de la Mairie",),
        postcode="49100",
        phone="02 41 00 00 00",
        website="https://www.angers.fr",
        opening_hours="Mo-Fr 09:00-17:00",
    )


def golden_annex() -> Place:
    """Return a place with the fields of format 2."""
    return a_place(
        "mairie-annexe",
        communes=("49007", "49353"),
        notes=("Fermée en août.",),
        is_annex=True,
        accessibility=Accessibility.ON_REQUEST,
    )


def golden_theme() -> Theme:
    """Return a theme in several languages."""
    return a_theme()


def golden_official_theme() -> Theme:
    """Return a theme with official themes under it."""
    return Theme("sante", "heart", 2, {"fr": "Santé"}, ("N19811",))


@dataclass(frozen=True)
class Golden:
    """All that the golden pack of a format holds."""

    procedures: tuple[Procedure, ...]
    themes: tuple[Theme, ...]
    places: tuple[Place, ...]
    redirections: dict[str, str] = field(default_factory=dict)
    official: tuple[str, ...] = ()

    def content(self) -> Content:
        """Return it as it is written."""
        return Content(
            self.procedures,
            self.themes,
            self.places,
            len(self.procedures),
            lambda: self.redirections,
            lambda: self.official,
        )


def golden(version: int) -> Golden:
    """Return what the golden pack of a format holds."""
    first = Golden((golden_procedure(),), (golden_theme(),), (golden_place(),))
    if version == 1:
        return first
    menus = tuple(golden_menu(number) for number in range(MENUS))
    return Golden(
        (*first.procedures, golden_official_procedure(), *menus),
        (*first.themes, golden_official_theme()),
        (*first.places, golden_annex()),
        {"F0": "F1"},
        ("particuliers 2026-11-20",),
    )


def path_of(version: int) -> Path:
    """Return where the golden pack of a format stands."""
    return FOLDER / f"v{version}.sqlite"


def main() -> None:
    """Write the golden pack of the present format, if there is none yet."""
    path = path_of(FORMAT_VERSION)
    if path.exists():
        raise SystemExit(f"{path} is there: a golden pack is never written anew")
    write_pack(path, golden(FORMAT_VERSION).content(), BUILT_AT)


if __name__ == "__main__":
    main()
