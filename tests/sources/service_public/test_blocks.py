"""Lists, tables, boxes, steps, offices, services: each kind of content, wherever it stands."""

from __future__ import annotations

import pytest

from kiosk.domain.procedure import (
    Callout,
    CalloutKind,
    Cell,
    Contact,
    Definition,
    Figure,
    Form,
    Item,
    ItemList,
    ListRole,
    OnlineService,
    Paragraph,
    Reference,
    RoleSource,
    Section,
    Step,
    StepRole,
    Table,
    Unknown,
    walk,
)
from tests.sources.service_public.sheets import a_sheet, block_of, blocks_of, read

ONE_ITEM = '<Liste type="puce"><Item><Paragraphe>Photo</Paragraphe></Item></Liste>'


def chapter(inside: str, title: str = "Titre", attributes: str = "") -> str:
    """Write a chapter."""
    return f"<Chapitre {attributes}><Titre><Paragraphe>{title}</Paragraphe></Titre>{inside}</Chapitre>"


def lists_in(text: str) -> list[ItemList]:
    """Return all lists of a main part."""
    return [block for block in walk(blocks_of(text)) if isinstance(block, ItemList)]


def table(text: str) -> Table:
    """Read a table."""
    block = block_of(f"<Tableau>{text}</Tableau>")
    assert isinstance(block, Table)
    return block


def row(*cells: str, kind: str = "normal") -> str:
    """Write a row; a cell that starts with a space gives its attributes first."""
    return f'<Rangée type="{kind}">{"".join(cells)}</Rangée>'


def cell(text: str, attributes: str = "") -> str:
    """Write a cell."""
    return f"<Cellule {attributes}><Paragraphe>{text}</Paragraphe></Cellule>"


def shape(found: Table) -> list[int]:
    """Return how many columns each row has of its own and from above."""
    widths = [0] * len(found.rows)
    for number, one in enumerate(found.rows):
        for inside in one.cells:
            for below in range(number, number + inside.rows):
                widths[below] += inside.columns
    return widths


# Lists


def test_the_first_paragraph_of_an_item_is_its_name_the_rest_its_details() -> None:
    (found,) = lists_in(
        "<Liste><Item><Paragraphe>Un <Valeur>5 €</Valeur></Paragraphe><Paragraphe>Puis</Paragraphe></Item></Liste>"
    )
    (item,) = found.items
    assert (item.name, item.details, len(item.marks)) == ("Un 5 €", (Paragraph("Puis"),), 1)


def test_a_list_in_an_item_and_the_paragraph_after_it_are_its_details() -> None:
    outer, _ = lists_in(
        f"<Liste><Item><Paragraphe>Un</Paragraphe>{ONE_ITEM}<Paragraphe>Fin</Paragraphe></Item></Liste>"
    )
    assert [type(block) for block in outer.items[0].details] == [ItemList, Paragraph]


def test_an_item_that_starts_with_a_list_has_no_name() -> None:
    outer, _ = lists_in(f"<Liste><Item>{ONE_ITEM}</Item></Liste>")
    assert outer.items[0].name == ""


def test_items_have_ids_of_their_own() -> None:
    found = blocks_of(ONE_ITEM + ONE_ITEM)
    assert [item.id for one in found if isinstance(one, ItemList) for item in one.items] == ["photo", "photo-2"]


def test_the_condition_of_an_item_stays_with_it() -> None:
    (found,) = lists_in(
        '<Liste><Item><Condition><estVrai var="T1"/></Condition><Paragraphe>Un</Paragraphe></Item></Liste>'
    )
    assert found.items == (Item("un", "Un", condition="T1"),)


def test_numbered_lists_are_numbered() -> None:
    assert (
        lists_in('<Liste type="numero"><Item><Paragraphe>Un</Paragraphe></Item></Liste>')[0].role is ListRole.NUMBERED
    )


def test_lists_under_the_markup_of_papers_are_papers() -> None:
    (found,) = lists_in(chapter(ONE_ITEM, "Divers", 'type="pieces"'))
    assert (found.role, found.role_source) == (ListRole.PAPERS, RoleSource.MARKUP)


@pytest.mark.parametrize("title", ["Pièces à fournir", "Quels sont les justificatifs à fournir\u00a0?", "Documents"])
def test_lists_under_a_title_of_papers_are_papers(title: str) -> None:
    (found,) = lists_in(chapter(ONE_ITEM, title))
    assert (found.role, found.role_source) == (ListRole.PAPERS, RoleSource.TITLE)


