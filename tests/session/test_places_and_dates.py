"""Places open or not, facts fresh or not: what depends on the day."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from kiosk.domain.dating import PartialDate
from kiosk.domain.place import Place
from kiosk.domain.procedure import Confidence, Evidence, Paragraph, Procedure
from kiosk.packs.reader import PackReader
from kiosk.session import intents as want
from kiosk.session.composing import Composer
from kiosk.session.controller import Controller
from kiosk.session.places import Home, PlaceDesk, today_opening
from kiosk.session.views import Box, Line, Tone
from kiosk.session.visit import Visit
from kiosk.texts import Texts
from tests.support.visits import NOW, OneProcedure, a_controller

WEEK = "Mo-Fr 09:00-12:00,14:00-17:30"
MONDAY = dt.datetime(2026, 11, 23, 10, 0)  # noqa: DTZ001 - local time


def evidence(dated: str, confidence: Confidence = Confidence.HIGH) -> Evidence:
    return Evidence("F1", PartialDate.parse(dated), confidence)


def a_place(hours: str = WEEK, **changes: object) -> Place:
    place = Place("mairie", "Mairie", ("mairie",), evidence("2026-10"), commune="Trélazé", opening_hours=hours)
    return replace(place, **changes)  # type: ignore[arg-type]


def box(place: Place, now: dt.datetime, language: str = "fr") -> Box:
    make = Composer(Texts(language), Visit(), "", now.date())
    return PlaceDesk(make, lambda: (place,), Home("", "49353", None, None), now).box("place", place)


def hours_line(place: Place, now: dt.datetime, language: str = "fr") -> Line:
    return next(line for line in box(place, now, language).lines if line.id == "place.hours")


@pytest.mark.parametrize(
    ("now", "words"),
    [
        (MONDAY, "ouvert 12\u00a0h"),
        (MONDAY.replace(hour=15), "ouvert 17\u00a0h\u00a030"),
        (MONDAY.replace(hour=8), "fermé 9\u00a0h"),
        (MONDAY.replace(hour=13), "fermé 14\u00a0h"),
        (MONDAY.replace(hour=18), "fermé mardi 24 novembre à 9\u00a0h"),
        (MONDAY.replace(day=28), "fermé lundi 30 novembre à 9\u00a0h"),
        (dt.datetime(2026, 5, 1, 10, 0), "fermé lundi 4 mai à 9\u00a0h"),  # noqa: DTZ001 - a Friday, public holiday
        (dt.datetime(2026, 12, 25, 10, 0), "fermé lundi 28 décembre à 9\u00a0h"),  # noqa: DTZ001 - a Friday too
    ],
)  # fmt: skip
def test_a_place_says_open_or_when_it_opens(now: dt.datetime, words: str) -> None:
    line = hours_line(a_place(), now)
    state, *parts = words.split(" ")
    assert (line.tone is Tone.GOOD) == (state == "ouvert")
    assert " ".join(parts) in line.text


@pytest.mark.parametrize("hours", ["", "on request, ask", "Mo-Fr off", "Mo 25:99-", 'Mo-Su unknown "sur demande"'])
def test_a_place_whose_hours_are_not_known_says_so(hours: str) -> None:
    line = hours_line(a_place(hours, phone="01 99 00 12 34"), MONDAY)
    assert line.text == "Horaires inconnus\u00a0: téléphonez pour vérifier."


def test_nobody_is_told_to_call_a_place_without_a_phone() -> None:
    assert hours_line(a_place(""), MONDAY).text == "Horaires inconnus."


def test_hours_in_english_have_a_colon() -> None:
    assert "12:00" in hours_line(a_place(), MONDAY, "en").text


def test_a_closure_that_lasts_weeks_is_not_guessed_at() -> None:
    assert today_opening("Mo 09:00-10:00; Nov 16-Dec 31 off", MONDAY) is None


@pytest.mark.parametrize("year", [1970, 2046, 2099])
def test_a_wrong_clock_still_gives_sane_hours(year: int) -> None:
    now = MONDAY.replace(year=year)
    found = today_opening(WEEK, now)
    assert found is not None
    assert found.change is not None
    assert now < found.change < now + dt.timedelta(days=8)


def test_a_place_of_no_commune_shows_no_hours() -> None:
    lines = box(a_place(commune="", phone="39 39"), MONDAY).lines
    assert [line.id for line in lines if line.id.startswith("place.hours")] == []


def read(content: PackReader, **changes: object) -> Procedure:
    procedure = content.procedure("carte-identite")
    assert procedure is not None
    return replace(procedure, **changes)  # type: ignore[arg-type]


def intro(content: PackReader, procedure: Procedure) -> dict[str, Box]:
    controller = a_controller(OneProcedure(content, procedure))
    controller.send(want.Start())
    view = controller.send(want.OpenProcedure(procedure.id))
    return {element.id: element for element in view.body if isinstance(element, Box)}


@pytest.mark.parametrize(
    ("checked", "is_stale"),
    [("2025-11-23", True), ("2025-11-24", False), ("2025", True), ("2025-12", False), ("2026-11-01", False)],
)
def test_a_procedure_not_checked_for_twelve_months_says_so_on_its_first_page(
    content: PackReader, checked: str, is_stale: bool
) -> None:
    assert ("stale" in intro(content, read(content, checked_on=PartialDate.parse(checked)))) == is_stale


def check_lines(boxes: dict[str, Box], key: str) -> list[str]:
    return [line.text for line in boxes[key].lines if line.id.endswith(".check")]


def test_a_sure_fact_has_no_note(content: PackReader) -> None:
    sure = (Paragraph("25 €.", evidence("2026-03")), Paragraph("Voilà."))
    assert check_lines(intro(content, read(content, cost=sure)), "cost") == []


def test_facts_to_check_say_the_oldest_of_their_dates(content: PackReader) -> None:
    facts = (
        Paragraph("25 €.", evidence("2019-01")),
        Paragraph("35 €.", evidence("2026-03", Confidence.MEDIUM)),
        Paragraph("45 €.", evidence("2025", Confidence.MEDIUM)),
    )
    note = check_lines(intro(content, read(content, cost=facts)), "cost")
    assert note == [Texts("fr").tr("fact.to_check", date="2025")]


def test_the_note_of_a_place_is_that_of_its_own_evidence() -> None:
    unsure = box(a_place(evidence=evidence("2026-08", Confidence.MEDIUM)), MONDAY)
    assert [line.text for line in unsure.lines if line.id == "place.check"] == [
        Texts("fr").tr("fact.to_check", date="août 2026")
    ]


def test_nobody_is_sent_to_another_commune_than_theirs(controller: Controller) -> None:
    place = controller.around.home.place
    assert place is not None
    assert (place.insee, NOW.weekday()) == ("49353", 0)
