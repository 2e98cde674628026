"""Any procedure on the screen: every page can be made, no word of it is lost, no two parts share an id."""

from __future__ import annotations

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.domain.guide import QuestionPage, StepPage
from kiosk.domain.procedure import Block, Choice, Procedure, Question, Way, own_texts, walk
from kiosk.packs.reader import PackReader
from kiosk.session import intents as want
from kiosk.session.controller import Controller
from kiosk.session.speech import utterances_of
from kiosk.session.views import Screen, View
from tests.session.touching import Shelf, strings_of
from tests.support.builders import a_procedure, a_step
from tests.support.strategies import blocks, procedures
from tests.support.visits import OneProcedure, a_controller, touchable


def reader_of(library: PackReader, procedure: Procedure) -> Controller:
    """Make a visit on content with one more procedure, opened."""
    controller = a_controller(OneProcedure(library, procedure), insee="49007", finder=Shelf())
    controller.send(want.Start())
    controller.send(want.OpenProcedure(procedure.id))
    return controller


def shown(view: View) -> str:
    return "\n".join(strings_of(view))


def go_on(controller: Controller, data: st.DataObject) -> View:
    """Touch an answer or the way on."""
    wants = [one for one in touchable(controller.view()) if isinstance(one, want.Answer | want.ChooseWay | want.Next)]
    return controller.send(data.draw(st.sampled_from(wants)))


def lost(texts: set[str], view: View) -> list[str]:
    words = shown(view)
    return sorted(text for text in texts if text and text not in words)


def words_of(page: Block) -> set[str]:
    """Return the words of all blocks inside one."""
    return {text for block in walk((page,)) for text in own_texts(block)}


@given(blocks())
def test_no_word_of_a_step_is_lost_on_its_page(library: PackReader, made: tuple[Block, ...]) -> None:
    step = a_step("un", *made)
    controller = reader_of(library, a_procedure(step))
    view = controller.send(want.ChooseWay(Way.WITH_INTERNET))
    assert view.screen is Screen.STEP
    assert lost(words_of(step), view) == []


@given(blocks())
def test_no_word_of_a_step_is_kept_from_the_voice(library: PackReader, made: tuple[Block, ...]) -> None:
    step = a_step("un", *made)
    view = reader_of(library, a_procedure(step)).send(want.ChooseWay(Way.WITH_INTERNET))
    said = " ".join(one.text for one in utterances_of(view.body))
    assert sorted(text for text in words_of(step) if text and text not in said) == []


@given(blocks(), blocks())
def test_no_word_of_a_question_is_lost_on_its_page(
    library: PackReader, help_: tuple[Block, ...], notices: tuple[Block, ...]
) -> None:
    choices = (Choice("a", "La première réponse"), Choice("b", "La deuxième réponse"))
    question = Question("q", "La question ?", choices, help_)
    controller = reader_of(library, a_procedure(question, notices=notices))
    assert lost({text for block in notices for text in words_of(block)}, controller.view()) == []
    assert lost(words_of(question), controller.send(want.ChooseWay(Way.WITH_INTERNET))) == []


def is_tickable_twice(view: View) -> bool:
    """Tell whether one paper is asked for twice on a page: it has one tick only."""
    wants = [one.paper for one in touchable(view) if isinstance(one, want.TickPaper)]
    return len(wants) > len(set(wants))


@settings(max_examples=30)
@given(procedures(wild=True), st.data())
def test_any_procedure_can_be_walked_to_its_end_and_back(
    library: PackReader, procedure: Procedure, data: st.DataObject
) -> None:
    controller = reader_of(library, procedure)
    views = [controller.view()]
    for _ in range(80):
        if views[-1].screen is Screen.SHEET:
            break
        views.append(go_on(controller, data))
        if not is_tickable_twice(views[-1]):
            counted = Counter(one.id for one in utterances_of((*views[-1].body, *views[-1].pinned)))
            assert [key for key, count in counted.items() if count > 1] == []
    assert views[-1].screen is Screen.SHEET
    names = [controller.view().name]
    while controller.view().screen is not Screen.INTRO:
        names.append(controller.send(want.Back()).name)
    assert names == [view.name for view in reversed(views)]


@settings(max_examples=30)
@given(procedures(), st.data())
def test_every_page_shows_the_words_that_the_guide_gives_it(
    library: PackReader, procedure: Procedure, data: st.DataObject
) -> None:
    controller = reader_of(library, procedure)
    for _ in range(80):
        view = controller.view()
        if view.screen is Screen.SHEET:
            break
        guide = controller._guide
        assert guide is not None
        page = guide.page(controller.visit.location.page, controller.visit.answers)
        made: tuple[Block, ...] = ()
        if isinstance(page, StepPage):
            made = page.blocks
            assert lost({*page.trail, page.title, page.other_title}, view) == []
        elif isinstance(page, QuestionPage):
            made = page.lead
            assert lost({*page.trail, page.heading, page.question.prompt}, view) == []
        assert lost({text for block in made for text in words_of(block)}, view) == []
        go_on(controller, data)
