"""What a card says of hours: holidays, places that never close, hours with a remark, the age of the data."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.dating import PartialDate
from kiosk.domain.place import Accessibility, Place, Position
from kiosk.domain.procedure import Confidence, Evidence
from kiosk.session.composing import Composer
from kiosk.session.places import Home, PlaceDesk, hours_remarks, today_opening
from kiosk.session.views import Line, Tone
from kiosk.session.visit import Visit
from kiosk.texts import Texts

MONDAY = dt.datetime(2026, 11, 23, 10, 0)  # noqa: DTZ001 - local time
SATURDAY = MONDAY + dt.timedelta(days=5)
CHRISTMAS = dt.datetime(2026, 12, 25, 10, 0)  # noqa: DTZ001 - a Friday
NB = "\u00a0"


def a_place(hours: str = "", **changes: object) -> Place:
    values: dict[str, object] = {
        "name": "Bureau",
        "services": ("caf",),
        "evidence": Evidence("DILA", PartialDate(2026, 10), Confidence.HIGH),
        "commune": "Sainte-Exemple",
        "insee": "49999",
        "phone": "01 99 00 12 34",
        "opening_hours": hours,
        **changes,
    }
    return Place(id="bureau", **values)  # type: ignore[arg-type]


def card(place: Place, now: dt.datetime = MONDAY, language: str = "fr") -> dict[str, Line]:
    make = Composer(Texts(language), Visit(), "", now.date())
    box = PlaceDesk(make, lambda: (place,), Home("", "49999", None, None), now).box("place", place)
    return {line.id.removeprefix("place."): line for line in box.lines}


def said(hours: str, now: dt.datetime = MONDAY) -> tuple[str, Tone]:
    line = card(a_place(hours), now)["hours"]
    return line.text, line.tone


def notes(place: Place, now: dt.datetime = MONDAY) -> list[str]:
    return [line.text for key, line in card(place, now).items() if key.startswith("note.")]


# -- every day and night ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("now", [MONDAY, SATURDAY, CHRISTMAS])
def test_a_place_that_never_closes_says_so_even_on_a_holiday(now: dt.datetime) -> None:
    assert said("24/7", now) == ("Ouvert jour et nuit", Tone.GOOD)


def test_a_week_without_a_gap_is_open_day_and_night_but_promises_nothing_on_a_holiday() -> None:
    assert said("Mo-Su 00:00-24:00") == ("Ouvert jour et nuit", Tone.GOOD)
    assert said("Mo-Su 00:00-24:00", CHRISTMAS)[1] is Tone.WARNING


def test_open_until_another_day_names_it() -> None:
    assert said("Mo-Fr 00:00-24:00")[0] == "Ouvert maintenant, jusqu’à vendredi 27 novembre à minuit"


def test_open_until_midnight_is_today() -> None:
    assert said("Mo-Fr 09:00-24:00")[0] == "Ouvert maintenant, jusqu’à minuit"


def test_open_past_midnight_is_until_the_next_day() -> None:
    assert said("Mo-Fr 09:00-26:00")[0] == f"Ouvert maintenant, jusqu’à mardi 24 novembre à 2{NB}h"


def test_day_and_night_with_a_remark_is_perhaps() -> None:
    assert said('24/7 "sur appel"') == ("Peut-être ouvert, jour et nuit", Tone.WARNING)


# -- public holidays -------------------------------------------------------------------------------------------------

HOLIDAYS = [
    dt.date(2026, 1, 1),
    dt.date(2026, 4, 6),  # Easter Monday
    dt.date(2026, 5, 1),
    dt.date(2026, 5, 8),
    dt.date(2026, 5, 14),  # Ascension
    dt.date(2026, 5, 25),  # Whit Monday
    dt.date(2026, 7, 14),
    dt.date(2026, 8, 15),
    dt.date(2026, 11, 1),
    dt.date(2026, 11, 11),
    dt.date(2026, 12, 25),
]


@pytest.mark.parametrize("day", HOLIDAYS, ids=str)
def test_on_a_public_holiday_nothing_is_called_open(day: dt.date) -> None:
    words, tone = said("Mo-Su 09:00-18:00", dt.datetime.combine(day, dt.time(10)))
    assert words.startswith(f"Jour férié{NB}: en général fermé. Ouvre ")
    assert tone is Tone.WARNING


@given(st.sampled_from(HOLIDAYS), st.sampled_from(["Mo-Su 00:00-24:00", 'Mo-Su 08:00-20:00 "x"', "Mo-Fr 09:00-17:00"]))
def test_no_hours_that_are_silent_on_holidays_open_on_one(day: dt.date, hours: str) -> None:
    for hour in range(24):
        found = today_opening(hours, dt.datetime.combine(day, dt.time(hour)))
        assert found is None or not found.is_open


def test_hours_that_speak_of_holidays_are_believed() -> None:
    assert said("Mo-Fr 09:00-17:00; PH 10:00-11:00", CHRISTMAS) == (
        f"Ouvert maintenant, jusqu’à 11{NB}h",
        Tone.GOOD,
    )
    assert said("Mo-Fr 09:00-17:00; PH off", CHRISTMAS)[0] == f"Fermé, ouvre lundi 28 décembre à 9{NB}h"


def test_a_remark_on_holidays_is_no_rule_for_them() -> None:
    assert not said('Mo-Su 09:00-17:00 "PH sur rendez-vous"', CHRISTMAS)[0].startswith(("Ouvert", "Peut-être"))


def test_the_day_before_a_holiday_opens_after_it() -> None:
    eve = dt.datetime(2026, 12, 24, 18, 0)  # noqa: DTZ001 - local time
    assert said("Mo-Sa 09:00-17:00", eve)[0] == f"Fermé, ouvre samedi 26 décembre à 9{NB}h"


# -- remarks ---------------------------------------------------------------------------------------------------------


def test_hours_with_a_remark_are_perhaps_and_the_remark_is_shown() -> None:
    hours = 'Mo-Fr 09:00-12:00; Sa 09:00-12:00 "Un samedi sur deux"'
    assert said(hours, SATURDAY) == (f"Peut-être ouvert, jusqu’à 12{NB}h", Tone.WARNING)
    assert notes(a_place(hours), SATURDAY) == [f"Samedi{NB}: «{NB}Un samedi sur deux{NB}»"]


def test_the_remark_is_shown_on_the_other_days_too() -> None:
    assert notes(a_place('Mo-Fr 09:00-12:00; Sa 09:00-12:00 "Un samedi sur deux"')) == [
        f"Samedi{NB}: «{NB}Un samedi sur deux{NB}»"
    ]


@pytest.mark.parametrize(
    ("now", "words"),
    [
        (MONDAY.replace(hour=8), f"Fermé, ouvre peut-être aujourd’hui à 9{NB}h"),
        (MONDAY.replace(hour=18), f"Fermé, ouvre peut-être mardi 24 novembre à 9{NB}h"),
        (MONDAY, f"Peut-être ouvert, jusqu’à 12{NB}h"),
    ],
)
def test_what_opens_with_a_remark_opens_perhaps(now: dt.datetime, words: str) -> None:
    assert said('Mo-Fr 09:00-12:00 "sur rendez-vous"', now)[0] == words


def test_sure_hours_before_perhaps_hours_end_where_they_end() -> None:
    hours = 'Mo 09:00-12:00, Mo 12:00-17:00 "sur rendez-vous"'
    assert said(hours)[0] == f"Ouvert maintenant, jusqu’à 12{NB}h"


@pytest.mark.parametrize(
    ("hours", "remarks"),
    [
        ('Mo-Fr 09:00-12:00 "sur rendez-vous"', (f"«{NB}sur rendez-vous{NB}»",)),
        (
            'Mo 09:00-12:00, Mo 14:00-17:30 "l’après-midi sur rendez-vous"',
            (f"Lundi de 14{NB}h à 17{NB}h{NB}30{NB}: «{NB}l’après-midi sur rendez-vous{NB}»",),
        ),
        (
            'Mo,We 09:00-12:00 "a"; Tu 09:00-12:00; Th unknown "b"',
            (f"Lundi, mercredi{NB}: «{NB}a{NB}»", f"Jeudi{NB}: «{NB}b{NB}»"),
        ),
        ('Mo 09:00-12:00; Jul-Aug Mo 09:00-11:00 "été"', (f"«{NB}été{NB}»",)),
        ('Mo 09:00-12:00; PH 10:00-11:00 "de garde"', (f"«{NB}de garde{NB}»",)),
        ("Mo 09:00-12:00", ()),
        ('"', ()),
        ("", ()),
    ],
)
def test_a_remark_says_when_it_holds_unless_it_always_does(hours: str, remarks: tuple[str, ...]) -> None:
    assert hours_remarks(hours, MONDAY.date()) == remarks


def test_a_day_by_appointment_only_is_neither_open_nor_closed() -> None:
    wednesday = MONDAY + dt.timedelta(days=2)
    hours = 'Mo 09:00-12:00; We unknown "sur rendez-vous"'
    assert said(hours, wednesday)[0] == f"Horaires inconnus{NB}: téléphonez pour vérifier."
    assert notes(a_place(hours), wednesday) == [f"Mercredi{NB}: «{NB}sur rendez-vous{NB}»"]


def test_notes_are_shown_in_the_words_of_their_source_a_sentence_a_line() -> None:
    place = a_place(notes=("Fermé du 1er au 15 août. Sonnez deux fois.", "Rampe", "Rampe"))
    assert notes(place) == ["Fermé du 1er au 15 août.", "Sonnez deux fois.", "Rampe"]
    lines = card(place, language="en")
    assert {line.language for key, line in lines.items() if key.startswith("note.")} == {"fr"}


def test_a_national_service_shows_its_notes_and_no_hours() -> None:
    lines = card(a_place("24/7", commune="", insee="", notes=("Appel gratuit",)))
    assert "hours" not in lines
    assert lines["note.0"].text == "Appel gratuit"


# -- access and age --------------------------------------------------------------------------------------------------


def test_a_way_in_is_told_when_it_is_known_only() -> None:
    known = card(a_place(accessibility=Accessibility.FULL))["access"].text
    asked = card(a_place(accessibility=Accessibility.ON_REQUEST))["access"].text
    assert known == "Accessible aux personnes handicapées"
    assert asked.startswith(f"{known} sur demande")
    assert "access" not in card(a_place())


@pytest.mark.parametrize(
    ("dated", "shown"), [("2026-06", None), ("2026-05", "mai 2026"), ("2025-11-03", "3 novembre 2025")]
)
def test_data_of_half_a_year_ago_say_of_when_they_are(dated: str, shown: str | None) -> None:
    evidence = Evidence("DILA", PartialDate.parse(dated), Confidence.HIGH)
    line = card(a_place(evidence=evidence)).get("dated")
    assert (line.text if line else None) == (shown and f"Date de ces informations{NB}: {shown}")


def test_what_is_to_be_checked_says_its_date_once() -> None:
    evidence = Evidence("liste", PartialDate(2025), Confidence.MEDIUM)
    lines = card(a_place(evidence=evidence))
    assert ("check" in lines, "dated" in lines) == (True, False)


def test_a_number_for_the_whole_country_does_not_age() -> None:
    evidence = Evidence("DILA", PartialDate(2021), Confidence.HIGH)
    assert "dated" not in card(a_place(commune="", insee="", evidence=evidence))


def test_several_desks_come_in_their_order() -> None:
    make = Composer(Texts("fr"), Visit(), "", MONDAY.date())
    places = (a_place(), a_place(insee="1", position=Position(47.0, 0.0)))
    desk = PlaceDesk(make, lambda: places[::-1], Home("", "49999", None, None), MONDAY)
    assert desk.find_several("caf", 2) == places
    assert desk.find_several("caf", 1) == (desk.find("caf"),)


@given(
    st.sampled_from(
        ["Mo-Fr 09:00-12:00", 'Sa 09:00-12:00 "x", Sa 14:00-16:00', "24/7", "Su 22:00-26:00", "PH 09:00-12:00"]
    ),
    st.datetimes(dt.datetime(2026, 1, 1), dt.datetime(2027, 12, 31)),  # noqa: DTZ001 - local time
)
def test_a_change_is_always_ahead(hours: str, now: dt.datetime) -> None:
    found = today_opening(hours, now)
    assert found is None or found.change is None or now < found.change <= now + dt.timedelta(days=8)
