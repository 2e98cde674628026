"""One office that several lists know is shown once."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.dating import PartialDate
from kiosk.domain.place import Accessibility, Place, Position
from kiosk.domain.procedure import Confidence, Evidence
from kiosk.sources.directory.merging import merge_places
from tests.sources.directory.samples import (
    FRANCE_SERVICES_FILE,
    a_france_services,
    a_mediation,
    an_official,
    pivot,
    read,
    write_csv,
    write_daily,
)

HERE = Position(47.5, -0.5)


def office(key: str, *services: str, dated: str = "2026-09", confidence: str = "H", **changes: object) -> Place:
    values: dict[str, object] = {
        "name": "Mairie - Sainte-Exemple",
        "commune": "Sainte-Exemple",
        "insee": "49999",
        "evidence": Evidence(f"source {key}", PartialDate.parse(dated), Confidence(confidence)),
        **changes,
    }
    return Place(id=key, services=services or ("mairie",), **values)  # type: ignore[arg-type]


def test_a_commune_has_one_main_town_hall_whatever_it_is_called() -> None:
    ours = office("mairie", "mairie", "mairie-titres", name="Hôtel de ville", phone="01 99 00 00 01")
    theirs = office("dila-1", dated="2026-10", phone="01 99 00 00 02", opening_hours="Mo 09:00-12:00")
    (merged,) = merge_places([ours], [theirs])
    assert (merged.id, merged.name, merged.services) == ("mairie", "Hôtel de ville", ("mairie", "mairie-titres"))
    assert (merged.phone, merged.opening_hours) == ("01 99 00 00 02", "Mo 09:00-12:00")
    assert str(merged.evidence.dated) == "2026-10"
    assert merged.evidence.source == "source dila-1 ; source mairie"


def test_facts_are_never_mixed_of_two_dates() -> None:
    old = office("a", dated="2025-01", opening_hours="Mo 09:00-12:00", address=("1 rue A",))
    new = office("b", dated="2026-01", address=("2 rue B",))
    (merged,) = merge_places([old], [new])
    assert (merged.opening_hours, merged.address) == ("", ("2 rue B",))


@pytest.mark.parametrize(("first", "second"), [("2026-10", "2025-01"), ("2025-01", "2026-10")])
def test_the_newer_facts_win_whichever_list_has_them(first: str, second: str) -> None:
    (merged,) = merge_places([office("a", dated=first, phone=first)], [office("b", dated=second, phone=second)])
    assert (merged.id, merged.phone) == ("a", "2026-10")


def test_what_its_owner_says_does_not_replace_what_is_sure() -> None:
    sure, newer = office("a", phone="1"), office("b", dated="2026-11", confidence="M", phone="2")
    (merged,) = merge_places([sure], [newer])
    assert (merged.phone, merged.evidence.confidence) == ("1", Confidence.HIGH)


def test_a_known_way_in_is_not_forgotten() -> None:
    known = office("a", dated="2025-01", accessibility=Accessibility.FULL)
    (merged,) = merge_places([known], [office("b")])
    assert merged.accessibility is Accessibility.FULL


def annex(key: str, name: str, **changes: object) -> Place:
    return office(key, name=name, is_annex=True, **{"phone": "01 99 00 12 34", **changes})


def test_delegated_town_halls_with_one_switchboard_stay_apart() -> None:
    first = [annex("a", "Mairie déléguée du Bourg", address=("1 rue A",)), annex("b", "Mairie déléguée de La Rive")]
    merged = merge_places(first, [annex("c", "Mairie déléguée - La Rive"), annex("d", "Mairie déléguée - Le Pont")])
    assert [place.id for place in merged] == ["a", "b", "d"]


def test_an_annex_is_not_its_main_town_hall() -> None:
    assert len(merge_places([office("a")], [annex("b", "Mairie - Sainte-Exemple")])) == 2


@pytest.mark.parametrize(
    ("changes", "count"),
    [
        ({"position": Position(47.501, -0.5), "phone": "1"}, 1),
        ({"position": Position(47.501, -0.5), "phone": "2"}, 2),
        ({"position": Position(47.6, -0.5), "phone": "1"}, 2),
        ({"address": ("1, Place de la mairie",), "phone": "1"}, 1),
        ({"insee": "49998", "position": HERE, "phone": "1"}, 2),
        ({"services": ("caf",), "position": HERE, "phone": "1"}, 2),
        ({"name": "LA MAISON France-services", "phone": "2"}, 1),
    ],
)
def test_the_same_desk_has_its_name_or_its_phone_and_place(changes: dict[str, object], count: int) -> None:
    first = office(
        "a",
        "france-services",
        name="Maison France services",
        phone="1",
        position=HERE,
        address=("1 place de la Mairie",),
    )
    services = changes.pop("services", ("france-services",))
    second = office("b", *services, **{"name": "Espace", **changes})  # type: ignore[misc]
    assert len(merge_places([first], [second])) == count


def test_two_desks_of_one_list_do_not_become_the_same_of_another() -> None:
    assert len(merge_places([office("a")], [office("b"), office("c")])) == 2


def test_another_desk_of_the_same_id_gets_its_own() -> None:
    merged = merge_places([office("x", "caf")], [office("x", "cpam"), office("x", "msa")])
    assert [place.id for place in merged] == ["x", "x-2", "x-3"]


places = st.lists(
    st.builds(
        office,
        st.sampled_from("abc"),
        st.sampled_from(["caf", "mairie", "mediation"]),
        name=st.sampled_from(["Un", "Deux"]),
        insee=st.sampled_from(["", "1", "2"]),
        is_annex=st.booleans(),
    ),
    max_size=4,
    unique_by=lambda place: place.id,
)


@given(places, places)
def test_ids_stay_unique_and_no_service_is_lost(first: list[Place], second: list[Place]) -> None:
    merged = merge_places(first, second)
    assert len({place.id for place in merged}) == len(merged)
    for place in (*first, *second):
        assert any(place.insee == one.insee and set(place.services) <= set(one.services) for one in merged)


def test_files_of_all_formats_are_put_together(tmp_path: Path) -> None:
    official = write_daily(
        tmp_path,
        [an_official(1), an_official(2, nom="France services de Sainte-Exemple", pivot=[pivot("msap", "49999")])],
    )
    listed = write_csv(tmp_path, [a_france_services()], FRANCE_SERVICES_FILE)
    local = write_csv(tmp_path, [a_mediation(typologie="RFS", nom="France services, Sainte-Exemple")])
    found, report = read(official, listed, local)
    assert [place.services for place in found] == [("mairie",), ("france-services", "mediation")]
    assert [file.form for file in report.files] == ["official directory", "France services", "digital mediation"]


def test_the_order_of_places_is_that_of_their_ids(tmp_path: Path) -> None:
    found, _ = read(write_csv(tmp_path, [a_mediation(2), a_mediation(1, nom="Autre")]))
    assert [place.id for place in found] == ["lmn-fixture-fixture-1", "lmn-fixture-fixture-2"]
