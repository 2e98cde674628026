"""Any timetable of the official directory opens, as written for OpenStreetMap, exactly in its slots."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st
from opening_hours import OpeningHours, State, validate

from kiosk.session.places import hours_remarks
from kiosk.sources.directory.fields import BadRecordError
from kiosk.sources.directory.hours import HoursError, official_timetable, weekly_timetable

FRENCH = ("Lundi", "Mardi", "Mercredi", "Jeudi", "Vendredi", "Samedi", "Dimanche")
MONDAY = dt.datetime(2026, 11, 23)  # noqa: DTZ001 - local time

minutes = st.integers(0, 24 * 60 - 1).map(lambda minute: minute // 5 * 5)
texts = st.sampled_from(["", "", "Un samedi sur deux", "sur rendez-vous ; PH || off, Mo 09:00", "{days} « é » (1)"])


def clock(minute: int) -> str:
    return f"{minute // 60 % 24:02d}:{minute % 60:02d}:00"


@st.composite
def entries(draw: st.DrawFn) -> dict[str, str]:
    """Draw one entry with one slot or two."""
    first, last = draw(st.integers(0, 6)), draw(st.integers(0, 6) | st.none())
    times = []
    for _ in range(draw(st.integers(1, 2))):
        start = draw(minutes)
        times += [clock(start), clock(draw(st.integers(start // 5 + 1, 24 * 12)) * 5)]
    times += ["", "", ""]
    return {
        "nom_jour_debut": FRENCH[first],
        "nom_jour_fin": FRENCH[last] if last is not None else "",
        "valeur_heure_debut_1": times[0],
        "valeur_heure_fin_1": times[1],
        "valeur_heure_debut_2": times[2],
        "valeur_heure_fin_2": times[3],
        "commentaire": draw(texts),
    }


def minute_of(text: str) -> int:
    return int(text[:2]) * 60 + int(text[3:5])


def expected(timetable: list[dict[str, str]]) -> set[int]:
    """Return the open minutes of the week, counted by fives, without any code of the product."""
    found = set()
    for entry in timetable:
        first = FRENCH.index(entry["nom_jour_debut"])
        last = FRENCH.index(entry["nom_jour_fin"] or entry["nom_jour_debut"])
        days = [first]
        while days[-1] != last:
            days.append((days[-1] + 1) % 7)
        for number in ("1", "2"):
            if entry[f"valeur_heure_debut_{number}"]:
                start = minute_of(entry[f"valeur_heure_debut_{number}"])
                end = minute_of(entry[f"valeur_heure_fin_{number}"]) or 24 * 60
                for day in days:
                    found |= set(range(day * 288 + start // 5, day * 288 + end // 5))
    return found


def opened(osm: str) -> set[int]:
    """Return the open minutes of the week as a reader of OpenStreetMap sees them, counted by fives."""
    found = set()
    for start, end, state, _ in OpeningHours(osm).intervals(MONDAY, MONDAY + dt.timedelta(days=7)):
        if state == State.OPEN:
            fives = [int((moment - MONDAY).total_seconds()) // 300 for moment in (start, end)]
            found |= set(range(*fives))
    return found


@given(st.lists(entries(), min_size=1, max_size=5))
def test_a_place_is_open_in_its_slots_and_never_else(timetable: list[dict[str, str]]) -> None:
    assert opened(official_timetable(timetable).osm()) == expected(timetable)


@given(st.lists(entries(), min_size=1, max_size=4))
def test_every_remark_is_shown(timetable: list[dict[str, str]]) -> None:
    osm = official_timetable(timetable).osm()
    said = " ".join(hours_remarks(osm, MONDAY.date()))
    assert all(entry["commentaire"] in said for entry in timetable)


days = st.lists(st.text(alphabet="0123456789:-/ h", max_size=30), min_size=6, max_size=7)


@given(days | st.lists(st.text(), min_size=6, max_size=6))
def test_whatever_stands_in_a_list_gives_valid_hours_or_an_error(week: list[str]) -> None:
    try:
        osm = weekly_timetable(week).osm()
    except HoursError:
        return
    assert not osm or validate(osm)


loose = st.dictionaries(
    st.sampled_from(["nom_jour_debut", "nom_jour_fin", "valeur_heure_debut_1", "valeur_heure_fin_1", "commentaire"]),
    st.none() | st.integers() | st.text(max_size=30) | st.sampled_from([*FRENCH, "09:00:00", "12:00:00"]),
)


@given(st.lists(loose | st.none() | st.integers(), max_size=3))
def test_whatever_stands_in_the_directory_gives_valid_hours_or_an_error(timetable: list[object]) -> None:
    try:
        osm = official_timetable(timetable).osm()
    except (HoursError, BadRecordError):
        return
    assert not osm or validate(osm)
