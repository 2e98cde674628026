"""What holds for any procedure and any answers."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.guide import WAY_KEY, Guide, QuestionPage, SheetPage, StepPage
from kiosk.domain.procedure import Procedure, display_texts
from kiosk.domain.reach import all_answers, texts_met
from tests.support.strategies import procedures


def prefixes(answers: dict[str, str]) -> list[dict[str, str]]:
    """Return the answers as they were given, one more each time."""
    given_ones = list(answers.items())
    return [dict(given_ones[:count]) for count in range(1, len(given_ones) + 1)]


@given(procedures())
def test_every_text_can_be_met(procedure: Procedure) -> None:
    assert set(display_texts(procedure)) <= (texts_met(procedure) or set())


@given(procedures())
def test_every_way_ends_at_the_sheet(procedure: Procedure) -> None:
    assert all(isinstance(Guide(procedure).pages(answers)[-1], SheetPage) for answers in all_answers(procedure))


@given(procedures())
def test_no_two_pages_of_a_path_have_one_key(procedure: Procedure) -> None:
    for answers in all_answers(procedure):
        keys = [page.key for page in Guide(procedure).pages(answers)]
        assert len(keys) == len(set(keys))


@given(procedures())
def test_going_on_from_the_first_page_meets_every_page(procedure: Procedure) -> None:
    guide = Guide(procedure)
    for answers in all_answers(procedure):
        met = ["intro"]
        while (following := guide.after(met[-1], answers)) not in met:
            met.append(following)
        assert met == [page.key for page in guide.pages(answers)]


@given(procedures())
def test_back_undoes_next(procedure: Procedure) -> None:
    guide = Guide(procedure)
    for answers in all_answers(procedure):
        for page in guide.pages(answers):
            following = guide.after(page.key, answers)
            assert following == page.key or guide.before(following, answers) == page.key


@given(procedures())
def test_back_from_a_question_is_the_same_before_and_after_the_answer(procedure: Procedure) -> None:
    guide = Guide(procedure)
    for answers in all_answers(procedure):
        for before, after in pairwise(prefixes(answers)):
            question = guide.pages(before)[-1].key
            assert guide.before(question, before) == guide.before(question, after)


@given(procedures())
def test_an_answer_leaves_the_pages_before_it_as_they_were(procedure: Procedure) -> None:
    guide = Guide(procedure)
    for answers in all_answers(procedure):
        for before, after in pairwise(prefixes(answers)):
            keys = [page.key for page in guide.pages(before)]
            assert [page.key for page in guide.pages(after)][: len(keys)] == keys


@given(procedures())
def test_each_question_is_met_once(procedure: Procedure) -> None:
    for answers in all_answers(procedure):
        asked = [page.question.key for page in Guide(procedure).pages(answers) if isinstance(page, QuestionPage)]
        assert len(asked) == len(set(asked))


@given(procedures(), st.data())
def test_changing_an_answer_and_changing_it_back_changes_nothing(procedure: Procedure, data: st.DataObject) -> None:
    guide = Guide(procedure)
    answers = data.draw(st.sampled_from(list(all_answers(procedure))))
    before = guide.pages(answers)
    questions = [page.question for page in before if isinstance(page, QuestionPage)]
    if questions:
        question = data.draw(st.sampled_from(questions))
        other = {**answers, question.key: data.draw(st.sampled_from(question.choices)).id}
        guide.pages(other)
        assert guide.pages({**other, question.key: answers[question.key]}) == before


@given(procedures(), st.data())
def test_an_answer_off_the_path_changes_nothing(procedure: Procedure, data: st.DataObject) -> None:
    ways = list(all_answers(procedure))
    answers, others = data.draw(st.sampled_from(ways)), data.draw(st.sampled_from(ways))
    left_over = {**others, **answers}
    assert Guide(procedure).pages(left_over) == Guide(procedure).pages(answers)


@given(procedures())
def test_the_number_shown_never_passes_the_total(procedure: Procedure) -> None:
    for answers in all_answers(procedure):
        for so_far in prefixes(answers):
            for page in Guide(procedure).pages(so_far):
                if isinstance(page, QuestionPage | StepPage):
                    assert page.number <= page.total


def totals(procedure: Procedure, answers: dict[str, str]) -> dict[type, int]:
    """Return the totals shown on question and on step pages."""
    return {
        type(page): page.total for page in Guide(procedure).pages(answers) if isinstance(page, QuestionPage | StepPage)
    }


@given(procedures())
def test_the_totals_never_grow_along_a_path(procedure: Procedure) -> None:
    for answers in all_answers(procedure):
        for before, after in pairwise(prefixes(answers)):
            earlier, later = totals(procedure, before), totals(procedure, after)
            assert all(later[kind] <= total for kind, total in earlier.items() if kind in later)


@given(procedures())
def test_at_the_end_the_totals_are_the_true_numbers(procedure: Procedure) -> None:
    for answers in all_answers(procedure):
        pages = Guide(procedure).pages(answers)
        for kind, total in totals(procedure, answers).items():
            assert total == sum(isinstance(page, kind) for page in pages)


@given(procedures(), st.dictionaries(st.text(max_size=3) | st.just(WAY_KEY), st.text(max_size=3)))
def test_answers_that_mean_nothing_are_ignored(procedure: Procedure, answers: dict[str, str]) -> None:
    assert Guide(procedure).pages(answers) == Guide(procedure).pages({})
