"""One office that several lists know becomes one place: people must not have to choose between two of the same."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from itertools import count

from kiosk.domain.place import Accessibility, Place, distance_km
from kiosk.domain.procedure import Confidence

NEAR_KM = 0.2
_TOWN_HALL = "mairie"
_SMALL_WORDS = frozenset(["a", "d", "de", "des", "du", "en", "et", "l", "la", "le", "les"])


def merge_places(first: Iterable[Place], second: Iterable[Place]) -> tuple[Place, ...]:
    """Put two lists of places together; every office that both know is there once.

    It keeps the id and the name that the first list gives it and the services of both. All else is taken whole from
    the record that is surer, or else newer: an address of one year beside hours of another would be true of neither.

    Args:
        first: the list whose ids stay: what the authors wrote, before what was imported.
        second: the other one.
    """
    merged = list(first)
    by_commune: dict[str, list[int]] = defaultdict(list)
    for number, place in enumerate(merged):
        if place.insee:
            by_commune[place.insee].append(number)
    taken: set[int] = set()
    ids = {place.id for place in merged}
    for place in second:
        same = next(
            (number for number in by_commune[place.insee] if number not in taken and is_same(merged[number], place)),
            None,
        )
        if same is None:
            merged.append(_with_own_id(place, ids))
        else:
            taken.add(same)
            merged[same] = _joined(merged[same], place)
    return tuple(merged)


def is_same(one: Place, other: Place) -> bool:
    """Tell whether two records are about the same desk."""
    shared = set(one.services) & set(other.services)
    if not shared or not one.insee or one.insee != other.insee or one.is_annex != other.is_annex:
        return False
    if _TOWN_HALL in shared and not one.is_annex:
        # A commune has one main town hall, whatever it is called.
        return True
    if _folded(one.name) == _folded(other.name):
        return True
    # Several desks share the phone of a switchboard, and several associations a house: it takes both.
    is_near = bool(one.position and other.position and distance_km(one.position, other.position) <= NEAR_KM)
    has_same_address = bool(one.address) and _folded(" ".join(one.address)) == _folded(" ".join(other.address))
    return (is_near or has_same_address) and bool(one.phone) and one.phone == other.phone


def _with_own_id(place: Place, ids: set[str]) -> Place:
    """Give a place another id when another list uses its own for something else."""
    key = next(key for number in count(1) if (key := place.id if number == 1 else f"{place.id}-{number}") not in ids)
    ids.add(key)
    return place if key == place.id else replace(place, id=key)


def _folded(text: str) -> str:
    """Return the words of a name or an address without what lists write in several ways: « Mairie - La Bohalle »."""
    plain = unicodedata.normalize("NFD", text).encode("ascii", "ignore").decode().lower()
    return " ".join(sorted(word for word in re.findall(r"[a-z0-9]+", plain) if word not in _SMALL_WORDS))


def _joined(first: Place, second: Place) -> Place:
    surer = max(
        first, second, key=lambda place: (place.evidence.confidence is Confidence.HIGH, place.evidence.dated.earliest())
    )
    other = second if surer is first else first
    services = tuple(dict.fromkeys((*first.services, *second.services)))
    evidence = surer.evidence
    if set(services) != set(surer.services):
        # A service that only the other source tells of keeps its source.
        evidence = replace(evidence, source=f"{evidence.source} ; {other.evidence.source}")
    is_known = surer.accessibility is not Accessibility.UNKNOWN
    return replace(
        surer,
        id=first.id,
        name=first.name,
        services=services,
        evidence=evidence,
        accessibility=surer.accessibility if is_known else other.accessibility,
    )
