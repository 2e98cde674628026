"""The official directory of the administration (DILA, « Annuaire de l’administration ») to places.

Two shapes of the same records: the daily archive, with real lists, and the export of the API, where every list is
JSON text inside a string. Only the fields named here are ever read: the persons in charge (`affectation_personne`)
and their mailboxes are personal data, and stay in the file. Fields and traps are described in docs/places.md.

A record does not say when it was last found right: a place is dated by the day of the archive, or of the newest
record where the file has no day in its name.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from kiosk.domain.dating import PartialDate
from kiosk.domain.place import Accessibility, Place
from kiosk.domain.procedure import Confidence, Evidence
from kiosk.sources.authored.typography import typeset
from kiosk.sources.directory.areas import INSEE
from kiosk.sources.directory.entry import place_key
from kiosk.sources.directory.fields import (
    MAX_NOTE,
    BadRecordError,
    clean,
    commune_and_postcode,
    day,
    day_of_file,
    nested,
    phone,
    position,
    shown,
    website,
)
from kiosk.sources.directory.hours import HoursError, official_timetable
from kiosk.sources.directory.intake import Intake, Skip, Warn
from kiosk.sources.directory.positions import drop_strays
from kiosk.sources.directory.records import Numbered, Record
from kiosk.sources.directory.streams import refuse

SOURCE = "Service-Public.gouv.fr / DILA"
ROOTS = ("service", "results")
COLUMNS = frozenset({"pivot", "plage_ouverture", "adresse", "code_insee_commune"})
"""What only this directory has: how its files are recognised."""

TOWN_HALLS = 30_000
"""A whole file has some 35,800 town halls; with fewer than this it was cut short or its format has changed."""

_TOWN_HALL = "mairie"
_ANNEX = re.compile(r"d[ée]l[ée]gu|annexe|mairie de quartier|mairie de proximit|relais[- ]mairie", re.IGNORECASE)
_ACCESSIBILITY = {"ACC": Accessibility.FULL, "DEM": Accessibility.ON_REQUEST}
"""`NAC` is not here: one year all 35,600 town halls had it. It is taken as unknown."""

_UNDATED = PartialDate(1970)


@dataclass(slots=True)
class _Directory:
    """The directory being read."""

    intake: Intake
    town_halls: int = 0
    newest: dt.date | None = None
    commune_names: dict[str, str] = field(default_factory=dict)

    def place_of(self, record: Record, warn: Warn) -> Place | Skip:
        """Make the place of one record."""
        pivots = list(_pivots(record))
        self._note_day(record)
        is_town_hall = any(code == _TOWN_HALL for code, _ in pivots)
        self.town_halls += is_town_hall
        insee = _code(record.get("code_insee_commune"))
        served = sorted({code for _, codes in pivots for code in codes})
        areas = self.intake.wanted.areas
        if not (areas.has(insee) if insee else areas.is_everywhere) and not any(areas.has(code) for code in served):
            return Skip.ELSEWHERE
        # A code alone is a national service, which the terminal writes itself.
        services = tuple(dict.fromkeys(kind for code, _ in pivots if (kind := self.intake.wanted.kinds.kind_of(code))))
        if not services or not (insee or served):
            return Skip.NO_SERVICE
        if str(record.get("statut_de_diffusion", "")).strip().lower() in ("non publiable", "false"):
            return Skip.NOT_PUBLIC
        key, name = clean(record.get("id"), "id", 100), clean(record.get("nom"), "name")
        if not key or not name:
            raise BadRecordError(f"A record without {'a name' if key else 'an id'}.")
        if not insee and len(served) == 1:
            insee = served[0]
        place = Place(
            id=place_key("dila", key),
            name=typeset(name),
            services=services,
            evidence=Evidence(SOURCE, _UNDATED, Confidence.HIGH),
            insee=insee,
            # A desk that serves only the commune where it stands says nothing new with it.
            communes=() if served == [insee] else tuple(code for code in served if areas.has(code)) or tuple(served),
            is_annex=bool(_ANNEX.search(name)),
            phone=_phone(record, name, warn),
            website=_website(record),
        )
        place = _with_address(place, record, warn)
        if is_town_hall and not place.is_annex and place.commune:
            self.commune_names.setdefault(insee, place.commune)
        return _with_hours(place, record, warn)

    def _note_day(self, record: Record) -> None:
        found = day(record.get("date_modification_datetime")) or day(record.get("date_modification"))
        if found and found <= self.intake.wanted.today and (self.newest is None or found > self.newest):
            self.newest = found

    def finish(self) -> None:
        """Give every place its date and the name of its commune; leave out positions that cannot be right."""
        intake = self.intake
        dated = day_of_file(intake.origin, intake.wanted.today) or self.newest
        if dated is None:
            raise refuse(
                intake.path,
                "Nothing in the file says of which day it is.",
                "Keep the name of the download: it has the day in it.",
            )
        intake.date(dated)
        evidence = Evidence(
            f"{SOURCE}, {intake.origin}", PartialDate(dated.year, dated.month, dated.day), Confidence.HIGH
        )
        for key, place in list(intake.places.items()):
            commune = self.commune_names.get(place.insee, place.commune)
            if commune:
                intake.places[key] = replace(place, evidence=evidence, commune=commune)
            else:
                message = f"“{shown(place.name)}” has no address and no commune."
                intake.drop(key, message, "Tell those who keep this list.")
        drop_strays(intake)


def read_official_directory(intake: Intake, items: Numbered, floor: int | None = None) -> None:
    """Take in the official directory.

    Args:
        intake: where places and problems go.
        items: the records of a file, of either shape.
        floor: how many town halls the file must have at least; None for those of a whole file.

    Raises:
        ContentError: it has fewer, has no day, or its letters are lost.
    """
    directory = _Directory(intake)
    intake.take(items, directory.place_of)
    intake.require(directory.town_halls, TOWN_HALLS if floor is None else floor, "town halls")
    directory.finish()


def _code(value: object) -> str:
    """Return an INSEE code, empty for anything else."""
    text = str(value).strip().upper()[:6] if isinstance(value, str | int) else ""
    return text if INSEE.match(text) else ""


def _pivots(record: Record) -> Iterator[tuple[str, list[str]]]:
    """Yield the codes of what an office is, with the communes it serves."""
    for pivot in nested(record.get("pivot"), "type_service_local"):
        if isinstance(pivot, Mapping):
            code, served = pivot.get("type_service_local"), pivot.get("code_insee_commune")
            codes = served if isinstance(served, list) else [served]
            if isinstance(code, str) and 0 < len(code) < 100:
                yield code.strip().lower(), [found for one in codes if (found := _code(one))]


def _values(record: Record, name: str, key: str = "valeur") -> Iterator[str]:
    for item in nested(record.get(name), key):
        if isinstance(item, Mapping) and (value := clean(item.get(key), name)):
            yield value


def _phone(record: Record, name: str, warn: Warn) -> str:
    values = list(_values(record, "telephone"))
    found = next((number for value in values if (number := phone(value))), "")
    if values and not found:
        warn(f"“{shown(name)}” has a phone that is no number: “{shown(values[0])}”.", "It is shown without a phone.")
    return found


def _website(record: Record) -> str:
    return next((address for value in _values(record, "site_internet") if (address := website(value))), "")


def _with_address(place: Place, record: Record, warn: Warn) -> Place:
    """Add where the place is. A postal address is no place to go to: of it only the commune is taken."""
    entries = [entry for entry in nested(record.get("adresse")) if isinstance(entry, Mapping)]
    here = next((entry for entry in entries if "postale" not in str(entry.get("type_adresse", ""))[:40].lower()), None)
    entry = here if here is not None else next(iter(entries), {})
    commune, postcode = commune_and_postcode(
        clean(entry.get("nom_commune"), "commune"), clean(entry.get("code_postal"), "postcode")
    )
    if not commune and _TOWN_HALL in place.services:
        commune = place.name.partition(" - ")[2]
    place = replace(place, commune=typeset(commune))
    if here is None:
        return place
    lines = (clean(here.get(name), "address") for name in ("complement1", "complement2", "numero_voie"))
    north, east = here.get("latitude"), here.get("longitude")
    point = position(north, east, place.insee)
    if point is None and any(str(value or "").strip() for value in (north, east)):
        warn(f"“{shown(place.name)}” cannot lie at {shown(north)}, {shown(east)}.", "It is ranked without a position.")
    notes = (clean(here.get("note_accessibilite"), "note on access", MAX_NOTE),)
    return replace(
        place,
        address=tuple(typeset(line) for line in lines if line),
        postcode=postcode,
        position=point,
        accessibility=_ACCESSIBILITY.get(str(here.get("accessibilite", "")).strip().upper()[:4], Accessibility.UNKNOWN),
        notes=tuple(note for note in notes if note),
    )


def _with_hours(place: Place, record: Record, warn: Warn) -> Place:
    """Add the timetable, whole or not at all, and what is said beside it."""
    said = clean(record.get("commentaire_plage_ouverture"), "remark on the hours", MAX_NOTE)
    notes = [said] if said else []
    hours = ""
    try:
        timetable = official_timetable(nested(record.get("plage_ouverture")))
        hours = timetable.osm()
        notes += timetable.notes()
    except HoursError as error:
        warn(f"“{shown(place.name)}” has hours that cannot be read: {error}.", "Its hours are shown as unknown.")
    return replace(place, opening_hours=hours, notes=tuple(dict.fromkeys((*notes, *place.notes))))
