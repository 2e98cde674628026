"""A sentence keeps its words, in order, with what is marked in them."""

from __future__ import annotations

import pytest

from kiosk.domain.procedure import Figure, ItemList, Mark, MarkKind, Paragraph
from tests.sources.service_public.sheets import a_sheet, block_of, blocks_of, read


def sentence(inside: str) -> Paragraph:
    """Read one paragraph."""
    block = block_of(f"<Paragraphe>{inside}</Paragraphe>")
    assert isinstance(block, Paragraph)
    return block


def marked(paragraph: Paragraph) -> list[tuple[MarkKind, str]]:
    """Return the words under each mark."""
    return [(mark.kind, paragraph.text[mark.start : mark.end]) for mark in paragraph.marks]


def test_white_space_is_one_space_and_spaces_that_do_not_break_are_kept() -> None:
    assert sentence("\n\t Prix\u00a0:\n  25\u00a0€  ").text == "Prix\u00a0: 25\u00a0€"


def test_a_superscript_stands_against_its_word() -> None:
    assert sentence("Le 1<Exposant>er</Exposant> mars").text == "Le 1er mars"


def test_text_after_inline_elements_is_kept() -> None:
    found = sentence("<MiseEnEvidence>Avant</MiseEnEvidence> puis <Valeur>25 €</Valeur> fin")
    assert found.text == "Avant puis 25 € fin"
    assert marked(found) == [(MarkKind.STRONG, "Avant"), (MarkKind.AMOUNT, "25 €")]


def test_no_space_is_invented_between_inline_elements() -> None:
    assert sentence("<Valeur>25</Valeur><Expression>%</Expression>").text == "25%"


def test_a_space_on_both_sides_of_a_mark_is_one() -> None:
    found = sentence("Voir  <Citation> le texte </Citation>  ici")
    assert found.text == "Voir le texte ici"
    assert marked(found) == [(MarkKind.QUOTE, "le texte ")]


def test_marks_inside_each_other_come_the_outer_first() -> None:
    found = sentence(
        'Lire <MiseEnEvidence>la <LienInterne LienPublication="F2">carte</LienInterne> grise</MiseEnEvidence>.'
    )
    assert found.text == "Lire la carte grise."
    assert marked(found) == [(MarkKind.STRONG, "la carte grise"), (MarkKind.SHEET, "carte")]


def test_links_say_where_they_lead() -> None:
    found = sentence('<LienExterne URL="https://a.example/">site</LienExterne> <LienIntra LienID="R9">X</LienIntra>')
    assert [mark.target for mark in found.marks] == ["https://a.example/", "R9"]
    assert found.marks[0].kind is MarkKind.WEB


def test_a_link_to_a_word_that_the_sheet_explains_is_a_definition() -> None:
    procedure = read(
        a_sheet(
            '<Texte><Paragraphe><LienInterne LienPublication="R5" type="Sigle">CAF</LienInterne></Paragraphe></Texte>'
            '<Abreviation ID="R5" type="Sigle"><Titre>CAF</Titre><Texte><Paragraphe>Caisse</Paragraphe></Texte>'
            "</Abreviation>"
        )
    )
    (paragraph,) = procedure.blocks
    assert isinstance(paragraph, Paragraph)
    assert paragraph.marks == (Mark(MarkKind.DEFINITION, 0, 3, "R5"),)


def test_an_empty_link_is_a_mark_of_no_length() -> None:
    found = sentence('Voir <LienInterne LienPublication="F2"/>.')
    assert found == Paragraph("Voir .", marks=(Mark(MarkKind.SHEET, 5, 5, "F2"),))


def test_an_empty_superscript_is_no_mark() -> None:
    assert sentence("m<Exposant/>").marks == ()


def test_a_mark_ends_where_the_text_ends() -> None:
    found = sentence("Un <MiseEnEvidence>mot </MiseEnEvidence> ")
    assert (found.text, found.marks) == ("Un mot", (Mark(MarkKind.STRONG, 3, 6),))


def test_a_picture_cuts_a_sentence_and_the_marks_around_it() -> None:
    before, figure, after = blocks_of(
        '<Paragraphe>Avant <MiseEnEvidence>ici <Image LienPublication="I1.png">'
        "<TexteDeRemplacement>Une photo</TexteDeRemplacement></Image> là</MiseEnEvidence> après</Paragraphe>"
    )
    assert isinstance(figure, Figure)
    assert (figure.image, figure.alternative) == ("I1.png", "Une photo")
    assert isinstance(before, Paragraph)
    assert isinstance(after, Paragraph)
    assert (before.text, marked(before)) == ("Avant ici", [(MarkKind.STRONG, "ici")])
    assert (after.text, marked(after)) == ("là après", [(MarkKind.STRONG, "là")])


def test_a_list_inside_a_sentence_keeps_its_place() -> None:
    before, listed, after = blocks_of(
        "<Paragraphe>Soit <Liste><Item><Paragraphe>un</Paragraphe></Item></Liste> soit rien</Paragraphe>"
    )
    assert isinstance(listed, ItemList)
    assert (before, after) == (Paragraph("Soit"), Paragraph("soit rien"))


def test_an_element_never_seen_inside_a_sentence_keeps_its_words_in_place() -> None:
    procedure = read(a_sheet('<Texte><Paragraphe>Un <Nouveau x="7">mot</Nouveau> neuf</Paragraphe></Texte>'))
    assert procedure.blocks == (Paragraph("Un mot neuf"),)
    assert "Nouveau@x=7" in procedure.attributes


def test_loose_words_between_blocks_are_sentences() -> None:
    found = blocks_of("1<Exposant>er</Exposant> mot<Paragraphe>puis</Paragraphe>après <Valeur>2 €</Valeur>")
    assert [block.text for block in found if isinstance(block, Paragraph)] == ["1er mot", "puis", "après 2 €"]


@pytest.mark.parametrize("empty", ["<Paragraphe/>", "<Paragraphe> \n </Paragraphe>"])
def test_an_empty_paragraph_is_nothing(empty: str) -> None:
    assert blocks_of(empty) == ()