@pytest.mark.parametrize(
    "title", ["Documents remis au salarié", "Dépôt du dossier", "Extension : véranda, pièce en plus", "Faux document"]
)
def test_other_titles_that_name_a_document_are_no_papers(title: str) -> None:
    assert lists_in(chapter(ONE_ITEM, title))[0].role is ListRole.PLAIN


def test_a_cost_among_the_papers_is_no_paper() -> None:
    inside = f"<SousChapitre><Titre><Paragraphe>Coût</Paragraphe></Titre>{ONE_ITEM}</SousChapitre>"
    assert lists_in(chapter(inside, "Pièces à fournir"))[0].role is ListRole.PLAIN


def test_a_list_that_a_sentence_announces_stays_plain_and_says_so() -> None:
    found = lists_in(f"<Paragraphe>Vous devez fournir les documents suivants :</Paragraphe>{ONE_ITEM}")
    assert (found[0].role, found[0].role_source) == (ListRole.PLAIN, RoleSource.LEAD_IN)


def test_lists_in_the_details_of_a_paper_cannot_be_ticked() -> None:
    inside = f"<Liste><Item><Paragraphe>L'un de :</Paragraphe>{ONE_ITEM}</Item></Liste>"
    assert [one.role for one in lists_in(chapter(inside, "Pièces à fournir"))] == [ListRole.PAPERS, ListRole.PLAIN]


def test_words_beside_the_items_of_a_list_are_kept() -> None:
    found = blocks_of("<Liste>Avant<Item><Paragraphe>Un</Paragraphe></Item>après<Paragraphe>Fin</Paragraphe></Liste>")
    assert [block.text for block in found if isinstance(block, Paragraph)] == ["Avant", "après", "Fin"]


# Tables


def test_a_table_has_its_title_its_summary_and_its_header() -> None:
    found = table(
        "<Titre>Prix</Titre><Resume><Paragraphe>Tous les prix</Paragraphe></Resume>"
        '<Colonne largeur="30" type="header"/><Colonne largeur="70" type="normal"/>'
        + row(cell("Âge"), cell("Prix"), kind="header")
        + row(cell("Enfant"), cell("5 €"))
    )
    assert (found.title, found.summary) == ("Prix", "Tous les prix")
    assert [one.is_header for one in found.rows] == [True, False]
    assert [inside.is_header for inside in found.rows[1].cells] == [True, False]


def test_rows_without_their_accent_are_rows() -> None:
    assert len(table("<Rangee><Cellule/></Rangee>").rows) == 1


def test_a_list_in_a_cell_stays_in_the_cell() -> None:
    found = table(f"<Rangée><Cellule>{ONE_ITEM}</Cellule></Rangée>")
    assert isinstance(found.rows[0].cells[0].blocks[0], ItemList)


def test_a_rich_title_is_the_title() -> None:
    assert table("<TitreRiche><Paragraphe>Prix</Paragraphe></TitreRiche>").title == "Prix"


def test_spans_are_kept() -> None:
    found = table(row(cell("A", 'fusionVerticale="2"'), cell("B", 'fusionHorizontale="2"')) + row(cell("C"), cell("D")))
    assert [(inside.columns, inside.rows) for inside in found.rows[0].cells] == [(1, 2), (2, 1)]
    assert shape(found) == [3, 3]


def test_a_span_of_the_header_that_pushes_the_next_row_out_ends_with_the_header() -> None:
    columns = '<Colonne type="normal"/>' * 2
    header = row(cell("A", 'fusionVerticale="2"'), cell("B"), kind="header")
    found = table(columns + header + row(cell("C"), cell("D")))
    assert shape(found) == [2, 2]
    assert found.rows[0].cells[0].rows == 1


def test_a_span_beyond_the_table_ends_with_it() -> None:
    found = table(row(cell("A", 'fusionVerticale="9"')) + row(cell("B")))
    assert found.rows[0].cells[0].rows == 2
    assert shape(found) == [2, 2]


@pytest.mark.parametrize("written", ["", "0", "-3", "deux", "99999999999999"])
def test_a_span_that_is_no_number_is_one(written: str) -> None:
    assert table(row(cell("A", f'fusionHorizontale="{written}"'))).rows[0].cells[0].columns == 1


def test_a_short_row_is_filled_with_empty_cells() -> None:
    found = table(row(cell("A"), cell("B")) + row(cell("C")))
    assert found.rows[1].cells[1] == Cell()


def test_words_and_elements_that_no_table_has_are_kept() -> None:
    found = blocks_of(
        "<Tableau>mot<Rangée>dans<Cellule/>la<Titre>rangée</Titre></Rangée>"
        "<Paragraphe>après</Paragraphe><Colonne>texte</Colonne></Tableau>"
    )
    words = " ".join(
        text for block in walk(found) for text in (getattr(block, "text", ""), getattr(block, "title", ""))
    )
    assert sorted(words.split()) == ["après", "dans", "la", "mot", "rangée", "texte"]


