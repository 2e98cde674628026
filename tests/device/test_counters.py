"""Counters add up, and never stop a visit."""

from __future__ import annotations

import datetime as dt
import logging

import pytest

from kiosk.device.counters import Counters
from tests.device.conftest import OpenStore

NOON = dt.datetime(2026, 11, 23, 12, 30, tzinfo=dt.UTC)


def test_the_same_thing_counted_twice_is_two(store: OpenStore) -> None:
    counters = Counters(store(), lambda: NOON)
    counters.count("visit.ended")
    counters.count("visit.ended")
    assert counters.totals() == {"visit.ended": 2}


def test_the_total_adds_up_the_hours(store: OpenStore) -> None:
    database = store()
    Counters(database, lambda: NOON).count("visit.ended")
    Counters(database, lambda: NOON + dt.timedelta(hours=3)).count("visit.ended")
    assert Counters(database, lambda: NOON).totals() == {"visit.ended": 2}


def test_no_more_than_the_hour_is_kept(store: OpenStore) -> None:
    database = store()
    Counters(database, lambda: NOON.astimezone(dt.timezone(dt.timedelta(hours=2)))).count("visit.ended")
    assert [row["hour"] for row in database.table("counters").rows] == ["2026-11-23T12"]


def test_counts_are_there_after_a_restart(store: OpenStore) -> None:
    Counters(store(), lambda: NOON).count("visit.ended")
    assert Counters(store(), lambda: NOON).totals() == {"visit.ended": 1}


def test_a_count_that_cannot_be_kept_is_dropped_and_logged(store: OpenStore, caplog: pytest.LogCaptureFixture) -> None:
    database = store()
    database.execute("PRAGMA query_only = ON")
    with caplog.at_level(logging.WARNING):
        Counters(database, lambda: NOON).count("visit.ended")
    assert caplog.messages == ["a counter was dropped: OperationalError"]


def test_the_log_of_a_dropped_count_does_not_say_what_was_counted(
    store: OpenStore, caplog: pytest.LogCaptureFixture
) -> None:
    database = store()
    database.execute("DROP TABLE counters")
    Counters(database, lambda: NOON).count("feedback.bad")
    assert "feedback" not in caplog.text
