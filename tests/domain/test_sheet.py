"""« Ma fiche », line by line."""

from __future__ import annotations

from kiosk.domain.guide import WAY_KEY
from kiosk.domain.procedure import Block, Form, Item, OnlineService, PlaceRef, Way, Ways
from kiosk.domain.sheet import PersonalSheet, sheet_of
from tests.support.builders import a_choice, a_line, a_procedure, a_question, a_step, lines, papers


def sheet(*blocks: Block, ticked: tuple[str, ...] = (), **answers: str) -> PersonalSheet:
    """Make the sheet of somebody."""
    return sheet_of(a_procedure(*blocks), answers, ticked)


def names(made: PersonalSheet) -> list[str]:
    """Return the ids of the papers of a sheet."""
    return [paper.item.id for paper in made.papers]


def test_it_lists_the_papers_of_every_step_on_the_path() -> None:
    assert names(sheet(a_step("un", papers("photo")), a_step("deux", papers("timbre")))) == ["photo", "timbre"]


def test_it_leaves_out_the_papers_of_other_answers() -> None:
    blocks = (a_question("carte"), a_step("un", papers("photo", Item("perte", "Déclaration", when=("non",)))))
    assert names(sheet(*blocks, carte="oui")) == ["photo"]


def test_it_leaves_out_the_papers_of_steps_not_met() -> None:
    question = a_question("carte", a_choice("oui", a_step("un", papers("photo"))), "non")
    assert names(sheet(question, carte="non")) == []


def test_a_paper_asked_for_twice_is_listed_once() -> None:
    assert names(sheet(a_step("un", papers("photo")), a_step("deux", papers("photo")))) == ["photo"]


def test_a_paper_that_was_not_ticked_is_missing() -> None:
    made = sheet(a_step("un", papers("photo", "timbre")), ticked=("photo",))
    assert [paper.item.id for paper in made.missing] == ["timbre"]


def test_it_names_each_service_once() -> None:
    made = sheet(a_step("un", PlaceRef("mairie")), a_step("deux", PlaceRef("mairie"), PlaceRef("caf")))
    assert made.services == ("mairie", "caf")


def test_it_lists_each_site_once() -> None:
    site = OnlineService("France Titres", "https://ants.gouv.fr")
    assert sheet(a_step("un", site), a_step("deux", site)).online == (site,)


def test_it_lists_each_form_once() -> None:
    form = Form("Déclaration de perte", "14011")
    assert sheet(a_step("un", form), a_step("deux", form)).forms == (form,)


def test_it_leaves_out_the_price_of_other_answers() -> None:
    cost = (a_line("Gratuit."), a_line("Un timbre.", "non"))
    made = sheet_of(a_procedure(a_question("carte"), cost=cost), {"carte": "oui"}, ())
    assert made.cost == cost[:1]


def test_it_holds_both_ways_whatever_was_chosen() -> None:
    ways = Ways(lines("Le site."), lines("Le guichet."))
    made = sheet_of(a_procedure(ways=ways), {WAY_KEY: Way.WITH_INTERNET}, ())
    assert (made.with_internet, made.without_internet) == (ways.with_internet, ways.without_internet)


def test_it_leads_to_the_official_sheet() -> None:
    assert sheet().page_url == "https://www.service-public.gouv.fr/particuliers/vosdroits/F1341"
