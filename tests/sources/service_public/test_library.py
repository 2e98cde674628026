"""The whole library: each procedure once, what depends on others completed, a report of all that was found."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.domain.dating import PartialDate
from kiosk.domain.procedure import Kind, Procedure, Section, SheetLink
from kiosk.sources.service_public.archive import LibraryError
from kiosk.sources.service_public.library import ImportReport, public_of, read_library
from tests.sources.service_public.sheets import a_link, a_service, a_sheet, write_folder, write_zip

THEME = a_sheet(a_link("N9", "Papiers", '<Dossier ID="N2">Carte</Dossier>', name="SousTheme"), "N1", "Papiers")
DOSSIER = a_sheet('<Fiche ID="F1">Première demande</Fiche><RechercheGuidee ID="F7"/>', "N2", "Carte d'identité")
SHEET = a_sheet('<Theme ID="N1"><Titre>Papiers</Titre></Theme>', "F1", "Carte : demande")
ORPHAN = a_sheet('<DossierPere ID="N2"><Titre>Carte</Titre></DossierPere>', "F5", "Orpheline")
SEARCH = a_sheet("<Problematiques/>", "F7", "**CNI")
LIBRARY = [("N1.xml", THEME), ("N2.xml", DOSSIER), ("F1.xml", SHEET)]


def read(*paths: Path) -> tuple[dict[str, Procedure], ImportReport]:
    """Import sets and return the procedures by id, with the report."""
    importing = read_library(paths)
    procedures = list(importing.procedures())
    found = {str(procedure.id): procedure for procedure in procedures}
    assert len(found) == len(procedures)
    return found, importing.report


def test_each_procedure_comes_once_from_a_folder_or_a_zip(tmp_path: Path) -> None:
    folder, report = read(write_folder(tmp_path / "a", *LIBRARY))
    zipped, _ = read(write_zip(tmp_path / "a.zip", *LIBRARY))
    assert folder == zipped
    assert set(folder) == {"N1", "N2", "F1"}
    assert report.sheets == {Kind.THEME: 1, Kind.DOSSIER: 1, Kind.SHEET: 1}
    assert (report.total, report.bad, report.is_usable) == (3, 0, True)


def test_progress_is_told_sheet_by_sheet(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    importing = read_library([write_folder(tmp_path, *LIBRARY)], lambda done, total: told.append((done, total)))
    list(importing.procedures())
    assert told == [(1, 3), (2, 3), (3, 3)]


def test_sheets_go_straight_through(tmp_path: Path) -> None:
    sheets = [(f"F{number}.xml", a_sheet('<Theme ID="N1"/>', f"F{number}")) for number in range(10, 90)]
    done: list[int] = []
    importing = read_library([write_folder(tmp_path, *sheets)], lambda count, _: done.append(count))
    next(importing.procedures())
    assert done == [1]


def test_the_report_names_the_archive_and_its_date(tmp_path: Path) -> None:
    _, report = read(write_zip(tmp_path / "vosdroits-latest.zip", *LIBRARY))
    (origin,) = report.origins
    assert (origin.name, origin.public) == ("vosdroits-latest.zip", "particuliers")
    assert origin.dated is not None


@pytest.mark.parametrize(
    ("path", "public"),
    [
        ("a/particuliers", "particuliers"),
        ("a/professionnels", "professionnels"),
        ("vosdroits-associations.zip", "associations"),
        ("3.5/pro/zip/vosdroits-latest.zip", "professionnels"),
        ("pro/vosdroits-latest.zip", "professionnels"),
        ("produits/vosdroits.zip", "particuliers"),
    ],
)
def test_the_name_of_a_set_tells_whom_it_is_for(path: str, public: str) -> None:
    assert public_of(Path(path)) == public


def test_whom_a_set_is_for_can_be_given(tmp_path: Path) -> None:
    importing = read_library([write_folder(tmp_path, *LIBRARY)], publics=["associations"])
    assert {procedure.public for procedure in importing.procedures()} == {"associations"}


def test_a_sheet_of_two_sets_comes_from_the_first(tmp_path: Path) -> None:
    other = a_sheet('<Theme ID="N1"/>', "F1", "Autre")
    found, report = read(
        write_folder(tmp_path / "a", *LIBRARY), write_folder(tmp_path / "b", ("F1.xml", other), ("F3.xml", ORPHAN))
    )
    assert found["F1"].title == "Carte : demande"
    assert report.doubles == 1


# What depends on the others


def test_a_guided_search_takes_the_title_of_the_dossier_that_leads_to_it(tmp_path: Path) -> None:
    leading = a_sheet('<Theme ID="N1"/><RechercheGuidee ID="F7"/>', "F1", "Une fiche")
    found, _ = read(write_folder(tmp_path, ("N2.xml", DOSSIER), ("F1.xml", leading), ("F7.xml", SEARCH)))
    assert found["F7"].title == "Carte d'identité"


def test_a_guided_search_takes_the_title_of_a_sheet_when_no_dossier_leads_to_it(tmp_path: Path) -> None:
    leading = a_sheet('<Theme ID="N1"/><RechercheGuidee ID="F7"/>', "F1", "Une fiche")
    found, _ = read(write_folder(tmp_path, ("F1.xml", leading), ("F7.xml", SEARCH)))
    assert found["F7"].title == "Une fiche"


def test_a_guided_search_that_nothing_leads_to_takes_the_title_above_it(tmp_path: Path) -> None:
    trail = '<Niveau ID="N1">Papiers</Niveau><Niveau ID="N2">Carte</Niveau><Niveau ID="F7">**</Niveau>'
    search = a_sheet(f"<FilDAriane>{trail}</FilDAriane><Problematiques/>", "F7", "**CNI")
    alone, _ = read(write_folder(tmp_path / "a", ("F7.xml", search)))
    assert alone["F7"].title == "Carte"
    with_page, _ = read(
        write_folder(tmp_path / "b", ("F7.xml", search), ("N2.xml", a_sheet(key="N2", title="Carte d'identité")))
    )
    assert with_page["F7"].title == "Carte d'identité"


def test_a_sheet_that_no_page_names_is_put_on_the_page_above_it(tmp_path: Path) -> None:
    found, report = read(write_folder(tmp_path, *LIBRARY, ("F5.xml", ORPHAN), ("F7.xml", SEARCH)))
    assert found["N2"].blocks == (SheetLink("F1", "Première demande", "Fiche"), SheetLink("F5", "", "Fiche"))
    assert report.orphans == ["F5"]


def test_a_sheet_named_among_the_questions_of_a_page_is_no_orphan(tmp_path: Path) -> None:
    page = a_sheet('<QuestionReponse ID="F5">Que faire ?</QuestionReponse>', "N2")
    _, report = read(write_folder(tmp_path, ("N2.xml", page), ("F5.xml", ORPHAN)))
    assert report.orphans == []


def test_a_theme_that_a_sheet_does_not_say_comes_from_the_menu(tmp_path: Path) -> None:
    found, report = read(write_folder(tmp_path, *LIBRARY, ("F5.xml", ORPHAN), ("F7.xml", SEARCH)))
    assert {key: found[key].theme for key in ("N1", "N2", "F1", "F5")} == dict.fromkeys(("N1", "N2", "F1", "F5"), "N1")
    assert report.without_theme == []


def test_a_form_takes_the_theme_of_a_sheet_that_it_belongs_to(tmp_path: Path) -> None:
    form = a_service('<FicheLiee ID="F1"><Titre>Carte</Titre></FicheLiee>')
    found, _ = read(write_folder(tmp_path, *LIBRARY, ("R1.xml", form)))
    assert found["R1"].theme == "N1"


def test_a_sheet_that_stands_under_no_page_is_put_on_the_theme_of_what_it_leads_to(tmp_path: Path) -> None:
    lost = a_sheet('<QuestionReponse ID="F1">q</QuestionReponse>', "F6")
    found, _ = read(write_folder(tmp_path, *LIBRARY, ("F6.xml", lost)))
    assert found["F6"].theme == "N1"
    assert found["N1"].blocks[-1] == SheetLink("F6", "", "Fiche")


def test_a_sheet_without_any_theme_is_told(tmp_path: Path) -> None:
    _, report = read(write_folder(tmp_path, ("F5.xml", a_sheet(key="F5"))))
    assert report.without_theme == ["F5"]


def test_the_official_tree_adds_what_pages_do_not_name(tmp_path: Path) -> None:
    tree = (
        b'<Arborescence><ItemArbo ID="N1" type="Theme"><ItemArbo ID="N9" type="Dossier"/>'
        b'<ItemArbo ID="N2" type="Dossier"><ItemArbo ID="F1"/><ItemArbo ID="F5"/><ItemArbo ID="F99"/></ItemArbo>'
        b"</ItemArbo></Arborescence>"
    )
    sheets = [*LIBRARY, ("F5.xml", a_sheet(key="F5")), ("arborescence.xml", tree)]
    found, report = read(write_folder(tmp_path, *sheets))
    assert found["N2"].blocks[-1] == SheetLink("F5", "", "Fiche")
    assert (found["F5"].theme, report.orphans) == ("N1", [])
    # What has no file is not put anywhere.
    assert found["N1"].blocks == (Section("Papiers", (SheetLink("N2", "Carte", "Dossier"),)),)


def test_a_damaged_index_is_told_and_the_library_is_read(tmp_path: Path) -> None:
    found, report = read(write_folder(tmp_path, *LIBRARY, ("arborescence.xml", b"<a"), ("redirections.xml", b"\0")))
    assert len(found) == 3
    assert [problem.kind for problem in report.problems] == ["index", "index"]


def test_a_menu_that_turns_in_circles_is_read(tmp_path: Path) -> None:
    one, two = a_sheet('<Fiche ID="N3">x</Fiche>', "N2"), a_sheet('<Fiche ID="N2">x</Fiche>', "N3")
    found, report = read(write_folder(tmp_path, ("N2.xml", one), ("N3.xml", two)))
    assert set(found) == {"N2", "N3"}
    assert sorted(report.without_theme) == ["N2", "N3"]


# The report


def test_links_that_lead_nowhere_are_counted_and_kept(tmp_path: Path) -> None:
    text = '<Paragraphe>Voir <LienInterne LienPublication="F404">là</LienInterne></Paragraphe>'
    sheet = a_sheet(f'<Theme ID="N1"/><Texte>{text}</Texte><QuestionReponse ID="F405">q</QuestionReponse>', "F1")
    found, report = read(write_folder(tmp_path, ("N1.xml", THEME), ("N2.xml", DOSSIER), ("F1.xml", sheet)))
    assert report.dangling_links == {"F404": 1, "F405": 1, "F7": 1}
    assert found["F1"].see_also[0].target == "F405"


def test_a_link_to_a_sheet_that_moved_leads_somewhere(tmp_path: Path) -> None:
    text = '<Paragraphe><LienInterne LienPublication="F404">là</LienInterne></Paragraphe>'
    moves = b'<Redirections><Redirection ancienID="F404" nouveauID="F1"/></Redirections>'
    sheet = a_sheet(f'<Theme ID="N1"/><Texte>{text}</Texte>', "F1")
    _, report = read(write_folder(tmp_path, ("F1.xml", sheet), ("redirections.xml", moves)))
    assert report.dangling_links == {}
    assert report.index.now("F404") == "F1"


def test_where_a_sheet_stands_is_no_link(tmp_path: Path) -> None:
    sheet = a_sheet('<Theme ID="N77"/><DossierPere ID="N78"><Fiche ID="F79">x</Fiche></DossierPere>', "F1")
    _, report = read(write_folder(tmp_path, ("F1.xml", sheet)))
    assert report.dangling_links == {}


def test_elements_never_seen_are_counted_by_name(tmp_path: Path) -> None:
    sheet = a_sheet("<Texte><Neuf/><Paragraphe>a <Neuf>b</Neuf></Paragraphe></Texte><Autre/>", "F1")
    _, report = read(write_folder(tmp_path, ("F1.xml", sheet)))
    assert report.unknown_elements == {"Neuf": 2, "Autre": 1}


def test_one_bad_sheet_is_told_and_stops_nothing(tmp_path: Path) -> None:
    good = [(f"F{number}.xml", a_sheet(key=f"F{number}")) for number in range(20, 40)]
    found, report = read(write_folder(tmp_path, *good, ("F9.xml", b"<Publication")))
    assert len(found) == 20
    (problem,) = report.problems
    assert problem.path.endswith("F9.xml")
    assert "well-formed" in problem.message
    assert (report.bad, report.is_usable) == (1, True)
    assert "F9" not in report.index.dates


def test_too_many_bad_sheets_make_the_library_unusable(tmp_path: Path) -> None:
    good = [(f"F{number}.xml", a_sheet(key=f"F{number}")) for number in range(20, 38)]
    _, report = read(write_folder(tmp_path, *good, ("F9.xml", b"<Publication")))
    assert not report.is_usable


def test_a_library_of_bad_sheets_only_is_unusable(tmp_path: Path) -> None:
    found, report = read(write_folder(tmp_path, ("F9.xml", b"")))
    assert (found, report.is_usable) == ({}, False)


def test_a_bad_set_closes_those_opened_before(tmp_path: Path) -> None:
    with pytest.raises(LibraryError):
        read_library([write_zip(tmp_path / "a.zip", *LIBRARY), tmp_path / "rien"])


def test_the_index_has_every_sheet_with_its_date(tmp_path: Path) -> None:
    _, report = read(write_folder(tmp_path, *LIBRARY))
    assert report.index.dates == dict.fromkeys(("N1", "N2", "F1"), PartialDate(2020, 11, 12))


def test_an_odd_sheet_is_read_and_told(tmp_path: Path) -> None:
    found, report = read(write_folder(tmp_path, ("F8.xml", SHEET)))
    assert list(found) == ["F1"]
    assert report.problems[0].kind == "odd"
