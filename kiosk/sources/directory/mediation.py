"""Places of digital mediation, and the France services, to places.

Two lists: the national standard « lieux de médiation numérique » (LaMednum, v1.0.2, CSV or JSON; values joined by
`|`, before v1.0 by `;`), which towns and networks fill in themselves, and the list of France services that the ANCT
publishes as CSV. Fields and vocabularies are described in docs/places.md.
"""

from __future__ import annotations

from kiosk.domain.dating import PartialDate, months_between
from kiosk.domain.place import Place
from kiosk.domain.procedure import STALE_AFTER_MONTHS, Confidence, Evidence
from kiosk.sources.authored.typography import typeset
from kiosk.sources.directory.entry import MAX_HOURS, Entry, hours_or_note, place_key
from kiosk.sources.directory.fields import MAX_NOTE, commune_and_postcode, day_of_file, shown, website
from kiosk.sources.directory.hours import HoursError, weekly_timetable
from kiosk.sources.directory.intake import Intake, Skip
from kiosk.sources.directory.positions import drop_strays
from kiosk.sources.directory.records import Numbered
from kiosk.sources.directory.streams import refuse

MEDIATION_COLUMNS = frozenset({"id", "pivot", "nom", "commune", "code_postal", "adresse", "date_maj"})
FRANCE_SERVICES_COLUMNS = frozenset({"id_fs", "lib_fs", "adresse", "insee_com", "code_postal", "lib_com", "h_lundi"})
"""The columns that a file must have: how it is recognised, and an alarm when a format changes."""

FRANCE_SERVICES = 2_000
"""A whole list has some 2,850 France services."""

_DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
_NOT_PUBLIC = "ce lieu n'accueille pas de public"


def read_mediation(intake: Intake, items: Numbered) -> None:
    """Take in places of digital mediation.

    Raises:
        ContentError: the letters of the file are lost.
    """
    intake.take(items, lambda record, warn: _mediation_place(intake, Entry(record, intake.wanted.today, warn)))
    drop_strays(intake)


def _mediation_place(intake: Intake, entry: Entry) -> Place | Skip:
    insee = entry.insee("code_insee")
    if not entry.is_in(intake.wanted.areas, insee):
        return Skip.ELSEWHERE
    if _NOT_PUBLIC in (way.replace("’", "'").lower() for way in entry.several("modalites_acces")):
        return Skip.NOT_PUBLIC
    name = entry.require("nom", "id", "commune")
    producer = entry.text("source")
    evidence = entry.evidence(f"Lieux de médiation numérique, {producer or intake.origin}")
    if intake.wanted.is_too_old(evidence.dated.earliest()):
        return Skip.TOO_OLD
    commune, postcode = commune_and_postcode(entry.text("commune"), entry.text("code_postal"))
    hours, raw_hours = hours_or_note(entry.text("horaires", MAX_HOURS))
    kinds = [intake.wanted.kinds.kind_of_typology(code) for code in entry.several("typologie")]
    programmes = entry.several("dispositif_programmes_nationaux") + entry.several("labels_nationaux")
    if any(programme.lower() == "france services" for programme in programmes):
        kinds.append("france-services")
    is_moving = entry.several("itinerance") == ["Itinérant"]
    offers = (", ".join(entry.several("services")), ", ".join(entry.several("frais_a_charge")))
    return Place(
        id=place_key("lmn", producer, entry.text("id")),
        name=typeset(name),
        services=tuple(dict.fromkeys(["mediation", *(kind for kind in kinds if kind)])),
        evidence=evidence,
        commune=typeset(commune),
        insee=insee,
        address=entry.address(),
        postcode=postcode,
        phone=entry.phone("telephone"),
        website=next((site for one in entry.several("site_web") if (site := website(one))), ""),
        opening_hours=hours,
        position=entry.position(insee or postcode),
        notes=tuple(note for note in (*raw_hours, *offers, "Itinérant" if is_moving else "") if note),
    )


def read_france_services(intake: Intake, items: Numbered, floor: int | None = None) -> None:
    """Take in the list of France services. Its records have no date: the name of the file must have one.

    Args:
        intake: where places and problems go.
        items: the records.
        floor: how many the file must have at least; None for those of a whole list.

    Raises:
        ContentError: it has fewer, its name has no day, it is too old, or its letters are lost.
    """
    date = day_of_file(intake.origin, intake.wanted.today)
    if date is None:
        message = "Nothing says of which day this list is."
        raise refuse(intake.path, message, "Put it into the name of the file: liste-fs-20261031.csv.")
    intake.date(date)
    # The State keeps this list; a copy that is older than a year has desks that moved.
    is_fresh = months_between(date, intake.wanted.today) < STALE_AFTER_MONTHS
    evidence = Evidence(
        f"Liste des France services, ANCT, {intake.origin}",
        PartialDate(date.year, date.month, date.day),
        Confidence.HIGH if is_fresh else Confidence.MEDIUM,
    )
    intake.take(
        items, lambda record, warn: _france_services(intake, Entry(record, intake.wanted.today, warn), evidence)
    )
    intake.require(intake.read, FRANCE_SERVICES if floor is None else floor, "France services")
    drop_strays(intake)


def _france_services(intake: Intake, entry: Entry, evidence: Evidence) -> Place | Skip:
    insee = entry.insee("insee_com")
    if not entry.is_in(intake.wanted.areas, insee):
        return Skip.ELSEWHERE
    name = entry.require("lib_fs", "id_fs", "lib_com")
    commune, postcode = commune_and_postcode(entry.text("lib_com"), entry.text("code_postal"))
    hours, raw_hours = _week(entry, name)
    said = entry.text("commentaire", MAX_NOTE)
    form = entry.text("format_fs").replace("_", " ")
    # A remark is about the weeks after the list was made: closures of that summer.
    dated = f"{said} ({evidence.dated.earliest():%d/%m/%Y})" if said else ""
    return Place(
        id=place_key("fs", entry.text("id_fs")),
        name=typeset(name),
        services=("france-services",),
        evidence=evidence,
        commune=typeset(commune),
        insee=insee,
        address=entry.address(),
        postcode=postcode,
        phone=entry.phone("telephone"),
        opening_hours=hours,
        position=entry.position(insee or postcode),
        notes=tuple(note for note in (*raw_hours, dated, "" if "fixe" in form.lower() else form) if note),
        is_annex=entry.text("type_fs").lower() == "antenne",
    )


def _week(entry: Entry, name: str) -> tuple[str, list[str]]:
    """Return the opening hours; when a day of them cannot be read, all of them as they were written."""
    days = [entry.text(f"h_{day}") for day in _DAYS]
    try:
        return weekly_timetable(days).osm(), []
    except HoursError as error:
        entry.warn(f"“{shown(name)}” has hours that cannot be read: {error}.", "They are shown as they were written.")
        return "", [f"{day.capitalize()} : {text}" for day, text in zip(_DAYS, days, strict=True) if text]
