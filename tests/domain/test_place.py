"""Which office is the right one."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.place import Place, Position, distance_km, nearest, nearest_places
from tests.support.builders import a_national_service, a_place, an_evidence

ANGERS = Position(47.4736, -0.5516)
positions = st.builds(Position, st.floats(-90, 90), st.floats(-180, 180))


def test_an_office_of_the_commune_comes_before_a_nearer_one() -> None:
    own = a_place("own", position=Position(48.0, 0.0))
    near = a_place("near", insee="49015", position=ANGERS)
    assert nearest([near, own], "mairie", "49007", ANGERS) == own


def test_without_an_office_in_the_commune_the_nearest_is_chosen() -> None:
    far = a_place("a-far", insee="1", position=Position(48.0, 0.0))
    near = a_place("near", insee="2", position=Position(47.5, -0.5))
    assert nearest([far, near], "mairie", "49007", ANGERS) == near


def test_an_office_comes_before_a_national_service() -> None:
    office = a_place("z", "caf", insee="1", position=Position(40.0, 3.0))
    assert nearest([a_national_service("caf"), office], "caf", "49007", ANGERS) == office


def test_an_office_without_a_position_comes_before_a_national_service() -> None:
    office = a_place("z", "caf", insee="1", position=None)
    assert nearest([a_national_service("caf"), office], "caf", "49007", ANGERS) == office


def test_a_national_service_serves_when_there_is_no_office() -> None:
    service = a_national_service("caf")
    assert nearest([a_place(), service], "caf", "49007", ANGERS) == service


def test_a_service_that_nobody_offers_has_no_place() -> None:
    assert nearest([a_place()], "caf", "49007", ANGERS) is None


def test_without_an_origin_the_choice_is_always_the_same() -> None:
    places = [a_place("b", insee="1"), a_place("a", insee="2")]
    assert nearest(places, "mairie", "49007", None) == nearest(places[::-1], "mairie", "49007", None)


def test_angers_is_eighty_kilometres_from_nantes() -> None:
    assert round(distance_km(ANGERS, Position(47.2184, -1.5536)), -1) == 80


@given(positions, positions)
def test_there_and_back_is_as_far(first: Position, second: Position) -> None:
    assert abs(distance_km(first, second) - distance_km(second, first)) < 1e-6


def ids(*places: Place, insee: str = "49007", limit: int = 9) -> list[str]:
    """Return the order in which places are offered."""
    return [place.id for place in nearest_places(places, "mairie", insee, ANGERS, limit)]


def test_a_main_desk_comes_before_a_nearer_annex_of_its_commune() -> None:
    assert ids(a_place("a-annex", is_annex=True, position=ANGERS), a_place("b-main", position=Position(48.0, 0.0))) == [
        "b-main",
        "a-annex",
    ]


def test_elsewhere_the_way_there_counts_and_not_the_rank_of_the_desk() -> None:
    near = a_place("b-annex", insee="1", is_annex=True, position=ANGERS)
    assert ids(a_place("a-main", insee="1", position=Position(48.0, 0.0)), near)[0] == "b-annex"


def test_a_desk_that_serves_the_commune_comes_before_nearer_ones_that_do_not() -> None:
    serving = a_place("z-serving", insee="1", communes=("49007", "49015"), position=Position(48.0, 0.0))
    assert ids(a_place("a-near", insee="2", position=ANGERS), serving) == ["z-serving", "a-near"]


def test_a_desk_in_the_commune_that_serves_others_comes_after_one_that_serves_it() -> None:
    other = a_place("a-other", communes=("49015",), position=ANGERS)
    ours = a_place("b-ours", communes=("49007",), position=Position(48.0, 0.0))
    assert ids(other, ours) == ["b-ours", "a-other"]


def test_a_desk_that_serves_only_others_comes_after_all_offices() -> None:
    others = a_place("a", insee="1", communes=("49015",), position=ANGERS)
    far = a_place("b", insee="2", position=Position(48.0, 0.0))
    assert ids(others, far, a_national_service("c", "mairie")) == ["b", "a", "c"]


def test_a_desk_of_an_unknown_commune_is_nobodys_own() -> None:
    assert ids(a_place("a", insee="", position=Position(48.0, 0.0)), a_place("b", insee="1"), insee="") == ["b", "a"]


@pytest.mark.parametrize(("limit", "count"), [(0, 0), (-1, 0), (1, 1), (2, 2), (9, 3)])
def test_no_more_places_than_asked_for_are_returned(limit: int, count: int) -> None:
    assert len(ids(a_place("a"), a_place("b"), a_place("c"), limit=limit)) == count


codes = st.sampled_from(["", "49007", "49015", "35238"])
some_places = st.lists(
    st.builds(
        lambda key, insee, communes, is_annex, position, is_national: (
            a_national_service(key, "mairie")
            if is_national
            else a_place(key, insee=insee, communes=tuple(communes), is_annex=is_annex, position=position)
        ),
        st.text("abcdef", min_size=1, max_size=3),
        codes,
        st.lists(codes.filter(bool), max_size=2),
        st.booleans(),
        st.none() | positions,
        st.booleans(),
    ),
    max_size=6,
    unique_by=lambda place: place.id,
)


@given(some_places, codes, st.none() | positions, st.randoms(use_true_random=False))
def test_the_order_does_not_depend_on_that_of_the_pack(
    made: list[Place], insee: str, origin: Position | None, random: object
) -> None:
    found = nearest_places(made, "mairie", insee, origin, 9)
    random.shuffle(made)  # type: ignore[attr-defined]
    assert nearest_places(made, "mairie", insee, origin, 9) == found
    assert nearest(made, "mairie", insee, origin) == (found[0] if found else None)
    assert len(found) == len(made)


@given(some_places, codes.filter(bool))
def test_whoever_is_served_is_never_sent_to_a_desk_that_serves_others(made: list[Place], insee: str) -> None:
    found = nearest(made, "mairie", insee, None)
    assert found is None or found.serves(insee) or not any(place.serves(insee) for place in made if place.commune)


@pytest.mark.parametrize(
    ("dated", "is_old"),
    [
        ("2026-05-23", True),
        ("2026-05-24", False),
        ("2026-05", True),
        ("2026-06", False),
        ("2026", True),
        ("2019", True),
    ],
)
def test_data_of_half_a_year_ago_are_old(dated: str, is_old: bool) -> None:
    assert a_place(evidence=an_evidence(dated=dated)).is_old(dt.date(2026, 11, 23)) == is_old
