"""Each fault of an author is told with file, line, message and remedy, and no pack is built of it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

import pytest

from kiosk.cli.main import run
from kiosk.sources.authored.library import Library, read_library
from kiosk.sources.report import Problem
from tests.support.authored import PLACES, PROCEDURE, THEMES, write_library

TODAY = dt.date(2026, 11, 23)


@dataclass(frozen=True)
class Fault:
    """What is written instead of what, a part of the line that is told, the message and the remedy."""

    name: str
    old: str
    new: str
    at: str
    message: str
    remedy: str


def read(folder: Path, procedure: str | bytes = PROCEDURE, themes: str = THEMES, places: str = PLACES) -> Library:
    """Write and read a folder."""
    write_library(folder, procedure, themes, places)
    return read_library(folder, TODAY)


def line_of(text: str, part: str) -> int:
    """Return the line that holds a text."""
    assert part in text, part
    return text[: text.index(part)].count("\n") + 1


FAULTS = [
    Fault(
        "unknown block",
        "- step: Dites-le",
        "- stepp: Dites-le",
        "stepp",
        "Unknown block “stepp”",
        "Did you mean “step”?",
    ),
    Fault("a block like no other", "- step: Dites-le", "- zzz: 1", "zzz", "Unknown block “zzz”", "Known blocks"),
    Fault(
        "a block of nothing",
        "- step: Dites-le",
        "- {}\n          - step: Dites-le",
        "- {}",
        "Unknown block “”",
        "Known",
    ),
    Fault(
        "no ways at all",
        "ways:\n  without_internet: [Téléphonez.]\n  with_internet: [Ouvrez le site.]\nblocks",
        "blocks",
        "id: carte",
        "“ways” is missing",
        "both ways",
    ),
    Fault(
        "one way is missing",
        "  with_internet: [Ouvrez le site.]\nblocks",
        "blocks",
        "ways:",
        "“with_internet” is missing",
        "write both",
    ),
    Fault(
        "an empty way",
        "  with_internet: [Ouvrez le site.]\nblocks",
        "  with_internet: []\nblocks",
        "ways:",
        "“with_internet” is missing",
        "write both",
    ),
    Fault(
        "one way is missing in a step",
        "      with_internet: [Ouvrez le site.]\n    place",
        "    place",
        "    ways:",
        "“with_internet” is missing",
        "write both",
    ),
    Fault(
        "a part that contains itself",
        "blocks:\n  - question",
        "blocks: &all\n  - *all\n  - question",
        "blocks: &all",
        "contains itself",
        "Remove the anchor",
    ),
    Fault(
        "a key given twice",
        "theme: papiers",
        "theme: papiers\ntheme: famille",
        "theme: famille",
        "given twice",
        "Keep one",
    ),
    Fault(
        "a quote left open", 'label: "Oui"', 'label: "Oui', 'label: "Non', "in what begins on line 23", "Check quotes"
    ),
    Fault("a tabulator", "  - La carte prouve", "\t- La carte prouve", "\t- La carte", "not YAML", "Check quotes"),
    Fault("two documents", "common_mistakes", "---\ncommon_mistakes", "---", "not YAML", "Check"),
    Fault("an anchor that is nowhere", "[Venir trop tard.]", "*nowhere", "*nowhere", "not YAML", "Check"),
    Fault(
        "an unknown key",
        "everyday_names:",
        "everyday_name:",
        "everyday_name:",
        "does not know “everyday_name”",
        "Did you mean “everyday_names”?",
    ),
    Fault("a key like no other", "popular: true", "zzz: 1", "zzz", "does not know “zzz”", "Known here"),
    Fault(
        "a figure without a source",
        "La carte prouve qui vous êtes.",
        "La carte vaut 10 ans.",
        "10 ans",
        "figure without a source",
        "{text, source, dated, confidence}",
    ),
    Fault(
        "a figure in words",
        "La carte prouve qui vous êtes.",
        "Attendez trois semaines.",
        "trois semaines",
        "figure without a source",
        "{text, source, dated, confidence}",
    ),
    Fault("a figure in a paper", "- Une photo", "- Deux photos de 35 mm", "35 mm", "figure without a source", "Write"),
    Fault(
        "a web address without a source",
        "[Remplissez la déclaration.]",
        "[Voyez www.ants.fr.]",
        "www",
        "figure without",
        "Write",
    ),
    Fault(
        "a fact without its date",
        ', dated: "2026-03", confidence: H}\ndur',
        ", confidence: H}\ndur",
        "25 €",
        "A fact needs dated too",
        "Give source, dated and confidence",
    ),
    Fault(
        "a fact with a date that is none",
        'dated: "2026-03"',
        'dated: "mars 2026"',
        "25 €",
        "is not a date",
        "Write 2026-08-31",
    ),
    Fault("a month of zero", 'dated: "2026-03"', 'dated: "2026-00"', "25 €", "is not a date", "Write 2026-08-31"),
    Fault(
        "a fact from the future",
        'dated: "2026-03"',
        'dated: "2027-01"',
        "25 €",
        "lies in the future",
        "date of the source",
    ),
    Fault(
        "checked_on is not the oldest date",
        'checked_on: "2026-03"',
        'checked_on: "2026-04"',
        "checked_on",
        "the oldest fact is of 2026-03",
        "Write `checked_on: 2026-03`",
    ),
    Fault(
        "checked_on is no date",
        'checked_on: "2026-03"',
        "checked_on: bientôt",
        "checked_on",
        "is not a date",
        "Write 2026",
    ),
    Fault("low confidence", "confidence: H", "confidence: L", "25 €", "“L” is no confidence that ships", "Use H or M"),
    Fault(
        "no fact at all",
        '  - {text: "La carte coûte 25 €.", source: F1344, dated: "2026-03", confidence: H}',
        "  - C’est gratuit.",
        "checked_on",
        "No fact",
        "Give at least",
    ),
    Fault(
        "an unknown theme",
        "theme: papiers",
        "theme: papier",
        "theme: papier",
        "no theme “papier”",
        "Choose one of: papiers",
    ),
    Fault(
        "an unknown service", "place: mairie", "place: prefecture", "place:", "No place offers “prefecture”", "Add it"
    ),
    Fault("an unknown icon", "icon: check", "icon: chek", "icon: chek", "no icon “chek”", "Font Awesome"),
    Fault("an unknown answer", "when: [non]", "when: [nom]", "when:", "“nom”, which is no answer", "Correct it"),
    Fault(
        "an id that is not the file name",
        "id: carte\n",
        "id: cartes\n",
        "id: cartes",
        "is not the file name",
        "Write `id: carte`",
    ),
    Fault("an id with letters that no id has", "id: avoir", "id: Avoir ça", "id: Avoir", "is no id", "small letters"),
    Fault("the id of the way", "id: avoir", "id: way", "id: way", "is taken", "another id"),
    Fault(
        "two questions with one id",
        "  - step: Préparez",
        "  - {question: Encore, id: avoir, choices: [{label: A}, {label: B}]}\n  - step: Préparez",
        "Encore",
        "used on line 20 too",
        "another id",
    ),
    Fault(
        "two choices with one id on one line",
        'label: "Oui", icon: check}\n      - id: non',
        'label: "Oui", icon: check}\n      - id: oui',
        "- id: oui\n",
        "choice id “oui” is used",
        "another id",
    ),
    Fault(
        "two steps with one id",
        "            text: [Remplissez",
        "            id: papiers\n            text: [Remplissez",
        "step: Préparez",
        "step id “papiers” is used",
        "another id",
    ),
    Fault(
        "two papers with one id",
        "- {name: La déclaration,",
        "- {name: La déclaration, id: une-photo,",
        "id: une-photo",
        "“Une photo” has the id “une-photo” too",
        "another id",
    ),
    Fault(
        "one choice only",
        '      - {id: oui, label: "Oui", icon: check}\n',
        "",
        "question:",
        "at least two choices",
        "Add `choices:`",
    ),
    Fault(
        "no blocks",
        PROCEDURE[PROCEDURE.index("blocks:") : PROCEDURE.index("common_mistakes")],
        "",
        "id: carte",
        "“blocks” is missing",
        "at least one step",
    ),
    Fault("an empty line", "[Remplissez la déclaration.]", '[""]', '[""]', "This line is empty", "Write its text"),
    Fault("no title", "title: Carte d’identité\n", "", "id: carte", "“title” is missing", "Add `title: …`"),
    Fault("an empty title", "title: Carte d’identité", "title:", "title:", "“title” is empty", "Write its text"),
    Fault(
        "a title that is a list",
        "title: Carte d’identité",
        "title: [Carte]",
        "title:",
        "must be one line",
        "Write one line",
    ),
    Fault(
        "a source that is no sheet", "source: F1341", "source: Wikipédia", "source: Wiki", "no official sheet", "F1341"
    ),
    Fault(
        "popular is neither true nor false",
        "popular: true",
        "popular: oui",
        "popular",
        "“popular” is “oui”",
        "true or false",
    ),
    Fault(
        "an address that is not safe",
        "place: mairie",
        "online: {title: Site, url: 'http://a.fr'}",
        "online",
        "no safe web address",
        "https://",
    ),
    Fault("a list where keys are due", PROCEDURE, "- un\n- deux\n", "- un", "`key: value` lines", "Start with `id: …`"),
    Fault("a control character", "prouve qui", "prouve\x07 qui", "prouve", "control character", "Type the line again"),
    Fault(
        "a control character written as a code",
        "[Remplissez la déclaration.]",
        '["Remplissez\\u0007."]',
        "Remplissez",
        "control character",
        "Type it again",
    ),
    Fault("a mark that turns the direction", "prouve qui", "prouve \u202e qui", "prouve", "control character", "again"),
    Fault(
        "a text that nobody meets",
        "            text: [Remplissez la déclaration.]",
        "            text: [{text: Jamais., when: [oui]}]",
        "Jamais",
        "No answers lead to “Jamais.”",
        "Correct its `when`",
    ),
    Fault(
        "a step kept for a later answer",
        "blocks:\n",
        "blocks:\n  - {step: Trop tôt, when: [non]}\n",
        "blocks:",
        "No answers lead to “Trop tôt”",
        "after the question",
    ),
]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give an empty folder of content, with its parent as the current one: paths are told from there."""
    monkeypatch.chdir(tmp_path)
    return tmp_path / "assets"


