"""The walk through a procedure, case by case."""

from __future__ import annotations

from typing import Any

import pytest

from kiosk.domain import guide as guide_module
from kiosk.domain.essential import LONG_READING, LONGEST_PART, Essential
from kiosk.domain.guide import (
    CONTACTS_KEY,
    LONGEST_LEAD,
    SERVICES_KEY,
    WAY_KEY,
    EssentialPage,
    Guide,
    MistakesPage,
    QuestionPage,
    StepPage,
    applies,
    way_of,
)
from kiosk.domain.procedure import (
    Block,
    Cell,
    Contact,
    Form,
    Item,
    Kind,
    OnlineService,
    Paragraph,
    Question,
    QuestionKind,
    Reference,
    Row,
    Step,
    StepRole,
    Way,
    Ways,
    own_texts,
    walk,
)
from kiosk.domain.reach import texts_of_page
from tests.support.builders import (
    a_choice,
    a_line,
    a_long_text,
    a_place_question,
    a_procedure,
    a_question,
    a_section,
    a_step,
    a_table,
    a_tip,
    a_way_question,
    an_official,
    lines,
    papers,
)


def keys(*blocks: Block, **answers: str) -> list[str]:
    """Return the keys of the pages of a procedure, without those that all have."""
    found = [page.key for page in Guide(a_procedure(*blocks)).pages(answers)]
    return [key for key in found if key not in {"intro", "sheet"}]


def step_texts(*blocks: Block, **answers: str) -> list[list[str]]:
    """Return the title and the texts of each step page."""
    guide = Guide(a_procedure(*blocks))
    pages = [page for page in guide.pages(answers) if isinstance(page, StepPage)]
    return [[text for text in texts_of_page(page, guide, answers) if text] for page in pages]


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


# -- steps inside steps ------------------------------------------------------------------------------------------


def only(*blocks: Block, **answers: str) -> list[QuestionPage | StepPage]:
    """Return the question and step pages of a procedure."""
    return [page for page in Guide(a_procedure(*blocks)).pages(answers) if isinstance(page, QuestionPage | StepPage)]


def test_a_step_inside_another_says_what_it_is_part_of() -> None:
    pages = only(a_step("un", a_step("deux", a_step("trois", Paragraph("Là.")))))
    assert [(page.key, page.trail) for page in pages] == [("step:trois", ("Étape un", "Étape deux"))]


def test_a_question_inside_nested_steps_says_where_it_is() -> None:
    (page,) = only(a_step("un", a_step("deux", a_question("carte"))))
    assert isinstance(page, QuestionPage)
    assert (page.trail, page.heading) == (("Étape un",), "Étape deux")


def test_text_after_an_inner_step_goes_on_in_the_outer_one() -> None:
    assert keys(a_step("un", Paragraph("Avant."), a_step("deux"), Paragraph("Après."))) == [
        "step:un",
        "step:deux",
        "step:un:2",
    ]


def test_the_advice_of_an_outer_step_is_not_lost() -> None:
    assert ["Étape un", "Demandez."] in step_texts(a_step("un", a_step("deux"), stuck=("Demandez.",)))


def test_the_other_title_of_a_step_is_not_lost() -> None:
    assert ["Étape un", "Autrement dit"] in step_texts(a_step("un", a_step("deux"), other_title="Autrement dit"))


def test_a_group_that_asks_something_is_opened_under_its_title() -> None:
    group = a_section("Le groupe", Paragraph("Avant."), a_question("carte"), Paragraph("Après."))
    assert step_texts(a_step("un", group), carte="oui") == [["Étape un", "Le groupe", "Avant."], ["Étape un", "Après."]]


def test_a_group_with_two_ways_tells_the_one_chosen() -> None:
    group = a_section("Le groupe", Ways(lines("Le site."), lines("Le guichet.")))
    assert step_texts(a_step("un", group), way=Way.WITH_INTERNET) == [["Étape un", "Le groupe", "Le site."]]


# -- words before a question -------------------------------------------------------------------------------------


def test_a_few_words_before_a_question_without_any_stand_above_it() -> None:
    (page,) = only(a_step("un", Paragraph("Cela dépend."), a_question("carte", prompt="")))
    assert isinstance(page, QuestionPage)
    assert page.lead == lines("Cela dépend.")


