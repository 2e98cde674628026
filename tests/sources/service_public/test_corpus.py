"""The whole official library of November 2020: read without one problem, streamed, and what is known of it holds."""

from __future__ import annotations

import tracemalloc
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.domain.procedure import (
    ItemList,
    Kind,
    ListRole,
    MarkKind,
    Paragraph,
    Procedure,
    Question,
    QuestionKind,
    RoleSource,
    SheetLink,
    Step,
    StepRole,
    Table,
    all_blocks,
    display_texts,
    walk,
)
from kiosk.sources.service_public.library import ImportReport, read_library
from kiosk.sources.service_public.reading import JOINED
from kiosk.sources.service_public.sheet import read_sheet
from tests.support.corpus import SETS, corpus

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]


@pytest.fixture(scope="module")
def folder() -> Path:
    return corpus()


@pytest.fixture(scope="module")
def imported(folder: Path) -> tuple[dict[str, Procedure], ImportReport]:
    importing = read_library([folder / "particuliers"])
    procedures = {str(procedure.id): procedure for procedure in importing.procedures()}
    return procedures, importing.report


def blocks(procedures: dict[str, Procedure]) -> Iterator[tuple[Procedure, object]]:
    """Yield every block with its procedure."""
    for procedure in procedures.values():
        for block in all_blocks(procedure):
            yield procedure, block


@pytest.mark.parametrize("name", SETS)
def test_every_sheet_of_every_set_is_read_without_a_problem(folder: Path, name: str) -> None:
    importing = read_library([folder / name])
    count = sum(1 for _ in importing.procedures())
    report = importing.report
    assert count == len(list((folder / name).glob("[FNR]*.xml")))
    assert (report.bad, report.problems, report.unknown_elements) == (0, [], {})
    assert report.is_usable


def test_the_kinds_of_sheets(imported: tuple[dict[str, Procedure], ImportReport]) -> None:
    _, report = imported
    assert report.sheets == {Kind.SHEET: 2926, Kind.GUIDED: 54, Kind.DOSSIER: 223, Kind.THEME: 10, Kind.SERVICE: 1660}


def test_no_internal_title_is_shown(imported: tuple[dict[str, Procedure], ImportReport]) -> None:
    procedures, _ = imported
    assert all(procedure.title.strip() for procedure in procedures.values())
    titles = [procedure.title for procedure in procedures.values()]
    titles += [link.title for _, link in blocks(procedures) if isinstance(link, SheetLink)]
    assert not [title for title in titles if title.startswith("**") or "Passeport kid" in title]


def test_every_sheet_is_under_a_page_of_the_menu(imported: tuple[dict[str, Procedure], ImportReport]) -> None:
    procedures, report = imported
    named: set[str] = set()
    for procedure in procedures.values():
        if procedure.kind in {Kind.DOSSIER, Kind.THEME}:
            links = [*walk(procedure.blocks), *procedure.see_also]
            named.update(link.target for link in links if isinstance(link, SheetLink))
    left = [key for key, one in procedures.items() if one.kind is Kind.SHEET and key not in named]
    assert left == []
    assert len(report.orphans) == 30


def test_every_guided_search_ends_at_sheets_that_exist(imported: tuple[dict[str, Procedure], ImportReport]) -> None:
    procedures, _ = imported
    leaves = [
        block.target
        for procedure in procedures.values()
        if procedure.kind is Kind.GUIDED
        for block in walk(procedure.blocks)
        if isinstance(block, SheetLink)
    ]
    assert len(leaves) == 1392
    assert set(leaves) <= set(procedures)


def test_links_that_lead_nowhere_are_few(imported: tuple[dict[str, Procedure], ImportReport]) -> None:
    _, report = imported
    assert sum(report.dangling_links.values()) < 500


def test_all_words_of_the_glossary_resolve_in_their_sheet(
    imported: tuple[dict[str, Procedure], ImportReport],
) -> None:
    procedures, _ = imported
    for procedure in procedures.values():
        known = {definition.id for definition in procedure.glossary}
        for block in all_blocks(procedure):
            marks = block.marks if isinstance(block, Paragraph) else ()
            assert {mark.target for mark in marks if mark.kind is MarkKind.DEFINITION} <= known


