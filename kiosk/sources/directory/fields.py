"""Single values of a foreign record, made fit to show: texts, phones, addresses of sites, positions, dates.

Nothing is guessed: a value that is not understood is left out, and the caller says so in its report.
"""

from __future__ import annotations

import datetime as dt
import json
import math
import re
import unicodedata

from kiosk.domain.place import Position
from kiosk.sources.directory.areas import department_of

MAX_TEXT = 300
"""Characters of a name, a line of an address, an id."""

MAX_NOTE = 600
"""Characters of a remark."""

_NOT_SHOWN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_LOST = re.compile(r"[\ufffd\ud800-\udfff]|Ã[^A-Za-z\s]|â€")
"""What is left of letters read in a wrong encoding: the sign for it, half a pair, or UTF-8 read as Latin-1."""

_NUMBER = re.compile(r"\+?[0-9](?:[0-9 \u00a0\u202f.()-]{0,24}[0-9])?")
_SHORT = re.compile(r"^(?:1[578]|1[0-9][0-9]|3[0-9]{3}|10[0-9][0-9]|11[68][0-9]{3})$")
_SITE = re.compile(r"^https?://[^\s\"<>]+\.[^\s\"<>]+$", re.IGNORECASE)
_CEDEX = re.compile(r"\s+cedex(?:\s+[0-9]+)?\s*$", re.IGNORECASE)
_FRENCH_DATE = re.compile(r"^(?P<d>[0-9]{2})/(?P<m>[0-9]{2})/(?P<y>[0-9]{4})(?:[ T]|$)")
_ISO_DATE = re.compile(r"^(?P<y>[0-9]{4})-(?P<m>[0-9]{2})-(?P<d>[0-9]{2})(?:[ T]|$)")
_FILE_DATE = re.compile(r"(?<![0-9])(20[0-9]{2})-?([01][0-9])-?([0-3][0-9])(?![0-9])")
_MAINLAND = ((41.0, 51.5), (-5.5, 10.0))
"""Latitudes and longitudes of France in Europe, Corsica too."""


class BadRecordError(Exception):
    """A record that cannot be a place; the message says why, for the people who keep the list."""

    def __init__(self, message: str, remedy: str = "Tell those who keep this list.") -> None:
        super().__init__(message)
        self.remedy = remedy


class LostLettersError(BadRecordError):
    """A record with letters that were lost on the way: it was saved or read in a wrong encoding."""

    def __init__(self, what: str) -> None:
        super().__init__(f"Letters were lost in the {what}.", "Save the file as UTF-8.")


def shown(value: object, limit: int = 40) -> str:
    """Return a foreign value as a report may quote it: short, on one line."""
    text = " ".join(_LOST.sub("?", _NOT_SHOWN.sub("", str(value)[: 4 * limit])).split())
    return text if len(text) <= limit else f"{text[: limit - 1]}…"


def clean(value: object, what: str, limit: int = MAX_TEXT) -> str:
    """Return a text in one line without marks that have no place in it; empty for no value or for another kind of one.

    Raises:
        BadRecordError: it is longer than `limit` characters, or letters of it were lost.
    """
    if isinstance(value, int | float) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str):
        return ""
    if len(value) > limit:
        raise BadRecordError(f"The {what} is {len(value)} characters long; {limit} are the most.")
    if _LOST.search(value):
        raise LostLettersError(what)
    return " ".join(_NOT_SHOWN.sub("", unicodedata.normalize("NFC", value)).split())


def nested(value: object, plain_key: str = "") -> list[object]:
    """Return the list that a field holds, in any of its shapes: a list, one object, or JSON text of either.

    Args:
        value: the field.
        plain_key: a text that is not JSON stands for an object with this key; by default it is left out.
    """
    if isinstance(value, str):
        text = value.strip()
        if not text.startswith(("[", "{")):
            return [{plain_key: text}] if text and plain_key else []
        try:
            value = json.loads(text)
        except (ValueError, RecursionError):
            return []
    if isinstance(value, dict):
        return [value]
    return value if isinstance(value, list) else []


def phone(value: str) -> str:
    """Return the first French number of a text as it is printed: `02 41 05 40 00`, `32 30`; empty without one."""
    for match in _NUMBER.finditer(value):
        number = re.sub(r"[^0-9+]", "", match.group())
        number = re.sub(r"^(?:\+33|0033)0?", "0", number)
        if len(number) == 10 and number.startswith("08"):
            return f"{number[0]} {number[1:4]} {number[4:7]} {number[7:]}"
        if len(number) == 10 and number[0] == "0" and number[1] != "0":
            return " ".join(number[start : start + 2] for start in range(0, 10, 2))
        if number.startswith("+") and 8 <= len(number) <= 16:
            return number
        if _SHORT.match(number):
            cut = 2 if len(number) == 4 else 3
            return f"{number[:cut]} {number[cut:]}".strip()
    return ""


def website(value: str) -> str:
    """Return the address of a site, empty for what is none."""
    address = f"https://{value}" if value.lower().startswith("www.") else value
    return address if _SITE.match(address) else ""


def commune_and_postcode(commune: str, postcode: str) -> tuple[str, str]:
    """Return both as one finds the place with them: what is for mail only (CEDEX) is left out."""
    name = _CEDEX.sub("", commune)
    is_cedex = name != commune
    return name, postcode if re.fullmatch(r"[0-9]{5}", postcode) and not is_cedex else ""


def position(latitude: object, longitude: object, insee: str = "") -> Position | None:
    """Return a point in degrees, None for what is none or cannot lie in the commune's part of the world."""
    try:
        north, east = (float(str(value).strip().replace(",", ".")) for value in (latitude, longitude))
    except ValueError:
        return None
    if not (math.isfinite(north) and math.isfinite(east) and abs(north) <= 90 and abs(east) <= 180):
        return None
    if insee and len(department_of(insee)) == 2:
        (south_end, north_end), (west_end, east_end) = _MAINLAND
        if not (south_end <= north <= north_end and west_end <= east <= east_end):
            return None
    return Position(north, east) if (north, east) != (0.0, 0.0) else None


def day(value: object) -> dt.date | None:
    """Return the date that a text begins with, `31/12/2026` or `2026-12-31`; None without one."""
    text = value.strip()[:40] if isinstance(value, str) else ""
    match = _FRENCH_DATE.match(text) or _ISO_DATE.match(text)
    return _date(match["y"], match["m"], match["d"]) if match else None


def day_of_file(name: str, today: dt.date) -> dt.date | None:
    """Return the day in the name of a file (`2026-09-15_…`, `…-20260915.csv`), unless it has not come yet."""
    match = _FILE_DATE.search(name)
    found = _date(*match.groups()) if match else None
    return found if found and found <= today else None


def _date(*parts: str) -> dt.date | None:
    try:
        return dt.date(*(int(part) for part in parts))
    except ValueError:
        return None
