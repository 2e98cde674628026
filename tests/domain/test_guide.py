"""The walk through a procedure, case by case."""

from __future__ import annotations

import pytest

from kiosk.domain import guide as guide_module
from kiosk.domain.guide import WAY_KEY, Guide, MistakesPage, QuestionPage, StepPage, applies, way_of
from kiosk.domain.procedure import Block, Item, Paragraph, Question, Step, Way, Ways
from kiosk.domain.reach import texts_of_page
from tests.support.builders import (
    a_choice,
    a_line,
    a_procedure,
    a_question,
    a_step,
    a_tip,
    lines,
    papers,
)


def keys(*blocks: Block, **answers: str) -> list[str]:
    """Return the keys of the pages of a procedure, without those that all have."""
    found = [page.key for page in Guide(a_procedure(*blocks)).pages(answers)]
    return [key for key in found if key not in {"intro", "sheet"}]


def step_texts(*blocks: Block, **answers: str) -> list[list[str]]:
    """Return the title and the texts of each step page."""
    procedure = a_procedure(*blocks)
    pages = Guide(procedure).pages(answers)
    return [list(texts_of_page(page, procedure, answers)) for page in pages if isinstance(page, StepPage)]


def test_the_walk_stops_at_the_first_question_without_an_answer() -> None:
    assert keys(a_step("un"), a_question("carte"), a_step("deux")) == ["step:un", "question:carte"]


def test_text_after_a_question_belongs_to_every_answer() -> None:
    blocks = (a_question("carte"), a_step("deux"))
    assert keys(*blocks, carte="oui") == keys(*blocks, carte="non") == ["question:carte", "step:deux"]


def test_an_answer_that_no_longer_exists_is_asked_again() -> None:
    assert keys(a_question("carte"), a_step("deux"), carte="autrefois") == ["question:carte"]


def test_a_choice_that_was_changed_since_counts_no_more() -> None:
    blocks = (
        a_question("carte", a_choice("oui", a_question("age", "mineur", "majeur")), "non"),
        a_step("tuteur", when=("mineur",)),
    )
    assert keys(*blocks, carte="non", age="mineur") == ["question:carte"]


def test_a_step_that_opens_with_its_question_has_no_empty_page_before_it() -> None:
    step = a_step("un", a_question("carte"), Paragraph("Après."))
    assert keys(step, carte="oui") == ["question:carte", "step:un"]


def test_the_title_of_a_step_stands_above_its_question() -> None:
    page = Guide(a_procedure(a_step("un", a_question("carte")))).pages({})[1]
    assert isinstance(page, QuestionPage)
    assert page.heading == "Étape un"


def test_a_question_outside_any_step_has_no_heading() -> None:
    page = Guide(a_procedure(a_question("carte"))).pages({})[1]
    assert isinstance(page, QuestionPage)
    assert page.heading == ""


def test_a_step_of_one_question_only_has_no_empty_page() -> None:
    assert keys(a_step("un", a_question("carte")), carte="oui") == ["question:carte"]


def test_a_step_of_one_question_only_keeps_the_advice_for_who_is_stuck() -> None:
    step = a_step("un", a_question("carte"), stuck=("Demandez à la mairie.",))
    assert step_texts(step, carte="oui") == [["Étape un", "Demandez à la mairie."]]


def test_a_step_whose_question_was_asked_before_keeps_its_title() -> None:
    blocks = (a_question("carte"), a_step("un", a_question("carte")))
    assert step_texts(*blocks, carte="oui") == [["Étape un"]]


def test_a_question_asked_before_opens_no_new_page_in_the_middle_of_a_step() -> None:
    again = a_question("carte", a_choice("oui", Paragraph("Avec.")), "non")
    step = a_step("un", Paragraph("Avant."), again, Paragraph("Après."))
    assert step_texts(a_question("carte"), step, carte="oui") == [["Étape un", "Avant.", "Avec.", "Après."]]


def test_a_question_asked_before_with_other_choices_stops_nobody() -> None:
    blocks = (a_question("carte"), a_question("carte", "rouge", "bleue"), a_step("un"))
    assert keys(*blocks, carte="oui") == ["question:carte", "step:un"]


def test_a_question_without_choices_stops_nobody() -> None:
    question = Question("carte", "Vide ?", ())
    assert keys(question, a_step("un")) == ["step:un"]


def test_a_question_kept_for_other_answers_is_not_asked() -> None:
    blocks = (a_question("carte"), a_question("age", "mineur", "majeur", when=("oui",)), a_step("un"))
    assert keys(*blocks, carte="non") == ["question:carte", "step:un"]


def test_a_question_inside_a_kept_step_is_asked_in_it() -> None:
    blocks = (a_question("carte"), a_step("un", a_question("age", "mineur", "majeur"), when=("oui",)))
    assert keys(*blocks, carte="oui") == ["question:carte", "question:age"]


def test_a_question_splits_a_step_in_two_pages() -> None:
    step = a_step("un", Paragraph("Avant."), a_question("carte"), Paragraph("Après."))
    assert keys(step, carte="oui") == ["step:un", "question:carte", "step:un:2"]


def test_a_step_met_twice_has_two_keys() -> None:
    assert keys(a_step("un"), a_step("un")) == ["step:un", "step:un:2"]


def test_a_step_named_as_the_second_page_of_another_has_its_own_key() -> None:
    assert keys(a_step("un:2"), a_step("un"), a_step("un")) == ["step:un:2", "step:un", "step:un:3"]


def test_text_outside_any_step_has_a_page_with_the_title_of_the_procedure() -> None:
    assert step_texts(Paragraph("Seule.")) == [["Carte d’identité", "Seule."]]


