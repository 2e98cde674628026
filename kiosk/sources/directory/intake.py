"""Taking in the records of one file: places kept, records left out and why, and the report of both."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from kiosk.domain.dating import months_between
from kiosk.domain.place import Place
from kiosk.sources.directory.areas import Areas
from kiosk.sources.directory.fields import BadRecordError, LostLettersError
from kiosk.sources.directory.kinds import ServiceKinds
from kiosk.sources.directory.records import Record
from kiosk.sources.directory.streams import refuse
from kiosk.sources.report import Problem, Severity

MAX_AGE_MONTHS = 36
"""In five months one timetable in seventeen changed; after three years most phones and hours are not worth a trip."""


class Skip(StrEnum):
    """Why a record is no place of the kiosk."""

    ELSEWHERE = "in another area"
    NO_SERVICE = "of no service that people are sent to"
    NOT_PUBLIC = "not open to the public"
    TOO_OLD = "too old to be shown"
    DOUBLE = "given twice"
    BAD = "not usable"


@dataclass(frozen=True, slots=True)
class FileReport:
    """What one file gave. `origin` and `dated` name the data as its publisher does: its licence asks to cite both."""

    path: str
    form: str
    origin: str
    dated: str
    read: int
    kept: int
    skipped: tuple[tuple[Skip, int], ...]
    problems: tuple[Problem, ...]

    def __str__(self) -> str:
        left_out = "".join(f", {count} {reason}" for reason, count in self.skipped)
        date = f" of {self.dated}" if self.dated else ""
        return f"{self.path}: {self.form}{date}: {self.kept} places kept of {self.read} records{left_out}."


@dataclass(frozen=True, slots=True)
class Report:
    """What all files gave."""

    files: tuple[FileReport, ...]

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Return one line for every record that could not be used, or not wholly."""
        return tuple(problem for file in self.files for problem in file.problems)

    @property
    def kept(self) -> int:
        """Return how many places were kept."""
        return sum(file.kept for file in self.files)

    @property
    def skipped(self) -> int:
        """Return how many records are no place of the kiosk."""
        return sum(count for file in self.files for _, count in file.skipped)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to take in: where, which services, and what day it is (nothing is dated after it)."""

    areas: Areas
    kinds: ServiceKinds
    today: dt.date

    def is_too_old(self, date: dt.date) -> bool:
        """Tell whether data of a day must not reach residents any more."""
        return months_between(date, self.today) >= MAX_AGE_MONTHS


Warn = Callable[[str, str], None]
"""Reports something that a kept place had to do without: what is wrong, and what to do."""


@dataclass(slots=True)
class Intake:
    """One file being taken in."""

    path: str
    form: str
    origin: str
    wanted: Wanted
    dated: str = ""
    read: int = 0
    places: dict[str, Place] = field(default_factory=dict)
    numbers: dict[str, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    skipped: Counter[Skip] = field(default_factory=Counter)
    lost_letters: int = 0

    def take(
        self, items: Iterable[tuple[int, Record | None]], place_of: Callable[[Record, Warn], Place | Skip]
    ) -> None:
        """Take in all records: `place_of` makes the place of one, or says why there is none.

        Raises:
            ContentError: the letters of so many are lost that the file is in another encoding.
        """
        for number, record in items:
            self.read += 1
            try:
                if record is None:
                    raise BadRecordError("This is no record of the list.", "Look at the file there.")
                found = place_of(record, self._warn_at(number))
            except BadRecordError as error:
                self.lost_letters += isinstance(error, LostLettersError)
                self._leave_out(number, Skip.BAD, str(error), error.remedy)
                continue
            if isinstance(found, Skip):
                self.skipped[found] += 1
            elif found.id in self.places:
                message = f"“{found.name}” has the id of record {self.numbers[found.id]}: {found.id}."
                self._leave_out(number, Skip.DOUBLE, message, "The first is kept.")
            else:
                self.places[found.id] = found
                self.numbers[found.id] = number
        self._check_letters()

    def drop(self, key: str, message: str, remedy: str) -> None:
        """Leave out a place that was already taken."""
        del self.places[key]
        self._leave_out(self.numbers[key], Skip.BAD, message, remedy)

    def warn(self, key: str, message: str, remedy: str) -> None:
        """Report what a place that was taken has to do without."""
        self._warn_at(self.numbers[key])(message, remedy)

    def require(self, count: int, floor: int, what: str) -> None:
        """Refuse a file that holds far less than it should: it was cut short, or its format has changed.

        Raises:
            ContentError: there are fewer than the floor.
        """
        if count < floor:
            message = f"The file has {count} {what}; a whole one has {floor} at least."
            raise refuse(self.path, message, "Download it again, or say that it is an extract.")

    def date(self, date: dt.date) -> None:
        """Set the day of the whole file.

        Raises:
            ContentError: it is too long ago.
        """
        if self.wanted.is_too_old(date):
            message = f"The file is of {date}: older than {MAX_AGE_MONTHS} months."
            raise refuse(self.path, message, "Download a newer one.")
        self.dated = date.isoformat()

    def report(self) -> FileReport:
        """Return what was found."""
        skipped = tuple(sorted(self.skipped.items()))
        return FileReport(
            self.path, self.form, self.origin, self.dated, self.read, len(self.places), skipped, tuple(self.problems)
        )

    def _warn_at(self, number: int) -> Warn:
        def warn(message: str, remedy: str) -> None:
            self.problems.append(Problem(self.path, number, message, remedy, Severity.WARNING, "place"))

        return warn

    def _leave_out(self, number: int, reason: Skip, message: str, remedy: str) -> None:
        self.skipped[reason] += 1
        self.problems.append(Problem(self.path, number, message, remedy, Severity.WARNING, "place"))

    def _check_letters(self) -> None:
        looked_at = len(self.places) + self.skipped[Skip.BAD] + self.skipped[Skip.DOUBLE]
        if 2 * self.lost_letters > looked_at or (self.lost_letters >= 20 and 20 * self.lost_letters > looked_at):
            message = f"Letters are lost in {self.lost_letters} of {looked_at} records: the file is not UTF-8."
            raise refuse(self.path, message, "Download it again, or save it as UTF-8.")
