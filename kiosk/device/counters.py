"""Anonymous counters by hour: visits that ended, how they went, words of the library that found nothing.

No visit, no order, nothing that was typed as it was typed.
"""

from __future__ import annotations

import datetime as dt
import logging
import sqlite3
from collections.abc import Callable

from sqlite_utils import Database

logger = logging.getLogger(__name__)


class Counters:
    """Counts events in hour buckets (UTC)."""

    def __init__(self, database: Database, now: Callable[[], dt.datetime]) -> None:
        self._database = database
        self._now = now

    def count(self, name: str) -> None:
        """Add one. A full disk must not stop a visit: the count is dropped and the log says that one was."""
        hour = self._now().astimezone(dt.UTC).strftime("%Y-%m-%dT%H")
        try:
            with self._database.atomic():
                self._database.execute(
                    "INSERT INTO counters (hour, name, count) VALUES (?, ?, 1) "
                    "ON CONFLICT (hour, name) DO UPDATE SET count = count + 1",
                    (hour, name),
                )
        except sqlite3.Error as error:
            logger.warning("a counter was dropped: %s", type(error).__name__)

    def totals(self) -> dict[str, int]:
        """Return the sum of each counter over all hours."""
        rows = self._database.execute("SELECT name, sum(count) FROM counters GROUP BY name ORDER BY name")
        return dict(rows.fetchall())
