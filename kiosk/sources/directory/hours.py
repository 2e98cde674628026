"""Weekly timetables of the sources to OpenStreetMap `opening_hours`.

The rules of that syntax which matter here: `; ` replaces what was said before of the same day, `, ` adds to it, and
a remark stands in quotes behind the hours that it is about. See
https://wiki.openstreetmap.org/wiki/Key:opening_hours/specification
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from opening_hours import validate

from kiosk.sources.directory.fields import MAX_NOTE, clean

DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
HOLIDAYS = 7
"""Where public holidays stand behind the seven days of the week."""

MIDNIGHT = 24 * 60
MAX_OSM = 1000
"""Characters of opening hours taken from others; evaluating much longer ones takes noticeable time."""

_FRENCH = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche", "jours fériés")
_NAMES = {
    name: number
    for names in (
        ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche", "jours_feries"),
        ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "public_holidays"),
    )
    for number, name in enumerate(names)
}
_TIME = re.compile(r"^(\d{1,2})[:hH](\d{2})(?::\d{2})?$")

Slot = tuple[int, int]
"""From one minute of the day to another."""


class HoursError(Exception):
    """A timetable that cannot be read whole; half of it would tell people that an office is closed."""


@dataclass(slots=True)
class Timetable:
    """When an office opens: for each day, slots by the remark that goes with them (empty for none).

    `remarks` are about a day without hours, `general` ones about no day in particular.
    """

    slots: dict[int, dict[str, list[Slot]]] = field(default_factory=dict)
    remarks: dict[int, list[str]] = field(default_factory=dict)
    general: list[str] = field(default_factory=list)

    def add(self, days: Iterable[int], slots: Iterable[Slot], remark: str = "") -> None:
        """Add slots with their remark, or a remark without slots, to some days."""
        slots = list(slots)
        for one in days:
            if slots:
                self.slots.setdefault(one, {}).setdefault(remark, []).extend(slots)
            elif remark and remark not in self.remarks.setdefault(one, []):
                self.remarks[one].append(remark)

    def osm(self) -> str:
        """Write the opening hours; empty when nothing is known.

        Raises:
            HoursError: they would be no valid opening hours.
        """
        days: dict[tuple[str, ...], list[int]] = {}
        for one in sorted({*self.slots, *(one for one, said in self.remarks.items() if said)}):
            days.setdefault(self._rules(one), []).append(one)
        # The rules of one day add up; those of other days begin anew.
        text = "; ".join(", ".join(f"{_names(same)} {rule}" for rule in rules) for rules, same in days.items())
        if text and not validate(text):
            raise HoursError("the timetable cannot be written as opening hours")
        return text

    def _rules(self, one: int) -> tuple[str, ...]:
        """Write the rules of one day without its name. A remark alone makes it neither open nor closed."""
        if one not in self.slots:
            return (f'unknown "{". ".join(self.remarks[one])}"',)
        return tuple(
            ",".join(f"{_clock(start)}-{_clock(end)}" for start, end in _joined(slots))
            + (f' "{remark}"' if remark else "")
            for remark, slots in sorted(self.slots[one].items())
        )

    def notes(self) -> list[str]:
        """Return the remarks that fit into no rule: general ones, and those on a day that has hours too."""
        return self.general + [
            f"{_FRENCH[one].capitalize()} : {remark}"
            for one in sorted(self.remarks)
            if one in self.slots
            for remark in self.remarks[one]
        ]


def _clock(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"


def _joined(slots: Iterable[Slot]) -> list[Slot]:
    """Put slots in order and join those that touch."""
    found: list[Slot] = []
    for start, end in sorted(slots):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return found


def _names(days: list[int]) -> str:
    """Write days of the week: three in a row as a range."""
    runs: list[list[int]] = []
    for one in days:
        if runs and one == runs[-1][-1] + 1 and one != HOLIDAYS:
            runs[-1].append(one)
        else:
            runs.append([one])
    names = (*DAYS, "PH")
    return ",".join(
        f"{names[run[0]]}-{names[run[-1]]}" if len(run) > 2 else ",".join(names[one] for one in run) for run in runs
    )


def minutes(text: str) -> int:
    """Return the minute of the day of `09:00`, `9h00` or `09:00:00`.

    Raises:
        HoursError: it is no time of the day.
    """
    match = _TIME.match(text.strip())
    minute = int(match[1]) * 60 + int(match[2]) if match and int(match[2]) < 60 else MIDNIGHT + 1
    if minute > MIDNIGHT:
        raise HoursError(f"“{text[:20]}” is no time of the day")
    return minute


def slot(start: str, end: str) -> Slot | None:
    """Return a slot, None when both ends are empty. Midnight as an end is that of the next day.

    Raises:
        HoursError: it does not end after its start on the same day.
    """
    if not start.strip() and not end.strip():
        return None
    if not start.strip() or not end.strip():
        raise HoursError(f"“{start[:20]}-{end[:20]}” has one end only")
    first, last = minutes(start), minutes(end) or MIDNIGHT
    if first >= last:
        raise HoursError(f"“{start[:20]}-{end[:20]}” does not end after its start")
    return first, last


def remark(value: object) -> str:
    """Return a remark word for word, except the straight quotes that would end it."""
    return clean(value, "remark on the hours", MAX_NOTE).replace('"', "”")


def official_timetable(entries: Iterable[object]) -> Timetable:
    """Read `plage_ouverture` of the official directory.

    Raises:
        HoursError: one of its entries cannot be read.
        BadRecordError: a remark is too long or lost its letters.
    """
    made = Timetable()
    for entry in entries:
        if not isinstance(entry, Mapping):
            raise HoursError("an entry of the timetable is no object")
        values = {name: str(value or "") for name, value in entry.items()}
        slots = [
            found
            for number in (1, 2)
            if (
                found := slot(
                    values.get(f"valeur_heure_debut_{number}", ""), values.get(f"valeur_heure_fin_{number}", "")
                )
            )
        ]
        said = remark(entry.get("commentaire"))
        days = _days(values.get("nom_jour_debut", ""), values.get("nom_jour_fin", ""))
        if not days and slots:
            raise HoursError("hours without a day")
        if days:
            made.add(days, slots, said)
        elif said:
            made.general.append(said)
    return made


def _days(first: str, last: str) -> list[int]:
    """Return the days from one to another, over the end of the week when need be."""
    if not first.strip():
        return []
    start = _day(first)
    end = _day(last) if last.strip() else start
    if HOLIDAYS in (start, end):
        if start != end:
            raise HoursError(f"“{first[:20]}” to “{last[:20]}” are no days of the week")
        return [HOLIDAYS]
    return [(start + number) % 7 for number in range((end - start) % 7 + 1)]


def _day(name: str) -> int:
    plain = unicodedata.normalize("NFD", name[:60]).encode("ascii", "ignore").decode().lower()
    plain = re.sub(r"[^a-z]+", "_", plain).strip("_")
    # Some exports put a prefix before the name: `jour_lundi`.
    found = next((number for known, number in _NAMES.items() if plain == known or plain.endswith(f"_{known}")), None)
    if found is None:
        raise HoursError(f"“{name[:20]}” is no day")
    return found


def weekly_timetable(days: Iterable[str]) -> Timetable:
    """Read one text a day from Monday on, `09:00 - 12:00 / 14:00 - 17:00` or empty: the list of France services.

    Raises:
        HoursError: one of them cannot be read.
    """
    made = Timetable()
    for number, text in enumerate(days):
        if not text.strip() or text.strip().lower() in ("fermé", "ferme", "-"):
            continue
        slots = []
        for part in text.split("/"):
            ends = part.split("-")
            found = slot(*ends) if len(ends) == 2 else None
            if found is None:
                raise HoursError(f"“{text[:40]}” are no hours")
            slots.append(found)
        made.add([number], slots)
    return made


def valid_osm(text: str) -> str:
    """Return opening hours that others wrote, empty when they are none."""
    return text if text and len(text) <= MAX_OSM and validate(text) else ""
