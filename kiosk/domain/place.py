"""Offices and services: what they are, which one is nearest."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from kiosk.domain.procedure import Evidence

EARTH_RADIUS_KM = 6371.0


@dataclass(frozen=True, slots=True)
class Position:
    """A point on the ground, in degrees (WGS 84)."""

    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class Place:
    """An office, or a national service that has only a phone number or a site (then `commune` is empty)."""

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


def distance_km(first: Position, second: Position) -> float:
    """Return the distance as the crow flies, in kilometres (haversine)."""
    lat1, lat2 = math.radians(first.latitude), math.radians(second.latitude)
    half_lat = (lat2 - lat1) / 2
    half_lon = math.radians(second.longitude - first.longitude) / 2
    chord = math.sin(half_lat) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin(half_lon) ** 2
    return 2 * EARTH_RADIUS_KM * math.asin(math.sqrt(min(chord, 1.0)))


def nearest(places: Iterable[Place], service: str, insee: str, origin: Position | None) -> Place | None:
    """Choose the place of a service for people of one commune.

    An office of the commune comes first, then the nearest one, then a national service.
    """

    def rank(place: Place) -> tuple[int, float, str]:
        if not place.commune:
            return (2, 0.0, place.id)
        if place.insee == insee:
            return (0, 0.0, place.id)
        if origin is None or place.position is None:
            return (1, math.inf, place.id)
        return (1, distance_km(origin, place.position), place.id)

    return min((place for place in places if service in place.services), key=rank, default=None)
