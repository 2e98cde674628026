"""Places as a resident sees them: the office for this commune, open or not today."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from babel.dates import format_date
from opening_hours import OpeningHours, ParserError  # type: ignore[attr-defined] # its stubs leave the error out

from kiosk.domain.place import Place, Position, nearest
from kiosk.session.composing import CONTENT_LANGUAGE, Composer
from kiosk.session.views import Box, Line, Tone

LONGEST_CLOSURE = dt.timedelta(days=8)


@dataclass(frozen=True, slots=True)
class Home:
    """Where the kiosk stands."""

    name: str
    insee: str
    position: Position | None
    place: Place | None


class PlaceDesk:
    """Finds the office for a service and says when it is open."""

    def __init__(self, make: Composer, places: Callable[[], tuple[Place, ...]], home: Home, now: dt.datetime) -> None:
        self.make = make
        self._places = places
        self.home = home
        self.now = now

    def find(self, service: str) -> Place | None:
        """Return the place of a service for people of this commune."""
        return nearest(self._places(), service, self.home.insee, self.home.position)

    def find_all(self, services: Iterable[str]) -> tuple[Place, ...]:
        """Return the places of several services, each once."""
        found: dict[str, Place] = {}
        for service in services:
            place = self.find(service)
            if place:
                found[place.id] = place
        return tuple(found.values())

    def box(self, key: str, place: Place) -> Box:
        """Make the card of a place: name, address, phone, open today or not."""
        make = self.make
        lines = [Line(f"{key}.name", place.name, is_strong=True, language=CONTENT_LANGUAGE)]
        town = " ".join(part for part in (place.postcode, place.commune) if part)
        lines += [
            Line(f"{key}.address.{number}", text, language=CONTENT_LANGUAGE)
            for number, text in enumerate((*place.address, town))
            if text
        ]
        if place.phone:
            lines.append(make.line(f"{key}.phone", make.tr("place.phone", phone=place.phone), icon="phone"))
        if place.website and not place.commune:
            address = place.website.removeprefix("https://").removeprefix("www.").rstrip("/")
            lines.append(make.line(f"{key}.site", address, icon="globe"))
        if place.commune:
            lines += self._hours(key, place)
        note = make.to_check([place.evidence])
        if note:
            lines.append(make.line(f"{key}.check", note, icon="circle-info", tone=Tone.INFO))
        return Box(key, "location-dot", tuple(lines), make.tr("place.title"), language=make.language)

    def _hours(self, key: str, place: Place) -> list[Line]:
        make = self.make
        opening = today_opening(place.opening_hours, self.now)
        if opening is None:
            unknown = make.tr("place.hours_unknown")
            return [make.line(f"{key}.hours", unknown, icon="clock", tone=Tone.WARNING)]
        is_open, change = opening
        if is_open:
            words = make.tr("place.open_until", hour=self._hour(change))
            return [make.line(f"{key}.hours", words, icon="clock", tone=Tone.GOOD, is_strong=True)]
        if change.date() == self.now.date():
            words = make.tr("place.opens_today", hour=self._hour(change))
        else:
            day = format_date(change, "EEEE d MMMM", locale=make.language)
            words = make.tr("place.opens_on", day=day, hour=self._hour(change))
        return [make.line(f"{key}.hours", words, icon="clock", tone=Tone.WARNING, is_strong=True)]

    def _hour(self, moment: dt.datetime) -> str:
        if self.make.language == "fr":
            minutes = f"\u00a0{moment.minute:02d}" if moment.minute else ""
            return f"{moment.hour}\u00a0h{minutes}"
        return f"{moment:%H:%M}"


def today_opening(hours: str, now: dt.datetime) -> tuple[bool, dt.datetime] | None:
    """Tell whether a place is open and when that changes; None when it is not known.

    `hours` are in OpenStreetMap syntax; on public holidays (France) a place is taken as closed. `now` is local time.
    """
    if not hours:
        return None
    try:
        parsed = OpeningHours(f"{hours}; PH off", country="FR")
    except ParserError:
        return None
    change = parsed.next_change(now)
    if change is None or change - now > LONGEST_CLOSURE:
        return None
    return parsed.is_open(now), change