# Boxes


@pytest.mark.parametrize(
    ("name", "title", "kind"),
    [
        ("ANoter", "À noter", CalloutKind.NOTE),
        ("ASavoir", "À savoir", CalloutKind.INFO),
        ("Attention", "Attention", CalloutKind.WARNING),
        ("Rappel", "Définition", CalloutKind.REMINDER),
        ("Exemple", "Exemple", CalloutKind.EXAMPLE),
        ("ANoter", "Exemple", CalloutKind.EXAMPLE),
    ],
)
def test_a_box_keeps_its_own_title(name: str, title: str, kind: CalloutKind) -> None:
    block = block_of(f"<{name}><Titre>{title}</Titre><Paragraphe>le délai</Paragraphe></{name}>")
    assert block == Callout(kind, (Paragraph("le délai"),), title=title)


def test_a_conclusion_is_a_titled_part() -> None:
    block = block_of("<Conclusion><Titre>Fin</Titre><Paragraphe>Voilà</Paragraphe></Conclusion>")
    assert block == Section("Fin", (Paragraph("Voilà"),))


# Steps


def test_chapters_and_sub_chapters_are_steps_in_steps() -> None:
    block = block_of(chapter("<SousChapitre><Titre>Où</Titre><Paragraphe>Ici</Paragraphe></SousChapitre>", "Quand"))
    assert block == Step("quand", "Quand", (Step("ou", "Où", (Paragraph("Ici"),)),))


def test_the_id_of_a_chapter_is_kept_once() -> None:
    first, second = blocks_of(chapter("", "Un", 'ID="T7"') + chapter("", "Deux", 'ID="T7"'))
    assert isinstance(first, Step)
    assert isinstance(second, Step)
    assert (first.id, second.id) == ("T7", "deux")


def test_a_chapter_without_a_title_is_a_step_without_a_title() -> None:
    assert block_of("<Chapitre><Paragraphe>Ici</Paragraphe></Chapitre>") == Step("partie", "", (Paragraph("Ici"),))


def test_the_other_title_and_the_condition_of_a_chapter_are_kept() -> None:
    block = block_of(
        "<Chapitre><Titre>Un</Titre><TitreAlternatif><Paragraphe>Autre</Paragraphe></TitreAlternatif>"
        '<Condition><estVrai var="T1"/></Condition></Chapitre>'
    )
    assert block == Step("un", "Un", other_title="Autre", condition="T1")


@pytest.mark.parametrize(
    ("title", "role"),
    [
        ("Pièces à fournir", StepRole.PAPERS),
        ("Coût", StepRole.COST),
        ("Quel est le coût\u00a0?", StepRole.COST),
        ("Délais de fabrication", StepRole.DELAY),
        ("Durée de validité", StepRole.DELAY),
        ("Retrait", StepRole.PLAIN),
        ("Dans quels cas peut-on être mis sur écoute\u00a0?", StepRole.PLAIN),
    ],
)
def test_a_title_tells_what_a_step_is_about(title: str, role: StepRole) -> None:
    block = block_of(chapter("", title))
    assert isinstance(block, Step)
    assert block.role is role


def test_a_floating_title_stands_above_what_follows_up_to_the_next() -> None:
    found = blocks_of(
        "<Paragraphe>a</Paragraphe><TitreFlottant><Paragraphe>Un</Paragraphe></TitreFlottant><Paragraphe>b</Paragraphe>"
        "<TitreFlottant><Paragraphe>Deux</Paragraphe></TitreFlottant><Paragraphe>c</Paragraphe>" + chapter("", "Étape")
    )
    assert found == (
        Paragraph("a"),
        Section("Un", (Paragraph("b"),)),
        Section("Deux", (Paragraph("c"),)),
        Step("etape", "Étape"),
    )


def test_a_part_kept_for_a_condition_says_so() -> None:
    block = block_of(
        '<FragmentConditionne><Condition><ou><estVrai var="T1"/><estIndefini var="T2"/></ou></Condition>'
        "<Paragraphe>Ici</Paragraphe></FragmentConditionne>"
    )
    assert block == Section("", (Paragraph("Ici"),), condition="or(T1,undefined(T2))")


