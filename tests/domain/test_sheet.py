"""« Ma fiche », line by line."""

from __future__ import annotations

from typing import Any

import pytest

from kiosk.domain.guide import WAY_KEY, Guide
from kiosk.domain.procedure import Block, Contact, Form, Item, OnlineService, PlaceRef, StepRole, Way, Ways
from kiosk.domain.sheet import LONGEST_FIGURE, PersonalSheet, Told, sheet_of
from tests.support.builders import (
    a_choice,
    a_line,
    a_long_text,
    a_procedure,
    a_question,
    a_section,
    a_step,
    an_official,
    lines,
    papers,
)


def sheet(*blocks: Block, ticked: tuple[str, ...] = (), **answers: str) -> PersonalSheet:
    """Make the sheet of somebody."""
    return sheet_of(Guide(a_procedure(*blocks)), answers, ticked)


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
    made = sheet_of(Guide(a_procedure(a_question("carte"), cost=cost)), {"carte": "oui"}, ())
    assert made.cost == cost[:1]


def test_it_holds_both_ways_whatever_was_chosen() -> None:
    ways = Ways(lines("Le site."), lines("Le guichet."))
    made = sheet_of(Guide(a_procedure(ways=ways)), {WAY_KEY: Way.WITH_INTERNET}, ())
    assert (made.with_internet, made.without_internet) == (ways.with_internet, ways.without_internet)


def test_it_leads_to_the_official_sheet() -> None:
    assert sheet().page_url == "https://www.service-public.gouv.fr/particuliers/vosdroits/F1341"


def official(*blocks: Block, **changes: Any) -> PersonalSheet:
    """Make the sheet of somebody who read an official procedure."""
    return sheet_of(Guide(an_official(*blocks, **changes)), {}, ())


def test_the_price_and_the_delay_of_an_official_sheet_are_those_of_its_steps() -> None:
    made = official(
        a_step("prix", *lines("17 €"), role=StepRole.COST), a_step("delai", *lines("Deux mois"), role=StepRole.DELAY)
    )
    assert made.told == (
        Told(StepRole.COST, "Étape prix", lines("17 €")),
        Told(StepRole.DELAY, "Étape delai", lines("Deux mois")),
    )


def test_a_long_text_on_the_price_is_cut_between_two_lines() -> None:
    step = a_step("prix", *lines("17 €"), a_long_text(LONGEST_FIGURE), *lines("Fin."), role=StepRole.COST)
    assert [told.lines for told in official(step).told] == [lines("17 €")]


def test_it_lists_each_contact_once_and_those_of_the_whole_sheet() -> None:
    here, all_of_it = Contact("a", "La mairie", "mairie"), Contact("b", "La caf", "caf")
    assert official(a_step("un", here), a_step("deux", here), contacts=(all_of_it,)).contacts == (here, all_of_it)


def test_it_finds_papers_and_forms_inside_groups_and_boxes() -> None:
    form = Form("Demande", "12100")
    made = official(a_step("un", a_section("Groupe", papers("photo"), a_section("Autre", form))))
    assert (names(made), made.forms) == (["photo"], (form,))


def test_it_leaves_out_the_papers_that_a_condition_hides() -> None:
    age = a_question("age", a_choice("mineur", sets=("T1",)), a_choice("majeur", clears=("T1",)))
    listed = papers("photo", Item("livret", "Livret", condition="T1"))
    assert names(sheet(age, a_step("un", listed), age="majeur")) == ["photo"]


@pytest.mark.parametrize(
    ("public", "folder"),
    [("particuliers", "particuliers/"), ("professionnels", "professionnels-entreprises/"), ("autre", "")],
)
def test_the_official_page_is_that_of_its_public(public: str, folder: str) -> None:
    address = f"https://www.service-public.gouv.fr/{folder}vosdroits/F1"
    assert official(public=public).page_url == address
