"""Structures of data·inclusion (schema v1, CSV or JSON) to places.

Only structures of a network that people are sent to are kept; the services they offer are another list, which is
not read. Older versions have no `reseaux_porteurs` and are not recognised.
"""

from __future__ import annotations

import re

from kiosk.domain.place import Place
from kiosk.sources.authored.typography import typeset
from kiosk.sources.directory.entry import MAX_HOURS, Entry, hours_or_note, place_key
from kiosk.sources.directory.fields import commune_and_postcode, website
from kiosk.sources.directory.intake import Intake, Skip
from kiosk.sources.directory.positions import drop_strays
from kiosk.sources.directory.records import Numbered

ROOTS = ("structures",)
COLUMNS = frozenset({"source", "id", "nom", "date_maj", "reseaux_porteurs"})


def read_structures(intake: Intake, items: Numbered) -> None:
    """Take in structures.

    Raises:
        ContentError: the letters of the file are lost.
    """
    intake.take(items, lambda record, warn: _structure(intake, Entry(record, intake.wanted.today, warn)))
    drop_strays(intake)


def _structure(intake: Intake, entry: Entry) -> Place | Skip:
    insee = entry.insee("code_insee")
    if not entry.is_in(intake.wanted.areas, insee):
        return Skip.ELSEWHERE
    # A set in CSV is written in several ways: `['caf']`, `{caf,cpam}`.
    networks = (one for text in entry.several("reseaux_porteurs") for one in re.split(r"[\s,\[\]{}\"']+", text))
    services = tuple(dict.fromkeys(kind for one in networks if (kind := intake.wanted.kinds.kind_of_network(one))))
    if not services:
        return Skip.NO_SERVICE
    name = entry.require("nom", "id", "commune")
    evidence = entry.evidence(f"data·inclusion, {entry.text('source') or intake.origin}")
    if intake.wanted.is_too_old(evidence.dated.earliest()):
        return Skip.TOO_OLD
    commune, postcode = commune_and_postcode(entry.text("commune"), entry.text("code_postal"))
    hours, raw_hours = hours_or_note(entry.text("horaires_accueil", MAX_HOURS))
    return Place(
        id=place_key("di", entry.text("id")),
        name=typeset(name),
        services=services,
        evidence=evidence,
        commune=typeset(commune),
        insee=insee,
        address=entry.address(),
        postcode=postcode,
        phone=entry.phone("telephone"),
        website=website(entry.text("site_web")),
        opening_hours=hours,
        position=entry.position(insee or postcode),
        notes=raw_hours,
    )
