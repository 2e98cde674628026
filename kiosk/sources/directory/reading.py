"""Files of places of any known format, recognised by what they hold."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from kiosk.domain.place import Place
from kiosk.sources.directory import dila, inclusion, mediation
from kiosk.sources.directory.areas import Areas
from kiosk.sources.directory.intake import FileReport, Intake, Report, Wanted
from kiosk.sources.directory.kinds import ServiceKinds
from kiosk.sources.directory.merging import merge_places
from kiosk.sources.directory.records import Numbered, Records, read_records
from kiosk.sources.directory.streams import open_source, refuse


@dataclass(frozen=True, slots=True)
class _Form:
    """A format: what its records must have, and how they are taken in."""

    name: str
    columns: frozenset[str]
    read: Callable[[Intake, Numbered, int | None], None]


def _without_floor(read: Callable[[Intake, Numbered], None]) -> Callable[[Intake, Numbered, int | None], None]:
    """Read a list that towns and networks share in parts: how long a whole one is cannot be said."""

    def read_from(intake: Intake, items: Numbered, floor: int | None) -> None:
        read(intake, items)
        intake.require(intake.read, floor or 0, "places")

    return read_from


_FORMS = (
    _Form("official directory", dila.COLUMNS, dila.read_official_directory),
    _Form("France services", mediation.FRANCE_SERVICES_COLUMNS, mediation.read_france_services),
    _Form("digital mediation", mediation.MEDIATION_COLUMNS, _without_floor(mediation.read_mediation)),
    _Form("data·inclusion", inclusion.COLUMNS, _without_floor(inclusion.read_structures)),
)
_ROOTS = (*dila.ROOTS, *inclusion.ROOTS)


def read_places_files(
    paths: Sequence[Path], areas: Areas, *, kinds: ServiceKinds, today: dt.date, floor: int | None = None
) -> tuple[tuple[Place, ...], Report]:
    """Read files of places and put together what they say of the same office.

    Args:
        paths: files as they were downloaded, of the official directory, digital mediation, France services or
            data·inclusion.
        areas: which communes and départements are kept, with the offices elsewhere that serve them.
        kinds: which office is for which service.
        today: nothing is dated after it.
        floor: how many records each file must have at least (town halls in the official directory); None for those
            of a whole national file, 0 for an extract.

    Returns:
        The places in the order of their ids, and one line for each record that could not be used.

    Raises:
        ContentError: a file cannot be used as a whole.
    """
    wanted = Wanted(areas, kinds, today)
    places: tuple[Place, ...] = ()
    reports: list[FileReport] = []
    for path in paths:
        found, report = _read_file(path, wanted, floor)
        places = merge_places(places, found)
        reports.append(report)
    return tuple(sorted(places, key=lambda place: place.id)), Report(tuple(reports))


def _read_file(path: Path, wanted: Wanted, floor: int | None) -> tuple[list[Place], FileReport]:
    with open_source(path) as source:
        records = read_records(source, _ROOTS)
        form = _form_of(records, source.path)
        intake = Intake(source.path, form.name, source.origin, wanted)
        form.read(intake, records.items, floor)
        return list(intake.places.values()), intake.report()


def _form_of(records: Records, path: str) -> _Form:
    found = next((form for form in _FORMS if form.columns <= records.columns), None)
    if found:
        return found
    nearest = max(_FORMS, key=lambda form: len(form.columns & records.columns) / len(form.columns))
    missing = ", ".join(sorted(nearest.columns - records.columns))
    message = "The file is of no known format of places."
    raise refuse(path, message, f"For “{nearest.name}” it lacks: {missing}.")
