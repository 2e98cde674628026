"""A visit through official sheets: dossiers, words explained, answers taken for known, sheets opened from sheets."""

from __future__ import annotations

import pytest

from kiosk.domain.guide import ASKED_ANYWAY, TERRITORY_KEY
from kiosk.packs.reader import PackReader
from kiosk.session import intents as want
from kiosk.session.controller import Controller
from kiosk.session.finding import Found
from kiosk.session.intents import Intent
from kiosk.session.views import Button, Screen, View
from tests.session.touching import Shelf, strings_of
from tests.support.visits import a_controller, touchable

IN_PARIS = want.Answer("ou", "ou-paris")


def go(controller: Controller, *intents: Intent) -> View:
    """Start a visit and send what a finger wants, one after the other."""
    view = controller.send(want.Start())
    for intent in intents:
        view = controller.send(intent)
    return view


def ids(view: View) -> list[str]:
    return [element.id for element in (*view.body, *view.pinned)]


def opened_by(view: View) -> list[str]:
    """Return the ids of the procedures that a page leads to."""
    return [one.procedure for one in touchable(view) if isinstance(one, want.OpenProcedure)]


# -- dossiers ----------------------------------------------------------------------------------------------------


def test_a_dossier_is_a_menu(reading: Controller) -> None:
    view = go(reading, want.OpenProcedure("N1"))
    assert (view.screen, opened_by(view)) == (Screen.DOSSIER, ["F1", "F2", "N2"])


def test_a_long_dossier_asks_for_the_group_first(reading: Controller) -> None:
    view = go(reading, want.OpenProcedure("N2"))
    assert opened_by(view) == ["F3"]
    assert [one for one in touchable(view) if isinstance(one, want.OpenGroup)] == [want.OpenGroup(1), want.OpenGroup(2)]


def test_a_group_holds_its_entries(reading: Controller) -> None:
    view = go(reading, want.OpenProcedure("N2"), want.OpenGroup(2))
    assert (view.name, opened_by(view)) == ("dossier-N2-2", ["F2"] * 4)


def test_back_from_a_group_is_its_dossier(reading: Controller) -> None:
    dossier = go(reading, want.OpenProcedure("N2"))
    reading.send(want.OpenGroup(1))
    assert reading.send(want.Back()) == dossier


def test_a_group_that_is_not_there_is_the_last_one(reading: Controller) -> None:
    assert go(reading, want.OpenProcedure("N2"), want.OpenGroup(40)).name == "dossier-N2-40"


def test_back_through_two_dossiers_finds_the_first(reading: Controller) -> None:
    first = go(reading, want.OpenProcedure("N1"))
    reading.send(want.OpenProcedure("N2"))
    reading.send(want.OpenProcedure("F3"))
    assert reading.send(want.Back()).name == "dossier-N2"
    assert reading.send(want.Back()) == first


def test_a_dossier_opened_from_a_dossier_is_the_one_shown(reading: Controller) -> None:
    assert go(reading, want.OpenProcedure("N1"), want.OpenProcedure("N2")).name == "dossier-N2"


def test_a_theme_shows_ours_first_then_the_official_menus(reading: Controller) -> None:
    view = go(reading, want.OpenTheme("papiers"))
    assert opened_by(view) == ["carte-identite", "N1", "N2"]
    assert "official" in ids(view)


# -- first page --------------------------------------------------------------------------------------------------


def test_an_old_id_opens_the_sheet_of_today(reading: Controller) -> None:
    go(reading, want.OpenProcedure("F0"))
    assert reading.visit.location.procedure == "F1"


@pytest.mark.parametrize(
    ("key", "asks"),
    [("carte-identite", True), ("F1", True), ("F2", False)],
    ids=["ours", "speaks of the ways", "does not"],
)
def test_the_way_is_asked_where_it_matters(reading: Controller, key: str, asks: bool) -> None:
    wants = touchable(go(reading, want.OpenProcedure(key)))
    assert any(isinstance(one, want.ChooseWay) for one in wants) is asks
    assert (want.Next() in wants) is not asks


def test_a_guided_search_that_a_sheet_points_at_is_on_its_first_page(reading: Controller) -> None:
    assert "guided.F3" in ids(go(reading, want.OpenProcedure("F1")))


