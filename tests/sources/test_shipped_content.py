"""The procedures that ship: whole, reachable, with places for each of the 29 communes."""

from __future__ import annotations

import datetime as dt
from functools import cache

import pytest

from kiosk import paths
from kiosk.domain.guide import Guide, SheetPage
from kiosk.domain.place import nearest
from kiosk.domain.procedure import Confidence, PlaceRef, Procedure, all_blocks, display_texts, evidences
from kiosk.domain.reach import all_answers, texts_met
from kiosk.domain.sheet import sheet_of
from kiosk.session.pages_entry import MAX_THEMES
from kiosk.sources.authored.library import Library, read_library

COMMUNES = 29
MAX_TOUCHES = 3
FILES = sorted(path.stem for path in (paths.ROOT / "assets" / "procedures").glob("*.yaml"))


@cache
def library() -> Library:
    """Read the content that ships."""
    return read_library(paths.ROOT / "assets", dt.datetime.now(dt.UTC).date())


def procedure(key: str) -> Procedure:
    """Return one procedure."""
    return next(one for one in library().procedures if one.id == key)


def test_there_are_forty() -> None:
    assert len(FILES) == 40


def test_it_has_no_error() -> None:
    assert [str(problem) for problem in library().errors] == []


@pytest.mark.parametrize("key", FILES)
def test_all_answers_lead_to_the_sheet(key: str) -> None:
    one = procedure(key)
    assert all(isinstance(Guide(one).pages(answers)[-1], SheetPage) for answers in all_answers(one))


@pytest.mark.parametrize("key", FILES)
def test_every_text_is_met_by_somebody(key: str) -> None:
    one = procedure(key)
    assert set(display_texts(one)) - (texts_met(one) or set()) == set()


@pytest.mark.parametrize("key", FILES)
def test_every_path_has_something_to_do(key: str) -> None:
    one = procedure(key)
    for answers in all_answers(one):
        assert any(page.key.startswith("step:") for page in Guide(one).pages(answers))


@pytest.mark.parametrize("key", FILES)
def test_every_sheet_tells_price_delay_and_both_ways(key: str) -> None:
    one = procedure(key)
    for answers in all_answers(one):
        sheet = sheet_of(Guide(one), answers, ())
        assert all((sheet.cost, sheet.duration, sheet.with_internet, sheet.without_internet))


@pytest.mark.parametrize("key", FILES)
def test_every_fact_is_sure_or_to_be_checked(key: str) -> None:
    assert {evidence.confidence for evidence in evidences(procedure(key))} <= {Confidence.HIGH, Confidence.MEDIUM}


@pytest.mark.parametrize("key", FILES)
def test_checked_on_is_the_oldest_date(key: str) -> None:
    one = procedure(key)
    assert one.checked_on.earliest() == min(evidence.dated.earliest() for evidence in evidences(one))


def communes() -> dict[str, str]:
    """Return the communes that have a mairie, by INSEE code."""
    return {place.insee: place.commune for place in library().places if "mairie" in place.services and place.insee}


def test_every_commune_has_its_mairie() -> None:
    assert len(communes()) == COMMUNES


@pytest.mark.parametrize("key", FILES)
def test_every_service_has_a_place_for_each_commune(key: str) -> None:
    services = {block.service for block in all_blocks(procedure(key)) if isinstance(block, PlaceRef)}
    places = library().places
    homes = {place.insee: place.position for place in places if "mairie" in place.services and place.insee}
    for insee, position in homes.items():
        for service in services:
            found = nearest(places, service, insee, position)
            assert found is not None
            assert found.phone or found.website or found.address, found.id


def test_the_mairie_of_a_commune_is_its_own() -> None:
    places = library().places
    for insee in communes():
        found = nearest(places, "mairie", insee, None)
        assert found is not None
        assert found.insee == insee


@pytest.mark.parametrize("key", FILES)
def test_it_is_three_touches_from_the_subjects_at_most(key: str) -> None:
    """Subject, procedure; one more touch for the subjects that do not fit on the first page."""
    shown = [theme.id for theme in library().themes if any(one.theme == theme.id for one in library().procedures)]
    pages_before = shown.index(procedure(key).theme) // MAX_THEMES
    assert pages_before + 2 <= MAX_TOUCHES
