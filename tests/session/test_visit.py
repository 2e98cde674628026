"""A visit: going on, going back, leaving; nothing of it stays."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kiosk.domain.guide import TERRITORY_KEY
from kiosk.domain.procedure import Way
from kiosk.packs.errors import PackDamagedError
from kiosk.packs.reader import PackReader
from kiosk.session import intents as want
from kiosk.session.controller import Controller
from kiosk.session.intents import Feeling, Intent
from kiosk.session.settings import Contrast, Settings, TextSize
from kiosk.session.views import Box, Field, Screen, View
from kiosk.session.visit import Visit
from tests.support.visits import PIN, OneProcedure, a_controller, open_procedure, to_sheet, touchable

PROCEDURES = ("carte-identite", "rsa", "demenagement", "F1", "F2", "F3", "N1", "N2", "nowhere")
ANYTHING: st.SearchStrategy[Intent] = st.one_of(
    st.sampled_from(
        [
            want.OpenPopular(), want.OpenSearch(), want.EraseLetter(), want.Next(), want.Back(), want.Resume(),
            want.Listen(), want.AskForHelp(), want.OpenSettings(), want.OpenLanguages(), want.SwitchVoice(),
            want.ResetSettings(), want.Leave(), want.StartAgain(), want.GoHome(), want.Finish(), want.StillHere(),
            want.OpenStaff(), want.ErasePin(), want.EnterPin(), want.TestVoice(), want.OpenMoreThemes(1),
            want.OpenMore(),
        ]
    ),
    st.builds(want.Start, st.sampled_from(["fr", "en", "ar", "xx"])),
    st.builds(want.OpenTheme, st.sampled_from(["papiers", "sante", "nowhere"])),
    st.builds(want.TypeText, st.text(max_size=70)),
    st.builds(want.OpenProcedure, st.sampled_from(PROCEDURES), st.sampled_from(["", "F1341"])),
    st.builds(want.TakeWord, st.text(max_size=70)),
    st.builds(want.OpenGroup, st.integers(0, 3)),
    st.builds(want.OpenDefinition, st.sampled_from(["D1", "nowhere"])),
    st.builds(want.AskAnyway, st.sampled_from(["ou", "carte", "nowhere"])),
    st.builds(want.ChooseWay, st.sampled_from(Way)),
    st.builds(want.Answer, st.sampled_from(["carte", "avoir", "qui"]), st.sampled_from(["oui", "non", "perdue"])),
    st.builds(want.TickPaper, st.sampled_from(["photo", "justificatif"])),
    st.builds(want.ChooseLanguage, st.sampled_from(["fr", "en", "ar", "xx"])),
    st.builds(want.ChooseSize, st.sampled_from(TextSize)),
    st.builds(want.ChooseContrast, st.sampled_from(Contrast)),
    st.builds(want.ChangeRate, st.sampled_from([-1, 1])),
    st.builds(want.ChangeVolume, st.sampled_from([-1, 1])),
    st.builds(want.TypePin, st.sampled_from("0123456789")),
)  # fmt: skip
FINGERS = st.lists(st.integers(0, 99), max_size=40)


def walk(controller: Controller, fingers: list[int]) -> View:
    """Touch what is on each page, as a finger would; the program is never quit."""
    view = controller.view()
    for finger in fingers:
        wants = [one for one in touchable(view) if not isinstance(one, want.Quit)]
        view = controller.send(wants[finger % len(wants)])
    return view


def finish(controller: Controller) -> None:
    controller.send(want.Finish())
    controller.send(want.GiveFeedback(Feeling.MIXED))


def finish_and_skip(controller: Controller) -> None:
    controller.send(want.Finish())
    controller.send(want.EraseAll())


def finish_and_go_back(controller: Controller) -> None:
    controller.send(want.Finish())
    controller.send(want.Back())


def erase(controller: Controller) -> None:
    controller.send(want.EraseAll())


def idle(controller: Controller) -> None:
    controller.warn_idle(45)
    controller.erase()


def go_back_to_the_welcome_screen(controller: Controller) -> None:
    controller.send(want.GoHome())
    controller.send(want.Back())


EXITS = (finish, finish_and_skip, finish_and_go_back, erase, idle, go_back_to_the_welcome_screen)


@pytest.mark.parametrize("leave", EXITS)
@settings(max_examples=12)
@given(done=st.lists(ANYTHING, max_size=25), fingers=FINGERS)
@example(done=[want.Start("ar"), want.ChooseContrast(Contrast.WHITE_ON_BLACK)], fingers=[])
def test_whatever_was_done_a_visit_that_ends_leaves_nothing(
    leave: object, content: PackReader, done: list[Intent], fingers: list[int]
) -> None:
    controller = a_controller(content)
    for intent in done:
        controller.send(intent)
    walk(controller, fingers)
    leave(controller)  # type: ignore[operator]
    assert controller.visit == Visit()
    assert controller.view() == a_controller(content).view()


@settings(max_examples=25)
@given(fingers=FINGERS)
def test_back_from_a_page_on_top_returns_to_the_page_before(content: PackReader, fingers: list[int]) -> None:
    controller = a_controller(content)
    before = walk(controller, fingers)
    for intent in (want.AskForHelp(), want.OpenSettings(), want.Leave()):
        if intent in touchable(before):
            controller.send(intent)
            after = controller.send(want.Back())
            if before.screen not in {Screen.HELP, Screen.SETTINGS, Screen.LEAVE, Screen.STAFF_PIN}:
                assert after == before


@pytest.mark.parametrize("procedure", ["carte-identite", "rsa", "demenagement", "logement-social"])
def test_back_goes_through_the_pages_of_a_procedure_the_other_way_round(controller: Controller, procedure: str) -> None:
    open_procedure(controller, procedure)
    names = [view.name for view in to_sheet(controller)]
    back = [controller.view().name]
    while controller.view().screen is not Screen.INTRO:
        back.append(controller.send(want.Back()).name)
    assert back[:-1] == names[::-1]


def test_answers_are_kept_when_going_back_and_forward(controller: Controller) -> None:
    open_procedure(controller, "carte-identite")
    to_sheet(controller)
    answers, sheet = controller.visit.answers, controller.view()
    while controller.view().screen is not Screen.INTRO:
        controller.send(want.Back())
    assert controller.visit.answers == answers
    controller.send(want.ChooseWay(Way.WITHOUT_INTERNET))
    while controller.view().screen is not Screen.SHEET:
        controller.send(want.Next())
    assert controller.view() == sheet


def test_changing_an_answer_keeps_the_others(controller: Controller) -> None:
    open_procedure(controller, "carte-identite")
    to_sheet(controller)
    answers = dict(controller.visit.answers)
    while controller.view().screen is not Screen.QUESTION:
        controller.send(want.Back())
    choices = [one for one in touchable(controller.view()) if isinstance(one, want.Answer)]
    changed = next(one for one in choices if answers[one.question] != one.choice)
    controller.send(changed)
    assert dict(controller.visit.answers) == {**answers, changed.question: changed.choice}


def test_settings_can_be_reset_without_losing_answers_or_language(controller: Controller) -> None:
    controller.send(want.Start("en"))
    controller.send(want.OpenProcedure("carte-identite"))
    controller.send(want.ChooseWay(Way.WITH_INTERNET))
    to_sheet(controller)
    before = controller.visit
    for intent in (want.ChooseSize(TextSize.EXTRA), want.SwitchVoice(), want.ChangeRate(1), want.ResetSettings()):
        controller.send(intent)
    assert controller.visit == before
    assert controller.visit.settings == Settings(language="en")


@settings(max_examples=30)
@given(fingers=FINGERS)
def test_no_touch_opens_the_staff_corner_without_its_code(content: PackReader, fingers: list[int]) -> None:
    controller = a_controller(content)
    controller.send(want.OpenStaff())
    view = controller.view()
    for finger in fingers:
        wants = [one for one in touchable(view) if not (isinstance(one, want.TypePin) and one.digit == PIN[0])]
        view = controller.send(wants[finger % len(wants)])
        assert view.screen is not Screen.STAFF
        assert not controller.is_quitting


def test_start_again_forgets_the_answers_and_keeps_the_procedure(controller: Controller) -> None:
    open_procedure(controller, "carte-identite")
    to_sheet(controller)
    controller.send(want.Leave())
    view = controller.send(want.StartAgain())
    assert (view.screen, controller.visit.ticked) == (Screen.INTRO, frozenset())
    assert controller.visit.answers == {TERRITORY_KEY: "49353"}


def test_starting_again_is_not_offered_once_the_procedure_was_left(controller: Controller) -> None:
    controller.send(want.Start())
    controller.send(want.OpenProcedure("carte-identite"))
    controller.send(want.Back())
    assert want.StartAgain() not in touchable(controller.send(want.Leave()))


def test_a_visit_is_counted_once_when_it_is_over(content: PackReader) -> None:
    counted: list[str] = []
    controller = a_controller(content, count=counted.append)
    controller.send(want.Start())
    assert counted == []
    controller.send(want.Finish())
    controller.send(want.GiveFeedback(Feeling.GOOD))
    controller.send(want.EraseAll())
    assert counted == ["feedback.good", "visit.ended"]


def test_help_shows_the_advice_of_the_step_it_was_asked_from(controller: Controller) -> None:
    open_procedure(controller, "carte-identite")
    for _ in range(30):
        stuck = controller._stuck()
        view = controller.view()
        if stuck:
            break
        wants = [one for one in touchable(view) if isinstance(one, want.Answer)]
        controller.send((wants or [want.Next()])[0])
    box = controller.send(want.AskForHelp()).body[1]
    assert isinstance(box, Box)
    assert [line.text for line in box.lines][: len(stuck)] == [line.text for line in stuck]


def test_help_asked_from_the_home_page_shows_no_advice(controller: Controller) -> None:
    open_procedure(controller, "carte-identite")
    controller.send(want.GoHome())
    assert "stuck" not in [element.id for element in controller.send(want.AskForHelp()).body]


def test_a_procedure_that_cannot_be_read_leads_to_help(content: PackReader) -> None:
    class Damaged(OneProcedure):
        def procedure(self, key: str) -> None:
            raise PackDamagedError("a hole in the file")

    controller = a_controller(Damaged(content, None))  # type: ignore[arg-type]
    controller.send(want.Start())
    assert controller.send(want.OpenProcedure("rsa")).screen is Screen.HELP
    assert controller.send(want.Back()).screen is Screen.HOME


def test_without_content_every_wish_shows_who_to_ask() -> None:
    controller = a_controller(None)
    for intent in (want.Start(), want.OpenSearch(), want.OpenProcedure("rsa"), want.Finish(), want.AskForHelp()):
        assert controller.send(intent).screen is Screen.UNAVAILABLE


def test_without_content_staff_gets_in_and_out_of_its_corner() -> None:
    controller = a_controller(None)
    assert controller.send(want.OpenStaff()).screen is Screen.STAFF_PIN
    assert controller.send(want.Back()).screen is Screen.UNAVAILABLE
    controller.send(want.OpenStaff())
    for digit in PIN:
        controller.send(want.TypePin(digit))
    assert controller.send(want.EnterPin()).screen is Screen.STAFF
    assert controller.send(want.EraseAll()).screen is Screen.UNAVAILABLE


@pytest.mark.parametrize(("pin", "message"), [("12", "staff.pin_short"), ("9999", "staff.pin_wrong")])
def test_a_refused_code_says_why_and_is_gone(controller: Controller, pin: str, message: str) -> None:
    controller.send(want.OpenStaff())
    for digit in pin:
        controller.send(want.TypePin(digit))
    view = controller.send(want.EnterPin())
    boxes = [element for element in view.body if isinstance(element, Box)]
    fields = [element for element in view.pinned if isinstance(element, Field)]
    assert boxes[0].lines[0].text == controller.texts.tr(message)
    assert fields[0].value == ""


def test_the_message_of_a_refused_code_goes_with_the_next_digit(controller: Controller) -> None:
    controller.send(want.OpenStaff())
    controller.send(want.EnterPin())
    assert "message" not in [element.id for element in controller.send(want.TypePin("1")).body]


def test_a_code_is_shown_as_dots(controller: Controller) -> None:
    controller.send(want.OpenStaff())
    view = controller.send(want.TypePin("7"))
    fields = [element for element in view.pinned if isinstance(element, Field)]
    assert (fields[0].value, fields[0].is_secret) == ("•", True)


def test_a_search_keeps_to_its_length(controller: Controller) -> None:
    controller.send(want.OpenSearch())
    controller.send(want.TypeText("a" * 500))
    assert controller.visit.query == "a" * 60


def test_the_history_stays_short(controller: Controller) -> None:
    controller.send(want.Start())
    for _ in range(100):
        controller.send(want.OpenSettings())
        controller.send(want.AskForHelp())
    assert len(controller.visit.history) == 60
