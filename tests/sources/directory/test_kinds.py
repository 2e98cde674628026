"""The table that joins the codes of others to our services."""

from __future__ import annotations

import datetime as dt
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from kiosk import paths
from kiosk.sources.authored.library import read_library
from kiosk.sources.directory.kinds import FILE, service_kinds
from kiosk.sources.report import ContentError
from tests.sources.directory.samples import kinds
from tests.support.corpus import FOLDER, SETS

MET = Path(__file__).parent / "pivots_met.txt"
"""Every PivotLocal of the official sheets for residents, companies and associations, November 2020."""


def codes_met() -> list[str]:
    return MET.read_text(encoding="utf-8").splitlines()


def test_the_list_of_codes_is_whole() -> None:
    assert len(codes_met()) == len(set(codes_met())) == 171


@pytest.mark.parametrize("code", codes_met())
def test_every_code_of_the_official_sheets_has_a_kind_or_a_reason_for_none(code: str) -> None:
    assert kinds().is_listed(code)


@pytest.mark.slow
@pytest.mark.skipif(not FOLDER.exists(), reason="the corpus is not here: `make corpus`")
def test_the_corpus_has_no_other_code() -> None:
    files = (file for name in SETS for file in (FOLDER / name).glob("*.xml"))
    found = {one.text or "" for file in files for one in ET.parse(file).getroot().iter("PivotLocal")}
    assert found - set(codes_met()) == set()


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("mairie", "mairie"),
        ("mairie_passeport_bio", "mairie-titres"),
        ("maison_handicapees", "mdph"),
        ("prefecture", "prefecture"),
        ("sous_pref", "sous-prefecture"),
        ("caf", "caf"),
        ("cpam", "cpam"),
        ("msa", "msa"),
        ("centre_impots", "impots"),
        ("sip", "impots"),
        ("pole_emploi", "france-travail"),
        ("msap", "france-services"),
        ("france_services", "france-services"),
        ("mjd", "point-justice"),
        ("tgi", "tribunal-judiciaire"),
        ("gendarmerie", "police"),
        ("carsat", "retraite"),
        ("Onac", "anciens-combattants"),
        ("ONAC-VG", "anciens-combattants"),
        ("notaire", None),
        ("Sécurité sociale des indépendants", None),
        ("paris_ppp", None),
        ("jamais_vu", None),
        ("", None),
    ],
)
def test_a_code_leads_to_its_kind(code: str, kind: str | None) -> None:
    assert kinds().kind_of(code) == kind


def test_a_code_nobody_thought_of_is_not_listed() -> None:
    assert not kinds().is_listed("jamais_vu")


def test_typologies_and_networks_lead_to_kinds_too() -> None:
    assert kinds().kind_of_typology("RFS") == kinds().kind_of_network("france-service") == "france-services"


@pytest.mark.parametrize("code", ["MUNI", "EPCI", "DEPT", "REG"])
def test_who_runs_a_place_does_not_say_which_desk_it_is(code: str) -> None:
    assert kinds().kind_of_typology(code) is None


@pytest.mark.parametrize("code", ["communes", "departements"])
def test_nor_does_the_network_of_towns(code: str) -> None:
    assert kinds().kind_of_network(code) is None


def test_every_service_of_the_places_that_ship_has_a_name() -> None:
    places = read_library(paths.ROOT / "assets", dt.date(2026, 11, 23), [], require_procedures=False).places
    assert {service for place in places for service in place.services} - set(kinds().names) == set()


def test_kinds_have_french_names() -> None:
    assert kinds().name("mdph") == "Maison départementale des personnes handicapées"


def errors(folder: Path, text: str) -> list[str]:
    """Return what is said of a table."""
    (folder / FILE).write_text(text, encoding="utf-8")
    with pytest.raises(ContentError) as caught:
        service_kinds(folder)
    return [str(problem) for problem in caught.value.problems]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("- x", f"{FILE}:1: error: The table must be `key: value` lines."),
        ("kinds:\n  - {id: caf}", f"{FILE}:2: error: “name” is missing."),
        ("kinds:\n  - {id: CAF, name: Caf}", f"{FILE}:2: error: “CAF” is no id."),
        ("kinds:\n  - {id: caf, name: Caf, pivot: [caf]}", f"{FILE}:2: error: A kind does not know “pivot”."),
        (
            "kinds:\n  - {id: caf, name: Caf, pivots: [caf]}\n  - {id: b, name: B, pivots: [CAF]}",
            f"{FILE}:3: error: The code “CAF” is given twice.",
        ),
        (
            "kinds:\n  - {id: caf, name: Caf, pivots: [caf]}\nwithout:\n  - {why: non, pivots: [Caf]}",
            f"{FILE}:4: error: The code “Caf” is given twice.",
        ),
        (
            "kinds:\n  - {id: caf, name: Caf}\n  - {id: caf, name: Caf}",
            f"{FILE}:3: error: The kind “caf” is given twice.",
        ),
        ("without:\n  - {pivots: [a]}", f"{FILE}:2: error: “why” is missing."),
        ("kinds: [", "error"),
    ],
)
def test_a_fault_of_the_table_is_told_with_its_line(tmp_path: Path, text: str, message: str) -> None:
    assert any(message in error for error in errors(tmp_path, text))


def test_a_table_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match=FILE):
        service_kinds(tmp_path)