def by_name(fault: Fault) -> str:
    """Name a case."""
    return fault.name.replace(" ", "-")


def test_the_library_without_a_fault_has_no_problem(folder: Path) -> None:
    assert read(folder).problems == ()


@pytest.mark.parametrize("fault", FAULTS, ids=by_name)
def test_a_fault_is_told_with_its_file_line_and_remedy(folder: Path, fault: Fault) -> None:
    assert fault.old in PROCEDURE
    text = PROCEDURE.replace(fault.old, fault.new, 1)
    found = read(folder, text).errors
    line = line_of(text, fault.at)
    assert [
        problem
        for problem in found
        if problem.path == "assets/procedures/carte.yaml"
        and problem.line == line
        and fault.message in problem.message
        and fault.remedy in problem.remedy
    ], [str(problem) for problem in found]


@pytest.mark.parametrize("fault", FAULTS, ids=by_name)
def test_of_content_with_a_fault_no_pack_is_written(folder: Path, fault: Fault) -> None:
    write_library(folder, PROCEDURE.replace(fault.old, fault.new, 1))
    out = folder.parent / "out" / "new.sqlite"
    assert run(["content", "build", "--authored", str(folder), "--out", str(out)]) == 1
    assert not out.parent.exists()


def test_content_with_a_fault_leaves_an_older_pack_untouched(folder: Path) -> None:
    out = folder.parent / "pack.sqlite"
    write_library(folder)
    assert run(["content", "build", "--authored", str(folder), "--out", str(out)]) == 0
    before = out.read_bytes()
    write_library(folder, PROCEDURE.replace("theme: papiers", "theme: nowhere"))
    run(["content", "build", "--authored", str(folder), "--out", str(out)])
    assert out.read_bytes() == before