@pytest.mark.parametrize(
    ("before", "prompt"),
    [
        (Paragraph("Cela dépend."), "Avez-vous la carte ?"),
        (a_long_text(LONGEST_LEAD + 1), ""),
        (papers("photo"), ""),
    ],
    ids=["it has words of its own", "too many", "no plain text"],
)
def test_otherwise_they_have_a_page_of_their_own(before: Block, prompt: str) -> None:
    first, second = only(a_step("un", before, a_question("carte", prompt=prompt)))
    assert isinstance(first, StepPage)
    assert isinstance(second, QuestionPage)
    assert (first.blocks, second.lead) == ((before,), ())


# -- answers taken for known -------------------------------------------------------------------------------------


def assumed(*blocks: Block, **answers: str) -> list[tuple[str, str]]:
    """Return what the step pages say to be taken for known."""
    pages = only(*blocks, **answers)
    return [(one.question.key, one.choice.id) for page in pages if isinstance(page, StepPage) for one in page.assumed]


def test_the_way_chosen_first_answers_the_questions_on_it() -> None:
    blocks = (a_way_question("comment", Paragraph("Le site.")), a_step("un"))
    assert assumed(*blocks, way=Way.WITH_INTERNET) == [("comment", "comment-site")]
    assert assumed(*blocks, way=Way.WITHOUT_INTERNET) == [("comment", "comment-guichet")]


def test_a_way_that_no_answer_is_is_asked() -> None:
    assert keys(a_way_question("comment"), a_step("un"), way=Way.WITH_SOMEONE) == ["question:comment"]


def test_without_a_way_chosen_the_way_is_asked() -> None:
    assert keys(a_way_question("comment"), a_step("un")) == ["question:comment"]


@pytest.mark.parametrize(("commune", "choice"), [("75056", "ou-paris"), ("49007", "ou-ailleurs")])
def test_the_commune_answers_where_one_lives(commune: str, choice: str) -> None:
    assert assumed(a_place_question("ou"), a_step("un"), territory=commune) == [("ou", choice)]


@pytest.mark.parametrize("answers", [{}, {"territory": ""}, {"territory": "nulle part"}])
def test_where_one_lives_is_asked_when_it_is_not_known(answers: dict[str, str]) -> None:
    assert keys(a_place_question("ou"), a_step("un"), **answers) == ["question:ou"]


def test_what_follows_the_answer_taken_is_on_the_way() -> None:
    blocks = (a_step("un", a_place_question("ou", paris=lines("Pour Paris."), elsewhere=lines("Pour les autres."))),)
    assert step_texts(*blocks, territory="75056") == [["Étape un", "Pour Paris."]]


def test_what_was_taken_for_known_can_be_asked_after_all() -> None:
    answers = {"territory": "75056", "ask:ou": "yes"}
    assert keys(a_place_question("ou"), a_step("un"), **answers) == ["question:ou"]
    assert keys(a_place_question("ou"), a_step("un"), **answers, ou="ou-ailleurs") == ["question:ou", "step:un"]


def test_what_was_taken_for_known_is_said_once() -> None:
    blocks = (a_place_question("ou"), a_step("un"), a_place_question("ou"), a_step("deux"))
    assert assumed(*blocks, territory="75056") == [("ou", "ou-paris")]


def test_the_only_answer_whose_condition_holds_is_taken() -> None:
    first = a_question("age", a_choice("mineur", sets=("T1",)), a_choice("majeur", clears=("T1",)))
    second = a_question("qui", a_choice("parents", condition="T1"), a_choice("seul", condition="T9"))
    assert assumed(first, second, a_step("un"), age="mineur") == [("qui", "parents")]
    assert keys(first, second, a_step("un"), age="majeur") == ["question:age", "question:qui"]


# -- conditions --------------------------------------------------------------------------------------------------

AGE = a_question("age", a_choice("mineur", sets=("T1",)), a_choice("majeur", clears=("T1",)))


@pytest.mark.parametrize(
    "part",
    [
        a_section("Un groupe", Paragraph("Texte."), condition="T1"),
        OnlineService("Un site", "https://site.fr", condition="T1"),
        Form("Un formulaire", condition="T1"),
        Reference("Une loi", condition="T1"),
        a_tip("Pour tous.", a_section("Un groupe", condition="T1")),
        papers("photo", Item("livret", "Un livret", condition="T1")),
        a_table(Row((Cell((a_section("Un groupe", condition="T1"),)),))),
        papers(Item("photo", "Une photo", (a_section("Un groupe", condition="T1"),))),
        papers(Item("photo", "Une photo", (papers(Item("livret", "Un livret", condition="T1")),))),
    ],
    ids=["group", "site", "form", "law", "in a box", "paper", "in a cell", "in a detail", "list in a detail"],
)
def test_a_part_is_hidden_only_when_the_answers_make_its_condition_false(part: Block) -> None:
    def texts(**answers: str) -> list[str]:
        return [text for page in step_texts(AGE, a_step("un", part), **answers) for text in page]

    everything = [text for block in walk((part,)) for text in own_texts(block) if text]
    assert set(everything) <= set(texts(age="mineur"))
    assert not set(everything) <= set(texts(age="majeur"))


