"""Every procedure that ships, with every set of answers, to its sheet and its codes; no network (see conftest)."""

from __future__ import annotations

import pytest

from kiosk import paths
from kiosk.domain.guide import Guide
from kiosk.domain.procedure import Way
from kiosk.domain.sheet import sheet_of
from kiosk.packs.reader import PackReader
from kiosk.session import intents as want
from kiosk.session.controller import Controller
from kiosk.session.qr_text import MAX_BYTES
from kiosk.session.views import Box, QrBox, Screen, View
from kiosk.session.visit import Visit
from tests.support.visits import all_answers, open_procedure, to_sheet, touchable

PROCEDURES = sorted(path.stem for path in (paths.ROOT / "assets" / "procedures").glob("*.yaml"))


def codes(view: View) -> dict[str, str]:
    return {element.id: element.data for element in view.body if isinstance(element, QrBox)}


def sheets(controller: Controller, content: PackReader, key: str) -> list[tuple[View, dict[str, str]]]:
    """Walk to the sheet with every set of answers."""
    procedure = content.procedure(key)
    assert procedure is not None
    found = []
    for answers in all_answers(procedure):
        controller.erase()
        open_procedure(controller, key)
        found.append((to_sheet(controller, answers)[-1], dict(controller.visit.answers)))
    return found


@pytest.mark.parametrize("key", PROCEDURES)
def test_every_set_of_answers_leads_to_a_sheet(controller: Controller, content: PackReader, key: str) -> None:
    assert {view.screen for view, _ in sheets(controller, content, key)} == {Screen.SHEET}


@pytest.mark.parametrize("key", PROCEDURES)
def test_the_code_of_the_list_names_every_paper(controller: Controller, content: PackReader, key: str) -> None:
    procedure = content.procedure(key)
    assert procedure is not None
    missing = [
        paper.item.name
        for view, answers in sheets(controller, content, key)
        for paper in sheet_of(Guide(procedure), answers, ()).papers
        if f"[ ] {paper.item.name}".replace("\u00a0", " ") not in codes(view)["qr.list"].splitlines()
    ]
    assert missing == []


@pytest.mark.parametrize("key", PROCEDURES)
def test_the_code_of_the_list_keeps_to_its_size(controller: Controller, content: PackReader, key: str) -> None:
    sizes = [len(codes(view)["qr.list"].encode()) for view, _ in sheets(controller, content, key)]
    assert max(sizes) <= MAX_BYTES


@pytest.mark.parametrize("key", PROCEDURES)
def test_the_code_of_the_page_is_the_official_address(controller: Controller, content: PackReader, key: str) -> None:
    procedure = content.procedure(key)
    assert procedure is not None
    open_procedure(controller, key)
    address = f"https://www.service-public.gouv.fr/particuliers/vosdroits/{procedure.source}"
    assert codes(to_sheet(controller)[-1])["qr.page"] == address


@pytest.mark.parametrize("way", Way)
@pytest.mark.parametrize("key", PROCEDURES)
def test_the_sheet_always_shows_both_ways_the_chosen_one_first(controller: Controller, key: str, way: Way) -> None:
    open_procedure(controller, key, way)
    boxes = [element.id for element in to_sheet(controller)[-1].body if isinstance(element, Box)]
    ways = [key for key in boxes if key in {"with", "without", "someone"}]
    assert {"with", "without"} <= set(ways)
    first = {Way.WITH_INTERNET: "with", Way.WITHOUT_INTERNET: "without", Way.WITH_SOMEONE: "someone"}[way]
    assert ways[0] == first or first not in ways


@pytest.mark.parametrize("key", PROCEDURES)
def test_a_ticked_paper_is_crossed_in_the_code(controller: Controller, key: str) -> None:
    open_procedure(controller, key)
    papers: list[want.TickPaper] = []
    view = controller.view()
    while view.screen is not Screen.SHEET:
        found = [one for one in touchable(view) if isinstance(one, want.TickPaper)]
        for tick in found:
            controller.send(tick)
        papers += found
        given = [one for one in touchable(view) if isinstance(one, want.Answer)]
        view = controller.send((given or [want.Next()])[0])
    text = codes(view)["qr.list"]
    assert (text.count("[x] "), text.count("[ ] ")) == (len({tick.paper for tick in papers}), 0)


def reached_from(controller: Controller, home: View) -> set[str]:
    """Return the procedures one touch behind what a page of subjects offers."""
    reached: set[str] = set()
    for theme in touchable(home):
        if isinstance(theme, want.OpenTheme | want.OpenPopular):
            reached |= {
                one.procedure for one in touchable(controller.send(theme)) if isinstance(one, want.OpenProcedure)
            }
            controller.send(want.Back())
    return reached


def test_any_procedure_is_three_touches_from_the_welcome_screen_or_four_behind_the_other_subjects(
    controller: Controller, content: PackReader
) -> None:
    home = controller.send(want.Start())
    near = reached_from(controller, home)
    far = reached_from(controller, controller.send(want.OpenMoreThemes(1)))
    assert near | far == {card.id for card in content.cards}
    assert {card.id for card in content.cards if card.is_popular} <= near


@pytest.mark.parametrize("key", PROCEDURES)
def test_after_the_last_face_nothing_is_left(controller: Controller, key: str) -> None:
    open_procedure(controller, key)
    to_sheet(controller)
    controller.send(want.Finish())
    faces = [one for one in touchable(controller.view()) if isinstance(one, want.GiveFeedback)]
    controller.send(faces[0])
    assert controller.visit == Visit()