def only_error(library: Library) -> Problem:
    """Return the one error there is."""
    assert len(library.errors) == 1, [str(problem) for problem in library.errors]
    return library.errors[0]


def test_a_line_that_is_not_utf_8_is_named(folder: Path) -> None:
    error = only_error(read(folder, PROCEDURE.encode("latin-1", "replace")))
    assert (error.line, error.message, error.remedy) == (4, "This line is not UTF-8.", "Save the file as UTF-8.")


@pytest.mark.parametrize("text", ["", "\n\n", "# rien\n"])
def test_an_empty_file_is_told(folder: Path, text: str) -> None:
    assert only_error(read(folder, text)).message == "The file is empty."


def test_a_huge_file_is_not_read(folder: Path) -> None:
    assert only_error(read(folder, PROCEDURE + "#" * 1_000_000)).message == "The file is larger than 1 MB."


def test_anchors_that_multiply_are_stopped(folder: Path) -> None:
    bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
        f"a{level}: &a{level} [{', '.join([f'*a{level - 1}'] * 10)}]\n" for level in range(1, 9)
    )
    error = only_error(read(folder, bomb))
    assert (error.message, error.remedy) == ("The anchors repeat too much text.", "Repeat less with anchors.")


def test_a_file_nested_without_end_is_told(folder: Path) -> None:
    assert only_error(read(folder, "[" * 5000)).line == 1


def test_blocks_nested_too_deeply_are_told(folder: Path) -> None:
    deep = "{step: S, blocks: [" * 20 + "]}" * 20
    text = PROCEDURE.replace("common_mistakes", f"  - {deep}\ncommon_mistakes")
    assert any("nested deeper" in error.message for error in read(folder, text).errors)


def test_a_missing_file_is_told(folder: Path) -> None:
    write_library(folder)
    error = only_error(read_library(folder, TODAY, [folder / "procedures" / "none.yaml"]))
    assert (error.path, error.line) == ("assets/procedures/none.yaml", 0)
    assert "No such file" in error.message
    assert error.remedy


