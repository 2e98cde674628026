"""One entry of a list that its owners keep, field by field: what the lists of mediation and inclusion have alike."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from kiosk.domain.dating import PartialDate
from kiosk.domain.place import Position
from kiosk.domain.procedure import Confidence, Evidence
from kiosk.sources.authored.typography import typeset
from kiosk.sources.directory.areas import INSEE, Areas
from kiosk.sources.directory.fields import MAX_TEXT, BadRecordError, clean, day, nested, phone, position, shown
from kiosk.sources.directory.hours import valid_osm
from kiosk.sources.directory.intake import Warn
from kiosk.sources.directory.records import Record

MAX_HOURS = 2_000
"""Characters of opening hours, and of a field with several values."""

_EMPTY = ("", "None", "nan")


@dataclass(slots=True)
class Entry:
    """A record, read as a place. `name` is that of the place, known once `require` was asked for it."""

    record: Record
    today: dt.date
    warn: Warn
    name: str = ""

    def text(self, field: str, limit: int = MAX_TEXT) -> str:
        """Return one field as text, empty when it is absent.

        Raises:
            BadRecordError: it is far too long, or its letters are lost.
        """
        return clean(self.record.get(field), field, limit)

    def several(self, field: str) -> list[str]:
        """Return the values of one field: a list, or a text that joins them with `|` or `;`."""
        value = self.record.get(field)
        text = clean(value, field, MAX_HOURS)
        values = [clean(one, field) for one in nested(value)] or [part.strip() for part in re.split(r"[|;]", text)]
        return [one for one in values if one]

    def require(self, name: str, *others: str) -> str:
        """Return the name of the place; it and some other fields must be there.

        Raises:
            BadRecordError: one of them is empty.
        """
        self.name = self.text(name)
        missing = [field for field in (name, *others) if not self.text(field)]
        if missing:
            raise BadRecordError(f"“{shown(self.name)}” has no {', no '.join(missing)}.")
        return self.name

    def insee(self, field: str) -> str:
        """Return an INSEE code, empty for what is none."""
        code = self.text(field).upper()
        return code if INSEE.match(code) else ""

    def is_in(self, areas: Areas, insee: str) -> bool:
        """Tell whether the entry lies where places are wanted; without an INSEE code its postcode has to say."""
        return areas.has(insee) if insee else areas.has_postcode(self.text("code_postal"))

    def address(self) -> tuple[str, ...]:
        """Return the lines of the address."""
        return tuple(typeset(line) for line in (self.text("complement_adresse"), self.text("adresse")) if line)

    def phone(self, field: str) -> str:
        """Return the phone, with a report when there is one that is no number."""
        written = self.text(field)
        number = phone(written)
        if written and not number:
            message = f"“{shown(self.name)}” has a phone that is no number: “{shown(written)}”."
            self.warn(message, "It is shown without a phone.")
        return number

    def position(self, near: str) -> Position | None:
        """Return where it lies, with a report when that cannot be; `near` is its INSEE code or postcode."""
        north, east = self.record.get("latitude"), self.record.get("longitude")
        point = position(north, east, near)
        if point is None and any(str(value).strip() not in _EMPTY for value in (north, east)):
            message = f"“{shown(self.name)}” cannot lie at {shown(north)}, {shown(east)}."
            self.warn(message, "It is ranked without a position.")
        return point

    def evidence(self, source: str) -> Evidence:
        """Return where the entry comes from; what its owners say of themselves is to be checked.

        Raises:
            BadRecordError: it has no date, or one that has not come yet.
        """
        written = self.record.get("date_maj")
        date = day(written)
        if date is None:
            raise BadRecordError(f"“{shown(self.name)}” has no date: “{shown(written or '')}”.")
        if date > self.today:
            raise BadRecordError(f"“{shown(self.name)}” is dated {date}, which has not come yet.")
        return Evidence(source, PartialDate(date.year, date.month, date.day), Confidence.MEDIUM)


def hours_or_note(text: str) -> tuple[str, tuple[str, ...]]:
    """Return opening hours that their owners wrote; what is no valid timetable is shown as they wrote it."""
    hours = valid_osm(text)
    return hours, (text,) if text and not hours else ()


def place_key(prefix: str, *parts: str) -> str:
    """Make the id of a place from what its list calls it."""
    return "-".join((prefix, *(re.sub(r"[^a-z0-9]+", "-", part.lower()).strip("-") for part in parts if part)))
