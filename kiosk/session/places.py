"""Places as a resident sees them: the office for this commune, open or not today, with what its source remarks.

Nothing about hours is made up: what the timetable does not say is told as unknown, on a public holiday nothing is
called open unless the timetable speaks of holidays, and hours with a remark are "perhaps".
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache

from babel.dates import format_date
from opening_hours import OpeningHours, ParserError, State  # type: ignore[attr-defined] # its stubs leave one out

from kiosk.domain.place import Accessibility, Place, Position, nearest, nearest_places
from kiosk.session.composing import CONTENT_LANGUAGE, Composer
from kiosk.session.views import Box, Line, Tone

COUNTRY = "FR"
LONGEST_CLOSURE = dt.timedelta(days=8)
"""A place that stays closed for longer has special dates: when it opens again is not guessed."""

_REMARK = re.compile(r'"([^"]*)"')
_HOLIDAYS = re.compile(r"\bPH\b")
_ALWAYS = re.compile(r'^\s*24/7\s*(?:"[^"]*")?\s*$')
_SENTENCES = re.compile(r"(?<=[.!?])\s+(?=\S)")
_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Home:
    """Where the kiosk stands."""

    name: str
    insee: str
    position: Position | None
    place: Place | None


@dataclass(frozen=True, slots=True)
class Opening:
    """What a timetable says of one moment.

    `change` is when that ends: the closing time, or when the place opens next; None when it never closes. `remark`
    goes with the open hours, now or next: they may not hold for everybody or every week. On a public holiday that
    the timetable says nothing of, `is_holiday` is set and the place counts as closed.
    """

    is_open: bool
    change: dt.datetime | None
    remark: str = ""
    is_holiday: bool = False


class PlaceDesk:
    """Finds the office for a service and says when it is open."""

    def __init__(
        self,
        make: Composer,
        places: Callable[[], tuple[Place, ...]],
        home: Home,
        now: dt.datetime,
        kind_of: Callable[[str], str | None] = lambda _pivot: None,
    ) -> None:
        self._kind_of = kind_of
        self.make = make
        self._places = places
        self.home = home
        self.now = now

    def find(self, service: str) -> Place | None:
        """Return the place of a service for people of this commune."""
        return nearest(self._places(), service, self.home.insee, self.home.position)

    def find_several(self, service: str, limit: int) -> tuple[Place, ...]:
        """Return the places of a service for people of this commune, the best first."""
        return nearest_places(self._places(), service, self.home.insee, self.home.position, limit)

    def find_by_pivot(self, pivot: str) -> Place | None:
        """Return the place that an official sheet names by its key of the administration directory."""
        kind = self._kind_of(pivot) if pivot else None
        return self.find(kind) if kind else None

    def find_all(self, services: Iterable[str], pivots: Iterable[str] = ()) -> tuple[Place, ...]:
        """Return the places of several services, named in our words or by official keys, each once."""
        places = (*map(self.find, services), *map(self.find_by_pivot, pivots))
        return tuple({place.id: place for place in places if place}.values())

    def box(self, key: str, place: Place) -> Box:
        """Make the card of a place: name, address, phone, open today or not, remarks, of when all this is."""
        make = self.make
        lines = [Line(f"{key}.name", place.name, is_strong=True, language=CONTENT_LANGUAGE)]
        town = " ".join(part for part in (place.postcode, place.commune) if part)
        lines += [
            Line(f"{key}.address.{number}", text, language=CONTENT_LANGUAGE)
            for number, text in enumerate((*place.address, town))
            if text
        ]
        lines += self._access(key, place)
        if place.phone:
            lines.append(make.line(f"{key}.phone", make.tr("place.phone", phone=place.phone), icon="phone"))
        if place.website and not place.commune:
            address = place.website.removeprefix("https://").removeprefix("www.").rstrip("/")
            lines.append(make.line(f"{key}.site", address, icon="globe"))
        if place.commune:
            lines.append(self._hours(f"{key}.hours", place))
        lines += self._remarks(key, place)
        note = make.to_check([place.evidence])
        if note:
            lines.append(make.line(f"{key}.check", note, icon="circle-info", tone=Tone.INFO))
        elif place.commune and place.is_old(self.now.date()):
            date = make.tr("place.dated", date=make.date(place.evidence.dated))
            lines.append(make.line(f"{key}.dated", date, icon="circle-info", tone=Tone.INFO))
        return Box(key, "location-dot", tuple(lines), make.tr("place.title"), language=make.language)

    def _access(self, key: str, place: Place) -> list[Line]:
        """Say that one can get in, when that is known; that one cannot is never known."""
        match place.accessibility:
            case Accessibility.FULL:
                words = self.make.tr("place.accessible")
            case Accessibility.ON_REQUEST:
                words = self.make.tr("place.accessible_on_request")
            case _:
                return []
        return [self.make.line(f"{key}.access", words, icon="wheelchair")]

    def _hours(self, key: str, place: Place) -> Line:
        make = self.make
        opening = today_opening(place.opening_hours, self.now)
        if opening is None:
            words = make.tr("place.hours_unknown") if place.phone else make.tr("place.hours_unknown_short")
            return make.line(key, words, icon="clock", tone=Tone.WARNING)
        if opening.is_open:
            tone = Tone.WARNING if opening.remark else Tone.GOOD
            return make.line(key, self._open_words(opening), icon="clock", tone=tone, is_strong=True)
        return make.line(key, self._closed_words(opening), icon="clock", tone=Tone.WARNING, is_strong=True)

    def _open_words(self, opening: Opening) -> str:
        make = self.make
        end = opening.change
        if end is None:
            return make.tr("place.maybe_open") if opening.remark else make.tr("place.open_always")
        is_midnight = (end.hour, end.minute) == (0, 0)
        last_day = (end - _DAY if is_midnight else end).date()
        hour = make.tr("place.midnight") if is_midnight else self._hour(end)
        if opening.remark:
            return make.tr("place.maybe_open_until", hour=hour)
        if last_day == self.now.date():
            return make.tr("place.open_until", hour=hour)
        return make.tr("place.open_until_day", day=self._day(last_day), hour=hour)

    def _closed_words(self, opening: Opening) -> str:
        make = self.make
        start = opening.change
        assert start is not None
        hour, day = self._hour(start), self._day(start.date())
        if opening.is_holiday:
            return make.tr("place.holiday_opens_on", day=day, hour=hour)
        if start.date() == self.now.date():
            if opening.remark:
                return make.tr("place.maybe_opens_today", hour=hour)
            return make.tr("place.opens_today", hour=hour)
        if opening.remark:
            return make.tr("place.maybe_opens_on", day=day, hour=hour)
        return make.tr("place.opens_on", day=day, hour=hour)

    def _remarks(self, key: str, place: Place) -> list[Line]:
        """Show what the source remarks, a sentence a line, in its own words and language."""
        said = [*hours_remarks(place.opening_hours, self.now.date()), *place.notes]
        sentences = (sentence for text in said for sentence in _SENTENCES.split(text) if sentence)
        return [
            Line(f"{key}.note.{number}", sentence, "circle-info", Tone.INFO, language=CONTENT_LANGUAGE)
            for number, sentence in enumerate(dict.fromkeys(sentences))
        ]

    def _day(self, day: dt.date) -> str:
        return format_date(day, "EEEE d MMMM", locale=self.make.language)

    def _hour(self, moment: dt.datetime) -> str:
        return _french_hour(moment) if self.make.language == "fr" else f"{moment:%H:%M}"


def _french_hour(moment: dt.datetime) -> str:
    minutes = f"\u00a0{moment.minute:02d}" if moment.minute else ""
    return f"{moment.hour}\u00a0h{minutes}"


@lru_cache(maxsize=512)
def _parsed(hours: str) -> OpeningHours | None:
    """Parse opening hours with the public holidays of France; None for what is none."""
    try:
        return OpeningHours(hours, country=COUNTRY) if hours else None
    except ParserError:
        return None


def _is_holiday(day: dt.date) -> bool:
    holidays = _parsed("PH")
    assert holidays is not None
    return holidays.is_open(dt.datetime.combine(day, dt.time(12)))


def today_opening(hours: str, now: dt.datetime) -> Opening | None:
    """Tell whether a place is open and when that changes; None when it is not known.

    A public holiday (of France, without those of Alsace-Moselle and overseas) counts as closed, unless the hours speak
    of holidays (`PH`) or are `24/7`, which means every day there is.

    Args:
        hours: opening hours in OpenStreetMap syntax.
        now: local time.
    """
    speaks_of_holidays = bool(_HOLIDAYS.search(_REMARK.sub("", hours)) or _ALWAYS.match(hours))
    parsed = _parsed(hours if speaks_of_holidays else f"{hours}; PH off") if _parsed(hours) else None
    if parsed is None:
        return None
    horizon = now + LONGEST_CLOSURE
    spans = list(parsed.intervals(now, horizon))
    _, end, state, remark = spans[0]
    if state == State.UNKNOWN:
        return None
    if state == State.OPEN:
        for start, later_end, later_state, later_remark in spans[1:]:
            if (start, later_state, later_remark) != (end, state, remark):
                break
            end = later_end
        return Opening(True, None if end >= horizon else end, remark)
    following = next((span for span in spans if span[2] == State.OPEN), None)
    if following is None:
        return None
    is_holiday = not speaks_of_holidays and _is_holiday(now.date())
    return Opening(False, following[0], following[3], is_holiday)


def hours_remarks(hours: str, day: dt.date) -> tuple[str, ...]:
    """Return the remarks inside opening hours, in French, each with the days and hours it is about.

    A remark on all open hours stands alone. The week is that of `day`, without its public holidays; what is about
    other weeks is returned without days.
    """
    remarks = dict.fromkeys(remark for remark in _REMARK.findall(hours) if remark)
    if not remarks or _parsed(hours) is None:
        return ()
    week = OpeningHours(hours)
    monday = dt.datetime.combine(day - dt.timedelta(days=day.weekday()), dt.time())
    days = [
        [span for span in week.intervals(start, start + _DAY) if span[2] != State.CLOSED]
        for start in (monday + number * _DAY for number in range(7))
    ]
    everything = {span[3] for spans in days for span in spans}
    said = []
    for remark in remarks:
        when = [words for spans in days if (words := _when(spans, remark))]
        quoted = f"«\u00a0{remark}\u00a0»"
        if not when or everything == {remark}:
            said.append(quoted)
        else:
            text = ", ".join(when)
            said.append(f"{text[0].upper()}{text[1:]}\u00a0: {quoted}")
    return tuple(said)


def _when(spans: list[tuple[dt.datetime, dt.datetime, State, str]], remark: str) -> str:
    """Say in French when on one day a remark holds: the day alone when it holds for all of that day."""
    about = [span for span in spans if span[3] == remark]
    if not about:
        return ""
    name = format_date(about[0][0], "EEEE", locale=CONTENT_LANGUAGE)
    if len(about) == len(spans):
        return name
    slots = " et ".join(f"{_french_hour(start)} à {_french_hour(end)}" for start, end, _, _ in about)
    return f"{name} de {slots}"