def test_a_folder_where_a_file_is_due_is_told(folder: Path) -> None:
    write_library(folder)
    assert "cannot be read" in only_error(read_library(folder, TODAY, [folder])).message


def test_a_folder_without_procedures_is_told(folder: Path) -> None:
    write_library(folder).unlink()
    assert only_error(read_library(folder, TODAY)).message == "There is no procedure here."


def test_a_missing_file_of_themes_is_told(folder: Path) -> None:
    write_library(folder)
    (folder / "themes.yaml").unlink()
    assert "assets/themes.yaml" in {error.path for error in read_library(folder, TODAY).errors}


def test_two_files_with_one_id_are_told_at_the_second(folder: Path) -> None:
    first = write_library(folder)
    second = folder / "more" / "carte.yaml"
    second.parent.mkdir()
    second.write_text(PROCEDURE)
    error = only_error(read_library(folder, TODAY, [first, second]))
    assert (error.path, error.line) == ("assets/more/carte.yaml", 1)
    assert "Another procedure is called “carte”: assets/procedures/carte.yaml:1." in error.message
    assert error.remedy == "Give one another id."


PLACE_FAULTS = [
    Fault("hours that are none", "Mo-Fr 09:00-17:00", "toujours", "toujours", "no opening hours", "OpenStreetMap"),
    Fault("a position that is none", "[47.47, -0.55]", "[ici]", "[ici]", "A position is", "two numbers"),
    Fault("a position off the earth", "[47.47, -0.55]", "[147.47, -0.55]", "147", "A position is", "two numbers"),
    Fault(
        "no source",
        '  source: DILA\n  dated: "2026-03"\n  confidence: H\n',
        "",
        "- id",
        "needs its source",
        "Add source",
    ),
    Fault("no service", "  services: [mairie]\n", "", "- id", "never found", "Add `services"),
    Fault("an unknown key", "insee:", "inse:", "inse:", "does not know “inse”", "Did you mean “insee”?"),
    Fault("two places with one id", PLACES, PLACES + PLACES, "- id", "Another place is called", "another id"),
    Fault("no list", PLACES, "id: mairie\n", "id", "is a list", "Start each entry"),
]


@pytest.mark.parametrize("fault", PLACE_FAULTS, ids=by_name)
def test_a_fault_of_a_place_is_told(folder: Path, fault: Fault) -> None:
    text = PLACES.replace(fault.old, fault.new, 1)
    found = [error for error in read(folder, places=text).errors if error.path == "assets/places/lieux.yaml"]
    line = text[: text.rindex(fault.at)].count("\n") + 1
    assert [e for e in found if e.line == line and fault.message in e.message and fault.remedy in e.remedy], found


THEME_FAULTS = [
    Fault("no French title", "fr:", "en:", "- {id", "needs a French title", "Add `title"),
    Fault("a tint that does not exist", "tint: 1", "tint: 7", "tint", "is 1 to 6", "Choose one"),
    Fault("an icon that does not exist", "icon: id-card", "icon: nope", "nope", "no icon “nope”", "Font Awesome"),
    Fault("two themes with one id", THEMES, THEMES + THEMES, "- {id", "Another theme is called", "another id"),
]


@pytest.mark.parametrize("fault", THEME_FAULTS, ids=by_name)
def test_a_fault_of_a_theme_is_told(folder: Path, fault: Fault) -> None:
    text = THEMES.replace(fault.old, fault.new, 1)
    found = [error for error in read(folder, themes=text).errors if error.path == "assets/themes.yaml"]
    line = text[: text.rindex(fault.at)].count("\n") + 1
    assert [e for e in found if e.line == line and fault.message in e.message and fault.remedy in e.remedy], found


def test_a_long_sentence_is_a_warning_only(folder: Path) -> None:
    long = "Venez avec tous vos papiers et ceux de votre famille bien avant le jour du rendez-vous."
    library = read(folder, PROCEDURE.replace("Venir trop tard.", long))
    assert [(problem.kind, problem.severity) for problem in library.problems] == [("easy-read", "warning")]


def test_an_old_fact_is_a_warning_only(folder: Path) -> None:
    library = read(folder, PROCEDURE.replace("2026-03", "2024-03"))
    assert [(problem.kind, problem.severity) for problem in library.problems] == [("stale", "warning")]


def test_a_shared_anchor_is_one_thing(folder: Path) -> None:
    text = PROCEDURE.replace(
        "            text: [Remplissez la déclaration.]",
        "            blocks: &same\n              - {step: Appelez, text: [Appelez la mairie.]}",
    ).replace("common_mistakes", "  - {step: Fin, blocks: *same}\ncommon_mistakes")
    assert read(folder, text).errors == []