@pytest.mark.parametrize(
    ("source", "offered"), [("F2", "F2"), ("", "F1"), ("F404", "F1")], ids=["found", "own", "not in the library"]
)
def test_the_whole_text_is_the_sheet_that_was_found_or_the_one_it_comes_from(
    reading: Controller, source: str, offered: str
) -> None:
    view = go(reading, want.OpenProcedure("carte-identite", source))
    button = next(element for element in view.body if element.id == "full")
    assert isinstance(button, Button)
    assert button.intent == want.OpenProcedure(offered)


def test_an_official_sheet_has_no_other_whole_text(reading: Controller) -> None:
    assert "full" not in ids(go(reading, want.OpenProcedure("F1", "F2")))


def test_the_essential_of_a_long_sheet_comes_after_its_first_page(reading: Controller) -> None:
    view = go(reading, want.OpenProcedure("F3"), want.Next())
    assert (view.screen, ids(view)[:2]) == (Screen.ESSENTIAL, ["title", "part.0"])
    assert reading.send(want.Next()).screen is Screen.STEP
    assert reading.send(want.Back()).screen is Screen.ESSENTIAL
    assert reading.send(want.Back()).screen is Screen.INTRO


# -- answers taken for known -------------------------------------------------------------------------------------


def first_step(controller: Controller) -> View:
    return go(controller, want.OpenProcedure("F1"), want.ChooseWay("without_internet"))  # type: ignore[arg-type]


def test_where_the_terminal_stands_is_not_asked_but_said(reading: Controller) -> None:
    view = first_step(reading)
    assert (view.screen, reading.visit.answers[TERRITORY_KEY]) == (Screen.STEP, "49007")
    assert want.AskAnyway("ou") in touchable(view)
    assert any("Ailleurs" in text for text in strings_of(view))
    assert want.AskAnyway("ou") not in touchable(reading.send(want.Next()))


def test_what_was_taken_for_known_can_be_answered(reading: Controller) -> None:
    first_step(reading)
    view = reading.send(want.AskAnyway("ou"))
    assert (view.screen, view.name) == (Screen.QUESTION, "question-ou")
    assert reading.visit.answers[f"{ASKED_ANYWAY}ou"]
    view = reading.send(IN_PARIS)
    assert (view.screen, reading.visit.answers["ou"]) == (Screen.STEP, "ou-paris")
    assert want.AskAnyway("ou") not in touchable(view)


def test_starting_again_takes_for_known_what_was_known(reading: Controller) -> None:
    first_step(reading)
    for intent in (want.AskAnyway("ou"), IN_PARIS, want.Leave(), want.StartAgain()):
        reading.send(intent)
    assert dict(reading.visit.answers) == {TERRITORY_KEY: "49007"}


# -- beside a sheet ----------------------------------------------------------------------------------------------


def test_a_word_is_explained_one_touch_away(reading: Controller) -> None:
    step = first_step(reading)
    assert want.OpenDefinition("D1") in touchable(step)
    view = reading.send(want.OpenDefinition("D1"))
    assert view.screen is Screen.DEFINITION
    assert {"Livret", "Un petit cahier."} <= set(strings_of(view))
    assert reading.send(want.Resume()) == step


def test_the_sheets_that_words_point_at_are_offered(reading: Controller) -> None:
    assert want.OpenMore() not in touchable(first_step(reading))
    step = reading.send(want.Next())
    assert want.OpenMore() in touchable(step)
    assert "F2" in opened_by(reading.send(want.OpenMore()))
    assert reading.send(want.Resume()) == step


def to_the_sheet(controller: Controller) -> View:
    view = first_step(controller)
    for _ in range(9):
        if view.screen is Screen.SHEET:
            return view
        view = controller.send(want.Next())
    raise AssertionError("the sheet was not reached")


def test_what_a_sheet_rests_on_is_one_touch_from_its_end(reading: Controller) -> None:
    end = to_the_sheet(reading)
    assert want.OpenMore() in touchable(end)
    view = reading.send(want.OpenMore())
    assert (view.screen, "Code civil" in set(strings_of(view))) == (Screen.MORE, True)
    assert opened_by(view) == ["F2", "N1", "F3"]
    assert reading.send(want.Back()) == end