def test_marks_are_inside_their_text(imported: tuple[dict[str, Procedure], ImportReport]) -> None:
    procedures, _ = imported
    for _, block in blocks(procedures):
        if isinstance(block, Paragraph):
            assert all(0 <= mark.start <= mark.end <= len(block.text) for mark in block.marks)
            assert block.text == block.text.strip(" ")
            assert "  " not in block.text


def test_all_tables_are_rectangles(imported: tuple[dict[str, Procedure], ImportReport]) -> None:
    procedures, _ = imported
    tables = [block for _, block in blocks(procedures) if isinstance(block, Table)]
    assert len(tables) > 1500
    for table in tables:
        widths = [0] * len(table.rows)
        for number, row in enumerate(table.rows):
            for cell in row.cells:
                assert number + cell.rows <= len(table.rows)
                for below in range(number, number + cell.rows):
                    widths[below] += cell.columns
        assert len(set(widths)) == 1


def test_questions_have_two_answers_and_ids_of_their_own(
    imported: tuple[dict[str, Procedure], ImportReport],
) -> None:
    procedures, _ = imported
    for procedure in procedures.values():
        steps = [block.id for block in walk(procedure.blocks) if isinstance(block, Step)]
        assert len(set(steps)) == len(steps)
        answers: dict[str, set[str]] = {}
        for block in walk(procedure.blocks):
            if isinstance(block, Question):
                ids = [choice.id for choice in block.choices]
                assert len(set(ids)) == len(ids) >= 2
                assert answers.setdefault(block.key, set(ids)) == set(ids)


def test_the_same_situations_are_asked_once(imported: tuple[dict[str, Procedure], ImportReport]) -> None:
    procedures, _ = imported
    questions = [block for block in walk(procedures["F12006"].blocks) if isinstance(block, Question)]
    assert len(questions) >= 45
    assert len({question.key for question in questions}) <= 9


def test_what_questions_steps_and_lists_are_about(imported: tuple[dict[str, Procedure], ImportReport]) -> None:
    procedures, _ = imported
    kinds = Counter(block.kind for _, block in blocks(procedures) if isinstance(block, Question))
    assert kinds[QuestionKind.TERRITORY] > 400
    assert kinds[QuestionKind.WAY] > 250
    assert 100 < kinds[QuestionKind.OUTCOME] < kinds[QuestionKind.WAY]
    roles = Counter(block.role for _, block in blocks(procedures) if isinstance(block, Step))
    assert min(roles[StepRole.PAPERS], roles[StepRole.COST], roles[StepRole.DELAY]) > 100
    lists = Counter((block.role, block.role_source) for _, block in blocks(procedures) if isinstance(block, ItemList))
    assert lists[ListRole.PAPERS, RoleSource.MARKUP] > 500
    assert lists[ListRole.PAPERS, RoleSource.TITLE] > 200
    assert lists[ListRole.PLAIN, RoleSource.LEAD_IN] > 800


@pytest.mark.parametrize("key", ["F21246", "F21247", "F21092", "F1373", "F16922", "F12242", "F515", "F1359", "F12118"])
def test_hard_sheets_keep_all_their_words(folder: Path, key: str) -> None:
    data = (folder / "particuliers" / f"{key}.xml").read_bytes()
    procedure = read_sheet(data, f"{key}.xml", "particuliers")
    written = Counter("".join("".join(body.itertext()).split()) for body in ET.fromstring(data).iter("Paragraphe"))
    shown = "\n".join("".join(text.split()) for text in display_texts(procedure))
    assert not [text for text in written if text not in shown]


def test_memory_stays_small(folder: Path) -> None:
    tracemalloc.start()
    for _ in read_library([folder / "particuliers"]).procedures():
        pass
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    # What waits for the end, and texts remembered, are all that stays.
    assert peak < 40_000_000


def indent(element: ET.Element, depth: int = 1) -> None:
    """Put each element on a line of its own, but inside sentences."""
    if element.tag in JOINED or element.tag == "Paragraphe" or not len(element):
        return
    element.text = f"{element.text or ''}\n{'  ' * depth}"
    for child in element:
        child.tail = f"{child.tail or ''}\n{'  ' * depth}"
        indent(child, depth + 1)


def test_white_space_between_elements_changes_nothing(folder: Path) -> None:
    for path in sorted(folder.glob("*/[FNR]*.xml"))[::25]:
        data = path.read_bytes()
        root = ET.fromstring(data)
        indent(root)
        assert read_sheet(ET.tostring(root, "utf-8"), path.name, "x") == read_sheet(data, path.name, "x")
