"""Places of digital mediation, France services, structures of data·inclusion."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.domain.dating import PartialDate
from kiosk.domain.place import Place, Position
from kiosk.domain.procedure import Confidence, Evidence
from kiosk.sources.directory.areas import Areas
from kiosk.sources.directory.intake import Skip
from kiosk.sources.report import ContentError
from tests.sources.directory.samples import (
    FRANCE_SERVICES_FILE,
    a_france_services,
    a_mediation,
    a_structure,
    only,
    read,
    write_csv,
    write_json,
)


def mediation(folder: Path, **changes: object) -> Place:
    """Return the place of one record."""
    return only(write_csv(folder, [a_mediation(**changes)]))


def skipped(file: Path, areas: Areas | None = None) -> tuple[tuple[Skip, int], ...]:
    """Return what was left out."""
    return read(file, areas=areas or Areas())[1].files[0].skipped


# -- digital mediation -----------------------------------------------------------------------------------------------


def test_a_place_of_mediation_is_kept_with_what_it_offers(tmp_path: Path) -> None:
    assert mediation(tmp_path, frais_a_charge="Gratuit", site_web="https://a.invalid|https://b.invalid") == Place(
        id="lmn-fixture-fixture-1",
        name="Espace numérique test",
        services=("mediation", "bibliotheque"),
        evidence=Evidence("Lieux de médiation numérique, fixture", PartialDate(2026, 9, 15), Confidence.MEDIUM),
        commune="Sainte-Exemple",
        insee="49999",
        address=("1 place de la Mairie",),
        postcode="49999",
        phone="01 99 00 12 34",
        website="https://a.invalid",
        opening_hours="Tu 14:00-18:00; Sa 09:00-12:00",
        position=Position(47.5, -0.5),
        notes=("Aide aux démarches administratives, Accès internet et matériel informatique", "Gratuit"),
    )


def test_what_a_town_runs_is_no_town_hall(tmp_path: Path) -> None:
    assert "mairie" not in mediation(tmp_path, typologie="MUNI").services


@pytest.mark.parametrize("joined", ["RFS|CCAS", "RFS;CCAS", "RFS | CCAS", '["RFS", "CCAS"]'])
def test_values_are_joined_in_the_ways_of_all_versions(tmp_path: Path, joined: str) -> None:
    assert mediation(tmp_path, typologie=joined).services == ("mediation", "france-services", "ccas")


def test_an_unknown_typology_is_still_a_place_of_mediation(tmp_path: Path) -> None:
    assert mediation(tmp_path, typologie="NOUVEAU").services == ("mediation",)


@pytest.mark.parametrize("field", ["dispositif_programmes_nationaux", "labels_nationaux"])
def test_a_programme_makes_it_a_france_services(tmp_path: Path, field: str) -> None:
    assert "france-services" in mediation(tmp_path, **{field: "Aidants Connect|France Services"}).services


@pytest.mark.parametrize("apostrophe", ["'", "’"])
def test_a_place_that_receives_nobody_is_hidden(tmp_path: Path, apostrophe: str) -> None:
    ways = f"Téléphoner|Ce lieu n{apostrophe}accueille pas de public"
    assert skipped(write_csv(tmp_path, [a_mediation(modalites_acces=ways)])) == ((Skip.NOT_PUBLIC, 1),)


def test_hours_that_are_no_timetable_are_shown_as_they_were_written(tmp_path: Path) -> None:
    place = mediation(tmp_path, horaires="du lundi au jeudi, 9h-12h", services="")
    assert (place.opening_hours, place.notes) == ("", ("du lundi au jeudi, 9h-12h",))


def test_a_bus_says_that_it_moves(tmp_path: Path) -> None:
    assert mediation(tmp_path, itinerance="Itinérant", services="").notes == ("Itinérant",)


def test_json_is_read_as_csv_is(tmp_path: Path) -> None:
    assert only(write_json(tmp_path, [a_mediation()])) == mediation(tmp_path)


def test_json_may_hold_numbers_lists_and_nothing(tmp_path: Path) -> None:
    record = a_mediation(latitude=47.5, longitude=-0.5, typologie=["BIB"], telephone=None, code_postal=49999)
    place = only(write_json(tmp_path, [record]))
    assert (place.position, place.services, place.phone) == (Position(47.5, -0.5), ("mediation", "bibliotheque"), "")


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_the_delimiter_is_found(tmp_path: Path, delimiter: str) -> None:
    assert only(write_csv(tmp_path, [a_mediation()], delimiter=delimiter)).phone == "01 99 00 12 34"


def test_more_columns_do_no_harm(tmp_path: Path) -> None:
    assert only(write_csv(tmp_path, [a_mediation(autre="x")])).insee == "49999"


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"date_maj": ""}, "“Espace numérique test” has no date: “”."),
        ({"date_maj": "hier"}, "“Espace numérique test” has no date: “hier”."),
        ({"date_maj": "2026-13-01"}, "“Espace numérique test” has no date: “2026-13-01”."),
        ({"date_maj": "2026-11-24"}, "“Espace numérique test” is dated 2026-11-24, which has not come yet."),
        ({"nom": "", "id": ""}, "“” has no nom, no id."),
        ({"commune": ""}, "“Espace numérique test” has no commune."),
    ],
)
def test_a_record_without_what_a_place_needs_is_one_line(tmp_path: Path, changes: dict[str, str], message: str) -> None:
    places, report = read(write_csv(tmp_path, [a_mediation(1), a_mediation(2, **changes)]))
    assert [place.id for place in places] == ["lmn-fixture-fixture-1"]
    assert [(problem.line, problem.message) for problem in report.problems] == [(3, message)]


def test_the_day_of_the_build_has_come(tmp_path: Path) -> None:
    assert mediation(tmp_path, date_maj="2026-11-23").evidence.dated == PartialDate(2026, 11, 23)


@pytest.mark.parametrize(("date", "kept"), [("2023-11-24", 1), ("2023-11-23", 0)])
def test_what_nobody_touched_for_three_years_is_not_shown(tmp_path: Path, date: str, kept: int) -> None:
    assert read(write_csv(tmp_path, [a_mediation(date_maj=date)]))[1].kept == kept


@pytest.mark.parametrize(
    ("codes", "insee", "postcode", "kept"),
    [
        (["49"], "49999", "", 1),
        (["49999"], "49999", "", 1),
        (["35"], "49999", "49999", 0),
        (["49"], "", "49999", 1),
        (["49999"], "", "49999", 0),
        (["2A"], "", "20000", 1),
        (["2A"], "2B033", "20200", 0),
        (["974"], "97411", "97400", 1),
        ([], "", "", 1),
    ],
)
def test_a_place_is_in_the_area_by_its_commune_or_else_its_postcode(
    tmp_path: Path, codes: list[str], insee: str, postcode: str, kept: int
) -> None:
    file = write_csv(tmp_path, [a_mediation(code_insee=insee, code_postal=postcode)])
    assert read(file, areas=Areas.of(codes))[1].kept == kept


def test_metres_are_no_degrees(tmp_path: Path) -> None:
    places, report = read(write_csv(tmp_path, [a_mediation(latitude="6712345.6", longitude="432100.2")]))
    assert places[0].position is None
    assert "cannot lie at 6712345.6, 432100.2" in report.problems[0].message


@pytest.mark.parametrize("code", ["4900", "490071", "49 007", "XX"])
def test_what_is_no_code_is_no_area(code: str) -> None:
    with pytest.raises(ValueError, match="neither the INSEE code"):
        Areas.of(["49", code])


# -- France services -------------------------------------------------------------------------------------------------


def france_services(folder: Path, name: str = FRANCE_SERVICES_FILE, **changes: str) -> Place:
    """Return the place of one record."""
    return only(write_csv(folder, [a_france_services(**changes)], name))


@pytest.mark.parametrize("delimiter", [",", ";"])
def test_a_france_services_is_read_with_either_delimiter(tmp_path: Path, delimiter: str) -> None:
    assert only(write_csv(tmp_path, [a_france_services()], FRANCE_SERVICES_FILE, delimiter=delimiter)) == Place(
        id="fs-1",
        name="France services de Sainte-Exemple",
        services=("france-services",),
        evidence=Evidence(
            f"Liste des France services, ANCT, {FRANCE_SERVICES_FILE}", PartialDate(2026, 8, 1), Confidence.HIGH
        ),
        commune="Sainte-Exemple",
        insee="49999",
        address=("1 place de la Mairie",),
        postcode="49999",
        phone="01 99 00 12 34",
        opening_hours="Mo 09:00-12:00,14:00-17:00; Tu 09:00-12:00",
        position=Position(47.5, -0.5),
    )


def test_a_remark_is_shown_with_the_day_of_the_list_and_a_bus_as_one(tmp_path: Path) -> None:
    place = france_services(
        tmp_path, commentaire="Fermé du 5 au 16 août", format_fs="Bus_équivalent", type_fs="Antenne"
    )
    assert (place.notes, place.is_annex) == (("Fermé du 5 au 16 août (01/08/2026)", "Bus équivalent"), True)


def test_hours_that_cannot_be_read_are_shown_as_they_were_written(tmp_path: Path) -> None:
    place = france_services(tmp_path, h_mardi="sur rendez-vous")
    assert (place.opening_hours, place.notes) == (
        "",
        ("Lundi : 09:00 - 12:00 / 14:00 - 17:00", "Mardi : sur rendez-vous"),
    )


def test_no_hours_are_unknown_hours(tmp_path: Path) -> None:
    assert france_services(tmp_path, h_lundi="", h_mardi="").opening_hours == ""


def test_an_old_list_is_to_be_checked(tmp_path: Path) -> None:
    assert france_services(tmp_path, "liste-fs-20251101.csv").evidence.confidence is Confidence.MEDIUM


@pytest.mark.parametrize("name", ["liste.csv", "liste-fs-20270101.csv", "liste-fs-20261341.csv"])
def test_a_list_of_no_day_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(ContentError, match="of which day"):
        france_services(tmp_path, name)


def test_a_list_of_years_ago_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match="older than 36 months"):
        france_services(tmp_path, "liste-fs-20230801.csv")


def test_a_short_list_is_refused_unless_it_is_an_extract(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match="1 France services; a whole one has 2000"):
        read(write_csv(tmp_path, [a_france_services()], FRANCE_SERVICES_FILE), floor=None)


# -- data·inclusion --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("root", ["", "structures"])
def test_a_structure_of_a_network_of_ours_is_kept(tmp_path: Path, root: str) -> None:
    value: object = [a_structure()]
    assert only(write_json(tmp_path, {root: value} if root else value)) == Place(
        id="di-fixture-1",
        name="CCAS de Sainte-Exemple",
        services=("ccas",),
        evidence=Evidence("data·inclusion, fixture", PartialDate(2026, 9, 15), Confidence.MEDIUM),
        commune="Sainte-Exemple",
        insee="49999",
        postcode="49999",
        phone="01 99 00 12 34",
        opening_hours="Mo-Fr 09:00-12:00; PH off",
    )


@pytest.mark.parametrize(
    "networks", ["['ccas-cias', 'caf']", "{ccas-cias,caf}", "ccas-cias|caf", '["ccas-cias","caf"]']
)
def test_a_set_is_read_as_csv_writes_it(tmp_path: Path, networks: str) -> None:
    assert only(write_csv(tmp_path, [a_structure(reseaux_porteurs=networks)])).services == ("ccas", "caf")


@pytest.mark.parametrize("networks", [[], None, ["croix-rouge"], ["communes"], ["departements"]])
def test_a_structure_of_no_network_of_ours_is_left_out(tmp_path: Path, networks: object) -> None:
    assert skipped(write_json(tmp_path, [a_structure(reseaux_porteurs=networks)])) == ((Skip.NO_SERVICE, 1),)


def test_a_structure_dated_in_the_future_is_one_line(tmp_path: Path) -> None:
    _, report = read(write_json(tmp_path, [a_structure(date_maj="2027-01-01")]))
    assert ["has not come yet" in problem.message for problem in report.problems] == [True]


def test_an_older_version_is_refused(tmp_path: Path) -> None:
    old = {"source": "x", "id": "x", "nom": "x", "date_maj": "2023-01-01", "labels_nationaux": [], "typologie": "CCAS"}
    with pytest.raises(ContentError, match="For “data·inclusion” it lacks: reseaux_porteurs"):
        read(write_json(tmp_path, [old]))
