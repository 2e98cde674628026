"""Alternatives become questions: asked once for one set of labels, and everything behind them can be reached."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.procedure import (
    Choice,
    Contact,
    ItemList,
    Paragraph,
    Question,
    QuestionKind,
    Section,
    SheetLink,
    Step,
    Way,
    walk,
)
from kiosk.sources.service_public.questions import choice_ids, question_key
from kiosk.sources.service_public.wording import MAX_SLUG
from tests.sources.service_public.sheets import a_sheet, block_of, blocks_of, read


def cases(*labels: str, inside: str = "<Paragraphe>x</Paragraphe>", attributes: str = "") -> str:
    """Write alternatives."""
    made = (f"<Cas {attributes}><Titre>{label}</Titre>{inside}</Cas>" for label in labels)
    return f'<BlocCas affichage="radio">{"".join(made)}</BlocCas>'


def question(text: str) -> Question:
    """Read a main part that is one question."""
    block = block_of(text)
    assert isinstance(block, Question)
    return block


def test_alternatives_are_a_question_whose_words_the_kiosk_finds() -> None:
    found = question(cases("Majeur", "Mineur"))
    assert found.prompt == ""
    assert [(choice.id, choice.label) for choice in found.choices] == [("majeur", "Majeur"), ("mineur", "Mineur")]


def test_the_same_labels_are_the_same_question_in_any_order() -> None:
    first, second = blocks_of(cases("Majeur", "Mineur") + cases("Mineur", "Majeur"))
    assert isinstance(first, Question)
    assert isinstance(second, Question)
    assert first.key == second.key
    assert {choice.id for choice in first.choices} == {choice.id for choice in second.choices}


def test_other_labels_are_another_question() -> None:
    assert question(cases("A", "B")).key != question(cases("A", "C")).key


def test_the_same_question_inside_its_own_answer_is_another_one() -> None:
    outer = question(cases("A", "B", inside=cases("B", "A", inside=cases("A", "B"))))
    keys = [block.key for block in walk((outer,)) if isinstance(block, Question)]
    assert len(keys) == 1 + 2 + 4
    assert len(set(keys)) == 3


def test_labels_that_differ_by_a_sign_are_different_answers_in_any_order() -> None:
    first, second = blocks_of(cases("&gt; 5 ans", "&lt; 5 ans") + cases("&lt; 5 ans", "&gt; 5 ans"))
    assert isinstance(first, Question)
    assert isinstance(second, Question)
    ids = {choice.label: choice.id for choice in first.choices}
    assert {choice.label: choice.id for choice in second.choices} == ids
    assert len(set(ids.values())) == 2


@given(st.lists(st.text(max_size=80), min_size=2, max_size=8))
def test_ids_of_answers_are_unique_and_short(labels: list[str]) -> None:
    ids = choice_ids(labels)
    assert len(set(ids)) == len(labels)
    assert all(0 < len(name) <= MAX_SLUG for name in ids)


@given(
    st.lists(st.text(max_size=80), min_size=2, max_size=8, unique_by=lambda label: " ".join(label.casefold().split()))
)
def test_ids_of_answers_do_not_depend_on_their_order(labels: list[str]) -> None:
    forth = dict(zip(labels, choice_ids(labels), strict=True))
    back = dict(zip(labels[::-1], choice_ids(labels[::-1]), strict=True))
    assert forth == back
    assert question_key(labels, ()) == question_key(labels[::-1], ())


def test_what_follows_a_question_stays_behind_it() -> None:
    found = blocks_of(cases("A", "B") + "<Paragraphe>après</Paragraphe>" + cases("C", "D"))
    assert [type(block) for block in found] == [Question, Paragraph, Question]


def test_the_introduction_of_an_answer_comes_first() -> None:
    found = question(
        "<BlocCas><Cas><Titre>A</Titre><Condition><estVrai var='T1'/></Condition><Introduction><Texte><Paragraphe>intro"
        "</Paragraphe></Texte></Introduction><Paragraphe>suite</Paragraphe></Cas><Cas><Titre>B</Titre></Cas></BlocCas>"
    )
    assert found.choices[0] == Choice("a", "A", blocks=(Paragraph("intro"), Paragraph("suite")), condition="T1")


def test_one_alternative_alone_is_a_titled_part() -> None:
    assert block_of(cases("A")) == Section("A", (Paragraph("x"),))


def test_one_alternative_with_a_question_inside_is_a_step() -> None:
    block = block_of(cases("A", inside=cases("B", "C")))
    assert isinstance(block, Step)
    assert isinstance(block.blocks[0], Question)


def test_chapters_inside_answers_are_steps_and_answers_may_follow_without_their_frame() -> None:
    found = block_of(
        "<Chapitre><Titre>T</Titre><Cas><Titre>A</Titre><Chapitre><Titre>U</Titre></Chapitre></Cas>"
        "<Cas><Titre>B</Titre></Cas><Paragraphe>après</Paragraphe></Chapitre>"
    )
    assert isinstance(found, Step)
    asked, after = found.blocks
    assert isinstance(asked, Question)
    assert asked.choices[0].blocks == (Step("u", "U"),)
    assert after == Paragraph("après")


@pytest.mark.parametrize(
    "around",
    [
        "<Liste><Item><Paragraphe>p</Paragraphe>{}</Item></Liste>",
        "<Tableau><Rangée><Cellule>{}</Cellule></Rangée></Tableau>",
        "<ANoter><Titre>n</Titre>{}</ANoter>",
        "<OuSAdresser><Titre>m</Titre><Texte>{}</Texte></OuSAdresser>",
        '<ServiceEnLigne type="Téléservice"><Titre>s</Titre><Texte>{}</Texte></ServiceEnLigne>',
    ],
)
def test_where_nobody_can_be_asked_alternatives_are_titled_parts_in_place(around: str) -> None:
    found = [*walk(blocks_of(around.format(cases("A", "B"))))]
    assert not any(isinstance(block, Question) for block in found)
    assert [block.title for block in found if isinstance(block, Section)] == ["A", "B"]


def test_situations_are_a_question_after_the_common_text() -> None:
    procedure = read(
        a_sheet(
            "<Texte><Paragraphe>commun</Paragraphe></Texte>"
            '<ListeSituations affichage="sequentiel"><Situation><Titre>En France</Titre><Texte><Chapitre>'
            "<Titre>Où</Titre></Chapitre></Texte></Situation><Situation><Titre>Ailleurs</Titre><Introduction><Texte>"
            "<Paragraphe>i</Paragraphe></Texte></Introduction><Texte/></Situation></ListeSituations>"
        )
    )
    common, asked = procedure.blocks
    assert common == Paragraph("commun")
    assert isinstance(asked, Question)
    assert [choice.blocks for choice in asked.choices] == [(Step("ou", "Où"),), (Paragraph("i"),)]


# Kinds


def test_ways_are_told_by_their_labels() -> None:
    found = question(cases("En ligne", "Sur place", "Par courrier"))
    assert found.kind is QuestionKind.WAY
    assert [choice.way for choice in found.choices] == [Way.WITH_INTERNET, Way.WITHOUT_INTERNET, Way.WITHOUT_INTERNET]


def test_ways_are_told_by_their_markup() -> None:
    found = question(
        '<BlocCas type="modalite"><Cas type="enLigne"><Titre>Avec FranceConnect</Titre></Cas>'
        '<Cas type="parCorres"><Titre>Lettre</Titre></Cas></BlocCas>'
    )
    assert found.kind is QuestionKind.WAY


def test_a_mail_is_not_a_letter() -> None:
    assert [choice.way for choice in question(cases("Par mail", "Par courrier électronique")).choices] == [
        Way.WITH_INTERNET
    ] * 2


def test_one_answer_that_is_no_way_makes_it_a_situation() -> None:
    found = question(cases("En ligne", "Vous êtes mineur"))
    assert found.kind is QuestionKind.SITUATION
    assert found.choices[0].way is Way.WITH_INTERNET


@pytest.mark.parametrize(
    ("labels", "kind"),
    [
        (("À Paris", "Cas général"), QuestionKind.TERRITORY),
        (("Isère (38)", "Autre département"), QuestionKind.TERRITORY),
        (("Votre demande est acceptée", "Votre demande est refusée"), QuestionKind.OUTCOME),
        (("Acceptation", "Absence de réponse", "Refus"), QuestionKind.OUTCOME),
        (("Prêt accordé avant 2016", "Prêt refusé depuis 2016"), QuestionKind.SITUATION),
        (("La banque a refusé", "La banque a accepté"), QuestionKind.SITUATION),
        (("Accord collectif", "Accord individuel"), QuestionKind.SITUATION),
        (("Marié", "Cas général"), QuestionKind.SITUATION),
    ],
)
def test_the_labels_tell_what_a_question_asks(labels: tuple[str, ...], kind: QuestionKind) -> None:
    assert question(cases(*labels)).kind is kind


# Questionnaires and guided searches


def test_a_questionnaire_asks_first_and_its_answers_set_conditions() -> None:
    procedure = read(
        a_sheet(
            "<Questionnaire><Description><Paragraphe>Selon vous</Paragraphe></Description><Question><Titre><Paragraphe>"
            "Des enfants ?</Paragraphe></Titre><Aide><Paragraphe>À charge</Paragraphe></Aide>"
            "<Choix><Titre><Paragraphe>Oui</Paragraphe></Titre><IntituleSiSelectionne><Paragraphe>Vous avez des enfants"
            '</Paragraphe></IntituleSiSelectionne><SiSelectionne><affecteVrai var="T1"/><affecteFaux var="T2"/>'
            "</SiSelectionne></Choix><Choix><Titre>Non</Titre></Choix></Question></Questionnaire>"
            "<Texte><Paragraphe>suite</Paragraphe></Texte>"
        )
    )
    intro, asked, after = procedure.blocks
    assert (intro, after) == (Paragraph("Selon vous"), Paragraph("suite"))
    assert isinstance(asked, Question)
    assert (asked.prompt, asked.help) == ("Des enfants ?", (Paragraph("À charge"),))
    assert asked.choices[0] == Choice("oui", "Oui", sets=("T1",), clears=("T2",), recap="Vous avez des enfants")


SEARCH = (
    "<Problematiques><Problematique><Titre><Paragraphe>Perdu</Paragraphe></Titre><Aide><Paragraphe>Aide</Paragraphe></Aide>"
    '<SiSelectionne><affecteVrai var="T1"/></SiSelectionne><Branche><Titre>Majeur</Titre>'
    '<LienInterne LienPublication="F2" type="Fiche"/></Branche><Branche><Titre>Mineur</Titre>'
    '<LienInterne LienPublication="F3"/></Branche></Problematique><Problematique><Titre>Volé</Titre>'
    '<Branche><Titre>En France</Titre><LienInterne LienPublication="F4"/></Branche></Problematique></Problematiques>'
)


def test_a_guided_search_is_questions_that_end_at_sheets() -> None:
    (asked,) = read(a_sheet(SEARCH)).blocks
    assert isinstance(asked, Question)
    lost, stolen = asked.choices
    assert (lost.label, lost.sets) == ("Perdu", ("T1",))
    helped, inner = lost.blocks
    assert helped == Paragraph("Aide")
    assert isinstance(inner, Question)
    assert [choice.blocks for choice in inner.choices] == [
        (SheetLink("F2", "", "LienInterne"),),
        (SheetLink("F3", "", "LienInterne"),),
    ]
    assert inner.key != asked.key
    # One branch alone is nothing to ask.
    assert stolen.blocks == (Section("En France", (SheetLink("F4", "", "LienInterne"),)),)


def test_every_node_of_a_search_has_a_key_of_its_own() -> None:
    branch = "<Branche><Titre>{}</Titre>{}</Branche>"
    inner = branch.format("Oui", "") + branch.format("Non", "")
    deep = "".join(branch.format(label, inner) for label in ("Oui", "Non"))
    found = read(a_sheet(f"<Problematiques>{deep}</Problematiques>")).blocks
    keys = [block.key for block in walk(found) if isinstance(block, Question)]
    assert len(set(keys)) == len(keys) == 3


def test_the_answers_lead_to_contacts_and_lists_in_their_place() -> None:
    found = question(
        cases(
            "A",
            "B",
            inside="<Paragraphe>p</Paragraphe><OuSAdresser><Titre>m</Titre></OuSAdresser><Liste><Item/></Liste>",
        )
    )
    assert [type(block) for block in found.choices[0].blocks] == [Paragraph, Contact, ItemList]
