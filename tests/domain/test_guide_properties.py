"""What holds for any procedure and any answers."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain import guide as guide_module
from kiosk.domain.guide import (
    ASKED_ANYWAY,
    TERRITORY_KEY,
    WAY_KEY,
    Guide,
    Page,
    QuestionPage,
    SheetPage,
    StepPage,
)
from kiosk.domain.procedure import Procedure, Question, Way, all_blocks, display_texts
from kiosk.domain.reach import texts_beside, texts_met, texts_of_page
from tests.support.strategies import procedures

MOST = 12
"""Most ways through one procedure that are looked at, unless all of them matter."""

Answers = dict[str, str]

starts = st.builds(
    lambda way, commune: {WAY_KEY: way, **({TERRITORY_KEY: commune} if commune else {})},
    st.sampled_from(Way),
    st.sampled_from(["", "75056", "49007", "nulle part"]),
)


def asked_all(procedure: Procedure) -> Answers:
    """Return the answers of somebody for whom nothing is taken for known."""
    keys = {block.key for block in all_blocks(procedure) if isinstance(block, Question)}
    return {f"{ASKED_ANYWAY}{key}": "yes" for key in sorted(keys)}


def all_answers(procedure: Procedure, start: Answers, most: int = MOST) -> Iterator[Answers]:
    """Yield the answers of those who begin so and reach the sheet."""
    guide = Guide(procedure)
    todo = [start]
    count = 0
    while todo and count < most:
        answers = todo.pop()
        last = guide.pages(answers)[-1]
        if isinstance(last, QuestionPage):
            todo += [{**answers, last.question.key: choice.id} for choice in last.question.choices]
        else:
            count += 1
            yield answers


def prefixes(answers: Answers, start: Answers) -> list[Answers]:
    """Return the answers as they were given, one more each time."""
    given_ones = list(answers.items())
    return [dict(given_ones[:count]) for count in range(len(start), len(given_ones) + 1)]


@given(procedures())
def test_the_pages_of_all_ways_and_what_stands_beside_hold_every_text_and_no_other(procedure: Procedure) -> None:
    guide = Guide(procedure)
    met = set(texts_beside(procedure))
    for way in Way:
        for answers in all_answers(procedure, {WAY_KEY: way, **asked_all(procedure)}, most=1000):
            for page in guide.pages(answers):
                met.update(texts_of_page(page, guide, answers))
    assert met - {""} == set(display_texts(procedure))


@given(procedures())
def test_no_text_is_met_that_the_procedure_does_not_hold(procedure: Procedure) -> None:
    assert (texts_met(procedure) or set()) - {""} <= set(display_texts(procedure))


@given(procedures(), starts)
def test_every_way_ends_at_the_sheet(procedure: Procedure, start: Answers) -> None:
    guide = Guide(procedure)
    assert all(isinstance(guide.pages(answers)[-1], SheetPage) for answers in all_answers(procedure, start))


@given(procedures(), starts)
def test_no_two_pages_of_a_path_have_one_key(procedure: Procedure, start: Answers) -> None:
    for answers in all_answers(procedure, start):
        keys = [page.key for page in Guide(procedure).pages(answers)]
        assert len(keys) == len(set(keys))


@given(procedures(), starts)
def test_going_on_from_the_first_page_meets_every_page(procedure: Procedure, start: Answers) -> None:
    guide = Guide(procedure)
    for answers in all_answers(procedure, start):
        met = ["intro"]
        while (following := guide.after(met[-1], answers)) not in met:
            met.append(following)
        assert met == [page.key for page in guide.pages(answers)]


@given(procedures(), starts)
def test_back_undoes_next(procedure: Procedure, start: Answers) -> None:
    guide = Guide(procedure)
    for answers in all_answers(procedure, start):
        for page in guide.pages(answers):
            following = guide.after(page.key, answers)
            assert following == page.key or guide.before(following, answers) == page.key


@given(procedures(), starts)
def test_back_from_a_question_is_the_same_before_and_after_the_answer(procedure: Procedure, start: Answers) -> None:
    guide = Guide(procedure)
    for answers in all_answers(procedure, start):
        for before, after in pairwise(prefixes(answers, start)):
            question = guide.pages(before)[-1].key
            assert guide.before(question, before) == guide.before(question, after)


@given(procedures(), starts)
def test_an_answer_leaves_the_pages_before_it_as_they_were(procedure: Procedure, start: Answers) -> None:
    guide = Guide(procedure)
    for answers in all_answers(procedure, start):
        for before, after in pairwise(prefixes(answers, start)):
            keys = [page.key for page in guide.pages(before)]
            assert [page.key for page in guide.pages(after)][: len(keys)] == keys


@given(procedures(), starts)
def test_each_question_is_met_once(procedure: Procedure, start: Answers) -> None:
    for answers in all_answers(procedure, start):
        asked = [page.question.key for page in Guide(procedure).pages(answers) if isinstance(page, QuestionPage)]
        assert len(asked) == len(set(asked))


def assumed_on(pages: tuple[Page, ...]) -> list[str]:
    """Return the keys of the questions whose answers some pages say to be taken for known."""
    return [one.question.key for page in pages if isinstance(page, StepPage) for one in page.assumed]


@given(procedures(), starts)
def test_an_answer_taken_for_known_is_said_once_and_is_no_page(procedure: Procedure, start: Answers) -> None:
    guide = Guide(procedure)
    for answers in all_answers(procedure, start):
        pages = guide.pages(answers)
        assumed = assumed_on(pages)
        assert len(assumed) == len(set(assumed))
        assert not set(assumed) & {page.question.key for page in pages if isinstance(page, QuestionPage)}


@given(procedures(), starts)
def test_a_question_taken_for_known_can_be_asked_after_all(procedure: Procedure, start: Answers) -> None:
    guide = Guide(procedure)
    for answers in all_answers(procedure, start):
        for key in assumed_on(guide.pages(answers)):
            asked = {**answers, f"{ASKED_ANYWAY}{key}": "yes"}
            page = guide.page(f"question:{key}", asked)
            assert isinstance(page, QuestionPage)
            assert page.question.key == key


@given(procedures(), starts, st.data())
def test_changing_an_answer_and_changing_it_back_changes_nothing(
    procedure: Procedure, start: Answers, data: st.DataObject
) -> None:
    guide = Guide(procedure)
    answers = data.draw(st.sampled_from(list(all_answers(procedure, start))))
    before = guide.pages(answers)
    questions = [page.question for page in before if isinstance(page, QuestionPage)]
    if questions:
        question = data.draw(st.sampled_from(questions))
        other = {**answers, question.key: data.draw(st.sampled_from(question.choices)).id}
        guide.pages(other)
        assert guide.pages({**other, question.key: answers[question.key]}) == before


@given(procedures(), starts, st.data())
def test_a_guide_that_was_asked_before_says_what_a_new_one_says(
    procedure: Procedure, start: Answers, data: st.DataObject
) -> None:
    guide = Guide(procedure)
    answers = data.draw(st.lists(st.sampled_from(list(all_answers(procedure, start))), max_size=4))
    for one in answers:
        assert (guide.pages(one), guide.chosen(one)) == (Guide(procedure).pages(one), Guide(procedure).chosen(one))


@given(procedures(), st.data())
def test_an_answer_off_the_path_changes_nothing(procedure: Procedure, data: st.DataObject) -> None:
    start: Answers = {WAY_KEY: data.draw(st.sampled_from(Way)), **asked_all(procedure)}
    ways = list(all_answers(procedure, start))
    answers, others = data.draw(st.sampled_from(ways)), data.draw(st.sampled_from(ways))
    left_over = {**others, **answers}
    assert Guide(procedure).pages(left_over) == Guide(procedure).pages(answers)


@given(procedures(), starts)
def test_the_number_shown_never_passes_the_total(procedure: Procedure, start: Answers) -> None:
    for answers in all_answers(procedure, start):
        for so_far in prefixes(answers, start):
            for page in Guide(procedure).pages(so_far):
                if isinstance(page, QuestionPage | StepPage):
                    assert page.number <= page.total


def totals(procedure: Procedure, answers: Answers) -> dict[type, int]:
    """Return the totals shown on question and on step pages."""
    return {
        type(page): page.total for page in Guide(procedure).pages(answers) if isinstance(page, QuestionPage | StepPage)
    }


def assert_totals_never_grow(procedure: Procedure, start: Answers) -> None:
    for answers in all_answers(procedure, start):
        for before, after in pairwise(prefixes(answers, start)):
            earlier, later = totals(procedure, before), totals(procedure, after)
            assert all(later[kind] <= total for kind, total in earlier.items() if kind in later)


@given(procedures(), starts)
def test_the_totals_never_grow_along_a_path(procedure: Procedure, start: Answers) -> None:
    assert_totals_never_grow(procedure, start)


@given(procedures(), starts, st.integers(0, 3))
def test_a_bound_in_place_of_the_total_never_grows_either(procedure: Procedure, start: Answers, most: int) -> None:
    real = guide_module.MAX_OPEN_QUESTIONS
    guide_module.MAX_OPEN_QUESTIONS = most
    try:
        assert_totals_never_grow(procedure, start)
    finally:
        guide_module.MAX_OPEN_QUESTIONS = real


@given(procedures(), starts)
def test_at_the_end_the_totals_are_the_true_numbers(procedure: Procedure, start: Answers) -> None:
    for answers in all_answers(procedure, start):
        pages = Guide(procedure).pages(answers)
        for kind, total in totals(procedure, answers).items():
            assert total == sum(isinstance(page, kind) for page in pages)


@given(procedures(), st.dictionaries(st.text(max_size=3), st.text(max_size=3)))
def test_answers_that_mean_nothing_are_ignored(procedure: Procedure, answers: Answers) -> None:
    assert Guide(procedure).pages(answers) == Guide(procedure).pages({})
