"""Every official sheet is walked to its end, and reached from its subject in three touches."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest

from kiosk import bootstrap
from kiosk.packs.reader import PackReader
from kiosk.session import intents as want
from kiosk.session.controller import Controller
from kiosk.session.speech import utterances_of
from kiosk.session.views import Button, Element, Screen, View
from tests.support.visits import a_controller
from tests.support.whole_library import whole_library

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]

MOST_PAGES = 300
"""No way through a sheet has more pages; the longest has about 130."""

WAYS_ON = want.Answer | want.ChooseWay | want.Next


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PackReader]:
    """The whole library, open."""
    reader = PackReader(whole_library(tmp_path_factory.getbasetemp()))
    yield reader
    reader.close()


@pytest.fixture
def controller(content: PackReader) -> Controller:
    """A visit of the whole library."""
    return a_controller(content, kind_of=bootstrap.kind_finder())


def buttons(view: View) -> list[Button]:
    """Return what can be touched and is no part of the navigation."""
    elements: tuple[Element, ...] = (*view.body, *view.pinned)
    return [element for element in elements if isinstance(element, Button)]


def begin(controller: Controller) -> View:
    """Begin a visit at the subjects."""
    controller.send(want.EraseAll())
    return controller.send(want.Start("fr"))


def test_every_sheet_is_walked_through_random_answers_to_its_end(controller: Controller, content: PackReader) -> None:
    chance = random.Random(20201112)
    keys = content.sheet_ids()
    assert len(keys) == 2980
    for key in keys:
        begin(controller)
        view = controller.send(want.OpenProcedure(key))
        for _ in range(MOST_PAGES):
            said = utterances_of((*view.body, *view.pinned))
            assert said, (key, view.name)
            assert len({one.id for one in said}) == len(said), (key, view.name)
            if view.screen is Screen.SHEET:
                break
            ways = [button.intent for button in buttons(view) if isinstance(button.intent, WAYS_ON)]
            assert ways, (key, view.name)
            view = controller.send(chance.choice(ways))
        assert view.screen is Screen.SHEET, key


def opened_from(controller: Controller, depth: int, reached: set[str]) -> None:
    """Touch every way down from here, at most so deep, and note each sheet that is reached."""
    for button in buttons(controller.view()):
        intent = button.intent
        if isinstance(intent, want.OpenProcedure) and intent.procedure.startswith("F"):
            reached.add(intent.procedure)
        elif depth > 1 and isinstance(intent, want.OpenProcedure | want.OpenGroup):
            before = controller.visit.location
            view = controller.send(intent)
            if view.screen is Screen.DOSSIER:
                opened_from(controller, depth - 1, reached)
            controller.send(want.Back())
            assert controller.visit.location == before


def test_every_sheet_is_reached_from_its_subject_in_three_touches(controller: Controller, content: PackReader) -> None:
    reached: set[str] = set()
    for theme in content.themes:
        if content.has_theme(theme.id):
            begin(controller)
            controller.send(want.OpenTheme(theme.id))
            opened_from(controller, 3, reached)
    missing = [key for key in content.sheet_ids() if key not in reached]
    searches = {key for key in missing if (found := content.card(key)) and found.kind == "guided"}
    # Guided searches are reached from the sheets that they help to find.
    assert [key for key in missing if key not in searches] == []
