"""Each part of an official sheet has its place in the procedure; nothing is left out."""

from __future__ import annotations

import pytest

from kiosk.domain.dating import PartialDate
from kiosk.domain.procedure import (
    Callout,
    CalloutKind,
    Contact,
    Form,
    Kind,
    OnlineService,
    Paragraph,
    Reference,
    Section,
    SheetLink,
    Step,
)
from kiosk.sources.service_public import sheet as sheet_module
from kiosk.sources.service_public.markup import SheetError
from tests.sources.service_public.sheets import a_link, a_service, a_sheet, read


def test_the_head_of_a_sheet() -> None:
    procedure = read(
        a_sheet(
            "<SurTitre>Fiche pratique</SurTitre><Audience>Particuliers</Audience><Canal>www.service-public.fr</Canal>",
            key="F1341",
            title="Carte d'identité\u00a0: première demande",
            attributes='type="Fiche" spUrl="https://a.example/F1341"',
            head="<dc:description>Au guichet</dc:description><dc:coverage>France entière</dc:coverage>",
        ),
        "F1341.xml",
    )
    assert (procedure.id, procedure.source, procedure.kind) == ("F1341", "F1341", Kind.SHEET)
    assert procedure.title == "Carte d'identité\u00a0: première demande"
    assert procedure.description == "Au guichet"
    assert procedure.checked_on == PartialDate(2020, 11, 12)
    assert procedure.public == "particuliers"
    assert procedure.metadata == (
        ("dc:date", "modified 2020-11-12"),
        ("dc:coverage", "France entière"),
        ("SurTitre", "Fiche pratique"),
        ("Audience", "Particuliers"),
        ("Canal", "www.service-public.fr"),
    )
    assert procedure.attributes == ("Publication@type=Fiche", "Publication@spUrl=https://a.example/F1341")


def test_a_sheet_is_walked_like_any_procedure() -> None:
    procedure = read(a_sheet())
    assert procedure.is_official
    assert (procedure.ways.with_internet, procedure.ways.without_internet, procedure.audience) == ((), (), ())


def test_where_a_sheet_stands_is_kept_and_gives_its_theme() -> None:
    procedure = read(
        a_sheet(
            '<FilDAriane><Niveau ID="Particuliers">Accueil</Niveau><Niveau ID="N19810">Papiers</Niveau>'
            '<Niveau ID="F1" type="Fiche">Carte</Niveau></FilDAriane>'
            + a_link("N19810", "Papiers", name="Theme")
            + '<SousThemePere ID="N103">Identité</SousThemePere>'
            + a_link("N358", "Carte", a_link("N358-1", "Majeur", '<Fiche ID="F2">Perte</Fiche>', name="SousDossier"))
            .replace('Dossier ID="N358"', 'DossierPere ID="N358"')
            .replace("</Dossier>", "</DossierPere>")
            + "<SousDossierPere>Majeur</SousDossierPere>"
        )
    )
    assert procedure.theme == "N19810"
    assert procedure.breadcrumb == (
        SheetLink("Particuliers", "Accueil"),
        SheetLink("N19810", "Papiers"),
        SheetLink("F1", "Carte", "Fiche"),
    )
    assert procedure.navigation == (
        SheetLink("N19810", "Papiers", "Theme"),
        SheetLink("N103", "Identité", "SousThemePere"),
        SheetLink(
            "N358",
            "Carte",
            "DossierPere",
            (SheetLink("N358-1", "Majeur", "SousDossier", (SheetLink("F2", "Perte", "Fiche"),)),),
        ),
        SheetLink("", "Majeur", "SousDossierPere"),
    )


def test_without_a_theme_the_first_level_above_is_it() -> None:
    trail = (
        '<FilDAriane><Niveau ID="Accueil">A</Niveau><Niveau ID="N7">T</Niveau><Niveau ID="N8">D</Niveau></FilDAriane>'
    )
    assert read(a_sheet(trail)).theme == "N7"


def test_a_warning_comes_first_and_keeps_its_date() -> None:
    procedure = read(
        a_sheet(
            '<Avertissement ID="R9" date="2020-06-15"><Titre>Covid</Titre><Texte><Paragraphe>Fermé</Paragraphe></Texte>'
            "</Avertissement>"
        )
    )
    assert procedure.notices == (Callout(CalloutKind.WARNING, (Paragraph("Fermé"),), title="Covid"),)
    assert {"Avertissement@ID=R9", "Avertissement@date=2020-06-15"} <= set(procedure.attributes)


def test_an_introduction_of_sentences_is_the_summary() -> None:
    intro = "<Introduction><Texte><Paragraphe>Un</Paragraphe><Paragraphe>Deux</Paragraphe></Texte></Introduction>"
    procedure = read(a_sheet(f"{intro}<Texte><Paragraphe>corps</Paragraphe></Texte>"))
    assert procedure.summary == (Paragraph("Un"), Paragraph("Deux"))
    assert procedure.blocks == (Paragraph("corps"),)


