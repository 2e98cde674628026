"""Tables as they are heard: each cell after the name of its column, no word lost."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pytest
from hypothesis import given

from kiosk.domain.procedure import Block, Cell, Paragraph, Row, Table
from kiosk.session.tables import RowLine, table_rows
from tests.support.builders import a_cell, a_row, a_table, lines
from tests.support.strategies import tables


def flat(blocks: Iterable[Block]) -> Iterator[str]:
    return (block.text for block in blocks if isinstance(block, Paragraph))


def heard(*rows: Row) -> list[tuple[str, ...]]:
    return [tuple(line.text for line in row) for row in table_rows(a_table(*rows), flat)]


HEAD = a_row("Âge", "Prix", is_header=True)


def test_each_cell_follows_the_name_of_its_column() -> None:
    assert heard(HEAD, a_row("18 ans", "17 €")) == [("Âge\u00a0: 18 ans", "Prix\u00a0: 17 €")]


def test_without_headings_cells_stand_alone() -> None:
    assert heard(a_row("18 ans", "17 €")) == [("18 ans", "17 €")]


def test_a_cell_of_several_lines_follows_the_name_of_its_column() -> None:
    (row,) = table_rows(a_table(HEAD, a_row("18", Cell(lines("17 €", "ou 20 €")))), flat)
    assert row == (
        RowLine("Âge\u00a0: 18", is_name=True),
        RowLine("Prix\u00a0:", is_name=True),
        RowLine("17 €"),
        RowLine("ou 20 €"),
    )


def test_an_empty_cell_is_not_heard() -> None:
    assert heard(HEAD, a_row("", "17 €"), a_row("18 ans", "")) == [("Prix\u00a0: 17 €",), ("Âge\u00a0: 18 ans",)]


def test_an_empty_row_is_not_heard() -> None:
    assert heard(HEAD, a_row("1", "2"), a_row("", ""), Row(())) == [("Âge\u00a0: 1", "Prix\u00a0: 2")]


def test_a_second_row_of_headings_goes_under_the_first() -> None:
    head = a_row(a_cell("Prix", columns=2), is_header=True)
    assert heard(head, a_row("Enfant", "Adulte", is_header=True), a_row("5 €", "9 €")) == [
        ("Prix, Enfant\u00a0: 5 €", "Prix, Adulte\u00a0: 9 €")
    ]


def test_a_shorter_second_row_of_headings_keeps_the_others() -> None:
    assert heard(HEAD, a_row("en années", is_header=True), a_row("18", "17 €")) == [
        ("Âge, en années\u00a0: 18", "Prix\u00a0: 17 €")
    ]


def test_headings_in_the_middle_take_the_place_of_the_first_ones() -> None:
    other = a_row("Durée", is_header=True)
    assert heard(HEAD, a_row("18", "17 €"), other, a_row("2 mois")) == [
        ("Âge\u00a0: 18", "Prix\u00a0: 17 €"),
        ("Durée\u00a0: 2 mois",),
    ]


def test_a_wide_cell_is_heard_once() -> None:
    assert heard(HEAD, a_row("1", "2"), a_row(a_cell("Gratuit", columns=2)))[1:] == [("Âge\u00a0: Gratuit",)]


def test_a_tall_cell_is_heard_again_on_each_of_its_rows() -> None:
    assert heard(HEAD, a_row(a_cell("18", rows=2), "17 €"), a_row("19 €")) == [
        ("Âge\u00a0: 18", "Prix\u00a0: 17 €"),
        ("Âge\u00a0: 18", "Prix\u00a0: 19 €"),
    ]


def test_a_tall_and_wide_cell_is_heard_once_on_each_row() -> None:
    block = a_cell("Gratuit", columns=2, rows=2)
    assert heard(a_row("1", block), a_row("2")) == [("1", "Gratuit"), ("2", "Gratuit")]


@pytest.mark.parametrize("rows", [(), (Row(()),), (Row((), is_header=True),)])
def test_an_empty_table_is_not_heard(rows: tuple[Row, ...]) -> None:
    assert heard(*rows) == []


def test_a_table_of_headings_only_is_heard() -> None:
    assert heard(HEAD) == [("Âge", "Prix")]


def test_a_heading_over_empty_cells_is_heard_in_the_end() -> None:
    assert heard(HEAD, a_row("18", "")) == [("Âge\u00a0: 18",), ("Prix",)]


def test_a_heading_over_empty_cells_is_heard_before_other_headings() -> None:
    assert heard(HEAD, a_row("18"), a_row("Durée", is_header=True), a_row("2 mois")) == [
        ("Âge\u00a0: 18",),
        ("Prix",),
        ("Durée\u00a0: 2 mois",),
    ]


@pytest.mark.parametrize("span", [-1, 0, 1, 1000, 10**12])
def test_no_span_is_too_large(span: int) -> None:
    assert heard(a_row(a_cell("a", span, span), "b"), a_row("c"))[0] == ("a", "b")


def words(table: Table) -> set[str]:
    return {text for row in table.rows for cell in row.cells for text in flat(cell.blocks)}


@given(tables())
def test_no_table_loses_a_word(table: Table) -> None:
    rows = list(table_rows(table, flat))
    said = " ".join(line.text for row in rows for line in row)
    assert [text for text in sorted(words(table)) if text not in said] == []
    assert all(rows)
    assert all(line.text for row in rows for line in row)