def test_a_part_kept_for_a_condition_that_holds_steps_is_a_step() -> None:
    block = block_of(
        f'<FragmentConditionne><Condition><estVrai var="T1"/></Condition>{chapter("")}</FragmentConditionne>'
    )
    assert isinstance(block, Step)
    assert (block.title, block.condition) == ("", "T1")


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        ('<estVrai var="T1"/>', "T1"),
        ('<estFaux var="T1"/>', "not(T1)"),
        ('<et><estVrai var="T1"/><ou><estVrai var="T2"/><estVrai var="T3"/></ou></et>', "and(T1,or(T2,T3))"),
        ('<et><estVrai var="T1"/></et>', "T1"),
        ('<estVrai var="T1"/><estVrai var="T2"/>', "and(T1,T2)"),
        ('<non><estVrai var="T1"/></non>', "not(T1)"),
        ("<estVrai/>", ""),
        ('<inconnu var="T1"/>', ""),
    ],
)
def test_conditions_become_strings(written: str, read_as: str) -> None:
    block = block_of(
        f"<FragmentConditionne><Condition>{written}</Condition><Paragraphe>a</Paragraphe></FragmentConditionne>"
    )
    assert isinstance(block, Section)
    assert block.condition == read_as


def test_a_condition_whose_host_has_none_hides_nothing() -> None:
    procedure = read(
        a_sheet('<Texte><ANoter><Condition><estVrai var="T8"/></Condition><Titre>A</Titre></ANoter></Texte>')
    )
    assert procedure.blocks == (Callout(CalloutKind.NOTE, (), title="A"),)
    assert "estVrai@var=T8" in procedure.attributes


# Offices, services, texts of law, pictures


def test_an_office_has_its_key_its_sites_and_what_the_sheet_says_of_it() -> None:
    block = block_of(
        '<OuSAdresser ID="R1" type="Local personnalisable"><Titre>Mairie</Titre>'
        '<Complement>de votre domicile</Complement><PivotLocal>mairie</PivotLocal><RessourceWeb URL="https://a.example/"/>'
        '<RessourceWeb URL="https://b.example/"/><Source ID="R30">Ministère</Source>'
        "<Texte><Chapitre><Titre><Paragraphe>Par téléphone</Paragraphe></Titre>"
        "<Paragraphe>3939</Paragraphe></Chapitre></Texte></OuSAdresser>"
    )
    assert block == Contact(
        "R1",
        "Mairie",
        "mairie",
        "de votre domicile",
        "Local personnalisable",
        ("https://a.example/", "https://b.example/"),
        "Ministère",
        (Section("Par téléphone", (Paragraph("3939"),)),),
    )


def test_a_group_of_offices_is_the_offices() -> None:
    procedure = read(
        a_sheet(
            '<QuiPeutMAider><OuSAdresser ID="R1"><Titre>Un</Titre></OuSAdresser>'
            "<PivotLocal>caf</PivotLocal></QuiPeutMAider>"
        )
    )
    assert procedure.contacts == (Contact("R1", "Un"), Contact("", "", "caf"))


def test_a_form_has_its_numbers_and_a_service_its_address() -> None:
    form, online = blocks_of(
        '<ServiceEnLigne ID="R1" URL="https://a.example/" type="Formulaire" numerocerfa="12100*02" autrenumero="S12">'
        "<Titre>Demande</Titre><Source>Ministère</Source></ServiceEnLigne>"
        '<ServiceEnLigne ID="R2" URL="https://b.example/" type="Téléservice"><Condition><estVrai var="T1"/></Condition>'
        "<Titre>Pré-demande</Titre><Source/><Introduction><Texte><Paragraphe>Avec un compte</Paragraphe></Texte>"
        "</Introduction></ServiceEnLigne>"
    )
    assert form == Form(
        "Demande",
        "12100*02",
        "https://a.example/",
        id="R1",
        kind="Formulaire",
        other_number="S12",
        provider="Ministère",
    )
    assert online == OnlineService(
        "Pré-demande",
        "https://b.example/",
        id="R2",
        kind="Téléservice",
        blocks=(Paragraph("Avec un compte"),),
        condition="T1",
    )


def test_a_letter_to_copy_is_a_form() -> None:
    assert isinstance(
        block_of('<ServiceEnLigne type="Modèle de document"><Titre>Lettre</Titre></ServiceEnLigne>'), Form
    )


def test_annexes_and_notices_stand_inside_their_form() -> None:
    block = block_of(
        '<ServiceEnLigne type="Formulaire"><Titre>A</Titre><NoticeLiee ID="R3" URL="https://n.example/" '
        'numerocerfa="51#01" type="Notice">Notice</NoticeLiee><ServiceEnLigneAnnexe type="Formulaire" '
        'numerocerfa="13#02"><Titre>Annexe</Titre><LienWeb URL="https://x.example/" poids="5 KB"><Source>Cnam</Source>'
        "</LienWeb></ServiceEnLigneAnnexe></ServiceEnLigne>"
    )
    assert isinstance(block, Form)
    assert block.blocks == (
        Form("Notice", "51#01", "https://n.example/", id="R3", kind="Notice"),
        Form("Annexe", "13#02", "https://x.example/", kind="Formulaire", provider="Cnam"),
    )