def test_what_is_no_sentence_in_an_introduction_heads_the_body() -> None:
    intro = (
        "<Introduction><Texte><Paragraphe>Un</Paragraphe><ANoter><Titre>N</Titre></ANoter><Paragraphe>Deux</Paragraphe>"
        "</Texte></Introduction>"
    )
    procedure = read(a_sheet(f"{intro}<Texte><Paragraphe>corps</Paragraphe></Texte>"))
    assert procedure.summary == (Paragraph("Un"),)
    assert procedure.blocks == (Callout(CalloutKind.NOTE, (), title="N"), Paragraph("Deux"), Paragraph("corps"))


def test_what_stands_around_the_body_has_its_places() -> None:
    procedure = read(
        a_sheet(
            '<OuSAdresser ID="R1"><Titre>Mairie</Titre></OuSAdresser>'
            '<Reference type="Texte de référence" URL="https://l.example/" ID="R2"><Titre>Loi</Titre>'
            "<Complement>Articles 1 à 3</Complement></Reference>"
            '<ServiceEnLigne ID="R3" URL="https://s.example/" type="Téléservice"><Titre>Simuler</Titre>'
            "</ServiceEnLigne>"
            '<PourEnSavoirPlus URL="https://p.example/" ID="R4"><Titre>Site</Titre><Source ID="R5">Ministère</Source>'
            "</PourEnSavoirPlus>"
            '<QuestionReponse ID="F8">Que faire ?</QuestionReponse><CommentFaireSi ID="F9">Je déménage</CommentFaireSi>'
        )
    )
    assert procedure.contacts == (Contact("R1", "Mairie"),)
    assert procedure.services == (OnlineService("Simuler", "https://s.example/", id="R3", kind="Téléservice"),)
    assert procedure.references == (
        Reference("Loi", "https://l.example/", "Reference", complement="Articles 1 à 3"),
        Reference("Site", "https://p.example/", "PourEnSavoirPlus", "Ministère"),
    )
    assert procedure.see_also == (
        SheetLink("F8", "Que faire ?", "QuestionReponse"),
        SheetLink("F9", "Je déménage", "CommentFaireSi"),
    )
    assert {"Reference@ID=R2", "Source@ID=R5"} <= set(procedure.attributes)


def test_other_sheets_to_see_keep_the_titles_around_them() -> None:
    procedure = read(
        a_sheet(
            '<VoirAussi important="oui">'
            + a_link("N2", "Passeport", a_link("N1", "Papiers", name="Theme"))
            + "</VoirAussi>"
        )
    )
    assert procedure.see_also == (SheetLink("N2", "Passeport", "Dossier", (SheetLink("N1", "Papiers", "Theme"),)),)


def test_the_internal_title_of_a_search_is_not_shown() -> None:
    procedure = read(
        a_sheet('<RechercheGuidee ID="F7"><Titre><Paragraphe>**CNI</Paragraphe></Titre></RechercheGuidee>')
    )
    assert procedure.see_also == (SheetLink("F7", "", "RechercheGuidee"),)
    assert ("RechercheGuidee", "**CNI") in procedure.metadata


def test_a_guided_search_hides_its_own_title() -> None:
    trail = '<FilDAriane><Niveau ID="N1">Papiers</Niveau><Niveau ID="F1">**CNI</Niveau></FilDAriane>'
    procedure = read(a_sheet(trail + "<Problematiques/>", title="**CNI"))
    assert (procedure.kind, procedure.title) == (Kind.GUIDED, "")
    assert procedure.breadcrumb == (SheetLink("N1", "Papiers"),)
    assert {("dc:title", "**CNI"), ("Niveau", "**CNI")} <= set(procedure.metadata)


def test_links_with_comments_can_be_the_whole_body() -> None:
    procedure = read(
        a_sheet('<LienExterneCommente><LienExterne URL="https://b.example/">Bac</LienExterne></LienExterneCommente>')
    )
    assert procedure.blocks == (Reference("Bac", "https://b.example/", "LienExterneCommente"),)


# Themes and dossiers


def test_a_theme_is_its_groups_of_dossiers() -> None:
    procedure = read(
        a_sheet(a_link("N9", "Banque", '<Dossier ID="N98">Comptes</Dossier>', name="SousTheme"), key="N19803")
    )
    assert (procedure.kind, procedure.theme) == (Kind.THEME, "N19803")
    assert procedure.blocks == (Section("Banque", (SheetLink("N98", "Comptes", "Dossier"),)),)
    assert "SousTheme@ID=N9" in procedure.attributes


def test_a_dossier_is_its_groups_of_sheets_and_those_without_a_group() -> None:
    procedure = read(
        a_sheet(
            a_link("N358-1", "Majeur", '<Fiche ID="F2">Perte</Fiche>', name="SousDossier")
            + '<Fiche ID="F3">Vol</Fiche>'
            '<Partenaire ID="R8" URL="https://j.example/"/><Introduction><Texte><Paragraphe>i</Paragraphe></Texte></Introduction>',
            key="N358",
        )
    )
    assert procedure.kind is Kind.DOSSIER
    assert procedure.blocks == (
        Section("Majeur", (SheetLink("F2", "Perte", "Fiche"),)),
        SheetLink("F3", "Vol", "Fiche"),
    )
    assert procedure.summary == (Paragraph("i"),)
    assert procedure.references == (Reference("", "https://j.example/", "Partenaire"),)


