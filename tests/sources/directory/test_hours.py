"""How timetables are written for OpenStreetMap."""

from __future__ import annotations

import pytest

from kiosk.sources.directory.hours import HoursError, official_timetable, valid_osm, weekly_timetable
from tests.sources.directory.samples import slots


@pytest.mark.parametrize(
    ("entries", "osm"),
    [
        ([slots("Lundi", "Vendredi", "09:00", "12:00", "14:00", "17:00")], "Mo-Fr 09:00-12:00,14:00-17:00"),
        ([slots("Lundi", "", "09:00", "12:00")], "Mo 09:00-12:00"),
        ([slots("Samedi", "Lundi", "09:00", "12:00")], "Mo,Sa,Su 09:00-12:00"),
        ([slots("Mardi", "Mardi", "", "", "14:00", "17:00")], "Tu 14:00-17:00"),
        # Two entries of one day are one rule: a second one behind `; ` would replace the first.
        ([slots("Mardi", "", "14:00", "17:00"), slots("Mardi", "", "09:00", "12:00")], "Tu 09:00-12:00,14:00-17:00"),
        ([slots("Mardi", "", "09:00", "12:00"), slots("Mardi", "", "11:00", "14:00")], "Tu 09:00-14:00"),
        ([slots("Lundi", "Jeudi", "09:00", "12:00"), slots("Samedi", "", "09:00", "12:00")], "Mo-Th,Sa 09:00-12:00"),
        ([slots("Lundi", "Mardi", "09:00", "12:00")], "Mo,Tu 09:00-12:00"),
        ([slots("Lundi", "Dimanche", "00:00", "00:00")], "Mo-Su 00:00-24:00"),
        ([slots("monday", "Friday", "09:00", "12:00")], "Mo-Fr 09:00-12:00"),
        ([slots("jour_lundi", "jour_mardi", "09:00", "12:00")], "Mo,Tu 09:00-12:00"),
        ([slots("Jours fériés", "", "10:00", "11:00")], "PH 10:00-11:00"),
        ([slots("Dimanche", "", "10:00", "11:00"), slots("jours_feries", "", "10:00", "11:00")], "Su,PH 10:00-11:00"),
        ([slots("Samedi", "", "09:00", "12:00", said="1 sur 2")], 'Sa 09:00-12:00 "1 sur 2"'),
        (
            [slots("Samedi", "", "09:00", "12:00", said="1 sur 2"), slots("Samedi", "", "14:00", "16:00")],
            'Sa 14:00-16:00, Sa 09:00-12:00 "1 sur 2"',
        ),
        ([slots("Mercredi", "", said="sur rendez-vous")], 'We unknown "sur rendez-vous"'),
        ([slots("Mercredi", "")], ""),
        ([], ""),
    ],
)
def test_a_timetable_is_written_in_its_shortest_form(entries: list[object], osm: str) -> None:
    assert official_timetable(entries).osm() == osm


def test_a_remark_that_fits_no_rule_becomes_a_note() -> None:
    timetable = official_timetable(
        [
            slots("Mercredi", "", "09:00", "12:00"),
            slots("Mercredi", "", said="l’après-midi sur rendez-vous"),
            slots("", "", said="fermé en août"),
        ]
    )
    assert timetable.osm() == "We 09:00-12:00"
    assert timetable.notes() == ["fermé en août", "Mercredi : l’après-midi sur rendez-vous"]


@pytest.mark.parametrize(
    ("week", "osm"),
    [
        (["09:00 - 12:00 / 14:00 - 17:00", "", "", "", "", ""], "Mo 09:00-12:00,14:00-17:00"),
        (["9h00 - 12h00", "9h00-12h00", "9h00 - 12h00", "Fermé", "", "-"], "Mo-We 09:00-12:00"),
        ([""] * 6, ""),
    ],
)
def test_the_list_of_france_services_gives_one_text_a_day(week: list[str], osm: str) -> None:
    assert weekly_timetable(week).osm() == osm


@pytest.mark.parametrize("text", ["matin", "09:00", "09:00 - 12:00 - 14:00", "12:00 - 09:00", "09:00 - 25:00", "/"])
def test_hours_of_a_day_that_cannot_be_read_are_an_error(text: str) -> None:
    with pytest.raises(HoursError):
        weekly_timetable([text])


@pytest.mark.parametrize(
    "text", ["", "du lundi au vendredi", "Mo-Fr 25:99-", "Mo 09:00-12:00" + "; Tu 09:00-12:00" * 100]
)
def test_what_others_wrote_wrongly_is_no_timetable(text: str) -> None:
    assert valid_osm(text) == ""


def test_what_others_wrote_rightly_stays_as_it_is() -> None:
    assert valid_osm("Mo-Fr 08:30-12:30; PH off") == "Mo-Fr 08:30-12:30; PH off"
