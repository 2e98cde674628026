"""Positions that cannot be right: a lost sign puts a town hall a hundred kilometres away.

Outlines of communes are not at hand. But a desk stands near the others of its postcode, or at least in its
département: what is far from where those lie has a wrong position, and is better ranked without one. Smaller errors,
a desk placed in the next village, are not found, and change no more than an order.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from statistics import median

from kiosk.domain.place import Place, Position, distance_km
from kiosk.sources.directory.areas import department_of
from kiosk.sources.directory.fields import shown
from kiosk.sources.directory.intake import Intake

FAR_FROM_POSTCODE_KM = 30.0
FAR_FROM_DEPARTMENT_KM = 150.0
FEWEST = 3
"""Positions that say together where a postcode or a département lies."""


def _middle(points: Sequence[Position]) -> Position:
    return Position(median(point.latitude for point in points), median(point.longitude for point in points))


def drop_strays(intake: Intake) -> None:
    """Leave out the positions of an intake that lie far from all others of their postcode or département."""
    groups: dict[str, list[Position]] = defaultdict(list)
    for place in intake.places.values():
        if place.position:
            for name in _groups(place):
                groups[name].append(place.position)
    middles = {name: _middle(points) for name, points in groups.items() if len(points) >= FEWEST}
    for key, place in list(intake.places.items()):
        if place.position and any(
            distance_km(place.position, middles[name]) > limit
            for name, limit in _groups(place).items()
            if name in middles
        ):
            intake.places[key] = replace(place, position=None)
            message = f"“{shown(place.name)}” lies far from all else of its postcode or département."
            intake.warn(key, message, "Its position is left out; tell those who keep this list.")


def _groups(place: Place) -> dict[str, float]:
    """Return the groups of a place, each with how far from its middle a place of it can be, in kilometres."""
    groups = {f"postcode {place.postcode}": FAR_FROM_POSTCODE_KM} if place.postcode else {}
    if place.insee:
        groups[f"département {department_of(place.insee)}"] = FAR_FROM_DEPARTMENT_KM
    return groups