@pytest.mark.parametrize(("age", "met"), [("mineur", True), ("majeur", False)])
def test_a_step_has_a_condition(age: str, met: bool) -> None:
    assert ("step:un" in keys(AGE, a_step("un", condition="T1"), age=age)) is met


@pytest.mark.parametrize("condition", ["T9", "not(T9)", "ce n’est pas une condition("])
def test_a_part_stays_when_nothing_is_known_of_its_condition(condition: str) -> None:
    assert "step:un" in keys(AGE, a_step("un", condition=condition), age="mineur")


def test_an_answer_whose_condition_is_false_is_not_offered() -> None:
    question = a_question("qui", a_choice("parents", condition="T1"), "seul", "ami")
    page = only(AGE, question, age="majeur")[-1]
    assert isinstance(page, QuestionPage)
    assert [choice.id for choice in page.question.choices] == ["seul", "ami"]


def test_a_question_none_of_whose_answers_is_for_this_person_offers_all() -> None:
    question = a_question("qui", a_choice("parents", condition="T1"), a_choice("ami", condition="T1"))
    page = only(AGE, question, age="majeur")[-1]
    assert isinstance(page, QuestionPage)
    assert len(page.question.choices) == 2


# -- what happens later ------------------------------------------------------------------------------------------


def test_what_happens_later_is_a_step_for_each_outcome() -> None:
    outcome = a_question(
        "suite", a_choice("oui", Paragraph("Bravo.")), a_choice("non", a_question("recours")), kind=QuestionKind.OUTCOME
    )
    assert step_texts(outcome) == [["Réponse oui", "Bravo."]]
    assert keys(outcome) == ["step:suite-oui", "question:recours"]


# -- the whole sheet ---------------------------------------------------------------------------------------------


def test_the_services_and_contacts_of_a_whole_sheet_come_last() -> None:
    services, contacts = (OnlineService("Un site", "https://site.fr"),), (Contact("c", "La mairie"),)
    pages = Guide(an_official(a_step("un"), services=services, contacts=contacts)).pages({})
    assert [page.key for page in pages] == ["intro", "step:un", SERVICES_KEY, CONTACTS_KEY, "sheet"]
    assert [page.total for page in pages if isinstance(page, StepPage)] == [3, 3, 3]


def test_they_wait_for_the_last_answer() -> None:
    guide = Guide(an_official(a_question("carte"), contacts=(Contact("c", "La mairie"),)))
    assert [page.key for page in guide.pages({})] == ["intro", "question:carte"]


def test_answers_changed_by_their_owner_do_not_change_what_a_guide_said() -> None:
    answers = {"carte": "oui"}
    guide = Guide(a_procedure(a_question("carte", a_choice("oui", a_step("un")), "non")))
    before = guide.pages(answers)
    answers["carte"] = "non"
    assert guide.pages(answers) != before
    assert guide.pages({"carte": "oui"}) == before


# -- the essential of a long sheet -------------------------------------------------------------------------------

LONG = (
    a_step("papiers", papers("photo"), role=StepRole.PAPERS),
    a_step("prix", Paragraph("17 €"), a_long_text(LONGEST_PART), role=StepRole.COST),
    a_step("long", a_long_text(LONG_READING)),
)


def essential(*blocks: Block, **changes: Any) -> Essential | None:
    """Return the essential of an official sheet."""
    pages = Guide(an_official(*blocks, **changes)).pages({})
    return next((page.essential for page in pages if isinstance(page, EssentialPage)), None)


def test_the_essential_tells_the_price_then_the_papers() -> None:
    found = essential(*LONG)
    assert found is not None
    assert [(part.role, part.is_whole) for part in found.parts] == [(StepRole.COST, False), (StepRole.PAPERS, True)]
    assert found.parts[0].blocks == lines("17 €")


def test_the_essential_comes_before_the_steps() -> None:
    assert [page.key for page in Guide(an_official(*LONG)).pages({})][:3] == ["intro", "essential", "step:papiers"]


@pytest.mark.parametrize(
    ("blocks", "changes"), [(LONG[:2], {}), (LONG, {"kind": Kind.AUTHORED})], ids=["short", "ours"]
)
def test_other_procedures_have_none(blocks: tuple[Block, ...], changes: dict[str, Any]) -> None:
    assert essential(*blocks, **changes) is None
