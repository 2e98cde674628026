"""Dates as sources give them."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given

from kiosk.domain.dating import PartialDate, months_between
from tests.support.builders import a_procedure
from tests.support.strategies import dates


@given(dates)
def test_a_date_written_and_read_is_the_same(date: PartialDate) -> None:
    assert PartialDate.parse(str(date)) == date


@pytest.mark.parametrize(
    "text", ["", "26", "2026-13", "2026-02-30", "2026-00", "2026-08-00", "0000", "août 2026", "2026-8"]
)
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        PartialDate.parse(text)


def test_a_month_means_its_first_day() -> None:
    assert PartialDate.parse("2026-08").earliest() == dt.date(2026, 8, 1)


def test_a_year_means_its_first_day() -> None:
    assert PartialDate.parse("2026").earliest() == dt.date(2026, 1, 1)


@pytest.mark.parametrize(
    ("earlier", "later", "months"),
    [("2026-01-31", "2026-02-28", 0), ("2026-01-31", "2026-03-31", 2), ("2025-03-10", "2026-03-09", 11)],
)
def test_only_whole_months_count(earlier: str, later: str, months: int) -> None:
    assert months_between(dt.date.fromisoformat(earlier), dt.date.fromisoformat(later)) == months


@pytest.mark.parametrize(("today", "is_stale"), [("2026-08-30", False), ("2026-08-31", True)])
def test_a_procedure_is_stale_after_twelve_months(today: str, is_stale: bool) -> None:
    procedure = a_procedure(checked_on=PartialDate(2025, 8, 31))
    assert procedure.is_stale(dt.date.fromisoformat(today)) is is_stale
