"""The official directory: both shapes, the filter, the traps of its data."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.domain.dating import PartialDate
from kiosk.domain.place import Accessibility, Place, Position, nearest
from kiosk.domain.procedure import Confidence, Evidence
from kiosk.packs import codec
from kiosk.sources.directory.areas import Areas
from kiosk.sources.directory.intake import Skip
from kiosk.sources.report import ContentError
from tests.sources.directory.samples import (
    DAILY,
    SECRET,
    an_address,
    an_official,
    as_export,
    daily_bytes,
    only,
    pivot,
    read,
    slots,
    write_archive,
    write_csv,
    write_daily,
    write_json,
)

ANJOU = Areas.of(["49"])


def official(folder: Path, areas: Areas = ANJOU, **changes: object) -> Place:
    """Return the place of one record."""
    return only(write_daily(folder, [an_official(**changes)]), areas=areas)


def messages(folder: Path, *records: object) -> list[str]:
    """Return what the report says of records."""
    return [problem.message for problem in read(write_daily(folder, records))[1].problems]


def test_a_record_becomes_a_place_with_all_that_serves(tmp_path: Path) -> None:
    assert official(tmp_path) == Place(
        id="dila-00000000-0000-4000-8000-000000000001",
        name="Mairie - Sainte-Exemple",
        services=("mairie",),
        evidence=Evidence(f"Service-Public.gouv.fr / DILA, {DAILY}", PartialDate(2026, 9, 15), Confidence.HIGH),
        commune="Sainte-Exemple",
        insee="49999",
        address=("1 place de la Mairie",),
        postcode="49999",
        phone="01 99 00 12 34",
        website="https://exemple.invalid/",
        opening_hours="Mo-Fr 09:00-12:00,14:00-17:00",
        position=Position(47.5, -0.5),
    )


def test_people_in_charge_and_their_mailboxes_stay_in_the_file(tmp_path: Path) -> None:
    assert SECRET not in repr(official(tmp_path))


@pytest.mark.parametrize("packing", ["bz2", "gz", "xz", ""])
def test_the_archive_gives_the_same_as_its_member(tmp_path: Path, packing: str) -> None:
    members = {"./2026-09-15_053120-data.gouv.commune.zip": b"PK" * 99, f"./{DAILY}": daily_bytes(an_official())}
    assert only(write_archive(tmp_path, members, packing)) == official(tmp_path)


@pytest.mark.parametrize("wrap", [lambda records: records, lambda records: {"total_count": 1, "results": records}])
def test_the_export_of_the_interface_gives_the_same(tmp_path: Path, wrap: object) -> None:
    record = an_official(plage_ouverture=[slots("Mardi", "Mardi", "09:00", "12:00", said="Sur rendez-vous")])
    export = write_json(tmp_path, wrap([as_export(record)]), DAILY)  # type: ignore[operator]
    assert only(export) == only(write_daily(tmp_path, [record]))


def test_the_csv_export_gives_the_same(tmp_path: Path) -> None:
    record = an_official()
    plain = {name: value for name, value in as_export(record).items() if isinstance(value, str)}
    assert (
        only(write_csv(tmp_path, [plain], f"{DAILY}.csv", delimiter=";")).opening_hours
        == "Mo-Fr 09:00-12:00,14:00-17:00"
    )


def test_without_a_day_in_its_name_a_file_is_of_its_newest_record(tmp_path: Path) -> None:
    records = [
        an_official(1, date_modification="01/02/2026 00:00:00"),
        an_official(2, date_modification_datetime="2026-10-03T08:00:00+00:00"),
        an_official(3, date_modification="31/12/2027 00:00:00"),
    ]
    places, report = read(write_json(tmp_path, records))
    assert {str(place.evidence.dated) for place in places} == {report.files[0].dated} == {"2026-10-03"}


@pytest.mark.parametrize("name", ["extrait.json", "2027-01-01-data.gouv_local.json"])
def test_a_file_of_no_day_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(ContentError, match="of which day"):
        read(write_json(tmp_path, [an_official(date_modification="")], name))


def test_a_file_of_years_ago_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match="older than 36 months"):
        read(write_daily(tmp_path, [an_official()], "2023-11-23-data.gouv_local.json"))


# -- what is kept ----------------------------------------------------------------------------------------------------


def test_only_the_desks_of_the_area_and_those_that_serve_it_are_kept(tmp_path: Path) -> None:
    records = [
        an_official(1),
        an_official(2, code_insee_commune="35001", pivot=[pivot("mairie", "35001")]),
        an_official(3, code_insee_commune="44109", pivot=[pivot("cour_appel", "44109", "49999")]),
    ]
    places, report = read(write_daily(tmp_path, records), areas=ANJOU)
    assert [place.id[-1] for place in places] == ["1", "3"]
    assert report.files[0].skipped == ((Skip.ELSEWHERE, 1),)


def test_one_commune_is_an_area(tmp_path: Path) -> None:
    records = [an_official(1), an_official(2, code_insee_commune="49001", pivot=[pivot("mairie", "49001")])]
    assert only(write_daily(tmp_path, records), areas=Areas.of(["49999"])).insee == "49999"


def test_a_tax_office_knows_the_communes_it_serves(tmp_path: Path) -> None:
    place = official(tmp_path, nom="SIP - Chef-lieu", pivot=[pivot("sip", "49999", "49998", "35001")])
    assert (place.services, place.communes) == (("impots",), ("49998", "49999"))


def test_a_desk_here_that_serves_only_elsewhere_is_not_taken_for_ours(tmp_path: Path) -> None:
    place = official(tmp_path, Areas.of(["49999"]), pivot=[pivot("sip", "49001")])
    assert not place.serves("49999")


@pytest.mark.parametrize(
    ("value", "services"),
    [
        ([pivot("mairie", "49999"), pivot("france_services", "49999")], ("mairie", "france-services")),
        (pivot("mairie", "49999"), ("mairie",)),
        ('[{"type_service_local": "mairie", "code_insee_commune": ["49999"]}]', ("mairie",)),
        ("mairie", ("mairie",)),
        ([{"type_service_local": "mairie", "code_insee_commune": "49999"}], ("mairie",)),
    ],
)
def test_a_pivot_is_read_in_any_shape(tmp_path: Path, value: object, services: tuple[str, ...]) -> None:
    assert official(tmp_path, pivot=value).services == services


@pytest.mark.parametrize("value", [[], "", None, "{broken", [pivot("notaire", "49999")], [7], [{"x": 1}]])
def test_a_record_of_no_service_of_ours_is_left_out(tmp_path: Path, value: object) -> None:
    assert read(write_daily(tmp_path, [an_official(pivot=value)]))[1].files[0].skipped == ((Skip.NO_SERVICE, 1),)


def test_a_national_service_is_left_out(tmp_path: Path) -> None:
    record = an_official(pivot=[{"type_service_local": "caf"}], code_insee_commune="")
    assert read(write_daily(tmp_path, [record]))[1].files[0].skipped == ((Skip.NO_SERVICE, 1),)


@pytest.mark.parametrize("status", ["Non publiable", "false", False])
def test_what_is_not_to_be_published_is_not(tmp_path: Path, status: object) -> None:
    record = an_official(statut_de_diffusion=status)
    assert read(write_daily(tmp_path, [record]))[1].files[0].skipped == ((Skip.NOT_PUBLIC, 1),)


def test_of_two_records_with_one_id_the_first_is_kept(tmp_path: Path) -> None:
    file = write_daily(tmp_path, [an_official(), an_official(nom="Autre")])
    (place,), report = read(file)
    assert place.name == "Mairie - Sainte-Exemple"
    assert [str(problem) for problem in report.problems] == [
        f"{DAILY}:2: warning: “Autre” has the id of record 1: {place.id}. The first is kept."
    ]


# -- one commune, several town halls ---------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["Mairie déléguée - Le Bourg", "Mairie annexe - Est", "Mairie Déléguee - Sud"])
def test_the_main_town_hall_comes_before_its_annexes_wherever_they_stand(tmp_path: Path, name: str) -> None:
    records = [an_official(1, nom=name), an_official(2), an_official(3, nom=name)]
    places, _ = read(write_daily(tmp_path, records))
    found = nearest(places, "mairie", "49999", Position(47.5, -0.5))
    assert found is not None
    assert found.name == "Mairie - Sainte-Exemple"


def test_a_regional_delegation_is_no_annex(tmp_path: Path) -> None:
    assert not official(tmp_path, nom="Délégation de l’ARS", pivot=[pivot("ars_antenne", "49999")]).is_annex


# -- positions, addresses, phones ------------------------------------------------------------------------------------


def neighbours(*longitudes: str) -> list[dict[str, object]]:
    """Make records of one postcode."""
    return [an_official(number, adresse=[an_address(longitude=east)]) for number, east in enumerate(longitudes, 1)]


def test_a_longitude_that_lost_its_sign_is_left_out_and_told(tmp_path: Path) -> None:
    places, report = read(write_daily(tmp_path, neighbours("-0.594147", "-0.51", "0.594147", "-0.6")))
    assert [place.position is None for place in places] == [False, False, True, False]
    assert [(problem.line, "lies far" in problem.message) for problem in report.problems] == [(3, True)]


def test_a_place_far_from_all_of_its_département_has_no_position(tmp_path: Path) -> None:
    stray = an_official(4, adresse=[an_address(code_postal="49000", longitude="7.2")])
    records = [*neighbours("-0.5", "-0.6", "-0.7"), stray]
    places, _ = read(write_daily(tmp_path, records))
    assert places[3].position is None


@pytest.mark.parametrize(
    ("north", "east"),
    [
        ("", ""),
        ("NaN", "-0.5"),
        ("inf", "0"),
        ("0", "0"),
        ("-0.5", "47.5"),
        ("91", "0"),
        ("x", "y"),
        (None, None),
        ("430000.0", "6700000"),
    ],
)
def test_what_is_no_position_in_france_is_none(tmp_path: Path, north: object, east: object) -> None:
    assert official(tmp_path, adresse=[an_address(latitude=north, longitude=east)]).position is None


def test_a_postal_address_is_no_place_to_go_to(tmp_path: Path) -> None:
    postal = an_address(
        type_adresse="Adresse postale", numero_voie="", service_distribution="BP 12", code_postal="49934"
    )
    place = official(tmp_path, adresse=[postal])
    assert (place.address, place.postcode, place.position, place.commune) == ((), "", None, "Sainte-Exemple")


def test_the_address_wins_over_the_postal_one_whatever_their_order(tmp_path: Path) -> None:
    postal = an_address(type_adresse="Adresse postale", numero_voie="", code_postal="49934")
    place = official(tmp_path, adresse=[postal, an_address(complement1="Bâtiment B")])
    assert place.address == ("Bâtiment B", "1 place de la Mairie")


def test_cedex_is_for_mail_only(tmp_path: Path) -> None:
    place = official(tmp_path, adresse=[an_address(nom_commune="Sainte-Exemple Cedex 9", code_postal="49934")])
    assert (place.commune, place.postcode) == ("Sainte-Exemple", "")


def test_a_desk_is_in_the_commune_that_its_town_hall_names(tmp_path: Path) -> None:
    records = [
        an_official(1, nom="SIP", pivot=[pivot("sip", "49999")], adresse=[an_address(nom_commune="STE EXEMPLE CEDEX")]),
        an_official(2),
    ]
    assert {place.commune for place in read(write_daily(tmp_path, records))[0]} == {"Sainte-Exemple"}


def test_a_town_hall_without_an_address_is_in_the_commune_of_its_name(tmp_path: Path) -> None:
    assert official(tmp_path, adresse=[]).commune == "Sainte-Exemple"


def test_a_desk_that_stands_nowhere_is_left_out(tmp_path: Path) -> None:
    assert messages(tmp_path, an_official(nom="Caf", pivot=[pivot("caf", "49999")], adresse=[])) == [
        "“Caf” has no address and no commune."
    ]


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("3230", "32 30"),
        ("01 99 00 12 34", "01 99 00 12 34"),
        ("+33 (0)1.99.00.12.34", "01 99 00 12 34"),
        ("Numéro vert : 0800 123 456", "0 800 123 456"),
        ("119", "119"),
        ("116006", "116 006"),
        ("depuis 2024, au 3646", "36 46"),
        ("01 99 00 12 34 / 01 99 00 56 78", "01 99 00 12 34"),
    ],
)
def test_a_phone_is_printed_as_people_know_it(tmp_path: Path, written: str, shown: str) -> None:
    assert official(tmp_path, telephone=[{"valeur": written, "description": ""}]).phone == shown


def test_the_export_may_hold_a_bare_phone(tmp_path: Path) -> None:
    assert official(tmp_path, telephone="0199001234").phone == "01 99 00 12 34"


def test_no_phone_is_no_problem_and_one_without_digits_is_told(tmp_path: Path) -> None:
    assert messages(tmp_path, an_official(telephone=[])) == []
    told = messages(tmp_path, an_official(telephone=[{"valeur": "en cours"}]))
    assert told == ["“Mairie - Sainte-Exemple” has a phone that is no number: “en cours”."]


@pytest.mark.parametrize("written", ["en cours de refonte", "javascript:alert(1)", "file:///etc", ""])
def test_what_is_no_web_address_is_left_out(tmp_path: Path, written: str) -> None:
    assert official(tmp_path, site_internet=[{"libelle": "", "valeur": written}]).website == ""


@pytest.mark.parametrize(
    ("code", "known"),
    [
        ("ACC", Accessibility.FULL),
        ("DEM", Accessibility.ON_REQUEST),
        ("NAC", Accessibility.UNKNOWN),
        ("", Accessibility.UNKNOWN),
    ],
)
def test_nobody_is_told_that_they_cannot_get_in(tmp_path: Path, code: str, known: Accessibility) -> None:
    assert official(tmp_path, adresse=[an_address(accessibilite=code)]).accessibility is known


# -- hours -----------------------------------------------------------------------------------------------------------


def test_remarks_on_the_hours_are_kept_word_for_word(tmp_path: Path) -> None:
    place = official(
        tmp_path,
        plage_ouverture=[slots("Samedi", "Samedi", "09:00", "12:00", said='Un samedi sur deux, sauf "pont".')],
        commentaire_plage_ouverture="Fermé du 1er au 15 août.",
        adresse=[an_address(note_accessibilite="Rampe")],
    )
    assert place.opening_hours == 'Sa 09:00-12:00 "Un samedi sur deux, sauf ”pont”."'
    assert place.notes == ("Fermé du 1er au 15 août.", "Rampe")


@pytest.mark.parametrize(
    "entry",
    [
        slots("Lundi", "Mardi", "09:00"),
        slots("Lundi", "Mardi", "17:00", "09:00"),
        slots("Tous les jours", "", "09:00", "12:00"),
        slots("Lundi", "Jours fériés", "09:00", "12:00"),
        slots("", "", "09:00", "12:00"),
        slots("Lundi", "Mardi", "matin", "12:00"),
        slots("Lundi", "Mardi", "09:75", "12:00"),
        "lundi",
    ],
)
def test_a_timetable_with_one_unreadable_entry_is_unknown_as_a_whole_and_told(tmp_path: Path, entry: object) -> None:
    hours = [slots("Mercredi", "Mercredi", "09:00", "12:00"), entry]
    assert official(tmp_path, plage_ouverture=hours).opening_hours == ""
    (told,) = messages(tmp_path, an_official(plage_ouverture=hours))
    assert "has hours that cannot be read" in told


# -- alarms ----------------------------------------------------------------------------------------------------------


def test_a_national_file_with_too_few_town_halls_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match="has 1 town halls; a whole one has 30000 at least"):
        read(write_daily(tmp_path, [an_official()]), floor=None)


def test_the_alarm_counts_the_whole_file_and_not_the_area(tmp_path: Path) -> None:
    file = write_daily(tmp_path, [an_official(1), an_official(2, code_insee_commune="35001", pivot=[pivot("mairie")])])
    assert read(file, areas=ANJOU, floor=2)[1].kept == 1
    with pytest.raises(ContentError, match="2 town halls"):
        read(file, areas=ANJOU, floor=3)


def test_the_report_says_in_one_line_what_was_read(tmp_path: Path) -> None:
    records = [an_official(1), an_official(2, code_insee_commune="35001", pivot=[pivot("mairie", "35001")])]
    _, report = read(write_daily(tmp_path, records), areas=ANJOU)
    assert str(report.files[0]) == (
        f"{DAILY}: official directory of 2026-09-15: 1 places kept of 2 records, 1 in another area."
    )
    assert (report.kept, report.skipped) == (1, 1)


def test_a_pack_holds_all_that_was_read(tmp_path: Path) -> None:
    place = official(
        tmp_path,
        nom="Mairie annexe",
        pivot=[pivot("mairie", "49999", "49998")],
        commentaire_plage_ouverture="Fermé en août.",
        adresse=[an_address(accessibilite="DEM")],
    )
    assert codec.load_place(codec.dump(place)) == place
