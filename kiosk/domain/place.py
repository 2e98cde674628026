"""Offices and services: what they are, which ones are right for people of a commune."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from kiosk.domain.dating import months_between
from kiosk.domain.procedure import Evidence

EARTH_RADIUS_KM = 6371.0

OLD_AFTER_MONTHS = 6
"""An office says of when its data are after this: in the five months to September 2026, one town hall timetable in
seventeen changed in the official directory."""


@dataclass(frozen=True, slots=True)
class Position:
    """A point on the ground, in degrees (WGS 84)."""

    latitude: float
    longitude: float


class Accessibility(StrEnum):
    """Whether somebody with a disability can get in. There is no "no": sources that say so are not to be trusted."""

    UNKNOWN = "unknown"
    FULL = "full"
    ON_REQUEST = "on_request"


@dataclass(frozen=True, slots=True)
class Place:
    """An office, or a national service that has only a phone number or a site (then `commune` is empty).

    `insee` is the commune where the desk stands, `communes` the INSEE codes of those it serves, empty when its
    source does not tell. `opening_hours` are in OpenStreetMap syntax. `notes` are remarks of the source, word for
    word, such as a closure or who is received. An annex is a desk beside a main one: a delegated town hall.
    """

    id: str
    name: str
    services: tuple[str, ...]
    evidence: Evidence
    commune: str = ""
    insee: str = ""
    address: tuple[str, ...] = ()
    postcode: str = ""
    phone: str = ""
    website: str = ""
    opening_hours: str = ""
    position: Position | None = None
    communes: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    is_annex: bool = False
    accessibility: Accessibility = Accessibility.UNKNOWN

    def serves(self, insee: str) -> bool:
        """Tell whether people of a commune belong here: it is in the list, or the desk stands in it."""
        return insee in self.communes if self.communes else bool(insee) and self.insee == insee

    def is_old(self, today: dt.date) -> bool:
        """Tell whether the data are to be shown with their date."""
        return months_between(self.evidence.dated.earliest(), today) >= OLD_AFTER_MONTHS


def distance_km(first: Position, second: Position) -> float:
    """Return the distance as the crow flies, in kilometres (haversine)."""
    lat1, lat2 = math.radians(first.latitude), math.radians(second.latitude)
    half_lat = (lat2 - lat1) / 2
    half_lon = math.radians(second.longitude - first.longitude) / 2
    chord = math.sin(half_lat) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin(half_lon) ** 2
    return 2 * EARTH_RADIUS_KM * math.asin(math.sqrt(min(chord, 1.0)))


def nearest_places(
    places: Iterable[Place], service: str, insee: str, origin: Position | None, limit: int
) -> tuple[Place, ...]:
    """Choose the places of a service for people of one commune, the best first.

    In this order: desks in the commune that serve it, the main one before its annexes; desks elsewhere that serve
    it; desks in the commune that serve others; the nearest desks; those that say they serve other communes;
    national services. The order never depends on that of `places`.

    Args:
        places: all that are known.
        service: what one goes there for.
        insee: the commune of the people.
        origin: where they are, None when that is not known.
        limit: how many to return at most.
    """

    def rank(place: Place) -> tuple[int, bool, float, bool, str]:
        if not place.commune:
            return (5, False, 0.0, False, place.id)
        is_here = bool(insee) and place.insee == insee
        if place.serves(insee):
            tier = 0 if is_here else 1
        elif is_here:
            tier = 2
        else:
            tier = 4 if place.communes else 3
        # In its own commune the main desk is the one people mean; elsewhere the way there counts.
        distance = math.inf if origin is None or place.position is None else distance_km(origin, place.position)
        return (tier, is_here and place.is_annex, distance, place.is_annex, place.id)

    return tuple(sorted((place for place in places if service in place.services), key=rank)[: max(limit, 0)])


def nearest(places: Iterable[Place], service: str, insee: str, origin: Position | None) -> Place | None:
    """Choose the place of a service for people of one commune: the first of `nearest_places`."""
    found = nearest_places(places, service, insee, origin, 1)
    return found[0] if found else None
