"""Dates as sources give them: a year, a month or a day, never more precise than what was read."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

_FORM = re.compile(r"^([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?$")


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date known to the year, the month or the day (ISO 8601 reduced precision)."""

    year: int
    month: int | None = None
    day: int | None = None

    @classmethod
    def parse(cls, text: str) -> PartialDate:
        """Read `2026`, `2026-08` or `2026-08-31`.

        Raises:
            ValueError: the text is none of these, or no such day exists.
        """
        match = _FORM.match(text.strip())
        if match is None:
            raise ValueError(f"not a date: {text!r}")
        year, month, day = (int(part) if part else None for part in match.groups())
        assert year is not None
        date = cls(year, month, day)
        date.earliest()
        return date

    def earliest(self) -> dt.date:
        """Return the first day that this date can mean: what is compared, so that doubt counts as age."""
        return dt.date(self.year, 1 if self.month is None else self.month, 1 if self.day is None else self.day)

    def __str__(self) -> str:
        text = f"{self.year:04d}"
        if self.month:
            text += f"-{self.month:02d}"
        if self.day:
            text += f"-{self.day:02d}"
        return text


def months_between(earlier: dt.date, later: dt.date) -> int:
    """Count the whole months from one day to a later one (negative when the order is the other)."""
    months = (later.year - earlier.year) * 12 + later.month - earlier.month
    return months - (later.day < earlier.day)