def test_a_box_with_nothing_for_this_person_makes_no_page() -> None:
    blocks = (a_question("carte"), a_tip(a_line("Pour eux.", "non")))
    assert keys(*blocks, carte="oui") == ["question:carte"]


def test_a_list_with_nothing_for_this_person_makes_no_page() -> None:
    blocks = (a_question("carte"), papers(Item("timbre", "Un timbre", when=("non",))))
    assert keys(*blocks, carte="oui") == ["question:carte"]


def test_lines_of_a_box_for_other_answers_are_left_out() -> None:
    blocks = (a_question("carte"), a_step("un", a_tip("Pour tous.", a_line("Pour eux.", "non"))))
    assert step_texts(*blocks, carte="oui") == [["Étape un", "Pour tous."]]


def test_details_of_a_paper_for_other_answers_are_left_out() -> None:
    item = Item("photo", "Une photo", (a_line("Tête nue."), a_line("Du bébé.", "non")))
    assert step_texts(a_question("carte"), a_step("un", papers(item)), carte="oui") == [
        ["Étape un", "Une photo", "Tête nue."]
    ]


def test_advice_for_other_answers_is_left_out() -> None:
    step = Step("un", "Étape un", stuck=(a_line("Pour eux.", "non"),))
    assert step_texts(a_question("carte"), step, carte="oui") == [["Étape un"]]


@pytest.mark.parametrize(("way", "text"), [(Way.WITH_INTERNET, "Le site."), (Way.WITHOUT_INTERNET, "Le guichet.")])
def test_a_step_tells_the_way_that_was_chosen(way: Way, text: str) -> None:
    step = a_step("un", Ways(lines("Le site."), lines("Le guichet.")))
    assert step_texts(step, way=way) == [["Étape un", text]]


def test_with_someone_a_step_tells_the_internet_way_when_it_has_no_other() -> None:
    step = a_step("un", Ways(lines("Le site."), lines("Le guichet.")))
    assert step_texts(step, way=Way.WITH_SOMEONE) == [["Étape un", "Le site."]]


def test_without_a_way_chosen_it_is_the_one_without_internet() -> None:
    assert way_of({}) is Way.WITHOUT_INTERNET


def test_a_way_that_does_not_exist_is_the_one_without_internet() -> None:
    assert way_of({WAY_KEY: "pigeon"}) is Way.WITHOUT_INTERNET


def test_mistakes_for_other_answers_are_left_out() -> None:
    mistakes = (a_line("Venir trop tard."), a_line("Oublier l’enfant.", "non"))
    pages = Guide(a_procedure(a_question("carte"), common_mistakes=mistakes)).pages({"carte": "oui"})
    assert MistakesPage(mistakes[:1]) in pages


def test_without_mistakes_there_is_no_page_of_them() -> None:
    assert not any(isinstance(page, MistakesPage) for page in Guide(a_procedure()).pages({}))


def test_a_page_that_vanished_gives_the_last_one_known() -> None:
    assert Guide(a_procedure(a_question("carte"))).page("step:gone", {}).key == "question:carte"


def test_there_is_nothing_before_the_first_page() -> None:
    assert Guide(a_procedure()).before("intro", {}) is None


def test_there_is_nothing_after_the_sheet() -> None:
    assert Guide(a_procedure()).after("sheet", {}) == "sheet"


def test_a_thing_kept_for_no_answer_in_particular_is_for_everybody() -> None:
    assert applies((), [])


def total_shown(*blocks: Block, **answers: str) -> tuple[int, int]:
    """Return number and total of the last page before the sheet."""
    page = [page for page in Guide(a_procedure(*blocks)).pages(answers) if isinstance(page, QuestionPage | StepPage)][
        -1
    ]
    return page.number, page.total


def test_the_total_counts_the_longest_way_that_is_still_open() -> None:
    long = a_choice("oui", a_question("age", "mineur", "majeur"))
    assert total_shown(a_question("carte", long, "non")) == (1, 2)


def test_the_total_shrinks_when_the_shorter_way_is_taken() -> None:
    long = a_choice("oui", a_question("age", "mineur", "majeur"))
    assert total_shown(a_question("carte", long, "non"), carte="non") == (1, 1)


def test_the_steps_of_one_way_and_the_questions_of_another_are_both_counted() -> None:
    steps = a_choice("oui", a_step("un"), a_step("deux"))
    questions = a_choice("non", a_question("a", "a1", "a2"), a_question("b", "b1", "b2"), a_question("c", "c1", "c2"))
    blocks = (a_step("zero"), a_question("carte", steps, questions))
    shown = [page for page in Guide(a_procedure(*blocks)).pages({}) if isinstance(page, QuestionPage | StepPage)]
    assert [page.total for page in shown] == [3, 4]


def test_a_procedure_of_very_many_ways_still_shows_a_total() -> None:
    questions = [a_question(f"q{number}", *(f"q{number}-{letter}" for letter in "abcd")) for number in range(20)]
    assert total_shown(*questions) == (1, 20)


def test_a_bound_in_place_of_the_total_never_grows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guide_module, "MAX_OPEN_QUESTIONS", 2)
    blocks = (
        a_step("zero", Paragraph("Zéro.")),
        a_question("a", a_choice("a1", a_step("un", a_question("b", "b1", "b2"), Paragraph("Fin."))), "a2"),
        a_question("c", "c1", "c2"),
        a_step("deux", Paragraph("Deux.")),
    )
    answers: dict[str, str] = {}
    seen = []
    for key, choice in (("a", "a1"), ("b", "b1"), ("c", "c1")):
        seen.append(Guide(a_procedure(*blocks)).pages(answers)[1])
        answers[key] = choice
    totals = [page.total for page in seen if isinstance(page, StepPage)]
    assert totals == sorted(totals, reverse=True)