# Forms and services


def test_the_page_of_a_form_has_the_form_first() -> None:
    procedure = read(
        a_service(
            "<NumeroCerfa>12045*01</NumeroCerfa><AutreNumero>S6102</AutreNumero><Texte><Paragraphe>Permet"
            '</Paragraphe></Texte><LienWeb URL="https://f.example/f.pdf" format="application/pdf" poids="55 KB">'
            "<Source>Cnam</Source></LienWeb>"
            '<FicheLiee ID="F2" type="Fiche"><Titre>Rente</Titre><Dossier ID="N5">Accident</Dossier></FicheLiee>'
            '<OuSAdresserSupport ID="R6" type="Support"><Titre>Aide</Titre></OuSAdresserSupport>'
            '<ServiceEnLigneAlternatif ID="R7" type="Téléservice"><Titre>En ligne</Titre></ServiceEnLigneAlternatif>'
        )
    )
    assert procedure.kind is Kind.SERVICE
    assert procedure.services == (
        Form(
            "", "12045*01", "https://f.example/f.pdf", id="R1", kind="Formulaire", other_number="S6102", provider="Cnam"
        ),
    )
    assert procedure.blocks == (Paragraph("Permet"),)
    assert procedure.contacts == (Contact("R6", "Aide", kind="Support"),)
    assert procedure.see_also == (
        SheetLink("F2", "Rente", "FicheLiee", (SheetLink("N5", "Accident", "Dossier"),)),
        SheetLink("R7", "En ligne", "ServiceEnLigneAlternatif"),
    )
    assert ("NumeroCerfa", "12045*01") in procedure.metadata


def test_the_blanks_of_a_letter_are_marked() -> None:
    procedure = read(
        a_service(
            "<Texte><Paragraphe>Je soussigné <Variable>[nom]</Variable></Paragraphe></Texte>", kind="Modèle de document"
        )
    )
    (line,) = procedure.blocks
    assert isinstance(line, Paragraph)
    assert (line.text, line.marks[0].kind) == ("Je soussigné [nom]", "blank")


def test_newer_files_say_cost_delay_papers_and_steps() -> None:
    procedure = read(
        a_service(
            "<Cout><Paragraphe>Gratuit</Paragraphe></Cout><NbEtapes>3</NbEtapes><CommentFaireSelf>"
            "<Etapes><Titre>Étapes</Titre><Paragraphe>Signer</Paragraphe></Etapes>"
            "<Documents><Liste><Item><Paragraphe>Photo</Paragraphe></Item></Liste></Documents>"
            "<Delai><Paragraphe>2 mois</Paragraphe></Delai><Recours><Paragraphe>Écrire</Paragraphe></Recours>"
            "</CommentFaireSelf>"
        )
    )
    assert procedure.cost == (Paragraph("Gratuit"),)
    assert ("NbEtapes", "3") in procedure.metadata
    steps = [block for block in procedure.blocks if isinstance(block, Step)]
    assert [(step.title, step.role) for step in steps] == [
        ("Étapes", "plain"),
        ("", "papers"),
        ("", "delay"),
        ("", "plain"),
    ]


# What is wrong


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"<Autre ID='F1'/>", "not a sheet"),
        (b"<Publication/>", "no identifier"),
        (b"<Publication ID='F1'/>", "no title"),
    ],
)
def test_a_file_that_is_no_sheet_is_told(data: bytes, message: str) -> None:
    with pytest.raises(SheetError, match=message):
        read(data)


def test_the_name_of_the_file_serves_when_there_is_no_identifier() -> None:
    assert read(a_sheet().replace(b' ID="F1"', b""), "F77.xml").id == "F77"


@pytest.mark.parametrize("written", ["jamais", "modified 2020-13-45", ""])
def test_a_date_that_cannot_be_read_is_the_oldest_and_told(written: str) -> None:
    found = sheet_module.read(a_sheet().replace(b"modified 2020-11-12", written.encode()), "F1.xml", "particuliers")
    assert found.procedure.checked_on == PartialDate(1970)
    assert any("date" in warning for warning in found.warnings)


def test_the_date_of_newer_files_serves() -> None:
    data = a_sheet(attributes='dateMaj="2026-05-04T10:00:00"').replace(b"modified 2020-11-12", b"")
    assert read(data).checked_on == PartialDate(2026, 5, 4)


def test_another_identifier_than_the_name_is_told() -> None:
    found = sheet_module.read(a_sheet(), "F2.xml", "particuliers")
    assert (found.procedure.id, found.warnings) == ("F1", ("its identifier is F1.",))