# -- a sheet opened from a sheet ---------------------------------------------------------------------------------


@pytest.mark.parametrize("beside", [(), (want.OpenProcedure("N1"),)], ids=["straight", "through a dossier"])
def test_back_from_another_sheet_finds_the_answers_given(reading: Controller, beside: tuple[Intent, ...]) -> None:
    first_step(reading)
    for intent in (want.AskAnyway("ou"), IN_PARIS, want.TickPaper("photo")):
        reading.send(intent)
    view, answers = reading.view(), reading.visit.answers
    for intent in (*beside, want.OpenProcedure("F2")):
        reading.send(intent)
    assert (reading.visit.answers, reading.visit.ticked) == ({TERRITORY_KEY: "49007"}, frozenset())
    for _ in range(len(beside) + 1):
        reading.send(want.Back())
    assert (reading.visit.answers, reading.visit.ticked) == (answers, {"photo"})
    assert reading.view() == view


def test_back_through_a_chain_of_sheets_finds_each(reading: Controller) -> None:
    views = [go(reading, want.OpenProcedure("F2"), want.Next())]
    for key in ("F1", "F2", "F1"):
        reading.send(want.OpenProcedure(key))
        views.append(reading.send(want.ChooseWay("with_internet") if key == "F1" else want.Next()))  # type: ignore[arg-type]
    for view in reversed(views):
        assert reading.view() == view
        reading.send(want.Back())
        reading.send(want.Back())


def test_back_from_a_sheet_opened_beside_another_returns_beside_it(reading: Controller) -> None:
    end = to_the_sheet(reading)
    more = reading.send(want.OpenMore())
    reading.send(want.OpenProcedure("F2"))
    assert reading.send(want.Back()) == more
    assert reading.send(want.Back()) == end


def test_nothing_of_a_sheet_that_was_left_outlives_the_visit(reading: Controller) -> None:
    before = reading.view()
    first_step(reading)
    for intent in (want.OpenProcedure("F2"), want.OpenProcedure("N1"), want.EraseAll()):
        reading.send(intent)
    assert (reading.visit.is_new, reading._guide, reading._menu) == (True, None, None)
    assert reading.view() == before


@pytest.mark.parametrize("intent", [want.OpenDefinition("nowhere"), want.OpenMore(), want.AskAnyway("nowhere")])
def test_what_leads_nowhere_can_be_left(reading: Controller, intent: Intent) -> None:
    for start in ((), (want.OpenProcedure("F1"), want.Next())):
        go(reading, *start, intent)
        for _ in range(9):
            reading.send(want.Back())
        assert reading.visit.is_new


# -- search ------------------------------------------------------------------------------------------------------


def searching(library: PackReader, query: str, **shelf: object) -> Controller:
    controller = a_controller(library, insee="49007", finder=Shelf(**shelf))  # type: ignore[arg-type]
    go(controller, want.OpenSearch(), *(want.TypeText(letter) for letter in query))
    return controller


def test_opening_the_search_makes_it_ready(library: PackReader) -> None:
    controller = searching(library, "")
    assert isinstance(controller.around.finder, Shelf)
    assert "warm" in controller.around.finder.asked


@pytest.mark.parametrize(
    ("typed", "taken"), [("na", "naissance "), ("acte de na", "acte de naissance "), ("acte ", "acte naissance ")]
)
def test_a_suggested_word_takes_the_place_of_the_one_being_typed(library: PackReader, typed: str, taken: str) -> None:
    controller = searching(library, typed, words=["naissance"])
    assert want.TakeWord("naissance") in touchable(controller.view())
    controller.send(want.TakeWord("naissance"))
    assert controller.visit.query == taken


def test_a_suggested_word_keeps_to_the_length_of_a_search(library: PackReader) -> None:
    controller = searching(library, "a")
    controller.send(want.TakeWord("b" * 500))
    assert len(controller.visit.query) == 60


def test_a_result_opens_with_the_sheet_that_was_found(library: PackReader) -> None:
    card = library.card("carte-identite")
    assert card is not None
    controller = searching(library, "carte", found=[Found(card, "F2")])
    assert want.OpenProcedure("carte-identite", "F2") in touchable(controller.view())