def test_a_second_link_of_an_annex_is_not_lost() -> None:
    block = block_of(
        '<ServiceEnLigneAnnexe type="Formulaire"><Titre>A</Titre><LienWeb URL="https://x.example/"/>'
        '<LienWeb URL="https://y.example/"><Source>Cnam</Source></LienWeb></ServiceEnLigneAnnexe>'
    )
    assert isinstance(block, Form)
    assert (block.url, block.blocks) == (
        "https://x.example/",
        (Reference("", "https://y.example/", "LienWeb", "Cnam"),),
    )


def test_a_link_with_a_comment_follows_its_comment() -> None:
    found = blocks_of(
        "<LienExterneCommente><Commentaire><Paragraphe>À lire</Paragraphe></Commentaire>"
        '<LienExterne URL="https://a.example/">Le bac</LienExterne><Source>Ministère</Source></LienExterneCommente>'
    )
    assert found == (Paragraph("À lire"), Reference("Le bac", "https://a.example/", "LienExterneCommente", "Ministère"))


def test_the_words_of_a_picture_stand_for_it() -> None:
    before, figure = blocks_of(
        "<ContenuIllustre><Contenu><Paragraphe>Avant</Paragraphe></Contenu>"
        '<Illustration LienPublication="I1.png"><Legende>Légende</Legende><Credits><Paragraphe>Crédits</Paragraphe>'
        "</Credits><TexteDeRemplacement>Photo</TexteDeRemplacement><Description><Paragraphe>Une</Paragraphe><Paragraphe>Deux"
        "</Paragraphe></Description></Illustration></ContenuIllustre>"
    )
    assert before == Paragraph("Avant")
    assert figure == Figure("I1.png", "Photo", "Légende", "Crédits", blocks=(Paragraph("Une"), Paragraph("Deux")))


def test_a_word_explained_goes_to_the_glossary_with_its_texts_of_law() -> None:
    procedure = read(
        a_sheet(
            '<Definition ID="R5"><Titre>Mot</Titre><Texte><Paragraphe>Sens</Paragraphe></Texte>'
            '<Reference URL="https://l.example/"><Titre>Loi</Titre></Reference></Definition>'
        )
    )
    assert procedure.glossary == (
        Definition("R5", "Mot", (Paragraph("Sens"), Reference("Loi", "https://l.example/", "Reference"))),
    )


# What nobody has seen yet


def test_an_element_never_seen_is_kept_in_place() -> None:
    found = blocks_of("<Paragraphe>a</Paragraphe><Nouveau>mot</Nouveau><Paragraphe>b</Paragraphe>")
    assert found == (Paragraph("a"), Unknown("Nouveau", "mot"), Paragraph("b"))


def test_known_content_inside_an_element_never_seen_is_read_and_asks_nothing() -> None:
    block = block_of(
        "<Nouveau><Titre>T</Titre><BlocCas><Cas><Titre>A</Titre></Cas><Cas><Titre>B</Titre></Cas></BlocCas></Nouveau>"
    )
    assert block == Unknown("Nouveau", "", (Section("T", (Section("A"), Section("B"))),))


@pytest.mark.parametrize(
    ("attributes", "text"),
    [
        ('xmlns="urn:vdd"', "<Texte><Paragraphe>a</Paragraphe></Texte>"),
        ('xmlns:v="urn:vdd"', "<v:Texte><v:Paragraphe>a</v:Paragraphe></v:Texte>"),
        (f'x="{"y" * 2000}"', '<v:Texte xmlns:v="urn:vdd"><v:Paragraphe>a</v:Paragraphe></v:Texte>'),
        ("", '<Texte><Paragraphe xmlns="urn:vdd">a</Paragraphe></Texte>'),
    ],
)
def test_elements_in_a_namespace_are_the_same_elements(attributes: str, text: str) -> None:
    assert read(a_sheet(text, attributes=attributes)).blocks == (Paragraph("a"),)


def test_attributes_without_a_meaning_here_are_kept_once() -> None:
    procedure = read(a_sheet('<Texte><ANoter x="1"><Titre>a</Titre></ANoter><ANoter x="1"/></Texte>'))
    assert procedure.attributes.count("ANoter@x=1") == 1
