"""Which office is the right one."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.place import Position, distance_km, nearest
from tests.support.builders import a_national_service, a_place

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
